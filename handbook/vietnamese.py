"""Vietnamese text: what the rest of the handbook has to know about tones, đ and syllables."""

from __future__ import annotations

import re
import unicodedata

# `đ` has no decomposition in Unicode, so no search engine folds it. Written as d + a combining stroke it
# folds like any other diacritic. U+0335 is the short stroke overlay; no Vietnamese letter uses it.
STROKED_D = str.maketrans({"đ": "d\u0335", "Đ": "D\u0335"})

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook above, dot below
_WORD = re.compile(r"[^\W\d_]+")

# A final -oa, -oe, -uy carries its tone on the first vowel in the house spelling (hòa, khỏe, thủy) and on the
# second in the reformed one (hoà, khoẻ, thuỷ). After q the u belongs to the consonant: quý is both.
_REFORMED = re.compile(rf"(?<![qQ])([oO])([aeAE])([{_TONES}])(?!\w)|(?<![qQ])([uU])([yY])([{_TONES}])(?!\w)")


# What every reformed spelling has in it; most lines have none, and need no closer look.
_SUSPECT = re.compile("[oO][àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ]|[uU][ỳýỷỹỵỲÝỶỸỴ]")


def fold(text: str) -> str:
    """The text without diacritics and in lower case: `Đăng nhập` → `dang nhap`."""
    bare = unicodedata.normalize("NFD", text.translate(STROKED_D))
    return "".join(c for c in bare if not unicodedata.combining(c)).casefold()


def slugify(text: str, separator: str = "-") -> str:
    """A readable ASCII address for a heading: `Các bước` → `cac-buoc`."""
    return re.sub(r"[^a-z0-9]+", separator, fold(text)).strip(separator)


def house_spelling(text: str) -> str:
    """The text in NFC with the tone where the handbook writes it: `hoà`, `khoẻ`, `thuỷ` → `hòa`, `khỏe`, `thủy`."""

    text = unicodedata.normalize("NFC", text)
    if not _SUSPECT.search(text):
        return text

    def move_tone(word: re.Match[str]) -> str:
        decomposed = unicodedata.normalize("NFD", word.group())
        if not decomposed.endswith(tuple(_TONES)):
            return word.group()
        moved = _REFORMED.sub(lambda m: f"{m[1]}{m[3]}{m[2]}" if m[1] else f"{m[4]}{m[6]}{m[5]}", decomposed)
        return unicodedata.normalize("NFC", moved)

    return _WORD.sub(move_tone, text)


def for_index(text: str) -> str:
    """The text as the search index stores it; `assets/js/vietnamese.js` does the same to a query."""
    return unicodedata.normalize("NFC", text).translate(STROKED_D)


def is_nfc(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text)


# Every rime that a Vietnamese syllable can end with, without its tone.
_RIMES_WRITTEN = """
    a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong
    op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơng ơp ơt
    u ua uân uâng uât uây uc uê uêch uên uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt
    uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu
"""
_RIMES = frozenset(_RIMES_WRITTEN.split())
_ONSET = re.compile(r"ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx]|")
_TONELESS = str.maketrans("", "", _TONES)


def is_syllable(word: str) -> bool:
    """Whether `word` is spelled as a Vietnamese syllable: `nghiêng` is one, `video` and `qrs` are none."""
    bare = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word.lower()).translate(_TONELESS))
    onset = _ONSET.match(bare)
    assert onset  # matches nothing at least
    starts = {onset[0], bare[:1] if onset[0] == "gi" else onset[0]}  # gì, gìn: the i is the rime's
    return any(bare[len(start) :] in _RIMES for start in starts)


# The Vietnamese alphabet, and the order of the tones within one letter.
_ALPHABET = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONE_ORDER = {tone: place for place, tone in enumerate(["", *"\u0300\u0309\u0303\u0301\u0323"])}


def sort_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Orders words as a Vietnamese dictionary does: by letters (`đ` after `d`, `ô` after `o`), then by tones."""
    letters: list[int] = []
    tones: list[int] = []
    for char in unicodedata.normalize("NFC", text.casefold()):
        bare = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in bare if mark in _TONES), "")
        letter = unicodedata.normalize("NFC", bare.replace(tone, "")) if tone else char
        letters.append(_ALPHABET.get(letter, -ord(letter[0]) if not letter.isalpha() else 100 + ord(letter[0])))
        tones.append(_TONE_ORDER[tone])
    return tuple(letters), tuple(tones)

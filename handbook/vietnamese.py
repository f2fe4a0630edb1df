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


def fold(text: str) -> str:
    """The text without diacritics and in lower case: `Đăng nhập` → `dang nhap`."""
    bare = unicodedata.normalize("NFD", text.translate(STROKED_D))
    return "".join(c for c in bare if not unicodedata.combining(c)).casefold()


def slugify(text: str, separator: str = "-") -> str:
    """A readable ASCII address for a heading: `Các bước` → `cac-buoc`."""
    return re.sub(r"[^a-z0-9]+", separator, fold(text)).strip(separator)


def house_spelling(text: str) -> str:
    """The text in NFC with the tone where the handbook writes it: `hoà`, `khoẻ`, `thuỷ` → `hòa`, `khỏe`, `thủy`."""

    def move_tone(word: re.Match[str]) -> str:
        decomposed = unicodedata.normalize("NFD", word.group())
        if not decomposed.endswith(tuple(_TONES)):
            return word.group()
        moved = _REFORMED.sub(lambda m: f"{m[1]}{m[3]}{m[2]}" if m[1] else f"{m[4]}{m[6]}{m[5]}", decomposed)
        return unicodedata.normalize("NFC", moved)

    return _WORD.sub(move_tone, unicodedata.normalize("NFC", text))


def for_index(text: str) -> str:
    """The text as the search index stores it; `assets/js/vietnamese.js` does the same to a query."""
    return unicodedata.normalize("NFC", text).translate(STROKED_D)


def is_nfc(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text)

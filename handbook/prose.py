"""A rendered text in; its sentences out, each with its length in syllables and the place it stands in.

Vietnamese writes a space between syllables, so that what stands between two spaces is one syllable.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import combinations

from lxml import etree

from handbook.markup.vocabulary import INLINE

_SILENT = frozenset({"svg", "code", "pre", "table", "input", "label", "h2", "h3", "h4", "h5", "h6", "summary"})
"""No sentences: drawings, code, headings, cells of tables."""
_SPLIT = re.compile(r"(?<=[.!?…])[”\")]*\s+|(?<=:)\s+(?=[“A-ZĐÀ-Ỹ])")
_SYLLABLE = re.compile(r"\S*\w\S*")
SIGN = "§"
"""Stands for what is typed or keyed, which is read aloud letter by letter, if at all; and for labels."""


@dataclass(frozen=True)
class Passage:
    """A run of text between two blocks: a paragraph, an item, a caption. `element` is the block that holds it."""

    text: str
    unmarked: str
    """The text with a sign in place of each piece in bold, which says what a screen says."""
    element: etree._Element
    section: str
    """The id of the lesson's section, or nothing outside of one."""

    @property
    def sentences(self) -> list[str]:
        return [sentence for part in _SPLIT.split(self.text) if (sentence := part.strip())]

    @property
    def is_step(self) -> bool:
        """Whether it is an item of a numbered list among the steps."""
        parent = self.element.getparent()
        item = parent if self.element.tag == "p" and parent is not None and parent.tag == "li" else self.element
        parent = item.getparent()
        return (
            self.section == "cac-buoc"
            and item.tag == "li"
            and parent is not None
            and parent.tag == "ol"
            and parent.get("class") is None
        )


def passages(body: etree._Element, *, tables: bool = False) -> Iterator[Passage]:
    """The passages of a rendered text in reading order; with `tables` also what stands in their cells."""
    yield from _walk(body, "", _SILENT - {"table"} if tables else _SILENT)


def _walk(element: etree._Element, section: str, silent: Set[str]) -> Iterator[Passage]:
    section = element.get("data-section", section)
    run = _Run()
    run.add(element.text)
    for child in element:
        if not isinstance(child.tag, str):
            continue
        if child.tag in INLINE:
            text = _inline_text(child)
            run.add(text, SIGN if text and child.tag in {"strong", "b"} else text)
        else:
            yield from _passage(run, element, section)
            run = _Run()
            if child.tag not in silent and child.get("class") not in {"footnote", "calls", "scam-head"}:
                yield from _walk(child, section, silent)
        run.add(child.tail)
    yield from _passage(run, element, section)


def _inline_text(element: etree._Element) -> str:
    parent = element.getparent()
    if element.tag == "strong" and parent is not None and (parent.get("data-right") or parent.get("class") == "bait"):
        return ""  # words that every quiz and every warning has
    return SIGN if element.tag in {"code", "kbd"} else "".join(element.itertext())


class _Run:
    """Text between two blocks, as it is read and without its labels."""

    def __init__(self) -> None:
        self._read: list[str] = []
        self._unmarked: list[str] = []

    def add(self, text: str | None, unmarked: str | None = None) -> None:
        self._read.append(text or "")
        self._unmarked.append(text or "" if unmarked is None else unmarked)

    def texts(self) -> tuple[str, str]:
        return _one_line(self._read), _one_line(self._unmarked)


def _one_line(pieces: Iterable[str]) -> str:
    return " ".join("".join(pieces).split())


def _passage(run: _Run, element: etree._Element, section: str) -> Iterator[Passage]:
    text, unmarked = run.texts()
    if _SYLLABLE.search(text):
        yield Passage(text, unmarked, element, section)


def syllables(sentence: str) -> int:
    """The number of syllables; a number or a foreign word counts as one."""
    return len(_SYLLABLE.findall(sentence))


def sentence_lengths(bodies: Iterable[etree._Element]) -> list[int]:
    """The length in syllables of every sentence, shortest first."""
    return sorted(syllables(s) for body in bodies for passage in passages(body) for s in passage.sentences)


def lesson_sentences(bodies: Mapping[str, etree._Element]) -> dict[str, frozenset[str]]:
    """The different sentences of each text, in small letters."""
    return {
        name: frozenset(sentence.casefold() for passage in passages(body) for sentence in passage.sentences)
        for name, body in bodies.items()
    }


def shared_shares(sentences: Mapping[str, frozenset[str]]) -> dict[tuple[str, str], float]:
    """For each two texts that have a sentence in common, the share of the shorter one's sentences that both have."""
    used_in: dict[str, list[str]] = {}
    for name in sorted(sentences):
        for sentence in sentences[name]:
            used_in.setdefault(sentence, []).append(name)
    common = Counter(pair for names in used_in.values() for pair in combinations(names, 2))
    return {
        (one, other): count / min(len(sentences[one]), len(sentences[other]))
        for (one, other), count in sorted(common.items())
    }

"""A rendered text under check, with its source: the one thing every rule on rendered texts is given."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from handbook.markup.trees import has_picture, words_of
from handbook.source_text import blank_code

_HEADING = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*#{1,6}(?!#)(.*)$", re.M)


@dataclass(frozen=True)
class Surroundings:
    """What a text may point to: the anchors of each page, None where they are not known, and files below `docs/`."""

    anchors: Mapping[str, Set[str] | None]
    files: Set[str]


@dataclass(frozen=True)
class Page:
    """`source` is the Markdown that starts on `first_line` of `file`, `body` what was made of it.

    Lessons have sections and are printed; guides are neither.
    """

    id: str
    file: str
    source: str
    first_line: int
    body: etree._Element
    is_lesson: bool

    @cached_property
    def text(self) -> str:
        """The source with code and comments blanked out; offsets are the source's."""
        return blank_code(self.source)

    def line_at(self, offset: int) -> int:
        return self.first_line + self.source.count("\n", 0, offset)

    def line_of(self, *candidates: str | None) -> int:
        """The line where the first candidate found in the source stands; the first line where none is."""
        for written in filter(None, candidates):
            # In code and comments only what stands nowhere else.
            at = self.text.find(written)
            at = at if at >= 0 else self.source.find(written)
            if at >= 0:
                return self.line_at(at)
        return self.first_line

    def lines_like(self, pattern: re.Pattern[str]) -> list[int]:
        """The lines of the text on which a match of `pattern` begins."""
        return [self.line_at(found.start()) for found in pattern.finditer(self.text)]

    def line_of_heading(self, heading: etree._Element) -> int:
        """The line of the heading in the source that is most like this one."""
        words = words_of(heading)
        written = list(_HEADING.finditer(self.text))
        if not written:
            return self.first_line
        likeness = [difflib.SequenceMatcher(None, words, found[1].strip()).ratio() for found in written]
        if max(likeness) < 0.5 and f"<{heading.tag}" in self.text:
            return self.line_of(f"<{heading.tag}")
        return self.line_at(written[likeness.index(max(likeness))].start(1))


def has_content(element: etree._Element) -> bool:
    """Whether there are words or a picture in an element."""
    return bool(words_of(element)) or has_picture(element)

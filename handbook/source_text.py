"""A text's Markdown in; out comes where its code, its comments and its raw HTML tags stand, by offset."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

_FENCE = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?(?P<fence>`{3,}|~{3,})[ \t]*(?P<name>[\w-]*)")
_CODE_OR_COMMENT = re.compile(
    r"^ {0,3}<!--.*?-->"  # a comment of its own, blank lines and all
    r"|(?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)"
    r"|<!--(?:(?!\n[ \t]*\n).)*?-->",
    re.M | re.S,
)

TEXT_FENCES = frozenset({"quiz", "practice", "scam"})
"""Components whose lines are Markdown; those of other fences are code, or labels taken as they stand."""

COMPONENT_FENCES = TEXT_FENCES | {"screen", "screens"}
"""The fences that are components of the lesson format."""

VOID_TAGS = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
"""HTML elements that hold nothing and are never closed."""

_INLINE_TAGS = frozenset(
    {"a", "abbr", "b", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "small", "span", "strong"}
    | {"sub", "sup", "u"}
)
_RAW_TAG = re.compile(
    r"<(?P<closing>/?)(?P<name>[A-Za-z][\w.-]*)(?=[\s/>])(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>|<[?!](?!--)[^>]*>"
)
_BLOCK_START = re.compile(r"[ \t]*(?:$|[-*+] |\d+[.)] |#{1,6} |[|>])")
_ATTRIBUTES = re.compile(r"(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*\s*/?")


def blank_code(body: str, read: Set[str] = TEXT_FENCES) -> str:
    """`body` with its code and comments blanked out, so that every offset and line stays true.

    Fences named in `read` are kept: their lines are text.
    """
    lines = body.split("\n")
    for first, last, name in _fences(lines):
        for number in (first, last) if name in read else range(first, last + 1):
            lines[number] = " " * len(lines[number])
    return _CODE_OR_COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), "\n".join(lines))


def empty_fences(body: str) -> list[int]:
    """The lines, counted from 0, that open a fence with nothing in it."""
    lines = body.split("\n")
    return [first for first, last, _ in _fences(lines) if not "".join(lines[first + 1 : last]).strip(" \t>")]


def _fences(lines: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """(first line, last line, name) of each fence that is closed."""
    at = 0
    while at < len(lines):
        opening = _FENCE.match(lines[at])
        end = _closing(lines, at, opening["fence"]) if opening else None
        if opening and end is not None:
            yield at, end, opening["name"]
            at = end
        at += 1


def _closing(lines: Sequence[str], at: int, fence: str) -> int | None:
    for number in range(at + 1, len(lines)):
        text = lines[number].strip(" \t>")
        if text.startswith(fence) and not text.strip(fence[0]):
            return number
    return None


@dataclass(frozen=True)
class RawTag:
    """A tag as the editor wrote it: its name in small letters, what follows the name, and where it stands."""

    name: str
    rest: str
    offset: int
    is_closing: bool

    @property
    def is_well_written(self) -> bool:
        return self.name in VOID_TAGS or bool(_ATTRIBUTES.fullmatch(self.rest))

    @property
    def is_open(self) -> bool:
        """Whether something has to close it."""
        return not self.is_closing and self.name not in VOID_TAGS and not self.rest.endswith("/")


def raw_tags(text: str) -> Iterator[RawTag]:
    """The HTML tags in a text without code; `<?…>` and `<!…>` as tags without a name."""
    for found in _RAW_TAG.finditer(text):
        yield RawTag((found["name"] or "").lower(), found["rest"] or "", found.start(), found["closing"] == "/")


def unbalanced_tag(text: str) -> RawTag | None:
    """The first tag in a text without code that is wrongly written, never closed, or closes nothing.

    An inline element has to be closed in its own paragraph.
    """
    ends = deque(_block_ends(text))
    opened: list[RawTag] = []
    for tag in raw_tags(text):
        while ends and ends[0] < tag.offset:
            end = ends.popleft()
            if left := _first_inline(opened, end):
                return left
        if not tag.name or not tag.is_well_written:
            return tag
        if tag.is_open:
            opened.append(tag)
        elif tag.is_closing and opened and opened[-1].name == tag.name:
            opened.pop()
        elif tag.is_closing:
            return opened[-1] if any(other.name == tag.name for other in opened) else tag
    return opened[0] if opened else None


def _block_ends(text: str) -> Iterator[int]:
    """Where paragraphs, list items, table rows and headings end: the offset of the line end."""
    offset = 0
    lines = text.split("\n")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        offset += len(line)
        if line.startswith("#") or _BLOCK_START.match(following):
            yield offset
        offset += 1


def _first_inline(opened: list[RawTag], before: int) -> RawTag | None:
    return next((tag for tag in opened if tag.name in _INLINE_TAGS and tag.offset < before), None)

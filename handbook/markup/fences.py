"""Component fences: blocks such as ```` ```screen ```` … ```` ``` ```` in, HTML out, and each mistake with its line.

A fence of the lesson format is a few plain lines. The lines are handed to its component together with the number of
each, before any other part of Markdown touches them, so that a fault can name the line inside the block. Fences of
other kinds (code, and examples that show a component) are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markdown import Markdown
from markdown.preprocessors import Preprocessor

_OPENING = re.compile(r"^(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})[ \t]*(?P<name>[A-Za-z][\w-]*)?(?P<rest>.*)$")


@dataclass(frozen=True)
class Line:
    """A line of a block: its number in the text and what it says, without the block's own indentation."""

    number: int
    text: str


@dataclass(frozen=True)
class Fault:
    """A mistake in a block: the line of the text, a rule code, what is wrong and what to write instead."""

    line: int
    code: str
    message: str
    remedy: str


class Faults:
    """Collects the faults of one text."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, line: int, code: str, message: str, remedy: str) -> None:
        self.found.append(Fault(line, code, message, remedy))


@dataclass(frozen=True)
class Block:
    """A fenced block: the line of its opening, and its lines."""

    line: int
    lines: Sequence[Line]


Component = Callable[[Block, Faults], str]
"""Turns a block into XHTML. After a fault it returns what can still be shown, or nothing."""


class FencePreprocessor(Preprocessor):
    """Runs first (see PRIORITY): it sees the text exactly as the editor wrote it."""

    PRIORITY = 40  # above Python-Markdown's normalize_whitespace (30), which expands tabs

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.components: dict[str, Component] = {}
        self.faults = Faults()
        self.drawn: list[str] = []

    def run(self, lines: list[str]) -> list[str]:
        self.faults = Faults()
        self.drawn = []
        done: list[str] = []
        at = 0
        while at < len(lines):
            opening = _OPENING.match(lines[at])
            if not opening:
                done.append(lines[at])
                at += 1
                continue
            end = _closing(lines, at, opening["fence"])
            component = self.components.get(opening["name"] or "")
            if component is None:
                stop = len(lines) if end is None else end + 1
                done += lines[at:stop]
                at = stop
                continue
            if end is None:
                self.faults.add(
                    at + 1,
                    "unclosed-block",
                    f"Khối “{opening['name']}” mở ở đây mà không có dòng khép lại.",
                    f"Thêm dòng “{opening['fence']}” sau dòng cuối của khối.",
                )
                return done
            self._check_opening(opening, at)
            block = Block(at + 1, self._content(lines, at, end, opening["indent"]))
            # As many lines as before, so that numbers stay true for whoever reads the lines next.
            space = [""] * (end + 1 - at)
            space[min(1, len(space) - 1)] = f"{opening['indent'].expandtabs(4)}{_TOKEN}{len(self.drawn)}{_TOKEN}"
            done += space
            self.drawn.append(component(block, self.faults))
            at = end + 1
        return done

    def _check_opening(self, opening: re.Match[str], at: int) -> None:
        if opening["rest"].strip():
            self.faults.add(
                at + 1,
                "text-after-opening",
                f"Sau “{opening['name']}” còn chữ “{opening['rest'].strip()}”.",
                "Xuống dòng rồi viết nội dung khối.",
            )
        if "\t" in opening["indent"] or len(opening["indent"]) % 4:
            self.faults.add(
                at + 1,
                "wrong-indent",
                "Dòng mở khối thụt lề không đúng.",
                "Thụt 0 dấu cách, hoặc 4 dấu cách khi khối nằm trong một bước.",
            )

    def _content(self, lines: list[str], at: int, end: int, indent: str) -> list[Line]:
        found = []
        for number in range(at + 1, end):
            text = lines[number]
            leading = text[: len(text) - len(text.lstrip(" \t"))]
            if "\t" in leading:
                self.faults.add(
                    number + 1,
                    "tab-character",
                    "Dòng này thụt lề bằng phím Tab.",
                    "Thay bằng dấu cách (hai dấu cách cho một bậc).",
                )
                text = text.expandtabs(4)
            elif text.strip() and not text.startswith(indent):
                self.faults.add(
                    number + 1,
                    "wrong-indent",
                    "Dòng này thụt lề ít hơn dòng mở khối.",
                    f"Thụt dòng này vào ít nhất {len(indent)} dấu cách.",
                )
            found.append(Line(number + 1, text[len(indent) :] if text.startswith(indent) else text.lstrip()))
        return found


_TOKEN = "\ue000"  # private use: stands for a finished block until the stash can take it


class StashPreprocessor(Preprocessor):
    """Hands the finished blocks to Python-Markdown's stash, whose own marks normalize_whitespace would have removed."""

    PRIORITY = 28

    def __init__(self, md: Markdown, fences: FencePreprocessor) -> None:
        super().__init__(md)
        self._fences = fences

    def run(self, lines: list[str]) -> list[str]:
        return [self._stashed(line) for line in lines]

    def _stashed(self, line: str) -> str:
        indent, *token = line.split(_TOKEN)
        if len(token) != 2:
            return line
        return indent + self.md.htmlStash.store(self._fences.drawn[int(token[0])])


def _closing(lines: list[str], at: int, fence: str) -> int | None:
    for number in range(at + 1, len(lines)):
        text = lines[number].strip()
        if text.startswith(fence) and not text.strip(fence[0]):
            return number
    return None


def register_component(md: Markdown, name: str, component: Component, element: str) -> None:
    """Let `name` open a block drawn by `component`, whose HTML is one `element`."""
    fence_preprocessor(md).components[name] = component
    know_element(md, element)


def know_element(md: Markdown, element: str) -> None:
    """Tell Python-Markdown that `element` is a block, which needs no paragraph around it."""
    if element not in md.block_level_elements:
        md.block_level_elements.append(element)


def fence_preprocessor(md: Markdown) -> FencePreprocessor:
    """The preprocessor of this Markdown instance, set up on first use."""
    if "component_fences" not in md.preprocessors:
        first = FencePreprocessor(md)
        md.preprocessors.register(first, "component_fences", FencePreprocessor.PRIORITY)
        md.preprocessors.register(StashPreprocessor(md, first), "component_stash", StashPreprocessor.PRIORITY)
    fences = md.preprocessors["component_fences"]
    assert isinstance(fences, FencePreprocessor)
    return fences


def faults_of(md: Markdown) -> list[Fault]:
    """The faults of the text converted last."""
    return fence_preprocessor(md).faults.found

"""Text in; out come its characters that the font of the printed handbook lacks: emoji, arrows, signs of menus."""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import cache
from html.entities import codepoint2name
from importlib.resources import as_file, files

from handbook.checks.page import Page
from handbook.problems import Problems
from handbook.yaml_source import YamlSource

_FONT = files("fontpkg_be_vietnam_pro") / "files" / "BeVietnamPro-Regular.ttf"
_NOT_TEXT = frozenset({"url", "icon", "keywords", "aliases"})
_IN_CODE = "ancestor::code or ancestor::pre"
_TEXT = f".//text()[not({_IN_CODE} or ancestor::a[@class='footnote-backref'])]"
_WORDS_OF_ATTRIBUTES = ".//abbr/@title | .//a[starts-with(@href, 'http')]/@href"
_CODE = f".//text()[{_IN_CODE}]"
_NO_INK = "\u2060\u00ad"
"""Joins words, or says where one may be divided: needs no shape in a font."""


@cache
def printable_characters() -> frozenset[str]:
    """What Be Vietnam Pro can draw; all its weights have the same characters."""
    from fontTools.ttLib import TTFont  # slow to import, and not every command needs it

    with as_file(_FONT) as path, TTFont(path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap())) | frozenset(_NO_INK)


@cache
def printable_in_code() -> frozenset[str]:
    """What code may hold on top: of the signs that DejaVu Sans Mono has, two blocks that it has in full.

    Typst brings that font inside its program, so it cannot be read here; these are the blocks of its version 2.37.
    """
    arrows, boxes_and_shapes = range(0x2190, 0x2200), range(0x2500, 0x2600)
    return printable_characters() | frozenset(map(chr, [*arrows, *boxes_and_shapes]))


def unprintable(text: str, known: Set[str]) -> list[str]:
    """The characters of `text` that are not among the `known`, each once, in their order; spaces need no shape."""
    return [char for char in dict.fromkeys(text) if char not in known and not char.isspace()]


def check_text(page: Page, problems: Problems) -> None:
    """Every character that is printed: of a lesson all, of a guide those of its examples."""
    printed = [page.body] if page.is_lesson else page.body.findall(".//lesson-example/div[@class='made']")
    for query, known in (
        (f"{_TEXT} | {_WORDS_OF_ATTRIBUTES}", printable_characters()),
        (_CODE, printable_in_code()),
    ):
        for char in unprintable("".join(text for part in printed for text in part.xpath(query)), known):
            written = (char, f"&{codepoint2name.get(ord(char), '')};", f"&#{ord(char)};", f"&#x{ord(char):x};")
            _report(char, page.file, page.line_of(*written), problems)


def check_declaration(source: YamlSource, problems: Problems, printed: Set[str] | None = None) -> None:
    """Every word of a YAML file, or of the keys in `printed`, that readers meet on paper."""
    for path, text in _texts(source.data, ()):
        names = [part for part in path if isinstance(part, str)]
        if _NOT_TEXT.isdisjoint(names) and (printed is None or names[0] in printed):
            for char in unprintable(text, printable_characters()):
                _report(char, source.file, source.line(path), problems)


def _texts(data: object, path: tuple[str | int, ...]) -> Iterable[tuple[tuple[str | int, ...], str]]:
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value, (*path, str(key)))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _texts(value, (*path, index))


def _report(char: str, file: str, line: int, problems: Problems) -> None:
    problems.add(
        "unprintable-character",
        file,
        line,
        f"Chữ in không có ký tự “{char}” (U+{ord(char):04X}).",
        "Viết bằng lời, ví dụ “rồi” thay cho mũi tên; biểu tượng trên màn hình thì gọi tên hoặc vẽ bằng khối “screen”.",
    )

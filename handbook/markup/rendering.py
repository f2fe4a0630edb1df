"""Markdown in, a well-formed element tree in the vocabulary out."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from html.entities import html5
from typing import Any, Protocol

from lxml import etree
from markdown import Markdown

from handbook.markup.sections import SectionsExtension
from handbook.markup.trees import remove_keeping_tail
from handbook.problems import Problems
from handbook.vietnamese import slugify

_EXTENSIONS: list[Any] = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "sane_lists",
    "tables",
    "toc",
    "pymdownx.betterem",
    "pymdownx.blocks.caption",
    "pymdownx.caret",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.keys",
    "pymdownx.mark",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
    "pymdownx.tilde",
    SectionsExtension(),
]

_EXTENSION_CONFIGS: dict[str, dict[str, Any]] = {
    "footnotes": {"BACKLINK_TITLE": "Trở lại chỗ có chú thích {} trong bài"},
    "tables": {"use_align_attribute": True},
    "toc": {"slugify": slugify, "toc_depth": "2-3"},
    "pymdownx.blocks.caption": {"types": [{"name": "figure-caption", "prefix": ""}], "auto": False},
    "pymdownx.highlight": {"use_pygments": False},
    "pymdownx.tabbed": {"alternate_style": True, "slugify": slugify},
}

# XML knows five named entities; HTML, and so an editor, knows many more.
_NAMED_ENTITY = re.compile(r"&([a-zA-Z][a-zA-Z0-9]*;)")
_BARE_ATTRIBUTE = re.compile(r"(<input\b[^>]*?)\s(disabled|checked)(?=[\s/>])(?!=)")


@dataclass(frozen=True)
class TocEntry:
    """A heading of the page: its anchor, its text, and the headings below it."""

    id: str
    text: str
    children: tuple[TocEntry, ...]


@dataclass(frozen=True)
class RenderedText:
    """`body` is a `<div>` that holds the rendered text; do not change it, copy it."""

    body: etree._Element
    toc: tuple[TocEntry, ...]


class Renderer:
    """Python-Markdown set up for lessons. Set up once, used for every text."""

    def __init__(self) -> None:
        self._markdown = Markdown(
            extensions=_EXTENSIONS, extension_configs=_EXTENSION_CONFIGS, output_format="xhtml", tab_length=4
        )

    def render(self, text: str) -> RenderedText:
        """Raises lxml.etree.XMLSyntaxError where raw HTML in `text` is not closed properly."""
        markdown = self._markdown.reset()
        xhtml = _BARE_ATTRIBUTE.sub(r'\1 \2="\2"', _BARE_ATTRIBUTE.sub(r'\1 \2="\2"', markdown.convert(text)))
        body = etree.fromstring(f"<div>{_NAMED_ENTITY.sub(_character, xhtml)}</div>", _PARSER)
        _make_canonical(body)
        return RenderedText(body, tuple(_toc_entry(token) for token in markdown.toc_tokens))  # type: ignore[attr-defined]


_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
)


class Source(Protocol):
    """What can be rendered: Markdown that starts on `body_line` of `file`."""

    @property
    def file(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def body_line(self) -> int: ...


def render(source: Source, renderer: Renderer, problems: Problems) -> RenderedText | None:
    """Render one text. None, with a problem, where its raw HTML is broken."""
    try:
        return renderer.render(source.body)
    except etree.XMLSyntaxError:
        tag = re.search(r"<[a-zA-Z/!?]", source.body)
        problems.add(
            "broken-html",
            source.file,
            source.body_line + (source.body.count("\n", 0, tag.start()) if tag else 0),
            "Mã HTML trong bài không khép kín.",
            "Viết bằng Markdown, không dùng HTML; dấu “<” đứng một mình viết là “&lt;”.",
        )
        return None


def _character(entity: re.Match[str]) -> str:
    name = entity[1]
    return (
        entity[0] if name in {"amp;", "lt;", "gt;", "quot;", "apos;"} or name not in html5 else html.unescape(entity[0])
    )


def _toc_entry(token: dict[str, Any]) -> TocEntry:
    text = html.unescape(re.sub(r"<[^>]+>", "", token["name"]))
    return TocEntry(token["id"], text, tuple(_toc_entry(child) for child in token["children"]))


def _make_canonical(body: etree._Element) -> None:
    """Smooth over what extensions write in different ways, so that each thing has one form for site and print."""
    for cell in body.iter("th", "td"):
        # Inline styles would need an exception in a content security policy.
        if align := cell.attrib.pop("align", None):
            cell.set("data-align", align)
        if cell.tag == "th":
            cell.set("scope", "col")
    for wrapped in [*body.iterfind(".//figure/p"), *body.iterfind(".//figcaption/p")]:
        _unwrap(wrapped)
    for image in body.iter("img"):
        image.set("loading", "lazy")
    _name_boxes(body)
    for label in body.iterfind(".//p/label"):
        label.getparent().remove(label)


BOX_TITLES = {
    "note": "Ghi chú",
    "tip": "Mẹo",
    "warning": "Lưu ý",
    "danger": "Nguy hiểm",
    "success": "Đáp án",
    "question": "Câu hỏi",
}
"""The kinds of boxes (`!!! kind`, `??? kind`) and what one is called that the editor gave no title."""


def _name_boxes(body: etree._Element) -> None:
    """Python-Markdown titles an untitled box with its kind, in English."""
    for title in body.xpath(".//div[contains(@class, 'admonition')]/p[1] | .//details/summary"):
        kind = title.getparent().get("class", "").replace("admonition", "").strip()
        if title.text == kind.capitalize() and kind in BOX_TITLES:
            title.text = BOX_TITLES[kind]


def _unwrap(element: etree._Element) -> None:
    """Replace a paragraph by what it holds."""
    parent = element.getparent()
    index = parent.index(element)
    before = parent[index - 1] if index else None
    if before is not None:
        before.tail = (before.tail or "") + (element.text or "")
    else:
        parent.text = (parent.text or "") + (element.text or "")
    for offset, child in enumerate(list(element)):
        parent.insert(index + offset, child)
    remove_keeping_tail(element)

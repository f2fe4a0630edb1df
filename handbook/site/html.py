"""A rendered text in; the HTML of its page out, with links and pictures as addresses relative to that page."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from urllib.parse import quote

from lxml import etree

from handbook.addresses import EXAMPLES_FOLDER
from handbook.images import ImageShelf
from handbook.markup.links import target_of
from handbook.markup.trees import words_of
from handbook.site.drawings import DrawingsFile, take_drawings


@dataclass(frozen=True)
class SectionHtml:
    """A section of a lesson: its anchor, its title, and the HTML below its heading."""

    id: str
    title: str
    body: str


@dataclass(frozen=True)
class TextHtml:
    """A text without sections, and the files with its drawn screens."""

    body: str
    drawings: tuple[DrawingsFile, ...]


@dataclass(frozen=True)
class LessonHtml:
    """A lesson's sections, the list of its footnotes, and the files with its drawn screens."""

    sections: tuple[SectionHtml, ...]
    footnotes: str
    drawings: tuple[DrawingsFile, ...]


@dataclass(frozen=True)
class Pictures:
    """What makes the pictures of pages: the looks of drawn screens, and the shelf of image files."""

    drawing_style: Callable[[frozenset[str]], str]
    images: ImageShelf


def text_html(body: etree._Element, root: str, pictures: Pictures) -> TextHtml:
    """`body` as HTML. `root` leads from the page to the root of the site."""
    copy = _for_site(body, root, pictures.images)
    drawings = take_drawings(copy, pictures.drawing_style)
    return TextHtml(_inner_html(copy), drawings)


def lesson_html(body: etree._Element, root: str, pictures: Pictures) -> LessonHtml:
    """A lesson as HTML, section by section. `root` leads from the page to the root of the site."""
    copy = _for_site(body, root, pictures.images)
    drawings = take_drawings(copy, pictures.drawing_style)
    sections = []
    for section in copy.findall("section"):
        heading = section[0]
        title = words_of(heading)
        section.remove(heading)
        sections.append(SectionHtml(heading.get("id", ""), title, _inner_html(section)))
    footnotes = [_html(box) for box in copy.findall("div[@class='footnote']")]
    return LessonHtml(tuple(sections), "".join(footnotes).strip(), drawings)


def _for_site(body: etree._Element, root: str, images: ImageShelf) -> etree._Element:
    copy = deepcopy(body)
    for link in copy.iter("a"):
        href = link.get("href", "")
        if target := target_of(href):
            link.set("href", target.below(root) or "./")
        elif href.startswith("http"):
            link.set("rel", "noopener")
    for image in copy.iter("img"):
        if image.get("src", "").startswith(f"{EXAMPLES_FOLDER}/"):
            image.set("src", root + quote(image.get("src")))  # drawn by the press while pages are made
        else:
            images.show_in(image, root)
    for code in copy.iter("pre"):
        code.set("tabindex", "0")  # it may scroll sideways: the keyboard has to reach it
    for tabs in copy.iterfind(".//div[@data-tabs]"):
        # On paper, where all stand one after another, each says whose it is.
        labels = tabs.iterfind("div[@class='tabbed-labels']/label")
        blocks = tabs.iterfind("div[@class='tabbed-content']/div[@class='tabbed-block']")
        for label, block in zip(labels, blocks, strict=True):
            block.set("data-label", words_of(label))
    tables = copy.findall(".//table")
    for number, table in enumerate(tables, start=1):
        _make_scrollable(table, f"Bảng {number}" if len(tables) > 1 else "Bảng")
    return copy


def _make_scrollable(table: etree._Element, name: str) -> None:
    """A wide table scrolls inside its own box, reachable by keyboard, instead of pushing the page sideways."""
    parent = table.getparent()
    box = etree.Element("div", {"class": "table-scroll", "tabindex": "0", "role": "region", "aria-label": name})
    box.tail, table.tail = table.tail, None
    parent.replace(table, box)
    box.append(table)


def _inner_html(element: etree._Element) -> str:
    opening = _escape(element.text or "")
    return opening + "".join(map(_html, element))


def _html(element: etree._Element) -> str:
    """The element and the text right after it."""
    return str(etree.tostring(element, encoding="unicode", method="html"))


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

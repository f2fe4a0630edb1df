"""Links and pictures of a rendered text: where each leads, named in a way that site and print can both resolve.

A link to another lesson's file becomes `lesson:<group>/<slug>#anchor`, a picture's path becomes relative to `docs/`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Set
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

from lxml import etree

from handbook.addresses import page_url

LESSON_SCHEME = "lesson:"

INSTRUCTOR_SECTION = "danh-cho-nguoi-huong-dan"


@dataclass(frozen=True)
class Target:
    """A place in the handbook: a lesson (or guide) id, and the anchor in it, if any."""

    page: str
    anchor: str

    def below(self, root: str) -> str:
        """Its address on the site; `root` leads to the site's root, or is the address of that root."""
        return f"{root}{page_url(self.page)}{f'#{self.anchor}' if self.anchor else ''}"


def target_of(href: str) -> Target | None:
    """The place in the handbook a resolved link leads to; None for a link that leaves the handbook."""
    if not href.startswith(LESSON_SCHEME):
        return None
    page, _, anchor = href.removeprefix(LESSON_SCHEME).partition("#")
    return Target(page, anchor)


def parts_of(address: str) -> SplitResult | None:
    """The parts of an address as an editor wrote it; None for one that no browser could read, as `http://[abc`."""
    try:
        return urlsplit(address)
    except ValueError:
        return None


def is_footnote_link(link: etree._Element) -> bool:
    """Whether the link leads to a footnote or back from it: the renderer's own, and no editor's."""
    return link.get("class") in {"footnote-ref", "footnote-backref"}


def resolve_references(body: etree._Element, page: str) -> None:
    """Rewrite the links and pictures of `page` (an id as `<group>/<slug>`) in place, as the module says."""
    folder = posixpath.dirname(page)
    for link in body.iter("a"):
        href = link.get("href", "")
        parts = parts_of(href)
        if href.startswith("#") and not is_footnote_link(link):
            link.set("href", f"{LESSON_SCHEME}{page}{href}")
        elif parts and not parts.scheme and not parts.netloc and parts.path.endswith(".md"):
            path = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
            anchor = f"#{parts.fragment}" if parts.fragment else ""
            link.set("href", f"{LESSON_SCHEME}{path.removesuffix('.md')}{anchor}")
    for image in body.iter("img"):
        source = image.get("src", "")
        parts = parts_of(source)
        if parts and not parts.scheme and not source.startswith("/"):
            image.set("src", posixpath.normpath(posixpath.join(folder, unquote(source))))


def unlink(body: etree._Element, pages: Set[str]) -> list[str]:
    """Turn the links that lead to `pages` into plain text, in place; returns the pages they led to."""
    lost = []
    for link in body.iter("a"):
        target = target_of(link.get("href", ""))
        if target and target.page in pages:
            lost.append(target.page)
            link.tag = "span"
            del link.attrib["href"]
    return lost


def anchors(body: etree._Element) -> Iterator[str]:
    """What a link from anywhere may lead to in a text: its headings, but for those that some editions leave out.

    Other ids exist on the page alone, not on paper.
    """
    headings = body.iter("h2", "h3", "h4", "h5", "h6")
    return (heading.get("id", "") for heading in headings if optional_part(heading) is None)


def optional_part(element: etree._Element) -> etree._Element | None:
    """The part around an element that not every edition prints: the notes for instructors, or some groups' passage."""
    for part in element.iterancestors("section", "lesson-audience"):
        if part.tag == "lesson-audience" or part.get("data-section") == INSTRUCTOR_SECTION:
            return part
    return None

"""Links and pictures of a rendered text: where each leads, named in a way that site and print can both resolve.

A link to another lesson's file becomes `lesson:<group>/<slug>#anchor`, a picture's path becomes relative to `docs/`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Set
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from lxml import etree

LESSON_SCHEME = "lesson:"


@dataclass(frozen=True)
class Target:
    """A place in the handbook: a lesson (or guide) id, and the anchor in it, if any."""

    page: str
    anchor: str


def target_of(href: str) -> Target | None:
    """The place in the handbook a resolved link leads to; None for a link that leaves the handbook."""
    if not href.startswith(LESSON_SCHEME):
        return None
    page, _, anchor = href.removeprefix(LESSON_SCHEME).partition("#")
    return Target(page, anchor)


def resolve_references(body: etree._Element, page: str) -> None:
    """Rewrite the links and pictures of `page` (an id as `<group>/<slug>`) in place, as the module says."""
    folder = posixpath.dirname(page)
    for link in body.iter("a"):
        href = link.get("href", "")
        if href.startswith("#") and "footnote" not in link.get("class", ""):
            link.set("href", f"{LESSON_SCHEME}{page}{href}")
            continue
        parts = urlsplit(href)
        if not parts.scheme and not parts.netloc and parts.path.endswith(".md"):
            path = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
            anchor = f"#{parts.fragment}" if parts.fragment else ""
            link.set("href", f"{LESSON_SCHEME}{path.removesuffix('.md')}{anchor}")
    for image in body.iter("img"):
        source = image.get("src", "")
        if not urlsplit(source).scheme and not source.startswith("/"):
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
    return (element.get("id", "") for element in body.iter() if element.get("id"))

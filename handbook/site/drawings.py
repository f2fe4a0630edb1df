"""The drawn phone screens of a rendered text in; pictures that the page loads when the reader gets to them out.

A page with a dozen screens would carry them all before its first word is painted. So they are SVG files beside it,
which the page shows in parts (`<img src="man-hinh.….svg#v2">`, by SVG's own `<view>`), lazy, and whole without a
script. What the practice needs (handbook/markup/screens.py) stays with each drawing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from lxml import etree

from handbook.site.styles import names_in

_TOGETHER = 2
"""Screens of a strip in one file. A browser lays out a whole file again for each part of it that it paints: thirty
screens in one kept a slow phone (Chromium, CPU ÷ 4) busy for up to 1.5 s. But each file has its looks in it and is
packed alone: of 54 KB for thirty files, 29 are left for fifteen."""

_APART = 40
"""Units between two drawings in a file: a view that is rounded shows nothing of its neighbour."""

_PRACTICE = ("data-areas", "data-actions", "data-watches", "data-reading")


@dataclass(frozen=True)
class DrawingsFile:
    """Screens that come together as one SVG; `name` bears a hash of its content, so that it never changes."""

    name: str
    svg: str


def take_drawings(body: etree._Element, style: Callable[[frozenset[str]], str]) -> tuple[DrawingsFile, ...]:
    """Put a picture in the place of each drawing in `body`; returns the files they show.

    `style` gives what a file with these names needs of the looks of handbook/markup/screen_drawing.py.
    """
    return tuple(_take(figures, style) for figures in _together(body))


def _together(body: etree._Element) -> Iterator[list[etree._Element]]:
    figures = [figure for figure in body.iter("figure") if figure.get("class") == "screen"]
    for _, in_strip in groupby(figures, lambda figure: next(figure.iterancestors("lesson-screens"), figure)):
        strip = list(in_strip)
        for first in range(0, len(strip), _TOGETHER):
            yield strip[first : first + _TOGETHER]


def _take(figures: Sequence[etree._Element], style: Callable[[frozenset[str]], str]) -> DrawingsFile:
    top, parts, pictures = 0.0, [], []
    for number, figure in enumerate(figures, start=1):
        drawing = figure.find("svg")
        _, _, width, height = drawing.get("viewBox").split()
        practice = "".join(f' {name}="{escape(figure.attrib.pop(name, ""))}"' for name in _PRACTICE)
        content = "".join(etree.tostring(part, encoding="unicode") for part in drawing)
        parts.append(
            f'<view id="v{number}" viewBox="0 {top:g} {width} {height}"/>'
            f'<svg class="phone" id="s{number}" y="{top:g}" width="{width}" height="{height}" '
            f'viewBox="{drawing.get("viewBox")}" font-size="{drawing.get("font-size")}"{practice}>{content}</svg>'
        )
        top += float(height) + _APART
        picture = etree.Element("img", {"class": "phone", "alt": drawing.get("aria-label")})
        picture.attrib.update({"width": width, "height": f"{float(height):.0f}", "loading": "lazy"})
        picture.tail = drawing.tail
        figure.replace(drawing, picture)
        pictures.append(picture)
    drawn = "".join(parts)
    looks = escape(style(names_in(drawn)), quote=False)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 {top:g}"><style>{looks}</style>{drawn}</svg>'
    name = f"man-hinh.{hashlib.sha256(svg.encode()).hexdigest()[:8]}.svg"
    for number, picture in enumerate(pictures, start=1):
        picture.set("src", f"{name}#v{number}")
    return DrawingsFile(name, svg)

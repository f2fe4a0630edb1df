"""The drawn phone screens of a rendered text in; pictures that the page loads when the reader gets to them out.

A page with a dozen screens would carry them all before its first word is painted. So all screens of a page are one SVG
file beside it, which the page shows in parts (`<img src="man-hinh.….svg#v3">`, by SVG's own `<view>`): one request for
all, lazy, and whole without a script. What the practice needs (handbook/markup/screens.py) stays with each drawing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from html import escape

from lxml import etree

_APART = 40
"""Units between two drawings in the file: a view that is rounded shows nothing of its neighbour."""

_PRACTICE = ("data-areas", "data-actions", "data-watches", "data-reading")


@dataclass(frozen=True)
class DrawingsFile:
    """All screens of a page as one SVG; `name` bears a hash of its content, so that it never changes."""

    name: str
    svg: str


def take_drawings(body: etree._Element, style: str) -> DrawingsFile | None:
    """Put a picture in the place of each drawing in `body`; returns the file they show, if there is any.

    `style` gives the classes of handbook/markup/screen_drawing.py their looks.
    """
    figures = [figure for figure in body.iter("figure") if figure.get("class") == "screen"]
    if not figures:
        return None
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
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 {top:g}"><style>{escape(style, quote=False)}</style>'
        f"{''.join(parts)}</svg>"
    )
    name = f"man-hinh.{hashlib.sha256(svg.encode()).hexdigest()[:8]}.svg"
    for number, picture in enumerate(pictures, start=1):
        picture.set("src", f"{name}#v{number}")
    return DrawingsFile(name, svg)

"""A drawn screen as it stands in a lesson in; an SVG that stands alone out, for any app that can show one.

On the site a style sheet colours the drawing. Here the colours stand on each element: a `<style>` would leak into the
page an app puts the drawing in, be refused by a strict content security policy, and is unknown to some SVG libraries
of phones.
"""

from __future__ import annotations

import re
from html import escape

from lxml import etree

_INK, _SOFT, _PAPER, _LINE, _TINT = "#1b2a33", "#3c4a53", "#ffffff", "#c9d2cc", "#f1f5ef"
_BRAND_TINT, _ACCENT = "#e3f1ed", "#8a2e0f"

LOOKS: dict[str, dict[str, str]] = {
    "g": {"fill": _PAPER, "stroke": _SOFT, "stroke-width": "1.6"},
    "h": {"fill": _SOFT},
    "w": {"fill": _PAPER, "font-weight": "600"},
    "t": {},
    "b": {"font-weight": "600"},
    "m": {"fill": _SOFT},
    "f": {"fill": _PAPER, "stroke": _SOFT},
    "k": {"fill": _SOFT},
    "p": {"fill": _TINT, "stroke": _LINE},
    "r": {"fill": _BRAND_TINT},
    "o": {"fill": _PAPER, "stroke": _INK, "stroke-width": "1.4"},
    "l": {"fill": "none", "stroke": _LINE},
    "c": {"fill": "none", "stroke": _INK, "stroke-width": "2"},
    "i": {"fill": _SOFT},
    "d": {"fill": _PAPER, "stroke": _SOFT},
    "q": {},
    "x": {"fill": "none", "stroke": _ACCENT, "stroke-width": "2.6", "stroke-dasharray": "5 2.5"},
    "v": {"fill": "none", "stroke": _ACCENT, "stroke-width": "1.8"},
    "a": {"fill": _ACCENT},
    "n": {"fill": _PAPER, "font-weight": "700"},
}
"""What `overrides/css/drawing.css` says of each class of a drawing, in its light colours. Nothing is said where the
drawing's own ink is meant."""

_FONT = "system-ui, Roboto, 'Noto Sans', 'Be Vietnam Pro', sans-serif"
_SCALE = 1.7
"""CSS pixels to a unit of the drawing, as on a phone."""


_CLASS = re.compile(r'(<\w+) class="(\w)"')  # text holds no “<”
_ATTRIBUTES = {
    name: "".join(f' {attribute}="{value}"' for attribute, value in look.items()) for name, look in LOOKS.items()
}


def standalone_svg(drawing: etree._Element) -> str:
    """The drawing with its colours, its size in pixels, and its words as title and description."""
    box = drawing.get("viewBox", "0 0 160 284")
    width, height = (float(side) * _SCALE for side in box.split()[2:])
    words = drawing.get("aria-label", "")
    whole: str = etree.tostring(drawing, encoding="unicode", with_tail=False)
    drawn = _CLASS.sub(lambda found: found[1] + _ATTRIBUTES.get(found[2], ""), whole[whole.index(">") + 1 :])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{width:.0f}" height="{height:.0f}" '
        f'role="img" aria-label="{escape(words)}" fill="{_INK}" font-family="{_FONT}" '
        f'font-size="{drawing.get("font-size", "11")}"><title>{escape(words.partition(": ")[0])}</title>'
        f"<desc>{escape(words)}</desc>{drawn}"
    )

"""The elements and attributes a rendered lesson may contain: the contract between markup, site and print.

An editor's raw HTML outside this list is a problem, so that nothing can reach the site that cannot be printed, and
no script can reach either.
"""

from __future__ import annotations

_NONE: frozenset[str] = frozenset()

ELEMENTS: dict[str, frozenset[str]] = {
    "section": frozenset({"data-section"}),
    "div": frozenset({"data-tabs"}),
    "h2": _NONE,
    "h3": _NONE,
    "h4": _NONE,
    "h5": _NONE,
    "h6": _NONE,
    "p": _NONE,
    "ul": _NONE,
    "ol": frozenset({"start", "type"}),
    "li": _NONE,
    "dl": _NONE,
    "dt": _NONE,
    "dd": _NONE,
    "blockquote": _NONE,
    "pre": _NONE,
    "hr": _NONE,
    "table": _NONE,
    "thead": _NONE,
    "tbody": _NONE,
    "tr": _NONE,
    "th": frozenset({"data-align", "scope"}),
    "td": frozenset({"data-align"}),
    "figure": _NONE,
    "figcaption": _NONE,
    "img": frozenset({"src", "alt", "width", "height", "loading"}),
    "details": frozenset({"open"}),
    "summary": _NONE,
    "input": frozenset({"type", "disabled", "checked", "name"}),
    "label": frozenset({"for"}),
    "a": frozenset({"href", "rel"}),
    "abbr": _NONE,
    "strong": _NONE,
    "b": _NONE,
    "em": _NONE,
    "i": _NONE,
    "del": _NONE,
    "ins": _NONE,
    "mark": _NONE,
    "small": _NONE,
    "sub": _NONE,
    "sup": _NONE,
    "code": _NONE,
    "kbd": _NONE,
    "span": _NONE,
    "br": _NONE,
}

GLOBAL_ATTRIBUTES = frozenset({"id", "class", "title", "lang"})

LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


def allowed(element: str, attribute: str) -> bool:
    return attribute in GLOBAL_ATTRIBUTES or attribute in ELEMENTS.get(element, _NONE)

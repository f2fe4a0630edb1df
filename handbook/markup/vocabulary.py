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
    "li": frozenset({"data-right", "data-many"}),
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
    "figure": frozenset({"data-areas", "data-actions", "data-watches", "data-reading"}),
    "figcaption": _NONE,
    "img": frozenset({"src", "alt", "width", "height", "loading"}),
    "details": frozenset({"open"}),
    "summary": _NONE,
    "input": frozenset({"type", "disabled", "checked", "name"}),
    "label": frozenset({"for"}),
    "a": frozenset({"href", "rel", "data-meaning"}),
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
    # The components of the lesson format (handbook/markup/), each a custom element on the site.
    "lesson-example": frozenset({"data-example"}),
    "lesson-audience": frozenset({"data-groups"}),
    "lesson-practice": _NONE,
    "lesson-quiz": _NONE,
    "lesson-scam": _NONE,
    "lesson-screens": frozenset({"data-series", "data-done"}),
    # Drawn screens.
    "svg": frozenset({"viewBox", "role", "aria-label", "font-size"}),
    "rect": frozenset({"x", "y", "width", "height", "rx"}),
    "circle": frozenset({"cx", "cy", "r"}),
    "path": frozenset({"d", "transform", "fill-rule"}),
    "text": frozenset({"x", "y", "text-anchor", "font-size"}),
}

GLOBAL_ATTRIBUTES = frozenset({"id", "class", "title", "lang"})

LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


def allowed(element: str, attribute: str) -> bool:
    return attribute in GLOBAL_ATTRIBUTES or attribute in ELEMENTS.get(element, _NONE)


ONLY_IN: dict[str, frozenset[str]] = {
    "li": frozenset({"ul", "ol"}),
    "dt": frozenset({"dl"}),
    "dd": frozenset({"dl"}),
    "thead": frozenset({"table"}),
    "tbody": frozenset({"table"}),
    "tr": frozenset({"thead", "tbody"}),
    "th": frozenset({"tr"}),
    "td": frozenset({"tr"}),
    "figcaption": frozenset({"figure"}),
    "summary": frozenset({"details"}),
}
"""Parts of a whole, and the wholes they may be part of."""

WHOLES = frozenset({"ul", "ol", "dl", "table", "thead", "tbody", "tr"})
"""What holds its parts and nothing else, no text either."""

INLINE = frozenset(
    {"a", "abbr", "b", "br", "code", "del", "em", "i", "img", "ins", "kbd", "mark", "small", "span", "strong"}
    | {"sub", "sup"}
)

NOT_RAW = frozenset({"section", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "input", "label"}) | frozenset(
    name for name in ELEMENTS if "-" in name or name in {"svg", "rect", "circle", "path", "text"}
)
"""Elements that only the renderer makes: their form is its own, and pages and print rely on it."""

ALIGNMENTS = frozenset({"left", "center", "right"})

LIST_TYPES = frozenset({"1", "a", "A"})

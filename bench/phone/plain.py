"""A page of the built site in; its words out as plain HTML blocks: text, headings, lists, tables and links, no more.

What a peer could not have is left out: drawn screens and other pictures, fields and buttons, and lists of contents,
which each site makes for itself. Folded text is kept, unfolded. Their captions and labels are words, and stay.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml import html as pages

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

_DROPPED = frozenset(
    {"svg", "img", "picture", "video", "audio", "canvas", "script", "style", "template", "noscript", "dialog", "nav"}
    | {"input", "select", "textarea", "button", "output", "progress", "iframe", "object"}
)
_CONTENTS = "toc"
"""The class of our own list of contents."""

_BLOCKS = frozenset({*HEADINGS, "p", "ul", "ol", "table", "dl", "pre", "blockquote"})
_PARTS = frozenset({"li", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "dt", "dd"})
_AS_PARAGRAPH = frozenset({"figcaption", "summary", "legend", "label"})
_INLINE = frozenset({"a", "strong", "em", "b", "i", "code", "kbd", "sub", "sup", "br"})
_UNWRAPPED_INLINE = frozenset({"span", "small", "abbr", "time", "mark", "u", "s", "q", "bdi"})
_ATTRIBUTES = ("href", "start", "type", "scope", "colspan", "rowspan")
_ONLY_SPACE_WITHIN = frozenset({"ul", "ol", "table", "thead", "tbody", "tfoot", "tr", "dl"})


@dataclass(frozen=True)
class Block:
    """One block of a page: the name of its element, and the HTML within."""

    tag: str
    inner: str
    attributes: str = ""

    @property
    def html(self) -> str:
        return f"<{self.tag}{self.attributes}>{self.inner}</{self.tag}>"


@dataclass(frozen=True)
class PlainPage:
    title: str
    description: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class _Loose:
    """Text and inline elements that stand in no block of their own; empty HTML ends a run of them."""

    html: str


_BREAK = _Loose("")


def plain_page(text: str) -> PlainPage:
    """The words of a page: of its only article, otherwise of everything in `<main>`. Raises ValueError without it."""
    tree = pages.document_fromstring(text)
    main = next(tree.iter("main"), None)
    if main is None:
        raise ValueError("the page has no <main>")
    articles = list(main.iter("article"))
    title = " ".join((tree.findtext(".//title") or "").split())
    described = tree.xpath("string(//meta[@name='description']/@content)")
    blocks = _in_paragraphs(_pieces(articles[0] if len(articles) == 1 else main))
    return PlainPage(title, " ".join(str(described).split()), tuple(blocks))


def _pieces(element: etree._Element, as_typed: bool = False) -> Iterator[Block | _Loose]:
    """What stands in `element`, in order. `as_typed` keeps all white space."""
    yield _text(element.text, as_typed)
    for child in element:
        if isinstance(child.tag, str):
            yield from _piece(child, as_typed)
        yield _text(child.tail, as_typed)


def _piece(element: etree._Element, as_typed: bool) -> Iterator[Block | _Loose]:
    tag = str(element.tag)
    if tag in _DROPPED or _CONTENTS in element.get("class", "").split() or element.get("hidden") is not None:
        return
    if tag in _INLINE:
        inner = "".join(piece.html for piece in _pieces(element, as_typed))
        closing = "" if tag == "br" else f"</{tag}>"
        # An element that is left without words has nothing to say.
        if inner.strip() or not closing:
            yield _Loose(f"<{tag}{_attributes(element)}>{inner.strip() if tag == 'a' else inner}{closing}")
    elif tag in _UNWRAPPED_INLINE:
        yield from _pieces(element, as_typed)
    elif tag in _AS_PARAGRAPH and not _has_headings(element):
        yield Block("p", _inner(element, as_typed))
    elif tag in _PARTS or (tag in _BLOCKS and not (tag in ("ul", "ol") and _has_headings(element))):
        yield Block(tag, _inner(element, as_typed or tag == "pre"), _attributes(element))
    else:  # a section, a widget's element, a list that is really a run of sections
        yield _BREAK
        for child in element if tag in ("ul", "ol") else [element]:
            yield from _pieces(child)
            yield _BREAK


def _inner(element: etree._Element, as_typed: bool) -> str:
    pieces = list(_pieces(element, as_typed))
    if element.tag in _ONLY_SPACE_WITHIN:
        pieces = [piece for piece in pieces if isinstance(piece, Block)]
    if element.tag == "blockquote":
        return "".join(block.html for block in _in_paragraphs(iter(pieces)))
    inner = "".join(piece.html for piece in pieces)
    return inner if as_typed or element.tag == "pre" else inner.strip()


def _in_paragraphs(pieces: Iterator[Block | _Loose]) -> Iterator[Block]:
    """The blocks that have words, with paragraphs made of what stands between them."""
    run = ""
    for piece in [*pieces, _BREAK]:
        if isinstance(piece, _Loose) and piece is not _BREAK:
            run += piece.html
            continue
        if run.strip():
            yield Block("p", run.strip())
        run = ""
        if isinstance(piece, Block) and piece.inner.strip():
            yield piece


def _has_headings(element: etree._Element) -> bool:
    return next(element.iter(*HEADINGS), None) is not None


def _text(text: str | None, as_typed: bool) -> _Loose:
    kept = text or ""
    return _Loose(html.escape(kept if as_typed else re.sub(r"\s+", " ", kept), quote=False))


def _attributes(element: etree._Element) -> str:
    kept = ((name, element.get(name)) for name in _ATTRIBUTES)
    return "".join(f' {name}="{html.escape(value)}"' for name, value in kept if value is not None)

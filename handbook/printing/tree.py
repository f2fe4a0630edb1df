"""A rendered lesson in; its print tree out: an XML tree of few elements, each drawn by one function of
`print/elements.typ`.

What only makes sense on a screen gets its paper form here: a folded answer opens, tabs stand one after another,
a footnote moves to its page's foot, and a link's address is noted after its paragraph, where it interrupts nobody.
"""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree

from handbook.markup.links import target_of
from handbook.markup.trees import append_text, remove_keeping_tail, words_of

INLINE = frozenset(
    {"a", "abbr", "b", "br", "code", "del", "em", "footnote", "i", "img", "ins", "kbd", "keys", "mark", "small"}
    | {"strong", "sub", "sup"}
)
BLOCKS = frozenset(
    {"blockquote", "callout", "dd", "dl", "dt", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre"}
    | {"refs", "section", "tab", "table", "tabs", "tbody", "td", "th", "thead", "tr", "ul"}
)
ELEMENTS = INLINE | BLOCKS
"""All that a print tree consists of; `print/elements.typ` draws each of them."""

_CALLOUTS = frozenset({"note", "tip", "warning", "danger", "success", "question"})


class Unprintable(Exception):
    """The print side does not know this element; the message names it."""


def print_tree(body: etree._Element) -> etree._Element:
    """The print tree of a rendered lesson. Raises Unprintable for what paper has no form for."""
    source = deepcopy(body)
    footnotes = _take_footnotes(source)
    root = etree.Element("lesson")
    _Converter(footnotes).children(source, root)
    _tidy_space(root)
    _note_addresses(root)
    return root


def _take_footnotes(body: etree._Element) -> dict[str, etree._Element]:
    """Cut the list of footnotes out of `body`; the notes by their anchor, without their way back."""
    notes: dict[str, etree._Element] = {}
    for box in body.xpath(".//div[@class='footnote']"):
        for item in box.iterfind("ol/li"):
            for back in item.xpath(".//a[@class='footnote-backref']"):
                parent = back.getparent()
                parent.remove(back)
                if len(parent):
                    parent[-1].tail = (parent[-1].tail or "").rstrip("\u00a0 ")
                else:
                    parent.text = (parent.text or "").rstrip("\u00a0 ")
            notes[item.get("id", "")] = item
        remove_keeping_tail(box)
    return notes


class _Converter:
    def __init__(self, footnotes: dict[str, etree._Element]) -> None:
        self._footnotes = footnotes
        self._used: set[str] = set()

    def children(self, source: etree._Element, into: etree._Element) -> None:
        append_text(into, source.text)
        for child in source:
            self.element(child, into)
            append_text(into, child.tail)

    def element(self, source: etree._Element, into: etree._Element) -> None:
        tag, classes = str(source.tag), source.get("class", "").split()
        if tag == "div" and "admonition" in classes:
            self._callout(source, source.find("p[@class='admonition-title']"), into)
        elif tag == "details":
            self._callout(source, source.find("summary"), into)
        elif tag == "div" and source.get("data-tabs"):
            self._tabs(source, into)
        elif tag == "sup" and (reference := source.find("a[@class='footnote-ref']")) is not None:
            self._footnote(reference.get("href", "").removeprefix("#"), into)
        elif tag == "input":
            item = next((element for element in [into, *into.iterancestors()] if element.tag == "li"), into)
            item.set("task", "done" if source.get("checked") else "open")
        elif tag == "span" and "keys" in classes:
            self._copy(source, etree.SubElement(into, "keys"))
        elif tag in {"div", "span", "label"}:
            self.children(source, into)
        elif tag == "figcaption":
            caption = etree.SubElement(into, "p")
            self.children(source, caption)
        elif tag == "p" and _only_picture(source):
            self._copy(source, etree.SubElement(into, "figure"))
        elif tag == "pre":
            code = source.find("code")
            block = etree.SubElement(into, "pre")
            block.text = "".join((code if code is not None else source).itertext()).rstrip("\n")
        elif tag in ELEMENTS:
            self._copy(source, etree.SubElement(into, tag))
        else:
            raise Unprintable(f"<{tag}>")

    def _copy(self, source: etree._Element, made: etree._Element) -> None:
        for name in ("id", "href", "src", "alt", "width", "height", "start", "type", "data-align", "data-section"):
            if (value := source.get(name)) is not None:
                made.set(name.removeprefix("data-"), value)
        if (meaning := source.get("title")) and made.tag == "abbr":
            made.set("meaning", meaning)
        self.children(source, made)

    def _callout(self, source: etree._Element, title: etree._Element | None, into: etree._Element) -> None:
        kind = next((name for name in source.get("class", "").split() if name in _CALLOUTS), "note")
        made = etree.SubElement(into, "callout", {"kind": kind})
        if title is not None:
            made.set("title", words_of(title))
            remove_keeping_tail(title)
        self.children(source, made)

    def _tabs(self, source: etree._Element, into: etree._Element) -> None:
        made = etree.SubElement(into, "tabs")
        labels = source.findall("div[@class='tabbed-labels']/label")
        blocks = source.findall("div[@class='tabbed-content']/div")
        for label, block in zip(labels, blocks, strict=True):
            tab = etree.SubElement(made, "tab", {"label": words_of(label)})
            self.children(block, tab)

    def _footnote(self, anchor: str, into: etree._Element) -> None:
        made = etree.SubElement(into, "footnote", {"note": anchor})
        if anchor in self._used:
            made.set("again", "true")
        elif anchor in self._footnotes:
            self._used.add(anchor)
            note = self._footnotes[anchor]
            self.children(note[0] if len(note) == 1 and note[0].tag == "p" else note, made)
        else:
            raise Unprintable(f"chú thích “{anchor}”")


def _only_picture(paragraph: etree._Element) -> bool:
    return (
        len(paragraph) == 1
        and paragraph[0].tag == "img"
        and not (paragraph.text or "").strip()
        and not (paragraph[0].tail or "").strip()
    )


def _note_addresses(root: etree._Element) -> None:
    """After each block of text, add `<refs>`: where its links lead and what its short forms mean, once in a lesson,
    for a reader who cannot tap. Inside the sentence they would interrupt it."""
    explained: set[str] = set()
    for block in list(root.iter("p", "li", "dd", "dt", "td", "th", "footnote")):
        inline = _own_inline(block)
        targets = dict.fromkeys(filter(None, (_address(link) for link in inline if link.tag == "a")))
        for short_form in (element for element in inline if element.tag == "abbr"):
            short = words_of(short_form)
            if short not in explained and (meaning := short_form.get("meaning")):
                targets["meaning", f"{short}: {meaning}"] = None
                explained.add(short)
        if not targets:
            continue
        refs = etree.Element("refs")
        for kind, address in targets:
            etree.SubElement(refs, "ref", {kind: address})
        first_block = next((i for i, child in enumerate(block) if child.tag in BLOCKS), len(block))
        block.insert(first_block, refs)


def _own_inline(block: etree._Element) -> list[etree._Element]:
    """The inline elements that belong to this block and to no block inside it."""
    found = []
    for child in block:
        if child.tag in INLINE and child.tag != "footnote":
            found += [child, *_own_inline(child)]
    return found


def _address(link: etree._Element) -> tuple[str, str] | None:
    href = link.get("href", "")
    if target := target_of(href):
        return "to", f"{target.page}#{target.anchor}" if target.anchor else target.page
    shown = words_of(link)
    if href.startswith("tel:") or _bare(shown) == _bare(href):
        return None
    return "href", href


def _bare(address: str) -> str:
    return re.sub(r"^(?:https?://|mailto:)?(?:www\.)?", "", address.lower()).rstrip("/")


def _tidy_space(root: etree._Element) -> None:
    """White space as HTML shows it: runs are one space, none at the edges of a block. Typst would print the rest."""
    for element in root.iter():
        if element.tag == "pre":
            continue
        element.text = _collapse(element.text)
        for child in element:
            child.tail = _collapse(child.tail)
        if element.tag in BLOCKS or element.tag in {"footnote", "lesson"}:
            _trim(element)


def _trim(block: etree._Element) -> None:
    block.text = (block.text or "").lstrip(" ")
    if len(block) == 0:
        block.text = block.text.rstrip(" ")
        return
    if block[0].tag in BLOCKS:
        block.text = block.text.rstrip(" ")
    for child, following in zip(block, [*block[1:], None], strict=True):
        tail = child.tail or ""
        if child.tag in BLOCKS or child.tag == "br":
            tail = tail.lstrip(" ")
        if following is None or following.tag in BLOCKS:
            tail = tail.rstrip(" ")
        child.tail = tail


def _collapse(text: str | None) -> str:
    return re.sub(r"[ \t\n\r\f]+", " ", text or "")

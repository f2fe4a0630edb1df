"""A rendered lesson in; its print tree out: an XML tree of few elements, each drawn by one function of
`print/elements.typ`.

What only makes sense on a screen gets its paper form here: a folded answer opens, tabs stand one after another,
a footnote moves to its page's foot, and a link's address is noted after its paragraph, where it interrupts nobody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from copy import deepcopy

from lxml import etree

from handbook.markup.glossary import terms_of
from handbook.markup.links import INSTRUCTOR_SECTION, target_of
from handbook.markup.trees import append_text, remove_keeping_tail, words_of

INLINE = frozenset(
    {"a", "abbr", "b", "br", "code", "del", "em", "footnote", "i", "img", "ins", "kbd", "keys", "mark", "small"}
    | {"strong", "sub", "sup"}
)
BLOCKS = frozenset(
    {"blockquote", "callout", "dd", "dl", "dt", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre"}
    | {"refs", "section", "tab", "table", "tabs", "tbody", "td", "th", "thead", "tr", "ul"}
    | {"audience", "option", "practice", "question", "quiz", "reason", "scam", "screen", "strip", "task"}
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
    for button in source.xpath(".//lesson-quiz//summary"):
        button.text = ""  # “Xem đáp án” asks for a tap
    words = _words([*source.itertext(), *(text for note in footnotes.values() for text in note.itertext())])
    notes = body.xpath("section[@data-section=$section]", section=INSTRUCTOR_SECTION)
    only_in_notes = set(terms_of(body)) - {term for part in body if part not in notes for term in terms_of(part)}
    terms = {"terms": [t for t in terms_of(body) if t not in only_in_notes], "notes-terms": sorted(only_in_notes)}
    root = etree.Element("lesson", {name: " ".join(ids) for name, ids in terms.items()})
    _Converter(footnotes).children(source, root)
    _tidy_space(root)
    _refuse_losses(words, root)
    _note_addresses(root)
    _mark(root)
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
        elif component := _COMPONENTS.get(tag):
            component(self, source, into)
        elif tag == "figure" and "screen" in classes:
            self._screen(source, into)
        elif tag == "a" and "term" in classes:
            self.children(source, into)  # its explanation stands in the glossary at the end
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
        elif tag == "pre":
            code = source.find("code")
            block = etree.SubElement(into, "pre")
            block.text = _break_runs("".join((code if code is not None else source).itertext()).rstrip("\n"))
        elif tag == "img" and not _is_small(source):
            self._copy(source, etree.SubElement(etree.SubElement(into, "figure"), "img"))
        elif tag == "figure":
            made = etree.SubElement(into, "figure")
            for part in source:
                if part.tag == "img":
                    self._copy(part, etree.SubElement(made, "img"))
                else:
                    self.element(part, made)
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

    def _screen(self, source: etree._Element, into: etree._Element) -> None:
        """A drawn screen: its SVG as text, for Typst to read as a picture, and its caption."""
        drawing = source.find("svg")
        made = etree.SubElement(into, "screen", {"alt": drawing.get("aria-label", ""), "svg": _svg_file(drawing)})
        caption = source.find("figcaption")
        if caption is not None:
            self.children(caption, etree.SubElement(made, "p"))

    def _screens(self, source: etree._Element, into: etree._Element) -> None:
        made = etree.SubElement(into, "strip")
        for figure in source.iterfind("ol/li/figure"):
            self._screen(figure, made)

    def _quiz(self, source: etree._Element, into: etree._Element) -> None:
        made = etree.SubElement(into, "quiz")
        for question in source.iterfind("ol/li"):
            printed = etree.SubElement(made, "question")
            self.children(question.find("p"), etree.SubElement(printed, "p"))
            for answer in question.iterfind("ol/li"):
                self.children(answer, etree.SubElement(printed, "option"))
            for reason in question.iterfind("details/ul/li"):
                kept = etree.SubElement(printed, "reason", {"right": reason.get("data-right", "false")})
                self.children(reason, kept)

    def _practice(self, source: etree._Element, into: etree._Element) -> None:
        made = etree.SubElement(into, "practice")
        for task in source.iterfind("ul/li"):
            self.children(task, etree.SubElement(made, "task"))

    def _scam(self, source: etree._Element, into: etree._Element) -> None:
        made = etree.SubElement(into, "scam", {"title": words_of(source[0])})
        for part in source[1:]:
            if part.get("class") == "scam-head":
                head = etree.SubElement(made, "p", {"lead": ""})
                self.children(part, etree.SubElement(head, "strong"))
            else:
                self.element(part, made)

    def _audience(self, source: etree._Element, into: etree._Element) -> None:
        groups = source.get("data-groups", "")
        made = etree.SubElement(into, "audience", {"groups": groups, "label": words_of(source[0])})
        for part in source[1:]:
            self.element(part, made)


_COMPONENTS: dict[str, Callable[[_Converter, etree._Element, etree._Element], None]] = {
    "lesson-screens": _Converter._screens,
    "lesson-quiz": _Converter._quiz,
    "lesson-practice": _Converter._practice,
    "lesson-scam": _Converter._scam,
    "lesson-audience": _Converter._audience,
}


def _svg_file(drawing: etree._Element) -> str:
    """The drawing as a file of its own: the name for screen readers becomes the picture's alternative text."""
    alone = deepcopy(drawing)
    alone.tail = None
    for name in ("aria-label", "role", "class"):
        alone.attrib.pop(name, None)
    drawn: str = etree.tostring(alone, encoding="unicode")
    return drawn.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)


SMALL_PICTURE = 48
"""Up to this width, in CSS pixels, a picture stands in its line like a letter; a wider one stands by itself."""


def _is_small(image: etree._Element) -> bool:
    width = image.get("width", "")
    return width.isdigit() and int(width) <= SMALL_PICTURE


def _words(texts: Iterable[str]) -> set[str]:
    return set(re.findall(r"\w+", " ".join(texts)))


def _refuse_losses(words: set[str], root: etree._Element) -> None:
    """The last guard: a word of the lesson that did not reach the print tree stops the build."""
    attributes = (value for element in root.iter(etree.Element) for value in element.attrib.values())
    # A long word has places to break in it.
    runs = [run.replace(_MAY_BREAK, "") for run in root.itertext()]
    lost = words - _words(runs) - _words(attributes) - _words(["".join(runs)])
    if lost:
        raise Unprintable(f"chữ “{min(lost)}”")


_MAY_BREAK = "\u200b"

LONGEST_KEPT = 700
"""Characters. Text up to this length stays on one page: a step or an answer torn in two is hard to follow on paper."""

MOST_KEPT = 14
"""Blocks (paragraphs, items) in text that stays on one page."""

MOST_KEPT_ROWS = 9
"""Rows of a short table that stays on one page, its head counted."""

_TALL = ("figure", "img", "pre", "table", "screen", "strip", "quiz", "practice", "tabs")


def _mark(root: etree._Element) -> None:
    """Note on each element what its function in `print/` would otherwise have to look for in all that it holds."""
    for element in root.iter("p", "li", "callout", "scam", "tr", "task"):
        blocks = sum(1 for part in element.iterdescendants() if part.tag in BLOCKS)
        if blocks <= MOST_KEPT and _is_short(element):
            element.set("keep", "")
    for table in root.iter("table"):
        if len(list(table.iter("tr"))) <= MOST_KEPT_ROWS and _is_short(table):
            table.set("keep", "")
    for element in root.iter("p"):
        if words_of(element).endswith(":"):
            element.set("lead", "")  # announces what follows: not to be left alone at the foot of a page
    for element in root.iter("p", "a"):
        if any(part.tag in BLOCKS and part.tag not in {"refs", "ref"} for part in element.iterdescendants()):
            element.set("blocks", "")
    for element in root.iter("ul", "ol"):
        items = element.findall("li")
        if any(item.find("p") is not None for item in items):
            element.set("loose", "")
        if any("task" in item.attrib for item in items):
            element.set("tasks", "")


def _is_short(element: etree._Element) -> bool:
    """Whether an element is words only, and few."""
    return sum(map(len, element.itertext())) <= LONGEST_KEPT and next(element.iterdescendants(*_TALL), None) is None


_RUN = re.compile(r"\S{40,}")


def _break_runs(text: str) -> str:
    """Let a run of signs too long for a line (an address, a key) break: with zero-width spaces, every 20 signs."""
    return _RUN.sub(lambda run: _MAY_BREAK.join(re.findall(".{1,20}", run[0])), text)


def _note_addresses(root: etree._Element) -> None:
    """After each block of text, add `<refs>`: where its links lead and what its short forms mean, once in a lesson,
    for a reader who cannot tap. Inside the sentence they would interrupt it."""
    explained: set[str] = set()
    for block in list(root.iter("p", "li", "dd", "dt", "td", "th", "footnote", "option", "reason", "task")):
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
    return _break_runs(re.sub(r"[ \t\n\r\f]+", " ", text or ""))

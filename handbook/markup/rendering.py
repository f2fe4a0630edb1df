"""Markdown in, a well-formed element tree in the vocabulary out."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from html.entities import html5
from typing import Any, Protocol
from xml.etree import ElementTree

from lxml import etree
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from handbook.addresses import anchor_of
from handbook.markup.audience import AudienceExtension
from handbook.markup.example import ExampleExtension
from handbook.markup.fences import Fault, faults_of
from handbook.markup.glossary import GlossaryExtension, Term
from handbook.markup.practice import PracticeExtension
from handbook.markup.quiz import QuizExtension
from handbook.markup.scam import ScamExtension
from handbook.markup.screens import ScreensExtension
from handbook.markup.sections import SectionsExtension
from handbook.markup.trees import remove_keeping_tail
from handbook.markup.vocabulary import INLINE
from handbook.problems import Problems
from handbook.source_text import VOID_TAGS, RawTag, blank_code, raw_tags, unbalanced_tag

_EXTENSIONS: list[Any] = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "sane_lists",
    "tables",
    "toc",
    "pymdownx.betterem",
    "pymdownx.blocks.caption",
    "pymdownx.caret",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.keys",
    "pymdownx.mark",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
    "pymdownx.tilde",
]

_EXTENSION_CONFIGS: dict[str, dict[str, Any]] = {
    "footnotes": {"BACKLINK_TITLE": "Trở lại chỗ có chú thích {} trong bài"},
    "tables": {"use_align_attribute": True},
    "toc": {"slugify": anchor_of, "toc_depth": "2-3", "marker": ""},
    "pymdownx.blocks.caption": {"types": [{"name": "figure-caption", "prefix": ""}], "auto": False},
    "pymdownx.highlight": {"use_pygments": False},
    "pymdownx.tabbed": {"alternate_style": True, "slugify": anchor_of},
}

# XML knows five named entities; HTML, and so an editor, knows many more, and lets an “&” stand alone.
_REFERENCE = re.compile(r"&(?:#(?P<decimal>\d+);|#[xX](?P<hex>[0-9a-fA-F]+);|(?P<name>[a-zA-Z][a-zA-Z0-9]*;))?")
_XML_NAMES = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_VOID_TAG = re.compile(
    rf"<(?P<name>{'|'.join(sorted(VOID_TAGS))})(?P<rest>(?:\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)?)>", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"([\w:.-]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'/]+(?:/[^\s\"'/]+)*))?")
# What XML cannot hold, and the mark by which handbook/markup/fences.py keeps a block's place.
_UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ue000\ufffe\uffff]")


@dataclass(frozen=True)
class TocEntry:
    """A heading of the page: its anchor, its text, and the headings below it."""

    id: str
    text: str
    children: tuple[TocEntry, ...]


@dataclass(frozen=True)
class RenderedText:
    """`body` is a `<div>` that holds the rendered text; do not change it, copy it."""

    body: etree._Element
    toc: tuple[TocEntry, ...]


def _set_up(components: list[Any]) -> Markdown:
    return Markdown(
        extensions=[*_EXTENSIONS, HeadingsExtension(), *components],
        extension_configs=_EXTENSION_CONFIGS,
        output_format="xhtml",
        tab_length=4,
    )


class Renderer:
    """Python-Markdown set up for lessons. Set up once, used for every text.

    `groups` maps the slug of each learner group to the name readers know; `terms` are explained at their first use.
    """

    def __init__(self, groups: Mapping[str, str] | None = None, terms: Iterable[Term] = ()) -> None:
        def components() -> list[Any]:
            return [
                ScreensExtension(),
                QuizExtension(),
                PracticeExtension(),
                ScamExtension(),
                AudienceExtension(groups=dict(groups or {})),
            ]

        inside_examples = _set_up(components())

        def render_example(example: str) -> tuple[str, list[Fault]]:
            return inside_examples.reset().convert(example), faults_of(inside_examples)

        whole_texts = [
            SectionsExtension(),
            GlossaryExtension(terms=list(terms)),
            ExampleExtension(render=render_example),
        ]
        self._markdown = _set_up([*components(), *whole_texts])

    def render(self, text: str) -> RenderedText:
        """Raises lxml.etree.XMLSyntaxError where raw HTML in `text` is not closed properly.

        Characters that no page can show become U+FFFD; `check_letters` reports them.
        """
        markdown = self._markdown.reset()
        xhtml = _VOID_TAG.sub(_closed_tag, markdown.convert(_UNUSABLE.sub("\ufffd", text)))
        body = etree.fromstring(f"<div>{_REFERENCE.sub(_character, xhtml)}</div>", _PARSER)
        _make_canonical(body)
        toc = tuple(_toc_entry(token) for token in markdown.toc_tokens)  # type: ignore[attr-defined]
        return RenderedText(body, toc)

    @property
    def faults(self) -> list[Fault]:
        """The mistakes found in the components of the text rendered last."""
        return faults_of(self._markdown)


_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
)


class Source(Protocol):
    """What can be rendered: Markdown that starts on `body_line` of `file`."""

    @property
    def file(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def body_line(self) -> int: ...


def render(source: Source, renderer: Renderer, problems: Problems) -> RenderedText | None:
    """Render one text. None, with a problem, where its raw HTML is broken."""
    try:
        text = renderer.render(source.body)
        for fault in renderer.faults:
            line = source.body_line + fault.line - 1
            problems.add(fault.code, source.file, line, fault.message, fault.remedy)
        return text
    except etree.XMLSyntaxError as error:
        words = blank_code(source.body)
        tag = unbalanced_tag(words) or _tag_named_in(str(error), words)
        problems.add(
            "broken-html",
            source.file,
            source.body_line + (source.body.count("\n", 0, tag.offset) if tag else 0),
            f"Thẻ HTML <{'/' * tag.is_closing}{tag.name}> không khép kín hoặc viết chưa đúng."
            if tag
            else "Mã HTML trong bài không khép kín.",
            "Viết bằng Markdown, không dùng HTML; dấu “<” đứng một mình viết là “&lt;”.",
        )
        return None


def _tag_named_in(reason: str, words: str) -> RawTag | None:
    """The first tag of the text that the parser names: closed, but across what Markdown made of the lines between."""
    return next((tag for tag in raw_tags(words) if re.search(rf"\b{re.escape(tag.name)}\b", reason)), None)


def _closed_tag(tag: re.Match[str]) -> str:
    """A tag that HTML never closes, as XML wants it: `<input type=radio checked>` → `<input type="radio" …/>`."""
    written = "".join(
        f" {name}={value if value[:1] in {chr(34), chr(39)} else chr(34) + (value or name) + chr(34)}"
        for name, value in _ATTRIBUTE.findall(tag["rest"])
    )
    return f"<{tag['name'].lower()}{written}/>"


def _character(reference: re.Match[str]) -> str:
    """A character reference as XML understands it; one that names no character is the editor's own text."""
    number = int(reference["decimal"] or 0) if reference["decimal"] else int(reference["hex"] or "0", 16)
    if reference["decimal"] or reference["hex"]:
        usable = 0 < number < 0x110000 and not _UNUSABLE.match(chr(number))
        return reference[0] if usable else "\ufffd"
    if reference["name"] in _XML_NAMES:
        return reference[0]
    if reference["name"] in html5:
        return html.escape(html5[reference["name"]])
    return "&amp;" + reference[0][1:]


def _toc_entry(token: dict[str, Any]) -> TocEntry:
    text = html.unescape(re.sub(r"<[^>]+>", "", token["name"]))
    return TocEntry(token["id"], text, tuple(_toc_entry(child) for child in token["children"]))


class HeadingsTreeprocessor(Treeprocessor):
    """Gives each `##` its id before an equal heading further up can take it: a section is known by its id."""

    def run(self, root: ElementTree.Element) -> None:
        taken = {element.get("id") for element in root.iter()}
        for heading in root.iterfind("h2"):
            anchor = anchor_of("".join(heading.itertext()))
            if "id" not in heading.attrib and anchor and anchor not in taken:
                heading.set("id", anchor)
                taken.add(anchor)


class HeadingsExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        # A line of dashes below a paragraph is a rule, as its look says, and no heading.
        md.parser.blockprocessors.deregister("setextheader")
        # Before `toc` (priority 5), after the inline patterns (20).
        md.treeprocessors.register(HeadingsTreeprocessor(md), "section_ids", 6)


def _make_canonical(body: etree._Element) -> None:
    """Smooth over what extensions write in different ways, so that each thing has one form for site and print."""
    for cell in body.iter("th", "td"):
        # Inline styles would need an exception in a content security policy.
        if align := cell.attrib.pop("align", None):
            cell.set("data-align", align)
        if cell.tag == "th":
            cell.set("scope", "col")
    for wrapped in [*body.iterfind(".//figure/p"), *body.iterfind(".//figcaption/p")]:
        _unwrap(wrapped)
    for image in body.iter("img"):
        image.set("loading", "lazy")
    _name_boxes(body)
    for label in body.iterfind(".//p/label"):
        label.getparent().remove(label)
    for table in body.iter("table"):
        _wrap_runs(table, frozenset({"tr"}), "tbody")
    for box in body.iter("div"):
        if not box.get("data-tabs") and box.get("class") != "tabbed-labels":
            _mark_bare_text(box)
            _wrap_runs(box, INLINE, "p")


def _mark_bare_text(box: etree._Element) -> None:
    """Give text that stands bare between blocks an element of its own: `<div>a<p>b</p>c</div>`."""
    for child in list(box):
        if child.tag not in INLINE and (child.tail or "").strip():
            bare = etree.Element("span")
            bare.text, child.tail = child.tail, None
            child.addnext(bare)
    if (box.text or "").strip():
        bare = etree.Element("span")
        bare.text, box.text = box.text, None
        box.insert(0, bare)


def _wrap_runs(parent: etree._Element, tags: Set[str], wrapper: str) -> None:
    """Put each run of children with these tags into a `wrapper`."""
    for is_run, children in itertools.groupby(list(parent), lambda child: child.tag in tags):
        if is_run:
            run = list(children)
            made = etree.Element(wrapper)
            run[0].addprevious(made)
            made.extend(run)


BOX_TITLES = {
    "note": "Ghi chú",
    "tip": "Mẹo",
    "warning": "Lưu ý",
    "danger": "Nguy hiểm",
    "success": "Đáp án",
    "question": "Câu hỏi",
}
"""The kinds of boxes (`!!! kind`, `??? kind`) and what one is called that the editor gave no title."""


def _name_boxes(body: etree._Element) -> None:
    """Python-Markdown titles an untitled box with its kind, in English."""
    for title in body.xpath(".//div[contains(@class, 'admonition')]/p[1] | .//details/summary"):
        kind = title.getparent().get("class", "").replace("admonition", "").strip()
        if title.text == kind.capitalize() and kind in BOX_TITLES:
            title.text = BOX_TITLES[kind]


def _unwrap(element: etree._Element) -> None:
    """Replace a paragraph by what it holds."""
    parent = element.getparent()
    index = parent.index(element)
    before = parent[index - 1] if index else None
    if before is not None:
        before.tail = (before.tail or "") + (element.text or "")
    else:
        parent.text = (parent.text or "") + (element.text or "")
    for offset, child in enumerate(list(element)):
        parent.insert(index + offset, child)
    remove_keeping_tail(element)

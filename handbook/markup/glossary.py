"""Terms of the glossary in a text: the first use of each becomes a link to its explanation.

Markdown extension. The option `terms` lists what is to be explained. The link leads to the glossary page, so it needs
no script; `data-meaning` lets one show the explanation in place.

    <a class="term" href="lesson:tu-ngu/index#ma-otp" data-meaning="…">OTP</a>
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from lxml import etree
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

_SKIPPED = {"a", "abbr", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "label", "summary", "kbd"}

_LABELS = {"strong", "b"}
"""What a screen says: a term inside of it may mean something else there (“Hủy liên kết”)."""


@dataclass(frozen=True)
class Term:
    """A term as a text may write it, and the page address and explanation it leads to."""

    id: str
    names: tuple[str, ...]
    meaning: str
    href: str


def terms_of(body: etree._Element) -> list[str]:
    """The ids of the terms that a rendered text explains, in the order of their first use."""
    return [link.get("href", "").partition("#")[2] for link in body.iter("a") if link.get("class") == "term"]


def term_pattern(terms: Iterable[Term]) -> re.Pattern[str] | None:
    """Finds the terms in a text; None where there are none.

    The longest name wins; a short form in capitals (AI, OTP) counts only as it is written: “ai” is a word of its own.
    """
    names = sorted({_key(name) for term in terms for name in term.names}, key=len, reverse=True)
    spelled = [re.escape(name) if name.isupper() else f"(?i:{re.escape(name)})" for name in names]
    return re.compile(rf"(?<!\w)({'|'.join(spelled)})(?!\w)") if names else None


def _key(name: str) -> str:
    return name if name.isupper() else name.casefold()


class GlossaryTreeprocessor(Treeprocessor):
    def __init__(self, md: Markdown, terms: Sequence[Term]) -> None:
        super().__init__(md)
        self._by_name = {_key(name): term for term in terms for name in term.names}
        self._pattern = term_pattern(terms)

    def run(self, root: ElementTree.Element) -> None:
        if self._pattern:
            self._walk(root, set())

    def _walk(self, element: ElementTree.Element, seen: set[str]) -> None:
        if element.tag in _SKIPPED or element.get("class") in {"footnote", "admonition-title"}:
            return
        if element.tag in _LABELS and not self._is_term("".join(element.itertext())):
            return
        index = self._link(element, element.text, 0, seen, is_tail=False)
        while index < len(element):
            child = element[index]
            self._walk(child, seen)
            index = self._link(element, child.tail, index + 1, seen, is_tail=True)

    def _is_term(self, text: str) -> bool:
        return self._pattern is not None and self._pattern.fullmatch(text.strip()) is not None

    def _link(self, parent: ElementTree.Element, text: str | None, index: int, seen: set[str], *, is_tail: bool) -> int:
        """Link the terms in one run of text, which stands before child `index`; returns the index after the run."""
        assert self._pattern
        at = 0
        text = text or ""
        while found := self._pattern.search(text, at):
            term = self._by_name.get(found[0]) or self._by_name[found[0].casefold()]  # SIM: “sim” in capitals
            if term.id in seen:
                at = found.end()
                continue
            seen.add(term.id)
            link = ElementTree.Element("a", {"class": "term", "href": term.href, "data-meaning": term.meaning})
            link.text = found[0]
            before, link.tail = text[: found.start()], text[found.end() :]
            if is_tail:
                parent[index - 1].tail = before
            else:
                parent.text = before
            parent.insert(index, link)
            return self._link(parent, link.tail, index + 1, seen, is_tail=True)
        return index


class GlossaryExtension(Extension):
    def __init__(self, **options: object) -> None:
        self.config = {"terms": [[], "the terms to explain"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        # After the sections (priority 4): the tree has its final shape.
        md.treeprocessors.register(GlossaryTreeprocessor(md, self.getConfig("terms")), "glossary", 3)


def makeExtension(**options: object) -> GlossaryExtension:  # noqa: N802 (Python-Markdown's name)
    return GlossaryExtension(**options)

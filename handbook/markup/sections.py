"""Wraps each `##` heading and what follows it in `<section data-section="…">`, so that a section can be styled,
folded, left out of an edition or printed by name."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor


class SectionsTreeprocessor(Treeprocessor):
    def run(self, root: ElementTree.Element) -> None:
        children = list(root)
        section: ElementTree.Element | None = None
        for child in children:
            if child.tag == "h2":
                section = ElementTree.Element("section", {"data-section": child.get("id", "")})
                section.text = "\n"
                root.insert(list(root).index(child), section)
            if section is not None and not _is_footnotes(child):
                root.remove(child)
                section.append(child)


def _is_footnotes(element: ElementTree.Element) -> bool:
    return element.tag == "div" and element.get("class") == "footnote"


class SectionsExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        # After `toc` (priority 5) has given the headings their ids.
        md.treeprocessors.register(SectionsTreeprocessor(md), "sections", 4)

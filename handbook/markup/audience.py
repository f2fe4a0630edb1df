"""`/// audience | group, group` blocks in; passages for some groups only out.

Markdown extension on pymdownx.blocks. The option `groups` maps each group's slug to the name readers know.

    <lesson-audience data-groups="a b"> <p class="for">Dành cho …</p> … </lesson-audience>
"""

from __future__ import annotations

import difflib
import re
from xml.etree import ElementTree

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from handbook.markup.fences import FencePreprocessor, fence_preprocessor, know_element

_OPENING = re.compile(r"^[ \t]*/{3,}[ \t]*audience\b[ \t]*(?:\|(?P<groups>.*))?$")
_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})")


def _slugs(argument: str | None) -> list[str]:
    return [slug.strip() for slug in (argument or "").split(",") if slug.strip()]


class AudienceBlock(Block):  # type: ignore[misc]
    NAME = "audience"
    ARGUMENT = True

    def on_markdown(self) -> str:
        """What stands inside is Markdown in full, not a line of text."""
        return "block"

    def on_create(self, parent: ElementTree.Element) -> ElementTree.Element:
        known: dict[str, str] = self.config["groups"]
        slugs = _slugs(self.argument)
        made = ElementTree.SubElement(parent, "lesson-audience", {"data-groups": " ".join(slugs)})
        label = ElementTree.SubElement(made, "p", {"class": "for"})
        label.text = "Dành cho: " + "; ".join(known.get(slug, slug) for slug in slugs)
        return made


class AudiencePreprocessor(Preprocessor):
    """Checks the groups of each block while the numbers of the lines are still known."""

    def __init__(self, md: Markdown, fences: FencePreprocessor, groups: dict[str, str]) -> None:
        super().__init__(md)
        self._fences = fences
        self._groups = groups

    def run(self, lines: list[str]) -> list[str]:
        fence = ""
        for number, line in enumerate(lines, start=1):
            mark = _FENCE.match(line)
            if mark:
                fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
            elif not fence and (opening := _OPENING.match(line)):
                self._check(_slugs(opening["groups"]), number)
        return lines

    def _check(self, slugs: list[str], number: int) -> None:
        faults = self._fences.faults
        if not slugs:
            faults.add(
                number,
                "audience-without-group",
                "Khối “audience” chưa nói dành cho nhóm nào.",
                "Viết “/// audience | nguoi-cao-tuoi”.",
            )
        for slug in slugs:
            if self._groups and slug not in self._groups:
                close = difflib.get_close_matches(slug, self._groups, n=1)
                faults.add(
                    number,
                    "unknown-group",
                    f"Không có nhóm “{slug}”.",
                    f"Có phải “{close[0]}” không?" if close else f"Dùng: {', '.join(self._groups)}.",
                )


class AudienceExtension(BlocksExtension):  # type: ignore[misc]
    def __init__(self, **options: object) -> None:
        self.config = {"groups": [{}, "slug → name of each group"]}
        super().__init__(**options)

    def extendMarkdownBlocks(self, md: Markdown, block_manager: object) -> None:  # noqa: N802 (pymdownx' name)
        groups: dict[str, str] = self.getConfigs()["groups"]
        block_manager.register(AudienceBlock, self.getConfigs())  # type: ignore[attr-defined]
        know_element(md, "lesson-audience")
        fences = fence_preprocessor(md)
        # Just after the fences have been read and their faults emptied.
        md.preprocessors.register(AudiencePreprocessor(md, fences, groups), "audience", FencePreprocessor.PRIORITY - 1)


def makeExtension(**options: object) -> AudienceExtension:  # noqa: N802 (Python-Markdown's name)
    return AudienceExtension(**options)

"""A few words of Markdown in; their inline HTML out: bold, emphasis, code and links inside a component's line."""

from __future__ import annotations

from functools import cache

from markdown import Markdown


@cache
def _markdown() -> Markdown:
    return Markdown(extensions=["pymdownx.betterem", "pymdownx.mark"], output_format="xhtml")


def inline(text: str) -> str:
    """`**Đúng**, xem [bài](x.md)` → HTML without a paragraph around it. Only for one line of text."""
    # A leading mark would start a list or a quotation; the zero-width joiner keeps the line a paragraph.
    html = _markdown().reset().convert("\u2060" + text).replace("\u2060", "")
    return html.removeprefix("<p>").removesuffix("</p>")

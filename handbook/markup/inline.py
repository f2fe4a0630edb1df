"""A few words of Markdown in; their inline HTML out: bold, emphasis, code and links inside a component's line."""

from __future__ import annotations

import re
from functools import cache

from markdown import Markdown


@cache
def _markdown() -> Markdown:
    return Markdown(extensions=["pymdownx.betterem", "pymdownx.mark"], output_format="xhtml")


# What would start a list, a quotation or a heading; here it is the first word of a line.
_BLOCK_MARK = re.compile(r"^(?=[-+*>#]\s|>)|^(?=#{1,6}\s)|^(\d+)(?=[.)]\s)")


def inline(text: str) -> str:
    """`**Đúng**, xem [bài](x.md)` → HTML without a paragraph around it. Only for one line of text."""
    html = _markdown().reset().convert(_BLOCK_MARK.sub(lambda mark: f"{mark[1] or ''}\\", text))
    return html.removeprefix("<p>").removesuffix("</p>")

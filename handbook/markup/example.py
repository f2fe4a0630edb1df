"""`example` blocks in; how a component is typed and what becomes of it out, from the same few lines.

Markdown extension for the editors' guide. The block holds Markdown; it is shown as typed, and rendered. The site adds
what it looks like on paper, which the press makes from the same rendered lines.

    <lesson-example data-example="…"> <pre>…</pre> <div class="made">…</div> </lesson-example>
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from html import escape

from lxml import etree
from markdown import Markdown
from markdown.extensions import Extension

from handbook.markup.fences import Block, Fault, Faults, fence_preprocessor, know_element

Render = Callable[[str], tuple[str, list[Fault]]]
"""Markdown to XHTML, with the faults found in it."""


def example_component(render: Render) -> Callable[[Block, Faults], str]:
    """The component, with `render` for what stands inside it."""

    def component(block: Block, faults: Faults) -> str:
        text = "\n".join(line.text for line in block.lines)
        if not text.strip():
            faults.add(block.line, "empty-example", "Khối “example” rỗng.", "Viết mẫu cần cho xem vào trong khối.")
            return ""
        made, found = render(text)
        for fault in found:
            faults.add(block.line + fault.line, fault.code, fault.message, fault.remedy)
        name = hashlib.sha256(text.encode()).hexdigest()[:10]
        return (
            f'<lesson-example data-example="{name}"><pre class="highlight"><code>{escape(text)}</code></pre>'
            f'<div class="made">{made}</div></lesson-example>'
        )

    return component


def examples_of(body: etree._Element) -> dict[str, etree._Element]:
    """The rendered examples of a text, by their names."""
    return {
        example.get("data-example", ""): example.find("div[@class='made']") for example in body.iter("lesson-example")
    }


class ExampleExtension(Extension):
    def __init__(self, **options: object) -> None:
        self.config = {"render": [lambda text: ("", []), "Markdown to XHTML and its faults"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        fence_preprocessor(md).components["example"] = example_component(self.getConfig("render"))
        know_element(md, "lesson-example")

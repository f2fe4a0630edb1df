"""`scam` blocks in; how a fraud goes and what to do about it out, in one form for all lessons.

Markdown extension. Lines `key: words`: `title` (the rule to remember), `bait` once, `sign` and `do` one or more each,
`call: number | whom` one or more. The numbers become links that dial.

    <lesson-scam> p.scam-title, p.bait, ul.signs, ol.do, ul.calls </lesson-scam>
"""

from __future__ import annotations

import difflib
import re
from html import escape

from markdown import Markdown
from markdown.extensions import Extension

from handbook.markup.fences import Block, Faults, register_component
from handbook.markup.inline import inline

_KEYS = {
    "title": "điều cần nhớ",
    "bait": "kẻ gian dụ thế nào",
    "sign": "dấu hiệu nhận ra",
    "do": "việc cần làm ngay",
    "call": "gọi ai",
}
_ONCE = {"title", "bait"}
_NUMBER = re.compile(r"\+?\d[\d .]{1,14}\d")


def scam_component(block: Block, faults: Faults) -> str:
    before = len(faults.found)
    said: dict[str, list[str]] = {key: [] for key in _KEYS}
    calls: list[tuple[str, str]] = []
    for line in block.lines:
        if not line.text.strip():
            continue
        key, colon, words = (part.strip() for part in line.text.partition(":"))
        if not colon or key not in _KEYS:
            close = difflib.get_close_matches(key, _KEYS, n=1)
            faults.add(
                line.number,
                "unknown-scam-line",
                f"Khối “scam” không có dòng “{key[:40]}”.",
                f"Có phải “{close[0]}” không?"
                if close
                else f"Dùng: {', '.join(f'{k}: ({v})' for k, v in _KEYS.items())}.",
            )
        elif not words:
            faults.add(line.number, "empty-scam-line", f"“{key}:” chưa có chữ.", f"Viết {_KEYS[key]}.")
        elif key in _ONCE and said[key]:
            faults.add(line.number, "scam-line-twice", f"“{key}” chỉ viết một lần.", "Gộp hai dòng làm một.")
        elif key == "call":
            number, bar, whom = (part.strip() for part in words.partition("|"))
            if not bar or not whom or not _NUMBER.fullmatch(number):
                faults.add(
                    line.number, "wrong-call", f"“call: {words}” không đúng dạng.", "Viết “call: 113 | Công an”."
                )
            else:
                calls.append((number, whom))
                said[key].append(words)
        else:
            said[key].append(words)
    for key, meaning in _KEYS.items():
        if not said[key] and len(faults.found) == before:
            faults.add(block.line, "scam-without-line", f"Khối “scam” chưa nói {meaning}.", f"Thêm dòng “{key}: …”.")
    if len(faults.found) > before:
        return ""
    signs = "".join(f"<li>{inline(words)}</li>" for words in said["sign"])
    deeds = "".join(f"<li>{inline(words)}</li>" for words in said["do"])
    dial = "".join(
        f'<li><a class="call" href="tel:{re.sub(r"[ .]", "", number)}">Gọi {escape(number)}</a> '
        f"<span>{inline(whom)}</span></li>"
        for number, whom in calls
    )
    return (
        f'<lesson-scam><p class="scam-title">{inline(said["title"][0])}</p>'
        f'<p class="bait"><strong>Kẻ gian dụ thế nào:</strong> {inline(said["bait"][0])}</p>'
        f'<p class="scam-head">Dấu hiệu</p><ul class="signs">{signs}</ul>'
        f'<p class="scam-head">Làm ngay</p><ol class="do">{deeds}</ol>'
        f'<ul class="calls">{dial}</ul></lesson-scam>'
    )


class ScamExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        register_component(md, "scam", scam_component, "lesson-scam")


def makeExtension(**options: object) -> ScamExtension:  # noqa: N802 (Python-Markdown's name)
    return ScamExtension(**options)

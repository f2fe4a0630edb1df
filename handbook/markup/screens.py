"""`screen` and `screens` blocks in; drawn phone screens out, alone or as a strip that can be practised.

Markdown extension. The lines of a screen are described in screen_lines. A `screens` block holds several, divided by
`---`; before the first it may say `series: what is done` and `done: what comes next`.

    <figure class="screen"> svg, figcaption </figure>
    <lesson-screens data-series data-done> <ol class="strip"> <li> figure … </li> </ol> </lesson-screens>

Each figure carries what its practice needs: `data-areas`, the boxes that can be touched in thousandths of the drawing
with their names; `data-actions`, what to do with which of them; `data-watches`, what to beware of; and `data-reading`,
the screen in words.
"""

from __future__ import annotations

import json
from html import escape

from markdown import Markdown
from markdown.extensions import Extension

from handbook.markup.fences import Block, Faults, Line, register_component
from handbook.markup.icons import icon_path, similar_icons
from handbook.markup.screen_drawing import WIDTH, draw
from handbook.markup.screen_lines import Screen, read_screen
from handbook.markup.screen_words import alternative, caption, reading, sentence

_TOUCHABLE = {"field", "button", "row", "switch", "tick", "tabs", "popup", "bar", "qr", "keypad", "notice", "picture"}
_SERIES_KEYS = ("series", "done")
MAX_SCREENS = 8


def screen_component(block: Block, faults: Faults) -> str:
    screen = read_screen(block.lines, block.line, faults)
    if screen is None or not _icons_exist(screen, faults):
        return ""
    return _figure(screen)


def screens_component(block: Block, faults: Faults) -> str:
    about, parts = _split(block, faults)
    before = len(faults.found)
    screens = [read_screen(lines, line, faults) for line, lines in parts]
    if len(screens) < 2:
        faults.add(
            block.line,
            "series-too-short",
            "Khối “screens” chỉ có một màn hình.",
            "Dùng khối “screen”, hoặc thêm màn hình sau một dòng “---”.",
        )
    if len(screens) > MAX_SCREENS:
        faults.add(
            parts[MAX_SCREENS][0],
            "series-too-long",
            f"Khối “screens” có {len(screens)} màn hình.",
            f"Giữ nhiều nhất {MAX_SCREENS}; chia việc dài thành hai khối.",
        )
    drawn = [screen for screen in screens if screen and _icons_exist(screen, faults)]
    for screen in drawn[:-1]:
        if not any(action.kind != "watch" for action in screen.actions):
            faults.add(
                screen.line,
                "screen-without-action",
                "Màn hình này không nói làm gì để sang màn hình sau.",
                "Thêm dòng “tap: …” hoặc “type: … = …”.",
            )
    if len(faults.found) > before:
        return ""
    data = "".join(f' data-{key}="{escape(about[key])}"' for key in _SERIES_KEYS if key in about)
    items = "".join(f"<li>{_figure(screen)}</li>" for screen in drawn)
    return f'<lesson-screens{data}><ol class="strip">{items}</ol></lesson-screens>'


def _split(block: Block, faults: Faults) -> tuple[dict[str, str], list[tuple[int, list[Line]]]]:
    """What the block says of the whole series, and the lines of each screen with the number of their first."""
    about: dict[str, str] = {}
    parts: list[tuple[int, list[Line]]] = [(block.line + 1, [])]
    for line in block.lines:
        key, _, words = line.text.partition(":")
        if line.text.strip() == "---":
            parts.append((line.number + 1, []))
        elif key.strip() in _SERIES_KEYS:
            if key.strip() in about:
                faults.add(line.number, "second-series", f"“{key.strip()}” viết hai lần.", "Giữ lại một dòng.")
            about[key.strip()] = words.strip()
        else:
            parts[-1][1].append(line)
    return about, parts


def _icons_exist(screen: Screen, faults: Faults) -> bool:
    names = [(row.icon, row.line) for row in screen.rows] + [
        (item.icon, row.line) for row in screen.rows for item in row.items
    ]
    missing = [(name, line) for name, line in names if name and icon_path(name) is None]
    for name, line in missing:
        close = similar_icons(name)
        faults.add(
            line,
            "unknown-icon",
            f"Không có biểu tượng “{name}”.",
            f"Có phải {', '.join(close)} không?" if close else "Bỏ phần :…: hoặc chọn tên khác trong bộ Material.",
        )
    return not missing


def _figure(screen: Screen) -> str:
    drawing = draw(screen, alternative(screen))

    def thousandths(value: float, whole: float) -> int:
        return round(value / whole * 1000)

    touchable = [area for area in drawing.areas if area.kind in _TOUCHABLE or _is_target(screen, area.row, area.item)]
    areas = [
        [
            thousandths(area.x, WIDTH),
            thousandths(area.y, drawing.height),
            thousandths(area.width, WIDTH),
            thousandths(area.height, drawing.height),
            area.label,
        ]
        for area in touchable
    ]
    places = [(area.row, area.item) for area in touchable]
    actions = [
        [action.kind, places.index((action.row, action.item)), sentence(screen, action), action.value]
        for action in screen.actions
        if action.kind != "watch"
    ]
    watches = [
        [places.index((action.row, action.item)), action.value] for action in screen.actions if action.kind == "watch"
    ]
    words = caption(screen)
    told = f"<figcaption>{escape(words)}</figcaption>" if words else ""
    data = (
        f'data-areas="{_json(areas)}" data-actions="{_json(actions)}" data-watches="{_json(watches)}" '
        f'data-reading="{escape(reading(screen))}"'
    )
    return f'<figure class="screen" {data}>{drawing.svg}{told}</figure>'


def _is_target(screen: Screen, row: int, item: int | None) -> bool:
    return any((action.row, action.item) == (row, item) for action in screen.actions)


def _json(value: object) -> str:
    return escape(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


class ScreensExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        register_component(md, "screen", screen_component, "figure")
        register_component(md, "screens", screens_component, "lesson-screens")


def makeExtension(**options: object) -> ScreensExtension:  # noqa: N802 (Python-Markdown's name)
    return ScreensExtension(**options)

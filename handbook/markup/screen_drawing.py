"""A Screen in; a small SVG of it out, in the handbook's own plain style, never the app's.

All measures are units of the drawing, 160 across: a quarter of a millimetre each where four screens share the width of
a printed page, about 1.7 CSS pixels on a phone. Colours are classes: the site's stylesheet and the print templates give
them their light, dark and black-and-white form. A target is told by its shape (a thick frame) and its number as well.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import cache
from html import escape
from importlib.resources import files

from PIL import ImageFont

from handbook.markup.icons import ICON_SIZE, icon_path
from handbook.markup.screen_lines import Item, Row, Screen

WIDTH = 160
_EDGE = 9  # from the frame of the phone to what is on the screen
_GAP = 8  # between two rows: room for two frames side by side
_SIZE = 11  # of text
_LINE = 14  # from one line of text to the next
_PAD = 6  # inside a box
_BADGE = 7.5  # radius of a target's number
_SAFE = 1.06  # phones differ in their fonts: room for one six per cent wider than the one measured


@dataclass(frozen=True)
class Area:
    """Where a thing that can be touched stands: its place in the screen's rows, its name, its box."""

    row: int
    item: int | None
    label: str
    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Drawing:
    svg: str
    height: float
    areas: tuple[Area, ...]


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    name = "BeVietnamPro-SemiBold.ttf" if bold else "BeVietnamPro-Regular.ttf"
    font = (files("fontpkg_be_vietnam_pro") / "files" / name).read_bytes()
    return ImageFont.truetype(io.BytesIO(font), 100)


@cache
def text_width(text: str, size: float = _SIZE, bold: bool = False) -> float:
    """The width of a line of text, in units, with the room for wider fonts."""
    return _font(bold).getlength(text) / 100 * size * _SAFE


def wrapped(text: str, room: float, size: float = _SIZE, bold: bool = False) -> list[str]:
    """The text in lines no wider than `room`. A word too long for a line is broken, never cut off."""
    lines: list[str] = []
    current = ""
    for word in text.split():
        trial = f"{current} {word}".strip()
        if text_width(trial, size, bold) <= room:
            current = trial
            continue
        if current:
            lines.append(current)
        while text_width(word, size, bold) > room and len(word) > 1:
            fit = max(n for n in range(1, len(word)) if n == 1 or text_width(word[:n], size, bold) <= room)
            lines.append(word[:fit])
            word = word[fit:]
        current = word
    return [*lines, current] if current else lines


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


@dataclass
class _Pen:
    """Draws downwards; remembers what can be touched."""

    screen: Screen
    y: float = 0
    parts: list[str] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)

    @property
    def room(self) -> float:
        return WIDTH - 2 * _EDGE

    def rect(self, name: str, x: float, y: float, width: float, height: float, radius: float = 4) -> None:
        self.parts.append(
            f'<rect class="{name}" x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" '
            f'rx="{_n(radius)}"/>'
        )

    def text(
        self, lines: list[str], x: float, y: float, name: str = "t", anchor: str = "", size: float = _SIZE
    ) -> None:
        """Lines of text, the first with its box from y to y + one line."""
        leading = _LINE * size / _SIZE
        style = (f' text-anchor="{anchor}"' if anchor else "") + (f' font-size="{_n(size)}"' if size != _SIZE else "")
        for number, line in enumerate(lines):
            base = y + leading * number + leading * 0.74
            self.parts.append(f'<text class="{name}" x="{_n(x)}" y="{_n(base)}"{style}>{escape(line)}</text>')

    def icon(self, name: str, x: float, y: float, size: float) -> None:
        """An icon of the Material set; `screens` has checked that it exists."""
        place = f"translate({_n(x)} {_n(y)}) scale({size / ICON_SIZE:.3g})"
        self.parts.append(f'<path class="i" transform="{place}" d="{icon_path(name)}"/>')

    def area(
        self, row: int, item: int | None, label: str, kind: str, x: float, y: float, width: float, height: float
    ) -> None:
        self.areas.append(Area(row, item, label, kind, x, y, width, height))


def draw(screen: Screen, alternative: str) -> Drawing:
    """The screen as SVG; `alternative` becomes its name for screen readers."""
    pen = _Pen(screen)
    _draw_header(pen)
    bar = next((index for index, row in enumerate(screen.rows) if row.kind == "bar"), None)
    for index, row in enumerate(screen.rows):
        if index != bar:
            _draw_row(pen, index, row)
            pen.y += _GAP
    pen.y += 4
    if bar is not None:
        _draw_bar(pen, bar, screen.rows[bar])
    height = pen.y + 4
    marks = _marks(pen)
    frame = f'<rect class="g" x="1" y="1" width="{WIDTH - 2}" height="{_n(height - 2)}" rx="10"/>'
    svg = (
        f'<svg class="phone" viewBox="0 0 {WIDTH} {_n(height)}" role="img" aria-label="{escape(alternative)}" '
        f'font-size="{_SIZE}">{frame}{"".join(pen.parts)}{marks}</svg>'
    )
    return Drawing(svg, height, tuple(pen.areas))


def _draw_header(pen: _Pen) -> None:
    lines = wrapped(pen.screen.app, pen.room, bold=True)
    height = _LINE * len(lines) + 8
    pen.parts.append(
        f'<path class="h" d="M1 11a10 10 0 0 1 10-10h{WIDTH - 22}a10 10 0 0 1 10 10v{_n(height - 10)}h-{WIDTH - 2}z"/>'
    )
    pen.text(lines, WIDTH / 2, 5, "w", "middle")
    pen.y = height + 1 + _GAP + 2


def _draw_row(pen: _Pen, index: int, row: Row) -> None:
    draw_row = {
        "title": _draw_title,
        "text": _draw_text,
        "field": _draw_field,
        "button": _draw_button,
        "row": _draw_list_row,
        "switch": _draw_switch,
        "tick": _draw_tick,
        "tabs": _draw_tabs,
        "picture": _draw_picture,
        "qr": _draw_qr,
        "pin": _draw_pin,
        "keypad": _draw_keypad,
        "popup": _draw_popup,
        "message": _draw_bubble,
        "reply": _draw_bubble,
        "notice": _draw_notice,
    }[row.kind]
    draw_row(pen, index, row)


def _draw_title(pen: _Pen, index: int, row: Row) -> None:
    lines = wrapped(row.label, pen.room, 12, bold=True)
    pen.text(lines, _EDGE, pen.y, "b", size=12)
    height = len(lines) * _LINE * 12 / _SIZE
    pen.area(index, None, row.label, row.kind, _EDGE, pen.y, pen.room, height)
    pen.y += height


def _draw_text(pen: _Pen, index: int, row: Row) -> None:
    lines = wrapped(row.label, pen.room)
    pen.text(lines, _EDGE, pen.y)
    pen.area(index, None, row.label, row.kind, _EDGE - 3, pen.y - 1, pen.room + 6, len(lines) * _LINE + 2)
    pen.y += len(lines) * _LINE


def _draw_field(pen: _Pen, index: int, row: Row) -> None:
    label = wrapped(row.label, pen.room, 9.5)
    pen.text(label, _EDGE, pen.y, "m", size=9.5)
    top = pen.y + len(label) * _LINE * 9.5 / _SIZE + 3.5
    value = wrapped(row.value, pen.room - 2 * _PAD) or [""]
    height = len(value) * _LINE + 7
    pen.rect("f", _EDGE, top, pen.room, height, 3)
    pen.text(value, _EDGE + _PAD, top + 3.5)
    pen.area(index, None, row.label, row.kind, _EDGE, top, pen.room, height)
    pen.y = top + height


def _draw_button(pen: _Pen, index: int, row: Row) -> None:
    lines = wrapped(row.label, pen.room - 2 * _PAD, bold=True)
    height = len(lines) * _LINE + 9
    pen.rect("k", _EDGE, pen.y, pen.room, height, 5)
    pen.text(lines, WIDTH / 2, pen.y + 4.5, "w", "middle")
    pen.area(index, None, row.label, row.kind, _EDGE, pen.y, pen.room, height)
    pen.y += height


def _draw_list_row(pen: _Pen, index: int, row: Row) -> None:
    indent = 22 if row.icon else 2
    lines = wrapped(row.label, pen.room - indent - 12)
    height = max(len(lines) * _LINE, 16) + 6
    if row.icon:
        pen.icon(row.icon, _EDGE + 1, pen.y + (height - 16) / 2, 16)
    pen.text(lines, _EDGE + indent, pen.y + (height - len(lines) * _LINE) / 2)
    middle = pen.y + height / 2
    pen.parts.append(f'<path class="l" d="M{_n(WIDTH - _EDGE - 6)} {_n(middle - 4)}l4 4-4 4"/>')
    pen.parts.append(f'<path class="l" d="M{_EDGE} {_n(pen.y + height)}h{_n(pen.room)}"/>')
    pen.area(index, None, row.label, row.kind, _EDGE - 3, pen.y, pen.room + 6, height)
    pen.y += height


def _draw_switch(pen: _Pen, index: int, row: Row) -> None:
    lines = wrapped(row.label, pen.room - 34)
    height = max(len(lines) * _LINE, 14) + 4
    pen.text(lines, _EDGE, pen.y + 2)
    x, y = WIDTH - _EDGE - 26, pen.y + height / 2 - 7
    pen.rect("k" if row.on else "f", x, y, 26, 14, 7)
    pen.parts.append(f'<circle class="d" cx="{_n(x + (19 if row.on else 7))}" cy="{_n(y + 7)}" r="5"/>')
    pen.area(index, None, row.label, row.kind, _EDGE - 3, pen.y, pen.room + 6, height)
    pen.y += height


def _draw_tick(pen: _Pen, index: int, row: Row) -> None:
    lines = wrapped(row.label, pen.room - 20)
    height = max(len(lines) * _LINE, 14) + 2
    pen.rect("f", _EDGE, pen.y + 1.5, 12, 12, 2)
    if row.on:
        pen.parts.append(f'<path class="c" d="M{_n(_EDGE + 2.5)} {_n(pen.y + 7.5)}l3 3 5-6"/>')
    pen.text(lines, _EDGE + 18, pen.y)
    pen.area(index, None, row.label, row.kind, _EDGE - 3, pen.y - 2, pen.room + 6, height + 2)
    pen.y += height


def _draw_tabs(pen: _Pen, index: int, row: Row) -> None:
    width = pen.room / len(row.items)
    written = [wrapped(item.label, width - 4, 10) for item in row.items]
    height = max(map(len, written)) * _LINE + 6
    for place, (item, lines) in enumerate(zip(row.items, written, strict=True)):
        x = _EDGE + width * place
        pen.text(lines, x + width / 2, pen.y + 2, "b" if item.on else "m", "middle", 10)
        pen.parts.append(f'<path class="{"c" if item.on else "l"}" d="M{_n(x)} {_n(pen.y + height)}h{_n(width)}"/>')
        pen.area(index, place, item.label, row.kind, x, pen.y, width, height)
    pen.y += height + 1


def _draw_picture(pen: _Pen, index: int, row: Row) -> None:
    lines = wrapped(row.label, pen.room - 2 * _PAD, 9.5)
    height = len(lines) * _LINE + 34
    pen.rect("p", _EDGE, pen.y, pen.room, height)
    pen.icon("image-outline", WIDTH / 2 - 11, pen.y + 5, 22)
    pen.text(lines, WIDTH / 2, pen.y + 29, "m", "middle", 9.5)
    pen.area(index, None, row.label, row.kind, _EDGE, pen.y, pen.room, height)
    pen.y += height


def _draw_qr(pen: _Pen, index: int, row: Row) -> None:
    """A drawing that says "QR code" and that no phone can scan."""
    lines = wrapped(row.label, pen.room - 2 * _PAD, 9.5)
    height = 62 + len(lines) * _LINE
    pen.rect("f", _EDGE, pen.y, pen.room, height)
    x, y = WIDTH / 2 - 26, pen.y + 5
    corners = "".join(f"M{_n(x + a)} {_n(y + b)}h16v16h-16zm5 5v6h6v-6z" for a, b in ((0, 0), (36, 0), (0, 36)))
    dots = "".join(
        f"M{_n(x + 4 * a)} {_n(y + 4 * b)}h4v4h-4z"
        for a, b in (
            (5, 1),
            (7, 2),
            (6, 4),
            (1, 6),
            (3, 5),
            (5, 6),
            (8, 6),
            (10, 5),
            (11, 7),
            (6, 8),
            (9, 9),
            (12, 9),
            (7, 11),
            (10, 12),
        )
    )
    pen.parts.append(f'<path class="q" fill-rule="evenodd" d="{corners}{dots}"/>')
    pen.text(lines, WIDTH / 2, pen.y + 60, "m", "middle", 9.5)
    pen.area(index, None, row.label, row.kind, _EDGE, pen.y, pen.room, height)
    pen.y += height


def _draw_pin(pen: _Pen, index: int, row: Row) -> None:
    step = min(18.0, pen.room / row.wanted)
    start = WIDTH / 2 - step * (row.wanted - 1) / 2
    for place in range(row.wanted):
        name = "q" if place < row.filled else "f"
        pen.parts.append(f'<circle class="{name}" cx="{_n(start + step * place)}" cy="{_n(pen.y + 8)}" r="5"/>')
    pen.y += 16


def _draw_keypad(pen: _Pen, index: int, row: Row) -> None:
    width = pen.room / 3
    for place, key in enumerate(["1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", "⌫"]):
        if not key:
            continue
        x, y = _EDGE + width * (place % 3), pen.y + 21 * (place // 3)
        pen.rect("f", x + 2, y + 1, width - 4, 19, 3)
        if key == "⌫":
            pen.icon("backspace-outline", x + width / 2 - 6, y + 4.5, 12)
        else:
            pen.text([key], x + width / 2, y + 3.5, "t", "middle")
    pen.area(index, None, row.names[0], row.kind, _EDGE, pen.y, pen.room, 84)
    pen.y += 84


def _draw_popup(pen: _Pen, index: int, row: Row) -> None:
    room = pen.room - 2 * _PAD
    question = wrapped(row.label, room)
    answers = [wrapped(item.label, room - 2 * _PAD, bold=True) for item in row.items]
    height = len(question) * _LINE + sum(len(lines) * _LINE + 12 for lines in answers) + 14
    pen.rect("o", _EDGE - 3, pen.y, pen.room + 6, height, 6)
    pen.text(question, _EDGE + _PAD, pen.y + 6)
    y = pen.y + len(question) * _LINE + 11
    for place, (item, lines) in enumerate(zip(row.items, answers, strict=True)):
        box = len(lines) * _LINE + 7
        pen.rect("f", _EDGE + _PAD, y, room, box, 4)
        pen.text(lines, WIDTH / 2, y + 3.5, "b", "middle")
        pen.area(index, place, item.label, row.kind, _EDGE + _PAD, y, room, box)
        y += box + 5
    pen.y += height


def _draw_bubble(pen: _Pen, index: int, row: Row) -> None:
    mine = row.kind == "reply"
    lines = wrapped(row.label, pen.room - 24 - 2 * _PAD)
    width = max(text_width(line) for line in lines) + 2 * _PAD
    height = len(lines) * _LINE + 8
    x = WIDTH - _EDGE - width if mine else _EDGE
    pen.rect("r" if mine else "p", x, pen.y, width, height, 7)
    pen.text(lines, x + _PAD, pen.y + 4)
    pen.area(index, None, row.label, row.kind, x, pen.y, width, height)
    pen.y += height


def _draw_notice(pen: _Pen, index: int, row: Row) -> None:
    lines = wrapped(row.label, pen.room - 22 - _PAD)
    height = max(len(lines) * _LINE, 16) + 8
    pen.rect("o", _EDGE - 3, pen.y, pen.room + 6, height, 6)
    pen.icon("bell-outline", _EDGE + 2, pen.y + (height - 14) / 2, 14)
    pen.text(lines, _EDGE + 21, pen.y + (height - len(lines) * _LINE) / 2)
    pen.area(index, None, row.label, row.kind, _EDGE - 3, pen.y, pen.room + 6, height)
    pen.y += height


def _draw_bar(pen: _Pen, index: int, row: Row) -> None:
    width = (WIDTH - 4) / len(row.items)
    written = [wrapped(item.label, width - 3, 9, bold=item.on) for item in row.items]
    icons = any(item.icon for item in row.items)
    height = max(map(len, written)) * _LINE * 9 / _SIZE + (17 if icons else 0) + 7
    pen.parts.append(f'<path class="l" d="M2 {_n(pen.y)}h{WIDTH - 4}"/>')
    for place, (item, lines) in enumerate(zip(row.items, written, strict=True)):
        x = 2 + width * place
        _draw_bar_item(pen, item, lines, x + width / 2, icons)
        pen.area(index, place, item.label, row.kind, x + 1, pen.y + 1, width - 2, height - 2)
    pen.y += height


def _draw_bar_item(pen: _Pen, item: Item, lines: list[str], middle: float, icons: bool) -> None:
    if item.icon:
        pen.icon(item.icon, middle - 7, pen.y + 4, 14)
    pen.text(lines, middle, pen.y + (19 if icons else 4), "b" if item.on else "m", "middle", 9)


def _marks(pen: _Pen) -> str:
    """A dashed frame round each target and its number in a badge; a plain one and a triangle where to beware."""
    drawn = []
    number = 0
    for action in pen.screen.actions:
        area = next(a for a in pen.areas if (a.row, a.item) == (action.row, action.item))
        x, y, width, height = area.x - 2, area.y - 2, area.width + 4, area.height + 4
        frame = "v" if action.kind == "watch" else "x"
        drawn.append(
            f'<rect class="{frame}" x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" rx="6"/>'
        )
        cx, cy = min(x + width, WIDTH - _BADGE - 0.5), max(y, _BADGE + 0.5)
        if action.kind == "watch":
            drawn.append(f'<path class="a" d="M{_n(cx - 8)} {_n(cy + 6)}l8-14 8 14z"/>')
            drawn.append(f'<text class="n" x="{_n(cx)}" y="{_n(cy + 4)}" text-anchor="middle" font-size="9">!</text>')
            continue
        number += 1
        drawn.append(f'<circle class="a" cx="{_n(cx)}" cy="{_n(cy)}" r="{_BADGE}"/>')
        drawn.append(
            f'<text class="n" x="{_n(cx)}" y="{_n(cy + 3.5)}" text-anchor="middle" font-size="10">{number}</text>'
        )
    return "".join(drawn)

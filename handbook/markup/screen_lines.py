"""The lines of a `screen` block in; the Screen they describe out, or a fault for each line that makes no sense.

One line, one thing on the screen, from top to bottom, as `kind: words`:

    app: VNeID                      the app's name, first
    title: Kích hoạt                the page's heading
    text: Nhập thông tin của bạn.   a line of text
    field: Số định danh = 0010…     a field, with or without a value
    button: Gửi yêu cầu             a button
    row: :bell: Thông báo           a row of a list, with or without an icon
    switch: Wi-Fi = on              a switch: on or off
    tick: Tôi đồng ý = off          a tick box: on or off
    tabs: *Tất cả | Chưa đọc        tabs, the current one starred
    picture: Ảnh thẻ căn cước       a place for a picture, with its words
    qr: Mã của cửa hàng             a QR code
    pin: 2/6                        dots of a code: typed / wanted
    keypad:                         a keypad of digits
    popup: Cho phép? | Có | Không   a question over the screen, with its answers
    message: Chào bạn               a message received
    reply: Chào                     a message sent
    notice: Bạn có tin mới          a notification
    bar: *:home: Trang chủ | Ví     the bar at the bottom

and then what to do, naming things by their words: `tap: Gửi yêu cầu` · `type: Số định danh = 0010…` ·
`watch: Gửi yêu cầu = Chỉ bấm khi đã đọc lại`. In a series, `step: …` gives a screen its own caption.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from handbook.markup.fences import Faults, Line

ROWS = (
    *("title", "text", "field", "button", "row", "switch", "tick", "tabs", "picture", "qr"),
    *("pin", "keypad", "popup", "message", "reply", "notice", "bar"),
)
ACTIONS = ("tap", "type", "watch")
KINDS = ("app", "step", *ROWS, *ACTIONS)
_WORDLESS = {"keypad"}
_LISTS = {"tabs", "popup", "bar"}
_ONLY_READ = {"title", "text", "message", "reply"}
_SWITCHES = {"switch", "tick"}
MAX_ROWS = 14
MAX_LABEL = 160

_LINE = re.compile(r"^([A-Za-z]+)\s*:\s*(.*)$")
_ITEM = re.compile(r"^(?P<on>\*)?\s*(?::(?P<icon>[a-z0-9-]+):)?\s*(?P<label>.*)$")


@dataclass(frozen=True)
class Item:
    """A part of a row that can be touched by itself: a tab, an answer of a pop-up, a place of the bottom bar."""

    label: str
    icon: str = ""
    on: bool = False


@dataclass(frozen=True)
class Row:
    """One thing on the screen. `value` is a field's content, `on` a switch's state, `items` a list's parts."""

    kind: str
    line: int
    label: str = ""
    value: str = ""
    icon: str = ""
    on: bool = False
    items: tuple[Item, ...] = ()
    filled: int = 0
    wanted: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """The words by which an action may name this row or a part of it."""
        parts = tuple(item.label for item in self.items)
        if self.kind == "popup":
            return parts
        if self.kind == "keypad":
            return (KEYPAD_NAME,)
        return parts or ((self.label,) if self.label else ())


KEYPAD_NAME = "bàn phím"


@dataclass(frozen=True)
class Action:
    """What the learner does: tap, type `value`, or watch out (`value` says for what)."""

    kind: str
    label: str
    value: str
    line: int
    row: int
    item: int | None


@dataclass(frozen=True)
class Screen:
    app: str
    rows: tuple[Row, ...]
    actions: tuple[Action, ...]
    step: str
    line: int


def read_screen(lines: Sequence[Line], first_line: int, faults: Faults) -> Screen | None:
    """The screen these lines describe. Reports every fault; None where nothing can be drawn."""
    app = step = ""
    rows: list[Row] = []
    wanted: list[tuple[str, str, str, int]] = []
    before = len(faults.found)
    for line in lines:
        if not line.text.strip() or line.text.lstrip().startswith("#"):
            continue
        parsed = _read_line(line, faults)
        if parsed is None:
            continue
        kind, words = parsed
        if kind == "app":
            if app:
                _fault(faults, line, "second-app", "Một màn hình chỉ có một “app”.", "Xóa dòng “app” thứ hai.")
            if rows:
                _fault(faults, line, "app-not-first", "“app” phải là dòng đầu.", "Đưa dòng này lên đầu khối.")
            app = app or words
        elif kind == "step":
            step = words
        elif kind in ACTIONS:
            label, _, value = (part.strip() for part in words.partition("="))
            if kind == "type" and not value:
                _fault(
                    faults,
                    line,
                    "type-without-value",
                    f"“type: {label}” chưa nói gõ gì.",
                    f"Viết “type: {label} = dữ liệu mẫu”.",
                )
            wanted.append((kind, label, value, line.number))
        elif row := _read_row(kind, words, line, faults):
            rows.append(row)
    if not app:
        faults.add(
            first_line, "screen-without-app", "Màn hình chưa có tên ứng dụng.", "Thêm dòng đầu “app: Tên ứng dụng”."
        )
    if not rows and len(faults.found) == before:
        faults.add(
            first_line, "empty-screen", "Màn hình chưa có gì.", "Thêm ít nhất một dòng, ví dụ “button: Đăng nhập”."
        )
    if len(rows) > MAX_ROWS:
        faults.add(
            rows[MAX_ROWS].line,
            "screen-too-long",
            f"Màn hình có {len(rows)} dòng, dài hơn một chiếc điện thoại.",
            f"Giữ nhiều nhất {MAX_ROWS} dòng: chỉ vẽ những gì người học cần nhìn.",
        )
    actions = [action for want in wanted if (action := _aim(*want, rows, faults))]
    if len(faults.found) > before:
        return None
    return Screen(app, tuple(rows), tuple(actions), step, first_line)


def _fault(faults: Faults, line: Line, code: str, message: str, remedy: str) -> None:
    faults.add(line.number, code, message, remedy)


def _read_line(line: Line, faults: Faults) -> tuple[str, str] | None:
    """(kind, words) of one line."""
    if line.text.startswith((" ", "\t")):
        _fault(faults, line, "wrong-indent", "Dòng này thụt vào trong.", "Bỏ các dấu cách ở đầu dòng.")
        return None
    found = _LINE.match(line.text.rstrip())
    if not found:
        _fault(
            faults,
            line,
            "not-a-row",
            f"“{line.text.strip()}” không có dạng “loại: chữ”.",
            f"Viết ví dụ “text: {line.text.strip()[:40]}”.",
        )
        return None
    kind, words = found[1], found[2].strip()
    if kind not in KINDS:
        close = difflib.get_close_matches(kind.lower(), KINDS, n=1)
        _fault(
            faults,
            line,
            "unknown-row",
            f"Không có loại dòng “{kind}”.",
            f"Có phải “{close[0]}” không?" if close else f"Dùng một trong: {', '.join(KINDS)}.",
        )
        return None
    if not words and kind not in _WORDLESS:
        _fault(faults, line, "empty-row", f"Dòng “{kind}:” chưa có chữ.", f"Viết chữ sau “{kind}:”, hoặc xóa dòng.")
        return None
    if len(words) > MAX_LABEL:
        _fault(
            faults,
            line,
            "label-too-long",
            f"Dòng này dài {len(words)} ký tự.",
            f"Rút còn nhiều nhất {MAX_LABEL} ký tự; màn hình thật cũng không dài vậy.",
        )
        return None
    return kind, words


def _read_row(kind: str, words: str, line: Line, faults: Faults) -> Row | None:
    if kind in _LISTS:
        return _read_list(kind, words, line, faults)
    if kind == "pin":
        found = re.fullmatch(r"(\d{1,2})\s*/\s*(\d{1,2})", words)
        if not found or not 1 <= int(found[2]) <= 8 or int(found[1]) > int(found[2]):
            _fault(
                faults,
                line,
                "wrong-pin",
                f"“pin: {words}” không đúng dạng.",
                "Viết “pin: số đã gõ/số cần gõ”, ví dụ “pin: 2/6”.",
            )
            return None
        return Row(kind, line.number, filled=int(found[1]), wanted=int(found[2]))
    if kind in _SWITCHES:
        label, _, state = (part.strip() for part in words.rpartition("="))
        if state not in {"on", "off"} or not label:
            _fault(
                faults,
                line,
                "switch-state",
                f"“{kind}: {words}” chưa nói đang bật hay tắt.",
                f"Viết “{kind}: {label or words} = on” (bật) hoặc “= off” (tắt).",
            )
            return None
        return Row(kind, line.number, label, on=state == "on")
    if kind == "field":
        label, _, value = (part.strip() for part in words.partition("="))
        return Row(kind, line.number, label, value=value)
    item = _ITEM.match(words)
    assert item
    if kind == "row" and item["icon"]:
        return Row(kind, line.number, item["label"].strip(), icon=item["icon"])
    return Row(kind, line.number, words)


def _read_list(kind: str, words: str, line: Line, faults: Faults) -> Row | None:
    parts = [part.strip() for part in words.split("|")]
    label = parts.pop(0) if kind == "popup" else ""
    items = []
    for part in parts:
        found = _ITEM.match(part)
        assert found
        items.append(Item(found["label"].strip(), found["icon"] or "", bool(found["on"])))
    if any(not item.label for item in items) or len(items) < (1 if kind == "popup" else 2):
        _fault(
            faults,
            line,
            "list-items",
            f"Dòng “{kind}” cần các mục có chữ, ngăn bằng dấu “|”.",
            "Viết “popup: Câu hỏi | Đồng ý | Từ chối”."
            if kind == "popup"
            else f"Viết “{kind}: *Mục đang mở | Mục khác”.",
        )
        return None
    if len(items) > 5:
        _fault(
            faults,
            line,
            "list-items",
            f"Dòng “{kind}” có {len(items)} mục, không vừa bề ngang điện thoại.",
            "Giữ nhiều nhất 5 mục.",
        )
        return None
    return Row(kind, line.number, label, items=tuple(items))


def _aim(kind: str, label: str, value: str, line: int, rows: list[Row], faults: Faults) -> Action | None:
    """The action with the place on the screen it means."""
    places = [(r, i if row.items else None, name) for r, row in enumerate(rows) for i, name in enumerate(row.names)]
    hits = [(r, i) for r, i, name in places if name == label]
    if kind != "watch":
        # A heading often says the same as the button below it: what can be touched is meant.
        hits = [(r, i) for r, i in hits if rows[r].kind not in _ONLY_READ] or hits
    if not hits:
        names = [name for *_, name in places]
        close = difflib.get_close_matches(label, names, n=1, cutoff=0.5)
        faults.add(
            line,
            "target-not-on-screen",
            f"Trên màn hình không có “{label}”.",
            f"Có phải “{close[0]}” không?"
            if close
            else f"Viết đúng chữ của một dòng: {', '.join(names) or '(chưa có dòng nào)'}.",
        )
        return None
    if len(hits) > 1:
        faults.add(
            line,
            "target-twice",
            f"“{label}” có ở {len(hits)} chỗ trên màn hình.",
            "Đổi chữ của một chỗ, để biết chạm vào đâu.",
        )
        return None
    ((row, item),) = hits
    if kind == "type" and rows[row].kind not in {"field", "keypad"}:
        faults.add(
            line,
            "type-not-in-field",
            f"“{label}” không phải ô để gõ chữ.",
            f"Dùng “tap: {label}”, hoặc đổi dòng đó thành “field:”.",
        )
        return None
    return Action(kind, label, value, line, row, item)

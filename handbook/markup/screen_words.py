"""A Screen in; the words for it out: the text alternative a person would say, and the caption of what to do."""

from __future__ import annotations

from handbook.markup.screen_lines import KEYPAD_NAME, Action, Row, Screen

_STATES = {True: "đang bật", False: "đang tắt"}
_TICKS = {True: "đã đánh dấu", False: "chưa đánh dấu"}


def alternative(screen: Screen) -> str:
    """What a person would say of the screen, and of what to do on it, to someone who cannot see it."""
    return " ".join([reading(screen), *(sentence(screen, action) for action in screen.actions)])


def reading(screen: Screen) -> str:
    """What stands on the screen, from top to bottom."""
    rows = "; ".join(words for row in screen.rows if (words := _row_words(row)))
    return f"Màn hình {screen.app}: {rows}."


def caption(screen: Screen) -> str:
    """What to do on the screen, in a few words; where there is nothing to do, what tells that one has arrived."""
    if screen.step or screen.actions:
        return screen.step or " ".join(sentence(screen, action) for action in screen.actions)
    shown = next((row.label for row in screen.rows if row.kind in {"title", "text", "notice"} and row.label), "")
    return f"Thấy chữ “{shown}” là được." if shown else ""


def sentence(screen: Screen, action: Action) -> str:
    """An action as an instruction."""
    place = _place_words(screen.rows[action.row], action)
    if action.kind == "tap":
        return f"Chạm {place}."
    if action.kind == "type":
        return f"Gõ “{action.value}” vào {place}."
    warning = f"Chú ý {place}{': ' + action.value if action.value else ''}"
    return warning if warning.endswith((".", "!", "?", "…")) else f"{warning}."


def place_name(row: Row) -> str:
    """What kind of thing a row is, in a word a learner uses."""
    return {
        "button": "nút",
        "field": "ô",
        "row": "dòng",
        "switch": "công tắc",
        "tick": "ô đánh dấu",
        "tabs": "thẻ",
        "popup": "nút",
        "bar": "mục",
        "qr": "mã QR",
        "picture": "hình",
        "notice": "thông báo",
        "message": "tin nhắn",
        "reply": "tin nhắn",
    }.get(row.kind, "dòng")


def _place_words(row: Row, action: Action) -> str:
    return KEYPAD_NAME if row.kind == "keypad" else f"{place_name(row)} “{action.label}”"


def _row_words(row: Row) -> str:
    quoted = f"“{row.label}”"
    match row.kind:
        case "title":
            return f"trang {quoted}"
        case "text":
            return f"dòng chữ {quoted}"
        case "field":
            return f"ô {quoted} ghi “{row.value}”" if row.value else f"ô {quoted} còn trống"
        case "button" | "row" | "notice" | "picture":
            return f"{place_name(row)} {quoted}"
        case "qr":
            return f"mã QR {quoted}"
        case "switch":
            return f"công tắc {quoted} {_STATES[row.on]}"
        case "tick":
            return f"ô {quoted} {_TICKS[row.on]}"
        case "tabs":
            return "các thẻ " + _listed(row)
        case "bar":
            return "hàng dưới cùng có " + _listed(row)
        case "pin":
            return f"mã gồm {row.wanted} số, đã gõ {row.filled}"
        case "keypad":
            return "bàn phím số"
        case "popup":
            return f"hộp hỏi {quoted}, trả lời {_listed(row)}"
        case "message":
            return f"tin nhắn đến {quoted}"
        case "reply":
            return f"tin nhắn gửi đi {quoted}"
    return ""


def _listed(row: Row) -> str:
    return ", ".join(f"“{item.label}”{' (đang mở)' if item.on else ''}" for item in row.items)

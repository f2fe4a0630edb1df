"""The text of a file in; out come letters that are not written as search, sorting and fonts expect them."""

from __future__ import annotations

import re

from handbook.problems import Problems
from handbook.vietnamese import house_spelling, is_nfc

_HIDDEN = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f"  # controls, but for the tab
    "\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff"  # no width, or turns the direction of writing
    "\ue000-\uf8ff\ufdd0-\ufdef\ufff9-\ufffd"  # private, or not for text
    + "".join(chr(plane | last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_NUMBERED = re.compile(r"&#(?:([0-9]{1,8})|[xX]([0-9a-fA-F]{1,8}));")


def check_letters(text: str, file: str, problems: Problems) -> None:
    """Vietnamese written the way search, sorting and fonts expect it."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not is_nfc(line):
            problems.add(
                "not-nfc",
                file,
                number,
                "Dòng này có chữ Việt ở dạng tách dấu (Unicode tổ hợp), tìm kiếm sẽ không thấy.",
                "Gõ lại dòng bằng bộ gõ đặt ở “Unicode dựng sẵn”.",
            )
            line = ""
        spelled = house_spelling(line)
        if spelled != line:
            written, wanted = next((a, b) for a, b in zip(line.split(), spelled.split(), strict=True) if a != b)
            problems.add(
                "tone-placement",
                file,
                number,
                f"“{written}” đặt dấu khác lối viết chung của cẩm nang.",
                f"Viết “{wanted}”.",
            )
        # A reference such as &#0; is checked as the character it stands for.
        hidden = _HIDDEN.search(_NUMBERED.sub(lambda found: _numbered(found[1], found[2]), line))
        if hidden:
            problems.add(
                "hidden-character",
                file,
                number,
                f"Dòng này có ký tự ẩn U+{ord(hidden[0]):04X}, thường do chép từ nơi khác.",
                "Xóa ký tự đó hoặc gõ lại dòng.",
            )


def _numbered(decimal: str | None, hexadecimal: str | None) -> str:
    number = int(decimal) if decimal else int(hexadecimal or "0", 16)
    return chr(number) if number < 0x110000 else "\ufffd"

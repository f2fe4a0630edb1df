"""`new`: a lesson file in the right place, with every key and section an editor has to fill."""

from __future__ import annotations

import os
import re
import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path

from handbook.addresses import page_address_taken
from handbook.lessons import MAX_TITLE, SECTIONS
from handbook.vietnamese import slugify

_HINTS = {
    "Mục tiêu": "Sau bài này, bạn làm được:\n\n- Việc thứ nhất.\n- Việc thứ hai.",
    "Chuẩn bị": "- Điện thoại còn pin và có mạng.",
    "Các bước": (
        "1. Một bước, một thao tác. Chữ trên màn hình để **đậm**.\n2. Bước tiếp theo.\n\n"
        "```screen\napp: Tên ứng dụng\nbutton: Chữ trên nút\ntap: Chữ trên nút\n```"
    ),
    "Cảnh giác": (
        "```scam\ntitle: Điều không bao giờ làm\nbait: Kẻ gian dụ thế nào.\nsign: Dấu hiệu nhận ra.\n"
        "do: Việc cần làm ngay.\ncall: 113 | Công an\n```\n\n"
        "Bài không nói đến tiền, giấy tờ hay người lạ thì xóa cả phần này."
    ),
    "Thực hành": "```practice\n- Một việc làm ngay trên điện thoại của mình.\n```",
    "Tự kiểm tra": (
        "```quiz\n? Câu hỏi về một tình huống?\n+ Cách đúng\n> Vì sao đúng.\n- Cách chưa đúng\n> Vì sao chưa đúng.\n```"
    ),
    "Ghi nhớ": "- Điều thứ nhất.\n- Điều thứ hai.\n- Điều thứ ba.",
    "Dành cho người hướng dẫn": "- Chuẩn bị, thời gian, lỗi hay gặp, việc làm khi mất mạng.",
}


class ScaffoldError(Exception):
    """The lesson cannot be created; the message says why, for the editor."""


def new_lesson(root: Path, lesson: str, title: str, today: date | None = None) -> Path:
    """Create `docs/<lesson>.md` and return its path.

    Raises ScaffoldError for a wrong name, title or group, and for a lesson that is there.
    """
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*", lesson):
        parts = [slugify(part) or "ten" for part in [*lesson.split("/"), "ten-bai"][:2]]
        raise ScaffoldError(f"“{lesson}” không dùng làm địa chỉ được. Viết như: {'/'.join(parts)}")
    group, slug = lesson.split("/")
    groups = sorted(path.stem for path in (root / "curriculum" / "groups").glob("*.yml"))
    if group not in groups:
        raise ScaffoldError(f"Không có nhóm “{group}”. Các nhóm: {', '.join(groups)}")
    if page_address_taken(slug):
        raise ScaffoldError(f"Tên “{slug}” đã dành cho trang hoặc bản in khác. Chọn tên khác cho bài.")
    title = title or slug.replace("-", " ").capitalize()
    if len(title) > MAX_TITLE or any(unicodedata.category(char) in {"Cc", "Zl", "Zp"} for char in title):
        raise ScaffoldError(f"Tên bài phải nằm trên một dòng và dài nhất {MAX_TITLE} chữ cái (đang có {len(title)}).")
    path = root / "docs" / group / f"{slug}.md"
    day = today or datetime.now(UTC).date()
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), "w", encoding="utf-8") as file:
            file.write(_front_matter(quoted, day))
            file.writelines(f"\n## {section}\n\n{_HINTS[section]}\n" for section in SECTIONS)
    except FileExistsError:
        raise ScaffoldError(f"Đã có {path.relative_to(root)}; không ghi đè.") from None
    return path


def _front_matter(title: str, day: date) -> str:
    return f"""---
title: "{title}"
description: Một câu nói bài này giúp làm được gì.
minutes: 10
level: basic
competences: [dung-dien-thoai]
apps: []
keywords: []
updated: {day}
reviewed:
sources: []
---
"""

"""`new`: a lesson file in the right place, with every key and section an editor has to fill."""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime
from pathlib import Path

from handbook.lessons import SECTIONS
from handbook.vietnamese import slugify

_HINTS = {
    "Mục tiêu": "Sau bài này, bạn làm được:\n\n- Việc thứ nhất.\n- Việc thứ hai.",
    "Chuẩn bị": "- Điện thoại còn pin và có mạng.",
    "Các bước": "1. Một bước, một thao tác. Chữ trên màn hình để **đậm**.\n2. Bước tiếp theo.",
    "Cảnh giác": (
        '!!! danger "Điều không bao giờ làm"\n\n    Bài không nói đến tiền, giấy tờ hay người lạ thì xóa cả phần này.'
    ),
    "Thực hành": "- [ ] Một việc làm ngay trên điện thoại của mình.",
    "Tự kiểm tra": (
        "1. Câu hỏi về một tình huống?\n\n    - A. Cách thứ nhất\n    - B. Cách thứ hai\n\n"
        '    ??? success "Xem đáp án"\n\n        **A.** Vì sao.'
    ),
    "Ghi nhớ": "- Điều thứ nhất.\n- Điều thứ hai.\n- Điều thứ ba.",
    "Dành cho người hướng dẫn": "- Chuẩn bị, thời gian, lỗi hay gặp, việc làm khi mất mạng.",
}


class ScaffoldError(Exception):
    """The lesson cannot be created; the message says why, for the editor."""


def new_lesson(root: Path, lesson: str, title: str, today: date | None = None) -> Path:
    """Create `docs/<lesson>.md` and return its path. Raises ScaffoldError for a wrong name, group or existing file."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*", lesson):
        parts = [slugify(part) or "ten" for part in [*lesson.split("/"), "ten-bai"][:2]]
        raise ScaffoldError(f"“{lesson}” không dùng làm địa chỉ được. Viết như: {'/'.join(parts)}")
    group, slug = lesson.split("/")
    groups = sorted(path.stem for path in (root / "curriculum" / "groups").glob("*.yml"))
    if group not in groups:
        raise ScaffoldError(f"Không có nhóm “{group}”. Các nhóm: {', '.join(groups)}")
    path = root / "docs" / group / f"{slug}.md"
    day = today or datetime.now(UTC).date()
    quoted = (title or slug.replace("-", " ").capitalize()).replace("\\", "\\\\").replace('"', '\\"')
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

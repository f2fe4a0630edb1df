"""The names of the files below `docs/` in; problems out for those that nothing reads."""

from __future__ import annotations

from collections.abc import Set
from pathlib import PurePosixPath

from handbook.checks.references import PICTURE_TYPES
from handbook.problems import Problems


def check_files(files: Set[str], shown: Set[str] | None, problems: Problems) -> None:
    """`files` are paths relative to `docs/`; `shown` are the pictures in lessons and guides, None where not all are
    known. Hidden files are ignored."""
    for name in sorted(files):
        path = PurePosixPath(name)
        if any(part.startswith(".") for part in path.parts) or path.suffix == ".md":
            continue
        if path.suffix.lower() in PICTURE_TYPES:
            if shown is None or name in shown:
                continue
            problems.add(
                "unused-file",
                f"docs/{name}",
                1,
                "Không bài nào hiện hình này.",
                "Xóa tệp, hoặc đưa hình vào bài: ![Lời mô tả](đường-dẫn).",
                severity="warning",
            )
        else:
            problems.add(
                "wrong-file-type",
                f"docs/{name}",
                1,
                f"Tệp “{path.name}” không phải bài viết và không phải hình, nên không ai đọc được.",
                f"Đổi tên thành “{path.stem}.md”."
                if path.suffix.lower() in {".md", ".markdown"}
                else f"Viết nội dung thành bài .md, hoặc dùng hình loại {', '.join(PICTURE_TYPES)}; rồi xóa tệp này.",
            )

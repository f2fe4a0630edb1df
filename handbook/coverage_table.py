"""The model in; out comes the table that the repository keeps of what is taught, as Markdown."""

from __future__ import annotations

from pathlib import Path

from handbook.book import Handbook
from handbook.coverage import MARKS
from handbook.problems import Problems

COVERAGE_FILE = "curriculum/COVERAGE.md"


def coverage_table(handbook: Handbook) -> str:
    """Which lessons teach each required system, and which level each group reaches in each competence."""
    groups = handbook.groups
    lines = [
        "# Bài nào dạy gì",
        "",
        "Bảng này do lệnh `python build_handbook.py report --write` lập từ các bài; đừng sửa bằng tay.",
        "",
        "## Hệ thống phải dạy",
        "",
        "| Hệ thống, kỹ năng | Nhóm | Bài |",
        "| :-- | :-- | :-- |",
    ]
    for system, taught in handbook.systems_taught:
        for group, lessons in taught:
            links = ", ".join(f"[{lesson.front_matter.title}](../{lesson.file})" for lesson in lessons)
            lines.append(f"| {system.title} | {group.short_title} | {links or '**chưa có**'} |")
    lines += [
        "",
        "## Năng lực × nhóm",
        "",
        f"{'; '.join(f'{mark} {meaning}' for mark, meaning in MARKS.items())}. Số là mức nhóm cần.",
        "",
        "| Năng lực | " + " | ".join(group.short_title for group in groups) + " |",
        "| :-- |" + " :-: |" * len(groups),
    ]
    for area, rows in handbook.matrix:
        lines.append(f"| **{area.title}** |" + " |" * len(groups))
        for row in rows:
            cells = " | ".join(f"{cell.mark} {cell.needed or ''}".strip() for cell in row.cells)
            lines.append(f"| {row.competence.title} | {cells} |")
    return "\n".join(lines) + "\n"


def check_coverage_table(root: Path, handbook: Handbook, problems: Problems) -> None:
    """Warn where the table in the repository is not the one that today's lessons give."""
    path = root / COVERAGE_FILE
    if not path.exists() or path.read_text(encoding="utf-8", errors="replace") != coverage_table(handbook):
        problems.add(
            "stale-coverage",
            COVERAGE_FILE,
            1,
            "Bảng này không còn khớp với các bài.",
            "Chạy “python build_handbook.py report --write” để lập lại bảng.",
            severity="warning",
        )

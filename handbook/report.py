"""The model in; a text table out: how long each path is, and which competence each group needs and is taught."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from handbook.book import Handbook, read_handbook
from handbook.problems import HandbookError, Problems

_WIDTH = 120


def report(root: Path) -> str:
    """The report as text. Raises HandbookError when the model cannot be read."""
    problems = Problems()
    handbook = read_handbook(root, problems)
    if handbook is None:
        raise HandbookError(problems)
    # Names are the editors' own: “[a]” and “:b:” in them are no markup.
    console = Console(width=_WIDTH, highlight=False, markup=False, emoji=False)
    with console.capture() as captured:
        console.print(_paths(handbook))
        console.print(_competences(handbook))
        levels = "   ".join(
            f"{n} {level.title}" for n, level in enumerate(handbook.curriculum.framework.levels, start=1)
        )
        console.print(f"● có bài trên lộ trình   ○ nhóm cần mà chưa có bài   mức nhóm cần: {levels}")
        missing = gaps(handbook)
        console.print(f"Còn {len(missing)} năng lực mà một nhóm cần nhưng lộ trình của nhóm chưa có bài dạy.")
    return captured.get()


def taught(handbook: Handbook) -> dict[str, set[str]]:
    """For each active group the competences that the lessons on its path teach."""
    return {
        group.slug: {
            competence
            for lesson in group.lesson_ids
            for competence in handbook.lessons[lesson].front_matter.competences
        }
        for group in handbook.groups
    }


def gaps(handbook: Handbook) -> list[tuple[str, str]]:
    """(group, competence) for each need that the group's path does not teach yet."""
    have = taught(handbook)
    return [
        (group.slug, competence)
        for group in handbook.groups
        for competence in group.needs
        if competence not in have[group.slug]
    ]


def _paths(handbook: Handbook) -> Table:
    table = Table(title="Lộ trình", title_justify="left")
    for heading in ("Nhóm", "Chặng", "Bài", "Bài ở thư mục nhóm", "Phút", "Bài chờ duyệt"):
        table.add_column(heading, justify="left" if heading == "Nhóm" else "right")
    for group in handbook.groups:
        lessons = [handbook.lessons[lesson] for lesson in group.lesson_ids]
        table.add_row(
            group.short_title,
            str(len(group.path)),
            str(len(lessons)),
            str(sum(lesson.folder == group.slug for lesson in handbook.lessons.values())),
            str(handbook.minutes(group)),
            str(sum(lesson.front_matter.reviewed is None for lesson in lessons)),
        )
    table.add_section()
    table.add_row("Cả cẩm nang", "", str(len(handbook.lessons)), "", "", "")
    return table


def _competences(handbook: Handbook) -> Table:
    framework = handbook.curriculum.framework
    have = taught(handbook)
    order = [level.id for level in framework.levels]
    table = Table(title="Năng lực × nhóm", title_justify="left")
    table.add_column("Năng lực", no_wrap=True)
    for group in handbook.groups:
        table.add_column(group.short_title, justify="center")
    for area in framework.areas:
        table.add_section()
        table.add_row(Text(area.title, style="bold"))
        for competence in area.competences:
            cells = []
            for group in handbook.groups:
                needed = group.needs.get(competence.id)
                mark = "●" if competence.id in have[group.slug] else "○" if needed else ""
                cells.append(f"{mark} {order.index(needed) + 1 if needed else ''}".strip())
            table.add_row(f"  {competence.title}", *cells)
    return table

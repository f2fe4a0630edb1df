"""The handbook in; out comes the report on what it teaches and how it reads, as text for a terminal."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from handbook.book import Handbook
from handbook.coverage import MARKS
from handbook.house_rules import read_house_rules
from handbook.manuscript import read_manuscript
from handbook.problems import HandbookError, Problems
from handbook.prose import lesson_sentences, sentence_lengths, shared_shares

_WIDTH = 120


def report(root: Path) -> str:
    """The report as text. Raises HandbookError when the handbook cannot be read."""
    problems = Problems()
    manuscript = read_manuscript(root, problems)
    if manuscript is None:
        raise HandbookError(problems)
    handbook = manuscript.handbook
    bodies = {lesson: manuscript.texts[lesson].body for lesson in handbook.lessons}
    # Names are the editors' own: “[a]” and “:b:” in them are no markup.
    console = Console(width=_WIDTH, highlight=False, markup=False, emoji=False)
    with console.capture() as captured:
        console.print(_paths(handbook))
        console.print(_competences(handbook))
        console.print("   ".join(f"{mark} {meaning}" for mark, meaning in MARKS.items()))
        levels = enumerate(handbook.curriculum.framework.levels, start=1)
        console.print("Số: mức nhóm cần. " + "   ".join(f"{number} {level.title}" for number, level in levels))
        console.print(_systems(handbook))
        lengths = sentence_lengths(bodies.values())
        console.print(
            f"{len(lengths)} câu trong các bài: nửa số câu có từ {_at(lengths, 0.5)} tiếng trở xuống, "
            f"95 % có từ {_at(lengths, 0.95)} tiếng trở xuống; câu dài nhất {lengths[-1]} tiếng."
        )
        shares = shared_shares(lesson_sentences(bodies))
        if shares:
            (one, other), share = max(shares.items(), key=lambda item: item[1])
            console.print(f"Hai bài giống nhau nhất: {one} và {other}, chung {share:.0%} số câu.")
        exceptions = read_house_rules(root, Problems())[1].exceptions
        console.print(f"Ngoại lệ được miễn nhắc: {len(exceptions)}.")
        for exception in exceptions:
            console.print(f"  {exception.file} [{exception.code}] {exception.about}: {exception.reason}")
        courses = handbook.courses
        console.print(f"{len(courses)} kế hoạch lớp học, {len(handbook.curriculum.glossary)} từ ngữ được giải thích.")
    return captured.get()


def _at(values: list[int], share: float) -> int:
    return values[min(int(len(values) * share), len(values) - 1)]


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
    waiting = sum(lesson.front_matter.reviewed is None for lesson in handbook.lessons.values())
    table.add_row("Cả cẩm nang", "", str(len(handbook.lessons)), "", "", str(waiting))
    return table


def _competences(handbook: Handbook) -> Table:
    table = Table(title="Năng lực × nhóm", title_justify="left")
    table.add_column("Năng lực", no_wrap=True)
    for group in handbook.groups:
        table.add_column(group.short_title, justify="center")
    for area, rows in handbook.matrix:
        table.add_section()
        table.add_row(Text(area.title, style="bold"))
        for row in rows:
            table.add_row(
                f"  {row.competence.title}", *(f"{cell.mark} {cell.needed or ''}".strip() for cell in row.cells)
            )
    return table


def _systems(handbook: Handbook) -> Table:
    table = Table(title="Hệ thống phải dạy", title_justify="left")
    table.add_column("Hệ thống, kỹ năng")
    table.add_column("Nhóm", no_wrap=True)
    table.add_column("Bài")
    for system, taught in handbook.systems_taught:
        for number, (group, lessons) in enumerate(taught):
            names = ", ".join(lesson.id for lesson in lessons) or "chưa có"
            table.add_row(system.title if number == 0 else "", group.short_title, names)
    return table

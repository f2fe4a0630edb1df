"""The model in; out comes what it covers: which level each group's path reaches, and which lessons teach a system."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from handbook.curriculum import Group
from handbook.framework import Competence, CompetenceArea, Framework
from handbook.lessons import Lesson
from handbook.systems import RequiredSystem


def lessons_on(group: Group, lessons: Mapping[str, Lesson]) -> Iterator[Lesson]:
    """The lessons of a group's path that could be read."""
    return (lessons[lesson] for lesson in group.lesson_ids if lesson in lessons)


def teaching(system: RequiredSystem, group: Group, lessons: Mapping[str, Lesson]) -> list[Lesson]:
    """The lessons on a group's path that teach a system."""
    return [lesson for lesson in lessons_on(group, lessons) if system.is_taught_by(lesson.front_matter)]


def taught_levels(group: Group, lessons: Mapping[str, Lesson], framework: Framework) -> dict[str, int]:
    """For each competence that a group's path teaches, the highest level that it reaches there, from 1."""
    reached: dict[str, int] = {}
    for lesson in lessons_on(group, lessons):
        declared = lesson.front_matter
        if declared.level in framework.level_titles:
            for competence in declared.competences:
                reached[competence] = max(reached.get(competence, 0), framework.rank(declared.level))
    return reached


@dataclass(frozen=True)
class Cell:
    """A competence in a group: the level needed and the level reached, from 1; 0 for none."""

    group: Group
    needed: int
    reached: int

    @property
    def mark(self) -> str:
        if not self.needed:
            return "+" if self.reached else ""
        return "●" if self.reached >= self.needed else "◐" if self.reached else "○"


@dataclass(frozen=True)
class MatrixRow:
    competence: Competence
    cells: tuple[Cell, ...]


MARKS = {
    "●": "lộ trình dạy đủ mức nhóm cần",
    "◐": "có dạy, chưa đủ mức",
    "○": "nhóm cần mà chưa có bài",
    "+": "không bắt buộc, vẫn có bài",
}


def matrix(
    groups: Sequence[Group], lessons: Mapping[str, Lesson], framework: Framework
) -> list[tuple[CompetenceArea, list[MatrixRow]]]:
    """Competences × groups, area by area."""
    reached = {group.slug: taught_levels(group, lessons, framework) for group in groups}

    def cell(group: Group, competence: str) -> Cell:
        needed = group.needs.get(competence)
        return Cell(group, framework.rank(needed) if needed else 0, reached[group.slug].get(competence, 0))

    return [
        (area, [MatrixRow(c, tuple(cell(group, c.id) for group in groups)) for c in area.competences])
        for area in framework.areas
    ]


def systems_taught(
    systems: Iterable[RequiredSystem], groups: Sequence[Group], lessons: Mapping[str, Lesson]
) -> list[tuple[RequiredSystem, list[tuple[Group, list[Lesson]]]]]:
    """Each required system with the lessons that teach it to each of these groups that needs it."""
    return [
        (system, [(group, teaching(system, group, lessons)) for group in groups if group.slug in system.groups])
        for system in systems
    ]

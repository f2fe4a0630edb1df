"""`curriculum/systems.yml` in: the systems and skills that the handbook has to teach, and how a lesson is known to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from handbook.entries import Entry, Slug, Text, read_file, report_repeated
from handbook.lessons import FrontMatter
from handbook.problems import Problems
from handbook.yaml_source import YamlSource


class RequiredSystem(Entry):
    """A system or skill. A lesson teaches it that names one of `apps` and one of `competences` (where given).

    Each of `groups` needs such a lesson on its path.
    """

    id: Slug
    title: Text
    apps: tuple[Text, ...] = ()
    competences: tuple[Slug, ...] = ()
    groups: Annotated[tuple[Slug, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _can_be_known(self) -> RequiredSystem:
        if not self.apps and not self.competences:
            raise ValueError(f"Mục “{self.id}” chưa nói bài nào dạy nó: cần “apps” hoặc “competences”.")
        return self

    def is_taught_by(self, lesson: FrontMatter) -> bool:
        return all(
            not wanted or not set(wanted).isdisjoint(given)
            for wanted, given in ((self.apps, lesson.apps), (self.competences, lesson.competences))
        )


class _SystemsFile(Entry):
    systems: tuple[RequiredSystem, ...]


def read_systems(root: Path, problems: Problems) -> tuple[YamlSource | None, tuple[RequiredSystem, ...] | None]:
    """The file and its entries; no entries where there is no file, None where it is broken."""
    path = root / "curriculum" / "systems.yml"
    if not path.exists():
        return None, ()
    source, file = read_file(root, path, _SystemsFile, problems, "systems")
    if source is None or file is None:
        return source, None
    report_repeated(source, [(s.id, source.line(("systems", i, "id"))) for i, s in enumerate(file.systems)], problems)
    return source, file.systems

"""`curriculum/competences.yml` in, the Framework out: what there is to learn, and how well one can master it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, StrictBool

from handbook.entries import Entry, Slug, Source, Text, read_file, report_repeated
from handbook.problems import Problems


class Level(Entry):
    """How well a competence is mastered; levels stand in the file from easy to hard."""

    id: Slug
    title: Text
    description: Text


class Competence(Entry):
    """`guarded`: money, identity or strangers are involved, so that its lessons have to warn of fraud."""

    id: Slug
    title: Text
    description: Text
    guarded: StrictBool = False


class CompetenceArea(Entry):
    id: Slug
    title: Text
    competences: Annotated[tuple[Competence, ...], Field(min_length=1)]


class Framework(Entry):
    """`competences.yml`: the competence framework and, in words, where its grouping comes from."""

    title: Text
    origin: Text
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]
    areas: Annotated[tuple[CompetenceArea, ...], Field(min_length=1)]

    @property
    def competences(self) -> dict[str, Competence]:
        return {item.id: item for area in self.areas for item in area.competences}

    @property
    def level_titles(self) -> dict[str, str]:
        return {level.id: level.title for level in self.levels}

    def rank(self, level: str) -> int:
        """The place of a level, from 1 for the easiest."""
        return list(self.level_titles).index(level) + 1


def read_framework(root: Path, problems: Problems) -> Framework | None:
    source, framework = read_file(root, root / "curriculum" / "competences.yml", Framework, problems)
    if source is None or framework is None:
        return None
    levels = [(level.id, source.line(("levels", i, "id"))) for i, level in enumerate(framework.levels)]
    areas = [(area.id, source.line(("areas", i, "id"))) for i, area in enumerate(framework.areas)]
    competences = [
        (competence.id, source.line(("areas", i, "competences", j, "id")))
        for i, area in enumerate(framework.areas)
        for j, competence in enumerate(area.competences)
    ]
    for ids in (levels, areas, competences):
        report_repeated(source, ids, problems)
    return framework

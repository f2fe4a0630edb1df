"""Editions in; the jobs out in which they are typeset: handouts, then the whole books, each alone, then the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handbook.printing.edition import Edition

_LESSONS_A_JOB = {"handout": 100, "book": 1, "course": 400, "form": 400, "group": 40}
"""Lessons typeset by one process: Typst keeps what it has laid out until its process ends."""


@dataclass(frozen=True)
class PrintJob:
    """Editions for one process. One that is `heavy` has the machine's memory to itself while it is typeset."""

    editions: tuple[Edition, ...]

    @property
    def heavy(self) -> bool:
        return any(edition.kind == "book" for edition in self.editions)


def print_jobs(editions: Sequence[Edition]) -> Iterator[PrintJob]:
    """Handouts come first: a lesson that cannot be printed is then found by its name. Whole books are next, so that
    they are packed while the others are typeset."""
    for kind, most in _LESSONS_A_JOB.items():
        chunk: list[Edition] = []
        for edition in (edition for edition in editions if edition.kind == kind):
            if chunk and sum(len(e.lessons) for e in chunk) + len(edition.lessons) > most:
                yield PrintJob(tuple(chunk))
                chunk = []
            chunk.append(edition)
        if chunk:
            yield PrintJob(tuple(chunk))

"""Editions in; the jobs out in which they are typeset, small ones first and the whole books last, each alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handbook.printing.edition import Edition

_LESSONS_A_JOB = {"handout": 150, "course": 400, "form": 400, "group": 40}
"""Lessons typeset by one process: Typst keeps what it has laid out until its process ends."""


@dataclass(frozen=True)
class PrintJob:
    """Editions for one process. One that is `heavy` has the machine's memory to itself."""

    editions: tuple[Edition, ...]
    heavy: bool = False


def print_jobs(editions: Sequence[Edition]) -> Iterator[PrintJob]:
    """Handouts come first: a lesson that cannot be printed is then found by its name."""
    for kind, most in _LESSONS_A_JOB.items():
        chunk: list[Edition] = []
        for edition in (edition for edition in editions if edition.kind == kind):
            if chunk and sum(len(e.lessons) for e in chunk) + len(edition.lessons) > most:
                yield PrintJob(tuple(chunk))
                chunk = []
            chunk.append(edition)
        if chunk:
            yield PrintJob(tuple(chunk))
    for edition in editions:
        if edition.kind == "book":
            yield PrintJob((edition,), heavy=True)

"""Editions in; the jobs out in which they are typeset: handouts, the whole books beside them, then all others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handbook.printing.edition import Edition

_LESSONS_A_JOB = {"handout": 50, "book": 1, "course": 400, "form": 400, "group": 40}
"""Lessons typeset by one process: Typst keeps what it has laid out until its process ends."""


_SMALL_BOOK = 150
"""Lessons. The processes beside a smaller book would take more memory than the book itself, and save half a second."""


@dataclass(frozen=True)
class PrintJob:
    """Editions of one kind for one process. While a `heavy` one is at work, only `light` ones may start; while one is
    `alone`, none."""

    editions: tuple[Edition, ...]

    @property
    def heavy(self) -> bool:
        return self.editions[0].kind == "book"

    @property
    def alone(self) -> bool:
        return self.heavy and len(self.editions[0].lessons) < _SMALL_BOOK

    @property
    def light(self) -> bool:
        return self.editions[0].kind == "handout"


def print_jobs(editions: Sequence[Edition]) -> Iterator[PrintJob]:
    """Handouts come first: a lesson that cannot be printed is then found by its name. The whole books start when half
    of the handouts are under way, so that the machine has light work to do beside them, and packs them later."""
    jobs = {kind: list(_jobs_of(kind, editions)) for kind in _LESSONS_A_JOB}
    handouts, books = jobs.pop("handout"), jobs.pop("book")
    half = max(1, len(handouts) // 2)
    yield from [*handouts[:half], *books, *handouts[half:]]
    for others in jobs.values():
        yield from others


def _jobs_of(kind: str, editions: Sequence[Edition]) -> Iterator[PrintJob]:
    chunk: list[Edition] = []
    for edition in (edition for edition in editions if edition.kind == kind):
        if chunk and sum(len(e.lessons) for e in [*chunk, edition]) > _LESSONS_A_JOB[kind]:
            yield PrintJob(tuple(chunk))
            chunk = []
        chunk.append(edition)
    if chunk:
        yield PrintJob(tuple(chunk))

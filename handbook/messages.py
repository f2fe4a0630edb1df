"""What the processes of a build tell each other: plain data, cheap to import in the process that only waits."""

from __future__ import annotations

from dataclasses import dataclass

from handbook.printing.edition import Edition, Imprint
from handbook.printing.picture import Picture
from handbook.problems import Problems


@dataclass(frozen=True)
class Step:
    """One of `total` steps of a stage is done."""

    stage: str
    total: int


@dataclass(frozen=True)
class Printable:
    """The staged folder is ready for the press."""

    editions: tuple[Edition, ...]
    imprint: Imprint
    examples: tuple[str, ...]
    """Names of the pieces that the editors' guide shows as printed."""
    pictures: tuple[Picture, ...]


@dataclass(frozen=True)
class Made:
    """The site is ready, but for its PDFs."""

    groups: int
    lessons: int
    pages: int
    warnings: Problems


@dataclass(frozen=True)
class Printed:
    """A job of the press is done: how many pages it made, and which files are still to be packed."""

    pages: int
    unpacked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """Typst would not print this edition."""

    edition: Edition
    reason: str

"""What one PDF is and what stands on its cover: plain data, so that the process that typesets stays small."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal


@dataclass(frozen=True)
class Imprint:
    """What stands on every cover: the handbook's name, who publishes it, where it is online, and when it was made."""

    title: str
    description: str
    author: str
    site_url: str
    made: datetime
    """With a time zone; becomes the PDF's creation date."""


@dataclass(frozen=True)
class Edition:
    """One PDF: `path` is relative to the site, `lessons` are the ids of what it prints, in order."""

    kind: Literal["book", "group", "handout", "course", "form"]
    path: str
    title: str
    lessons: tuple[str, ...]
    parts: tuple[dict[str, Any], ...]
    """What the template needs of each group: its words and its path, with the lessons printed in each stage."""
    document: str | None = None
    """The course or form to print; None for editions made of lessons only."""
    group: str | None = None
    """The group whose passages are printed without a label, and only they; None prints all, labelled."""
    instructor: bool = False
    """With the answers of self-checks and the notes for instructors."""

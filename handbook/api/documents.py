"""The form of the published JSON, version 1: these models are the JSON Schema that other apps check against.

Within version 1 fields are only ever added (API.md), so the schemas allow fields they do not name.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

FORMAT: Literal[1] = 1

Url = Annotated[str, WithJsonSchema({"type": "string", "format": "uri"})]
Html = Annotated[
    str, WithJsonSchema({"type": "string", "description": "Sanitised HTML; all addresses are absolute, but for `#…`."})
]


class Document(BaseModel):
    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)


class Licence(Document):
    """How the words may be used again."""

    name: str
    url: Url
    attribution: str
    """Whom to name."""


class Named(Document):
    """Something of the curriculum: its stable id and the name readers know."""

    id: str
    title: str


class StageDocument(Document):
    """A stretch of a learning path: a few lessons that belong together."""

    title: str
    goal: str
    lessons: tuple[str, ...]
    """Ids, in the order in which they are learned."""


class GroupDocument(Document):
    """A learner group and its path."""

    slug: str
    title: str
    short_title: str
    audience: str
    outcomes: tuple[str, ...]
    minutes: int
    """Of the whole path."""
    url: Url
    book: Url
    """The group's lessons as one PDF."""
    stages: tuple[StageDocument, ...]


class LessonEntry(Document):
    """A lesson as the handbook lists it."""

    id: str
    """`<group>/<lesson>`; does not change."""
    title: str
    description: str
    minutes: int
    """Reading and doing together."""
    level: str
    updated: date
    reviewed: date | None
    groups: tuple[str, ...]
    """The groups on whose path it stands; the one it lives with comes first."""
    url: Url
    """The page for people."""
    api_url: Url
    """The lesson's own JSON."""


class HandbookDocument(Document):
    """All groups with their paths, and all lessons, each once, in the order of the paths."""

    schema_url: Annotated[Url, Field(serialization_alias="$schema")]
    format: Literal[1]
    title: str
    description: str
    publisher: str
    language: Literal["vi"]
    site_url: Url
    built: date
    licence: Licence
    levels: tuple[Named, ...]
    """From easy to hard."""
    groups: tuple[GroupDocument, ...]
    lessons: tuple[LessonEntry, ...]


class PathPlace(Document):
    """The lesson's place on one group's path. `previous` and `next` are ids of lessons."""

    group: str
    position: int
    """From 1."""
    total: int
    previous: str | None
    next: str | None


class Prints(Document):
    """The lesson on paper."""

    handout: Url
    instructor: Url
    """With the answers and the notes for instructors."""


class SectionDocument(Document):
    id: str
    """Also the section's anchor on the page. `danh-cho-nguoi-huong-dan` is for instructors."""
    title: str
    html: Html


class ScreenDocument(Document):
    """A drawn phone screen. `<figure data-screen="…">` in a section's HTML says where it stands."""

    id: str
    svg: str
    """Stands alone: no style sheet, no script, nothing to fetch."""
    alt: str
    """The screen in words, and what to do on it."""
    caption: str


class AnswerDocument(Document):
    html: Html
    right: bool
    reason: Html
    """Why it is right or wrong, for whoever chose it."""


class QuestionDocument(Document):
    section: str
    """The id of the section it stands in."""
    html: Html
    many: bool
    """More than one answer is right; all are to be chosen."""
    answers: tuple[AnswerDocument, ...]


class TaskDocument(Document):
    """Something to do on one's own phone and to tick."""

    section: str
    html: Html


class SourceDocument(Document):
    title: str
    url: Url
    accessed: date


class LessonDocument(Document):
    """One lesson, whole."""

    schema_url: Annotated[Url, Field(serialization_alias="$schema")]
    format: Literal[1]
    id: str
    title: str
    description: str
    language: Literal["vi"]
    group: str
    """The group the lesson lives with."""
    paths: tuple[PathPlace, ...]
    minutes: int
    level: Named
    competences: tuple[Named, ...]
    apps: tuple[str, ...]
    keywords: tuple[str, ...]
    updated: date
    reviewed: date | None
    """When somebody with authority checked it; null as long as nobody has, which is to be shown to learners."""
    url: Url
    prints: Prints
    sections: tuple[SectionDocument, ...]
    footnotes: Html
    """What `#fn:…` in the sections leads to; empty where there are none."""
    screens: tuple[ScreenDocument, ...]
    quiz: tuple[QuestionDocument, ...]
    practice: tuple[TaskDocument, ...]
    sources: tuple[SourceDocument, ...]
    licence: Licence

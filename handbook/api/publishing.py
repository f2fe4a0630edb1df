"""The manuscript in; `api/handbook.json`, one JSON a lesson and the schemas of both out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

from handbook.addresses import (
    HANDBOOK_API,
    api_schema_path,
    group_book_path,
    handout_path,
    instructor_path,
    lesson_api_path,
    page_url,
)
from handbook.api.documents import (
    FORMAT,
    Document,
    GroupDocument,
    HandbookDocument,
    LessonDocument,
    LessonEntry,
    Licence,
    Named,
    PathPlace,
    Prints,
    SourceDocument,
    StageDocument,
)
from handbook.api.fragments import fragments
from handbook.book import Handbook
from handbook.curriculum import Group
from handbook.images import ImageShelf
from handbook.lessons import Lesson
from handbook.licence import LICENCE_NAME, LICENCE_URL
from handbook.manuscript import Manuscript

_SCHEMAS: dict[str, type[Document]] = {"handbook": HandbookDocument, "lesson": LessonDocument}


def publish(
    manuscript: Manuscript,
    images: ImageShelf,
    site: Path,
    *,
    title: str,
    description: str,
    publisher: str,
    site_url: str,
    built: date,
) -> None:
    """Write all documents below `site`. `site_url` ends with a slash; `built` is the date the whole output bears."""
    licence = Licence(name=LICENCE_NAME, url=LICENCE_URL, attribution=title)
    handbook = manuscript.handbook
    whole = HandbookDocument(
        schema_url=f"{site_url}{api_schema_path('handbook')}",
        format=FORMAT,
        title=title,
        description=description,
        publisher=publisher,
        language="vi",
        site_url=site_url,
        built=built,
        licence=licence,
        levels=tuple(Named(id=level.id, title=level.title) for level in handbook.curriculum.framework.levels),
        groups=tuple(_group(group, handbook, site_url) for group in handbook.groups),
        lessons=tuple(_entry(lesson, handbook, site_url) for lesson in in_path_order(handbook)),
    )
    _write(site / HANDBOOK_API, whole)
    for lesson in handbook.lessons.values():
        _write(site / lesson_api_path(lesson.id), lesson_document(lesson, manuscript, images, site_url, licence))
    for name in _SCHEMAS:
        path = site / api_schema_path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(schema(name, site_url), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def schema(name: str, site_url: str) -> dict[str, object]:
    """The JSON Schema of one kind of document: "handbook" or "lesson"."""
    described = _SCHEMAS[name].model_json_schema(by_alias=True, mode="serialization")
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{site_url}{api_schema_path(name)}",
    }
    return head | described


def in_path_order(handbook: Handbook) -> Iterator[Lesson]:
    """Every lesson once, along the groups' paths, where it is met first."""
    met = dict.fromkeys(lesson for group in handbook.groups for lesson in group.lesson_ids)
    return (handbook.lessons[lesson] for lesson in met)


def _group(group: Group, handbook: Handbook, site_url: str) -> GroupDocument:
    return GroupDocument(
        slug=group.slug,
        title=group.title,
        short_title=group.short_title,
        audience=group.audience,
        outcomes=group.outcomes,
        minutes=handbook.minutes(group),
        url=f"{site_url}{group.slug}/",
        book=f"{site_url}{group_book_path(group.slug)}",
        stages=tuple(StageDocument(title=stage.title, goal=stage.goal, lessons=stage.lessons) for stage in group.path),
    )


def _entry(lesson: Lesson, handbook: Handbook, site_url: str) -> LessonEntry:
    declared = lesson.front_matter
    return LessonEntry(
        id=lesson.id,
        title=declared.title,
        description=declared.description,
        minutes=declared.minutes,
        level=declared.level,
        updated=declared.updated,
        reviewed=declared.reviewed,
        groups=tuple(group.slug for group in handbook.paths_of[lesson.id]),
        url=f"{site_url}{page_url(lesson.id)}",
        api_url=f"{site_url}{lesson_api_path(lesson.id)}",
    )


def lesson_document(
    lesson: Lesson, manuscript: Manuscript, images: ImageShelf, site_url: str, licence: Licence
) -> LessonDocument:
    """One lesson as other apps get it."""
    handbook, declared = manuscript.handbook, lesson.front_matter
    framework = handbook.curriculum.framework
    parts = fragments(manuscript.texts[lesson.id].body, site_url, handbook.lessons.keys(), images)
    handout = handout_path(lesson.id)
    return LessonDocument(
        schema_url=f"{site_url}{api_schema_path('lesson')}",
        format=FORMAT,
        id=lesson.id,
        title=declared.title,
        description=declared.description,
        language="vi",
        group=lesson.folder,
        paths=tuple(_place(lesson.id, group) for group in handbook.paths_of[lesson.id]),
        minutes=declared.minutes,
        level=Named(id=declared.level, title=framework.level_titles[declared.level]),
        competences=tuple(Named(id=name, title=framework.competences[name].title) for name in declared.competences),
        apps=declared.apps,
        keywords=declared.keywords,
        updated=declared.updated,
        reviewed=declared.reviewed,
        url=f"{site_url}{page_url(lesson.id)}",
        prints=Prints(handout=f"{site_url}{handout}", instructor=f"{site_url}{instructor_path(handout)}"),
        sections=tuple(parts.sections),
        footnotes=parts.footnotes,
        screens=tuple(parts.screens),
        quiz=tuple(parts.quiz),
        practice=tuple(parts.practice),
        sources=tuple(
            SourceDocument(title=source.title, url=str(source.url), accessed=source.accessed)
            for source in declared.sources
        ),
        licence=licence,
    )


def _place(lesson: str, group: Group) -> PathPlace:
    place = group.place_of(lesson)
    return PathPlace(group=group.slug, **asdict(place))


def _write(path: Path, document: Document) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(document.model_dump_json(by_alias=True), encoding="utf-8")

"""The handbook in; the list of PDFs to make out: which edition, at which path, with which lessons.

This table is the only place that decides what is printed; `handbook/addresses.py` names the files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from handbook.addresses import (
    WHOLE_BOOK,
    course_path,
    form_path,
    group_book_path,
    handout_path,
    instructor_path,
)
from handbook.book import Handbook
from handbook.curriculum import Group
from handbook.printing.edition import Edition


def editions(handbook: Handbook, book_title: str) -> Iterator[Edition]:
    """Every PDF: for learners, and for instructors the handouts once more, with the answers and the notes.

    Handouts first: a lesson that cannot be printed is then found by its name.
    """
    for edition in _for_learners(handbook, book_title):
        yield edition
        if edition.kind == "handout":
            yield replace(edition, path=instructor_path(edition.path), instructor=True)
    for course in handbook.courses:
        path = course_path(course.slug)
        yield Edition("course", path, course.title, course.lesson_ids, (), document=course.slug)
    for form in handbook.curriculum.forms:
        yield Edition("form", form_path(form.id), form.title, (), (), document=form.id)


def _for_learners(handbook: Handbook, book_title: str) -> Iterator[Edition]:
    for lesson in handbook.lessons.values():
        title = lesson.front_matter.title
        groups = tuple({"short_title": group.short_title} for group in handbook.paths_of[lesson.id])
        yield Edition("handout", handout_path(lesson.id), title, (lesson.id,), groups)
    for group in handbook.groups:
        part = _part(group, handbook, printed=set(group.lesson_ids))
        yield Edition("group", group_book_path(group.slug), group.title, group.lesson_ids, (part,), group=group.slug)
    chapters = handbook.book_chapters
    parts = []
    for group in handbook.groups:
        printed = {lesson.id for _, lessons in chapters[group.slug] for lesson in lessons}
        parts.append(_part(group, handbook, printed))
    everything = tuple(lesson.id for stages in chapters.values() for _, lessons in stages for lesson in lessons)
    yield Edition("book", WHOLE_BOOK, book_title, everything, tuple(parts))


def _part(group: Group, handbook: Handbook, printed: set[str]) -> dict[str, Any]:
    return {
        "slug": group.slug,
        "title": group.title,
        "short_title": group.short_title,
        "audience": group.audience,
        "outcomes": group.outcomes,
        "minutes": handbook.minutes(group),
        "stages": [
            {
                "title": stage.title,
                "goal": stage.goal,
                "lessons": stage.lessons,
                "printed": [lesson for lesson in stage.lessons if lesson in printed],
            }
            for stage in group.path
        ],
    }

"""`curriculum/courses/` in; class plans out: for whom, what to prepare, and minute by minute what happens."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, StrictInt, model_validator

from handbook.entries import Entry, LessonId, Slug, Text, read_folder
from handbook.problems import Problems
from handbook.yaml_source import YamlSource

FOLDER = "curriculum/courses"


class CourseStep(Entry):
    """One stretch of a session. `part` is the heading of the lesson that is taught, where it is not all of it."""

    minutes: Annotated[StrictInt, Field(ge=1, le=240)]
    activity: Text
    lesson: LessonId | None = None
    part: Text | None = None

    @model_validator(mode="after")
    def _part_of_a_lesson(self) -> CourseStep:
        if self.part and not self.lesson:
            raise ValueError("“part” là một phần của bài, nên cần dòng “lesson”.")
        return self


class Session(Entry):
    """One meeting of a course."""

    title: Text
    minutes: Annotated[StrictInt, Field(ge=5, le=480)]
    goal: Text
    steps: Annotated[tuple[CourseStep, ...], Field(min_length=1)]

    @property
    def planned(self) -> int:
        return sum(step.minutes for step in self.steps)


class Course(Entry):
    """A class plan. `learners` and `helpers` are numbers of people; `offline` says what to do when the network fails,
    `success` how to know that it worked; `forms` names blank forms to print."""

    slug: Slug
    title: Annotated[str, Field(min_length=1, max_length=80)]
    description: Annotated[str, Field(min_length=1, max_length=170)]
    order: StrictInt
    groups: Annotated[tuple[Slug, ...], Field(min_length=1)]
    audience: Text
    place: Text
    learners: Annotated[StrictInt, Field(ge=1, le=200)]
    helpers: Annotated[StrictInt, Field(ge=0, le=50)]
    prepare: Annotated[tuple[Text, ...], Field(min_length=1)]
    sessions: Annotated[tuple[Session, ...], Field(min_length=1)]
    offline: Annotated[tuple[Text, ...], Field(min_length=1)]
    success: Annotated[tuple[Text, ...], Field(min_length=1)]
    forms: tuple[Slug, ...] = ()

    @property
    def file(self) -> str:
        return f"{FOLDER}/{self.slug}.yml"

    @property
    def minutes(self) -> int:
        return sum(session.minutes for session in self.sessions)

    @property
    def lesson_ids(self) -> tuple[str, ...]:
        """The lessons it is made of, each once, in the order in which they are taught."""
        taught = (step.lesson for session in self.sessions for step in session.steps)
        return tuple(dict.fromkeys(lesson for lesson in taught if lesson))


def read_courses(root: Path, problems: Problems) -> tuple[dict[str, YamlSource], tuple[Course, ...] | None]:
    """The files by slug, and the courses in their order; None where a file is broken."""
    read = read_folder(root, root / FOLDER, Course, problems)
    courses = [course for _, course in read.values() if course]
    sources = {slug: source for slug, (source, _) in read.items() if source}
    whole = len(courses) == len(read)
    return sources, tuple(sorted(courses, key=lambda course: (course.order, course.slug))) if whole else None

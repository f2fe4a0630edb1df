"""`curriculum/` in, the Curriculum out: who learns what, and in which order.

Everything a province may want to change lives in the YAML files; this module only knows their form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field, StrictBool, StrictInt

from handbook.addresses import INSTRUCTOR_SUFFIX, group_address_taken
from handbook.courses import Course, read_courses
from handbook.entries import Entry, LessonId, Slug, Text, read_folder, repeated
from handbook.forms import Form, read_forms
from handbook.framework import Framework, read_framework
from handbook.glossary import GlossaryEntry, read_glossary
from handbook.problems import Problems
from handbook.systems import RequiredSystem, read_systems
from handbook.yaml_source import YamlSource


class Stage(Entry):
    """One stretch of a learning path: a few lessons that belong together."""

    title: Text
    goal: Text
    lessons: Annotated[tuple[LessonId, ...], Field(min_length=1)]


class Group(Entry):
    """A learner group. `active: false` takes it off the site and out of print without deleting its lessons."""

    slug: Slug
    title: Text
    short_title: Annotated[str, Field(min_length=1, max_length=30)]
    order: StrictInt
    icon: Annotated[str, Field(pattern=r"^[a-z0-9-]+/[a-z0-9/-]+$")]
    active: StrictBool = True
    text_size: Annotated[StrictInt, Field(ge=1, le=4)] = 1
    """The step of text size (1–4) in which the group's pages open until the reader chooses one."""
    audience: Text
    outcomes: Annotated[tuple[Text, ...], Field(min_length=1)]
    needs: dict[str, str]
    path: Annotated[tuple[Stage, ...], Field(min_length=1)]

    @property
    def lesson_ids(self) -> tuple[str, ...]:
        return tuple(lesson for stage in self.path for lesson in stage.lessons)

    def place_of(self, lesson: str) -> Place:
        """Raises ValueError when the lesson is not on this path."""
        ids = self.lesson_ids
        at = ids.index(lesson)
        return Place(at + 1, len(ids), ids[at - 1] if at else None, ids[at + 1] if at + 1 < len(ids) else None)


@dataclass(frozen=True)
class Place:
    """Where a lesson stands on a group's path: `position` counts from 1, the neighbours are ids of lessons."""

    position: int
    total: int
    previous: str | None
    next: str | None


@dataclass(frozen=True)
class Curriculum:
    framework: Framework
    glossary: tuple[GlossaryEntry, ...]
    """In the order of the alphabet."""
    groups: tuple[Group, ...]
    """Active and inactive groups, in reading order."""
    courses: tuple[Course, ...]
    """In their order."""
    forms: tuple[Form, ...]
    systems: tuple[RequiredSystem, ...]
    sources: Mapping[str, YamlSource]
    """The YAML behind each group (by slug), to name lines in later checks."""

    @property
    def active_groups(self) -> tuple[Group, ...]:
        return tuple(group for group in self.groups if group.active)

    def names_of(self, terms: Iterable[str]) -> list[str]:
        """All the words people use for the terms with these ids, in the order of the glossary."""
        wanted = set(terms)
        return [name for entry in self.glossary if entry.id in wanted for name in entry.names]


@dataclass(frozen=True)
class CurriculumFiles:
    """What could be read of `curriculum/`, file by file: None, or a group missing, where a file is broken."""

    framework: Framework | None
    glossary: tuple[GlossaryEntry, ...] | None
    groups: tuple[Group, ...]
    courses: tuple[Course, ...] | None
    forms: tuple[Form, ...] | None
    systems: tuple[RequiredSystem, ...] | None
    sources: Mapping[str, YamlSource]
    """The YAML behind each group, by slug."""
    course_sources: Mapping[str, YamlSource]
    """The YAML behind each course, by slug."""
    systems_source: YamlSource | None
    slugs: frozenset[str]
    """The groups by the names of their files, broken or not."""

    @property
    def active_groups(self) -> tuple[Group, ...]:
        return tuple(group for group in self.groups if group.active)

    @property
    def has_all_groups(self) -> bool:
        return len(self.groups) == len(self.slugs)

    @property
    def whole(self) -> Curriculum | None:
        """The curriculum, where no file is broken."""
        if self.framework is None or self.glossary is None or not self.groups or not self.has_all_groups:
            return None
        if self.courses is None or self.forms is None or self.systems is None:
            return None
        return Curriculum(
            self.framework, self.glossary, self.groups, self.courses, self.forms, self.systems, self.sources
        )


def read_curriculum(root: Path, problems: Problems) -> CurriculumFiles:
    """Read `root/curriculum`. Reports every problem found there."""
    framework = read_framework(root, problems)
    glossary = read_glossary(root, problems)
    read = read_folder(root, root / "curriculum" / "groups", Group, problems)
    if not read:
        problems.add(
            "no-groups",
            "curriculum/groups",
            1,
            "Chưa có nhóm người học nào.",
            "Thêm ít nhất một tệp curriculum/groups/<tên-nhóm>.yml.",
        )
    for slug, (source, _) in read.items():
        if source and group_address_taken(slug):
            problems.add(
                "reserved-name",
                source.file,
                1,
                f"Tên “{slug}” đã dành cho trang hoặc bản in khác.",
                f"Đổi tên tệp, ví dụ “nhom-{slug.removesuffix(INSTRUCTOR_SUFFIX)}.yml”, và thư mục docs/{slug}.",
            )
    groups = sorted((group for _, group in read.values() if group), key=lambda group: (group.order, group.slug))
    sources = {slug: source for slug, (source, group) in read.items() if group and source}
    course_sources, courses = read_courses(root, problems)
    forms = read_forms(root, problems)
    systems_source, systems = read_systems(root, problems)
    files = CurriculumFiles(
        framework,
        glossary,
        tuple(groups),
        courses,
        forms,
        systems,
        sources,
        course_sources,
        systems_source,
        frozenset(read),
    )
    _check_groups(files, problems)
    if courses is not None and forms is not None:
        _check_forms(courses, course_sources, forms, problems)
    return files


def _check_forms(
    courses: Iterable[Course], sources: Mapping[str, YamlSource], forms: Iterable[Form], problems: Problems
) -> None:
    known = [form.id for form in forms]
    for course in courses:
        for i, form in enumerate(course.forms):
            if form not in known:
                problems.add(
                    "unknown-form",
                    sources[course.slug].file,
                    sources[course.slug].line(("forms", i)),
                    f"Không có mẫu in “{form}”.",
                    f"Dùng một trong: {', '.join(known)}." if known else "Thêm mẫu vào curriculum/forms.yml.",
                )


def _check_groups(files: CurriculumFiles, problems: Problems) -> None:
    groups, sources, framework = files.groups, files.sources, files.framework
    titles: dict[str, str] = {}
    for group in groups:
        source = sources[group.slug]
        if group.title in titles:
            problems.add(
                "duplicate-title",
                source.file,
                source.line(("title",)),
                f"Nhóm “{titles[group.title]}” đã mang tên “{group.title}”.",
                "Đặt tên khác cho một trong hai nhóm.",
            )
        titles.setdefault(group.title, group.slug)
        if framework:
            _check_needs(group, source, framework, problems)
        lines = [
            (lesson, source.line(("path", i, "lessons", j)))
            for i, stage in enumerate(group.path)
            for j, lesson in enumerate(stage.lessons)
        ]
        for lesson, line, first in repeated(lines):
            problems.add(
                "duplicate-lesson",
                source.file,
                line,
                f"Bài “{lesson}” đứng hai lần trên lộ trình (lần đầu ở dòng {first}).",
                "Giữ lại một chỗ.",
            )
    if groups and files.has_all_groups and not any(group.active for group in groups):
        problems.add(
            "no-groups",
            sources[groups[0].slug].file,
            sources[groups[0].slug].line(("active",)),
            "Mọi nhóm đều đang tắt (active: false).",
            "Bật ít nhất một nhóm: active: true.",
        )


def _check_needs(group: Group, source: YamlSource, framework: Framework, problems: Problems) -> None:
    for competence, level in group.needs.items():
        if competence not in framework.competences:
            problems.add(
                "unknown-competence",
                source.file,
                source.line(("needs", competence)),
                f"Không có năng lực “{competence}”.",
                "Dùng một mã trong curriculum/competences.yml, hoặc thêm năng lực đó vào tệp ấy.",
            )
        if level not in framework.level_titles:
            problems.add(
                "unknown-level",
                source.file,
                source.line(("needs", competence)),
                f"Không có mức “{level}”.",
                f"Dùng một trong: {', '.join(framework.level_titles)}.",
            )

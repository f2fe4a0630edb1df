"""The whole model: curriculum and lessons read together and checked against each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path

from handbook.addresses import GUIDES_FOLDER
from handbook.checks.teaching import check_course, check_needs, check_systems
from handbook.courses import Course
from handbook.coverage import MatrixRow, matrix, systems_taught
from handbook.curriculum import Curriculum, CurriculumFiles, Group, Stage, read_curriculum
from handbook.framework import CompetenceArea, Framework
from handbook.lessons import Lesson, LessonText, read_lesson
from handbook.problems import Problems
from handbook.systems import RequiredSystem


@dataclass(frozen=True)
class Handbook:
    """What is taught, to whom, in which order. Holds only lessons that stand on the path of an active group."""

    curriculum: Curriculum
    lessons: Mapping[str, Lesson]
    hidden: frozenset[str] = frozenset()
    """Ids of lessons that exist but stand only on paths of inactive groups."""

    @property
    def groups(self) -> tuple[Group, ...]:
        return self.curriculum.active_groups

    @cached_property
    def courses(self) -> tuple[Course, ...]:
        """The class plans whose lessons are all shown."""
        return tuple(
            course for course in self.curriculum.courses if all(lesson in self.lessons for lesson in course.lesson_ids)
        )

    @cached_property
    def matrix(self) -> list[tuple[CompetenceArea, list[MatrixRow]]]:
        """Competences × groups, area by area."""
        return matrix(self.groups, self.lessons, self.curriculum.framework)

    @cached_property
    def systems_taught(self) -> list[tuple[RequiredSystem, list[tuple[Group, list[Lesson]]]]]:
        """Each required system with the lessons that teach it, group by group."""
        return systems_taught(self.curriculum.systems, self.groups, self.lessons)

    @cached_property
    def paths_of(self) -> dict[str, tuple[Group, ...]]:
        """For each lesson the groups on whose path it stands; the group whose folder it lives in comes first."""
        found: dict[str, list[Group]] = {lesson: [] for lesson in self.lessons}
        for group in self.groups:
            for lesson in group.lesson_ids:
                found[lesson].append(group)
        return {
            lesson: tuple(sorted(groups, key=lambda group: group.slug != self.lessons[lesson].folder))
            for lesson, groups in found.items()
        }

    @cached_property
    def book_chapters(self) -> dict[str, tuple[tuple[Stage, tuple[Lesson, ...]], ...]]:
        """The whole book's order, by group slug: each lesson once, in the part of the group it lives with.

        A lesson on several paths is printed where it lives (or, failing that, on the first path that has it).
        """
        home = {lesson: groups[0].slug for lesson, groups in self.paths_of.items()}
        return {
            group.slug: tuple(
                (stage, lessons)
                for stage in group.path
                if (lessons := tuple(self.lessons[i] for i in stage.lessons if home[i] == group.slug))
            )
            for group in self.groups
        }

    def minutes(self, group: Group) -> int:
        return sum(self.lessons[lesson].front_matter.minutes for lesson in group.lesson_ids)

    @property
    def updated(self) -> date:
        return max(lesson.front_matter.updated for lesson in self.lessons.values())


@dataclass(frozen=True)
class HandbookFiles:
    """What could be read of `curriculum/` and `docs/`, whole or not: enough to go on looking for problems."""

    curriculum: CurriculumFiles
    texts: Mapping[str, LessonText]
    """By id; a Lesson where the front matter is right too."""
    lesson_ids: frozenset[str]
    """Every lesson file there is, readable or not."""

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Ids of the lessons that stand only on paths of inactive groups; none while a group's file is broken."""
        if not self.curriculum.has_all_groups:
            return frozenset()
        shown = {lesson for group in self.curriculum.groups if group.active for lesson in group.lesson_ids}
        return self.lesson_ids - shown

    @property
    def handbook(self) -> Handbook | None:
        """The model; None where a file that it needs is broken or missing."""
        curriculum = self.curriculum.whole
        lessons = {name: text for name, text in self.texts.items() if isinstance(text, Lesson)}
        if curriculum is None or lessons.keys() != self.lesson_ids:
            return None
        on_paths = chain.from_iterable(group.lesson_ids for group in curriculum.groups)
        in_courses = chain.from_iterable(course.lesson_ids for course in curriculum.courses)
        if not lessons.keys() >= {*on_paths, *in_courses}:
            return None
        shown = {name: lesson for name, lesson in lessons.items() if name not in self.hidden}
        return Handbook(curriculum, shown, self.hidden)


def read_handbook(root: Path, problems: Problems) -> Handbook | None:
    """Read and cross-check `root/curriculum` and `root/docs`. Reports every problem; None when there are errors."""
    handbook = read_files(root, problems).handbook
    return None if problems.errors else handbook


def read_files(root: Path, problems: Problems) -> HandbookFiles:
    """Read and cross-check `root/curriculum` and `root/docs` as far as they are right. Reports every problem."""
    curriculum = read_curriculum(root, problems)
    paths = sorted(path for path in (root / "docs").glob("*/*.md") if path.parent.name != GUIDES_FOLDER)
    files = {path.relative_to(root / "docs").with_suffix("").as_posix(): path for path in paths}
    _check_places(root, problems)
    read = {name: read_lesson(root, path, problems) for name, path in files.items()}
    texts = {name: text for name, text in read.items() if text}
    lessons = [text for text in texts.values() if isinstance(text, Lesson)]
    _check_titles(lessons, problems)
    if curriculum.framework:
        _check_competences(lessons, curriculum.framework, problems)
    _check_paths(files.keys(), curriculum, problems)
    _check_homes(files, root, curriculum, problems)
    _check_teaching(curriculum, {lesson.id: lesson for lesson in lessons}, files.keys(), problems)
    return HandbookFiles(curriculum, texts, frozenset(files))


def _check_teaching(
    curriculum: CurriculumFiles, lessons: Mapping[str, Lesson], lesson_ids: Set[str], problems: Problems
) -> None:
    """Class plans against their lessons; and, where everything could be read, what has to be taught."""
    for course in curriculum.courses or ():
        source = curriculum.course_sources[course.slug]
        check_course(course, source, curriculum.slugs, lessons, lesson_ids, problems)
    framework = curriculum.framework
    if framework is None or not curriculum.has_all_groups or lessons.keys() != lesson_ids:
        return
    groups = {group.slug: group for group in curriculum.groups}
    if curriculum.systems_source:
        check_systems(curriculum.systems or (), curriculum.systems_source, groups, lessons, framework, problems)
    for group in curriculum.active_groups:
        check_needs(group, curriculum.sources[group.slug], lessons, framework, problems)


def _check_places(root: Path, problems: Problems) -> None:
    """A Markdown file that nothing would read is a lesson somebody will miss."""
    docs = root / "docs"
    for path in sorted(docs.rglob("*.md")):
        depth = len(path.relative_to(docs).parts)
        if depth > 2 or (depth == 1 and path.name != "index.md"):
            problems.add(
                "misplaced-file",
                path.relative_to(root).as_posix(),
                1,
                "Tệp này không nằm trong thư mục của nhóm nào nên sẽ không được đăng.",
                "Chuyển tệp đến docs/<nhóm>/<bài>.md, không đặt trong thư mục con.",
            )


def _check_titles(lessons: Iterable[Lesson], problems: Problems) -> None:
    first: dict[str, Lesson] = {}
    for lesson in lessons:
        title = lesson.front_matter.title
        if title in first:
            problems.add(
                "duplicate-title",
                lesson.file,
                lesson.declared.line(("title",)),
                f"Bài {first[title].file} đã mang tên “{title}”.",
                "Đặt tên khác để người học phân biệt được hai bài.",
            )
        first.setdefault(title, lesson)


def _check_competences(lessons: Iterable[Lesson], framework: Framework, problems: Problems) -> None:
    known = framework.competences
    levels = framework.level_titles
    for lesson in lessons:
        for index, competence in enumerate(lesson.front_matter.competences):
            if competence not in known:
                problems.add(
                    "unknown-competence",
                    lesson.file,
                    lesson.declared.line(("competences", index)),
                    f"Không có năng lực “{competence}”.",
                    "Dùng một mã trong curriculum/competences.yml.",
                )
        if lesson.front_matter.level not in levels:
            problems.add(
                "unknown-level",
                lesson.file,
                lesson.declared.line(("level",)),
                f"Không có mức “{lesson.front_matter.level}”.",
                f"Dùng một trong: {', '.join(levels)}.",
            )


def _check_paths(lessons: Set[str], curriculum: CurriculumFiles, problems: Problems) -> None:
    """Every name on a path is a lesson's."""
    for group in curriculum.groups:
        source = curriculum.sources[group.slug]
        for i, stage in enumerate(group.path):
            for j, lesson in enumerate(stage.lessons):
                if lesson not in lessons:
                    problems.add(
                        "unknown-lesson",
                        source.file,
                        source.line(("path", i, "lessons", j)),
                        f"Lộ trình nhắc bài “{lesson}” nhưng không có tệp docs/{lesson}.md.",
                        f"Sửa tên bài, bỏ dòng này, hoặc tạo bài bằng lệnh “python build_handbook.py new {lesson}”.",
                    )


def _check_homes(files: Mapping[str, Path], root: Path, curriculum: CurriculumFiles, problems: Problems) -> None:
    """Every lesson lives in a known group's folder and stands on at least one path."""
    slugs = curriculum.slugs
    on_a_path = {lesson for group in curriculum.groups for lesson in group.lesson_ids}
    for name, path in files.items():
        file = path.relative_to(root).as_posix()
        folder = name.split("/")[0]
        if folder not in slugs:
            problems.add(
                "unknown-group",
                file,
                1,
                f"Không có nhóm “{folder}”.",
                f"Chuyển bài vào thư mục của một nhóm ({', '.join(sorted(slugs))}), hoặc thêm "
                f"curriculum/groups/{folder}.yml. Muốn ẩn một nhóm mà giữ bài, đặt “active: false” trong tệp của nhóm.",
            )
        elif name not in on_a_path and curriculum.has_all_groups:
            problems.add(
                "lesson-on-no-path",
                file,
                1,
                f"Bài “{name}” chưa nằm trên lộ trình nào nên không ai tới được.",
                f"Thêm “- {name}” vào một chặng trong curriculum/groups/{folder}.yml.",
            )

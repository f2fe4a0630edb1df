"""Rules across the handbook: what has to be taught is taught, and class plans fit their lessons and their time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from handbook.courses import Course, Session
from handbook.coverage import taught_levels, teaching
from handbook.curriculum import Group
from handbook.framework import Framework
from handbook.lessons import Lesson
from handbook.problems import Problems
from handbook.systems import RequiredSystem
from handbook.yaml_source import YamlSource


def check_systems(
    systems: Iterable[RequiredSystem],
    source: YamlSource,
    groups: Mapping[str, Group],
    lessons: Mapping[str, Lesson],
    framework: Framework,
    problems: Problems,
) -> None:
    """Every required system is taught on the path of each group that needs it. `groups` are all there are, by slug."""
    for i, system in enumerate(systems):
        for j, competence in enumerate(system.competences):
            if competence not in framework.competences:
                problems.add(
                    "unknown-competence",
                    source.file,
                    source.line(("systems", i, "competences", j)),
                    f"Không có năng lực “{competence}”.",
                    "Dùng một mã trong curriculum/competences.yml.",
                )
        for j, slug in enumerate(system.groups):
            line = source.line(("systems", i, "groups", j))
            group = groups.get(slug)
            if group is None:
                problems.add(
                    "unknown-group",
                    source.file,
                    line,
                    f"Không có nhóm “{slug}”.",
                    f"Dùng một trong: {', '.join(groups)}.",
                )
            elif group.active and not teaching(system, group, lessons):
                how = " và ".join(
                    f"{key} có “{'” hoặc “'.join(names)}”"
                    for key, names in (("apps", system.apps), ("competences", system.competences))
                    if names
                )
                problems.add(
                    "system-untaught",
                    source.file,
                    line,
                    f"“{system.title}” chưa có bài nào dạy trên lộ trình “{group.short_title}”.",
                    f"Đưa vào curriculum/groups/{slug}.yml một bài mà {how}; hoặc bỏ nhóm này khỏi dòng “groups”.",
                )


def check_needs(
    group: Group, source: YamlSource, lessons: Mapping[str, Lesson], framework: Framework, problems: Problems
) -> None:
    """Every competence that a group needs is taught on its path, at the level that it needs."""
    reached = taught_levels(group, lessons, framework)
    for competence, level in group.needs.items():
        known = framework.competences.get(competence)
        if not known or level not in framework.level_titles:
            continue  # reported where the group is read
        have, titles = reached.get(competence, 0), list(framework.level_titles.values())
        if have >= framework.rank(level):
            continue
        lacks = f"chỉ dạy đến mức “{titles[have - 1]}”" if have else "chưa có bài nào dạy"
        problems.add(
            "competence-below-level" if have else "competence-untaught",
            source.file,
            source.line(("needs", competence)),
            f"Nhóm cần năng lực “{known.title}” ở mức “{framework.level_titles[level]}”, lộ trình {lacks}.",
            "Thêm vào lộ trình một bài dạy năng lực này ở mức ấy, hoặc sửa dòng “needs”.",
            severity="warning",
        )


def check_course(
    course: Course,
    source: YamlSource,
    groups: Set[str],
    lessons: Mapping[str, Lesson],
    lesson_ids: Set[str],
    problems: Problems,
) -> None:
    """`groups` and `lesson_ids` are all there are; `lessons` those that could be read."""
    for i, slug in enumerate(course.groups):
        if slug not in groups:
            problems.add(
                "unknown-group",
                source.file,
                source.line(("groups", i)),
                f"Không có nhóm “{slug}”.",
                f"Dùng một trong: {', '.join(sorted(groups))}.",
            )
    for i, session in enumerate(course.sessions):
        _check_time(session, source, i, problems)
        for j, step in enumerate(session.steps):
            if step.lesson is None:
                continue
            if step.lesson not in lesson_ids:
                problems.add(
                    "unknown-lesson",
                    source.file,
                    source.line(("sessions", i, "steps", j, "lesson")),
                    f"Không có bài “{step.lesson}”.",
                    f"Sửa tên bài, hoặc tạo bài bằng lệnh “python build_handbook.py new {step.lesson}”.",
                )
            elif lesson := lessons.get(step.lesson):
                headings = [heading.text for heading in lesson.headings if heading.level in (2, 3)]
                if step.part and step.part not in headings:
                    problems.add(
                        "unknown-part",
                        source.file,
                        source.line(("sessions", i, "steps", j, "part")),
                        f"Bài “{step.lesson}” không có phần “{step.part}”.",
                        f"Dùng một trong: {'; '.join(headings)}.",
                    )
                elif not step.part and step.minutes < lesson.front_matter.minutes:
                    problems.add(
                        "lesson-does-not-fit",
                        source.file,
                        source.line(("sessions", i, "steps", j, "minutes")),
                        f"Bài “{lesson.front_matter.title}” cần {lesson.front_matter.minutes} phút, "
                        f"kế hoạch chỉ dành {step.minutes} phút.",
                        "Thêm phút, hoặc thêm dòng “part: …” để chỉ dạy một phần của bài.",
                        severity="warning",
                    )


def _check_time(session: Session, source: YamlSource, number: int, problems: Problems) -> None:
    if session.planned != session.minutes:
        much = "dài hơn" if session.planned > session.minutes else "ngắn hơn"
        problems.add(
            "minutes-do-not-add-up",
            source.file,
            source.line(("sessions", number, "minutes")),
            f"“{session.title}” có {session.minutes} phút, các việc cộng lại {much}: {session.planned} phút.",
            "Sửa phút của buổi hoặc của từng việc cho khớp.",
            severity="warning",
        )

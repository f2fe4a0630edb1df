"""`curriculum/` in, the Curriculum out: who learns what, and in which order.

Everything a province may want to change lives in the YAML files; this module only knows their form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, StrictBool, StrictInt

from handbook.problems import Problems
from handbook.yaml_source import YamlSource, parse_yaml, validate

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
LessonId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, Field(min_length=1)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Source(_Entry):
    """Where a fact comes from, and when it was last looked up there."""

    title: Text
    url: HttpUrl
    accessed: date


class Level(_Entry):
    """How well a competence is mastered; levels stand in the file from easy to hard."""

    id: Slug
    title: Text
    description: Text


class Competence(_Entry):
    id: Slug
    title: Text
    description: Text


class CompetenceArea(_Entry):
    id: Slug
    title: Text
    competences: Annotated[tuple[Competence, ...], Field(min_length=1)]


class Framework(_Entry):
    """`competences.yml`: the competence framework and, in words, where its grouping comes from."""

    title: Text
    origin: Text
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]
    areas: Annotated[tuple[CompetenceArea, ...], Field(min_length=1)]

    @property
    def competences(self) -> dict[str, Competence]:
        return {item.id: item for area in self.areas for item in area.competences}

    @property
    def level_titles(self) -> dict[str, str]:
        return {level.id: level.title for level in self.levels}


class Stage(_Entry):
    """One stretch of a learning path: a few lessons that belong together."""

    title: Text
    goal: Text
    lessons: Annotated[tuple[LessonId, ...], Field(min_length=1)]


class Group(_Entry):
    """A learner group. `active: false` takes it off the site and out of print without deleting its lessons."""

    slug: Slug
    title: Text
    short_title: Annotated[str, Field(min_length=1, max_length=30)]
    order: StrictInt
    icon: Annotated[str, Field(pattern=r"^[a-z0-9-]+/[a-z0-9/-]+$")]
    active: StrictBool = True
    audience: Text
    outcomes: Annotated[tuple[Text, ...], Field(min_length=1)]
    needs: dict[str, str]
    path: Annotated[tuple[Stage, ...], Field(min_length=1)]

    @property
    def lesson_ids(self) -> tuple[str, ...]:
        return tuple(lesson for stage in self.path for lesson in stage.lessons)


@dataclass(frozen=True)
class Curriculum:
    framework: Framework
    groups: tuple[Group, ...]
    """Active and inactive groups, in reading order."""
    sources: Mapping[str, YamlSource]
    """The YAML behind each group (by slug), to name lines in later checks."""

    @property
    def active_groups(self) -> tuple[Group, ...]:
        return tuple(group for group in self.groups if group.active)


def read_curriculum(root: Path, problems: Problems) -> Curriculum | None:
    """Read `root/curriculum`. Reports every problem found there; None when something is too broken to go on."""
    framework = _read_framework(root, problems)
    group_files = sorted((root / "curriculum" / "groups").glob("*.yml"))
    if not group_files:
        problems.add(
            "no-groups",
            "curriculum/groups",
            1,
            "Chưa có nhóm người học nào.",
            "Thêm ít nhất một tệp curriculum/groups/<tên-nhóm>.yml.",
        )
    read = [_read_group(root, path, problems) for path in group_files]
    groups = sorted((g for g, _ in read if g), key=lambda group: (group.order, group.slug))
    sources = {group.slug: source for group, source in read if group and source}
    if framework is None or len(groups) < len(group_files) or not groups:
        return None
    _check_groups(groups, sources, framework, problems)
    return Curriculum(framework, tuple(groups), sources)


def read_text(root: Path, path: Path, problems: Problems) -> str | None:
    """The text of a source file with plain line ends, or None with a problem where it cannot be read as UTF-8."""
    file = path.relative_to(root).as_posix()
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return text.replace("\r\n", "\n").replace("\r", "\n")
    except FileNotFoundError:
        problems.add("missing-file", file, 1, "Không có tệp này.", "Khôi phục tệp từ lịch sử Git.")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problems.add("not-utf8", file, line, "Tệp không phải mã UTF-8.", "Lưu lại tệp với bảng mã UTF-8.")
    except OSError as error:
        problems.add("unreadable-file", file, 1, f"Không đọc được tệp ({error.strerror}).", "Kiểm tra quyền đọc tệp.")
    return None


def _read_framework(root: Path, problems: Problems) -> Framework | None:
    path = root / "curriculum" / "competences.yml"
    text = read_text(root, path, problems)
    source = parse_yaml(text, path.relative_to(root).as_posix(), problems) if text is not None else None
    framework = validate(source, Framework, problems) if source else None
    if source is None or framework is None:
        return None
    levels = [(level.id, source.line(("levels", i, "id"))) for i, level in enumerate(framework.levels)]
    areas = [(area.id, source.line(("areas", i, "id"))) for i, area in enumerate(framework.areas)]
    competences = [
        (competence.id, source.line(("areas", i, "competences", j, "id")))
        for i, area in enumerate(framework.areas)
        for j, competence in enumerate(area.competences)
    ]
    for ids in (levels, areas, competences):
        for item, line, first in _repeated(ids):
            problems.add(
                "duplicate-id",
                source.file,
                line,
                f"Mã “{item}” đã dùng ở dòng {first}.",
                "Đặt mã khác cho một trong hai mục.",
            )
    return framework


def _repeated(items: list[tuple[str, int]]) -> Iterator[tuple[str, int, int]]:
    """(item, its line, the line where it stood first) for each item that stands again."""
    first: dict[str, int] = {}
    for item, line in items:
        if item in first:
            yield item, line, first[item]
        first.setdefault(item, line)


def _read_group(root: Path, path: Path, problems: Problems) -> tuple[Group | None, YamlSource | None]:
    text = read_text(root, path, problems)
    source = parse_yaml(text, path.relative_to(root).as_posix(), problems) if text is not None else None
    if source is None:
        return None, None
    return validate(source, Group, problems, slug=path.stem), source


def _check_groups(
    groups: list[Group], sources: Mapping[str, YamlSource], framework: Framework, problems: Problems
) -> None:
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
        lines = [
            (lesson, source.line(("path", i, "lessons", j)))
            for i, stage in enumerate(group.path)
            for j, lesson in enumerate(stage.lessons)
        ]
        for lesson, line, first in _repeated(lines):
            problems.add(
                "duplicate-lesson",
                source.file,
                line,
                f"Bài “{lesson}” đứng hai lần trên lộ trình (lần đầu ở dòng {first}).",
                "Giữ lại một chỗ.",
            )
    if not any(group.active for group in groups):
        problems.add(
            "no-groups",
            sources[groups[0].slug].file,
            sources[groups[0].slug].line(("active",)),
            "Mọi nhóm đều đang tắt (active: false).",
            "Bật ít nhất một nhóm: active: true.",
        )

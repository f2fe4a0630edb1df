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

from handbook.addresses import INSTRUCTOR_SUFFIX, anchor_of, group_address_taken
from handbook.checks.characters import check_declaration
from handbook.problems import Problems
from handbook.vietnamese import sort_key
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


class GlossaryEntry(_Entry):
    """A term learners may not know, its plain explanation, and the other words people use for it."""

    term: Text
    explanation: Text
    aliases: tuple[Text, ...]

    @property
    def id(self) -> str:
        return anchor_of(self.term)

    @property
    def names(self) -> tuple[str, ...]:
        return (self.term, *self.aliases)


class _GlossaryFile(_Entry):
    entries: tuple[GlossaryEntry, ...]


@dataclass(frozen=True)
class Curriculum:
    framework: Framework
    glossary: tuple[GlossaryEntry, ...]
    """In the order of the alphabet."""
    groups: tuple[Group, ...]
    """Active and inactive groups, in reading order."""
    sources: Mapping[str, YamlSource]
    """The YAML behind each group (by slug), to name lines in later checks."""

    @property
    def active_groups(self) -> tuple[Group, ...]:
        return tuple(group for group in self.groups if group.active)


@dataclass(frozen=True)
class CurriculumFiles:
    """What could be read of `curriculum/`, file by file: None, or a group missing, where a file is broken."""

    framework: Framework | None
    glossary: tuple[GlossaryEntry, ...] | None
    groups: tuple[Group, ...]
    sources: Mapping[str, YamlSource]
    slugs: frozenset[str]
    """The groups by the names of their files, broken or not."""

    @property
    def has_all_groups(self) -> bool:
        return len(self.groups) == len(self.slugs)

    @property
    def whole(self) -> Curriculum | None:
        """The curriculum, where no file is broken."""
        if self.framework is None or self.glossary is None or not self.groups or not self.has_all_groups:
            return None
        return Curriculum(self.framework, self.glossary, self.groups, self.sources)


def read_curriculum(root: Path, problems: Problems) -> CurriculumFiles:
    """Read `root/curriculum`. Reports every problem found there."""
    framework = _read_framework(root, problems)
    glossary = _read_glossary(root, problems)
    folder = root / "curriculum" / "groups"
    for path in sorted(folder.glob("*.yaml")):
        problems.add(
            "wrong-file-type",
            path.relative_to(root).as_posix(),
            1,
            "Tệp này không được đọc: tên kết thúc bằng .yaml.",
            f"Đổi tên thành “{path.stem}.yml”.",
        )
    group_files = sorted(folder.glob("*.yml"))
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
    slugs = frozenset(path.stem for path in group_files)
    files = CurriculumFiles(framework, glossary, tuple(groups), sources, slugs)
    _check_groups(files, problems)
    return files


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
    check_declaration(source, problems)
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


def _read_glossary(root: Path, problems: Problems) -> tuple[GlossaryEntry, ...] | None:
    path = root / "curriculum" / "glossary.yml"
    text = read_text(root, path, problems)
    source = parse_yaml(text, path.relative_to(root).as_posix(), problems) if text is not None else None
    if source is None:
        return None
    wrapped = YamlSource(source.file, {"entries": source.data}, {("entries", *at): n for at, n in source.lines.items()})
    glossary = validate(wrapped, _GlossaryFile, problems)
    if glossary is None:
        return None
    check_declaration(source, problems)
    for i, entry in enumerate(glossary.entries):
        if not entry.id:
            problems.add(
                "wrong-form",
                source.file,
                wrapped.line(("entries", i, "term")),
                f"“{entry.term}” không có chữ cái hay chữ số nào.",
                "Gọi tên bằng chữ, ví dụ “Dấu @”.",
            )
    # Equal terms are reported as such, below.
    ids = {entry.term.casefold(): (entry.id, i) for i, entry in enumerate(glossary.entries)}
    for anchor, line, first in _repeated([(id_, wrapped.line(("entries", i, "term"))) for id_, i in ids.values()]):
        problems.add(
            "duplicate-term",
            source.file,
            line,
            f"Từ này có cùng địa chỉ “#{anchor}” với từ ở dòng {first}.",
            "Gộp hai mục làm một, hoặc viết thêm một chữ để phân biệt.",
        )
    names = [
        (name.casefold(), wrapped.line(("entries", i, "aliases", j - 1) if j else ("entries", i, "term")))
        for i, entry in enumerate(glossary.entries)
        for j, name in enumerate(entry.names)
    ]
    for name, line, first in _repeated(names):
        problems.add(
            "duplicate-term", source.file, line, f"“{name}” đã có ở dòng {first}.", "Để mỗi cách gọi ở một mục."
        )
    return tuple(sorted(glossary.entries, key=lambda entry: sort_key(entry.term)))


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
    group = validate(source, Group, problems, slug=path.stem)
    if group:
        check_declaration(source, problems)
    if group_address_taken(path.stem):
        problems.add(
            "reserved-name",
            source.file,
            1,
            f"Tên “{path.stem}” đã dành cho trang hoặc bản in khác.",
            f"Đổi tên tệp, ví dụ “nhom-{path.stem.removesuffix(INSTRUCTOR_SUFFIX)}.yml”, và thư mục docs/{path.stem}.",
        )
    return group, source


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
        for lesson, line, first in _repeated(lines):
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

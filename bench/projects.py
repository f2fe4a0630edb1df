"""Synthetic lessons in; a project folder out, either this project's or a plain MkDocs one with the same text."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from bench.lessons import SyntheticLesson, synthetic_lessons

STAGE_LENGTH = 10
"""Lessons in one stage of a learning path."""

PEER_SETTINGS = Path(__file__).with_name("peers") / "mkdocs.yml"


def lessons_for(source: Path, count: int) -> list[SyntheticLesson]:
    """`count` lessons for the groups and competences of the project at `source`."""
    groups = sorted(path.stem for path in (source / "curriculum" / "groups").glob("*.yml"))
    framework = yaml.safe_load((source / "curriculum" / "competences.yml").read_text(encoding="utf-8"))
    competences = [item["id"] for area in framework["areas"] for item in area["competences"]]
    return synthetic_lessons(count, groups, competences)


def write_handbook_project(source: Path, folder: Path, lessons: list[SyntheticLesson]) -> None:
    """Write a project like the one at `source` to `folder`: its looks and its framework, but `lessons`."""
    for name in ("overrides", "print"):
        shutil.copytree(source / name, folder / name)
    for name in ("mkdocs.yml", "docs/index.md", "curriculum/competences.yml", "curriculum/glossary.yml"):
        _write(folder / name, (source / name).read_text(encoding="utf-8"))
    for path in sorted((source / "curriculum" / "groups").glob("*.yml")):
        group = yaml.safe_load(path.read_text(encoding="utf-8"))
        ids = [lesson.id for lesson in lessons if lesson.group == path.stem]
        if ids:
            group |= {"active": True, "path": _stages(ids)}
            _write(folder / path.relative_to(source), yaml.safe_dump(group, allow_unicode=True, sort_keys=False))
    for lesson in lessons:
        declared = "\n".join(lesson.front_matter)
        _write(folder / "docs" / f"{lesson.id}.md", f"---\n{declared}\n---\n\n{lesson.body}")


def write_peer_project(folder: Path, lessons: list[SyntheticLesson], plugins: tuple[str, ...]) -> None:
    """Write a MkDocs project to `folder`: the same words, with the title as the first heading.

    `plugins` are names of MkDocs plugins, used with their defaults beside what `peers/mkdocs.yml` says.
    """
    write_peer_settings(folder, plugins)
    _write(folder / "docs" / "index.md", "# Cẩm nang Bình dân học vụ số\n\nMỗi bài học chỉ một việc, làm từng bước.\n")
    for lesson in lessons:
        text = f'---\ntitle: "{lesson.title}"\n---\n\n# {lesson.title}\n\n{lesson.description}\n\n{lesson.body}'
        _write(folder / "docs" / f"{lesson.id}.md", text)


def write_peer_settings(folder: Path, plugins: tuple[str, ...]) -> None:
    """Write the `mkdocs.yml` of a plain MkDocs project to `folder`."""
    settings = PEER_SETTINGS.read_text(encoding="utf-8")
    _write(folder / "mkdocs.yml", settings + "plugins:\n" + "".join(f"  - {plugin}\n" for plugin in plugins))


def _stages(ids: list[str]) -> list[dict[str, Any]]:
    starts = range(0, len(ids), STAGE_LENGTH)
    return [
        {
            "title": f"Chặng {number}",
            "goal": f"Làm được mọi việc của chặng {number}.",
            "lessons": ids[start : start + STAGE_LENGTH],
        }
        for number, start in enumerate(starts, start=1)
    ]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")

"""The handbook and its print trees in; the folder that Typst reads out: templates, lessons as XML, pictures, QR codes.

The folder is also Typst's root: nothing outside it can be read.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lxml import etree

from handbook.addresses import course_page, page_url
from handbook.book import Handbook
from handbook.printing.edition import Imprint
from handbook.qr import qr_code


def stage(
    folder: Path,
    templates: Path,
    docs: Path,
    handbook: Handbook,
    trees: Mapping[str, etree._Element],
    imprint: Imprint,
    examples: Mapping[str, etree._Element] = MappingProxyType({}),
) -> None:
    """Lay out in `folder` all that the templates read: themselves, lessons as XML, their pictures and QR codes.

    `examples` are the print trees of the pieces shown in the editors' guide, by name.
    """
    for name, example in examples.items():
        _write(folder / "examples" / f"{name}.xml", etree.tostring(example, encoding="utf-8"))
    shutil.copytree(templates, folder, dirs_exist_ok=True)
    for lesson_id, tree in trees.items():
        terms = {"terms": tree.get("terms", "").split(), "notes_terms": tree.get("notes-terms", "").split()}
        about = _about(handbook, lesson_id, imprint.site_url) | terms
        _write(folder / "about" / f"{lesson_id}.json", json.dumps(about, ensure_ascii=False).encode())
        _write(folder / "lessons" / f"{lesson_id}.xml", etree.tostring(tree, encoding="utf-8"))
        _write(folder / "qr" / f"{lesson_id}.svg", qr_code(about["url"]))
    glossary = [entry.model_dump() | {"id": entry.id} for entry in handbook.curriculum.glossary]
    (folder / "glossary.json").write_text(json.dumps(glossary, ensure_ascii=False), encoding="utf-8")
    _write(folder / "qr" / "site.svg", qr_code(imprint.site_url))
    for course in handbook.courses:
        url = f"{imprint.site_url}{page_url(course_page(course.slug))}"
        described = course.model_dump() | {"url": url, "minutes": course.minutes}
        _write(folder / "courses" / f"{course.slug}.json", json.dumps(described, ensure_ascii=False).encode())
        _write(folder / "qr" / f"{course_page(course.slug)}.svg", qr_code(url))
    for form in handbook.curriculum.forms:
        _write(folder / "forms" / f"{form.id}.json", json.dumps(form.model_dump(), ensure_ascii=False).encode())
    for source in sorted(
        {image.get("src", "") for tree in [*trees.values(), *examples.values()] for image in tree.iter("img")}
    ):
        _write(folder / "docs" / source, (docs / source).read_bytes())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _about(handbook: Handbook, lesson_id: str, site_url: str) -> dict[str, Any]:
    """What a template says of a lesson besides its text."""
    lesson = handbook.lessons[lesson_id]
    declared = lesson.front_matter
    return {
        "title": declared.title,
        "description": declared.description,
        "minutes": declared.minutes,
        "level": handbook.curriculum.framework.level_titles[declared.level],
        "apps": declared.apps,
        "updated": f"{declared.updated:%d/%m/%Y}",
        "reviewed": f"{declared.reviewed:%d/%m/%Y}" if declared.reviewed else None,
        "url": f"{site_url}{page_url(lesson_id)}",
        "sources": [
            {"title": source.title, "url": str(source.url), "accessed": f"{source.accessed:%d/%m/%Y}"}
            for source in declared.sources
        ],
    }

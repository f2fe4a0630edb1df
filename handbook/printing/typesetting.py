"""Print trees and editions in; compressed PDF/UA-1 files out, through Typst.

The templates in `print/` walk the XML; no Typst code is generated, so the text of a lesson can never become program
text. All that the templates read is laid out in one staging folder, which is also Typst's root: nothing outside it
can be read.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pikepdf
import segno
import typst
from lxml import etree

from handbook.addresses import page_url
from handbook.book import Handbook
from handbook.printing.editions import Edition

FONT_PACKAGE = "fontpkg_be_vietnam_pro"
TEMPLATE = "book.typ"


@dataclass(frozen=True)
class Imprint:
    """What stands on every cover: the handbook's name, who publishes it, where it is online, and when it was made."""

    title: str
    description: str
    author: str
    site_url: str
    made: datetime
    """With a time zone; becomes the PDF's creation date."""


class PrintError(Exception):
    """Typst refused an edition. `edition` says which, the message why."""

    def __init__(self, edition: Edition, reason: str) -> None:
        self.edition = edition
        super().__init__(reason)


def stage(
    folder: Path,
    templates: Path,
    docs: Path,
    handbook: Handbook,
    trees: Mapping[str, etree._Element],
    imprint: Imprint,
) -> None:
    """Lay out in `folder` all that the templates read: themselves, lessons as XML, their pictures and QR codes."""
    shutil.copytree(templates, folder, dirs_exist_ok=True)
    about = {lesson_id: _about(handbook, lesson_id, imprint.site_url) for lesson_id in handbook.lessons}
    (folder / "lessons.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    for lesson_id, tree in trees.items():
        _write(folder / "lessons" / f"{lesson_id}.xml", etree.tostring(tree, encoding="utf-8"))
        _write(folder / "qr" / f"{lesson_id}.svg", _qr_code(about[lesson_id]["url"]))
    _write(folder / "qr" / "site.svg", _qr_code(imprint.site_url))
    for source in sorted({image.get("src", "") for tree in trees.values() for image in tree.iter("img")}):
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


def _qr_code(url: str) -> bytes:
    drawn = io.BytesIO()
    segno.make(url, error="m").save(drawn, kind="svg", border=0, xmldecl=False, svgns=True, omitsize=True)
    return drawn.getvalue()


def typeset(
    editions: Sequence[Edition],
    folder: Path,
    imprint: Imprint,
    output: Path,
    progress: Callable[[Edition], None] = lambda edition: None,
) -> int:
    """Compile `editions` from the staged `folder` into `output`; returns the number of pages made.

    Exported as PDF/UA-1: a picture without words or a heading out of order stops the build with PrintError.
    """
    compiler = typst.Compiler(
        str(folder / TEMPLATE),
        root=str(folder),
        font_paths=[str(files(FONT_PACKAGE) / "files")],
        ignore_system_fonts=True,
    )
    pages = 0
    for edition in editions:
        inputs = {"edition": json.dumps(_edition_data(edition, imprint), ensure_ascii=False)}
        try:
            pdf, warnings = compiler.compile_with_warnings(
                format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"], timestamp=imprint.made
            )
        except typst.TypstError as error:
            raise PrintError(edition, "\n".join([error.message, *error.hints])) from error
        if warnings:
            raise PrintError(edition, "\n".join(warning.message for warning in warnings))
        assert isinstance(pdf, bytes)
        pages += _compress(pdf, output / edition.path)
        progress(edition)
    return pages


def _edition_data(edition: Edition, imprint: Imprint) -> dict[str, Any]:
    return {
        "kind": edition.kind,
        "title": edition.title,
        "lessons": edition.lessons,
        "parts": edition.parts,
        "handbook": imprint.title,
        "description": imprint.description,
        "author": imprint.author,
        "site_url": imprint.site_url,
        "date": f"{imprint.made:%d/%m/%Y}",
    }


def _compress(pdf: bytes, path: Path) -> int:
    """Write `pdf` with its objects packed into streams (less than half the size); returns its number of pages."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(
            path,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            recompress_flate=True,
            deterministic_id=True,
        )
        return len(document.pages)

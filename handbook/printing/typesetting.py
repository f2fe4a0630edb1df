"""A staged folder and editions in; compressed PDF/UA-1 files out, through Typst.

The templates in `print/` walk the XML; no Typst code is generated, so the text of a lesson can never become program
text.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import pikepdf
import typst
from PIL import Image

from handbook.printing.edition import Edition, Imprint
from handbook.printing.picture import Picture

FONT_PACKAGE = "fontpkg_be_vietnam_pro"
TEMPLATES = {"course": "course.typ", "form": "form.typ"}
"""What lays out an edition of each kind; BOOK_TEMPLATE every other."""
BOOK_TEMPLATE = "book.typ"
EXAMPLE_TEMPLATE = "example.typ"
POINTS_PER_INCH = 72
"""At so many dots an inch a point of a template is a pixel of its picture."""


class PrintError(Exception):
    """Typst refused an edition. `edition` says which, the message why."""

    def __init__(self, edition: Edition, reason: str) -> None:
        self.edition = edition
        super().__init__(reason)


def typeset(
    editions: Sequence[Edition],
    folder: Path,
    imprint: Imprint,
    output: Path,
    progress: Callable[[Edition], None] = lambda edition: None,
    *,
    packed: bool = True,
) -> int:
    """Compile `editions` from the staged `folder` into `output`; returns the number of pages made.

    With `packed=False` the files are written as Typst makes them, to be packed by `pack`, and the number is 0.
    Exported as PDF/UA-1: a picture without words or a heading out of order stops the build with PrintError.
    """
    compilers: dict[str, typst.Compiler] = {}
    pages = 0
    for edition in editions:
        template = TEMPLATES.get(edition.kind, BOOK_TEMPLATE)
        if template not in compilers:
            compilers[template] = _compiler(folder, template)
        inputs = {"edition": json.dumps(_edition_data(edition, imprint), ensure_ascii=False)}
        try:
            pdf, warnings = compilers[template].compile_with_warnings(
                format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"], timestamp=imprint.made
            )
        except typst.TypstError as error:
            raise PrintError(edition, "\n".join([error.message, *error.hints])) from error
        if warnings:
            raise PrintError(edition, "\n".join(warning.message for warning in warnings))
        assert isinstance(pdf, bytes)
        path = output / edition.path
        path.parent.mkdir(parents=True, exist_ok=True)
        if packed:
            pages += pack(pdf, path)
        else:
            path.write_bytes(pdf)
        progress(edition)
    return pages


def draw_examples(names: Sequence[str], folder: Path, output: Path) -> None:
    """Draw each staged example as it would be printed, to `output/<name>.svg`. Raises typst.TypstError."""
    compiler = _compiler(folder, EXAMPLE_TEMPLATE)
    output.mkdir(parents=True, exist_ok=True)
    for name in names:
        edition: dict[str, Any] = {"example": name, "lessons": [], "group": None, "instructor": False, "site_url": ""}
        drawn = compiler.compile(format="svg", sys_inputs={"edition": json.dumps(edition)})
        assert isinstance(drawn, bytes)
        (output / f"{name}.svg").write_bytes(drawn)


def draw_pictures(pictures: Sequence[Picture], folder: Path, output: Path) -> None:
    """Draw `pictures` with the staged templates, as PNG with a palette. Raises typst.TypstError."""
    compilers = {template: _compiler(folder, template) for template in {picture.template for picture in pictures}}
    for picture in pictures:
        asked = picture.said | {"width": picture.width, "height": picture.height}
        inputs = {"picture": json.dumps(asked, ensure_ascii=False)}
        drawn = compilers[picture.template].compile(format="png", ppi=POINTS_PER_INCH, sys_inputs=inputs)
        assert isinstance(drawn, bytes)
        path = output / picture.path
        path.parent.mkdir(parents=True, exist_ok=True)
        with Image.open(io.BytesIO(drawn)) as image:
            # Only the octree keeps what is transparent; median cut chooses the better colours.
            solid = image.getextrema()[-1] == (255, 255)
            mode, method = ("RGB", Image.Quantize.MEDIANCUT) if solid else ("RGBA", Image.Quantize.FASTOCTREE)
            few = image.convert(mode).quantize(picture.colours, method, dither=Image.Dither.NONE)
            few.save(path, optimize=True)


def _compiler(folder: Path, template: str) -> typst.Compiler:
    return typst.Compiler(
        str(folder / template),
        root=str(folder),
        font_paths=[str(files(FONT_PACKAGE) / "files")],
        ignore_system_fonts=True,
    )


def _edition_data(edition: Edition, imprint: Imprint) -> dict[str, Any]:
    return {
        "kind": edition.kind,
        "title": edition.title,
        "lessons": edition.lessons,
        "parts": edition.parts,
        "document": edition.document,
        "group": edition.group,
        "instructor": edition.instructor,
        "handbook": imprint.title,
        "description": imprint.description,
        "author": imprint.author,
        "site_url": imprint.site_url,
        "date": f"{imprint.made:%d/%m/%Y}",
    }


def pack(pdf: bytes, path: Path) -> int:
    """Write `pdf` with its objects packed into streams (less than half the size); returns its number of pages."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(
            path,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            deterministic_id=True,
        )
        return len(document.pages)

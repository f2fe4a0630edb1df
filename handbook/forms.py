"""`curriculum/forms.yml` in; blank forms to print out: sign-in sheet, feedback sheet, certificate, checklist."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, StrictBool, StrictInt

from handbook.entries import Entry, Slug, Text, read_file, report_repeated
from handbook.problems import Problems


class Column(Entry):
    """A column of a blank table; `width` in shares of the page's width."""

    title: Text
    width: Annotated[StrictInt, Field(ge=1, le=20)]


class BlankTable(Entry):
    columns: Annotated[tuple[Column, ...], Field(min_length=1, max_length=8)]
    rows: Annotated[StrictInt, Field(ge=1, le=60)]


class FormQuestion(Entry):
    """A question to answer by ticking one of `answers`, or on so many blank `lines`."""

    ask: Text
    answers: tuple[Text, ...] = ()
    lines: Annotated[StrictInt, Field(ge=0, le=12)] = 0


class Checklist(Entry):
    title: Text
    items: Annotated[tuple[Text, ...], Field(min_length=1)]


class Form(Entry):
    """What stands on the sheet, from top to bottom; whatever is empty is left out.

    `fields` are labels with a line to write on, `signatures` who signs at the foot.
    """

    id: Slug
    title: Text
    description: Text
    certificate: StrictBool = False
    """Framed, on its side, with the words in the middle."""
    copies: Annotated[StrictInt, Field(ge=1, le=6)] = 1
    """How many times it stands on the sheet, to be cut apart."""
    text: tuple[Text, ...] = ()
    fields: tuple[Text, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    questions: tuple[FormQuestion, ...] = ()
    table: BlankTable | None = None
    note: str = ""
    signatures: tuple[Text, ...] = ()


class _FormsFile(Entry):
    forms: tuple[Form, ...]


def read_forms(root: Path, problems: Problems) -> tuple[Form, ...] | None:
    """The forms in their order; none where there is no file, None where it is broken."""
    path = root / "curriculum" / "forms.yml"
    if not path.exists():
        return ()
    source, file = read_file(root, path, _FormsFile, problems, "forms")
    if source is None or file is None:
        return None
    report_repeated(source, [(form.id, source.line(("forms", i, "id"))) for i, form in enumerate(file.forms)], problems)
    return file.forms

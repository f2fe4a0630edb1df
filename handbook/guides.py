"""Pages that are not lessons: the home page's words (`docs/index.md`) and the guides in `docs/huong-dan/`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt

from handbook.addresses import GUIDES_FOLDER, HOME
from handbook.checks.letters import check_letters
from handbook.entries import read_text
from handbook.lessons import check_file_name, split_front_matter
from handbook.problems import Problems
from handbook.yaml_source import parse_yaml, validate


class GuideFrontMatter(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    title: Annotated[str, Field(min_length=1, max_length=80)]
    description: Annotated[str, Field(min_length=1, max_length=170)]
    order: StrictInt = 0
    reader: Literal["teacher", "editor"] = "teacher"


@dataclass(frozen=True)
class Guide:
    """A page as written; `id` is its path below `docs/` without the ending."""

    id: str
    file: str
    front_matter: GuideFrontMatter
    body: str
    body_line: int


def guide_files(root: Path) -> dict[str, Path]:
    """The files of the home page's words and of the guides, by id, whatever is in them."""
    docs = root / "docs"
    paths = [docs / f"{HOME}.md", *sorted((docs / GUIDES_FOLDER).glob("*.md"))]
    return {path.relative_to(docs).with_suffix("").as_posix(): path for path in paths}


def read_guides(root: Path, problems: Problems) -> dict[str, Guide]:
    """The home page's words and all guides by id, in their order. Reports problems and leaves out what is broken."""
    found = [guide for path in guide_files(root).values() if (guide := _read_guide(root, path, problems))]
    return {guide.id: guide for guide in sorted(found, key=lambda guide: (guide.front_matter.order, guide.id))}


def _read_guide(root: Path, path: Path, problems: Problems) -> Guide | None:
    file = path.relative_to(root).as_posix()
    text = read_text(root, path, problems)
    if text is None:
        return None
    check_letters(text, file, problems)
    if path.parent.name == GUIDES_FOLDER:
        check_file_name(path, file, problems)
    split = split_front_matter(text, file, problems)
    if split is None:
        return None
    declaration, body, body_line = split
    source = parse_yaml(declaration, file, problems, first_line=2)
    front_matter = validate(source, GuideFrontMatter, problems) if source else None
    if front_matter is None:
        return None
    return Guide(path.relative_to(root / "docs").with_suffix("").as_posix(), file, front_matter, body, body_line)

"""One lesson file in, one Lesson out: its front matter, typed, and its body, with the sections in their order."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictInt

from handbook.addresses import INSTRUCTOR_SUFFIX, page_address_taken
from handbook.checks.characters import check_declaration
from handbook.checks.letters import check_letters
from handbook.entries import Slug, Source, Text, read_text
from handbook.problems import Problems
from handbook.source_text import blank_code
from handbook.vietnamese import slugify
from handbook.yaml_source import YamlSource, parse_yaml, validate

SECTIONS: dict[str, bool] = {
    "Mục tiêu": True,
    "Chuẩn bị": True,
    "Các bước": True,
    "Cảnh giác": False,
    "Thực hành": True,
    "Tự kiểm tra": True,
    "Ghi nhớ": True,
    "Dành cho người hướng dẫn": True,
}
"""The sections of a lesson in their order, and whether each must be there."""

SECTION_IDS = {slugify(title): title for title in SECTIONS}

PRINTED_KEYS = frozenset({"title", "description", "apps", "sources"})
"""The keys of the front matter whose words stand on paper too."""

_HEADING = re.compile(r"^(#{1,6})[ \t]*([^#\s].*?)[ \t]*#*$")

MAX_TITLE = 80  # characters: two lines on a phone, one in a table of contents


class FrontMatter(BaseModel):
    """The declaration on top of a lesson. `minutes` is reading and doing together."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    title: Annotated[str, Field(min_length=1, max_length=MAX_TITLE)]
    description: Annotated[str, Field(min_length=1, max_length=170)]
    minutes: Annotated[StrictInt, Field(ge=1, le=60)]
    level: Slug
    competences: Annotated[tuple[Slug, ...], Field(min_length=1)]
    apps: tuple[Text, ...]
    keywords: tuple[Text, ...]
    updated: date
    reviewed: date | None
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    line: int


@dataclass(frozen=True)
class LessonText:
    """What can be rendered of a lesson file, be its front matter right or wrong.

    `id` is `<group>/<slug>`, `body` its Markdown, which starts on line `body_line`.
    """

    id: str
    file: str
    body: str
    body_line: int

    @property
    def folder(self) -> str:
        return self.id.split("/")[0]

    @property
    def slug(self) -> str:
        return self.id.split("/")[1]

    def line_of(self, written: str) -> int:
        """The line of the body where `written` first stands; the first line of the body where it does not."""
        at = self.body.find(written)
        return self.body_line + self.body.count("\n", 0, max(at, 0))


@dataclass(frozen=True)
class Lesson(LessonText):
    """A lesson as written."""

    front_matter: FrontMatter
    declared: YamlSource
    headings: tuple[Heading, ...]


def read_lesson(root: Path, path: Path, problems: Problems) -> LessonText | None:
    """Read one lesson file below `root/docs`. Reports every problem of the file.

    Only the text where the front matter is wrong; None where not even the text can be told apart.
    """
    file = path.relative_to(root).as_posix()
    lesson_id = path.relative_to(root / "docs").with_suffix("").as_posix()
    text = read_text(root, path, problems)
    if text is None:
        return None
    check_letters(text, file, problems)
    check_file_name(path, file, problems)
    split = split_front_matter(text, file, problems)
    if split is None:
        return None
    declaration, body, body_line = split
    source = parse_yaml(declaration, file, problems, first_line=2)
    front_matter = validate(source, FrontMatter, problems) if source else None
    headings = find_headings(body, body_line)
    _check_sections(headings, body_line, file, problems)
    if source is None or front_matter is None:
        return LessonText(lesson_id, file, body, body_line)
    check_declaration(source, problems, PRINTED_KEYS)
    if front_matter.reviewed and front_matter.reviewed < front_matter.updated:
        problems.add(
            "review-outdated",
            file,
            source.line(("reviewed",)),
            f"Bài sửa ngày {front_matter.updated:%d/%m/%Y}, sau lần duyệt {front_matter.reviewed:%d/%m/%Y}.",
            "Để trống “reviewed:” cho đến khi bài được duyệt lại.",
        )
    return Lesson(lesson_id, file, body, body_line, front_matter, source, headings)


def check_file_name(path: Path, file: str, problems: Problems) -> None:
    """The name of a lesson or guide becomes its address."""
    if slugify(path.stem) != path.stem:
        problems.add(
            "wrong-file-name",
            file,
            1,
            f"Tên tệp “{path.name}” không dùng làm địa chỉ được.",
            f"Đổi tên tệp thành “{slugify(path.stem) or 'ten-bai'}.md”.",
        )
    elif page_address_taken(path.stem):
        problems.add(
            "reserved-name",
            file,
            1,
            f"Tên “{path.stem}” đã dành cho trang hoặc bản in khác.",
            f"Đổi tên tệp, ví dụ “bai-{path.stem.removesuffix(INSTRUCTOR_SUFFIX)}.md”.",
        )


def split_front_matter(text: str, file: str, problems: Problems) -> tuple[str, str, int] | None:
    """(declaration, body, line on which the body starts), or None with a problem without a closed front matter."""
    lines = text.split("\n")
    if lines[0].rstrip() == "---":
        for number, line in enumerate(lines[1:], start=1):
            if line.startswith(("## ", "```")):
                break  # the text has begun; a “---” further down divides screens
            if line.rstrip() == "---":
                return "\n".join(lines[1:number]) + "\n", "\n".join(lines[number + 1 :]), number + 2
    problems.add(
        "missing-front-matter",
        file,
        1,
        "Thiếu phần khai báo đầu bài, hoặc phần ấy chưa có dòng “---” khép lại.",
        "Dòng đầu tiên là “---”, sau các khóa lại có một dòng “---”. "
        "Lệnh “python build_handbook.py new <nhóm>/<bài>” tạo sẵn mẫu.",
    )
    return None


def find_headings(body: str, first_line: int = 1) -> tuple[Heading, ...]:
    """The Markdown headings of `body` outside code and comments."""
    return tuple(
        Heading(len(heading[1]), heading[2], number)
        for number, line in enumerate(blank_code(body, read=frozenset()).split("\n"), start=first_line)
        if (heading := _HEADING.match(line))
    )


def _check_sections(headings: tuple[Heading, ...], body_line: int, file: str, problems: Problems) -> None:
    order = list(SECTIONS)
    seen: dict[str, int] = {}
    furthest = -1
    for heading in headings:
        if heading.level != 2:
            continue
        if heading.text not in SECTIONS:
            close = difflib.get_close_matches(heading.text, order, n=1)
            problems.add(
                "unknown-section",
                file,
                heading.line,
                f"Không có phần tên “{heading.text}”.",
                f"Viết “## {close[0]}”." if close else f"Dùng “###” cho mục nhỏ; các phần của bài: {', '.join(order)}.",
            )
            continue
        if heading.text in seen:
            problems.add(
                "duplicate-section",
                file,
                heading.line,
                f"Phần “{heading.text}” đã có ở dòng {seen[heading.text]}.",
                "Gộp hai phần làm một.",
            )
            continue
        seen[heading.text] = heading.line
        place = order.index(heading.text)
        if place < furthest:
            problems.add(
                "misplaced-section",
                file,
                heading.line,
                f"Phần “{heading.text}” đứng sau “{order[furthest]}”.",
                f"Xếp theo thứ tự: {', '.join(order)}.",
            )
        furthest = max(furthest, place)
    for title, required in SECTIONS.items():
        if required and title not in seen:
            after = next((seen[t] for t in reversed(order[: order.index(title)]) if t in seen), body_line)
            problems.add(
                "missing-section",
                file,
                after,
                f"Thiếu phần “{title}”.",
                f"Thêm dòng “## {title}” và nội dung của phần này, đúng thứ tự.",
            )

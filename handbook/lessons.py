"""One lesson file in, one Lesson out: its front matter, typed, and its body, with the sections in their order."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictInt

from handbook.curriculum import Slug, Source, Text, read_text
from handbook.problems import Problems
from handbook.vietnamese import house_spelling, is_nfc, slugify
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

_FENCE = re.compile(r"^(?:[ \t]*|[ \t]*[-*+] +|[ \t]*\d+[.)] +)(`{3,}|~{3,})")
_HEADING = re.compile(r"^(#{1,6})[ \t]*([^#\s].*?)[ \t]*#*$")


class FrontMatter(BaseModel):
    """The declaration on top of a lesson. `minutes` is reading and doing together."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    title: Annotated[str, Field(min_length=1, max_length=80)]
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
class Lesson:
    """A lesson as written. `id` is `<group>/<slug>`, `body` its Markdown, which starts on line `body_line`."""

    id: str
    file: str
    front_matter: FrontMatter
    declared: YamlSource
    body: str
    body_line: int
    headings: tuple[Heading, ...]

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


def read_lesson(root: Path, path: Path, problems: Problems) -> Lesson | None:
    """Read one lesson file below `root/docs`. Reports every problem of the file; None when it cannot be used."""
    file = path.relative_to(root).as_posix()
    lesson_id = path.relative_to(root / "docs").with_suffix("").as_posix()
    text = read_text(root, path, problems)
    if text is None:
        return None
    check_letters(text, file, problems)
    if slugify(path.stem) != path.stem:
        problems.add(
            "wrong-file-name",
            file,
            1,
            f"Tên tệp “{path.name}” không dùng làm địa chỉ được.",
            f"Đổi tên tệp thành “{slugify(path.stem) or 'ten-bai'}.md”.",
        )
    split = split_front_matter(text, file, problems)
    if split is None:
        return None
    declaration, body, body_line = split
    source = parse_yaml(declaration, file, problems, first_line=2)
    front_matter = validate(source, FrontMatter, problems) if source else None
    headings = find_headings(body, body_line)
    _check_sections(headings, body_line, file, problems)
    if source is None or front_matter is None:
        return None
    if front_matter.reviewed and front_matter.reviewed < front_matter.updated:
        problems.add(
            "review-outdated",
            file,
            source.line(("reviewed",)),
            f"Bài sửa ngày {front_matter.updated:%d/%m/%Y}, sau lần duyệt {front_matter.reviewed:%d/%m/%Y}.",
            "Để trống “reviewed:” cho đến khi bài được duyệt lại.",
        )
    return Lesson(lesson_id, file, front_matter, source, body, body_line, headings)


def split_front_matter(text: str, file: str, problems: Problems) -> tuple[str, str, int] | None:
    """(declaration, body, line on which the body starts), or None with a problem without a closed front matter."""
    lines = text.split("\n")
    if lines[0].rstrip() == "---":
        for number, line in enumerate(lines[1:], start=1):
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
    """The Markdown headings of `body` outside fenced code."""
    found = []
    fence = ""
    for number, line in enumerate(body.split("\n"), start=first_line):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif fence and line.strip().startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
        elif not fence and (heading := _HEADING.match(line)):
            found.append(Heading(len(heading[1]), heading[2], number))
    return tuple(found)


def check_letters(text: str, file: str, problems: Problems) -> None:
    """Vietnamese written the way search, sorting and fonts expect it."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not is_nfc(line):
            problems.add(
                "not-nfc",
                file,
                number,
                "Dòng này có chữ Việt ở dạng tách dấu (Unicode tổ hợp), tìm kiếm sẽ không thấy.",
                "Gõ lại dòng bằng bộ gõ đặt ở “Unicode dựng sẵn”.",
            )
            line = ""
        spelled = house_spelling(line)
        if spelled != line:
            written, wanted = next((a, b) for a, b in zip(line.split(), spelled.split(), strict=True) if a != b)
            problems.add(
                "tone-placement",
                file,
                number,
                f"“{written}” đặt dấu khác lối viết chung của cẩm nang.",
                f"Viết “{wanted}”.",
            )
        control = next(
            (c for c in line if (ord(c) < 32 and c != "\t") or c in "\u200b\ufeff\ufffd\u2028\u2029\x7f"), ""
        )
        if control:
            problems.add(
                "hidden-character",
                file,
                number,
                f"Dòng này có ký tự ẩn U+{ord(control):04X}, thường do chép từ nơi khác.",
                "Xóa ký tự đó hoặc gõ lại dòng.",
            )


def _check_sections(headings: tuple[Heading, ...], body_line: int, file: str, problems: Problems) -> None:
    order = list(SECTIONS)
    seen: dict[str, int] = {}
    furthest = -1
    for heading in headings:
        if heading.level == 1:
            problems.add(
                "heading-level",
                file,
                heading.line,
                f"Tiêu đề “# {heading.text}” trùng vai với tên bài.",
                "Tên bài lấy từ “title”; trong bài dùng “##” và “###”.",
            )
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
    last = 2
    for heading in headings:
        if heading.level > last + 1:
            problems.add(
                "heading-level",
                file,
                heading.line,
                f"Tiêu đề “{heading.text}” nhảy cấp.",
                f"Dùng “{'#' * (last + 1)}” cho tiêu đề này.",
            )
        last = max(heading.level, 2)
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

"""What the files of `curriculum/` and `docs/` have in common: how they are read, and the kinds of values in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, HttpUrl

from handbook.checks.characters import check_declaration
from handbook.checks.letters import check_letters
from handbook.problems import Problems
from handbook.yaml_source import YamlSource, parse_yaml, validate

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
LessonId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, Field(min_length=1)]
M = TypeVar("M", bound=BaseModel)


class Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Source(Entry):
    """Where a fact comes from, and when it was last looked up there."""

    title: Text
    url: HttpUrl
    accessed: date


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


def read_file(
    root: Path, path: Path, model: type[M], problems: Problems, listed_as: str = "", **extra: object
) -> tuple[YamlSource | None, M | None]:
    """A YAML file as a `model`, checked for characters that cannot be printed. `extra` adds values not in the file.

    `listed_as`: the file is one list, which becomes this key of the model.
    """
    text = read_text(root, path, problems)
    if text is None:
        return None, None
    file = path.relative_to(root).as_posix()
    check_letters(text, file, problems)
    source = parse_yaml(text, file, problems)
    if source is None:
        return None, None
    if listed_as:
        source = source.below(listed_as)
    read = validate(source, model, problems, **extra)
    if read:
        check_declaration(source, problems)
    return source, read


def read_folder(
    root: Path, folder: Path, model: type[M], problems: Problems
) -> dict[str, tuple[YamlSource | None, M | None]]:
    """Every `*.yml` of a folder as a `model` with its `slug`, by the name of the file."""
    for path in sorted(folder.glob("*.yaml")):
        problems.add(
            "wrong-file-type",
            path.relative_to(root).as_posix(),
            1,
            "Tệp này không được đọc: tên kết thúc bằng .yaml.",
            f"Đổi tên thành “{path.stem}.yml”.",
        )
    return {path.stem: read_file(root, path, model, problems, slug=path.stem) for path in sorted(folder.glob("*.yml"))}


def repeated(items: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int, int]]:
    """(item, its line, the line where it stood first) for each item that stands again."""
    first: dict[str, int] = {}
    for item, line in items:
        if item in first:
            yield item, line, first[item]
        first.setdefault(item, line)


def report_repeated(source: YamlSource, ids: Iterable[tuple[str, int]], problems: Problems) -> None:
    """A problem for each id that stands twice in one file."""
    for item, line, first in repeated(ids):
        problems.add(
            "duplicate-id",
            source.file,
            line,
            f"Mã “{item}” đã dùng ở dòng {first}.",
            "Đặt mã khác cho một trong hai mục.",
        )

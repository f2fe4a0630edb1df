"""YAML text in; plain data out, with the line on which each value stands, so that a problem can name it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from handbook.problems import Problems

KeyPath = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class YamlSource:
    """Parsed YAML of one file (or of a lesson's front matter)."""

    file: str
    data: Any
    lines: Mapping[KeyPath, int]

    def line(self, path: Iterable[str | int] = ()) -> int:
        """The line of the value at `path`, or of the nearest value around it."""
        wanted = tuple(path)
        while wanted and wanted not in self.lines:
            wanted = wanted[:-1]
        return self.lines.get(wanted, 1)

    def below(self, key: str) -> YamlSource:
        """The same with all its data under one key: a file that is one list, read as a record."""
        return YamlSource(self.file, {key: self.data}, {(key, *path): line for path, line in self.lines.items()})


class _Loader(yaml.CSafeLoader):
    """The safe loader of libyaml, which every wheel of PyYAML carries, with the YAML 1.2 booleans: `no` is a word."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def parse_yaml(text: str, file: str, problems: Problems, first_line: int = 1) -> YamlSource | None:
    """Parse `text`, which starts at `first_line` of `file`. Reports broken YAML and repeated keys; None if broken."""
    loader = _Loader(text)
    lines: dict[KeyPath, int] = {}
    try:
        _refuse_aliases(text)
        node = loader.get_single_node()
        if node is None:
            return YamlSource(file, None, {(): first_line})
        _note_lines(node, (), first_line, lines, file, problems)
        data = loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problems.add(
            "yaml-syntax",
            file,
            first_line + (mark.line if mark else 0),
            "Không đọc được phần khai báo YAML tại đây.",
            "Kiểm tra dấu hai chấm, thụt lề (dùng dấu cách, không dùng phím Tab) và dấu ngoặc kép: "
            "giá trị có dấu “: ” hoặc “#” phải đặt trong ngoặc kép.",
        )
        return None
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        # A control character, an impossible date (2026-02-31), a list as a key: PyYAML gives these no mark.
        problems.add(
            "yaml-syntax",
            file,
            first_line,
            "Phần khai báo YAML có ký tự lạ hoặc ngày tháng không có thật.",
            "Gõ lại phần khai báo bằng tay; ngày viết dạng 2026-11-21.",
        )
        return None
    finally:
        loader.dispose()
    return YamlSource(file, data, lines)


def _refuse_aliases(text: str) -> None:
    """Refuse `*alias`: no editor needs one, and a few nested ones can fill any memory."""
    for event in yaml.parse(text, Loader=_Loader) if "*" in text else ():
        if isinstance(event, yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem="an alias", problem_mark=event.start_mark)  # type: ignore[arg-type]


def _note_lines(
    node: yaml.Node,
    path: KeyPath,
    first_line: int,
    lines: dict[KeyPath, int],
    file: str,
    problems: Problems,
) -> None:
    lines.setdefault(path, first_line + node.start_mark.line)
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _note_lines(item, (*path, index), first_line, lines, file, problems)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*path, key.value if isinstance(key.value, str) else str(key.value))
            line = first_line + key.start_mark.line
            if here in lines:
                problems.add(
                    "duplicate-key",
                    file,
                    line,
                    f"Khóa “{here[-1]}” viết hai lần (lần đầu ở dòng {lines[here]}).",
                    "Giữ lại một lần, xóa lần kia.",
                )
            lines[here] = line
            _note_lines(value, here, first_line, lines, file, problems)


def validate(source: YamlSource, model: type[M], problems: Problems, **extra: Any) -> M | None:
    """`source` as a `model`; every mismatch becomes a problem with its line. `extra` adds values not in the file."""
    if not isinstance(source.data, dict):
        first = next(key for key in model.model_fields if key not in extra)
        problems.add(
            "wrong-type",
            source.file,
            source.line(),
            "Tệp này phải gồm các dòng “khóa: giá trị”.",
            f"Bắt đầu bằng “{first}: …”; xem một tệp cùng loại làm mẫu.",
        )
        return None
    for key in extra.keys() & source.data.keys():
        problems.add("unknown-key", source.file, source.line((key,)), *_unknown_key(key, model))
    try:
        return model.model_validate({**source.data, **extra})
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            path = tuple(part for part in detail["loc"] if part != "[key]")
            code, message, remedy = _explain(detail, model)
            problems.add(code, source.file, source.line(path), message, remedy)
        return None


_KINDS = {
    "string": ("một dòng chữ", "Viết chữ; nếu là số hoặc có dấu “: ” thì đặt trong ngoặc kép."),
    "int": ("một số nguyên", "Viết số không có ngoặc kép, ví dụ 12."),
    "date": ("một ngày", "Viết ngày dạng năm-tháng-ngày, ví dụ 2026-11-21."),
    "bool": ("true hoặc false", "Viết true hoặc false."),
    "tuple": ("một danh sách", "Viết mỗi mục trên một dòng bắt đầu bằng “- ”, hoặc [mục một, mục hai]."),
    "dict": ("các dòng “khóa: giá trị”", "Viết mỗi dòng một “khóa: giá trị”, thụt vào hai dấu cách."),
    "model": ("các dòng “khóa: giá trị”", "Viết mỗi dòng một “khóa: giá trị”, thụt vào hai dấu cách."),
}


def _explain(detail: Any, model: type[BaseModel]) -> tuple[str, str, str]:
    """A pydantic error in the editors' words: code, message, remedy."""
    kind: str = detail["type"]
    names = [str(part) for part in detail["loc"] if not isinstance(part, int)]
    key = names[-1] if names else ""
    context = detail.get("ctx", {})
    if kind == "missing":
        return "missing-key", f"Thiếu khóa “{key}”.", f"Thêm dòng “{key}: …”."
    if kind == "extra_forbidden":
        return "unknown-key", *_unknown_key(key, _model_at(model, detail["loc"][:-1]))
    if kind == "literal_error":
        return (
            "unknown-value",
            f"“{key}: {detail['input']}” không có trong danh sách.",
            f"Dùng một trong: {context['expected'].replace(' or ', ', ')}.",
        )
    if kind in {"string_too_short", "too_short"}:
        return "empty-value", f"Khóa “{key}” đang để trống hoặc quá ngắn.", f"Viết nội dung cho “{key}”."
    if kind in {"string_too_long", "too_long"}:
        most = context["max_length"]
        return "too-long", f"Khóa “{key}” dài quá {most}.", f"Rút còn nhiều nhất {most}."
    if kind in {"greater_than_equal", "less_than_equal"}:
        bound = f"từ {context['ge']}" if "ge" in context else f"đến {context['le']}"
        return "out-of-range", f"“{key}: {detail['input']}” ngoài khoảng cho phép.", f"Viết một số {bound}."
    if kind == "string_pattern_mismatch":
        return (
            "wrong-form",
            f"“{key}: {detail['input']}” không đúng dạng.",
            "Chỉ dùng chữ thường không dấu, số và gạch nối, ví dụ nguoi-dan.",
        )
    if kind.startswith("url"):
        return (
            "wrong-url",
            f"“{key}: {detail['input']}” không phải địa chỉ trang web.",
            "Viết đủ địa chỉ, bắt đầu bằng https://.",
        )
    if kind == "value_error":
        return "wrong-value", str(context["error"]), f"Sửa “{key}” như lời báo."
    wanted, remedy = _KINDS.get(kind.split("_")[0], ("một giá trị khác", "Xem một tệp cùng loại làm mẫu."))
    where = f"Khóa “{key}”" if key else "Chỗ này"
    return "wrong-type", f"{where} phải là {wanted}, đang là “{detail['input']}”.", remedy


def _model_at(model: type[BaseModel], path: Iterable[Any]) -> type[BaseModel] | None:
    """The model whose keys are expected at `path`, for suggestions; None where any key is."""
    current: Any = model
    for part in path:
        if isinstance(part, int):
            continue
        field = getattr(current, "model_fields", {}).get(part)
        if field is None:
            return None
        inner = [field.annotation, *getattr(field.annotation, "__args__", ())]
        current = next((t for t in inner if isinstance(t, type) and issubclass(t, BaseModel)), None)
    return current if isinstance(current, type) else None


def _unknown_key(key: str, model: type[BaseModel] | None) -> tuple[str, str]:
    known = list(model.model_fields) if model else []
    close = difflib.get_close_matches(key, known, n=1)
    remedy = f"Có phải “{close[0]}” không?" if close else f"Xóa dòng này; các khóa được dùng: {', '.join(known)}."
    return f"Khóa “{key}” không có trong mẫu.", remedy

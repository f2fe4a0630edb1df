"""What is wrong, where, and what to write instead: every check reports in this one form."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Severity = Literal["error", "warning"]

_SEVERITY_WORDS: dict[Severity, str] = {"error": "lỗi", "warning": "lưu ý"}


@dataclass(frozen=True, order=True)
class Problem:
    """One thing an editor has to mend.

    `file` is relative to the project's folder, `line` counts from 1, `code` names the rule and never
    changes its meaning, `message` says what is wrong and `remedy` what to write instead (Vietnamese).
    """

    file: str
    line: int
    code: str
    message: str
    remedy: str
    severity: Severity = "error"

    def __str__(self) -> str:
        word = _SEVERITY_WORDS[self.severity]
        return f"{self.file}:{self.line}: {word} [{self.code}] {self.message}\n    → {self.remedy}"


class Problems:
    """Collects the problems of one run, so that an editor sees all of them at once."""

    def __init__(self, found: Iterable[Problem] = ()) -> None:
        self._found: set[Problem] = set(found)

    def add(
        self,
        code: str,
        file: Path | str,
        line: int,
        message: str,
        remedy: str,
        severity: Severity = "error",
    ) -> None:
        self._found.add(Problem(str(file), max(line, 1), code, message, remedy, severity))

    def __iter__(self) -> Iterator[Problem]:
        """Sorted by file and line: the order in which an editor would go through them."""
        return iter(sorted(self._found))

    def __len__(self) -> int:
        return len(self._found)

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self if problem.severity == "error"]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self if problem.severity == "warning"]

    def stop_on_errors(self) -> None:
        """Raise HandbookError when there is at least one error."""
        if self.errors:
            raise HandbookError(self)


class HandbookError(Exception):
    """The handbook cannot be built as it stands; `problems` says why."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


def as_text(problems: Iterable[Problem]) -> str:
    """For a person at a terminal: two lines a problem, then the count."""
    listed = list(problems)
    if not listed:
        return "Không có lỗi nào."
    errors = sum(problem.severity == "error" for problem in listed)
    total = f"{errors} lỗi, {len(listed) - errors} lưu ý."
    return "\n".join([*map(str, listed), total])


def as_json(problems: Iterable[Problem]) -> str:
    """For programs: a list of {file, line, code, severity, message}; the message ends with the remedy."""
    rows = [
        {
            "file": problem.file,
            "line": problem.line,
            "code": problem.code,
            "severity": problem.severity,
            "message": f"{problem.message} → {problem.remedy}",
        }
        for problem in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_github(problems: Iterable[Problem]) -> str:
    """For GitHub: workflow commands that show each problem beside its line in a pull request."""
    return "\n".join(
        f"::{problem.severity} file={_escape_property(problem.file)},line={problem.line},"
        f"title={_escape_property(problem.code)}::{_escape(problem.message)} → {_escape(problem.remedy)}"
        for problem in problems
    )


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")


FORMATS = {"text": as_text, "json": as_json, "github": as_github}

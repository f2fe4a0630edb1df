"""`curriculum/editorial.yml` in: words that lessons may use as they are, and justified exceptions to rules of thumb."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from handbook.entries import Entry, Slug, Text, read_file
from handbook.problems import Problem, Problems
from handbook.yaml_source import YamlSource

_FILE = "curriculum/editorial.yml"


class RuleException(Entry):
    """A warning that the editors accept: of which rule, in which file, about what, and why."""

    code: Slug
    file: Text
    about: str = ""
    """A piece of the warning's message; nothing: every warning of this rule in the file."""
    reason: Text

    def covers(self, problem: Problem) -> bool:
        return (
            problem.severity == "warning"
            and (problem.code, problem.file) == (self.code, self.file)
            and self.about.casefold() in problem.message.casefold()
        )


class HouseRules(Entry):
    known_words: tuple[Text, ...] = ()
    exceptions: tuple[RuleException, ...] = ()


def read_house_rules(root: Path, problems: Problems) -> tuple[YamlSource | None, HouseRules]:
    """The file and its rules; no exceptions where there is no file or a broken one."""
    path = root / _FILE
    if not path.exists():
        return None, HouseRules()
    source, rules = read_file(root, path, HouseRules, problems)
    return source, rules or HouseRules()


def without_exceptions(
    found: Iterable[Problem], source: YamlSource | None, rules: HouseRules, problems: Problems
) -> None:
    """Add to `problems` what is `found` and no exception covers; warn of exceptions that cover nothing any more."""
    used = set()
    for problem in found:
        covering = next((i for i, exception in enumerate(rules.exceptions) if exception.covers(problem)), None)
        if covering is None:
            problems.add(
                problem.code, problem.file, problem.line, problem.message, problem.remedy, severity=problem.severity
            )
        used.add(covering)
    for i, exception in enumerate(rules.exceptions):
        if source and i not in used:
            problems.add(
                "stale-exception",
                source.file,
                source.line(("exceptions", i)),
                f"Ngoại lệ “{exception.code}” của {exception.file} không còn lời nhắc nào để miễn.",
                "Xóa ngoại lệ này.",
                severity="warning",
            )

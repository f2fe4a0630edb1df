"""Every way an editor may break a file: a precise problem, exit 1, no traceback, and the last site untouched.

Each case is a file in tests/cases/broken/: the edits to make to the real handbook, and the problems expected of it. A
problem's `line` is a number, or words: the line of the edited file where they first stand. `never` lists codes that no
problem may have: what follows from the mistake is not a mistake of its own.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from handbook.cli import main

CASES = sorted((Path(__file__).parent / "cases" / "broken").glob("*.yml"))
BUILT = CASES[::3]
LAST_GOOD = "bản dựng lần trước"


def apply(project: Path, edit: dict[str, Any]) -> None:
    """One edit: `replace: [old, new]`, `write`, `latin1`, `copy` (of another file) or `delete`."""
    path = project / edit["file"]
    path.parent.mkdir(parents=True, exist_ok=True)
    if "replace" in edit:
        old, new = edit["replace"]
        text = path.read_text(encoding="utf-8")
        assert old in text, f"the case no longer fits the handbook: {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    elif "write" in edit:
        path.write_text(edit["write"], encoding="utf-8")
    elif "latin1" in edit:
        path.write_bytes(edit["latin1"].encode("latin-1"))
    elif "copy" in edit:
        shutil.copy(project / edit["copy"], path)
    elif edit.get("delete"):
        path.unlink()
    else:
        raise AssertionError(f"unknown edit {edit}")


def line_of(project: Path, problem: dict[str, Any]) -> int:
    """The line on which a case expects its problem."""
    wanted = problem["line"]
    if isinstance(wanted, int):
        return wanted
    text = (project / problem["file"]).read_text(encoding="utf-8")
    assert wanted in text, f"the case expects a line that is not there: {wanted!r}"
    return text.count("\n", 0, text.index(wanted)) + 1


def prepare(case: Path, project: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Break the project as the case says; returns the case, and the problems it expects with their lines."""
    text = case.read_text(encoding="utf-8")
    described = yaml.safe_load(text)
    if "huong-dan/" not in text:
        shutil.rmtree(project / "docs" / "huong-dan")  # the guides take more time to read than the lessons
    for edit in described["edits"]:
        apply(project, edit)
    return described, [problem | {"line": line_of(project, problem)} for problem in described["expect"]]


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_check_names_the_problem(case: Path, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    described, expected = prepare(case, project)
    assert main(["--root", str(project), "check", "--format", "json"]) == 1
    listed = json.loads(capsys.readouterr().out)
    assert all(set(row) == {"file", "line", "code", "severity", "message"} for row in listed)
    assert not {row["code"] for row in listed} & set(described.get("never", ()))
    for problem in expected:
        place = (problem["file"], problem["line"], problem["code"], "error")
        found = [row for row in listed if (row["file"], row["line"], row["code"], row["severity"]) == place]
        assert found, f"{place} is not among\n{listed}"
        assert any(problem["says"] in row["message"] for row in found)


@pytest.mark.parametrize("case", BUILT, ids=lambda path: path.stem)
def test_build_stops_and_leaves_the_site(case: Path, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The build reads as `check` does; a third of the cases show that it stops as it should."""
    _, expected = prepare(case, project)
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text(LAST_GOOD, encoding="utf-8")

    code = main(["--root", str(project), "build"])

    said = capsys.readouterr()
    assert code == 1
    assert "Traceback" not in said.err + said.out
    for problem in expected:
        head = f"{problem['file']}:{problem['line']}: lỗi [{problem['code']}]"
        assert head in said.err, f"{head}\n--- was said:\n{said.err}"
        told = said.err[said.err.index(head) :].split("\n")
        assert problem["says"] in "\n".join(told[:2])
    assert [path.name for path in (project / "site").iterdir()] == ["index.html"]
    assert (project / "site" / "index.html").read_text(encoding="utf-8") == LAST_GOOD


def test_there_are_thirty_ways_and_more() -> None:
    assert len(BUILT) >= 30

"""The command line as an editor meets it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from handbook.cli import main
from handbook.problems import Problem, as_github
from tests.conftest import ROOT


def test_help_names_every_command_in_vietnamese(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    assert stopped.value.code == 0
    said = capsys.readouterr().out
    for command in ("build", "serve", "check", "new", "report"):
        assert f"    {command} " in said
    assert "Cách dùng" in said
    for english in ("usage", "options", "positional", "show this help"):
        assert english not in said
    for command in ("build", "serve", "check", "new", "report"):
        with pytest.raises(SystemExit):
            main([command, "--help"])
        assert "Cách dùng" in capsys.readouterr().out


def test_a_wrong_call_says_where_to_look(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["bild"])
    assert stopped.value.code == 2
    assert "--help" in capsys.readouterr().err


def test_check_is_quiet_on_the_real_handbook(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(ROOT), "check"]) == 0
    assert capsys.readouterr().out == "Không có lỗi nào.\n"
    assert main(["--root", str(ROOT), "check", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_check_can_be_asked_for_some_files(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for lesson in ("nguoi-dan/vneid-muc-2.md", "can-bo/hoi-tro-ly-ai.md"):
        path = project / "docs" / lesson
        path.write_text(path.read_text(encoding="utf-8").replace("## Ghi nhớ", "## Ghi"), encoding="utf-8")
    assert main(["--root", str(project), "check", str(project / "docs" / "can-bo")]) == 1
    said = capsys.readouterr().out
    assert "can-bo/hoi-tro-ly-ai.md" in said and "vneid" not in said
    assert main(["--root", str(project), "check", str(project / "docs" / "kinh-doanh")]) == 0


def test_github_format_points_at_the_line() -> None:
    line = as_github([Problem("docs/a,b.md", 7, "x", "Sai 100%\nhai dòng", "Sửa")])
    assert line == "::error file=docs/a%2Cb.md,line=7,title=x::Sai 100%25%0Ahai dòng → Sửa"


def test_new_makes_a_lesson_that_lacks_only_its_place_on_a_path(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(project), "new", "nguoi-dan/doi-mat-khau", "--title", 'Đổi "mật khẩu": ba bước']) == 0
    capsys.readouterr()
    main(["--root", str(project), "check", "--format", "json"])
    rows = json.loads(capsys.readouterr().out)
    assert {row["code"] for row in rows if row["severity"] == "error"} == {"lesson-on-no-path"}
    path = project / "curriculum" / "groups" / "nguoi-dan.yml"
    path.write_text(path.read_text(encoding="utf-8") + "      - nguoi-dan/doi-mat-khau\n", encoding="utf-8")
    assert main(["--root", str(project), "check"]) == 0


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Bài mới", "Viết như"),
        ("nguoi-dan/Đổi mật khẩu", "nguoi-dan/doi-mat-khau"),
        ("nhom-la/bai", "Không có nhóm"),
        ("nguoi-dan/vneid-muc-2", "không ghi đè"),
        ("../nguoi-dan/x", "Viết như"),
    ],
)
def test_new_refuses_kindly(project: Path, capsys: pytest.CaptureFixture[str], name: str, says: str) -> None:
    before = sorted((project / "docs").rglob("*"))
    assert main(["--root", str(project), "new", name]) == 1
    assert says in capsys.readouterr().err
    assert sorted((project / "docs").rglob("*")) == before


def test_report_shows_paths_and_competences(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(ROOT), "report"]) == 0
    said = capsys.readouterr().out
    assert "Định danh điện tử" in said and "Người dân nông thôn" in said
    lessons = len([path for path in (ROOT / "docs").glob("*/*.md") if path.parent.name != "huong-dan"])
    assert re.search(rf"Cả cẩm nang .* {lessons} ", said)
    assert "eTax Mobile" in said and "kinh-doanh/etax-mobile" in said
    assert "Hai bài giống nhau nhất" in said


def test_the_door_says_what_to_do_without_its_packages(tmp_path: Path) -> None:
    """On a bare Python the door names the one command that helps."""
    door = tmp_path / "build_handbook.py"
    door.write_text((ROOT / "build_handbook.py").read_text(encoding="utf-8"), encoding="utf-8")
    done = subprocess.run([sys.executable, "-I", "-S", str(door), "build"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "make" in done.stderr and "Traceback" not in done.stderr

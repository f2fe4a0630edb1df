"""The build as a whole: the same bytes from the same input, and a whole site at every moment."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from handbook.making import build_date
from handbook.manuscript import Manuscript
from handbook.swap import MARK, BuildRunning, UnsafeFolder, _exchange, put_in_place, workshop
from tests.conftest import ROOT, SAID, copy_project, run_build

SOME_DAY = "1767312000"  # 2026-01-02


def fingerprint(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_two_builds_in_two_folders_are_byte_identical(small_site: Path, tmp_path: Path) -> None:
    project = copy_project(tmp_path / "a longer name, với dấu")
    done = run_build(project, project / "site", PYTHONHASHSEED="1")
    assert done.returncode == 0, done.stderr
    first, second = fingerprint(small_site), fingerprint(project / "site")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_no_path_of_the_machine_is_in_the_output(site: Path) -> None:
    for path in site.rglob("*"):
        if path.is_file() and path.suffix in {".html", ".js", ".css", ".json", ".xml", ".pdf"}:
            assert str(ROOT).encode() not in path.read_bytes(), path


def test_the_date_is_the_commit_s_unless_said_otherwise(
    tmp_path: Path, manuscript: Manuscript, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    newest = max(lesson.front_matter.updated for lesson in manuscript.handbook.lessons.values())
    assert build_date(tmp_path, manuscript).date() == newest  # no repository: the newest lesson

    def git(*arguments: str) -> None:
        identity = {
            "GIT_AUTHOR_NAME": "a",
            "GIT_AUTHOR_EMAIL": "a@b",
            "GIT_COMMITTER_NAME": "a",
            "GIT_COMMITTER_EMAIL": "a@b",
        }
        dates = {"GIT_COMMITTER_DATE": "2026-03-04T05:06:07Z", "GIT_AUTHOR_DATE": "2026-03-04T05:06:07Z"}
        subprocess.run(
            ["git", *arguments], cwd=tmp_path, check=True, capture_output=True, env={**os.environ, **identity, **dates}
        )

    git("init")
    git("commit", "--allow-empty", "-m", "x")
    assert build_date(tmp_path, manuscript) == datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", SOME_DAY)
    assert build_date(tmp_path, manuscript) == datetime(2026, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize("after", [0.2, 0.6, 1.0, 1.5, 2.0])
def test_a_build_killed_at_any_moment_leaves_the_last_site(project: Path, after: float) -> None:
    site = project / "site"
    site.mkdir()
    (site / "index.html").write_text("bản tốt", encoding="utf-8")
    command = [sys.executable, str(ROOT / "build_handbook.py"), "--root", str(project), "build"]
    process = subprocess.Popen(
        command, cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    time.sleep(after)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    # Whole either way: the old one, or, had the build just finished, the new one.
    assert (site / "index.html").read_text(encoding="utf-8") == "bản tốt" or (site / "ban-in" / "cam-nang.pdf").exists()
    if after == 1.0:
        done = run_build(project, site)
        assert done.returncode == 0, done.stderr
        assert (site / "ban-in" / "cam-nang.pdf").exists()
        assert not (project / ".site-work").exists()


def test_a_stage_that_fails_leaves_the_last_site(project: Path) -> None:
    site = project / "site"
    site.mkdir()
    (site / "index.html").write_text("bản tốt", encoding="utf-8")
    template = project / "print" / "lesson.typ"
    template.write_text(
        template.read_text(encoding="utf-8").replace("#let lesson-head(", "#let lesson-hat("), encoding="utf-8"
    )
    done = run_build(project, site)
    assert done.returncode == 1
    assert "print-failed" in done.stderr and "Traceback" not in done.stderr
    assert (site / "index.html").read_text(encoding="utf-8") == "bản tốt"

    page = project / "overrides" / "lesson.html"
    template.write_text((ROOT / "print" / "lesson.typ").read_text(encoding="utf-8"), encoding="utf-8")
    page.write_text(page.read_text(encoding="utf-8") + "{% khong_co %}", encoding="utf-8")
    done = run_build(project, site)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "overrides/lesson.html" in done.stderr
    assert (site / "index.html").read_text(encoding="utf-8") == "bản tốt"


def test_the_summary_says_what_was_made(small_site: Path) -> None:
    said = (small_site.parent / SAID).read_text(encoding="utf-8")
    assert re.search(
        r"Xong sau [\d.]+ giây: 6 nhóm, 12 bài, \d+ trang web, 3[0-9] tệp PDF \(\d+ trang in\), 0 lưu ý\.", said
    )
    assert said.rstrip().endswith("site/index.html")
    assert "\x1b[" not in said  # plain where there is no terminal


def test_folders_are_exchanged_in_one_step(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        (folder / "name").write_text(folder.name)
    if sys.platform in {"linux", "darwin"}:
        assert _exchange(one, other)
        assert (one / "name").read_text() == "other"


def test_a_folder_is_replaced_whole_even_without_an_exchange(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handbook.swap._exchange", lambda one, other: False)
    target = tmp_path / "site"
    for words in ("một", "hai"):
        new = tmp_path / "new"
        new.mkdir()
        (new / "index.html").write_text(words, encoding="utf-8")
        put_in_place(new, target)
        assert (target / "index.html").read_text(encoding="utf-8") == words
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_two_builds_of_one_site_do_not_meet(tmp_path: Path) -> None:
    with workshop(tmp_path / "site", tmp_path) as folder:
        (folder / "left").write_text("dở dang", encoding="utf-8")
        with pytest.raises(BuildRunning), workshop(tmp_path / "site", tmp_path):
            pass
        assert (folder / "left").exists()
    with workshop(tmp_path / "site", tmp_path) as folder:
        assert list(folder.iterdir()) == []


def test_nothing_but_a_built_site_is_ever_replaced(project: Path) -> None:
    for name in (".", "..", "docs", "docs/nguoi-dan", "handbook"):
        (project / "handbook").mkdir(exist_ok=True)
        before = fingerprint(project)
        done = run_build(project, (project / name).resolve())
        assert done.returncode == 1, name
        assert "Không dựng vào đó" in done.stderr and "Traceback" not in done.stderr
        assert fingerprint(project) == before
    elsewhere = project.parent / "giấy tờ của tôi"
    elsewhere.mkdir()
    (elsewhere / "thư.txt").write_text("giữ lại", encoding="utf-8")
    with pytest.raises(UnsafeFolder), workshop(elsewhere, project):
        pass
    (elsewhere / MARK).touch()
    with workshop(elsewhere, project):
        pass


@pytest.mark.parametrize("wrong", ["hôm nay", "²", "99999999999999999999"])
def test_an_impossible_date_is_said(project: Path, wrong: str) -> None:
    done = run_build(project, project / "site", SOURCE_DATE_EPOCH=wrong)
    assert done.returncode == 1
    assert "wrong-date" in done.stderr and "Traceback" not in done.stderr

"""A province edits YAML, never code: rename, add or drop a group, and the whole handbook follows."""

from __future__ import annotations

from pathlib import Path

from lxml import html

from handbook.book import read_handbook
from handbook.problems import Problems
from tests.conftest import run_build

NEW_GROUP = """
title: Ngư dân
short_title: Ngư dân
order: 5
icon: material/ferry
audience: Người đi biển dài ngày, lên bờ mới có sóng.
outcomes:
  - Làm giấy tờ trong một lần lên bờ.
needs:
  dinh-danh-dien-tu: basic
path:
  - title: Lên bờ làm ngay
    goal: Một buổi là xong.
    lessons:
      - nguoi-dan/vneid-muc-2
      - nguoi-lao-dong/quet-ma-qr
      - can-bo/hoi-tro-ly-ai
"""


def cards(project: Path) -> list[str]:
    home = html.fromstring((project / "site" / "index.html").read_bytes())
    return [" ".join(card.text_content().split()) for card in home.xpath("//*[@class='group-card-title']")]


def rebuilt(project: Path) -> Path:
    done = run_build(project, project / "site")
    assert done.returncode == 0, done.stderr
    return project / "site"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_province_renames_adds_and_drops_groups_in_yaml_alone(project: Path) -> None:
    groups = project / "curriculum" / "groups"
    edit(groups / "kinh-doanh.yml", "title: Tiểu thương, hộ kinh doanh, hợp tác xã", "title: Bà con buôn bán")
    (groups / "ngu-dan.yml").write_text(NEW_GROUP, encoding="utf-8")
    edit(groups / "can-bo.yml", "order: 10", "order: 10\nactive: false")

    site = rebuilt(project)

    shown = cards(project)
    assert len(shown) == 6
    assert shown[0] == "Ngư dân"
    assert "Bà con buôn bán" in shown
    assert not any("Cán bộ" in card for card in shown)
    assert (site / "ban-in" / "ngu-dan.pdf").exists()
    assert not (site / "ban-in" / "can-bo.pdf").exists()
    # A lesson of the dropped group stays where another path needs it, and goes where none does.
    assert (site / "can-bo" / "hoi-tro-ly-ai" / "index.html").exists()
    assert not (site / "can-bo" / "index.html").exists()
    assert not (site / "can-bo" / "ho-tro-tai-quay").exists()
    lesson = html.fromstring((site / "nguoi-dan" / "vneid-muc-2" / "index.html").read_bytes())
    assert lesson.xpath("//nav[@data-path='ngu-dan']//a[contains(., 'Quét mã QR')]")


def test_one_group_is_a_handbook_too(project: Path) -> None:
    for path in (project / "curriculum" / "groups").glob("*.yml"):
        if path.stem != "nguoi-cao-tuoi":
            edit(path, "order:", "active: false\norder:")
    # Its lessons point to lessons that are now hidden: the links are reported, not left to break.
    done = run_build(project, project / "site")
    assert done.returncode == 0, done.stderr
    assert cards(project) == ["Người cao tuổi, người khuyết tật"]


def test_the_whole_book_holds_each_lesson_once_where_it_lives() -> None:
    problems = Problems()
    handbook = read_handbook(Path(__file__).parent.parent, problems)
    assert handbook, list(problems)
    printed = [lesson.id for stages in handbook.book_chapters.values() for _, lessons in stages for lesson in lessons]
    assert sorted(printed) == sorted(handbook.lessons)
    for group, stages in handbook.book_chapters.items():
        assert all(lesson.folder == group for _, lessons in stages for lesson in lessons)

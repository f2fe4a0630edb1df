"""Class plans and blank forms: what the checks say of them, their pages, their prints; and what has to be taught."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from lxml import html
from playwright.sync_api import Browser
from pypdf import PdfReader

from handbook.cli import main
from handbook.manuscript import Manuscript
from tests.conftest import PHONE

PLAN = {
    "title": "Lớp thử",
    "description": "Một lớp để thử.",
    "order": 1,
    "groups": ["nguoi-dan"],
    "audience": "Ai cũng được.",
    "place": "Nhà văn hóa",
    "learners": 12,
    "helpers": 4,
    "prepare": ["Ghế."],
    "sessions": [
        {
            "title": "Buổi một",
            "minutes": 60,
            "goal": "Làm được một việc.",
            "steps": [
                {"minutes": 20, "activity": "Chào hỏi."},
                {"minutes": 40, "activity": "Làm theo bài.", "lesson": "nguoi-dan/vneid-muc-2"},
            ],
        }
    ],
    "offline": ["Dùng bản in."],
    "success": ["Mỗi người tự làm được."],
    "forms": ["danh-sach-tham-du"],
}


def found(project: Path, capsys: pytest.CaptureFixture[str], plan: object) -> dict[str, str]:
    """Code → severity of what `check` says of a plan."""
    path = project / "curriculum" / "courses" / "lop-thu.yml"
    path.write_text(yaml.safe_dump(plan, allow_unicode=True), encoding="utf-8")
    main(["--root", str(project), "check", "--format", "json", str(path)])
    return {row["code"]: row["severity"] for row in json.loads(capsys.readouterr().out)}


def changed(**session: object) -> dict[str, object]:
    return PLAN | {"sessions": [PLAN["sessions"][0] | session]}  # type: ignore[index]


def test_a_plan_that_adds_up_is_quiet(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert found(project, capsys, PLAN) == {}


@pytest.mark.parametrize("minutes", [55, 65])
def test_minutes_have_to_add_up(project: Path, capsys: pytest.CaptureFixture[str], minutes: int) -> None:
    assert found(project, capsys, changed(minutes=minutes)) == {"minutes-do-not-add-up": "warning"}


def test_a_lesson_needs_its_minutes_or_a_part_to_teach(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    step: dict[str, object] = {"minutes": 10, "activity": "Làm.", "lesson": "nguoi-dan/vneid-muc-2"}
    assert found(project, capsys, changed(minutes=10, steps=[step])) == {"lesson-does-not-fit": "warning"}
    step["part"] = "Phần 4. Xem giấy tờ của mình"
    assert found(project, capsys, changed(minutes=10, steps=[step])) == {}
    step["part"] = "Phần 9"
    assert found(project, capsys, changed(minutes=10, steps=[step])) == {"unknown-part": "error"}


def test_names_in_a_plan_are_names_of_something(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    step = {"minutes": 60, "activity": "Làm.", "lesson": "nguoi-dan/khong-co"}
    plan = changed(steps=[step]) | {"groups": ["nhom-la"], "forms": ["mau-la"]}
    errors = {"unknown-lesson": "error", "unknown-group": "error", "unknown-form": "error"}
    assert found(project, capsys, plan) == errors


def test_a_part_belongs_to_a_lesson(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = [{"minutes": 60, "activity": "Làm.", "part": "Phần 1"}]
    assert found(project, capsys, changed(steps=steps))["wrong-value"] == "error"


def test_a_system_that_loses_its_lesson_stops_everything(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    systems = project / "curriculum" / "systems.yml"
    entry = "- {id: bao-hiem, title: Bảo hiểm, apps: [VssID], competences: [bao-hiem-y-te], groups: [nguoi-lao-dong]}\n"
    systems.write_text(entry, encoding="utf-8")
    assert main(["--root", str(project), "check", str(systems)]) == 0
    lesson = project / "docs" / "nguoi-lao-dong" / "tra-cuu-vssid.md"
    lesson.write_text(lesson.read_text(encoding="utf-8").replace("apps: [VssID, VNeID]", "apps: []"), encoding="utf-8")
    capsys.readouterr()
    assert main(["--root", str(project), "check", str(systems)]) == 1
    assert "curriculum/systems.yml:1: lỗi [system-untaught]" in capsys.readouterr().out


def test_a_need_without_a_lesson_is_a_warning(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    group = project / "curriculum" / "groups" / "kinh-doanh.yml"
    text = group.read_text(encoding="utf-8")
    new = "needs:\n  tra-cuu-dat-dai: basic\n  thanh-toan-so: advanced\npath:"
    group.write_text(text[: text.index("needs:")] + new + text[text.index("path:") + 5 :], encoding="utf-8")
    main(["--root", str(project), "check", "--format", "json", str(group)])
    rows = json.loads(capsys.readouterr().out)
    assert {row["code"]: row["severity"] for row in rows} == {
        "competence-untaught": "warning",
        "competence-below-level": "warning",
    }


def test_every_plan_has_its_page_with_links_to_its_lessons(site: Path, manuscript: Manuscript) -> None:
    courses = manuscript.handbook.courses
    assert len(courses) >= 8
    for course in courses:
        page = html.fromstring((site / "khoa-hoc" / course.slug / "index.html").read_bytes())
        links = page.xpath("//ol[@class='timetable']//a/@href")
        for lesson in course.lesson_ids:
            assert any(lesson in link for link in links), (course.slug, lesson)
        assert sum(session.planned for session in course.sessions) == course.minutes


def test_a_plan_prints_on_two_sheets_at_most_and_a_form_on_one(site: Path, manuscript: Manuscript) -> None:
    for course in manuscript.handbook.courses:
        reader = PdfReader(site / "ban-in" / "khoa-hoc" / f"{course.slug}.pdf")
        assert len(reader.pages) <= 2, course.slug
        addresses = {
            entry["/A"]["/URI"]
            for page in reader.pages
            for annotation in page.get("/Annots", ())
            if "/URI" in (entry := annotation.get_object())["/A"]
        }
        for lesson in course.lesson_ids:
            assert any(lesson in address for address in addresses), (course.slug, lesson)
    for form in manuscript.handbook.curriculum.forms:
        assert len(PdfReader(site / "ban-in" / "mau" / f"{form.id}.pdf").pages) == 1, form.id


def test_the_matrix_says_who_learns_what(site: Path, manuscript: Manuscript) -> None:
    handbook = manuscript.handbook
    page = html.fromstring((site / "nang-luc" / "index.html").read_bytes())
    rows = page.xpath("//table[@class='matrix']//tr[td]")
    assert len(rows) == len(handbook.curriculum.framework.competences)
    assert not page.xpath("//table[@class='matrix']//span[text()='○' or text()='◐']"), "a need is not taught"
    for _, taught in handbook.systems_taught:
        for _, lessons in taught:
            assert lessons


def test_on_a_phone_the_names_of_the_matrix_stay_in_sight(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{address}nang-luc/")
    page.evaluate("document.querySelector('.table-scroll').scrollIntoView({ behavior: 'instant' })")
    page.evaluate("document.querySelector('.table-scroll').scrollLeft = 300")
    hidden = page.locator(".matrix tr > th:first-child").evaluate_all(
        """names => names.filter((name) => {
          const words = document.createRange();
          words.selectNodeContents(name);
          return [...words.getClientRects()].some(({ left, right, top, bottom }) => {
            if (top < 70 || bottom > innerHeight) return false;
            return ![left + 1, right - 1].every((x) => name.contains(document.elementFromPoint(x, (top + bottom) / 2)));
          });
        }).map((name) => name.textContent)"""
    )
    assert not hidden
    page.close()

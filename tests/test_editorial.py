"""How lessons read: each rule of thumb on small passages, and the whole handbook within its limits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from handbook.checks.editorial import (
    MAX_SHARED,
    MAX_STEPS,
    Vocabulary,
    check_audience,
    check_lesson,
    check_shared,
)
from handbook.checks.page import Page
from handbook.cli import main
from handbook.house_rules import HouseRules, RuleException, without_exceptions
from handbook.manuscript import Manuscript
from handbook.markup.glossary import Term
from handbook.markup.rendering import Renderer
from handbook.problems import Problem, Problems
from handbook.prose import lesson_sentences, sentence_lengths, shared_shares
from handbook.yaml_source import YamlSource
from tests.conftest import ROOT

CASES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests" / "cases" / "editorial.yml").read_text(encoding="utf-8"))
LESSON = """## Mục tiêu

{says}

## Các bước

{steps}

```screen
app: Zalo
button: Gửi
tap: Gửi
```

## Thực hành

```practice
- Gửi một tin.
```

## Tự kiểm tra

```quiz
? Một?
+ Có
> Đúng.
- Không
> Sai.
? Hai?
+ Có
> Đúng.
- Không
> Sai.
? Ba?
+ Có
> Đúng.
- Không
> Sai.
```

## Ghi nhớ

- Một.
- Hai.
- Ba.
"""
VOCABULARY = Vocabulary([Term("ma-otp", ("mã OTP", "OTP"), "", ""), Term("ai", ("AI",), "", "")], {"zalo"})


def page(text: str, name: str = "nhom/bai") -> Page:
    rendered = Renderer().render(text)
    return Page(name, f"docs/{name}.md", text, 1, rendered.body, True)


def warnings(text: str, minutes: int = 2, guarded: bool = False) -> list[str]:
    problems = Problems()
    check_lesson(page(text), minutes, guarded, VOCABULARY, problems)
    assert not problems.errors
    return [problem.code for problem in problems]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["does"])
def test_passage(case: dict[str, Any]) -> None:
    steps = "\n".join(f"{number}. {step}" for number, step in enumerate(case.get("steps", ["Gửi tin."]), start=1))
    text = LESSON.format(says=case.get("says", "Gửi được tin."), steps=steps)
    found = [code for code in warnings(text) if code != "minutes-off"]
    assert found == case["expect"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("```screen\napp: Zalo\nbutton: Gửi\ntap: Gửi\n```", "", "missing-screens"),
        ("```practice\n- Gửi một tin.\n```", "Gửi một tin.", "missing-practice"),
        ("? Ba?\n+ Có\n> Đúng.\n- Không\n> Sai.\n", "", "number-of-questions"),
        ("- Ba.", "", "number-of-reminders"),
    ],
)
def test_what_a_lesson_must_bring(old: str, new: str, code: str) -> None:
    text = LESSON.format(says="Gửi được tin.", steps="1. Gửi tin.")
    assert old in text
    assert code not in warnings(text)
    assert code in warnings(text.replace(old, new))


def test_a_lesson_about_money_or_strangers_warns_of_fraud() -> None:
    text = LESSON.format(says="Gửi được tin.", steps="1. Gửi tin.")
    assert "missing-scam" in warnings(text, guarded=True)
    scam = "## Cảnh giác\n\n```scam\ntitle: A\nbait: B.\nsign: C.\ndo: D.\ncall: 113 | Công an\n```\n\n## Thực hành"
    assert "missing-scam" not in warnings(text.replace("## Thực hành", scam), guarded=True)


def test_minutes_fit_the_length() -> None:
    text = LESSON.format(says="Gửi được tin. " * 200, steps="1. Gửi tin.")
    assert "minutes-off" not in warnings(text, minutes=4)
    assert "minutes-off" in warnings(text, minutes=1)
    assert "minutes-off" in warnings(text, minutes=30)


def test_a_copied_lesson_is_noticed() -> None:
    first = LESSON.format(says="Gửi được tin.", steps="1. Gửi tin.")
    problems = Problems()
    check_shared({"nhom/a": page(first, "nhom/a"), "nhom/b": page(first, "nhom/b")}, problems)
    assert [(problem.code, problem.file) for problem in problems] == [("shared-passages", "docs/nhom/a.md")]


def test_exceptions_are_named_and_go_when_they_are_not_needed() -> None:
    found = Problem("docs/a.md", 3, "long-sentence", "Câu dài 26 tiếng: “Luật”", "Tách.", "warning")
    rules = HouseRules(
        exceptions=(
            RuleException(code="long-sentence", file="docs/a.md", about="luật", reason="Tên văn bản."),
            RuleException(code="long-sentence", file="docs/b.md", reason="Tên văn bản."),
        )
    )
    left = Problems()
    source = YamlSource("curriculum/editorial.yml", {}, {("exceptions", 0): 2, ("exceptions", 1): 5})
    without_exceptions([found], source, rules, left)
    assert [(problem.code, problem.line) for problem in left] == [("stale-exception", 5)]
    # An error is never excused.
    error = Problem("docs/b.md", 3, "long-sentence", "Câu dài", "Tách.")
    left = Problems()
    without_exceptions([found, error], source, rules, left)
    assert error in list(left)


def test_the_handbook_reads_aloud(manuscript: Manuscript) -> None:
    """The limits that the handbook set itself: median and 95th percentile, steps a list, sentences in common."""
    bodies = {lesson: manuscript.texts[lesson].body for lesson in manuscript.handbook.lessons}
    lengths = sentence_lengths(bodies.values())
    assert lengths[len(lengths) // 2] <= 14
    assert lengths[int(len(lengths) * 0.95)] <= 24
    for lesson, body in bodies.items():
        for steps in body.xpath(".//section[@data-section='cac-buoc']//ol[not(@class)]"):
            assert len(steps) <= MAX_STEPS, lesson
    assert max(shared_shares(lesson_sentences(bodies)).values()) <= MAX_SHARED


def test_every_lesson_is_whole(manuscript: Manuscript) -> None:
    handbook = manuscript.handbook
    assert len(handbook.lessons) >= 60
    competences = handbook.curriculum.framework.competences
    for group in handbook.groups:
        assert sum(lesson.folder == group.slug for lesson in handbook.lessons.values()) >= 8
        assert 10 <= len(group.lesson_ids) <= 14
    for name, lesson in handbook.lessons.items():
        body = manuscript.texts[name].body
        assert body.xpath(".//figure[contains(@class, 'screen')]"), name
        assert body.xpath(".//lesson-practice") and body.xpath(".//lesson-quiz"), name
        assert body.xpath(".//section[@data-section='danh-cho-nguoi-huong-dan']"), name
        if any(competences[competence].guarded for competence in lesson.front_matter.competences):
            assert body.xpath(".//lesson-scam"), name


def test_check_tells_how_a_lesson_reads(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lesson = project / "docs" / "nguoi-dan" / "vneid-muc-2.md"
    lesson.write_text(
        lesson.read_text(encoding="utf-8").replace("Nhập passcode.", "Nhập passcode rồi chọn giấy tờ.", 1)
    )
    assert main(["--root", str(project), "check", str(lesson)]) == 0
    assert "[joined-actions]" in capsys.readouterr().out


def test_a_passage_for_a_group_that_never_comes_by_is_noticed() -> None:
    text = LESSON.format(says="/// audience | nguoi-dan, can-bo\nGửi cho xã.\n///", steps="1. Gửi tin.")
    rendered = Renderer({"nguoi-dan": "Người dân", "can-bo": "Cán bộ"}).render(text)
    problems = Problems()
    check_audience(Page("nhom/bai", "docs/nhom/bai.md", text, 1, rendered.body, True), {"nguoi-dan"}, problems)
    assert [(problem.code, problem.line) for problem in problems] == [("audience-off-path", 3)]
    assert "can-bo" in next(iter(problems)).message

"""Every mistake in a component's few lines: one precise fault, with the line inside the block and what to write.

Each case is a file in tests/cases/faults/. The components run in plain Python-Markdown here, as anybody may use them.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from markdown import Markdown

from handbook.markup.audience import AudienceExtension
from handbook.markup.fences import faults_of
from handbook.markup.practice import PracticeExtension
from handbook.markup.quiz import QuizExtension
from handbook.markup.scam import ScamExtension
from handbook.markup.screens import ScreensExtension

CASES = sorted((Path(__file__).parent / "cases" / "faults").glob("*.yml"))


def component_markdown() -> Markdown:
    components = [ScreensExtension(), QuizExtension(), PracticeExtension(), ScamExtension()]
    groups = {"nguoi-cao-tuoi": "Người cao tuổi", "nguoi-dan": "Người dân"}
    return Markdown(extensions=[*components, AudienceExtension(groups=groups)], output_format="xhtml")


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_case(case: Path) -> None:
    described = yaml.safe_load(case.read_text(encoding="utf-8"))
    markdown = component_markdown()
    markdown.convert(described["text"])
    found = [(fault.line, fault.code, f"{fault.message} {fault.remedy}") for fault in faults_of(markdown)]
    hits = [words for line, code, words in found if (line, code) == (described["line"], described["code"])]
    assert len(hits) == 1, found
    assert described["says"] in hits[0]


def test_there_are_forty_mistakes_and_more() -> None:
    assert len(CASES) >= 40


def test_a_fault_free_text_has_none_and_a_second_text_starts_afresh() -> None:
    markdown = component_markdown()
    markdown.convert("```quiz\n```\n")
    assert faults_of(markdown)
    markdown.reset().convert("```practice\n- Mở máy\n```\n")
    assert not faults_of(markdown)


def test_code_fences_are_left_alone() -> None:
    markdown = component_markdown()
    html = markdown.convert("````text\n```quiz\nkhông phải câu hỏi\n```\n````\n")
    assert not faults_of(markdown)
    assert "lesson-quiz" not in html

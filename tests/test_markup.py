"""Markdown in; the page's HTML and the print tree out, compared with small files a person can read."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree

from handbook.images import ImageShelf
from handbook.markup import render
from handbook.markup.links import resolve_references
from handbook.markup.rendering import Renderer
from handbook.markup.vocabulary import ELEMENTS
from handbook.printing import tree
from handbook.printing.tree import Unprintable, print_tree
from handbook.problems import Problems
from handbook.site.html import Pictures, text_html
from tests.conftest import ROOT

CASES = Path(__file__).parent / "cases" / "markup"


@dataclass(frozen=True)
class Source:
    body: str
    file: str = "docs/thu/bai.md"
    body_line: int = 1


def rendered(text: str) -> etree._Element:
    problems = Problems()
    result = render(Source(text), Renderer(), problems)
    assert result, list(problems)
    resolve_references(result.body, "thu/bai")
    return result.body


def compare(path: Path, got: str) -> None:
    if os.environ.get("UPDATE_CASES"):
        path.write_text(got, encoding="utf-8")
    assert got == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "case", sorted(path for path in CASES.glob("*.md") if path.name != "README.md"), ids=lambda p: p.stem
)
def test_case(case: Path, tmp_path: Path) -> None:
    picture = tmp_path / "thu" / "hinh" / "thu.svg"
    picture.parent.mkdir(parents=True)
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 75"/>', encoding="utf-8")
    body = rendered(case.read_text(encoding="utf-8"))
    made = text_html(body, "../../", Pictures(lambda names: "", ImageShelf(tmp_path)))
    drawings = "".join(f"\n\n{file.svg}" for file in made.drawings)
    compare(case.with_suffix(".html"), f"{made.body.strip()}{drawings}\n")
    printed = print_tree(body)
    etree.indent(printed, space=" ")
    compare(case.with_suffix(".xml"), etree.tostring(printed, encoding="unicode") + "\n")


def test_each_piece_of_text_reaches_paper_once() -> None:
    """Nothing vanishes on the way from page to paper, and nothing but addresses is added."""
    body = rendered((CASES / "everything.md").read_text(encoding="utf-8"))
    on_paper = print_tree(body)
    words = set(re.findall(r"\w+", " ".join(body.itertext()))) - {"1"}
    spoken = " ".join([*on_paper.itertext(), *(e.get("title", "") + " " + e.get("label", "") for e in on_paper.iter())])
    assert words - set(re.findall(r"\w+", spoken)) == set()


def test_print_draws_every_element_it_is_given() -> None:
    """The print tree's vocabulary and the functions of the templates are the same list."""
    drawn: set[str] = set()
    for file, table in (("elements.typ", "#let elements = "), ("components.typ", "#let components = (")):
        typst = (ROOT / "print" / file).read_text(encoding="utf-8")
        drawn |= set(re.findall(r"(?:^|, |\s)([a-z]\w*): (?:draw|flow|\()", typst[typst.index(table) :]))
    parts = {"li", "dt", "dd", "thead", "tbody", "tr", "th", "td"}  # drawn by their list or table
    parts |= {"question", "option", "reason", "task"}  # drawn by their quiz or practice
    assert drawn == tree.ELEMENTS - parts


def test_every_element_of_the_vocabulary_prints() -> None:
    nested = {
        "li",
        "dt",
        "dd",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "summary",
        "figcaption",
        "label",
        "input",
        "section",
    }
    drawing = {"svg", "rect", "circle", "path", "text"}
    plain = {tag for tag in ELEMENTS if not tag.startswith("lesson-")} - nested - drawing
    for tag in plain:
        print_tree(etree.fromstring(f'<div><p>a</p><{tag} src="x.svg" alt="x" href="#y"/></div>'))


def test_an_unknown_element_is_refused_not_dropped() -> None:
    with pytest.raises(Unprintable, match="video"):
        print_tree(etree.fromstring("<div><video/></div>"))


def test_broken_html_is_a_problem_with_its_line() -> None:
    problems = Problems()
    assert render(Source("Một.\n\n<b>Hai\n\nBa.", body_line=10), Renderer(), problems) is None
    (problem,) = problems
    assert (problem.code, problem.line) == ("broken-html", 12)

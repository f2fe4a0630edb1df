"""Vietnamese text: the cases are shared with the script that rewrites queries in the browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handbook import vietnamese

CASES = json.loads((Path(__file__).parent / "cases" / "vietnamese.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("function", "given", "wanted"),
    [(name, given, wanted) for name in ("house_spelling", "fold", "slugify") for given, wanted in CASES[name]],
)
def test_case(function: str, given: str, wanted: str) -> None:
    assert getattr(vietnamese, function)(given) == wanted


def test_the_index_form_folds_like_a_diacritic_and_keeps_its_letters() -> None:
    assert vietnamese.for_index("Đi đâu") == "D\u0335i d\u0335âu"

"""What a machine can check of accessibility: axe-core on every kind of page, in every scheme, on a phone and a desktop;
large targets; and a lesson as a screen reader meets it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.conftest import DESKTOP, PHONE, whole

CASES = Path(__file__).parent / "cases"
PAGES = {
    "home": "",
    "group": "nguoi-cao-tuoi/",
    "lesson": "nguoi-dan/vneid-muc-2/",
    "money lesson": "nguoi-lao-dong/quet-ma-qr/",
    "editors' guide": "huong-dan/viet-bai/",
    "search": "tim-kiem/?q=quet+ma",
    "prints": "ban-in/",
    "glossary": "tu-ngu/",
    "settings": "cai-dat/",
    "courses": "khoa-hoc/",
    "course": "khoa-hoc/sang-o-cho/",
    "framework": "nang-luc/",
    "sources": "nguoi-dan/nguon/",
    "404": "khong-co-trang-nay",
}

# All that axe knows of WCAG 2.2 A and AA, its advice, and of AAA the contrast of 7:1.
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}


SMALL_TARGETS = """() => {
  const touched = "button, summary, select, input:not([type=hidden]), .button, nav a, .group-card, .lesson-card, "
    + ".path-link, .site-footer li a, .site-name";
  const told = [];
  for (const one of document.querySelectorAll(touched)) {
    if (!one.checkVisibility({ visibilityProperty: true })) continue;
    const area = one.matches("[type=radio], [type=checkbox]") ? one.closest("label") ?? one : one;
    const { width, height } = area.getBoundingClientRect();
    if (width && (height < 47.5 || width < 47.5)) told.push(`${one.outerHTML.slice(0, 90)} ${width}×${height}`);
  }
  return told;
}"""


# What a colour can break.
COLOUR_RULES = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]},
    "resultTypes": ["violations"],
}


def violations(page: Page, rules: dict[str, Any] = RULES) -> list[str]:
    found = Axe().run(page, options=rules).response["violations"]
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport=PHONE if width == 360 else DESKTOP, base_url=address)
    page = whole(context.new_page())
    found = {}

    def look(name: str) -> None:
        for theme, rules in (("light", RULES), ("dark", COLOUR_RULES), ("contrast", COLOUR_RULES)):
            # As first.js does for what the reader chose (test_memory.py).
            page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
            if broken := violations(page, rules):
                found[name, theme] = broken

    for name, path in PAGES.items():
        page.goto(path)
        page.wait_for_load_state("networkidle")
        look(name)
    page.goto(PAGES["lesson"])
    page.locator("header [data-open-search]").click()
    page.locator("#search-dialog input[name=q]").fill("quet ma")
    page.locator('#search-dialog [data-state="done"]').wait_for()
    look("search dialog")
    page.keyboard.press("Escape")
    page.locator("lesson-screens button", has_text="Tập thử").first.click()
    page.locator(".try").wait_for()
    page.locator(".choice label").first.click()
    look("practice and quiz")
    context.close()
    assert found == {}


def test_everything_to_touch_is_large(browser: Browser, address: str) -> None:
    """48 CSS pixels each way, but for links within sentences and lists of text, which WCAG excepts."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, base_url=address)
    page = whole(context.new_page())
    small = {}
    for name in ("home", "group", "lesson", "search", "settings", "prints"):
        page.goto(PAGES[name])
        page.wait_for_load_state("networkidle")
        found = page.evaluate(SMALL_TARGETS)
        if found:
            small[name] = found
    context.close()
    assert small == {}


def test_a_lesson_is_heard_as_it_is_written(browser: Browser, small_address: str) -> None:
    """The accessibility tree of a whole lesson, as a golden file to be read by people."""
    context = browser.new_context(viewport=PHONE, base_url=small_address)
    page = whole(context.new_page())
    page.goto(PAGES["lesson"])
    page.wait_for_load_state("networkidle")
    heard = page.locator("body").aria_snapshot() + "\n"
    context.close()
    golden = CASES / "lesson-heard.yml"
    if os.environ.get("UPDATE_CASES"):
        golden.write_text(heard, encoding="utf-8")
    assert heard == golden.read_text(encoding="utf-8")

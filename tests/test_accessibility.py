"""What a machine can check of accessibility: axe-core on every kind of page, light and dark, on a phone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.conftest import PHONE, whole

PAGES = {
    "home": "",
    "group": "nguoi-cao-tuoi/",
    "lesson": "nguoi-dan/vneid-muc-2/",
    "money lesson": "nguoi-lao-dong/quet-ma-qr/",
    "editors' guide": "huong-dan/viet-bai/",
    "search": "tim-kiem/?q=quet+ma",
    "prints": "ban-in/",
    "glossary": "tu-ngu/",
    "404": "khong-co-trang-nay",
}


def violations(page: object) -> list[str]:
    found = Axe().run(page).response["violations"]  # type: ignore[arg-type]
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme, base_url=address)  # type: ignore[arg-type]
    page = whole(context.new_page())
    found = {}
    for name, path in PAGES.items():
        page.goto(path)
        page.wait_for_load_state("networkidle")
        if broken := violations(page):
            found[name] = broken
    page.goto(PAGES["lesson"])
    page.locator("header [data-open-search]").click()
    if broken := violations(page):
        found["search dialog"] = broken
    page.keyboard.press("Escape")
    page.locator("lesson-screens button", has_text="Tập thử").first.click()
    if broken := violations(page):
        found["practice"] = broken
    context.close()
    assert found == {}

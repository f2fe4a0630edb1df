"""`?embed=1`: a lesson shown inside another app, as its reader meets it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.conftest import PHONE

LESSON = "nguoi-dan/vneid-muc-2/"
CHROME = (".site-header", ".site-footer", ".path-map", ".crumbs", ".lesson-foot .actions")


@pytest.fixture
def context(browser: Browser, small_address: str) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, base_url=small_address)
    context.set_default_timeout(10_000)
    yield context
    context.close()


def expect_bare(page: Page) -> None:
    for part in CHROME:
        expect(page.locator(f"{part}:visible")).to_have_count(0)
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_frame_is_gone_before_the_first_paint(context: BrowserContext) -> None:
    """Without any of the scripts that come after the first paint."""
    context.route("**/*.js", lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{LESSON}?embed=1#theo-nguoi-lao-dong")
    expect_bare(page)
    page.goto(f"{LESSON}?embed=10")
    expect(page.locator(".site-header")).to_be_visible()


def test_a_reader_stays_inside_until_they_ask_for_the_whole(context: BrowserContext, small_address: str) -> None:
    page = context.new_page()
    page.goto(f"{LESSON}?embed=1#theo-nguoi-lao-dong")
    expect(page.locator(".embed-whole a")).to_have_text("Mở trong Cẩm nang")
    page.locator(".path-link.next:visible").tap()
    expect(page.locator("h1")).to_contain_text("VssID")
    assert "embed=1" in page.url
    expect_bare(page)
    page.locator(".path-link.previous:visible").tap()
    expect(page.locator("h1")).to_contain_text("VNeID")
    expect_bare(page)
    page.locator(".toc summary").tap()
    page.locator(".toc a", has_text="Ghi nhớ").tap()
    expect(page.locator("#ghi-nho")).to_be_in_viewport()
    expect_bare(page)
    page.locator(".embed-whole a").tap()
    page.wait_for_url(lambda url: "embed" not in url)
    assert page.url.startswith(f"{small_address}{LESSON}")
    expect(page.locator(".site-header")).to_be_visible()
    expect(page.locator(".embed-whole")).to_have_count(0)
    assert len(context.pages) == 1


def test_a_link_pressed_before_the_scripts_came_stays_inside(context: BrowserContext) -> None:
    context.route("**/*.js", lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{LESSON}?embed=1#theo-nguoi-lao-dong")
    page.locator(".path-link.next:visible").tap()
    expect(page.locator("h1")).to_contain_text("VssID")
    expect_bare(page)
    context.unroute_all()
    page.reload()
    page.wait_for_url("**/?embed=1*")  # and says so
    expect_bare(page)
    page.locator(".embed-whole a").tap()
    page.wait_for_url(lambda url: "embed" not in url)
    expect(page.locator(".site-header")).to_be_visible()


def test_in_a_frame_other_sites_open_beside(context: BrowserContext, small_address: str) -> None:
    def frame(route: Route) -> None:
        body = f'<iframe src="/{LESSON}?embed=1" width="340" height="700"></iframe>'
        route.fulfill(body=body, content_type="text/html")

    context.route("**/ung-dung", frame)
    context.route(re.compile(r"^https?://(?!127\.0\.0\.1)"), lambda route: route.fulfill(body="Trang khác"))
    page = context.new_page()
    page.goto("ung-dung")
    inside = page.frame_locator("iframe")
    inside.locator("html[data-ready]").wait_for(state="attached")
    inside.get_by_role("link", name="Nguồn tham khảo").click()
    expect(inside.locator(".embed-whole a")).to_have_attribute("target", "_blank")
    with context.expect_page() as opened:
        inside.locator("main li a[rel=noopener]").first.click()
    assert not opened.value.url.startswith(small_address)
    expect(inside.locator("h1")).to_contain_text("Nguồn tham khảo")


def test_without_script_the_page_is_whole(browser: Browser, small_address: str) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, base_url=small_address)
    page = context.new_page()
    page.goto(f"{LESSON}?embed=1")
    expect(page.locator(".site-header")).to_be_visible()
    expect(page.locator(".path-link.next:visible")).to_have_count(1)
    context.close()

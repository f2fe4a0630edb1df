"""Search as a learner uses it: in a real browser, on the built site, as typed on a cheap phone."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from handbook.manuscript import Manuscript
from tests.conftest import PHONE, until, whole

CASES = Path(__file__).parent / "cases"
VNEID = "nguoi-dan/vneid-muc-2/"
PORTAL = "nguoi-dan/nop-ho-so-dich-vu-cong/"
LOGIN = "hoc-sinh-sinh-vien/dang-nhap-an-toan/"
QR = "nguoi-lao-dong/quet-ma-qr/"
FAKE_POLICE = "nguoi-cao-tuoi/lua-dao-cong-an/"
SELLING = "kinh-doanh/ban-hang-tren-mang/"


def results(page: Page, query: str, group: str = "") -> list[str]:
    """The addresses found for a query, best first, relative to the site."""
    page.goto(f"tim-kiem/?q={quote(query)}" + (f"&nhom={group}" if group else ""))
    page.wait_for_selector('[data-search-results][data-state="done"]')
    links = page.locator("[data-search-results] a.result-title")
    return [page.evaluate("link => new URL(link.href).pathname.slice(1)", link) for link in links.element_handles()]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("kích hoạt định danh mức 2", VNEID),
        ("kich hoat dinh danh", VNEID),
        ("dich vu cong", PORTAL),
        ("đăng nhập", LOGIN),
        ("dang nhap", LOGIN),
        ("đang nhap", LOGIN),
        ("ddang nhap", LOGIN),
        ("dangnhap", LOGIN),
        ("ĐĂNG NHẬP", LOGIN),
        (unicodedata.normalize("NFD", "đăng nhập"), LOGIN),
        ("quet ma", QR),
        ("lua dao cong an", FAKE_POLICE),
        ("ban hang tren mang", SELLING),
        ("CCCD", "nguoi-dan/can-cuoc-gan-chip/"),
        ("deepfake", "hoc-sinh-sinh-vien/anh-video-gia/"),
        ("vssid", "nguoi-lao-dong/tra-cuu-vssid/"),
        ("chatgpt", "can-bo/hoi-tro-ly-ai/"),
    ],
)
def test_the_right_lesson_comes_first(page: Page, query: str, first: str) -> None:
    assert results(page, query)[0] == first


def test_either_tone_placement_finds_the_same(page: Page) -> None:
    assert results(page, "mã hoá đơn khoẻ") == results(page, "mã hóa đơn khỏe")
    assert results(page, "xoá") == results(page, "xóa")


def test_a_group_filters(page: Page, manuscript: Manuscript) -> None:
    elders = next(group for group in manuscript.handbook.groups if group.slug == "nguoi-cao-tuoi")
    their_own = {f"{lesson}/" for lesson in elders.lesson_ids}
    assert not set(results(page, "ngan hang")) <= their_own
    for_elders = results(page, "ngan hang", "nguoi-cao-tuoi")
    assert for_elders
    assert set(for_elders) <= their_own
    assert page.locator("select[name=nhom]").input_value() == "nguoi-cao-tuoi"


def test_nothing_found_says_so_and_is_done(page: Page) -> None:
    assert results(page, "xyzzyq") == []
    expect(page.locator("[data-search-results]")).to_contain_text("Không thấy bài nào")


def test_excerpts_show_words_as_written_and_highlighted(page: Page) -> None:
    results(page, "dang nhap")
    first = page.locator(".result-excerpt").first
    marked = " ".join(first.locator("mark").all_inner_texts()).lower()
    assert "đăng" in marked
    assert "\u0335" not in page.locator("[data-search-results]").inner_text()


def test_nothing_of_search_is_loaded_before_it_is_opened(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("")
    page.wait_for_load_state("networkidle")
    page.goto(VNEID)
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "pagefind" in url or "search.js" in url]
    page.locator("header [data-open-search]").tap()
    page.locator("#search-dialog input[name=q]").fill("quet ma")
    page.wait_for_selector('#search-dialog [data-state="done"]')
    assert [url for url in asked if "pagefind/" in url]


def test_the_dialog_works_by_keyboard_and_gives_focus_back(page: Page) -> None:
    page.goto("")
    opener = page.locator("header [data-open-search]")
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("#search-dialog")
    expect(dialog).to_be_visible()
    expect(dialog.locator("input[name=q]")).to_be_focused()
    page.keyboard.type("dich vu cong")
    page.wait_for_selector('#search-dialog [data-state="done"]')
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_selector('#search-dialog [data-state="done"]')
    page.locator("#search-dialog a.result-title").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{PORTAL}")


def test_the_address_follows_the_query_and_back_returns_to_it(page: Page) -> None:
    page.goto("tim-kiem/")
    page.locator("main input[name=q]").fill("quet ma")
    page.wait_for_selector('[data-search-results][data-state="done"]')
    assert "q=quet+ma" in page.url
    page.locator("a.result-title").first.tap()
    page.wait_for_url(f"**/{QR}**")
    page.go_back()
    page.wait_for_selector('[data-search-results][data-state="done"]')
    assert page.locator("main input[name=q]").input_value() == "quet ma"


def test_a_broken_connection_is_said_kindly_and_can_be_tried_again(page: Page) -> None:
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto("tim-kiem/?q=quet+ma")
    page.wait_for_selector('[data-search-results][data-state="error"]')
    expect(page.locator("[data-search-results]")).to_contain_text("mạng yếu")
    page.unroute("**/pagefind/**")
    page.locator("main .search-form button").tap()
    page.wait_for_selector('[data-search-results][data-state="done"]')


def test_a_dialog_opened_offline_says_so_and_can_be_tried_again(browser: Browser, address: str) -> None:
    # A phone that keeps nothing: with a service worker the search goes on over what is kept (tests/test_offline.py).
    context = browser.new_context(viewport=PHONE, has_touch=True, base_url=address, service_workers="block")
    page = whole(context.new_page())
    page.goto(VNEID)
    opener, dialog = page.locator("header [data-open-search]"), page.locator("#search-dialog")
    output = dialog.locator("[data-search-results]")
    page.context.set_offline(True)
    opener.tap()
    expect(output).to_contain_text("mạng yếu")
    dialog.locator("input[name=q]").fill("quet ma")
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    expect(dialog).to_be_visible()
    expect(output).to_contain_text("mạng yếu")
    page.context.set_offline(False)
    page.keyboard.press("Enter")
    expect(output.locator(".result-title").first).to_contain_text("Quét mã QR")
    context.close()


def test_a_part_of_the_index_that_did_not_arrive_is_not_taken_for_nothing_found(page: Page) -> None:
    def lose(route: Route) -> None:
        # Pagefind itself has come; then the network goes.
        lost = "/index/" in route.request.url or route.request.method == "HEAD"
        route.abort() if lost else route.continue_()

    page.context.route("**/pagefind/**", lose)
    page.goto("tim-kiem/?q=quet+ma")
    page.wait_for_selector('[data-search-results][data-state="error"]')
    page.context.unroute("**/pagefind/**")
    page.locator("main .search-form button").tap()
    page.wait_for_selector('[data-search-results][data-state="done"]')
    expect(page.locator(".result-title").first).to_contain_text("Quét mã QR")


def test_two_quick_openings_make_one_search(page: Page) -> None:
    page.goto(VNEID)
    page.evaluate(
        """() => {
          const opener = document.querySelector('[data-open-search]');
          const dialog = () => document.querySelector('#search-dialog');
          opener.click(); dialog().close(); opener.click();
        }"""
    )
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#search-dialog input[name=q]").fill("quet ma")
    page.wait_for_selector('#search-dialog [data-state="done"]')
    assert len([url for url in asked if url.endswith("pagefind.js")]) == 1
    assert page.locator("#search-dialog .result-list").count() == 1


def test_a_result_on_the_same_page_closes_the_dialog(page: Page) -> None:
    page.goto(VNEID)
    page.locator("header [data-open-search]").tap()
    dialog = page.locator("#search-dialog")
    dialog.locator("input[name=q]").fill("kích hoạt định danh")
    page.wait_for_selector('#search-dialog [data-state="done"]')
    link = dialog.locator(f".result-places a[href*='{VNEID}']").first
    anchor = (link.get_attribute("href") or "").partition("#")[2]
    link.tap()
    expect(dialog).not_to_be_visible()
    expect(page.locator(f"[id='{anchor}']")).to_be_in_viewport()


def test_no_part_of_the_index_is_heavy(site: Path) -> None:
    sizes = [path.stat().st_size for path in (site / "pagefind" / "index").iterdir()]
    assert max(sizes) < 40_000, sizes


def test_more_results_are_shown_when_asked_for(page: Page) -> None:
    first = results(page, "thuế")
    assert len(first) == 10
    expect(page.locator(".search-status")).to_contain_text("Tìm thấy hơn 10 bài")
    page.get_by_role("button", name="Xem thêm").tap()
    until(page, "document.querySelectorAll('.result').length > 10")
    shown = page.locator(".result").count()
    expect(page.locator(".search-status")).to_have_text(f"Tìm thấy {shown} bài cho “thuế”.")
    expect(page.get_by_role("button", name="Xem thêm")).not_to_be_visible()
    expect(page.locator(".result-title").nth(10)).to_be_focused()


def test_without_script_every_lesson_is_listed(browser, address, manuscript) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto("tim-kiem/?q=abc")
    listed = page.locator(".all-lessons a").evaluate_all("links => links.map(link => new URL(link.href).pathname)")
    assert {path.strip("/") for path in listed} == set(manuscript.handbook.lessons)
    # Playwright switches scripts off without Chromium's showing <noscript>.
    assert "Bạn chọn bài trong danh sách dưới đây" in (
        page.locator("main :not(.icon) > noscript, main > noscript").text_content() or ""
    )
    context.close()


def test_queries_are_rewritten_as_the_index_is(page: Page) -> None:
    """The same cases as for handbook/vietnamese.py: two languages, one rule."""
    page.goto("")
    cases = json.loads((CASES / "vietnamese.json").read_text(encoding="utf-8"))
    scripts = page.evaluate("document.documentElement.dataset.scripts")
    for function, pairs in (
        ("houseSpelling", cases["house_spelling"]),
        ("forQuery", cases["for_query"]),
        ("fold", cases["fold"]),
    ):
        for given, wanted in pairs:
            call = (
                "async ([scripts, name, text]) => "
                "(await import(new URL(scripts + '/vietnamese.js', location)))[name](text)"
            )
            got = page.evaluate(call, [scripts, function, given])
            assert got == wanted, (function, given)


def test_who_comes_back_to_the_results_is_where_she_was(page: Page) -> None:
    page.goto("tim-kiem/?q=mat+khau")
    results = page.locator("[data-search-page] .result")
    expect(results.nth(5)).to_be_attached()
    results.nth(4).evaluate("result => result.scrollIntoView({ behavior: 'instant' })")
    place = page.evaluate("scrollY")
    assert place > 600
    page.reload()
    expect(results.nth(5)).to_be_attached()
    page.wait_for_timeout(300)
    assert abs(page.evaluate("scrollY") - place) < 60


@pytest.mark.parametrize("width", [320, 360])
def test_the_field_shows_what_is_asked_in_every_text_size(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    for size in range(1, 5):
        page.goto("")
        page.evaluate("size => localStorage.setItem('cam-nang', JSON.stringify({ version: 1, size }))", size)
        page.goto("")
        field = page.locator("main .search-form input")
        room = field.evaluate("field => (field.clientWidth - 30) / parseFloat(getComputedStyle(field).fontSize)")
        assert room > 7, size  # letters a little narrower than high: a dozen or more
        page.goto("tim-kiem/")
        edges = page.locator("main :is(.search-form, h1, input, select)").evaluate_all(
            "all => all.map(one => Math.round(one.getBoundingClientRect().right))"
        )
        assert max(edges) == edges[0], (size, edges)

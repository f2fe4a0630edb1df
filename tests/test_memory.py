"""What the phone remembers of a learner, and how the page looks by her choice: kept, survived, shown, forgotten."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.conftest import DESKTOP, PHONE, ROOT, until, whole
from tests.test_accessibility import violations

KEY = "cam-nang"
# A lesson on several paths; workers begin with it.
SHARED = "nguoi-dan/vneid-muc-2"
LESSON = "nguoi-cao-tuoi/goi-video"
COURSE = "khoa-hoc/sang-o-cho/"
BLANK = {
    "version": 1,
    "group": "",
    "start": 1,
    "size": 0,
    "theme": "",
    "speed": 1,
    "read": {},
    "ticks": {},
    "quiz": {},
    "place": None,
    "offer": "",
}
PLACE = {
    "lesson": SHARED,
    "title": "Kích hoạt tài khoản định danh mức 2 trên VNeID",
    "section": "cac-buoc",
    "heading": "Các bước",
    "path": "nguoi-lao-dong",
    "pathTitle": "Công nhân, người lao động",
    "next": {"url": "nguoi-lao-dong/tra-cuu-vssid/", "title": "Xem quá trình đóng bảo hiểm xã hội trên VssID"},
}
OFFER = f'"{PLACE["title"]}" "\\A" "Phần “Các bước” · Công nhân, người lao động"'
REFUSALS = {
    "access": "Object.defineProperty(window, 'localStorage', { get() { throw new Error('SecurityError') } })",
    "absent": "Object.defineProperty(window, 'localStorage', { value: null })",
    "reading": "Storage.prototype.getItem = () => { throw new Error('no') }",
    "writing": "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }",
}

Memory = Callable[[Page, str], Any]


@pytest.fixture
def memory(site: Path) -> Memory:
    """Runs JavaScript on a page with the store's functions at hand."""
    module = next(site.rglob("memory.js")).relative_to(site).as_posix()

    def run(page: Page, script: str) -> Any:
        return page.evaluate_handle("module => import(module)", f"/{module}").evaluate(f"store => {script}")

    return run


def put(page: Page | BrowserContext, text: str | dict[str, Any]) -> None:
    """What stands in the store before the first page opens."""
    stored = (
        text
        if isinstance(text, str)
        else json.dumps({**BLANK, **({"offer": OFFER} if "place" in text else {}), **text})
    )
    page.add_init_script(f"try {{ localStorage[{KEY!r}] ??= {json.dumps(stored)} }} catch {{}}")


def stored(page: Page) -> dict[str, Any]:
    found = json.loads(page.evaluate(f"localStorage.getItem({KEY!r})"))
    assert isinstance(found, dict)
    return found


@contextmanager
def opened(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    context = browser.new_context(**{"viewport": PHONE, "base_url": address, **options})
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


# The store


@pytest.fixture(scope="module")
def settings(browser: Browser, address: str) -> Iterator[Page]:
    """One page for all bad data. Fails the last test when the page reported an error."""
    errors: list[str] = []
    with opened(browser, address, service_workers="block") as page:
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield whole(page)
    assert not errors


@pytest.mark.parametrize(
    "text, valid",
    [
        ("", {}),
        ("không phải JSON", {}),
        ("null", {}),
        ("[1, 2]", {}),
        ('"chữ"', {}),
        ('{"size": 2', {}),
        ('{"version": 99, "size": 3, "theme": "dark", "mới": {"x": 1}}', {"size": 3, "theme": "dark"}),
        ('{"version": 0, "group": "can-bo"}', {"group": "can-bo"}),
        ('{"size": "3", "theme": "hồng", "start": 9, "speed": "nhanh", "group": ["a"]}', {}),
        ('{"size": 2.5, "speed": 900, "group": "<b>", "start": 2}', {"start": 2}),
        ('{"read": [], "ticks": 5, "quiz": "x", "place": true}', {}),
        (
            '{"read": {"a/b": "2026-01-02", "../x": "2026-01-02", "c/d": 7, "e/f": "hôm qua", "__proto__": {"x": 1}}}',
            {"read": {"a/b": "2026-01-02"}},
        ),
        ('{"ticks": {"a/b": ["một", 2, null, "một", ""], "c/d": "x", "e/f": []}}', {"ticks": {"a/b": ["một"]}}),
        (
            '{"quiz": {"a/b": {"right": 1, "total": 3, "on": 5}, "c/d": {"right": 4, "total": 3}, "e/f": null}}',
            {"quiz": {"a/b": {"right": 1, "total": 3, "on": ""}}},
        ),
        ('{"place": {"lesson": "javascript:alert(1)", "title": "x"}}', {}),
        (
            '{"place": {"lesson": "a/b", "title": "x", "section": "\\"", "next": {"url": "//x.vn", "title": "y"}}}',
            {
                "place": {
                    "lesson": "a/b",
                    "title": "x",
                    "section": "",
                    "heading": "",
                    "path": "",
                    "pathTitle": "",
                    "next": None,
                },
                "offer": '"x" "\\A" ""',
            },
        ),
        (json.dumps({"size": 2, "group": "a" * 2_000_000}), {}),
        (json.dumps({"size": 2, "group": "a" * 500, "ticks": {"a/b": ["x" * 900]}}), {"size": 2}),
    ],
)
def test_bad_data_is_survived_field_by_field(settings: Page, memory: Memory, text: str, valid: dict[str, Any]) -> None:
    page = settings
    page.goto("cai-dat/")
    page.evaluate("text => { localStorage['cam-nang'] = text }", text)
    page.reload()
    assert memory(page, "store.recall()") == {**BLANK, **valid}
    assert memory(page, "store.keep((memory) => { memory.size = 4 })") is True
    assert stored(page) == {**BLANK, **valid, "size": 4}
    # The pages that show what is remembered work on the same data; an error fails the test.
    for path in ("", "nguoi-cao-tuoi/", f"{LESSON}/"):
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()


def test_the_store_stays_small(page: Page, memory: Memory) -> None:
    page.goto("cai-dat/")
    much = (
        "store.keep((memory) => { for (let i = 0; i < 5000; i++) { memory.read[`a/b${i}`] = '2026-01-02';"
        "memory.ticks[`a/b${i}`] = Array.from({ length: 99 }, (_, j) => `việc ${j}`); } })"
    )
    assert memory(page, much) is True
    kept = stored(page)
    assert list(kept["read"])[-1] == "a/b4999" and len(kept["read"]) == 2000
    assert list(kept["ticks"])[-1] == "a/b4999" and len(kept["ticks"]) == 300
    assert kept["ticks"]["a/b4999"][-1] == "việc 98" and len(kept["ticks"]["a/b4999"]) == 40


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_phone_that_stores_nothing_still_teaches(page: Page, memory: Memory, refusal: str) -> None:
    before = '{"size": 2, "read": {"a/b": "2026-01-02"}}'
    if refusal in {"reading", "writing"}:
        put(page, before)
    page.add_init_script(REFUSALS[refusal])
    page.goto(f"{LESSON}/")
    expect(page.locator(".tasks label").first).to_be_visible()
    for task in page.locator(".tasks label").all():
        task.tap()
    expect(page.locator(".tasks-done")).to_contain_text("Bạn đã làm hết các việc")
    answer_all(page)
    expect(page.locator(".score")).to_contain_text("Đúng ngay lần đầu")
    page.goto("")
    expect(page.locator("h1")).to_be_visible()
    page.goto("cai-dat/")
    page.locator(".option", has_text="Rất to").tap()
    expect(page.locator("html")).to_have_attribute("data-size", "3")
    expect(page.locator("[data-said=size]")).to_contain_text("Máy không cho lưu")
    assert memory(page, "store.keep((memory) => { memory.group = 'can-bo' })") is False
    # For this page's life it holds, all of it.
    assert memory(page, "store.recall()").items() >= {"size": 3, "group": "can-bo"}.items()
    if refusal in {"reading", "writing"}:
        assert page.evaluate("localStorage['cam-nang']") == before


def test_two_tabs_do_not_undo_each_other(phone: BrowserContext, memory: Memory) -> None:
    one, other = phone.new_page(), phone.new_page()
    one.goto(f"{LESSON}/")
    other.goto("cai-dat/")
    one.locator(".tasks label").first.tap()
    other.locator(".option", has_text="To nhất").tap()
    third = phone.new_page()
    third.goto(f"{LESSON}/")
    third.locator(".tasks label").nth(2).tap()
    third.close()
    one.locator(".tasks label").nth(1).tap()
    assert len(stored(one)["ticks"][LESSON]) == 3
    assert stored(one)["size"] == 4
    # The other tab follows at once.
    expect(one.locator("html")).to_have_attribute("data-size", "4")


# A learner's days


def answer_all(page: Page) -> None:
    expect(page.locator(".choice").first).to_be_visible()
    for question in page.locator(".question").all():
        question.locator(".choice label").first.tap()
        if question.locator("button").count():
            question.locator("button").tap()


def reach(page: Page, place: str) -> None:
    page.locator(place).first.evaluate("place => place.scrollIntoView({ behavior: 'instant' })")


def test_reading_stopping_coming_back_going_on(page: Page) -> None:
    page.clock.install()
    page.goto("")
    expect(page.locator(".continue-card")).to_have_count(0)
    page.goto("nguoi-lao-dong/")
    expect(page.locator(".path-done")).to_contain_text("Bạn đã học 0/13 bài")
    page.locator("a", has_text="Bắt đầu").tap()
    until(page, "localStorage['cam-nang']?.includes('\"lesson\"')")
    # Leafing to the end is not reading.
    reach(page, "#ghi-nho")
    until(page, "localStorage['cam-nang'].includes('ghi-nho')")
    reach(page, "#cac-buoc")
    until(page, "localStorage['cam-nang'].includes('cac-buoc')")
    page.clock.fast_forward(30_000)
    assert stored(page)["read"] == {}

    page.goto("")
    card = page.locator(".continue-card")
    expect(card).to_contain_text("Kích hoạt tài khoản định danh mức 2 trên VNeID")
    expect(card).to_contain_text("Phần “Các bước” · Công nhân, người lao động")
    expect(page.get_by_role("link", name="Học tiếp")).to_have_count(1)
    card.tap()
    expect(page.locator("#cac-buoc")).to_be_in_viewport()
    expect(page.locator(".crumbs:visible")).to_contain_text("Bài 1/13")
    page.clock.fast_forward(30_000)
    reach(page, ".path-links:visible")
    until(page, "localStorage['cam-nang'].includes('\"read\":{\"nguoi-dan')")
    page.set_viewport_size(DESKTOP)  # where the path stands beside the lesson
    read = page.locator(".path-map:visible .is-read")
    expect(read).to_have_text("Kích hoạt tài khoản định danh mức 2 trên VNeID (đã học)")

    page.goto("")
    expect(card).to_contain_text("Xem quá trình đóng bảo hiểm xã hội trên VssID")
    page.set_viewport_size(PHONE)
    expect(card).to_contain_text("Bài tiếp theo · Công nhân, người lao động")
    card.tap()
    expect(page.locator(".crumbs:visible")).to_contain_text("Bài 2/13")
    page.goto("nguoi-lao-dong/")
    expect(page.locator(".path-done")).to_contain_text("Bạn đã học 1/13 bài")
    expect(page.get_by_role("progressbar", name="Bạn đã học 1/13 bài")).to_have_js_property("value", 1)
    expect(page.get_by_role("link", name="đã học")).to_have_count(1)
    expect(page.get_by_role("link", name="đã học")).to_contain_text("VNeID")


def test_the_end_of_a_path_leads_back_to_it(page: Page) -> None:
    put(page, {"place": {**PLACE, "next": None}, "read": {SHARED: "2026-01-02"}})
    page.goto("")
    expect(page.locator(".continue-card")).to_contain_text("Bạn đã học xong bài cuối lộ trình")
    page.locator(".continue-card").tap()
    expect(page.locator("h1")).to_contain_text("Công nhân")


def test_the_group_chosen_leads_on_another_day(page: Page) -> None:
    put(page, {"group": "nguoi-lao-dong"})
    page.goto(f"{SHARED}/")
    expect(page.locator(".path-link.next:visible")).to_contain_text("VssID")
    expect(page.locator(".path-links:visible")).to_have_count(1)
    # A lesson that this group does not learn shows the path it is on.
    page.goto(f"{LESSON}/")
    expect(page.locator(".path-links:visible")).to_have_count(1)


def test_ticks_and_quiz_of_the_last_time(page: Page) -> None:
    page.goto(f"{LESSON}/")
    expect(page.locator(".last-time")).to_have_count(0)
    page.locator(".tasks label").nth(1).tap()
    answer_all(page)
    kept = stored(page)
    assert len(kept["ticks"][LESSON]) == 1
    result = kept["quiz"][LESSON]
    assert result["total"] == page.locator(".question").count()
    expect(page.locator(".score")).to_contain_text(f"{result['right']}/{result['total']} câu")
    page.reload()
    expect(page.locator(".tasks input").nth(1)).to_be_checked()
    expect(page.locator(".tasks input").first).not_to_be_checked()
    expect(page.locator(".last-time")).to_have_text(f"Lần trước: đúng {result['right']}/{result['total']} câu.")


PAINTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))"
WATCH_MOVES = """() => {
  window.moved = [];
  const note = (one) => moved.push(...one.sources.map(({ node }) => node?.outerHTML?.slice(0, 80)));
  new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type: 'layout-shift' });
}"""
HEIGHTS = "[...document.querySelectorAll('lesson-screens')].map((strip) => strip.offsetHeight)"
MODULES = re.compile(r"/(?!first\.)[a-z]+\.js$")
"""The scripts that come after the first paint."""


def hold(page: Page) -> Callable[[], None]:
    """Let the scripts wait; returns what lets them come."""
    waiting: list[Route] | None = []

    def meet(route: Route) -> None:
        if waiting is None:
            route.continue_()
        else:
            waiting.append(route)

    def release() -> None:
        nonlocal waiting
        held, waiting = waiting or [], None
        for route in held:
            route.continue_()

    page.unroute_all()
    page.route(MODULES, meet)
    return release


@pytest.mark.parametrize("width, size", [(320, 3), (360, 2), (1280, 1)])
def test_what_is_remembered_moves_nothing(browser: Browser, address: str, width: int, size: int) -> None:
    result = {LESSON: {"right": 1, "total": 3, "on": "2026-01-02"}}
    read = {LESSON: "2026-01-02", "nguoi-dan/nop-ho-so-dich-vu-cong": "2026-01-02"}
    with opened(browser, address, viewport={"width": width, "height": 740}) as page:
        put(page, {"size": size, "place": PLACE, "read": read, "quiz": result, "theme": "dark"})
        # On a wide screen the self-check below is seen, too: its answers become something to press, and grow.
        practice = f"{LESSON}/#thuc-hanh" if width < 1000 else f"{LESSON}/"
        for path in ("", "nguoi-cao-tuoi/", f"{SHARED}/", practice, "cai-dat/"):
            # The scripts come late, when the page has been painted for good.
            release = hold(page)
            page.goto(path, wait_until="commit")
            page.locator(".site-footer").wait_for()
            page.evaluate(PAINTED)
            page.evaluate(WATCH_MOVES)
            strips = page.evaluate(HEIGHTS)
            release()
            page.wait_for_load_state("networkidle")
            page.evaluate(PAINTED)
            assert page.evaluate("moved") == [], path
            assert page.evaluate(HEIGHTS) == pytest.approx(strips, abs=1), path
            if not path:
                expect(page.locator(".continue-card")).to_be_visible()


# Forgetting


def test_forgetting_everything_by_keyboard(browser: Browser, address: str) -> None:
    with opened(browser, address, viewport=DESKTOP) as page:
        put(page, {"size": 3, "theme": "dark", "place": PLACE, "read": {SHARED: "2026-01-02"}, "group": "can-bo"})
        page.goto("cai-dat/")
        expect(page.locator("[data-kept=read]")).to_have_text("1 bài")
        erase = page.get_by_role("button", name="Xóa hết những gì máy đã nhớ")
        tab_to(page, erase)
        page.keyboard.press("Enter")
        expect(page.get_by_role("group", name="Xóa hết?")).to_be_visible()
        expect(page.get_by_role("button", name="Không, giữ lại")).to_be_focused()
        page.keyboard.press("Escape")
        expect(erase).to_be_focused()
        assert stored(page)["size"] == 3
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Có, xóa hết")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("[data-said=erase]")).to_have_text("Đã xóa hết. Máy này không còn nhớ gì.")
        expect(erase).to_be_focused()
        assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
        expect(page.locator("html")).not_to_have_attribute("data-size", re.compile("."))
        expect(page.locator("html")).not_to_have_attribute("data-theme", re.compile("."))
        expect(page.locator("[data-kept=read]")).to_have_text("0 bài")
        expect(page.get_by_role("radio", name="Vừa")).to_be_checked()


def tab_to(page: Page, target: Any) -> None:
    handle = target.element_handle()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("target => document.activeElement === target", handle):
            return
    raise AssertionError("not reached with Tab")


def test_the_settings_by_keyboard(browser: Browser, address: str) -> None:
    with opened(browser, address, viewport=DESKTOP) as page:
        page.goto("")
        tab_to(page, page.get_by_role("link", name="Cỡ chữ"))
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("Cài đặt trên máy này")
        expect(page.locator("fieldset:disabled")).to_have_count(0)
        tab_to(page, page.get_by_role("radio", name="Vừa"))
        assert text_size(page) == 17
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("radio", name="To", exact=True)).to_be_focused()
        assert text_size(page) == 19.55
        expect(page.locator("[data-said=size]")).to_have_text("Đã đổi. Máy sẽ nhớ.")
        page.keyboard.press("Tab")
        expect(page.get_by_role("radio", name="Theo máy")).to_be_focused()
        for name, theme in (("Sáng", "light"), ("Tối", "dark"), ("Tương phản cao", "contrast")):
            page.keyboard.press("ArrowDown")
            expect(page.get_by_role("radio", name=name)).to_be_focused()
            expect(page.locator("html")).to_have_attribute("data-theme", theme)
        page.goto(f"{LESSON}/")
        assert (text_size(page), ground(page)) == (19.55, "rgb(0, 0, 0)")


# Before the first paint


def text_size(page: Page) -> float:
    return float(page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)"))


def ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


GROUNDS = {"light": "rgb(255, 253, 247)", "dark": "rgb(15, 23, 21)", "contrast": "rgb(0, 0, 0)"}


def without_modules(page: Page) -> None:
    """Only what runs before the first paint."""
    page.route(MODULES, lambda route: route.abort())


@pytest.mark.parametrize("system", ["light", "dark"])
def test_size_and_colours_are_there_before_the_first_paint(browser: Browser, address: str, system: str) -> None:
    choices = [(1, ""), (2, "light"), (3, "dark"), (4, "contrast")]
    for size, theme in choices:
        with opened(browser, address, color_scheme=system) as page:
            put(page, {"size": size, "theme": theme})
            page.add_init_script(
                "new MutationObserver((_, watcher) => { if (!document.body) return; watcher.disconnect();"
                "window.early = { ...document.documentElement.dataset } })"
                ".observe(document, { childList: true, subtree: true })"
            )
            without_modules(page)
            page.goto("cai-dat/")
            early = page.evaluate("early")
            assert (early.get("size"), early.get("theme")) == (str(size), theme or None)
            assert text_size(page) == pytest.approx(17 * {1: 1, 2: 1.15, 3: 1.35, 4: 1.6}[size])
            assert ground(page) == GROUNDS[theme or system]
            scheme = page.evaluate("getComputedStyle(document.documentElement).colorScheme")
            assert scheme == {"": "light dark", "light": "light"}.get(theme, "dark")


def test_more_contrast_by_the_system_and_light_on_paper(browser: Browser, address: str) -> None:
    for system, colour in (("light", "rgb(255, 255, 255)"), ("dark", "rgb(0, 0, 0)")):
        with opened(browser, address, color_scheme=system, contrast="more") as page:
            page.goto("")
            assert ground(page) == colour
    with opened(browser, address) as page:
        put(page, {"theme": "contrast"})
        page.goto(f"{LESSON}/")
        page.emulate_media(media="print")
        assert page.locator("h1").evaluate("title => getComputedStyle(title).color") == "rgb(27, 42, 51)"


def test_a_scheme_is_the_same_by_choice_and_by_system() -> None:
    css = (ROOT / "overrides" / "css" / "tokens.css").read_text(encoding="utf-8")
    blocks = [
        (selector.strip(), set(re.findall(r"(--[a-z-]+: [^;]+);", body)))
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css)
    ]
    named = {
        match[1]: body for selector, body in blocks if (match := re.search(r'data-theme="(dark|contrast)"', selector))
    }
    dark, strong, contrast = [body for selector, body in blocks if selector == ":root:not([data-theme])"]
    assert named == {"dark": dark, "contrast": contrast}
    assert len(dark) > 12 and strong


def test_the_browsers_bar_follows(page: Page) -> None:
    bar = page.locator("meta[name=theme-color]").first
    page.goto("cai-dat/")
    expect(bar).to_have_attribute("content", "#0b5d4c")
    page.locator(".option", has_text="Tương phản cao").tap()
    expect(bar).to_have_attribute("content", "#000000")
    page.goto("")
    expect(bar).to_have_attribute("content", "#000000")
    page.goto("cai-dat/")
    page.locator(".option", has_text="Theo máy").tap()
    expect(bar).to_have_attribute("content", "#0b5d4c")


def test_a_group_may_start_larger(browser: Browser, address: str) -> None:
    with opened(browser, address, java_script_enabled=False) as page:
        for path, size in {"nguoi-cao-tuoi/": 19.55, f"{LESSON}/": 19.55, "can-bo/": 17, "": 17}.items():
            page.goto(path)
            assert text_size(page) == size, path
    with opened(browser, address) as page:
        page.goto("nguoi-cao-tuoi/")
        until(page, "localStorage['cam-nang']?.includes('nguoi-cao-tuoi')")
        for path in ("", f"{SHARED}/", "cai-dat/"):
            page.goto(path)
            assert text_size(page) == 19.55, path
        expect(page.get_by_role("radio", name="To", exact=True)).to_be_checked()
        # Her own choice is stronger than the group's, on the group's pages too.
        page.locator(".option", has_text="Vừa").click()
        page.goto("nguoi-cao-tuoi/")
        assert text_size(page) == 17
    with opened(browser, address) as page:
        # Coming along the group's path is choosing the group.
        page.goto(f"{SHARED}/#theo-nguoi-cao-tuoi")
        until(page, "localStorage['cam-nang']?.includes('\"start\":2')")
        page.goto("can-bo/")
        assert text_size(page) == 17
        until(page, "localStorage['cam-nang'].includes('\"start\":1')")


# For every body


def test_axe_finds_nothing_in_what_is_remembered(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        put(page, {"theme": "dark", "place": PLACE, "read": {SHARED: "2026-01-02"}})
        page.goto("cai-dat/")
        page.get_by_role("button", name="Xóa hết những gì máy đã nhớ").click()
        found = {"cai-dat/": violations(page)}
        for path in ("", "nguoi-lao-dong/", f"{SHARED}/"):
            page.goto(path)
            page.wait_for_load_state("networkidle")
            found[path] = violations(page)
        assert found == {path: [] for path in found}


def test_the_largest_text_on_the_narrowest_phone_loses_nothing(browser: Browser, address: str) -> None:
    with opened(browser, address, viewport={"width": 320, "height": 640}) as page:
        put(page, {"size": 4, "place": PLACE})
        lessons = (f"{SHARED}/", f"{LESSON}/")
        for path in ("", "nguoi-dan/", *lessons, "cai-dat/", "tim-kiem/", "ban-in/", "nang-luc/", COURSE):
            page.goto(path)
            page.wait_for_load_state("networkidle")
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
            cut = page.evaluate(
                "[...document.querySelectorAll('header *, main *')].filter(one => one.checkVisibility() && "
                "one.clientWidth && one.scrollWidth > one.clientWidth + 1 && "
                "getComputedStyle(one).display !== 'inline' && "
                "!one.closest('svg, .unseen, .sr-only, .said-only, .strip, .table-scroll, pre, select, input'))"
                ".map(one => one.outerHTML.slice(0, 80))"
            )
            assert not cut, path


@pytest.mark.parametrize("width", [320, 360, 412])
def test_the_header_stands_in_one_row(browser: Browser, address: str, width: int) -> None:
    for size in (1, 2):
        with opened(browser, address, viewport={"width": width, "height": 740}) as page:
            put(page, {"size": size})
            page.goto("")
            boxes = [box.bounding_box() for box in page.locator(".site-nav > *, .site-name").all()]
            assert len(boxes) == 4
            middles = [box["y"] + box["height"] / 2 for box in boxes if box]
            assert max(middles) - min(middles) < 4
            assert all(box and box["height"] >= 48 and box["width"] >= 40 for box in boxes), boxes


def test_the_settings_without_script_say_what_can_be_done(browser: Browser, address: str) -> None:
    with opened(browser, address, java_script_enabled=False) as page:
        page.goto("")
        page.get_by_role("link", name="Cỡ chữ").click()
        expect(page.locator("main input")).to_have_count(8)
        for field in page.locator("main :is(input, button)").all():
            expect(field).not_to_be_visible()
        expect(page.locator("main")).to_contain_text("Bạn vẫn phóng to được")

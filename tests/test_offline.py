"""The site with the network gone: in a real browser, on a server that stops, breaks off and lies when told to."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import Error as PlaywrightError

from handbook.site.offline import KeptFile, with_lasting_addresses
from tests.conftest import PHONE, QuietServer, copy_project, run_build, unstyled, until

BELOW = "/cam-nang/"
"""The site lives in a folder of its host, as it may."""

GROUP = "nguoi-dan"
VNEID = "nguoi-dan/vneid-muc-2/"
PORTAL = "nguoi-dan/nop-ho-so-dich-vu-cong/"
WITH_PICTURE = PORTAL
ELSEWHERE = "kinh-doanh/nhan-tien-qr/"

FOREIGN = b"<!doctype html><title>Wi-Fi</title><h1>Dang nhap Wi-Fi</h1>"

Fault = Callable[["_Handler"], None]


class Host(QuietServer):
    """Serves a folder below BELOW until told otherwise."""

    folder: Path
    down = False
    slow: threading.Event | None = None
    """While set to an event: nothing is answered before it happens."""

    def __init__(self, folder: Path) -> None:
        super().__init__(_Handler)
        self.folder = folder
        self.faults: dict[str, Fault] = {}
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{BELOW}"

    def fault_for(self, path: str) -> Fault | None:
        return next((fault for pattern, fault in self.faults.items() if re.search(pattern, path)), None)


class _Handler(SimpleHTTPRequestHandler):
    server: Host
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object) -> None: ...

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")  # what the browser has by itself must not help
        super().end_headers()

    def translate_path(self, path: str) -> str:
        return str(self.server.folder / path.partition("?")[0].removeprefix(BELOW).lstrip("/"))

    def do_GET(self) -> None:
        if not self.answered():
            super().do_GET()

    def do_HEAD(self) -> None:
        if not self.answered():
            super().do_HEAD()

    def answered(self) -> bool:
        """Whether the request met a trouble, and that was all."""
        self.server.asked.append(self.path.removeprefix(BELOW))
        if self.server.slow:
            self.server.slow.wait(30)
        if self.server.down:
            self.close_connection = True
        elif fault := self.server.fault_for(self.path):
            fault(self)
        else:
            return False
        return True

    def answer(self, content: bytes, kind: str, length: int | None = None) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content) if length is None else length))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)


def drop(handler: _Handler) -> None:
    handler.close_connection = True


def cut_short(handler: _Handler) -> None:
    """Half of the answer, then the connection breaks."""
    handler.answer(b"<!doctype html><p>mot nua", "text/html", 9000)
    handler.close_connection = True


def foreign(handler: _Handler) -> None:
    """What a Wi-Fi that wants a log-in says to everything."""
    handler.answer(FOREIGN, "text/html")


@pytest.fixture(scope="module")
def builds(small_site: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two builds, the second with a changed lesson and a changed script."""
    folder = tmp_path_factory.mktemp("builds")
    project = copy_project(folder / "project")
    lesson = project / f"docs/{VNEID.rstrip('/')}.md"
    lesson.write_text(lesson.read_text(encoding="utf-8").replace("## Ghi nhớ\n", "## Ghi nhớ\n\n- Bài mới.\n"), "utf-8")
    script = project / "overrides/js/screens.js"
    script.write_text(script.read_text(encoding="utf-8").replace('"Tập thử"', '"Tập thử mới"'), "utf-8")
    assert not run_build(project, folder / "changed").returncode
    return small_site, folder / "changed"


@pytest.fixture
def host(builds: tuple[Path, Path]) -> Iterator[Host]:
    server = Host(builds[0])
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    if server.slow:
        server.slow.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def context(browser: Browser, host: Host) -> Iterator[BrowserContext]:
    made = browser.new_context(
        viewport=PHONE, has_touch=True, is_mobile=True, locale="vi-VN", base_url=host.address, service_workers="allow"
    )
    made.set_default_timeout(15_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert not errors
    assert not unstyled(page)


def visit(page: Page, address: str) -> None:
    """Open a page and wait until the phone has kept it."""
    page.goto(address)
    kept(page, address)


def kept(page: Page, address: str) -> None:
    until(
        page,
        """async (address) => {
          const names = (await caches.keys()).filter((name) => name.endsWith(' trang'));
          const found = await Promise.all(names.map((name) => caches.match(address, { cacheName: name })));
          return found.some(Boolean);
        }""",
        page.evaluate("address => new URL(address, location.origin + '/cam-nang/').href", address),
    )


def cut(page: Page, host: Host) -> None:
    host.down = True
    page.context.set_offline(True)


def reconnect(page: Page, host: Host) -> None:
    host.down = False
    page.context.set_offline(False)


def new_worker_takes_over(page: Page) -> None:
    """Wait until the new build's worker is in charge.

    It waits for the former one to have nothing left to do. While somebody looks on by DevTools, as Playwright does,
    Chromium keeps that one running for half a minute, and loses a page that is asked for while it is being stopped
    (without DevTools it does neither). So it is stopped here.
    """
    until(page, "async () => (await caches.keys()).filter((name) => name.includes(' nen ')).length > 1")
    until(page, "async () => !(await navigator.serviceWorker.getRegistration()).installing")
    versions: dict[str, str] = {}
    devtools = page.context.new_cdp_session(page)
    devtools.on(
        "ServiceWorker.workerVersionUpdated",
        lambda told: versions.update({version["versionId"]: version["status"] for version in told["versions"]}),
    )
    devtools.send("ServiceWorker.enable")
    for _ in range(50):
        page.wait_for_timeout(100)
        if "installed" not in versions.values() and list(versions.values()).count("activated") == 1:
            break
        for version, status in versions.items():
            if status == "activated":
                devtools.send("ServiceWorker.stopWorker", {"versionId": version})
    assert "installed" not in versions.values()
    until(page, "async () => (await navigator.serviceWorker.getRegistration()).active.state === 'activated'")
    devtools.detach()


def save(page: Page, *, book: bool = False) -> None:
    panel = page.locator("[data-keep-group]")
    expect(panel).to_have_attribute("data-state", "none")
    if book:
        panel.get_by_role("checkbox").check()
    panel.get_by_role("button", name="Lưu nhóm này vào máy").tap()


def pictures_are_whole(page: Page) -> None:
    """Every picture the reader can come to is there. (One in a closed panel is not loaded before it is opened.)"""
    pictures = [picture for picture in page.locator("main img").all() if picture.is_visible()]
    assert pictures
    for picture in pictures:
        picture.scroll_into_view_if_needed()
        picture.evaluate(
            """image => Promise.race([
              image.decode(),
              new Promise((_, refuse) => setTimeout(() => refuse(new Error(`no picture: ${image.src}`)), 10_000)),
            ])"""
        )


def names(page: Page) -> list[str]:
    """The stores on the phone, without the site's own folder before each."""
    found: list[str] = page.evaluate("caches.keys()")
    return [name.removeprefix(f"cam-nang {BELOW} ") for name in found]


def test_what_was_read_and_the_home_page_open_without_a_network(page: Page, host: Host) -> None:
    visit(page, VNEID)
    visit(page, WITH_PICTURE)
    cut(page, host)
    host.asked.clear()
    page.goto("")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"{WITH_PICTURE}?tu=zalo#cac-buoc")
    pictures_are_whole(page)
    page.goto(VNEID)
    page.get_by_role("button", name="Tập thử").first.tap()
    expect(page.locator(".try-task")).to_be_visible()
    # The browser itself looks for a new worker even when DevTools says that there is no network.
    assert not set(host.asked) - {"sw.js"}, "the network was not really cut"


def test_a_saved_group_is_learned_from_end_to_end_without_a_network(page: Page, host: Host) -> None:
    page.goto(f"{GROUP}/")
    panel = page.locator("[data-keep-group]")
    expect(panel).to_contain_text(re.compile(r"\d+ bài, nhiều nhất [\d,]+\s(KB|MB)"))
    expect(panel.get_by_role("checkbox")).to_have_accessible_name(
        re.compile(r"Kèm sách PDF của nhóm \([\d,]+\s(KB|MB)\)")
    )
    save(page, book=True)
    expect(panel).to_have_attribute("data-state", "saved")
    expect(panel.get_by_role("status")).to_contain_text("Đã lưu xong")
    expect(panel).to_contain_text("kèm sách PDF")
    cut(page, host)
    page.reload()
    expect(panel).to_contain_text("Đã lưu trong máy ngày")
    page.locator(f"a.lesson-card[href*='{VNEID.split('/')[1]}']").tap()
    page.wait_for_url(f"**/{VNEID}**")
    page.get_by_role("button", name="Tập thử").first.tap()
    page.locator(".try-spot").first.tap()
    expect(page.locator(".try-say")).not_to_be_empty()
    quiz = page.locator("lesson-quiz").first
    quiz.locator("label").first.tap()
    expect(quiz.locator("input").first).to_be_checked()
    before = page.url
    page.locator(".path-link.next:visible").tap()
    page.wait_for_url(lambda url: url != before)
    expect(page.locator("article h1")).to_be_visible()
    page.locator("html[data-ready]").wait_for(state="attached")
    page.locator("header [data-open-search]").tap()
    dialog = page.locator("#search-dialog")
    dialog.locator("input[name=q]").fill("dich vu cong")
    expect(dialog).to_contain_text("chỉ tìm trong những bài máy này đã lưu hoặc đã mở")
    first = dialog.locator("a.result-title").first
    expect(first).to_contain_text("Dịch vụ công")
    first.tap()
    page.wait_for_url(f"**/{PORTAL}**")
    expect(page.locator("article h1")).to_contain_text("Dịch vụ công")
    book = page.evaluate("fetch(document.documentElement.dataset.root + 'ban-in/nguoi-dan.pdf').then((a) => a.text())")
    assert book.startswith("%PDF-")


def test_search_without_a_network_finds_as_people_type(page: Page, host: Host) -> None:
    visit(page, VNEID)
    page.goto(f"{GROUP}/")
    save(page)
    expect(page.locator("[data-keep-group]")).to_have_attribute("data-state", "saved")
    cut(page, host)
    page.goto("tim-kiem/")
    field, output = page.locator("main input[name=q]"), page.locator("[data-search-page]")
    for typed, found in (
        ("kich hoat dinh danh", VNEID),
        ("Định danh", VNEID),
        ("dichvucong", PORTAL),
        ("nop ho so", PORTAL),
        ("lua dao", "nguoi-cao-tuoi/lua-dao-cong-an/"),
    ):
        field.fill(typed)
        until(
            page,
            """async (typed) => document.querySelector('.result-title')
              && location.search.includes(new URLSearchParams({ q: typed }).toString())""",
            typed,
        )
        expect(output.locator("a.result-title").first).to_have_attribute("href", re.compile(found))
    assert output.locator("mark").count()
    field.fill("xyzzyq")
    expect(output).to_contain_text("Không thấy bài nào")
    expect(output).to_contain_text("Đang không có mạng")


def test_a_connection_that_breaks_for_a_moment_costs_nothing(page: Page, host: Host) -> None:
    broken: set[str] = set()

    def once(handler: _Handler) -> None:
        if handler.path in broken:
            SimpleHTTPRequestHandler.do_GET(handler)
            return
        broken.add(handler.path)
        cut_short(handler)

    host.faults = {"/(vietnamese|voice)[.]js$": once, "mat-mang/$": once}
    visit(page, VNEID)
    assert len(broken) == 3
    cut(page, host)
    page.goto(ELSEWHERE)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bạn đang không có mạng")


def test_a_page_that_is_not_kept_says_so_and_lists_what_is(page: Page, host: Host) -> None:
    visit(page, VNEID)
    page.goto(f"{GROUP}/")
    save(page)
    expect(page.locator("[data-keep-group]")).to_have_attribute("data-state", "saved")
    cut(page, host)
    page.goto(ELSEWHERE)
    assert page.url == f"{host.address}{ELSEWHERE}"
    expect(page.get_by_role("heading", level=1)).to_have_text("Bạn đang không có mạng")
    expect(page.locator("[data-visited-pages]")).to_contain_text("VNeID")
    saved = page.locator("[data-saved-groups]")
    expect(saved).to_contain_text("lưu ngày")
    saved.locator("summary").tap()
    assert page.evaluate("getComputedStyle(document.querySelector('.button.big')).borderRadius") != "0px"
    saved.get_by_role("link", name="Nộp hồ sơ").tap()
    expect(page.locator("article h1")).to_contain_text("Nộp hồ sơ")
    page.goto(ELSEWHERE)
    reconnect(page, host)
    expect(page.locator("article h1")).to_contain_text("QR")  # by itself, as soon as it can


def test_a_page_that_breaks_off_again_is_tried_again_but_not_for_ever(page: Page, host: Host) -> None:
    visit(page, VNEID)
    cut(page, host)
    page.goto(ELSEWHERE)
    page.clock.install()
    asked: list[str] = []

    def there_but_gone_for_the_page(handler: _Handler) -> None:
        if handler.command == "HEAD":
            handler.answer(b"", "text/html")
        else:
            asked.append(handler.path)
            handler.close_connection = True

    def tried(times: int) -> None:
        """That often, and the page for no network is there again with its script waiting or done."""
        until(page, "() => document.documentElement.hasAttribute('data-ready')")
        until(page, f"() => history.state?.tries === {times}")
        page.wait_for_timeout(300)
        assert len(set(asked)) == 1

    host.faults[ELSEWHERE] = there_but_gone_for_the_page
    reconnect(page, host)
    tried(1)
    for times, pause in ((2, 2), (3, 6), (4, 20)):
        page.clock.fast_forward(pause * 1000)
        tried(times)
    page.clock.fast_forward(100_000)
    tried(4)
    host.faults.clear()
    page.get_by_role("link", name="Thử mở lại").tap()
    expect(page.locator("article h1")).to_contain_text("QR")


def scripts_of(site: Path) -> str:
    """The name of the folder with a build's scripts."""
    named = re.search(r'"scripts":"assets/(\w+)/"', (site / "sw.js").read_text(encoding="utf-8"))
    assert named
    return named[1]


def belongs_together(page: Page, site: Path) -> None:
    """The page is of this build, and so is every script it runs."""
    page.locator("html[data-ready]").wait_for(state="attached")
    loaded = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    folders = {found[1] for name in loaded if (found := re.search(r"/assets/(\w+)/[\w-]+\.js", name))}
    assert folders == {scripts_of(site)}


def test_a_new_build_comes_at_once_and_never_mixes_with_the_old(
    page: Page, host: Host, builds: tuple[Path, Path]
) -> None:
    old, new = builds
    visit(page, VNEID)
    page.goto(f"{GROUP}/")
    save(page)
    expect(page.locator("[data-keep-group]")).to_have_attribute("data-state", "saved")
    visit(page, ELSEWHERE)
    open_before = page.context.new_page()
    open_before.goto(VNEID)
    host.folder = new
    # Without a network the old one is whole.
    cut(page, host)
    page.goto(VNEID)
    expect(page.locator("main")).not_to_contain_text("Bài mới.")
    page.get_by_role("button", name="Tập thử").first.tap()
    belongs_together(page, old)
    # With one, the next page load is the new one.
    reconnect(page, host)
    page.goto(VNEID)
    expect(page.locator("main")).to_contain_text("Bài mới.")
    expect(page.get_by_role("button", name="Tập thử mới").first).to_be_visible()
    belongs_together(page, new)
    new_worker_takes_over(page)
    until(
        page,
        """async () => {
          for (const name of await caches.keys()) {
            if (!name.endsWith(' trang')) continue;
            const page = await (await caches.open(name)).match(location.origin + '/cam-nang/nguoi-dan/vneid-muc-2/');
            if ((await page?.text())?.includes('Bài mới.')) return true;
          }
        }""",
    )
    # A page that was open all the time still gets its own scripts, which the site does not have any more.
    open_before.locator("header [data-open-search]").tap()
    open_before.locator("#search-dialog input[name=q]").fill("quet ma")
    open_before.wait_for_selector('#search-dialog [data-state="done"]')
    belongs_together(open_before, old)
    # The new page from what is kept, and an old page that was not read again: each with its own.
    cut(page, host)
    page.goto(VNEID)
    expect(page.locator("main")).to_contain_text("Bài mới.")
    expect(page.get_by_role("button", name="Tập thử mới").first).to_be_visible()
    belongs_together(page, new)
    page.goto(ELSEWHERE)
    expect(page.get_by_role("button", name="Tập thử", exact=True).first).to_be_visible()
    belongs_together(page, old)
    # The saved group says that there is a new version, and takes only what changed.
    reconnect(page, host)
    page.goto(f"{GROUP}/")
    panel = page.locator("[data-keep-group]")
    expect(panel).to_have_attribute("data-state", "stale")
    expect(panel).to_contain_text("Có bản mới")
    host.asked.clear()
    panel.get_by_role("button", name="Cập nhật").tap()
    expect(panel).to_have_attribute("data-state", "saved")
    assert "nguoi-dan/hinh/duong-di-ho-so.svg" not in {path.partition("?")[0] for path in host.asked}
    cut(page, host)
    page.goto(PORTAL)
    expect(page.locator("article h1")).to_be_visible()
    belongs_together(page, new)


def test_a_saved_group_is_brought_up_to_date_quietly(page: Page, host: Host, builds: tuple[Path, Path]) -> None:
    page.goto(f"{GROUP}/")
    save(page)
    expect(page.locator("[data-keep-group]")).to_have_attribute("data-state", "saved")
    # As if it had been saved two days ago.
    page.evaluate(
        """async () => {
          const name = (await caches.keys()).find((name) => name.endsWith(' so'));
          const ledger = await caches.open(name);
          for (const key of await ledger.keys()) {
            const entry = await (await ledger.match(key)).json();
            await ledger.put(key, new Response(JSON.stringify({ ...entry, checked: entry.checked - 2 * 86_400_000 })));
          }
        }"""
    )
    host.folder = builds[1]
    version = json.loads((builds[1] / f"luu/{GROUP}.json").read_text(encoding="utf-8"))["version"]
    page.goto(ELSEWHERE)
    until(
        page,
        """async (version) => {
          const ledger = await caches.open((await caches.keys()).find((name) => name.endsWith(' so')));
          const entries = await Promise.all((await ledger.matchAll()).map((entry) => entry.json()));
          return entries.some((entry) => entry.whole && entry.list.version === version);
        }""",
        version,
    )
    new_worker_takes_over(page)
    cut(page, host)
    page.goto(VNEID)
    expect(page.locator("main")).to_contain_text("Bài mới.")
    belongs_together(page, builds[1])
    reconnect(page, host)
    page.goto("")
    until(page, "async () => (await caches.keys()).filter((name) => name.includes(' nhom ')).length === 1")


def test_what_is_broken_or_foreign_never_replaces_what_is_good(
    page: Page, host: Host, builds: tuple[Path, Path]
) -> None:
    visit(page, VNEID)
    visit(page, WITH_PICTURE)
    host.faults = {".": foreign}
    page.goto(VNEID)
    expect(page.get_by_role("heading", level=1)).to_have_text("Dang nhap Wi-Fi")  # shown: the reader has to log in
    host.faults = {f"{VNEID}$": cut_short}
    page.goto(WITH_PICTURE)
    with suppress(PlaywrightError):  # half a page is not a page that has loaded
        page.goto(VNEID)
    # A new build whose scripts do not arrive whole: what is kept stays the old one, whole.
    host.folder, host.faults = builds[1], {r"/assets/\w+/": cut_short}
    page.evaluate("address => location.assign(address)", f"{BELOW}{VNEID}")  # it will never be ready
    expect(page.locator("main")).to_contain_text("Bài mới.")
    cut(page, host)
    page.goto(VNEID)
    expect(page.locator("main")).not_to_contain_text("Bài mới.")
    page.get_by_role("button", name="Tập thử").first.tap()
    expect(page.locator(".try-task")).to_be_visible()
    belongs_together(page, builds[0])
    # And as soon as they do, the new one.
    reconnect(page, host)
    host.faults = {}
    page.goto(VNEID)
    expect(page.get_by_role("button", name="Tập thử mới").first).to_be_visible()


def test_a_reader_does_not_wait_for_a_network_that_does_not_answer(page: Page, host: Host) -> None:
    visit(page, VNEID)
    host.slow = threading.Event()
    page.goto(VNEID)
    expect(page.locator("article h1")).to_contain_text("VNeID")
    page.get_by_role("button", name="Tập thử").first.tap()
    expect(page.locator(".try-task")).to_be_visible()


def test_an_interrupted_saving_goes_on_where_it_was(page: Page, host: Host) -> None:
    page.goto(f"{GROUP}/")
    kept(page, f"{GROUP}/")
    host.faults = {f"{PORTAL}$": drop, r"dang-nhap-an-toan/$": cut_short, f"{VNEID}$": foreign}
    panel = page.locator("[data-keep-group]")
    save(page)
    expect(panel).to_have_attribute("data-state", "begun", timeout=30_000)
    expect(panel.get_by_role("status")).to_contain_text("Mạng bị ngắt")
    expect(panel).to_contain_text(re.compile(r"Đang lưu dở: \d+/\d+ bài"))
    # Not whole, so not given out: and what came is not what was asked for.
    cut(page, host)
    page.goto(VNEID)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bạn đang không có mạng")
    expect(page.locator("[data-saved-groups]")).to_contain_text("Đang lưu dở")
    page.goto("")  # away from a page that opens by itself
    reconnect(page, host)
    host.faults = {f"{PORTAL}$": drop}
    page.goto(f"{GROUP}/")
    panel.get_by_role("button", name="Lưu tiếp").tap()
    expect(panel).to_have_attribute("data-state", "begun", timeout=30_000)
    host.faults = {}
    host.asked.clear()
    page.reload()
    panel.get_by_role("button", name="Lưu tiếp").tap()
    expect(panel).to_have_attribute("data-state", "saved")
    assert PORTAL in host.asked
    assert VNEID not in host.asked, "what was there was loaded again"
    cut(page, host)
    page.goto(VNEID)
    expect(page.locator("article h1")).to_contain_text("VNeID")


def test_saving_goes_on_by_itself_when_the_network_is_back(page: Page, host: Host) -> None:
    page.goto(f"{GROUP}/")
    host.faults = {f"{PORTAL}$": drop}
    panel = page.locator("[data-keep-group]")
    save(page)
    expect(panel).to_have_attribute("data-state", "begun", timeout=30_000)
    cut(page, host)
    host.faults = {}
    reconnect(page, host)
    expect(panel).to_have_attribute("data-state", "saved")


FULL = """
  const put = Cache.prototype.put;
  Cache.prototype.put = function (...given) {
    const left = Number(sessionStorage.room ?? 6) - 1;
    sessionStorage.room = left;
    if (left >= 0) return put.apply(this, given);
    return Promise.reject(new DOMException("Quota exceeded.", "QuotaExceededError"));
  };
"""


def test_a_full_phone_is_told_and_nothing_saved_is_lost(page: Page, host: Host, builds: tuple[Path, Path]) -> None:
    page.add_init_script(FULL)
    page.goto(f"{GROUP}/")
    panel = page.locator("[data-keep-group]")
    save(page)
    expect(panel).to_have_attribute("data-state", "begun")
    expect(panel.get_by_role("status")).to_contain_text("Máy hết chỗ")
    page.evaluate("sessionStorage.room = 1000")
    panel.get_by_role("button", name="Lưu tiếp").tap()
    expect(panel).to_have_attribute("data-state", "saved")
    # No room for the new version: the old one stays.
    host.folder = builds[1]
    page.evaluate("sessionStorage.room = 6")
    page.reload()
    panel.get_by_role("button", name="Cập nhật").tap()
    expect(panel.get_by_role("status")).to_contain_text("Máy hết chỗ")
    expect(panel).to_have_attribute("data-state", "stale")
    new_worker_takes_over(page)
    cut(page, host)
    page.goto(VNEID)
    expect(page.locator("article h1")).to_contain_text("VNeID")
    expect(page.locator("main")).not_to_contain_text("Bài mới.")
    belongs_together(page, builds[0])


@pytest.mark.parametrize(
    "refusal",
    [
        "Object.defineProperty(window, 'caches', { get() { throw new DOMException('no', 'SecurityError'); } });",
        "CacheStorage.prototype.open = CacheStorage.prototype.keys = CacheStorage.prototype.has = "
        "CacheStorage.prototype.match = () => Promise.reject(new DOMException('no', 'SecurityError'));",
        "delete Navigator.prototype.serviceWorker;",
        "Object.defineProperty(Navigator.prototype, 'serviceWorker', "
        "{ get() { throw new DOMException('no', 'SecurityError'); } });",
    ],
    ids=["throws", "rejects", "absent", "sandboxed"],
)
def test_a_browser_that_stores_nothing_is_told_kindly_and_reads_on(page: Page, host: Host, refusal: str) -> None:
    page.add_init_script(refusal)
    page.goto(f"{GROUP}/")
    panel = page.locator("[data-keep-group]")
    expect(panel).to_contain_text("Chrome hoặc Safari")
    assert not panel.get_by_role("button").count()
    page.locator("a.lesson-card").first.tap()
    expect(page.locator("article h1")).to_be_visible()
    page.goto("mat-mang/")
    expect(page.locator("[data-saved-groups]")).to_contain_text("chưa lưu nhóm nào")


@pytest.mark.parametrize("refused", ["put", "everything"])
def test_the_worker_lets_everything_through_where_it_cannot_store(page: Page, host: Host, refused: str) -> None:
    visit(page, VNEID)
    (worker,) = page.context.service_workers
    names = {"put": ["Cache.put"], "everything": [f"CacheStorage.{name}" for name in ("open", "match", "has", "keys")]}
    for name in names[refused]:
        place = name.replace(".", ".prototype.")
        worker.evaluate(f"() => {{ {place} = () => Promise.reject(new DOMException('full', 'QuotaExceededError')); }}")
    page.goto(PORTAL)
    expect(page.locator("article h1")).to_contain_text("Nộp hồ sơ")
    pictures_are_whole(page)
    page.goto(VNEID)
    page.get_by_role("button", name="Tập thử").first.tap()
    expect(page.locator(".try-task")).to_be_visible()


def test_removal_frees_everything(page: Page, host: Host) -> None:
    page.goto(f"{GROUP}/")
    kept(page, f"{GROUP}/")
    before = names(page)
    save(page, book=True)
    panel = page.locator("[data-keep-group]")
    expect(panel).to_have_attribute("data-state", "saved")
    assert {name.split()[0] for name in names(page)} >= {"nhom", "so", "sach"}
    other = page.context.new_page()
    other.goto(f"{GROUP}/")
    expect(other.locator("[data-keep-group]")).to_have_attribute("data-state", "saved")
    page.bring_to_front()
    panel.get_by_role("button", name="Xóa khỏi máy").tap()
    expect(panel).to_have_attribute("data-state", "none")
    expect(panel.get_by_role("status")).to_contain_text("Đã xóa")
    # Another tab says so as soon as it is looked at. (To the browser of the tests every tab is always looked at.)
    other.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(other.locator("[data-keep-group]")).to_have_attribute("data-state", "none")
    other.close()
    assert sorted(names(page)) == sorted(before)
    cut(page, host)
    page.goto(VNEID)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bạn đang không có mạng")


def test_forgetting_all_leaves_only_what_the_site_needs_to_open(page: Page, host: Host) -> None:
    visit(page, WITH_PICTURE)
    page.goto(f"{GROUP}/")
    save(page)
    expect(page.locator("[data-keep-group]")).to_have_attribute("data-state", "saved")
    page.goto("cai-dat/")
    page.get_by_role("button", name="Xóa hết những gì máy đã nhớ").click()
    page.get_by_role("button", name="Có, xóa hết").click()
    expect(page.locator("[data-said=erase]")).to_have_text("Đã xóa hết. Máy này không còn nhớ gì.")
    expect(page.locator("[data-saved-groups]")).to_contain_text("Bạn chưa lưu nhóm nào")
    until(
        page,
        """async () => {
          const stores = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
          const kept = await Promise.all(stores.map((store) => store.keys()));
          return !kept.flat().map((key) => key.url).some((url) => url.includes('/hinh/'));
        }""",
    )
    assert {name.split()[0] for name in names(page)} <= {"nen", "trang", "tep"}
    cut(page, host)
    page.goto("")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Bạn đang không có mạng")


def test_lists_name_every_file_of_a_group_with_its_hash(builds: tuple[Path, Path]) -> None:
    site = builds[0]
    for group in (site / "luu").glob("*.json"):
        content = json.loads(group.read_text(encoding="utf-8"))
        urls = [file["url"] for file in content["files"]]
        assert len(urls) == len(set(urls))
        assert {lesson["url"] for lesson in content["lessons"]} <= set(urls)
        assert content["bytes"] == sum(file["bytes"] for file in content["files"])
        assert (site / content["pdf"]).is_file()
        for file in content["files"]:
            path = site / file["url"].partition("?")[0]
            whole = (path / "index.html" if path.is_dir() else path).read_bytes()
            assert len(whole) == file["bytes"]
            assert hashlib.sha256(whole).hexdigest().startswith(file["hash"])


def test_a_script_of_all_pages_makes_every_saved_group_out_of_date(builds: tuple[Path, Path]) -> None:
    first, second = ({path.name: path.read_bytes() for path in (site / "luu").glob("*.json")} for site in builds)
    assert first.keys() == second.keys()
    assert not {group for group in first if first[group] == second[group]}


def test_addresses_get_the_hash_of_what_stands_there_however_a_page_is_written() -> None:
    files = {
        "nguoi-dan/hinh/a.svg": KeptFile("nguoi-dan/hinh/a.svg", 1, "aaaaaaaa11111111"),
        "nguoi-dan/bai/man-hinh.bbbbbbbb.svg": KeptFile("", 1, "bbbbbbbb22222222"),
        "nguoi-dan/bai/anh.cccccccc.png": KeptFile("", 1, "dddddddd33333333"),
    }
    html = (
        '<html lang=vi data-root=../../ data-scripts=../../assets/0123456789><img alt="1 > 0" src=../hinh/a.svg>'
        '<img src="man-hinh.bbbbbbbb.svg#v1"><img src=anh.cccccccc.png><a href="../hinh/a.svg">tải</a>'
        '<img src="https://elsewhere/x.png"><img src="/x.png"><img src="data:,"><img src="khong-co.svg">'
        '<link rel="canonical" href="../hinh/a.svg"><link rel=icon href="../hinh/a.svg">'
    )
    made, needs = with_lasting_addresses(html, "nguoi-dan/bai/", files.get)
    assert made == (
        "<html lang=vi data-root=../../ data-scripts=../../assets/0123456789>"
        '<img alt="1 > 0" src=../hinh/a.svg?aaaaaaaa>'
        '<img src="man-hinh.bbbbbbbb.svg#v1"><img src=anh.cccccccc.png?dddddddd><a href="../hinh/a.svg">tải</a>'
        '<img src="https://elsewhere/x.png"><img src="/x.png"><img src="data:,"><img src="khong-co.svg">'
        '<link rel="canonical" href="../hinh/a.svg"><link rel=icon href="../hinh/a.svg?aaaaaaaa">'
    )
    assert needs == (
        "assets/0123456789/",
        "nguoi-dan/hinh/a.svg?aaaaaaaa",
        "nguoi-dan/bai/man-hinh.bbbbbbbb.svg",
        "nguoi-dan/bai/anh.cccccccc.png?dddddddd",
    )

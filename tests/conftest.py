"""What the tests share: a copy of the project to break, the site built once, and a real browser on it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from handbook.manuscript import Manuscript, read_manuscript
from handbook.problems import Problems
from tests.browser import ARGUMENTS, HOW_TO_GET_ONE, find

# A loaded machine is slow, not wrong.
expect.set_options(timeout=15_000)

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("curriculum", "docs", "overrides", "print", "mkdocs.yml")
SAID = "said.txt"
"""What the build said, beside the site it made."""
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: half of the time a worker waits for a page."""
    return (os.cpu_count() or 1) + 1


SMALL = frozenset(
    {"can-bo/hoi-tro-ly-ai", "can-bo/ho-tro-tai-quay", "hoc-sinh-sinh-vien/dang-nhap-an-toan"}
    | {"hoc-sinh-sinh-vien/kiem-tra-tin", "nguoi-lao-dong/tra-cuu-vssid", "nguoi-lao-dong/quet-ma-qr"}
    | {"kinh-doanh/ban-hang-tren-mang", "kinh-doanh/nhan-tien-qr", "nguoi-dan/vneid-muc-2"}
    | {"nguoi-dan/nop-ho-so-dich-vu-cong", "nguoi-cao-tuoi/goi-video", "nguoi-cao-tuoi/lua-dao-cong-an"}
)
"""The lessons of the small handbook that tests break and build many times: two of each group."""


def copy_project(folder: Path) -> Path:
    """The sources of the handbook in a folder of their own, with a few lessons of each group."""
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, folder / name)
    _make_small(folder)
    return folder


def _make_small(project: Path) -> None:
    """Leave only the lessons in SMALL, what leads to them, and the class plans that use no other."""
    docs, curriculum = project / "docs", project / "curriculum"
    for path in docs.glob("*/*.md"):
        lesson = path.relative_to(docs).with_suffix("").as_posix()
        if path.parent.name != "huong-dan" and lesson not in SMALL:
            path.unlink()
    for path in docs.glob("*/*.md"):
        text = path.read_text(encoding="utf-8")
        path.write_text(_LINK.sub(partial(_kept_link, page=path, docs=docs), text), encoding="utf-8")
    for path in (curriculum / "groups").glob("*.yml"):
        lines = path.read_text(encoding="utf-8").split("\n")
        lines = [line for line in lines if not (found := _KEPT.match(line)) or found[1] in SMALL]
        kept = _EMPTY_STAGE.sub("", "\n".join(lines))
        taught = {word for lesson in _KEPT.findall(kept) for word in _competences(docs / f"{lesson}.md")}
        kept = _NEED.sub(lambda need, taught=taught: f"  {need[1]}: basic\n" if need[1] in taught else "", kept)
        path.write_text(kept, encoding="utf-8")
    for path in (curriculum / "courses").glob("*.yml"):
        if not set(_TAUGHT.findall(path.read_text(encoding="utf-8"))) <= SMALL:
            path.unlink()
    (curriculum / "systems.yml").unlink()


_LINK = re.compile(r"\[([^\]\n]+)\]\(([^)\s#]+\.md)(?:#[^)\s]*)?\)")
_EMPTY_STAGE = re.compile(r"  - title: .*\n    goal: .*\n    lessons:\n(?!      - )")
_KEPT = re.compile(r"^      - (\S+/\S+)$", re.M)
_NEED = re.compile(r"^  ([a-z-]+): (?:basic|intermediate|advanced)\n", re.M)
_TAUGHT = re.compile(r"lesson: (\S+)")


def _competences(lesson: Path) -> list[str]:
    declared = re.search(r"^competences: \[(.*)\]$", lesson.read_text(encoding="utf-8"), re.M)
    assert declared
    return declared[1].split(", ")


def _kept_link(link: re.Match[str], page: Path, docs: Path) -> str:
    """The link as it is, or only its words where it leads to a lesson that is left out."""
    target = (page.parent / link[2]).resolve()
    made = target.is_relative_to(docs.resolve()) and target.parent != docs.resolve() and target.name != "index.md"
    return link[0] if target.exists() or not made else link[1]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_project(tmp_path / "project")


@pytest.fixture(scope="session")
def manuscript() -> Manuscript:
    problems = Problems()
    read = read_manuscript(ROOT, problems)
    assert read, "\n".join(map(str, problems))
    return read


def run_build(root: Path, site: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The real command, in a process of its own."""
    command = [sys.executable, str(ROOT / "build_handbook.py"), "--root", str(root), "build", "--site", str(site)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=root, env={**os.environ, **environment}
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real handbook, built once for all tests."""
    return _built_once(tmp_path_factory, "real", lambda folder: ROOT)


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small handbook, built once: for what does not depend on which lessons there are."""
    return _built_once(tmp_path_factory, "small", lambda folder: copy_project(folder / "project"))


def _built_once(factory: pytest.TempPathFactory, name: str, project: Callable[[Path], Path]) -> Path:
    """The site built from `project`, which may be written to the folder it is given: by the first worker to ask."""
    shared = factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent  # each worker has a folder of its own in it
    folder = shared / f"built-{name}"
    with FileLock(f"{folder}.lock"):
        if not (folder / "site").exists():
            folder.mkdir(exist_ok=True)
            done = run_build(project(folder), folder / "site")
            assert done.returncode == 0, done.stderr
            (folder / SAID).write_text(done.stdout + done.stderr, encoding="utf-8")
    return folder / "site"


@pytest.fixture(scope="session")
def small_address(small_site: Path) -> Iterator[str]:
    """Where the small handbook is served; ends with a slash."""
    yield from serve(small_site)


class _Handler(SimpleHTTPRequestHandler):
    """A plain file host with a 404 page, as the handbook's hosts are."""

    def log_message(self, *args: object) -> None: ...

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != 404:
            super().send_error(code, message, explain)
            return
        page = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


class QuietServer(ThreadingHTTPServer):
    """A server on any free port, to which a reader who leaves is no error."""

    daemon_threads = True

    def __init__(self, handler: Callable[..., SimpleHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def serve(folder: Path) -> Iterator[str]:
    with QuietServer(partial(_Handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the built site is served; ends with a slash."""
    yield from serve(site)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find()
    assert path, HOW_TO_GET_ONE
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A phone 360 px wide that taps."""
    # What is kept for when there is no network has tests of its own (test_offline.py); here every request counts.
    context = browser.new_context(
        viewport=PHONE, has_touch=True, is_mobile=True, locale="vi-VN", base_url=address, service_workers="block"
    )
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext) -> Iterator[Page]:
    """A page on the phone. Fails the test when the page reports an error, or at its end lacks styles."""
    page = whole(phone.new_page())
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert not errors
    assert not unstyled(page)


_STYLES = [sheet.read_text(encoding="utf-8") for sheet in sorted((ROOT / "overrides" / "css").glob("*.css"))]
_UNSTYLED = (ROOT / "tests" / "unstyled.js").read_text(encoding="utf-8")


def unstyled(page: Page) -> list[str]:
    """Selectors of `overrides/css` that match something on the page as it is now, which yet got no such rule."""
    if page.is_closed() or not page.locator("html[data-ready] link[rel=stylesheet]").count():
        return []  # somebody else's page, or one whose scripts have not come
    lacking: list[str] = page.evaluate(_UNSTYLED, _STYLES)
    return lacking


def until(page: Page, condition: str, arg: object = None) -> None:
    """Wait for an expression, or an asynchronous function of `arg`, to become true, on whatever page there is then.

    (Playwright's own way evaluates it within the page: our policy forbids it.)
    """
    deadline = time.monotonic() + 30
    while not _evaluated(page, condition, arg):
        assert time.monotonic() < deadline, condition
        page.wait_for_timeout(50)


def _evaluated(page: Page, condition: str, arg: object) -> object:
    try:
        return page.evaluate(condition, arg)
    except PlaywrightError as error:
        if "context was destroyed" not in error.message:  # by going to another page
            raise
        return None


def whole(page: Page) -> Page:
    """The page, whose `goto` waits for the scripts, too: they come after the first paint."""
    goto = page.goto

    def goto_and_wait(url: str) -> Response | None:
        answer = goto(url)
        if page.locator("html[data-scripts]").count():  # a page of ours
            page.locator("html[data-ready]").wait_for(state="attached")
        return answer

    page.goto = goto_and_wait  # type: ignore[method-assign, assignment]
    return page

"""What a phone has to load for a page, as a host sends it: the `.gz` that the build writes beside it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html
from playwright.sync_api import Browser

from tests.conftest import PHONE, whole

MOST_BLOCKING = 14 * 1024
"""Bytes of what the first paint waits for: about what a host sends before the phone has answered once."""

MOST_FIRST_VIEW = 45 * 1024
MOST_WHOLE = 54 * 1024


def weight(path: Path) -> int:
    """Bytes that go over the network for a file."""
    packed = path.with_name(f"{path.name}.gz")
    return (packed if packed.exists() else path).stat().st_size


@pytest.fixture(scope="module")
def lessons(site: Path) -> dict[str, str]:
    """The HTML of every lesson's page."""
    pages = {
        path.parent.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.glob("*/*/*.html")
    }
    return {name: page for name, page in pages.items() if "data-page=lesson" in page}


def test_nothing_but_the_page_itself_holds_up_its_first_paint(site: Path) -> None:
    for path in site.rglob("*.html"):
        page = html.fromstring(path.read_bytes())
        assert not page.xpath("//link[@rel='stylesheet'] | //script[@src]"), path
        assert "@font-face" not in path.read_text(encoding="utf-8"), path
        assert "@import" not in path.read_text(encoding="utf-8"), path


def test_what_the_first_paint_waits_for_is_light(site: Path, lessons: dict[str, str]) -> None:
    heavy = {name: size for name in lessons if (size := weight(site / name / "index.html")) > MOST_BLOCKING}
    assert not heavy, f"more than {MOST_BLOCKING} bytes: {heavy}"
    for path in site.rglob("index.html"):
        # Lists of everything may be longer; the words on top come with the first bytes all the same.
        head = path.read_bytes().partition(b"</h1>")[0]
        assert len(gzip.compress(head, 9)) < MOST_BLOCKING, path


def test_a_whole_lesson_is_light(site: Path, lessons: dict[str, str]) -> None:
    """All that the page loads by itself, down to its end: more than the first view, which is tested in a browser."""
    weights = {name: whole_weight(site, name, page) for name, page in lessons.items()}
    assert not {name: files for name, files in weights.items() if sum(files.values()) > MOST_WHOLE}


def whole_weight(site: Path, lesson: str, page: str) -> dict[str, int]:
    """File name → its bytes, of everything that a lesson's page loads by itself when it is read to its end."""
    (folder,) = {path.parent for path in site.glob("assets/*/site.js")}
    files = {site / lesson / "index.html", folder / "later.css", *(folder / script for script in loaded(folder, page))}
    files |= {site / lesson / name for name in re.findall(r'src="?([^"\s>#?]+)', page) if "qr.svg" not in name}
    files |= {site / "assets" / icons for icons in re.findall(r"assets/(bieu-tuong[\w.]+)", page)}
    return {file.name: weight(file) for file in files}


def loaded(folder: Path, page: str) -> set[str]:
    """The scripts that a page with all it has asks for by itself, and what these import."""
    site = (folder / "site.js").read_text(encoding="utf-8")
    parts = re.findall(r'"?([^",{}]+)"?:"\./([\w-]+\.js)"', site)
    wanted = {script for part, script in parts if re.sub(r"[\[\]]|^a?\.", "", part).split("=")[0] in page} | {"site.js"}
    waiting = list(wanted)
    while waiting:
        text = (folder / waiting.pop()).read_text(encoding="utf-8")
        more = set(re.findall(r'from"\./([\w-]+\.js)"', text)) - wanted
        wanted |= more
        waiting.extend(more)
    return wanted


def test_the_first_view_of_the_heaviest_lessons_is_light(
    browser: Browser, site: Path, address: str, lessons: dict[str, str]
) -> None:
    context = browser.new_context(viewport=PHONE, base_url=address, service_workers="block")
    page = whole(context.new_page())
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    heavy = {}
    for lesson in sorted(lessons, key=lambda name: sum(whole_weight(site, name, lessons[name]).values()))[-5:]:
        asked.clear()
        page.goto(f"{lesson}/")
        page.wait_for_load_state("networkidle")
        names = {urlsplit(url).path.lstrip("/") for url in asked}
        weights = {name: weight(site / name / "index.html" if name.endswith("/") else site / name) for name in names}
        assert len(weights) > 5
        assert not [name for name in weights if name.endswith((".woff2", ".ttf", ".wasm"))]
        if sum(weights.values()) > MOST_FIRST_VIEW:
            heavy[lesson] = weights
    context.close()
    assert not heavy


def test_a_lesson_weighs_the_same_in_a_handbook_five_times_as_large(site: Path, small_site: Path) -> None:
    page = "nguoi-lao-dong/quet-ma-qr/index.html"
    assert weight(site / page) == pytest.approx(weight(small_site / page), rel=0.03)

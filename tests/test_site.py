"""The site as its users meet it: by touch on a phone, by keyboard, without script, with nothing missing."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pypdfium2
import pytest
from lxml import etree, html
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from handbook.images import ImageShelf
from handbook.lessons import SECTIONS
from handbook.manuscript import Manuscript
from handbook.site.html import Pictures, lesson_html, text_html
from tests.conftest import DESKTOP, PHONE, ROOT, whole

# A lesson on several paths: it lives with `nguoi-dan`, and others learn it too.
SHARED = "nguoi-dan/vneid-muc-2"


def pages_of(site: Path) -> dict[str, html.HtmlElement]:
    """Every HTML page of the site by its address."""
    found = {}
    for file in site.rglob("*.html"):
        address = file.relative_to(site).as_posix().removesuffix("index.html")
        found[address] = html.fromstring(file.read_bytes())
    return found


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, html.HtmlElement]:
    return pages_of(site)


@pytest.fixture
def plain(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A phone whose browser runs no script."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, base_url=address)
    yield context
    context.close()


def walk_home_to_next(page: Page, go: object) -> None:
    """home → group → lesson → next lesson, with `go` to follow a link."""
    assert callable(go)
    page.goto("")
    go(page.locator(".group-card", has_text="Công nhân"))
    expect(page.locator("h1")).to_contain_text("Công nhân")
    go(page.locator("a", has_text="Bắt đầu"))
    expect(page.locator("h1")).to_have_text("Kích hoạt tài khoản định danh mức 2 trên VNeID")
    go(page.locator(".path-link.next:visible"))
    expect(page.locator("h1")).to_have_text("Xem quá trình đóng bảo hiểm xã hội trên VssID")
    expect(page.locator(".crumbs:visible")).to_contain_text("Bài 2/13")


def test_home_to_next_lesson_by_touch(page: Page) -> None:
    walk_home_to_next(page, lambda link: link.tap())


def test_home_to_next_lesson_by_keyboard(page: Page) -> None:
    def press(link: object) -> None:
        target = link.element_handle()  # type: ignore[attr-defined]
        for _ in range(200):
            page.keyboard.press("Tab")
            if page.evaluate("link => document.activeElement === link", target):
                page.keyboard.press("Enter")
                page.wait_for_load_state()
                return
        raise AssertionError("the link cannot be reached with Tab")

    walk_home_to_next(page, press)


def test_home_to_next_lesson_without_script(plain: BrowserContext) -> None:
    walk_home_to_next(plain.new_page(), lambda link: link.click())


def test_the_path_the_reader_came_by_decides_what_comes_next(page: Page) -> None:
    page.goto("nguoi-lao-dong/")
    page.locator("a", has_text="Bắt đầu").tap()
    expect(page.locator("h1")).to_contain_text("VNeID")
    expect(page.locator(".path-link.next:visible")).to_contain_text("VssID")
    page.locator(".path-link.next:visible").tap()
    expect(page.locator(".path-link.previous:visible")).to_contain_text("VNeID")


def test_the_path_holds_without_script(plain: BrowserContext) -> None:
    page = plain.new_page()
    page.goto("nguoi-lao-dong/")
    page.locator("a", has_text="Bắt đầu").click()
    expect(page.locator(".path-link.next:visible")).to_contain_text("VssID")


def test_the_path_survives_a_jump_within_the_lesson(page: Page) -> None:
    page.goto(f"{SHARED}/#theo-nguoi-lao-dong")
    page.locator(".toc summary").tap()
    page.locator(".toc a", has_text="Ghi nhớ").tap()
    expect(page.locator(".path-link.next:visible")).to_contain_text("VssID")


def shown_paths(page: Page) -> list[str]:
    """The paths whose next lesson, way up or list of lessons shows."""
    shown = page.locator(".for-path:visible").evaluate_all("parts => parts.map(part => part.dataset.path)")
    return sorted(set(shown))


@pytest.mark.parametrize("scripted", [True, False])
def test_only_one_path_shows_whatever_the_address_says(browser: Browser, address: str, scripted: bool) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=scripted, base_url=address)
    page = context.new_page()
    page.goto(f"{SHARED}/#theo-nguoi-lao-dong")
    assert shown_paths(page) == ["nguoi-lao-dong"]
    others = page.locator(".other-paths")
    others.locator("summary").click()
    expect(others.locator("a:visible")).to_have_count(2)
    others.locator("a", has_text="Người cao tuổi").click()
    expect(page.locator(".path-links[data-path=nguoi-cao-tuoi]")).to_be_in_viewport()
    assert shown_paths(page) == ["nguoi-cao-tuoi"]
    page.go_back()
    expect(page.locator(".path-links[data-path=nguoi-lao-dong]")).to_be_visible()
    assert shown_paths(page) == ["nguoi-lao-dong"]
    page.locator(".toc summary").click()
    page.locator(".toc a").first.click()
    # Without script a jump within the lesson loses the path; the other paths are offered below.
    assert shown_paths(page) == (["nguoi-lao-dong"] if scripted else ["nguoi-dan"])
    context.close()


def test_pages_do_not_need_has(site: Path) -> None:
    """A browser that does not know `:has()` drops every selector that stands beside one."""
    for file in (*site.rglob("*.html"), *site.rglob("*.css")):
        assert ":has(" not in file.read_text(encoding="utf-8"), file


def test_pictures_may_have_any_name(tmp_path: Path) -> None:
    name = "can-bo/hinh/số 1#a?b%c.svg"
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64.4 32"/>', encoding="utf-8")
    body = etree.fromstring(f'<div><p>Hình</p><p><img alt="" src="{name}"/></p></div>')
    shown = text_html(body, "../../", Pictures("", ImageShelf(tmp_path))).body
    image = html.fromstring(shown).find(".//img")
    assert unquote(urlsplit(urljoin("https://handbook.test/can-bo/bai/", image.get("src"))).path) == f"/{name}"
    assert (image.get("width"), image.get("height")) == ("64", "32")


def test_photos_become_small_files_in_two_widths(tmp_path: Path) -> None:
    (tmp_path / "can-bo").mkdir()
    photo = Image.effect_noise((2400, 1200), 60)
    photo.save(tmp_path / "can-bo" / "anh.png")
    shelf = ImageShelf(tmp_path)
    body = etree.fromstring('<div><p><img alt="Ảnh" width="600" src="can-bo/anh.png"/></p></div>')
    image = html.fromstring(text_html(body, "../../", Pictures("", shelf)).body).find(".//img")
    assert (image.get("width"), image.get("height")) == ("600", "300")
    files = [entry.split()[0] for entry in image.get("srcset").split(", ")]
    assert [Image.open(io.BytesIO(shelf.made[file.removeprefix("../../")])).width for file in files] == [720, 1440]
    assert all(file.endswith(".webp") for file in files)
    assert shelf.replaced == {"can-bo/anh.png"}
    original = (tmp_path / "can-bo" / "anh.png").stat().st_size
    assert sum(map(len, shelf.made.values())) < original / 3


def test_only_the_list_of_footnotes_stands_after_the_sections() -> None:
    body = etree.fromstring(
        "<div><p>Lạc</p><section><h2 id='a'>Một</h2><p>Hai</p></section>"
        "<div class='footnote'><p>Chú thích</p></div></div>"
    )
    made = lesson_html(body, "", Pictures("", ImageShelf(ROOT / "docs")))
    assert [(section.id, section.title, section.body) for section in made.sections] == [("a", "Một", "<p>Hai</p>")]
    assert made.footnotes == '<div class="footnote"><p>Chú thích</p></div>'


def test_a_lesson_reached_directly_shows_the_path_it_lives_on(page: Page) -> None:
    page.goto(f"{SHARED}/")
    expect(page.locator(".path-link.next:visible")).to_have_count(1)
    expect(page.locator(".path-link.next:visible")).to_contain_text("Nộp hồ sơ")


def test_no_page_scrolls_sideways(browser: Browser, address: str, pages: dict[str, html.HtmlElement]) -> None:
    # The narrowest screen is the strictest; a wider one has a layout of its own, the same on every page of a kind.
    of_a_kind = {path.split("/")[0] if path.count("/") < 2 else path.count("/"): path for path in pages}
    for width, looked_at in ((320, pages), (360, of_a_kind.values()), (1280, of_a_kind.values())):
        context = browser.new_context(viewport={"width": width, "height": 740}, base_url=address)
        page = context.new_page()
        for path in looked_at:
            page.goto(path, wait_until="domcontentloaded")
            inner = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
            assert inner[0] <= inner[1], (path, inner)
        context.close()


def test_tabs_and_folded_answers_work_without_script(plain: BrowserContext, pages: dict[str, html.HtmlElement]) -> None:
    page = plain.new_page()
    page.goto(next(address for address, page in pages.items() if page.find_class("tabbed-set")))
    blocks = page.locator(".tabbed-set").first.locator(".tabbed-block")
    expect(blocks.nth(0)).to_be_visible()
    page.locator(".tabbed-labels").first.locator("label").nth(1).click()
    expect(blocks.nth(1)).to_be_visible()
    expect(blocks.nth(0)).not_to_be_visible()
    page.goto(f"{SHARED}/")
    # What turns when it is opened does so by the page's own styles: later.css comes with the scripts.
    styles = page.locator("head style").text_content() or ""
    assert "details[open]>summary::before" in styles
    assert ")[open]>summary::after" in styles
    answer = page.locator("details.answer").first
    answer.locator("summary").click()
    expect(answer.locator("li").first).to_be_visible()


@pytest.mark.parametrize("view", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_questions_have_their_room_before_their_script_comes(
    browser: Browser, address: str, view: ViewportSize
) -> None:
    context = browser.new_context(viewport=view, base_url=address)
    waiting, page = context.new_page(), whole(context.new_page())
    waiting.route("**/*.js", lambda route: route.abort())
    for one in (waiting, page):
        one.goto("nguoi-cao-tuoi/goi-video/")
    heights = "all => all.map(one => one.offsetHeight)"
    before, after = (one.locator(".question").evaluate_all(heights) for one in (waiting, page))
    context.close()
    grown = [other - one for one, other in zip(before, after, strict=True)]
    assert all(abs(more) < 40 for more in grown), grown


def test_the_404_page_helps(page: Page) -> None:
    response = page.goto("khong/co/trang-nay")
    assert response and response.status == 404
    expect(page.locator("h1")).to_have_text("Không tìm thấy trang này")
    expect(page.locator("main .search-form")).to_be_visible()
    expect(page.locator(".group-card")).to_have_count(6)


def test_the_404_page_of_a_site_at_a_domains_root_leads_home_and_searches(page: Page) -> None:
    page.goto("khong/co/trang-nay")
    for link in (page.locator(".site-name"), page.locator("a", has_text="Về trang đầu")):
        assert link.get_attribute("href") == "/"
    page.locator("header [data-open-search]").tap()
    page.locator("#search-dialog input[name=q]").fill("quet ma")
    page.wait_for_selector('#search-dialog [data-state="done"]')
    expect(page.locator("#search-dialog .result-title").first).to_contain_text("Quét mã QR")


def test_every_internal_address_leads_somewhere(site: Path, pages: dict[str, html.HtmlElement]) -> None:
    base = "https://handbook.test/"
    broken = []
    for address, page in pages.items():
        if address == "404.html":
            continue  # its links start at the root of site_url
        for element, _, link, _ in page.iterlinks():
            target = urlsplit(urljoin(base + address, link))
            if f"{target.scheme}://{target.netloc}/" != base or element.get("rel") == "canonical":
                continue
            path = target.path.lstrip("/")
            file = site / path / "index.html" if path.endswith("/") or not path else site / path
            if not file.is_file():
                broken.append((address, link))
            elif target.fragment and file.suffix == ".html":
                goal = pages[path]
                if not goal.xpath("//*[@id=$id]", id=target.fragment):
                    broken.append((address, link))
    assert not broken


def test_no_page_asks_another_host_for_anything(pages: dict[str, html.HtmlElement]) -> None:
    for address, page in pages.items():
        for element in page.xpath("//*[@src] | //link[@href][not(@rel='canonical')] | //*[@action]"):
            url = element.get("src") or element.get("href") or element.get("action")
            assert not urlsplit(url).netloc, (address, url)


def test_lesson_pages_have_all_they_owe(pages: dict[str, html.HtmlElement], manuscript: Manuscript) -> None:
    for lesson in manuscript.handbook.lessons.values():
        page = pages[f"{lesson.id}/"]
        text = page.text_content()
        headings = [heading.text_content().strip() for heading in page.xpath("//main//h2")]
        assert headings == [title for title in SECTIONS if title in headings]
        assert set(headings) >= {title for title, required in SECTIONS.items() if required}
        assert f"Cập nhật ngày {lesson.front_matter.updated:%d/%m/%Y}" in text
        assert "chưa được cơ quan có thẩm quyền duyệt" in text
        assert page.xpath(f"//a[contains(@href, 'ban-in/{lesson.id}.pdf')]")
        assert page.xpath("//a[contains(., 'Sửa bài này')]")
        assert page.xpath("//a[contains(., 'Góp ý')]")
        assert page.get("lang") == "vi"


def test_headings_are_in_order(pages: dict[str, html.HtmlElement]) -> None:
    for address, page in pages.items():
        levels = [
            int(heading.tag[1]) for heading in page.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4]")
        ]
        assert levels[0] == 1 and levels.count(1) == 1, address
        for before, after in pairwise(levels):
            assert after <= before + 1, (address, levels)


def test_the_theme_says_nothing_in_english(pages: dict[str, html.HtmlElement]) -> None:
    english = re.compile(
        r"\b(Skip|Search|Next|Previous|Table of contents|Note|Warning|Danger|Figure|Back to top|Home)\b"
    )
    for address, page in pages.items():
        for element in page.xpath("//script | //style | //*[@class='glossary-list']"):
            element.drop_tree()
        spoken = page.text_content() + " ".join(page.xpath("//@aria-label | //@alt | //@title | //@placeholder"))
        assert not english.search(spoken), (address, english.search(spoken))


def test_the_theme_ships_nothing_that_no_page_uses(site: Path) -> None:
    files = [path for path in (site / "assets").rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".css", ".js", ".svg", ".png", ".gz", ".br"}
    assert {path.name for path in files if path.suffix == ".css"} == {"later.css"}
    assert not list(site.rglob("*.map"))


def test_no_style_ships_that_no_page_and_no_script_can_use(site: Path) -> None:
    scripts = "".join(path.read_text(encoding="utf-8") for path in site.glob("assets/*/*.js"))
    everywhere = scripts
    for path in site.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        css = "".join(re.findall(r"<style>(.*?)</style>", page, re.S))
        rest = page.replace(css, "")
        early = "".join(re.findall(r"<script>(.*?)</script>", page, re.S))
        unused = {name for name in class_names(css) if name not in rest and name not in early}
        assert not unused, (path, unused)
        everywhere += rest
    (later,) = site.glob("assets/*/later.css")
    unused = {name for name in class_names(later.read_text(encoding="utf-8")) if name not in everywhere}
    assert not unused


def class_names(css: str) -> set[str]:
    """The classes that selectors name, except inside `:is()` and its like, where there are others to choose from."""
    return set(re.findall(r"\.(-?[_a-zA-Z][\w-]*)", re.sub(r"\{[^{}]*\}|:\w+\([^()]*\)|@[^{;]*", ",", css)))


def test_the_menu_closes_with_escape_and_with_a_tap_elsewhere(page: Page) -> None:
    page.goto("")
    menu = page.locator("details.menu")
    menu.locator("summary").tap()
    expect(menu.locator("ul")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.locator("ul")).not_to_be_visible()
    menu.locator("summary").tap()
    page.touchscreen.tap(20, 700)
    expect(menu.locator("ul")).not_to_be_visible()
    # The keyboard goes on to what it would cover.
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu.locator("ul")).to_be_visible()
    menu.locator("a").last.focus()
    page.keyboard.press("Tab")
    expect(menu.locator("ul")).not_to_be_visible()
    # Who comes back to the page finds it closed.
    menu.locator("summary").tap()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    expect(menu.locator("ul")).not_to_be_visible()


def test_a_link_to_what_is_folded_opens_it(page: Page) -> None:
    page.goto(f"{SHARED}/#danh-cho-nguoi-huong-dan")
    expect(page.locator("details.instructor")).to_have_js_property("open", True)
    page.goto(f"{SHARED}/")
    page.locator(".toc summary").tap()
    page.locator(".toc a").last.tap()
    expect(page.locator("details.instructor")).to_have_js_property("open", True)


def test_what_the_browser_prints_is_whole(browser: Browser, address: str, pages: dict[str, html.HtmlElement]) -> None:
    context = browser.new_context(viewport=DESKTOP, base_url=address)
    page = whole(context.new_page())

    def printed() -> str:
        with pypdfium2.PdfDocument(page.pdf(format="A4")) as pdf:
            return " ".join(" ".join(sheet.get_textpage().get_text_bounded() for sheet in pdf).split())

    page.goto(next(address for address, page in pages.items() if page.find_class("tabbed-set")))
    labels = page.locator(".tabbed-labels label").all_text_contents()
    page.emulate_media(media="print")
    blocks = page.locator(".tabbed-block").all()
    named = "block => JSON.parse(getComputedStyle(block, '::before').content)"
    assert [block.evaluate(named) for block in blocks] == labels
    assert all(block.is_visible() for block in blocks)
    expect(page.locator(".tabbed-labels:visible")).to_have_count(0)
    page.emulate_media(media="null")
    page.goto(f"{SHARED}/")
    captions = page.locator(".strip").first.locator("figcaption").all_text_contents()
    page.get_by_role("button", name="Tập thử").first.click()
    expect(page.locator(".try-task")).to_be_visible()
    text = printed()
    assert all(" ".join(caption.split()) in text for caption in captions)
    assert "Dành cho người hướng dẫn" not in text
    page.emulate_media(media="print")
    expect(page.locator(":is(button, summary, .site-nav, .try):visible")).to_have_count(0)
    page.emulate_media(media="null")
    page.locator("details.instructor summary").click()
    assert "Dành cho người hướng dẫn" in printed()
    context.close()


def test_the_skip_link_is_the_first_stop_and_leads_to_the_text(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=DESKTOP, base_url=address)
    page = context.new_page()
    page.goto(f"{SHARED}/")
    page.keyboard.press("Tab")
    assert "Bỏ qua" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "noi-dung"
    context.close()

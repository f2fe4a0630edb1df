"""What a link to the handbook brings along: a picture and words in a chat, facts for search engines, icons."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html
from PIL import Image, ImageChops, ImageDraw
from playwright.sync_api import Browser

from handbook.addresses import ICONS, MANIFEST, preview_path
from handbook.manuscript import Manuscript
from handbook.printing.picture import Picture
from handbook.printing.pictures import site_pictures
from handbook.printing.typesetting import draw_pictures
from handbook.site.structured_data import about_class_plan, script_text
from tests.conftest import PHONE, ROOT

SITE_URL = "https://binhdanhocvuso.example/"
TITLE = "Cẩm nang Bình dân học vụ số"
GROUPS = ("can-bo", "hoc-sinh-sinh-vien", "kinh-doanh", "nguoi-cao-tuoi", "nguoi-dan", "nguoi-lao-dong")
BRAND = (11, 93, 76)
Head = dict[str, str]


def page_of(site: Path, path: str) -> html.HtmlElement:
    return html.fromstring((site / path / "index.html").read_bytes())


def tags(page: html.HtmlElement) -> Head:
    return {meta.get("property") or meta.get("name"): meta.get("content") for meta in page.iterfind("head/meta")}


def facts(page: html.HtmlElement) -> Any:
    (script,) = page.findall("head/script[@type='application/ld+json']")
    return json.loads(script.text)


def drawn(image: Image.Image, box: tuple[int, int, int, int]) -> Image.Image:
    """Part of a picture, white where it differs from the ground."""
    part = image.convert("RGBA").convert("RGB").crop(box)
    return ImageChops.difference(part, Image.new("RGB", part.size, BRAND)).convert("L").point(lambda by: 255 * (by > 8))


def test_each_group_has_a_preview_of_its_own_that_a_chat_takes(small_site: Path) -> None:
    names = ["", *GROUPS]
    files = [small_site / preview_path(name) for name in names]
    assert sorted(files) == sorted((small_site / "assets/xem-truoc").iterdir())
    for file in files:
        assert file.stat().st_size < 60_000, file
        with Image.open(file) as image:
            assert (image.size, image.format) == ((1200, 630), "PNG")
            assert drawn(image, (72, 40, 1130, 440)).getbbox(), file  # words
            assert not drawn(image, (1140, 0, 1200, 460)).getbbox(), file  # inside the edges
    assert len({file.read_bytes() for file in files}) == len(files)


@pytest.mark.parametrize(
    "title", ["Đồng-bào-vùng-cao-biên-giới-xa", "Bà con", "Tỉnh Quảng Ninh cùng học những việc số mỗi ngày, mỗi người"]
)
def test_a_preview_has_room_for_any_name(tmp_path: Path, title: str) -> None:
    for name in ("print/preview.typ", "overrides/assets/icon.svg"):
        (tmp_path / Path(name).name).write_bytes((ROOT / name).read_bytes())
    said = {"title": title, "line": "Học từng bước. " * 12, "handbook": TITLE}
    draw_pictures([Picture("thu.png", "preview.typ", 1200, 630, said, 48)], tmp_path, tmp_path)
    with Image.open(tmp_path / "thu.png") as image:
        assert drawn(image, (72, 40, 1130, 440)).getbbox()
        assert not drawn(image, (1140, 0, 1200, 460)).getbbox()
        assert not drawn(image, (0, 0, 1200, 24)).getbbox()


def test_icons_are_what_phones_ask_for(small_site: Path) -> None:
    for icon in ICONS:
        with Image.open(small_site / icon.path) as image:
            assert image.size == (icon.size, icon.size)
            whole = image.convert("RGBA")
            corner = whole.getpixel((0, 0))
            assert isinstance(corner, tuple)
            if icon.form == "plain":
                assert corner[3] == 0
                continue
            assert corner[3] == 255 and all(abs(a - b) < 3 for a, b in zip(corner, BRAND, strict=False))
            assert whole.getextrema()[3] == (255, 255)
            if icon.form == "maskable":
                # A phone may cut all away but a circle of four fifths.
                mark = drawn(image, (0, 0, icon.size, icon.size))
                assert mark.getbbox()
                edge, far = icon.size * 0.1, icon.size * 0.9
                ImageDraw.Draw(mark).ellipse((edge, edge, far, far), fill=0)
                assert not mark.getbbox()


def test_a_phone_may_install_it(browser: Browser, small_address: str, small_site: Path) -> None:
    context = browser.new_context(viewport=PHONE, base_url=small_address)
    page = context.new_page()
    page.goto("nguoi-dan/vneid-muc-2/")
    devtools = context.new_cdp_session(page)
    got = devtools.send("Page.getAppManifest")
    assert got["errors"] == []
    assert got["url"] == f"{small_address}{MANIFEST}"
    problems = [error["errorId"] for error in devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]]
    assert set(problems) <= {"in-incognito"}  # the test's own window
    context.close()
    read = json.loads((small_site / MANIFEST).read_text(encoding="utf-8"))
    tokens = (ROOT / "overrides/css/tokens.css").read_text(encoding="utf-8")
    assert f"--brand: {read['theme_color']};" in tokens and f"--ground: {read['background_color']};" in tokens
    for icon in [*read["icons"], *(icon for shortcut in read["shortcuts"] for icon in shortcut["icons"])]:
        assert (small_site / icon["src"]).is_file()
        if icon["type"] == "image/png":
            with Image.open(small_site / icon["src"]) as image:
                assert icon["sizes"] == f"{image.width}x{image.height}"
    assert {icon.get("purpose") for icon in read["icons"]} == {None, "any", "maskable"}
    for shortcut in read["shortcuts"]:
        path, _, anchor = shortcut["url"].partition("#")
        assert not anchor or page_of(small_site, path).get_element_by_id(anchor) is not None
        assert (small_site / path / "index.html").is_file()


@pytest.mark.parametrize(
    ("path", "kind", "title", "image"),
    [
        ("", "website", TITLE, ""),
        ("nguoi-dan/", "website", "", "nguoi-dan"),
        ("nguoi-dan/vneid-muc-2/", "article", "Kích hoạt tài khoản định danh mức 2 trên VNeID", "nguoi-dan"),
        ("nguoi-lao-dong/quet-ma-qr/", "article", "", "nguoi-lao-dong"),
        ("huong-dan/viet-bai/", "website", "", ""),
        ("tim-kiem/", "website", "Tìm bài học", ""),
    ],
)
def test_a_link_looks_well_in_a_chat(small_site: Path, path: str, kind: str, title: str, image: str) -> None:
    page = page_of(small_site, path)
    told = tags(page)
    assert told["og:title"] == (title or page.findtext(".//h1"))
    assert told["og:description"] == told["description"] and len(told["og:description"]) > 20
    assert told["og:url"] == f"{SITE_URL}{path}" == page.find("head/link[@rel='canonical']").get("href")
    assert told["og:image"] == f"{SITE_URL}{preview_path(image)}"
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert TITLE in told["og:image:alt"]
    assert (told["og:type"], told["og:locale"], told["og:site_name"]) == (kind, "vi_VN", TITLE)
    assert told["twitter:card"] == "summary_large_image"


def test_a_page_that_is_not_there_shares_nothing(small_site: Path) -> None:
    page = html.fromstring((small_site / "404.html").read_bytes())
    assert not [name for name in tags(page) if name and name.startswith("og:")]
    assert page.find("head/script[@type='application/ld+json']") is None
    assert page.find("head/link[@rel='manifest']").get("href") == f"/{MANIFEST}"


def test_search_engines_learn_what_a_lesson_teaches(small_site: Path) -> None:
    said = facts(page_of(small_site, "nguoi-dan/vneid-muc-2/"))
    assert (said["@context"], said["@type"]) == ("https://schema.org", "LearningResource")
    assert said["name"] == "Kích hoạt tài khoản định danh mức 2 trên VNeID"
    assert (said["inLanguage"], said["timeRequired"], said["isAccessibleForFree"]) == ("vi", "PT15M", True)
    assert said["teaches"] == ["Định danh điện tử", "Nhận ra lừa đảo"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", said["dateModified"])
    assert said["license"].startswith("https://creativecommons.org/licenses/by/4.0/")
    courses = [course["@id"] for course in said["isPartOf"]]
    assert courses == [f"{SITE_URL}{group}/" for group in ("nguoi-dan", "nguoi-lao-dong", "nguoi-cao-tuoi")]
    for course in courses:
        about = facts(page_of(small_site, course.removeprefix(SITE_URL)))
        assert (about["@type"], about["@id"]) == ("Course", course)
        assert about["provider"]["name"] and about["description"]
        assert re.fullmatch(r"PT\d+M", about["hasCourseInstance"]["courseWorkload"])
        assert f"{SITE_URL}nguoi-dan/vneid-muc-2/" in [part["url"] for part in about["hasPart"]]
    site = facts(page_of(small_site, ""))
    assert (site["@type"], site["url"]) == ("WebSite", SITE_URL)
    assert site["publisher"]["name"]
    assert site["potentialAction"]["target"] == f"{SITE_URL}tim-kiem/?q={{words}}"


def test_class_plans_are_for_teachers(manuscript: Manuscript) -> None:
    course = manuscript.handbook.courses[0]
    said = about_class_plan(course, SITE_URL, "Ban biên soạn")
    assert (said["name"], said["learningResourceType"]) == (course.title, "lesson plan")
    assert said["audience"]["educationalRole"] == "teacher"
    assert said["url"] == f"{SITE_URL}khoa-hoc/{course.slug}/"


def test_no_title_can_end_the_data() -> None:
    title = "</script><script>alert(1)</script><!-- "
    assert "<" not in script_text({"name": title})
    assert json.loads(script_text({"name": title})) == {"name": title}


def test_what_links_need_weighs_little(small_site: Path) -> None:
    """Half a kilobyte or so a page, compressed as hosts do."""
    for path in ("", "nguoi-dan/", "nguoi-dan/vneid-muc-2/"):
        page = (small_site / path / "index.html").read_text(encoding="utf-8")
        bare = re.sub(r'<meta property="og:[^>]*>|<script type="application/ld\+json">.*?</script>', "", page)
        weight = len(gzip.compress(page.encode(), 9)) - len(gzip.compress(bare.encode(), 9))
        assert 50 < weight < 520, (path, weight)


def test_robots_find_every_page_worth_finding(small_site: Path) -> None:
    robots = (small_site / "robots.txt").read_text(encoding="utf-8")
    assert f"Sitemap: {SITE_URL}sitemap.xml" in robots.splitlines() and "Disallow" not in robots
    listed = etree.parse(small_site / "sitemap.xml").findall("{*}url")
    addresses = [entry.findtext("{*}loc") for entry in listed]
    assert len(set(addresses)) == len(addresses)
    for address in addresses:
        page = page_of(small_site, address.removeprefix(SITE_URL))
        assert page.find("head/link[@rel='canonical']").get("href") == address
    made = {path.parent.relative_to(small_site).as_posix() for path in small_site.rglob("index.html")}
    left_out = made - {address.removeprefix(SITE_URL).rstrip("/") or "." for address in addresses}
    assert left_out <= {"tim-kiem", "mat-mang"}
    dated = {entry.findtext("{*}loc"): entry.findtext("{*}lastmod") for entry in listed}
    lesson = f"{SITE_URL}nguoi-dan/vneid-muc-2/"
    assert dated[lesson] == facts(page_of(small_site, "nguoi-dan/vneid-muc-2/"))["dateModified"]


def test_the_pictures_are_the_groups(manuscript: Manuscript) -> None:
    handbook = manuscript.handbook
    previews = [
        picture for picture in site_pictures(handbook, TITLE, "Tên ngắn", "Lời") if picture.template != "icon.typ"
    ]
    assert [picture.said["title"] for picture in previews] == [
        "Tên ngắn",
        *(group.short_title for group in handbook.groups),
    ]

"""The handbook as other apps get it: every document as its schema says, whole, safe to show, leading somewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from lxml import etree, html

from handbook.api.drawings import LOOKS
from handbook.api.fragments import ALLOWED, fragments, sanitised
from handbook.images import ImageShelf
from handbook.manuscript import Manuscript, read_manuscript
from handbook.problems import Problems
from tests.conftest import ROOT
from tests.test_markup import CASES, rendered

SITE_URL = "https://binhdanhocvuso.example/"
LESSON = "nguoi-dan/vneid-muc-2"
Json = dict[str, Any]


def read(path: Path) -> Json:
    read: Json = json.loads(path.read_text(encoding="utf-8"))
    return read


@pytest.fixture(scope="module")
def handbook(small_site: Path) -> Json:
    return read(small_site / "api" / "handbook.json")


@pytest.fixture(scope="module")
def lessons(small_site: Path, handbook: Json) -> dict[str, Json]:
    return {entry["id"]: read(file_of(entry["api_url"], small_site)) for entry in handbook["lessons"]}


@pytest.fixture(scope="module")
def small_manuscript(small_site: Path) -> Manuscript:
    problems = Problems()
    manuscript = read_manuscript(small_site.parent / "project", problems)
    assert manuscript, list(problems)
    return manuscript


def file_of(url: str, site: Path) -> Path:
    """The file behind an address of the site."""
    assert url.startswith(SITE_URL), url
    path = unquote(url.removeprefix(SITE_URL).partition("#")[0])
    return site / path / "index.html" if path.endswith("/") or not path else site / path


def html_of(lesson: Json) -> Iterator[str]:
    yield from (section["html"] for section in lesson["sections"])
    yield lesson["footnotes"]
    for question in lesson["quiz"]:
        yield question["html"]
        yield from (answer[part] for answer in question["answers"] for part in ("html", "reason"))
    yield from (task["html"] for task in lesson["practice"])


def parsed(fragment: str) -> html.HtmlElement:
    return html.fragment_fromstring(fragment, create_parent="body")


def test_every_document_is_as_its_published_schema_says(
    small_site: Path, handbook: Json, lessons: dict[str, Json]
) -> None:
    for document in [handbook, *lessons.values()]:
        schema = read(file_of(document["$schema"], small_site))
        assert schema["$id"] == document["$schema"]
        Draft202012Validator.check_schema(schema)
        Draft202012Validator(schema, format_checker=FormatChecker()).validate(document)
        assert document["format"] == 1


def test_the_schema_refuses_what_breaks_the_promise_and_lets_additions_through(
    small_site: Path, lessons: dict[str, Json]
) -> None:
    lesson = lessons[LESSON]
    checker = Draft202012Validator(read(file_of(lesson["$schema"], small_site)), format_checker=FormatChecker())
    checker.validate(lesson | {"added_later": True})
    for broken in ({"format": 2}, {"minutes": "15"}, {"updated": "hôm qua"}, {"screens": [{"id": "s1"}]}):
        with pytest.raises(ValidationError):
            checker.validate(lesson | broken)
    with pytest.raises(ValidationError):
        checker.validate({key: value for key, value in lesson.items() if key != "reviewed"})


def test_every_lesson_is_there_in_the_order_of_the_paths(
    small_site: Path, handbook: Json, lessons: dict[str, Json]
) -> None:
    paths = {
        group["slug"]: [lesson for stage in group["stages"] for lesson in stage["lessons"]]
        for group in handbook["groups"]
    }
    assert list(lessons) == list(dict.fromkeys(lesson for path in paths.values() for lesson in path))
    pages = {path.parent.relative_to(small_site).as_posix() for path in small_site.glob("*/*/index.html")}
    assert set(lessons) == {page for page in pages if page.split("/")[0] in paths and not page.endswith("/nguon")}
    written = {
        path.relative_to(small_site / "api/lessons").as_posix() for path in small_site.glob("api/lessons/*/*.json")
    }
    assert written == {f"{lesson}.json" for lesson in lessons}
    for name, lesson in lessons.items():
        assert lesson["id"] == name
        for place in lesson["paths"]:
            path = paths[place["group"]]
            around = [None, *path, None]
            assert (path[place["position"] - 1], len(path)) == (name, place["total"])
            assert [place["previous"], place["next"]] == [around[place["position"] - 1], around[place["position"] + 1]]


def test_a_lesson_keeps_every_word(lessons: dict[str, Json], small_manuscript: Manuscript) -> None:
    for name, lesson in lessons.items():
        said = " ".join(
            [*(text for part in html_of(lesson) for text in parsed(part or " ").itertext())]
            + [f"{screen['alt']} {screen['caption']} {screen['svg']}" for screen in lesson["screens"]]
            + [section["title"] for section in lesson["sections"]]
        )
        written = small_manuscript.texts[name].body.itertext()
        assert set(re.findall(r"\w+", " ".join(written))) - set(re.findall(r"\w+", said)) == set(), name


def test_nothing_but_the_listed_html_is_published(lessons: dict[str, Json]) -> None:
    seen = set()
    for lesson in lessons.values():
        for part in filter(None, html_of(lesson)):
            for element in parsed(part).iterdescendants():
                seen.add(element.tag)
                assert element.tag in ALLOWED, etree.tostring(element)
                assert set(element.attrib) <= ALLOWED[element.tag] | {"rel", "lang"}, etree.tostring(element)
    assert {"aside", "figure", "section", "a", "details", "img"} <= seen


@pytest.mark.parametrize(
    ("nasty", "left"),
    [
        ('<p onclick="x()">Chữ<script>alert(1)</script></p>', "<p>Chữ</p>"),
        ('<a href="javascript:alert(1)">đi</a>', '<a rel="noopener">đi</a>'),
        ('<a href="java\nscript:alert(1)">đi</a>', '<a rel="noopener">đi</a>'),
        ('<img src="x" onerror="alert(1)" alt="hình">', '<img alt="hình">'),
        ('<img src="data:text/html,<script>" alt="">', '<img alt="">'),
        ('<svg><style>*{display:none}</style><a xlink:href="javascript:x">x</a></svg>Sau', "Sau"),
        ("<math><mtext><table><mglyph><style><img src onerror=x>", ""),
        ('<iframe src="https://x.example"></iframe><form action="/x"><input name="a"></form>', ""),
        ('<p style="position:fixed" class="site-header" id="root">Chữ</p>', "<p>Chữ</p>"),
        ("<!-- lời --><lesson-quiz>Hỏi</lesson-quiz>", "Hỏi"),
        (
            '<a href="#fn:1">1</a><a href="//x.example/">2</a>',
            '<a href="#fn:1" rel="noopener">1</a><a rel="noopener">2</a>',
        ),
        ('<a href="tel:113" target="_top">gọi</a>', '<a href="tel:113" rel="noopener">gọi</a>'),
        ("1 &lt; 2 &amp; 3", "1 &lt; 2 &amp; 3"),
    ],
)
def test_what_is_not_listed_does_not_get_through(nasty: str, left: str) -> None:
    assert sanitised(nasty) == left


def test_components_become_plain_elements_and_data() -> None:
    texts = {name: (CASES / f"{name}.md").read_text(encoding="utf-8") for name in ("quiz", "practice", "scam")}
    audience = "/// audience | nguoi-dan\nNhờ **người nhà**.\n///"
    tabs = '=== "Android"\n\n    Một.\n\n=== "iPhone"\n\n    Hai.'
    note = "Bốn.[^1]\n\n[^1]: Năm, [xem](../nguoi-dan/vneid-muc-2.md#cac-buoc)."
    box = '!!! danger "Đừng"\n    Ba.'
    text = "\n\n".join(["## Các bước", tabs, box, audience, note, "## Thực hành", *texts.values()])
    parts = fragments(rendered(text), SITE_URL, {LESSON}, ImageShelf(ROOT / "docs"))
    steps, rest = parts.sections
    assert (steps.id, steps.title, rest.id) == ("cac-buoc", "Các bước", "thuc-hanh")
    assert re.sub(r">\s+<", "><", steps.html) == (
        '<section data-kind="tabs"><section data-kind="tab"><p><strong>Android</strong></p><p>Một.</p></section>'
        '<section data-kind="tab"><p><strong>iPhone</strong></p><p>Hai.</p></section></section>'
        '<aside data-kind="danger"><p><strong>Đừng</strong></p><p>Ba.</p></aside>'
        '<aside data-groups="nguoi-dan" data-kind="audience"><p><strong>Dành cho: nguoi-dan</strong></p>'
        "<p>Nhờ <strong>người nhà</strong>.</p></aside>"
        '<p>Bốn.<sup id="fnref:1"><a href="#fn:1" rel="noopener">1</a></sup></p>'
    )
    link = parsed(parts.footnotes).find(".//a[@data-lesson]")
    assert (link.get("data-lesson"), link.get("href")) == (LESSON, f"{SITE_URL}{LESSON}/#cac-buoc")
    assert [question.many for question in parts.quiz] == [False, True]
    first = parts.quiz[0]
    assert (first.section, first.html) == ("thuc-hanh", "Người lạ xin <strong>mã OTP</strong>. Bạn làm gì?")
    assert [(answer.right, answer.reason) for answer in first.answers] == [
        (False, "Có mã là họ lấy được tiền."),
        (True, "Không ai có quyền hỏi mã này."),
    ]
    assert [task.html for task in parts.practice][1:] == ["Lưu số công an xã."]
    kinds = re.findall(r'data-kind="(\w+)"', rest.html)
    assert kinds == ["quiz", "practice", "scam"]


def test_screens_stand_alone_each_in_its_place(lessons: dict[str, Json]) -> None:
    drawn = 0
    for lesson in lessons.values():
        places = [
            figure.get("data-screen")
            for section in lesson["sections"]
            for figure in parsed(section["html"] or " ").iter("figure")
            if figure.get("data-screen")
        ]
        assert places == [screen["id"] for screen in lesson["screens"]]
        for screen in lesson["screens"]:
            drawing = etree.fromstring(screen["svg"])
            assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
            title, described = drawing[0].text, drawing[1].text
            assert title and title.startswith("Màn hình ") and described == screen["alt"]
            assert float(drawing.get("width")) > 200 and float(drawing.get("height")) > 50
            for element in drawing.iter():
                assert etree.QName(element).localname not in {"style", "script", "image", "use", "a"}
                assert not {"class", "style", "href"} & set(element.attrib)
            drawn += 1
    assert drawn > 50


def test_screens_that_stand_alone_look_as_on_the_site() -> None:
    """Each class of a drawing has the light colours that the style sheet gives it."""
    tokens = (ROOT / "overrides/css/tokens.css").read_text(encoding="utf-8").split("@media")[0]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", tokens))
    css = (ROOT / "overrides/css/drawing.css").read_text(encoding="utf-8")
    styled = {}
    for name, rules in re.findall(r"\.phone \.(\w) \{([^}]+)\}", css):
        said = re.findall(r"([\w-]+): ([^;]+);", rules)
        styled[name] = {
            key: re.sub(r"var\(--([\w-]+)\)", lambda token: colours[token[1]], value) for key, value in said
        }
    ink = {"fill": colours["ink"]}
    assert {name: ink | look for name, look in LOOKS.items()} == {"t": ink} | {
        name: ink | look for name, look in styled.items()
    }


def test_every_address_leads_somewhere(small_site: Path, handbook: Json, lessons: dict[str, Json]) -> None:
    urls = {group[key] for group in handbook["groups"] for key in ("url", "book")}
    urls |= {entry[key] for entry in handbook["lessons"] for key in ("url", "api_url")}
    for lesson in lessons.values():
        urls |= {lesson["url"], *lesson["prints"].values()}
        for part in filter(None, html_of(lesson)):
            named = [element.get("href") or element.get("src") for element in parsed(part).iter("a", "img")]
            urls |= {url for url in named if url and url.startswith(SITE_URL)}
    assert len(urls) > 60
    pages: dict[Path, set[str]] = {}
    for url in urls:
        file = file_of(url, small_site)
        assert file.is_file(), url
        if anchor := url.partition("#")[2]:
            pages.setdefault(file, set(html.fromstring(file.read_bytes()).xpath("//@id")))
            assert anchor in pages[file], url


def test_links_to_lessons_say_which(handbook: Json, lessons: dict[str, Json]) -> None:
    url_of = {entry["id"]: entry["url"] for entry in handbook["lessons"]}
    marked = 0
    for lesson in lessons.values():
        for part in filter(None, html_of(lesson)):
            for link in parsed(part).iter("a"):
                bare = (link.get("href") or "").partition("#")[0]
                assert (bare in url_of.values()) == ("data-lesson" in link.attrib)
                if name := link.get("data-lesson"):
                    assert url_of[name] == bare
                    marked += 1
    assert marked


def test_the_developers_page_lists_what_may_stand_in_the_html() -> None:
    told = (ROOT / "API.md").read_text(encoding="utf-8")
    for element, attributes in ALLOWED.items():
        assert f"`{element}`" in told or f"`<{element}>`" in told, element
        for attribute in attributes:
            assert attribute in told, (element, attribute)

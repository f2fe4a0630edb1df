"""The rules on a text one by one: Markdown in, codes and lines out; and what must not be taken for a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from handbook.checks import rendered_text
from handbook.checks.files import check_files
from handbook.checks.letters import check_letters
from handbook.checks.page import Page, Surroundings
from handbook.cli import main
from handbook.lessons import LessonText, find_headings
from handbook.markup import render
from handbook.markup.links import anchors, resolve_references
from handbook.markup.rendering import Renderer
from handbook.pictures import check_picture
from handbook.problems import Problems
from handbook.report import report
from handbook.scaffold import ScaffoldError, new_lesson
from handbook.source_text import blank_code, unbalanced_tag

PICTURE = "![Mô tả](hinh/thu.svg)"


def found(text: str, *, is_lesson: bool = False) -> list[tuple[str, int]]:
    """(code, line) of each problem of a text, which stands in a file of its own."""
    problems = Problems()
    source = LessonText("thu/bai", "docs/thu/bai.md", text, 1)
    made = render(source, Renderer(), problems)
    if made:
        resolve_references(made.body, source.id)
        page = Page(source.id, source.file, text, 1, made.body, is_lesson)
        known = {"thu/bai": set(anchors(made.body)), "thu/hong": None}
        rendered_text.check(page, Surroundings(known, {"thu/hinh/thu.svg"}), problems)
    return [(problem.code, problem.line) for problem in problems]


def tree(text: str) -> str:
    made = render(LessonText("thu/bai", "docs/thu/bai.md", text, 1), Renderer(), Problems())
    assert made
    return "".join(etree.tostring(child, encoding="unicode") for child in made.body).replace("\n", "")


RIGHT = {
    "braces around words": "Gõ {họ tên} vào ô.",
    "void tags as HTML has them": f"Một<br>hai.\n\n<hr>\n\n<img src=hinh/thu.svg alt='Mô tả'>\n\n{PICTURE}",
    "a comment with a heading in it": "## A\n\nChữ.\n\n<!-- nháp\n\n## B\n\n<section> -->\n\nChữ.",
    "a comment in a sentence": "Chữ <!-- nháp --> hết.",
    "tags shown as code": "Gõ `<section>` hoặc:\n\n```html\n<section class=a>\n```",
    "a caption below its picture": f"{PICTURE}\n\n/// figure-caption\nLời ghi.\n///",
    "a footnote called from another": "Chữ.[^1]\n\n[^1]: Một.[^2]\n[^2]: Hai.",
    "a link to a heading": "## A\n\nXem [a](#a), [hỏng](hong.md#gi-cung-duoc).",
    "an ampersand and an unknown reference": "Hỏi & đáp &foo; <div>a & b</div>",
    "a list in a list": "\n".join("    " * depth + "- bậc" for depth in range(6)),
    "a number that starts a list": "3. Ba\n4. Bốn",
    "a table": "| A | B |\n|:-:|---|\n| a | b |",
    "a sign of comparison": "Nếu 3 < 5 và 7 > 2, viết cho <gop-y@x.example>.",
    "signs of Vietnamese print": "“Được”… – 20.000 ₫, 37 °C, ≥ 18 tuổi",
    "a link inside the instructor's notes": "## Dành cho người hướng dẫn\n\n[x](#b)\n\n### B\n\nChữ.",
    "a box without a title": '!!! tip ""\n\n    Chữ.',
    "the sign of a table of contents": "[TOC]",
    "an arrow in code": "Gõ `→` hoặc:\n\n    → mã",
    "a dialogue": "– Bác ơi.",
    "stars instead of a password": "**Chạm** Lưu. Mật khẩu ******.",
    "bars within a cell": "| A | B |\n| --- | --- |\n| 1 \\| 2 | `3 | 4` |",
    "a telephone number": "[Gọi](tel:113)",
    "Markdown shown as code": "Ghi `1) a | b`:\n\n```markdown\n**a\n```",
}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_what_is_right(text: str) -> None:
    assert found(text) == []


WRONG = {
    "a host in brackets": ("[x](http://[abc)", "wrong-link", 1),
    "a site without a host": ("[x](https://)", "wrong-link", 1),
    "a picture's host in brackets": ("![x](http://[abc)", "outside-picture", 1),
    "a picture from a host": ("![x](//abc/d.png)", "outside-picture", 1),
    "an empty heading": ("## A\n\nChữ.\n\n###\n\nChữ.", "empty-heading", 5),
    "a first-level heading": ("# A", "heading-level", 1),
    "levels that jump": ("## A\n\n#### **B** nhỏ", "heading-level", 3),
    "levels that jump in a list": ("## A\n\n- Một\n\n    ##### B", "heading-level", 5),
    "a heading inside a block": ("## A\n\n- Một\n\n    ### B", "swallowed-heading", 5),
    "a caption first": ("/// figure-caption\nLời ghi.\n///", "caption-without-picture", 1),
    "a caption below a list": ("- Một\n\n/// figure-caption\nLời ghi.\n///", "caption-without-picture", 3),
    "a caption in a footnote": (
        "Một.[^1]\n\n[^1]: /// figure-caption\n    Lời ghi.\n    ///",
        "caption-without-picture",
        1,
    ),
    "a footnote in a tab's label": ('=== "A[^1]"\n\n    Chữ.\n\n[^1]: Hai.', "misplaced-footnote", 1),
    "a footnote in a heading": ("## A[^1]\n\nChữ.\n\n[^1]: Hai.", "misplaced-footnote", 1),
    "a footnote nobody calls": ("Chữ.\n\n[^a]: Một.", "unused-footnote", 3),
    "a link to a footnote": ("Chữ.[^1] [x](#fn:1)\n\n[^1]: Một.", "broken-anchor", 1),
    "a link to a tab": ('=== "Thẻ"\n\n    Chữ.\n\n[x](#the)', "broken-anchor", 5),
    "markup in code": ("<code>a<b>c</b></code>", "wrong-code", 1),
    "code without words": ("<code></code>", "wrong-code", 1),
    "a list that starts at a word": ('<ol start="x"><li>Một</li></ol>', "wrong-number", 1),
    "a list with Roman numbers": ('<ol type="i"><li>Một</li></ol>', "wrong-number", 1),
    "a cell flush to nothing": ('<table><tr><td align="top">Ô</td></tr></table>', "wrong-align", 1),
    "text between rows": ("<table>chữ<tr><td>Ô</td></tr></table>", "misplaced-html", 1),
    "a raw heading": ("<h3>A</h3>", "unknown-html", 1),
    "a raw component": ("Chữ.\n\n<lesson-quiz></lesson-quiz>", "unknown-html", 3),
    "raw tabs": ('<div data-tabs="1"><p>A</p></div>', "unknown-html", 1),
    "an element in capitals": ("<B>Đậm</B>", "unknown-html", 1),
    "an id of the page's template": ("### Một { #theo-can-bo }", "duplicate-anchor", 1),
    "an attribute without quotes": ("Một.\n\n<b class=x>Hai</b>", "broken-html", 3),
    "a tag closed in the next item": ("- <br> một\n- <b>hai\n- ba</b>", "broken-html", 2),
    "a word in angle brackets": ("Một <b>hai</b>.\n\nGõ <vo so> vào.", "broken-html", 3),
    "a tag that closes nothing": ("Một.\n\nHai</i>.", "broken-html", 3),
    "a processing instruction": ("Một.\n\nHai <?php ?>.", "unknown-html", 3),
    "a declaration": ("Một.\n\n<!DOCTYPE html>\nHai.", "broken-html", 3),
    "code without a line": ("Một.\n\n```\nhai\n```\n\n```\n\n```", "wrong-code", 7),
    "a line under a line": ("Một ~~hai [ba](https://a.example)~~.", "lines-together", 1),
    "a link without an address": ("Một.\n\nXem [trang]().", "wrong-link", 3),
    "a box that only looks empty": ('??? "Tên"\n\n    Chữ.', "unknown-box", 1),
    "a link into the instructor's notes": (
        "## A\n\n[x](#b)\n\n## Dành cho người hướng dẫn\n\n### B\n\nChữ.",
        "hidden-anchor",
        3,
    ),
    "a mark of unread Markdown": ("Chữ { width=3 }.", "unread-markup", 1),
    "a list right under its sentence": ("Một.\n\nLàm như sau:\n1. Mở **máy**.\n2. Chạm.", "unread-markup", 4),
    "a list of another program": ("Một.\n\n• Điện thoại", "unread-markup", 3),
    "a list with brackets": ("1) Mở máy.\n2) Chạm.", "unread-markup", 1),
    "a table right under its sentence": ("Bảng:\n| A | B |\n| --- | --- |\n| 1 | 2 |", "unread-markup", 2),
    "a table without its rule": ("| A | B |\n| 1 | 2 |", "unread-markup", 1),
    "bold that does not end": ("Chạm **Lưu.", "unread-markup", 1),
    "a space within a link": ("Xem [bài này] (../x/y.md).", "unread-markup", 1),
    "brackets the wrong way round": ("Xem (bài này)[https://a.example].", "unread-markup", 1),
    "a box of another site": ("> [!WARNING]\n> Chữ.", "unread-markup", 1),
    "a row with a cell too many": ("| A | B |\n| --- | --- |\n| 1 | 2 |\n| 1 | 2 | 3 |", "extra-cell", 4),
    "two footnotes of one name": ("Một.[^a]\n\n[^a]: Hai.\n\n[^a]: Ba.", "repeated-footnote", 5),
    "a tab with nothing in it": ('=== "A"\n\n    Chữ.\n\n=== "B"\n\nChữ.', "empty-box", 5),
    "a component with a slip in its name": ("Một.\n\n```Screens\napp: Zalo\n```", "unknown-block", 3),
    "letters in a telephone number": ("[Gọi](tel:19OO1234)", "wrong-link", 1),
}


@pytest.mark.parametrize(("text", "code", "line"), WRONG.values(), ids=WRONG)
def test_what_is_wrong(text: str, code: str, line: int) -> None:
    assert (code, line) in found(text)


def test_only_a_lesson_begins_with_a_section_and_is_printed_in_one_font() -> None:
    text = "Lời → đầu.\n\n## Mục tiêu\n\nChữ."
    assert found(text) == []
    assert found(text, is_lesson=True) == [("text-before-sections", 1), ("unprintable-character", 1)]


def test_levels_hold_where_a_passage_for_some_groups_is_left_out() -> None:
    passage = "## A\n\n### B\n\n/// audience | x\n\n#### C\n\nChữ.\n\n///\n\n"
    assert ("heading-level", 13) in found(f"{passage}##### D")
    assert "heading-level" not in [code for code, _ in found(f"{passage}#### D")]


def test_an_unprintable_character_is_found_however_it_is_written() -> None:
    assert found("Một.\n\nHai &rarr; ba, &#9776;, &#x2713;.", is_lesson=True) == [("unprintable-character", 3)] * 3
    assert found("Gõ `☰` hoặc:\n\n```\n→ ├ 中\n```", is_lesson=True) == [
        ("unprintable-character", 1),
        ("unprintable-character", 4),
    ]


def test_a_line_of_dashes_is_a_rule_and_no_heading() -> None:
    assert tree("Chữ\n---\nnữa") == "<p>Chữ</p><hr/><p>nữa</p>"


def test_a_section_keeps_its_id_and_no_heading_takes_one_of_the_page() -> None:
    made = tree("## Các bước\n\n### Ghi nhớ\n\n### Nội dung\n\n### Theo nhóm\n\n## Ghi nhớ")
    assert '<h2 id="ghi-nho">' in made
    assert '<h3 id="muc-noi-dung">' in made
    assert '<h3 id="muc-theo-nhom">' in made


def test_bare_rows_and_words_get_what_print_draws() -> None:
    assert tree("<table><tr><td>Ô</td></tr></table>") == "<table><tbody><tr><td>Ô</td></tr></tbody></table>"
    assert tree("<div>một <b>hai</b><p>ba</p>bốn</div>") == (
        "<div><p><span>một </span><b>hai</b></p><p>ba</p><p><span>bốn</span></p></div>"
    )


def test_no_character_breaks_a_text() -> None:
    assert tree("a\x00b\uffffc\ue000d\ue000 &#0; &#xFFFF; &#99999999; &LT;b&GT;") == (
        "<p>a\ufffdb\ufffdc\ufffdd\ufffd \ufffd \ufffd \ufffd &lt;b&gt;</p>"
    )


@pytest.mark.parametrize("written", ["\x07", "\u200b", "\ue000", "\uffff", "\U0001ffff", "&#0;", "&#xFFFE;"])
def test_a_character_nobody_sees_is_reported(written: str) -> None:
    problems = Problems()
    check_letters(f"Một.\nHai{written}.", "docs/a.md", problems)
    assert [(problem.code, problem.line) for problem in problems] == [("hidden-character", 2)]


def test_headings_are_not_sought_in_code_and_comments() -> None:
    text = "## A\n<!-- x\n\n## B\n-->\n```\n## C\n```\n- ```\n  ## D\n  ```\n## E\n\n``` chưa khép\n## F"
    assert [(heading.text, heading.line) for heading in find_headings(text)] == [("A", 1), ("E", 12), ("F", 15)]


def test_code_is_blanked_but_the_words_of_components_are_kept() -> None:
    text = "a `b` <!-- c -->\n```quiz\n? d\n```\n```\ne\n```"
    assert blank_code(text).split() == ["a", "?", "d"]
    assert len(blank_code(text)) == len(text)


def test_the_tag_that_is_never_closed_is_named() -> None:
    tag = unbalanced_tag("<div>\n<b>một</b> <i>hai\n</div>")
    assert tag and (tag.name, tag.offset) == ("i", 17)
    assert unbalanced_tag("<div>\n\n<p>một<br></p>\n\n</div> <img src='a>b'>") is None


def test_a_file_that_nothing_shows_is_pointed_out() -> None:
    files = {"a/bai.md", "a/hinh/a.svg", "a/hinh/b.png", "a/.DS_Store", "a/c.html", "a/d.MD"}
    problems = Problems()
    check_files(files, {"a/hinh/a.svg"}, problems)
    assert [(problem.file, problem.code, problem.severity) for problem in problems] == [
        ("docs/a/c.html", "wrong-file-type", "error"),
        ("docs/a/d.MD", "wrong-file-type", "error"),
        ("docs/a/hinh/b.png", "unused-file", "warning"),
    ]
    unknown = Problems()
    check_files(files, None, unknown)
    assert {problem.code for problem in unknown} == {"wrong-file-type"}


def test_a_picture_is_what_its_name_says(tmp_path: Path) -> None:
    for name, kind in (("a.png", "PNG"), ("b.jpg", "JPEG"), ("c.jpg", "PNG"), ("d.webp", "GIF")):
        Image.new("RGB", (2, 2)).save(tmp_path / name, kind)
    problems = Problems()
    for name in ("a.png", "b.jpg", "c.jpg", "d.webp"):
        check_picture(tmp_path, name, ("docs/a.md", 7), problems)
    told = [(problem.code, problem.line, problem.message) for problem in problems]
    assert [(code, line) for code, line, _ in told] == [("broken-picture", 7)] * 2
    assert "hình PNG mà tên kết thúc bằng “.jpg”, phải là “.png”" in told[0][2]


def test_a_picture_too_heavy_for_a_weak_network_is_a_problem(tmp_path: Path) -> None:
    Image.effect_noise((1200, 1200), 90).save(tmp_path / "nang.png")
    (tmp_path / "nang.svg").write_text(f'<svg viewBox="0 0 9 9"><path d="{"M1 1" * 20_000}"/></svg>', encoding="utf-8")
    problems = Problems()
    for name in ("nang.png", "nang.svg"):
        check_picture(tmp_path, name, ("docs/a.md", 7), problems)
    assert [(problem.code, problem.line) for problem in problems] == [("heavy-picture", 7)] * 2
    assert "nặng 80 KB, quá 60 KB" in [problem.message for problem in problems][1]


def test_a_picture_nobody_shows_is_a_warning_of_the_whole_run(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Image.new("RGB", (2, 2)).save(project / "docs" / "nguoi-dan" / "thua.png")
    main(["--root", str(project), "check"])
    assert "docs/nguoi-dan/thua.png:1: lưu ý [unused-file]" in capsys.readouterr().out


def test_brackets_in_names_are_names_in_the_report(project: Path) -> None:
    for name in ("competences.yml", "groups/nguoi-dan.yml"):
        path = project / "curriculum" / name
        text = path.read_text(encoding="utf-8")
        key = "short_title: " if "groups" in name else "title: "
        lines = [
            f'{line.partition(key)[0]}{key}"[/b] [a] :x:\\\\"' if key in line else line for line in text.split("\n")
        ]
        path.write_text("\n".join(lines), encoding="utf-8")
    shown = report(project)
    assert shown.count("[/b] [a] :x:\\") > 3


@pytest.mark.parametrize(
    ("lesson", "title"),
    [
        ("nguoi-dan/bai-moi", "Dài " * 21),
        ("nguoi-dan/bai-moi", "Hai\ndòng"),
        ("nguoi-dan/bai-moi", "Hai\u2028dòng"),
        ("nguoi-dan/index", "Bài"),
        ("nguoi-dan/bai-giang-vien", "Bài"),
    ],
)
def test_new_refuses_what_check_would(project: Path, lesson: str, title: str) -> None:
    with pytest.raises(ScaffoldError):
        new_lesson(project, lesson, title)
    assert not (project / "docs" / f"{lesson}.md").exists()

"""Rules on the ways of setting out a text: boxes, tabs, lists, tables, code, captions, and Markdown left unread."""

from __future__ import annotations

import difflib
import re
from itertools import chain, repeat

from lxml import etree

from handbook.checks.page import Page, has_content
from handbook.markup.rendering import BOX_TITLES
from handbook.markup.trees import words_of
from handbook.markup.vocabulary import ALIGNMENTS, LIST_TYPES
from handbook.problems import Problems
from handbook.source_text import COMPONENT_FENCES, empty_fences

MAX_TABS = 6
MAX_LIST_DEPTH = 6

_CAPTION = re.compile(r"^[ \t>]*/{3,}[ \t]*figure-caption", re.M)

_ADDRESS = r"(?:https?:|\.{1,2}/|[\w/-]+\.md)"

_LEFTOVERS = (
    (re.compile(r"^(?:!!!|\?\?\?\+?|===!?) ?.*|^\[![A-Z]+\].*", re.M), "khung hoặc thẻ chuyển"),
    (re.compile(r"(?<=\n)[ \t]*(?:[-*+•–]|\d{1,2}[.)])[ \t]+\S.*|^[ \t]*(?:•|\d{1,2}\))[ \t]+\S.*", re.M), "danh sách"),
    (re.compile(r"^[ \t]*\|.*\|[ \t]*$", re.M), "bảng"),
    (re.compile(r"(?<!\*)\*\*(?!\*).*"), "chữ đậm"),
    (re.compile(rf"\[[^\]\n]+\]\s+\({_ADDRESS}[^)\n]*\)|\([^()\n]+\)\[{_ADDRESS}[^\]\n]*\]"), "liên kết"),
    (re.compile(r"\[\^[^\]]+\]"), "chú thích"),
    (re.compile(r"^/{3,}.*", re.M), "khối ///"),
    (re.compile(r"!?\[[^\]\n]*\]\[[^\]\n]*\]"), "liên kết"),
    (re.compile(r"\{:?\s*(?:[#.][\w-]+|[\w-]+=)[^}\n]*\}"), "thuộc tính { … }"),
    (re.compile(r"^(`{3,}|~{3,})", re.M), "khối mã"),
    (re.compile(r"<!--.*|.*-->"), "lời nhắn <!-- … -->"),
)


def check_leftovers(page: Page, problems: Problems) -> None:
    """Markdown that was not understood stays in the text as written; a reader would meet the bare signs."""
    for element in page.body.iter(etree.Element):
        if element.tag in {"code", "pre"}:
            continue
        runs = [element.text, *(child.tail for child in element)]
        for run in filter(None, runs):
            for pattern, name in _LEFTOVERS:
                if found := pattern.search(run):
                    problems.add(
                        "unread-markup",
                        page.file,
                        page.line_of(found.group(), found.group().split("\n")[0].strip()),
                        f"Dấu “{found.group()[:40]}” của {name} không được hiểu và sẽ hiện nguyên ra trang.",
                        "Kiểm tra dòng trống phía trên, thụt lề bốn dấu cách bên trong, và dấu khép lại.",
                    )


def check_tabs(page: Page, problems: Problems) -> None:
    for tabs in page.body.iterfind(".//div[@data-tabs]"):
        labels = [words_of(label) for label in tabs.iterfind("div[@class='tabbed-labels']/label")]
        if len(labels) > MAX_TABS:
            problems.add(
                "too-many-tabs",
                page.file,
                page.line_of(f'=== "{labels[0]}"'),
                f"Có {len(labels)} thẻ chuyển cạnh nhau, màn hình điện thoại không đủ chỗ.",
                f"Dùng nhiều nhất {MAX_TABS} thẻ, hoặc tách thành các mục “###”.",
            )
        for label, block in zip(labels, tabs.iterfind("div[@class='tabbed-content']/div"), strict=False):
            if not has_content(block):
                problems.add(
                    "empty-box",
                    page.file,
                    page.line_of(f'=== "{label}"', label),
                    f"Thẻ chuyển “{label}” rỗng: nội dung chưa thụt vào trong.",
                    "Thụt mỗi dòng nội dung của thẻ vào bốn dấu cách.",
                )


def check_boxes(page: Page, problems: Problems) -> None:
    for box in page.body.xpath(".//div[contains(@class, 'admonition')] | .//details[not(ancestor::lesson-quiz)]"):
        title = box.find("summary") if box.tag == "details" else box.find("p[@class='admonition-title']")
        content = [child for child in box if child is not title]
        bare = "".join([box.text or "", *(child.tail or "" for child in box)]).strip()
        if title is not None and not bare and not any(map(has_content, content)):
            problems.add(
                "empty-box",
                page.file,
                page.line_of(f'"{words_of(title)}"', words_of(title)),
                f"Khung “{words_of(title)}” rỗng: nội dung chưa thụt vào trong.",
                "Thụt mỗi dòng nội dung của khung vào bốn dấu cách.",
            )
        kinds = [name for name in box.get("class", "").split() if name != "admonition"]
        for kind in kinds or [""]:
            if kind not in BOX_TITLES:
                problems.add(
                    "unknown-box",
                    page.file,
                    page.line_of(*(f"{sign} {kind}" for sign in ("!!!", "???", "???+") if kind), "<details"),
                    f"Không có loại khung “{kind}”.",
                    f"Dùng một trong: {', '.join(BOX_TITLES)}.",
                )


def check_lists(page: Page, problems: Problems) -> None:
    for made in page.body.iter("ul", "ol"):
        depth = 1 + sum(ancestor.tag in {"ul", "ol"} for ancestor in made.iterancestors())
        if depth == MAX_LIST_DEPTH + 1:
            problems.add(
                "deep-list",
                page.file,
                page.line_of(*_beginnings(made)),
                f"Danh sách lồng nhau quá {MAX_LIST_DEPTH} bậc.",
                "Tách thành danh sách riêng, hoặc thành các mục “###”.",
            )
        start, kind = made.get("start", "1"), made.get("type", "1")
        if not re.fullmatch(r"[0-9]{1,4}", start) or kind not in LIST_TYPES:
            problems.add(
                "wrong-number",
                page.file,
                page.line_of(f'start="{start}"', f'type="{kind}"', "<ol"),
                f"Danh sách không đánh số từ “{start}” theo kiểu “{kind}” được.",
                "Viết danh sách bằng Markdown: 1. 2. 3.",
            )


def check_tables(page: Page, problems: Problems) -> None:
    _check_rows(page, problems)
    for cell in page.body.iter("th", "td"):
        side = cell.get("data-align", "left")
        if side not in ALIGNMENTS:
            problems.add(
                "wrong-align",
                page.file,
                page.line_of(f'align="{side}"', "<td", "<th"),
                f"Ô của bảng không căn theo “{side}” được.",
                f"Dùng một trong: {', '.join(sorted(ALIGNMENTS))}; trong Markdown là :---, :---: và ---:.",
            )


def _check_rows(page: Page, problems: Problems) -> None:
    """Markdown drops the cells that a row has beyond the head of its table."""
    lines = page.text.split("\n")
    for above, ruled in enumerate(lines[1:]):
        if "|" not in ruled or not _RULED.fullmatch(ruled) or _cells(lines[above]) != _cells(ruled):
            continue
        for number, row in enumerate(lines[above + 2 :], start=above + 2):
            if not row.strip(" \t>"):
                break
            if _cells(row) > _cells(ruled):
                problems.add(
                    "extra-cell",
                    page.file,
                    page.first_line + number,
                    f"Dòng này của bảng có {_cells(row)} ô, đầu bảng chỉ có {_cells(ruled)}; ô thừa sẽ mất.",
                    "Bỏ ô thừa, hoặc thêm cột vào đầu bảng. Dấu | trong chữ viết là \\|.",
                )


_RULED = re.compile(r"[ \t>]*\|?(?:[ \t]*:?-+:?[ \t]*\|?)+")


def _cells(row: str) -> int:
    return len(re.split(r"(?<!\\)\|", row.strip(" \t>").removeprefix("|").removesuffix("|")))


def check_code(page: Page, problems: Problems) -> None:
    _check_fence_names(page, problems)
    for code in page.body.iter("code", "pre"):
        if code.tag == "code" and code.getparent().tag == "pre":
            continue
        if code.tag == "code" and len(code):
            problems.add(
                "wrong-code",
                page.file,
                page.line_of("<code"),
                "Trong chữ kiểu mã có thẻ khác.",
                "Viết chữ thường giữa hai dấu `.",
            )
        elif not "".join(code.itertext()).strip():
            fences = empty_fences(page.source)
            problems.add(
                "wrong-code",
                page.file,
                page.first_line + fences[0] if fences and code.tag == "pre" else page.line_of(f"<{code.tag}"),
                "Khối mã hoặc chữ kiểu mã để trống.",
                "Viết nội dung vào trong, hoặc xóa.",
            )


def _check_fence_names(page: Page, problems: Problems) -> None:
    """A component with a slip in its name would be shown to learners as code."""
    for code in page.body.iterfind(".//pre/code[@class]"):
        name = code.get("class", "").removeprefix("language-")
        meant = difflib.get_close_matches(name.lower(), sorted(COMPONENT_FENCES), n=1, cutoff=0.8)
        if meant:
            problems.add(
                "unknown-block",
                page.file,
                page.line_of(f"```{name}", f"~~~{name}", f"``` {name}"),
                f"Khối “{name}” không có; chữ trong đó sẽ hiện nguyên ra trang.",
                f"Có phải “{meant[0]}” không?",
            )


def check_captions(page: Page, problems: Problems) -> None:
    figures = page.body.xpath(".//figure[not(@class='screen') and not(ancestor::lesson-example)]")
    lines = page.lines_like(_CAPTION)
    for figure, line in zip(figures, chain(lines, repeat(page.first_line)), strict=False):
        drawn = {child.tag for child in figure if child.tag != "figcaption"}
        bare = (figure.text or "").strip() or any((child.tail or "").strip() for child in figure)
        if bare or drawn != {"img"}:
            problems.add(
                "caption-without-picture",
                page.file,
                line,
                f"Lời ghi “{words_of(figure[-1])}” không đứng ngay dưới một hình.",
                "Đặt khối “/// figure-caption” ngay dưới dòng ![…](…), cách một dòng trống.",
            )


_LINES = {"del": "gạch ngang", "ins": "gạch dưới", "a": "liên kết"}


def check_lines_through_words(page: Page, problems: Problems) -> None:
    """PDF/UA-1 knows one line at a time: under words, or through them."""
    for element in page.body.iter(*_LINES):
        around = next((other for other in element.iterancestors(*_LINES) if other.tag != element.tag), None)
        if around is not None and element.get("class") not in {"term", "footnote-ref"}:
            problems.add(
                "lines-together",
                page.file,
                page.line_of(*(f"{sign}{words_of(element)}" for sign in ("~~", "^^", "[", ">", ""))),
                f"Chữ “{words_of(element)}” vừa {_LINES[str(around.tag)]} vừa {_LINES[str(element.tag)]}; "
                "bản in chỉ kẻ được một nét.",
                "Giữ lại một cách.",
            )


def _beginnings(made: etree._Element) -> list[str]:
    """What the list's first item may begin with in the source."""
    item = made.find("li")
    text = "" if item is None else words_of(item)
    return [f"{sign} {text}" for sign in ("-", "*", "+", "1.")] + [text, text.split(" ")[0]]

"""Rules on the ways of setting out a text: boxes, tabs, lists, tables, code, captions, and Markdown left unread."""

from __future__ import annotations

import re

from lxml import etree

from handbook.checks.page import Page
from handbook.markup.rendering import BOX_TITLES
from handbook.markup.trees import words_of
from handbook.markup.vocabulary import ALIGNMENTS, LIST_TYPES
from handbook.problems import Problems

MAX_TABS = 6
MAX_LIST_DEPTH = 6

_LEFTOVERS = (
    (re.compile(r"^(?:!!!|\?\?\?\+?|===!?) ?.*", re.M), "khung hoặc thẻ chuyển"),
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


def check_boxes(page: Page, problems: Problems) -> None:
    for box in page.body.xpath(".//div[contains(@class, 'admonition')] | .//details[not(ancestor::lesson-quiz)]"):
        title = box[0] if len(box) and box[0].tag in {"p", "summary"} else None
        if (
            title is not None
            and not "".join((child.tail or "") + words_of(child) for child in box if child is not title).strip()
            and box.find(".//img") is None
        ):
            problems.add(
                "empty-box",
                page.file,
                page.line_of(words_of(title)),
                f"Khung “{words_of(title)}” rỗng: nội dung chưa thụt vào trong.",
                "Thụt mỗi dòng nội dung của khung vào bốn dấu cách.",
            )
        kinds = [name for name in box.get("class", "").split() if name != "admonition"]
        for kind in kinds or [""]:
            if kind not in BOX_TITLES:
                problems.add(
                    "unknown-box",
                    page.file,
                    page.line_of(f"!!! {kind}", f"??? {kind}", f"???+ {kind}"),
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


def check_code(page: Page, problems: Problems) -> None:
    for code in page.body.iter("code", "pre"):
        if code.tag == "pre" or code.getparent().tag != "pre":
            marked = len(code) > 0 and code.tag == "code"
            if marked or not "".join(code.itertext()).strip():
                problems.add(
                    "wrong-code",
                    page.file,
                    page.line_of(f"<{code.tag}", words_of(code)),
                    "Trong chữ kiểu mã có thẻ khác." if marked else "Chữ kiểu mã để trống.",
                    "Viết chữ thường giữa hai dấu `, hoặc bỏ kiểu mã.",
                )


def check_captions(page: Page, problems: Problems) -> None:
    for figure in page.body.iter("figure"):
        drawn = [child.tag for child in figure if child.tag != "figcaption"]
        bare = (figure.text or "").strip() or any((child.tail or "").strip() for child in figure)
        if figure.get("class") != "screen" and (bare or set(drawn) != {"img"}):
            caption = figure.find("figcaption")
            words = "" if caption is None else words_of(caption)
            problems.add(
                "caption-without-picture",
                page.file,
                page.line_of(words, "/// figure-caption"),
                f"Lời ghi “{words}” không đứng ngay dưới một hình.",
                "Đặt khối “/// figure-caption” ngay dưới dòng ![…](…), cách một dòng trống.",
            )


def _beginnings(made: etree._Element) -> list[str]:
    """What the list's first item may begin with in the source."""
    item = made.find("li")
    text = "" if item is None else words_of(item)
    return [f"{sign} {text}" for sign in ("-", "*", "+", "1.")] + [text, text.split(" ")[0]]

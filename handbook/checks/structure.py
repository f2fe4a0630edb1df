"""Rules on how a text is put together: known elements in their places, headings in order, sections with something in
them."""

from __future__ import annotations

import re
from itertools import takewhile

from lxml import etree

from handbook.addresses import is_template_id
from handbook.checks.page import Page, has_content
from handbook.lessons import SECTION_IDS, SECTIONS
from handbook.markup.trees import words_of
from handbook.markup.vocabulary import ELEMENTS, NOT_RAW, ONLY_IN, WHOLES, allowed
from handbook.problems import Problems
from handbook.source_text import raw_tags

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HAND_SET = re.compile(r"\{:?[ \t]*(?:[^{}\n]*[ \t])?(?:\.[A-Za-z]|(?:class|data-[\w-]+)=)[^{}\n]*\}")
_RAW_HAND_SET = re.compile(r"\s(?:class|data-[\w-]+)\s*=", re.IGNORECASE)


def check_hand_made(page: Page, problems: Problems) -> None:
    """What only the renderer makes, written by hand: pages and print would take it for their own."""
    offsets = {
        tag.offset: f"Thẻ HTML <{tag.name or '…'}> viết tay không dùng được."
        for tag in raw_tags(page.text)
        if not tag.is_closing and (not tag.name or tag.name in NOT_RAW)
    }
    hand_set = [tag.offset for tag in raw_tags(page.text) if _RAW_HAND_SET.search(tag.rest)]
    for offset in [*hand_set, *(found.start() for found in _HAND_SET.finditer(page.text))]:
        offsets.setdefault(offset, "Thuộc tính “class” và “data-…” không đặt bằng tay được.")
    for offset, message in offsets.items():
        problems.add(
            "unknown-html",
            page.file,
            page.line_at(offset),
            message,
            "Viết bằng Markdown; xem “Hướng dẫn viết bài” để chọn cách trình bày có sẵn.",
        )


def check_vocabulary(page: Page, problems: Problems) -> None:
    ids: set[str] = set()
    for element in page.body.iter(etree.Element):
        tag = str(element.tag)
        if tag == "h1":
            continue  # a heading out of order
        if tag not in ELEMENTS:
            problems.add(
                "unknown-html",
                page.file,
                page.line_of(f"<{tag}"),
                f"Thẻ HTML <{tag}> không dùng được: bản in không vẽ được thẻ này.",
                "Viết bằng Markdown; xem “Hướng dẫn viết bài” để chọn cách trình bày có sẵn.",
            )
            continue
        for name in map(str, element.attrib):
            if not allowed(tag, name):
                problems.add(
                    "unknown-html",
                    page.file,
                    page.line_of(f"{name}="),
                    f"Thuộc tính “{name}” của <{tag}> không dùng được.",
                    'Xóa thuộc tính này; kích thước hình viết là { width="640" }.',
                )
        anchor = element.get("id", "")
        if anchor and (anchor in ids or is_template_id(anchor)):
            problems.add(
                "duplicate-anchor",
                page.file,
                page.line_of(f"#{anchor}", anchor),
                f"Hai chỗ trong bài cùng mang mã “{anchor}”."
                if anchor in ids
                else f"Mã “{anchor}” đã dùng cho một phần của trang.",
                "Đổi mã đặt tay ({ #ma }) của một chỗ.",
            )
        ids.add(anchor)
        _check_place(page, element, problems)


def _check_place(page: Page, element: etree._Element, problems: Problems) -> None:
    """A part stands in its whole, a whole holds only its parts: print would drop the rest without a word."""
    tag, parent = str(element.tag), element.getparent()
    inside = "" if parent is None else str(parent.tag)
    strays = tag in WHOLES and "".join([element.text or "", *(child.tail or "" for child in element)]).strip()
    wants = ONLY_IN.get(tag)
    if strays or (wants and inside not in wants) or (not wants and inside in WHOLES):
        problems.add(
            "misplaced-html",
            page.file,
            page.line_of(f"<{tag}", words_of(element)),
            f"Thẻ HTML <{tag}> có chữ nằm ngoài các mục của nó." if strays else f"Thẻ HTML <{tag}> đứng sai chỗ.",
            "Viết danh sách và bảng bằng Markdown.",
        )


def check_headings(page: Page, problems: Problems) -> None:
    """Levels that follow each other in every edition: a passage for some groups may be left out of print."""
    last = 1
    after_passage: dict[etree._Element, int] = {}
    for heading in page.body.iter(*_HEADINGS):
        passage = next(heading.iterancestors("lesson-audience"), None)
        for left in [left for left in after_passage if left is not passage]:
            last = min(last, after_passage.pop(left))
        if passage is not None:
            after_passage.setdefault(passage, last)
        level, words = int(heading.tag[1]), words_of(heading)
        fault = None
        if not has_content(heading):
            fault = "empty-heading", "Tiêu đề này không có chữ.", "Viết chữ sau các dấu #, hoặc xóa dòng."
        elif level == 1:
            fault = (
                "heading-level",
                f"Tiêu đề “# {words}” trùng vai với tên bài.",
                "Tên bài lấy từ “title”; trong bài dùng “##” và “###”.",
            )
        elif level > last + 1:
            fault = "heading-level", f"Tiêu đề “{words}” nhảy cấp.", f"Dùng “{'#' * (last + 1)}” cho tiêu đề này."
        if fault:
            code, message, remedy = fault
            problems.add(code, page.file, page.line_of_heading(heading), message, remedy)
        last = level
    _check_swallowed(page, problems)


def _check_swallowed(page: Page, problems: Problems) -> None:
    for heading in page.body.iter("h2", "h3"):
        parent = heading.getparent()
        if parent is not page.body and (parent.tag != "section" or parent.getparent() is not page.body):
            problems.add(
                "swallowed-heading",
                page.file,
                page.line_of_heading(heading),
                f"Tiêu đề “{words_of(heading)}” bị khối phía trên nuốt mất.",
                "Khép khối phía trên bằng dòng “///”, hoặc bỏ thụt lề của tiêu đề.",
            )
            return


def check_sections(page: Page, problems: Problems) -> None:
    titles: set[str] = set()
    for section in page.body.iter("section"):
        heading = section[0] if len(section) else None
        if heading is None or heading.tag != "h2" or section.getparent() is not page.body:
            continue  # written by hand, and reported as such
        title = words_of(heading)
        if title not in SECTIONS:
            continue
        if section.get("data-section") not in SECTION_IDS and title not in titles:
            problems.add(
                "duplicate-anchor",
                page.file,
                page.line_of(f"#{section.get('data-section')}", *(f"#{id_}" for id_ in SECTION_IDS)),
                f"Một chỗ phía trên đã lấy mất mã của phần “{title}”.",
                "Bỏ mã đặt tay ({ #ma }) trùng với tên phần.",
            )
        titles.add(title)
        bare = "".join(child.tail or "" for child in section).strip()
        if not bare and not any(has_content(child) for child in section if child is not heading):
            problems.add(
                "empty-section",
                page.file,
                page.line_of_heading(heading),
                f"Phần “{title}” chưa có nội dung.",
                "Viết nội dung cho phần này.",
            )


def check_beginning(page: Page, problems: Problems) -> None:
    """Nothing before the first section: the page and the print draw sections only."""
    if page.body.find("section") is None:
        return
    before = list(takewhile(lambda child: child.tag != "section", page.body))
    if (page.body.text or "").strip() or any(child.get("class") != "footnote" for child in before):
        written = re.search(r"\S", page.text)
        problems.add(
            "text-before-sections",
            page.file,
            page.line_at(written.start() if written else 0),
            "Có chữ đứng trước phần đầu tiên của bài; chữ này sẽ không hiện ra.",
            f"Chuyển xuống dưới “## {next(iter(SECTIONS))}”; lời giới thiệu bài viết ở “description”.",
        )

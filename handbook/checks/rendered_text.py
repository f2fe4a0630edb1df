"""Rules on a rendered text: only known markup, pictures that exist and speak, links that lead somewhere."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import etree

from handbook.lessons import SECTIONS
from handbook.markup.links import target_of
from handbook.markup.rendering import BOX_TITLES
from handbook.markup.trees import words_of
from handbook.markup.vocabulary import ELEMENTS, LINK_SCHEMES, allowed
from handbook.problems import Problems

PICTURE_TYPES = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif")
MAX_TABS = 6


@dataclass(frozen=True)
class Surroundings:
    """What a text may point to: the anchors of each page, and the files below `docs/`."""

    anchors: Mapping[str, Set[str]]
    files: Set[str]


@dataclass(frozen=True)
class Page:
    """A rendered text under check, and how to find a line of its source."""

    id: str
    file: str
    source: str
    first_line: int
    body: etree._Element

    def line_of(self, *candidates: str | None) -> int:
        """The line where the first candidate found in the source stands; the first line where none is."""
        for written in candidates:
            at = self.source.find(written) if written else -1
            if at >= 0:
                return self.first_line + self.source.count("\n", 0, at)
        return self.first_line


def check(page: Page, surroundings: Surroundings, problems: Problems) -> None:
    """Every rule of this module on one page."""
    _check_vocabulary(page, problems)
    _check_links(page, surroundings, problems)
    _check_pictures(page, surroundings, problems)
    _check_sections(page, problems)
    _check_leftovers(page, problems)
    _check_tabs(page, problems)
    _check_boxes(page, problems)


def _check_vocabulary(page: Page, problems: Problems) -> None:
    ids: set[str] = set()
    for element in page.body.iter(etree.Element):
        tag = str(element.tag)
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
        anchor = element.get("id")
        if anchor and anchor in ids:
            problems.add(
                "duplicate-anchor",
                page.file,
                page.line_of(f"#{anchor}"),
                f"Hai chỗ trong bài cùng mang mã “{anchor}”.",
                "Đổi mã đặt tay ({ #ma }) của một chỗ.",
            )
        ids.add(anchor or "")


def _check_links(page: Page, surroundings: Surroundings, problems: Problems) -> None:
    for link in page.body.iter("a"):
        href = link.get("href", "")
        if href.startswith("#fn"):
            continue
        if not words_of(link) and link.find(".//img") is None:
            problems.add(
                "empty-link",
                page.file,
                page.line_of(f"[]({href}", href),
                f"Liên kết đến “{href}” không có chữ, người dùng trình đọc màn hình không biết đó là gì.",
                "Viết chữ trong ngoặc vuông: [chữ hiện ra](địa chỉ).",
            )
        target = target_of(href)
        if target:
            _check_internal_link(page, target.page, target.anchor, surroundings, problems)
            continue
        scheme = urlsplit(href).scheme.lower()
        if scheme not in LINK_SCHEMES:
            problems.add(
                "wrong-link",
                page.file,
                page.line_of(f"({href}", href),
                f"Liên kết “{href}” không dùng được.",
                "Nối đến bài khác bằng đường dẫn tới tệp .md của bài, đến trang ngoài bằng https://…, "
                "đến số điện thoại bằng tel:….",
            )


def _check_internal_link(page: Page, wanted: str, anchor: str, surroundings: Surroundings, problems: Problems) -> None:
    written = posixpath.basename(wanted)
    line = page.line_of(f"{written}.md#{anchor}" if anchor else f"{written}.md", f"(#{anchor})", f"{written}.md")
    if wanted not in surroundings.anchors:
        close = difflib.get_close_matches(wanted, surroundings.anchors, n=1)
        problems.add(
            "broken-link",
            page.file,
            line,
            f"Liên kết đến bài “{wanted}” không dẫn tới đâu: không có tệp docs/{wanted}.md, hoặc bài đang ẩn.",
            f"Có phải “{close[0]}” không?" if close else "Sửa đường dẫn; đường dẫn tính từ thư mục của bài này.",
        )
    elif anchor and anchor not in surroundings.anchors[wanted]:
        close = difflib.get_close_matches(anchor, surroundings.anchors[wanted], n=1)
        problems.add(
            "broken-anchor",
            page.file,
            line,
            f"Bài “{wanted}” không có mục “#{anchor}”.",
            f"Có phải “#{close[0]}” không?" if close else "Bỏ phần sau dấu #, hoặc chép đúng mã của tiêu đề.",
        )


def _check_pictures(page: Page, surroundings: Surroundings, problems: Problems) -> None:
    for image in page.body.iter("img"):
        source = image.get("src", "")
        line = page.line_of(posixpath.basename(source), "<img")
        if not image.get("alt", "").strip():
            problems.add(
                "missing-alt",
                page.file,
                line,
                f"Hình “{source}” chưa có lời mô tả cho người không nhìn thấy hình.",
                "Viết lời mô tả trong ngoặc vuông: ![Lời mô tả](đường-dẫn).",
            )
        for side in ("width", "height"):
            if not re.fullmatch(r"[1-9]\d{0,3}", image.get(side, "1")):
                problems.add(
                    "wrong-size",
                    page.file,
                    line,
                    f"Kích thước “{side}={image.get(side)}” không dùng được.",
                    'Viết số điểm ảnh, ví dụ { width="640" }.',
                )
        if urlsplit(source).scheme or source.startswith(("/", "../")):
            problems.add(
                "outside-picture",
                page.file,
                line,
                f"Hình “{source}” nằm ngoài cẩm nang.",
                "Chép hình vào thư mục “hinh” cạnh bài và dẫn tới đó.",
            )
        elif not source.lower().endswith(PICTURE_TYPES):
            problems.add(
                "picture-type",
                page.file,
                line,
                f"Hình “{source}” không thuộc loại dùng được.",
                f"Dùng một trong các loại: {', '.join(PICTURE_TYPES)}.",
            )
        elif source not in surroundings.files:
            problems.add(
                "missing-picture",
                page.file,
                line,
                f"Không có hình docs/{source}.",
                "Thêm tệp hình, hoặc sửa đường dẫn (tính từ thư mục của bài).",
            )


def _check_sections(page: Page, problems: Problems) -> None:
    for heading in page.body.iter("h2", "h3"):
        parent = heading.getparent()
        if parent is not None and parent is not page.body and parent.tag != "section":
            problems.add(
                "swallowed-heading",
                page.file,
                page.line_of(f"# {words_of(heading)}"),
                f"Tiêu đề “{words_of(heading)}” bị khối phía trên nuốt mất.",
                "Khép khối phía trên bằng dòng “///”, hoặc bỏ thụt lề của tiêu đề.",
            )
            return
    for section in page.body.iterfind("section"):
        heading = section.find("h2")
        title = words_of(heading) if heading is not None else ""
        if (
            title in SECTIONS
            and not "".join(
                (child.tail or "") + (words_of(child) or "*" * (child.find(".//img") is not None))
                for child in section
                if child is not heading
            ).strip()
        ):
            problems.add(
                "empty-section",
                page.file,
                page.line_of(f"## {title}"),
                f"Phần “{title}” chưa có nội dung.",
                "Viết nội dung cho phần này.",
            )


_LEFTOVERS = (
    (re.compile(r"^(?:!!!|\?\?\?\+?|===!?) ?.*", re.M), "khung hoặc thẻ chuyển"),
    (re.compile(r"\[\^[^\]]+\]"), "chú thích"),
    (re.compile(r"^/{3,}.*", re.M), "khối ///"),
    (re.compile(r"!?\[[^\]\n]*\]\[[^\]\n]*\]"), "liên kết"),
    (re.compile(r"\{:?\s*[#.]?\w+=?[^}\n]*\}"), "thuộc tính { … }"),
    (re.compile(r"^(`{3,}|~{3,})", re.M), "khối mã"),
)


def _check_leftovers(page: Page, problems: Problems) -> None:
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


def _check_tabs(page: Page, problems: Problems) -> None:
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


def _check_boxes(page: Page, problems: Problems) -> None:
    for box in page.body.xpath(".//div[contains(@class, 'admonition')] | .//details"):
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

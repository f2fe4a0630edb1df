"""Rules on what a text points to: links, anchors, footnotes and pictures."""

from __future__ import annotations

import difflib
import posixpath
import re

from lxml import etree

from handbook.checks.page import Page, Surroundings, has_content
from handbook.markup.links import Target, is_footnote_link, optional_part, parts_of, target_of
from handbook.markup.trees import words_of
from handbook.markup.vocabulary import LINK_SCHEMES
from handbook.problems import Problems

_DIALLED = re.compile(r"\+?[0-9]+")

PICTURE_TYPES = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif")


def check_links(page: Page, surroundings: Surroundings, problems: Problems) -> None:
    for link in page.body.iter("a"):
        href = link.get("href", "")
        if is_footnote_link(link):
            continue
        if not has_content(link):
            problems.add(
                "empty-link",
                page.file,
                page.line_of(f"[]({href}", href),
                f"Liên kết đến “{href}” không có chữ, người dùng trình đọc màn hình không biết đó là gì.",
                "Viết chữ trong ngoặc vuông: [chữ hiện ra](địa chỉ).",
            )
        if target := target_of(href):
            _check_target(page, link, target, surroundings, problems)
        elif not _leads_out(href):
            problems.add(
                "wrong-link",
                page.file,
                page.line_of(
                    f"[{words_of(link)}]({href}", f"({href}" if href else None, href, f"[{words_of(link)}]", "<a"
                ),
                f"Liên kết “{href}” không dùng được.",
                "Nối đến bài khác bằng đường dẫn tới tệp .md của bài, đến trang ngoài bằng https://…, "
                "đến số điện thoại bằng tel: và các chữ số viết liền.",
            )


def _leads_out(href: str) -> bool:
    parts = parts_of(href)
    if parts is not None and parts.scheme == "tel":
        return bool(_DIALLED.fullmatch(parts.path))
    return parts is not None and parts.scheme in LINK_SCHEMES and bool(parts.netloc or not parts.scheme.startswith("h"))


def _check_target(
    page: Page, link: etree._Element, target: Target, surroundings: Surroundings, problems: Problems
) -> None:
    wanted, anchor = target.page, target.anchor
    written = posixpath.basename(wanted)
    places = (f"{written}.md#{anchor}", f"(#{anchor})", f'"#{anchor}"') if anchor else ()
    line = page.line_of(*places, f"{written}.md", f"[{words_of(link)}](")
    known = surroundings.anchors.get(wanted)
    if wanted not in surroundings.anchors:
        close = difflib.get_close_matches(wanted, surroundings.anchors, n=1)
        problems.add(
            "broken-link",
            page.file,
            line,
            f"Liên kết đến bài “{wanted}” không dẫn tới đâu: không có tệp docs/{wanted}.md.",
            f"Có phải “{close[0]}” không?" if close else "Sửa đường dẫn; đường dẫn tính từ thư mục của bài này.",
        )
    elif wanted == page.id and (part := _part_around(page, anchor)) is not None:
        if part not in link.iterancestors():
            problems.add(
                "hidden-anchor",
                page.file,
                line,
                f"Mục “#{anchor}” nằm trong phần mà không phải bản in nào cũng có.",
                "Nối đến một mục ở ngoài phần ấy, hoặc bỏ liên kết.",
            )
    elif anchor and known is not None and anchor not in known:
        close = difflib.get_close_matches(anchor, known, n=1)
        problems.add(
            "broken-anchor",
            page.file,
            line,
            f"Bài “{wanted}” không có mục “#{anchor}”.",
            f"Có phải “#{close[0]}” không?" if close else "Bỏ phần sau dấu #, hoặc chép đúng mã của tiêu đề.",
        )


def _part_around(page: Page, anchor: str) -> etree._Element | None:
    """The part around a heading that some editions leave out, if any."""
    heading = next((h for h in page.body.iter("h2", "h3", "h4", "h5", "h6") if anchor and h.get("id") == anchor), None)
    return None if heading is None else optional_part(heading)


def check_footnotes(page: Page, problems: Problems) -> None:
    """Every footnote is called somewhere, and only from where paper can carry it to the foot of the page."""
    called = {link.get("href", "") for link in page.body.iter("a") if link.get("class") == "footnote-ref"}
    for note in page.body.iterfind("div[@class='footnote']/ol/li"):
        name = note.get("id", "").removeprefix("fn:")
        if f"#fn:{name}" not in called:
            problems.add(
                "unused-footnote",
                page.file,
                page.line_of(f"[^{name}]:"),
                f"Chú thích “[^{name}]” không được gọi ở đâu trong bài.",
                f"Đặt [^{name}] sau chữ cần chú thích, hoặc xóa chú thích.",
            )
    _check_repeated_footnotes(page, problems)
    for place, words in _NO_FOOTNOTES.items():
        for link in page.body.xpath(f".//{place}//a[@class='footnote-ref']"):
            name = link.get("href", "").removeprefix("#fn:")
            problems.add(
                "misplaced-footnote",
                page.file,
                page.line_of(f"[^{name}]"),
                f"Chú thích “[^{name}]” đứng trong {words}, nơi bản in không đặt chú thích được.",
                "Chuyển chú thích xuống phần chữ bên dưới.",
            )


def _check_repeated_footnotes(page: Page, problems: Problems) -> None:
    """Markdown keeps the last of two footnotes with one name, and drops the other without a word."""
    seen: set[str] = set()
    for found in _FOOTNOTE.finditer(page.text):
        if found[1] in seen:
            problems.add(
                "repeated-footnote",
                page.file,
                page.line_at(found.start(1)),
                f"Có hai chú thích cùng tên “[^{found[1]}]”; chỉ một được giữ lại.",
                "Đặt tên khác cho một chú thích, cả ở chỗ gọi.",
            )
        seen.add(found[1])


_FOOTNOTE = re.compile(r"^ {0,3}\[\^([^\]\n]+)\]:", re.M)

_NO_FOOTNOTES = {
    "th": "dòng đầu của bảng",
    "p[@class='admonition-title']": "tên khung",
    "summary": "tên khung",
    "label": "tên thẻ chuyển",
    "*[self::h2 or self::h3 or self::h4 or self::h5 or self::h6]": "tiêu đề",
}


def check_pictures(page: Page, surroundings: Surroundings, problems: Problems) -> None:
    for image in page.body.iter("img"):
        source = image.get("src", "")
        parts = parts_of(source)
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
            if not re.fullmatch(r"[1-9][0-9]{0,3}", image.get(side, "1")):
                problems.add(
                    "wrong-size",
                    page.file,
                    line,
                    f"Kích thước “{side}={image.get(side)}” không dùng được.",
                    'Viết số điểm ảnh, ví dụ { width="640" }.',
                )
        if parts is None or parts.scheme or parts.netloc or source.startswith(("/", "../")):
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

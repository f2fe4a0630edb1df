"""The PDFs as a reader, a screen reader and a printer get them: read back from the files."""

from __future__ import annotations

import re
import unicodedata
from copy import deepcopy
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from lxml import etree
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from handbook.manuscript import Manuscript
from handbook.printing.edition import Edition, Imprint
from handbook.printing.editions import editions
from handbook.printing.staging import stage
from handbook.printing.tree import print_tree
from handbook.printing.typesetting import PrintError, typeset
from tests.conftest import ROOT
from tests.test_markup import CASES, rendered

IMPRINT = Imprint(
    "Cẩm nang", "Lời giới thiệu.", "Ban biên soạn", "https://handbook.test/", datetime(2026, 1, 2, tzinfo=UTC)
)


@pytest.fixture(scope="module")
def book(site: Path) -> PdfReader:
    return PdfReader(site / "ban-in" / "cam-nang.pdf")


def squeezed(text: str) -> str:
    """Letters only: how lines were broken does not matter, at a hyphen either (PDFium has U+FFFE for one there)."""
    return re.sub(r"[\s\u200b\u2060\u00ad\ufffe\x02-]+", "", unicodedata.normalize("NFC", text))


@cache
def pages_of(path: Path) -> list[str]:
    """The text of each page, line by line."""
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def text_of(path: Path) -> str:
    return squeezed("\n".join(pages_of(path)))


def for_learners(body: etree._Element) -> etree._Element:
    """A lesson without what only instructors get on paper: answers and their notes."""
    copy = deepcopy(body)
    for part in copy.xpath(".//section[@data-section='danh-cho-nguoi-huong-dan'] | .//lesson-quiz//details"):
        part.getparent().remove(part)
    return copy


def sentences(body: etree._Element) -> list[str]:
    """What a lesson says, sentence by sentence, block by block."""
    found = []
    body = deepcopy(body)
    for button in body.xpath(".//lesson-quiz//summary"):
        button.text = ""
    for mark in body.xpath(".//a[@class='footnote-backref'] | .//a[@class='footnote-ref']"):
        mark.text = ""
    for block in body.iter("h2", "h3", "h4", "p", "li", "td", "th", "dt", "dd", "figcaption", "summary", "label"):
        own = etree.Element("x")
        own.text = block.text
        for child in block:
            if child.tag in {"p", "ul", "ol", "li", "div", "details", "table", "figure", "blockquote", "pre", "input"}:
                etree.SubElement(own, "x").tail = child.tail
                continue
            own.append(deepcopy(child))
        lines = re.split(r"(?<=[.!?:;])\s+", " ".join("".join(own.itertext()).split()))
        found += [line for line in lines if len(squeezed(line)) > 1]
    return found


def missing_sentences(path: Path, manuscript: Manuscript, texts: dict[str, etree._Element]) -> dict[str, list[str]]:
    """By lesson, the sentences the book lacks in the lesson's own pages. Fails when the order is not the paths'."""
    text = text_of(path)
    order = next(e for e in editions(manuscript.handbook, "Cẩm nang") if e.kind == "book").lessons
    assert set(order) == set(manuscript.handbook.lessons)
    # A lesson starts where its title is followed by its description: contents and paths name only the title.
    starts = []
    for lesson in order:
        declared = manuscript.handbook.lessons[lesson].front_matter
        starts.append(text.index(squeezed(declared.title + declared.description)))
    assert starts == sorted(starts)
    found = {}
    for lesson, start, end in zip(order, starts, [*starts[1:], len(text)], strict=True):
        missing = [line for line in sentences(texts[lesson]) if squeezed(line) not in text[start:end]]
        if missing:
            found[lesson] = missing
    return found


def test_the_learners_book_says_all_but_the_answers_and_the_instructors_notes(
    site: Path, manuscript: Manuscript
) -> None:
    texts = {key: for_learners(text.body) for key, text in manuscript.texts.items()}
    assert missing_sentences(site / "ban-in" / "cam-nang.pdf", manuscript, texts) == {}


def test_a_handout_says_every_sentence_of_its_lesson(site: Path, manuscript: Manuscript) -> None:
    for lesson in manuscript.handbook.lessons:
        body = manuscript.texts[lesson].body
        for path, text in ((f"{lesson}.pdf", for_learners(body)), (f"{lesson}-giang-vien.pdf", body)):
            printed = text_of(site / "ban-in" / path)
            missing = [line for line in sentences(text) if squeezed(line) not in printed]
            assert not missing, (path, missing)


def test_no_quiz_answer_and_no_instructors_note_is_in_learners_print(site: Path, manuscript: Manuscript) -> None:
    for lesson in manuscript.handbook.lessons:
        body = manuscript.texts[lesson].body
        kept = {squeezed(line) for line in sentences(for_learners(body))}
        secret = [line for line in sentences(body) if squeezed(line) not in kept and len(squeezed(line)) > 25]
        assert secret, lesson
        printed = text_of(site / "ban-in" / f"{lesson}.pdf")
        assert [line for line in secret if squeezed(line) in printed] == []


def all_pdfs(site: Path) -> list[Path]:
    return sorted((site / "ban-in").rglob("*.pdf"))


def test_there_is_a_pdf_for_the_book_each_group_and_each_lesson(site: Path, manuscript: Manuscript) -> None:
    names = {path.relative_to(site / "ban-in").with_suffix("").as_posix() for path in all_pdfs(site)}
    groups = {group.slug for group in manuscript.handbook.groups}
    assert names == {
        "cam-nang",
        *groups,
        *manuscript.handbook.lessons,
        *(f"{lesson}-giang-vien" for lesson in manuscript.handbook.lessons),
        *(f"khoa-hoc/{course.slug}" for course in manuscript.handbook.courses),
        *(f"mau/{form.id}" for form in manuscript.handbook.curriculum.forms),
    }


def test_every_pdf_is_tagged_named_vietnamese_and_pdf_ua(site: Path) -> None:
    for path in all_pdfs(site):
        reader = PdfReader(path)
        root = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"], path
        assert str(root["/Lang"]).startswith("vi"), path
        assert reader.metadata and reader.metadata.title and reader.metadata.author, path
        assert root["/ViewerPreferences"]["/DisplayDocTitle"], path
        assert b"pdfuaid" in root["/Metadata"].get_object().get_data(), path


def test_every_font_is_embedded(site: Path) -> None:
    for path in all_pdfs(site):
        names = set()
        for page in PdfReader(path).pages:
            for font in (page["/Resources"].get("/Font") or {}).values():
                descendant = font.get_object()["/DescendantFonts"][0].get_object()
                names.add(str(descendant["/BaseFont"]))
                descriptor = descendant["/FontDescriptor"].get_object()
                assert any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")), (path, descendant)
        assert any("BeVietnamPro" in name for name in names), path
        assert all("BeVietnamPro" in name or "Mono" in name for name in names), names


def links_of(reader: PdfReader) -> list[DictionaryObject]:
    found = []
    for page in reader.pages:
        for annotation in page.get("/Annots", ArrayObject()):
            entry = annotation.get_object()
            if entry.get("/Subtype") == "/Link":
                found.append(entry)
    return found


def test_links_inside_the_book_reach_a_page_of_the_book(book: PdfReader, manuscript: Manuscript) -> None:
    pages = {page.indirect_reference.idnum for page in book.pages if page.indirect_reference}
    inside = 0
    for link in links_of(book):
        destination = link.get("/Dest") or (link["/A"].get("/D") if "/A" in link else None)
        if destination is None:
            continue
        if isinstance(destination, str):
            destination = book.named_destinations[destination].dest_array
        goal = destination.get_object()[0] if isinstance(destination, IndirectObject) else destination[0]
        assert goal.idnum in pages
        inside += 1
    assert inside > 2 * len(manuscript.handbook.lessons)  # contents and paths at least


def test_links_out_of_the_book_are_whole(book: PdfReader) -> None:
    addresses = {str(link["/A"]["/URI"]) for link in links_of(book) if "/A" in link and "/URI" in link["/A"]}
    assert "tel:113" in addresses
    assert any(address.startswith("https://binhdanhocvuso.example/") for address in addresses)
    assert all(re.match(r"(https?://|tel:|mailto:)\S+$", address) for address in addresses)


def test_bookmarks_name_every_part_and_lesson(book: PdfReader, manuscript: Manuscript) -> None:
    def titles(outline: list[object]) -> list[str]:
        return [title for entry in outline for title in (titles(entry) if isinstance(entry, list) else [entry.title])]  # type: ignore[attr-defined]

    named = set(titles(book.outline))
    assert {group.title for group in manuscript.handbook.groups} <= named
    assert {lesson.front_matter.title for lesson in manuscript.handbook.lessons.values()} <= named


def test_contents_tell_the_page_a_lesson_is_on(site: Path, manuscript: Manuscript) -> None:
    pages = pages_of(site / "ban-in" / "cam-nang.pdf")
    contents = "".join(pages[1:4])
    for lesson in manuscript.handbook.lessons.values():
        declared = lesson.front_matter
        stated = re.search(re.escape(declared.title).replace(r"\ ", r"\s+") + r"[\s.]*(\d+)", contents)
        assert stated, declared.title
        on_page = squeezed(pages[int(stated[1]) - 1])
        assert squeezed(declared.title + declared.description) in on_page


def test_pages_carry_group_lesson_and_number(site: Path, manuscript: Manuscript) -> None:
    pages = pages_of(site / "ban-in" / "nguoi-dan.pdf")
    group = next(group for group in manuscript.handbook.groups if group.slug == "nguoi-dan")
    title = manuscript.handbook.lessons["nguoi-dan/vneid-muc-2"].front_matter.title
    on_second = [page for page in pages if squeezed(title) in squeezed(page[:300])]
    assert len(on_second) >= 2
    for number, page in enumerate(pages[1:], start=2):
        assert str(number) in page.split()
    assert all(squeezed(group.short_title) in squeezed(page) for page in on_second)


PICTURE = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 20'><path d='M0 0h40v20z'/></svg>"


def typeset_case(folder: Path, body: etree._Element, manuscript: Manuscript, picture: str = PICTURE) -> PdfReader:
    """One lesson of the real handbook, with another text in it, as a handout."""
    lesson = "nguoi-dan/vneid-muc-2"
    (folder / "docs" / "thu" / "hinh").mkdir(parents=True)
    (folder / "docs" / "thu" / "hinh" / "thu.svg").write_text(picture)
    stage(folder / "stage", ROOT / "print", folder / "docs", manuscript.handbook, {lesson: print_tree(body)}, IMPRINT)
    edition = Edition("handout", "thu.pdf", "Bài thử", (lesson,), ({"short_title": "Nhóm"},))
    typeset([edition], folder / "stage", IMPRINT, folder)
    return PdfReader(folder / "thu.pdf")


def test_every_construct_prints(tmp_path: Path, manuscript: Manuscript) -> None:
    body = rendered((CASES / "everything.md").read_text(encoding="utf-8"))
    typeset_case(tmp_path, body, manuscript)
    text = text_of(tmp_path / "thu.pdf")
    missing = [line for line in sentences(body) if squeezed(line) not in text]
    assert not missing
    for part in ("Android", "iPhone", "Chú thích có liên kết", "CCCD: Căn cước công dân", "dòng hai", "Chú thích hình"):
        assert squeezed(part) in text, part


def test_a_long_table_repeats_its_head(tmp_path: Path, manuscript: Manuscript) -> None:
    rows = "\n".join(f"| dòng {number} | nội dung |" for number in range(90))
    body = rendered(f"## Các bước\n\n| Cột đầu | Cột sau |\n|---|---|\n{rows}\n")
    reader = typeset_case(tmp_path, body, manuscript)
    assert len(reader.pages) > 2
    assert all("Cột đầu" in page.extract_text() for page in reader.pages[:3])


def test_a_short_table_stays_on_one_page(tmp_path: Path, manuscript: Manuscript) -> None:
    def table(name: int) -> str:
        rows = "\n".join(f"| hàng {name}.{row} | nội dung |" for row in range(1, 6))
        return "\n\n".join(["Câu đệm cho đầy trang."] * 5) + f"\n\n| Cột đầu | Cột sau |\n|---|---|\n{rows}\n"

    reader = typeset_case(tmp_path, rendered("## Các bước\n\n" + "\n".join(map(table, range(12)))), manuscript)
    pages = [set(re.findall(r"hàng (\d+)\.", page.extract_text())) for page in reader.pages]
    assert len([tables for tables in pages if tables]) > 2
    assert not [name for name in map(str, range(12)) if sum(name in tables for tables in pages) != 1]


def test_long_words_print_with_places_to_break(tmp_path: Path, manuscript: Manuscript) -> None:
    long = ("https://dichvucong.tinhmau.example/dichvucong/tracuuhoso", "phongvanhoathongtin.thanhpho@tinhmau.example")
    body = rendered(f"## Các bước\n\nGõ `{long[0]}` rồi viết thư tới {long[1]}, ký tên {'_' * 44}.\n")
    typeset_case(tmp_path, body, manuscript)
    text = text_of(tmp_path / "thu.pdf").replace("\u200b", "")
    assert all(squeezed(word) in text for word in long)


def test_a_handout_says_whom_to_believe(site: Path, manuscript: Manuscript) -> None:
    """Paper goes out of date sooner than the site."""
    for lesson in manuscript.handbook.lessons:
        assert squeezed("hãy theo cơ quan") in text_of(site / f"ban-in/{lesson}.pdf"), lesson


def test_no_heading_is_stranded(site: Path, manuscript: Manuscript) -> None:
    """The last words of a page are never a heading, nor a label within a warning."""
    headings = {
        squeezed("".join(heading.itertext()))
        for text in manuscript.texts.values()
        for heading in text.body.xpath(".//h2 | .//h3 | .//h4 | .//p[@class='scam-head']")
    }
    for path in all_pdfs(site):
        for page in pages_of(path):
            lines = [squeezed(line) for line in page.splitlines() if squeezed(line)]
            content = [line for line in lines if not re.fullmatch(r"\d+(/\d+)?", line)]
            assert not content or content[-1] not in headings, (path, content[-1])


def test_a_picture_that_typst_cannot_read_names_its_edition(tmp_path: Path, manuscript: Manuscript) -> None:
    body = rendered("## Các bước\n\n![Mô tả](hinh/thu.svg)\n")
    with pytest.raises(PrintError) as caught:
        typeset_case(tmp_path, body, manuscript, picture="không phải hình")
    assert caught.value.edition.title == "Bài thử"


def test_pictures_speak(site: Path) -> None:
    """Every figure in the tag tree has its alternative text."""
    reader = PdfReader(site / "ban-in" / "nguoi-cao-tuoi" / "lua-dao-cong-an.pdf")
    alternatives = []

    def visit(node: object) -> None:
        entry = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(entry, ArrayObject):
            for child in entry:
                visit(child)
        elif isinstance(entry, DictionaryObject):
            if entry.get("/S") == "/Figure":
                alternatives.append(str(entry.get("/Alt", "")))
            if "/K" in entry:
                visit(entry["/K"])

    visit(reader.trailer["/Root"]["/StructTreeRoot"])
    assert alternatives and all(alternatives)
    assert any("Cúp máy" in text for text in alternatives)


def test_render_once(manuscript: Manuscript) -> None:
    """Making paper leaves the rendered text as it was: site and search are made from the same tree."""
    for lesson in manuscript.handbook.lessons:
        text = manuscript.texts[lesson]
        before = etree.tostring(text.body)
        print_tree(text.body)
        assert etree.tostring(text.body) == before


def test_the_qr_code_of_a_handout_opens_its_lesson(site: Path) -> None:
    """Read from the page as a phone's camera would see it."""
    with pypdfium2.PdfDocument(site / "ban-in" / "nguoi-dan" / "vneid-muc-2.pdf") as document:
        seen = zxingcpp.read_barcodes(document[0].render(scale=3).to_pil())
    assert [code.text for code in seen] == ["https://binhdanhocvuso.example/nguoi-dan/vneid-muc-2/"]

"""Sharing a page: the phone's share sheet, the link to copy, the QR code for the one on the next chair."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.conftest import DESKTOP, PHONE, until
from tests.test_accessibility import violations

SITE = "https://binhdanhocvuso.example/"
LESSON = "nguoi-dan/vneid-muc-2/"
TITLE = "Kích hoạt tài khoản định danh mức 2 trên VNeID"

NO_SHEET = "delete Navigator.prototype.share"


def give_sheet(context: BrowserContext, error: str = "") -> None:
    """A share sheet that keeps what it is given, or fails like this."""
    fail = f"throw new DOMException('', '{error}')" if error else ""
    context.add_init_script(
        f"window.shared = []; navigator.share = async (data) => {{ window.shared.push(data); {fail} }}"
    )


def test_the_share_sheet_gets_title_words_and_the_public_address_on_the_reader_s_path(
    phone: BrowserContext, page: Page
) -> None:
    give_sheet(phone)
    page.goto(f"{LESSON}#theo-nguoi-cao-tuoi")
    page.get_by_role("button", name="Chia sẻ").click()
    until(page, "shared.length === 1")
    given = page.evaluate("shared[0]")
    assert given["title"] == TITLE
    assert given["text"].startswith(TITLE)
    assert given["url"] == f"{SITE}{LESSON}#theo-nguoi-cao-tuoi"
    expect(page.get_by_role("link", name="Gửi qua Zalo")).to_have_count(0)
    page.goto("nguoi-dan/")
    page.get_by_role("button", name="Chia sẻ").click()
    until(page, "shared.length === 1")
    assert page.evaluate("shared[0].url") == f"{SITE}nguoi-dan/"


def test_closing_the_sheet_is_no_fault_but_a_refused_one_shows_the_link(phone: BrowserContext, page: Page) -> None:
    give_sheet(phone, "AbortError")
    page.goto(LESSON)
    page.get_by_role("button", name="Chia sẻ").click()
    until(page, "shared.length === 1")
    expect(page.get_by_role("button", name="Chép liên kết")).to_have_count(0)
    give_sheet(phone, "NotAllowedError")
    page.goto(LESSON)
    page.get_by_role("button", name="Chia sẻ").click()
    expect(page.get_by_role("button", name="Chép liên kết")).to_be_visible()


def test_without_a_share_sheet_the_link_is_copied_or_sent_by_zalo(phone: BrowserContext, page: Page) -> None:
    phone.add_init_script(NO_SHEET)
    phone.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(LESSON)
    share = page.get_by_role("region", name="Chia sẻ trang này")
    opener = share.get_by_role("button", name="Chia sẻ")
    opener.press("Enter")
    expect(opener).to_have_attribute("aria-expanded", "true")
    share.get_by_role("button", name="Chép liên kết").press("Enter")
    expect(share.get_by_role("status")).to_contain_text("Đã chép liên kết")
    assert page.evaluate("navigator.clipboard.readText()") == f"{SITE}{LESSON}"
    zalo = share.get_by_role("link", name="Gửi qua Zalo")
    assert set((zalo.get_attribute("rel") or "").split()) == {"noopener", "noreferrer"}
    asked = urlsplit(zalo.get_attribute("href") or "")
    assert asked.hostname == "button-share.zalo.me"
    assert json.loads(base64.b64decode(parse_qs(asked.query)["d"][0])) == {"url": f"{SITE}{LESSON}"}
    opener.press("Enter")
    expect(zalo).to_have_count(0)


def test_where_nothing_can_be_copied_the_link_is_marked_for_the_finger(phone: BrowserContext, page: Page) -> None:
    phone.add_init_script(
        f"{NO_SHEET}; Object.defineProperty(navigator, 'clipboard', {{ value: undefined }});"
        "document.execCommand = () => false"
    )
    page.goto(LESSON)
    page.get_by_role("button", name="Chia sẻ").click()
    page.get_by_role("button", name="Chép liên kết").click()
    expect(page.get_by_text("Chạm giữ vào liên kết")).to_be_visible()
    field = page.get_by_label("Liên kết của trang")
    expect(field).to_be_focused()
    assert field.evaluate("input => input.value.slice(input.selectionStart, input.selectionEnd)") == f"{SITE}{LESSON}"


@pytest.mark.parametrize("path", ["", "nguoi-cao-tuoi/", LESSON])
def test_the_qr_code_on_the_page_opens_it_in_every_theme_and_without_script(
    browser: Browser, address: str, path: str
) -> None:
    for scheme, viewport in (("light", {"width": 320, "height": 568}), ("dark", PHONE), ("dark", DESKTOP)):
        context = browser.new_context(
            java_script_enabled=False,
            base_url=address,
            color_scheme=scheme,  # type: ignore[arg-type]
            viewport=viewport,  # type: ignore[arg-type]
        )
        page = context.new_page()
        page.goto(path)
        page.get_by_text("Mã QR để người bên cạnh quét").click()
        code = page.get_by_role("img", name="Mã QR dẫn đến trang")
        expect(code).to_be_visible()
        seen = zxingcpp.read_barcodes(Image.open(io.BytesIO(code.screenshot())))
        assert [barcode.text for barcode in seen] == [f"{SITE}{path}"]
        context.close()


def test_every_page_that_offers_it_has_its_code(site: Path) -> None:
    pages = [page for page in site.rglob("index.html") if " src=qr.svg" in page.read_text(encoding="utf-8")]
    assert len(pages) > 60
    assert {page.parent for page in pages} == {code.parent for code in site.rglob("qr.svg")}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_all_of_it_open(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme, base_url=address)  # type: ignore[arg-type]
    context.add_init_script(NO_SHEET)
    page = context.new_page()
    for path in (LESSON, "nguoi-dan/", ""):
        page.goto(path)
        page.get_by_role("button", name="Chia sẻ").click()
        page.get_by_text("Mã QR để người bên cạnh quét").click()
        page.get_by_role("button", name="Chép liên kết").click()
        expect(page.get_by_role("status").filter(has_text="liên kết")).to_be_visible()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    context.close()

"""Nghe bài: the phone's own Vietnamese voice reads the lesson, and the page is untouched where there is none."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.conftest import PHONE, until
from tests.test_accessibility import violations

LESSON = "nguoi-cao-tuoi/lua-dao-cong-an/"
TITLE = "Nhận ra kẻ giả danh công an gọi điện lừa đảo"
FAKE = (Path(__file__).parent / "fake_voice.js").read_text(encoding="utf-8")
CASES = json.loads((Path(__file__).parent / "cases" / "sentences.json").read_text(encoding="utf-8"))

Listen = Callable[..., Page]


def give_voices(context: BrowserContext, *voices: str, fast: bool = False) -> None:
    context.add_init_script(f"({FAKE})({json.dumps({'voices': voices, 'fast': fast})})")


@pytest.fixture
def listen(phone: BrowserContext) -> Iterator[Listen]:
    """A lesson on a phone with these voices; pages must report no error."""
    errors: list[str] = []

    def opened(*voices: str, fast: bool = False, path: str = LESSON) -> Page:
        give_voices(phone, *voices, fast=fast)
        page = phone.new_page()
        page.emulate_media(reduced_motion="reduce")
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(path)
        page.wait_for_load_state("networkidle")
        return page

    yield opened
    assert not errors


def said(page: Page) -> list[str]:
    return [sentence["words"] for sentence in page.evaluate("voice.said")]


def expect_said(page: Page, count: int) -> dict[str, Any]:
    """The last of so many sentences, once it has been handed to the voice."""
    until(page, f"voice.said.length === {count}")
    last: dict[str, Any] = page.evaluate("voice.said.at(-1)")
    return last


def say_on(page: Page) -> dict[str, Any]:
    """End the sentence being said; returns the next."""
    count = page.evaluate("voice.said.length")
    page.evaluate("voice.end()")
    return expect_said(page, count + 1)


def press(page: Page, name: str) -> dict[str, Any]:
    """Press a button of the bar by keyboard; returns the sentence it asks for."""
    count = page.evaluate("voice.said.length")
    page.get_by_role("region", name="Nghe bài").get_by_role("button", name=name).press("Enter")
    return expect_said(page, count + 1)


@pytest.mark.parametrize("voices", [(), ("english", "visayan"), ("no engine",)])
def test_a_phone_without_a_vietnamese_voice_never_sees_it(listen: Listen, voices: tuple[str, ...]) -> None:
    page = listen(*voices)
    expect(page.locator("[data-read-aloud]")).to_be_hidden()
    assert page.get_by_role("button", name="Nghe").count() == 0
    loaded = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert any(name.endswith("/read-aloud.js") for name in loaded)
    assert not any(name.endswith("/reader.js") for name in loaded), "what cannot be used is not fetched"


def test_a_voice_that_comes_late_brings_the_button_and_moves_nothing(listen: Listen) -> None:
    page = listen()
    below = page.locator("#muc-tieu, #cac-buoc, #ghi-nho, .lesson-foot")
    before = [box.bounding_box() for box in below.all()]
    expect(page.locator("[data-read-aloud]")).to_be_hidden()
    page.evaluate("voice.come('english', 'network')")
    expect(page.get_by_role("button", name="Nghe bài")).to_be_visible()
    assert [box.bounding_box() for box in below.all()] == before
    assert said(page) == [], "nothing is said before it is asked for"


def test_the_lesson_is_read_in_its_order(listen: Listen) -> None:
    page = listen("english", "network", "phone", fast=True)
    page.get_by_role("button", name="Nghe bài").click()
    bar = page.get_by_role("region", name="Nghe bài")
    expect(bar.get_by_role("status")).to_have_text("Đã đọc hết bài.", timeout=30_000)
    words = said(page)
    assert words[0] == TITLE
    assert words[1].startswith("Có người xưng công an")
    wanted = [
        "Mục tiêu",
        "Nhận ra cuộc gọi giả danh công an.",
        "Chuẩn bị",
        "Các bước",
        "Phần 1. Nhận ra cuộc gọi giả",
        "Bước 1. Xưng danh.",
        "Bước 2. Dọa.",
        "Màn hình Cuộc gọi: ",
        "Công an thật: Gửi giấy mời, giấy triệu tập, hoặc báo qua Công an xã.",
        "Kẻ giả danh: Gửi ảnh “lệnh bắt” qua Zalo.",
        "Hình: Ba ô xếp từ trên xuống.",
        "Bước 5. Không gọi lại số lạ.",
        "Đòi tiền, đòi mã OTP, đòi cài ứng dụng: cúp máy",
        "Dấu hiệu",
        "Việc 1. Lưu số Công an xã",
        "Câu 1. Người gọi đọc đúng tên",
        "Ý 3. Cúp máy, gọi người thân rồi gọi Công an xã",
        "Câu 2. ",
        "Ghi nhớ",
        "Lỡ chuyển tiền thì gọi ngay ngân hàng và 113.",
    ]
    places = [next((at for at, said in enumerate(words) if said.startswith(start)), -1) for start in wanted]
    assert -1 not in places, wanted[places.index(-1)]
    assert places == sorted(places)
    assert words[-1] == wanted[-1]
    everything = " ".join(words)
    # The instructor's notes, the answers, the buttons, the notice of review.
    for unsaid in ("Kể một cuộc gọi giả", "Chưa đúng", "đáp án", "Tập thử", "Sửa bài", "thẩm quyền", "Nghe từ phần"):
        assert unsaid not in everything, unsaid
    assert max(map(len, words)) <= 200
    spoken = page.evaluate("voice.said")
    assert {sentence["voice"] for sentence in spoken} == {"Tiếng Việt"}, "the voice that needs no network"
    assert {sentence["lang"] for sentence in spoken} == {"vi-VN"}
    page.get_by_role("button", name="Nghe lại").click()
    until(page, f"Boolean(voice.said[{len(words)}])")
    assert said(page)[len(words)] == TITLE


def test_what_belongs_to_another_group_or_is_folded_away_is_not_read(listen: Listen) -> None:
    page = listen("phone", fast=True, path=f"{LESSON}#theo-nguoi-cao-tuoi")
    page.evaluate(
        """() => document.querySelector('#ghi-nho').insertAdjacentHTML('afterend',
          '<details><summary>Chuyện gấp lại</summary><p>Chuyện trong.</p></details>' +
          '<details open><summary>Chuyện mở ra</summary><p>Chuyện ngoài.</p></details>')"""
    )
    page.get_by_role("button", name="Nghe từ phần Ghi nhớ").click()
    expect(page.get_by_text("Đã đọc hết bài.")).to_be_visible()
    words = said(page)
    assert words[:3] == ["Ghi nhớ", "Chuyện mở ra", "Chuyện ngoài."]
    assert "Chuyện gấp lại" not in words and "Chuyện trong." not in words
    page.get_by_role("button", name="Đóng").click()
    page.get_by_role("button", name="Nghe từ phần Cảnh giác").click()
    expect(page.get_by_text("Đã đọc hết bài.")).to_be_visible()
    after = said(page)[len(words) :]
    assert after[0] == "Cảnh giác"
    assert not any("học sinh, sinh viên" in sentence for sentence in after)


@pytest.mark.parametrize("highlights", [True, False])
def test_steering_by_keyboard_with_the_sentence_marked(listen: Listen, phone: BrowserContext, highlights: bool) -> None:
    if not highlights:
        phone.add_init_script("delete CSS.highlights")
    page = listen("phone")
    bar = page.get_by_role("region", name="Nghe bài")
    page.get_by_role("button", name="Nghe bài").press("Enter")
    assert expect_said(page, 1)["words"] == TITLE
    assert page.evaluate("voice.marked()") == TITLE
    expect(bar.get_by_role("button", name="Dừng")).to_be_focused()
    second = say_on(page)["words"]
    assert second in page.evaluate("voice.marked()")
    third = press(page, "Câu sau")["words"]
    assert press(page, "Nhắc lại")["words"] == third
    assert press(page, "Câu trước")["words"] == second
    # Stopped, the place stays; nothing goes on by itself.
    bar.get_by_role("button", name="Dừng").press("Space")
    expect(bar.get_by_role("button", name="Đọc tiếp")).to_be_focused()
    assert page.evaluate("speechSynthesis.speaking") is False
    assert second in page.evaluate("voice.marked()")
    assert press(page, "Đọc tiếp")["words"] == second
    # The speed counts at once, and the next time.
    count = page.evaluate("voice.said.length")
    speed = bar.get_by_role("combobox", name="Tốc độ")
    assert speed.evaluate("select => select.selectedOptions[0].text") == "Vừa"
    speed.select_option("Chậm")
    slow = expect_said(page, count + 1)
    assert slow["words"] == second and slow["rate"] < 1
    assert page.evaluate("JSON.parse(localStorage.getItem('cam-nang')).speed") == slow["rate"]
    expect(bar.get_by_role("status")).to_be_empty()
    page.keyboard.press("Escape")
    expect(bar).to_have_count(0)
    expect(page.get_by_role("button", name="Nghe bài")).to_be_focused()
    assert page.evaluate("speechSynthesis.speaking") is False
    assert page.evaluate("voice.marked()") == ""
    page.reload()
    page.get_by_role("button", name="Nghe bài").click()
    assert expect_said(page, 1)["rate"] == slow["rate"]


def test_the_page_follows_the_voice_but_lets_the_reader_look_elsewhere(listen: Listen) -> None:
    page = listen("phone")
    page.get_by_role("button", name="Nghe từ phần Cảnh giác").click()
    expect_said(page, 1)
    heading = page.locator("#canh-giac")
    for _ in range(12):
        say_on(page)
    expect(heading).not_to_be_in_viewport()
    header, bar = page.locator(".site-header").bounding_box(), page.locator(".listen-bar").bounding_box()
    top, bottom = page.evaluate("voice.place()")
    assert header and bar and header["y"] + header["height"] <= top < bottom <= bar["y"], "what is being read is hidden"
    page.mouse.move(180, 300)
    page.mouse.wheel(0, -4000)
    until(page, f"voice.place()[0] > {top} + 3000")
    still = "async () => { const y = scrollY; await new Promise((on) => setTimeout(on, 99)); return y === scrollY }"
    until(page, still)  # the wheel has rolled out
    left = page.evaluate("scrollY")
    say_on(page)
    say_on(page)
    assert page.evaluate("scrollY") == left
    press(page, "Câu sau")
    assert page.evaluate("scrollY") > left


def test_a_drawn_screen_is_brought_into_view_sideways(listen: Listen) -> None:
    page = listen("phone")
    page.get_by_role("button", name="Nghe từ phần Các bước").click()
    expect_said(page, 1)
    fourth = page.locator("lesson-screens").first.locator("figure.screen").nth(3)
    expect(fourth).not_to_be_in_viewport()
    while "Mã OTP: 000000" not in say_on(page)["words"]:
        pass
    expect(fourth).to_be_in_viewport(ratio=0.5)
    expect(fourth).to_have_class("screen being-read")


def test_engines_with_troubles(listen: Listen) -> None:
    page = listen("network")
    bar = page.get_by_role("region", name="Nghe bài")
    page.get_by_role("button", name="Nghe bài").click()
    expect_said(page, 1)
    page.evaluate("voice.fail('network')")
    expect(bar.get_by_role("status")).to_contain_text("cần mạng")
    assert press(page, "Đọc tiếp")["words"] == TITLE
    expect(bar.get_by_role("status")).to_be_empty()
    # Never says that it has ended: after a while the next sentence comes all the same.
    page.wait_for_timeout(50)
    page.evaluate("voice.forget()")
    assert expect_said(page, 3)["words"] != TITLE
    # Another app in front: a voice that goes on talking would be nobody's.
    page.evaluate(
        """() => {
          Object.defineProperty(document, 'hidden', { value: true, configurable: true });
          document.dispatchEvent(new Event('visibilitychange'));
        }"""
    )
    expect(bar.get_by_role("button", name="Đọc tiếp")).to_be_visible()
    assert page.evaluate("speechSynthesis.speaking") is False


def test_stopped_and_started_again_at_once_the_voice_still_speaks(listen: Listen) -> None:
    page = listen("phone")
    page.get_by_role("button", name="Nghe bài").click()
    expect_said(page, 1)
    page.evaluate(
        """() => {
          const main = document.querySelector('.listen-controls > button:nth-child(2)');
          main.click();
          main.click();
        }"""
    )
    assert expect_said(page, 2)["words"] == TITLE
    # Started elsewhere, too, while the last sentence has only just been cut off.
    page.get_by_role("button", name="Nghe từ phần Ghi nhớ").evaluate("button => button.click()")
    assert expect_said(page, 3)["words"] == "Ghi nhớ"


def test_nothing_is_lost_where_storage_throws(listen: Listen, phone: BrowserContext) -> None:
    phone.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } })"
    )
    page = listen("phone")
    page.get_by_role("button", name="Nghe bài").click()
    expect_said(page, 1)
    page.get_by_role("combobox", name="Tốc độ").select_option("Nhanh")
    assert expect_said(page, 2)["rate"] > 1
    assert say_on(page)["rate"] > 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_bar_fits_and_axe_finds_nothing(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme, base_url=address)  # type: ignore[arg-type]
    give_voices(context, "phone")
    page = context.new_page()
    page.goto(LESSON)
    page.get_by_role("button", name="Nghe bài").click()
    expect_said(page, 1)
    bar = page.get_by_role("region", name="Nghe bài")
    for width, height in ((360, 740), (320, 568), (320, 256)):
        page.set_viewport_size({"width": width, "height": height})
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
        for control in bar.locator("button, select").all():
            box = control.bounding_box()
            assert box and box["width"] >= 48 and box["height"] >= 48, control.inner_text()
            assert box["x"] >= 0 and box["x"] + box["width"] <= width
            assert box["y"] + box["height"] <= height
    # The page ends above the bar.
    page.evaluate("scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' })")
    expect(page.locator(".site-footer p").last).to_be_in_viewport()
    assert page.evaluate(
        "document.querySelector('.site-footer p:last-child').getBoundingClientRect().bottom"
        " <= document.querySelector('.listen-bar').getBoundingClientRect().top"
    )
    context.close()


def test_sentences_end_where_a_vietnamese_reader_breathes(page: Page, site: Path) -> None:
    module = next(site.glob("assets/**/sentences.js")).relative_to(site).as_posix()
    page.goto("")
    split = page.evaluate(
        """async ([module, texts]) => {
          const { sentences } = await import(new URL(document.documentElement.dataset.root + module, location));
          return texts.map((text) => sentences(text));
        }""",
        [module, [case["text"] for case in CASES]],
    )
    assert {case["why"]: said for case, said in zip(CASES, split, strict=True)} == {
        case["why"]: case["sentences"] for case in CASES
    }

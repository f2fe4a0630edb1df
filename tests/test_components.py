"""The components of a lesson as learners use them: by touch, by keyboard, without script, without network.

One lesson with known blocks of every component is built once; another holds thirty drawn screens.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.conftest import PHONE, ROOT, copy_project, run_build, serve, until, whole

LESSON = "nguoi-dan/vneid-muc-2"
"""Stands on the paths of nguoi-dan (its own), nguoi-lao-dong and nguoi-cao-tuoi."""
LONG = "nguoi-lao-dong/quet-ma-qr"

BLOCKS = """
## Mục tiêu

Biết tập bằng VNeID và mã OTP.

## Chuẩn bị

Một chiếc điện thoại.

/// audience | nguoi-cao-tuoi

Nhờ con cháu ngồi cạnh.

///

/// audience | nguoi-lao-dong, nguoi-dan

Làm vào giờ nghỉ.

///

## Các bước

1. Mở ứng dụng.

```screens
series: Gửi đơn mẫu
done: Giờ hãy làm trên máy của bạn.
app: Đơn mẫu
title: Bắt đầu
text: Chào bạn
button: Gửi đơn
row: Trợ giúp
bar: *:home: Trang chủ | :account: Cá nhân
tap: Gửi đơn
---
app: Đơn mẫu
field: Họ tên
tick: Tôi đồng ý = off
button: Xong việc
type: Họ tên = Nguyễn Văn A
tap: Xong việc
step: Điền tên mẫu rồi bấm xong.
---
app: Đơn mẫu
text: Đã gửi.
```

```screen
app: Đơn mẫu
button: Thoát
tap: Thoát
```

## Cảnh giác

```scam
title: Không đọc mã cho ai
bait: Xưng công an, giục đọc mã.
sign: Giục làm ngay.
do: Cúp máy.
call: 113 | Công an
call: 0900 000 000 | Số mẫu
```

## Thực hành

```practice
- Việc thứ nhất.
- Việc thứ hai.
```

## Tự kiểm tra

```quiz
? Câu một một ý đúng?
- Sai một
> Vì sai một.
+ Đúng một
> Vì đúng một.
? Câu hai nhiều ý đúng?
+ Đúng hai
> Vì đúng hai.
- Sai hai
> Vì sai hai.
+ Đúng ba
> Vì đúng ba.
```

## Ghi nhớ

- Tập không mất gì.

## Dành cho người hướng dẫn

Cho người học tự bấm.
"""

SCREEN = """app: Ứng dụng {n}
title: Trang số {n}
field: Số định danh = 001 000 000 {n:03}
field: Số điện thoại = 0900 000 {n:03}
row: :bell: Thông báo mới số {n}
switch: Nhận tin số {n} = on
button: Gửi yêu cầu {n}
bar: *:home: Trang chủ | :qrcode-scan: Quét mã | :account: Cá nhân
tap: Gửi yêu cầu {n}
"""


def thirty_screens() -> str:
    """Five strips of six screens, in a lesson that is otherwise as short as can be."""
    series = []
    for first in range(1, 31, 6):
        screens = "---\n".join(SCREEN.format(n=n) for n in range(first, first + 6))
        series.append(f"1. Làm theo hình.\n\n```screens\nseries: Việc {first}\ndone: Làm thật.\n{screens}```\n")
    head, tail = BLOCKS.split("1. Mở ứng dụng.")
    steps = "\n".join(f"### Phần {n}\n\n{text}" for n, text in enumerate(series, start=1))
    return f"{head}{steps}\n## Cảnh giác{tail.split('## Cảnh giác')[1]}"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("components")
    project = copy_project(folder / "project")
    for lesson, body in ((LESSON, BLOCKS), (LONG, thirty_screens())):
        file = project / "docs" / f"{lesson}.md"
        front_matter = re.match(r"---\n.*?\n---\n", file.read_text(encoding="utf-8"), re.DOTALL)
        assert front_matter
        file.write_text(front_matter[0] + body, encoding="utf-8")
    done = run_build(project, folder / "site")
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def host(built: Path) -> Iterator[str]:
    yield from serve(built)


@pytest.fixture
def phone(browser: Browser, host: str) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, locale="vi-VN", base_url=host)
    context.set_default_timeout(5_000)
    yield context
    context.close()


@pytest.fixture
def lesson(page: Page) -> Page:
    page.goto(f"{LESSON}/")
    for enlivened in (
        ".practice-open",
        "lesson-quiz[data-ready]",
        "lesson-practice[data-ready]",
        "a.term[role=button]",
    ):
        page.wait_for_selector(enlivened, state="attached")
    return page


@pytest.fixture
def plain(browser: Browser, host: str) -> Iterator[Page]:
    """The lesson in a browser that runs no script."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, base_url=host)
    page = context.new_page()
    page.goto(f"{LESSON}/")
    yield page
    context.close()


# Drawn screens and their practice


def spot(page: Page, name: str) -> Locator:
    return page.locator(".try").get_by_role("button", name=name, exact=True)


def practise(page: Page, press: Callable[[Locator], None], write: Callable[[Locator, str], None]) -> None:
    """The whole practice, with a wrong tap and a wrong word on the way."""
    press(page.get_by_role("button", name="Tập thử"))
    practice = page.get_by_role("region", name="Tập thử: Gửi đơn mẫu")
    say = practice.get_by_role("status")
    expect(practice).to_contain_text("Không có gì được gửi đi")
    expect(practice).to_contain_text("Màn hình 1/2")
    expect(practice).to_contain_text("Chạm nút “Gửi đơn”.")
    press(spot(page, "Cá nhân"))
    expect(say).to_have_text("Chưa đúng chỗ, không sao cả. “Gửi đơn” ở khoảng giữa màn hình.")
    press(spot(page, "Trợ giúp"))
    expect(spot(page, "Gửi đơn")).to_have_class("try-spot hint")
    press(spot(page, "Gửi đơn"))
    expect(practice).to_contain_text("Màn hình 2/2")
    expect(practice).to_contain_text("Điền tên mẫu rồi bấm xong.")
    press(spot(page, "Họ tên"))
    field = practice.get_by_label("Gõ: Nguyễn Văn A")
    expect(field).to_be_focused()
    expect(practice).to_contain_text("không gõ thông tin thật")
    write(field, "Nguyễn Văn B")
    expect(say).to_contain_text("Gõ lại: Nguyễn Văn A")
    write(field, " nguyen van a ")
    expect(field).to_have_count(0)
    expect(practice.locator("svg")).to_contain_text("Nguyễn Văn A")
    press(spot(page, "Xong việc"))
    expect(practice).to_contain_text("Giỏi lắm, bạn đã làm xong!")
    expect(say).to_have_text("Giờ hãy làm trên máy của bạn.")
    expect(practice.locator("svg")).to_contain_text("Đã gửi.")


def by_touch(target: Locator) -> None:
    target.tap()


def by_keyboard(target: Locator) -> None:
    """Walk there with Tab, press Enter."""
    page = target.page
    goal = target.element_handle()
    for _ in range(80):
        if page.evaluate("goal => document.activeElement === goal", goal):
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {target}")


def by_typing(field: Locator, words: str) -> None:
    expect(field).to_be_focused()
    field.page.keyboard.press("Control+A")
    field.page.keyboard.type(words)
    field.page.keyboard.press("Enter")


def test_practice_by_touch(lesson: Page) -> None:
    def fill(field: Locator, words: str) -> None:
        field.fill(words)
        lesson.get_by_role("button", name="Xong", exact=True).tap()

    practise(lesson, by_touch, fill)


def test_practice_by_keyboard_alone(lesson: Page) -> None:
    lesson.locator("#cac-buoc").evaluate("heading => { heading.tabIndex = -1; heading.focus(); }")
    practise(lesson, by_keyboard, by_typing)


def test_practice_needs_no_network_once_its_screens_have_been_seen(lesson: Page) -> None:
    lesson.locator(".strip li").last.scroll_into_view_if_needed()
    lesson.wait_for_load_state("networkidle")
    lesson.context.set_offline(True)
    practise(lesson, by_touch, by_typing)


def test_practice_starts_again_and_closes(lesson: Page) -> None:
    opener = lesson.get_by_role("button", name="Tập thử")
    opener.tap()
    expect(lesson.locator(".strip")).not_to_be_visible()
    spot(lesson, "Gửi đơn").tap()
    expect(lesson.locator(".try")).to_contain_text("Màn hình 2/2")
    lesson.get_by_role("button", name="Làm lại").tap()
    expect(lesson.locator(".try")).to_contain_text("Màn hình 1/2")
    lesson.get_by_role("button", name="Đóng").tap()
    expect(lesson.locator(".strip")).to_be_visible()
    expect(opener).to_be_focused()
    lesson.keyboard.press("Enter")
    expect(lesson.locator(".try-task")).to_be_focused()
    lesson.keyboard.press("Escape")
    expect(opener).to_be_focused()


def test_the_practice_is_drawn_as_the_strip(lesson: Page) -> None:
    """Neither the page nor a script names the classes of the drawings, but the page shows them in the practice."""
    sheet = lesson.locator("link[rel=stylesheet]").first.get_attribute("href")
    assert sheet
    looks = re.findall(r"\.phone \.\w", (ROOT / "overrides" / "css" / "drawing.css").read_text(encoding="utf-8"))
    assert len(looks) > 15
    assert set(looks) <= set(re.findall(r"\.phone \.\w", lesson.request.get(sheet).text()))
    lesson.get_by_role("button", name="Tập thử").tap()
    spot(lesson, "Gửi đơn").tap()
    field = lesson.locator(".try-phone .f").first
    ground = lesson.locator("lesson-screens").evaluate("one => getComputedStyle(one).backgroundColor")
    assert field.evaluate("part => getComputedStyle(part).fill") == ground


def test_a_tap_beside_everything_helps_too(lesson: Page) -> None:
    lesson.get_by_role("button", name="Tập thử").tap()
    lesson.locator(".try-phone").tap(position={"x": 60, "y": 15})
    expect(lesson.locator(".try-say")).to_contain_text("Chưa đúng chỗ")


def test_everything_to_touch_is_large_enough_and_apart(lesson: Page) -> None:
    lesson.set_viewport_size({"width": 320, "height": 640})
    lesson.get_by_role("button", name="Tập thử").tap()
    spot(lesson, "Gửi đơn").tap()
    measure = "all => all.map(one => { const {top, bottom} = one.getBoundingClientRect(); return [top, bottom] })"
    boxes = sorted(lesson.locator(".try-spot").evaluate_all(measure))
    assert len(boxes) == 3
    for top, bottom in boxes:
        assert bottom - top >= 40, boxes
    for (_, end), (start, _) in pairwise(boxes):
        assert start >= end - 0.5
    lesson.get_by_role("button", name="Đóng").tap()
    for button in lesson.locator("main :is(.button, summary, .choice, .tasks li, .call):visible").all():
        box = button.bounding_box()
        assert box and box["height"] >= 47.5, button


def test_the_task_stays_in_sight_above_the_screen(lesson: Page) -> None:
    lesson.get_by_role("button", name="Tập thử").tap()
    lesson.mouse.wheel(0, 200)
    lesson.wait_for_timeout(300)
    expect(lesson.locator(".try-task")).to_be_in_viewport(ratio=1)


def test_the_strip_is_moved_by_its_buttons(lesson: Page) -> None:
    strip = lesson.locator(".strip")
    lesson.get_by_role("button", name="Xem màn hình sau").tap()
    until(lesson, "document.querySelector('.strip').scrollLeft > 100")
    lesson.get_by_role("button", name="Xem màn hình trước").tap()
    until(lesson, "document.querySelector('.strip').scrollLeft < 5")
    expect(strip.locator("figcaption").nth(1)).to_have_text("Điền tên mẫu rồi bấm xong.")


def test_without_script_the_strip_is_read(plain: Page) -> None:
    drawings = plain.locator(".strip img.phone")
    expect(drawings).to_have_count(3)
    alternative = drawings.first.get_attribute("alt")
    assert alternative and alternative.startswith("Màn hình Đơn mẫu: trang “Bắt đầu”")
    expect(plain.locator(".strip figcaption").first).to_have_text("Chạm nút “Gửi đơn”.")
    expect(plain.get_by_role("button", name="Tập thử")).to_have_count(0)


# Quiz, practice list, scam


def test_an_answer_that_is_read_stays_when_the_script_comes(phone: BrowserContext) -> None:
    page = phone.new_page()
    waiting: list[Route] = []
    page.route("**/quiz.js", lambda route: waiting.append(route))
    page.goto(f"{LESSON}/")
    first, second = page.locator(".question").all()
    first.locator("summary").tap()
    expect(first).to_contain_text("Vì sai một.")
    while not waiting:
        page.wait_for_timeout(50)
    for route in waiting:
        route.continue_()
    expect(second.locator(".choice")).to_have_count(3)
    expect(first.locator("details.answer")).to_have_js_property("open", True)
    expect(first.locator("summary")).to_be_focused()
    first.locator("summary").tap()
    expect(first.locator(".choice")).to_have_count(2)
    page.close()


def test_an_unsteady_finger_opens_and_does_not_close(lesson: Page) -> None:
    lesson.locator("a.term", has_text="VNeID").first.dblclick()
    expect(lesson.locator(".term-meaning")).to_be_visible()
    lesson.keyboard.press("Escape")
    lesson.evaluate("delete Navigator.prototype.share")
    lesson.locator(".share-open").dblclick()
    expect(lesson.locator(".share-panel")).to_be_visible()


def test_quiz_by_touch(lesson: Page) -> None:
    first, second = lesson.locator(".question").all()
    first.get_by_text("Sai một").tap()
    expect(first).to_contain_text("Chưa đúng. Vì sai một.")
    expect(first).not_to_contain_text("Vì đúng một.")
    first.get_by_text("Đúng một").tap()
    expect(first).to_contain_text("Đúng. Vì đúng một.")
    expect(first).not_to_contain_text("Vì sai một.")
    second.get_by_role("button", name="Trả lời").tap()
    expect(second.locator(".feedback")).to_contain_text("ít nhất một ý")
    second.get_by_text("Đúng hai").tap()
    second.get_by_role("button", name="Trả lời").tap()
    expect(second.locator(".feedback")).to_contain_text("còn thiếu ý")
    second.get_by_text("Sai hai").tap()
    second.get_by_role("button", name="Trả lời").tap()
    expect(second).to_contain_text("Chưa đúng. Vì sai hai.")
    expect(second.locator(".feedback")).to_contain_text("Còn ý chưa đúng")
    second.get_by_text("Sai hai", exact=True).tap()
    second.get_by_text("Đúng ba").tap()
    second.get_by_role("button", name="Trả lời").tap()
    expect(second.locator(".feedback")).to_contain_text("Đúng rồi")
    expect(lesson.locator(".score")).to_contain_text("0/2 câu")


def test_quiz_all_right_at_once(lesson: Page) -> None:
    first, second = lesson.locator(".question").all()
    first.get_by_text("Đúng một").tap()
    expect(lesson.locator(".score")).to_be_empty()
    for answer in ("Đúng hai", "Đúng ba"):
        second.get_by_text(answer).tap()
    second.get_by_role("button", name="Trả lời").tap()
    expect(lesson.locator(".score")).to_have_text("Đúng ngay lần đầu 2/2 câu. Đúng hết rồi, giỏi lắm!")


def test_quiz_by_keyboard_passing_an_answer_is_not_choosing_it(lesson: Page) -> None:
    first = lesson.locator(".question").first
    first.get_by_role("radio").first.focus()
    lesson.keyboard.press("ArrowDown")
    expect(first.get_by_role("radio").nth(1)).to_be_focused()
    expect(first).not_to_contain_text("Vì đúng một.")
    expect(first).to_contain_text("Nhấn phím Enter để trả lời.")
    lesson.keyboard.press("Enter")
    expect(first).to_contain_text("Đúng. Vì đúng một.")
    lesson.keyboard.press("ArrowUp")
    lesson.keyboard.press("Space")
    expect(first).to_contain_text("Chưa đúng. Vì sai một.")


def test_quiz_without_script(plain: Page) -> None:
    first = plain.locator(".question").first
    expect(first.get_by_text("Vì sai một.")).not_to_be_visible()
    first.locator("summary").click()
    expect(first.get_by_text("Vì sai một.")).to_be_visible()


def test_ticks_are_remembered(lesson: Page) -> None:
    first, second = lesson.locator(".tasks input").all()
    lesson.locator(".tasks").get_by_text("Việc thứ hai.").tap()
    expect(second).to_be_checked()
    lesson.reload()
    expect(second).to_be_checked()
    expect(first).not_to_be_checked()
    first.focus()
    lesson.keyboard.press("Space")
    expect(lesson.locator(".tasks-done")).to_contain_text("Bạn đã làm hết các việc")


def test_ticks_work_where_the_browser_remembers_nothing(page: Page) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    page.goto(f"{LESSON}/")
    for task in ("Việc thứ nhất.", "Việc thứ hai."):
        page.locator(".tasks").get_by_text(task).tap()
    expect(page.locator(".tasks-done")).to_contain_text("Bạn đã làm hết các việc")


def test_tasks_without_script_have_boxes(plain: Page) -> None:
    box = "task => getComputedStyle(task, '::before').inlineSize"
    assert float(plain.locator(".tasks li").first.evaluate(box).removesuffix("px")) > 15


def test_scam_numbers_dial(lesson: Page) -> None:
    calls = lesson.locator("lesson-scam a.call")
    assert [call.get_attribute("href") for call in calls.all()] == ["tel:113", "tel:0900000000"]
    expect(calls.first).to_have_accessible_name("Gọi 113")


# Passages for some groups


@pytest.mark.parametrize("scripted", [True, False])
def test_passages_follow_the_path(browser: Browser, host: str, scripted: bool) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=scripted, base_url=host)
    page = context.new_page()
    elders, workers = "Nhờ con cháu ngồi cạnh.", "Làm vào giờ nghỉ."
    page.goto(f"{LESSON}/")
    for passage in (elders, workers):
        expect(page.get_by_text(passage)).to_be_visible()
    expect(page.locator(".for").first).to_contain_text("Dành cho: Người cao tuổi")
    page.locator(".other-paths summary").click()
    page.locator(".other-paths a", has_text="Người cao tuổi").click()
    expect(page.get_by_text(elders)).to_be_visible()
    expect(page.get_by_text(workers)).not_to_be_visible()
    expect(page.locator(".for:visible")).to_have_count(0)
    page.locator(".other-paths a", has_text="Công nhân").click()
    expect(page.get_by_text(elders)).not_to_be_visible()
    expect(page.get_by_text(workers)).to_be_visible()
    context.close()


# Glossary


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_term_is_explained_by_keyboard(lesson: Page, key: str) -> None:
    term = lesson.locator("a.term", has_text="OTP").first
    term.focus()
    lesson.keyboard.press(key)
    meaning = lesson.get_by_role("dialog", name="Giải thích từ mã OTP")
    expect(meaning).to_contain_text("Không đọc mã này cho bất kỳ ai.")
    expect(meaning).to_be_in_viewport(ratio=1)
    expect(term).to_have_attribute("aria-expanded", "true")
    lesson.keyboard.press("Tab")
    expect(meaning.get_by_role("button", name="Đóng")).to_be_focused()
    lesson.keyboard.press("Escape")
    expect(meaning).to_have_count(0)
    expect(term).to_be_focused()
    expect(term).to_have_attribute("aria-expanded", "false")


def test_the_keyboard_goes_on_from_a_term_and_covers_nothing(lesson: Page) -> None:
    lesson.locator("a.term", has_text="OTP").first.focus()
    lesson.keyboard.press("Enter")
    for _ in range(3):  # Đóng, Xem trang Từ ngữ, and on
        lesson.keyboard.press("Tab")
    expect(lesson.locator(".term-meaning")).to_have_count(0)
    assert lesson.evaluate("document.activeElement !== document.body")


def test_a_term_is_explained_by_touch(lesson: Page) -> None:
    lesson.locator("a.term", has_text="VNeID").first.tap()
    expect(lesson.locator(".term-meaning")).to_contain_text("Ứng dụng của Bộ Công an")
    lesson.locator("h1").tap()
    expect(lesson.locator(".term-meaning")).to_have_count(0)
    lesson.locator("a.term", has_text="VNeID").first.tap()
    lesson.get_by_role("link", name="Xem trang Từ ngữ").tap()
    expect(lesson.locator(":target")).to_contain_text("VNeID")


def test_without_script_a_term_leads_to_the_glossary(plain: Page) -> None:
    plain.locator("a.term", has_text="OTP").first.click()
    expect(plain.locator("h1")).to_have_text("Từ ngữ")
    expect(plain.locator(":target")).to_contain_text("Mã dùng một lần")
    expect(plain.locator(":target").get_by_role("link", name="Kích hoạt tài khoản")).to_be_visible()


# The page as a whole


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_is_cut_at_twice_the_text_size(browser: Browser, host: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 740}, base_url=host)
    page = whole(context.new_page())
    page.goto(f"{LESSON}/")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.get_by_role("button", name="Tập thử").click()
    page.locator(".choice label").first.click()
    page.locator("a.term").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    cut = page.evaluate(
        "[...document.querySelectorAll('main *')].filter(one => one.checkVisibility() && one.clientWidth && "
        "one.scrollWidth > one.clientWidth + 1 && "
        "!one.closest('svg, .unseen, .try-spot, .strip, .table-scroll, pre') && "
        "getComputedStyle(one).display !== 'inline').map(one => one.outerHTML.slice(0, 80))"
    )
    assert not cut
    context.close()


def test_thirty_screens_are_light(built: Path) -> None:
    page = (built / LONG / "index.html").read_text(encoding="utf-8")
    assert page.count("class=screen>") == 30
    without = re.sub(r"<lesson-screens.*?</lesson-screens>", "", page, flags=re.DOTALL)
    drawings = list((built / LONG).glob("man-hinh.*.svg"))
    assert len(drawings) > 1
    added = len(gzip.compress(page.encode(), 6)) - len(gzip.compress(without.encode(), 6))
    assert added + sum(len(gzip.compress(file.read_bytes(), 6)) for file in drawings) <= 45_000


def test_thirty_screens_scroll_without_a_hitch(page: Page) -> None:
    """Not once of several times, that is: other work on this machine holds a page up, too."""
    assert [] in (hitches(page) for _ in range(5))


def hitches(page: Page) -> list[float]:
    """Milliseconds of the tasks that a finger would feel while it scrolls through the lesson on a slow phone."""
    page.goto(f"{LONG}/")
    page.wait_for_load_state("networkidle")
    phone = page.context.new_cdp_session(page)
    phone.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.wait_for_timeout(500)
    page.evaluate(
        "() => { window.slow = []; new PerformanceObserver(list => "
        "slow.push(...list.getEntries().map(task => task.duration))).observe({ type: 'longtask' }); }"
    )
    height = page.evaluate("document.documentElement.scrollHeight")
    for _ in range(0, height, 600):
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(30)
    page.wait_for_timeout(200)
    assert page.evaluate("scrollY") > height / 2
    return [float(task) for task in page.evaluate("slow")]

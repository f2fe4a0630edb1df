"""What a page may do: nothing from elsewhere, nothing left behind, nothing that its own policy forbids."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from tests.conftest import DESKTOP, PHONE, whole

REPORT = """
  window.violations = [];
  addEventListener("securitypolicyviolation", event =>
    violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile ?? ""}`));
"""


def one_of_each_kind(site: Path) -> dict[str, str]:
    """Template → address: the longest page made by each (it has the most in it)."""
    found: dict[str, tuple[int, str]] = {}
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        kind = re.search(r'<main[^>]* class="?page ?([\w-]*)', text)
        name = kind[1] if kind else path.name
        address = path.relative_to(site).as_posix().removesuffix("index.html")
        found[name] = max(found.get(name, (0, "")), (len(text), address))
    return {name: address for name, (_, address) in found.items()}


def test_every_page_has_a_strict_policy(site: Path) -> None:
    for path in site.rglob("*.html"):
        policy = re.search(r'content-security-policy content="([^"]+)"', path.read_text(encoding="utf-8"))
        assert policy, path
        rules = dict(rule.strip().partition(" ")[::2] for rule in policy[1].split(";"))
        assert rules["default-src"] == "'none'"
        assert "unsafe-inline" not in policy[1]
        assert "'unsafe-eval'" not in policy[1]
        assert not re.search(r"https?:|\*", policy[1])
        page = path.read_text(encoding="utf-8")
        assert page.index("content-security-policy") < page.index("<style>"), path
        assert not re.search(r"<[^>]*\s(style|on\w+)=", re.sub(r"<(style|script).*?</\1>", "", page, flags=re.S)), path


def test_no_page_breaks_its_policy_or_asks_anybody_else(browser: Browser, site: Path, address: str) -> None:
    context = browser.new_context(viewport=PHONE, base_url=address)
    context.add_init_script(REPORT)
    strangers: list[str] = []
    context.on("request", lambda request: strangers.append(request.url) if is_elsewhere(request.url, address) else None)
    kinds = one_of_each_kind(site)
    assert {
        "home",
        "group",
        "lesson",
        "guide",
        "search-page",
        "prints",
        "glossary",
        "course",
        "not-found",
    } <= kinds.keys()
    page = whole(context.new_page())
    broken = {}
    for name, path in kinds.items():
        # A wide screen shows more of a lesson.
        page.set_viewport_size(DESKTOP if name == "lesson" else PHONE)
        page.goto("khong-co-trang-nay" if name == "not-found" else path)
        page.wait_for_load_state("networkidle")
        use(page)
        if found := page.evaluate("violations"):
            broken[name] = found
    assert broken == {}
    assert strangers == []
    assert context.cookies() == []
    context.close()


def is_elsewhere(url: str, address: str) -> bool:
    return urlsplit(url).scheme in {"http", "https"} and urlsplit(url).netloc != urlsplit(address).netloc


def use(page: Page) -> None:
    """Everything on a page that loads or draws something when it is used."""
    page.mouse.wheel(0, 3000)
    for name in ("Tập thử", "Chia sẻ"):
        button = page.get_by_role("button", name=name, exact=True).first
        if button.count():
            button.click()
    for part in (".choice label", "a.term", ".share-code summary"):
        if page.locator(part).count():
            page.locator(part).first.click()
            page.keyboard.press("Escape")
    if not page.locator("[data-search-page]").count():
        page.locator("[data-open-search]").first.click()
        page.locator("#search-dialog input[name=q]").fill("quet ma")
    else:
        page.locator("main input[name=q]").fill("quet ma")
    page.locator('[data-search-results][data-state="done"]').wait_for()


def test_the_policy_stops_what_it_should(browser: Browser, address: str) -> None:
    """The test above could not fail if the policy were not at work."""
    context = browser.new_context(base_url=address)
    context.add_init_script(REPORT)
    page = whole(context.new_page())
    page.goto("")
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.entered = true";
          document.body.append(script);
          const image = document.createElement("img");
          image.src = "https://noi-khac.example/anh.png";
          document.body.append(image);
        }"""
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.entered") is None
    assert {found.split(":")[0] for found in page.evaluate("violations")} == {"script-src-elem", "img-src"}
    context.close()

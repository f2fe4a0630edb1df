"""Our built site in; its peers out: the same words, at the same addresses, as stock Material and as bare pages."""

from __future__ import annotations

import gzip
import html
import json
import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.builders import SITE, Builder, UnavailableError
from bench.phone.plain import HEADINGS, PlainPage, plain_page
from bench.projects import write_peer_settings

HOME_PAGE, GROUP_PAGE, LESSON_PAGE, SEARCH_PAGE, GUIDE_PAGE = "home", "group", "lesson", "search", "guide"
PAGES = (HOME_PAGE, GROUP_PAGE, LESSON_PAGE, SEARCH_PAGE, GUIDE_PAGE)
"""The pages that are loaded, by name; the lesson is the heaviest."""

GROUP = "nguoi-cao-tuoi/"
SEARCH = "tim-kiem/"
GUIDES = "huong-dan/"
GUIDE = f"{GUIDES}viet-bai/"
QUESTION = "?q=quet+ma"
"""What is asked of the search page, typed without diacritics as many do."""

_LESSON = re.compile(r'<html[^>]* data-page="?lesson\b')
"""Only a lesson's page says this of itself."""

_TAG = re.compile(r"<[^>]*>")
_MARKDOWN_SIGNS = re.compile(r"(<[^>]*>)|([\\`*_\[\]{}~^=!|])")


@dataclass(frozen=True)
class MeasuredPage:
    """`name` is one of `PAGES`, `folder` is where it lies below the site; `address` may ask something of it."""

    name: str
    folder: str
    query: str = ""

    @property
    def address(self) -> str:
        return self.folder + self.query


def measured_pages(site: Path) -> list[MeasuredPage]:
    """One page for each name, in their order. Raises FileNotFoundError where one is missing."""
    chosen = [
        MeasuredPage(HOME_PAGE, ""),
        MeasuredPage(GROUP_PAGE, GROUP),
        MeasuredPage(LESSON_PAGE, heaviest_lesson(site)),
        MeasuredPage(SEARCH_PAGE, SEARCH, QUESTION),
        MeasuredPage(GUIDE_PAGE, GUIDE),
    ]
    for page in chosen:
        if not (site / page.folder / "index.html").is_file():
            raise FileNotFoundError(f"the site has no page {page.folder}")
    return chosen


def heaviest_lesson(site: Path) -> str:
    """The folder of the lesson whose page has the most bytes in gzip. Raises FileNotFoundError without lessons."""
    weights = {folder: len(gzip.compress((site / folder / "index.html").read_bytes(), 9)) for folder in lessons(site)}
    if not weights:
        raise FileNotFoundError(f"no lessons in {site}")
    return max(weights, key=lambda folder: weights[folder])


def lessons(site: Path) -> list[str]:
    """The folders of all lessons, each ending with a slash."""
    found = (path for path in sorted(site.glob("*/*/index.html")) if _LESSON.search(path.read_text(encoding="utf-8")))
    return [f"{path.parent.relative_to(site).as_posix()}/" for path in found]


def plain_pages(site: Path) -> dict[str, PlainPage]:
    """Folder → words, of every page a peer has too: home, groups, lessons, guides, search."""
    of_lessons = lessons(site)
    groups = sorted({f"{folder.split('/')[0]}/" for folder in of_lessons})
    guides = [f"{path.parent.relative_to(site).as_posix()}/" for path in sorted(site.glob(f"{GUIDES}*/index.html"))]
    folders = ["", *groups, *of_lessons, *guides, SEARCH]
    return {folder: plain_page((site / folder / "index.html").read_text(encoding="utf-8")) for folder in folders}


def write_bare(folder: Path, pages: Mapping[str, PlainPage], wanted: Iterable[str]) -> None:
    """Write the pages `wanted` to `folder` as the least a browser can show well."""
    for place in wanted:
        target = folder / place / "index.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(bare_html(pages[place]), encoding="utf-8")


def bare_html(page: PlainPage) -> str:
    words = "\n".join(block.html for block in page.blocks)
    return (
        '<!doctype html>\n<html lang="vi">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(page.title)}</title>\n{words}\n</html>\n"
    )


def build_stock(material: Builder, project: Path, pages: Mapping[str, PlainPage]) -> Path:
    """Write and build a stock Material site of all `pages` in `project`; returns it. Raises UnavailableError."""
    project.mkdir(parents=True)
    write_peer_settings(project, ("search",))
    for folder, page in pages.items():
        target = project / "docs" / source_of(folder, pages)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(markdown(page), encoding="utf-8")
    done = subprocess.run(material.command(project), cwd=project, capture_output=True, text=True, check=False)
    site = project / SITE
    missing = [folder for folder in pages if not (site / folder / "index.html").is_file()]
    if done.returncode or missing:
        said = (done.stderr or done.stdout).strip()[-1500:] or f"made no page {missing[0]}"
        raise UnavailableError(f"the stock Material site was not built: {said}")
    return site


def source_of(folder: str, folders: Iterable[str]) -> str:
    """The Markdown file below `docs/` that MkDocs turns into the page in `folder`."""
    above_others = any(other != folder and other.startswith(folder) for other in folders)
    return f"{folder}index.md" if above_others or not folder else f"{folder.rstrip('/')}.md"


def markdown(page: PlainPage) -> str:
    """The page as a source for MkDocs: headings in Markdown, for its list of contents; the rest stays HTML."""
    # The theme adds the site's name to each title itself. JSON strings are YAML strings.
    title = next((html.unescape(_TAG.sub("", block.inner)) for block in page.blocks if block.tag == "h1"), page.title)
    front_matter = "".join(
        f"{name}: {json.dumps(value, ensure_ascii=False)}\n"
        for name, value in (("title", title), ("description", page.description))
        if value
    )
    blocks = [
        f"{'#' * int(block.tag[1])} {_without_signs(block.inner)}" if block.tag in HEADINGS else block.html
        for block in page.blocks
    ]
    return f"---\n{front_matter}---\n\n" + "\n\n".join(blocks) + "\n"


def _without_signs(inner: str) -> str:
    """Signs that Markdown would read, as entities; tags stay."""
    return _MARKDOWN_SIGNS.sub(lambda found: found[1] or f"&#{ord(found[2])};", inner)

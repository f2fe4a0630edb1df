"""The project's folder in; the finished `site/` out: read → check → render → site, search, print → put in place."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from lxml import etree

from handbook.manuscript import Manuscript, read_manuscript
from handbook.printing.editions import editions
from handbook.printing.press import Press
from handbook.printing.tree import Unprintable, print_tree
from handbook.printing.typesetting import Imprint, PrintError, stage
from handbook.problems import HandbookError, Problems
from handbook.search import SearchError, write_index
from handbook.site.icons import check_icons
from handbook.site.plugin import SiteSettings, build_site, read_settings
from handbook.swap import put_in_place, workshop


class Progress(Protocol):
    """Shown while the build works: a named stage, and steps within it."""

    def stage(self, name: str) -> None: ...
    def advance(self, total: int) -> None: ...


@dataclass(frozen=True)
class Summary:
    groups: int
    lessons: int
    pages: int
    pdfs: int
    printed_pages: int
    seconds: float
    warnings: Problems
    site: Path


def build(root: Path, site: Path, progress: Progress) -> Summary:
    """Build everything and put it at `site`. Raises HandbookError with every problem found; `site` is then untouched.

    Raises BuildRunning while another build of the same site is at work.
    """
    started = time.monotonic()
    with workshop(site) as work:
        problems = Problems()
        progress.stage("Đọc và kiểm tra bài")
        settings, manuscript, trees = _read(root, problems, progress.advance)
        problems.stop_on_errors()
        assert settings and manuscript
        made = build_date(root, manuscript)
        imprint = Imprint(settings.title, settings.description, settings.author, settings.site_url, made)
        new_site, staged = work / "site", work / "print"
        to_print = list(editions(manuscript.handbook, settings.title))
        stage(staged, root / "print", root / "docs", manuscript.handbook, trees, imprint)
        press = Press(to_print, staged, imprint, work / "pdf")
        try:
            with _source_date(made):
                progress.stage("Dựng trang")
                pages = build_site(root, manuscript, new_site, progress.advance)
            progress.stage("Lập chỉ mục tìm kiếm")
            write_index(manuscript.handbook, manuscript.texts, new_site, work / "search", progress.advance)
            progress.stage("In PDF")
            printed_pages = press.finish(lambda _: progress.advance(len(to_print)))
        except PrintError as error:
            raise HandbookError(_print_problem(error, manuscript)) from error
        except SearchError as error:
            problems.add(
                "search-failed", "mkdocs.yml", 1, f"Không lập được chỉ mục tìm kiếm: {error}", "Chạy lại “make”."
            )
            raise HandbookError(problems) from error
        finally:
            press.stop()
        _merge(work / "pdf", new_site)
        put_in_place(new_site, site)
    return Summary(
        groups=len(manuscript.handbook.groups),
        lessons=len(manuscript.handbook.lessons),
        pages=pages,
        pdfs=len(to_print),
        printed_pages=printed_pages,
        seconds=time.monotonic() - started,
        warnings=problems,
        site=site,
    )


def check(root: Path) -> Problems:
    """Every problem of the project, with nothing built."""
    problems = Problems()
    _read(root, problems, lambda total: None)
    return problems


def _read(
    root: Path, problems: Problems, advance: Callable[[int], None]
) -> tuple[SiteSettings | None, Manuscript | None, dict[str, etree._Element]]:
    """Everything a build needs, with every problem that can be found before anything is written."""
    settings = read_settings(root, problems)
    manuscript = read_manuscript(root, problems, advance)
    if settings and manuscript:
        check_icons(manuscript.handbook.curriculum, settings.theme_folders, problems)
    return settings, manuscript, _print_trees(manuscript, problems) if manuscript else {}


def build_date(root: Path, manuscript: Manuscript) -> datetime:
    """The date all output bears: SOURCE_DATE_EPOCH, else the last commit's, else the newest lesson's.

    The clock is never asked: the same input gives the same bytes.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch.isdigit():
        asked = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
        try:
            epoch = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
        except OSError:
            epoch = ""
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC)
    newest = manuscript.handbook.updated
    return datetime(newest.year, newest.month, newest.day, tzinfo=UTC)


@contextmanager
def _source_date(made: datetime) -> Iterator[None]:
    """MkDocs dates its sitemap by SOURCE_DATE_EPOCH."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(made.timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def _print_trees(manuscript: Manuscript, problems: Problems) -> dict[str, etree._Element]:
    trees: dict[str, etree._Element] = {}
    for lesson in manuscript.handbook.lessons.values():
        try:
            trees[lesson.id] = print_tree(manuscript.texts[lesson.id].body)
        except Unprintable as error:
            problems.add(
                "unprintable",
                lesson.file,
                lesson.body_line,
                f"Bài có {error} mà bản in chưa biết vẽ.",
                "Viết chỗ đó bằng cách trình bày khác, hoặc báo người phát triển.",
            )
    return trees


def _print_problem(error: PrintError, manuscript: Manuscript) -> Problems:
    problems = Problems()
    lesson = manuscript.handbook.lessons.get(error.edition.lessons[0]) if error.edition.kind == "handout" else None
    problems.add(
        "print-failed",
        lesson.file if lesson else "print/book.typ",
        lesson.body_line if lesson else 1,
        f"Không in được “{error.edition.title}”: {error}",
        "Xem lại hình (tệp SVG hỏng?) và cách trình bày trong bài." if lesson else "Báo người phát triển.",
    )
    return problems


def _merge(source: Path, target: Path) -> None:
    for path in sorted(source.rglob("*.pdf")):
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        path.rename(place)

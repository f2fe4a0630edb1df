"""The project's folder in; pages, search index and all that printing needs out. Runs in a process of its own.

The build's first process waits in `handbook.build`, small, so that the memory used here is free again when the whole
book, the largest thing there is, gets typeset.
"""

from __future__ import annotations

import gc
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from lxml import etree

from handbook.addresses import ICON_SOURCE
from handbook.api.publishing import publish
from handbook.images import ImageShelf
from handbook.manuscript import Manuscript, read_manuscript
from handbook.markup.example import examples_of
from handbook.messages import Made, Printable, Step
from handbook.printing.edition import Imprint
from handbook.printing.editions import editions
from handbook.printing.pictures import site_pictures
from handbook.printing.staging import stage
from handbook.printing.tree import Unprintable, print_tree
from handbook.problems import HandbookError, Problems
from handbook.search import SearchError, write_index
from handbook.site.icons import check_icons
from handbook.site.offline import WORKER, write_offline
from handbook.site.plugin import SiteSettings, build_site, read_settings

READING, PAGES, SEARCHING = "Đọc và kiểm tra bài", "Dựng trang", "Lập chỉ mục tìm kiếm"


Tell = Callable[[object], None]
"""Sends a message to the waiting process: a Step or Printable."""


def make(root: Path, site: Path, staged: Path, work: Path, tell: Tell) -> Made:
    """Write the pages and the index to `site`, what Typst reads to `staged`; `work` is a folder to use.

    Raises HandbookError with every problem found.
    """
    # All that is read is kept to the end, and the process is short: looking for garbage would only cost time.
    gc.disable()
    problems = Problems()
    settings, manuscript, trees = read(root, problems, lambda total: tell(Step(READING, total)))
    problems.stop_on_errors()
    assert settings and manuscript
    made = build_date(root, manuscript)
    imprint = Imprint(settings.title, settings.description, settings.author, settings.site_url, made)
    examples = {
        name: print_tree(example)
        for guide in manuscript.guides
        for name, example in examples_of(manuscript.texts[guide].body).items()
    }
    stage(staged, root / "print", root / "docs", manuscript.handbook, trees, imprint, examples)
    shutil.copy(root / "overrides" / ICON_SOURCE, staged / Path(ICON_SOURCE).name)
    tell(
        Printable(
            tuple(editions(manuscript.handbook, settings.title)),
            imprint,
            tuple(examples),
            tuple(site_pictures(manuscript.handbook, settings.title, settings.short_title, settings.description)),
        )
    )
    images = ImageShelf(root / "docs")
    with _source_date(made):
        pages = build_site(root, manuscript, images, site, lambda total: tell(Step(PAGES, total)))
    publish(
        manuscript,
        images,
        site,
        title=settings.title,
        description=settings.description,
        publisher=settings.author,
        site_url=settings.site_url,
        built=made.date(),
    )
    try:
        write_index(
            manuscript.handbook, manuscript.texts, site, work / "search", lambda total: tell(Step(SEARCHING, total))
        )
    except SearchError as error:
        problems.add("search-failed", "mkdocs.yml", 1, f"Không lập được chỉ mục tìm kiếm: {error}", "Chạy lại “make”.")
        raise HandbookError(problems) from error
    write_offline(site, manuscript, settings.theme_folders[0] / WORKER)
    return Made(len(manuscript.handbook.groups), len(manuscript.handbook.lessons), pages, problems)


def read(
    root: Path, problems: Problems, advance: Callable[[int], None] = lambda total: None, *, advise: bool = False
) -> tuple[SiteSettings | None, Manuscript | None, dict[str, etree._Element]]:
    """Everything a build needs, with every problem that can be found before anything is written.

    `advise`: with warnings about how lessons read, too.
    """
    settings = read_settings(root, problems)
    manuscript = read_manuscript(root, problems, advance, advise=advise)
    if settings and manuscript:
        check_icons(manuscript.handbook.curriculum, settings.theme_folders, problems)
    trees = _print_trees(manuscript, problems) if manuscript else {}
    return settings, manuscript, trees


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


def build_date(root: Path, manuscript: Manuscript) -> datetime:
    """The date all output bears: SOURCE_DATE_EPOCH, else the last commit's, else the newest lesson's.

    The clock is never asked: the same input gives the same bytes. Raises HandbookError for an impossible date.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if epoch and not re.fullmatch(r"\d{1,10}", epoch, re.ASCII):
        problems = Problems()
        problems.add(
            "wrong-date",
            "mkdocs.yml",
            1,
            f"Biến SOURCE_DATE_EPOCH đang là “{epoch}”.",
            "Đặt một số giây kể từ năm 1970, ví dụ 1767312000, hoặc bỏ biến này.",
        )
        raise HandbookError(problems)
    if not epoch:
        asked = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
        try:
            epoch = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
        except OSError:
            epoch = ""
    if epoch:
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

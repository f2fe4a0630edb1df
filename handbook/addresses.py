"""Where things stand on the site: the fixed names that pages, PDFs and other programs rely on."""

from __future__ import annotations

HOME = "index"
SEARCH_FOLDER = "tim-kiem"
PRINT_FOLDER = "ban-in"
GUIDES_FOLDER = "huong-dan"
"""Pages for editors and instructors live in this folder of `docs/`; it is no learner group."""

PATH_ANCHOR = "theo-"
"""`#theo-<group>` in a lesson's address says along which group's path the reader came. It needs no script."""

WHOLE_BOOK = f"{PRINT_FOLDER}/cam-nang.pdf"


def page_url(page: str) -> str:
    """The address of a page, relative to the site's root: `nguoi-dan/index` → `nguoi-dan/`, `index` → nothing."""
    folder = page.removesuffix(HOME).strip("/")
    return f"{folder}/" if folder else ""


def group_book_path(group: str) -> str:
    return f"{PRINT_FOLDER}/{group}.pdf"


def handout_path(lesson: str) -> str:
    return f"{PRINT_FOLDER}/{lesson}.pdf"

"""Where things stand on the site: the fixed names that pages, PDFs and other programs rely on."""

from __future__ import annotations

from handbook.vietnamese import slugify

HOME = "index"
SEARCH_FOLDER = "tim-kiem"
PRINT_FOLDER = "ban-in"
GLOSSARY_FOLDER = "tu-ngu"
GUIDES_FOLDER = "huong-dan"
"""Pages for editors and instructors live in this folder of `docs/`; it is no learner group."""

COURSES_FOLDER = "khoa-hoc"
"""Class plans: their pages, and below `ban-in/` their prints."""

FORMS_FOLDER = "mau"
"""Blank forms, below `ban-in/`."""

FRAMEWORK_FOLDER = "nang-luc"
"""The page that shows which group learns which competence."""

EXAMPLES_FOLDER = f"{GUIDES_FOLDER}/mau"
"""Where the editors' guide finds what its examples look like on paper."""

OFFLINE_FOLDER = "mat-mang"
"""The page that stands in for one that is not kept, when the network is gone."""

SAVING_FOLDER = "luu"
"""What a phone has to keep of each group, as lists."""

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


def course_page(course: str) -> str:
    return f"{COURSES_FOLDER}/{course}"


def course_path(course: str) -> str:
    return f"{PRINT_FOLDER}/{COURSES_FOLDER}/{course}.pdf"


def form_path(form: str) -> str:
    return f"{PRINT_FOLDER}/{FORMS_FOLDER}/{form}.pdf"


def instructor_path(path: str) -> str:
    """The instructor's twin of a printed file."""
    return f"{path.removesuffix('.pdf')}{INSTRUCTOR_SUFFIX}.pdf"


INSTRUCTOR_SUFFIX = "-giang-vien"

_RESERVED_FOLDERS = frozenset(
    {HOME, SEARCH_FOLDER, PRINT_FOLDER, GLOSSARY_FOLDER, GUIDES_FOLDER, COURSES_FOLDER, FORMS_FOLDER, FRAMEWORK_FOLDER}
    | {OFFLINE_FOLDER, SAVING_FOLDER}
    | {"api", "assets", "cam-nang", "pagefind"}
)
_TEMPLATE_IDS = frozenset(
    {"ban-la-ai", "hop-tim", "hop-tim-nhom", "lam-duoc", "lo-trinh", "lop-hoc", "luu-nhom", "moi-bai", "nhom-da-luu"}
    | {"noi-dung", "sach-in", "trang-da-mo"}
    | {"search-dialog", "tai-ban-in", "tim", "tim-nhom"}
)


def group_address_taken(slug: str) -> bool:
    """Whether a learner group of this name would share an address with another page, folder or PDF."""
    return slug in _RESERVED_FOLDERS or slug.endswith(INSTRUCTOR_SUFFIX)


def page_address_taken(slug: str) -> bool:
    """Whether a lesson or guide of this name would share an address with its folder's page or an instructor's PDF."""
    return slug == HOME or slug.endswith(INSTRUCTOR_SUFFIX)


def is_template_id(anchor: str) -> bool:
    """Whether the pages' templates (`overrides/`) give this id to something of their own."""
    return anchor in _TEMPLATE_IDS or anchor.startswith(PATH_ANCHOR)


def anchor_of(words: str, separator: str = "-") -> str:
    """The id of a heading or a glossary entry: `Các bước` → `cac-buoc`; never one of the templates' own."""
    slug = slugify(words, separator)
    return f"muc{separator}{slug}" if is_template_id(slug) else slug

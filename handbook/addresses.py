"""Where things stand on the site: the fixed names that pages, PDFs and other programs rely on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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

SOURCES = "nguon"
"""Where a group's lessons say what they rest on: a page in the group's folder."""

SETTINGS_FOLDER = "cai-dat"
"""Text size, colours, and what the phone remembers."""

EXAMPLES_FOLDER = f"{GUIDES_FOLDER}/mau"
"""Where the editors' guide finds what its examples look like on paper."""

OFFLINE_FOLDER = "mat-mang"
"""The page that stands in for one that is not kept, when the network is gone."""

SAVING_FOLDER = "luu"
"""What a phone has to keep of each group, as lists."""

PATH_ANCHOR = "theo-"
"""`#theo-<group>` in a lesson's address says along which group's path the reader came. It needs no script."""

WHOLE_BOOK = f"{PRINT_FOLDER}/cam-nang.pdf"

API_FOLDER = "api"
"""The handbook as JSON, for other apps."""

HANDBOOK_API = f"{API_FOLDER}/handbook.json"

MANIFEST = "manifest.webmanifest"
"""What a phone reads to install the handbook like an app."""

ICON_SOURCE = "assets/icon.svg"
"""The one drawing that all icons are made from; also below `overrides/`."""


@dataclass(frozen=True)
class Icon:
    """A square icon of `size` pixels. `plain` has the drawing's own corners, `opaque` none (the phone rounds them),
    `maskable` keeps the drawing in the middle, since a phone may cut a circle out of it."""

    path: str
    size: int
    form: Literal["plain", "opaque", "maskable"]


TOUCH_ICON = Icon("assets/icon-180.png", 180, "opaque")
"""For the home screen of an iPhone, which reads no manifest icon."""

ICONS = (
    Icon("assets/icon-192.png", 192, "plain"),
    Icon("assets/icon-512.png", 512, "plain"),
    Icon("assets/icon-maskable-512.png", 512, "maskable"),
    TOUCH_ICON,
)

PREVIEW_SIZE = (1200, 630)
"""Pixels of the picture that chats and social networks show beside a link."""


def page_url(page: str) -> str:
    """The address of a page, relative to the site's root: `nguoi-dan/index` → `nguoi-dan/`, `index` → nothing."""
    folder = page.removesuffix(HOME).strip("/")
    return f"{folder}/" if folder else ""


def qr_path(page: str) -> str:
    """The QR code that leads to a page stands beside it."""
    return f"{page_url(page)}qr.svg"


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


def lesson_api_path(lesson: str) -> str:
    return f"{API_FOLDER}/lessons/{lesson}.json"


def preview_path(group: str = "") -> str:
    """The picture for links to a group and its lessons; without a group, for all other pages."""
    return f"assets/xem-truoc/{group or 'cam-nang'}.png"


def api_schema_path(name: str) -> str:
    """The JSON Schema of one kind of document; the folder names the version of the format."""
    return f"{API_FOLDER}/schema/v1/{name}.schema.json"


INSTRUCTOR_SUFFIX = "-giang-vien"

_RESERVED_FOLDERS = frozenset(
    {HOME, SEARCH_FOLDER, PRINT_FOLDER, GLOSSARY_FOLDER, GUIDES_FOLDER, COURSES_FOLDER, FORMS_FOLDER, FRAMEWORK_FOLDER}
    | {API_FOLDER, OFFLINE_FOLDER, SAVING_FOLDER, SETTINGS_FOLDER, "assets", "cam-nang", "pagefind"}
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
    return slug in {HOME, SOURCES} or slug.endswith(INSTRUCTOR_SUFFIX)


def is_template_id(anchor: str) -> bool:
    """Whether the pages' templates (`overrides/`) give this id to something of their own."""
    return anchor in _TEMPLATE_IDS or anchor.startswith(PATH_ANCHOR)


def anchor_of(words: str, separator: str = "-") -> str:
    """The id of a heading or a glossary entry: `Các bước` → `cac-buoc`; never one of the templates' own."""
    slug = slugify(words, separator)
    return f"muc{separator}{slug}" if is_template_id(slug) else slug

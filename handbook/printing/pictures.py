"""The handbook in; the list of pictures out that the press draws for the site: its icons, and previews for links.

Typst draws them because it is at hand, reads SVG, and has the Vietnamese type of the printed book.
"""

from __future__ import annotations

from collections.abc import Iterator

from handbook.addresses import ICONS, PREVIEW_SIZE, preview_path
from handbook.book import Handbook
from handbook.printing.picture import Picture

_ICON_COLOURS = 64
_PREVIEW_COLOURS = 48


def site_pictures(handbook: Handbook, title: str, short_title: str, description: str) -> Iterator[Picture]:
    """Every picture: the icons, one preview of the handbook, one of each group."""
    for icon in ICONS:
        yield Picture(icon.path, "icon.typ", icon.size, icon.size, {"form": icon.form}, _ICON_COLOURS)
    yield _preview(preview_path(), short_title, description, title)
    for group in handbook.groups:
        yield _preview(preview_path(group.slug), group.short_title, group.audience, title)


def _preview(path: str, title: str, line: str, handbook: str) -> Picture:
    said = {"title": title, "line": line, "handbook": handbook}
    return Picture(path, "preview.typ", *PREVIEW_SIZE, said, _PREVIEW_COLOURS)

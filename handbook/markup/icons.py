"""The name of a Material icon in; its path out, from the icon set that is installed with the theme."""

from __future__ import annotations

import difflib
import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

ICON_SIZE = 24  # all icons of the set are drawn on 24 × 24


def _folder() -> Traversable:
    return files("material") / "templates" / ".icons" / "material"


@cache
def icon_path(name: str) -> str | None:
    """The `d` of the icon's path on a 24 × 24 grid, or None where the set has no such icon."""
    file = _folder() / f"{name}.svg"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not file.is_file():
        return None
    found = re.search(r' d="([^"]+)"', file.read_text(encoding="utf-8"))
    return found[1] if found else None


def similar_icons(name: str) -> list[str]:
    """Names an editor may have meant."""
    return difflib.get_close_matches(name, [file.name.removesuffix(".svg") for file in _folder().iterdir()], n=3)

"""The styles and scripts of `overrides/` in; what the pages carry in themselves and the files beside them out.

All scripts, and the styles that come with them, stand in one folder named by their content (`assets/<version>/`): a
page and its scripts always belong together, however old the page is that a phone has kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from handbook.site.small import NotMinifiableError, small_css, small_script
from handbook.site.styles import Styles

EARLY_SCRIPTS = ("first", "embed-first", "start")
"""Scripts that stand in every page and run before its first paint: as short as can be."""

STYLESHEETS = (
    "tokens",
    "base",
    "layout",
    "text",
    "pages",
    "courses",
    "search",
    "drawing",
    "screens",
    "quiz",
    "practice",
    "scam",
    "audience",
    "glossary",
    "offline",
    "example",
    "read-aloud",
    "share",
    "embed",
    "memory",
    "settings",
    "print",
)
"""In cascade order; each file is one `@layer`."""

DRAWING_STYLES = ("tokens", "drawing")
LATER_STYLES = "later.css"


@dataclass(frozen=True)
class Assets:
    """What all pages share. Scripts are minified; `early` is one script for the head of every page."""

    styles: Styles
    drawing_styles: Styles
    """Of the drawn screens, which are files of their own."""
    early: str
    modules: Mapping[str, str]
    """File name → content of each script module."""

    def files(self, pages: Collection[frozenset[str]]) -> tuple[str, dict[str, str]]:
        """(the folder, address below the site → content) for a site whose pages have these names."""
        files = {**self.modules, LATER_STYLES: self.styles.later(pages)}
        digest = hashlib.sha256("\0".join(f"{name}\0{files[name]}" for name in sorted(files)).encode()).hexdigest()
        folder = f"assets/{digest[:10]}"
        return folder, {f"{folder}/{name}": content for name, content in files.items()}


class BrokenAssetError(Exception):
    """A stylesheet or script is missing or no stylesheet or script at all; `file` says which, below `overrides/`."""

    def __init__(self, file: str, reason: str) -> None:
        self.file = file
        super().__init__(reason)


def read_assets(overrides: Path) -> Assets:
    """Read `overrides/css` and `overrides/js`. Raises BrokenAssetError."""
    names = [path.stem for path in sorted((overrides / "js").glob("*.js"))]
    scripts = {name: _small(overrides, f"js/{name}.js") for name in dict.fromkeys([*EARLY_SCRIPTS, *names])}
    early = [scripts.pop(name) for name in EARLY_SCRIPTS]
    sheets = {name: _small(overrides, f"css/{name}.css") for name in STYLESHEETS}
    drawings = [sheets[name] for name in DRAWING_STYLES]
    styles = Styles.read(list(sheets.values()), STYLESHEETS, list(scripts.values()), early, brought=drawings)
    drawing_styles = Styles.read(drawings, DRAWING_STYLES)
    return Assets(styles, drawing_styles, ";".join(early), {f"{name}.js": script for name, script in scripts.items()})


def _small(overrides: Path, file: str) -> str:
    small = small_css if file.endswith(".css") else small_script
    try:
        return small((overrides / file).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, NotMinifiableError) as error:
        raise BrokenAssetError(file, " ".join(str(error).split())) from error

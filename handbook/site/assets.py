"""The stylesheets and scripts of `overrides/` in; the files the site serves out.

CSS is kept in one file a concern and served as one, named by its content, so that a phone asks once and never shows
a stale style.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

STYLESHEETS = (
    "tokens",
    "base",
    "layout",
    "text",
    "pages",
    "courses",
    "search",
    "screens",
    "quiz",
    "practice",
    "scam",
    "audience",
    "glossary",
    "offline",
    "example",
    "print",
)
"""In cascade order; each file is one `@layer`."""


def stylesheet(overrides: Path) -> tuple[str, str]:
    """(address below the site, content) of the one stylesheet."""
    layers = f"@layer {', '.join(STYLESHEETS)};\n"
    css = layers + "\n".join((overrides / "css" / f"{name}.css").read_text(encoding="utf-8") for name in STYLESHEETS)
    digest = hashlib.sha256(css.encode()).hexdigest()[:10]
    return f"assets/handbook.{digest}.css", css


def scripts(overrides: Path) -> tuple[str, dict[str, str]]:
    """(the folder, address below the site → content of each script module). The folder is named by its content."""
    modules = {path.name: path.read_text(encoding="utf-8") for path in sorted((overrides / "js").glob("*.js"))}
    digest = hashlib.sha256("\0".join(f"{name}\0{text}" for name, text in modules.items()).encode()).hexdigest()
    folder = f"assets/{digest[:10]}"
    return folder, {f"{folder}/{name}": text for name, text in modules.items()}

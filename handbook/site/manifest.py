"""The handbook's names and colours in; the manifest out by which a phone installs the site like an app."""

from __future__ import annotations

import json
import re

from handbook.addresses import ICON_SOURCE, ICONS, SEARCH_FOLDER, TOUCH_ICON


def manifest(title: str, short_title: str, description: str, tokens: str) -> str:
    """The web app manifest as JSON. All addresses are relative to it, so that the site may lie in any folder.

    `tokens` is the style sheet that names the colours; it must have `--brand` and `--ground`, light ones first.
    """
    described = {
        "name": title,
        "short_name": short_title,
        "description": description,
        "lang": "vi",
        "dir": "ltr",
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "theme_color": _colour("brand", tokens),
        "background_color": _colour("ground", tokens),
        "categories": ["education"],
        "icons": [
            {"src": ICON_SOURCE, "type": "image/svg+xml", "sizes": "any"},
            *(
                {
                    "src": icon.path,
                    "type": "image/png",
                    "sizes": f"{icon.size}x{icon.size}",
                    "purpose": "maskable" if icon.form == "maskable" else "any",
                }
                for icon in ICONS
                if icon != TOUCH_ICON
            ),
        ],
        "shortcuts": [
            {"name": "Tìm bài", "url": f"./{SEARCH_FOLDER}/", "icons": _shortcut_icons()},
            {"name": "Chọn nhóm của bạn", "url": "./#ban-la-ai", "icons": _shortcut_icons()},
        ],
    }
    return json.dumps(described, ensure_ascii=False, separators=(",", ":"))


def _shortcut_icons() -> list[dict[str, str]]:
    smallest = min((icon for icon in ICONS if icon.form == "plain"), key=lambda icon: icon.size)
    return [{"src": smallest.path, "type": "image/png", "sizes": f"{smallest.size}x{smallest.size}"}]


def _colour(name: str, tokens: str) -> str:
    found = re.search(rf"--{name}:\s*(#[0-9a-fA-F]{{6}});", tokens)
    if found is None:
        raise ValueError(f"tokens.css names no --{name}")
    return found[1]

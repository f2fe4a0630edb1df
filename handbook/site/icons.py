"""The icons that groups and templates ask for in; out come one file that has the templates' icons, and problems for
those that the theme does not have."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from lxml import etree

from handbook.curriculum import Curriculum
from handbook.problems import Problems


def check_icons(curriculum: Curriculum, theme_folders: Iterable[Path], problems: Problems) -> None:
    """Report each group whose `icon` no folder of the theme holds."""
    folders = [folder / ".icons" for folder in theme_folders]
    for group in curriculum.groups:
        if any((folder / f"{group.icon}.svg").is_file() for folder in folders):
            continue
        family = group.icon.split("/")[0]
        known = [f"{family}/{path.stem}" for folder in folders for path in (folder / family).glob("*.svg")]
        close = difflib.get_close_matches(group.icon, known, n=3)
        source = curriculum.sources[group.slug]
        problems.add(
            "unknown-icon",
            source.file,
            source.line(("icon",)),
            f"Không có biểu tượng “{group.icon}”.",
            f"Có phải {', '.join(close)} không?"
            if close
            else "Chọn một tên trong bộ biểu tượng Material, ví dụ material/school.",
        )


def icon_file(templates: Path, theme_folders: Iterable[Path]) -> tuple[str, str]:
    """(address below the site, SVG) of the file from which pages take the icons that `icons.later("…")` names.

    Raises FileNotFoundError for an icon that no folder of the theme holds.
    """
    folders = [folder / ".icons" for folder in theme_folders]
    written = (path.read_text(encoding="utf-8") for path in sorted(templates.rglob("*.html")))
    names = sorted({name for text in written for name in _LATER.findall(text)})
    symbols = []
    for name in names:
        file = next((folder / f"{name}.svg" for folder in folders if (folder / f"{name}.svg").is_file()), None)
        if file is None:
            raise FileNotFoundError(name)
        drawing = etree.parse(file).getroot()
        shapes = "".join(f'<path d="{path.get("d")}"/>' for path in drawing.iter("{*}path"))
        symbols.append(f'<symbol id="{name.split("/")[-1]}" viewBox="{drawing.get("viewBox")}">{shapes}</symbol>')
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>'
    return f"assets/bieu-tuong.{hashlib.sha256(svg.encode()).hexdigest()[:8]}.svg", svg


_LATER = re.compile(r'icons\.later\("([\w/-]+)"\)')

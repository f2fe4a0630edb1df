"""The icons that groups ask for in; problems out for those that the theme does not have."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

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

"""Numbers of lessons in; what the same lesson's page weighs in handbooks of those sizes out.

The handbooks are synthetic and built by our real command. The lesson is word for word the same in each; only the
handbook around it grows.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.builders import ROOT, SITE, WORK, ours
from bench.measure import CommandError, measure
from bench.phone.first_view import FirstView, first_view
from bench.phone.host import Host
from bench.phone.lighthouse import Lighthouse
from bench.projects import lessons_for

MOST_DIFFERENCE = 0.03
"""Of the first view of the same page, from the smallest handbook to any other."""

_LINKS_REACH = 7
"""A synthetic lesson links this far ahead; its neighbours must be the same in all sizes."""


def same_lessons(smallest: int) -> tuple[int, ...]:
    """Which lessons (places in the list) are the same in every handbook of `smallest` lessons or more."""
    middle = smallest // 2
    return (0, middle) if 0 < middle < smallest - _LINKS_REACH else (0,)


def weigh(size: int, places: Sequence[int], lighthouse: Lighthouse) -> dict[str, FirstView]:
    """Build a handbook of `size` lessons; lesson → its first view. Raises CommandError, MeasureError."""
    lessons = lessons_for(ROOT, size)
    builder = ours()
    WORK.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="weights-", dir=WORK))
    try:
        project = folder / "project"
        builder.write(project, lessons)
        print(f"Building {size} lessons …", flush=True)
        measure(builder.command(project), project, folder / "log")
        if missing := builder.missing(project, lessons):
            raise CommandError(f"made no {missing[0]} ({len(missing)} files are missing)")
        return {lessons[place].id: _of_page(project / SITE, lessons[place].id, lighthouse) for place in places}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _of_page(site: Path, lesson: str, lighthouse: Lighthouse) -> FirstView:
    with Host(site) as host:
        address = f"{host.address}{lesson}/"
        loaded = lighthouse.requests(address)
        markup = (site / lesson / "index.html").read_text(encoding="utf-8")
        return first_view(address, markup, loaded, host.asked, lambda path: len(host.answer(path).body))


def page(weights: Mapping[int, Mapping[str, FirstView]], command: str, source: str) -> str:
    """The page `bench/phone-weights.md`. `weights`: size → lesson → first view, the smallest size first."""
    sizes = list(weights)
    kinds = sorted({kind for views in weights.values() for view in views.values() for kind in view.kinds})
    rows = [
        f"| Lesson | Lessons | First view | blocking | {' | '.join(kinds)} | Later |",
        "|---|" + "---:|" * (4 + len(kinds)),
    ]
    for lesson in weights[sizes[0]]:
        for size in sizes:
            view = weights[size][lesson]
            numbers = [view.all, view.blocking, *(view.kinds.get(kind, 0) for kind in kinds), view.later]
            rows.append(f"| {lesson} | {size} | {' | '.join(f'{number:,}' for number in numbers)} |")
    parts = [
        "# A lesson page in a small and in a large handbook\n",
        f"Made by `{command}`, {source}. Bytes over the wire, gzip-compressed, without headers; the same synthetic "
        "lesson in handbooks that differ only in their number of lessons.\n",
        "\n".join(rows) + "\n",
        "\n".join(f"- {line}" for line in verdicts(weights)) + "\n",
    ]
    return "\n".join(parts)


def verdicts(weights: Mapping[int, Mapping[str, FirstView]]) -> list[str]:
    """A line for each size but the smallest: the budget kept, or exceeded and by what."""
    smallest, *others = weights
    lines = []
    for size in others:
        told, kept = [], True
        for lesson, view in weights[size].items():
            before = weights[smallest][lesson]
            kept = kept and abs(view.all - before.all) <= MOST_DIFFERENCE * before.all
            grown = [
                f"{kind} {before.kinds.get(kind, 0):,} → {view.kinds.get(kind, 0):,}"
                for kind in sorted({*before.kinds, *view.kinds})
                if before.kinds.get(kind, 0) != view.kinds.get(kind, 0)
            ]
            told.append(f"{lesson} × {view.all / before.all:.3f}" + (f" ({', '.join(grown)})" if grown else ""))
        word = "kept" if kept else "EXCEEDED"
        lines.append(
            f"Budget {word}: a lesson page at {size} lessons, relative to {smallest}, "
            f"within {MOST_DIFFERENCE:.0%}: {'; '.join(told)}."
        )
    return lines

"""Sizes and peers from the command line in; the table on the screen and in `bench/results.md` out.

Ends with 0 whether the budgets are kept or not (a line says which are not), with 1 when our own build fails.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
from pathlib import Path

from bench.builders import OURS, PEERS, ROOT, SITE, WORK, Builder, UnavailableError, ours
from bench.lessons import SyntheticLesson
from bench.measure import CommandError, measure
from bench.projects import lessons_for
from bench.results import MB, Result, Results, Run, page

RESULTS = ROOT / "bench" / "results.md"
WARM_UP = 12
"""Lessons of the build that comes before the measured ones, so that no builder pays for reading programs from disk."""


def main() -> int:
    options = _options()
    builders, skipped = _available(options.peers)
    results = Results(OURS)
    for size in [WARM_UP, *options.sizes]:
        lessons = lessons_for(ROOT, size)
        for builder in list(builders):
            measured = size != WARM_UP or WARM_UP in options.sizes
            if builder.most_lessons is not None and size > builder.most_lessons:
                skipped.append(_say(f"Left out: {builder.name} at {size} lessons (takes too long)."))
                continue
            try:
                runs = tuple(_build(builder, lessons) for _ in range(options.runs if measured else 1))
            except CommandError as error:
                skipped.append(_say(f"FAILED: {builder.name} at {size} lessons: {error}"))
                if builder.name == OURS:
                    return 1
                builders.remove(builder)
                continue
            if measured:
                results.add(Result(size, builder.name, runs))
    text = page(
        results,
        {builder.name: builder.makes for builder in builders},
        {builder.name: builder.versions for builder in builders},
        f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}",
        options.runs,
        skipped,
    )
    RESULTS.write_text(text, encoding="utf-8")
    print(f"\n{text}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", type=_positive, nargs="+", default=[60, 300, 1000], help="numbers of lessons")
    parser.add_argument("--peers", choices=sorted(PEERS), nargs="*", default=list(PEERS), help="whom to compare with")
    parser.add_argument("--runs", type=_positive, default=1, help="builds of each kind; the median counts")
    return parser.parse_args()


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0")
    return int(text)


def _available(names: list[str]) -> tuple[list[Builder], list[str]]:
    """The builders that can run here, ours first, and a line for each that cannot."""
    builders, skipped = [ours()], []
    for name in names:
        try:
            builders.append(PEERS[name]())
        except UnavailableError as error:
            skipped.append(_say(f"SKIPPED: {name}: {error}"))
    return builders, skipped


def _build(builder: Builder, lessons: list[SyntheticLesson]) -> Run:
    """Build `lessons` in a new folder, which is removed afterwards. Raises CommandError."""
    WORK.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="project-", dir=WORK))
    try:
        project = folder / "project"
        builder.write(project, lessons)
        cost = measure(builder.command(project), project, folder / "log")
        if missing := builder.missing(project, lessons):
            raise CommandError(f"made no {missing[0]} ({len(missing)} files are missing)")
        sizes = [(path.suffix, path.stat().st_size) for path in (project / SITE).rglob("*") if path.is_file()]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    _say(f"{builder.name}, {len(lessons)} lessons: {cost.seconds:.1f} s, {cost.peak_bytes / MB:.0f} MB")
    return Run(cost, sum(size for _, size in sizes), sum(size for kind, size in sizes if kind == ".pdf"))


def _say(line: str) -> str:
    print(line, flush=True)
    return line


if __name__ == "__main__":
    sys.exit(main())

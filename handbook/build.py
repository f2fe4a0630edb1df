"""The project's folder in; the finished `site/` out: read → check → render → site, search, print → put in place.

This process only gives out the work and waits: `handbook.making` reads and makes the pages, `handbook.printing.press`
typesets, each in processes of their own, side by side. It imports neither, so that it stays small.
"""

from __future__ import annotations

import os
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from handbook.addresses import EXAMPLES_FOLDER
from handbook.crew import Crew, JobDied, Result
from handbook.messages import Made, Printable, Printed, Refused, Step
from handbook.printing.jobs import PrintJob, print_jobs
from handbook.problems import HandbookError, Problems
from handbook.progress import Progress
from handbook.swap import put_in_place, workshop

MAX_PROCESSES = 4
"""At once, where there are as many cores: more would only cost memory."""


@dataclass(frozen=True)
class Summary:
    groups: int
    lessons: int
    pages: int
    pdfs: int
    printed_pages: int
    seconds: float
    warnings: Problems
    site: Path


def build(root: Path, site: Path, progress: Progress) -> Summary:
    """Build everything and put it at `site`. Raises HandbookError with every problem found; `site` is then untouched.

    Raises BuildRunning while another build of the same site is at work, UnsafeFolder where `site` holds something else
    than a built site, and OSError where the folder cannot be written.
    """
    started = time.monotonic()
    with workshop(site, root) as work:
        made, pdfs, printed_pages = _make_and_print(root, work, progress)
        _merge(work / "pdf", work / "site")
        put_in_place(work / "site", site)
    seconds = time.monotonic() - started
    return Summary(made.groups, made.lessons, made.pages, pdfs, printed_pages, seconds, made.warnings, site)


def _make_and_print(root: Path, work: Path, progress: Progress) -> tuple[Made, int, int]:
    """Fill `work/site` and `work/pdf`; returns what was made, the number of PDFs and of printed pages."""
    site, staged, pdfs = work / "site", work / "print", work / "pdf"
    slots = max(2, min(MAX_PROCESSES, os.cpu_count() or 2))
    jobs: deque[PrintJob] = deque()
    printable: Printable | None = None
    made: Made | None = None
    pages = 0
    heavy: PrintJob | None = None  # the heavy job at work
    with Crew(often=["handbook.printing.press"]) as crew:
        crew.start("handbook.making:make", root, site, staged, work)
        try:
            while len(crew) or jobs:
                while printable and jobs and len(crew) < slots and _may_start(jobs[0], heavy, made, len(crew)):
                    job, total = jobs.popleft(), len(printable.editions)
                    heavy = job if job.heavy else heavy
                    crew.start("handbook.printing.press:do_print", job, total, staged, printable.imprint, pdfs)
                for said in crew.hear():
                    match said:
                        case Step(stage, total):
                            progress.advance(stage, total)
                        case Printable():
                            printable = said
                            jobs.extend(print_jobs(said.editions))
                            crew.start("handbook.printing.press:do_pictures", said.pictures, staged, pdfs)
                            if said.examples:
                                drawn = pdfs / EXAMPLES_FOLDER
                                crew.start("handbook.printing.press:do_examples", said.examples, staged, drawn)
                        case Result(Made() as result):
                            made = result
                            crew.start("handbook.site.compressed:do_compress", site)
                        case Result(Printed(printed, unpacked)):
                            pages += printed
                            if unpacked:
                                heavy = None
                                crew.start("handbook.printing.press:do_pack", unpacked, pdfs)
                        case Result(Refused() as refused):
                            raise HandbookError(_print_problem(refused))
        except JobDied as error:
            problems = Problems()
            problems.add(
                "build-died",
                "build_handbook.py",
                1,
                f"Lần dựng hỏng giữa chừng: {error}",
                "Báo người phát triển; chạy lại với HANDBOOK_DEBUG=1 để xem chỗ hỏng.",
            )
            raise HandbookError(problems) from error
    assert made and printable
    return made, len(printable.editions), pages


def _may_start(job: PrintJob, heavy: PrintJob | None, made: Made | None, at_work: int) -> bool:
    """Light jobs at any time; the others when pages and index are made; beside a heavy one only what it bears."""
    if heavy:
        return job.light and not heavy.alone
    return job.light or (made is not None and not (job.alone and at_work))


def _print_problem(refused: Refused) -> Problems:
    edition = refused.edition
    problems = Problems()
    lesson = edition.lessons[0] if edition.kind == "handout" else None
    problems.add(
        "print-failed",
        f"docs/{lesson}.md" if lesson else "print/book.typ",
        1,
        f"Không in được “{edition.title}”: {refused.reason}",
        "Xem lại hình và cách trình bày trong bài." if lesson else "Báo người phát triển.",
    )
    return problems


def _merge(source: Path, target: Path) -> None:
    for path in sorted(path for path in source.rglob("*") if path.is_file()):
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        path.rename(place)

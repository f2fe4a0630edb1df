"""One print job in; its PDFs out. What runs in each process of the press."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from handbook.messages import Printed, Refused, Step
from handbook.printing.edition import Imprint
from handbook.printing.jobs import PrintJob
from handbook.printing.picture import Picture
from handbook.printing.typesetting import PrintError, draw_examples, draw_pictures, pack, typeset

PRINTING = "In PDF"


def do_print(
    job: PrintJob, total: int, folder: Path, imprint: Imprint, output: Path, tell: Callable[[object], None]
) -> Printed | Refused:
    """Typeset one job; `total` is the number of editions in all jobs, for the progress.

    A heavy job leaves the packing to `do_pack`, in a process without the memory that typesetting took.
    """
    try:
        pages = typeset(
            job.editions, folder, imprint, output, lambda edition: tell(Step(PRINTING, total)), packed=not job.heavy
        )
    except PrintError as error:
        return Refused(error.edition, str(error))
    return Printed(pages, tuple(edition.path for edition in job.editions) if job.heavy else ())


def do_pack(paths: tuple[str, ...], output: Path, tell: Callable[[object], None]) -> Printed:
    """Pack PDFs that were written as Typst made them."""
    return Printed(sum(pack((output / path).read_bytes(), output / path) for path in paths))


def do_examples(names: tuple[str, ...], folder: Path, output: Path, tell: Callable[[object], None]) -> Printed:
    """Draw the editors' guide's examples as printed."""
    draw_examples(names, folder, output)
    return Printed(0)


def do_pictures(pictures: tuple[Picture, ...], folder: Path, output: Path, tell: Callable[[object], None]) -> Printed:
    """Draw the site's icons and the previews of its links."""
    draw_pictures(pictures, folder, output)
    return Printed(0)

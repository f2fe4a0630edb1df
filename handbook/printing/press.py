"""One print job in; its PDFs out. What runs in each process of the press."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from handbook.messages import Printed, Refused, Step
from handbook.printing.edition import Imprint
from handbook.printing.jobs import PrintJob
from handbook.printing.typesetting import PrintError, draw_examples, typeset

PRINTING = "In PDF"


def do_print(
    job: PrintJob, total: int, folder: Path, imprint: Imprint, output: Path, tell: Callable[[object], None]
) -> Printed | Refused:
    """Typeset one job; `total` is the number of editions in all jobs, for the progress."""
    try:
        pages = typeset(job.editions, folder, imprint, output, lambda edition: tell(Step(PRINTING, total)))
    except PrintError as error:
        return Refused(error.edition, str(error))
    return Printed(pages)


def do_examples(names: tuple[str, ...], folder: Path, output: Path, tell: Callable[[object], None]) -> Printed:
    """Draw the editors' guide's examples as printed."""
    draw_examples(names, folder, output)
    return Printed(0)

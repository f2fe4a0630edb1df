"""Progress on a terminal: a bar with the stage and the count; elsewhere one plain line a stage."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Progress(Protocol):
    """Shown while the build works."""

    def advance(self, stage: str, total: int) -> None:
        """One of `total` steps of `stage` is done. Stages may overlap."""


class _Lines:
    """For a log: it does not need every step."""

    def __init__(self) -> None:
        self._begun: set[str] = set()

    def advance(self, stage: str, total: int) -> None:
        if stage not in self._begun:
            self._begun.add(stage)
            print(f"{stage}…", flush=True)


@contextmanager
def make_progress() -> Iterator[Progress]:
    """The progress that suits the terminal, or the lack of one."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    console = Console(stderr=True)
    columns = (TextColumn("{task.description:<22}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bars(*columns, console=console) as bars:
        tasks: dict[str, TaskID] = {}

        class OnTerminal:
            def advance(self, stage: str, total: int) -> None:
                if stage not in tasks:
                    tasks[stage] = bars.add_task(stage, total=total)
                bars.update(tasks[stage], total=total, advance=1)

        yield OnTerminal()

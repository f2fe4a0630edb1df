"""Progress on a terminal: a bar with the stage and the count; elsewhere one plain line a stage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from handbook import build


class _Bar:
    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task: TaskID | None = None

    def stage(self, name: str) -> None:
        if self._task is not None:
            self._finish(self._task)
        self._task = self._progress.add_task(name, total=None)

    def advance(self, total: int) -> None:
        assert self._task is not None
        self._progress.update(self._task, total=total, advance=1)

    def _finish(self, task: TaskID) -> None:
        done = self._progress.tasks[task].completed
        self._progress.update(task, total=max(done, 1), completed=max(done, 1))


class _Lines:
    def stage(self, name: str) -> None:
        print(f"{name}…", flush=True)

    def advance(self, total: int) -> None:
        """A log does not need every step."""


@contextmanager
def make_progress() -> Iterator[build.Progress]:
    """The progress that suits the terminal, or the lack of one."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines()
        return
    columns = (TextColumn("{task.description:<22}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        yield _Bar(progress)

"""Work in processes of their own: start them, hear what they say, end them all when one fails.

Processes and not threads: Typst and Python share one interpreter lock and would slow each other down several times
over; and what a process held in memory is free when it ends.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, ForkServerProcess, SpawnContext, SpawnProcess
from types import TracebackType
from typing import Any

from handbook.problems import HandbookError


@dataclass(frozen=True)
class Result:
    """What a job returned."""

    value: Any


class JobDied(Exception):
    """A process ended without a word, or with an error nobody foresaw; the message says what is known."""


class Crew:
    """The processes at work. Leaving the `with` block ends those that are left.

    `often` names the modules that many jobs need: where the system can, each process starts with them imported. All
    have the surroundings (`os.environ`) of the first.
    """

    def __init__(self, often: Sequence[str] = ()) -> None:
        can_share = "forkserver" in multiprocessing.get_all_start_methods()
        self._context: ForkServerContext | SpawnContext
        if can_share:
            self._context = multiprocessing.get_context("forkserver")
            self._context.set_forkserver_preload(["__main__", *often])
        else:
            self._context = multiprocessing.get_context("spawn")
        self._working: dict[Connection, ForkServerProcess | SpawnProcess] = {}

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for process in self._working.values():
            process.terminate()
        for process in self._working.values():
            process.join()

    def __len__(self) -> int:
        return len(self._working)

    def start(self, job: str, *arguments: Any) -> None:
        """Run `job` ("module:function") with `arguments` and `tell` in a new process.

        All it tells, and its Result, come out of `hear`. Named and not handed over, so that only the new process
        imports what the job needs.
        """
        ours, theirs = self._context.Pipe(duplex=False)
        process = self._context.Process(target=_work, args=(theirs, job, arguments), daemon=True)
        process.start()
        theirs.close()
        self._working[ours] = process

    def hear(self) -> Iterator[object]:
        """What the processes have said since: at least one thing. Raises a job's HandbookError, or JobDied."""
        for connection in wait(list(self._working)):
            assert isinstance(connection, Connection)
            try:
                said = connection.recv()
            except EOFError:
                process = self._working[connection]
                process.join()
                raise JobDied(f"tiến trình dừng đột ngột, mã {process.exitcode}") from None
            if isinstance(said, HandbookError | JobDied):
                raise said
            if isinstance(said, Result):
                self._working.pop(connection).join()
            yield said


def _work(connection: Connection, job: str, arguments: tuple[Any, ...]) -> None:
    module, _, function = job.partition(":")
    try:
        do = getattr(importlib.import_module(module), function)
        connection.send(Result(do(*arguments, connection.send)))
    except HandbookError as error:
        connection.send(error)
    except (BrokenPipeError, KeyboardInterrupt):
        pass  # the build that asked for this work is gone
    except Exception as error:
        # An editor can do nothing with a traceback; a developer asks for it.
        told = traceback.format_exc() if os.environ.get("HANDBOOK_DEBUG") else f"{type(error).__name__}: {error}"
        connection.send(JobDied(told))

"""The press: typesetting in a process of its own, beside the making of the site.

Typst takes turns with Python for one interpreter lock, so a thread would slow both down several times over.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from handbook.printing.editions import Edition
from handbook.printing.typesetting import Imprint, PrintError, typeset


class Press:
    """Starts at once; `finish` waits for the PDFs."""

    def __init__(self, editions: Sequence[Edition], folder: Path, imprint: Imprint, output: Path) -> None:
        self._editions = editions
        context = multiprocessing.get_context("spawn")
        self._results, results = context.Pipe(duplex=False)
        self._process = context.Process(
            target=_run, args=(editions, folder, imprint, output, results), daemon=True, name="press"
        )
        self._process.start()
        results.close()

    def finish(self, advance: Callable[[int], None]) -> int:
        """The number of pages printed. Raises PrintError for the edition that Typst refused."""
        try:
            while True:
                match self._results.recv():
                    case int() as made:
                        advance(made)
                    case ("pages", int() as pages):
                        return pages
                    case (int() as index, str() as reason):
                        raise PrintError(self._editions[index], reason)
        except EOFError:
            self._process.join()
            raise PrintError(
                self._editions[-1], f"Tiến trình in dừng đột ngột (mã {self._process.exitcode})."
            ) from None
        finally:
            self.stop()

    def stop(self) -> None:
        """End the process, finished or not."""
        self._process.terminate()
        self._process.join()


def _run(editions: Sequence[Edition], folder: Path, imprint: Imprint, output: Path, results: Connection) -> None:
    try:
        pages = typeset(editions, folder, imprint, output, lambda edition: results.send(1))
        results.send(("pages", pages))
    except PrintError as error:
        results.send((editions.index(error.edition), str(error)))
    except (BrokenPipeError, KeyboardInterrupt):
        pass  # the build that asked for these PDFs is gone

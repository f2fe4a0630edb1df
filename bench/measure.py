"""A command in; what running it cost out: seconds, and the peak memory of its whole tree of processes.

Memory is the sum of PSS over the tree (each shared page counted once, split between those who share it), sampled; a
peak shorter than the interval can slip through. Where the system does not tell PSS, RSS stands in, and the result says
so.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

INTERVAL = 0.05
"""Seconds between two samples of memory."""

_PROC = Path("/proc")


class CommandError(Exception):
    """The command did not end with 0; the message ends with the last lines it wrote."""


@dataclass(frozen=True)
class Cost:
    """`seconds` by the clock, `cpu_seconds` of all processes together, `peak_bytes` of memory at the worst moment.

    `cpu_seconds` is what the samples saw: the last instants of a process are not in it.
    """

    seconds: float
    cpu_seconds: float
    peak_bytes: int
    memory_kind: str
    """`PSS`, or `RSS` where a process of the tree could only be measured so at some moment."""


def measure(command: Sequence[str], folder: Path, log: Path) -> Cost:
    """Run `command` in `folder`, with all it writes in the file `log`. Raises CommandError."""
    with log.open("wb") as output:
        started = time.monotonic()
        # A session of its own, so that a process whose parent has ended is still known to belong here.
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
        sampler = _Sampler(process.pid)
        sampler.start()
        try:
            _, status = os.waitpid(process.pid, 0)
            seconds = time.monotonic() - started
            process.returncode = os.waitstatus_to_exitcode(status)
        finally:
            sampler.stop()
            if process.returncode is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
    if process.returncode:
        last_lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:]
        raise CommandError("\n".join([f"exit code {process.returncode}:", *last_lines]))
    return Cost(seconds, sampler.cpu_seconds, sampler.peak_bytes, sampler.kind)


class _Sampler(threading.Thread):
    def __init__(self, leader: int) -> None:
        super().__init__(daemon=True)
        self._leader = leader
        self._stopped = threading.Event()
        self._cpu: dict[int, float] = {}
        self.peak_bytes = 0
        self.kind = "PSS"

    @property
    def cpu_seconds(self) -> float:
        return sum(self._cpu.values())

    def run(self) -> None:
        while not self._stopped.is_set():
            processes = _tree(self._leader)
            self._cpu.update((pid, used) for pid in processes if (used := _cpu(pid)))
            samples = [_memory(pid) for pid in processes]
            if any(kind == "RSS" for _, kind in samples):
                self.kind = "RSS"
            self.peak_bytes = max(self.peak_bytes, sum(used for used, _ in samples))
            self._stopped.wait(INTERVAL)

    def stop(self) -> None:
        self._stopped.set()
        self.join()


def _tree(leader: int) -> set[int]:
    """The processes of the leader's session, and all that descend from them."""
    parents: dict[int, int] = {}
    found = {leader}
    for entry in _PROC.iterdir():
        if not entry.name.isdigit():
            continue
        try:
            stat = (entry / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue  # ended meanwhile
        # The name, in brackets, may hold anything; after it: state, parent, process group, session.
        parent, _, session = map(int, stat.rpartition(")")[2].split()[1:4])
        parents[int(entry.name)] = parent
        if session == leader:
            found.add(int(entry.name))
    grown = True
    while grown:
        more = {process for process, parent in parents.items() if parent in found} - found
        found |= more
        grown = bool(more)
    return found


def _cpu(process: int) -> float:
    """Seconds one process has computed; 0 of one that has ended."""
    try:
        stat = (_PROC / str(process) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    user, system = map(int, stat.rpartition(")")[2].split()[11:13])
    return (user + system) / os.sysconf("SC_CLK_TCK")


def _memory(process: int) -> tuple[int, str]:
    """(bytes, how they were measured) of one process; (0, "PSS") of one that has ended."""
    folder = _PROC / str(process)
    try:
        for line in (folder / "smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024, "PSS"
    except ProcessLookupError:
        return 0, "PSS"
    except OSError:
        pass
    try:
        pages = int((folder / "statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0, "PSS"
    return pages * os.sysconf("SC_PAGE_SIZE"), "RSS" if pages else "PSS"

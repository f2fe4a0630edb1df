"""Measurements in; the Markdown table, and what the budgets say to it, out.

MB are 10⁶ bytes. A ratio is ours divided by the peer's: below 1, ours is faster or smaller.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from bench.measure import Cost

MB = 1_000_000


@dataclass(frozen=True)
class Run:
    """One build: what it cost, and how many bytes lie in its site, PDFs among them."""

    cost: Cost
    output_bytes: int
    pdf_bytes: int


@dataclass(frozen=True)
class Result:
    """All runs of one builder on one number of lessons."""

    lessons: int
    builder: str
    runs: tuple[Run, ...]

    @property
    def seconds(self) -> float:
        return median(run.cost.seconds for run in self.runs)

    @property
    def cpu_seconds(self) -> float:
        return median(run.cost.cpu_seconds for run in self.runs)

    @property
    def peak_bytes(self) -> float:
        return median(run.cost.peak_bytes for run in self.runs)


@dataclass(frozen=True)
class Budget:
    """At `lessons`, ours must not need more than this share of the peer's time and memory."""

    lessons: int
    peer: str
    time: float
    memory: float


BUDGETS = (Budget(60, "mkdocs-to-pdf", 0.35, 0.8), Budget(300, "mkdocs-to-pdf", 0.15, 0.7))

GROWTH = (60, 1000, 1.3)
"""From the first number of lessons to the second, the cost of one lesson may grow by this factor."""


class Results:
    """What was measured so far, in the order in which it was measured."""

    def __init__(self, ours: str) -> None:
        self._ours = ours
        self._results: dict[tuple[int, str], Result] = {}

    def add(self, result: Result) -> None:
        self._results[result.lessons, result.builder] = result

    def table(self) -> str:
        """One row a builder and size; in a peer's row, the ratios of ours to it."""
        rows = [
            "| Lessons | Builder | Seconds | CPU seconds | Peak MB | Output MB | of it PDF MB | Time, ours ÷ this "
            "| Memory, ours ÷ this |",
            "|---:|---|---:|---:|---:|---:|---:|---:|---:|",
        ]
        for result in self._results.values():
            run = result.runs[-1]
            ratios = self._ratios(result.lessons, result.builder)
            shown = [f"{ratio:.2f}" for ratio in ratios] if ratios else ["", ""]
            cells = [
                str(result.lessons),
                result.builder,
                f"{result.seconds:.1f}",
                f"{result.cpu_seconds:.1f}",
                f"{result.peak_bytes / MB:.0f}",
                f"{run.output_bytes / MB:.1f}",
                f"{run.pdf_bytes / MB:.1f}",
                *shown,
            ]
            rows.append(f"| {' | '.join(cells)} |")
        return "\n".join(rows)

    def growth(self) -> str:
        """How the cost of a lesson changes with their number, for ours; empty for one size only."""
        sizes = sorted(lessons for lessons, builder in self._results if builder == self._ours)
        if len(sizes) < 2:
            return ""
        factor = self._growth(sizes[0], sizes[-1])
        return f"Cost per lesson of {self._ours} at {sizes[-1]} lessons, relative to {sizes[0]}: {factor:.2f}."

    def verdicts(self) -> list[str]:
        """A line for each budget that was measured: kept, or exceeded."""
        lines = []
        for budget in BUDGETS:
            ratios = self._ratios(budget.lessons, budget.peer)
            if ratios:
                against = f"at {budget.lessons} lessons, ours ÷ {budget.peer}"
                lines.append(_verdict(f"time {against}", ratios[0], budget.time))
                lines.append(_verdict(f"memory {against}", ratios[1], budget.memory))
        few, many, most = GROWTH
        if (few, self._ours) in self._results and (many, self._ours) in self._results:
            lines.append(_verdict(f"cost per lesson at {many}, relative to {few}", self._growth(few, many), most))
        return lines

    def _ratios(self, lessons: int, peer: str) -> tuple[float, float] | None:
        mine, theirs = self._results.get((lessons, self._ours)), self._results.get((lessons, peer))
        if mine is None or theirs is None or peer == self._ours:
            return None
        return mine.seconds / theirs.seconds, mine.peak_bytes / theirs.peak_bytes

    def _growth(self, few: int, many: int) -> float:
        before, after = self._results[few, self._ours], self._results[many, self._ours]
        return (after.seconds / many) / (before.seconds / few)

    @property
    def memory_kinds(self) -> list[str]:
        return sorted({run.cost.memory_kind for result in self._results.values() for run in result.runs})


def _verdict(what: str, measured: float, most: float) -> str:
    word = "kept" if measured <= most else "EXCEEDED"
    return f"Budget {word}: {what}: {measured:.2f}, at most {most:.2f}."


def page(
    results: Results,
    makes: Mapping[str, str],
    versions: Mapping[str, Mapping[str, str]],
    machine: str,
    runs: int,
    skipped: Sequence[str],
) -> str:
    """The page `bench/results.md`. It names tools and the number of cores, but no date, host or path."""
    counted = "one run" if runs == 1 else f"the median of {runs} runs"
    memory = " or ".join(results.memory_kinds)
    told = [
        f"- **{name}**: {makes[name]} ({', '.join(f'{tool} {number}' for tool, number in used.items())})."
        for name, used in versions.items()
    ]
    parts = [
        "# Benchmark\n",
        "Made by `make bench`. Every builder gets the same synthetic lessons of about 650 words, in a folder just "
        f"written. Each number is {counted}; memory is the peak of the whole process tree ({memory}); MB are 10⁶ "
        f"bytes. Machine: {machine}.\n",
        "\n".join(told) + "\n",
        results.table() + "\n",
    ]
    if growth := results.growth():
        parts.append(growth + "\n")
    if notes := [*results.verdicts(), *skipped]:
        parts.append("\n".join(f"- {' '.join(note.split())}" for note in notes) + "\n")
    return "\n".join(parts)

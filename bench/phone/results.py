"""Loads in; the Markdown table, what the budgets say to it, and what our pages lack for full marks, out.

KB are 1,024 bytes over the wire, without headers. A ratio is ours divided by the peer's: below 1, ours is faster. Each
number is the median of its own runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from bench.phone.first_view import FirstView
from bench.phone.lighthouse import (
    CATEGORIES,
    EDGE_APPLIED,
    EDGE_FIRST_VISIT,
    EDGE_OF_COVERAGE,
    SLOW_4G,
    Fault,
    Load,
    Network,
)
from bench.phone.peers import LESSON_PAGE

KB = 1024
_SHOWN_FILES = 8
OURS, STOCK, BARE = "ours", "stock Material", "bare"

_COLUMNS = (
    ("Page", "---"),
    ("Site", "---"),
    ("Performance", "---:"),
    ("Accessibility", "---:"),
    ("Best practices", "---:"),
    ("SEO", "---:"),
    ("LCP s", "---:"),
    ("LCP, ours ÷ this", "---:"),
    ("FCP s", "---:"),
    ("TBT ms", "---:"),
    ("CLS", "---:"),
    ("First view KB", "---:"),
    ("of it blocking", "---:"),
    ("the rest", "---:"),
    ("Later KB", "---:"),
)


_EDGE = {
    EDGE_OF_COVERAGE: "Simulated, as above, with more loads: the simulation counts what had come before the words were "
    "seen on this machine, where that is a matter of milliseconds; so its times fall into groups.",
    EDGE_APPLIED: "Not computed but seen: Chromium itself holds every answer back.",
    EDGE_FIRST_VISIT: "The same with Lighthouse's factor of 3.75, as if each request had to find and greet its host "
    "first. Waiting is nearly all of it: the bare page is the floor.",
}


@dataclass(frozen=True)
class Run:
    load: Load
    view: FirstView


@dataclass(frozen=True)
class Result:
    """All runs of one page of one site over one network."""

    page: str
    site: str
    network: Network
    runs: tuple[Run, ...]

    def of(self, number: Callable[[Run], float]) -> float:
        """The median of a number over the runs."""
        return median(map(number, self.runs))

    @property
    def scores(self) -> dict[str, float]:
        return {name: self.of(lambda run, name=name: run.load.scores[name]) for name in CATEGORIES}  # type: ignore[misc]

    @property
    def largest_paint(self) -> float:
        return self.of(lambda run: run.load.largest_paint)


@dataclass(frozen=True)
class Budget:
    """`what` must be at most `most` on the lesson; the measured values are told with `unit`."""

    what: str
    most: float
    unit: str = ""


LCP_STOCK = Budget("LCP, ours ÷ stock Material", 0.65)
LCP_BARE = Budget("LCP, ours ÷ bare", 1.25)
LCP_STOCK_EDGE = Budget(f"LCP, ours ÷ stock Material, at {EDGE_OF_COVERAGE.name}", 0.4)
LCP_STOCK_APPLIED = Budget(f"LCP, ours ÷ stock Material, at {EDGE_APPLIED.name}", 0.4)
FIRST_VIEW = Budget("first view", 45, " KB")
BLOCKING = Budget("blocking the first paint", 14, " KB")


class Results:
    """What was measured so far, in the order in which it was measured."""

    def __init__(self) -> None:
        self._results: dict[tuple[Network, str, str], Result] = {}

    def add(self, result: Result) -> None:
        self._results[result.network, result.page, result.site] = result

    def table(self, network: Network) -> str:
        """One row a page and site; empty where nothing was measured."""
        rows = []
        for result in self._results.values():
            if result.network == network:
                ratio = self._ratio(network, result.page, result.site)
                rows.append(f"| {' | '.join([result.page, result.site, *_numbers(result, ratio)])} |")
        head = [f"| {' | '.join(name for name, _ in _COLUMNS)} |", f"|{'|'.join(line for _, line in _COLUMNS)}|"]
        return "\n".join(head + rows) if rows else ""

    def every_largest_paint(self, network: Network) -> list[str]:
        """A line for each page and site: the LCP of every load, the fastest first."""
        return [
            f"{result.page}, {result.site}: "
            + ", ".join(f"{seconds:.2f}" for seconds in sorted(run.load.largest_paint / 1000 for run in result.runs))
            for result in self._results.values()
            if result.network == network
        ]

    def verdicts(self) -> list[str]:
        """A line for each budget that was measured: kept, or exceeded and where."""
        ours = [result for result in self._results.values() if result.site == OURS and result.network == SLOW_4G]
        kept = [result for result in ours if all(score == 100 for score in result.scores.values())]
        lines = []
        if ours:
            word = "kept" if len(kept) == len(ours) else "EXCEEDED"
            told = ", ".join(f"{result.page} {_marks(result)}" for result in ours)
            lines.append(f"Budget {word}: 100 / 100 / 100 / 100: {told}.")
        lines += _verdict(LCP_STOCK, self._ratios(SLOW_4G, STOCK))
        lines += _verdict(LCP_BARE, self._ratios(SLOW_4G, BARE))
        lines += _verdict(LCP_STOCK_EDGE, self._ratios(EDGE_OF_COVERAGE, STOCK))
        lines += _verdict(LCP_STOCK_APPLIED, self._ratios(EDGE_APPLIED, STOCK))
        lessons = [result for result in ours if result.page == LESSON_PAGE]
        lines += _verdict(FIRST_VIEW, {result.page: result.of(lambda run: run.view.all) / KB for result in lessons})
        lines += _verdict(BLOCKING, {result.page: result.of(lambda run: run.view.blocking) / KB for result in lessons})
        foreign = sorted({address for result in ours for run in result.runs for address in run.view.foreign})
        if foreign:
            lines.append(f"Budget EXCEEDED: no other host is asked for anything: {', '.join(foreign)}.")
        return lines

    def lacking(self) -> list[str]:
        """A line for each page of ours: every audit it does not pass in full, in any run."""
        lines = []
        for result in self._results.values():
            if result.site != OURS or result.network != SLOW_4G:
                continue
            faults = lowest(fault for run in result.runs for fault in run.load.faults)
            counted = [_told(fault) for fault in faults if fault.weight]
            others = [_told(fault) for fault in faults if not fault.weight]
            line = f"**{result.page}**: {'; '.join(counted) or 'nothing'}."
            lines.append(f"{line} Without weight in the marks: {'; '.join(others)}." if others else line)
        return lines

    def made_of(self) -> list[str]:
        """A line for each page of ours: the files of its first view in the last run, the heaviest first."""
        lines = []
        for result in self._results.values():
            if result.site == OURS and result.network == SLOW_4G:
                files = sorted(result.runs[-1].view.files.items(), key=lambda file: -file[1])
                told = [f"`{path}` {size / KB:.1f}" for path, size in files[:_SHOWN_FILES]]
                others = sum(size for _, size in files[_SHOWN_FILES:])
                told += [f"{len(files) - _SHOWN_FILES} others {others / KB:.1f}"] if others else []
                lines.append(f"**{result.page}**: {', '.join(told)}.")
        return lines

    def cpu_index(self) -> tuple[float, float]:
        """(lowest, highest) of Lighthouse's measure of this machine's speed."""
        told = [run.load.cpu_index for result in self._results.values() for run in result.runs]
        return min(told), max(told)

    def version(self) -> str:
        """Lighthouse's own, as it told it."""
        return next(run.load.version for result in self._results.values() for run in result.runs)

    def _ratio(self, network: Network, page: str, site: str) -> float | None:
        mine, theirs = self._results.get((network, page, OURS)), self._results.get((network, page, site))
        if mine is None or theirs is None or site == OURS:
            return None
        return mine.largest_paint / theirs.largest_paint

    def _ratios(self, network: Network, site: str) -> dict[str, float]:
        ratio = self._ratio(network, LESSON_PAGE, site)
        return {} if ratio is None else {LESSON_PAGE: ratio}


def lowest(faults: Iterable[Fault]) -> list[Fault]:
    """Each audit once, with its worst mark, in the order in which they came."""
    worst: dict[tuple[str, str], Fault] = {}
    for fault in faults:
        known = worst.get((fault.category, fault.audit))
        if known is None or fault.score < known.score:
            worst[fault.category, fault.audit] = fault
    return list(worst.values())


def _verdict(budget: Budget, measured: Mapping[str, float]) -> list[str]:
    """One line, or none where nothing was measured. It names the pages that break the budget first."""
    if not measured:
        return []
    over = {page: value for page, value in measured.items() if value > budget.most}
    within = {page: value for page, value in measured.items() if page not in over}
    told = ", ".join(f"{page} {value:.2f}{budget.unit}" for page, value in {**over, **within}.items())
    word = "EXCEEDED" if over else "kept"
    return [f"Budget {word}: {budget.what}, at most {budget.most:g}{budget.unit}: {told}."]


def _numbers(result: Result, ratio: float | None) -> list[str]:
    return [
        *(f"{score:.0f}" for score in result.scores.values()),
        f"{result.largest_paint / 1000:.2f}",
        "" if ratio is None else f"{ratio:.2f}",
        f"{result.of(lambda run: run.load.first_paint) / 1000:.2f}",
        f"{result.of(lambda run: run.load.blocking_time):.0f}",
        f"{result.of(lambda run: run.load.layout_shift):.3f}",
        f"{result.of(lambda run: run.view.all) / KB:.1f}",
        f"{result.of(lambda run: run.view.blocking) / KB:.1f}",
        f"{result.of(lambda run: run.view.rest) / KB:.1f}",
        f"{result.of(lambda run: run.view.later) / KB:.1f}",
    ]


def _marks(result: Result) -> str:
    return " / ".join(f"{score:.0f}" for score in result.scores.values())


def _told(fault: Fault) -> str:
    measured = f", {' '.join(fault.shown.split())}" if fault.shown else ""
    where = f" at {', '.join(f'`{selector}`' for selector in fault.where)}" if fault.where else ""
    return f"{fault.category} `{fault.audit}` {fault.score:.2g}{measured}{where}"


def page(
    results: Results,
    command: str,
    versions: Mapping[str, str],
    source: str,
    machine: str,
    runs: int,
    addresses: Mapping[str, str],
) -> str:
    """The page `bench/phone.md`. It names tools, commit and number of cores, but no date, host or path."""
    low, high = results.cpu_index()
    counted = "one run" if runs == 1 else f"the median of {runs} runs, the sites in turn"
    parts = [
        "# On a slow phone\n",
        f"Made by `{command}`, {source}. {', '.join(f'{name} {number}' for name, number in versions.items())}. "
        f"Each number is {counted}. Machine: {machine}; Lighthouse's CPU index {low:.0f} to {high:.0f} (when it "
        "falls, something else was at work, and TBT rises).\n",
        "Three sites, the same words at the same addresses, served gzip-compressed from this machine: **ours** as "
        "built; **stock Material** for MkDocs with its search, all pages, without drawn screens; **bare**, the words "
        "of that page alone, without style or script. The pages: "
        f"{', '.join(f'{name} `{address}`' for name, address in addresses.items())} (the lesson is the heaviest, in "
        "gzip). KB are 1,024 bytes over the "
        "wire without headers; the first view is all that loads at once, *blocking* the page, its stylesheets and "
        "blocking scripts, *later* what loads after it: lazy pictures, what is put by for a day without network.\n",
        "## Lighthouse mobile, default throttling\n",
        f"{results.table(SLOW_4G)}\n",
        *_at_the_edge(results),
        "## Budgets\n",
        _list(results.verdicts()),
        "## What the first view of our pages is made of\n",
        "KB of each file.\n",
        _list(results.made_of()),
        "## What our pages lack\n",
        "Every audit below 1 in any run, with its lowest score.\n",
        _list(results.lacking()),
    ]
    return "\n".join(parts)


def _at_the_edge(results: Results) -> list[str]:
    """The parts of the page on the weakest network; empty where it was not measured."""
    parts = []
    for network, told in _EDGE.items():
        if table := results.table(network):
            parts += [f"## At {network.name}, CPU four times slower\n", f"{told}\n", f"{table}\n"]
            parts += ["LCP of every load, in seconds:\n", _list(results.every_largest_paint(network))]
    return parts


def _list(lines: Sequence[str]) -> str:
    return "\n".join(f"- {' '.join(line.split())}" for line in lines) + "\n"

"""A site from the command line in, or our own built now; the tables on the screen and in `bench/phone.md` out.

With `--weights`, numbers of lessons in; what a lesson page weighs in handbooks of those sizes, in
`bench/phone-weights.md`, out. Ends with 0 whether the budgets are kept or not (a line says which are not), with 1 when
something could not be built or loaded, with 2 when a tool is missing.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from bench.builders import ROOT, UnavailableError, material
from bench.measure import CommandError, measure
from bench.phone import results, weights
from bench.phone.first_view import first_view
from bench.phone.host import Host
from bench.phone.lighthouse import (
    EDGE_APPLIED,
    EDGE_FIRST_VISIT,
    EDGE_OF_COVERAGE,
    SLOW_4G,
    Lighthouse,
    MeasureError,
    Network,
)
from bench.phone.peers import LESSON_PAGE, PAGES, MeasuredPage, build_stock, measured_pages, plain_pages, write_bare
from bench.phone.results import BARE, OURS, STOCK, Result, Results, Run

RESULTS = ROOT / "bench" / "phone.md"
WEIGHTS = ROOT / "bench" / "phone-weights.md"

MORE_AT_THE_EDGE = 3
"""Times as many loads there: the simulation gives stock Material one of two results, seconds apart."""


def main() -> int:
    options = _options()
    command = f"python -m bench.phone {' '.join(_shown(options))}".strip()
    commit = _commit()  # of the code that starts now, whatever is committed while it runs
    try:
        lighthouse = Lighthouse()
        if options.weights:
            text = _weights(sorted(set(options.weights)), lighthouse, command, commit)
        else:
            text = _phone(options.site, options.pages, options.runs, lighthouse, command, commit)
    except UnavailableError as error:
        print(error, file=sys.stderr)
        return 2
    except (CommandError, MeasureError, FileNotFoundError) as error:
        print(f"FAILED: {error}", file=sys.stderr)
        return 1
    (options.to or (WEIGHTS if options.weights else RESULTS)).write_text(text, encoding="utf-8")
    print(f"\n{text}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.phone", description=__doc__)
    parser.add_argument("--site", type=Path, help="a built site of ours; without it, one is built now")
    parser.add_argument("--runs", type=_positive, default=3, help="loads of each page; the median counts (default: 3)")
    parser.add_argument("--pages", choices=PAGES, nargs="+", default=list(PAGES), help="which pages (default: all)")
    parser.add_argument("--to", type=Path, help="write the result here, not to the file in bench/")
    parser.add_argument(
        "--weights", type=_positive, nargs="+", metavar="N", help="only weigh a lesson page at these numbers of lessons"
    )
    options = parser.parse_args()
    if options.weights and len(set(options.weights)) < 2:
        parser.error("--weights compares: give two different numbers or more")
    return options


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0")
    return int(text)


def _shown(options: argparse.Namespace) -> list[str]:
    """The options as the result tells them: without this machine's paths."""
    if options.weights:
        return ["--weights", *map(str, options.weights)]
    some = ["--pages", *options.pages] if options.pages != list(PAGES) else []
    return [*(["--site …"] if options.site else []), *some, "--runs", str(options.runs)]


def _weights(sizes: list[int], lighthouse: Lighthouse, command: str, commit: str) -> str:
    places = weights.same_lessons(sizes[0])
    measured = {size: weights.weigh(size, places, lighthouse) for size in sizes}
    return weights.page(measured, command, commit)


def _phone(given: Path | None, names: list[str], runs: int, lighthouse: Lighthouse, command: str, commit: str) -> str:
    stock = material()
    # Not in the project, which is read while our site is built.
    folder = Path(tempfile.mkdtemp(prefix="phone-"))
    try:
        ours = given.resolve() if given else _build_ours(folder)
        chosen = [page for page in measured_pages(ours) if page.name in names]
        words = plain_pages(ours)
        print(f"Building stock Material with the words of {len(words)} pages …", flush=True)
        sites = {OURS: ours, STOCK: build_stock(stock, folder / "stock", words), BARE: folder / "bare"}
        write_bare(sites[BARE], words, [page.folder for page in chosen])
        measured = _measure(sites, chosen, runs, lighthouse)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return results.page(
        measured,
        command,
        {"Lighthouse": measured.version(), **_numbered(lighthouse.browser_version()), **stock.versions},
        f"{commit}; the site was given, built from it or not" if given else f"our site built from {commit}",
        f"{os.cpu_count()} cores, {platform.system()}",
        runs,
        {page.name: page.address or "/" for page in chosen},
    )


def _build_ours(folder: Path) -> Path:
    """Build the handbook of this repository with its real command. Raises CommandError."""
    print("Building our site …", flush=True)
    site = folder / "ours"
    door = str(ROOT / "build_handbook.py")
    measure([sys.executable, door, "--root", str(ROOT), "build", "--site", str(site)], ROOT, folder / "log")
    return site


def _measure(sites: Mapping[str, Path], pages: list[MeasuredPage], runs: int, lighthouse: Lighthouse) -> Results:
    """Load every page over the default network, and the heaviest lesson over the weakest too."""
    measured = Results()
    with ExitStack() as stack:
        hosts = {name: stack.enter_context(Host(site)) for name, site in sites.items()}
        for page, network, times in _loads(pages, runs):
            loads: dict[str, list[Run]] = {name: [] for name in sites}
            # In turn, so that a noisy minute of the machine falls on all of them.
            for _ in range(times):
                for name, host in hosts.items():
                    loads[name].append(_load(host, sites[name], page, network, lighthouse))
                    print(f"{page.name}, {network.name}, {name}: {_told(loads[name][-1])}", flush=True)
            for name, done in loads.items():
                measured.add(Result(page.name, name, network, tuple(done)))
    return measured


def _loads(pages: list[MeasuredPage], runs: int) -> list[tuple[MeasuredPage, Network, int]]:
    """What is loaded over which network, and how often."""
    at_the_edge = ((EDGE_OF_COVERAGE, MORE_AT_THE_EDGE * runs), (EDGE_APPLIED, runs), (EDGE_FIRST_VISIT, runs))
    again = [(page, *load) for page in pages if page.name == LESSON_PAGE for load in at_the_edge]
    return [*((page, SLOW_4G, runs) for page in pages), *again]


def _load(host: Host, site: Path, page: MeasuredPage, network: Network, lighthouse: Lighthouse) -> Run:
    host.forget()
    address = host.address + page.address
    load = lighthouse.load(address, network)
    markup = (site / page.folder / "index.html").read_text(encoding="utf-8")
    return Run(load, first_view(address, markup, load.asked, host.asked, lambda path: len(host.answer(path).body)))


def _told(run: Run) -> str:
    marks = " / ".join(map(str, run.load.scores.values()))
    return f"{marks}, LCP {run.load.largest_paint / 1000:.2f} s, {run.view.all / results.KB:.1f} KB"


def _numbered(version: str) -> dict[str, str]:
    """The name and the number of “Chromium 156.0.8078.79”."""
    name, _, number = version.partition(" ")
    return {name: number}


def _commit() -> str:
    """The commit that this code is, and whether it was changed since; results of former runs do not count."""
    head = _git("rev-parse", "--short", "HEAD")
    if not head:
        return "commit not known"
    own = [f":!{path.relative_to(ROOT).as_posix()}" for path in (RESULTS, WEIGHTS, ROOT / "bench" / "results.md")]
    changed = _git("status", "--porcelain", "--", ".", *own)
    return f"commit {head}{' with changes that are in no commit' if changed else ''}"


def _git(*arguments: str) -> str:
    if not shutil.which("git"):
        return ""
    done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False)
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())

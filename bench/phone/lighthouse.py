"""An address in; what Lighthouse found on a slow phone out: marks, paint times, what was asked for, what is lacking.

Lighthouse comes from npm, pinned by `package-lock.json` (which names no registry: npm asks the one it is set to), into
`bench/.work/lighthouse/`; the browser is the system's Chromium. Throttling is Lighthouse's default, simulated: the page
is loaded at full speed, and the times on the slow phone are computed from what depended on what. Where a network is
`applied`, the browser itself holds every answer back, and the times are those that were seen.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.builders import ROOT, WORK, UnavailableError, install_once
from tests.browser import ARGUMENTS, HOW_TO_GET_ONE, find

PINS = ROOT / "bench" / "phone"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_SHOWN_ELEMENTS = 3
_LONGEST = 180
"""Seconds after which a run has hung."""

_NODE = (
    "Lighthouse needs Node.js (22 by its own word; 20 was seen to work) and npm. "
    "Debian/Ubuntu: apt-get install nodejs npm; or from https://nodejs.org/."
)


class MeasureError(Exception):
    """Lighthouse could not load a page; the message says why."""


@dataclass(frozen=True)
class Network:
    """What lies between the phone and the host. The CPU is four times slower than this machine's in all of them."""

    name: str
    round_trip_ms: int
    """Where it is applied: before each answer."""
    kilobits: float
    applied: bool = False

    def options(self) -> list[str]:
        """What Lighthouse is told of it."""
        if not self.applied:
            return [f"--throttling.rttMs={self.round_trip_ms}", f"--throttling.throughputKbps={self.kilobits}"]
        return [
            "--throttling-method=devtools",
            f"--throttling.requestLatencyMs={self.round_trip_ms}",
            f"--throttling.downloadThroughputKbps={self.kilobits}",
            f"--throttling.uploadThroughputKbps={self.kilobits}",
        ]


SLOW_4G = Network("default", 150, 1638.4)
"""Lighthouse's own for mobile."""

EDGE_OF_COVERAGE = Network("400 kbit/s, 400 ms", 400, 400)

EDGE_APPLIED = Network("400 kbit/s, 400 ms before each answer, applied", 400, 400, applied=True)

EDGE_FIRST_VISIT = Network("400 kbit/s, 1500 ms before each answer, applied", 1500, 400, applied=True)
"""Lighthouse's factor of 3.75 for what precedes a first request: name, connection and encryption take round trips too.
It counts them for every request, not only for the first."""


@dataclass(frozen=True)
class Asked:
    """One request that went over the network while the page loaded."""

    address: str
    kind: str
    """In Lighthouse's words: Document, Stylesheet, Script, Image, …"""
    bytes: int


@dataclass(frozen=True)
class Fault:
    """An audit that the page passes only in part or not at all. Without `weight` it changes no mark."""

    category: str
    audit: str
    title: str
    score: float
    weight: float
    shown: str
    where: tuple[str, ...] = ()
    """Some of the elements that fail it, as CSS selectors."""


@dataclass(frozen=True)
class Load:
    """One page, loaded once. Marks are 0 to 100; times are milliseconds."""

    scores: dict[str, int]
    first_paint: float
    largest_paint: float
    blocking_time: float
    layout_shift: float
    asked: tuple[Asked, ...]
    faults: tuple[Fault, ...]
    cpu_index: float
    """Lighthouse's measure of how fast this machine was just then; it falls when others work beside it."""
    version: str


class Lighthouse:
    """Lighthouse, installed if need be. Raises UnavailableError, which says what is missing and how to get it."""

    def __init__(self) -> None:
        node, npm, chromium = shutil.which("node"), shutil.which("npm"), find()
        lacking = [name for name, found in (("node", node), ("npm", npm)) if not found]
        advice = [f"No {' and no '.join(lacking)} found. {_NODE}"] if lacking else []
        if not chromium:
            advice.append(HOW_TO_GET_ONE)
        if not (node and npm and chromium):
            raise UnavailableError("\n".join(advice))
        folder = WORK / "lighthouse"
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(PINS / name, folder / name)
        quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        install_once(folder, PINS / "package-lock.json", [npm, "ci", "--prefix", str(folder), *quiet])
        self._command = [node, str(folder / "node_modules" / "lighthouse" / "cli" / "index.js")]
        self._chromium = chromium

    def browser_version(self) -> str:
        """The Chromium's name and number, in its own words."""
        done = subprocess.run([self._chromium, "--version"], capture_output=True, text=True, check=False)
        return done.stdout.strip().split(" built on")[0] or "Chromium, version not told"

    def load(self, address: str, network: Network) -> Load:
        """Load the page at `address` once. A load that fails is tried once more. Raises MeasureError."""
        options = [f"--only-categories={','.join(CATEGORIES)}", *network.options()]
        return read(self._twice(address, options))

    def requests(self, address: str) -> tuple[Asked, ...]:
        """Only what the page at `address` asks for while it loads. Raises MeasureError."""
        return asked(self._twice(address, ["--only-audits=network-requests", "--throttling-method=provided"]))

    def _twice(self, address: str, options: list[str]) -> dict[str, Any]:
        try:
            return self._report(address, options)
        except MeasureError as error:
            print(f"Once more, after a failure: {error}", flush=True)
            return self._report(address, options)

    def _report(self, address: str, options: list[str]) -> dict[str, Any]:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "report.json"
            flags = " ".join(["--headless=new", *ARGUMENTS])
            command = [*self._command, address, "--quiet", "--output=json", f"--output-path={file}"]
            command += ["--no-enable-error-reporting", f"--chrome-flags={flags}", *options]
            process = subprocess.Popen(
                command,
                env={**os.environ, "CHROME_PATH": self._chromium},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
            try:
                _, said = process.communicate(timeout=_LONGEST)
            except subprocess.TimeoutExpired as error:
                # Asked to stop, it closes the browser it has opened.
                process.send_signal(signal.SIGINT)
                try:
                    process.communicate(timeout=10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.communicate()
                raise MeasureError(f"{address}: nothing after {_LONGEST} s") from error
            if process.returncode or not file.is_file():
                raise MeasureError(f"{address}: {said.strip()[-1500:]}")
            report: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        if failed := report.get("runtimeError"):
            raise MeasureError(f"{address}: {failed.get('message', failed)}")
        return report


def read(report: Mapping[str, Any]) -> Load:
    """What counts in a report. Raises MeasureError where a mark is missing."""
    audits = report["audits"]
    marks = {name: report["categories"][name]["score"] for name in CATEGORIES}
    unmarked = [name for name, mark in marks.items() if mark is None]
    if unmarked:
        raise MeasureError(f"{report['requestedUrl']}: no mark for {', '.join(unmarked)}")
    return Load(
        {name: round(mark * 100) for name, mark in marks.items()},
        audits["first-contentful-paint"]["numericValue"],
        audits["largest-contentful-paint"]["numericValue"],
        audits["total-blocking-time"]["numericValue"],
        audits["cumulative-layout-shift"]["numericValue"],
        asked(report),
        tuple(_faults(report)),
        report["environment"]["benchmarkIndex"],
        report["lighthouseVersion"],
    )


def asked(report: Mapping[str, Any]) -> tuple[Asked, ...]:
    """The requests of a report that went over the network. A worker's bytes are too few here: its host knows better."""
    items = report["audits"]["network-requests"]["details"]["items"]
    return tuple(
        Asked(item["url"], item.get("resourceType", "Other"), item["transferSize"])
        for item in items
        if item["transferSize"] and item["url"].startswith("http")
    )


def _faults(report: Mapping[str, Any]) -> list[Fault]:
    found = []
    for name in CATEGORIES:
        for reference in report["categories"][name]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if audit["score"] is not None and audit["score"] < 1:
                shown = audit.get("displayValue") or ""
                title, weight = audit["title"], reference["weight"]
                where = tuple(dict.fromkeys(_selectors(audit.get("details"))))[:_SHOWN_ELEMENTS]
                found.append(Fault(name, reference["id"], title, audit["score"], weight, shown, where))
    return found


def _selectors(details: object) -> Iterator[str]:
    """The CSS selectors anywhere in an audit's details."""
    if isinstance(details, dict):
        if isinstance(details.get("selector"), str):
            yield details["selector"]
        for value in details.values():
            yield from _selectors(value)
    elif isinstance(details, list):
        for value in details:
            yield from _selectors(value)

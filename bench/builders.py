"""A name in; a Builder out: how to write its project, how to run it, and what it must have made.

The peers are installed from `bench/peers/<name>.txt` into `bench/.work/<name>/`, once for each state of that file.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bench.lessons import SyntheticLesson
from bench.projects import write_handbook_project, write_peer_project

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "bench" / ".work"
REQUIREMENTS = ROOT / "bench" / "peers"

OURS = "handbook"
SITE = "site"
"""The folder, below the project's, that every builder writes to."""

_TOOLS = ("mkdocs", "mkdocs-material", "markdown", "pagefind", "typst", "pikepdf", "mkdocs-to-pdf", "weasyprint")

_PANGO = (
    "WeasyPrint needs system libraries; on Debian or Ubuntu: "
    "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)


class UnavailableError(Exception):
    """A peer cannot be installed or run on this machine; the message says what to do."""


@dataclass(frozen=True)
class Builder:
    name: str
    makes: str
    """In a few words, what a build of it gives."""
    write: Callable[[Path, list[SyntheticLesson]], None]
    command: Callable[[Path], list[str]]
    """The command line that builds the project in this folder."""
    pdfs: Callable[[list[SyntheticLesson]], list[str]]
    """The PDFs it must make, below the site."""
    versions: dict[str, str]
    most_lessons: int | None = None
    """Above this number of lessons it is left out, because it takes too long."""

    def missing(self, project: Path, lessons: list[SyntheticLesson]) -> list[str]:
        """What a finished build lacks: pages of lessons, and PDFs."""
        wanted = [f"{lesson.id}/index.html" for lesson in lessons] + self.pdfs(lessons)
        return [file for file in wanted if not (project / SITE / file).is_file()]


def ours() -> Builder:
    """This project, through its real command."""
    tools = ("typst", "pikepdf", "pagefind", "mkdocs", "markdown")

    def command(project: Path) -> list[str]:
        door = str(ROOT / "build_handbook.py")
        return [sys.executable, door, "--root", str(project), "build", "--site", str(project / SITE)]

    def pdfs(lessons: list[SyntheticLesson]) -> list[str]:
        groups = sorted({lesson.group for lesson in lessons})
        return ["ban-in/cam-nang.pdf", *(f"ban-in/{name}.pdf" for name in [*groups, *(each.id for each in lessons)])]

    return Builder(
        OURS,
        "site, search, the whole book, a book for each group, a handout for each lesson",
        lambda folder, lessons: write_handbook_project(ROOT, folder, lessons),
        command,
        pdfs,
        {name: version(name) for name in tools},
    )


def material() -> Builder:
    """Material for MkDocs: a site and its search, no PDF. Raises UnavailableError."""
    return _peer("material", "site, search; no PDF", "mkdocs-material", plugins=("search",), pdfs=())


def to_pdf() -> Builder:
    """Material with mkdocs-to-pdf: a site, its search and one PDF. Raises UnavailableError."""
    return _peer(
        "to-pdf",
        "site, search, the whole book",
        "mkdocs-to-pdf",
        plugins=("search", "to-pdf"),
        pdfs=("pdf/document.pdf",),
        needs=("weasyprint", _PANGO),
        most_lessons=300,
    )


PEERS: dict[str, Callable[[], Builder]] = {"material": material, "to-pdf": to_pdf}


def _peer(
    name: str,
    makes: str,
    shown_name: str,
    plugins: tuple[str, ...],
    pdfs: Sequence[str],
    needs: tuple[str, str] | None = None,
    most_lessons: int | None = None,
) -> Builder:
    """`needs` is a module that must load, and what to do where it does not."""
    python = _environment(name)
    if needs:
        module, advice = needs
        tried = subprocess.run([str(python), "-c", f"import {module}"], capture_output=True, text=True, check=False)
        if tried.returncode:
            raise UnavailableError(f"{tried.stderr.strip().splitlines()[-1]}\n{advice}")
    return Builder(
        shown_name,
        makes,
        lambda folder, lessons: write_peer_project(folder, lessons, plugins),
        lambda project: [str(python), "-m", "mkdocs", "build", "--quiet", "--site-dir", str(project / SITE)],
        lambda lessons: list(pdfs),
        _pinned(name),
        most_lessons,
    )


def _environment(name: str) -> Path:
    """The interpreter of the peer's environment, installed if need be. Raises UnavailableError."""
    requirements = REQUIREMENTS / f"{name}.txt"
    folder = WORK / name
    python = folder / "bin" / "python"
    install_once(
        folder,
        requirements,
        [sys.executable, "-m", "venv", "--clear", str(folder)],
        [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet", "install", "-r", str(requirements)],
    )
    return python


def install_once(folder: Path, pins: Path, *steps: Sequence[str]) -> None:
    """Run the commands that install what `pins` names into `folder`, once for each state of that file.

    Raises UnavailableError.
    """
    mark = folder / "installed"
    wanted = hashlib.sha256(pins.read_bytes()).hexdigest()
    if mark.is_file() and mark.read_text(encoding="ascii") == wanted:
        return
    print(f"Installing {folder.name} (only once) …", flush=True)
    for step in steps:
        done = subprocess.run(step, capture_output=True, text=True, check=False)
        if done.returncode:
            raise UnavailableError(f"{' '.join(step[:3])} failed:\n{(done.stderr or done.stdout).strip()[-1500:]}")
    mark.write_text(wanted, encoding="ascii")


def _pinned(name: str) -> dict[str, str]:
    """Of the tools that matter for the result, the versions that are installed for this peer."""
    lines = (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split(" ")[0].split("==") for line in lines if "==" in line)
    return {tool: pins[tool] for tool in _TOOLS if tool in pins}

"""The rules of the house that a machine can see to."""

from __future__ import annotations

import ast
import re
import subprocess
import unicodedata
from pathlib import Path

from tests.conftest import ROOT

PACKAGE = ROOT / "handbook"


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def modules_importing(name: str) -> set[str]:
    return {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if any(module == name or module.startswith(f"{name}.") for module in imports(path))
    }


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_only_the_site_adapter_imports_mkdocs() -> None:
    assert modules_importing("mkdocs") == {"site/plugin.py"}


def test_only_printing_imports_typst() -> None:
    assert {name.split("/")[0] for name in modules_importing("typst")} == {"printing"}


def test_nothing_imports_what_stands_above_it() -> None:
    above = {
        "handbook.markup": ("handbook.checks", "handbook.site", "handbook.printing", "handbook.build", "handbook.cli"),
        "handbook.checks": ("handbook.site", "handbook.printing", "handbook.build", "handbook.cli"),
        "handbook.api": ("handbook.site", "handbook.printing", "handbook.making", "handbook.build", "handbook.cli"),
        "handbook.printing": ("handbook.site", "handbook.build", "handbook.cli"),
        "handbook.curriculum": ("handbook.book", "handbook.markup", "handbook.site", "handbook.printing"),
        "handbook.lessons": ("handbook.book", "handbook.markup", "handbook.site", "handbook.printing"),
        "handbook.book": ("handbook.markup", "handbook.site", "handbook.printing", "handbook.build"),
        "handbook.site": ("handbook.build", "handbook.cli"),
    }
    for lower, uppers in above.items():
        place = PACKAGE / lower.removeprefix("handbook.")
        files = list(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]
        for file in files:
            for module in imports(file):
                assert not module.startswith(uppers), f"{file.name} imports {module}"


def test_the_lock_names_every_package_with_hashes_and_no_registry() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "http" not in text and "index-url" not in text and "find-links" not in text
        pins = re.findall(r"^[a-z0-9][a-z0-9._\[\],-]*==", text, flags=re.MULTILINE | re.IGNORECASE)
        assert len(pins) > 20
        assert text.count("--hash=sha256:") >= len(pins)


def test_text_is_utf8_nfc_and_names_no_path_of_a_machine() -> None:
    broken_on_purpose = ROOT / "tests" / "cases"
    for path in tracked():
        if path.suffix in {".png", ".ico"}:
            continue
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"/(?:home|Users|root|work)/\w", text), path
        if broken_on_purpose not in path.parents:
            assert unicodedata.is_normalized("NFC", text), path


def test_every_module_says_what_it_is_for() -> None:
    for path in [*PACKAGE.rglob("*.py"), ROOT / "build_handbook.py"]:
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path


def test_ci_runs_the_readme_s_test_command_and_nothing_cleverer() -> None:
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    commands = [line for line in ci.splitlines() if line and not line.startswith(("#", "set "))]
    assert commands == ["make test"]
    for readme in ("README.md", "README.vi.md"):
        assert "make test" in (ROOT / readme).read_text(encoding="utf-8")

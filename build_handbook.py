#!/usr/bin/env python3
"""The door: build · serve · check · new · report. All the work is in the package `handbook`."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def _enter_environment() -> None:
    """Go on with the interpreter of `.venv`, which `make` sets up, when this one lacks the packages."""
    own = HERE / ".venv" / "bin" / "python"
    if importlib.util.find_spec("mkdocs") and importlib.util.find_spec("typst"):
        return
    if own.exists() and Path(sys.prefix).resolve() != own.parent.parent.resolve():
        os.execv(own, [str(own), __file__, *sys.argv[1:]])
    sys.exit("Chưa cài các gói cần thiết. Hãy chạy “make” một lần trong thư mục này rồi thử lại.")


if __name__ == "__main__":
    _enter_environment()
    from handbook.cli import main

    sys.exit(main())

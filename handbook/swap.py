"""Replaces a folder by a finished new one, so that at every moment a whole one stands at its place."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # Linux: linux/fs.h
_RENAME_SWAP = 2  # macOS: sys/stdio.h


class BuildRunning(Exception):
    """Another build of the same site is at work."""


@contextmanager
def workshop(target: Path) -> Iterator[Path]:
    """An empty folder beside `target` to build in, removed afterwards, and cleared of what a killed build left.

    Raises BuildRunning while another process holds it.
    """
    folder = target.parent / f".{target.name}-work"
    folder.mkdir(parents=True, exist_ok=True)
    lock_file = target.parent / f".{target.name}-lock"
    with lock_file.open("w") as lock:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except OSError as error:
            raise BuildRunning(str(target)) from error
        try:
            _empty(folder)
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def put_in_place(new: Path, target: Path) -> None:
    """Put the folder `new` at `target` in one step of the file system; the old folder is then removed.

    `new` must be on the same file system. Where the system cannot exchange two folders at once, two renames follow
    each other; a build killed exactly between them leaves the old folder beside its place, as `<target>.old`.
    """
    if not target.exists():
        new.rename(target)
        return
    if _exchange(new, target):
        shutil.rmtree(new)
        return
    old = target.with_name(f"{target.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    target.rename(old)
    new.rename(target)
    shutil.rmtree(old)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders atomically; False where the system or file system cannot."""
    library = ctypes.CDLL(ctypes.util.find_library("c"), use_errno=True)
    a, b = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        return bool(library.renamex_np(a, b, _RENAME_SWAP) == 0)
    if hasattr(library, "renameat2"):
        return bool(library.renameat2(_AT_FDCWD, a, _AT_FDCWD, b, _RENAME_EXCHANGE) == 0)
    return False

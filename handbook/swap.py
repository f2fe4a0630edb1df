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


MARK = ".cam-nang"
"""An empty file in every built site: what tells a folder of ours from one that holds somebody's work."""


class BuildRunning(Exception):
    """Another build of the same site is at work."""


class UnsafeFolder(Exception):
    """The folder to build into holds something else than a built site. The message says what, for the editor."""


@contextmanager
def workshop(target: Path, root: Path) -> Iterator[Path]:
    """An empty folder beside `target` to build in, removed afterwards, and cleared of what a killed build left.

    Raises UnsafeFolder where replacing `target` would destroy something, BuildRunning while another process builds it.
    """
    _refuse_unsafe(target, root)
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = target.parent / f".{target.name}-work"
    with (target.parent / f".{target.name}-lock").open("w") as lock:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except OSError as error:
            raise BuildRunning(str(target)) from error
        folder.mkdir(exist_ok=True)
        try:
            _empty(folder)
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _refuse_unsafe(target: Path, root: Path) -> None:
    target = target.parent.resolve() / target.name
    if target.name in {"", "..", "."} or target == root or target in root.parents:
        raise UnsafeFolder(f"{target} chứa cả cẩm nang nguồn")
    inside = target.relative_to(root).parts[0] if target.is_relative_to(root) else ""
    if inside in {"docs", "curriculum", "overrides", "print", "handbook", "tests", "bench", ".git", ".venv"}:
        raise UnsafeFolder(f"{target} nằm trong thư mục nguồn “{inside}”")
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise UnsafeFolder(f"{target} không phải một thư mục")
    if target.is_mount():
        raise UnsafeFolder(f"{target} là ổ đĩa gắn vào máy, không thay một lần được; hãy dựng vào thư mục con của nó")
    default = root / "site"  # git-ignored, and nobody's work is kept there
    if target != default and target.is_dir() and any(target.iterdir()) and not (target / MARK).exists():
        raise UnsafeFolder(f"{target} đang chứa tệp khác, không phải trang đã dựng")


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def put_in_place(new: Path, target: Path) -> None:
    """Put the folder `new` at `target` in one step of the file system; the old folder is then removed.

    `new` must be on the same file system; it gets the mark of a built site. Where the system cannot exchange two
    folders at once, two renames follow each other; a build killed exactly between them leaves the old folder beside
    its place, as `<target>.old`.
    """
    (new / MARK).touch()
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

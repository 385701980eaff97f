"""A folder appears whole or not at all: it is built beside its place and moved there in one step."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from ..errors import ReportError


@contextlib.contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """A folder to build in, beside ``folder``, which takes its place when the block ends well and goes when not.

    Raises:
        ReportError: the place cannot be written, or holds something that is not a report.
    """
    stage: Path | None = None
    lock = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _locked(folder.parent):
            _clear(folder)
            _check_replaceable(folder)
            stage = folder.parent / f".{folder.name}.{os.getpid()}.part"
            stage.mkdir()
            lock = take_lock(stage, wait=False)
        yield stage
        _swap(stage, folder)
    except OSError as problem:
        raise ReportError(
            f"The report cannot be written to {folder}: {problem.strerror or problem}. "
            "Make room, or name another folder with --out."
        ) from None
    finally:
        if stage is not None:
            shutil.rmtree(stage, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def _check_replaceable(folder: Path) -> None:
    """A report may be replaced, an empty folder too; anything else is somebody's work."""
    if not folder.exists():
        return
    index = folder / "index.html"
    ours = index.is_file() and '<meta name="generator" content="toward">' in index.read_text("utf-8", "replace")[:2000]
    if not folder.is_dir() or not (ours or not any(folder.iterdir())):
        raise ReportError(f"{folder} holds something that is not a report. Move it away, or name another folder with --out.")


def _clear(folder: Path) -> None:
    """Remove what killed builds of this report left; what a living one holds is locked and stays."""
    for left in sorted(folder.parent.glob(f".{folder.name}.*")):
        if not re.fullmatch(re.escape(f".{folder.name}.") + r"\d+\.(part|old)", left.name):
            continue
        lock = take_lock(left, wait=False)
        if lock is None:
            continue
        if left.suffix == ".old" and not folder.exists():
            left.rename(folder)
        else:
            shutil.rmtree(left, ignore_errors=True)
        os.close(lock)


def _swap(stage: Path, folder: Path) -> None:
    """Put the stage in the folder's place. Where the system can exchange two names, no moment is without a report."""
    if not folder.exists():
        stage.rename(folder)
    elif not _exchange(stage, folder):
        old = stage.with_suffix(".old")
        folder.rename(old)
        try:
            stage.rename(folder)
        except OSError:
            old.rename(folder)
            raise
        shutil.rmtree(old, ignore_errors=True)


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two names in one step (Linux's ``renameat2``); False where that is not to be had."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    here, exchange = -100, 2
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(here, os.fsencode(first), here, os.fsencode(second), exchange) == 0)


def take_lock(folder: Path, *, wait: bool) -> int | None:
    """Lock a folder for as long as the returned descriptor is open; None where another process holds it."""
    try:
        import fcntl
    except ImportError:
        return None
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    lock = take_lock(folder, wait=True)
    try:
        yield
    finally:
        if lock is not None:
            os.close(lock)

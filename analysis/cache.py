"""Results kept on disk, so that an article is analysed once and every notebook opens what is there.

An entry is JSON behind a line with its own checksum, in a file named after everything the result depends on:
the article's text, the registry, the code of the steps that made it and the versions of the parts they use. Change
one of these and the name changes; damage a file and it is computed again. Nothing here is ever trusted unread.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from .constants import CACHE_DAYS

Value = TypeVar("Value")


def folder() -> Path:
    """Where entries are kept: ``TOWARD_CACHE`` where it is set, else the user's cache folder."""
    if named := os.environ.get("TOWARD_CACHE"):
        return Path(named).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("toward", appauthor=False)


@cache
def code_version(*paths: str) -> str:
    """A digest of some modules, subpackages and resources of this package.

    So a changed step recomputes, and nobody has to remember to count a version up.

    Args:
        places: files and folders below the package: "model.py", "actors", "resources/encoder".

    Raises:
        FileNotFoundError: the package has no such file or folder.
    """
    here = Path(__file__).parent
    digest = hashlib.sha256()
    for relative in paths:
        files = (here / relative).rglob("*") if (here / relative).is_dir() else [here / relative]
        for path in sorted(path for path in files if not path.is_dir() and path.parent.name != "__pycache__"):
            digest.update(path.relative_to(here).as_posix().encode())
            if path.suffix == ".onnx":
                digest.update(f"{path.stat().st_size} {path.stat().st_mtime_ns}".encode())
            else:
                digest.update(path.read_bytes())
    return digest.hexdigest()


_PAUSED: ContextVar[bool] = ContextVar("toward-cache-paused", default=False)


@contextlib.contextmanager
def paused() -> Iterator[None]:
    """Nothing is opened or kept while the block runs: what is analysed once and stored elsewhere must not fill the folder."""
    token = _PAUSED.set(True)
    try:
        yield
    finally:
        _PAUSED.reset(token)


def remember(
    step: str,
    depends: Sequence[str],
    compute: Callable[[], Value],
    *,
    encode: Callable[[Value], Any],
    decode: Callable[[Any], Value],
) -> Value:
    """The result of a step: opened where it is kept and whole, computed and kept where it is not.

    Args:
        step: its name, the first part of the file's name.
        depends: everything the result depends on, as texts.
        compute: makes the result.
        encode: the result as JSON values.
        decode: the way back.

    Returns:
        The result. A folder that cannot be written to costs time, never the result.
    """
    if _PAUSED.get():
        return compute()
    key = hashlib.sha256("\n".join(depends).encode("utf-8", "surrogatepass")).hexdigest()[:32]
    path = folder() / f"{step}-{key}.json"
    stored = _read(path)
    if stored is not None:
        return decode(json.loads(stored))
    value = compute()
    body = json.dumps(encode(value), ensure_ascii=True, separators=(",", ":"))
    with contextlib.suppress(OSError):
        _write(path, hashlib.sha256(body.encode("utf-8")).hexdigest() + "\n" + body)
        _tidy(path.parent)
    return value


def _read(path: Path) -> str | None:
    """What a whole entry holds, which counts as used now; None where there is none or it is damaged."""
    try:
        check, _, body = path.read_text("utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return None
    if hashlib.sha256(body.encode("utf-8")).hexdigest() != check:
        return None
    with contextlib.suppress(OSError):
        os.utime(path)
    return body


@cache
def _tidy(folder: Path) -> None:
    """Once a process, remove what nobody has used for ``CACHE_DAYS``: most of it was made by code that has changed since."""
    oldest = time.time() - CACHE_DAYS * 24 * 3600
    for path in folder.iterdir():
        if _ENTRY.fullmatch(path.name) and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


_ENTRY = re.compile(r"[\w.-]+-[0-9a-f]{32}(\.json|.*\.part)")
"""The name of an entry, or of one that a killed process left half written."""


def _write(path: Path, text: str) -> None:
    """In one step: a reader sees the old file, the new one or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise

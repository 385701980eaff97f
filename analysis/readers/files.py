"""The files that a path stands for: one, a folder's, a pattern's, an archive's, or those of a place that fsspec knows."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from glob import has_magic
from pathlib import Path
from typing import IO, Any, cast

from ..constants import ARCHIVE_MAX_RATIO, FILE_MAX_BYTES
from ..errors import MissingPart, UnreadableArticle, UnreadableCorpus

CORRECTIONS = "actors.toml"
"""The name of the corrections for all articles of a folder, where none are named."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that can be opened.

    Attributes:
        name: its name, in words by which the user finds it.
        open: a function that gives its bytes as a stream.
        problem: (reason, sentence) where it cannot be opened, else None.
        path: its path on this disk; None where it is not on this disk.
    """

    name: str
    open: Callable[[], IO[bytes]]
    problem: tuple[str, str] | None = None
    path: Path | None = None

    @property
    def suffix(self) -> str:
        """Its ending, in small letters, that of a compressed file left out: ".csv" of "a.csv.gz"."""
        return Path(self.name.removesuffix(".gz")).suffix.lower()

    @property
    def stem(self) -> str:
        """Its name without folder and ending."""
        return Path(self.name.removesuffix(".gz")).stem

    def read(self) -> bytes:
        """Its bytes, unpacked.

        Raises:
            UnreadableArticle: there are more than ``FILE_MAX_BYTES``, or they cannot be read.
        """
        try:
            with self.open() as stream:
                raw = stream.read(FILE_MAX_BYTES + 1)
        except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as problem:
            raise UnreadableArticle(f"{self.name} cannot be opened: {problem}.") from None
        if len(raw) > FILE_MAX_BYTES:
            raise UnreadableArticle(f"{self.name} holds more than {FILE_MAX_BYTES // 1_000_000} MB. Cut it into articles.")
        return raw


def stored_files(source: str | Path) -> list[StoredFile]:
    """The files of a path, by name.

    Args:
        source: a file, a folder, a pattern, a zip, or an address that fsspec knows.

    Raises:
        UnreadableCorpus: there is none.
    """
    address = str(source)
    if address.startswith(("http://", "https://")):
        raise UnreadableCorpus(
            f"{address} is an address on the web. Save the page, or fetch it: toward report {address} --fetch"
        )
    if "://" in address:
        return _remote(address)
    path = Path(address).expanduser()
    try:
        if path.is_dir():
            files = list(_folder(path))
        elif path.exists():
            files = [_local(path, path.name)]
        elif has_magic(address):
            root = Path(path.anchor or ".")
            files = [
                _local(match, match.as_posix())
                for match in sorted(root.glob(str(path.relative_to(path.anchor) if path.anchor else path)))
                if match.is_file()
            ]
        else:
            raise UnreadableCorpus(f"There is no file or folder {address[:200]}. Check the spelling of the path.")
    except (OSError, ValueError) as problem:
        raise UnreadableCorpus(f"{address[:200]} cannot be opened: {problem}.") from None
    if not files:
        raise UnreadableCorpus(f"{address} holds no files. Name a folder, a table or an archive with articles.")
    return [file for stored in files for file in (_zipped(stored) if stored.suffix == ".zip" else [stored])]


def _folder(path: Path) -> Iterator[StoredFile]:
    """Every file beneath, by name; links to folders are not followed, hidden files not read."""
    for folder, names, files in os.walk(path):
        names[:] = sorted(name for name in names if not name.startswith("."))
        stems = {Path(name).stem for name in files if not name.endswith(".toml")}
        for name in sorted(files):
            where = Path(folder) / name
            corrects = where.suffix == ".toml" and (name == CORRECTIONS or where.stem in stems)
            if not name.startswith(".") and not corrects:
                yield _local(where, where.relative_to(path).as_posix())


def _local(path: Path, name: str) -> StoredFile:
    try:
        ordinary = path.is_file()
    except OSError:
        ordinary = False
    problem = None if ordinary else ("cannot be opened", f"{name} is no file, or a link that leads nowhere.")
    return StoredFile(name, partial(_open, path), problem, path)


def _open(path: Path) -> IO[bytes]:
    if path.suffix == ".gz":
        import gzip

        return cast(IO[bytes], gzip.open(path))
    return path.open("rb")


def _remote(address: str) -> list[StoredFile]:
    try:
        import fsspec
    except ImportError:
        raise MissingPart(f"{address} needs fsspec. Install it: pip install 'toward[corpus]'") from None
    try:
        system, path = fsspec.core.url_to_fs(address)
        names = sorted(system.glob(path)) if has_magic(path) else sorted(system.find(path))
    except ImportError as problem:
        raise MissingPart(f"{address} needs a package that is not installed: {problem}.") from None
    except (ValueError, OSError, RuntimeError) as problem:
        raise UnreadableCorpus(f"{address} cannot be opened: {problem}.") from None
    if not names:
        raise UnreadableCorpus(f"There is no file or folder {address}. Check the spelling of the path.")
    base = path.rstrip("/") + "/"
    files = [
        StoredFile(
            name.removeprefix(base) if name.startswith(base) else name.rsplit("/", 1)[-1],
            partial(_open_remote, system, name),
        )
        for name in names
        if not system.isdir(name) and not name.rsplit("/", 1)[-1].startswith(".")
    ]
    return [file for stored in files for file in (_zipped(stored) if stored.suffix == ".zip" else [stored])]


def _open_remote(system: Any, name: str) -> IO[bytes]:
    return cast(IO[bytes], system.open(name, "rb", compression="gzip" if name.endswith(".gz") else None))


def _zipped(file: StoredFile) -> list[StoredFile]:
    """The members of an archive; one that is no archive, or unpacks to more than it should, is a problem of its own."""
    try:
        archive = zipfile.ZipFile(file.open())
        members = sorted((m for m in archive.infolist() if not m.is_dir()), key=lambda member: member.filename)
    except (OSError, zipfile.BadZipFile, ValueError) as problem:
        return [StoredFile(file.name, file.open, ("cannot be opened", f"{file.name} is no zip archive: {problem}."), file.path)]
    packed, unpacked = sum(m.compress_size for m in members), sum(m.file_size for m in members)
    if unpacked > FILE_MAX_BYTES and unpacked > ARCHIVE_MAX_RATIO * max(packed, 1):
        detail = f"{file.name} would unpack from {packed:,} to {unpacked:,} bytes, as a zip bomb does. Unpack it yourself."
        return [StoredFile(file.name, file.open, ("a zip bomb", detail), file.path)]
    return [
        StoredFile(
            f"{file.name}/{member.filename}",
            partial(_open_member, archive, member),
            ("an archive in an archive", f"{member.filename} in {file.name} is a zip of its own. Unpack it first.")
            if member.filename.lower().endswith(".zip")
            else ("cannot be opened", f"{member.filename} in {file.name} has a password.")
            if member.flag_bits & 1
            else None,
        )
        for member in members
        if not Path(member.filename).name.startswith(".") and not member.filename.startswith("__MACOSX/")
    ]


def _open_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> IO[bytes]:
    stream: IO[bytes] = archive.open(member)
    if member.filename.endswith(".gz"):
        import gzip

        return cast(IO[bytes], gzip.GzipFile(fileobj=stream))
    return stream

"""Results kept on disk: computed once, recomputed when damaged or when the code changes."""

from __future__ import annotations

import os
import time

import pytest

from analysis import cache
from analysis.constants import CACHE_DAYS


def kept(folder, step):
    (path,) = folder.glob(f"{step}-*.json")
    return path


def add(value, folder=None, **kwargs):
    calls = []
    result = cache.remember("sum", ["a", "b"], lambda: calls.append(1) or value, encode=lambda x: [x], decode=lambda x: x[0])
    return result, len(calls)


def test_computed_once(fresh):
    """The second time it is opened, not computed."""
    assert add(5) == (5, 1)
    assert add(6) == (5, 0)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[:-3],
        lambda text: "",
        lambda text: text.replace("5", "7"),
        lambda text: "0" * 64 + text[64:],
        lambda text: "\x00\x00",
    ],
)
def test_a_damaged_entry_is_computed_again(fresh, damage):
    """Cut off, empty, altered, wrong checksum, garbage; and it is whole again afterwards."""
    add(5)
    path = kept(fresh, "sum")
    path.write_text(damage(path.read_text()))
    assert add(6) == (6, 1)
    assert add(7) == (6, 0)


def test_a_broken_decoder_is_heard(fresh):
    """A whole entry is read by the code that wrote it: what it cannot read is a fault in the code, not in the entry."""
    add(5)

    def decode(data):
        raise KeyError("columns")

    with pytest.raises(KeyError, match="columns"):
        cache.remember("sum", ["a", "b"], lambda: 6, encode=lambda x: [x], decode=decode)


def test_what_nobody_uses_is_removed(fresh):
    """After ``CACHE_DAYS``, when something is written; what was read since stays, and so does any other file."""
    add(5)
    (read,) = fresh.iterdir()
    old = [f"sum-{'0' * 32}.json", f"scores-encoder-{'1' * 32}abc.part"]
    others = ["notes-of-mine.json", "sum.json"]
    for name in [*old, *others]:
        (fresh / name).write_text("")
    for path in fresh.iterdir():
        os.utime(path, (0, time.time() - (CACHE_DAYS + 1) * 24 * 3600))
    cache._tidy.cache_clear()
    add(6)
    cache.remember("new", ["c"], lambda: 1, encode=str, decode=int)
    assert {path.name for path in fresh.iterdir()} == {read.name, kept(fresh, "new").name, *others}


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path, monkeypatch):
    """The result is there all the same."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TOWARD_CACHE", str(tmp_path / "file" / "below"))
    assert add(5) == (5, 1)
    assert add(6) == (6, 1)


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package made by hand, of which code versions are taken."""
    for name, text in (("model.py", "A = 1"), ("tone/clause.py", "B = 1"), ("tone/valence.py", "C = 1")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(cache, "__file__", str(tmp_path / "cache.py"))

    def versions():
        cache.code_version.cache_clear()
        return cache.code_version("model.py"), cache.code_version("tone")

    yield tmp_path, versions
    cache.code_version.cache_clear()


def test_code_version_changes_with_the_code_and_with_nothing_else(package):
    """A byte of a file or of any file of a folder; a new name; not compiled code."""
    folder, versions = package
    model, tone = versions()
    (folder / "tone" / "__pycache__").mkdir()
    (folder / "tone" / "__pycache__" / "clause.pyc").write_bytes(b"compiled")
    assert versions() == (model, tone)
    (folder / "model.py").write_text("A = 2")
    assert versions()[0] != model
    assert versions()[1] == tone
    (folder / "tone" / "valence.py").write_text("C = 2")
    changed = versions()[1]
    assert changed != tone
    (folder / "tone" / "valence.py").rename(folder / "tone" / "vowel.py")
    assert versions()[1] not in (changed, tone)


def test_code_version_knows_a_model_by_size_and_date(package):
    """It is too large to read each time."""
    folder, versions = package
    (folder / "tone" / "model.onnx").write_bytes(b"1")
    before = versions()[1]
    os.utime(folder / "tone" / "model.onnx", (0, 0))
    assert versions()[1] != before


def test_code_version_of_what_is_not_there_is_an_error(package):
    """A misspelt place would leave its code out unseen."""
    with pytest.raises(FileNotFoundError):
        cache.code_version("modle.py")


def test_paused_nothing_is_opened_or_kept(fresh):
    """A corpus is stored elsewhere; after the pause all is as before."""
    assert add(5) == (5, 1)
    with cache.paused():
        assert add(6) == (6, 1)
    assert add(7) == (5, 0)
    assert len(list(fresh.iterdir())) == 1

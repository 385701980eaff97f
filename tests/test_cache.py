"""Results kept on disk: computed once, recomputed when damaged or when the code changes."""

from __future__ import annotations

import json

import pytest

from analysis import cache


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


def test_an_entry_of_another_shape_is_computed_again(fresh):
    """A valid checksum does not make valid content."""
    import hashlib

    add(5)
    body = json.dumps({"not": "a list"})
    kept(fresh, "sum").write_text(hashlib.sha256(body.encode()).hexdigest() + "\n" + body)
    assert add(6) == (6, 1)


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path, monkeypatch):
    """The result is there all the same."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TOWARD_CACHE", str(tmp_path / "file" / "below"))
    assert add(5) == (5, 1)
    assert add(6) == (6, 1)


def test_code_version_changes_with_the_code(tmp_path, monkeypatch):
    """Another source, another name; nobody counts versions up by hand."""
    before = cache.code_version("model.py")
    assert before != cache.code_version("model.py", "errors.py")
    assert before == cache.code_version("model.py")

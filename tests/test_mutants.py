"""How many small changes of the code the tests notice, as ``make mutants`` counted them last."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from tests import mutants

ROOT = Path(__file__).parents[1]
LEAST = 0.85


def test_the_tests_notice_most_changes_of_each_module():
    """At least 85 of 100, in each module that pyproject.toml names."""
    named = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]["only_mutate"]
    found = json.loads(mutants.RESULT.read_text("utf-8"))
    assert sorted(found) == sorted(named)
    assert len(found) >= 5
    assert [module for module, counts in found.items() if counts["noticed"] < LEAST * counts["changes"]] == []


def test_changes_are_counted(tmp_path):
    """A failed or stopped test notices a change; passed tests (0) and none (33) do not. A module without any is left out."""
    folder = tmp_path / "analysis"
    folder.mkdir()
    (folder / "a.py.meta").write_text(json.dumps({"exit_code_by_key": {"one": 1, "two": 0, "three": 33, "four": 36}}), "utf-8")
    (folder / "b.py.meta").write_text(json.dumps({"exit_code_by_key": {}}), "utf-8")
    assert mutants.counted(tmp_path) == {"analysis/a.py": {"changes": 4, "noticed": 2}}
    (folder / "c.py.meta").write_text(json.dumps({"exit_code_by_key": {"one": None}}), "utf-8")
    with pytest.raises(SystemExit, match=r"c.py has changes that were not tried"):
        mutants.counted(tmp_path)

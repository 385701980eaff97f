"""Keys of the cache: each holds every module and every resource that its step uses."""

from __future__ import annotations

import ast
import re
from functools import cache as remembered
from pathlib import Path

import pytest

from analysis import cache
from analysis.model import Cast, Parse
from analysis.study import Study
from tests.build import article

ROOT = Path(__file__).parents[2] / "analysis"
STEPS = {
    "parse": ["language.parse", "readers.text.read_article", "study.stored.encode_parse"],
    "cast": ["actors.linking.find_actors", "study.stored.encode_cast"],
    "sentiment": ["tone.valence.sentiments", "study.stored.encode_cues"],
    "scores-vader": ["tone.scorers.tone_toward", "tone.word_lists.VaderScorer", "study.stored.encode_scores"],
    "scores-encoder": ["tone.scorers.tone_toward", "study.stored.encode_scores"],
    "evidence-encoder": ["tone.scorers.tone_toward", "study.stored.encode_scores"],
    "stances-scores-vader": ["tone.word_lists.VaderScorer", "tone.stances.find_stances", "study.stored.encode_cues"],
}
"""The names of cached results, and the functions that make and write them."""
UNKEYED = {"__init__.py", "cache.py", "resources/template"}
"""What decides no result: what makes the imports of an ``__init__`` lazy, the keeping itself, and how results are shown."""


def file_of(module: str) -> Path:
    """The file of a module of the package, given without the package's name."""
    path = ROOT.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@remembered
def homes(package: Path) -> dict[str, str]:
    """The module behind each name that an ``__init__`` gives."""
    calls = [node for node in ast.walk(ast.parse(package.read_text("utf-8"))) if isinstance(node, ast.Call) and node.keywords]
    return {name: word.arg for call in calls for word in call.keywords for name in ast.literal_eval(word.value).split()}


@remembered
def imported(path: Path) -> frozenset[Path]:
    """The files of this package that a file imports at any depth; behind an ``__init__``, the modules its names come from."""
    package = path.relative_to(ROOT).parent.parts
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            target = [*package[: len(package) - node.level + 1], *(node.module.split(".") if node.module else [])]
            home = file_of(".".join(target)) if target else ROOT / "__init__.py"
            for name in (alias.name for alias in node.names):
                inner = file_of(".".join([*target, name]))
                lazy = home.name == "__init__.py" and target
                found.add(inner if inner.is_file() else home.with_name(f"{homes(home)[name]}.py") if lazy else home)
    return frozenset(found)


def needed(functions: list[str]) -> set[str]:
    """Every file, and every folder of resources, that some functions' modules need, by the imports of their code."""
    waiting = [file_of(name.rpartition(".")[0]) for name in functions]
    files: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path not in files:
            files.add(path)
            waiting += imported(path)
    resources = {
        f"resources/{name}" for path in files for name in re.findall(r'"resources" / "(\w+)"', path.read_text("utf-8"))
    }
    return ({path.relative_to(ROOT).as_posix() for path in files} | resources) - UNKEYED


@pytest.fixture
def keys(monkeypatch) -> dict[str, set[str]]:
    """The places whose code is in the key of each result, collected while a study is asked for everything."""
    found: dict[str, set[str]] = {}
    versions = cache.code_version

    def version(*places: str) -> str:
        return "code of " + " ".join(places) + " " + versions(*places)

    def remember(step, depends, compute, *, encode, decode):
        found[step] = {place for text in depends if text.startswith("code of ") for place in text.split()[2:-1]}
        return {"parse": Parse(study.article, (), (), ()), "cast": None}.get(step, ())

    monkeypatch.setattr(cache, "code_version", version)
    monkeypatch.setattr(cache, "remember", remember)
    study = Study(article("Norway won."), scorer="vader")
    study.parse, study.sentiments  # noqa: B018
    study.cast  # noqa: B018
    vars(study)["cast"] = Cast(study.parse, (), ())
    study.scores, study.stances, study.scores_by("encoder")
    rich = Study(study.article, scorer="encoder", evidence=True)
    vars(rich).update(parse=study.parse, cast=study.cast)
    rich.scores  # noqa: B018
    return found


def test_every_cached_result_is_known_here(keys):
    """A new one needs its line above."""
    assert {step for step in keys if "stances-evidence" not in step} == set(STEPS)


@pytest.mark.parametrize("step", STEPS)
def test_a_key_covers_all_that_its_step_uses(keys, step):
    """A module left out of a key is a change that shows old results."""
    covered = tuple(keys[step])
    left_out = {
        name for name in needed(STEPS[step]) if not any(name == place or name.startswith(f"{place}/") for place in covered)
    }
    assert not left_out


def test_what_a_step_uses_is_found():
    """The walk itself: through ``__init__``, function-level imports and resources."""
    found = needed(["tone.scorers.tone_toward", "tone.word_lists.ClauseScorer"])
    assert {"tone/encoder.py", "tone/clause.py", "discourse/syntax.py", "language.py", "model.py"} <= found
    assert {"resources/encoder", "resources/lexicons"} <= found

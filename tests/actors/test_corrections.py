"""The analyst who overrules the rules: one line moves what it names, a mistake is named."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from analysis.actors import draft_registry, find_actors, registry_line
from analysis.actors.corrections import nearest, read_registry
from analysis.errors import RegistryError
from analysis.model import Cast
from tests.actors.test_linking import NAMES, triples
from tests.strategies import plain_parse

LINES = ["Talks Peter Ilyin met Ada Lovell in Moscow.", "Ilyin praised the budget.", "Russian talks after Moscow."]


def corrected(tmp_path: Path, text: str) -> Cast:
    path = tmp_path / "story.toml"
    path.write_text(text, encoding="utf-8")
    return find_actors(plain_parse(LINES, {**NAMES, "Moscow": "GPE", "Russian": "NORP"}), registry=path)


@pytest.mark.parametrize(
    "text, gone, come",
    [
        ('ignore = ["Ada Lovell"]', [("Ada Lovell", "Ada Lovell")], []),
        ('split = ["Moscow"]', [("Moscow", "Russia")] * 2, [("Moscow", "Moscow")] * 2),
        ('[[actor]]\nname = "Russia"\nnot-aliases = ["Moscow"]', [("Moscow", "Russia")] * 2, []),
        ('[[actor]]\nname = "Russia"\naliases = ["budget"]', [], [("budget", "Russia")]),
        (
            '[[actor]]\nname = "Ada Lovell"\nmerge = ["Peter Ilyin"]',
            [("Peter Ilyin", "Peter Ilyin"), ("Ilyin", "Peter Ilyin")],
            [("Peter Ilyin", "Ada Lovell"), ("Ilyin", "Ada Lovell")],
        ),
        ('[[actor]]\nname = "Budget office"\nkind = "organisation"\naliases = ["budget"]', [], [("budget", "Budget office")]),
    ],
)
def test_one_line_moves_exactly_the_mentions_it_names(tmp_path, text, gone, come):
    """What left and what came, against the same article without the line."""
    before = Counter(t[:2] for t in triples(corrected(tmp_path, "")))
    after = Counter(t[:2] for t in triples(corrected(tmp_path, text)))
    assert before - after == Counter(gone)
    assert after - before == Counter(come)


def test_the_registry_sets_the_kind(tmp_path):
    cast = corrected(tmp_path, '[[actor]]\nname = "Ada Lovell"\nkind = "organisation"')
    assert {actor.name: actor.kind for actor in cast.actors}["Ada Lovell"] == "organisation"


@pytest.mark.parametrize(
    "text, says",
    [
        ('[[actr]]\nname = "Russia"', r"story.toml, line 1: 'actr'.*Did you mean 'actor'\?"),
        ('[[actor]]\nname = "Russia"\nkind = "contry"', r"story.toml, line 3: 'contry' is no kind.*'country'\?"),
        ('[[actor]]\nname = "Russia"\nalias = ["x"]', r"line 3: 'alias' is no word.*'aliases'\?"),
        ('[[actor]]\nname = "Rusia"', r"line 2: 'Rusia' was not found.*'Russia'\?"),
        ('[[actor]]\nname = "Russia"\naliases = ["Mosow"]', r"line 3: 'Mosow' stands nowhere.*'Moscow'\?"),
        ('[[actor]]\nname = "Russia"\nmerge = ["Peter Ilin"]', r"line 3: 'Peter Ilin'.*'Peter Ilyin'\?"),
        ('ignore = ["Ada Lovel"]', r"line 1: 'Ada Lovel'.*'Ada Lovell'\?"),
        ('split = ["Moskow"]', r"line 1: 'Moskow'.*'Moscow'\?"),
        ('[[actor]]\nkind = "person"', r"line 1: an actor has no name"),
        ('ignore = "Moscow"', r"line 1: ignore is a list"),
        ("ignore = [1]", r"line 1: ignore is a list of texts"),
        ('pronouns = "no"', r"line 1: pronouns is true or false"),
        ('\n\nname = "Russia', r"line 3: not valid TOML"),
        ('ignore = ["Moscow"]\nsplit = ["Moscow"]', r"'Moscow' is claimed 2 times"),
        ('[[actor]]\nname = "Russia"\naliases = ["x"]\nnot-aliases = ["x"]', r"both an alias and a not-alias"),
        (
            '[[actor]]\nname = "Russia"\nmerge = ["Ada Lovell"]\n[[actor]]\nname = "Ada Lovell"\nmerge = ["Russia"]',
            r"merged into itself",
        ),
    ],
)
def test_a_mistake_names_the_file_the_line_and_the_nearest_word(tmp_path, text, says):
    with pytest.raises(RegistryError, match=says):
        corrected(tmp_path, text)


def test_a_missing_registry_says_how_to_make_one(tmp_path):
    with pytest.raises(RegistryError, match=r"cannot be opened.*toward actors"):
        read_registry(tmp_path / "none.toml")


def test_a_draft_is_toml_whatever_the_names_hold():
    """Quotes, backslashes and marks of a name are escaped."""
    cast = find_actors(
        plain_parse(['Talks Ada "The Bear" Lovell met Peter Ilyin.'], {'Ada "The Bear" Lovell': "PERSON", **NAMES})
    )
    names = [entry["name"] for entry in tomllib.loads(draft_registry(cast))["actor"]]
    assert names == [actor.name for actor in cast.actors]


def test_nearest_is_none_where_nothing_is_like_it():
    assert nearest("kind", ["kinds", "name"]) == "kinds"
    assert nearest("zzz", ["kinds", "name"]) is None


def test_the_line_for_an_ambiguous_form_is_toml_and_names_its_actor():
    """It can be pasted under the actor it names, whatever the form holds."""
    import tomllib

    from analysis.model import Ambiguity

    line = registry_line(Ambiguity('the "Boss"', 0, 0, 10, ("Ann Lee", "Bo Lee"), "shared"))
    assert tomllib.loads(line) == {"aliases": ['the "Boss"']}
    assert line.endswith('# under name = "Ann Lee"')

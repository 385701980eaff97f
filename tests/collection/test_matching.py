"""One actor under the names of many articles: only where one answer is possible."""

from __future__ import annotations

import pytest

from analysis.collection import ListedName, match_actors
from analysis.errors import RegistryError


def matched(*items, **options):
    """Name to actor, kinds left out where they do not change."""
    found = [
        ListedName(item[0], item[1], item[2] if len(item) > 2 else 1, dict(item[3]) if len(item) > 3 else {}) for item in items
    ]
    return {match.name: match.actor for match in match_actors(found, **options)}


PERSON, BODY = "person", "organisation"


@pytest.mark.parametrize(
    ("names", "actor"),
    [
        ([("Merkel", PERSON), ("Angela Merkel", PERSON)], "Angela Merkel"),
        ([("Bush", PERSON), ("George W. Bush", PERSON)], "George W. Bush"),
        ([("Donald J. Trump", PERSON), ("Donald Trump", PERSON)], "Donald Trump"),
        ([("WHO", BODY), ("World Health Organization", BODY)], "World Health Organization"),
        ([("Senate", BODY), ("U.S. Senate", BODY, 3, {"Senate": 2})], "U.S. Senate"),
        ([("gazprom", BODY), ("Gazprom", BODY, 4)], "Gazprom"),
        ([("The Guardian", BODY), ("Guardian", BODY, 4)], "Guardian"),
        ([("Democrats", "group"), ("Democratic Party", BODY, 2, {"Democrats": 1})], "Democratic Party"),
    ],
)
def test_one_possible_answer_is_taken(names, actor):
    """A surname, a middle initial, an acronym, a form an article gives, a spelling."""
    assert matched(*names)[names[0][0]] == actor


@pytest.mark.parametrize(
    "names",
    [
        [("Bush", PERSON), ("George Bush", PERSON), ("Jeb Bush", PERSON)],
        [("Donald J. Trump", PERSON), ("Donald K. Trump", PERSON), ("Donald Trump", PERSON)],
        [("WHO", BODY), ("World Health Organization", BODY), ("Wild Horse Office", BODY)],
        [("Hale", "place"), ("Emma Hale", PERSON)],
        [("Paris", "place"), ("Paris", PERSON)],
        [("Angela", PERSON), ("Angela Merkel", PERSON)],
        [("Senate", BODY), ("U.S. Senate", BODY, 1, {"Senate": 1}), ("Student Senate", BODY, 1, {"Senate": 1})],
    ],
)
def test_several_possible_answers_are_none(names):
    """Two persons of one surname, two bodies of one acronym, other kinds, a first name: each stays by itself."""
    found = match_actors([ListedName(item[0], item[1], 1, dict(item[3]) if len(item) > 3 else {}) for item in names])
    assert all((match.actor, match.actor_kind) == (match.name, match.kind) for match in found)


def test_a_surname_means_the_person_without_the_initial_too():
    """ "Trump" fits one person, who is written in two ways."""
    found = matched(("Trump", PERSON), ("Donald J. Trump", PERSON), ("Donald Trump", PERSON))
    assert set(found.values()) == {"Donald Trump"}


def test_corrections_win(tmp_path):
    """A merge, an alias, a new kind, a name to ignore, and one that no rule may merge."""
    path = tmp_path / "actors.toml"
    path.write_text(
        'ignore = ["Reuters"]\nsplit = ["Merkel"]\n[[actor]]\nname = "Russia"\nkind = "country"\naliases = ["the Kremlin"]\n'
        'merge = ["Vladimir Putin"]\n'
    )
    names = [("Reuters", BODY), ("Merkel", PERSON), ("Angela Merkel", PERSON), ("Kremlin", BODY), ("Vladimir Putin", PERSON)]
    found = matched(*names, registry=path)
    assert found == {
        "Reuters": None,
        "Merkel": "Merkel",
        "Angela Merkel": "Angela Merkel",
        "Kremlin": "Russia",
        "Vladimir Putin": "Russia",
    }


def test_a_mistake_in_the_corrections_is_said(tmp_path):
    """With the file and the line."""
    (tmp_path / "actors.toml").write_text("nonsense = 1\n")
    with pytest.raises(RegistryError, match="line 1"):
        match_actors([], registry=tmp_path / "actors.toml")


def test_the_order_of_names_does_not_matter():
    """The same matches."""
    names = [ListedName("Merkel", PERSON, 1, {}), ListedName("Angela Merkel", PERSON, 2, {}), ListedName("WHO", BODY, 1, {})]
    assert match_actors(names) == match_actors(names[::-1])

"""What the text says somebody is, beside the name: found as a mention, and never scored."""

from __future__ import annotations

import pytest

from analysis.actors import find_actors
from analysis.actors.gazetteer import is_body, is_human
from analysis.language import parse
from analysis.model import STATED_RULE
from analysis.readers import read_text
from analysis.tone.scorers import scorer_inputs

pipeline = [pytest.mark.slow, pytest.mark.xdist_group("pipeline")]


def test_nouns_are_persons_bodies_or_neither():
    """A word that the list holds for both is a person's: "member"."""
    words = ("minister", "spokesmen", "member", "company", "giant", "agencies")
    assert [word for word in words if is_human(word)] == ["minister", "spokesmen", "member"]
    assert [word for word in words if is_body(word)] == ["company", "giant", "agencies"]


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
@pytest.mark.parametrize(
    "text, expected",
    [
        ("Anna Lind, the mayor of Bergen, left.", [("mayor", "Anna Lind")]),
        ("The mayor, Anna Lind, left.", [("mayor", "Anna Lind")]),
        ("The president of Norland Energy, Paul Dahl, left.", [("president", "Paul Dahl")]),
        ("Anna Lind is a lawyer and former judge.", [("lawyer", "Anna Lind"), ("judge", "Anna Lind")]),
        ("Tom Birch, who was a minister, left.", [("minister", "Tom Birch")]),
        ("Anna Lind left. She was a judge.", [("judge", "Anna Lind")]),
        ("Anna Lind served as mayor.", [("mayor", "Anna Lind")]),
        ("Anna Lind worked as a teacher.", [("teacher", "Anna Lind")]),
        ("Tom Birch met his wife, Jane Holt.", [("wife", "Jane Holt")]),
        ("The power company, Hydrona, raised prices.", [("company", "Hydrona")]),
        ("Anna Lind is one of the founders.", [("one", "Anna Lind")]),
        ("Anna Lind is a professor emeritus at Oslo.", [("professor", "Anna Lind")]),
        ("They met judge and author Anna Lind.", [("judge", "Anna Lind"), ("author", "Anna Lind")]),
        ("Staff at the Halden Tribune newspaper wept.", [("newspaper", "Halden Tribune")]),
        ("Staff at the Halden Tribune board wept.", []),
        ("Anna Lind is one of a kind.", []),
        ("They met the judge Anna Lind appointed.", []),
        ("Anna Lind is not a lawyer.", []),
        ("Anna Lind is no friend of Norway.", []),
        ("Anna Lind would be a fine mayor.", []),
        ("Rep. Dan Porter, wife charged with fraud", []),
        ("Anna Lind described Tom Birch as a liar.", []),
        ("He was an aide to the publisher, Anna Lind.", []),
        ("We owe it to the president,” Anna Lind, 40, said.", []),
        ("Anna Lind saw the bad blood Tom Birch caused.", []),
    ],
)
def test_what_is_stated_beside_a_name(text, expected):
    """Appositions, "is", "who was", "as"; nothing denied, only thought of, or said of somebody else."""
    cast = find_actors(parse(read_text(text + "\n")))
    assert [(cast.parse.text_of(m), m.actor.name) for m in cast.mentions if m.rule == STATED_RULE] == expected


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_a_statement_is_not_scored_and_stays_a_word_of_the_sentence():
    """ "liar" is what the scorer has to read: it is hidden neither as Anna Lind's place nor as another's."""
    text = "Anna Lind is a liar."
    cast = find_actors(parse(read_text(text + "\n")))
    assert [(cast.parse.text_of(m), m.form, m.scored) for m in cast.mentions] == [
        ("Anna Lind", "name", True),
        ("liar", "role", False),
    ]
    sentences, spans, also, others = scorer_inputs(cast)
    assert (spans, also, others) == ([(0, 9), (0, 9)], [[], []], [[], []])
    assert len(sentences) == 2

"""Hedges: their scope, and the certainty they leave."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.discourse import Hedge, certainties, certainty_profile, find_attributions, find_hedges
from analysis.discourse.hedges import certainty
from tests.discourse.by_hand import SAID, by_hand, parsed

hedges_of = st.builds(
    Hedge,
    st.just(0),
    st.just(1),
    st.sampled_from(["modal", "evidential", "approximator", "attribution", "conditional"]),
    st.floats(0, 0.9),
    st.lists(st.tuples(st.integers(0, 20), st.integers(21, 40)), min_size=1, max_size=2).map(tuple),
)


@given(st.lists(hedges_of, min_size=1, max_size=6), st.data())
def test_removing_a_hedge_never_lowers_certainty(hedges: list[Hedge], data: st.DataObject) -> None:
    """At any span, and it stays in (0, 1]."""
    span = data.draw(st.tuples(st.integers(0, 30), st.integers(31, 40)))
    gone = data.draw(st.sampled_from(range(len(hedges))))
    whole = certainty(hedges, span)
    assert 0 < whole <= certainty(hedges[:gone] + hedges[gone + 1 :], span) <= 1


@given(st.lists(hedges_of, max_size=6), st.lists(st.integers(0, 42), min_size=2, max_size=8, unique=True).map(sorted))
def test_many_certainties_are_what_each_would_be(hedges: list[Hedge], edges: list[int]) -> None:
    """Spans in reading order, at once and one by one."""
    spans = list(pairwise(edges))
    assert certainties(hedges, spans) == pytest.approx([certainty(hedges, span) for span in spans])


def test_certainty_multiplies_what_each_hedge_leaves() -> None:
    """Two hedges that bear on the span and one that does not: 0.6 * 0.5 = 0.3."""
    hedges = [
        Hedge(0, 3, "modal", 0.4, ((0, 20),)),
        Hedge(5, 9, "evidential", 0.5, ((4, 12),)),
        Hedge(25, 27, "modal", 0.9, ((25, 30),)),
    ]
    assert certainty(hedges, (8, 10)) == pytest.approx(0.6 * 0.5)
    assert certainty([], (8, 10)) == 1.0


@pytest.mark.slow
def test_hedges_and_their_scope() -> None:
    """may hedges the deployment, not the visit; the profile has a value a sentence."""
    text = "Lavrov arrived in Seoul. North Korea may send about 500 soldiers. Reports suggest that Iran agreed.\n"
    parse = parsed(text)
    hedges = find_hedges(parse, find_attributions(parse))
    assert {hedge.kind for hedge in hedges} >= {"modal", "approximator", "evidential"}
    korea, lavrov = text.index("North"), text.index("Lavrov")
    assert certainty(hedges, (korea, korea + 11)) < certainty(hedges, (lavrov, lavrov + 6)) == 1.0
    profile = certainty_profile(parse, hedges)
    assert profile[0][1] == 1.0
    assert all(0 < value <= 1 for _, value in profile)


@pytest.mark.parametrize(
    ("verb", "lemma", "doubt"),
    [("said", "say", 0.1), ("confirmed", "confirm", 0.05), ("claimed", "claim", 0.3), ("alleged", "allege", 0.3)],
)
def test_a_report_takes_certainty_by_its_verb(verb: str, lemma: str, doubt: float) -> None:
    """Lavrov said that talks failed: a report leaves 1 - 0.1 of its content's certainty, and all of the narrator's words."""
    parse = by_hand([SAID[0], (verb, lemma, *SAID[1][2:]), *SAID[2:]])
    (hedge,) = find_hedges(parse, find_attributions(parse))
    text = parse.article.text
    assert (hedge.kind, text[hedge.start : hedge.end]) == ("attribution", verb)
    assert certainty([hedge], (text.index("talks"), text.index("failed"))) == pytest.approx(1 - doubt)
    assert certainty([hedge], (0, 6)) == 1.0

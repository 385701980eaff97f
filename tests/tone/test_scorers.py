"""Scorers by name, probabilities, evidence that adds up, and errors that name the index."""

from __future__ import annotations

import pytest

from analysis import score_targets, tone_toward
from analysis.errors import ScorerError, SpanError
from analysis.model import Actor
from tests.build import cast

pytestmark = pytest.mark.xdist_group("pipeline")


def tone(sentence: str, name: str, scorer: str = "clause") -> float:
    start = sentence.index(name)
    row = score_targets([sentence], [(start, start + len(name))], scorer=scorer)[0]
    return float(row[2] - row[0])


def test_vader_is_one_number_for_the_whole_sentence():
    """Everyone in a sentence gets the same tone, which is why there are other scorers."""
    sentence = "Norway praised Sweden."
    assert tone(sentence, "Norway", "vader") == tone(sentence, "Sweden", "vader") > 0


@pytest.mark.parametrize("scorer", ["vader"])
def test_rows_are_probabilities(scorer: str):
    """Shape (n, 3), each row sums to 1; no input, no rows."""
    rows = score_targets(["Norway won.", "A bad day for Norway."], [(0, 6), (14, 20)], scorer=scorer)
    assert rows.shape == (2, 3)
    assert rows.sum(axis=1) == pytest.approx(1)
    assert score_targets([], [], scorer=scorer).shape == (0, 3)


@pytest.mark.parametrize(
    "sentences, spans, says",
    [
        (["Norway won."], [(0, 99)], r"spans\[0\].*outside"),
        (["Norway won.", "Norway won."], [(0, 6), (3, 3)], r"spans\[1\].*empty"),
        (["Norway won."], [], "1 sentences but 0 spans"),
        (["Norway won."], [(-1, 3)], "outside"),
        (["Norway won."], [(0.5, 3)], "whole numbers"),
        (["Norway won."], ["ab"], "whole numbers"),
        ([None], [(0, 1)], r"sentences\[0\] is NoneType"),
        ("Norway won.", [(0, 6)], "list"),
    ],
)
def test_a_span_that_does_not_fit_is_named(sentences, spans, says):
    """The index and the value are in the message."""
    with pytest.raises(SpanError, match=says):
        score_targets(sentences, spans, scorer="vader")


def test_an_unknown_scorer_names_the_nearest():
    """And all there are."""
    with pytest.raises(ScorerError, match=r"Did you mean 'vader'\?.*'clause'"):
        score_targets(["Norway won."], [(0, 6)], scorer="vadr")


def test_scores_keep_their_evidence():
    """Probabilities sum to 1, cues to the tone; nothing charged is None, not zero."""
    found = cast("Norway was a brave and honest friend.\n\nNorway has borders.", [Actor("Norway", "country")])
    charged, silent = tone_toward(found, scorer="vader", evidence=True)
    assert charged.negative + charged.neutral + charged.positive == pytest.approx(1)
    assert sum(cue.contribution for cue in charged.cues) == pytest.approx(charged.tone, abs=1e-6)
    assert charged.tone > 0
    assert silent.tone is None
    assert silent.cues == ()

"""VADER's number, with the words that made it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from analysis.tone import sentiments, valence
from analysis.tone.valence import charges, normalise
from tests.build import parsed

PLAIN = [
    "The minister is not good, but the plan is GREAT!!!",
    "A kind of victory for the very brave rescuers?",
    "They never so much as apologised for the horrible attack.",
    "He won 😀 and lost :(",
    "At least the truce holds, without doubt.",
]

VADERS = (
    "good bad great horrible no nor or not never so this without doubt at least but very hardly kind of the bomb to die for "
    "beating heart yeah right a man GREAT isn't house"
).split()
"""Words that VADER's rules ask for, charged ones, and others."""
ANALYSER = SentimentIntensityAnalyzer()


@pytest.mark.parametrize("text", PLAIN)
def test_sum_is_vaders_compound(text: str):
    """normalise(sum of valences) is the package's own compound, which it rounds to four places."""
    compound = SentimentIntensityAnalyzer().polarity_scores(text)["compound"]
    assert normalise(sum(charge.valence for charge in charges(text))) == pytest.approx(compound, abs=5e-5)


@given(st.lists(st.sampled_from(VADERS), min_size=1, max_size=14))
def test_any_words_sum_to_vaders_compound(words: list[str]):
    """Each of the rules looks at a few words beside a charged one, so that what stands further away changes nothing."""
    compound = ANALYSER.polarity_scores(" ".join(words))["compound"]
    assert normalise(sum(charge.valence for charge in charges(" ".join(words)))) == pytest.approx(compound, abs=6e-5)


def test_charges_are_words_of_the_text():
    """Offsets slice back to the word, without the quotation marks around it."""
    text = "He spoke of “terrible losses”—and of hope."
    assert [text[charge.start : charge.end] for charge in charges(text)] == ["terrible", "losses", "hope"]


def test_a_curly_apostrophe_negates_like_a_straight_one():
    """ "isn’t good" and "isn't good" are the same words."""
    curly, straight = charges("It isn’t good."), charges("It isn't good.")
    assert [charge.valence for charge in curly] == [charge.valence for charge in straight]
    assert curly[0].valence < 0


def test_silence_is_not_zero():
    """No charged word: None. Charged words that balance: about 0, with both cues."""
    silent, balanced = sentiments(parsed("The train left at noon\n\nA good bad day."))
    assert silent.valence is None
    assert silent.cues == ()
    assert balanced.valence is not None
    assert len(balanced.cues) == 2


def test_cues_sum_to_the_valence():
    """To 1e-6, on every sentence, and lie inside it."""
    for item in sentiments(parsed("\n\n".join(PLAIN))):
        assert sum(cue.contribution for cue in item.cues) == pytest.approx(item.valence, abs=1e-6)
        assert all(item.sentence.start <= cue.start < cue.end <= item.sentence.end for cue in item.cues)


def test_mirrored_lexicon_flips_every_sentence(monkeypatch):
    """With every word's valence negated, every sentence's valence is negated."""
    texts = ["A brave rescue.", "A horrible attack and a small hope.", "Not a good sign."]
    before = [normalise(sum(charge.valence for charge in charges(text))) for text in texts]
    analyser = valence._analyser()
    monkeypatch.setattr(analyser, "lexicon", {word: -value for word, value in analyser.lexicon.items()})
    after = [normalise(sum(charge.valence for charge in charges(text))) for text in texts]
    assert after == pytest.approx([-value for value in before], abs=0.02)


@given(st.text())
def test_any_text_is_scored_without_error(text: str):
    """Spans stay inside the text."""
    for charge in charges(text):
        assert 0 <= charge.start < charge.end <= len(text)

"""stance.py: scorers by name, probabilities, evidence that adds up, and errors that name the index."""

from __future__ import annotations

import numpy as np
import pytest

from analysis import score_targets, tone_toward
from analysis.errors import ScorerError, SpanError
from analysis.model import Actor
from analysis.stance import SCORERS, clause_charges, parsed
from tests.build import cast

pytestmark = pytest.mark.xdist_group("pipeline")


def tone(sentence: str, name: str, scorer: str = "clause") -> float:
    start = sentence.index(name)
    row = score_targets([sentence], [(start, start + len(name))], scorer=scorer)[0]
    return float(row[2] - row[0])


def words(sentence: str, name: str) -> list[str]:
    start = sentence.index(name)
    found = clause_charges(sentence, parsed([sentence])[0], (start, start + len(name)))
    return [sentence[charge.start : charge.end] for charge in found]


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
    charged, silent = tone_toward(found, scorer="vader")
    assert charged.negative + charged.neutral + charged.positive == pytest.approx(1)
    assert sum(cue.push for cue in charged.cues) == pytest.approx(charged.tone, abs=1e-6)
    assert charged.tone > 0
    assert silent.tone is None
    assert silent.cues == ()


@pytest.mark.slow
class TestClause:
    """The words that bear on the target by the parse."""

    def test_a_speaker_is_not_the_target_of_what_it_says(self):
        """The report's words are about Sweden."""
        sentence = "Norway said that Sweden failed its horrible test."
        assert words(sentence, "Norway") == []
        assert words(sentence, "Sweden") == ["failed", "horrible"]

    def test_according_to_names_a_speaker(self):
        """Neither is the source of a report."""
        assert words("According to Norway, the attack was horrible.", "Norway") == []

    def test_subject_and_object_share_their_verb(self):
        """Who does the deed and who undergoes it."""
        sentence = "Norway attacked Sweden."
        assert words(sentence, "Norway") == words(sentence, "Sweden") == ["attacked"]

    def test_another_clause_does_not_bear_on_the_target(self):
        """Two clauses, two subjects."""
        sentence = "Norway saved the truce, but Sweden suffered terrible losses."
        assert words(sentence, "Norway") == ["saved"]
        assert words(sentence, "Sweden") == ["suffered", "terrible", "losses"]

    def test_words_of_names_do_not_count(self):
        """ "United" is no praise of the United States."""
        assert words("The United States met Norway.", "United States") == []
        assert words("The United States met Norway.", "Norway") == []

    def test_swapping_two_names_swaps_their_scores(self):
        """The names themselves carry nothing."""
        one, two = "Norway praised the brave Sweden.", "Sweden praised the brave Norway."
        assert tone(one, "Norway") == tone(two, "Sweden")
        assert tone(one, "Sweden") == tone(two, "Norway")

    def test_a_sentence_scores_the_same_whatever_stands_beside_it(self):
        """Alone or among others."""
        sentence = "A horrible day for Norway."
        alone = score_targets([sentence], [(19, 25)], scorer="clause")
        among = score_targets(["It won.", sentence, "A great day for Norway."], [(0, 2), (19, 25), (16, 22)], scorer="clause")
        assert np.array_equal(alone[0], among[1])

    def test_article_and_sentence_agree(self, seed):
        """tone_toward on the article gives what score_targets gives on its sentences."""
        text = seed.article.text
        scores = seed.scores_by("clause")
        sentences = [text[s.mention.sentence.start : s.mention.sentence.end] for s in scores]
        spans = [(s.mention.start - s.mention.sentence.start, s.mention.end - s.mention.sentence.start) for s in scores]
        rows = score_targets(sentences, spans, scorer="clause")
        assert rows == pytest.approx(np.array([(s.negative, s.neutral, s.positive) for s in scores]))

    @pytest.mark.parametrize("scorer", SCORERS)
    def test_evidence_adds_up_on_the_seed(self, seed, scorer):
        """Every scorer, every mention: probabilities to 1, cues to the tone, both to 1e-6."""
        for score in seed.scores_by(scorer):
            assert score.negative + score.neutral + score.positive == pytest.approx(1, abs=1e-6)
            if score.tone is not None:
                assert sum(cue.push for cue in score.cues) == pytest.approx(score.tone, abs=1e-6)
                assert all(
                    score.mention.sentence.start <= cue.start < cue.end <= score.mention.sentence.end for cue in score.cues
                )

    def test_a_long_text_gets_scores_without_words(self, seed, monkeypatch):
        """Above the limit each score is one cue on its mention, and the scores are the same."""
        whole = seed.scores_by("encoder")
        monkeypatch.setattr("analysis.stance.EVIDENCE_MAX", 3)
        bare = tone_toward(seed.cast, scorer="encoder")
        assert [score.tone for score in bare] == pytest.approx([score.tone for score in whole], abs=1e-6)
        assert all([(cue.start, cue.end) for cue in s.cues] == [(s.mention.start, s.mention.end)] for s in bare)

"""The clause scorer: what bears on whom."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis import score_targets, tone_toward
from analysis.tone import scorer_names
from analysis.tone.clause import clause_charges, parsed
from tests.tone.test_scorers import tone

pytestmark = pytest.mark.xdist_group("pipeline")


def words(sentence: str, name: str) -> list[str]:
    start = sentence.index(name)
    found = clause_charges(sentence, parsed([sentence])[0], (start, start + len(name)))
    return [sentence[charge.start : charge.end] for charge in found]


@pytest.mark.slow
class TestClause:
    """The words that bear on the target by the parse."""

    def test_a_speaker_is_not_the_target_of_what_it_says(self):
        """The report's words are about Sweden."""
        sentence = "Norway said that Sweden had a bad and horrible day."
        assert words(sentence, "Norway") == []
        assert words(sentence, "Sweden") == ["bad", "horrible"]

    def test_according_to_names_a_speaker(self):
        """Neither is the source of a report."""
        assert words("According to Norway, the attack was horrible.", "Norway") == []

    def test_subject_and_object_share_their_verb(self):
        """Who does the event and who undergoes it."""
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
        """tone_toward on the article gives what score_targets gives on its sentences, but where an actor only speaks."""
        text = seed.article.text
        scores = [found for found in seed.scores_by("clause") if not found.reason]
        sentences = [text[s.mention.sentence.start : s.mention.sentence.end] for s in scores]
        spans = [(s.mention.start - s.mention.sentence.start, s.mention.end - s.mention.sentence.start) for s in scores]
        rows = score_targets(sentences, spans, scorer="clause")
        assert rows == pytest.approx(np.array([(s.negative, s.neutral, s.positive) for s in scores]))

    @pytest.mark.parametrize("scorer", scorer_names())
    def test_evidence_adds_up_on_the_seed(self, seed, scorer):
        """Every scorer, every mention: probabilities to 1, cues to the tone, both to 1e-6."""
        for found in tone_toward(seed.cast, scorer=scorer, evidence=True):
            assert found.negative + found.neutral + found.positive == pytest.approx(1, abs=1e-6)
            if found.tone is not None:
                assert sum(cue.contribution for cue in found.cues) == pytest.approx(found.tone, abs=1e-6)
                assert all(
                    found.mention.sentence.start <= cue.start < cue.end <= found.mention.sentence.end for cue in found.cues
                )

    def test_a_long_text_gets_scores_without_words(self, seed, monkeypatch):
        """Above the limit no cues are given, and the scores are the same."""
        monkeypatch.setattr("analysis.tone.scorers.EVIDENCE_MAX", 3)
        bare = tone_toward(seed.cast, evidence=True)
        assert [score.tone for score in bare] == [score.tone for score in seed.scores_by("encoder")]
        assert all(score.cues is None for score in bare)

    def test_evidence_only_when_asked(self, seed, monkeypatch):
        """Scores alone never work out words, and are the same as those with words."""
        asked = tone_toward(seed.cast, evidence=True)
        monkeypatch.setattr("analysis.tone.occlusion.target_cues", lambda *_, **__: pytest.fail("words were worked out"))
        for scorer in scorer_names():
            assert all(score.cues is None for score in tone_toward(seed.cast, scorer=scorer))
        assert tone_toward(seed.cast) == [replace(score, cues=None) for score in asked]

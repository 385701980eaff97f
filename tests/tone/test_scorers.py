"""stance.py: scorers by name, probabilities, evidence that adds up, and errors that name the index."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis import find_actors, parse, read_article, score_targets, tone_toward
from analysis.errors import ScorerError, SpanError
from analysis.estimates import voice_parts
from analysis.model import Actor, Stance
from analysis.tone import SCORERS, find_stances, positions
from analysis.tone import scorers as stance
from analysis.tone.scorers import clause_charges, parsed
from tests.build import cast, score

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
        sentence = "Norway said that Sweden had a bad and horrible day."
        assert words(sentence, "Norway") == []
        assert words(sentence, "Sweden") == ["bad", "horrible"]

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
        for found in seed.scores_by(scorer):
            assert found.negative + found.neutral + found.positive == pytest.approx(1, abs=1e-6)
            if found.tone is not None:
                assert sum(cue.push for cue in found.cues) == pytest.approx(found.tone, abs=1e-6)
                assert all(
                    found.mention.sentence.start <= cue.start < cue.end <= found.mention.sentence.end for cue in found.cues
                )

    def test_a_long_text_gets_scores_without_words(self, seed, monkeypatch):
        """Above the limit each score is one cue on its mention, and the scores are the same."""
        whole = seed.scores_by("encoder")
        monkeypatch.setattr("analysis.tone.scorers.EVIDENCE_MAX", 3)
        bare = tone_toward(seed.cast, scorer="encoder")
        assert [score.tone for score in bare] == pytest.approx([score.tone for score in whole], abs=1e-6)
        assert all([(cue.start, cue.end) for cue in s.cues] == [(s.mention.start, s.mention.end)] for s in bare)


class TestStances:
    """Who stands where on whom."""

    ACTORS = (Actor("Norway", "country"), Actor("Sweden", "country"))

    def stances(self, text: str, *voices: str, monkeypatch) -> list[tuple]:
        """Voice stances on a text whose mentions are scored 0.5, -0.5, 0.5, ... in the voices given."""
        monkeypatch.setattr(stance, "_pair_stances", lambda cast: iter(()))
        found = cast(text, self.ACTORS)
        tones = [0.5 if at % 2 == 0 else -0.5 for at in range(len(found.mentions))]
        scores = [replace(score(m, t), voice=v) for m, t, v in zip(found.mentions, tones, voices, strict=True)]
        return [(s.by, s.target.name, s.tone, s.sentence.index) for s in find_stances(found, scores)]

    def test_a_view_needs_a_holder_and_another_target(self, monkeypatch):
        """The narrator and actors hold views; unnamed sources hold none here; nobody holds one of himself."""
        text = "Norway met Sweden.\n\nNorway met Sweden."
        found = self.stances(text, "narrator", "Norway", "Norway", "officials", monkeypatch=monkeypatch)
        assert found == [("narrator", "Norway", 0.5, 0), ("Norway", "Sweden", -0.5, 0)]

    def test_mentions_of_one_sentence_are_one_stance(self, monkeypatch):
        """0.5 and -0.5 in one voice make 0; the cues' pushes still sum to it."""
        found = self.stances("Norway and Norway.", "Sweden", "Sweden", monkeypatch=monkeypatch)
        assert found == [("Sweden", "Norway", 0.0, 0)]

    def test_a_position_weighs_sentences_not_kinds_of_evidence(self):
        """Sentence 1 says -1 twice and -0.4 once (mean -0.8), sentence 2 says 0.2: (-0.8 + 0.2) / 2 = -0.3."""
        found = cast("Norway met Sweden.\n\nNorway met Sweden.", self.ACTORS)
        one, two = found.parse.sentences
        norway, sweden = self.ACTORS
        given = [(one, -1.0, "voice"), (one, -1.0, "deed"), (one, -0.4, "pair"), (two, 0.2, "pair")]
        rows = [Stance(norway, sweden, tone, sentence, (), basis) for sentence, tone, basis in given]
        (position,) = positions(rows)
        assert position.tone == pytest.approx((-0.8 + 0.2) / 2)
        assert [sentence.index for sentence in position.sentences] == [0, 1]
        assert position.by == "Norway"

    def test_the_seed_shows_what_its_readers_know(self, seed):
        """Trump is against Putin, the United States against Russia; and Lavrov, by his own statements, is against nobody."""
        held = {(item.by, item.target.name): item for item in seed.positions}
        assert held["Donald Trump", "Vladimir Putin"].tone < -0.3
        assert held["United States", "Russia"].tone < -0.3
        assert held["Donald Trump", "Vladimir Putin"].sentences
        assert not any(by == target for by, target in held)
        said = [
            score for score in seed.scores if score.voice == "Sergey Lavrov" and score.mention.actor.name != "Sergey Lavrov"
        ]
        assert said
        assert all(score.negative < score.neutral for score in said)
        assert all(item.tone > -0.25 for (by, _), item in held.items() if by == "Sergey Lavrov")

    def test_every_score_of_the_seed_has_a_voice_and_a_certainty(self, seed):
        """And the voices' parts sum to the mean of each actor that has one."""
        assert all(score.voice and 0 < score.certainty <= 1 for score in seed.scores)
        for item in seed.series:
            if item.estimate.value is not None:
                pushes = sum(part.push for part in voice_parts(seed.parse, item.points))
                assert pushes == pytest.approx(item.estimate.value, abs=1e-6)

    def test_stances_survive_the_cache(self, seed):
        """Written to JSON and read again, they are the same."""
        from analysis import open_article
        from analysis.study import seed_path

        assert open_article(seed_path()).stances == seed.stances

    def test_swapping_two_names_swaps_holder_and_target(self):
        """Deeds and pairs know places, not names."""
        one = self.found("Norway attacked Sweden at dawn.")
        other = self.found("Sweden attacked Norway at dawn.")
        swap = {"Norway": "Sweden", "Sweden": "Norway", "narrator": "narrator"}
        assert one == {(swap[by], swap[target], basis): tone for (by, target, basis), tone in other.items()}
        assert one["Norway", "Sweden", "deed"] < 0

    def found(self, sentence: str) -> dict[tuple, float]:
        """Tones to three places by holder, target and basis, of an article of one sentence."""
        who = find_actors(parse(read_article(f"Talks in the north\n\n{sentence}\n")))
        stances = find_stances(who, tone_toward(who, scorer="clause"))
        return {(s.by, s.target.name, s.basis): round(s.tone, 3) for s in stances}

"""Stances: who holds what toward whom, by which evidence, and what they add up to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis import find_actors, parse, read_text, tone_toward
from analysis.estimates import voice_parts
from analysis.model import Actor, Stance
from analysis.tone import find_stances, positions, stances
from tests.build import cast, score

pytestmark = pytest.mark.xdist_group("pipeline")


class TestStances:
    """Who stands where on whom."""

    ACTORS = (Actor("Norway", "country"), Actor("Sweden", "country"))

    def stances(self, text: str, *voices: str, monkeypatch) -> list[tuple]:
        """Voice stances on a text whose mentions are scored 0.5, -0.5, 0.5, ... in the voices given."""
        monkeypatch.setattr(stances, "_pair_stances", lambda cast: iter(()))
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
        held = {(item.by, item.target.name): item for item in seed.standpoints}
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

        assert open_article(seed_path(), evidence=True).stances == seed.stances

    def test_swapping_two_names_swaps_holder_and_target(self):
        """Deeds and pairs know places, not names."""
        one = self.found("Norway attacked Sweden at dawn.")
        other = self.found("Sweden attacked Norway at dawn.")
        swap = {"Norway": "Sweden", "Sweden": "Norway", "narrator": "narrator"}
        assert one == {(swap[by], swap[target], basis): tone for (by, target, basis), tone in other.items()}
        assert one["Norway", "Sweden", "deed"] < 0

    def found(self, sentence: str) -> dict[tuple, float]:
        """Tones to three places by holder, target and basis, of an article of one sentence."""
        who = find_actors(parse(read_text(f"Talks in the north\n\n{sentence}\n")))
        stances = find_stances(who, tone_toward(who, scorer="clause"))
        return {(s.by, s.target.name, s.basis): round(s.tone, 3) for s in stances}

"""Three states, distinct evidence, and no summary from too little."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.estimates import tone_series, voice_parts
from analysis.estimates.intervals import mean_tone
from analysis.model import Actor
from tests.build import cast, score

NORWAY, SWEDEN = Actor("Norway", "country"), Actor("Sweden", "country")


def test_three_states_are_kept_apart():
    """Scored, named with nothing to score, not mentioned."""
    found = cast("Norway won.\n\nNorway met Sweden.\n\nIt rained.", [NORWAY, SWEDEN])
    tones = {0: 0.5, 1: None}
    scores = [score(m, tones[m.sentence.index] if m.actor is NORWAY else None) for m in found.mentions]
    norway, sweden = tone_series(found, scores)
    assert [point.state for point in norway.points] == ["scored", "unscored", "absent"]
    assert [point.tone for point in norway.points] == [0.5, None, None]
    assert [point.state for point in sweden.points] == ["absent", "unscored", "absent"]
    assert (norway.mention_count, norway.scored_count) == (2, 1)


def test_two_mentions_in_a_sentence_are_one_point():
    """Their mean: (0.2 + 0.6) / 2."""
    found = cast("Norway is Norway.\n\nEnd.", [NORWAY])
    (series,) = tone_series(found, [score(m, tone) for m, tone in zip(found.mentions, (0.2, 0.6), strict=True)])
    assert series.points[0].tone == pytest.approx((0.2 + 0.6) / 2)


def test_a_repeated_sentence_is_not_new_evidence():
    """Twelve times the same sentence is n = 1, and so too few."""
    found = cast("\n\n".join(["Norway failed again."] * 12), [NORWAY])
    (series,) = tone_series(found, [score(m, -0.8) for m in found.mentions])
    assert series.estimate.n == 1
    assert series.estimate.value is None
    assert series.scored_count == 12


def test_a_silent_sentence_changes_only_positions():
    """The estimate of an article and of the same article with a sentence about nobody."""
    text = "Norway a.\n\nNorway b.\n\nNorway c.\n\nNorway d.\n\nNorway e."
    tones = [0.1, 0.2, -0.3, 0.4, 0.5]
    plain, longer = cast(text, [NORWAY]), cast("It rained.\n\n" + text, [NORWAY])
    one, two = (
        tone_series(found, [score(m, tone) for m, tone in zip(found.mentions, tones, strict=True)])[0]
        for found in (plain, longer)
    )
    assert one.estimate == two.estimate
    assert [point.tone for point in two.points][1:] == [point.tone for point in one.points]
    assert mean_tone(longer.parse, two.points) == two.estimate


VOICED = st.lists(
    st.tuples(st.none() | st.floats(-1, 1), st.sampled_from(["narrator", "Sweden", "officials"])), min_size=1, max_size=9
)


@given(VOICED)
def test_voices_sum_to_the_whole(said):
    """Two mentions a sentence, in any voice: shares sum to 1, contributions to the mean over sentences, to 1e-6."""
    found = cast("\n\n".join(f"Norway and Norway {n}." for n in range(len(said))), [NORWAY])
    scores = [replace(score(m, said[at // 2][0]), voice=said[at // 2 - at % 2][1]) for at, m in enumerate(found.mentions)]
    (series,) = tone_series(found, scores)
    parts = voice_parts(found.parse, series.points)
    tones = [point.tone for point in series.points if point.tone is not None]
    if not tones:
        assert parts == ()
        return
    assert sum(part.share for part in parts) == pytest.approx(1, abs=1e-6)
    assert sum(part.contribution for part in parts) == pytest.approx(sum(tones) / len(tones), abs=1e-6)
    assert all(part.contribution == pytest.approx(part.share * part.tone, abs=1e-6) for part in parts)
    assert [part.voice for part in parts][1:].count("narrator") == 0


def test_voices_by_hand():
    """Two sentences: the narrator 0.4; Sweden twice, -0.2 and -0.6. Whole: (0.4 + -0.4) / 2 = 0, of it 0.2 and -0.2."""
    found = cast("Norway one.\n\nNorway and Norway two.", [NORWAY])
    said = [(0.4, "narrator"), (-0.2, "Sweden"), (-0.6, "Sweden")]
    scores = [replace(score(m, tone), voice=voice) for m, (tone, voice) in zip(found.mentions, said, strict=True)]
    (series,) = tone_series(found, scores)
    narrator, sweden = voice_parts(found.parse, series.points)
    assert (narrator.voice, narrator.share, narrator.contribution, narrator.tone) == (
        "narrator",
        0.5,
        pytest.approx(0.2),
        pytest.approx(0.4),
    )
    assert (sweden.share, sweden.contribution, sweden.tone) == (pytest.approx(0.5), pytest.approx(-0.2), pytest.approx(-0.4))
    assert len(sweden.scores) == 2


def test_a_repeated_sentence_speaks_once():
    """The same words twice weigh as much as once, in the parts as in the whole."""
    found = cast("Norway failed.\n\nNorway failed.\n\nNorway won.", [NORWAY])
    tones = [(-0.8, "Sweden"), (-0.8, "Sweden"), (0.4, "narrator")]
    scores = [replace(score(m, tone), voice=voice) for m, (tone, voice) in zip(found.mentions, tones, strict=True)]
    (series,) = tone_series(found, scores)
    assert [part.share for part in voice_parts(found.parse, series.points)] == [0.5, 0.5]

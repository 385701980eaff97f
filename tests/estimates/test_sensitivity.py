"""Other definitions: each changes what it says, and what survives all of them is told rightly."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.estimates import scorers_agreement, specifications, survivals
from analysis.estimates.intervals import SentenceTone
from analysis.estimates.sensitivity import BASE, Specification, median_of
from analysis.model import Estimate
from tests.build import cast, score
from tests.estimates.test_series import NORWAY, SWEDEN

TEXT = "Norway leads\n\n" + "\n\n".join(f"Norway and Sweden act {n} times." for n in range(10))


def specs_of(change=lambda at, score: score, others=None):
    """The definitions of an article: Norway at 0.5 in ten sentences and 0 in the headline, Sweden at -0.1 in ten."""
    found = cast(TEXT, [NORWAY, SWEDEN])
    tones = {"Norway": 0.5, "Sweden": -0.1}
    scores = [
        change(at, score(m, 0.0 if m.sentence.index == 0 else tones[m.actor.name])) for at, m in enumerate(found.mentions)
    ]
    return {spec.name: spec for spec in specifications(found, scores, others=others(scores) if others else None)}


def mention(one, **more):
    """A score whose mention is another."""
    return replace(one, mention=replace(one.mention, **more))


def test_the_way_it_is_comes_first_and_every_choice_is_there():
    """The scorers handed in, four forms, two voices, five ways to count, four choices of sentences."""
    found = specs_of(others=lambda scores: {"vader": scores, "clause": scores})
    assert next(iter(found)) == BASE
    assert len(found) == 1 + 2 + 4 + 2 + 5 + 4
    assert found[BASE].means["Norway"].value == pytest.approx(10 * 0.5 / 11)
    assert found[BASE].ranking == ("Sweden", "Norway")
    assert found["vader"].means == found[BASE].means


def test_forms_are_left_out_by_name():
    """Norway's last five mentions are pronouns at -1: without them the mean is that of the others."""
    found = specs_of(lambda at, one: replace(mention(one, form="pronoun"), tone=-0.9) if at > 10 and one.mention.actor is NORWAY
                     else one)  # fmt: skip
    assert found["without pronouns"].means["Norway"].value == pytest.approx(5 * 0.5 / 6)
    assert found["names only"].means == found["without pronouns"].means
    assert found["without descriptions"].means == found[BASE].means
    assert found["without aliases"].means == found[BASE].means
    assert found["without pronouns"].largest_change(found[BASE])[0] == "Norway"


def test_roles_and_aliases_are_told_apart():
    """Sweden's mentions are roles in the first half and demonyms in the second."""

    def change(at, one):
        return mention(one, form="role" if at < 11 else "demonym") if one.mention.actor is SWEDEN else one

    found = specs_of(change)
    assert found["without descriptions"].means["Sweden"].n == 5
    assert found["without aliases"].means["Sweden"].n == 5
    assert found["names only"].means["Sweden"].value is None
    assert found["names only"].ranking == ("Norway",)


def test_voices():
    """Sources speak of Norway in the last six sentences, at -0.5."""
    found = specs_of(lambda at, one: replace(one, voice="Sweden", tone=-0.5) if at > 8 and one.mention.actor is NORWAY
                     else replace(one, voice="narrator"))  # fmt: skip
    assert found["narrator’s words only"].means["Norway"].value == pytest.approx(4 * 0.5 / 5)
    assert found["sources’ words only"].means["Norway"].value == pytest.approx(-0.5)
    assert found["sources’ words only"].means["Sweden"].value is None


def test_what_counts():
    """Certainty 0.5 halves; labels of 0.5 against 0.5 are the first, none; a mention counts, or the sentence does."""
    found = specs_of(lambda at, one: replace(one, certainty=0.5))
    assert found["hedged words count less"].means["Norway"].value == pytest.approx(10 * 0.25 / 11)
    assert found["labels, not probabilities"].means["Norway"].value == 0
    assert found["median, not mean"].means["Norway"].value == 0.5
    strong = specs_of(lambda at, one: replace(one, negative=0.2, neutral=0.2, positive=0.6))
    assert strong["labels, not probabilities"].means["Sweden"].value == 1
    assert strong["without uncertain calls"].means == strong[BASE].means
    unsure = specs_of(lambda at, one: replace(one, negative=0.3, neutral=0.3, positive=0.4) if at else one)
    assert unsure["without uncertain calls"].means["Norway"].value is None
    twice = cast("\n\n".join(f"Norway and Norway act {n} times." for n in range(6)), [NORWAY])
    scores = [score(m, 0.6 if at % 2 else 0.0) for at, m in enumerate(twice.mentions)]
    by_name = {spec.name: spec for spec in specifications(twice, scores)}
    assert (by_name[BASE].means["Norway"].n, by_name["every mention counts"].means["Norway"].n) == (6, 12)


def test_which_sentences():
    """Without the headline; without the one sentence that pulls; with the five most doubtful signs reversed."""
    found = specs_of()
    assert found["body only"].means["Norway"].value == pytest.approx(0.5)
    assert found["one sentence left out"].means["Norway"].value == pytest.approx(0.5)
    turned = found["5 doubtful signs reversed"].means
    assert turned["Norway"].value == pytest.approx((5 * 0.5 - 5 * 0.5) / 11)
    assert turned["Sweden"].value == pytest.approx(-0.1)


def estimate(value, lo, hi):
    return Estimate(value, lo, hi, 9, "90 % interval by hand")


CLEAR, LEAN, NONE, OTHER = (
    estimate(*ends) for ends in ((0.3, 0.1, 0.5), (0.2, -0.1, 0.5), (0.0, -0.2, 0.2), (-0.4, -0.6, -0.2))
)
FEW = Estimate(None, None, None, 3, "fewer than 5 scored sentences")


@pytest.mark.parametrize(
    ("base", "others", "row", "survives"),
    [
        (CLEAR, [CLEAR, LEAN], (2, 2, 1), True),
        (CLEAR, [CLEAR, FEW], (1, 1, 1), True),
        (CLEAR, [CLEAR, estimate(-0.1, -0.3, 0.1)], (2, 1, 1), False),
        (CLEAR, [OTHER], (1, 0, 0), False),
        (LEAN, [NONE, LEAN], (2, 1, 2), True),
        (LEAN, [CLEAR, LEAN], (2, 2, 1), False),
    ],
)
def test_what_survives(base, others, row, survives):
    """A clear lean, where the mean keeps its side everywhere; no clear lean, where none is given."""
    specs = [Specification("", f"{at}", {"Norway": one}) for at, one in enumerate([base, *others])]
    (found,) = survivals(specs)
    assert (found.tried, found.same, found.clear) == row
    assert found.survives is survives
    assert found.against == (("1",) if others[0] in (OTHER, CLEAR) and others[0].side != base.side else ())


def test_a_median_by_hand():
    """Of five the whole range is the interval: 2 / 32 lie outside. Of nine, the second and the eighth: 2 * 10 / 512."""
    tones = [0.5, -0.2, 0.1, 0.0, 0.3, 0.9, -0.6, 0.2, -0.4]
    found = median_of([SentenceTone(at, tone) for at, tone in enumerate(tones)])
    assert (found.value, found.lo, found.hi) == pytest.approx((0.1, -0.4, 0.5))
    five = median_of([SentenceTone(at, tone) for at, tone in enumerate(tones[:5])])
    assert (five.value, five.lo, five.hi) == pytest.approx((0.1, -0.2, 0.5))
    unsure = median_of([SentenceTone(at, 0.1, 0.4) for at in range(9)])
    assert unsure.hi - unsure.value == pytest.approx(1.645 * (0.1 * 0.4) ** 0.5, abs=1e-3)
    assert median_of([SentenceTone(0, 0.1)] * 4).value is None


def test_scorers_as_coders():
    """A scorer that turns every fifth label round agrees in part; one that says the same, wholly; silence is no label."""
    found = cast("\n\n".join(f"Norway acts {n} times." for n in range(24)), [NORWAY])
    one = [score(m, (-0.8, 0.0, 0.8)[at % 3] if at % 8 else None) for at, m in enumerate(found.mentions)]
    other = [s if at % 5 else replace(s, negative=s.positive, positive=s.negative) for at, s in enumerate(one)]
    partly = scorers_agreement({"a": one, "b": other})
    assert 0.4 < partly.value < 0.9
    assert partly.n == 21
    assert scorers_agreement({"a": one, "b": one}).method.startswith("an alpha of 1.00")

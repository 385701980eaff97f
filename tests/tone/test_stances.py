"""Stances: who holds what toward whom, by which evidence, and what they add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

import pytest

from analysis import find_actors, parse, read_text, tone_toward
from analysis.estimates import voice_parts
from analysis.model import Actor, Cue, Stance
from analysis.tone import find_stances, positions, stances
from analysis.tone.holders import Link
from tests.build import cast, score

pytestmark = pytest.mark.xdist_group("pipeline")


class TestStances:
    """Who stands where on whom."""

    ACTORS = (Actor("Norway", "country"), Actor("Sweden", "country"))

    def weighed(self, text: str, tones: Mapping[str, float], pair: float, monkeypatch) -> list[tuple[str, str, str, int]]:
        """(holder, target, basis, side) of what is stated where every pair is read so, and the mentions are scored so."""
        who = find_actors(parse(read_text(f"Talks in the north\n\n{text}\n")))
        reading = (max(-pair, 0.0), 1 - abs(pair), max(pair, 0.0))
        monkeypatch.setattr(stances, "_pairs", lambda cast, present, keys: dict.fromkeys(keys, (reading, (0.0, 1.0, 0.0))))
        scores = [score(m, tones[m.actor.name]) for m in who.mentions]
        held = find_stances(who, scores)
        return [(s.by, s.target.name, s.basis, 1 if s.tone > 0 else -1) for s in held if s.by != "narrator"]

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "text",
        [
            "OSLO (Reuters) - Talks between Norway and Sweden were tense.",
            "Norway and Sweden, Denmark and Finland were there.",
            "The Norwegian minister attacked Sweden.",
            "Norway was told by officials that Sweden lies.",
        ],
    )
    def test_a_reading_of_the_pair_makes_no_stance(self, text, monkeypatch):
        """A date line, a list, an origin and being told are no links, however sure the model is of the pair."""
        found = self.weighed(text, defaultdict(lambda: -0.9), -0.95, monkeypatch)
        assert not [row for row in found if row[0] == "Norway"]

    @pytest.mark.slow
    def test_a_link_needs_a_reading_that_confirms_it(self, monkeypatch):
        """Lind speaks of Birch: stated where wording and pair are against him, not where both are neutral."""
        text = "“Tom Birch is a liar,” said Anna Lind."
        against = {"Anna Lind": 0.0, "Tom Birch": -0.95}
        assert self.weighed(text, against, -0.95, monkeypatch) == [("Anna Lind", "Tom Birch", "voice", -1)]
        assert self.weighed(text, defaultdict(float), 0.0, monkeypatch) == []

    @pytest.mark.slow
    @pytest.mark.parametrize("text", ["If Norway attacked Sweden, prices would rise.", "Norway has never criticised Sweden."])
    def test_what_is_only_supposed_or_denied_is_no_stance(self, text, monkeypatch):
        """However sure the model is of the pair, to either side; told as fact, it is one."""
        tones = defaultdict(float)
        assert self.weighed(text, tones, -0.95, monkeypatch) == self.weighed(text, tones, 0.95, monkeypatch) == []
        assert self.weighed("Norway attacked Sweden.", tones, -0.95, monkeypatch)

    @pytest.mark.slow
    def test_the_narrator_holds_what_is_nobody_elses(self, monkeypatch):
        """His tone toward each actor is the mean over its mentions in a sentence: (0.5 - 0.3) / 2 = 0.1."""
        found = find_actors(parse(read_text("Talks in the north\n\nNorway and Norway are one.\n")))
        scores = [replace(score(m, t), voice="narrator") for m, t in zip(found.mentions, (0.5, -0.3), strict=True)]
        (held,) = find_stances(found, scores)
        assert (held.by, held.probability) == ("narrator", 1.0)
        assert held.tone == pytest.approx(0.1)

    def test_a_position_weighs_sentences_not_kinds_of_evidence(self):
        """Sentence 1 says -1 twice and -0.4 once (mean -0.8), sentence 2 says 0.2: (-0.8 + 0.2) / 2 = -0.3."""
        found = cast("Norway met Sweden.\n\nNorway met Sweden.", self.ACTORS)
        one, two = found.parse.sentences
        norway, sweden = self.ACTORS
        given = [(one, -1.0, "voice"), (one, -1.0, "event"), (one, -0.4, "event"), (two, 0.2, "voice")]
        rows = [Stance(norway, sweden, tone, sentence, (), basis) for sentence, tone, basis in given]
        (position,) = positions(rows)
        assert position.tone == pytest.approx((-0.8 + 0.2) / 2)
        assert [sentence.index for sentence in position.sentences] == [0, 1]
        assert position.by == "Norway"

    def test_the_narrator_holds_what_the_article_says(self):
        """Surely, also where one sentence is positive and one negative; an actor who says both holds neither."""
        assert [position.probability for position in self.positions((-0.5, 1.0), (0.25, 1.0), holder="narrator")] == [1.0]
        assert self.positions((-0.5, 1.0), (0.25, 1.0)) == ()

    def positions(self, *sentences: tuple[float, float], holder=None):
        """Of stances with these tones and probabilities, a sentence each."""
        found = cast("Norway met Sweden.\n\nNorway met Sweden.\n\nNorway met Sweden.", self.ACTORS)
        norway, sweden = self.ACTORS
        rows = zip(found.parse.sentences, sentences, strict=False)
        return positions(
            [Stance(holder or norway, sweden, tone, at, (), "voice", sure) for at, (tone, sure) in rows], floor=0.55
        )

    def test_a_position_holds_where_more_sentences_go_its_way(self):
        """Hostile at 0.8 and 0.8: in one at least, 1 - 0.2 * 0.2 = 0.96. With a friendly one at 0.6: more hostile ones
        0.64 (both) + 0.32 * 0.4 (one, and the friendly one not held) = 0.768."""
        (two,) = self.positions((-0.9, 0.8), (-0.5, 0.8))
        assert (two.probability, two.tone) == (pytest.approx(0.96), pytest.approx(-0.7))
        (mixed,) = self.positions((-0.9, 0.8), (-0.5, 0.8), (0.5, 0.6))
        assert mixed.probability == pytest.approx(0.64 + 0.32 * 0.4)
        assert mixed.tone == pytest.approx((-0.9 - 0.5 + 0.5) / 3)

    def test_two_weak_sentences_make_one_position(self):
        """Neither reaches 0.55; 1 - 0.6 * 0.6 = 0.64 does, and both are shown. One alone is not stated."""
        (position,) = self.positions((0.6, 0.4), (0.8, 0.4))
        assert position.probability == pytest.approx(0.64)
        assert len(position.sentences) == 2
        assert self.positions((0.6, 0.4)) == ()
        (beside,) = self.positions((0.6, 0.4), (0.8, 0.9))
        assert [stance.tone for stance in beside.stances] == [0.8]

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
                contributions = sum(part.contribution for part in voice_parts(seed.parse, item.points))
                assert contributions == pytest.approx(item.estimate.value, abs=1e-6)

    def test_stances_survive_the_cache(self, seed):
        """Written to JSON and read again, they are the same."""
        from analysis import open_article
        from analysis.study import seed_path

        assert open_article(seed_path(), evidence=True).stances == seed.stances

    def test_swapping_two_names_swaps_holder_and_target(self):
        """Events and pairs know places, not names."""
        one = self.found("Norway attacked Sweden at dawn.")
        other = self.found("Sweden attacked Norway at dawn.")
        swap = {"Norway": "Sweden", "Sweden": "Norway", "narrator": "narrator"}
        assert one == {(swap[by], swap[target], basis): tone for (by, target, basis), tone in other.items()}
        assert one["Norway", "Sweden", "event"] < 0

    def found(self, sentence: str) -> dict[tuple, float]:
        """Tones to three places by holder, target and basis, of an article of one sentence."""
        who = find_actors(parse(read_text(f"Talks in the north\n\n{sentence}\n")))
        stances = find_stances(who, tone_toward(who, scorer="clause"))
        return {(s.by, s.target.name, s.basis): round(s.tone, 3) for s in stances}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "stated", "never"),
    [
        (
            "Senator Ruth Adler was furious on Monday. She told CNN: “Victor Hale is a fraud.”",
            [("Ruth Adler", "Victor Hale", -1)],
            ["CNN"],
        ),
        (
            "Oslo (AFP) – The collapse of talks between Norway and Iceland is a sign of growing mistrust.",
            [],
            ["Norway", "Iceland"],
        ),
        (
            "Former Danish president Lars Holm harshly criticised current president Erik Lund.",
            [("Lars Holm", "Erik Lund", -1)],
            ["Denmark"],
        ),
        ("Tim Cole, a candidate, said he would support striking Norway to stop an attack on France.", [], ["Norway"]),
        (
            "Ruth Adler is a senator. Adler told Democratic lawmakers that Republican leaders lied.",
            [],
            ["Democratic", "Democrats"],
        ),
        ("Anna Lind denied that Tom Birch was a thief.", [], ["Anna Lind"]),
        ("Norway beat Sweden 3-0 on Saturday.", [], ["Norway", "Sweden"]),
        ("A spokesman for Norway accused Sweden of lying.", [("Norway", "Sweden", -1)], []),
        ("Jane Dorn was praised by Governor Kay Irving.", [("Kay Irving", "Jane Dorn", 1)], []),
    ],
)
def test_a_stance_needs_a_holder_who_holds_it(text, stated, never):
    """Whoever is told, named as an origin or a place, asked or beaten holds nothing; whoever says or does it does."""
    who = find_actors(parse(read_text(f"{text}\n")))
    held = {(s.by, s.target.name, 1 if s.tone > 0 else -1) for s in find_stances(who, tone_toward(who)) if s.by != "narrator"}
    assert set(stated) <= held
    assert not {by for by, _, _ in held} & set(never)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Anna Lind was quoted calling Tom Birch a “failed” leader.", ("Anna Lind", "Tom Birch", -1)),
        ("Anna Lind said Tom Birch “had failed the town, and would fail it again.”", ("Anna Lind", "Tom Birch", -1)),
        ("Tom Birch received high praise from Anna Lind.", ("Anna Lind", "Tom Birch", 1)),
        ("Anna Lind is an outspoken critic of Tom Birch.", ("Anna Lind", "Tom Birch", -1)),
        ("Norway and Sweden accused each other of lying.", ("Norway", "Sweden", -1)),
        ("Paul Reed joined Anna Lind in condemning Norway.", ("Anna Lind", "Norway", -1)),
    ],
)
def test_the_grammar_finds_who_holds_it(text, stated):
    """Who is quoted, from whom it comes, of whom it is said, who joins in, and each of two."""
    who = find_actors(parse(read_text(f"{text}\n")))
    assert stated in {(s.by, s.target.name, 1 if s.tone > 0 else -1) for s in find_stances(who, tone_toward(who))}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("Paul Reed raised his concerns with Anna Lind in the spring.", "Paul Reed"),
        ("Maria Holt complained to Anna Lind about the noise.", "Maria Holt"),
        ("Millions of Americans criticised Tom Birch.", "United States"),
        ("In a Facebook post Anna Lind called Tom Birch a liar.", "Facebook"),
    ],
)
def test_who_only_hears_it_or_lends_the_page_holds_nothing(text, holder):
    """Whoever is spoken to is no target; people of a country are not the country; a page is not its owner."""
    who = find_actors(parse(read_text(f"{text}\n")))
    assert holder not in {stance.by for stance in find_stances(who, tone_toward(who))}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "hostile", "friendly"),
    [
        ("Norway vowed to punish Sweden.", True, False),
        ("Norway refused to endorse Sweden.", True, False),
        ("Norway withdrew its support for Sweden.", True, False),
        ("Norway offered to help Sweden.", False, True),
        ("Norway told of Sweden.", False, False),
    ],
)
def test_what_is_wanted_or_refused_is_evidence(text, hostile, friendly):
    """Whoever wants to punish is hostile, and so is whoever refuses to endorse; whoever wants to help is friendly."""
    who = find_actors(parse(read_text(f"{text}\n")))
    (case,) = [case for case in stances.cases(who, tone_toward(who)) if case.holder.actor.name == "Norway"]
    assert ["event" in case.evidence[side] for side in (-1, 1)] == [hostile, friendly]


@pytest.mark.slow
def test_what_others_want_of_somebody_is_no_stance_of_his():
    """Reed wants Lind to punish Birch; she may not."""
    who = find_actors(parse(read_text("“Anna Lind needs to punish Tom Birch,” Paul Reed said.\n")))
    linked = {(case.holder.actor.name, case.target.actor.name) for case in stances.cases(who, tone_toward(who))}
    assert ("Anna Lind", "Tom Birch") not in linked
    assert ("Paul Reed", "Tom Birch") in linked


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "holder", "target", "linked"),
    [
        ("“Norway has good relations with Sweden,” Anna Lind said.", "Anna Lind", "Sweden", False),
        ("“Norway has good rivers, and Sweden is worse,” Anna Lind said.", "Anna Lind", "Sweden", True),
        ("Anna Lind was reluctant to endorse Tom Birch.", "Anna Lind", "Tom Birch", False),
        ("Anna Lind was quick to endorse Tom Birch.", "Anna Lind", "Tom Birch", True),
        ("In case of a war between Norway and Sweden, prices would rise.", "Norway", "Sweden", False),
        ("In spite of a war between Norway and Sweden, prices rose.", "Norway", "Sweden", True),
    ],
)
def test_what_is_between_others_or_only_supposed_links_nobody(text, holder, target, linked):
    """Whoever tells of good relations has none of them; who is reluctant does not do it, and a war that may come is none."""
    who = find_actors(parse(read_text(f"{text}\n")))
    found = {(case.holder.actor.name, case.target.actor.name) for case in stances.cases(who, tone_toward(who))}
    assert ((holder, target) in found) is linked


def test_nobody_praises_his_own_state():
    """A state's minister may blame it, and his praise of it is no stance; of another state it is one."""
    norway, sweden = TestStances.ACTORS
    found = cast("Norway praised Sweden.", (norway, sweden))
    one, other = found.mentions
    link = Link(one, other, "says", "head", "naming", "whole", 0.0, False, False, False, 0, "say", "neutral", (0, 6), "direct")
    beside = stances.Beside((0.0, 0.0, 1.0), (0.0, 0.0, 1.0), (0.0, 1.0, 0.0), 2, True, stances.Elsewhere(0.0, 0.0, 0.0))
    case = stances.Case(one, other, (link,), beside, 0.0)
    assert stances.weighed(case, (0.1, 0.1, 0.8)).chances == pytest.approx((0.1, 0.9, 0.0))
    stranger = replace(case, beside=replace(beside, one_side=False))
    assert stances.weighed(stranger, (0.1, 0.1, 0.8)).chances == pytest.approx((0.1, 0.1, 0.8))


@pytest.mark.slow
def test_an_act_that_the_lexicon_does_not_know_is_weighed_as_such():
    """Whoever punishes somebody is known to be hostile; of who sees him nothing is known."""
    names = []
    for verb in ("punished", "saw"):
        who = find_actors(parse(read_text(f"Norway {verb} Sweden.\n")))
        (case,) = stances.cases(who, tone_toward(who))
        names.append({name for name in case.evidence[-1] if name.startswith("event")})
    assert names == [{"event"}, {"event unknown"}]


def test_words_alone_need_more_than_acts():
    """At a probability between the two floors an act is stated, and words are not."""
    norway, sweden = TestStances.ACTORS
    who = cast("Norway praised Sweden.", (norway, sweden))
    between = (stances.FLOORS["event"] + stances.FLOORS["voice"]) / 2
    rows = [Stance(norway, sweden, 0.5, who.parse.sentences[0], (), basis, between) for basis in ("event", "voice")]
    assert [stances.is_stated(row) for row in rows] == [True, False]
    assert [len(positions([row])) for row in rows] == [1, 0]


@pytest.mark.parametrize(
    ("valence", "negated", "pushes", "behind"),
    [
        (0.0, False, {"called": 0.05, "liar": -0.6, "sad": -0.2, "late": -0.01}, {"liar": -0.6, "sad": -0.2}),
        (-0.8, False, {"liar": -0.6}, {"called": -0.9}),
        (0.8, True, {"liar": -0.6}, {"liar": -0.6}),
        (0.8, True, {"liar": 0.6, "Sweden": -0.9}, {"called": -0.9}),
    ],
)
def test_the_words_behind_a_stance_are_those_that_carry_it(valence, negated, pushes, behind):
    """The act where it is the evidence, else the words that push the target's tone its way; the verb where none does."""
    norway, sweden = TestStances.ACTORS
    text = "Norway called Sweden a sad liar late."
    one, other = cast(text, (norway, sweden)).mentions
    link = Link(
        one, other, "does", "head", "object", "whole", valence, negated, False, False, 1, "", "neutral", (7, 13), "does"
    )
    cues = tuple(Cue(text.index(word), text.index(word) + len(word), push, "by hand") for word, push in pushes.items())
    scores = {(0, "Sweden"): [replace(score(other, -0.9), cues=cues)]}
    held = stances._with_words(stances.Weighed(one, other, (link,), (0.9, 0.1, 0.0), -0.9), scores)
    assert {text[cue.start : cue.end]: cue.contribution for cue in held.cues} == pytest.approx(behind)
    unworked = {(0, "Sweden"): [replace(score(other, -0.9), cues=None)]}
    assert stances._with_words(stances.Weighed(one, other, (link,), (0.9, 0.1, 0.0), -0.9), unworked).cues[0].start == 7

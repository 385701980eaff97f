"""What the notebooks ask, on articles small enough to count by hand."""

from __future__ import annotations

import pytest

from analysis import find_actors, parse, read_text
from analysis.discourse import find_discourse
from analysis.display import carriers, headlines, position_line, strongest
from analysis.model import Actor, Cue, Entity, Parse, Position, Sentiment, Stance
from analysis.tables import (
    cast_rows,
    charged_names,
    co_mentioned,
    cue_effects,
    done,
    entity_mistakes,
    events,
    grounds,
    parts,
    plain_and_weighted,
    ranked,
    speakers,
    unsure,
    voices_of,
)
from tests.build import cast, parsed, score

NORWAY, SWEDEN, TASS = Actor("Norway", "country"), Actor("Sweden", "country"), Actor("TASS", "organisation")


def test_parts_are_counted():
    """One headline of 2 words, one point of 3, two paragraphs of 2 and 3."""
    rows = parts(parsed("Norway wins\n\n- It was close.\n\nNorway won.\n\nThat was all."))
    assert rows == [("headline", 1, 1, 2), ("summary points", 1, 1, 3), ("body", 2, 2, 2 + 3)]


def test_parts_that_are_set_aside_are_listed():
    """A byline of 3 words and two links of 4 and 3; none has a sentence."""
    rows = parts(parsed("Norway wins\n\nBy Jane Roe\n\nNorway won.\n\nRead more: Lind lost\n\nFollow us on Facebook"))
    assert rows == [
        ("headline", 1, 1, 2),
        ("body", 1, 1, 2),
        ("set aside: bylines and dates", 1, 0, 3),
        ("set aside: links, sign-offs and footers", 2, 0, 4 + 4),
    ]


def test_cast_rows_count_forms():
    """Two mentions by name, none by another form, first in the headline."""
    ((actor, kind, mentions, name, *others, first, part),) = cast_rows(cast("Norway wins\n\nNorway won.", [NORWAY]))
    assert (actor, kind, mentions, name, others, first.index, part) == (NORWAY, "country", 2, 2, [0, 0, 0, 0], 0, "headline")


def test_co_mentioned_counts_sentences_not_mentions():
    """Norway and Sweden share two sentences, however often each is named; Norway and TASS one."""
    found = cast("Norway met Sweden and Sweden.\n\nSweden left Norway.\n\nTASS saw Norway.", [NORWAY, SWEDEN, TASS])
    rows = [(one.name, other.name, count, first.index) for one, other, count, first in co_mentioned(found)]
    assert rows == [("Norway", "Sweden", 2, 0), ("Norway", "TASS", 1, 2)]


def test_entity_mistakes_are_those_the_cast_overruled():
    """TASS read as a person is a mistake; Norway read as a place is not; a name of nobody is."""
    found = cast("TASS saw Norway and Losses.", [TASS, NORWAY])
    text = found.parse.article.text
    entities = tuple(
        Entity(text.index(name), text.index(name) + len(name), label, 0)
        for name, label in (("TASS", "PERSON"), ("Norway", "GPE"), ("Losses", "ORG"))
    )
    parse = Parse(found.parse.article, found.parse.sentences, (), entities)
    wrong = entity_mistakes(type(found)(parse, found.actors, found.mentions))
    assert [(parse.text_of(entity), held) for entity, _, held in wrong] == [
        ("TASS", "TASS (organisation)"),
        ("Losses", "no actor"),
    ]


def test_charged_names_are_found_by_offsets():
    """A cue inside a mention counts, one beside it does not."""
    found = cast("Norway won.\n\nSweden won.", [NORWAY, SWEDEN])
    one, two = found.parse.sentences
    sentiments = [
        Sentiment(one, 0.5, (Cue(one.start, one.start + 6, 0.5, "by hand"),)),
        Sentiment(two, 0.5, (Cue(two.start + 7, two.start + 10, 0.5, "by hand"),)),
    ]
    assert charged_names(found, sentiments) == sentiments[:1]


def test_ranked_keeps_first_mention_order_between_equals():
    """Sweden twice; Norway and TASS once, Norway first."""
    from analysis.estimates import tone_series

    found = cast("Norway met Sweden.\n\nSweden met TASS.", [NORWAY, SWEDEN, TASS])
    series = tone_series(found, [score(mention, None) for mention in found.mentions])
    assert [item.actor.name for item in ranked(series)] == ["Sweden", "Norway", "TASS"]


def test_the_strongest_positions_leave_out_the_narrator_and_the_unclear():
    """Below the threshold there is no side; the narrator's view is not an actor's."""
    found = cast("Norway met Sweden and TASS.", [NORWAY, SWEDEN, TASS])
    (sentence,) = found.parse.sentences
    tones = {(NORWAY, SWEDEN): -0.9, (SWEDEN, NORWAY): -0.1, (TASS, NORWAY): 0.5}
    held = [Position(by, to, tone, (Stance(by, to, tone, sentence, (), "event"),), 0.8) for (by, to), tone in tones.items()]
    held.append(Position("narrator", TASS, -1.0, (Stance("narrator", TASS, -1.0, sentence, (), "voice"),)))
    assert [item.by for item in strongest(held, sign=-1)] == ["Norway"]
    assert [position_line(item) for item in strongest(held, sign=1)] == [
        "TASS toward Norway (positive in 1 sentence, very likely)"
    ]


def test_a_headline_needs_two_sentences_and_to_be_very_likely():
    """One sentence is shown as that sentence, and is no finding; nor is what is only likely."""
    found = cast("Norway met Sweden.\n\nNorway met Sweden.", [NORWAY, SWEDEN, TASS])
    twice = tuple(Stance(NORWAY, SWEDEN, -0.7, sentence, (), "event") for sentence in found.parse.sentences)
    held = Position(NORWAY, SWEDEN, -0.7, twice, 0.9)
    assert headlines([held], sign=-1) == [held]
    assert headlines([held], sign=1) == []
    assert (
        headlines([Position(NORWAY, SWEDEN, -0.7, twice[:1], 0.9), Position(NORWAY, SWEDEN, -0.7, twice, 0.6)], sign=-1) == []
    )


def test_a_headline_stands_on_one_side():
    """Hostile in one sentence and friendly in another is no finding, however sure."""
    found = cast("Norway met Sweden.\n\nNorway met Sweden.", [NORWAY, SWEDEN])
    one, two = found.parse.sentences
    both = (Stance(NORWAY, SWEDEN, -0.9, one, (), "event"), Stance(NORWAY, SWEDEN, 0.2, two, (), "event"))
    assert headlines([Position(NORWAY, SWEDEN, -0.35, both, 0.95)], sign=-1) == []


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Norway attacked Sweden on Monday.", ["Norway “attacked” Sweden"]),
        ("Officials said Norway attacked Sweden.", []),
        ("Norway was accused of attacking Sweden.", []),
        ("An allegation that Norway attacked Sweden was read.", []),
        ("Norway met to attack Sweden.", []),
        ("Norway did not attack Sweden.", []),
        ("Norway attacked Sweden’s plan.", []),
        ("Millions of Norwegians attacked Sweden.", []),
        ("Norway left Sweden.", []),
    ],
)
def test_only_what_is_told_as_a_fact_stands_on_the_front_page(text, told):
    """Not what others say, what is alleged, still to be done or denied, what is done to a thing, or weighs little."""
    who = find_actors(parse(read_text(f"{text}\n")))
    assert done(who, find_discourse(who.parse, cast=who)) == told


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_what_one_does_with_ones_own_is_no_act_toward_oneself():
    """ "Tom Birch will rebuild his coalition": the coalition is the patient, not Tom Birch."""
    who = find_actors(parse(read_text("Tom Birch will rebuild his coalition.\n")))
    assert [row[:3] for row in events(who, find_discourse(who.parse, cast=who))][:1] == [("Tom Birch", "rebuild", "coalition")]


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_an_event_is_done_to_somebody():
    """The support of Lind, whoever gives it, and the campaign named for her are no events; that she attacked Birch is one."""
    text = "Anna Lind has lingering support. The Lind campaign paid. Anna Lind attacked Tom Birch.\n"
    who = find_actors(parse(read_text(text)))
    rows = events(who, find_discourse(who.parse, cast=who))
    assert [row[:3] for row in rows] == [("Anna Lind", "attacked", "Tom Birch")]


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Anna Lind left the stage. Tom Birch celebrated his birthday. Norway hit a wall.", []),
        ("Anna Lind rejected Tom Birch’s request.", [("Anna Lind", "rejected", "Tom Birch’s request")]),
        ("Anna Lind was praised.", [("–", "praised", "Anna Lind")]),
        ("He’s beaten Anna Lind.", [("He", "beaten", "Anna Lind")]),
        ("Norwegians attacked the farmers.", []),
        ("The farmers attacked Norway.", [("farmers", "attacked", "Norway")]),
        ("The storm attacked Norway.", []),
        ("Norway might attack Sweden.", []),
        ("Anna Lind called on Tom Birch.", []),
        ("Anna Lind adopted that approach in the plan released Tuesday.", []),
    ],
)
def test_a_row_of_events_tells_what_somebody_does_to_somebody(text, told):
    """Not what is done to a thing or by one, what is only possible, weighs little, or is done by people of a country."""
    who = find_actors(parse(read_text(f"{text}\n")))
    assert [row[:3] for row in events(who, find_discourse(who.parse, cast=who))] == told


def test_sentence_at_finds_the_one_or_the_next():
    """Between two sentences it is the later one; past the last, the last."""
    found = parsed("Norway won.\n\nIt rained.")
    one, two = found.sentences
    assert [found.sentence_at(place).index for place in (0, one.end - 1, one.end, two.start, 10_000)] == [0, 0, 1, 1, 1]


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_what_the_pages_on_voices_and_stances_ask(seed):
    """Shares of the text sum to 1; every attribution and hedge stands in its sentence; events name an actor."""
    assert sum(row[3] for row in speakers(seed.parse, seed.discourse.voices)) == pytest.approx(1)
    assert len(cue_effects(seed.discourse)) == len(seed.discourse.attributions)
    names = {actor.name for actor in seed.cast.actors}
    assert all(
        {row[0], row[2]} & names or names & set(f"{row[0]}, {row[2]}".split(", ")) for row in events(seed.cast, seed.discourse)
    )
    assert any(
        row[:3] == ("Donald Trump", "criticized", "Vladimir Putin") and row[3] < 0 for row in events(seed.cast, seed.discourse)
    )
    assert all(line.split(":")[0] in names for line in carriers(seed.cast, voices_of(seed.parse, seed.series)))
    assert [row[0] for row in grounds(seed.stances)] == ["attribution", "event"]
    assert sum(row[1] for row in grounds(seed.stances)) == len(seed.stances)
    assert all(0.25 <= row[3] < 0.6 for row in unsure(seed.doubtful))
    assert all("“" in line for line in done(seed.cast, seed.discourse))
    for _, _, raw, less in plain_and_weighted(seed.parse, seed.series):
        assert raw.n == less.n

"""questions.py: what the notebooks ask, on articles small enough to count by hand."""

from __future__ import annotations

from analysis.model import Actor, Cue, Entity, Parse, Sentiment
from analysis.questions import cast_rows, charged_names, entity_mistakes, parts, ranked, together
from tests.build import cast, parsed, score

NORWAY, SWEDEN, TASS = Actor("Norway", "country"), Actor("Sweden", "country"), Actor("TASS", "organisation")


def test_parts_are_counted():
    """One headline of 2 words, one point of 3, two paragraphs of 2 and 3."""
    rows = parts(parsed("Norway wins\n\n- It was close.\n\nNorway won.\n\nThat was all."))
    assert rows == [("headline", 1, 1, 2), ("summary points", 1, 1, 3), ("body", 2, 2, 2 + 3)]


def test_cast_rows_count_forms():
    """Two mentions by name, none by another form, first in the headline."""
    ((actor, kind, mentions, name, *others, first, part),) = cast_rows(cast("Norway wins\n\nNorway won.", [NORWAY]))
    assert (actor, kind, mentions, name, others, first.index, part) == (NORWAY, "country", 2, 2, [0, 0, 0, 0], 0, "headline")


def test_together_counts_sentences_not_mentions():
    """Norway and Sweden share two sentences, however often each is named; Norway and TASS one."""
    found = cast("Norway met Sweden and Sweden.\n\nSweden left Norway.\n\nTASS saw Norway.", [NORWAY, SWEDEN, TASS])
    rows = [(one.name, other.name, count, first.index) for one, other, count, first in together(found)]
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
    from analysis.estimate import tone_series

    found = cast("Norway met Sweden.\n\nSweden met TASS.", [NORWAY, SWEDEN, TASS])
    series = tone_series(found, [score(mention, None) for mention in found.mentions])
    assert [item.actor.name for item in ranked(series)] == ["Sweden", "Norway", "TASS"]

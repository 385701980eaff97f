"""Own words: where an actor only speaks, no scorer gives a tone toward him."""

from __future__ import annotations

import pytest

from analysis import find_actors, parse, read_text, tone_toward

SCORERS = ("vader", "clause", "encoder")

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pipeline")]


def tones(text: str, name: str, scorer: str) -> list[tuple[bool, str]]:
    """(scored, reason) of each mention of an actor."""
    who = find_actors(parse(read_text(text + "\n")))
    scores = tone_toward(who, scorer=scorer)
    return [(score.tone is not None, score.reason) for score in scores if score.mention.actor.name == name]


@pytest.mark.parametrize("scorer", SCORERS)
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The race is close.\n\n“I believe we are winning,” said Victor Hale.", "Victor Hale"),
        ("Ruth Adler insisted that the new scheme would improve standards and inject rigour.", "Ruth Adler"),
        ("Victor Hale said that he was proud of his brilliant plan.", "Victor Hale"),
        ("According to Ruth Adler, the attack was a terrible crime.", "Ruth Adler"),
    ],
)
def test_own_words_are_no_tone(text: str, name: str, scorer: str) -> None:
    """Of what he says about himself, and of his being its source; the reason is given, and the neutral class is sure."""
    found = tones(text, name, scorer)
    assert found
    assert all(row == (False, "own words") for row in found)


@pytest.mark.parametrize(
    "text",
    [
        "Paul Reed raised his concerns with Anna Lind in the spring.",
        "Paul Reed discussed the terrible crisis with Anna Lind.",
        "Paul Reed complained to Anna Lind about the awful noise.",
    ],
)
def test_who_is_only_spoken_to_gets_no_tone(text: str) -> None:
    """Whatever is said to her; but "expressed his contempt to" is about her, and so is what is said beside her name."""
    assert tones(text, "Anna Lind", "encoder") == [(False, "only addressed")]
    assert tones("Paul Reed expressed his contempt to Anna Lind.", "Anna Lind", "encoder") == [(True, "")]
    assert tones("Paul Reed spoke to Anna Lind, a terrible liar.", "Anna Lind", "encoder")[0] == (True, "")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Victor Hale falsely claimed that the plan would work.", "Victor Hale"),
        ("Victor Hale boasted that the plan was brilliant.", "Victor Hale"),
        ("Victor Hale, a convicted fraudster and a terrible liar, said the plan would work.", "Victor Hale"),
        ("Ruth Adler said that Victor Hale was a terrible liar.", "Victor Hale"),
    ],
)
def test_what_others_say_of_him_stays(text: str, name: str) -> None:
    """The narrator's judgement of a speaker, and what somebody else says of him, are scored."""
    assert tones(text, name, "encoder")[0] == (True, "")

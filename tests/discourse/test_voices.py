"""Voices: they partition the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.discourse import find_voices, voice_at
from analysis.model import Attribution
from tests.discourse.by_hand import SAID, by_hand, parsed


def test_voices_by_hand() -> None:
    """The narrator up to the content, the source in it, the narrator after: 0-12, 12-29, 29-30."""
    parse = by_hand(SAID)
    voices = find_voices(parse)
    assert [(v.start, v.end, v.kind, v.speaker) for v in voices] == [
        (0, 12, "narrator", "narrator"),
        (12, 29, "unnamed", "Lavrov"),
        (29, 30, "narrator", "narrator"),
    ]
    assert voice_at(voices, 12).speaker == "Lavrov"
    with pytest.raises(IndexError, match="30 characters"):
        voice_at(voices, 30)


@st.composite
def contents(draw: st.DrawFn) -> list[Attribution]:
    spans = draw(st.lists(st.lists(st.tuples(st.integers(0, 29), st.integers(1, 9)), min_size=1, max_size=3), max_size=6))
    return [
        Attribution((), (), tuple(sorted({(start, min(30, start + size)) for start, size in group})), "indirect", "test")
        for group in spans
    ]


@given(contents())
def test_voices_partition_the_text(found: list[Attribution]) -> None:
    """Whatever the contents, overlapping or not: no gap, no overlap, all the text; the shortest content speaks."""
    parse = by_hand(SAID)
    voices = find_voices(parse, found)
    text = parse.article.text
    assert "".join(text[v.start : v.end] for v in voices) == text
    for voice in voices:
        covering = [item for item in found for a, b in item.content if a <= voice.start < b]
        assert (voice.attribution is None) == (not covering)


# --- who speaks, kind by kind ----------------------------------------------------------------------------------------


def speakers_over(text: str, words: str) -> set[str]:
    """Who speaks in some words of a text."""
    from analysis.actors import find_actors

    parse = parsed(text)
    start = text.index(words)
    found = find_voices(parse, cast=find_actors(parse))
    return {
        voice.speaker
        for voice in found
        if voice.start < start + len(words)
        and start < voice.end
        and any(char.isalnum() for char in text[max(start, voice.start) : min(start + len(words), voice.end)])
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("The mayor, Lena Ford, said: “It is a disgrace.”", "It is a disgrace", "Lena Ford"),
        (
            "Norland is “racing to the line,” as Van Jensen, a professor at the Institute, a Pentagon think tank, puts it.",
            "racing to the line",
            "Van Jensen",
        ),
        ("“We have no idea why,” the website quoted Maria Simon, the editor, as saying.", "We have no idea", "Maria Simon"),
        ("Dan Doyle was quoted calling Tom Birch a “failed” leader.", "a “failed” leader", "Dan Doyle"),
        ("“People love you and you win,” a video showed Rita Sahl telling supporters.", "People love you", "Rita Sahl"),
        (
            "Victor Hale hit back on Twitter, saying:\n\nJudge Adler has shamed us. She must resign!\n\nLawyers wept.",
            "Judge Adler has shamed",
            "Victor Hale",
        ),
        (
            "The agency named Anna Marsh.\n\nAnd from Chairwoman Ellen Porter:\n\n“Anna brings a wealth of experience.”",
            "Anna brings",
            "Ellen Porter",
        ),
        ("Town hall sources are rubbishing Orion News claims that the reshuffle is near.", "the reshuffle is", "Orion News"),
        ("In a note on his letter Anna Lind said: “This is not correct.”", "This is not correct", "Anna Lind"),
        (
            "Anna Lind spoke on Monday. “I cannot picture it. It could last four years. It could last eight,” she said.",
            "I cannot picture",
            "Anna Lind",
        ),
        ("Amazon countered that it was trying to get the best deal for readers.", "it was trying", "Amazon"),
        ("Anna Lind has been one of the loudest voices accusing Norway of backing rebels.", "of backing rebels", "Anna Lind"),
        (
            "Lena Ford, doubling down on her comments, tweeted on Friday that she “will speak truth to power.”",
            "will speak truth",
            "Lena Ford",
        ),
        ("“The firm ships arms,” according to a tweet by Mike Dorn.", "The firm ships", "Mike Dorn"),
        ("Anna Lind denied that Norway had lied.", "Norway had lied", "unnamed"),
        ("Gunmen attacked a market in Oslo, killing nine people.", "a market", "narrator"),
        ("Anna Lind was sworn in as mayor on Thursday.", "as mayor", "narrator"),
        ("The blast claimed the lives of nine people in Oslo.", "the lives", "narrator"),
        ("Rebels claimed the town of Arle after a week of fighting.", "the town", "narrator"),
        ("Anna Lind was charged with fraud and ordered to pay a fine.", "to pay a fine", "narrator"),
        ("The ministry said the border was closed. It added that the army was ready.", "the army was", "the ministry"),
        ("Two aides said the mayor had left. They added that she was ill.", "she was ill", "two aides"),
        ("The aides came. Two judges said the mayor had left. It emerged that she was ill.", "she was ill", "narrator"),
        ("Victor Hale has spent more than a year railing against Norway.", "Norway", "Victor Hale"),
        ("The peso fell on fears of a win for Victor Hale.", "a win", "unnamed"),
        ("Anna Lind said the state should act, and challenged Tom Birch on an article.", "Tom Birch", "Anna Lind"),
        ("Prosecutors said Anna Lind lied.", "Anna Lind lied", "prosecutors"),
        ("The dam was unsafe, per Anna Lind, the engineer.", "The dam was", "Anna Lind"),
        ("In the words of Anna Lind, the plan was “a fraud on the poor.”", "a fraud on", "Anna Lind"),
        ("A report written by Anna Lind says the bank lied.", "the bank lied", "Anna Lind"),
        ("A landslide threatened Oslo on Monday.", "Oslo", "narrator"),
        ("Two aides, who asked not to be named, said Anna Lind was furious.", "Anna Lind was", "two aides"),
        ("The pound rose on talk that Anna Lind may quit.", "Anna Lind may", "unnamed"),
        ("As Anna Lind, a doctor in Oslo, tells it, the ward “was left to rot.”", "was left", "Anna Lind"),
        ("The club rejected Herald claims that the coach had quit.", "the coach", "Herald"),
        ("Tom Birch is among the critics accusing Norway of arming rebels.", "of arming rebels", "Tom Birch"),
        (
            "Speaking to Reuters, the president of the Norwegian League for Rights, Anna Lind, said, “We are for the ban.”",
            "We are for",
            "Anna Lind",
        ),
        ("Tom Birch gave another account, also speaking via Twitter: “I offered to resign.”", "I offered", "Tom Birch"),
        ("Tom Birch was fined for “spreading rumours,” as was Anna Lind, who told nobody.", "spreading rumours", "narrator"),
        ("Paul Reed said that Tom Birch had lied.\n\n“Birch is a crook,” he said.", "is a crook", "Paul Reed"),
        (
            "President Karl Holm toured the land.\n\nTom Birch, a deputy, said on Sunday that the president had left.\n\n"
            "“He’s been to Oslo. Tomorrow he is going to Bergen,” he said on Fox News.",
            "to Oslo",
            "Tom Birch",
        ),
        ("Tom Birch spoke for himself.\n\n“You need Birch,” he said.", "You need", "Tom Birch"),
        ("Republicans met. The lifelong Republican said that Norway had lied.", "Norway had", "the lifelong Republican"),
        ("Anna Lind wrote that Tom Birch is ill, and accused Norway of neglect.", "Norway", "Anna Lind"),
        ("The paper came out at noon.\n\nIt was thin, and it said the plan was dead.", "the plan was", "unnamed"),
        (
            "Tom Birch, the donor and co-founder of Lind Technologies hedge fund who once backed Norway, is here.",
            "Norway",
            "Tom Birch",
        ),
        (
            "The Oslo Weekly said it rained.\n\nWhen Slate magazine met Birch, it said the plan was dead.",
            "the plan was",
            "unnamed",
        ),
        ("Large numbers of voters said the plan was dead.", "the plan was", "large numbers of voters"),
    ],
)
def test_who_speaks(text: str, words: str, speaker: str) -> None:
    """Appositions, "as she puts it", who is quoted, labels, blocks, pronouns after quotations; and what is no speech."""
    assert speakers_over(text + "\n", words) == {speaker}


@pytest.mark.slow
def test_the_turns_of_a_transcript_are_their_speakers() -> None:
    """Labels in ordinary case, in capitals, and of questions and answers; "I think" is whose turn it is."""
    text = "Anna Lind: Norway failed its people.\n\nTom Birch: That is a lie.\n\nAnna Lind: I think it is true.\n"
    assert speakers_over(text, "Norway failed") == {"Anna Lind"}
    assert speakers_over(text, "That is a lie") == {"Tom Birch"}
    assert speakers_over(text, "it is true") == {"Anna Lind"}
    text = (
        "Mayor Anna Lind and Tom Birch met.\n\nLIND: Norway failed its people.\n\nBIRCH: That is a lie.\n\nLIND: It is not.\n"
    )
    assert speakers_over(text, "Norway failed") == {"Anna Lind"}
    text = "Q: What did Norway do?\n\nA: Norway failed its people.\n\nQ: And then?\n\nA: It lost.\n"
    assert speakers_over(text, "Norway failed") == {"unnamed"}


@pytest.mark.slow
def test_a_letter_is_its_signers() -> None:
    """From the greeting to the signature; the next one is the next signer's."""
    text = (
        "Letters\n\nTo the Editor:\n\nNorway has failed its people. It should act.\n\nAnna Lind\nOslo\n\n"
        "To the Editor:\n\nSweden did well.\n\nTom Birch, Bergen\n"
    )
    assert speakers_over(text, "Norway has failed") == {"Anna Lind"}
    assert speakers_over(text, "Sweden did well") == {"Tom Birch"}


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
@pytest.mark.parametrize("place", ["KARACHI", "LAGOS, Nigeria"])
def test_the_place_of_a_report_says_nothing(place: str) -> None:
    """ "KARACHI: Imran Kader attacked the party": Karachi is where the report was filed, and attacks nobody."""
    from analysis.language import parse
    from analysis.readers import read_text

    voices = find_voices(parse(read_text(f"{place}: Imran Kader attacked the party on Monday.\n")))
    assert place not in {voice.speaker for voice in voices}

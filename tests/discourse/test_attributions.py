"""Attributions: reported clauses, quotations and their speakers, and the properties they keep."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.discourse import find_attributions, reporting_word, source_head, voice_at
from analysis.discourse.syntax import Tree
from analysis.discourse.voices import find_voices
from tests.discourse.by_hand import SAID, by_hand, parsed, told


def test_a_reported_clause_is_its_speakers() -> None:
    """Lavrov said that talks failed: source, cue, content, kind and rule."""
    parse = by_hand(SAID)
    (found,) = find_attributions(parse)
    text = parse.article.text
    assert [text[a:b] for a, b in found.source] == ["Lavrov"]
    assert [text[a:b] for a, b in found.cue] == ["said"]
    assert [text[a:b] for a, b in found.content] == ["that talks failed"]
    assert (found.kind, found.rule) == ("indirect", "clause")
    word = reporting_word(Tree(parse), found)
    assert word is not None
    assert word.does == "neutral"
    head = source_head(parse, found)
    assert head is not None
    assert head.text == "Lavrov"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We will win," Putin said.', ("Putin", "said", '"We will win,"')),
        ('Putin said: "We will win the war."', ("Putin", "said", '"We will win the war."')),
        (
            "“We will win,” said Putin, the president. “We must.”",
            ("Putin, the president", "said", "“We will win,” … “We must.”"),
        ),
        ('She said "no".', ("She", "said", '"no"')),
        (
            "According to TASS, the minister will visit Pyongyang.",
            ("TASS", "According to", "the minister will visit Pyongyang"),
        ),
        ("The tax, experts say, will hurt the poor.", ("experts", "say", "The tax … will hurt the poor")),
        ("Smith was accused by prosecutors.", ("prosecutors", "was accused", "Smith")),
        ("The claim that Iran cheated is false.", ("", "claim", "that Iran cheated")),
        ("Germany refused to help Greece.", ("Germany", "refused", "to help Greece")),
        ("Moscow hopes that the talks will resume.", ("Moscow", "hopes", "that the talks will resume")),
        ("Merkel criticised Trump, calling him reckless.", ("Merkel", "calling", "him reckless")),
    ],
)
def test_the_kinds_of_attribution(text: str, expected: tuple[str, str, str]) -> None:
    """Direct, inverted, continued, short, according-to, inserted, passive, nominal, intention, belief, judgement."""
    assert expected in told(text)


@pytest.mark.slow
def test_kinds_are_named() -> None:
    """direct, according-to, indirect, and floating for a quotation that goes on without a cue."""
    text = '"The plan is a good one," Kim said on Monday.\n\n"We will carry it out next year."\n\nOfficials said it may fail.\n'
    kinds = [(item.kind, text[slice(*item.source[0])]) for item in find_attributions(text)]
    assert ("direct", "Kim") in kinds
    assert ("floating", "Kim") in kinds
    assert ("indirect", "Officials") in kinds


@pytest.mark.slow
def test_a_quotation_as_long_as_the_article_has_its_speaker() -> None:
    """Two hundred sentences between two marks are one content of "he", from the first mark to the last."""
    text = "“" + "We will go on. " * 200 + "We must.” he said."
    (found,) = [item for item in find_attributions(text) if item.kind == "direct"]
    assert text[slice(*found.source[0])] == "he"
    assert found.content == ((0, text.index("”") + 1),)


@pytest.mark.slow
def test_a_quotation_over_paragraphs_has_one_speaker() -> None:
    """Three paragraphs, each opened, the cue in the last: one attribution holds all three."""
    text = "“We began in June.\n\n“We went on in July.\n\n“We ended in August,” said Colonel Smith.\n"
    (found,) = [item for item in find_attributions(text) if item.kind == "direct"]
    assert "Smith" in text[slice(*found.source[0])]


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(
            st.sampled_from(
                [
                    "He",
                    "said",
                    "that",
                    "Trump",
                    '"no"',
                    "“yes,”",
                    "according to",
                    "the claim",
                    "is",
                    ".",
                    ",",
                    "\n\n",
                    "it",
                    "may",
                    ":",
                ]
            ),
            max_size=25,
        ).map(" ".join),
    )
)
def test_any_text_is_taken(text: str) -> None:
    """No error on any Unicode; content never overlaps its own source or cue; spans are inside the text."""
    for item in find_attributions(text):
        for start, end in item.content:
            assert 0 <= start < end <= len(text)
            for low, high in (*item.source, *item.cue):
                assert end <= low or high <= start


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        'He said "no" and "yes". ' * 2500,
        '"' * 10000 + " word",
        "“a ‘b " * 2000,
        "“" + "We go on. " * 3000 + "” he said.",
        'קרא "שלום" ואמר. ' * 300,
        "Anna Lind: Norway failed its people.\n\n" * 200,
        "Anna Lind:\n" * 400,
        "Letters\n\n" + "To the Editor:\n\nNorway failed. It lost.\n\nAnna Lind\nOslo\n\n" * 100,
        "She said:\n\nYes, it is so.\n\n" * 150,
    ],
)
def test_hostile_text_costs_little_beside_the_parse(text: str) -> None:
    """Ten thousand marks, nested ones, right-to-left text, a quotation as long as the article: well under the parse."""
    from time import perf_counter

    from analysis.language import parse
    from analysis.readers import read_text

    clock = perf_counter()
    whole = parse(read_text(text))
    between = perf_counter()
    find_voices(whole, find_attributions(whole))
    assert perf_counter() - between < max(1.0, 0.5 * (between - clock))


@pytest.mark.slow
def test_what_something_is_for_is_nobodys_view() -> None:
    """Soldiers sent to support an offensive hold no view of it; a minister who supports one does."""
    assert not [a for a in find_attributions("Norway sent soldiers to support Sweden.\n") if a.rule == "object"]
    assert [a for a in find_attributions("The minister supports Sweden.\n") if a.rule == "object"]


@pytest.mark.slow
def test_two_sources_of_one_report_do_not_report_each_other() -> None:
    """The one named first keeps the words both give; the narrator names the two."""
    text = "According to TASS, the visit will take place in July, as stated by spokeswoman Maria Zakharova.\n"
    voices = find_voices(parsed(text))
    assert voice_at(voices, text.index("visit")).speaker == "TASS"
    for name in ("TASS", "Zakharova"):
        assert voice_at(voices, text.index(name)).kind == "narrator"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Norway has failed us all, I think.” Lind said.", ("Lind", "said", "“Norway has failed us all, I think.”")),
        (
            "\"We came to say, 'It is time to go home,'\" Mayor Anna Lind said on Friday.",
            ("Mayor Anna Lind", "said", "\"We came to say, 'It is time to go home,'\""),
        ),
        (
            "''Jobs, jobs, jobs,'' Mrs. Lind said on ''The Late Show'' last month.",
            ("Mrs. Lind", "said", "''Jobs, jobs, jobs,''"),
        ),
        (
            "Lind won in Oslo, according to exit polls (a sizable margin, but one that is slightly smaller than her support).",
            ("exit polls", "according to", "Lind won in Oslo … but one that is slightly smaller than her support"),
        ),
        ("“Norway has won,” said Sen. Anna Lind (R-S.D.).", ("Sen. Anna Lind (R-S.D.)", "said", "“Norway has won,”")),
        ("The group polled its members: ten teachers said they wanted Lind.", ("ten teachers", "said", "they wanted Lind")),
    ],
)
def test_where_a_source_stands_and_ends(text: str, expected: tuple[str, str, str]) -> None:
    """Behind a full stop, behind a mark in a mark, before a time, before a bracket, behind a colon."""
    assert expected in told(text)


@pytest.mark.slow
def test_what_stands_behind_a_quotation_is_not_always_its_speaker() -> None:
    """A sentence that says more than who has spoken is one of its own."""
    assert not any(said == "said" for _, said, _ in told("“Norway has failed us all, I think.” Lind said no more."))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("The group called the Oslo Forum met.", False),
        ("Birch founded a group called Oslo Forum.", False),
        ("The group called Anna Lind a liar.", True),
    ],
)
def test_what_something_is_called_is_no_view(text: str, called: bool) -> None:
    """A name is nobody's judgement."""
    assert any(cue == "called" for _, cue, _ in told(text)) == called


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "words", "speaker"),
    [
        (
            "Lind answered them, saying that her rivals were lying.",
            "“I am so sick of Birch and his lies. I am sick of it.”",
            "Lind",
        ),
        ("Lind answered them, saying that her rivals were lying.", "“The town is sick of Birch and his lies.”", "unnamed"),
        (
            "Lind answered them, and then the long day was over.",
            "“I am so sick of Birch and his lies. I am sick of it.”",
            "unnamed",
        ),
    ],
)
def test_a_quotation_goes_on_with_what_was_told(before: str, words: str, speaker: str) -> None:
    """A paragraph in the first person is whose words the paragraph before ends with; another is nobody's."""
    text = f"The town met.\n\n{before}\n\n{words}\n"
    assert voice_at(find_voices(parsed(text)), text.index("sick")).speaker == speaker


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("LONDON (Reuters) - Anna Lind said he was unlikely to win because Tom Birch lied.", "Anna Lind", "said"),
        (
            "Washington (AFP) – Democrat Anna Lind has taken a swipe at Tom Birch, saying he lied.",
            "Democrat Anna Lind",
            "saying",
        ),
        ("While he’s said he’ll fight all the way, Anna Lind must decide.", "he", "said"),
        (
            "The first incident came during a speech in Oslo, when Lind supporters interrupted her, shouting “she wins!”",
            "Lind supporters",
            "shouting",
        ),
        ("“We saw nothing,” Lind told the hosts of the show, adding that he was glad.", "Lind", "adding"),
        ("Birch said of the episode, “I don’t like it,” adding that he was glad.", "Birch", "adding"),
        ("Anna Lind explained that the firm held a share, and stated they want to stay in Norway.", "Anna Lind", "stated"),
        (
            "Lind said his recent attacks on Birch have given him votes and said that Birch did not represent the party.",
            "Lind",
            "said",
        ),
        (
            "Mayors were glad, with the chamber, the club and both Norwegian senators calling for a veto.",
            "the chamber, the club and both Norwegian senators",
            "calling for",
        ),
        ("Lind’s campaign entered the conversation believing they have more votes.", "Lind’s campaign", "believing"),
        ("According to Lind, the goal for the two days was to exceed ninety percent.", "Lind", "According to"),
        ("To ease the shortage, Lind ordered bigger packs, Birch ordered extra stock.", "Birch", "ordered"),
        (
            "“He's right. There's a gap between them and us,” Birch, a top Lind surrogate, said Thursday morning on TV.",
            "Birch, a top Lind surrogate",
            "said",
        ),
        (
            "A day after telling reporters that he’s “not going to talk about this,” Birch broke his silence.",
            "Birch",
            "telling",
        ),
    ],
)
def test_whose_words_they_are(text: str, source: str, cue: str) -> None:
    """Behind a dateline, a thing, a listener, a quotation, another's clause, a list, and before a clause without a subject."""
    assert [said for said, word, _ in told(text) if word == cue][-1] == source


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Anna Lind explained that the firm held a share, and stated they want to stay in Norway.",
            "that the firm held a share",
        ),
        (
            "The day after, Lind said Birch called her at home and asked if he could come.",
            "Birch called her at home and asked if he could come",
        ),
        ("To ease the shortage, Lind ordered bigger packs, Birch ordered extra stock.", "extra stock"),
        ("On Norway TV’s “Morning Talk Hour,” Anna Lind said that the plan was dead.", "that the plan was dead"),
        ("“He is right about us all,” Birch said Friday on Oslo TV’s “Birch and Friends.”", "“He is right about us all,”"),
        ("OSLO, Feb. 2 (UPI) — The record is almost complete, Anna Lind revealed.", "The record is almost complete"),
        ("Officials ruled out a visit, saying it was late and noting that Birch had come.", "that Birch had come"),
    ],
)
def test_how_far_the_words_go(text: str, content: str) -> None:
    """Up to a verb of saying with the same speaker; what another in them asked is in them; a clause before is no order."""
    assert content in [words for _, _, words in told(text)]


@pytest.mark.slow
def test_a_quotation_with_a_clause_before_it_does_not_go_on_with_who_spoke_last() -> None:
    """In one paragraph, the last word is not the president's: another subject leads to it."""
    text = "President Birch said that it was “puzzling that I do this.” Malia turned the offer down with a curt, “Nah.”\n"
    assert not any(said == "President Birch" and "Nah" in words for said, _, words in told(text))


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "Anna Lind addressed the crowd’s needs, focused on trade and cared for her mother.",
        "As friends and family gather in Oslo, Norway waits.",
        "Birch will make the case to Democrats gathered in Oslo for their convention that Lind is qualified.",
        "Norway is ahead in national polls.",
        "The hurricane threatened the coast, and its winds refused to rest.",
        "No one knows what the field will look like.",
        "The law allows shops to deny service to gays.",
        "Birch opened shops whose owners cite it.",
        "Birch was considered a fool.",
        "Lind became so upset that Birch had to change his answer.",
        "The court issued orders.",
        "Statements of praise for Lind came at noon.",
        "The Lind campaign did not respond to a request for comment.",
        "Lind said nothing, and Birch said so.",
        "Birch has an office overlooking the bay.",
        "The Senate confirmed a judge.",
        "Why do you think that Norway is an issue?",
        "The brawl over the plan threatened to become the news.",
        "The hotel had rooms called “Perception” and more.",
        "Lind wrote a book titled Oslo.",
        "He was briefed by commanders.",
        "Now tell us this isn’t a witch hunt.",
        "The town met to determine if it had failed.",
        "Birch is noted for winning a race.",
        "Oslo moved its race to June; the talks were planned for April.",
        "The report was issued by Birch.",
        "Anna Lind Photo Scandal: Mayor Breaks Her Silence\n\nThe town met.\n",
    ],
)
def test_what_is_no_attribution(text: str) -> None:
    """Acts, events, figures, nobody, what a law allows, names, degrees, and words that only look like saying."""
    assert told(text) == []


@pytest.mark.slow
def test_a_thing_with_a_name_beside_it_is_somebody() -> None:
    """ "A major figure" is a person where the name stands beside it, and a number elsewhere."""
    assert [source for source, *_ in told("Another major figure, Anna Lind, said that the plan was bad.")] == [
        "Another major figure, Anna Lind"
    ]
    assert told("Another major figure said that the plan was bad.") == []

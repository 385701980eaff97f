"""Shapes of text: what is headline, heading, paragraph, and what is set aside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.readers import read_text
from analysis.readers.sections import assembled, front_matter


def kinds(text: str) -> list[tuple[str, str]]:
    article = read_text(text)
    return [(section.kind, article.text[section.start : section.end]) for section in article.sections]


@pytest.mark.parametrize(
    "text, count",
    [
        ("Norway attacked the plan\nSweden praised the plan\nDenmark said nothing\n", 3),
        ("Lind blamed the council\nBirch praised the mayor\nHale said nothing\nAdler went home\n", 4),
        ("Rain fell\n“It was bad”\nSun followed\nSnow came\n", 4),
        ("The minister said that the talks\nWould go on until both sides had agreed on\na text that all could sign.", 1),
        ("The minister said on Tuesday that the talks\nwould go on.", 1),
        ("Lind won.\n\nThe minister said that the talks\nwould go on.", 2),
        ("Lind won.\n\nThe minister said that talks would go on\nShe then left.", 3),
        ("The minister said on Tuesday that the\nTreaty would be signed by Sweden and\nNorway before the end of May.", 1),
    ],
)
def test_lines_that_run_on_are_one_paragraph(text, count):
    """Others, each of which begins with a capital and breaks off nowhere, are sections of their own."""
    assert len(kinds(text)) == count


@pytest.mark.parametrize(
    "text, title, date",
    [
        (
            "Lind v Birch: who won the debate?\nBy Jane Roe, editor\nPublished 3 May 2024, 10:00 BST\n2 hours ago\n\n",
            "Lind v Birch: who won the debate?",
            "2024-05-03",
        ),
        ("Lind wins vote\nJANE ROE\nMay 3, 2024\n\n", "Lind wins vote", "2024-05-03"),
        (
            "Lind wins\n\nBy Jane Roe and Tom Poe | The Herald\n\nPosted: May 3, 2024 / 10:00 AM EDT\n\n",
            "Lind wins",
            "2024-05-03",
        ),
        ("Lind wins vote in city\nJane Roe in Oslo\nFri 3 May 2024 11.02 BST\n\n", "Lind wins vote in city", "2024-05-03"),
        ("Lind wins\n3 May 2024\nShare\nSave\nJane Roe\nPolitical correspondent\n\n", "Lind wins", "2024-05-03"),
        ("Lind wins vote after\na long recount\nBy Jane Roe\n\n", "Lind wins vote after a long recount", None),
        ("EPL\n\n‘It’s never a red card’ – Fernando\n\nBy Sports Desk\n\n", "‘It’s never a red card’ – Fernando", None),
        ("World news\nNorway attacks plan by Sweden again\n\n", "Norway attacks plan by Sweden again", None),
        ("Norway wins\n\nSweden beaten on penalties in the final\n\n", "Norway wins", None),
    ],
)
def test_the_title_and_date_of_a_copied_page(text, title, date):
    """Whatever stands above and beneath the headline; nothing of it is body."""
    article = read_text(text + "Anna Lind beat Tom Birch on Monday.\n")
    assert (article.title, article.date) == (title, date)
    assert [article.text[s.start : s.end] for s in article.sections if s.kind == "body"] == [
        "Anna Lind beat Tom Birch on Monday."
    ]


@pytest.mark.parametrize("rule", ["* * *", "***", "---", "• • •", "– – –", "- - -", "###", "___"])
def test_a_rule_is_no_section(rule):
    """It parts what stands above it from what stands beneath."""
    expected = [("headline", "Lind wins"), ("body", "Anna Lind won."), ("body", "Birch lost.")]
    assert kinds(f"Lind wins\n\n{rule}\n\nAnna Lind won.\n{rule}\nBirch lost.") == expected


@pytest.mark.parametrize(
    "footer",
    [
        "Listen to the best of Radio Norland on Sounds and follow Radio Norland on Facebook and Instagram.",
        "Follow Radio Norland on Twitter.",
        "© 2024 Radio Norland. All rights reserved.",
        "Read more: Anna Lind attacks Radio Norland",
        "If you have a story, email stories@radio.example",
        "(Reporting by Ann Kerr in Moscow; Editing by Tom Roe)",
        "Get our weekly newsletter in your inbox.",
    ],
)
def test_what_follows_the_article_is_set_aside(footer):
    """As boilerplate, its words untouched."""
    assert kinds(f"Tom Birch was jailed.\n\n{footer}\n")[-1] == ("boilerplate", footer)


def test_nothing_set_aside_is_all_there_is():
    """A text of one line is its body, whatever it looks like."""
    assert kinds("Read more") == [("body", "Read more")]
    assert kinds("___") == [("body", "___")]


def test_a_whole_page_pasted():
    """Navigation above, byline, credit and caption, lists of other headlines in the middle and at the end."""
    article = read_text(PASTED)
    told = [(section.kind, article.text[section.start : section.end]) for section in article.sections if not section.aside]
    assert (article.title, article.date) == ("Storm minister hits back at mayor's attack", "2024-05-03")
    assert told == [
        ("headline", "Storm minister hits back at mayor's attack"),
        ("body", "Tom Birch has rejected the mayor's claim that he abandoned her city."),
        ("body", "Anna Lind, the mayor, said that Birch had failed the people of Oslo."),
    ]
    asides = {article.text[section.start : section.end]: section.kind for section in article.sections}
    assert asides["Anna Lind speaks in Oslo on Monday"] == "caption"
    assert asides["Political correspondent"] == asides["Jane Roe"] == "byline"
    assert asides["Tom Birch"] == asides["Who is Anna Lind?"] == asides["Europe"] == "boilerplate"


PASTED = """Home
News
Sign in

World
Europe

Storm minister hits back at mayor's attack

Jane Roe
Political correspondent
@janeroe

3 May 2024
Share
12 comments

Getty Images
Anna Lind speaks in Oslo on Monday

Tom Birch has rejected the mayor's claim that he abandoned her city.

Related topics
Norway floods
Tom Birch

Anna Lind, the mayor, said that Birch had failed the people of Oslo.

More on this story
Five things we know about the storm
Who is Anna Lind?

Top stories

King to open new bridge
"""


@pytest.mark.parametrize(
    "text",
    [
        "Q: What did Norway do?\n\nA: Norway failed its people.\n",
        "Q. Did Norway fail?\n\nA. Yes, it did.\n",
        "Question: What did Norway do?\n\nAnswer: Norway failed.\n",
        "INTERVIEWER: What did Norway do?\n\nANNA LIND: It failed its people.\n",
        "Anna Lind: Did Norway fail?\n\nTom Birch: Yes, it did fail.\n\nAnna Lind: Why is that?\n",
        "JOHN DOE, HOST: What did Norway do\n\nANNA LIND: It failed.\n",
        "ANNA LIND, HOST:\n\nNorway is flooded.\n\nBIRCH: Yes.\n\nLIND: Did you fail?\n\nBIRCH: No, we did not.\n",
    ],
)
def test_an_interview_has_no_headline(text):
    """Its first line is a question."""
    assert {kind for kind, _ in kinds(text)} == {"body"}


def test_an_interview_beneath_a_headline():
    """Keeps it; and a headline with a colon is one where no turns follow."""
    assert [kind for kind, _ in kinds("Lind on Norway\n\nQ: What did it do?\n\nA: It failed.\n")] == [
        "headline",
        "body",
        "body",
    ]
    assert kinds("Lind: Norway failed\n\nAnna Lind spoke on Monday.\n\nShe left.")[0][0] == "headline"


def test_front_matter_says_what_the_article_is():
    """Its keys are read, its lines are set aside, and the text stays as it is."""
    text = "---\ntitle: 'Who won'\noutlet: The Herald\nDate: 3 May 2024\nnote: Invented.\n---\nLind wins\n\nAnna Lind won.\n"
    article = read_text(text)
    assert (article.title, article.outlet, article.date, article.notes) == (
        "Who won",
        "The Herald",
        "2024-05-03",
        ("Invented.",),
    )
    assert [section.kind for section in article.sections] == ["boilerplate", "headline", "body"]
    assert article.text == text


def test_the_head_of_a_message_says_what_it_is():
    """Its subject is the title; lines with colons that are no message's are not."""
    text = "From: Jane Roe\nDate: Fri, 3 May 2024 10:00:00 +0100\nSubject: Lind wins\n\nAnna Lind won on Monday.\n"
    article = read_text(text)
    assert (article.title, article.date) == ("Lind wins", "2024-05-03")
    assert [section.kind for section in article.sections] == ["boilerplate", "body"]
    assert front_matter("Norway: Rain\nSweden: Sun\n\nIt rained.") == (None, {})


def test_a_text_that_an_archive_printed_out():
    """Outlet and date stand between the headline and the body."""
    text = (
        "Page 1 of 2\n\nLind wins the vote\n\nThe Herald (London)\nMay 3, 2024 Friday\nFirst Edition\n\n"
        "Length: 312 words\n\nBody\n\n"
        "Anna Lind won on Monday.\n\nLoad-Date: May 4, 2024\n\nEnd of Document\n"
    )
    article = read_text(text)
    assert (article.title, article.outlet, article.date) == ("Lind wins the vote", "The Herald", "2024-05-03")
    assert [article.text[s.start : s.end] for s in article.sections if s.kind == "body"] == ["Anna Lind won on Monday."]
    assert read_text(text.replace("Load-Date", "Loaded")).outlet is None


@pytest.mark.parametrize(
    "text", ["---\nLind wins\n---\nAnna Lind won.", "---\noutlet: x\nAnna Lind won.", "Lind\n---\na: b\n---\n"]
)
def test_what_is_no_front_matter(text):
    """Lines without a key, a block that does not end, one that is not at the top."""
    assert front_matter(text) == (None, {})


@pytest.mark.parametrize(
    "text", ['<div class="x">Anna Lind won.</div>', "Lind &amp; Birch&nbsp;met.", "Lind wins<br/>\n<br/>\nShe won."]
)
def test_tags_in_a_text_are_said(text):
    """With the next step; a text without them has no note."""
    assert "Save the page as an .html file" in read_text(text).notes[0]
    assert read_text("1 < 2 and 3 > 2; R&D.").notes == ()


def test_another_language_is_said():
    """In one sentence."""
    german = (
        "Bundeskanzler Otto Schelz hat die Kritik von Fritz Marz scharf zurückgewiesen. „Das ist Unsinn“, sagte er am Montag."
    )
    assert read_text(german).notes == ("This text looks German, and every score here is made for English: do not trust them.",)


KINDS = st.sampled_from([None, "headline", "heading", "body", "byline", "caption", "boilerplate"])


@given(st.lists(st.tuples(KINDS, st.text(max_size=40)), max_size=8))
def test_blocks_become_a_text_with_their_places(blocks):
    """Sections are in order, hold each block's words on one line, and keep every kind that is given."""
    text, sections = assembled(blocks)
    words = [" ".join(words.split()) for _, words in blocks]
    kept = [(kind, line) for (kind, _), line in zip(blocks, words, strict=True) if any(char.isalnum() for char in line)]
    assert text == "\n\n".join(line for _, line in kept) + "\n"
    edges = [edge for section in sections for edge in (section.start, section.end)]
    assert edges == sorted(edges)
    if all(kind not in (None, "body") for kind, _ in kept):
        assert [(section.kind, text[section.start : section.end]) for section in sections] == kept

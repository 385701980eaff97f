"""Passages: marks where they stand, pushes that add up, every sentence once."""

from __future__ import annotations

from analysis.display import (
    passages,
)
from analysis.model import Actor, Cue, Mention, Sentiment, ToneScore
from tests.build import cast, parsed, score
from tests.display.made import NORWAY, RUSSIA, TEXT, soup


def test_passages_mark_mentions_and_cues_where_they_stand() -> None:
    """The words in marks are the words of the spans; a cue carries its push in text and its sign in its line."""
    found = cast(TEXT, [RUSSIA])
    mention = found.mentions[0]
    cue = Cue(mention.end + 5, mention.end + 11, -0.4, "by hand")
    item = ToneScore(mention, 0.7, 0.0, 0.3, -0.4, None, (cue,), "x")
    line = soup(passages(found.parse, [item], caption="c")).li
    assert [mark.get_text() for mark in line.find_all("mark")] == ["Russia"]
    assert [u.get_text() for u in line.find_all("u")] == ["blamed"]
    assert "negative" in line.u["class"]
    assert line.sup.get_text() == "−0.40"
    assert "−0.40 negative" in line.find(class_="at").get_text()


def test_scores_of_one_sentence_are_shown_together_once() -> None:
    """Two actors in a sentence: one line, both tones, each with its name; the text is the sentence's."""
    found = cast(TEXT, [RUSSIA, NORWAY])
    inside = [score(mention, tone) for mention, tone in zip(found.mentions[1:], (0.5, None), strict=True)]
    page = soup(passages(found.parse, inside, caption="c"))
    assert len(page.find_all("li")) == 1
    assert [mark.get_text() for mark in page.find_all("mark")] == ["Norway", "Russia"]
    side = page.find(class_="at").get_text(" ")
    assert "+0.50 positive Norway" in side
    assert "no evidence Russia" in side
    for extra in page.find_all("sup"):
        extra.decompose()
    assert page.bdi.get_text() == "Norway praised Russia for $5 <b>."


def test_pushes_sum_to_the_tone_beside_them() -> None:
    """Two mentions of one actor: their tones are averaged, and so are the pushes; an unscored third counts for nothing.

    (-0.6 + 0.2) / 2 = -0.2 = -0.6 / 2 + 0.2 / 2.
    """
    found = cast("Russia hit Russia and Russia.\nx y", [RUSSIA])
    cues = ((Cue(7, 10, -0.6, "a"),), (Cue(18, 21, 0.2, "b"),), ())
    tones = (-0.6, 0.2, None)
    items = [ToneScore(m, 0, 1, 0, t, None, c, "x") for m, t, c in zip(found.mentions, tones, cues, strict=True)]
    line = soup(passages(found.parse, items, caption="c")).li
    assert [sup.get_text() for sup in line.find_all("sup")] == ["−0.30", "+0.10"]
    assert "−0.20 negative" in line.find(class_="at").get_text()


def test_overlapping_spans_lose_no_text() -> None:
    """A cue that begins inside a mention and ends after it leaves every character once, in order."""
    parse = parsed("Kim Jong Un attacked Norway.\nx y")
    sentence = parse.sentences[0]
    mention = Mention(Actor("Kim", "person"), sentence, 0, 11, "name", "by hand")
    cues = (Cue(4, 20, -0.4, "a"), Cue(12, 28, 0.1, "b"))
    page = soup(passages(parse, [ToneScore(mention, 0, 1, 0, -0.3, None, cues, "x")], caption="c"))
    pushes = [sup.extract().get_text() for sup in page.find_all("sup")]
    assert page.bdi.get_text() == "Kim Jong Un attacked Norway."
    assert pushes == ["−0.40", "+0.10"]


def test_anchors_are_given_once_and_links_lead_to_them() -> None:
    """Only the place the caller chose has ids; sentence numbers count from one."""
    parse = parsed(TEXT)
    anchored = soup(passages(parse, parse.sentences, caption="c", anchor=True))
    assert [li["id"] for li in anchored.find_all("li")] == ["s1", "s2", "s3"]
    assert [a["href"] for a in anchored.find_all("a")] == ["#s1", "#s2", "#s3"]
    bare = soup(passages(parse, parse.sentences, caption="c", link=False))
    assert not bare.find_all(id=True)
    assert not bare.find_all("a")


def test_the_strongest_are_kept_in_reading_order() -> None:
    """``most`` chooses by strength, never by sign, and says how many there were."""
    parse = parsed("One.\nTwo.\nThree.\nFour.")
    items = [Sentiment(s, v, ()) for s, v in zip(parse.sentences, (0.1, -0.9, None, 0.5), strict=True)]
    shown = passages(parse, items, caption="c", most=2)
    assert [li.find(class_="no").get_text() for li in soup(shown).find_all("li")] == ["2", "4"]
    assert "2 strongest of 4 sentences" in soup(shown).get_text()


def test_a_voice_is_named_beside_its_tone() -> None:
    """Where voices are told apart, the margin says whose it is."""
    found = cast(TEXT, [RUSSIA])
    item = ToneScore(found.mentions[0], 0, 1, 0, -0.3, "Norway", (), "x")
    assert "in the voice of Norway" in soup(passages(found.parse, [item], caption="c")).get_text()


def test_no_passages_is_said_in_words() -> None:
    """An empty selection is shown as one."""
    assert "No such sentence" in soup(passages(parsed(TEXT), [], caption="c")).get_text()


def test_hostile_sentences_show_as_text() -> None:
    """Sentence, caption, actor and voice may hold anything."""
    text = "<script>alert(1)</script> & <img src=x> hit Oslo."
    found = cast(f"{text}\nfoo", [Actor("<script>alert(1)</script>", "person")])
    item = ToneScore(found.mentions[0], 0, 1, 0, 0.3, "<i>x</i>", (), "x")
    page = soup(passages(found.parse, [item], caption="<b>$1 $2"))
    page.find(class_="toward-gauge").decompose()
    assert not page.find_all(["script", "img", "b", "i"])
    assert page.bdi.get_text() == text

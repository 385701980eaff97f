"""Passages: marks where they stand, few words and those that carry the number, every sentence once."""

from __future__ import annotations

from analysis.display import carrying_words, passages
from analysis.model import Actor, Cue, Mention, Sentiment, Stance, ToneScore
from tests.build import cast, parsed, score
from tests.display.made import NORWAY, RUSSIA, TEXT, soup


def test_passages_mark_mentions_and_cues_where_they_stand() -> None:
    """The words in marks are the words of the spans; a cue carries its contribution in text and its sign in its line."""
    found = cast(TEXT, [RUSSIA])
    mention = found.mentions[0]
    cue = Cue(mention.end + 5, mention.end + 11, -0.4, "by hand")
    item = ToneScore(mention, 0.7, 0.0, 0.3, -0.4, None, (cue,), "x")
    line = soup(passages(found.parse, [item], caption="c")).li
    assert [mark.get_text() for mark in line.find_all("mark")] == ["Russia"]
    assert [u.get_text() for u in line.find_all("u")] == ["blamed"]
    assert "negative" in line.u["class"]
    assert line.find(class_="w").get_text() == "blamed −0.40"
    assert "−0.40 negative" in line.find(class_="at").get_text()


def test_scores_of_one_sentence_are_shown_together_once() -> None:
    """Two actors in a sentence: one line, both tones, each with its name; the text is the sentence's."""
    found = cast(TEXT, [RUSSIA, NORWAY])
    inside = [score(mention, tone) for mention, tone in zip(found.mentions[1:], (0.5, None), strict=True)]
    page = soup(passages(found.parse, inside, caption="c"))
    assert len(page.find_all("li")) == 1
    assert [mark.get_text() for mark in page.find_all("mark")] == ["Norway", "Russia"]
    side = " ".join(page.find(class_="at").get_text(" ").split())
    assert "+0.50 positive toward Norway" in side
    assert "not scored toward Russia" in side
    assert page.bdi.get_text() == "Norway praised Russia for $5 <b>."


def test_pushes_are_means_over_the_scored_mentions() -> None:
    """Two mentions of one actor: their tones are averaged, and so are the contributions; an unscored third counts for nothing.

    (-0.6 - 0.3) / 2 = -0.45; the words contribute -0.6 / 2 and -0.3 / 2.
    """
    found = cast("Russia hit Russia and Russia.\nx y", [RUSSIA])
    cues = ((Cue(7, 10, -0.6, "a"),), (Cue(18, 21, -0.3, "b"),), ())
    tones = (-0.6, -0.3, None)
    items = [ToneScore(m, 0, 1, 0, t, None, c, "x") for m, t, c in zip(found.mentions, tones, cues, strict=True)]
    line = soup(passages(found.parse, items, caption="c")).li
    assert line.find(class_="w").get_text() == "hit −0.30, and −0.15"
    assert "−0.45 negative" in line.find(class_="at").get_text()


def test_only_words_that_carry_the_number_are_marked() -> None:
    """At least 0.10 the number's own way, none of the actor's own name, five at most, the strongest first."""
    text = "Oslo a b c d e f g h i j."
    found = cast(f"{text}\nfoo", [Actor("Oslo", "country")])
    contributions = {"Oslo": -0.9, "a": -0.11, "b": -0.2, "c": -0.3, "d": 0.4, "e": -0.09, "f": -0.4, "g": -0.5, "h": -0.6}
    cues = tuple(
        Cue(text.index(word), text.index(word) + len(word), contribution, "x") for word, contribution in contributions.items()
    )
    score = ToneScore(found.mentions[0], 0.9, 0.1, 0.0, -0.9, None, cues, "x")
    assert [text[cue.start : cue.end] for cue in carrying_words([score])] == ["h", "g", "f", "c", "b"]
    line = soup(passages(found.parse, [score], caption="c")).li
    assert [u.get_text() for u in line.find_all("u")] == ["b", "c", "f", "g", "h"]


def test_neutral_is_called_neutral() -> None:
    """No sign and no side for a tone of about zero; no word is marked for it."""
    found = cast(TEXT, [RUSSIA])
    cue = Cue(found.mentions[0].end + 5, found.mentions[0].end + 11, 0.14, "x")
    line = soup(passages(found.parse, [ToneScore(found.mentions[0], 0, 1, 0, 0.14, None, (cue,), "x")], caption="c")).li
    assert line.find(class_="at").get_text() == "neutraltoward Russia"
    assert not line.find_all("u")


def test_the_strongest_may_come_first() -> None:
    """``ranked`` orders by size, whatever the sign."""
    parse = parsed("One.\nTwo.\nThree.\nFour.")
    items = [Sentiment(s, v, ()) for s, v in zip(parse.sentences, (0.2, -0.9, None, 0.5), strict=True)]
    shown = passages(parse, items, caption="c", ranked=True)
    assert [li.find(class_="no").get_text() for li in soup(shown).find_all("li")] == ["2", "4", "1", "3"]


def test_a_name_leads_where_the_page_says() -> None:
    """Actor and source; without a place, the name is text."""
    found = cast(TEXT, [RUSSIA])
    item = ToneScore(found.mentions[0], 1, 0, 0, -0.9, "Norway", (), "x")
    places = {"Russia": "#a1", "Norway": "#a2"}
    linked = soup(passages(found.parse, [item], caption="c", href=places.get))
    assert [a["href"] for a in linked.select(".at a")] == ["#a1", "#a2"]
    assert not soup(passages(found.parse, [item], caption="c")).select(".at a")


def test_overlapping_spans_lose_no_text() -> None:
    """A cue that begins inside a mention and ends after it leaves every character once, in order."""
    parse = parsed("Kim Jong Un attacked Norway.\nx y")
    sentence = parse.sentences[0]
    mention = Mention(Actor("Kim", "person"), sentence, 0, 11, "name", "by hand")
    sentiment = Sentiment(sentence, -0.5, (Cue(4, 20, -0.4, "a"), Cue(12, 27, -0.1, "b")))
    page = soup(passages(parse, [sentiment, mention], caption="c"))
    assert page.bdi.get_text() == "Kim Jong Un attacked Norway."
    assert page.find(class_="w").get_text() == "Jong Un attacked −0.40, attacked Norway −0.10"
    assert page.mark.get_text() == "Kim Jong Un"


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
    assert "the 2 strongest of 4 sentences" in soup(shown).get_text()


def test_a_voice_is_named_beside_its_tone() -> None:
    """Where voices are told apart, the margin says whose it is."""
    found = cast(TEXT, [RUSSIA])
    item = ToneScore(found.mentions[0], 0, 1, 0, -0.3, "Norway", (), "x")
    assert "attributed to Norway" in soup(passages(found.parse, [item], caption="c")).get_text()


def test_a_stance_is_named_by_its_target_and_its_holder() -> None:
    """Each with the article that its own name wants, whoever stands last."""
    parse = parsed(TEXT)
    norway, states = Actor("Norway", "country"), Actor("United States", "country")
    held = [
        Stance(norway, states, -0.5, parse.sentences[0], (), "event"),
        Stance(states, norway, 0.5, parse.sentences[1], (), "event"),
    ]
    shown = soup(passages(parse, held, caption="c")).get_text(" ")
    said = " ".join(shown.split())
    assert "toward the United States, by Norway" in said
    assert "toward Norway, by the United States" in said


def test_the_words_of_each_stance_of_a_sentence_are_marked() -> None:
    """ "blamed" for one, "was" for another; a word that carries two is listed once, with the stronger of the two."""
    parse = parsed(TEXT)
    words = [(7, 10, 0.2), (11, 17, -0.5), (11, 17, 0.3)]
    held = [Stance(NORWAY, RUSSIA, tone, parse.sentences[0], (Cue(*span, tone, "x"),), "event") for *span, tone in words]
    page = soup(passages(parse, held, caption="c"))
    assert [(u.get_text(), u["class"]) for u in page.find_all("u")] == [
        ("was", ["positive", "w1"]),
        ("blamed", ["negative", "w2"]),
    ]
    assert page.find("small", class_="w").get_text() == "blamed −0.50, was +0.20"


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

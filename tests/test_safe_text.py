"""An article's text as HTML reads back as itself and never runs."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from analysis.model import Actor, Article, Cast, Estimate, Mention, Parse, Point, Section, Sentence, ToneScore, ToneSeries
from analysis.safe_text import LINE_CHARS, SHORT_ROWS, attribute, few, safe, shorten, visible
from tests.display.made import HOSTILE


@pytest.mark.parametrize("text", HOSTILE)
def test_safe_text_reads_back_as_itself(text: str) -> None:
    """Markup shows as text: a parser finds no element but our spans, and the same characters."""
    parsed_html = BeautifulSoup(safe(text), "html5lib").body
    assert parsed_html is not None
    assert {tag.name for tag in parsed_html.find_all()} <= {"span"}
    assert parsed_html.get_text() == text


def test_each_dollar_stands_alone() -> None:
    """Two amounts never share a text node, so no formula can begin at one and end at the other."""
    page = BeautifulSoup(safe("from $5 to $6"), "html5lib")
    assert max(str(node).count("$") for node in page.find_all(string=True)) == 1
    assert [span.get_text() for span in page.find_all("span")] == ["$", "$"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("a\x00b", "␀"),
        ("a\x1bb", "␛"),
        ("a\x7fb", "␡"),
        ("a\x85b", "[U+0085]"),
        ("a\u202eb", "[RLO]"),
        ("a\u2066b", "[LRI]"),
        ("a\u200bb", "[ZWSP]"),
        ("a\u200db", "[ZWJ]"),
        ("a\ufeffb", "[BOM]"),
        ("a\u2028b", "[LSEP]"),
        ("a\ud800b", "[U+D800]"),
        ("a\U000e0041b", "[U+E0041]"),
        ("a\uffffb", "[U+FFFF]"),
    ],
)
def test_what_cannot_be_seen_is_shown_by_a_label(text: str, label: str) -> None:
    """Controls, direction overrides and zero-width characters become labels, in HTML, attributes and plain text."""
    assert visible(text) == f"a{label}b"
    assert safe(text) == f'a<span class="toward-unseen">{label}</span>b'
    assert attribute(text) == f"a{label}b"
    safe(text).encode("utf-8")


def test_joiners_that_a_script_needs_stay() -> None:
    """A family emoji and a Persian word keep the joiner that makes them; line breaks and tabs stay too."""
    assert visible("👨\u200d👩") == "👨\u200d👩"
    assert visible("می\u200cخواهم") == "می\u200cخواهم"
    assert visible("a\tb\r\nc\u00a0d é’—") == "a\tb\r\nc\u00a0d é’—"


def test_an_attribute_cannot_be_left() -> None:
    """Quotes of both kinds are escaped."""
    assert attribute("\"x' onload=<y>&") == "&quot;x&#x27; onload=&lt;y&gt;&amp;"


def test_shorten_keeps_within_its_length() -> None:
    """A long text ends in an ellipsis and is no longer than asked; a short one is only put on one line."""
    assert shorten("two\n words", 20) == "two words"
    assert shorten("a" * 10_000, 20) == "a" * 19 + "…"
    assert shorten("exactly ten", 11) == "exactly ten"


def nouns(text: str, times: int) -> list[object]:
    """One of each noun with a short form, the text wherever an article's words may stand, ``times`` of each part."""
    section = Section("body", 0, len(text))
    article = Article("a", text, text, (section,) * times, text, "0" * 64, outlet=text)
    sentence = Sentence(0, 0, len(text), section, 0, 0)
    actor = Actor(text, "country", (text,) * times)
    mention = Mention(actor, sentence, 0, len(text), "name", "by hand")
    parse = Parse(article, (sentence,) * times, (), ())
    score = ToneScore(mention, 0.5, 0.25, 0.25, -0.25, text, None, "by hand")
    series = ToneSeries(actor, (Point(sentence, "scored", -0.25, (score,)),) * times, Estimate(None, None, None, 1, ""), 1, 1)
    return [article, parse, Cast(parse, (actor,) * times, (mention,) * times), score, series]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("times", [0, 1, 1000])
def test_nouns_show_three_short_lines_and_a_small_table(text: str, times: int) -> None:
    """However much they hold, and whatever the article says: nothing runs, nothing hides."""
    for noun in nouns(text, times):
        lines = repr(noun).splitlines()
        assert len(lines) == 3
        assert max(map(len, lines)) <= 8 * LINE_CHARS
        assert visible(repr(noun)) == repr(noun)
        soup = BeautifulSoup(noun._repr_html_(), "html5lib").body
        assert {tag.name for tag in soup.find_all(True)} <= set("div table caption thead tbody tr th td p span bdi".split())
        assert soup.div["class"] == ["toward", "mathjax_ignore", "tex2jax_ignore"]
        assert len(soup.select("tbody tr")) <= SHORT_ROWS + 1


def test_the_short_forms_of_the_nouns() -> None:
    """What they are, how much they hold, and the first of it."""
    article, parse, cast, score, series = nouns("Norway", 6)
    assert repr(article) == "Norway\nNorway, Norway, sha256 000000000000\n6 characters in 6 sections"
    assert repr(parse) == "6 sentences, 0 tokens, 0 named entities\nof Norway\nentities: none"
    assert repr(cast) == "6 actors in 6 mentions\nmost: Norway (6)\n0 forms left open: none"
    assert repr(score).splitlines() == [
        "Norway, by name in sentence 1: tone -0.25",
        "negative 0.50, neutral 0.25, positive 0.25, scorer by hand",
        "voice Norway, certainty 1.00, no words worked out",
    ]
    assert repr(series).splitlines() == [
        "Norway (country): no mean, 1 scored sentence",
        "scored in 1 of 1 mention",
        "from -0.25 in sentence 1 to -0.25 in sentence 1",
    ]
    assert few(["a", "b", "c"], 2) == "a, b and 1 more"

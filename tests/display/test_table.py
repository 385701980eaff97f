"""What a notebook shows: text stays text, numbers are written alike, and absence is never a zero."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from dataclasses import dataclass
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

from analysis.display import (
    Column,
    Link,
    Shown,
    Table,
    attribute,
    estimate,
    listing,
    number,
    passages,
    plural,
    safe,
    say,
    share,
    shorten,
    stylesheet,
    together,
    visible,
    without_style,
)
from analysis.display import table as show
from analysis.model import Actor, Cue, Estimate, Mention, Sentiment, ToneScore
from tests.build import cast, parsed, score

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></table><iframe src=javascript:alert(1)>",
    "$5 million and $10 million",
    "&amp; &lt;b&gt;",
)


def soup(shown: show.Shown) -> BeautifulSoup:
    """The HTML of something shown, without the rules it carries."""
    return BeautifulSoup(without_style(shown._repr_html_()), "html5lib")


def test_importing_show_brings_in_nothing_heavy() -> None:
    """A notebook that only shows tables pays for neither numpy nor matplotlib."""
    code = (
        "import sys, analysis.display.table; print([m for m in ('numpy', 'matplotlib', 'spacy', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- text ------------------------------------------------------------------------------------------------------
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


# --- numbers -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.314, "+0.31"),
        (-0.314, "−0.31"),
        (0.0, "0.00"),
        (-0.004, "0.00"),
        (0.004, "0.00"),
        (1.0, "+1.00"),
        (-1.0, "−1.00"),
        (10.0, "+10.00"),
        (None, "–"),
        (float("nan"), "–"),
    ],
)
def test_numbers_are_signed_with_a_true_minus_and_absence_is_not_zero(value: float | None, text: str) -> None:
    """Two digits, sign always but at zero, U+2212 for minus, an en dash for no evidence."""
    assert number(value) == text


def test_counts_shares_and_plurals() -> None:
    """Counts mark thousands, shares are per cent, nouns agree with their number."""
    assert plural(1, "mention") == "1 mention"
    assert plural(0, "mention") == "0 mentions"
    assert plural(12_345, "country", "countries") == "12,345 countries"
    assert share(0.125) == "12 %"
    assert share(None) == "–"
    assert listing([]) == "none"
    assert listing(["a"]) == "a"
    assert listing(["a", "b", "c"], last="or") == "a, b or c"


def test_an_estimate_brings_its_interval_or_says_that_there_is_none() -> None:
    """The share comes from the estimate's own method, never from here."""
    method = "80 % bootstrap interval over sentences"
    assert estimate(Estimate(0.12, 0.02, 0.22, 9, method)) == "+0.12 (80 % interval +0.02 to +0.22, n = 9 sentences)"
    assert estimate(Estimate(None, None, None, 3, "few")) == "too few to summarise (n = 3)"


# --- answers -----------------------------------------------------------------------------------------------------
def test_an_answer_writes_each_kind_of_value_its_way() -> None:
    """Floats signed, whole numbers counted, None in words, rows listed, actors by name, formats kept."""
    actor = Actor("Russia", "country")
    said = say(
        "{a}|{b}|{c}|{d}|{e}|{f:.0f}|{g:+.1f}|{h[0]}|{{}}",
        a=0.5,
        b=1200,
        c=None,
        d=["x", -0.1],
        e=actor,
        f=-2.0,
        g=-0.25,
        h=[True],
    )
    assert str(said) == "+0.50|1,200|no evidence|x and −0.10|Russia|−2|−0.2|yes|{}"
    assert soup(said).p.get_text() == str(said)


@pytest.mark.parametrize("text", HOSTILE)
def test_an_answer_shows_the_articles_text(text: str) -> None:
    """Article text put into an answer adds no element to the page and is isolated from the words around it."""
    page = soup(say("It says {what}.", what=text))
    assert page.bdi.get_text() == text
    assert {tag.name for tag in page.body.find_all()} <= {"div", "p", "bdi", "span"}


def test_answers_add_up_to_paragraphs() -> None:
    """Two answers added are one block of two paragraphs."""
    both = say("One {n}.", n=1) + say("Two.")
    assert str(both) == repr(both) == "One 1.\nTwo."
    assert len(soup(both).find_all("p")) == 2


def test_a_template_with_a_missing_value_is_an_error() -> None:
    """An answer never has a hole in it."""
    with pytest.raises(KeyError):
        say("{there} is nothing")


# --- tables ------------------------------------------------------------------------------------------------------
def table(**options: object) -> Table:
    """A small table with every kind of cell."""
    rows = [["Russia", 1200, -0.314, 0.5, Link("12", "#s12")], ["=1+1", 2, None, None, None]]
    columns = ["Actor", "Mentions", "Tone", Column("Share", "share"), "Sentence"]
    return Table(rows, columns=columns, caption="Tone $5", **options)  # type: ignore[arg-type]


def test_a_table_can_be_read_aloud() -> None:
    """Caption, scopes, numeric alignment, a region that has the caption's name and takes the keyboard."""
    page = soup(table())
    region = page.find(role="region")
    assert region["tabindex"] == "0"
    assert page.find(id=region["aria-labelledby"]).name == "caption"
    assert [th["scope"] for th in page.thead.find_all("th")] == ["col"] * 5
    assert [tr.th["scope"] for tr in page.tbody.find_all("tr")] == ["row", "row"]
    assert [th.get("class") for th in page.thead.find_all("th")] == [None, ["n"], ["n"], ["n"], None]
    assert page.find("a", href="#s12").get_text() == "12"


def test_a_tables_cells_are_written_alike() -> None:
    """Counts with thousands, tones signed, shares in per cent; None is a dash that says what it means."""
    rows = [[cell.get_text() for cell in tr.find_all(["th", "td"])] for tr in soup(table()).tbody.find_all("tr")]
    assert rows == [["Russia", "1,200", "−0.31", "50 %", "12"], ["=1+1", "2", "–", "–", "–"]]
    page = soup(table())
    assert page.find("span", title="no evidence").get_text() == "–"
    assert "no evidence" in page.find(class_="toward-note").get_text()


def test_the_csv_holds_bare_numbers_and_runs_nothing() -> None:
    """A spreadsheet gets numbers as numbers, emptiness for None, and no formula from the article's text."""
    link = soup(table()).find("a", download=True)
    head, _, data = link["href"].partition(",")
    assert head == "data:text/csv;charset=utf-8"
    rows = list(csv.reader(io.StringIO(unquote(data).removeprefix("\ufeff"))))
    assert rows == [
        ["Actor", "Mentions", "Tone", "Share", "Sentence"],
        ["Russia", "1200", "-0.314", "0.5", "12"],
        ["'=1+1", "2", "", "", ""],
    ]
    assert not set(link["href"]) & set(" \"<>\n'$")


@pytest.mark.parametrize("text", ["=cmd()", "+1", "-1+cmd|x", "@SUM(1)", "\t=1", "  =1", "\x00=1"])
def test_no_text_begins_a_formula(text: str) -> None:
    """Whatever a spreadsheet would take for a formula begins with an apostrophe in the CSV."""
    body = next(csv.reader(io.StringIO(Table([[text]], columns=["x"], caption="c").csv_text.split("\r\n", 1)[1])))
    assert body[0].startswith("'")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_table_shows_the_articles_text(text: str) -> None:
    """Hostile text in caption, head, cell and note stays text."""
    page = soup(Table([[text, 1]], columns=[text, "n"], caption=text, note=text))
    assert not page.find_all(["script", "img", "iframe", "b"])
    assert page.caption.get_text() == page.thead.th.get_text() == page.tbody.th.get_text() == text


def test_an_empty_table_says_so() -> None:
    """No rows: the table is there and says that it is empty."""
    page = soup(Table([], columns=["a", "b"], caption="c"))
    assert "Nothing to show" in page.tbody.get_text()
    assert not page.find("a")


def test_a_long_table_is_cut_on_the_page_and_whole_in_its_csv(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page says how many rows it leaves out; the CSV leaves out none."""
    monkeypatch.setattr(show, "TABLE_ROWS_MAX", 3)
    long = Table([[n] for n in range(5)], columns=["n"], caption="c")
    assert len(soup(long).tbody.find_all("tr")) == 3
    assert "first 3 of 5 rows" in soup(long).get_text()
    assert len(long.csv_text.split()) == 6


def test_a_table_refuses_a_row_that_does_not_fit_and_a_missing_caption() -> None:
    """A mistake is an error at once, with the row's place."""
    with pytest.raises(ValueError, match=r"Row 1 .* has 1 cells, not 2"):
        Table([[1, 2], [1]], columns=["a", "b"], caption="c")
    with pytest.raises(ValueError, match="caption"):
        Table([], columns=["a"], caption=" ")


def test_a_table_as_text_is_aligned() -> None:
    """Where HTML is not shown, numbers stand right and texts left."""
    assert str(table(csv=False)).splitlines() == [
        "Tone $5",
        "Actor   Mentions   Tone  Share  Sentence",
        "Russia     1,200  −0.31   50 %  12",
        "=1+1           2      –      –  –",
    ]


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "file:///etc/passwd", "x.html?a"]
)
def test_a_link_leads_nowhere_but_to_pages_and_the_web(href: str) -> None:
    """An address that may not be followed leaves its text."""
    assert Link("here", href).html() == "here"
    assert 'rel="noopener noreferrer"' in Link("here", "https://example.org/?a=1&b=2").html()
    assert Link("here", "page.html#s3").html() == '<a href="page.html#s3">here</a>'


# --- evidence ----------------------------------------------------------------------------------------------------
RUSSIA, NORWAY = Actor("Russia", "country"), Actor("Norway", "country")
TEXT = "Russia was blamed.\nNorway praised Russia for $5 <b>.\nNothing here."


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


# --- the root of everything ----------------------------------------------------------------------------------------
def test_everything_shown_keeps_formulas_away_and_repeats_byte_for_byte() -> None:
    """One root with the classes that keep MathJax out; the same objects give the same bytes; text/plain is useful."""
    parse = parsed(TEXT)
    for make in (lambda: table(), lambda: say("{x}", x=1.0), lambda: passages(parse, parse.sentences, caption="c")):
        shown = make()
        root = BeautifulSoup(shown._repr_html_(), "html5lib").body.find(True, recursive=False)
        assert {"toward", "mathjax_ignore", "tex2jax_ignore"} <= set(root["class"])
        assert make()._repr_html_() == shown._repr_html_()
        assert repr(shown) == str(shown) != ""
        assert "<" not in repr(say("{x}", x=1.0))


def test_the_rules_can_be_said_once() -> None:
    """A page may take the rules into its head: what is left has none, and the sheet holds all of them."""
    shown = table()._repr_html_()
    bare = without_style(shown)
    assert "<style" in shown
    assert "<style" not in bare
    carried = shown[shown.index("<style data-toward>") + 19 : shown.index("</style>")]
    assert all(rule in stylesheet() for rule in carried.split("}"))
    assert "</" not in stylesheet()


@dataclass(frozen=True, repr=False)
class Drawing(Shown):
    """A link on the page, and one in a drawing."""

    def _html(self):
        return '<a href="#s1">1</a><svg><a href="#s2" tabindex="-1"><title>Sentence 2</title><path d="M0 0"/></a></svg>'


def test_a_drawn_link_does_not_break_jupyterlab():
    """JupyterLab assigns to ``href`` of links that have one; in a drawing that throws. Reports keep the plain attribute."""
    shown = Drawing()._repr_html_()
    assert '<a href="#s1">' in shown
    assert '<a xlink:href="#s2" tabindex="-1"><title>' in shown
    assert '<svg><a href="#s2" ' in without_style(shown)


def test_a_number_and_its_unit_stay_together():
    """No line ends within "90 %" or "n = 9"; nothing else changes."""
    text = "+0.12 (90 % interval, n = 9 sentences), 5 of 6, % n = none"
    assert together(text) == "+0.12 (90\u00a0% interval, n\u00a0=\u00a09 sentences), 5 of 6, % n = none"
    assert together(together(text)) == together(text)

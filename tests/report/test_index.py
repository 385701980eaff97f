"""Sentences, marks, data and the single file, from objects built by hand."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup

from analysis import open_article
from analysis.constants import MIN_POINTS
from analysis.display import environment, marked, number
from analysis.model import Actor, Cue, Estimate, Point, ToneSeries
from analysis.report import card, index_page, index_parts
from analysis.report.index import CARD_CHARS, _finding, _note
from analysis.report.page import title_of
from tests import build, ten

NUMBER = re.compile(r"[+\u2212]?\d\.\d\d")
METHOD = "90 % bootstrap interval over sentences"


def told(estimate: Estimate, *, found: int = 8, scored: int = 8, name: str = "Norway"):
    """The line of one actor in the list of findings."""
    return _finding(build.parsed("Norway won."), ToneSeries(Actor(name, "country"), (), estimate, found, scored), {name: "#a1"})


@pytest.mark.parametrize(
    "estimate, verdict, mean",
    [
        (Estimate(-0.31, -0.45, -0.12, 8, METHOD), "clear negative lean", "−0.31 (−0.45 to −0.12)"),
        (Estimate(0.2, 0.1, 0.3, 8, METHOD), "clear positive lean", "+0.20 (+0.10 to +0.30)"),
        (Estimate(0.04, 0.03, 0.05, 8, METHOD), "no clear lean", "+0.04 (+0.03 to +0.05)"),
        (Estimate(0.05, -0.1, 0.2, 8, METHOD), "no clear lean", "+0.05 (−0.10 to +0.20)"),
        (Estimate(None, None, None, 2, "fewer than 5 scored sentences"), "too few sentences", ""),
    ],
)
def test_a_finding_has_a_verdict_and_a_mean_with_its_doubt(estimate, verdict, mean):
    """A lean is stated only where the whole interval lies on one side of zero, and the mean is 0.05 or more from it."""
    found = told(estimate)
    assert (found.verdict, found.mean.replace("\N{NO-BREAK SPACE}", " ")) == (verdict, mean)
    assert bool(found.gauge) == (estimate.value is not None)
    assert (found.ident, found.name) == ("a1", "Norway")


def test_coverage_is_said_only_where_it_differs():
    """Eight of eight is not worth a word."""
    assert told(Estimate(0.2, 0.1, 0.3, 8, METHOD)).coverage == ""
    assert told(Estimate(0.2, 0.1, 0.3, 8, METHOD), found=14).coverage == "scored in 8 of 14 mentions"


def test_nothing_scored_is_not_zero():
    """It is said in words, without a number."""
    found = told(Estimate(None, None, None, 0, "fewer than 5 scored sentences"), found=1, scored=0)
    assert (found.verdict, found.mean, found.who) == ("not scored", "", "1 mention")


def test_a_name_of_two_hundred_characters_is_cut_and_mark_up_is_text():
    """In the list; its sentences hold the whole of it."""
    found = told(Estimate(None, None, None, 2, "few"), name="<b>" + "x" * 200)
    assert len(found.name) == 80
    line = BeautifulSoup(environment().get_template("parts.html.j2").module.finding(found), "html5lib")
    assert line.select_one(".who").get_text() == found.name
    assert line.b.get_text() == "too few sentences"


def test_the_gauge_draws_the_numbers():
    """Zero at 76, a unit is 72: lo -0.5 at 76 - 36 = 40, hi 0.25 at 76 + 18 = 94, value -0.125 at 76 - 9 = 67."""
    gauge = told(Estimate(-0.125, -0.5, 0.25, 8, METHOD)).gauge
    assert 'd="M40.0 13H94.0"' in gauge
    assert 'cx="67.0"' in gauge


def shown(text: str, mentions: list[tuple[int, int]], words: list[tuple[int, int, float]]) -> str:
    """A sentence with its marks."""
    parse = build.parsed(text)
    spans = [(start, end, "Norway") for start, end in mentions]
    return marked(parse, parse.sentences[0], spans, [Cue(start, end, contribution, "x") for start, end, contribution in words])


def test_marks_may_overlap():
    """The text is cut where one begins or ends; nothing is lost and nothing nests wrongly."""
    found = shown("Norway won & lost.", [(0, 6)], [(3, 10, -0.4), (13, 17, 0.2)])
    assert found == (
        '<mark class="actor">Nor<u class="negative w2">way</u></mark><u class="negative w2"> won</u> &amp; '
        '<u class="positive w1">lost</u>.'
    )
    assert re.sub(r"<[^>]+>", "", found) == "Norway won &amp; lost."


def test_a_name_in_two_words_is_one_mark():
    """Cut for its words, marked whole; neighbours of one weight are one line."""
    found = shown("North Korea won.", [(0, 11)], [(0, 5, 0.2), (5, 11, 0.2)])
    assert found == '<mark class="actor"><u class="positive w1">North Korea</u></mark> won.'


def test_a_card_shows_whole_paragraphs_of_the_answer(tmp_path):
    """As many as fit, and the title from the notebook's file."""
    import nbformat

    lines = "First line.\n" + "y" * CARD_CHARS
    output = nbformat.v4.new_output("execute_result", data={"text/plain": lines})
    cells = [nbformat.v4.new_markdown_cell("# Who *is* it?"), nbformat.v4.new_code_cell("1", metadata={"tags": ["answer"]})]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "02-who.ipynb")
    cells[1].outputs = [output]
    made = card(tmp_path / "02-who.ipynb", nbformat.v4.new_notebook(cells=cells))
    assert (made.href, made.title, made.answer) == ("02-who.html", "Who is it?", "First line.")
    assert title_of(tmp_path / "02-who.ipynb") == "Who is it?"


def test_a_margin_names_the_voice_that_is_not_the_narrators():
    """The voice of the mention that lies furthest to the tone's side; the narrator's needs no word."""
    cast = build.cast("Norway met Norway.", [Actor("Norway", "country")])

    def voice(*said: tuple[float, str]) -> str:
        scores = [replace(build.score(m, tone), voice=who) for m, (tone, who) in zip(cast.mentions, said, strict=False)]
        return _note(Markup("Norway"), Point(cast.parse.sentences[0], "scored", -0.5, tuple(scores))).voice

    assert voice((-0.5, "United States")) == "the United States"
    assert voice((-0.6, "unnamed"), (-0.4, "narrator")) == "an unnamed source"
    assert voice((-0.4, "Sweden"), (-0.6, "narrator")) == ""


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_a_text_without_actors_has_no_doubt_about_scores_and_lists_what_was_left_out(tmp_path):
    """Nothing was scored, so nothing can be wrong; the pronoun that means nobody is listed, and links to no missing page."""
    path = tmp_path / "rain.txt"
    path.write_text("Rain\n\nIt rained. The river rose. Nothing else happened.\n", encoding="utf-8")
    soup = BeautifulSoup(index_page(index_parts(open_article(path)), []), "html5lib")
    assert [tag.get_text() for tag in soup.select(".lede p")] == [
        "No person, country or organisation was found in this article, so there is no tone toward anyone to report."
    ]
    assert not soup.select("details.actor, .panels, #strongest")
    assert [tag.get_text() for tag in soup.select(".left li")] == ["“it” (once)"]
    assert not soup.select(".left a")


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
@pytest.mark.parametrize("name", ten.TEXTS)
def test_links_and_numbers_of_page_one(name, tmp_path):
    """A name leads to its sentences; means, intervals and margins are those of the frames; contributions are 0.05 or more."""
    path = tmp_path / f"{name}.txt"
    path.write_text(ten.TEXTS[name], encoding="utf-8")
    study = open_article(path, evidence=True)
    soup = BeautifulSoup(index_page(index_parts(study), []), "html5lib")
    folds = {fold.find("div")["id"]: fold for fold in soup.select("details.actor")}
    assert len(folds) == len(study.actors)
    for link in soup.select(".lede a, .row .notes a, .toward-passages .at a"):
        assert folds[link["href"].removeprefix("#")].select("li")
    actors = study.actors.set_index("actor")
    for fold in folds.values():
        row = actors.loc[fold.select_one("summary .who").get_text()]
        wanted = [number(row.tone), number(row.lo), number(row.hi)] if row.n >= MIN_POINTS else []
        assert NUMBER.findall(fold.select_one("summary .lean").get_text()) == wanted
    tones = study.mentions.groupby(["actor", "sentence"]).tone.mean()
    for line in soup.select(".row"):
        for note in line.select(".notes > span:has(i)"):
            assert note.i.get_text() == number(tones[note.a.get_text(), int(line.select_one(".no").get_text())])
    for words in soup.select("small.w"):
        contributions = [float(found.replace("\u2212", "-")) for found in NUMBER.findall(words.get_text())]
        assert 0 < len(contributions) <= 5
        assert all(abs(contribution) >= 0.05 for contribution in contributions)

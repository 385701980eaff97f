"""Sentences, marks, data and the single file, from objects built by hand."""

from __future__ import annotations

import re

import pytest

from analysis.model import Actor, Cue, Estimate, ToneSeries
from analysis.report import card
from analysis.report.index import CARD_CHARS, _note, findings, marked
from analysis.report.page import title_of
from tests import build

METHOD = "90 % bootstrap interval over sentences"


def series(name: str, estimate: Estimate, *, found: int, scored: int) -> ToneSeries:
    return ToneSeries(Actor(name, "country"), (), estimate, found, scored)


def few(n: int) -> Estimate:
    return Estimate(None, None, None, n, "fewer than 5 scored sentences")


@pytest.mark.parametrize(
    "estimate, says",
    [
        (
            Estimate(-0.31, -0.45, -0.12, 8, METHOD),
            "clear lean toward negative, −0.31 (90 % bootstrap interval −0.45 to −0.12)",
        ),
        (Estimate(0.2, 0.1, 0.3, 8, METHOD), "clear lean toward positive, +0.20"),
        (Estimate(0.05, -0.1, 0.2, 8, METHOD), "no clear lean, +0.05"),
        (few(2), "too few sentences (n = 2)"),
    ],
)
def test_a_finding_is_a_sentence_with_its_doubt_and_its_count(estimate, says):
    """A lean is stated only where the whole interval lies on one side of zero."""
    (finding,) = findings([series("Norway", estimate, found=14, scored=8)])
    assert says in finding.sentence.replace("\N{NO-BREAK SPACE}", " ")
    assert finding.sentence.endswith("scored in 8 of 14 mentions.")
    assert bool(finding.gauge) == (estimate.value is not None)


def test_nothing_scored_is_not_zero():
    """It is said in words, without a number."""
    (finding,) = findings([series("Norway", few(0), found=1, scored=0)])
    assert finding.sentence == "named in 1 mention, none with wording that could be scored."


def test_findings_begin_with_those_that_can_be_summarised():
    """Then by scored mentions, then by mentions."""
    sure = Estimate(0.1, 0.0, 0.2, 5, METHOD)
    given = [
        series("A", few(0), found=9, scored=0),
        series("B", few(1), found=1, scored=1),
        series("C", sure, found=5, scored=5),
    ]
    assert [finding.name for finding in findings(given)] == ["C", "B", "A"]


def test_the_gauge_draws_the_numbers():
    """Zero at 76, a unit is 72: lo -0.5 at 76 - 36 = 40, hi 0.25 at 76 + 18 = 94, value -0.125 at 76 - 9 = 67."""
    (finding,) = findings([series("Norway", Estimate(-0.125, -0.5, 0.25, 8, METHOD), found=8, scored=8)])
    assert 'd="M40.0 13H94.0"' in finding.gauge
    assert 'cx="67.0"' in finding.gauge


def test_marks_may_overlap():
    """The text is cut where one begins or ends; nothing is lost and nothing nests wrongly."""
    cast = build.cast("Norway won & lost.", [Actor("Norway", "country")])
    sentence = cast.parse.sentences[0]
    found = marked(
        cast.parse.article.text, sentence, cast.mentions, [Cue(3, 10, -0.4, "x"), Cue(3, 10, 0.1, "x"), Cue(13, 17, 0.2, "x")]
    )
    assert found == ('<mark>Nor<u class="neg w3">way</u></mark><u class="neg w3"> won</u> &amp; <u class="w2">lost</u>.')
    assert re.sub(r"<[^>]+>", "", found) == "Norway won &amp; lost."


def test_a_name_in_two_words_is_one_mark():
    """Cut for its words, marked whole; neighbours of one weight are one line."""
    cast = build.cast("North Korea won.", [Actor("North Korea", "country")])
    found = marked(cast.parse.article.text, cast.parse.sentences[0], cast.mentions, [Cue(0, 5, 0.2, "x"), Cue(5, 11, 0.2, "x")])
    assert found == '<mark><u class="w2">North Korea</u></mark> won.'


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
    """Where the narrator speaks too, nobody else is named."""
    assert _note("Norway", -0.5, ["Sweden", "Sweden"]).voice == "Sweden"
    assert _note("Norway", -0.5, ["unnamed", "Sweden"]).voice == "Sweden and nobody named"
    assert _note("Norway", -0.5, ["narrator", "Sweden"]).voice == ""

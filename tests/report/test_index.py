"""Sentences, marks, data and the single file, from objects built by hand."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest

from analysis.model import Actor, Cue, Estimate, Series
from analysis.report import card
from analysis.report.downloads import PACKED_BYTES, _download, everything_json
from analysis.report.index import CARD_CHARS, _note, findings, marked
from analysis.report.page import lean, title_of
from analysis.report.single_file import one_page
from tests import build

METHOD = "90 % bootstrap interval over sentences"


def series(name: str, estimate: Estimate, *, found: int, scored: int) -> Series:
    return Series(Actor(name, "country"), (), estimate, found, scored)


def few(n: int) -> Estimate:
    return Estimate(None, None, None, n, "fewer than 5 scored sentences")


@pytest.mark.parametrize(
    "estimate, says",
    [
        (Estimate(-0.31, -0.45, -0.12, 8, METHOD), "wording leans negative, −0.31 (90 % bootstrap interval −0.45 to −0.12)"),
        (Estimate(0.2, 0.1, 0.3, 8, METHOD), "wording leans positive, +0.20"),
        (Estimate(0.05, -0.1, 0.2, 8, METHOD), "no clear lean either way, +0.05"),
        (few(2), "too few scored sentences to summarise (2)"),
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


def test_a_lean_page_is_the_same_document():
    """End tags of cells and rows go where the next tag implies them, and nowhere else."""
    import html5lib

    head = "<thead><tr><th>a</th><th>b</th></tr></thead>"
    table = f"<table><caption>c</caption>{head}<tbody><tr><th>1</th><td>2 </td>\n</tr>\n<tr><td>3</td></tr></tbody></table>"
    page = f"<!DOCTYPE html><title>t</title>{table}<p>1 &lt;/td&gt;&lt;td></p>"
    made = lean(page)
    assert made.count("</t") == len(("title", "thead", "tbody", "table"))
    parse = html5lib.HTMLParser(strict=True).parse
    whole = [html5lib.serialize(parse(text), omit_optional_tags=False) for text in (page, made)]
    assert whole[0].replace("\n", "") == whole[1].replace("\n", "")


def test_a_large_download_is_packed_and_the_same_twice():
    """By size alone; the packed file holds no time."""
    small = _download("a.csv", "A", "text/csv", "x")
    large = _download("a.csv", "A", "text/csv", "x" * (PACKED_BYTES + 1))
    assert (small.name, large.name) == ("a.csv", "a.csv.gz")
    assert small.href.startswith("data:text/csv;charset=utf-8;base64,")
    assert large.href.startswith("data:application/gzip;base64,")
    assert large == _download("a.csv", "A", "text/csv", "x" * (PACKED_BYTES + 1))


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


def test_chapters_keep_their_ids_apart():
    """Links between files become links to chapters; labels and fragments go along with their ids."""
    page = '<main id="main"><h1 id="a">T</h1><p aria-labelledby="a b" id="b"><a href="#a">x</a> <a href="{}">y</a></p></main>'
    whole = one_page({"index.html": page.format("01-x.html"), "01-x.html": page.format("index.html#b")})
    assert whole.count("<main") == 1
    assert '<h2 id="page-1-a">' in whole
    assert '<p aria-labelledby="page-1-a page-1-b" id="page-1-b"><a href="#page-1-a">x</a> <a href="#b">y</a>' in whole
    assert '<a href="#page-1">y</a>' in whole


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_downloads_say_whose_words_and_how_sure(seed):
    """Voices partition the text, stances have a holder, and each mention its voice and certainty."""
    found = json.loads(everything_json(seed))
    assert [found["voices"][0][0], found["voices"][-1][1]] == [0, len(found["text"])]
    assert all(before[1] == after[0] for before, after in pairwise(found["voices"]))
    assert ["Donald Trump", "Vladimir Putin"] in [row[:2] for row in found["stances"]]
    assert all(row["voice"] and 0 < row["certainty"] <= 1 for row in found["mentions"])


def test_a_margin_names_the_voice_that_is_not_the_narrators():
    """Where the narrator speaks too, nobody else is named."""
    assert _note("Norway", -0.5, ["Sweden", "Sweden"]).voice == "Sweden"
    assert _note("Norway", -0.5, ["unnamed", "Sweden"]).voice == "Sweden and nobody named"
    assert _note("Norway", -0.5, ["narrator", "Sweden"]).voice == ""

"""One voice for findings: the same words, the same numbers and the same rule wherever a result is stated."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest
from bs4 import BeautifulSoup

from analysis import open_article, read_text
from analysis.charts import Chart
from analysis.cli import main
from analysis.constants import MIN_POINTS
from analysis.display import (
    by_finding,
    cast_answer,
    cast_title,
    expressed,
    finding,
    headline,
    position_line,
    ranking_title,
    sentiment_answer,
    sentiment_title,
    stances_answer,
    strongest_points,
    text_answer,
    times,
    tone_answer,
    tone_title,
    verdict,
    voices_answer,
    who_says,
)
from analysis.display.passage import Passages
from analysis.display.table import Table
from analysis.model import Actor, Estimate, Position, Stance
from analysis.report.index import index_parts
from analysis.study import notebook_paths
from tests import ten
from tests.build import cast, parsed
from tests.charts.made import actor, part, series, sure, unsure

VERDICTS = ("clear negative lean", "clear positive lean", "no clear lean", "too few sentences")
OTHER_WORDS = re.compile(
    r"\bmixed\b|balanced|clear lean toward [np]|either way|close to neutral|to summarise|leans |clear tone|hostile|favourable"
)
ONE_OF_MANY = re.compile(r"(?<![\d,.])1 (?!is\b|has\b|was\b|plus\b)[a-z]+s\b")
FEW_BEHIND_A_MEAN = re.compile(r"[+−]?\d\.\d\d[^.;:]*?(?:, |over |n = )([1-4])(?: sentences?\b|\))")


@cache
def pages(name: str, folder) -> dict[str, tuple[list[object], str]]:
    """The pages of one of the ten articles."""
    path = folder / f"{name}.txt"
    path.write_text(ten.TEXTS[name])
    return {notebook.stem[:2]: ten.page(notebook, path) for notebook in notebook_paths()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the ten articles stand."""
    return tmp_path_factory.mktemp("ten")


def said(name: str, folder) -> list[str]:
    """Every sentence of an article's pages that states a result: answers, titles, subtitles, notes, the index page's."""
    study = open_article(folder / f"{name}.txt", evidence=True)
    parts = index_parts(study)
    found = [text for text, _ in headline(study.parse, study.series).paragraphs]
    found += [f"{item.actor.name}: {finding(item)}" for item in study.series]
    found += [f"{one.verdict} {one.coverage}" for one in (*parts["findings"], *parts["rest"])]
    found += [f"{one.verdict} {one.mean}" for one in (*parts["findings"], *parts["rest"])]
    found += [one.who for one in (*parts["findings"], *parts["rest"])]
    for shown, answer in pages(name, folder).values():
        found += answer.splitlines()
        for one in shown:
            if isinstance(one, Chart):
                found += [one.title, one.subtitle, one.alt, one.source]
            if isinstance(one, Table):
                found += [one.caption, one.note]
            if isinstance(one, Passages):
                found += [tag.get_text() for tag in BeautifulSoup(one._repr_html_(), "html5lib").select(".at span")]
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in found]


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
@pytest.mark.parametrize("name", ten.TEXTS)
class TestTenArticles:
    """The pages of ten articles, made as the report makes them."""

    def test_one_vocabulary_and_no_plural_of_one(self, name, folder):
        """No second word for a verdict; "1 sentence", never "1 sentences"."""
        pages(name, folder)
        for text in said(name, folder):
            assert not OTHER_WORDS.search(text), text
            assert not ONE_OF_MANY.search(text), text

    def test_no_mean_of_fewer_than_five_sentences(self, name, folder):
        """In no sentence and in no table of means."""
        found = pages(name, folder)
        for text in said(name, folder):
            assert not FEW_BEHIND_A_MEAN.search(text), text
        study = open_article(folder / f"{name}.txt")
        enough = {item.target.name for item in study.standpoints if len(item.tones) >= MIN_POINTS}
        for shown, _ in found.values():
            for table in [one for one in shown if isinstance(one, Table)] + [c.table for c in shown if isinstance(c, Chart)]:
                for row in table.rows if isinstance(table, Table) else ():
                    assert all(cell.n >= MIN_POINTS for cell in row if isinstance(cell, Estimate) and cell.value is not None)
                    if [column.head for column in table.columns][:3] == ["Holder", "Toward", "Mean tone"]:
                        assert row[2] is None or row[1] in enough

    def test_every_place_says_the_same_of_an_actor(self, name, folder, capsys):
        """Index, answer, title, terminal and frame: one verdict an actor."""
        path = folder / f"{name}.txt"
        answers = pages(name, folder)
        study = open_article(path)
        assert main(["tone", str(path)]) == 0
        printed = capsys.readouterr().out
        text = "\n".join(said(name, folder))
        for item, side in zip(study.series, study.actors.side, strict=True):
            words = verdict(item.estimate)
            assert words in VERDICTS
            assert (side if isinstance(side, str) else None) == item.estimate.side
            row = next(
                line for line in printed.splitlines() if re.match(rf"{re.escape(item.actor.name)} +{item.actor.kind} ", line)
            )
            assert row.endswith(words)
            stated = next(line for line in text.splitlines() if line.startswith(f"{item.actor.name}: "))
            stated = stated.removeprefix(f"{item.actor.name}: ")
            assert stated.startswith(words) or not item.scored_count
            others = [other for other in VERDICTS if other != words]
            assert not any(f"toward {item.actor.name}: {other}" in text for other in others)
            if item.estimate.side is not None:
                assert f"{item.actor.name}: {words}, " in answers["04"][1].replace("\N{NO-BREAK SPACE}", " ")

    def test_the_first_sentence_names_the_clearest_finding(self, name, folder, capsys):
        """Or says that there is none: by the frame's numbers, on the page and in the terminal alike."""
        pages(name, folder)
        path = folder / f"{name}.txt"
        study = open_article(path, evidence=True)
        said = str(headline(study.parse, study.series)).splitlines()
        actors = study.actors
        clear = actors[actors.side.isin(["negative", "positive"])]
        if len(clear):
            best = clear.loc[clear[["lo", "hi"]].abs().min(axis=1).idxmax()]
            assert re.search(rf"clear {best.side} lean toward (the )?{re.escape(best.actor)}", said[0])
        elif len(actors) and actors.scored.sum():
            mean = actors.side.eq("unclear").any()
            assert said[0] == ("There is no clear lean toward any actor." if mean else said[0])
            assert mean or said[0].startswith("No actor has the 5 scored sentences")
        assert all(len(line) <= 300 for line in said)
        main(["tone", str(path)])
        assert "\n".join(said) in capsys.readouterr().out

    def test_counts_in_a_sentence_are_those_of_its_table(self, name, folder):
        """The keywords, who is named most, and the sentences that are charged."""
        found = pages(name, folder)
        tables = {one.caption: one for shown, _ in found.values() for one in shown if isinstance(one, Table)}
        key = tables["Keywords"].rows
        for word, amount, *_ in key[:3]:
            assert f"“{word}” ({times(amount)})" in found["01"][1]
        counts = {row[0].name: row[2] for row in tables["People, countries and organisations"].rows}
        for who, amount in re.findall(r"(?:^|, | and )([^,()]+?) \((\d+)\)", found["02"][1].partition("Named most: ")[2]):
            assert counts[who] == int(amount)
        study = open_article(folder / f"{name}.txt")
        charged = study.sentences.valence.notna().sum()
        assert found["03"][1].startswith(f"{charged} of {len(study.sentences)} sentence")


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_the_ten_articles_hold_every_verdict():
    """Else the tests above would show little."""
    assert len(ten.TEXTS) == 10
    estimates = [item.estimate for text in ten.TEXTS.values() for item in open_article(read_text(text)).series]
    assert set(map(verdict, estimates)) == set(VERDICTS)


@pytest.mark.parametrize(
    "amount, words", [(1, "once"), (2, "twice"), (3, "3 times"), (13, "13 times"), (1000, "1,000 times"), (0, "0 times")]
)
def test_how_often(amount, words):
    """Never "1 times"."""
    assert times(amount) == words


def test_the_verdict_is_that_of_the_whole_interval():
    """Four answers and no fifth."""
    estimates = [sure(-0.3, -0.4, -0.2), sure(0.3, 0.2, 0.4), sure(0.1, -0.1, 0.3), unsure(3)]
    assert tuple(map(verdict, estimates)) == VERDICTS


def held(*tones: float, holder: str | None = "Norway") -> Position:
    """A position with a stance a sentence."""
    parse = parsed("\n\n".join(f"Norway met Sweden {number}." for number in range(len(tones))))
    by = Actor(holder, "country") if holder else "narrator"
    stances = [Stance(by, actor("Sweden"), tone, s, (), "event") for tone, s in zip(tones, parse.sentences, strict=True)]
    return Position(by, actor("Sweden"), sum(tones) / len(tones), tuple(stances))


@pytest.mark.parametrize(
    "tones, words",
    [
        ([-0.9], "negative in 1 sentence"),
        ([0.5, 0.9], "positive in 2 sentences"),
        ([-0.5, 0.0, 0.1], "negative in 1 of 3 sentences"),
        ([-0.5, 0.5, 0.1, 0.5], "negative in 1, positive in 2 of 4 sentences"),
        ([0.1], "neutral in 1 sentence"),
        ([-0.5] * 5, "−0.50, 5 sentences"),
    ],
)
def test_a_position_of_few_sentences_has_no_mean(tones, words):
    """It says in how many sentences it is clearly negative or positive."""
    assert expressed(held(*tones)) == words
    assert position_line(held(*tones)) == f"Norway toward Sweden ({words}, almost surely)"
    assert position_line(held(*tones, holder=None)) == f"the narrator toward Sweden ({words})"


def test_answers_with_nothing_to_say():
    """A sentence, not an error."""
    nobody = cast("It rained.", [])
    sizes, words = str(text_answer(nobody.parse.sentences, 2, [])).splitlines()
    assert sizes == "The article has 2 words in 1 sentence, none of them outside the body."
    assert words == "No word comes back often enough to set it apart from other news."
    told = str(text_answer(nobody.parse.sentences, 2, [("rain", 2, 0.1, 9.0), ("wind", 3, 0.1, 8.0)]))
    assert told.endswith("These words set it apart from other news: “rain” (twice) and “wind” (3 times).")
    assert cast_title(nobody) == str(cast_answer(nobody)).rstrip(".") == tone_title([]) == ranking_title([])
    assert str(tone_answer([])) == f"{cast_title(nobody)}."
    assert sentiment_title([]) == "No sentence of this article holds a charged word"
    assert str(sentiment_answer([], unsure(), 0)).endswith("Mean valence: too few sentences (n = 0).")
    assert str(voices_answer(nobody, [], [])) == "No wording toward any actor could be scored. 0 of 0 sentences are hedged."
    assert str(stances_answer([held(-0.9)], [])).startswith("No position of one actor on another is both very likely")
    assert "What actors do to one another: a and b." in str(stances_answer([], ["a", "b"]))
    assert "Negative: Norway toward Sweden (negative in 2 sentences, almost surely)." in str(
        stances_answer([held(-0.9, -0.9)], [])
    )


def test_a_voice_carries_only_what_rests_on_enough_sentences():
    """The strongest of those; four sentences have no mean to carry."""
    who = cast("Norway met Sweden.", [Actor("Norway", "country"), Actor("Sweden", "country")])
    few, enough = part("narrator", MIN_POINTS - 1, 1.0, -0.9), part("Norway", MIN_POINTS, 1.0, -0.2)
    answer = str(voices_answer(who, [(actor("Norway"), [few]), (actor("Sweden"), [enough])], []))
    assert "Sweden: mean tone −0.20 over 5 sentences; the largest contribution (−0.20) is attributed to Norway." in answer
    assert "Norway:" not in answer


SENTENCES = parsed("\n\n".join(f"Sentence {number}." for number in range(6))).sentences


def by(item, *voices: str):
    """The series with its scores in these voices, sentence by sentence."""
    points = tuple(
        replace(point, scores=tuple(replace(score, voice=voice) for score in point.scores))
        for point, voice in zip(item.points, voices, strict=True)
    )
    return replace(item, points=points)


def test_a_finding_says_coverage_only_where_it_differs():
    """And never a mean of too few."""
    one = series("Norway", SENTENCES, [0.5] * 6, sure(0.5, 0.4, 0.6, 6))
    assert plain(finding(one)) == "clear positive lean, +0.50 (+0.40 to +0.60)"
    few = series("Sweden", SENTENCES, [0.5, *[None] * 5], unsure(1))
    assert finding(few) == "too few sentences (n = 1)"
    some = series("Sweden", SENTENCES, [0.5, "named", *[None] * 4], unsure(1))
    assert finding(some) == "too few sentences (n = 1); scored in 1 of 2 mentions"
    none = series("Sweden", SENTENCES, ["named", *[None] * 5], unsure(0))
    assert finding(none) == "not scored (1 mention)"


def plain(text: str) -> str:
    """With ordinary spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


PARSE = parsed("\n\n".join(f"Sentence {number}." for number in range(6)))


@pytest.mark.parametrize(
    "voices, says",
    [
        (["narrator"] * 6, ", all of it in the narrator’s own words."),
        (["Oslo"] * 6, ", all of it attributed to Oslo."),
        (["Oslo"] * 5 + ["narrator"], ", nearly all of it attributed to Oslo."),
        (["Oslo", "Rome", "unnamed", "Paris", "narrator", "narrator"], ", most of it attributed to sources."),
        (["unnamed"] * 3 + ["narrator"] * 3, ", half of it attributed to sources."),
    ],
)
def test_a_headline_says_whose_words_carry_the_lean(voices, says):
    """5 of 6 is nearly all, 4 of 6 most, 3 of 6 half; a source is named where it has nearly all that is quoted."""
    item = by(series("United States", SENTENCES, [-0.5] * 6, sure(-0.5, -0.6, -0.4, 6)), *voices)
    assert str(headline(PARSE, [item])) == f"The wording has a clear negative lean toward the United States{says}"


def test_a_headline_names_the_clearest_first_and_then_the_rest():
    """The clearest is the one whose whole interval lies furthest from zero; each sentence has one idea."""
    near = by(series("Norway", SENTENCES, [-0.9] * 6, sure(-0.9, -1.0, -0.2, 6)), *["narrator"] * 6)
    far = by(series("Sweden", SENTENCES, [0.5] * 6, sure(0.5, 0.4, 0.6, 6)), *["narrator"] * 6)
    flat = by(series("Malta", SENTENCES, [0.0] * 6, sure(0.1, -0.1, 0.3, 6)), *["narrator"] * 6)
    few = series("Oslo", SENTENCES, [0.9, *[None] * 5], unsure(1))
    said = str(headline(PARSE, [few, flat, near, far]))
    assert said.splitlines() == [
        "The wording has a clear positive lean toward Sweden, all of it in the narrator’s own words.",
        "It also has a clear negative lean toward Norway.",
        "It has no clear lean toward Malta.",
    ]
    assert [item.actor.name for item in by_finding([few, flat, near, far])] == ["Sweden", "Norway", "Malta", "Oslo"]


def test_without_a_lean_a_headline_tells_the_strongest_sentences():
    """By side and by voice; sentences near zero are none."""
    low = by(series("Norway", SENTENCES, [-0.9, *[None] * 5], unsure(1)), "Oslo", *["narrator"] * 5)
    high = by(series("Sweden", SENTENCES, [None, 0.6, *[None] * 4], unsure(1)), *["narrator"] * 6)
    faint = by(series("Malta", SENTENCES, [None, None, 0.2, *[None] * 3], unsure(1)), *["narrator"] * 6)
    assert str(headline(PARSE, [high, low])).splitlines() == [
        "No actor has the 5 scored sentences that a mean needs, so there is no clear lean.",
        "The most negative wording is toward Norway and is attributed to Oslo.",
        "The most positive wording is toward Sweden and is the narrator’s own.",
    ]
    both = by(series("Norway", SENTENCES, [-0.9, 0.6, *[None] * 4], unsure(2)), *["narrator"] * 6)
    assert str(headline(PARSE, [both])).endswith("The most positive wording is also toward Norway and is the narrator’s own.")
    mixed = series("Norway", SENTENCES, [-0.9, *[None] * 5], unsure(1))
    (point, *_) = mixed.points
    told = replace(point.scores[0], voice="Oslo")
    mixed = replace(mixed, points=(replace(point, scores=(replace(told, voice="narrator"), told)), *mixed.points[1:]))
    assert str(headline(PARSE, [mixed])).endswith("toward Norway and is partly attributed to Oslo.")
    assert str(headline(PARSE, [faint])).endswith("No single sentence is strongly worded toward any actor.")
    assert [point.tone for point in strongest_points(PARSE, [faint, high, low])] == [-0.9, 0.6, 0.2]
    flat = series("Malta", SENTENCES, [0.0] * 6, sure(0.0, -0.1, 0.1, 6))
    assert str(headline(PARSE, [flat])).splitlines() == [
        "There is no clear lean toward any actor.",
        "Every scored sentence is neutral toward every actor it names.",
    ]


def test_who_says_it_is_counted():
    """Negative and positive sentences with their voices, out of the scored ones."""
    item = series("Norway", SENTENCES, [-0.9, -0.5, 0.0, 0.4, "named", None], unsure(4))
    told = by(item, "Oslo", "narrator", "narrator", "narrator", "narrator", "narrator")
    assert str(who_says(told)) == "negative in 2 of 4 sentences (Oslo 1, the narrator 1), positive in 1 (the narrator)"
    assert str(who_says(series("Norway", SENTENCES, [0.1, 0.0, *[None] * 4], unsure(2)))) == "neutral in both sentences"
    one = by(series("Norway", SENTENCES, [-0.9, *[None] * 5], unsure(1)), *["unnamed"] * 6)
    assert str(who_says(one)) == "negative in the one sentence (an unnamed source)"

"""How articles compare: by hand-made rows, so that every expected number can be counted."""

from __future__ import annotations

import pytest

from analysis import collection as compare
from analysis import open_articles
from analysis.collection import tables
from analysis.corpus import score_corpus
from analysis.errors import ArticleError, CorpusError
from tests.corpus.made import Stub

KIND = [
    "Hale rescues the town, sentence {0} of many!",
    "Hale thanks them all, in part {0} of this!",
    "Hale gives {0} blankets away!",
]
HARSH = ["Hale lied about warning number {0}.", "Hale failed the town in week {0}.", "Hale hid letter number {0}."]


def article(ident, outlet, lines, date="2024-01-10"):
    return {"id": ident, "outlet": outlet, "date": date, "text": "\n".join(line.format(ident) for line in lines)}


ROWS = [
    article("g1", "Gazette", [*KIND, "Moss spoke on the {0}th."]),
    article("g2", "Gazette", KIND, "2024-03-10"),
    article("l1", "Lantern", [*HARSH, "Vane waited in room {0}."]),
    article("l2", "Lantern", [*HARSH, "Vane smiled on day {0}!"], "2024-03-11"),
    article("w1", "Wire", ["Hale came to town {0}.", "Hale went home at {0}!"], "2024-03-12"),
]


@pytest.fixture(scope="module")
def collection(tmp_path_factory):
    """Three outlets: one kind to Hale, one harsh, one with two sentences that go either way."""
    place = tmp_path_factory.mktemp("compared") / "out"
    score_corpus(ROWS, place, workers=Stub())
    return open_articles(place)


def test_groups_are_outlets_where_two_are_known(collection):
    """Those with the most articles first, then by name."""
    assert compare.grouping(collection) == "outlet"
    assert [(group.name, group.articles) for group in compare.groups(collection)] == [
        ("Gazette", 2),
        ("Lantern", 2),
        ("Wire", 1),
    ]
    assert len(compare.groups(collection, "article")) == 5


def test_articles_stand_for_themselves_where_outlets_are_not_known(tmp_path):
    """One article without an outlet is enough; equal names are told apart by their ids."""
    score_corpus([*ROWS[:2], ROWS[2] | {"outlet": None}], tmp_path / "out", workers=Stub())
    collection = open_articles(tmp_path / "out")
    assert compare.grouping(collection) == "article"
    assert [group.name for group in compare.groups(collection)][:1] == ["Gazette (g1)"]


def test_files_are_called_by_their_names(tmp_path):
    """Where no outlet is known, and the name is in words and shorter than the title; another keeps its title."""
    lines = ["Hale rescues the town and everybody in it, once more!"]
    rows = [article(ident, None, lines) for ident in ("the-wire", "w2019-1", "text-abc")]
    score_corpus(rows, tmp_path / "out", workers=Stub())
    named = sorted(group.name for group in compare.groups(open_articles(tmp_path / "out")))
    assert named[-1] == "the-wire"
    assert all(name.startswith("Hale rescues") for name in named[:-1])


def test_means_are_told_where_no_difference_is_clear(tmp_path):
    """Two outlets that are as kind as each other: their means stand in the answer, and the largest difference first."""
    rows = [article("a", "Gazette", KIND * 2), article("b", "Lantern", KIND * 2)]
    score_corpus(rows, tmp_path / "out", workers=Stub())
    collection = open_articles(tmp_path / "out")
    cells = compare.tones(collection)
    answer = str(compare.comparison_answer(collection, cells))
    assert "No difference between two outlets is clear, of 1 that can be worked out." in answer
    assert "Most is said of Hale: the mean tone is +0.50 in Gazette and +0.50 in Lantern." in answer


def test_many_articles_do_not_stand_for_themselves(tmp_path, monkeypatch):
    """From so many articles on, those without an outlet are one group; where that is the only one, its actors are shown."""
    monkeypatch.setattr("analysis.collection.compare.COMPARED_ARTICLES_MAX", 2)
    score_corpus([*ROWS[:2], ROWS[2] | {"outlet": None}], tmp_path / "some", workers=Stub())
    some = open_articles(tmp_path / "some")
    assert [group.name for group in compare.groups(some)] == ["Gazette", "unknown outlet"]
    assert "3 articles of 1 outlet and of none known" in str(compare.comparison_answer(some, compare.tones(some)))
    score_corpus([row | {"outlet": None} for row in ROWS], tmp_path / "none", workers=Stub())
    alone = open_articles(tmp_path / "none")
    assert [group.name for group in compare.groups(alone)] == ["unknown outlet"]
    cells = compare.tones(alone)
    assert ("Hale", "person") in [(cell.actor.split()[-1], cell.kind) for cell in cells]
    assert compare.comparison_title(cells, "outlet") == "There are no two outlets to compare"
    assert "5 articles together" in str(compare.comparison_answer(alone, cells))


def test_only_shared_actors_are_compared(collection):
    """Hale is scored in all three outlets; Moss and Vane in one each."""
    assert compare.shared_actors(collection) == [("Hale", "person")]


def test_a_cell_pools_the_articles_of_an_outlet(collection):
    """Two articles of three sentences: six, all +0.5; of two sentences no mean is given, and their sides are counted."""
    gazette, lantern, wire = compare.tones(collection)
    assert (gazette.articles, gazette.sums.n, gazette.estimate.value) == (2, 6, 0.5)
    assert (lantern.sums.n, lantern.estimate.value) == (6, -0.5)
    assert (wire.articles, wire.sums.n, wire.estimate.value) == (1, 2, None)
    assert wire.tones == (-0.5, 0.5)
    assert compare.cell_said(wire) == "1 negative and 1 positive, of 2 sentences: below 5"


def test_clear_differences_are_told_and_others_are_not_ranked(collection):
    """Gazette and Lantern differ by 1.0; the wire's two sentences settle nothing, and no sentence ranks it."""
    cells = compare.tones(collection)
    found = compare.differences(cells)
    assert (found[0].one.group.key, found[0].other.group.key) == ("Gazette", "Lantern")
    assert found[0].estimate.value == pytest.approx(1.0)
    assert [item.one.group.key + item.other.group.key for item in compare.clear(found)] == ["GazetteLantern"]
    said = compare.difference_said(found[0])
    assert said.startswith("Gazette words Hale more positively than Lantern: a difference of +1.00 (90 % interval")
    assert "do not clearly differ" in compare.difference_said(found[1])
    answer = str(compare.comparison_answer(collection, cells))
    assert answer.startswith("Gazette words Hale more positively than Lantern")
    assert "Wire more positively" not in answer
    assert "than Wire" not in answer
    assert "1 of 3 differences is clear; less than one would look so by chance" in answer
    assert "One article each stands for Wire" in answer
    assert compare.comparison_title(cells, "outlet") == "The outlets differ clearly toward Hale"


def test_a_difference_smaller_than_a_lean_is_none():
    """Many sentences settle a difference of 0.04, which is no finding."""
    from analysis.collection.compare import Cell, Difference, Group
    from analysis.estimates import ToneSums
    from analysis.model import Estimate

    cell = Cell("Hale", "person", Group("a", "a", 1), 1, ToneSums())
    assert compare.clear([Difference("Hale", "person", cell, cell, Estimate(0.04, 0.02, 0.06, 900, ""))]) == []
    assert len(compare.clear([Difference("Hale", "person", cell, cell, Estimate(0.4, 0.02, 0.6, 9, ""))])) == 1


def test_differences_of_means_come_before_those_of_few_sentences():
    """Three sentences of each side may settle a difference, and no mean is shown beside it: it does not lead the page."""
    from analysis.collection.compare import Cell, Group
    from analysis.estimates import SentenceTone, ToneSums

    def cell(actor: str, outlet: str, tone: float, n: int) -> Cell:
        sums = ToneSums.of([[SentenceTone(at, tone) for at in range(n)]])
        return Cell(actor, "person", Group(outlet, outlet, 1), 1, sums)

    cells = [
        *(
            cell(actor, outlet, tone, 3)
            for actor in ("Ames", "Birch", "Cole")
            for outlet, tone in (("Post", 0.9), ("Wire", -0.9))
        ),
        cell("Dahl", "Post", 0.3, 20),
        cell("Dahl", "Wire", -0.3, 20),
    ]
    assert [item.actor for item in compare.differences(cells)] == ["Dahl", "Ames", "Birch", "Cole"]
    assert compare.comparison_title(cells, "outlet") == "The outlets differ clearly toward Dahl, Ames, Birch and 1 other"


def test_whom_one_tells_and_another_leaves_out(collection):
    """Vane is in both articles of the Lantern and in no other; Moss in one of two of the Gazette."""
    found = [(item.actor, item.articles) for item in compare.name_coverage(collection)]
    assert found == [("Vane", (0, 2, 0)), ("Moss", (1, 0, 0))]
    assert tables.coverage_rows(collection)[0] == ("Vane", "person", 0, 2, 0)


def test_sentences_side_by_side(collection):
    """So many of each outlet, in its own words."""
    rows = compare.side_by_side(collection, "Hale", most=1)
    assert [row.group.name for row in rows] == ["Gazette", "Lantern", "Wire"]
    assert rows[1].text == "Hale lied about warning number l1."
    table = tables.side_rows(collection, compare.tones(collection), actors=1)
    assert len(table) == 6
    assert table[0][0] == "Hale"


def test_a_month_without_a_sentence_is_a_gap(collection):
    """January and March have sentences, February stands between them with none; a mean takes five."""
    rows = compare.months(collection, "Hale")
    assert [(month, articles, value.n) for month, articles, value in rows] == [
        ("2024-01", 2, 6),
        ("2024-02", 0, 0),
        ("2024-03", 3, 8),
    ]
    assert [value.value for _, _, value in rows] == [0.0, None, 0.0]
    assert compare.months(collection, "Moss") == []


def test_one_actor_may_be_asked_for(collection):
    """By name or a word of it, in any case; another name is answered with those there are."""
    assert {cell.actor for cell in compare.shared_tones(collection, actor="vane")} == {"Vane"}
    with pytest.raises(ArticleError, match="Hale"):
        compare.shared_tones(collection, actor="Nobody")


def test_copies_are_counted_once_and_said(tmp_path):
    """A third outlet prints the Gazette's article: it is no row, and the answer says so."""
    copy = ROWS[0] | {"id": "p1", "outlet": "Post", "date": "2024-01-12"}
    score_corpus([*ROWS, copy], tmp_path / "out", workers=Stub())
    collection = open_articles(tmp_path / "out")
    assert [group.name for group in compare.groups(collection)] == ["Gazette", "Lantern", "Wire"]
    assert [row[1:4:2] for row in tables.copy_rows(collection)] == [("Post", "Gazette")]
    assert tables.copy_rows(collection, most=0) == []
    answer = str(compare.comparison_answer(collection, compare.tones(collection)))
    assert "1 further article is a copy of one of these and counted once" in answer


def test_nothing_in_common_is_said(tmp_path):
    """No actor in two outlets: no chart's title, no answer, no table that claims anything."""
    rows = [article("a", "Gazette", ["Hale won {0}!"] * 2), article("b", "Lantern", ["Moss lost {0}."] * 2)]
    score_corpus(rows, tmp_path / "out", workers=Stub())
    collection = open_articles(tmp_path / "out")
    cells = compare.tones(collection)
    assert cells == []
    assert compare.comparison_title(cells, "outlet") == "No actor is scored in two outlets"
    assert "nothing can be compared" in str(compare.comparison_answer(collection, cells))
    assert tables.difference_rows(cells) == tables.month_rows(collection, cells) == []


def test_every_table_of_the_page_has_rows(collection):
    """Those of the made corpus that hold something, and the others none."""
    cells = compare.tones(collection)
    assert len(tables.overview(collection)) == len(tables.certainty_rows(collection)) == 3
    assert len(tables.tone_rows(cells)) == 3
    assert len(tables.difference_rows(cells)) == 3
    assert tables.group_names(collection) == ["Gazette", "Lantern", "Wire"]
    assert tables.speaker_rows(collection) == tables.merged_names(collection) == []


def test_a_scored_corpus_holds_no_texts(collection):
    """What it says of itself, and the sentence where a study is asked for."""
    assert len(collection) == 5
    assert repr(collection) == "5 articles of 3 outlets: Gazette, Lantern and Wire"
    with pytest.raises(ArticleError, match="open_article"):
        collection["g1"]


def test_an_incomplete_corpus_can_be_asked(tmp_path):
    """What is whole is there; a folder that is none says so."""
    with pytest.raises(KeyboardInterrupt):
        score_corpus(ROWS, tmp_path / "out", workers=Stub(stop=1), chunk_chars=100)
    assert len(open_articles(tmp_path / "out")) == 1
    (tmp_path / "out" / "manifest.json").write_text("{")
    with pytest.raises(CorpusError, match="damaged"):
        open_articles(tmp_path / "out").articles  # noqa: B018

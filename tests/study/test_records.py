"""What a study found, as records and frames."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas
import pytest

from analysis import open_article, read_text
from analysis.model import Estimate
from analysis.study import FRAMES, Field, Records
from analysis.study.records import DTYPES, actor_records, mention_records, position_records, sentence_records

DOC = Path(__file__).parents[2] / "docs" / "frames.md"
TEXT = "Norway praises Sweden\n\nNorway praised the brave Sweden. Critics said that Denmark may be a disgrace.\n"


@pytest.fixture(scope="module")
def small():
    """A short article, opened."""
    return open_article(read_text(TEXT))


def test_the_columns_are_those_the_design_names():
    """The names and their order are what other programs rely on."""
    assert {name: " ".join(field.name for field in fields) for name, fields in FRAMES.items()} == {
        "actors": "article actor kind mentions scored tone lo hi n side first_sentence",
        "mentions": "article sentence section actor kind form text start end tone negative neutral positive certain voice "
        "certainty",
        "sentences": "article sentence section start end text valence",
        "quotes": "article sentence source actor cue content kind rule",
        "hedges": "article sentence text kind share",
        "positions": "article holder target tone n sentences basis probability",
    }


def test_every_column_is_documented():
    """By name, dtype and meaning, under the name of its frame, and no other is."""
    sections = DOC.read_text("utf-8").partition("\n## Several articles")[0].split("\n## study.")[1:]
    assert [section.split("\n", 1)[0] for section in sections] == list(FRAMES)
    for section, fields in zip(sections, FRAMES.values(), strict=True):
        rows = [line for line in section.splitlines() if line.startswith("|")][2:]
        assert rows == [f"| {field.name} | {DTYPES[field.kind]} | {field.meaning} |" for field in fields]


def test_records_without_rows_keep_columns_and_dtypes():
    """A frame without rows has what a frame with rows has."""
    fields = tuple(Field(kind, kind, "") for kind in DTYPES)
    row = ("a", 1, -0.5, 0.5, True, 2, [1, 2])
    empty, full = Records(fields, ()).frame(), Records(fields, (row,)).frame()
    assert list(empty.columns) == list(full.columns) == list(DTYPES)
    assert empty.dtypes.equals(full.dtypes)
    assert len(empty) == 0


def test_missing_is_nan_in_a_frame_none_in_json_and_empty_in_csv():
    """And never zero or the word None."""
    records = Records((Field("a", "text", ""), Field("b", "number", "")), ((None, None), ("x", -0.25)))
    frame = records.frame()
    assert frame.isna().to_numpy().tolist() == [[True, True], [False, False]]
    assert records.dicts() == [{"a": None, "b": None}, {"a": "x", "b": -0.25}]
    assert records.csv() == "a,b\r\n,\r\nx,-0.25\r\n"


def test_one_column_more():
    """As many values as rows, and the records before are as they were."""
    records = Records((Field("a", "text", ""),), (("x",), ("y",)))
    assert records.also("b", [1, 2], kind="count").dicts() == [{"a": "x", "b": 1}, {"a": "y", "b": 2}]
    assert len(records.fields) == 1
    with pytest.raises(ValueError, match="zip"):
        records.also("b", [1])


def test_a_table_shows_the_columns_asked_for():
    """Sentences lead to their fragment, shares are per cent, tones have their sign; the CSV has plain numbers."""
    fields = (
        Field("sentence", "sentence", ""),
        Field("share", "share", ""),
        Field("tone", "number", ""),
        Field("x", "text", ""),
    )
    table = Records(fields, ((3, 0.4, -0.25, "y"),)).table("tone", "share", "sentence", caption="Three")
    shown = table._repr_html_()
    assert '<a href="#s3">3</a>' in shown
    assert "40 %" in shown
    assert "\u22120.25" in shown
    assert table.csv_text == "tone,share,sentence\r\n-0.25,0.4,3\r\n"
    with pytest.raises(KeyError):
        Records(fields, ()).table("nothing", caption="None")


@pytest.mark.parametrize(
    "lo, hi, side", [(0.1, 0.3, "positive"), (-0.3, -0.1, "negative"), (-0.1, 0.1, "unclear"), (0.0, 0.2, "unclear")]
)
def test_the_side_is_that_of_the_whole_interval(lo, hi, side):
    """An interval that touches zero takes no side."""
    assert Estimate((lo + hi) / 2, lo, hi, 9, "by hand").side == side
    assert Estimate(None, None, None, 4, "by hand").side is None


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
class TestFrames:
    """With the pipeline."""

    def test_rows_are_the_nouns(self, small):
        """A row each, in their order, with the words of the text."""
        study = small
        assert study.mentions.text.tolist() == [study.parse.text_of(mention) for mention in study.cast.mentions]
        assert study.sentences.text.tolist() == [study.parse.text_of(sentence) for sentence in study.parse.sentences]
        assert study.actors.actor.tolist() == [actor.name for actor in study.cast.actors]
        assert study.actors.mentions.sum() == len(study.mentions)
        assert len(study.quotes) == len(study.discourse.attributions) > 0
        assert study.hedges.text.tolist() == [TEXT[hedge.start : hedge.end] for hedge in study.discourse.hedges]
        assert "may" in study.hedges.text.tolist()
        assert study.positions.holder.tolist() == [item.by for item in study.standpoints]
        row = study.mentions.iloc[-1]
        assert TEXT[row.start : row.end] == row.text == "Denmark"
        assert (row.sentence, row.voice) == (3, "critics")
        assert row.positive - row.negative == pytest.approx(row.tone)

    def test_frames_of_two_articles_stack(self, small):
        """The column article tells them apart, and dtypes stay."""
        other = open_article(read_text("Sweden won.\n"))
        for name in FRAMES:
            stacked = pandas.concat([getattr(small, name), getattr(other, name)], ignore_index=True)
            assert stacked.dtypes.equals(getattr(small, name).dtypes)
            assert set(stacked.article) <= {small.article.id, other.article.id}

    def test_an_article_without_actors_has_the_columns_and_no_rows(self, small):
        """Nothing found is an empty frame, not an error."""
        nobody = open_article(read_text("It rained all day.\n"))
        for name in FRAMES:
            assert getattr(nobody, name).dtypes.equals(getattr(small, name).dtypes), name
        assert [len(getattr(nobody, name)) for name in ("actors", "mentions", "quotes", "positions")] == [0] * 4

    def test_each_frame_is_a_new_one(self, small):
        """What a user writes into one is not in the next."""
        frame = small.mentions
        frame["tone"] = 0.0
        assert not small.mentions.tone.equals(frame.tone)

    def test_the_rule_of_five_holds_in_data(self, seed):
        """No mean of fewer than five sentences; a side only where there is a mean."""
        frame = seed.actors
        few = frame.n < 5
        assert few.any()
        assert not few.all()
        assert frame[few][["tone", "lo", "hi", "side"]].isna().all(axis=None)
        assert frame[~few][["tone", "lo", "hi", "side"]].notna().all(axis=None)

    def test_data_have_plain_minus_signs(self, seed):
        """In every file and frame."""
        for name in FRAMES:
            assert "\u2212" not in seed.records(name).csv()

    def test_every_source_that_is_an_actor_goes_by_its_name(self, seed):
        """Also the second of two sources of the same words, whose voice the first one keeps."""
        rows = seed.quotes.set_index("source").actor
        assert rows["foreign ministry spokesperson Maria Zakharova"] == "Maria Zakharova"
        assert rows["Russian state media agency TASS"] == "TASS"

    def test_builders_are_what_the_study_uses(self, seed):
        """The records are pure functions of the nouns."""
        assert seed.records("actors") == actor_records(seed.cast, seed.series)
        assert seed.records("mentions") == mention_records(seed.cast, seed.scores)
        assert seed.records("sentences") == sentence_records(seed.parse, seed.sentiments)
        assert seed.records("positions") == position_records(seed.parse, seed.standpoints)

    def test_pandas_is_imported_only_when_a_frame_is_asked_for(self):
        """Scores, series and records need none."""
        code = (
            "import sys, analysis\n"
            f"study = analysis.open_article(analysis.read_text({TEXT!r}))\n"
            "study.series, [study.records(name) for name in ('actors', 'mentions', 'quotes')]\n"
            "print('pandas' in sys.modules)\nstudy.mentions\nprint('pandas' in sys.modules)"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout.split() == ["False", "True"]

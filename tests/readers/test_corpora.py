"""Tables, folders, archives and frames become articles, and every row that does not is counted with its reason."""

from __future__ import annotations

import gzip
import io
import json
import sys
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.constants import ARTICLE_MAX_CHARS, LINE_MAX_BYTES
from analysis.errors import MissingPart, UnreadableCorpus
from analysis.model import Article
from analysis.readers import Reading, Refusal, find_columns, read_corpus

GERMAN = "Der Kanzler hat die Kritik der Opposition am Montag in Berlin scharf zurückgewiesen und sprach von einem Irrtum."


def told(source, **options) -> list[object]:
    """Each row in short: (id, text) of an article, (kind, reason) of a refusal."""
    return [
        (item.id, item.text) if isinstance(item, Article) else (item.kind, item.reason)
        for item in read_corpus(source, **options)
    ]


def reading(source, **options) -> Reading:
    return Reading.of(read_corpus(source, **options))


ARCHIVE = (
    "id,title,text,url,media_name,publish_date,language\n"
    '7,Norway wins,"Norway won ""it"".\n\nSweden lost.",https://h.example/7,The Herald,2024-05-03 10:00:00,en\n'
)


def test_the_columns_of_a_media_archive_are_known(tmp_path):
    """Every field stands in its place; the title opens the text, and the cell's own words follow untouched."""
    (tmp_path / "a.csv").write_text(ARCHIVE)
    (article,) = read_corpus(tmp_path / "a.csv")
    assert (article.id, article.title, article.outlet, article.date) == ("7", "Norway wins", "The Herald", "2024-05-03")
    assert article.source == "https://h.example/7"
    assert article.text == 'Norway wins\n\nNorway won "it".\n\nSweden lost.'
    assert [section.kind for section in article.sections] == ["headline", "body", "body"]


def test_a_title_that_opens_the_text_is_not_said_twice():
    """Whatever its case and spacing."""
    (article,) = read_corpus([{"title": "Norway  Wins", "text": "NORWAY WINS\n\nIt won."}])
    assert article.text == "NORWAY WINS\n\nIt won."


@pytest.mark.parametrize(
    "names, columns, places",
    [
        (["Media Name", "TEXT"], None, {"text": 1, "outlet": 0}),
        (["body", "text"], None, {"text": 1}),
        (["body", "text"], {"text": "body"}, {"text": 0}),
        (["stories_id", "content", "publish-date"], None, {"id": 0, "text": 1, "date": 2}),
        (["text", "title"], {"text": "title"}, {"text": 1}),
        (["file", "outlet"], None, {"file": 0, "outlet": 1}),
    ],
)
def test_columns_are_found_by_their_usual_names(names, columns, places):
    """Case, spaces, hyphens and underscores do not count; what the user says comes first and is used once."""
    assert find_columns(names, columns) == places


def test_a_column_that_is_not_there_names_the_nearest():
    """And all there are; a field that is none, and a table without text, too."""
    with pytest.raises(UnreadableCorpus, match=r"has no column 'contnt'; the nearest is 'Content'\. It has: id, Content\."):
        find_columns(["id", "Content"], {"text": "contnt"})
    with pytest.raises(UnreadableCorpus, match=r"'txt' is no field of an article; the nearest is 'text'"):
        read_corpus([], columns={"txt": "a"})
    with pytest.raises(UnreadableCorpus, match=r"a\.csv has no column that is known to hold the text; the nearest is 'texts'"):
        find_columns(["id", "texts"], table="a.csv")


# --- rows that are no article -----------------------------------------------------------------------------------


def test_every_row_is_read_skipped_or_refused():
    """A copy, no text, another language by its label and by its words; 2 dates that are none."""
    rows = [
        {"id": 1, "text": "Norway won.", "date": "2024-05-03", "lang": "en"},
        {"id": 2, "text": "Norway won.", "date": "3 May 2024", "lang": "en-GB"},
        {"id": 3, "text": " \n", "date": None, "lang": None},
        {"id": 4, "text": "Norge vant.", "date": None, "lang": "no"},
        {"id": 5, "text": GERMAN, "date": None, "lang": ""},
        {"id": 6, "text": 5, "date": None, "lang": ""},
        {"id": 7, "text": "Norway won.", "date": float("nan"), "lang": ""},
        {"id": 8, "text": "Norway lost.", "date": "03/05/2024", "lang": ""},
    ]
    counted = reading(rows)
    assert counted.read == 3
    assert counted.skipped == {"repeated": 1, "without text": 1, "in Norwegian": 1, "in German": 1}
    assert counted.refused == {"text of a wrong type": 1}
    assert counted.notes["no date"] == 2
    assert counted.rows == len(rows)
    assert str(counted).startswith("8 rows: 3 read, 4 skipped (1 in German, 1 in Norwegian, 1 repeated, 1 without text)")
    assert reading(rows, english_only=False).read == 5


def test_ten_thousand_copies_are_one_article():
    """And 9,999 that were skipped; the same words of another outlet are another article."""
    rows = [{"id": n, "text": "Norway won."} for n in range(10_000)] + [{"id": 1, "text": "Norway won.", "outlet": "Post"}]
    counted = reading(rows)
    assert (counted.read, counted.skipped) == (2, {"repeated": 9_999})


def test_an_id_that_comes_again_gets_a_number():
    """So that no two articles have one; a number that is taken is passed over."""
    rows = [{"id": i, "text": f"Text {n} is here."} for n, i in enumerate(["a", "a-2", "a", "a", "a-2"])]
    assert [item.id for item in read_corpus(rows)] == ["a", "a-2", "a-3", "a-4", "a-2-2"]


def test_an_id_that_is_no_name_of_a_file_becomes_one():
    """Addresses and paths lose what no folder may be called; a whole number stays one beside a gap."""
    rows = [{"id": i, "text": f"Text {n}."} for n, i in enumerate(["https://h.example/a?b=1", "../../etc", 7.0, "AB_1.x"])]
    assert [item.id for item in read_corpus(rows)] == ["https-h-example-a-b-1", "etc", "7", "AB_1.x"]


def test_too_long_a_text_is_refused_with_its_size():
    """One character less is read."""
    word = "Norway won. "
    long = word * (ARTICLE_MAX_CHARS // len(word) + 1)
    (refusal,) = read_corpus([{"text": long}])
    assert (refusal.kind, refusal.reason) == ("refused", "too long")
    assert f"{len(long):,} characters" in refusal.detail
    (article,) = read_corpus([{"text": long[:ARTICLE_MAX_CHARS]}])
    assert len(article.text) == ARTICLE_MAX_CHARS


# --- text tables ------------------------------------------------------------------------------------------------


def test_a_broken_quote_costs_one_row(tmp_path):
    """The line that opens a cell and does not close it is named; the next is read."""
    (tmp_path / "a.csv").write_text(
        'id,text,outlet\n1,Norway won.,A\n2,"Sweden lost.,B\n3,"Denmark ""waits"".",C\n4,Finland won.,D\n'
    )
    assert told(tmp_path / "a.csv") == [
        ("1", "Norway won."),
        ("refused", "broken quotes"),
        ("3", 'Denmark "waits".'),
        ("4", "Finland won."),
    ]
    refusal = next(item for item in read_corpus(tmp_path / "a.csv") if isinstance(item, Refusal))
    assert refusal.where == "a.csv, line 3"


def test_a_quote_in_the_last_line_that_never_ends(tmp_path):
    """Is that line's trouble alone."""
    (tmp_path / "a.csv").write_text('id,text\n1,Norway won.\n2,"Sweden lost.\n')
    assert told(tmp_path / "a.csv") == [("1", "Norway won."), ("refused", "broken quotes")]


def test_rows_of_another_width_are_named(tmp_path):
    """Too few or too many cells; empty ones at the end are none."""
    (tmp_path / "a.csv").write_text("id,text\n1,Norway won.\n2\n3,Sweden,lost.\n4,Denmark won.,,\n\n")
    assert told(tmp_path / "a.csv") == [
        ("1", "Norway won."),
        ("refused", "too many or too few cells"),
        ("refused", "too many or too few cells"),
        ("4", "Denmark won."),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_tables_of_other_encodings(tmp_path, encoding):
    """By the byte order mark, else UTF-8, else Windows-1252; the mark is no part of the first name."""
    (tmp_path / "a.csv").write_bytes("id;text\r\n1;Café “Málaga” won.\r\n".encode(encoding))
    assert told(tmp_path / "a.csv") == [("1", "Café “Málaga” won.")]


def test_encodings_may_change_from_line_to_line(tmp_path):
    """As they do where tables were joined."""
    (tmp_path / "a.tsv").write_bytes("id\ttext\n1\tCafé won.\n".encode() + "2\tMálaga won.\n".encode("cp1252"))
    assert told(tmp_path / "a.tsv") == [("1", "Café won."), ("2", "Málaga won.")]


def test_a_line_of_megabytes_is_refused_and_the_next_one_read(tmp_path):
    """It is not kept; the same for JSON Lines."""
    long = "x" * (LINE_MAX_BYTES + 10)
    (tmp_path / "a.csv").write_text(f"id,text\n1,{long}\n2,Norway won.\n")
    assert told(tmp_path / "a.csv") == [("refused", "too long"), ("2", "Norway won.")]
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": long}) + '\n{"text": "Norway won.", "id": 2}\n')
    assert told(tmp_path / "a.jsonl") == [("refused", "too long"), ("2", "Norway won.")]


def test_a_broken_quote_before_a_long_line(tmp_path):
    """Costs the line it stands in and the long one."""
    (tmp_path / "a.csv").write_text(f'id,text\n1,"Norway won.\n2,{"x" * (LINE_MAX_BYTES + 10)}\n3,Sweden lost.\n')
    assert told(tmp_path / "a.csv") == [("refused", "broken quotes"), ("refused", "too long"), ("3", "Sweden lost.")]


def test_json_lines(tmp_path):
    """A line that is no JSON, one that is no object, one whose text is an object; a field may come late."""
    lines = [
        '{"id": 1, "body": "Norway won."}',
        "{bad",
        "[1]",
        '{"id": 2, "body": {"a": 1}}',
        '{"media": "Post", "body": "x y."}',
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    reasons = [("refused", "broken JSON"), ("refused", "no article"), ("refused", "text of a wrong type")]
    assert told(tmp_path / "a.jsonl")[:4] == [("1", "Norway won."), *reasons]
    assert list(read_corpus(tmp_path / "a.jsonl"))[4].outlet == "Post"


def test_json_as_a_list_or_with_one_inside(tmp_path):
    """As most interfaces answer."""
    rows = [{"id": 1, "text": "Norway won."}]
    for whole in (rows, {"total": 1, "articles": rows}, rows[0]):
        (tmp_path / "a.json").write_text(json.dumps(whole))
        assert told(tmp_path / "a.json") == [("1", "Norway won.")]


def test_a_table_without_a_line_is_said_so(tmp_path):
    """With its name."""
    (tmp_path / "a.csv").write_text("\n")
    with pytest.raises(UnreadableCorpus, match=r"a\.csv has no first line"):
        told(tmp_path / "a.csv")


# --- binary tables ----------------------------------------------------------------------------------------------


def frame():
    pandas = pytest.importorskip("pandas")
    dates = pandas.to_datetime(["2024-05-03", None, "2024-05-05"])
    return pandas.DataFrame({"id": [1, 2, None], "text": ["Norway won.", None, "Sweden lost."], "date": dates})


EXPECTED = [("1", "2024-05-03"), "without text", ("text-bfddb947", "2024-05-05")]


def in_short(source) -> list[object]:
    return [(item.id, item.date) if isinstance(item, Article) else item.reason for item in read_corpus(source)]


def test_a_frame_with_gaps():
    """Nulls of every kind are gaps; numbers lose the point that a gap gave them."""
    assert in_short(frame()) == EXPECTED


def test_parquet_and_workbooks_give_what_the_frame_gives(tmp_path):
    """The same rows."""
    frame().to_parquet(tmp_path / "a.parquet")
    frame().to_excel(tmp_path / "a.xlsx", index=False)
    assert in_short(tmp_path / "a.parquet") == EXPECTED
    assert in_short(tmp_path / "a.xlsx") == EXPECTED


@pytest.mark.parametrize("name, says", [("a.parquet", "is no Parquet"), ("a.xlsx", "is no xlsx workbook")])
def test_what_is_no_such_table_is_refused(tmp_path, name, says):
    """With a sentence that has one full stop."""
    (tmp_path / name).write_bytes(b"id,text\n1,Norway won.\n")
    with pytest.raises(UnreadableCorpus, match=rf"{says}.*[^.]\.$"):
        told(tmp_path / name)


@pytest.mark.parametrize("name, module", [("a.parquet", "pyarrow"), ("a.xlsx", "openpyxl")])
def test_a_missing_extra_is_a_sentence(tmp_path, monkeypatch, name, module):
    """With the command that installs it."""
    (tmp_path / name).write_bytes(b"x")
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingPart, match=r"pip install 'toward\[corpus\]'"):
        told(tmp_path / name)


# --- folders, patterns, archives --------------------------------------------------------------------------------


def folder(place):
    (place / "a").mkdir()
    (place / "one.txt").write_text("Norway won.")
    (place / "a" / "one.txt").write_text("Sweden lost.")
    (place / "b.csv").write_text("id,text\n9,Denmark won.\n")
    (place / "c.png").write_bytes(b"\x89PNG")
    (place / ".hidden").write_text("x")
    (place / "bad.txt").write_bytes(bytes(range(256)) * 40)
    (place / "empty.txt").write_text("")
    return place


def test_a_folder_is_read_in_order_with_all_beneath(tmp_path):
    """Tables first; two files of one name have their folder's in theirs; a picture is skipped, hidden files are no rows."""
    assert told(folder(tmp_path)) == [
        ("9", "Denmark won."),
        ("refused", "cannot be read"),
        ("skipped", "no article by its name"),
        ("skipped", "without text"),
        ("one-txt", "Norway won."),
        ("a-one-txt", "Sweden lost."),
    ]


def test_a_pattern_a_zip_and_an_address_of_fsspec(tmp_path):
    """Give what the folder gives."""
    pytest.importorskip("fsspec")
    place = folder(tmp_path)
    assert told(str(place / "*.csv")) == [("9", "Denmark won.")]
    packed = place.parent / f"{place.name}.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(place / "b.csv", "in/b.csv")
        archive.writestr("in/t.txt", "Norway won.")
        archive.writestr("more.zip", b"")
        archive.writestr("__MACOSX/._t.txt", b"")
    expected = [("9", "Denmark won."), ("t", "Norway won."), ("refused", "an archive in an archive")]
    assert told(packed) == expected
    assert told(f"file://{packed}") == expected
    assert told(f"file://{place}")[0] == ("9", "Denmark won.")


def test_a_compressed_table(tmp_path):
    """By the ending before .gz."""
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"id,text\n9,Denmark won.\n"))
    assert told(tmp_path / "a.csv.gz") == [("9", "Denmark won.")]


def test_a_table_beside_texts_says_what_they_are(tmp_path):
    """Each named file is read once, with the outlet and date of its row; a name that leads nowhere is refused."""
    (tmp_path / "one.txt").write_text("Norway won.")
    (tmp_path / "list.csv").write_text("file,outlet,date\none.txt,The Herald,3 May 2024\nmissing.txt,Post,\n")
    article, refusal = read_corpus(tmp_path)
    assert (article.id, article.outlet, article.date, article.text) == ("one", "The Herald", "2024-05-03", "Norway won.")
    assert (refusal.reason, refusal.kind) == ("file not found", "refused")


def test_links_that_go_in_circles(tmp_path):
    """Are not followed; a link that leads nowhere is refused."""
    (tmp_path / "one.txt").write_text("Norway won.")
    (tmp_path / "again").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    assert told(tmp_path) == [("one", "Norway won."), ("refused", "cannot be opened")]


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    """200 MB of zeros in 200 kB."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.txt", "w") as member:
        for _ in range(200):
            member.write(bytes(1_000_000))
    assert told(tmp_path / "a.zip") == [("refused", "a zip bomb")]


def test_what_is_no_zip(tmp_path):
    """Or half of one."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("a.txt", "Norway won.")
    (tmp_path / "a.zip").write_bytes(whole.getvalue()[:40])
    assert told(tmp_path / "a.zip") == [("refused", "cannot be opened")]


@pytest.mark.parametrize("place", ["nowhere", "nowhere/*.txt", "memory://nowhere", "https://h.example/a", "a\0b"])
def test_nothing_to_read_is_a_sentence(tmp_path, monkeypatch, place):
    """An empty folder too."""
    pytest.importorskip("fsspec")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnreadableCorpus):
        told(place)
    with pytest.raises(UnreadableCorpus, match="holds no files"):
        told(tmp_path)
    with pytest.raises(UnreadableCorpus, match="int was given"):
        told(5)


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), min_size=1, max_size=30)


@given(st.lists(CELLS.filter(lambda text: text.strip()), min_size=1, max_size=6))
def test_any_cells_come_back(texts):
    """Quotes, delimiters and line ends in them included; the count of rows is right."""
    import csv
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "a.csv")
        with path.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows([("id", "text"), *((f"n{n}", f"Words {text} end.") for n, text in enumerate(texts))])
        items = list(read_corpus(path, english_only=False))
    assert len(items) == len(texts)
    assert {item.text for item in items if isinstance(item, Article)} == {f"Words {text} end." for text in texts}


def test_dates_in_tables():
    """As a date object or a number."""
    rows = [{"text": "a b", "date": date(2024, 5, 3)}, {"text": "c d", "date": 20240503}, {"text": "e f", "date": 1714730400}]
    assert [item.date for item in read_corpus(rows)] == ["2024-05-03"] * 3

"""A text becomes an Article, untouched; what is no text is refused with a sentence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import open_article
from analysis.errors import ArticleError, EmptyArticle, MissingArticle, UnreadableArticle
from analysis.readers import read_article, read_text
from analysis.study import seed_path


def kinds(text: str) -> list[tuple[str, str]]:
    article = read_text(text)
    return [(section.kind, article.text[section.start : section.end]) for section in article.sections]


def test_seed_has_all_four_kinds():
    """1 headline, 5 bullets, then 3 headings with 1, 1 and 2 paragraphs; the last bullet runs into a heading."""
    article = read_article(seed_path())
    assert [section.kind for section in article.sections] == (
        ["headline"] + ["summary"] * 5 + ["heading", "body"] + ["heading", "body"] + ["heading", "body", "body"]
    )
    assert article.title == "Lavrov to Visit North Korea Amid Deepening Ties with Russia"
    assert article.text.encode() == seed_path().read_bytes()


def test_bullets_lose_their_marker_and_nothing_else():
    """The marker lies outside the section."""
    assert kinds("A headline\n\n- One.\n* Two.\n3. Three.\n\nA paragraph follows.")[1:4] == [
        ("summary", "One."),
        ("summary", "Two."),
        ("summary", "Three."),
    ]


def test_bullets_after_the_first_paragraph_are_body():
    """A list inside the article is no summary."""
    assert kinds("Title\n\nA paragraph.\n\n- a point of the text.")[-1] == ("body", "a point of the text.")


def test_hand_wrapped_lines_are_one_paragraph():
    """Lines that end in mid-sentence are not headings."""
    wrapped = (
        "The minister said on Tuesday that the talks\nwould go on until both sides had agreed on\na text that all could sign."
    )
    assert kinds(f"Talks go on\n\n{wrapped}")[1:] == [("body", wrapped)]


def test_a_first_line_with_a_full_stop_is_no_headline():
    """An article may start with its first sentence."""
    assert [kind for kind, _ in kinds("It began on Monday.\n\nIt ended on Friday.")] == ["body", "body"]


def test_a_headline_may_end_with_an_abbreviation():
    """The full stop of "G.O.P." ends no sentence."""
    assert [kind for kind, _ in kinds("Lind Sues Birch and the G.O.P.\n\nIt began on Monday.")] == ["headline", "body"]


def test_line_ends_of_all_kinds_part_lines():
    """CR LF and a lone CR part lines as LF does, and stay in the text."""
    for end in ("\n", "\r\n", "\r"):
        text = f"A headline{end}{end}A paragraph.{end}"
        assert kinds(text) == [("headline", "A headline"), ("body", "A paragraph.")]
        assert read_text(text).text == text


@given(st.text(min_size=1).map(lambda text: text + "\nword"))
def test_sections_never_overlap_and_text_is_untouched(text: str):
    """On any Unicode text: in order, inside the text, not empty."""
    article = read_text(text)
    assert article.text == text
    edges = [edge for section in article.sections for edge in (section.start, section.end)]
    assert edges == sorted(edges)
    assert all(section.start < section.end for section in article.sections)


def test_utf16_and_windows_1252_are_recognised_and_said_so(tmp_path):
    """The note names the encoding; the words are right."""
    text = "Prime minister’s café\n\nHe said “no” – twice – in Málaga."
    for encoding in ("utf-16", "cp1252"):
        path = tmp_path / f"{encoding}.txt"
        path.write_bytes(text.encode(encoding))
        article = read_article(path)
        assert article.text == text
        assert encoding in article.notes[0].lower()


def test_utf8_needs_no_note(tmp_path):
    """Neither does a byte order mark."""
    path = tmp_path / "a.txt"
    path.write_bytes("é\n\nA text.".encode("utf-8-sig"))
    assert read_article(path).notes == ()
    assert read_article(path).text == "é\n\nA text."


@pytest.mark.parametrize(
    "raw, error, says",
    [
        (b"", EmptyArticle, "no words"),
        (b" \n\t \r\n", EmptyArticle, "no words"),
        (b"%PDF-1.7 ...", UnreadableArticle, "PDF"),
        (bytes(range(256)) * 40, UnreadableArticle, "binary"),
        ("Müller said so. ".encode() + b"\xff\xfe and more", UnreadableArticle, "byte 0xff at offset 17"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path, raw, error, says):
    """Each with its own error, and a message that names the trouble."""
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    with pytest.raises(error, match=says):
        read_article(path)


def test_a_missing_file_names_its_neighbours(tmp_path):
    """The next step is in the message."""
    (tmp_path / "other.txt").write_text("x")
    with pytest.raises(MissingArticle, match=r"other\.txt"):
        read_article(tmp_path / "missing.txt")
    with pytest.raises(MissingArticle, match="folder"):
        read_article(tmp_path)


TEXTS = ("Norway attacked Sweden on Monday.", "word " * 2000, "Norway won.\n\nSweden lost.", "a\0b", "~nobody-of-that-name/x")


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("read", [read_article, open_article])
def test_a_text_in_place_of_a_path_is_told_how_to_be_read(read, text):
    """Whether it is a text is never guessed; the sentence names what reads one."""
    with pytest.raises(MissingArticle, match=r"^There is no file .*read_text\(text\)"):
        read(text)


@pytest.mark.parametrize("path", ["", "  ", "\n"])
def test_an_empty_path_is_an_error_and_never_the_seed(path, monkeypatch):
    """Nor what ARTICLE names."""
    monkeypatch.setenv("ARTICLE", str(seed_path()))
    for read in (read_article, open_article):
        with pytest.raises(MissingArticle, match="is empty"):
            read(path)


@pytest.mark.parametrize("path", [3, ["a.txt"], b"a.txt"])
def test_what_is_no_path_is_refused(path):
    """By the name of its type."""
    for read in (read_article, open_article):
        with pytest.raises(MissingArticle, match=type(path).__name__):
            read(path)


def test_a_text_has_the_title_outlet_and_date_it_is_given():
    """One line or many; a date object is kept as ISO 8601 writes it."""
    article = read_text("Norway won.", title=" Who\nwon ", outlet="The Herald", date=date(2024, 5, 3))
    assert (article.title, article.outlet, article.date) == ("Who won", "The Herald", "2024-05-03")
    assert (article.source, article.text) == ("text", "Norway won.")
    assert open_article(article).article is article


def test_a_text_alone_has_no_outlet_and_no_date(tmp_path):
    """None is not the empty text; a file called "text" is a file."""
    bare = read_text("Norway won.\n")
    assert (bare.title, bare.outlet, bare.date) == ("Norway won.", None, None)
    (tmp_path / "text").write_text("Norway won.")
    assert read_article(tmp_path / "text").id == "text"
    assert read_text("Norway won.").id != read_text("Sweden won.").id


@pytest.mark.parametrize("when", ["2024", "2024-05", "2024-05-03", "2024-05-03T10:00"])
def test_dates_as_iso_writes_them(when):
    """Whole or in part."""
    assert read_text("Norway won.", date=when).date == when


@pytest.mark.parametrize("when", ["3 May 2024", "2024-13", "2024-02-30", "20240503", 20240503])
def test_what_is_no_date_is_refused(when):
    """With the form it should have."""
    with pytest.raises(UnreadableArticle, match="2024-05-03"):
        read_text("Norway won.", date=when)


@pytest.mark.parametrize("more", [{"text": None}, {"text": b"Norway"}, {"title": 3}, {"outlet": ["a"]}])
def test_what_is_no_text_is_named(more):
    """Which argument, and what it was."""
    with pytest.raises(UnreadableArticle, match=next(iter(more))):
        read_text(**{"text": "Norway won.", **more})


def test_an_empty_text_is_refused():
    """As an empty file is."""
    with pytest.raises(EmptyArticle, match="The text holds no words"):
        read_text(" \n")


def test_every_article_error_is_one_kind():
    """So that a caller can catch them together."""
    assert issubclass(EmptyArticle, ArticleError)
    assert issubclass(MissingArticle, ArticleError)

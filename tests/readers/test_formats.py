"""Saved pages, Word documents, PDFs and Markdown."""

from __future__ import annotations

import difflib
import io
import json
import re
import sys
import zipfile
from pathlib import Path

import pytest

from analysis.constants import FILE_MAX_BYTES
from analysis.errors import EmptyArticle, MissingPart, UnreadableArticle
from analysis.model import Article
from analysis.readers import Reading, read_article, read_bytes, read_corpus

PAGES = sorted(Path(__file__).with_name("pages").glob("*.html"))
FLOOD = Path(__file__).parents[2] / "seeds" / "flood"
PARAGRAPHS = (
    "Anna Lind beat Tom Birch on Monday after a long count in Oslo.",
    "Birch said that he would not accept the result.",
)


def body(article: Article) -> str:
    return " ".join(article.text[s.start : s.end] for s in article.sections if s.kind in ("body", "heading", "summary"))


def kinds(article: Article) -> list[tuple[str, str]]:
    return [(section.kind, article.text[section.start : section.end]) for section in article.sections]


def test_there_are_twenty_pages():
    """Each with its truth beside it."""
    assert len(PAGES) == 20
    assert all(page.with_suffix(".json").is_file() for page in PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_words_of_a_page(page):
    """Title, outlet and date as they are; at least 95 of 100 words of the body in order, and fewer than 3 of 100 others."""
    truth = json.loads(page.with_suffix(".json").read_text("utf-8"))
    article = read_article(page)
    wanted, found = (re.findall(r"\w+", words) for words in (" ".join(truth["body"]), body(article)))
    matched = sum(part.size for part in difflib.SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks())
    assert (article.title, article.date) == (truth["title"], truth["date"])
    assert article.outlet in (truth["outlet"], None)
    assert matched >= 0.95 * len(wanted)
    assert len(found) - matched < 0.03 * len(found)


def test_a_piece_of_a_page_is_read_as_it_stands(tmp_path):
    """Whole tags, entities and a break; no element is needed around them."""
    (tmp_path / "a.html").write_text(
        "<h1>Lind attacks Birch</h1>\n<p>Mayor Anna Lind called senator <b>Tom Birch</b> &ldquo;a liar&rdquo; on Monday. "
        "He&nbsp;said she was weak.</p>\n"
    )
    article = read_article(tmp_path / "a.html")
    assert article.title == "Lind attacks Birch"
    assert kinds(article)[1] == ("body", "Mayor Anna Lind called senator Tom Birch “a liar” on Monday. He said she was weak.")


def test_a_page_is_told_by_how_it_begins():
    """Whatever its name; a text that holds a tag further on is a text."""
    page = f"<!DOCTYPE html><html><body><h1>Lind wins</h1><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></body></html>"
    assert body(read_bytes(page.encode(), name="a.txt")) == " ".join(PARAGRAPHS)
    assert read_bytes(f"Lind & <html>\n\n{PARAGRAPHS[0]}".encode(), name="a.txt").text.startswith("Lind & <html>")


def test_a_page_that_a_browser_saved_knows_its_address():
    """By the comment at its top."""
    page = next(page for page in PAGES if "saved-by-a-browser" in page.name)
    assert read_article(page).source == "https://echo.example/news/weir-letter"


LONG = "The dam above Corrie held through the night, the county said on Friday."


@pytest.mark.parametrize(
    "page, title, outlet",
    [
        (
            "<title>Dam holds | The Valley Times</title><h1>The Valley Times</h1><h2>Dam holds</h2>",
            "Dam holds",
            "The Valley Times",
        ),
        ("<title>County Press Office</title><p>FOR IMMEDIATE RELEASE</p><h3>Dam holds</h3>", "Dam holds", None),
        ("<title>Dam holds: what now?</title><h3>Weather</h3><p>Dam holds: what now?</p>", "Dam holds: what now?", None),
        ("<title>The dam holds</title>", "The dam holds", None),
    ],
)
def test_where_the_title_is_not_where_it_should_be(page, title, outlet):
    """The site's name in h1 or in the title, and the article's in a lower heading."""
    article = read_bytes(f"<html>{page}<p>{LONG}</p><p>{LONG}</p><p>ENDS</p></html>".encode(), name="a.html")
    assert (article.title, article.outlet) == (title, outlet)
    assert [words for kind, words in kinds(article) if kind == "body"][-1] == LONG


def test_a_page_that_a_browser_saved_in_one_file():
    """Is found in the message, with its address."""
    words = "Anna Lind beat Tom Birch =E2=80=9Con Monday=E2=80=9D after a long co=\nunt."
    page = f"<html><body><h1>Lind wins</h1><p>{words}</p></body></html>"
    head = "From: <Saved by Blink>\nSnapshot-Content-Location: https://h.example/a\n"
    head += 'Content-Type: multipart/related; boundary="x"\n\n'
    part = f"--x\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n{page}\n--x--\n"
    article = read_bytes((head + part).encode(), name="a.mhtml")
    assert (article.title, article.source) == ("Lind wins", "https://h.example/a")
    assert body(article) == "Anna Lind beat Tom Birch “on Monday” after a long count."
    with pytest.raises(EmptyArticle, match="holds no page"):
        read_bytes(head.encode(), name="a.mhtml")


@pytest.mark.parametrize("title", ["403 Forbidden", "Just a moment...", "Access denied", "Page not found", "Error 503"])
def test_what_a_site_says_in_place_of_an_article(title):
    """Is not read as one."""
    with pytest.raises(EmptyArticle, match="in place of an article"):
        read_bytes(f"<html><title>{title}</title><h1>{title}</h1><p>nginx</p></html>".encode(), name="a.html")


@pytest.mark.parametrize("title", ["Not found guilty", "500 people flee the flood", "Forbidden love in Oslo"])
def test_a_headline_that_begins_so_is_one(title):
    """It goes on."""
    assert read_bytes(f"<html><h1>{title}</h1><p>{PARAGRAPHS[0]}</p></html>".encode(), name="a.html").title == title


def test_captions_and_bylines_of_a_page_are_set_aside():
    """And not lost."""
    page = next(page for page in PAGES if "broadsheet" in page.name)
    asides = [(kind, words) for kind, words in kinds(read_article(page)) if kind in ("byline", "caption")]
    assert ("caption", "Soldiers carry sandbags in Thornbridge. Photograph: Ola Venn/Calder News Agency") in asides
    assert ("byline", "our Parliamentary Correspondent") in asides


@pytest.mark.parametrize("raw", [b"<html></html>", b"<!doctype html>", b"<html><body><script>x=1</script></body></html>"])
def test_a_page_without_words_is_said_so(raw):
    """Scripts are none."""
    with pytest.raises(EmptyArticle):
        read_bytes(raw, name="a.html")


@pytest.mark.parametrize(
    "raw",
    [
        b"<html>" + b"<div>" * 5000 + b"Anna Lind won the vote." + b"</div>" * 5000,
        b"<html><p>Anna Lind won the vote\xff\xfe.",
        b"<p>" * 3000 + b"Anna Lind won the vote.",
    ],
)
def test_broken_markup_is_read_or_refused(raw):
    """Deep nesting, no end tags, bytes of no encoding: an article or a sentence."""
    try:
        told = read_bytes(raw, name="a.html").text
    except (EmptyArticle, UnreadableArticle) as problem:
        told = f"{problem} won the vote"
    assert "won the vote" in told


def word(paragraphs, **options) -> bytes:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style=style)
    document.core_properties.author = options.get("author", "")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_word_document():
    """Styles say what is title, heading and caption; the rest is told as in a text."""
    raw = word(
        [
            ("Title", "Lind wins"),
            ("Normal", "By Jane Roe"),
            ("Normal", PARAGRAPHS[0]),
            ("Caption", "Anna Lind on Monday"),
            ("Heading 1", "The answer"),
            ("Normal", PARAGRAPHS[1]),
            ("Normal", "Read more: Birch resigns"),
        ]
    )
    article = read_bytes(raw, name="story.docx")
    assert (article.id, article.title, article.source) == ("story", "Lind wins", "story.docx")
    assert kinds(article) == [
        ("headline", "Lind wins"),
        ("byline", "By Jane Roe"),
        ("body", PARAGRAPHS[0]),
        ("caption", "Anna Lind on Monday"),
        ("heading", "The answer"),
        ("body", PARAGRAPHS[1]),
        ("boilerplate", "Read more: Birch resigns"),
    ]


def test_a_word_document_without_styles():
    """Its first line is the headline, a date beneath it is the article's."""
    raw = word([("Normal", "Lind wins"), ("Normal", "3 May 2024"), ("Normal", PARAGRAPHS[0])])
    article = read_bytes(raw, name="story.docx")
    assert (article.title, article.date) == ("Lind wins", "2024-05-03")


def pdf(pages) -> bytes:
    """A PDF of lines of text, written by hand."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = " ".join(f"({line.replace('(', '').replace(')', '')}) Tj T*" for line in lines)
        stream = f"BT /F1 10 Tf 12 TL 50 800 Td {shown} ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        resources = "<< /Font << /F1 3 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /Resources {resources} /Contents {len(objects)} 0 R /MediaBox [0 0 595 842] >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{item}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return out + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()


def test_a_pdf():
    """Lines are joined into paragraphs, a broken word too; what stands on every page and its number are left out."""
    pytest.importorskip("pypdf")
    top = "The Herald 3 May 2024"
    raw = pdf(
        [
            [
                top,
                "Lind wins the vote",
                "By Jane Roe",
                "Anna Lind beat Tom Birch on Monday after a very long count in Os-",
                "lo.",
                "1",
            ],
            [top, "Birch said on Tuesday morning that he would not accept the final", "result of the vote.", "Page 2 of 2"],
        ]
    )
    article = read_bytes(raw, name="story.pdf")
    assert kinds(article) == [
        ("headline", "Lind wins the vote"),
        ("byline", "By Jane Roe"),
        ("body", "Anna Lind beat Tom Birch on Monday after a very long count in Oslo."),
        ("body", "Birch said on Tuesday morning that he would not accept the final result of the vote."),
    ]


def test_a_pdf_of_pictures_is_said_so():
    """With what to do."""
    pytest.importorskip("pypdf")
    with pytest.raises(EmptyArticle, match="only pictures of them"):
        read_bytes(pdf([[]]), name="scan.pdf")


def test_markdown():
    """Marks, links and pictures go; the words stay. Front matter says outlet and date."""
    pytest.importorskip("markdown_it")
    text = (
        "---\noutlet: The Herald\ndate: 2024-05-03\n---\n# Lind *wins*\n\nBy Jane Roe\n\n![](a.png)\n\n"
        "Anna Lind beat [Tom Birch](https://x.example) on\nMonday **again**.\n\n## The answer\n\nBirch said no.\n"
    )
    article = read_bytes(text.encode(), name="story.md")
    assert (article.title, article.outlet, article.date) == ("Lind wins", "The Herald", "2024-05-03")
    told = [item for item in kinds(article) if item[0] != "boilerplate"]
    assert told == [
        ("headline", "Lind wins"),
        ("byline", "By Jane Roe"),
        ("body", "Anna Lind beat Tom Birch on Monday again."),
        ("heading", "The answer"),
        ("body", "Birch said no."),
    ]


@pytest.mark.parametrize(
    "name, module",
    [("a.html", "trafilatura"), ("a.docx", "docx"), ("a.pdf", "pypdf"), ("a.md", "markdown_it")],
)
def test_a_missing_extra_is_a_sentence(monkeypatch, name, module):
    """With the command that installs it."""
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingPart, match=r"pip install 'toward\[readers\]'"):
        read_bytes(b"Lind won.", name=name)


@pytest.mark.parametrize(
    "name, says", [("a.docx", "is a Word document that cannot be opened"), ("a.pdf", "is a PDF that cannot be opened")]
)
def test_damaged_documents_are_refused(caplog, name, says):
    """By their ending, and by how they begin; the libraries say nothing besides."""
    with pytest.raises(UnreadableArticle, match=says):
        read_bytes(b"nothing of the kind", name=name)
    with pytest.raises(UnreadableArticle):
        read_bytes(pdf([["Lind won."]])[:60], name="a.txt")
    assert not caplog.records


def test_a_document_that_unpacks_to_too_much():
    """Is not opened."""
    stream = io.BytesIO(word([("Normal", "Lind won.")]))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as packed, packed.open("word/media/a.bin", "w") as member:
        for _ in range(4 * FILE_MAX_BYTES // 10_000_000 + 1):
            member.write(bytes(10_000_000))
    with pytest.raises(UnreadableArticle, match="would unpack to more than 200 MB"):
        read_bytes(stream.getvalue(), name="a.docx")


# --- the collection to start with -------------------------------------------------------------------------------


def test_the_flood_is_read_whole():
    """Sixteen articles of four outlets in two weeks, each said to be invented, of 150 to 350 words."""
    articles = list(read_corpus(FLOOD))
    assert Reading.of(articles).read == len(articles) == 16
    outlets = {"Continental Press": 4, "The Daily Lantern": 3, "The Calder Gazette": 4, "Thornbridge Echo": 5}
    assert {outlet: sum(a.outlet == outlet for a in articles) for outlet in outlets} == outlets
    assert (min(a.date for a in articles), max(a.date for a in articles)) == ("2024-03-04", "2024-03-17")
    assert all("Invented for this project: no person, place or outlet in it exists." in a.notes for a in articles)
    assert all(150 <= len(body(a).split()) <= 350 for a in articles)
    assert all([section.kind for section in a.sections].count("headline") == 1 for a in articles)
    assert all(any(section.kind == "byline" for section in a.sections) for a in articles)


def test_the_flood_has_a_page_a_document_and_a_copy():
    """The local paper prints the agency's first report."""
    assert {path.suffix for path in FLOOD.iterdir()} == {".txt", ".html", ".docx", ".toml"}
    wire, copy = (read_article(FLOOD / f"2024-03-04-{outlet}.txt") for outlet in ("wire", "local"))
    shared = difflib.SequenceMatcher(None, body(wire).split(), body(copy).split(), autojunk=False).ratio()
    assert shared > 0.9

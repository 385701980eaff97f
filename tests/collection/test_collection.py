"""Several articles, opened: the frames of each, stacked, with one name an actor."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from analysis import open_article, open_articles, read_text
from analysis.errors import ArticleError, UnreadableCorpus
from tests.display.made import HOSTILE

TEXTS = {
    "The Herald": "Emma Hale praised the rescuers of Norway.\n\nHale said that Sweden had lied.",
    "The Post": "Hale lied about Norway.\n\nNorway attacked Hale.",
}


@pytest.fixture
def articles():
    return [read_text(text, outlet=outlet, date="2024-05-03") for outlet, text in TEXTS.items()]


def test_an_empty_folder_is_a_sentence(tmp_path):
    """There is no article to compare."""
    with pytest.raises(UnreadableCorpus):
        open_articles(tmp_path)


def test_refusals_are_kept(articles):
    """Not lost in silence."""
    collection = open_articles([*articles, {"text": ""}])
    assert [item.reason for item in collection.refusals] == ["without text"]
    assert repr(collection).splitlines()[1] == "1 row or file gave no article"
    card = BeautifulSoup(collection._repr_html_(), "html5lib").select_one(".toward-card")
    assert [line.get_text() for line in card.find_all("p")] == repr(collection).splitlines()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_cell_shows_a_collection_as_a_card(text):
    """How many articles, and of which outlets, whatever those are called."""
    collection = open_articles([read_text("Norway won.", outlet=text)])
    card = BeautifulSoup(collection._repr_html_(), "html5lib").select_one(".toward-card")
    assert card.strong.get_text() == f"1 article of 1 outlet: {text}"
    assert {tag.name for tag in card.find_all(True)} <= {"p", "strong", "span"}


def test_an_error_names_how_many_were_skipped():
    """Where no article is left."""
    with pytest.raises(UnreadableCorpus, match="1 skipped"):
        open_articles([{"text": ""}])


def test_an_article_by_its_id(articles):
    """Or a sentence with those there are."""
    collection = open_articles(articles)
    assert collection[articles[0].id].article == articles[0]
    with pytest.raises(ArticleError, match=articles[1].id):
        collection["nothing"]


def test_articles_of_the_environment(tmp_path, monkeypatch):
    """Paths with the system's separator; else the collection of the project."""
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"Norway won {name}.\n")
    import os

    monkeypatch.setenv("ARTICLES", os.pathsep.join(str(tmp_path / f"{name}.txt") for name in "ab"))
    assert len(open_articles()) == 2
    monkeypatch.setenv("ARTICLES", str(tmp_path))
    assert len(open_articles()) == 2


def test_corrections_beside_each_article(tmp_path):
    """They hold in their own article, in a folder and by path; those of the whole collection are no article's."""
    for name in ("First day", "second"):
        (tmp_path / f"{name}.txt").write_text(f"Norway won on the {name}.\n")
    corrections = tmp_path / "First day.toml"
    corrections.write_text('source = "The Herald, 1 May"\nignore = ["Norway"]\n')
    (tmp_path / "actors.toml").write_text('[[actor]]\nname = "Norway"\n')
    for given in (tmp_path, sorted(tmp_path.glob("*.txt"))):
        collection = open_articles(given, scorer="clause")
        assert [study.registry for study in collection.studies] == [corrections, None]
        assert collection["first-day"].article.source == "The Herald, 1 May"
        assert collection.refusals == ()


def test_corrections_beside_articles_of_one_name(tmp_path):
    """A page and a text of one name share their corrections; those in another folder are other articles'."""
    page = "<html><body><article><p>Norway won the match on Sunday, and the crowd sang.</p></article></body></html>"
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "day.toml").write_text('ignore = ["Norway"]\n')
        (tmp_path / folder / "day.html").write_text(page.replace("Sunday", f"Sunday, said the {folder.upper()} Post"))
    (tmp_path / "a" / "day.txt").write_text("Norway lost.\n")
    collection = open_articles(tmp_path, scorer="clause")
    given = {study.article.id: study.registry and study.registry.parent.name for study in collection.studies}
    assert given == {"a-day-html": "a", "a-day-txt": "a", "b-day-html": "b"}
    assert collection.refusals == ()


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_frames_are_those_of_each_article_with_one_name_an_actor(articles, fresh):
    """As many rows as the studies have together; "Hale" of the second article is Emma Hale of the first."""
    collection = open_articles(articles, scorer="clause")
    studies = [open_article(article, scorer="clause") for article in articles]
    for name in ("actors", "mentions", "sentences", "quotes", "hedges", "positions"):
        assert len(getattr(collection, name)) == sum(len(getattr(study, name)) for study in studies)
        assert set(getattr(studies[0], name).columns) <= set(getattr(collection, name).columns)
    second = collection.mentions[collection.mentions.article == articles[1].id]
    assert set(second.actor) == {"Emma Hale", "Norway"}
    assert set(second.name) == {"Hale", "Norway"}
    assert list(collection.articles.outlet) == list(TEXTS)
    assert set(collection.names[collection.names.rule != "name"].name) == {"Hale"}


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_corrections_for_all_articles_lie_in_the_folder(tmp_path, fresh):
    """``actors.toml`` is taken without being named, and is no article."""
    for at, text in enumerate(TEXTS.values()):
        (tmp_path / f"{at}.txt").write_text(text)
    (tmp_path / "actors.toml").write_text('ignore = ["Norway"]\n[[actor]]\nname = "The Mayor"\nmerge = ["Emma Hale", "Hale"]\n')
    found = set(open_articles(tmp_path, scorer="clause").mentions.actor)
    assert "Norway" not in found
    assert "The Mayor" in found
    assert not {"Hale", "Emma Hale"} & found

"""A study: an article is analysed once, and what each step found is handed on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from analysis.discourse.syntax import Tree
from analysis.display import source_line
from analysis.errors import ArticleError
from analysis.model import Actor, Parse
from analysis.study import Study, open_article, seed_path
from analysis.tone import stances
from tests.build import article, cast
from tests.display.made import HOSTILE
from tests.test_cache import kept

TEXT = "Norway praises Sweden\n\nNorway praised the brave Sweden. Denmark was attacked.\n"


def test_the_discourse_is_made_once_and_handed_on(fresh, monkeypatch):
    """One tree for two scorers, stances and frames."""
    built = []
    kept_build = Tree.__init__
    monkeypatch.setattr(Tree, "__init__", lambda tree, parse: (built.append(parse), kept_build(tree, parse))[1])
    monkeypatch.setattr(stances, "_pairs", lambda cast, present, keys: {})
    found = cast("Norway won.\nSweden won.", [Actor("Norway", "country"), Actor("Sweden", "country")])
    study = Study(found.parse.article, scorer="vader")
    vars(study).update(parse=found.parse, cast=found)
    assert len(study.scores) == len(study.scores_by("clause")) == 2
    assert study.stances
    assert len(study.quotes) == len(study.hedges) == 0
    assert built == [found.parse]
    assert study.discourse is study.discourse


def test_the_registrys_source_stands_under_every_chart(tmp_path):
    """Instead of the file's name; what the registry leaves out stays as it was read."""
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    assert open_article(path).article.source == "a.txt"
    path.with_suffix(".toml").write_text('ignore = ["Denmark"]\n')
    assert open_article(path).article.source == "a.txt"
    path.with_suffix(".toml").write_text('source = "Example Times, 10 July 2025"\n')
    opened = open_article(path)
    assert "(Example Times, 10 July 2025)" in source_line(opened, "")
    assert opened.article.text == TEXT


@pytest.mark.parametrize("text", HOSTILE)
def test_a_cell_shows_an_article_as_a_card(text):
    """Its title in bold, then where it is from and the method; what the title says is shown, not run."""
    study = Study(replace(article("Norway won."), title=text, source=text), scorer="vader")
    shown = study._repr_mimebundle_()
    card = BeautifulSoup(shown["text/html"], "html5lib").select_one(".toward-card")
    assert card.strong.get_text() == text
    assert "\n".join(line.get_text() for line in card.find_all("p")) == shown["text/plain"] == repr(study)
    assert {tag.name for tag in card.find_all(True)} <= {"p", "strong", "span"}


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
class TestWhole:
    """With the pipeline."""

    def test_what_is_kept_is_what_was_computed(self, fresh):
        """Every field makes the round trip."""
        first, second = (open_article(seed_path()) for _ in range(2))
        computed = (first.parse, first.cast, first.sentiments, first.scores, first.series)
        assert (second.parse, second.cast, second.sentiments, second.scores, second.series) == computed

    def test_nothing_loads_the_pipeline_twice(self, fresh, monkeypatch):
        """With the cache warm, a study needs no model."""
        open_article(seed_path()).series  # noqa: B018
        monkeypatch.setattr("analysis.language.pipeline", lambda: pytest.fail("the pipeline was loaded"))
        assert open_article(seed_path()).series

    def test_a_changed_registry_recomputes_the_cast_and_not_the_parse(self, fresh, tmp_path):
        """Its text is part of the name."""
        path = tmp_path / "a.txt"
        path.write_text(TEXT)
        assert {actor.name for actor in open_article(path).cast.actors} >= {"Norway", "Sweden", "Denmark"}
        path.with_suffix(".toml").write_text('ignore = ["Denmark"]\n')
        assert "Denmark" not in {actor.name for actor in open_article(path).cast.actors}
        assert len(list(fresh.glob("parse-*.json"))) == 1
        assert len(list(fresh.glob("cast-*.json"))) == 2

    def test_a_damaged_parse_is_parsed_again(self, fresh):
        """Not trusted, and not fatal."""
        study = open_article(seed_path())
        before = study.parse
        path = kept(fresh, "parse")
        path.write_text(path.read_text().replace("nsubj", "dobj"))
        assert open_article(seed_path()).parse == before

    def test_only_names_who_is_there(self, seed):
        """By name or alias; a name that is not there names those that are."""
        assert [series.actor.name for series in seed.only("russia", "Trump")] == ["Russia", "Donald Trump"]
        with pytest.raises(ArticleError, match=r"No actor 'Atlantis'.*Russia"):
            seed.only("Atlantis")


def test_a_study_says_what_it_opened():
    """Title, source, how it was chosen, hash, method."""
    study = Study(open_article(seed_path()).article, chosen="seed")
    assert "the seed article" in repr(study)
    assert study.article.sha256[:12] in repr(study)
    assert set(study.card()) == {"title", "source", "sha256", "method", "chosen", "article_id"}
    assert Parse.__dataclass_params__.frozen

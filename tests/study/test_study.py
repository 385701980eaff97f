"""study.py and cache.py: an article is analysed once, and what is kept is never trusted unread."""

from __future__ import annotations

import json

import pytest

from analysis import cache
from analysis.errors import ArticleError, MissingArticle
from analysis.model import Parse
from analysis.study import Study, choose, open_article, seed_path

TEXT = "Norway praises Sweden\n\nNorway praised the brave Sweden. Denmark was attacked.\n"


@pytest.fixture
def fresh(tmp_path, monkeypatch):
    """An empty cache of its own."""
    monkeypatch.setenv("TOWARD_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def kept(folder, step):
    (path,) = folder.glob(f"{step}-*.json")
    return path


def add(value, folder=None, **kwargs):
    calls = []
    result = cache.remember("sum", ["a", "b"], lambda: calls.append(1) or value, encode=lambda x: [x], decode=lambda x: x[0])
    return result, len(calls)


def test_computed_once(fresh):
    """The second time it is opened, not computed."""
    assert add(5) == (5, 1)
    assert add(6) == (5, 0)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[:-3],
        lambda text: "",
        lambda text: text.replace("5", "7"),
        lambda text: "0" * 64 + text[64:],
        lambda text: "\x00\x00",
    ],
)
def test_a_damaged_entry_is_computed_again(fresh, damage):
    """Cut off, empty, altered, wrong checksum, garbage; and it is whole again afterwards."""
    add(5)
    path = kept(fresh, "sum")
    path.write_text(damage(path.read_text()))
    assert add(6) == (6, 1)
    assert add(7) == (6, 0)


def test_an_entry_of_another_shape_is_computed_again(fresh):
    """A valid checksum does not make valid content."""
    import hashlib

    add(5)
    body = json.dumps({"not": "a list"})
    kept(fresh, "sum").write_text(hashlib.sha256(body.encode()).hexdigest() + "\n" + body)
    assert add(6) == (6, 1)


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path, monkeypatch):
    """The result is there all the same."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TOWARD_CACHE", str(tmp_path / "file" / "below"))
    assert add(5) == (5, 1)
    assert add(6) == (6, 1)


def test_code_version_changes_with_the_code(tmp_path, monkeypatch):
    """Another source, another name; nobody counts versions up by hand."""
    before = cache.code_version("model.py")
    assert before != cache.code_version("model.py", "errors.py")
    assert before == cache.code_version("model.py")


def test_the_choice_of_article(tmp_path, monkeypatch):
    """Argument, then ARTICLE, then the settings file, then the seed."""
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text("One.\n")
    two.write_text("Two.\n")
    monkeypatch.setenv("ARTICLE", str(two))
    assert choose(one) == (one, "argument")
    assert choose() == (two, "ARTICLE")
    monkeypatch.delenv("ARTICLE")
    monkeypatch.setattr("analysis.study.project.project_folder", lambda: tmp_path)
    (tmp_path / "toward.toml").write_text('article = "one.txt"\n')
    assert choose() == (one, "settings file")
    (tmp_path / "toward.toml").write_text("article = one")
    with pytest.raises(MissingArticle, match=r"toward\.toml cannot be read"):
        choose()
    (tmp_path / "toward.toml").unlink()
    assert choose()[1] == "seed"


def test_a_relative_path_is_found_from_the_shells_folder(tmp_path, monkeypatch):
    """A notebook's working folder is its own; the path was written for the shell's."""
    (tmp_path / "a.txt").write_text("A.\n")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.setenv("PWD", str(tmp_path))
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert choose("a.txt")[0] == tmp_path / "a.txt"


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

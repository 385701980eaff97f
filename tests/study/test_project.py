"""Which article is opened."""

from __future__ import annotations

import pytest

from analysis.errors import MissingArticle
from analysis.study import choose


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

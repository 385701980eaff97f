"""An article to look around in."""

from __future__ import annotations

import sys

import pytest

from analysis.charts import browse, explore
from analysis.errors import ArticleError


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_exploring_one_actor(seed):
    """Its panel and its sentences; a voice keeps its own; names are completed, and an unknown one is told which there are."""
    whole = explore(seed, actor="moscow")
    panel, sentences = whole.items
    assert "Russia" in str(panel)
    assert len(sentences.items) == sum(point.state != "absent" for point in seed["Russia"].points)
    (quoted,) = explore(seed, actor="Putin", voice="Donald Trump").items[1].items
    assert "vocally criticized" in seed.parse.text_of(quoted.sentence)
    assert explore(seed, actor="Putin", voice="narrator").items[1].items == ()
    assert whole._repr_html_().count('class="toward ') == 2
    assert "Kim Jong Un" in seed._ipython_key_completions_()
    with pytest.raises(ArticleError, match=r"No actor 'Norway'.*Russia"):
        explore(seed, actor="Norway")
    strong = explore(seed, actor="Russia", at_least=0.5).items[1].items
    assert 0 < len(strong) < len(sentences.items)
    assert all(item.strength >= 0.5 for item in strong)


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_controls_choose_what_explore_shows(seed, monkeypatch):
    """Every actor and every voice of the article, and a slider; without ipywidgets a sentence says how to get it."""
    controls = browse(seed)
    actor, voice, at_least = controls.children[:3]
    assert actor.options == tuple(one.actor.name for one in seed.series)
    assert {"narrator", "Donald Trump"} <= {value for _, value in voice.options}
    assert (at_least.min, at_least.max) == (0, 0.9)
    (said,) = controls.f(actor="Vladimir Putin", voice="Donald Trump", at_least=0.5).items[1].items
    assert said.voices == ("in the voice of Donald Trump",)
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    assert "toward[lab]" in browse(seed)._repr_html_()

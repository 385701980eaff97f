"""An article to look around in."""

from __future__ import annotations

import shutil
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from analysis.charts import Plots, browse, explore, tone_panels
from analysis.errors import ArticleError
from tests.charts.made import article, study, world


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_exploring_one_actor(seed):
    """Its panel and its sentences; a voice keeps its own; names are completed, and an unknown one is told which there are."""
    whole = explore(seed, actor="moscow")
    panel, sentences = whole.displays
    assert "Russia" in str(panel)
    assert len(sentences.items) == sum(point.state != "absent" for point in seed["Russia"].points)
    (quoted,) = explore(seed, actor="Putin", voice="Donald Trump").displays[1].items
    assert "vocally criticized" in seed.parse.text_of(quoted.sentence)
    assert explore(seed, actor="Putin", voice="narrator").displays[1].items == ()
    assert whole._repr_html_().count('class="toward ') == 2
    assert "Kim Jong Un" in seed._ipython_key_completions_()
    with pytest.raises(ArticleError, match=r"No actor 'Norway'.*Russia"):
        explore(seed, actor="Norway")
    strong = explore(seed, actor="Russia", at_least=0.5).displays[1].items
    assert 0 < len(strong) < len(sentences.items)
    assert all(item.strength >= 0.5 for item in strong)


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_controls_choose_what_explore_shows(seed, monkeypatch):
    """Every actor and every voice of the article, and a slider; without ipywidgets a sentence says how to get it."""
    actor, voice, at_least, shown = browse(seed).children
    assert actor.options == tuple(one.actor.name for one in seed.series)
    assert {"narrator", "Donald Trump"} <= {value for _, value in voice.options}
    assert (at_least.min, at_least.max) == (0, 0.9)
    assert "Wording toward Sergey Lavrov" in shown.value
    assert (voice.label, voice.value) == ("every voice", "")
    actor.value, voice.value, at_least.value = "Vladimir Putin", "Donald Trump", 0.5
    assert shown.value == explore(seed, actor="Vladimir Putin", voice="Donald Trump", at_least=0.5)._repr_html_()
    assert "vocally" in shown.value
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    assert "toward[lab]" in browse(seed)._repr_html_()


def test_an_article_without_actors_is_said():
    """There is nobody to choose."""
    made, sentences = article(["body"])
    assert "nobody to choose" in browse(study(made, sentences))._repr_html_()


def test_a_study_has_its_charts_at_hand():
    """``study.plot`` hands itself in; names and help are the functions' own."""
    plots = Plots(world(21, ["Russia", "Norway"]))
    assert plots.tone(actors=["Norway"]).title == tone_panels(world(21, ["Russia", "Norway"]), ["Norway"]).title
    assert plots.tone.__doc__ == tone_panels.__doc__
    assert [plots.ranking().name, plots.mentions().name, plots.sentiment().name] == ["ranking", "mentions", "sentiment"]


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.xdist_group("lab")
def test_browse_and_explore_show_themselves_in_jupyterlab(tmp_path):
    """In both themes: the panel and the sentences stand there, and choosing an actor changes what is on screen."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
    if program is None:
        pytest.skip("no Chromium on this machine: install it to run the tests that look at pages")
    with ThreadPoolExecutor(1) as apart:  # where other tests of this worker hold a browser open, a thread has room for another
        apart.submit(drive, program, tmp_path).result()


def drive(program, folder):
    """What a person does who opens the notebook: look, choose an actor, look again, in both themes."""
    from playwright.sync_api import sync_playwright

    from tests import lab

    with lab.served(folder) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 1400})
        page.set_default_timeout(180_000)
        lab.run_all(page, address)
        chosen, explored = ".widget-html-content .toward-chart", ".jp-RenderedHTML .toward-chart"
        assert page.locator(f"{chosen} .t").inner_text().startswith("The wording toward Lars Holm")
        assert page.locator(f"{explored} .t").inner_text().startswith("The wording toward Denmark")
        page.locator(".widget-dropdown select").first.select_option("Erik Lund")
        page.wait_for_function(f"() => document.querySelector('{chosen} .t').textContent.includes('Erik Lund')")
        assert "Wording toward Erik Lund" in page.locator(".widget-html-content figcaption").all_inner_texts()
        for theme in ("JupyterLab Light", "JupyterLab Dark"):
            lab.change_theme(page, theme)
            for figure in (chosen, explored):
                assert page.locator(f"{figure} .c.w svg").first.bounding_box()["height"] > 100
                assert lab.contrast(page, f"{figure} .t") >= 4.5, (theme, figure)
        browser.close()

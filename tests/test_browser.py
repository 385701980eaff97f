"""Every page of two finished reports in a real Chromium: nothing fetched, nothing run, nothing said, nothing cut off."""

from __future__ import annotations

import io
import os
import re
import shutil
from collections import Counter

import pytest
from pypdf import PdfReader

from analysis.report import index_page, index_parts
from analysis.report.single_file import one_page
from analysis.study import open_article
from tests import longer, sites

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.xdist_group("report")]

LOOKS = [(width, scheme) for width in (1280, 390) for scheme in ("light", "dark")]
OVERFLOW = """() => {
  const wide = document.documentElement.clientWidth;
  const out = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > wide + 1
    && !e.closest('[role=region], [role=group], .toward-scroll, .output, .panels, pre, .skip'));
  return {page: document.documentElement.scrollWidth, wide, out: out.slice(0, 3).map(e => e.outerHTML.slice(0, 120))};
}"""


@pytest.fixture(scope="session")
def browser():
    """Chromium from the system; without it these tests are skipped, in CI they fail."""
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("CI has no Chromium, so nothing was looked at. Install the package chromium.")
        pytest.skip("no Chromium on this machine: install it to run the tests that look at pages")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()


def look(browser, path, width, scheme, *, unfold=True):
    """Open a page as a reader does, as a rule with every fold open, and hold it to all it is held to."""
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    requests, said = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda problem: said.append(str(problem)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(path.as_uri())
    if unfold:
        page.evaluate("() => document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    page.wait_for_timeout(50)
    assert [url for url in requests if not url.startswith("data:")] == [path.as_uri()]
    assert said == []
    assert page.evaluate("() => window.pwned") is None
    fits = page.evaluate(OVERFLOW)
    assert fits["page"] <= fits["wide"], (path.name, fits)
    assert fits["out"] == [], (path.name, fits)
    found = Axe().run(page).response["violations"]
    assert [(path.name, v["id"], [node["html"][:160] for node in v["nodes"]][:3]) for v in found] == []
    page.close()


@pytest.mark.parametrize("name", sites.NAMES)
@pytest.mark.parametrize("width, scheme", LOOKS)
def test_pages_as_a_reader_gets_them(browser, name, width, scheme):
    """No request, no script, no console message, no sideways overflow, no accessibility violation."""
    for path in sorted(sites.site(name).glob("*.html")):
        look(browser, path, width, scheme)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_table_that_scrolls_shows_where_it_goes_on(browser, scheme):
    """On a phone, a shade at the right; scrolled to its end, none, and the names of rows stay at the left with an edge.

    On a wide screen all of it is there, and nothing is shaded.
    """
    from PIL import Image

    page = browser.new_page(viewport={"width": 390, "height": 900}, color_scheme=scheme)
    page.goto((sites.site("seed") / "02-who-is-in-it.html").as_uri())
    table = page.locator(".toward-scroll:has(> table)").first
    ground = page.evaluate("() => getComputedStyle(document.body).backgroundColor")

    def shaded():
        shot = Image.open(io.BytesIO(table.screenshot())).convert("RGB")
        edges = [Counter(shot.getpixel((x, y)) for y in range(shot.height)).most_common(1)[0][0] for x in (2, shot.width - 3)]
        return [f"rgb{edge}" != ground for edge in edges]

    assert shaded() == [False, True]
    table.evaluate("region => { region.scrollLeft = region.scrollWidth }")
    assert shaded() == [False, False]
    head = table.locator("tbody th").first
    assert head.bounding_box()["x"] == pytest.approx(table.bounding_box()["x"], abs=1)
    assert head.evaluate("cell => getComputedStyle(cell).boxShadow") != "none"
    page.set_viewport_size({"width": 1280, "height": 900})
    assert shaded() == [False, False]
    page.close()


@pytest.mark.parametrize("name", sites.NAMES)
def test_the_single_file_as_a_reader_gets_it(browser, name, tmp_path):
    """All pages in one, held to the same."""
    path = tmp_path / "index.html"
    path.write_text(one_page(sites.pages(name)), encoding="utf-8")
    look(browser, path, 390, "dark")


def test_the_index_of_a_very_long_article(browser, tmp_path):
    """40,000 words: under 3 MB, held to the same, a chart within three screens, its last sentence where its fragment says."""
    source, path = tmp_path / "long.txt", tmp_path / "index.html"
    source.write_text(longer.text(), encoding="utf-8")
    study = open_article(source)
    path.write_text(index_page(index_parts(study), []), encoding="utf-8")
    assert path.stat().st_size < 3_000_000
    for width, height in ((1280, 800), (390, 844)):
        look(browser, path, width, "light", unfold=False)
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(path.as_uri())
        assert page.locator(".panels svg:visible").first.bounding_box()["y"] < 3 * height
        page.close()
    page = browser.new_page(reduced_motion="reduce")
    page.goto(f"{path.as_uri()}#s{len(study.parse.sentences)}")
    assert page.locator(".row:target").bounding_box()["y"] < 720
    page.close()


def test_from_a_mark_to_its_sentence_and_back(browser):
    """A click on the chart marks the sentence; a link leads back to the chart."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((sites.site("seed") / "index.html").as_uri())
    mark = page.locator(".panels svg a").nth(3)
    place = mark.get_attribute("href")
    mark.click(force=True)
    assert page.url.endswith(place)
    assert page.locator(".row:target").get_attribute("id") == place[1:]
    page.click(".article > .back a")
    assert page.url.endswith("#panels")
    page.close()


@pytest.mark.parametrize("name", sites.NAMES)
def test_the_page_reads_without_styles_and_pictures(browser, name, tmp_path):
    """With both taken out, the text stands in its order: title, findings, chart's numbers, article, data, limits."""
    bare = re.sub(r"<style.*?</style>|<svg.*?</svg>", "", sites.pages(name)["index.html"], flags=re.DOTALL)
    path = tmp_path / "index.html"
    path.write_text(bare, encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    heads = page.locator("main :is(h1, h2)").all_inner_texts()
    left = ["What was left out"] if "What was left out" in heads else []
    findings = ["What was found", "The strongest sentences", "Sentence by sentence", "Actor by actor"]
    assert heads[1:] == [*findings, "Read on", "The article", *left, "The data", "What this does not show", "How it was made"]
    tops = page.evaluate("() => [...document.querySelectorAll('.row')].map(row => row.getBoundingClientRect().top)")
    assert len(tops) > 10
    assert tops == sorted(tops)
    page.close()


@pytest.mark.parametrize("name", sites.NAMES)
def test_a_click_on_a_sentences_number_marks_its_place(browser, name):
    """``:target`` highlights it, without a script."""
    page = browser.new_page()
    page.goto((sites.site(name) / "index.html").as_uri())
    plain = page.evaluate("() => getComputedStyle(document.getElementById('s2')).backgroundColor")
    page.click("#s2 .no")
    assert page.evaluate("() => getComputedStyle(document.getElementById('s2')).backgroundColor") != plain
    page.close()


@pytest.mark.parametrize("name", sites.NAMES)
def test_on_paper_the_evidence_is_there_and_nothing_to_click(browser, name):
    """A4: the marked article, no fold but an actor's line, no list of words, no download, nothing cut; the page says so."""
    page = browser.new_page(viewport={"width": 658, "height": 900})  # 210 mm less two margins of 18 mm
    page.emulate_media(media="print")
    for path in sorted(sites.site(name).glob("*.html")):
        page.goto(path.as_uri())
        fits = page.evaluate(OVERFLOW)
        assert fits["page"] <= fits["wide"], (path.name, fits)
        gone = "details:not([open]):not(.actor, .left):visible, .bar:visible, a[download]:visible, nav:visible, .back:visible"
        assert page.locator(gone).count() == 0, path.name
        assert page.locator("details.actor > div:visible, .left > :not(summary):visible").count() == 0, path.name
        assert page.locator(".foot .paper").is_visible()
        assert not page.locator(".foot .screen").is_visible()
        wide = page.evaluate(
            "() => [...document.querySelectorAll('svg')].filter(e => e.getBoundingClientRect().right > 659).length"
        )
        assert wide == 0, path.name
    page.goto((sites.site(name) / "index.html").as_uri())
    assert page.locator(".row u").count() > 5
    assert page.locator("small.w:visible").count() == 0
    page.close()


def test_no_printed_page_is_half_empty(browser):
    """A4 as Chromium prints it: each page but the last has words in its lowest third, as tall charts go over pages."""
    page = browser.new_page()
    for path in sorted(sites.site("seed").glob("*.html")):
        page.goto(path.as_uri())
        printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
        for number, sheet in enumerate(printed[:-1], start=1):
            heights: list[float] = []
            sheet.extract_text(
                visitor_text=lambda text, cm, tm, *_, found=heights: (
                    found.append(cm[1] * tm[4] + cm[3] * tm[5] + cm[5]) if text.strip() else None
                )
            )
            above_the_foot = [height for height in heights if height > 60]
            assert min(above_the_foot) < 842 / 3, (path.name, number)
    page.goto((sites.site("seed") / "07-how-often-is-it-wrong.html").as_uri())
    page.emulate_media(media="print")
    assert page.locator(".toward-chart .c.p svg:visible").count() > 4
    assert page.locator(".toward-chart .c.w:visible").count() == 0
    page.close()


def test_the_data_can_be_taken_along(browser):
    """The links in the page download, policy or not."""
    page = browser.new_page()
    page.goto((sites.site("seed") / "index.html").as_uri())
    for link in page.locator("a[download]").all()[-2:]:
        with page.expect_download() as started:
            link.click()
        assert started.value.path().stat().st_size > 500
    page.close()

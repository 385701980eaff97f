"""Every page of two finished reports in a real Chromium: nothing fetched, nothing run, nothing said, nothing cut off."""

from __future__ import annotations

import os
import shutil

import pytest

from tests import sites

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.xdist_group("report")]

LOOKS = [(width, scheme) for width in (1280, 390) for scheme in ("light", "dark")]
OVERFLOW = """() => {
  const wide = document.documentElement.clientWidth;
  const out = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > wide + 1
    && !e.closest('[role=region], .toward-scroll, .output, .panels, pre, .skip'));
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


@pytest.mark.parametrize("name", sites.NAMES)
@pytest.mark.parametrize("width, scheme", LOOKS)
def test_pages_as_a_reader_gets_them(browser, name, width, scheme):
    """No request, no script, no console message, no sideways overflow, no accessibility violation."""
    from axe_playwright_python.sync_playwright import Axe

    for path in sorted(sites.site(name).glob("*.html")):
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        requests, said = [], []
        page.on("request", lambda request, seen=requests: seen.append(request.url))
        page.on("console", lambda message, seen=said: seen.append(message.text))
        page.on("pageerror", lambda problem, seen=said: seen.append(str(problem)))
        page.on("dialog", lambda dialog, seen=said: seen.append(dialog.message))
        page.goto(path.as_uri())
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
def test_a_click_on_a_sentences_number_marks_its_place(browser, name):
    """``:target`` highlights it, without a script."""
    page = browser.new_page()
    page.goto((sites.site(name) / "index.html").as_uri())
    plain = page.evaluate("() => getComputedStyle(document.getElementById('s2')).backgroundColor")
    page.click("#s2 .no")
    assert page.evaluate("() => getComputedStyle(document.getElementById('s2')).backgroundColor") != plain
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

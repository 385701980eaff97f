"""exporter.py: what becomes of a notebook's cells on their page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import html5lib
import nbformat
from bs4 import BeautifulSoup
from nbconvert.exporters import MarkdownExporter
from traitlets.config import Config

from analysis.display import Table
from analysis.report import ReportExporter


def export(*cells, name="notebook", path="."):
    notebook = nbformat.v4.new_notebook(cells=list(cells))
    page, _ = ReportExporter().from_notebook_node(notebook, resources={"metadata": {"name": name, "path": path}})
    html5lib.HTMLParser(strict=True).parse(page)
    return BeautifulSoup(page, "html5lib")


def markdown(text):
    return nbformat.v4.new_markdown_cell(text)


def code(source="1", tags=(), **data):
    output = nbformat.v4.new_output("execute_result", data={kind.replace("_", "/"): value for kind, value in data.items()})
    return nbformat.v4.new_code_cell(source, metadata={"tags": list(tags)}, outputs=[output] if data else [])


def test_html_in_markdown_is_text():
    """So is a picture from elsewhere; a dangerous link is no link."""
    soup = export(
        markdown("# T?\n\n<script>x()</script> <img src=x onerror=y()> [a](javascript:z()) ![b](https://beacon.example/b.png)")
    )
    assert not soup.find_all(["script", "img"])
    assert "<script>x()</script>" in soup.main.get_text()
    assert "https://beacon.example/b.png" in soup.main.get_text()
    assert not soup.main.find_all("a")


def test_links_between_notebooks_lead_between_pages():
    """And the web opens without a referrer; a file of this machine is no link."""
    soup = export(markdown("# T?\n\n[n](02-who.ipynb) [w](https://example.org/) [f](../README.md)"))
    assert [link["href"] for link in soup.main.find_all("a")] == ["02-who.html", "https://example.org/"]


def test_types_are_taken_in_our_order():
    """HTML, SVG, PNG, plain text; never a script, a widget or Markdown."""
    soup = export(markdown("# T?"), code(text_markdown="**m**", text_plain="plain <b>", application_javascript="run()"))
    assert soup.select_one(".output pre").get_text() == "plain <b>"
    assert "run()" not in str(soup)
    soup = export(markdown("# T?"), code(**{"image_svg+xml": "<svg onload='x()'></svg>", "text_plain": "a drawing"}))
    assert soup.main.img["src"].startswith("data:image/svg+xml;base64,")
    assert soup.main.img["alt"] == "a drawing"


def test_tags():
    """``remove-cell`` goes whole, ``hide-input`` loses its code, ``answer`` goes up with the heading over it."""
    soup = export(
        markdown("# T?\n\nWhy ask."),
        code("secret", ["remove-cell"], text_plain="gone"),
        code("plumbing()", ["hide-input"], text_plain="kept"),
        markdown("## Answer"),
        code("say()", ["answer"], text_html="<p>Forty-two.</p>"),
        markdown("## Sources"),
    )
    text = soup.main.get_text()
    assert "gone" not in text
    assert "plumbing()" not in text
    assert "kept" in text
    assert soup.select_one(".answer h2").get_text() == "Answer"
    assert [tag.get_text() for tag in soup.main.find_all("h2")] == ["Answer", "Sources"]
    assert text.index("Forty-two.") < text.index("Why ask.")


def test_headings_get_fragments_of_their_own():
    """Twins differ, none looks like a sentence's, levels are not skipped."""
    soup = export(markdown("# T?\n\n## S12\n\n## Same\n\n#### Deep\n\n## Same\n\n# Again"))
    assert [tag["id"] for tag in soup.main.find_all(["h2", "h3", "h4"])] == ["on-s12", "same", "deep", "same-2", "again"]
    assert [tag.name for tag in soup.main.find_all(re.compile("^h[1-4]$"))] == ["h1", "h2", "h2", "h3", "h2", "h2"]


def test_a_link_to_a_sentence_not_shown_leads_to_the_article():
    """A sentence on this page is linked to here."""
    soup = export(markdown("# T?"), code(text_html='<p id="s1"><a href="#s1">1</a> <a href="#s2">2</a></p>'))
    assert [link["href"] for link in soup.main.find_all("a")] == ["#s1", "index.html#s2"]


def test_warnings_stay_out_of_pages():
    """They name places of a machine and come and go."""
    cell = nbformat.v4.new_code_cell(
        "x", outputs=[nbformat.v4.new_output("stream", name="stderr", text="/home/me/x.py: warning")]
    )
    assert "warning" not in export(markdown("# T?"), cell).main.get_text()


def test_markdown_made_as_the_docs_say_shows_its_pictures():
    """With the option in the docs a chart is a picture file that is written, and a table is plain text, not HTML."""
    text = (Path(__file__).parents[2] / "docs/how-to/cite.md").read_text("utf-8")
    order = json.loads(re.search(r"display_data_priority='(\[.*?\])'", text)[1])
    chart = {"text/html": "<svg></svg>", "image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg'/>", "text/plain": "a chart"}
    table = Table([("Norway", 2)], columns=["actor", "mentions"], caption="Who")
    outputs = [chart, {"text/html": table._repr_html_(), "text/plain": repr(table)}]
    cells = [nbformat.v4.new_code_cell("1", outputs=[nbformat.v4.new_output("execute_result", data=data)]) for data in outputs]
    exporter = MarkdownExporter(config=Config({"NbConvertBase": {"display_data_priority": order}}))
    page, resources = exporter.from_notebook_node(nbformat.v4.new_notebook(cells=cells))
    (picture,) = re.findall(r"!\[.*?\]\((.+?)\)", page)
    assert picture in resources["outputs"]
    assert "Norway" in page
    assert "<table" not in page

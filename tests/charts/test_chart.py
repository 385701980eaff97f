"""What every chart keeps to: its texts, its numbers, its ids, its bytes, its ink."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from analysis.charts import (
    INK,
    Canvas,
    finish,
    sentiment_flow,
    style,
)
from analysis.charts.layout import misplaced
from analysis.charts.style import NEGATIVE, POSITIVE
from analysis.display import Table
from analysis.errors import ChartError
from analysis.model import (
    Sentiment,
)
from tests.charts.made import HOSTILE, LONG, METHOD, article, page, world


@pytest.mark.parametrize("missing", ["title", "subtitle", "source", "alt"])
def test_finish_refuses_a_chart_without_one_of_its_texts(missing: str) -> None:
    """Each of the four texts is needed, and the message names the one that is not there."""
    texts = {"title": "T", "subtitle": "S", "source": "Q", "alt": "A"} | {missing: " "}
    with pytest.raises(ChartError, match=f"has no {missing}"):
        finish(Canvas(100, 50).figure, table=Table([], columns=["a"], caption="c"), **texts)


def test_finish_refuses_a_chart_without_its_numbers() -> None:
    """A chart without a table cannot be read by everyone."""
    with pytest.raises(ChartError, match="table"):
        finish(Canvas(100, 50).figure, title="T", subtitle="S", source="Q", alt="A", table=())


def test_finish_takes_any_matplotlib_figure_and_keeps_ids_apart() -> None:
    """Axes with clip paths and markers come out with references that hold, prefixed by content."""
    made = []
    for height in (1, 2, 1):
        figure = style.figure(300, 200)
        axes = figure.add_subplot()
        axes.plot([0, height], [0, 1], "o-")
        made.append(
            finish(figure, title="T", subtitle="S", source="Q", alt="A", table=Table([[1]], columns=["a"], caption="c"))
        )
    assert made[0].svg == made.pop().svg
    ids = [set(re.findall(r'\bid="([^"]+)"', chart.svg)) for chart in made]
    assert not ids[0] & ids[1]
    for chart, own in zip(made, ids, strict=True):
        used = set(re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', chart.svg))
        assert used
        assert {one or other for one, other in used} <= own
        assert "xlink" not in chart.svg


@pytest.mark.parametrize("length", [1, 3, 21, 60, 400])
@pytest.mark.parametrize("names", [["A"], [f"{LONG[:58]} {n}" for n in range(6)], HOSTILE], ids=["one", "long", "hostile"])
def test_no_text_is_outside_the_canvas_too_small_or_upon_another(drawn: list[object], length: int, names: list[str]) -> None:
    """For 1 and 6 actors, names of 60 characters and hostile ones, 1 to 400 sentences, with many headings."""
    charts_made = world(length, names, headings=length // 7).all()
    assert len(drawn) == len(charts_made) == 4
    for figure in drawn:
        assert misplaced(figure) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", range(4))
def test_a_chart_is_a_named_picture_with_its_numbers_beneath(kind: int) -> None:
    """A picture with name and description, real texts, a caption, and a folded table; ids hold and are unique."""
    chart = world(21, ["Russia", "Norway"]).all()[kind]
    found = page(chart)
    figure = found.figure
    picture = figure.find("svg", role="img")
    named = [picture.find(id=ident) for ident in picture["aria-labelledby"].split()]
    assert [one.name for one in named] == ["title", "desc"]
    assert named[0].get_text() == chart.title
    assert named[1].get_text() == chart.alt == repr(chart) == str(chart)
    assert picture.find_all("text")
    assert figure.figcaption.get_text() == chart.source
    assert figure.details.table.caption.get_text() == chart.table.caption
    assert not figure.details.has_attr("open")
    assert figure.find(role="region")["tabindex"] == "0"
    ids = [tag["id"] for tag in found.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert all(found.find(id=tag["aria-labelledby"].split()[0]) for tag in found.find_all(attrs={"aria-labelledby": True}))
    assert METHOD in chart.source
    assert "x.txt" in chart.source


def test_charts_of_one_page_share_no_id() -> None:
    """Four charts and their tables, side by side, have no id in common."""
    ids = [tag["id"] for chart in world(21, ["Russia", "Norway"]).all() for tag in page(chart).find_all(id=True)]
    assert len(ids) == len(set(ids)) > 8


def test_the_same_numbers_give_the_same_bytes() -> None:
    """Drawn twice, a chart is the same to the byte; no date, no maker, no address of a standard's metadata."""
    first, second = (world(21, ["Russia", "$5"]).all() for _ in range(2))
    assert [chart._repr_html_() for chart in first] == [chart._repr_html_() for chart in second]
    assert [chart.picture() for chart in first] == [chart.picture() for chart in second]
    for chart in first:
        assert not re.search(r"metadata|rdf:|Matplotlib|\d{4}-\d\d-\d\d", chart.svg)


def test_a_users_own_settings_change_nothing() -> None:
    """Whatever stands in a matplotlibrc, the chart is the same."""
    import matplotlib as mpl

    plain = world(21, ["Russia"]).all()
    with mpl.rc_context({"svg.fonttype": "path", "font.size": 30, "path.simplify": True, "savefig.bbox": "tight"}):
        changed = world(21, ["Russia"]).all()
    assert [chart.svg for chart in plain] == [chart.svg for chart in changed]


def test_ink_follows_the_page_and_colours_can_be_set() -> None:
    """No ink or paper colour is fixed in the picture: only the two ends of the scale, and a page may change them."""
    for chart in world(60, ["Russia", "Norway"]).all():
        colours = set(re.findall(r"#[0-9a-fA-F]{6}\b", chart.svg))
        assert colours <= {NEGATIVE, POSITIVE}
        assert len(re.findall(rf"var\(--toward-negative,{NEGATIVE}\)|var\(--toward-positive,{POSITIVE}\)", chart.svg)) == len(
            re.findall(rf"{NEGATIVE}|{POSITIVE}", chart.svg)
        )
        assert "currentColor" in chart.svg


def test_hostile_names_show_as_text_everywhere() -> None:
    """Markup, dollars, overrides and endless words are text in the picture, the page and the file of its own."""
    for chart in world(21, HOSTILE).all():
        found = page(chart)
        assert not found.find_all(["script", "img", "iframe"])
        ET.fromstring(chart.svg)
        ET.fromstring(chart.picture())
        whole = chart._repr_html_() + chart.picture() + repr(chart)
        whole.encode("utf-8")
        assert not re.search("[\x00\u202a-\u202e\u2066-\u2069]", whole)
        assert "A" * 1000 not in chart.svg + chart.picture() + chart.title + chart.alt
        for text in found.find_all("text"):
            assert max(str(node).count("$") for node in text.find_all(string=True)) <= 1
    texts = " ".join(text.get_text() for text in page(world(21, HOSTILE).all()[0]).find_all("text"))
    assert "<script>alert(1)</script>" in texts
    assert "$5 million $6" in texts
    assert "[RLO]evil" in texts


def test_nothing_to_show_is_said_and_never_an_error() -> None:
    """No actors, no sentences, nothing scored: a chart that says so, with a table."""
    for made in (world(0, []), world(5, []), world(5, ["Russia"], density=0.0)):
        for chart in made.all():
            assert chart.title
            assert page(chart).figure.table
    titles = [chart.title for chart in world(5, []).all()]
    assert titles[0] == titles[2] == titles[3] == "No person, country or organisation was found in this article"
    _, sentences = article(["body"] * 3)
    silent = tuple(Sentiment(sentence, None, ()) for sentence in sentences)
    assert sentiment_flow(silent, article=article(["body"])[0], method=METHOD).title.startswith("No sentence")


def test_a_picture_of_its_own_holds_all_its_texts() -> None:
    """For a README: title, subtitle and source are drawn, on white, and nothing needs a page around it."""
    chart = world(21, ["Russia", "Norway"]).all()[0]
    root = ET.fromstring(chart.picture())
    texts = ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "".join(" ".join(texts).split()).startswith("".join((chart.title + chart.subtitle).split()))
    assert "Source:" in " ".join(texts)
    assert root.attrib["color"] == INK

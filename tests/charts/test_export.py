"""What every chart keeps to: its texts, its numbers, its ids, its bytes, its ink, its files."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import unquote

import pytest
from matplotlib.text import Text

from analysis.charts import Chart, Row, Sheet, dots, finish, house_style, ranking, sentiment_flow, tone_panels
from analysis.charts.layout import NARROW, WIDTH
from analysis.display import INK, NEGATIVE, POSITIVE, Table
from analysis.errors import ChartError
from analysis.model import Sentiment
from tests.charts.made import HOSTILE, LONG, METHOD, article, misplaced, page, series, study, sure, unsure, whole, world

TABLE = Table([[1]], columns=["a"], caption="c")
WORDS = {"title": "T", "subtitle": "S", "source": "Q", "alt": "A"}


def blank(sheet: Sheet):
    """A chart of nothing."""
    return {"axes": sheet.panel(50, left=20)}


def rowed(rows: list[Row]) -> Chart:
    """A chart of rows of dots."""
    return finish(lambda sheet: {"rows": dots(sheet, rows)}, table=TABLE, **WORDS)


@pytest.mark.parametrize("missing", ["title", "subtitle", "source", "alt"])
def test_finish_refuses_a_chart_without_one_of_its_texts(missing: str) -> None:
    """Each of the four texts is needed, and the message names the one that is not there."""
    with pytest.raises(ChartError, match=f"has no {missing}"):
        finish(blank, table=TABLE, **(WORDS | {missing: " "}))


def test_finish_refuses_a_chart_without_its_numbers() -> None:
    """A chart without a table cannot be read by everyone."""
    with pytest.raises(ChartError, match="table"):
        finish(blank, table=(), **WORDS)


def test_anything_drawn_with_matplotlib_comes_out_with_ids_of_its_own() -> None:
    """Axes with clip paths and markers come out with references that hold, prefixed by content."""
    made = []
    for height in (1, 2, 1):

        def draw(sheet: Sheet, height: int = height):
            axes = sheet.panel(200, left=40)
            axes.plot([0, height], [0, 1], "o-")
            return {}

        table = Table([[height]], columns=["a"], caption="c")
        made.append(finish(draw, table=table, **WORDS))
    assert made[0].svg == made.pop().svg
    ids = [set(re.findall(r'\bid="([^"]+)"', chart.svg)) for chart in made]
    assert not ids[0] & ids[1]
    for chart, own in zip(made, ids, strict=True):
        used = set(re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', chart.svg))
        assert used
        assert {one or other for one, other in used} <= own
        assert "xlink" not in chart.svg


@pytest.mark.parametrize("length", [1, 21, 400])
@pytest.mark.parametrize("names", [["A"], [f"{LONG[:58]} {n}" for n in range(6)], HOSTILE], ids=["one", "long", "hostile"])
def test_no_text_is_outside_the_canvas_too_small_or_upon_another(drawn: list[Sheet], length: int, names: list[str]) -> None:
    """For 1 and 6 actors, names of 60 characters and hostile ones, 1 to 400 sentences; wide, narrow, and as a file."""
    charts = world(length, names, headings=length // 7).all()
    for chart in charts:
        small = chart.narrowed()
        assert misplaced(chart.figure) == misplaced(small.figure) == []  # the wide one with its words around it
    assert [sheet.width for sheet in drawn] == [WIDTH] * 4 + [NARROW] * 4


@pytest.mark.parametrize("kind", range(4))
def test_a_chart_is_a_named_picture_with_its_numbers_beneath(kind: int) -> None:
    """A picture with name and description, real texts, a caption, and a folded table; ids hold and are unique."""
    chart = world(21, ["Russia", "Norway"]).all()[kind]
    found = whole(chart)
    figure = found.figure
    pictures = figure.find_all("svg", role="img")
    assert len(pictures) == 2  # one for narrow pages
    for picture in pictures:
        named = [picture.find(id=ident) for ident in picture["aria-labelledby"].split()]
        assert [one.name for one in named] == ["title", "desc"]
        assert named[0].get_text() == chart.title
        assert named[1].get_text() == chart.alt == repr(chart) == str(chart)
        assert picture.find_all("text")
    assert figure.figcaption.get_text() == chart.source
    cited, numbers = figure.find_all("details")
    assert chart.title in cited.p.get_text()
    assert "Drawn by Toward" in cited.p.get_text()
    assert numbers.table.caption.get_text() == chart.table.caption
    assert not any(one.has_attr("open") for one in (cited, numbers))
    assert figure.find(role="region")["tabindex"] == "0"
    ids = [tag["id"] for tag in found.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert all(found.find(id=tag["aria-labelledby"].split()[0]) for tag in found.find_all(attrs={"aria-labelledby": True}))
    assert METHOD in chart.source
    assert "x.txt" in chart.source


def test_under_each_chart_stand_its_files() -> None:
    """The picture as SVG and each table as CSV, in links that need no other file."""
    chart = world(21, ["Russia", "Norway"]).all()[0]
    svg, *tables = page(chart).select(".take a")
    assert svg["download"] == "tone.svg"
    kind, data = svg["href"].split(",", 1)
    assert kind == "data:image/svg+xml"
    assert unquote(data) == chart.picture().decode()
    assert [link["download"] for link in tables] == ["actors.csv", "tone-by-sentence.csv"]
    assert [link.get_text() for link in tables] == ["CSV (actors)", "CSV (tone-by-sentence)"]
    assert not page(chart).select("details a[download]")


def test_paper_may_divide_a_tall_chart_between_its_panels() -> None:
    """The pieces show all of it, one from where the other ends, none lower than 110 units; a low chart has none."""
    tall, low = tone_panels(world(21, ["A", "B", "C"])), tone_panels(world(21, ["A"]))
    views = [tuple(map(float, one["viewBox"].split())) for one in page(tall).select(".p svg")]
    assert [round(view[1]) for view in views[1:]] == [round(top + high) for _, top, _, high in views[:-1]]
    assert sum(view[3] for view in views) == pytest.approx(tall.sheet.height)
    assert len(views) == 3
    assert min(view[3] for view in views) >= 110
    used = {one["href"] for one in page(tall).select(".p use")}
    assert used == {f"#{tall.ident}g"}
    assert page(tall).find(id=f"{tall.ident}g").name == "g"
    assert not page(low).select(".p")
    rows = [Row("a", 0.1, 0.0, 0.2, group=f"Group {place // 4}") for place in range(16)]
    parts = page(rowed(rows)).select(".p div")
    scale, first = (tuple(map(float, part.svg["viewBox"].split())) for part in parts[:2])
    assert ("head" in parts[0]["class"], len(parts)) == (True, 5)  # the scale, which each page repeats, then the pieces
    assert (scale[3], first[1]) == (24, scale[1] + 24)
    plain = rowed([Row("a", 0.1, 0.0, 0.2)] * 20)
    assert len(page(plain).select(".p div")) > 2  # without groups it may be divided between any two rows


def test_charts_of_one_page_share_no_id() -> None:
    """Four charts and their tables, side by side, have no id in common."""
    ids = [tag["id"] for chart in world(21, ["Russia", "Norway"]).all() for tag in whole(chart).find_all(id=True)]
    assert len(ids) == len(set(ids)) > 8


def test_the_same_numbers_give_the_same_bytes() -> None:
    """Drawn twice, a chart is the same to the byte, in each format; no date, no maker, no address of a standard's metadata."""
    first, second = (world(21, ["Russia", "$5"]).all() for _ in range(2))
    assert [chart._repr_html_() for chart in first] == [chart._repr_html_() for chart in second]
    for one, other in zip(first, second, strict=True):
        assert [one.picture(kind) for kind in ("svg", "pdf", "png")] == [other.picture(kind) for kind in ("svg", "pdf", "png")]
        assert not re.search(r"metadata|rdf:|Matplotlib|\d{4}-\d\d-\d\d", one.svg + one.picture().decode())


def test_a_matplotlibrc_changes_nothing_and_a_style_of_ones_own_what_it_names() -> None:
    """A chart looks the same everywhere; ``house_style`` is the way to another look, wide, narrow and saved."""
    import matplotlib as mpl

    plain = world(21, ["Russia"]).all()
    with mpl.rc_context(
        {"svg.fonttype": "path", "font.size": 30, "axes.grid": True, "lines.linewidth": 9, "ytick.left": False}
    ):
        changed = world(21, ["Russia"]).all()
        assert mpl.rcParams["font.size"] == 30
    assert [chart.svg for chart in plain] == [chart.svg for chart in changed]
    with house_style({"text.color": "#123456"}):
        own = world(21, ["Russia"]).all()
    for chart in own:
        assert "#123456" in chart.svg
        assert "#123456" in chart.narrowed().svg
        assert "#123456" in chart.picture().decode()
    assert mpl.rcParams["text.color"] == "black"


def test_axes_of_ones_own_take_ones_own_rcparams_and_savefig() -> None:
    """On ``plt.subplots`` each chart stands where it was put; nothing is shown twice, and the figure is saved as it is."""
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    made = world(21, ["Russia", "Norway"])
    with mpl.rc_context({"text.color": "#0a0b0c", "font.size": 9}):
        figure, axes = plt.subplots(1, 2, figsize=(12, 4), layout="constrained")
        left = tone_panels(made, "Russia", ax=axes[0])
        right = ranking(made, ax=axes[1])
        assert left.figure is right.figure is figure
        assert left.axes == [axes[0]]
        assert axes[0].get_title(loc="left") == "Russia"
        assert [label.get_text() for label in axes[1].get_yticklabels()] == right.parts["rows"].names
        assert right.parts["rows"].texts[0].get_fontsize() == 9
        assert left._repr_html_() is left._repr_png_() is left._repr_svg_() is None
        assert repr(left) == left.alt
        saved = io.BytesIO()
        figure.savefig(saved, format="png")
        assert saved.getvalue()[:4] == b"\x89PNG"
        canvas = figure.canvas
        assert "#0a0b0c" in left.picture().decode()
        assert (figure.canvas, figure.dpi) == (canvas, 100)  # a file of it leaves the figure as it was
    plt.close(figure)


def test_on_narrow_axes_a_name_stands_over_its_numbers() -> None:
    """Both are titles of the Axes; neither is written upon the other."""
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, 3, figsize=(9, 3), layout="constrained")
    tone_panels(world(21, ["Russia"]), ax=axes[0])
    figure.draw_without_rendering()
    name, numbers = (
        next(text.get_window_extent() for text in axes[0].findobj(Text) if text.get_text().startswith(start))
        for start in ("Russia", "+0.10")
    )
    assert name.y0 >= numbers.y1 - 1 or name.x1 <= numbers.x0
    plt.close(figure)


def test_what_is_changed_on_the_figure_is_what_is_saved(tmp_path: Path) -> None:
    """The figure is matplotlib's: a line added to it is in the page's picture and in the file."""
    chart = world(21, ["Russia"]).all()[0]
    before = chart.svg
    chart.parts["Russia"].axes.axhline(0.5, color="#00ff00")
    assert "#00ff00" in chart.svg
    assert chart.svg != before
    assert "#00ff00" in chart.save(tmp_path / "a.svg").read_text("utf-8")


@pytest.mark.parametrize(("ending", "start"), [("svg", b"<svg"), ("pdf", b"%PDF"), ("png", b"\x89PNG"), ("PNG", b"\x89PNG")])
def test_a_chart_is_saved_by_the_ending_of_its_name(tmp_path: Path, ending: str, start: bytes) -> None:
    """Each format opens as what it is."""
    chart = world(21, ["Russia"]).all()[0]
    path = chart.save(tmp_path / f"tone.{ending}")
    assert path.read_bytes().startswith(start)
    if ending == "png":
        from PIL import Image

        picture = Image.open(path).convert("RGB")
        made, sentences = article(["body"] * 6)
        dots = ranking(study(made, sentences, series("Norway", sentences, [0.5] * 6, sure(0.5, 0.4, 0.6, 6))))
        shown = Image.open(io.BytesIO(dots.picture("png"))).convert("RGB")
        assert {color: count for count, color in shown.getcolors(1000)}[33, 102, 172] > 250  # a disc 22 dots across
        assert picture.width == 2 * WIDTH
        colors = {f"#{red:02x}{green:02x}{blue:02x}" for _, (red, green, blue) in picture.getcolors(1000)}
        assert {"#ffffff", INK, NEGATIVE, POSITIVE} <= colors


def test_a_title_of_ones_own_or_none_and_no_notes(tmp_path: Path) -> None:
    """For a paper whose caption says it all."""
    chart = world(21, ["Russia"]).all()[0]

    def words(**options: object) -> str:
        root = ET.fromstring(chart.save(tmp_path / "a.svg", **options).read_text("utf-8"))  # type: ignore[arg-type]
        return " ".join("".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text"))

    assert f"{chart.title} Tone of the wording" in words()
    assert "Figure 1 Tone of the wording" in words(title="Figure 1")
    assert chart.title not in words(title="Figure 1")
    assert chart.title not in words(title="")
    bare = words(title="", notes=False)
    assert "Source" not in bare
    assert "Tone of the wording" not in bare


def test_what_cannot_be_saved_is_said(tmp_path: Path) -> None:
    """An ending that is no format, and a folder that is not there."""
    chart = finish(blank, table=TABLE, **WORDS)
    with pytest.raises(ChartError, match=r"'chart.jpg'.*\.svg, \.pdf, \.png"):
        chart.save(tmp_path / "chart.jpg")
    with pytest.raises(ChartError, match="no folder"):
        chart.save(tmp_path / "none" / "chart.svg")


def test_ink_follows_the_page_and_colours_can_be_set() -> None:
    """No ink or paper colour is fixed in the picture: only the two ends of the scale, and a page may change them."""
    for chart in world(60, ["Russia", "Norway"]).all():
        for svg in (chart.svg, chart.narrowed().svg):
            assert set(re.findall(r"#[0-9a-fA-F]{6}\b", svg)) <= {NEGATIVE, POSITIVE}
            fixed = re.findall(rf"{NEGATIVE}|{POSITIVE}", svg)
            free = re.findall(rf"var\(--toward-negative,{NEGATIVE}\)|var\(--toward-positive,{POSITIVE}\)", svg)
            assert len(fixed) == len(free)
            assert "currentColor" in svg


def test_a_file_names_its_colours() -> None:
    """Word, Inkscape and converters know neither ``currentColor`` nor variables: a file of its own holds plain colours."""
    for chart in world(60, ["Russia", "Norway"]).all():
        text = chart.picture().decode()
        assert "currentColor" not in text
        assert "var(" not in text
        assert INK in text
        assert "#ffffff" in text


def test_hostile_names_show_as_text_everywhere() -> None:
    """Markup, dollars, overrides and endless words are text in the picture, the page and the file of its own."""
    for chart in world(21, HOSTILE).all():
        found = whole(chart)
        assert not found.find_all(["script", "img", "iframe"])
        ET.fromstring(chart.svg)
        ET.fromstring(chart.picture())
        said = (chart._repr_html_() or "") + chart.picture().decode() + repr(chart)
        said.encode("utf-8")
        assert not re.search("[\x00\u202a-\u202e\u2066-\u2069]", said)
        assert "A" * 1000 not in chart.svg + chart.picture().decode() + chart.title + chart.alt
        for text in found.find_all("text"):
            assert max(str(node).count("$") for node in text.find_all(string=True)) <= 1
        assert chart.picture("pdf")
        assert chart.picture("png")
    texts = " ".join(text.get_text() for text in page(world(21, HOSTILE).all()[0]).find_all("text"))
    assert "<script>alert(1)</script>" in texts
    assert "$5 million $6" in texts
    assert "[RLO]evil" in texts


def test_nothing_to_show_is_said_and_never_an_error() -> None:
    """No actors, no sentences, nothing scored: a chart that says so, with a table."""
    for made in (world(0, []), world(5, []), world(5, ["Russia"], density=0.0), world(1, ["Russia"])):
        for chart in made.all():
            assert chart.title
            assert whole(chart).figure.table
            assert misplaced(chart.figure) == misplaced(chart.narrowed().figure) == []
    titles = [chart.title for chart in world(5, []).all()]
    assert titles[0] == titles[2] == titles[3] == "No person, country or organisation was found in this article"
    made, sentences = article(["body"] * 3)
    silent = tuple(Sentiment(sentence, None, ()) for sentence in sentences)
    assert sentiment_flow(study(made, sentences, sentiments=silent)).title.startswith("No sentence")


def test_hard_articles() -> None:
    """A name of 200 characters, right-to-left names, a title with markup, 400 mentions in one sentence each, all neutral."""
    made, sentences = article(["body"] * 400, title="<b>Bold</b> & $5 <script>x</script>")
    neutral: list[float | str | None] = [0.0] * 400
    cast = [
        series("N" * 200, sentences, neutral, sure(0.0, 0.0, 0.0, 400)),
        series("إسرائيل", sentences, neutral, sure(0.0, -0.01, 0.01, 400)),
        series("ישראל", sentences, ["named"] * 400, unsure()),
    ]
    for chart in (tone_panels(study(made, sentences, *cast)), ranking(study(made, sentences, *cast))):
        assert misplaced(chart.figure) == misplaced(chart.narrowed().figure) == []
        found = whole(chart)
        assert not found.find_all(["script", "b"])
        assert "<b>Bold</b>" in found.figcaption.get_text()
        texts = [text.get_text() for text in found.find_all("text")]
        assert {"إسرائيل", "ישראל"} <= set(texts)
        assert any(text.startswith("NNN") and text.endswith("…") for text in texts)
        assert "no clear lean" in chart.title


def test_a_picture_of_its_own_holds_all_its_texts() -> None:
    """For a README: title, subtitle and source are drawn, on white, and nothing needs a page around it."""
    chart = world(21, ["Russia", "Norway"]).all()[0]
    root = ET.fromstring(chart.picture())
    texts = ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]
    said = "".join(" ".join(texts).split())
    assert "".join((chart.title + chart.subtitle).split()) in said
    assert "".join(chart.source.split()) in said


def test_a_notebook_gets_html_svg_and_png() -> None:
    """What cannot show HTML (Word, a repository's preview) has pictures to choose from."""
    chart: Chart = world(21, ["Russia"]).all()[0]
    assert (chart._repr_html_() or "").startswith('<div class="toward mathjax_ignore')
    assert (chart._repr_svg_() or "").startswith("<svg")
    assert (chart._repr_png_() or b"").startswith(b"\x89PNG")
    assert len(chart._repr_png_() or b"") < 60_000

"""Charts: nothing leaves without its texts, nothing lies outside the canvas, and silence is never drawn as neutral."""

from __future__ import annotations

import random
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup

from analysis.charts import (
    INK,
    WIDTH,
    Canvas,
    Chart,
    browse,
    dispersion,
    finish,
    fit,
    ranking,
    sentiment_flow,
    style,
    tone_panels,
)
from analysis.charts import tone as charts
from analysis.charts.style import NEGATIVE, POSITIVE, STEPS, TEXT, misplaced, text_width
from analysis.charts.tone import explore
from analysis.constants import BARS_MAX, MIN_POINTS, PANELS_MAX, ROWS_MAX
from analysis.display import Table, without_style
from analysis.errors import ArticleError, ChartError
from analysis.estimates import tone_series
from analysis.model import (
    Actor,
    Article,
    Cast,
    Cue,
    Estimate,
    Mention,
    Parse,
    Point,
    Section,
    Sentence,
    Sentiment,
    Series,
    ToneScore,
)
from tests.build import parsed

METHOD = "toward 0.0.0, scorer by hand"
LONG = "The Extraordinary Joint Committee for the Review of Measures"  # 60 characters
HOSTILE = (
    "<script>alert(1)</script>",
    "$5 million $6",
    "\u202eevil\u202c",
    "A" * 10_000,
    "日本国" * 20,
    "\x00NUL \ud800 </svg><img src=x>",
)


@dataclass(frozen=True)
class World:
    """One article's worth of everything a chart may be asked for."""

    article: Article
    series: tuple[Series, ...]
    cast: Cast
    sentiments: tuple[Sentiment, ...]

    def all(self) -> list[Chart]:
        """Every chart of it."""
        options = {"article": self.article, "method": METHOD}
        return [
            tone_panels(self.series, **options),
            sentiment_flow(self.sentiments, **options),
            dispersion(self.cast, **options),
            ranking(self.series, **options),
        ]


def article(kinds: Sequence[str], title: str = "A title") -> tuple[Article, tuple[Sentence, ...]]:
    """An article with a sentence a section, of the kinds given."""
    sentences, texts, at = [], [], 0
    for index, kind in enumerate(kinds):
        text = f"Sentence number {index + 1} of a text that costs $5 or $6."
        section = Section(kind, at, at + len(text))  # type: ignore[arg-type]
        sentences.append(Sentence(index, at, at + len(text), section, 0, 0))
        texts.append(text)
        at += len(text) + 1
    return Article("x", title, "\n".join(texts), tuple(s.section for s in sentences), "x.txt", "0" * 64), tuple(sentences)


def series(name: str, sentences: Sequence[Sentence], tones: Sequence[float | str | None], estimate: Estimate) -> Series:
    """A series from tones: a number scored, "named" nothing to score, None not mentioned."""
    actor = Actor(name, "country")
    points = []
    for sentence, tone in zip(sentences, tones, strict=True):
        mention = Mention(actor, sentence, sentence.start + 3, sentence.start + 9, "name", "by hand")
        number = tone if isinstance(tone, float) else None
        scores = (ToneScore(mention, 0.0, 1.0, 0.0, number, None, (), "x"),) if tone is not None else ()
        points.append(Point(sentence, "absent" if tone is None else "unscored" if number is None else "scored", number, scores))
    named = sum(tone is not None for tone in tones)
    scored = sum(isinstance(tone, float) for tone in tones)
    return Series(actor, tuple(points), estimate, named, scored)


def sure(value: float, lo: float, hi: float, n: int = 9) -> Estimate:
    """An estimate with an interval."""
    return Estimate(value, lo, hi, n, "90 % bootstrap interval over sentences")


def unsure(n: int = 0) -> Estimate:
    """Too few to summarise."""
    return Estimate(None, None, None, n, "fewer than 5 scored sentences")


def world(length: int, names: Sequence[str], *, headings: int = 0, density: float = 0.6, seed: int = 1) -> World:
    """A made-up article: so many sentences, actors of these names, a heading now and then."""
    draw = random.Random(seed)
    every = max(2, length // headings) if headings else 0
    kinds = [
        "headline" if i == 0 else "summary" if i < min(4, length - 1) else "heading" if every and i % every == 0 else "body"
        for i in range(length)
    ]
    made, sentences = article(kinds)
    found, mentions = [], []
    for name in names:
        tones = [(draw.uniform(-1, 1) if draw.random() < 0.6 else "named") if draw.random() < density else None for _ in kinds]
        scored = sum(isinstance(tone, float) for tone in tones)
        one = series(name, sentences, tones, sure(0.1, -0.1, 0.3, scored) if scored >= MIN_POINTS else unsure(scored))
        found.append(one)
        for point in one.points:
            for score in point.scores:
                form = draw.choice(["name", "alias", "demonym", "role", "pronoun"])
                m = score.mention
                mentions.append(Mention(m.actor, m.sentence, m.start, m.end, form, "by hand"))  # type: ignore[arg-type]
    cast = Cast(
        Parse(made, sentences, (), ()),
        tuple(one.actor for one in found),
        tuple(sorted(mentions, key=lambda mention: mention.start)),
    )
    valences = [draw.uniform(-1, 1) if draw.random() < 0.6 else None for _ in kinds]
    return World(made, tuple(found), cast, tuple(Sentiment(s, v, ()) for s, v in zip(sentences, valences, strict=True)))


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The figures that leave through ``finish`` while a test runs."""
    figures: list[object] = []

    def keep(figure: object, **options: object) -> Chart:
        figures.append(figure)
        return finish(figure, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(charts, "finish", keep)
    return figures


def page(chart: Chart) -> BeautifulSoup:
    """A chart's HTML, without its rules."""
    return BeautifulSoup(without_style(chart._repr_html_()), "html5lib")


def bars(chart: Chart, color: str) -> list[tuple[float, ...]]:
    """The boxes of one colour, each (x0, y0, x1, y1), in the order drawn."""
    paths = re.findall(rf'd="([^"]*)" style="fill:var\(--toward-\w+,{color}\);"', chart.svg)
    boxes = []
    for sub in re.findall(r"M([^M]*)", "".join(f"M{path.removeprefix('M')}" for path in paths)):
        points = [tuple(map(float, point.split())) for point in re.split(r"[Lz]", sub) if point.strip()]
        xs, ys = zip(*points, strict=True)
        boxes.append((min(xs), min(ys), max(xs), max(ys)))
    return boxes


# --- the way out -----------------------------------------------------------------------------------------------------
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


# --- every chart -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("length", [1, 3, 21, 60, 400])
@pytest.mark.parametrize("names", [["A"], [f"{LONG[:58]} {n}" for n in range(6)], HOSTILE], ids=["one", "long", "hostile"])
def test_no_text_is_outside_the_canvas_too_small_or_upon_another(drawn: list[object], length: int, names: list[str]) -> None:
    """For 1 and 6 actors, names of 60 characters and hostile ones, 1 to 400 sentences, with many headings."""
    charts_made = world(length, names, headings=length // 7).all()
    assert len(drawn) == len(charts_made) == 4
    for figure in drawn:
        assert misplaced(figure) == []  # type: ignore[arg-type]


def test_misplaced_finds_what_is_wrong() -> None:
    """The check itself sees a text outside, one upon another, and one too small."""
    canvas = Canvas(200, 100)
    canvas.text(190, 50, "outside")
    canvas.text(20, 50, "below the other")
    canvas.text(25, 52, "upon it")
    canvas.text(20, 90, "tiny", size=8)
    wrong = " ".join(misplaced(canvas.figure))
    assert "outside the canvas: 'outside'" in wrong
    assert "on each other: 'upon it', 'below the other'" in wrong
    assert "too small: 'tiny'" in wrong


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


def luminance(color: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colours_stand_out_on_light_and_dark() -> None:
    """3:1 for marks on white and on near-black (luminance 0.117 to 0.300), 4.5:1 for texts at their fifth less ink."""
    assert (STEPS[0], STEPS[-1]) == (NEGATIVE, POSITIVE)
    for color in (NEGATIVE, POSITIVE):
        assert 0.117 <= luminance(color) <= 0.300
    for ink, paper in (("#1a1a1a", "#ffffff"), ("#e9e6df", "#111111")):
        levels = [[int(color[place : place + 2], 16) for place in (1, 3, 5)] for color in (ink, paper)]
        mixed = "#" + "".join(f"{round(0.8 * one + 0.2 * other):02x}" for one, other in zip(*levels, strict=True))
        light, dark = sorted((luminance(mixed), luminance(paper)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


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


def test_thousands_of_sentences_stay_a_small_file_and_the_subtitle_says_how() -> None:
    """3,000 sentences with six actors in half of them: under 200 KB a picture, bars that share, and a word on it."""
    made = world(3000, [f"N{n}" for n in range(6)], density=0.5, headings=80)
    for chart in made.all():
        assert len(chart.svg) < 200_000
        assert len(chart.links) < 200_000
    per = -(-3000 // BARS_MAX)
    assert f"mean of the scored sentences among {per} in a row" in made.all()[0].subtitle
    assert f"mean of the charged sentences among {per} in a row" in made.all()[1].subtitle


# --- tone panels -----------------------------------------------------------------------------------------------------
def test_the_three_states_look_different() -> None:
    """Scored: a bar up or down from zero, as long as its tone. Named: a tick on zero. Not mentioned: nothing."""
    made, sentences = article(["body"] * 5)
    one = series("Russia", sentences, [-0.5, None, "named", 1.0, 0.0], unsure(3))
    chart = tone_panels([one], article=made, method=METHOD)
    (down,), (up,) = bars(chart, NEGATIVE), bars(chart, POSITIVE)
    step = (charts.RIGHT - charts.LEFT) / 5
    assert (down[0] + down[2]) / 2 == pytest.approx(charts.LEFT + 0.5 * step, abs=0.2)
    assert (up[0] + up[2]) / 2 == pytest.approx(charts.LEFT + 3.5 * step, abs=0.2)
    assert down[1] == up[3]  # both begin at zero
    assert up[3] - up[1] == pytest.approx(charts.PANEL / 2, abs=0.1)  # +1 reaches the top
    assert down[3] - down[1] == pytest.approx(charts.PANEL / 4, abs=0.1)  # -0.5 half as far
    tick = charts.LEFT + 2.5 * step
    assert f'd="M{tick:g} {down[1] - 6:g}L{tick:g} {down[1] + 6:g}"' in chart.svg
    assert chart.links.count("<a ") == 4  # and over the sentence that names nobody there is nothing
    states = [row[3] for row in chart.tables[1].rows]
    assert states == ["scored", "named, nothing to score", "scored", "scored"]


def test_a_panel_says_what_its_estimate_rests_on() -> None:
    """Name, estimate with interval or that there are too few, and scored of found, as text in the picture."""
    made, sentences = article(["body"] * 6)
    clear = series("Norway", sentences, [0.4] * 6, sure(0.4, 0.3, 0.5, 6))
    few = series("Sweden", sentences, ["named", -0.1, -0.2, None, -0.3, "named"], unsure(3))
    texts = [text.get_text() for text in page(tone_panels([clear, few], article=made, method=METHOD)).find_all("text")]
    assert "+0.40 (+0.30 to +0.50), 6 of 6 scored" in texts
    assert "too few to summarise (n = 3), 3 of 5 scored" in texts
    assert texts.count("mean") == 1


def test_hundreds_of_marks_are_all_drawn() -> None:
    """matplotlib merges what it takes for one line; here each tick is evidence and each is drawn."""
    made, sentences = article(["body"] * 150)
    one = series("Russia", sentences, ["named"] * 150, unsure())
    mentions = tuple(score.mention for point in one.points for score in point.scores)
    cast = Cast(Parse(made, sentences, (), ()), (one.actor,), mentions)
    options = {"article": made, "method": METHOD}
    for chart in (tone_panels([one], **options), dispersion(cast, **options)):
        assert max(path.count("M") for path in re.findall(r' d="([^"]*)"', chart.svg)) == 150


@pytest.mark.parametrize(
    ("tones", "points"),
    [
        ([0.5] * 4, 0),  # four in a row are too few
        ([0.5] * 5, 4),  # five in a row: four lines
        ([0.5, 0.5, 0.5, 0.5, None, 0.5, 0.5, 0.5, 0.5], 0),  # eight, but silence between
        ([0.5] * 5 + ["named"] + [0.5] * 6, 4 + 5),  # two runs, nothing over the gap
    ],
)
def test_a_trend_needs_five_in_a_row_and_never_crosses_silence(tones: list[float | str | None], points: int) -> None:
    """No line through silence, none from fewer than five; the subtitle explains a line only where there is one."""
    made, sentences = article(["body"] * len(tones))
    chart = tone_panels([series("Russia", sentences, tones, unsure())], article=made, method=METHOD)
    trend = [path.count("M") for path, cap in re.findall(r'<path d="([^"]*)"([^>]*)>', chart.svg) if 'linecap="round"' in cap]
    assert sum(trend) == points
    assert ("running mean" in chart.subtitle) == bool(points)


@pytest.mark.parametrize(
    ("tones", "block", "tick"),
    [([0.5, 0.019], True, False), ([0.5, -0.021], False, False), ([0.0, "named"], True, True), (["named", None], False, True)],
)
def test_what_stands_on_zero_is_told_apart_in_words(tones: list[float | str | None], block: bool, tick: bool) -> None:
    """A score next to zero is not silence; the subtitle explains each mark where it stands, and only there."""
    made, sentences = article(["body"] * len(tones))
    said = tone_panels([series("Russia", sentences, tones, unsure())], article=made, method=METHOD).subtitle
    assert ("Block on zero: scored" in said, "Tick on zero: named, nothing to score" in said) == (block, tick)


def test_six_panels_are_drawn_by_first_mention_and_the_table_holds_all() -> None:
    """Of eight actors the six named most get a panel, in the order in which they come; the subtitle says so."""
    made, sentences = article(["body"] * 20)
    every = []
    for place in range(8):  # the later an actor comes the more often it is named, but the last two only once
        tones: list[float | str | None] = [None] * 20
        for at in (place, *(range(19 - place, 20) if place < 6 else ())):
            tones[at] = "named"
        every.append(series(f"Actor {place}", sentences, tones, unsure()))
    chart = tone_panels(every, article=made, method=METHOD)
    names = [text.get_text() for text in page(chart).find_all("text") if text.get_text().startswith("Actor")]
    assert names == ["Actor 0", "Actor 1", "Actor 2", "Actor 3", "Actor 4", "Actor 5"]
    assert len(names) == PANELS_MAX
    assert [row[0] for row in chart.table.rows] == [f"Actor {place}" for place in range(8)]
    assert "6 actors named most of 8" in chart.subtitle


def test_marks_lead_to_their_sentences_on_a_layer_that_a_picture_may_lack() -> None:
    """Each mark has a link to its sentence; the named picture itself holds none, and nothing takes the keyboard."""
    made, sentences = article(["headline", "summary", "body"])
    one = series("Russia", sentences, [0.5, None, "named"], unsure(1))
    found = page(tone_panels([one], article=made, method=METHOD))
    layer = found.find("svg", attrs={"aria-hidden": "true"})
    assert [(a["href"], a["tabindex"], a.title.get_text()) for a in layer.find_all("a")] == [
        ("#s1", "-1", "Sentence 1: +0.50"),
        ("#s3", "-1", "Sentence 3: named, nothing to score"),
    ]
    assert not found.find("svg", role="img").find_all("a")
    assert [a["href"] for a in found.table.find_next("table").tbody.find_all("a")] == ["#s1", "#s3"]
    assert not page(tone_panels([one], article=made, method=METHOD, link=False)).find("svg", attrs={"aria-hidden": True})


def test_titles_say_what_the_numbers_let_one_say() -> None:
    """The verdict is where the interval lies, in careful words, for the actors named most."""
    made, sentences = article(["body"] * 6)

    def titled(*estimates: tuple[str, list[float | str | None], Estimate]) -> str:
        made_series = [series(name, sentences, tones, estimate) for name, tones, estimate in estimates]
        return tone_panels(made_series, article=made, method=METHOD).title

    russia = ("Russia", [-0.5, 0.5, -0.5, 0.5, 0.1, 0.1], sure(0.03, -0.2, 0.3))
    norway = ("Norway", [0.5, 0.4, 0.5, 0.4, 0.3, None], sure(0.4, 0.3, 0.5))
    sweden = ("Sweden", ["named", "named", None, None, None, None], unsure())
    flat = ("Malta", [0.01, -0.01, 0.01, 0.0, 0.02, 0.0], sure(0.0, -0.01, 0.01))
    leaning = ("Narnia", [-0.5, -0.5, -0.5, 0.5, 0.1, 0.1], sure(-0.15, -0.4, 0.1))
    blamed = ("Atlantis", [-0.5] * 6, sure(-0.5, -0.6, -0.4))
    assert titled(russia, norway) == "The article’s wording toward Russia is mixed; toward Norway, positive"
    assert titled(russia, sweden) == "The article’s wording toward Russia is mixed; toward Sweden there is too little to say"
    assert titled(flat) == "The article’s wording toward Malta is close to neutral"
    assert titled(leaning) == "The article’s wording toward Narnia is mixed"
    assert titled(blamed) == "The article’s wording toward Atlantis is negative"
    assert titled(sweden) == "No wording toward any actor could be scored"
    two = ("Sweden", [0.5, 0.5, None, None, None, None], unsure(2))
    assert titled(two) == "Too little evidence to say what tone the article takes toward Sweden"


def test_swapping_two_names_swaps_their_numbers_and_nothing_else() -> None:
    """The words of the alternative text move with the names."""
    made, sentences = article(["body"] * 6)
    tones = [[0.5] * 6, [-0.5] * 6]
    estimates = [sure(0.5, 0.4, 0.6, 6), sure(-0.5, -0.6, -0.4, 6)]

    def told(names: list[str]) -> str:
        every = [series(name, sentences, t, e) for name, t, e in zip(names, tones, estimates, strict=True)]
        return tone_panels(every, article=made, method=METHOD).alt

    swapped = told(["Bbbb", "Aaaa"]).replace("Aaaa", "#").replace("Bbbb", "Aaaa").replace("#", "Bbbb")
    assert told(["Aaaa", "Bbbb"]) == swapped


# --- sentiment, dispersion, ranking -------------------------------------------------------------------------------------
def test_sentiment_names_its_parts_and_its_lowest_sentence() -> None:
    """The headings stand under the axis; the title counts, and the table quotes the words behind each number."""
    made, sentences = article(["headline", "summary", "heading", "body", "body", "body"])
    start = sentences[3].start
    cues = (Cue(start, start + 8, -0.6, "by hand"),)
    valences = [0.2, None, None, -0.6, 0.3, 0.1]
    items = [Sentiment(s, v, cues if v == -0.6 else ()) for s, v in zip(sentences, valences, strict=True)]
    chart = sentiment_flow(items, article=made, method=METHOD)
    texts = [text.get_text() for text in page(chart).find_all("text")]
    assert {"headline", "summary"} <= set(texts)
    assert any(text.startswith("Sentence number 3 of") for text in texts)
    assert chart.title == "3 sentences are positive, 1 negative; the lowest is number 4"
    assert "−0.60 in sentence 4" in chart.alt
    assert chart.table.rows[3][2:] == (-0.6, "Sentence −0.60")
    assert chart.table.rows[1][2] is None
    assert "4 of 6 sentences charged" in chart.source
    assert (len(bars(chart, POSITIVE)), len(bars(chart, NEGATIVE))) == (3, 1)


def test_dispersion_draws_a_mark_a_mention_by_its_form() -> None:
    """Names are large discs, demonyms hollow diamonds, roles and pronouns small discs, each at its place."""
    made, sentences = article(["body"] * 4)
    actor = Actor("Russia", "country")
    forms = ("name", "alias", "demonym", "pronoun")
    mentions = tuple(
        Mention(actor, sentence, sentence.start, sentence.start + 5, form, "by hand")  # type: ignore[arg-type]
        for sentence, form in zip(sentences, forms, strict=True)
    )
    chart = dispersion(Cast(Parse(made, sentences, (), ()), (actor,), mentions), article=made, method=METHOD)
    assert chart.title == "Russia is named most: 4 of 4 mentions"
    discs = [
        (float(width), path.count("M"))
        for path, width in re.findall(r'<path d="([^"]*)"[^>]*stroke-width="([\d.]+)" stroke-linecap="round"', chart.svg)
    ]
    key = [(8.0, 1), (4.0, 1)]
    assert sorted(discs) == sorted([*key, (8.0, 2), (4.0, 1)])
    assert chart.table.rows[0][:6] == ("Russia", "country", 4, 2, 1, 1)


def test_ranking_goes_by_mentions_and_never_hides_the_count() -> None:
    """Most named first, "scored of found" beside each, an estimate or "too few"; at most twenty rows."""
    made, sentences = article(["body"] * 6)
    few = series("Sweden", sentences, ["named", 0.1, None, None, None, None], unsure(1))
    many = series("Norway", sentences, [0.5] * 6, sure(0.5, 0.4, 0.6, 6))
    chart = ranking([few, many], article=made, method=METHOD)
    texts = [text.get_text() for text in page(chart).find_all("text")]
    assert texts.index("Norway") < texts.index("Sweden")
    assert {"6 of 6", "+0.50", "1 of 2", "too few"} <= set(texts)
    assert chart.title == "Norway is named most (6); 1 actor has a clear tone"
    assert f"stroke:var(--toward-positive,{POSITIVE})" in chart.svg
    crowd = ranking([many] * (ROWS_MAX + 5), article=made, method=METHOD)
    assert len([t for t in page(crowd).find_all("text") if t.get_text() == "Norway"]) == ROWS_MAX
    assert len(crowd.table.rows) == ROWS_MAX + 5


# --- style -----------------------------------------------------------------------------------------------------------
def test_text_that_fits_is_left_alone_and_the_rest_ends_in_an_ellipsis() -> None:
    """Never wider than asked, by the same measure; a hostile length costs no time."""
    assert fit("Russia", 200) == "Russia"
    for text in ("A" * 10_000, "日本国" * 50, LONG):
        cut = fit(text, 120)
        assert cut.endswith("…")
        assert text_width(cut) <= 120
    assert text_width("WWW") > text_width("iii") > 0
    assert text_width("Russia", bold=True) > text_width("Russia")


def test_texts_are_at_least_eleven_pixels_on_a_phone() -> None:
    """At its least width of 34rem (544 px), 640 units shrink to 0.85: 13 units are 11.05 px."""
    assert TEXT * 544 / WIDTH >= 11
    rules = world(3, ["A"]).all()[0]._repr_html_()
    assert ".toward-chart .c{position:relative;min-width:34rem}" in rules


def test_a_picture_of_its_own_holds_all_its_texts() -> None:
    """For a README: title, subtitle and source are drawn, on white, and nothing needs a page around it."""
    chart = world(21, ["Russia", "Norway"]).all()[0]
    root = ET.fromstring(chart.picture())
    texts = ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "".join(" ".join(texts).split()).startswith("".join((chart.title + chart.subtitle).split()))
    assert "Source:" in " ".join(texts)
    assert root.attrib["color"] == INK


def test_a_score_too_uncertain_to_call_is_hollow():
    """Its bar has an edge and no face, the subtitle says so, and the table says it in words."""
    parse = parsed("Norway won.\n\nNorway lost.")
    actor = Actor("Norway", "country")
    mentions = [Mention(actor, s, s.start, s.start + 6, "name", "by hand") for s in parse.sentences]
    sure = ToneScore(mentions[0], 0.1, 0.2, 0.7, 0.6, None, (), "by hand")
    doubtful = ToneScore(mentions[1], 0.45, 0.35, 0.2, -0.25, None, (), "by hand")
    assert sure.certain
    assert not doubtful.certain
    for scores, hollow in (((sure, doubtful), True), ((sure,), False)):
        (series,) = tone_series(Cast(parse, (actor,), tuple(mentions)), scores)
        chart = tone_panels([series], article=parse.article, method="by hand")
        assert ("Hollow: too uncertain to call." in chart.subtitle) == hollow
        assert ("too uncertain to call" in chart._repr_html_().replace(chart.subtitle, "")) == hollow


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
    assert "pip install ipywidgets" in browse(seed)._repr_html_()

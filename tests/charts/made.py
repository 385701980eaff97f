"""Articles and numbers made by hand, and charts read back, for the tests of this folder."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import permutations
from types import SimpleNamespace
from typing import Any

from bs4 import BeautifulSoup

from analysis.charts import Chart, dispersion, house_style, ranking, sentiment_flow, tone_panels
from analysis.charts.layout import text_width
from analysis.constants import MIN_POINTS
from analysis.display import TEXT, without_style
from analysis.model import (
    Actor,
    Article,
    Cast,
    Estimate,
    Mention,
    Parse,
    Point,
    Position,
    Section,
    Sentence,
    Sentiment,
    Stance,
    ToneScore,
    ToneSeries,
    VoicePart,
)

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
class Study:
    """One article's worth of everything a chart asks a study for, by hand."""

    article: Article
    parse: Parse
    series: tuple[ToneSeries, ...] = ()
    cast: Cast = field(default_factory=lambda: Cast(Parse(MADE, (), (), ()), (), ()))
    sentiments: tuple[Sentiment, ...] = ()
    standpoints: tuple[Position, ...] = ()
    discourse: Any = None
    method: str = METHOD

    def only(self, *names: str) -> tuple[ToneSeries, ...]:
        return tuple(one for name in names for one in self.series if one.actor.name == name)

    def all(self) -> list[Chart]:
        """Four charts of it."""
        return [tone_panels(self), sentiment_flow(self), dispersion(self), ranking(self)]  # type: ignore[arg-type]


def study(made: Article, sentences: Sequence[Sentence], *series: ToneSeries, **more: Any) -> Any:
    """A study of an article made by hand; ``profile`` gives a certainty for each sentence."""
    hedges = [SimpleNamespace(start=one.start, doubt=1 - value) for one, value in more.pop("profile", ()) if value < 1]
    return Study(made, Parse(made, tuple(sentences), (), ()), series, discourse=SimpleNamespace(hedges=hedges), **more)


def holding(*positions: Position) -> Any:
    """A study in which these positions were found."""
    return study(MADE, SENTENCES, standpoints=positions)


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


def series(name: str, sentences: Sequence[Sentence], tones: Sequence[float | str | None], estimate: Estimate) -> ToneSeries:
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
    return ToneSeries(actor, tuple(points), estimate, named, scored)


def sure(value: float, lo: float, hi: float, n: int = 9) -> Estimate:
    """An estimate with an interval."""
    return Estimate(value, lo, hi, n, "90 % bootstrap interval over sentences")


def unsure(n: int = 0) -> Estimate:
    """Too few to summarise."""
    return Estimate(None, None, None, n, "fewer than 5 scored sentences")


def world(length: int, names: Sequence[str], *, headings: int = 0, density: float = 0.6, seed: int = 1) -> Study:
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
    charged = tuple(Sentiment(s, v, ()) for s, v in zip(sentences, valences, strict=True))
    return study(made, sentences, *found, cast=cast, sentiments=charged)  # type: ignore[no-any-return]


def page(chart: Chart) -> BeautifulSoup:
    """A chart's HTML, without its rules and without its drawing for narrow pages."""
    found = whole(chart)
    for drawing in found.select(".c.n"):
        drawing.decompose()
    return found


def whole(chart: Chart) -> BeautifulSoup:
    """A chart's HTML, without its rules."""
    return BeautifulSoup(without_style(chart._repr_html_() or ""), "html5lib")


def bars(chart: Chart, color: str) -> list[tuple[float, ...]]:
    """The boxes of one colour, each (x0, y0, x1, y1), in the order drawn."""
    paths = re.findall(rf'd="([^"]*)" style="fill:var\(--toward-\w+,{color}\);"', chart.svg)
    boxes = []
    for sub in re.findall(r"M([^M]*)", "".join(f"M{path.removeprefix('M')}" for path in paths)):
        points = [tuple(map(float, point.split())) for point in re.split(r"[Lz]", sub) if point.strip()]
        xs, ys = zip(*points, strict=True)
        boxes.append((min(xs), min(ys), max(xs), max(ys)))
    return boxes


NAMES = [
    "Russia",
    "North Korea",
    "Ukraine",
    "Vladimir Putin",
    "Donald Trump",
    "Sergei Lavrov",
    "Kim Jong Un",
    "United States",
    "South Korea",
    "European Union",
    "United Nations",
    "Wagner Group",
    "Norway",
    "NATO",
]
MADE, SENTENCES = article(["headline", "summary", "summary", "heading", *["body"] * 16])


def actor(name: str) -> Actor:
    """An actor of a name."""
    return Actor(name, "country")


def position(holder: str | None, target: str, tone: float, *places: int) -> Position:
    """A position by hand, the narrator's where no holder is given, in the sentences at these places."""
    by: Any = actor(holder) if holder is not None else "narrator"
    where = [SENTENCES[place] for place in places or (0,)]
    return Position(by, actor(target), tone, tuple(Stance(by, actor(target), tone, one, (), "event") for one in where))


def crowd(names: Sequence[str], *, every: int = 1) -> list[Position]:
    """Positions between actors of these names and of the narrator toward each, with tones all along the scale."""
    pairs = [(None, name) for name in names] + list(permutations(names, 2))
    return [
        position(holder, target, math.sin(2.3 * place), place % 20, (place + 3) % 20)
        for place, (holder, target) in enumerate(pairs)
        if place % every == 0
    ]


def part(voice: str, mentions: int, share: float, tone: float, sentences: Sequence[Sentence] = SENTENCES) -> VoicePart:
    """What a voice adds, by hand, over so many mentions in sentences that differ."""
    scores = tuple(
        ToneScore(
            Mention(actor("X"), sentences[place % len(sentences)], 0, 5, "name", "by hand"), 0.1, 0.8, 0.1, tone, voice, (), "x"
        )
        for place in range(mentions)
    )
    return VoicePart(voice, share, share * tone, tone, scores)


def profile(sentences: Sequence[Sentence], *, each: int = 3) -> list[tuple[Sentence, float]]:
    """A certainty for each sentence, every third hedged."""
    return [(one, 1.0 if one.index % each else 0.3 + 0.6 * (one.index % 7) / 7) for one in sentences]


def texts(chart: Chart) -> list[str]:
    """Every text of a picture."""
    return [text.get_text() for text in page(chart).find_all("text")]


def misplaced(made: Any) -> list[str]:
    """What is wrong with the places of a figure's texts: outside the canvas, too small, or one upon another."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    with house_style():
        canvas: Any = FigureCanvasAgg(made)
        canvas.draw()
        texts = [text for text in made.findobj(Text) if text.get_text().strip() and text.get_visible()]
        boxes = [_box(text, canvas.get_renderer()) for text in texts]
    found = []
    for place, (text, box) in enumerate(zip(texts, boxes, strict=True)):
        if box.x0 < -0.5 or box.y0 < -0.5 or box.x1 > made.bbox.width + 0.5 or box.y1 > made.bbox.height + 0.5:
            found.append(f"outside the canvas: {text.get_text()!r}")
        if float(text.get_fontsize()) < TEXT:
            found.append(f"too small: {text.get_text()!r}")
        found += [
            f"on each other: {text.get_text()!r}, {other.get_text()!r}"
            for other, rest in zip(texts[:place], boxes[:place], strict=True)
            if min(box.x1, rest.x1) - max(box.x0, rest.x0) > 1 and min(box.y1, rest.y1) - max(box.y0, rest.y0) > 1
        ]
    return found


def _box(text: Any, renderer: Any) -> Any:
    """Where a text stands; signs that the measuring font lacks are as wide as ``text_width`` says."""
    from matplotlib.transforms import Bbox

    box, bold = text.get_window_extent(renderer), text.get_fontweight() == "bold"
    wide = max(text_width(line, size=text.get_fontsize(), bold=bold) for line in text.get_text().split("\n"))
    before = (wide - box.width) * {"left": 0, "center": 0.5, "right": 1}[text.get_horizontalalignment()]
    return Bbox.from_extents(box.x0 - before, box.y0, box.x0 - before + wide, box.y1)

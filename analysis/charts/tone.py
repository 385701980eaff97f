"""Tone toward each actor: a panel an actor, actors ranked side by side, and both to explore in a notebook.

A bar is a scored sentence, a tick on the zero line one that names the actor with nothing to score, and nothing at all
one that does not name it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..constants import PANELS_MAX, ROWS_MAX
from ..display import (
    FEW,
    Link,
    Table,
    Together,
    count,
    estimate,
    interval,
    number,
    passages,
    plural,
    ranking_title,
    say,
    short_name,
    tone_title,
)  # fmt: skip
from ..model import Article, ToneSeries
from ..safe_text import shorten
from .axis import LEFT, RIGHT, Line, axis_height, draw_axis, label_rows, runs_of
from .bars import Slot, draw_bars, hits_of, scale_labels, slots_of, trend_note, zero_note
from .canvas import Canvas, Segment
from .chart import SCALE, Chart, Hit, empty_canvas, finish, rest_note, source_line
from .layout import fit, text_width
from .style import HEAD, INK, NAMES, NEGATIVE, POSITIVE, SECONDARY, WIDTH

if TYPE_CHECKING:
    from ..study import Study


def _coverage(series: Sequence[ToneSeries]) -> str:
    scored = sum(one.scored_count for one in series)
    return f"{count(scored)} of {plural(sum(one.mention_count for one in series), 'mention')} scored."


def _interval_kind(series: Sequence[ToneSeries]) -> str:
    return next((one.estimate.method for one in series if one.estimate.value is not None), "")


def _estimate_words(series: ToneSeries) -> str:
    return f"{short_name(series.actor.name, 60)}: {estimate(series.estimate)}, " + (
        f"{count(series.scored_count)} of {plural(series.mention_count, 'mention')} scored"
    )


def _first(series: ToneSeries) -> int:
    return next((place for place, point in enumerate(series.points) if point.state != "absent"), len(series.points))


def _most_named(series: Sequence[ToneSeries], most: int) -> list[ToneSeries]:
    """The actors named most, in the order of their first mention."""
    named = sorted(series, key=lambda one: (-one.mention_count, _first(one)))[:most]
    return sorted(named, key=_first)


def _actors_table(series: Sequence[ToneSeries], caption: str) -> Table:
    return Table(
        [
            (
                one.actor.name,
                one.actor.kind,
                one.mention_count,
                one.scored_count,
                one.estimate.value,
                one.estimate.lo,
                one.estimate.hi,
                one.estimate.n,
            )
            for one in series
        ],
        columns=["Actor", "Kind", "Mentions", "Scored", "Mean tone", "From", "To", "Distinct scored sentences"],
        caption=caption,
        note=f"From, To: {_interval_kind(series) or 'no interval'}. –: {FEW} for a mean.",
        csv="actors",
    )


PANEL, HEADER, GAP = 80.0, 32.0, 14.0


def tone_panels(series: Sequence[ToneSeries], *, article: Article, method: str, link: bool = True) -> Chart:
    """The tone toward each actor through the article, one actor a panel.

    Args:
        series: what ``tone_series`` returned. Of more than six, the six named most are drawn.
        article: the article, for its name and the names of its parts.
        method: scorer and version, for the line beneath.
        link: make each mark lead to its sentence (``#s12``).

    Returns:
        The chart. Its tables hold every actor and every sentence that names one.
    """
    shown = _most_named(series, PANELS_MAX)
    summary = _actors_table(series, "Tone toward each actor")
    states = {"scored": "scored", "unscored": "named, nothing to score"}
    sentences_table = Table(
        [
            (
                shorten(one.actor.name, 120),
                Link.to(point.sentence),
                point.sentence.section.kind,
                "too uncertain to call" if point.tone is not None and not point.certain else states[point.state],
                point.tone,
                len(point.scores),
            )
            for one in series
            for point in one.points
            if point.state != "absent"
        ],
        columns=["Actor", "Sentence", "Part", "State", "Tone", "Mentions"],
        caption="Tone toward each actor by sentence",
        csv="tone-by-sentence",
    )
    tables = (summary, sentences_table)
    title = tone_title(series)
    source = source_line(article, method, _coverage(series))
    if not shown:
        canvas = empty_canvas("No person, country or organisation was found.")
        return finish(
            canvas.figure,
            title=title,
            subtitle="Tone is measured toward actors; without one there is nothing to measure.",
            source=source,
            alt=f"An empty chart. {title}.",
            table=tables,
        )
    line = Line(LEFT, RIGHT, tuple(point.sentence for point in shown[0].points))
    placed = label_rows(line, runs_of(line.sentences, article, headings=False), edge=WIDTH - 2, rows=3)
    parts = [line.start(run.place) for run, _, _ in placed if run.place]
    height = len(shown) * (HEADER + PANEL + GAP) + axis_height(placed)
    canvas = Canvas(WIDTH, height)
    hits: list[Hit] = []
    drawn: list[Slot] = []
    trends = doubtful = False
    for place, one in enumerate(shown):
        top = place * (HEADER + PANEL + GAP) + HEADER
        _panel_head(canvas, one, y=top - 14)
        values = [(point.sentence, point.tone, point.state != "absent", point.certain) for point in one.points]
        doubtful |= any(point.state == "scored" and not point.certain for point in one.points)
        slots = slots_of(line, values)
        drawn += slots
        trends |= draw_bars(canvas, line, slots, top=top, height=PANEL, parts=parts)
        scale_labels(canvas, top, PANEL)
        _mean_mark(canvas, one, top, PANEL)
        hits += hits_of(line, slots, top=top, height=PANEL, name="named, nothing to score")
    bottom = height - axis_height(placed)
    draw_axis(canvas, line, placed, bottom - GAP + 2)
    if any(one.estimate.value is not None for one in shown):
        canvas.text((RIGHT + WIDTH) / 2, bottom - GAP + 22, "mean", align="center", color=SECONDARY)
    kind = _interval_kind(shown)
    bar = "Bar: a scored sentence." if line.per == 1 else f"Bar: mean of the scored sentences among {line.per} in a row."
    notes = [
        f"Tone of the wording toward each actor, {SCALE}.",
        bar,
        "Hollow: too uncertain to call." if doubtful else "",
        zero_note(drawn, "named, nothing to score"),
        "Empty: not named.",
        f"Dot and whiskers at the right: mean and {kind}." if kind else "",
        trend_note(line) if trends else "",
        rest_note(len(shown), len(series)),
    ]
    return finish(
        canvas.figure,
        title=title,
        subtitle=" ".join(note for note in notes if note),
        source=source,
        alt=(
            f"{title}. {plural(len(shown), 'panel')}, one an actor by first mention, a bar a scored sentence, "
            f"{SCALE}, over {plural(len(line.sentences), 'sentence')}. {'; '.join(map(_estimate_words, shown))}."
        ),
        table=tables,
        hits=hits if link else (),
    )


def _panel_head(canvas: Canvas, one: ToneSeries, *, y: float) -> None:
    """A panel's name, then its estimate and counts: all at the left, where a phone shows them first."""
    counts = f"{count(one.scored_count)} of {count(one.mention_count)} scored"
    value = one.estimate
    told = f"{number(value.value)} ({interval(value)})" if value.value is not None else estimate(value)
    right = f"{told}, {counts}"
    name = fit(one.actor.name, WIDTH - 18 - text_width(right), size=HEAD, bold=True)
    canvas.text(4, y, name, size=HEAD, bold=True)
    canvas.text(4 + text_width(name, size=HEAD, bold=True) + 10, y, right, color=SECONDARY)


def _mean_mark(canvas: Canvas, one: ToneSeries, top: float, height: float) -> None:
    """The estimate as a dot with whiskers in the right margin, on the panel's own scale."""
    value = one.estimate
    if value.value is None or value.lo is None or value.hi is None:
        return
    x, middle, half = (RIGHT + WIDTH) / 2, top + height / 2, height / 2
    canvas.lines([(x - 9, middle, x + 9, middle)], color=SECONDARY)
    canvas.lines([(x, middle - half * value.hi, x, middle - half * value.lo)], width=2)
    canvas.lines([(x - 4, middle - half * end, x + 4, middle - half * end) for end in (value.lo, value.hi)], width=1.5)
    canvas.dots([(x, middle - half * value.value)], radius=4)


def ranking(series: Sequence[ToneSeries], *, article: Article, method: str) -> Chart:
    """The actors by how often they are named, each with its mean tone and how sure that is.

    Args:
        series: what ``tone_series`` returned. Of more than twenty, the twenty named most are drawn.
        article: the article, for its name.
        method: scorer and version, for the line beneath.

    Returns:
        The chart, with a table of every actor.
    """
    ranked = sorted(series, key=lambda one: (-one.mention_count, _first(one)))
    table = _actors_table(ranked, "Actors by mentions, with their tone")
    source = source_line(article, method, _coverage(series))
    if not ranked:
        title = ranking_title(ranked)
        return finish(
            empty_canvas("No person, country or organisation was found.").figure,
            title=title,
            subtitle="Actors by mentions; without one there is nothing to rank.",
            source=source,
            alt=f"An empty chart. {title}.",
            table=table,
        )
    shown = ranked[:ROWS_MAX]
    left, right, head = NAMES + 18, 412.0, 30.0
    middle, half = (left + right) / 2, (right - left) / 2
    bottom = head + 26 * len(shown)
    canvas = Canvas(WIDTH, bottom + 10)
    canvas.text(left - 8, 16, "−1 negative", color=SECONDARY)
    canvas.text(middle, 16, "0", align="center", color=SECONDARY)
    canvas.text(right + 8, 16, "positive +1", align="right", color=SECONDARY)
    canvas.text(496, 16, "mean", align="right", color=SECONDARY)
    canvas.text(WIDTH - 4, 16, "scored of found", align="right", color=SECONDARY)
    canvas.lines([(x, head - 6, x, bottom + 4) for x in (left, right)], color=SECONDARY, alpha=0.4)
    canvas.lines([(middle, head - 6, middle, bottom + 4)], width=2)
    rug: list[Segment] = []
    whiskers: list[Segment] = []
    dots: dict[str, list[tuple[float, float]]] = {INK: [], NEGATIVE: [], POSITIVE: []}
    for place, one in enumerate(shown):
        y = head + 26 * (place + 0.5)
        value = one.estimate
        canvas.text(NAMES, y + 4.5, fit(one.actor.name, NAMES - 4), align="right")
        counts = f"{count(one.scored_count)} of {count(one.mention_count)}"
        canvas.text(WIDTH - 4, y + 4.5, counts, align="right", color=SECONDARY)
        tones = sorted({round(point.tone, 2) for point in one.points if point.tone is not None})
        rug += [(middle + half * tone, y - 7, middle + half * tone, y + 7) for tone in tones]
        if value.value is None or value.lo is None or value.hi is None:
            canvas.text(496, y + 4.5, FEW, align="right", color=SECONDARY)
            continue
        canvas.text(496, y + 4.5, number(value.value), align="right")
        whiskers.append((middle + half * value.lo, y, middle + half * value.hi, y))
        color = {"negative": NEGATIVE, "positive": POSITIVE}.get(value.side or "", INK)
        dots[color].append((middle + half * value.value, y))
    canvas.lines(rug, color=SECONDARY, alpha=0.5)
    canvas.lines(whiskers, width=2.5)
    for color, places in dots.items():
        canvas.dots(places, radius=5.5, color=color)
    title = ranking_title(ranked)
    kind = _interval_kind(shown)
    notes = [
        f"Actors by mentions. Mean tone of the wording toward each, {SCALE}.",
        f"Dot and whiskers: mean and {kind}; coloured where that lies on one side of zero." if kind else "",
        "Fine lines: scored sentences." if rug else "",
        rest_note(len(shown), len(series)),
    ]
    return finish(
        canvas.figure,
        title=title,
        subtitle=" ".join(note for note in notes if note),
        source=source,
        alt=f"{title}. A row an actor by mentions, mean tone {SCALE}. {'; '.join(map(_estimate_words, shown))}.",
        table=table,
    )


def explore(study: Study, *, actor: str, voice: str | None = None, at_least: float = 0.0, link: bool = False) -> Together:
    """Everything on one actor, for looking around in a notebook: its panel, then its sentences with their words.

    Args:
        study: an opened article.
        actor: a name, an alias, or one word of the name, whatever the case: "Russia", "moscow", "lavrov".
        voice: keep only mentions in this voice: "narrator", or a source's name.
        at_least: keep only mentions whose tone is this far from zero, in [0, 1]; above 0 it leaves out those not scored.
        link: make the marks links to the page's sentences; only where the page has them.

    Raises:
        ArticleError: the article has no such actor; the message names those it has.
    """
    one = study[actor]
    scores = [score for point in one.points for score in point.scores if voice is None or score.voice == voice]
    scores = [score for score in scores if not at_least or (score.tone is not None and abs(score.tone) >= at_least)]
    where = f" in the voice of {voice}" if voice is not None else ""
    where += f", {at_least:.2f} or more from zero" if at_least else ""
    panel = tone_panels([one], article=study.article, method=study.method, link=link)
    return Together((panel, passages(study.parse, scores, caption=f"Wording toward {one.actor.name}{where}", link=link)))


def browse(study: Study) -> Any:
    """`explore` with its choices as controls, for JupyterLab: an actor, a voice, a slider for how strong the wording is.

    Returns:
        The controls and what they choose; without ipywidgets, a sentence that says how to get it.
    """
    try:
        import ipywidgets
    except ImportError:
        return say("The controls need ipywidgets: pip install 'toward[lab]'. Until then: explore(study, actor=...).")
    voices = sorted({score.voice for score in study.scores if score.voice is not None})
    return ipywidgets.interactive(
        lambda actor, voice, at_least: explore(study, actor=actor, voice=voice, at_least=at_least),
        actor=[one.actor.name for one in study.series],
        voice=[("every voice", None), *((voice, voice) for voice in voices)],
        at_least=ipywidgets.FloatSlider(
            min=0, max=0.9, step=0.1, continuous_update=False, description="at least", readout_format=".1f"
        ),
    )

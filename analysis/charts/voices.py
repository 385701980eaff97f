"""What the narrator and each source add to the tone toward an actor."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ..constants import MIN_POINTS
from ..display import FEW, Column, Table, is_few, listing, number, plural, short_name, voice_name, voices_title
from ..model import Actor, Article, VoicePart
from .canvas import Canvas
from .chart import SCALE, Chart, empty_canvas, finish, source_line
from .layout import fit
from .stances import out_of
from .style import NEGATIVE, POSITIVE, SECONDARY, WIDTH

VOICES_MAX: Final = 8
"""Actors drawn with their voices; the table holds them all."""


VOICE_ROW, VOICE_GAP = 21.0, 13.0


@dataclass(frozen=True, slots=True)
class _Share:
    """What the narrator, or all sources together, add to a tone: None where no mention is in that voice."""

    name: str
    mentions: int
    push: float | None


def voice_bars(parts: Sequence[tuple[Actor, Sequence[VoicePart]]], *, article: Article, method: str) -> Chart:
    """The tone toward each actor, and what the narrator and the quoted sources add to it.

    Args:
        parts: actors with the parts of their tone, one a voice; no part where no mention is scored. Actors with too few
            scored sentences for a mean are left out; of more than eight, the eight with most scored mentions are drawn.
        article: the article, for its name.
        method: scorer and version, for the line beneath.

    Returns:
        The chart, with a table of every voice toward every actor.
    """
    ranked = sorted(parts, key=lambda item: -_mentions(item[1]))
    enough = [(actor, voices) for actor, voices in ranked if not is_few(voices)]
    shown = enough[:VOICES_MAX]
    table = _voices_table(ranked)
    total = sum(_mentions(voices) for _, voices in parts)
    scored = sum(bool(voices) for _, voices in parts)
    source = source_line(article, method, f"{plural(total, 'scored mention')} of {plural(scored, 'actor')}.")
    title = voices_title(parts)
    if not shown:
        return finish(
            empty_canvas(
                f"{FEW.capitalize()} for a mean toward any actor." if total else "Nothing was scored, in any voice."
            ).figure,
            title=title,
            subtitle=f"Tone by voice; it takes {MIN_POINTS} scored sentences toward an actor.",
            source=source,
            alt=f"An empty chart. {title}.",
            table=table,
        )
    head, block = 28.0, 3 * VOICE_ROW + VOICE_GAP
    canvas = Canvas(WIDTH, head + block * len(shown) + 2)
    left, right = 200.0, WIDTH - 70
    _voice_scale(canvas, left, right, top=head, bottom=head + block * len(shown) - VOICE_GAP + 4)
    for place, (actor, voices) in enumerate(shown):
        _voice_block(canvas, actor, voices, left=left, right=right, top=head + block * place)
    notes = [
        f"Tone of the wording toward each actor, {SCALE}.",
        "Dot: the whole, the sum of the two bars beneath. Bars: what narrator and sources add to it.",
        f"Left out: {plural(scored - len(enough), 'actor')} with fewer than {MIN_POINTS} scored sentences."
        if scored > len(enough)
        else "",
        "" if all(_adds_up(voices) for _, voices in shown) else "Numbers are rounded.",
        out_of("actors with most scored mentions", len(shown), len(enough)),
        "The table holds all." if len(shown) < len(enough) else "",
    ]
    return finish(
        canvas.figure,
        title=title,
        subtitle=" ".join(note for note in notes if note),
        source=source,
        alt=f"{title}. A block an actor, {SCALE}. {'; '.join(_voice_words(actor, voices) for actor, voices in shown)}.",
        table=table,
    )


def _voice_scale(canvas: Canvas, left: float, right: float, *, top: float, bottom: float) -> None:
    """The heavy zero line from top to bottom, the ends of the scale, and their labels."""
    middle = (left + right) / 2
    canvas.text(left - 8, 16, "−1 negative", color=SECONDARY)
    canvas.text(middle, 16, "0", align="center", color=SECONDARY)
    canvas.text(right + 8, 16, "positive +1", align="right", color=SECONDARY)
    canvas.text(WIDTH - 4, 16, "tone", align="right", color=SECONDARY)
    canvas.lines([(x, top - 4, x, bottom) for x in (left, right)], color=SECONDARY, alpha=0.4)
    canvas.lines([(middle, top - 4, middle, bottom)], width=2)


def _voice_block(canvas: Canvas, actor: Actor, voices: Sequence[VoicePart], *, left: float, right: float, top: float) -> None:
    """Three rows: the whole as a dot on a line from zero, then the two parts as bars from zero."""
    middle, half = (left + right) / 2, (right - left) / 2
    y, whole = top + VOICE_ROW / 2, _whole(voices)
    canvas.text(left - 16, y + 4.5, fit(actor.name, left - 24, bold=True), align="right", bold=True)
    canvas.text(WIDTH - 4, y + 4.5, number(whole), align="right", bold=True)
    end = middle + half * whole
    canvas.lines([(middle, y, end, y)], width=3)
    canvas.dots([(end, y)], radius=5.5)
    for part in _shares(voices):
        y += VOICE_ROW
        amount = plural(part.mentions, "mention") if part.mentions else "none"
        canvas.text(left - 16, y + 4.5, f"{part.name}, {amount}", align="right", color=SECONDARY)
        canvas.text(WIDTH - 4, y + 4.5, number(part.push), align="right", color=SECONDARY)
        if part.push is not None:
            end = middle + half * part.push
            color = NEGATIVE if part.push < 0 else POSITIVE
            box = (min(middle, end), y - 6, max(middle, end), y + 6)
            canvas.boxes([box], color=color)


def _shares(voices: Sequence[VoicePart]) -> tuple[_Share, _Share]:
    """The narrator's part and that of all sources together."""
    own = [part for part in voices if part.voice == "narrator"]
    others = [part for part in voices if part.voice != "narrator"]
    narrator, sources = (
        _Share(name, _mentions(group), math.fsum(part.push for part in group) if group else None)
        for name, group in (("narrator", own), ("sources", others))
    )
    return narrator, sources


def _mentions(voices: Sequence[VoicePart]) -> int:
    return sum(len(part.scores) for part in voices)


def _whole(voices: Sequence[VoicePart]) -> float:
    return math.fsum(part.push for part in voices)


def _adds_up(voices: Sequence[VoicePart]) -> bool:
    """Whether the printed parts add up to the printed whole."""
    printed = sum(round(100 * (part.push or 0)) for part in _shares(voices))
    return printed == round(100 * _whole(voices))


def _voice_words(actor: Actor, voices: Sequence[VoicePart]) -> str:
    said = (f"{part.name} {number(part.push)} ({plural(part.mentions, 'mention')})" for part in _shares(voices))
    return f"{short_name(actor.name, 60)} {number(_whole(voices))}: {listing(said)}"


def _voices_table(ranked: Sequence[tuple[Actor, Sequence[VoicePart]]]) -> Table:
    rows: list[tuple[object, ...]] = []
    for actor, voices in ranked:
        few = is_few(voices)
        rows += [
            (
                *(actor.name, voice_name(part.voice), len(part.scores), part.share),
                *(None if few else part.push, None if is_few([part]) else part.tone),
            )
            for part in voices
        ] or [(actor.name, None, 0, None, None, None)]
    return Table(
        rows,
        columns=["Actor", "Voice", "Scored mentions", Column("Share of weight", form="share"), "Adds to the tone", "Mean tone"],
        caption="Tone toward each actor by voice",
        note=f"What the voices add sums to the tone toward the actor. –: nothing scored, or {FEW} for a mean.",
        csv="tone-by-voice",
    )

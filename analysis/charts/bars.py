"""Bars for what is scored, ticks for what is not, and a trend only where there is enough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from ..constants import MIN_POINTS
from ..display import count, number
from ..model import Sentence
from .axis import LEFT, Line
from .canvas import Canvas
from .chart import Hit
from .style import INK, NEGATIVE, POSITIVE, SECONDARY

FLAT = 0.02
"""A bar lower than this would hide in the zero line; it is drawn as a block on it, for a score of zero is not silence."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What a slot shows: the mean of its scored sentences, or that some are named or charged with nothing to score."""

    place: int
    tone: float | None
    sentence: Sentence
    scored: int
    marked: bool
    certain: bool

    @property
    def flat(self) -> bool:
        """Whether its bar would be too low to see."""
        return self.tone is not None and abs(self.tone) < FLAT


def slots_of(line: Line, values: Sequence[tuple[Sentence, float | None, bool, bool]]) -> list[Slot]:
    found = []
    for place, group in groupby(enumerate(values), key=lambda item: item[0] // line.per):
        members = [value for _, value in group]
        scored = [(sentence, tone, certain) for sentence, tone, _, certain in members if tone is not None]
        named = [sentence for sentence, _, marked, _ in members if marked]
        if scored:
            mean = sum(tone for _, tone, _ in scored) / len(scored)
            found.append(Slot(place, mean, scored[0][0], len(scored), True, any(certain for *_, certain in scored)))
        elif named:
            found.append(Slot(place, None, named[0], 0, True, False))
    return found


def draw_bars(canvas: Canvas, line: Line, slots: Sequence[Slot], *, top: float, height: float, parts: Iterable[float]) -> bool:
    """Bars, ticks, zero line and trend of one panel; says whether a trend was drawn."""
    middle = top + height / 2
    half = height / 2
    canvas.lines([(line.left, y, line.right, y) for y in (top, top + height)], color=SECONDARY, alpha=0.4)
    canvas.lines([(x, top, x, top + height) for x in parts], color=SECONDARY, alpha=0.6, dash=(2, 3))
    wide = line.bar / 2
    for color, sign in ((NEGATIVE, -1), (POSITIVE, 1)):
        for certain in (True, False):
            ends = [
                (line.middle(slot.place), slot.tone)
                for slot in slots
                if slot.tone is not None and slot.tone * sign > 0 and slot.certain == certain
            ]
            boxes = [(x - wide, middle, x + wide, middle - half * tone) for x, tone in ends]
            canvas.boxes(boxes, color=color, hollow=not certain)
    canvas.lines([(line.left, middle, line.right, middle)], width=2)
    narrow = min(1.5, line.bar)
    canvas.lines(
        [(line.middle(slot.place), middle - 6, line.middle(slot.place), middle + 6) for slot in slots if slot.tone is None],
        width=narrow,
    )
    canvas.boxes(
        [
            (line.middle(slot.place) - wide, middle - 3, line.middle(slot.place) + wide, middle + 3)
            for slot in slots
            if slot.flat
        ],
        color=INK,
    )
    scored = [(slot.place, slot.tone) for slot in slots if slot.tone is not None]
    if sum(slot.scored for slot in slots) < MIN_POINTS or len(scored) < MIN_POINTS:
        return False
    heights = [middle - half * mean for mean in running_means([tone for _, tone in scored])]
    means = [(place, height) for (place, _), height in zip(scored, heights, strict=True)]
    runs = [[means[0]]]
    for last, mean in pairwise(means):
        if mean[0] - last[0] > 1:
            runs.append([])
        runs[-1].append(mean)
    trend = [
        (line.middle(a), y0, line.middle(b), y1) for run in runs if len(run) >= MIN_POINTS for (a, y0), (b, y1) in pairwise(run)
    ]
    canvas.lines(trend, width=2, cap="round")
    return bool(trend)


def running_means(tones: Sequence[float]) -> list[float]:
    """For each of at least ``MIN_POINTS`` tones the mean of those around it; at the ends of the first or last ones."""
    firsts = [min(max(place - MIN_POINTS // 2, 0), len(tones) - MIN_POINTS) for place in range(len(tones))]
    return [sum(tones[first : first + MIN_POINTS]) / MIN_POINTS for first in firsts]


def zero_note(slots: Sequence[Slot], silent: str) -> str:
    """What stands on the zero line, so far as anything does; `silent` is what a tick means."""
    block = "Block on zero: scored, next to zero." if any(slot.flat for slot in slots) else ""
    tick = f"Tick on zero: {silent}." if any(slot.tone is None for slot in slots) else ""
    return f"{block} {tick}".strip()


def trend_note(line: Line) -> str:
    bars = "sentences" if line.per == 1 else "bars"
    return f"Line: running mean of {MIN_POINTS} {bars}, where {MIN_POINTS} or more in a row are scored."


def hits_of(line: Line, slots: Sequence[Slot], *, top: float, height: float, name: str) -> list[Hit]:
    found = []
    for slot in slots:
        first = slot.place * line.per + 1
        where = f"Sentence {count(slot.sentence.index + 1)}"
        if line.per > 1:
            where = f"Sentences {count(first)} to {count(min(first + line.per - 1, len(line.sentences)))}"
        what = number(slot.tone) if slot.tone is not None else name
        if 1 < slot.scored < MIN_POINTS:
            what = f"{slot.scored} scored sentences"
        x = line.left + slot.place * line.step
        found.append(Hit((x, top, x + line.step, top + height), slot.sentence, f"{where}: {what}"))
    return found


def scale_labels(canvas: Canvas, top: float, height: float) -> None:
    for y, label in ((top, "positive +1"), (top + height / 2, "0"), (top + height, "negative −1")):
        canvas.text(LEFT - 8, y + 4.5, label, align="right", color=SECONDARY)

"""Sentences along a line: where each stands, and the parts of the article beneath."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ..constants import BARS_MAX
from ..display import count
from ..model import Article, Sentence
from .canvas import Canvas
from .layout import fit, text_width
from .style import SECONDARY, WIDTH


@dataclass(frozen=True, slots=True)
class Line:
    """Where sentences stand between ``left`` and ``right``: ``per`` of them share a slot when there are too many."""

    left: float
    right: float
    sentences: tuple[Sentence, ...]

    @property
    def per(self) -> int:
        return max(1, math.ceil(len(self.sentences) / BARS_MAX))

    @property
    def slots(self) -> int:
        return max(1, math.ceil(len(self.sentences) / self.per))

    @property
    def step(self) -> float:
        return (self.right - self.left) / self.slots

    @property
    def bar(self) -> float:
        """The width of a bar."""
        return min(18.0, max(0.8 * self.step, 1.0))

    def start(self, place: int) -> float:
        """The left edge of the slot of the sentence at a place."""
        return self.left + (place // self.per) * self.step

    def middle(self, slot: int) -> float:
        """The middle of a slot."""
        return self.left + (slot + 0.5) * self.step


@dataclass(frozen=True, slots=True)
class Run:
    """Sentences in a row that belong together: its name and where it begins."""

    name: str
    place: int


def runs_of(sentences: Sequence[Sentence], article: Article, *, headings: bool) -> list[Run]:
    """The parts of an article: headline, summary and body, or the body by its headings."""
    runs: list[Run] = []
    for place, sentence in enumerate(sentences):
        kind = sentence.section.kind
        if headings and kind == "heading":
            name = " ".join(article.text[sentence.section.start : sentence.section.end].split())
            if place and sentences[place - 1].section == sentence.section:
                continue
            runs.append(Run(name, place))
            continue
        name = "body" if kind == "heading" else kind
        if name == "body" and headings and runs and runs[-1].name not in ("headline", "summary"):
            continue
        if not runs or runs[-1].name != name:
            runs.append(Run(name, place))
    return runs


LABEL = 260.0
"""The widest a part's name may be."""


def label_rows(line: Line, runs: Sequence[Run], *, edge: float, rows: int) -> list[tuple[Run, int, str]]:
    """Which row the name of each part stands in, and how it reads there.

    Placed from the right, so that no name stands in the way of the line down to another. A name for which no row
    is free is left out; the table has it.
    """
    ends = [edge] * rows
    placed = []
    for run in reversed(runs):
        x = line.start(run.place)
        whole = min(text_width(fit(run.name, LABEL)), LABEL)
        row = next(
            (row for row in range(rows) if ends[row] - x - 8 >= whole), max(range(rows), key=lambda row: (ends[row], -row))
        )
        name = fit(run.name, min(ends[row] - x - 8, LABEL))
        if len(name) >= min(8, len(run.name)):
            placed.append((run, row, name))
            ends[: row + 1] = [x] * (row + 1)
    return placed[::-1]


def draw_axis(canvas: Canvas, line: Line, placed: Sequence[tuple[Run, int, str]], y: float) -> None:
    """Sentence numbers and the names of the parts, from ``y`` down."""
    total = len(line.sentences)
    if total:
        wide = text_width(count(total)) + 14
        room = (line.right - line.left) / total
        each = next((step for step in _STEPS if step >= total or room * step >= wide), total)
        marks = [1, *range(each if each > 1 else 2, total + 1, each)]
        shown: list[tuple[float, int]] = []
        for mark in marks:
            x = line.middle((mark - 1) // line.per)
            near = shown and x - shown[-1][0] < wide
            if not near and x + text_width(count(mark)) / 2 <= line.right + 6:
                shown.append((x, mark))
        canvas.lines([(x, y, x, y + 4) for x, _ in shown], color=SECONDARY)
        for x, mark in shown:
            canvas.text(x, y + 20, count(mark), align="center", color=SECONDARY)
        canvas.text(line.left - 10, y + 20, "sentence", align="right", color=SECONDARY)
    for run, row, name in placed:
        x = line.start(run.place)
        canvas.lines([(x, y, x, y + 40 + 17 * row)], color=SECONDARY, alpha=0.6)
        canvas.text(x + 4, y + 40 + 17 * row, name, color=SECONDARY)


_STEPS = [1, *(base * 10**power for power in range(7) for base in (5, 10, 20))]


def axis_height(placed: Sequence[tuple[Run, int, str]]) -> float:
    return 46.0 + 17 * max((row for _, row, _ in placed), default=-1)


LEFT, RIGHT = 102.0, WIDTH - 56

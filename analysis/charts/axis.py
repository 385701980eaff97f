"""The axis along an article: the numbers of its sentences, and its parts beneath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from ..display import count
from ..model import Parse
from .forms import beside, lines
from .layout import Sheet, fit, note, size_of, text_width
from .style import secondary

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LABEL: Final = 260.0
"""The widest a part's name may be."""
STEPS: Final = [1, *(base * 10**power for power in range(7) for base in (5, 10, 20))]


class Run(NamedTuple):
    """Sentences in a row that belong together: its name and the place of its first sentence."""

    name: str
    place: int


@dataclass(frozen=True, slots=True)
class SentenceAxis:
    """Sentences 1, 2, 3 along the horizontal axis of some Axes, and the names of the article's parts in rows beneath.

    unit: how wide a sentence is, in units. placed: each part with its row and how its name reads there.
    """

    axes: Axes
    total: int
    unit: float
    placed: tuple[tuple[Run, int, str], ...]

    @classmethod
    def of(cls, sheet: Sheet, axes: Axes, parse: Parse, *, right: float, headings: bool) -> SentenceAxis:
        """The axis of an article on Axes of a sheet; it takes the room it needs beneath them.

        Args:
            right: how far names may reach beyond the Axes.
            headings: whether the body's parts are named by its headings.
        """
        wide, total = size_of(axes)[0], max(len(parse.sentences), 1)
        rows = (5 if headings else 3) + 3 * sheet.narrow
        placed = _label_rows(runs_of(parse, headings=headings), wide / total, edge=wide + right - 2, rows=rows)
        return cls(axes, len(parse.sentences), wide / total, placed)

    @property
    def parts(self) -> list[float]:
        """Where a part begins, the first one left out."""
        return [run.place + 0.5 for run, _, _ in self.placed if run.place]

    def draw(self, sheet: Sheet, *, word: bool = True) -> None:
        """Numbers and names beneath the Axes, on which sentences are at 1, 2, 3; ``word`` says at the left what is counted."""
        axes = self.axes
        sheet.height += 30.0 + 17 * (1 + max((row for _, row, _ in self.placed), default=-1))
        wide = text_width(count(self.total)) + 14
        each = next((step for step in STEPS if step >= self.total or self.unit * step >= wide), self.total)
        shown: list[int] = []
        for mark in [1, *range(each if each > 1 else 2, self.total + 1, each)] if self.total else []:
            over = self.unit * (mark - 0.5 - self.total) + text_width(count(mark)) / 2
            if (not shown or self.unit * (mark - shown[-1]) >= wide) and over <= 6:
                shown.append(mark)
        axes.set_xticks(shown, [count(mark) for mark in shown])
        axes.xaxis.set_tick_params(length=4, color=secondary(), pad=4)
        if word and shown:
            note(axes, "sentence", (0, 0), (-10, -18), ha="right", color=secondary())
        for run, row, name in self.placed:
            note(axes, name, (run.place + 0.5, 0), (4, -39 - 17 * row), "da", color=secondary())
        down = beside(axes, "down")
        leads = [(run.place + 0.5, -2 / 72, run.place + 0.5, -(40 + 17 * row) / 72) for run, row, _ in self.placed]
        lines(axes, leads, edgecolor=secondary(), alpha=0.6, transform=down)


def runs_of(parse: Parse, *, headings: bool) -> list[Run]:
    """The parts of an article: headline, summary and body, or the body by its headings."""
    runs: list[Run] = []
    sentences = parse.sentences
    for place, sentence in enumerate(sentences):
        kind = sentence.section.kind
        if headings and kind == "heading":
            name = " ".join(parse.text_of(sentence.section).split())
            if not place or sentences[place - 1].section != sentence.section:
                runs.append(Run(name, place))
            continue
        name = "body" if kind == "heading" else kind
        if name == "body" and headings and runs and runs[-1].name not in ("headline", "summary"):
            continue
        if not runs or runs[-1].name != name:
            runs.append(Run(name, place))
    return runs


def _label_rows(runs: Sequence[Run], unit: float, *, edge: float, rows: int) -> tuple[tuple[Run, int, str], ...]:
    """Which row the name of each part stands in, and how it reads there.

    Placed from the right, so that no name stands in the way of the line down to another. A name for which no row
    is free is left out; the table has it.
    """
    ends = [edge] * rows
    placed = []
    for run in reversed(runs):
        x = unit * run.place
        whole = min(text_width(fit(run.name, LABEL)), LABEL)
        row = next(
            (row for row in range(rows) if ends[row] - x - 8 >= whole), max(range(rows), key=lambda row: (ends[row], -row))
        )
        name = fit(run.name, min(ends[row] - x - 8, LABEL))
        if len(name) >= min(8, len(run.name)):
            placed.append((run, row, name))
            ends[: row + 1] = [x] * (row + 1)
    return tuple(placed[::-1])

"""What charts along an article share: its sentences as an axis, their links, and the words on what is drawn there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ..constants import MIN_POINTS
from ..display import count, number
from ..estimates import Slot
from ..model import Parse
from .forms import lines
from .layout import Hit, Sheet, fit, note, size_of, text_width
from .style import secondary

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LABEL: Final = 260.0
"""The widest a part's name may be."""
STEPS: Final = [1, *(base * 10**power for power in range(7) for base in (5, 10, 20))]
ENDS: Final = (("negative −1", "0", "positive +1"), ("negative", "0", "positive"))
"""The ends of a panel's scale, on a wide sheet and on a narrow one."""
MARGINS: Final = ((102.0, 56.0), (74.0, 48.0))
"""Room at the left and right of a panel, on a wide sheet and on a narrow one."""


class Run(NamedTuple):
    """Sentences in a row that belong together: its name and the place of its first sentence."""

    name: str
    place: int


def sentence_axis(
    sheet: Sheet, axes: Axes, parse: Parse, *, right: float, headings: bool = True, names: bool = True, word: bool = True
) -> None:
    """Sentences 1, 2, 3 along Axes: dashed lines where a part begins, and beneath them numbers and the parts' names.

    Args:
        sheet, axes: what is drawn on; it grows by the room needed beneath.
        parse: the article.
        right: how far names may reach beyond the Axes.
        headings: whether the body's parts are named by its headings.
        names: whether anything stands beneath.
        word: whether a word at the left says what is counted.
    """
    (wide, high), total, (low, top) = size_of(axes), len(parse.sentences), axes.get_ylim()
    unit, rows = wide / max(total, 1), (5 if headings else 3) + 3 * sheet.narrow
    placed = _label_rows(runs_of(parse, headings=headings), unit, edge=wide + right - 2, rows=rows)
    starts = [run.place + 0.5 for run, _, _ in placed if run.place]
    lines(axes, [(x, low, x, top) for x in starts], faint=0.6, linestyle=(0, (2, 3)), zorder=0.5)
    axes.xaxis.set_visible(names)
    if not names:
        return
    sheet.height += 30.0 + 17 * (1 + max((row for _, row, _ in placed), default=-1))
    apart = text_width(count(total)) + 14
    each = next((step for step in STEPS if step >= total or unit * step >= apart), total)
    marks = range(max(each, 2), total + 1, max(each, 1)) if total else ()
    over = {mark: unit * (mark - 0.5 - total) + text_width(count(mark)) / 2 for mark in marks}
    shown = [1][:total] + [mark for mark in marks if unit * (mark - 1) >= apart and over[mark] <= 6]
    axes.set_xticks(shown, [count(mark) for mark in shown])
    axes.xaxis.set_tick_params(length=4, color=secondary(), pad=4)
    if word and shown:
        note(axes, "sentence", (0, 0), (-10, -18), ha="right", color=secondary())
    for run, row, name in placed:
        note(axes, name, (run.place + 0.5, 0), (4, -39 - 17 * row), "da", color=secondary())
    leads = [(run.place + 0.5, -2 / high, run.place + 0.5, -(40 + 17 * row) / high) for run, row, _ in placed]
    lines(axes, leads, faint=0.6, transform=axes.get_xaxis_transform())


def runs_of(parse: Parse, *, headings: bool) -> list[Run]:
    """The parts of an article: headline, summary and body, or the body by its headings."""
    runs: list[Run] = []
    for place, sentence in enumerate(parse.sentences):
        name = sentence.section.kind
        if headings and name == "heading":
            if not place or parse.sentences[place - 1].section != sentence.section:
                runs.append(Run(" ".join(parse.text_of(sentence.section).split()), place))
            continue
        name = "body" if name == "heading" else name
        under_heading = headings and name == "body" and runs and runs[-1].name not in ("headline", "summary")
        if not under_heading and (not runs or runs[-1].name != name):
            runs.append(Run(name, place))
    return runs


def _label_rows(runs: Sequence[Run], unit: float, *, edge: float, rows: int) -> list[tuple[Run, int, str]]:
    """Which row the name of each part stands in, and how it reads there.

    Placed from the right, so that no name stands in the way of the line down to another. A name for which no row
    is free is left out; the table has it.
    """
    ends, placed = [edge] * rows, []
    for run in reversed(runs):
        x, whole = unit * run.place, min(text_width(fit(run.name, LABEL)), LABEL)
        free = (row for row in range(rows) if ends[row] - x - 8 >= whole)
        row = next(free, max(range(rows), key=lambda row: (ends[row], -row)))
        name = fit(run.name, min(ends[row] - x - 8, LABEL))
        if len(name) >= min(8, len(run.name)):
            placed.append((run, row, name))
            ends[: row + 1] = [x] * (row + 1)
    return placed[::-1]


def hits_of(axes: Axes, slots: Sequence[Slot], sentences: Sequence[Any], silent: str) -> list[Hit]:
    """Where a panel leads to its sentences; ``silent`` is what a slot without a value is called."""
    found = []
    for first, last, value, scored, at, _ in slots:
        where = f"Sentence {count(sentences[at].index + 1)}" if first == last else f"Sentences {count(first)} to {count(last)}"
        what = silent if value is None else f"{scored} scored sentences" if 1 < scored < MIN_POINTS else number(value)
        found.append(Hit(axes, (first - 0.5, -1, last + 0.5, 1), sentences[at], f"{where}: {what}"))
    return found

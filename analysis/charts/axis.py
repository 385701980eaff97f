"""What charts along an article share: its sentences as an axis, their links, and the words on what is drawn there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

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
    placed = _label_rows(parse.parts(headings=headings), unit, edge=wide + right - 2, rows=rows)
    lines(axes, [(x, low, x, top) for x, _, _ in placed if x > 1], faint=0.6, linestyle=(0, (2, 3)), zorder=0.5)
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
    for x, row, name in placed:
        note(axes, name, (x, 0), (4, -39 - 17 * row), "da", color=secondary())
    leads = [(x, -2 / high, x, -(40 + 17 * row) / high) for x, row, _ in placed]
    lines(axes, leads, faint=0.6, transform=axes.get_xaxis_transform())


def _label_rows(parts: Sequence[tuple[str, int]], unit: float, *, edge: float, rows: int) -> list[tuple[float, int, str]]:
    """Where each part begins, which row its name stands in, and how it reads there.

    Placed from the right, so that no name stands in the way of the line down to another. A name for which no row
    is free is left out; the table has it.
    """
    ends, placed = [edge] * rows, []
    for whole, place in reversed(parts):
        x, wide = unit * place, min(text_width(fit(whole, LABEL)), LABEL)
        free = (row for row in range(rows) if ends[row] - x - 8 >= wide)
        row = next(free, max(range(rows), key=lambda row: (ends[row], -row)))
        name = fit(whole, min(ends[row] - x - 8, LABEL))
        if len(name) >= min(8, len(whole)):
            placed.append((place + 0.5, row, name))
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

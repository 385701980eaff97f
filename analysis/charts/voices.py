"""What the narrator and each source add to the tone toward an actor."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from ..constants import MIN_POINTS
from ..display import FEW, is_few, listing, number, plural, short_name, voices_table, voices_title
from ..model import VoicePart
from ..tables import voices_of
from .axis import out_of
from .export import SCALE, Chart, source_line
from .forms import Row, dots_chart
from .tone import chosen

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..study import Study

VOICES_MAX: Final = 8
"""Actors drawn with their voices; the table holds them all."""
Voices = Sequence[VoicePart]


def voice_bars(study: Study, actors: str | Iterable[str] | None = None, *, ax: Axes | None = None) -> Chart:
    """The tone toward each actor, and what the narrator and all that is attributed to sources add to it.

    Args:
        study: an opened article.
        actors: names, aliases, or single words of names; None takes all. Those with too few scored sentences for a mean are
            left out; of more than eight, the eight with most scored mentions are drawn.
        ax: Axes of yours to draw on.

    Returns:
        The chart, with a table of every voice toward every actor.

    Example:
        >>> from analysis import open_article
        >>> len(voice_bars(open_article(), actors="Russia").parts["rows"].names)
        3
    """
    ranked = sorted(voices_of(study.parse, chosen(study, actors)), key=lambda item: -_mentions(item[1]))
    enough = [(actor, voices) for actor, voices in ranked if not is_few(voices)]
    shown, rows, told, exact = enough[:VOICES_MAX], [], [], True
    for actor, voices in shown:
        whole, shares = math.fsum(part.push for part in voices), _shares(voices)
        rows.append(Row(actor.name, whole, texts=[number(whole)], kind="stem"))
        for name, amount, push in shares:
            named = f"{name}, {plural(amount, 'mention') if amount else 'none'}"
            rows.append(Row(named, push, texts=[number(push)], kind="bar", light=True))
        said = listing(f"{name} {number(push)} ({plural(amount, 'mention')})" for name, amount, push in shares)
        told.append(f"{short_name(actor.name, 60)} {number(whole)}: {said}")
        exact &= sum(round(100 * (push or 0)) for *_, push in shares) == round(100 * whole)
    title, total, scored = voices_title(ranked), sum(_mentions(one) for _, one in ranked), sum(bool(one) for _, one in ranked)
    few, left_out = f"{FEW.capitalize()} for a mean toward any actor.", plural(scored - len(enough), "actor")
    return dots_chart(
        rows,
        heads=["tone"],
        step=23,
        title=title,
        subtitle=[
            f"Tone of the wording toward each actor, {SCALE}.",
            "Dot: the whole, the sum of the two bars beneath. Bars: what narrator and sources add to it.",
            f"Left out: {left_out} with fewer than {MIN_POINTS} scored sentences." if scored > len(enough) else "",
            "" if exact else "Numbers are rounded.",
            out_of("actors with most scored mentions", len(shown), len(enough)),
        ],
        source=source_line(study, f"{plural(total, 'scored mention')} of {plural(scored, 'actor')}."),
        alt=f"{title}. A block an actor, {SCALE}. {'; '.join(told)}.",
        table=voices_table(ranked),
        name="voices",
        ax=ax,
        empty="" if rows else few if total else "Nothing was scored, in any voice.",
    )


def _shares(voices: Voices) -> list[tuple[str, int, float | None]]:
    """The narrator's part and that of all sources together: mentions, and what they add; None where there is no mention."""
    own = [part for part in voices if part.voice == "narrator"]
    groups = (("narrator", own), ("sources", [part for part in voices if part.voice != "narrator"]))
    return [(name, _mentions(group), math.fsum(part.push for part in group) if group else None) for name, group in groups]


def _mentions(voices: Voices) -> int:
    return sum(len(part.scores) for part in voices)

"""What the narrator and each source add to the tone toward an actor."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from ..constants import MIN_POINTS
from ..display import FEW, Column, Table, is_few, listing, number, plural, short_name, voice_name, voices_title
from ..model import Actor, VoicePart
from ..tables import voices_of
from .export import SCALE, Chart, finish, source_line
from .forms import Row, dots
from .layout import Sheet
from .stances import out_of
from .tone import chosen

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..study import Study

VOICES_MAX: Final = 8
"""Actors drawn with their voices; the table holds them all."""
Voices = Sequence[VoicePart]


def voice_bars(study: Study, actors: str | Iterable[str] | None = None, *, ax: Axes | None = None) -> Chart:
    """The tone toward each actor, and what the narrator and the quoted sources add to it.

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
    parts = voices_of(study.parse, chosen(study, actors))
    ranked = sorted(parts, key=lambda item: -_mentions(item[1]))
    enough = [(actor, voices) for actor, voices in ranked if not is_few(voices)]
    shown = enough[:VOICES_MAX]
    rows = [row for actor, voices in shown for row in _rows(actor, voices)]
    total, scored = sum(_mentions(voices) for _, voices in parts), sum(bool(voices) for _, voices in parts)

    def draw(sheet: Sheet) -> tuple[dict[str, Any], tuple[()]]:
        if not rows:
            few = f"{FEW.capitalize()} for a mean toward any actor."
            sheet.say(few if total else "Nothing was scored, in any voice.")
            return {}, ()
        return {"rows": dots(sheet, rows, heads=["tone"], step=23)}, ()

    title = voices_title(parts)
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
    told = "; ".join(_voice_words(actor, voices) for actor, voices in shown)
    return finish(
        draw,
        title=title,
        subtitle=notes if rows else f"Tone by voice; it takes {MIN_POINTS} scored sentences toward an actor.",
        source=source_line(study, f"{plural(total, 'scored mention')} of {plural(scored, 'actor')}."),
        alt=f"{title}. A block an actor, {SCALE}. {told}." if rows else f"An empty chart. {title}.",
        table=_voices_table(ranked),
        name="voices",
        ax=ax,
    )


def _rows(actor: Actor, voices: Voices) -> list[Row]:
    """The whole as a dot on a line from zero, then the two parts as bars from zero."""
    whole = _whole(voices)
    found = [Row(actor.name, whole, texts=[number(whole)], kind="stem")]
    for name, mentions, push in _shares(voices):
        amount = plural(mentions, "mention") if mentions else "none"
        found.append(Row(f"{name}, {amount}", push, texts=[number(push)], kind="bar", light=True))
    return found


def _shares(voices: Voices) -> list[tuple[str, int, float | None]]:
    """The narrator's part and that of all sources together: mentions, and what they add; None where there is no mention."""
    groups = [
        ("narrator", [p for p in voices if p.voice == "narrator"]),
        ("sources", [p for p in voices if p.voice != "narrator"]),
    ]
    return [(name, _mentions(group), math.fsum(part.push for part in group) if group else None) for name, group in groups]


def _mentions(voices: Voices) -> int:
    return sum(len(part.scores) for part in voices)


def _whole(voices: Voices) -> float:
    return math.fsum(part.push for part in voices)


def _adds_up(voices: Voices) -> bool:
    """Whether the printed parts add up to the printed whole."""
    return sum(round(100 * (push or 0)) for *_, push in _shares(voices)) == round(100 * _whole(voices))


def _voice_words(actor: Actor, voices: Voices) -> str:
    said = (f"{name} {number(push)} ({plural(mentions, 'mention')})" for name, mentions, push in _shares(voices))
    return f"{short_name(actor.name, 60)} {number(_whole(voices))}: {listing(said)}"


def _voices_table(ranked: Sequence[tuple[Actor, Voices]]) -> Table:
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

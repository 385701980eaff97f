"""What stands around charts: the words over and beneath them, what their descriptions say, and their tables.

Every number is the chart's own. None is an en dash, which the note of a table explains.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from ..constants import MIN_POINTS
from ..estimates import Slot, per_bar, trend_of
from ..model import (
    Actor,
    Article,
    Cast,
    Estimate,
    Mention,
    Parse,
    Position,
    Sentence,
    Sentiment,
    StanceBasis,
    ToneSeries,
    VoicePart,
)
from ..safe_text import shorten, visible
from .findings import expressed, is_few, short_name, standing, voice_name
from .table import Column, Link, Table
from .wording import FEW, count, estimate, interval, listing, number, plural, surely

SCALE: Final = "from −1 (negative) to +1 (positive)"
STATES: Final = {"scored": "scored", "unscored": "named, nothing to score"}
BASES: Final[dict[StanceBasis, str]] = {"voice": "words", "event": "events"}


# --- words over and beneath a chart ---------------------------------------------------------------------------------


def out_of(what: str, shown: int, known: int) -> str:
    """That more are known than drawn; "" where all are drawn."""
    return f"Drawn: the {shown} {what} of {count(known)}; the table holds all." if shown < known else ""


def bar_notes(panels: Sequence[Sequence[Slot]], total: int, what: str, silent: str, *, trend: bool = True) -> list[str]:
    """What each kind of mark means that panels of bars over so many sentences have; ``silent`` is what a tick means."""
    per, slots = per_bar(total), [slot for panel in panels for slot in panel]
    line = f"Line: running mean of {MIN_POINTS} {'sentences' if per == 1 else 'bars'}."
    return [
        f"Bar: a {what} sentence." if per == 1 else f"Bar: mean of the {what} sentences among {per} in a row.",
        "Hollow: too uncertain to call." if any(slot.value is not None and not slot.sure for slot in slots) else "",
        "Block on zero: scored, next to zero." if any(slot.flat for slot in slots) else "",
        f"Tick on zero: {silent}." if any(slot.value is None for slot in slots) else "",
        line if trend and any(map(trend_of, panels)) else "",
    ]


def whiskers(estimates: Iterable[Estimate], where: str = "") -> str:
    """What stands for a mean and its interval, and in rows what colour does; "" where nothing has any."""
    known = [one for one in estimates if one.value is not None]
    kind = next((one.method.split(" over ")[0] for one in known), "")
    colored = not where and any((one.lo or 0.0) > 0 or (one.hi or 0.0) < 0 for one in known)
    colour = " Coloured: the interval lies on one side of zero." if colored else ""
    return f"{where or 'Dot and whiskers'}: mean and {kind}.{colour}" if kind else ""


def coverage(series: Sequence[ToneSeries]) -> str:
    """How many mentions of actors are scored."""
    scored = sum(one.scored_count for one in series)
    return f"{count(scored)} of {plural(sum(one.mention_count for one in series), 'mention')} scored."


def positions_coverage(positions: Sequence[Position]) -> str:
    """How many positions there are, from how many sentences."""
    sentences = {sentence.index for position in positions for sentence in position.sentences}
    return f"{plural(len(positions), 'position')} from {plural(len(sentences), 'sentence')}."


def with_counts(one: ToneSeries) -> str:
    """An estimate with its interval and its counts."""
    value = one.estimate
    told = f"{number(value.value)} ({interval(value)})" if value.value is not None else estimate(value)
    return f"{told}, {count(one.scored_count)} of {count(one.mention_count)} scored"


def source_line(article: Article, method: str, amount: str) -> str:
    """The line beneath a chart of an article: which one, by which method, on how much."""
    title = shorten(visible(article.title), 90)
    known = [shorten(visible(part), 60) for part in (article.outlet, article.date, article.source) if part and part != "text"]
    read = f" ({', '.join(known)})" if known else ""
    return f"Source: “{title}”{read}. Method: {visible(method)}. {amount}"


# --- descriptions ------------------------------------------------------------------------------------------------


def actors_said(series: Sequence[ToneSeries]) -> str:
    """Each actor's estimate and what it rests on."""
    return "; ".join(
        f"{short_name(one.actor.name, 60)}: {estimate(one.estimate)}, "
        f"{count(one.scored_count)} of {plural(one.mention_count, 'mention')} scored"
        for one in series
    )


def positions_said(positions: Sequence[Position], most: int = 6) -> str:
    """The strongest positions."""
    ranked = sorted(positions, key=lambda position: (-abs(position.tone), -len(position.sentences)))
    return f"The strongest: {'; '.join(map(standing, ranked[:most]))}."


# --- tables ------------------------------------------------------------------------------------------------------


def actors_table(series: Sequence[ToneSeries], caption: str) -> Table:
    """A row an actor: its mean with the interval, and the counts behind it."""
    kind = next((one.estimate.method for one in series if one.estimate.value is not None), "no interval")
    return Table(
        [
            (one.actor.name, one.actor.kind, one.mention_count, one.scored_count, value.value, value.lo, value.hi, value.n)
            for one in series
            for value in [one.estimate]
        ],
        columns=["Actor", "Kind", "Mentions", "Scored", "Mean tone", "From", "To", "Distinct scored sentences"],
        caption=caption,
        note=f"From, To: {kind}. –: {FEW} for a mean.",
        csv="actors",
    )


def tones_table(series: Sequence[ToneSeries]) -> Table:
    """A row a sentence that names an actor."""
    return Table(
        [
            (
                *(shorten(one.actor.name, 120), Link.to(point.sentence), point.sentence.section.kind),
                "too uncertain to call" if point.tone is not None and not point.certain else STATES[point.state],
                *(point.tone, len(point.scores)),
            )
            for one in series
            for point in one.points
            if point.state != "absent"
        ],
        columns=["Actor", "Sentence", "Part", "State", "Tone", "Mentions"],
        caption="Tone toward each actor by sentence",
        csv="tone-by-sentence",
    )


def voices_table(ranked: Sequence[tuple[Actor, Sequence[VoicePart]]]) -> Table:
    """A row a voice toward an actor: what it adds to the tone, and its own mean where it has one."""
    rows: list[tuple[object, ...]] = []
    for actor, voices in ranked:
        few = is_few(voices)
        rows += [
            (
                *(actor.name, voice_name(part.voice), len(part.scores), part.share),
                *(None if few else part.contribution, None if is_few([part]) else part.tone),
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


def mentions_table(cast: Cast, mentions: Mapping[str, Sequence[Mention]]) -> Table:
    """A row for each of these actors: how often it is named, in which form, from where to where."""
    forms = (("name", "alias"), ("demonym",), ("role", "pronoun"))
    return Table(
        [
            (
                *(actor.name, actor.kind, len(found), *(sum(mention.form in form for mention in found) for form in forms)),
                [Link.to(found[0].sentence), Link.to(found[-1].sentence)] if found else None,
            )
            for actor in cast.actors
            if (found := mentions.get(actor.name)) is not None
        ],
        columns=["Actor", "Kind", "Mentions", "By name", "By demonym", "By role or pronoun", "First and last sentence"],
        caption="Mentions of each actor",
        note="–: not mentioned.",
        csv="mentions",
    )


def valence_table(parse: Parse, sentiments: Sequence[Sentiment]) -> Table:
    """A row a sentence: its valence and the words behind it."""
    return Table(
        [
            (
                *(Link.to(one.sentence), one.sentence.section.kind, one.valence),
                ", ".join(f"{shorten(parse.text_of(cue), 40)} {number(cue.contribution)}" for cue in one.cues) or None,
            )
            for one in sentiments
        ],
        columns=["Sentence", "Part", "Valence", "Words behind it"],
        caption="Valence of each sentence",
        note="–: no word of the sentence is charged.",
        csv="valence-by-sentence",
    )


def certainty_table(profile: Sequence[tuple[Sentence, float]]) -> Table:
    """A row a sentence: how surely it is stated, in [0, 1]."""
    return Table(
        [(Link.to(sentence), sentence.section.kind, value) for sentence, value in profile],
        columns=["Sentence", "Part", Column("Certainty", form="value")],
        caption="Certainty of each sentence",
        note="1: nothing in the sentence hedges it.",
        csv="certainty-by-sentence",
    )


def positions_table(positions: Sequence[Position], *, caption: str, csv: str) -> Table:
    """A row a position, the most negative first."""
    return Table(
        [
            (
                *(voice_name(one.by), one.target.name, None if len(one.tones) < MIN_POINTS else one.tone, expressed(one)),
                surely(one.probability) if one.by != "narrator" else "in the article’s own words",
                listing(dict.fromkeys(BASES[stance.basis] for stance in one.stances)),
                [Link.to(sentence) for sentence in one.sentences],
            )
            for one in sorted(positions, key=lambda one: (one.tone, -len(one.sentences)))
        ],
        columns=["Holder", "Toward", "Mean tone", "Expressed", "Held", "Shown by", "Which sentences"],
        caption=caption,
        note=f"The most negative first. A pair that is not here: nothing found. –: {FEW} for a mean.",
        csv=csv,
    )

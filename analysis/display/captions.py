"""What stands around charts: the words over and beneath them, what their descriptions say, and their tables.

Every number is the chart's own. None is an en dash, which the note of a table explains. A function whose name ends in
``words`` gives all that one chart says, as ``finish`` of the charts takes it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Final, NotRequired, Protocol, TypedDict

from ..constants import CLEAR_TONE, MIN_POINTS
from ..estimates import Slot, Specification, per_bar, slots_of, survivals, trend_of
from ..model import (
    Actor,
    Article,
    Cast,
    Estimate,
    Mention,
    MentionForm,
    Parse,
    Position,
    Sentence,
    Sentiment,
    StanceBasis,
    ToneSeries,
    VoicePart,
)
from ..safe_text import shorten, visible
from .findings import (
    cast_title,
    certainty_title,
    expressed,
    has_mean,
    is_few,
    is_hedged,
    matrix_title,
    network_title,
    position_line,
    ranking_title,
    sentiment_title,
    short_name,
    survival_line,
    tone_title,
    voice_name,
    voices_title,
)
from .table import Column, Link, Table
from .wording import FEW, count, estimate, interval, listing, number, plural, surely

SCALE: Final = "from −1 (negative) to +1 (positive)"
STATES: Final = {"scored": "scored", "unscored": "named, nothing to score"}
BASES: Final[dict[StanceBasis, str]] = {"voice": "words", "event": "events"}
NOBODY: Final = "No person, country or organisation was found."
NO_POSITION: Final = "No position was found."
FORMS: Final[dict[str, tuple[str, tuple[MentionForm, ...]]]] = {
    "name": ("name or alias", ("name", "alias")),
    "demonym": ("demonym", ("demonym", "origin")),
    "stand-in": ("role or pronoun", ("role", "pronoun")),
}
"""The forms of mentions that are told apart: what they are called, and what falls under them."""
UNCHARGED: Final = "no charged word"


class Analysed(Protocol):
    """What the words of a chart ask of an opened article."""

    @property
    def article(self) -> Article: ...
    @property
    def method(self) -> str: ...
    @property
    def parse(self) -> Parse: ...


class Words(TypedDict):
    """All that a chart says.

    Attributes:
        title: the finding.
        subtitle: sentences on what is drawn; those that are empty are left out.
        source: the line beneath.
        alt: the chart in words.
        table: the same numbers, one table or several.
        name: what its files are called.
        empty: what stands in its place where there is nothing to draw; "" where there is.
    """

    title: str
    subtitle: str | Sequence[str]
    source: str
    alt: str
    table: Table | Sequence[Table]
    name: NotRequired[str]
    empty: NotRequired[str]


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
    known = [value for value in estimates if value.value is not None]
    kind = next((value.method.split(" over ")[0] for value in known), "")
    colored = not where and any((value.lo or 0.0) > 0 or (value.hi or 0.0) < 0 for value in known)
    colour = " Coloured: the interval lies on one side of zero." if colored else ""
    return f"{where or 'Dot and whiskers'}: mean and {kind}.{colour}" if kind else ""


def coverage(series: Sequence[ToneSeries]) -> str:
    """How many mentions of actors are scored."""
    scored = sum(tones.scored_count for tones in series)
    return f"{count(scored)} of {plural(sum(tones.mention_count for tones in series), 'mention')} scored."


def positions_coverage(positions: Sequence[Position]) -> str:
    """How many positions there are, from how many sentences."""
    sentences = {sentence.index for position in positions for sentence in position.sentences}
    return f"{plural(len(positions), 'position')} from {plural(len(sentences), 'sentence')}."


def with_counts(tones: ToneSeries) -> str:
    """An estimate with its interval and its counts."""
    value = tones.estimate
    mean = f"{number(value.value)} ({interval(value)})" if value.value is not None else estimate(value)
    return f"{mean}, {count(tones.scored_count)} of {count(tones.mention_count)} scored"


def source_line(study: Analysed, amount: str) -> str:
    """The line beneath a chart of an article: which one, by which method, on how much."""
    article = study.article
    title = shorten(visible(article.title), 90)
    known = [shorten(visible(part), 60) for part in (article.outlet, article.date, article.source) if part and part != "text"]
    read = f" ({', '.join(known)})" if known else ""
    return f"Source: “{title}”{read}. Method: {visible(study.method)}. {amount}"


# --- all that each chart says --------------------------------------------------------------------------------------


def tone_words(
    study: Analysed, series: Sequence[ToneSeries], shown: Sequence[ToneSeries], panels: Sequence[Sequence[Slot]], overlay: bool
) -> Words:
    """Of the panels of those shown among all actors asked for, with what stands in each; ``overlay``: two in one panel."""
    total, title = len(study.parse.sentences), tone_title(series)
    drawn = f"{plural(1 if overlay else len(shown), 'panel')}, one an actor by first mention, a bar a scored sentence"
    return Words(
        title=title,
        subtitle=[
            f"Tone of the wording toward each actor, {SCALE}.",
            *bar_notes(panels, total, "scored", STATES["unscored"], trend=not overlay),
            f"Disc: the same for {short_name(shown[1].actor.name)}." if overlay else "",
            "" if overlay else whiskers((tones.estimate for tones in shown), "At the right"),
            out_of("actors named most", len(shown), len(series)),
        ],
        source=source_line(study, coverage(series)),
        alt=f"{title}. {drawn}, {SCALE}, over {plural(total, 'sentence')}. {actors_said(shown)}.",
        table=(actors_table(series, "Tone toward each actor"), tones_table(series)),
        name="tone",
        empty="" if shown else NOBODY,
    )


def ranking_words(study: Analysed, ranked: Sequence[ToneSeries], shown: Sequence[ToneSeries]) -> Words:
    """Of the rows of those shown among the actors by mentions."""
    title, scored = ranking_title(ranked), any(point.tone is not None for tones in shown for point in tones.points)
    return Words(
        title=title,
        subtitle=[
            f"Mean tone of the wording toward each actor, {SCALE}; most named first.",
            whiskers(tones.estimate for tones in shown),
            "Fine lines: scored sentences." if scored else "",
            out_of("actors named most", len(shown), len(ranked)),
        ],
        source=source_line(study, coverage(ranked)),
        alt=f"{title}. A row an actor by mentions, mean tone {SCALE}. {actors_said(shown)}.",
        table=actors_table(ranked, "Actors by mentions, with their tone"),
        name="ranking",
        empty="" if shown else NOBODY,
    )


def mentions_words(
    study: Analysed, cast: Cast, mentions: Mapping[str, Sequence[Mention]], shown: Sequence[str], thin: bool
) -> Words:
    """Of the mentions of the actors shown, among all asked for; ``thin``: not every mark is drawn."""
    title, total = cast_title(cast), sum(map(len, mentions.values()))
    counts = listing(f"{shorten(visible(name), 60)} {count(len(mentions[name]))}" for name in shown)
    return Words(
        title=title,
        subtitle=[
            f"A mark a mention, over {plural(len(cast.parse.sentences), 'sentence')}, actors by first mention.",
            "Marks that would hide each other are drawn once." if thin else "",
            out_of("actors named most", len(shown), len(mentions)),
        ],
        source=source_line(study, f"{plural(total, 'mention')} of {plural(len(mentions), 'actor')}."),
        alt=f"{title}. Where each actor is mentioned, a row an actor; mentions: {counts}.",
        table=mentions_table(cast, mentions),
        name="mentions",
        empty="" if shown else NOBODY,
    )


def sentiment_words(study: Analysed, sentiments: Sequence[Sentiment]) -> Words:
    """Of the charge of every sentence."""
    charged = [(value, sentiment.sentence) for sentiment in sentiments if (value := sentiment.valence) is not None]
    title, (lowest, low) = sentiment_title(sentiments), min(charged, key=itemgetter(0), default=(0.0, None))
    above, below = (sum(value * sign > 0 for value, _ in charged) for sign in (1, -1))
    total = len(sentiments)
    slots = slots_of([sentiment.valence for sentiment in sentiments], [True] * total)
    return Words(
        title=title,
        subtitle=[
            f"Valence of the words, {SCALE}, whatever they are about.",
            *bar_notes([slots], total, "charged", UNCHARGED),
        ],
        source=source_line(study, f"{count(len(charged))} of {plural(total, 'sentence')} charged."),
        alt=f"{title}. A bar a charged sentence, {SCALE}, over {plural(total, 'sentence')}: {count(above)} positive, "
        f"{count(below)} negative, {count(total - len(charged))} without a charged word. "
        f"Lowest: {number(lowest)} in sentence {count(low.index + 1) if low else 0}.",
        table=valence_table(study.parse, sentiments),
        name="sentiment",
        empty="" if charged else "No charged word was found.",
    )


def certainty_words(study: Analysed, profile: Sequence[tuple[Sentence, float]]) -> Words:
    """Of the certainty of every sentence."""
    hedged, total = [(value, sentence) for sentence, value in profile if is_hedged(value)], len(profile)
    title, (least, low) = certainty_title(profile), min(hedged, key=itemgetter(0), default=(1.0, None))
    per = per_bar(total)
    bar = "a hedged sentence" if per == 1 else f"the mean of {per} sentences in a row"
    return Words(
        title=title,
        subtitle=[
            "Certainty of each sentence, from 0 to 1 (nothing hedges it).",
            f"Bar down from 1: {bar}, as long as what the hedges take away.",
        ],
        source=source_line(study, f"{count(len(hedged))} of {plural(total, 'sentence')} hedged."),
        alt=f"{title}. A bar down from 1 for each hedged sentence, on a scale from 0 to 1, over {plural(total, 'sentence')}: "
        f"{count(len(hedged))} hedged. Lowest: {least:.2f} in sentence {count(low.index + 1) if low else 0}.",
        table=certainty_table(profile),
        name="certainty",
        empty="" if hedged else "No hedge was found.",
    )


Voices = Sequence[tuple[Actor, Sequence[VoicePart]]]


def voices_words(study: Analysed, ranked: Voices, shown: Voices) -> Words:
    """Of the voices toward those shown among all actors, of whom some are scored in too few sentences."""
    title, total, scored = (
        voices_title(ranked),
        sum(map(mentions_in, (parts for _, parts in ranked))),
        sum(bool(parts) for _, parts in ranked),
    )
    enough = sum(not is_few(parts) for _, parts in ranked)
    lines, exact = [], True
    for actor, voices in shown:
        mean, shares = math.fsum(part.contribution for part in voices), own_and_quoted(voices)
        said = listing(f"{name} {number(contribution)} ({plural(amount, 'mention')})" for name, amount, contribution in shares)
        lines.append(f"{short_name(actor.name, 60)} {number(mean)}: {said}")
        exact &= sum(round(100 * (contribution or 0)) for *_, contribution in shares) == round(100 * mean)
    few = f"{FEW.capitalize()} for a mean toward any actor."
    return Words(
        title=title,
        subtitle=[
            f"Tone of the wording toward each actor, {SCALE}.",
            "Dot: the whole, the sum of the two bars beneath. Bars: what narrator and sources add to it.",
            f"Left out: {plural(scored - enough, 'actor')} with fewer than {MIN_POINTS} scored sentences."
            if scored > enough
            else "",
            "" if exact else "Numbers are rounded.",
            out_of("actors with most scored mentions", len(shown), enough),
        ],
        source=source_line(study, f"{plural(total, 'scored mention')} of {plural(scored, 'actor')}."),
        alt=f"{title}. A block an actor, {SCALE}. {'; '.join(lines)}.",
        table=voices_table(ranked),
        name="voices",
        empty="" if shown else few if total else "Nothing was scored, in any voice.",
    )


def own_and_quoted(voices: Sequence[VoicePart]) -> list[tuple[str, int, float | None]]:
    """The narrator's part and that of all sources together: mentions, and what they add; None where there is no mention."""
    own = [part for part in voices if part.voice == "narrator"]
    groups = (("narrator", own), ("sources", [part for part in voices if part.voice != "narrator"]))
    return [
        (name, mentions_in(group), math.fsum(part.contribution for part in group) if group else None) for name, group in groups
    ]


def mentions_in(voices: Sequence[VoicePart]) -> int:
    """How many scored mentions some voices hold."""
    return sum(len(part.scores) for part in voices)


Definitions = Sequence[tuple[Specification, str, Estimate]]


def specification_words(study: Analysed, specs: Sequence[Specification], who: str, definitions: Definitions) -> Words:
    """Of the mean toward one actor, by name, under each definition; "" where there is no such actor."""
    survived = next((survival_line(survival) for survival in survivals(specs) if survival.actor == who), "")
    few = f"{FEW.capitalize()} for a mean toward {short_name(who or 'any actor')}"
    title = survived.partition(";")[0].removesuffix(".") or few
    means = [f"{spec.name}: {estimate(value)}" for spec, _, value in definitions]
    return Words(
        title=title,
        subtitle=[
            f"Mean tone of the wording toward {short_name(who or 'an actor')}, {SCALE}, under each definition. n: sentences.",
            whiskers(value for *_, value in definitions),
        ],
        source=source_line(study, f"{len(specs) - 1} other definitions."),
        alt=f"{title}. A row a definition, {SCALE}. {'; '.join(means)}.",
        table=Table(
            [(choice, spec.name, value, value.n) for spec, choice, value in definitions],
            columns=["what is chosen", "how", "mean tone", "sentences"],
            caption=f"Mean tone toward {who or 'nobody'} under each definition",
            csv="definitions",
        ),
        name="specifications",
        empty="" if definitions else f"A mean takes {MIN_POINTS} scored sentences.",
    )


def matrix_words(study: Analysed, positions: Sequence[Position], rows: Sequence[str], columns: Sequence[str]) -> Words:
    """Of a matrix of positions, with the holders and targets drawn."""
    drawn = [position for position in positions if position.by in rows and position.target.name in columns]
    title, means = matrix_title(positions), sum(map(has_mean, drawn))
    return Words(
        title=title,
        subtitle=[
            f"Rows: who speaks or acts; columns: toward whom; n: sentences. {SCALE[0].upper()}{SCALE[1:]}.",
            f"Number and bar: mean tone of {MIN_POINTS} sentences or more." if means else "",
            "A sign and strokes: fewer, a stroke a sentence." if len(drawn) > means else "",
            "Struck through: the actor itself." if set(rows) & set(columns) else "",
            out_of("holders in most sentences", len(rows), len({position.by for position in positions})),
            out_of("targets in most sentences", len(columns), len({position.target.name for position in positions})),
        ],
        source=source_line(study, positions_coverage(positions)),
        alt=f"{title}. A row a holder ({plural(len(rows), 'row')}), a column a target ({plural(len(columns), 'column')}), "
        f"{plural(len(drawn), 'cell')} filled. {positions_said(positions)}",
        table=positions_table(positions, caption="Positions of each holder", csv="positions"),
        name="positions",
        empty="" if positions else NO_POSITION,
    )


def network_words(
    study: Analysed, among: Sequence[Position], names: Sequence[str], arrows: Sequence[Position], most: int
) -> Words:
    """Of the positions among actors, with the actors drawn; of the arrows between those, at most so many are."""
    title, drawn = network_title(among), arrows[:most]
    return Words(
        title=title,
        subtitle=[
            "An arrow from who speaks or acts to whom it is about; the wider, the stronger.",
            f"Thin and hollow: within {CLEAR_TONE:.2f} of zero, {SCALE}. The narrator is left out.",
            out_of(
                "actors in most sentences", len(names), len({name for held in among for name in (held.by, held.target.name)})
            ),
            out_of("strongest arrows", len(drawn), len(arrows)),
        ],
        source=source_line(study, positions_coverage(among)),
        alt=f"{title}. {plural(len(names), 'actor')} on an ellipse, {plural(len(drawn), 'arrow')} between them. "
        f"{positions_said(among)}",
        table=positions_table(among, caption="Positions of actors toward each other", csv="positions-of-actors"),
        name="network",
        empty="" if among else NO_POSITION,
    )


def signs_of(position: Position) -> str:
    """On which sides of zero the sentences of a position lie clearly: "−", "+", both, or "0"."""
    sides = [sign for sign, side in (("−", -1), ("+", 1)) if any(tone * side >= CLEAR_TONE for tone in position.tones)]
    return "".join(sides) or "0"


# --- descriptions ------------------------------------------------------------------------------------------------


def actors_said(series: Sequence[ToneSeries]) -> str:
    """Each actor's estimate and what it rests on."""
    return "; ".join(
        f"{short_name(tones.actor.name, 60)}: {estimate(tones.estimate)}, "
        f"{count(tones.scored_count)} of {plural(tones.mention_count, 'mention')} scored"
        for tones in series
    )


def positions_said(positions: Sequence[Position], most: int = 6) -> str:
    """The strongest positions."""
    ranked = sorted(positions, key=lambda position: (-abs(position.tone), -len(position.sentences)))
    return f"The strongest: {'; '.join(map(position_line, ranked[:most]))}."


def slot_said(slot: Slot, sentence: Sentence, silent: str) -> str:
    """Which sentences a bar stands for, and its number; ``silent`` is what one without a value is called."""
    first, last, value, scored, *_ = slot
    where = f"Sentence {count(sentence.index + 1)}" if first == last else f"Sentences {count(first)} to {count(last)}"
    return f"{where}: {silent if value is None else f'{scored} scored sentences' if 1 < scored < MIN_POINTS else number(value)}"


def certainty_said(sentence: Sentence, value: float) -> str:
    """A sentence and how surely it is stated."""
    return f"Sentence {count(sentence.index + 1)}: certainty {value:.2f}"


def position_said(position: Position) -> str:
    """A position and where it is found first."""
    return f"{position_line(position)}, first in sentence {count(position.sentences[0].index + 1)}"


# --- tables ------------------------------------------------------------------------------------------------------


def actors_table(series: Sequence[ToneSeries], caption: str) -> Table:
    """A row an actor: its mean with the interval, and the counts behind it."""
    kind = next((tones.estimate.method for tones in series if tones.estimate.value is not None), "no interval")
    return Table(
        [
            (
                *(tones.actor.name, tones.actor.kind, tones.mention_count, tones.scored_count),
                *(value.value, value.lo, value.hi, value.n),
            )
            for tones in series
            for value in [tones.estimate]
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
                *(shorten(tones.actor.name, 120), Link.to(point.sentence), point.sentence.section.kind),
                "too uncertain to call" if point.tone is not None and not point.certain else STATES[point.state],
                *(point.tone, len(point.scores)),
            )
            for tones in series
            for point in tones.points
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
    forms = [Column(name, sparse=True) for name in ("By name", "By demonym", "By role or pronoun")]
    return Table(
        [
            (
                *(
                    actor.name,
                    actor.kind,
                    len(own),
                    *(sum(mention.form in form for mention in own) for _, form in FORMS.values()),
                ),
                [Link.to(own[0].sentence), Link.to(own[-1].sentence)] if own else None,
            )
            for actor in cast.actors
            if (own := mentions.get(actor.name)) is not None
        ],
        columns=["Actor", "Kind", "Mentions", *forms, "First and last sentence"],
        caption="Mentions of each actor",
        note="–: not mentioned.",
        csv="mentions",
    )


def valence_table(parse: Parse, sentiments: Sequence[Sentiment]) -> Table:
    """A row a sentence: its valence and the words behind it."""
    return Table(
        [
            (
                *(Link.to(sentiment.sentence), sentiment.sentence.section.kind, sentiment.valence),
                ", ".join(f"{shorten(parse.text_of(cue), 40)} {number(cue.contribution)}" for cue in sentiment.cues) or None,
            )
            for sentiment in sentiments
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
                *(voice_name(position.by), position.target.name, position.tone if has_mean(position) else None),
                expressed(position),
                surely(position.probability) if position.by != "narrator" else "in the article’s own words",
                listing(dict.fromkeys(BASES[stance.basis] for stance in position.stances)),
                [Link.to(sentence) for sentence in position.sentences],
            )
            for position in sorted(positions, key=lambda position: (position.tone, -len(position.sentences)))
        ],
        columns=["Holder", "Toward", "Mean tone", "Expressed", "Held", "Shown by", "Which sentences"],
        caption=caption,
        note=f"The most negative first. A pair that is not here: nothing found. –: {FEW} for a mean.",
        csv=csv,
    )

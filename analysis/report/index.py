"""The page in front of a report: what was found, the article with its tone in the margin, and the data to take away.

The templates hold the layout; what they show is made here. Text from the article reaches them through Jinja's
escaping or ``marked``, and through ``visible``, which gives a sign to every character that would hide or reorder.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from .. import __version__
from ..constants import MIN_POINTS
from ..display import NO_WORDS, anchor, finding, listing, number, plural, stylesheet, summary, together, without_style
from ..language import words
from ..model import Cue, Mention, Sentence, ToneScore, ToneSeries
from ..safe_text import safe, shorten, visible
from .downloads import downloads
from .page import POLICY, environment, lean, title_of

if TYPE_CHECKING:
    from ..study import Study
CARD_CHARS = 260
"""A card shows so much of a notebook's answer; the page behind it shows it whole."""


@dataclass(frozen=True, slots=True)
class Card:
    """A notebook as the index page shows it."""

    href: str
    title: str
    answer: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What can be said of one actor: a sentence, and a gauge where there is an estimate."""

    name: str
    sentence: str
    gauge: Markup


@dataclass(frozen=True, slots=True)
class Note:
    """A line in the margin: an actor (or the whole sentence) and the number, with the sign that colours it.

    voice: whose words they are where they are not the narrator's, else "".
    """

    name: str
    number: str
    sign: str
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Pushes:
    """The words behind one number of a margin, each with its push; together they make ``total``."""

    name: str
    words: tuple[tuple[str, str], ...]
    total: str

    @property
    def sums(self) -> bool:
        """Whether there is something to add up: one word alone is the total."""
        return len(self.words) > 1


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence of the article with its margin.

    first: it begins a section. unscored: named, with nothing to score. pushes: the words behind the margin's numbers.
    """

    ident: str
    number: int
    kind: str
    first: bool
    text: Markup
    notes: tuple[Note, ...]
    unscored: tuple[str, ...]
    pushes: tuple[Pushes, ...]


def index_parts(study: Study) -> dict[str, Any]:
    """Everything the index page shows but the cards: made while the notebooks still run.

    Args:
        study: the opened article; everything it computes is taken from the cache where it is there.

    Returns:
        What the template asks for, by name.
    """
    from ..charts import tone_panels

    article, series = study.article, study.series
    found = findings(series)
    chart = tone_panels(series, article=article, method=study.method)._repr_html_() if series else ""
    return {
        "policy": POLICY,
        "wordless": "" if any(score.cues is not None for score in study.scores) or not study.scores else NO_WORDS,
        "stylesheet": Markup(stylesheet()),  # noqa: S704 - our own rules
        "article": {key: visible(value) for key, value in study.card().items()},
        "meta": _meta(study),
        "notes": [visible(note) for note in article.notes],
        "summary": summary(series),
        "findings": [item for item in found if item.gauge],
        "few": [item for item in found if not item.gauge],
        "panels": Markup(together(without_style(chart))),  # noqa: S704 - the chart escapes its texts
        "rows": list(rows(study)),
        "downloads": downloads(study),
        "version": __version__,
        "least": MIN_POINTS,
    }


def index_page(parts: dict[str, Any], cards: Sequence[Card]) -> str:
    """The index page of a report, complete in one file.

    Args:
        parts: from ``index_parts``. cards: one for each notebook's page.

    Returns:
        HTML.
    """
    return lean(environment().get_template("report.html.j2").render(cards=cards, **parts))


def card(path: Path, notebook: Any) -> Card:
    """The card of an executed notebook: its title and what its ``answer`` cells say, in whole paragraphs as they fit."""
    said = [
        line
        for cell in notebook.cells
        if cell.cell_type == "code" and "answer" in cell.metadata.get("tags", [])
        for output in cell.outputs
        for line in visible(output.get("data", {}).get("text/plain", "")).splitlines()
    ]
    kept = shorten(said[0], CARD_CHARS) if said else ""
    for line in said[1:]:
        if len(kept) + len(line) >= CARD_CHARS:
            break
        kept += f" {line}"
    return Card(f"{path.stem}.html", title_of(path), together(kept))


def _meta(study: Study) -> str:
    parts = [
        plural(len(words(study.parse)), "word"),
        plural(len(study.parse.sentences), "sentence"),
        plural(len(study.series), "actor"),
        f"read from {visible(study.article.source)}",
    ]
    return " · ".join(parts)


def findings(series: Sequence[ToneSeries]) -> list[Finding]:
    """One sentence an actor: those that can be summarised first, then by mentions."""
    order = sorted(series, key=lambda item: (item.estimate.value is None, -item.scored_count, -item.mention_count))
    return [Finding(visible(item.actor.name), together(finding(item)), _gauge(item)) for item in order]


def _gauge(item: ToneSeries) -> Markup:
    """The estimate on the scale from -1 to +1: zero, interval, mean. Hidden from readers of text: the sentence says it."""
    estimate = item.estimate
    if estimate.value is None or estimate.lo is None or estimate.hi is None:
        return Markup()

    def place(value: float) -> str:
        return f"{76 + 72 * value:.1f}"

    return Markup(
        '<svg class="gauge" viewBox="0 0 152 26" aria-hidden="true" focusable="false">'
        '<path d="M4 13H148" stroke="currentColor" stroke-opacity=".3"/>'
        '<path d="M76 4V22" stroke="currentColor" stroke-width="1.5"/><g class="{}">'
        '<path d="M{} 13H{}" stroke="currentColor" stroke-width="4"/>'
        '<circle cx="{}" cy="13" r="6" fill="currentColor"/></g></svg>'
    ).format(estimate.side, place(estimate.lo), place(estimate.hi), place(estimate.value))


def rows(study: Study) -> Iterable[Row]:
    """The article sentence by sentence: mentions and scored words marked, tone and valence in the margin."""
    text = study.article.text
    mentions: dict[int, list[Mention]] = {}
    cues: dict[int, list[Cue]] = {}
    notes: dict[int, list[Note]] = {}
    for mention in study.cast.mentions:
        mentions.setdefault(mention.sentence.index, []).append(mention)
    for score in study.scores:
        cues.setdefault(score.mention.sentence.index, []).extend((score.cues or ()) if _told(score) else ())
    unscored: dict[int, list[str]] = {}
    pushes: dict[int, list[Pushes]] = {}
    for item in study.series:
        for point in item.points:
            if point.tone is not None:
                name = visible(item.actor.name)
                notes.setdefault(point.sentence.index, []).append(_note(name, point.tone, [s.voice for s in point.scores]))
                behind = [score.cues or () for score in point.scores if score.tone is not None]
                if any(map(_told, point.scores)):
                    pushes.setdefault(point.sentence.index, []).append(_pushes(text, name, point.tone, behind))
            elif point.state == "unscored":
                unscored.setdefault(point.sentence.index, []).append(visible(item.actor.name))
    section = None
    for sentiment in study.sentiments:
        sentence, place = sentiment.sentence, sentiment.sentence.index
        valence = [] if sentiment.valence is None else [_note("whole sentence", sentiment.valence)]
        whole = [_pushes(text, "whole sentence", sentiment.valence, [sentiment.cues])] if sentiment.cues else []
        yield Row(
            anchor(sentence),
            place + 1,
            sentence.section.kind,
            sentence.section is not section,
            marked(text, sentence, mentions.get(place, []), cues.get(place, [])),
            (*notes.get(place, ()), *valence),
            tuple(unscored.get(place, ())),
            _merged([*pushes.get(place, ()), *whole]),
        )
        section = sentence.section


def _told(score: ToneScore) -> bool:
    """Whether a score has words behind it; a cue on the mention itself says nothing."""
    here = (score.mention.start, score.mention.end)
    return any((cue.start, cue.end) != here for cue in score.cues or ())


def _note(name: str, value: float, voices: Iterable[str | None] = ()) -> Note:
    sign = "positive" if value >= 0.005 else "negative" if value <= -0.005 else ""
    given = sorted({voice or "narrator" for voice in voices})
    said = [] if "narrator" in given else ["nobody named" if voice == "unnamed" else visible(voice) for voice in given]
    return Note(name, number(value), sign, listing(said) if said else "")


def _pushes(text: str, name: str, total: float | None, behind: Sequence[Sequence[Cue]]) -> Pushes:
    """The mean pushes of the words behind a mean of scores, strongest first; they sum to it as each score's do to its tone."""
    sums: dict[tuple[int, int], float] = {}
    for cues in behind:
        for cue in cues:
            sums[cue.start, cue.end] = sums.get((cue.start, cue.end), 0.0) + cue.push / len(behind)
    order = sorted(sums.items(), key=lambda item: (-abs(item[1]), item[0]))
    found = tuple((visible(shorten(text[start:end], 60)), number(push)) for (start, end), push in order)
    return Pushes(name, found, number(total))


def _merged(items: Sequence[Pushes]) -> tuple[Pushes, ...]:
    """Those with the same words and pushes told once, under all their names."""
    groups: dict[tuple[tuple[tuple[str, str], ...], str], list[str]] = {}
    for item in items:
        if item.words:
            groups.setdefault((item.words, item.total), []).append(item.name)
    return tuple(Pushes(", ".join(names), words, total) for (words, total), names in groups.items())


def marked(text: str, sentence: Sentence, mentions: Sequence[Mention], cues: Sequence[Cue]) -> Markup:
    """A sentence with its mentions marked and the words that made scores underlined, thicker where they weigh more.

    Args:
        text: the article's text. sentence: the part of it to show.
        mentions: marked. cues: underlined; those with the same span count together.

    Returns:
        HTML; spans may overlap, as the text is cut wherever one begins or ends.
    """
    pushes: dict[tuple[int, int], float] = {}
    for cue in cues:
        pushes[cue.start, cue.end] = max(pushes.get((cue.start, cue.end), 0.0), cue.push, key=abs)
    spans = [(item.start, item.end) for item in mentions]
    edges = {sentence.start, sentence.end, *(edge for span in (*spans, *pushes) for edge in span)}
    cuts = sorted(edge for edge in edges if sentence.start <= edge <= sentence.end)
    pieces: list[tuple[bool, str, str]] = []
    for start, end in pairwise(cuts):
        push = max((value for (a, b), value in pushes.items() if a <= start and end <= b), key=abs, default=0.0)
        weight = f"{'neg ' if push < 0 else ''}w{1 + (abs(push) >= 0.15) + (abs(push) >= 0.35)}" if push else ""
        pieces.append((any(a <= start and end <= b for a, b in spans), weight, text[start:end]))
    parts = []
    for mark, run in groupby(pieces, key=lambda piece: piece[0]):
        shown = Markup()
        for weight, alike in groupby(run, key=lambda piece: piece[1]):
            words = Markup(safe("".join(piece[2] for piece in alike)))  # noqa: S704 - safe escapes
            shown += Markup('<u class="{}">{}</u>').format(weight, words) if weight else words
        parts.append(Markup("<mark>{}</mark>").format(shown) if mark else shown)
    return Markup().join(parts)

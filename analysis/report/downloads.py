"""Data to take away: the mentions as CSV and everything as JSON."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..display import Table, number
from ..model import Series

if TYPE_CHECKING:
    from ..study import Study
PACKED_BYTES = 30_000
"""A download larger than this is packed, so that the page around it stays light."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file carried in the page itself."""

    name: str
    label: str
    href: str


def downloads(study: Study) -> list[Download]:
    """The scored mentions as CSV and everything as JSON, each in a ``data:`` address."""
    table, everything = mentions_csv(study), everything_json(study)
    ident = study.article.id
    return [
        _download(f"{ident}-mentions.csv", "Every mention with its score, CSV", "text/csv", table),
        _download(f"{ident}.json", "Everything that was found, JSON", "application/json", everything),
    ]


def _download(name: str, label: str, kind: str, content: str) -> Download:
    raw = content.encode("utf-8", "backslashreplace")
    size = f"{max(1, round(len(raw) / 1000)):,} KB"
    if len(raw) > PACKED_BYTES:
        import gzip

        raw, name, kind, size = gzip.compress(raw, mtime=0), f"{name}.gz", "application/gzip", f"packed, {size} unpacked"
    href = f"data:{kind if kind.endswith('gzip') else f'{kind};charset=utf-8'};base64,{base64.b64encode(raw).decode()}"
    return Download(name, f"{label} ({size})", href)


_COLUMNS = (
    *("sentence", "section", "actor", "kind", "form", "words", "start", "end"),
    *("tone", "negative", "neutral", "positive", "voice", "certainty", "scorer", "scored words", "sentence text"),
)


def mentions_csv(study: Study) -> str:
    """Every mention: where, who, its score, its words. Numbers are empty where nothing could be scored."""
    text = study.article.text
    lines = []
    for score in study.scores:
        mention, sentence = score.mention, score.mention.sentence
        chances = (score.negative, score.neutral, score.positive) if score.tone is not None else (None, None, None)
        words = "; ".join(f"{text[cue.start : cue.end]} {number(cue.push, digits=3)}" for cue in score.cues or ())
        lines.append(
            (
                *(sentence.index + 1, sentence.section.kind, mention.actor.name, mention.actor.kind, mention.form),
                *(text[mention.start : mention.end], mention.start, mention.end, score.tone, *chances),
                *(score.voice or "", score.certainty, score.scorer, words, text[sentence.start : sentence.end]),
            )
        )
    return Table(lines, columns=_COLUMNS, caption="Every mention").csv_text


def everything_json(study: Study) -> str:
    """The article with its actors, mentions, scores, voices and stances; all places are offsets into ``text``."""
    article = study.article
    scores = [
        {
            "actor": score.mention.actor.name,
            "sentence": score.mention.sentence.index + 1,
            "start": score.mention.start,
            "end": score.mention.end,
            "form": score.mention.form,
            "rule": score.mention.rule,
            "tone": _short(score.tone),
            "probabilities": [_short(score.negative), _short(score.neutral), _short(score.positive)],
            "voice": score.voice,
            "certainty": _short(score.certainty),
            "cues": None if score.cues is None else [[cue.start, cue.end, _short(cue.push), cue.rule] for cue in score.cues],
        }
        for score in study.scores
    ]
    found = {
        **{key: value for key, value in study.card().items() if key != "chosen"},
        "text": article.text,
        "sections": [[section.kind, section.start, section.end] for section in article.sections],
        "sentences": [[item.sentence.start, item.sentence.end, _short(item.valence)] for item in study.sentiments],
        "actors": [_actor(item) for item in study.series],
        "mentions": scores,
        "voices": [[voice.start, voice.end, voice.kind, voice.speaker] for voice in study.discourse.voices],
        "stances": [[s.by, s.target.name, _short(s.tone), s.sentence.index + 1, s.basis] for s in study.stances],
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def _actor(item: Series) -> dict[str, Any]:
    estimate = item.estimate
    return {
        "name": item.actor.name,
        "kind": item.actor.kind,
        "aliases": list(item.actor.aliases),
        "mentions": item.mention_count,
        "scored": item.scored_count,
        "tone": _short(estimate.value),
        "interval": [_short(estimate.lo), _short(estimate.hi)],
        "sentences": estimate.n,
        "method": estimate.method,
    }


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 4)

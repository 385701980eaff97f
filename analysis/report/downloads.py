"""Data to take away: the mentions as CSV and everything as JSON."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..study import FRAMES

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


def mentions_csv(study: Study) -> str:
    """Every mention, with the words behind its score and its sentence. Numbers are empty where nothing could be scored."""
    text = study.article.text
    words = [
        "; ".join(f"{text[cue.start : cue.end]} {cue.push:+.3f}" for cue in score.cues or ()) or None for score in study.scores
    ]
    sentences = [study.parse.text_of(score.mention.sentence) for score in study.scores]
    return study.records("mentions").also("words", words).also("sentence_text", sentences).csv()


def everything_json(study: Study) -> str:
    """The article, the records of each frame, and what frames leave out; all places are offsets into ``text``."""
    cues = [score.cues and [[cue.start, cue.end, _short(cue.push), cue.rule] for cue in score.cues] for score in study.scores]
    mentions = study.records("mentions").also("cues", cues).also("rule", [score.mention.rule for score in study.scores])
    found = {
        **{key: value for key, value in study.card().items() if key != "chosen"},
        "text": study.article.text,
        "sections": [[section.kind, section.start, section.end] for section in study.article.sections],
        **{name: study.records(name).dicts() for name in FRAMES if name != "mentions"},
        "mentions": mentions.dicts(),
        "aliases": {actor.name: list(actor.aliases) for actor in study.cast.actors},
        "voices": [[voice.start, voice.end, voice.kind, voice.speaker] for voice in study.discourse.voices],
        "stances": [[s.by, s.target.name, _short(s.tone), s.sentence.index + 1, s.basis] for s in study.stances],
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 4)

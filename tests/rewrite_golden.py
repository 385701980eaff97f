"""Rewrite the golden files that are computed, showing what changes: python -m tests.rewrite_golden

The hand-marked mentions are never rewritten: they say what is right, not what was found.
"""

from __future__ import annotations

import difflib
import json
import sys
from pathlib import Path
from typing import Any

from analysis import open_article
from analysis.study import Study, seed_path

GOLDEN = Path(__file__).parent / "golden"


def sentences(study: Study) -> list[Any]:
    """Each sentence of the seed with the kind of its section."""
    return [[sentence.section.kind, study.parse.text_of(sentence)] for sentence in study.parse.sentences]


def scores(study: Study) -> list[Any]:
    """Each mention of the seed: place, words, actor, who speaks there, how surely, and the tone by each scorer."""
    columns = [study.scores_by(scorer) for scorer in ("vader", "clause", "encoder")]
    rows = []
    for mention, *found in zip(study.cast.mentions, *columns, strict=True):
        tones = [None if score.tone is None else round(score.tone, 4) for score in found]
        told = [found[-1].voice, round(found[-1].certainty, 4)]
        rows.append([mention.start, study.parse.text_of(mention), mention.actor.name, *told, *tones])
    return rows


def attributions(study: Study) -> list[Any]:
    """Who says what in the seed: the words of source, cue and content, the kind, and the rule."""
    text = study.article.text

    def words(spans: Any) -> str:
        return " … ".join(text[start:end] for start, end in spans)

    return [
        [words(item.source), words(item.cue), words(item.content), item.kind, item.rule]
        for item in study.discourse.attributions
    ]


def voices(study: Study) -> list[Any]:
    """The voices of the seed: where each begins and ends, its kind and its speaker."""
    return [[voice.start, voice.end, voice.kind, voice.speaker] for voice in study.discourse.voices]


def hedges(study: Study) -> list[Any]:
    """The hedges of the seed: their words, their kind, the certainty each takes, and the words it bears on."""
    text = study.article.text
    return [
        [text[hedge.start : hedge.end], hedge.kind, hedge.doubt, [text[start:end] for start, end in hedge.scope]]
        for hedge in study.discourse.hedges
    ]


def stances(study: Study) -> list[Any]:
    """Who stands where on whom in the seed: the sentence, holder, target, basis and tone."""
    return [[item.sentence.index, item.by, item.target.name, item.basis, round(item.tone, 4)] for item in study.stances]


COMPUTED = {
    "sentences": sentences,
    "scores": scores,
    "attributions": attributions,
    "voices": voices,
    "hedges": hedges,
    "stances": stances,
}


def path_of(name: str) -> Path:
    """The golden file of one step of the seed article."""
    return GOLDEN / f"{seed_path().stem}.{name}.json"


def as_text(rows: list[Any]) -> str:
    """A row a line, so that a difference can be read."""
    return "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]\n"


def main() -> None:
    study = open_article(seed_path())
    for name, compute in COMPUTED.items():
        path = path_of(name)
        before = path.read_text("utf-8") if path.exists() else ""
        after = as_text(compute(study))
        sys.stdout.writelines(difflib.unified_diff(before.splitlines(True), after.splitlines(True), path.name, path.name))
        path.write_text(after, "utf-8")


if __name__ == "__main__":
    main()

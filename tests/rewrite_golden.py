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
    """Each mention of the seed: its place, its words, its actor, and its tone by each word-list scorer, to four places."""
    columns = [study.scores_by(scorer) for scorer in ("vader", "clause")]
    rows = []
    for mention, *found in zip(study.cast.mentions, *columns, strict=True):
        tones = [None if score.tone is None else round(score.tone, 4) for score in found]
        rows.append([mention.start, study.parse.text_of(mention), mention.actor.name, *tones])
    return rows


COMPUTED = {"sentences": sentences, "scores": scores}


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

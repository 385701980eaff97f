"""How ``constants.CALIBRATION`` was fitted: python training/valence.py

Maximum likelihood over a grid of a tenth, on the first 2,500 targets of NewsMTSC train, both word-list scorers
together. The form is symmetric, so that a mirrored lexicon gives the mirrored tone.
"""

from __future__ import annotations

import json
import os
from itertools import product
from pathlib import Path

import numpy as np

from analysis.tone import valence as sentiment
from analysis.tone.clause import Syntax, clause_charges, parsed

DATA = Path(os.environ.get("TOWARD_DATA", "../shared/data"))
CLASSES = {2.0: 0, 4.0: 1, 6.0: 2}


def targets(path: Path, most: int) -> list[tuple[str, tuple[int, int], int]]:
    """(sentence, span, class) of the first targets whose span is where the file says, or close to it."""
    rows = []
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        text = record["sentence_normalized"]
        for target in record["targets"]:
            start = text.find(target["mention"], max(0, target["from"] - 3))
            if start >= 0:
                rows.append((text, (start, start + len(target["mention"])), CLASSES[target["polarity"]]))
    return rows[:most]


def vader_charges(text: str, _syntax: Syntax, _span: tuple[int, int]) -> list[sentiment.Charge]:
    """Every charged word of the sentence, whatever it is about."""
    return sentiment.charges(text)


def main() -> None:
    rows = targets(DATA / "newsmtsc" / "train.jsonl", 2500)
    syntax = parsed([text for text, _, _ in rows])
    valences, classes = [], []
    for measure in (vader_charges, clause_charges):
        for (text, span, label), tokens in zip(rows, syntax, strict=True):
            valences.append(sentiment.normalise(sum(charge.valence for charge in measure(text, tokens, span))))
            classes.append(label)
    v, y = np.array(valences), np.array(classes)

    def loss(slope: float, spread: float, rest: float) -> float:
        logits = np.stack([spread * abs(v) - slope * v, np.full(len(v), rest), spread * abs(v) + slope * v], axis=1)
        return float(np.mean(np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(v)), y]))

    grid = product(np.arange(0.4, 2.4, 0.1), np.arange(-1.0, 2.0, 0.1), np.arange(-0.6, 1.2, 0.1))
    best = min(grid, key=lambda point: loss(*point))
    print("slope, spread, rest:", *(round(float(value), 1) for value in best), "loss:", round(loss(*best), 4))


if __name__ == "__main__":
    main()

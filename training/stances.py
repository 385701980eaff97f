"""Fits how the evidence for a stance counts together: python -m training.stances (in the project's folder; a few minutes)

Reads ``stances/train.jsonl`` and the articles it marks from the folder named by TOWARD_DATA. Of every pair of actors that
the grammar of a sentence links, the marks say whether the one holds a stance on the other there, and which way. A softmax
over hostile, friendly and neither, with one weight a kind of evidence for both sides, is fitted with a penalty on large
weights; what it does on articles it has not seen is measured by leaving out a fifth of them at a time.

The encoder has learned these articles and is surer of them than of others. So each pair is given the readings of a stranger
instead of its own: of a pair with the same label in a sentence of DSE's valid part, which the encoder has not learned. Its
grammar stays its own. Writes
``analysis/resources/stances/weights.json``; run it again whenever the encoder, the lexicons or the rules change.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis import open_article, read_text
from analysis.constants import DOUBT_FLOOR
from analysis.model import Cast, Mention
from analysis.tone import encoder, score_targets
from analysis.tone.stances import FLOORS, SIDES, Case, Chances, Elsewhere, Key, cases, elsewhere, weighed
from analysis.tone.stances import positions as shown_positions

from . import data as sets

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("TOWARD_DATA", ROOT.parent / "shared" / "data"))
OUT = ROOT / "analysis" / "resources" / "stances" / "weights.json"
PENALTY = 1600.0
"""On the sum of squares of the weights of evidence scaled to one standard deviation. It is large, since a stranger's reading
knows nothing of the grammar beside it: what both say of a pair in truth would be counted twice. Its size was chosen on the
development part; on the train part a smaller one has less loss, for that reason."""
SEED = 20210419
STRANGERS = 4
"""With so many strangers' readings each pair is fitted."""
READ_SHARE = 0.1
"""The share of the penalty on what the models read and on known events."""
SEEN_MIN = 8
"""Evidence seen in fewer cases than this has no weight of its own."""
FOLDS = 5
STEPS = 300

Pair = tuple[str, str]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Marked:
    """One article: the linked cases with their label (-1, 0, 1), and the marked stances summed over its sentences."""

    name: str
    cases: list[Case]
    labels: list[int]
    held: dict[Pair, int]


def lines(name: str) -> list[dict]:  # type: ignore[type-arg]
    with (DATA / name).open(encoding="utf-8") as rows:
        return [json.loads(row) for row in rows]


def marked(part: str) -> Iterator[Marked]:
    """Every article of a part of the marked stances, opened and linked."""
    names = ("wikinews/train.jsonl", "wikinews/dev.jsonl", "usnews/dev.jsonl")
    texts = {row["id"]: row["text"] for name in names for row in lines(name)}
    for row in lines(f"stances/{part}.jsonl"):
        study = open_article(read_text(texts[row["id"]]))
        yield labelled(row, study.cast, cases(study.cast, study.scores))


def labelled(row: Mapping, cast: Cast, linked: list[Case]) -> Marked:  # type: ignore[type-arg]
    """The cases of an article with what its marks say of each."""
    held: Counter[Pair] = Counter()
    here: Counter[tuple[str, str, int]] = Counter()
    for mark in row["stances"]:
        pair = (named(cast.mentions, mark["holder"]), named(cast.mentions, mark["target"]))
        held[pair] += mark["label"]
        start, end = mark["sentence"]
        for sentence in cast.parse.sentences:
            if sentence.start < end and start < sentence.end:
                here[(*pair, sentence.index)] += mark["label"]
    labels = [int(np.sign(here[case.holder.actor.name, case.target.actor.name, case.target.sentence.index])) for case in linked]
    return Marked(row["id"], linked, labels, dict(held))


def named(mentions: Sequence[Mention], spans: Sequence[Sequence[int]]) -> str:
    """The actor whose mention a mark overlaps; the mark itself where none is found."""
    return next((m.actor.name for m in mentions if any(m.start < end and start < m.end for start, end in spans)), str(spans))


# --- readings of sentences that the encoder has not learned -----------------------------------------------------------


@dataclass(frozen=True)
class Reading:
    """What the models read of two names: the wording toward the second, the first toward the second, and back."""

    wording: Chances
    pair: Chances
    back: Chances


def strangers() -> dict[int, list[Reading]]:
    """By label (-1, 0, 1), the readings of DSE's valid pairs whose sentences its train part does not hold, both ways round."""
    learned = {one.text for one in sets.dse("train")}
    rows = [one for one in sets.dse("valid") if one.text not in learned and one.second is not None]
    texts, firsts, seconds = [one.text for one in rows], [one.first for one in rows], [one.second or one.first for one in rows]
    pairs = encoder.score_pairs(texts, firsts, seconds).tolist()
    forth, back = score_targets(texts, seconds).tolist(), score_targets(texts, firsts).tolist()
    found: dict[int, list[Reading]] = {-1: [], 0: [], 1: []}
    for one, pair, toward_second, toward_first in zip(rows, pairs, forth, back, strict=True):
        there, answer = (pair[3], pair[0], pair[1]), (pair[4], pair[0], pair[2])
        found[{1: 1, 3: -1}.get(one.label or 0, 0)].append(Reading(tuple(toward_second), there, answer))
        found[{2: 1, 4: -1}.get(one.label or 0, 0)].append(Reading(tuple(toward_first), answer, there))
    return found


def key(case: Case) -> Key:
    return case.target.sentence.index, case.holder.actor.name, case.target.actor.name


def estranged(articles: Sequence[Marked], readings: Mapping[int, Sequence[Reading]]) -> list[Marked]:
    """The articles, ``STRANGERS`` times over, each case with a reading drawn from those of its label."""
    draw = random.Random(SEED)
    found = []
    for article in articles:
        for _ in range(STRANGERS):
            taken = [draw.choice(readings[label]) for label in article.labels]
            tones = {key(case): case.beside.elsewhere.wording for case in article.cases}
            around = elsewhere({key(case): one.pair for case, one in zip(article.cases, taken, strict=True)}, tones)
            drawn = [estranged_case(case, one, around[key(case)]) for case, one in zip(article.cases, taken, strict=True)]
            found.append(replace(article, cases=drawn))
    return found


def estranged_case(case: Case, reading: Reading, around: Elsewhere) -> Case:
    beside = replace(case.beside, wording=reading.wording, pair=reading.pair, back=reading.back, elsewhere=around)
    return replace(case, beside=beside)


# --- fitting -------------------------------------------------------------------------------------------------------------


def features(articles: Sequence[Marked]) -> list[str]:
    seen = Counter(
        name for article in articles for case in article.cases for name in {n for side in SIDES for n in case.evidence[side]}
    )
    return sorted(name for name, count in seen.items() if count >= SEEN_MIN)


def matrix(articles: Sequence[Marked], names: Sequence[str]) -> tuple[Floats, NDArray[np.int64]]:
    """Cases by sides by evidence, and the labels as 0 hostile, 1 friendly, 2 neither."""
    place = {name: index for index, name in enumerate(names)}
    rows = [case for article in articles for case in article.cases]
    data = np.zeros((len(rows), 2, len(names)))
    for index, case in enumerate(rows):
        for side, evidence in enumerate(case.evidence[side] for side in SIDES):
            for name, value in evidence.items():
                if name in place:
                    data[index, side, place[name]] = value
    labels = [label for article in articles for label in article.labels]
    return data, np.array([{-1: 0, 1: 1, 0: 2}[label] for label in labels], dtype=np.int64)


def chances(data: Floats, weights: Floats) -> Floats:
    scores = np.concatenate([data @ weights, np.zeros((len(data), 1))], axis=1)
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    return scores / scores.sum(axis=1, keepdims=True)


def penalties(names: Sequence[str]) -> Floats:
    """How much each weight is held back: what the models read, and whether an event is known, less than the rest."""
    free = ("wording", "pair, ", "event")
    return np.array([PENALTY * (READ_SHARE if name.startswith(free) else 1.0) for name in names])


def fit(data: Floats, labels: NDArray[np.int64], penalty: Floats) -> Floats:
    """The weights of most probable marks, by gradient steps of adapted size."""
    scale = data.reshape(-1, data.shape[2]).std(axis=0) + 1e-9
    scaled, truth = data / scale, np.eye(3)[labels]
    weights, first, second = np.zeros((3, data.shape[2]))
    for step in range(1, STEPS + 1):
        wrong = (chances(scaled, weights) - truth)[:, :2]
        slope = np.einsum("nk,nkd->d", wrong, scaled) + penalty * weights
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        weights = weights - 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    found: Floats = weights / scale
    return found


# --- measuring ---------------------------------------------------------------------------------------------------------


def positions(article: Marked, rows: Floats, floor: float | None = None) -> dict[Pair, tuple[int, float]]:
    """Side and probability of each position that an article's cases make above a floor, or as it is shown."""
    held = [weighed(case, (row[0], row[2], row[1])).stance for case, row in zip(article.cases, rows.tolist(), strict=True)]
    held = [stance for stance in held if stance.probability >= DOUBT_FLOOR]
    return {
        (one.by, one.target.name): (1 if one.tone > 0 else -1, one.probability) for one in shown_positions(held, floor=floor)
    }


def measured(articles: Sequence[Marked], rows: Sequence[Floats], floor: float | None = None) -> dict[str, float]:
    """Precision and recall of the positions of whole articles, as they are shown."""
    right = stated = held = 0
    for article, chance in zip(articles, rows, strict=True):
        found = positions(article, chance, floor)
        right += sum(article.held.get(pair, 0) * side > 0 for pair, (side, _) in found.items())
        stated += len(found)
        held += sum(1 for label in article.held.values() if label)
    return {"precision": right / max(1, stated), "stated": stated, "recall": right / max(1, held), "held": held}


def split(articles: Sequence[Marked], rows: Floats) -> list[Floats]:
    ends = np.cumsum([len(article.cases) for article in articles])[:-1]
    return list(np.split(rows, ends))


def left_out(articles: Sequence[Marked], names: Sequence[str]) -> list[Floats]:
    """The chances of each article by weights fitted without it and its fifth."""
    folds = {name: place % FOLDS for place, name in enumerate(dict.fromkeys(article.name for article in articles))}
    found: list[Floats] = [np.zeros((0, 3))] * len(articles)
    for fold in range(FOLDS):
        data, labels = matrix([article for article in articles if folds[article.name] != fold], names)
        weights = fit(data, labels, penalties(names))
        for place, article in enumerate(articles):
            if folds[article.name] == fold:
                found[place] = chances(matrix([article], names)[0], weights)
    return found


def calibration(articles: Sequence[Marked], rows: Sequence[Floats]) -> list[tuple[str, int, float, float]]:
    """(range, positions, mean probability, share that is right) of positions by probability."""
    pairs = [
        (chance, article.held.get(pair, 0) * side > 0)
        for article, chances_ in zip(articles, rows, strict=True)
        for pair, (side, chance) in positions(article, chances_, DOUBT_FLOOR).items()
    ]
    found = []
    for low, high in ((0.2, 0.35), (0.35, 0.5), (0.5, 0.65), (0.65, 0.8), (0.8, 1.01)):
        inside = [(chance, right) for chance, right in pairs if low <= chance < high]
        if inside:
            mean, share = (float(np.mean([item[place] for item in inside])) for place in (0, 1))
            found.append((f"{low:.2f}-{min(high, 1):.2f}", len(inside), mean, share))
    return found


def main() -> int:
    reader = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    reader.add_argument("--out", type=Path, default=OUT)
    options = reader.parse_args()
    warnings.simplefilter("ignore")
    own = list(marked("train"))
    names = features(own)
    articles = estranged(own, strangers())
    unseen = left_out(articles, names)
    for floor in (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7):
        row = measured(articles, unseen, floor)
        print(f"floor {floor:.2f}: precision {row['precision']:.3f} of {row['stated']},", end=" ")
        print(f"recall {row['recall']:.3f} of {row['held']}")
    for span, count, mean, share in calibration(articles, unseen):
        print(f"probability {span}: {count} positions, mean {mean:.2f}, right {share:.2f}")
    data, labels = matrix(articles, names)
    weights = fit(data, labels, penalties(names))
    row = measured(articles, unseen)
    print(f"as shown: precision {row['precision']:.3f} of {row['stated']}, recall {row['recall']:.3f} of {row['held']}")
    count, held = sum(len(article.cases) for article in own), sum(label != 0 for article in own for label in article.labels)
    written = {
        "fitted_by": "training/stances.py",
        "on": f"stances/train.jsonl: {len(own)} articles, {count} linked pairs, {held} held; read as strangers",
        "left_out_fifths": {"floors": dict(FLOORS), **{name: round(value, 3) for name, value in row.items()}},
        "weights": {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)},
    }
    options.out.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    print(f"{len(names)} weights written to {options.out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

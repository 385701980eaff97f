"""Whole articles of natural news, read as the tool reads them, against labels of every actor in every sentence.

The labels were made by a language model that read each article under a written guide; Wikinews dev was read twice.
A labelled actor's tone is the mean over the mentions that the tool finds at his marks; where it finds none, there is no call.
Intervals are over articles.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from analysis.constants import CERTAIN_MIN, CLEAR_TONE, STRONG_TONE
from analysis.model import Cast, ToneScore
from analysis.readers import read_text
from analysis.study import Study, open_article
from analysis.tone import encoder
from analysis.tone import scorers as stance
from benchmarks.bootstrap import f1_interval, interval, share_where
from training import data
from training.calibration import PRIORS, best_calibration
from training.measure import calibration_error, macro_f1

PARTS = {"wikinews_dev": "wikinews/dev.jsonl", "usnews_dev": "usnews/dev.jsonl"}
FITTED = "wikinews_dev"
"""The part on which the calibration of sentences in articles was set; it is measured with that of its other half as well."""

LABELS = {"same_label": 0.96, "alpha": 0.95, "alpha_wrong_mark": 0.84}
"""Of the two readings of Wikinews dev, both by a language model: share of marks with the same label of five, Krippendorff's
alpha in three classes, and alpha of whether the mark is on an actor at all. From the page of the data; high because both
readers are of one kind."""

KINDS = ("person", "country", "organisation", "group")
BANDS = (0.0, 0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 1.0)
"""Bounds of |tone| between which calls are counted."""

LEVELS = (0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
"""Sizes of tone from which on calls are counted: CLEAR_TONE and STRONG_TONE are chosen among them."""


@dataclass(frozen=True, slots=True)
class Calls:
    """The labelled actors of a part, a row each.

    Attributes:
        article: number of the article. kind: of the actor. label: -2 to 2.
        chances: mean P(negative), P(neutral), P(positive) over his mentions, shape (n, 3); (0, 1, 0) where none was found.
        found: whether any mention was found and scored.
    """

    article: np.ndarray
    kind: np.ndarray
    label: np.ndarray
    chances: np.ndarray
    found: np.ndarray

    @property
    def tone(self) -> np.ndarray:
        """P(positive) - P(negative)."""
        tone: np.ndarray = self.chances[:, 2] - self.chances[:, 0]
        return tone

    @property
    def sign(self) -> np.ndarray:
        """Sign of the label."""
        return np.sign(self.label)

    def of(self, articles: np.ndarray) -> Calls:
        """The rows of some articles."""
        here = np.isin(self.article, articles)
        return Calls(self.article[here], self.kind[here], self.label[here], self.chances[here], self.found[here])


def articles(name: str) -> list[dict[str, Any]]:
    """The rows of a file of the labelled sets."""
    with (data.data_folder() / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def marks(told: Sequence[dict[str, Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
    """(number of the article, target) of every mark that is an actor's."""
    for number, article in enumerate(told):
        for target in article["targets"]:
            if target["label"] is not None:
                yield number, target


def calls_of(told: Sequence[dict[str, Any]], scores: Sequence[Sequence[ToneScore]]) -> Calls:
    """What was called at each mark, from the scores of each article."""
    rows: list[tuple[int, str, int, bool]] = []
    chances: list[Sequence[float]] = []
    for number, target in marks(told):
        hit = [
            (score.negative, score.neutral, score.positive)
            for score in scores[number]
            if score.tone is not None
            and any(score.mention.start < end and start < score.mention.end for start, end in target["spans"])
        ]
        rows.append((number, target["kind"], target["label"], bool(hit)))
        chances.append(np.mean(hit, axis=0) if hit else (0.0, 1.0, 0.0))
    number, kind, label, found = (np.array(column) for column in zip(*rows, strict=True))
    return Calls(number, kind, label, np.array(chances), found)


def figures(calls: Calls) -> dict[str, Any]:
    """How right the calls are.

    Returns:
        strong: share of calls with |tone| >= STRONG_TONE whose sign is the label's. found: share of labels of -2 and 2 with the
        right sign and |tone| >= CLEAR_TONE. macro_f1 of three classes. false_alarms: share of labels of 0 that are called
        strongly. by_kind: by kind of actor. calibration_error: where a mention was found.
    """
    truth, guess = calls.sign + 1, calls.chances.argmax(axis=1)
    size, right = np.abs(calls.tone), np.sign(calls.tone) == calls.sign
    strong, owners = size >= STRONG_TONE, calls.article
    return {
        "n": len(truth),
        "articles": len(np.unique(owners)),
        "with_tone": round(float((calls.label != 0).mean()), 4),
        "marks_found": round(float(calls.found.mean()), 4),
        "strong": share_where(right, strong, owners=owners),
        "strong_opposite": share_where(calls.sign == -np.sign(calls.tone), strong, owners=owners),
        "found": share_where(right & (size >= CLEAR_TONE), np.abs(calls.label) == 2, owners=owners),
        "macro_f1": interval(lambda at: macro_f1(truth[at], guess[at], 3), len(truth), owners=owners),
        "false_alarms": share_where(strong, calls.label == 0, owners=owners),
        "by_kind": {
            kind: {
                "n": int((calls.kind == kind).sum()),
                "with_tone": int(((calls.kind == kind) & (calls.label != 0)).sum()),
                "strong": share_where(right, strong & (calls.kind == kind), owners=owners),
            }
            for kind in KINDS
        },
        "calibration_error": round(calibration_error(truth[calls.found], calls.chances[calls.found]), 4),
    }


def bands(calls: Calls) -> dict[str, Any]:
    """How often calls are right by |tone| and by whether they are certain, where a mention was found."""
    size = np.abs(calls.tone)
    right = np.sign(calls.tone) == calls.sign
    called = calls.chances.argmax(axis=1) == calls.sign + 1
    certain = calls.chances.max(axis=1) >= CERTAIN_MIN
    owners = calls.article
    return {
        "by_size": [
            {"from": low, "to": high, "right": share_where(right, calls.found & (size >= low) & (size < high), owners=owners)}
            for low, high in zip(BANDS, (*BANDS[1:-1], 1.01), strict=False)
        ],
        "from_size": [
            {
                "from": low,
                "right": share_where(right, size >= low, owners=owners),
                "clear_found": share_where(right & (size >= low), np.abs(calls.label) == 2, owners=owners),
            }
            for low in LEVELS
        ],
        "certain": share_where(called, calls.found & certain, owners=owners),
        "too_uncertain": share_where(called, calls.found & ~certain, owners=owners),
    }


def logits_of(cast: Cast) -> np.ndarray:
    """The encoder's logits at each mention, as it reads an article, shape (mentions, 3)."""
    sentences, spans, also, others = stance.scorer_inputs(cast)
    return encoder._run(sentences, [spans], [also], others)[0]


def recalibrated(study: Study, logits: np.ndarray, calibration: dict[str, float]) -> list[ToneScore]:
    """The scores of an article under another calibration; what is not scored stays so."""
    chances = encoder.chances_of(logits, calibration).tolist()
    return [
        score if score.tone is None else replace(score, negative=low, neutral=middle, positive=high, tone=high - low, cues=None)
        for score, (low, middle, high) in zip(study.scores, chances, strict=True)
    ]


def halves(told: Sequence[dict[str, Any]], studies: Sequence[Study], logits: Sequence[np.ndarray]) -> Calls:
    """The calls of each half of the articles under the calibration that fits the other half best."""
    numbers = np.arange(len(told))
    scores: list[Sequence[ToneScore]] = [()] * len(told)
    for half in (0, 1):
        truth, asked = learned(told, studies, logits, set(numbers[numbers % 2 != half].tolist()))
        calibration = best_calibration(truth, asked, PRIORS)
        for number in numbers[numbers % 2 == half].tolist():
            scores[number] = recalibrated(studies[number], logits[number], calibration)
    return calls_of(told, scores)


def learned(
    told: Sequence[dict[str, Any]], studies: Sequence[Study], logits: Sequence[np.ndarray], wanted: set[int]
) -> tuple[np.ndarray, np.ndarray]:
    """Classes and logits of the first scored mention at each mark of some articles."""
    truth: list[int] = []
    asked: list[np.ndarray] = []
    for number, target in marks(told):
        if number in wanted:
            here = (
                at
                for at, score in enumerate(studies[number].scores)
                if score.tone is not None
                and any(score.mention.start < end and start < score.mention.end for start, end in target["spans"])
            )
            if (at := next(here, None)) is not None:
                truth.append(int(np.sign(target["label"])) + 1)
                asked.append(logits[number][at])
    return np.array(truth), np.array(asked)


def bench_natural(scorers: Sequence[str]) -> dict[str, Any]:
    """Every part by every scorer; of the encoder also by size of tone, and under other calibrations.

    calibrated_on_other_half: each half of the articles under what fits the other half. calibrated_as_alone: as sentences by
    themselves are, whose prior is that of the labelled collections.
    """
    result: dict[str, Any] = {"labels": LABELS}
    for part, name in PARTS.items():
        told = articles(name)
        truth = np.array([np.sign(target["label"]) + 1 for _, target in marks(told)])
        result[part] = {"majority": {"macro_f1": f1_interval(truth, np.ones(len(truth), dtype=int), 3)}}
        for scorer in scorers:
            studies = [open_article(read_text(article["text"]), scorer=scorer) for article in told]
            calls = calls_of(told, [study.scores for study in studies])
            result[part][scorer] = figures(calls)
            if scorer == "encoder":
                logits = [logits_of(study.cast) for study in studies]
                alone = encoder.open_model().facts["calibration"][encoder.ALONE]
                as_alone = [recalibrated(study, found, alone) for study, found in zip(studies, logits, strict=True)]
                result[part][scorer] |= bands(calls) | {"calibrated_as_alone": figures(calls_of(told, as_alone))}
                if part == FITTED:
                    result[part][scorer]["calibrated_on_other_half"] = figures(halves(told, studies, logits))
    return result

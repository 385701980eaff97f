"""The few numbers that training decisions rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from analysis.constants import CLEAR_TONE, STRONG_TONE


def macro_f1(truth: np.ndarray, guess: np.ndarray, classes: int) -> float:
    """Mean over classes of F1 = 2 hits / (named + true), in [0, 1]; a class never true and never named counts 0."""
    scores: list[float] = []
    for label in range(classes):
        hits = float(np.sum((truth == label) & (guess == label)))
        both = float(np.sum(truth == label) + np.sum(guess == label))
        scores.append(2 * hits / both if both else 0.0)
    return float(np.mean(scores))


def softmax(logits: np.ndarray, *, temperature: float = 1.0) -> np.ndarray:
    """Probabilities along the last axis."""
    scaled = logits / temperature
    scaled = scaled - scaled.max(axis=-1, keepdims=True)
    exp = np.exp(scaled)
    return exp / exp.sum(axis=-1, keepdims=True)


def calibration_error(truth: np.ndarray, chances: np.ndarray, *, bins: int = 10) -> float:
    """Expected calibration error in [0, 1]: |accuracy - confidence| over equal-width bins, weighted by their counts.

    Source: Guo et al. 2017, On Calibration of Modern Neural Networks.
    """
    sure = chances.max(1)
    right = chances.argmax(1) == truth
    place = np.minimum((sure * bins).astype(int), bins - 1)
    error = 0.0
    for at in range(bins):
        here = place == at
        if here.any():
            error += float(here.mean()) * abs(float(right[here].mean()) - float(sure[here].mean()))
    return error


def natural_figures(truth: np.ndarray, tone: np.ndarray, guess: np.ndarray, clear: np.ndarray) -> dict[str, float]:
    """How right the calls toward the actors of whole articles are.

    Args:
        truth, guess: classes 0 negative, 1 neutral, 2 positive. tone: P(positive) - P(negative). clear: labels of -2 and 2.

    Returns:
        strong: share of strong calls that are right, and how many there are; found: share of clear labels with the right
        sign; macro_f1; false_alarms: share of neutral labels that are called strongly.
    """
    sign = truth - 1
    strong = np.abs(tone) >= STRONG_TONE
    found = (np.sign(tone) == sign) & (np.abs(tone) >= CLEAR_TONE)
    return {
        "strong": round(float((np.sign(tone) == sign)[strong].mean()) if strong.any() else 1.0, 3),
        "strong_n": int(strong.sum()),
        "found": round(float(found[clear].mean()) if clear.any() else 0.0, 3),
        "macro_f1": round(100 * macro_f1(truth, guess, 3), 1),
        "false_alarms": round(float(strong[truth == 1].mean()) if (truth == 1).any() else 0.0, 3),
        "n": len(truth),
    }


DSE_TO_THREE = np.array([1, 2, 2, 0, 0])
"""DSE's classes without direction: neutral, positive, negative, in the order of the tone classes."""


def measured(
    prepared: Any,
    readings: Sequence[Any],
    tones: Mapping[tuple[int, int], np.ndarray],
    pairs: Mapping[tuple[int, int], np.ndarray],
) -> dict[str, float]:
    """The figures of one set from `training.readings.answers`: of its tones, by kind of actor, and of its pairs."""
    found: dict[str, Any] = {}
    if tones:
        keys = list(tones)
        chances = softmax(np.array([tones[key] for key in keys]))
        truth = np.array([int(readings[at].tone[group].argmax()) for at, group in keys])
        sentences = [prepared.sentences[readings[at].sentence] for at, _ in keys]
        clear = np.array([bool(one["clear"]) and one["clear"][group] for one, (_, group) in zip(sentences, keys, strict=True)])
        tone, guess = chances[:, 2] - chances[:, 0], chances.argmax(1)
        if clear.any():
            found |= natural_figures(truth, tone, guess, clear)
            kinds = np.array([one["actor_kinds"][group] for one, (_, group) in zip(sentences, keys, strict=True)])
            for kind in ("country", "organisation"):
                strong = (np.abs(tone) >= STRONG_TONE) & (kinds == kind)
                if strong.any():
                    found[f"strong_{kind}"] = round(float((np.sign(tone) == truth - 1)[strong].mean()), 3)
        else:
            found |= {"macro_f1": round(100 * macro_f1(truth, guess, 3), 1), "n": len(truth)}
        found["calibration_error"] = round(calibration_error(truth, chances), 3)
        found["log_loss"] = round(float(-np.log(np.maximum(chances[np.arange(len(truth)), truth], 1e-12)).mean()), 4)
    if pairs:
        truth = np.array([int(readings[at].pairs[number][2].argmax()) for at, number in pairs])
        chances = np.array(list(pairs.values()))
        guess = chances.argmax(1)
        found |= {
            "pairs_5": round(100 * macro_f1(truth, guess, 5), 1),
            "pairs_3": round(100 * macro_f1(DSE_TO_THREE[truth], DSE_TO_THREE[guess], 3), 1),
            "pairs_n": len(truth),
            "pairs_called_right": round(float((guess == truth)[guess != 0].mean()) if (guess != 0).any() else 1.0, 3),
            "pairs_found": round(float((guess == truth)[truth != 0].mean()) if (truth != 0).any() else 0.0, 3),
        }
    return found

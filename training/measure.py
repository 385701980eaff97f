"""The few numbers that training decisions rest on."""

from __future__ import annotations

import numpy as np


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

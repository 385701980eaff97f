"""Temperature, power and prior (`encoder.chances_of`), fitted by the least log loss on a grid."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from analysis.tone import encoder

TEMPERATURES = np.round(np.arange(0.6, 2.001, 0.05), 2)
POWERS = np.round(np.arange(1.0, 2.001, 0.1), 2)
PRIORS = tuple(np.round(np.arange(-1.6, 1.201, 0.1), 2).tolist())
PLAIN = {"temperature": 1.0, "power": 1.0, "neutral": 0.0}
"""Changes nothing."""

ROUNDS = 200
"""Rounds of `class_factors`; the factors stand still long before."""


def log_loss(truth: np.ndarray, chances: np.ndarray) -> float:
    """Mean negative log of the probability given to what was true."""
    return float(-np.log(np.maximum(chances[np.arange(len(truth)), truth], 1e-12)).mean())


def best_calibration(truth: np.ndarray, logits: np.ndarray, priors: Sequence[float]) -> dict[str, float]:
    """The temperature, power and prior with the least log loss."""
    tried = [
        {"temperature": float(one), "power": float(power), "neutral": float(prior)}
        for one, power, prior in itertools.product(TEMPERATURES, POWERS, priors)
    ]
    return min(tried, key=lambda one: log_loss(truth, encoder.chances_of(logits, one)))


def class_factors(truth: np.ndarray, chances: np.ndarray) -> np.ndarray:
    """A factor for each class, under which the mean probability of a class is its share among the labels.

    Source: Saerens, Latinne and Decaestecker 2002, Adjusting the Outputs of a Classifier to New a Priori Probabilities.
    """
    share = np.bincount(truth, minlength=chances.shape[1]) / len(truth)
    factors = np.ones(chances.shape[1])
    for _ in range(ROUNDS):
        factors *= share / under_factors(chances, factors).mean(axis=0)
    return factors


def under_factors(chances: np.ndarray, factors: np.ndarray) -> np.ndarray:
    """Probabilities times the factors of their classes, made to sum to 1 again."""
    told = chances * factors
    return told / told.sum(axis=1, keepdims=True)

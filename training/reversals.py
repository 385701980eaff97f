"""Made sentences in which blame or praise is taken back, beside the same words where it is not.

A network that learned tone from news reads "acquitted of fraud" as it reads "convicted of fraud": the news it learned from
seldom says the first without the second. Frames and signs stand in reversals.toml, each way of taking back beside the plain
way, so that no word tells the answer alone (Kaushik, Hovy and Lipton 2020: counterfactually augmented data). Nothing here
says how often such sentences come; they are a small share of what the student reads.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from training.data import Example

FRAMES = Path(__file__).with_suffix(".toml")

GOALS = {"-": (0.93, 0.05, 0.02), "0": (0.06, 0.88, 0.06), "p": (0.06, 0.56, 0.38), "+": (0.02, 0.10, 0.88)}
"""What is asked for each sign, as P(negative), P(neutral), P(positive). Blame taken back ("p") is no praise yet."""

REST = 0.02
"""Added to every class of a pair."""

TARGET, OTHER = "Hadley", "Norvia"
"""Stand in the places of the target and of a pair's other name; the network never reads them."""

PLAIN_SHARE = 0.45
"""Share of sentences that are the frame alone."""

SLOT = re.compile(r"\{(\w+)\}")
STIFF = ("If ", "When ", "Because ", "Even ", "Unlike ", "Thanks ", "Without ", "Contrary ", "As ", "Those ", "It ", "There ")
"""Frames that begin so take nothing before them."""

NAMES = ("{T}", "{N}", "{P}", "{Q}", "DNA")
"""What keeps its capital behind other words."""


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(FRAMES.read_text(encoding="utf-8"))


def frames(kind: str = "frames") -> list[tuple[str, str]]:
    """(sign, frame) of every line of reversals.toml, those of "frames" or of "pairs"."""
    lines = _table()[kind]["lines"].splitlines()
    return [(sign, frame) for sign, frame in (line.split("\t") for line in lines if line and not line.startswith("#"))]


def made(count: int, names: Sequence[str], rng: np.random.Generator) -> tuple[list[Example], np.ndarray]:
    """Sentences drawn from the frames, every frame about as often as another.

    Args:
        count: how many.
        names: what {N} and {M} are drawn from.
        rng: draws.

    Returns:
        The sentences, each with its target, and what is asked of them, shape (count, 3).
    """
    signs, drawn = _drawn_frames("frames", count, rng)
    found = []
    for frame in drawn:
        text, places = _filled(frame, {"T": TARGET}, names, rng)
        found.append(Example(text, places["T"]))
    return found, np.array([GOALS[sign] for sign in signs])


def made_pairs(count: int, names: Sequence[str], rng: np.random.Generator) -> tuple[list[Example], np.ndarray]:
    """Pairs drawn from the frames of pairs, either name the first; what is asked of them has shape (count, 5)."""
    signs, drawn = _drawn_frames("pairs", count, rng)
    found, asked = [], []
    for sign, frame in zip(signs, drawn, strict=True):
        text, places = _filled(frame, {"P": TARGET, "Q": OTHER}, names, rng)
        negative, neutral, positive = GOALS[sign]
        goal = np.full(5, REST)
        turned = bool(rng.random() < 0.5)
        goal[0] += neutral
        goal[2 if turned else 1] += positive
        goal[4 if turned else 3] += negative
        found.append(Example(text, places["Q" if turned else "P"], places["P" if turned else "Q"]))
        asked.append(goal / goal.sum())
    return found, np.array(asked)


def _drawn_frames(kind: str, count: int, rng: np.random.Generator) -> tuple[list[str], list[str]]:
    known = frames(kind)
    order = [at for _ in range(count // len(known) + 1) for at in rng.permutation(len(known))][:count]
    return [known[at][0] for at in order], [known[at][1] for at in order]


def _filled(
    frame: str, held: dict[str, str], names: Sequence[str], rng: np.random.Generator
) -> tuple[str, dict[str, tuple[int, int]]]:
    """A sentence of a frame, and where the names in `held`, which stand once each, came to stand."""
    table = _table()
    text = frame
    if rng.random() > PLAIN_SHARE:
        if rng.random() < 0.5 and not frame.startswith(STIFF):
            text = _drawn(table["around"]["before"], rng) + (frame if frame.startswith(NAMES) else frame[0].lower() + frame[1:])
        else:
            text = frame.removesuffix(".") + _drawn(table["around"]["after"], rng) + "."
    filled = dict(zip(("did", "done", "doing"), _drawn(table["deeds"]["forms"], rng), strict=True))
    filled["N"], filled["M"] = (names[at] for at in rng.integers(len(names), size=2))
    filled |= {slot: _drawn(words, rng) for slot, words in table["words"].items()} | held
    parts: list[str] = []
    places: dict[str, tuple[int, int]] = {}
    at = length = 0
    for match in SLOT.finditer(text):
        parts += [text[at : match.start()], filled[match[1]]]
        length += sum(map(len, parts[-2:]))
        places[match[1]] = (length - len(parts[-1]), length)
        at = match.end()
    whole = "".join(parts) + text[at:]
    return whole[0].upper() + whole[1:], {slot: places[slot] for slot in held}


def _drawn(choices: Sequence[Any], rng: np.random.Generator) -> Any:
    return choices[rng.integers(len(choices))]

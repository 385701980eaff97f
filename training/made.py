"""Made sentences: families of frames that differ by what decides, expanded and labelled.

made.toml holds them. A network that learned tone from news calls harm, denials, resignations and a neighbour's blame; each
frame that looks like a judgement and is none stands beside one that is (Kaushik, Hovy and Lipton 2020: counterfactually
augmented data). Frames that take blame or praise back are those of reversals.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from training import reversals
from training.sentences import STANCE_CLASS, Group, Sentence

FRAMES = Path(__file__).with_suffix(".toml")
SLOT = re.compile(r"\{([A-D])(?:\.([pr]):([^{}]*))?\}")
CHOICE = re.compile(r"\[([^\[\]{}]*(?:\{[^{}]*\}[^\[\]{}]*)*)\]")
FORM = re.compile(r"\{[A-D]\.[pr]:([^{}]*)\}")
SHOWN = 0.3
"""Share of an actor's pronouns and roles that stay to be read, as where the tool has not linked them."""

NAMES = {"A": "Hadley", "B": "Norvia", "C": "Teller", "D": "Orsk"}
"""What stands in the slots; no network reads it."""

FORMS = {None: "L", "p": "P", "r": "R"}
EXPANSIONS = 24
"""Sentences drawn from one frame, at most."""

REVERSALS, REVERSED_PAIRS = 6000, 1200
SEED = 20


def families(path: Path = FRAMES) -> list[dict[str, Any]]:
    """The families as the file has them: kind, and frames with text, labels by slot, and pairs."""
    return tomllib.loads(path.read_text(encoding="utf-8"))["family"]


def drawn(frame: str, rng: np.random.Generator) -> str:
    """One expansion of a frame: of every [this|that] one is taken."""
    while match := CHOICE.search(frame):
        choices = match[1].split("|")
        frame = frame[: match.start()] + choices[rng.integers(len(choices))] + frame[match.end() :]
    frame = FORM.sub(lambda match: match[1] if rng.random() < SHOWN else match[0], frame)
    return re.sub(r" +(?=[ .,;:!?])", "", frame).strip()


def filled(frame: str) -> tuple[str, dict[str, list[tuple[int, int, str]]]]:
    """A frame without choices as text, and where each slot stands, with the kind of the form it has there."""
    parts: list[str] = []
    places: dict[str, list[tuple[int, int, str]]] = {}
    at = length = 0
    for match in SLOT.finditer(frame):
        before = frame[at : match.start()]
        surface = match[3] if match[2] else NAMES[match[1]]
        length += len(before)
        places.setdefault(match[1], []).append((length, length + len(surface), FORMS[match[2]]))
        length += len(surface)
        parts += [before, surface]
        at = match.end()
    text = "".join(parts) + frame[at:]
    return text[:1].upper() + text[1:], places


def sentence_of(frame: dict[str, Any], text: str, source: str, document: str) -> Sentence:
    """A labelled sentence of one expansion; pronouns and roles are groups of their own actor's spans."""
    whole, places = filled(text)
    sentence = Sentence(source, whole, document)
    numbers: dict[str, int] = {}
    for slot, spans in sorted(places.items()):
        numbers[slot] = len(sentence.groups)
        sentence.groups.append(Group([(start, end) for start, end, _ in spans], "L", {"natural": frame[slot] + 1}))
    held: dict[tuple[int, int], list[int]] = {}
    for pair in frame.get("pairs", []):
        holder, target = numbers.get(pair[0]), numbers.get(pair[2])
        if holder is not None and target is not None:
            both = held.setdefault((min(holder, target), max(holder, target)), [])
            both.append(STANCE_CLASS[holder < target, pair[3] == "+"])
    count = len(sentence.groups)
    every = [(a, b) for a in range(count) for b in range(a + 1, count)]
    # Two who stand against each other have two answers; the pair head has room for one, so they are not asked.
    sentence.pairs["natural"] = [(*pair, held.get(pair, [0])[0]) for pair in every if len(held.get(pair, [])) < 2]
    sentence.actor_kinds = ["made"] * count
    sentence.clear = [frame[slot] != 0 for slot in sorted(numbers)]
    return sentence


def made_sentences() -> Iterator[Sentence]:
    """Every made sentence that training reads, each once."""
    rng = np.random.default_rng(SEED)
    for number, family in enumerate(families()):
        for frame in family["frames"]:
            for text in dict.fromkeys(drawn(frame["text"], rng) for _ in range(EXPANSIONS)):
                yield sentence_of(frame, text, "made", f"made {number}")
    yield from reversed_sentences(rng)


def challenge_sentences(path: Path) -> Iterator[Sentence]:
    """The made sentences that are measured and never trained on: a frame each, without choices."""
    for number, family in enumerate(families(path)):
        for frame in family["frames"]:
            yield sentence_of(frame, frame["text"], "challenge", f"challenge {number}")


def reversed_sentences(rng: np.random.Generator) -> Iterator[Sentence]:
    """Blame and praise taken back, beside their plain twins: the frames of reversals.toml."""
    names = ("Kessler", "Ardenia", "Lowell", "the Tannery", "Oro", "Mbeki", "Sund", "Halloran")
    examples, goals = reversals.made(REVERSALS, names, rng)
    for one, goal in zip(examples, goals.tolist(), strict=True):
        sentence = Sentence("reversals", one.text, f"reversals {one.text}")
        sentence.groups.append(Group([one.first], "L", {"natural": int(np.argmax(goal))}))
        yield sentence
    examples, goals = reversals.made_pairs(REVERSED_PAIRS, names, rng)
    for one, goal in zip(examples, goals.tolist(), strict=True):
        sentence = Sentence("reversals", one.text, f"reversals {one.text}")
        sentence.groups = [Group([one.first], "L"), Group([one.second or one.first], "L")]
        sentence.pairs["natural"] = [(0, 1, int(np.argmax(goal)))]
        yield sentence

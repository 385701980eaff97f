"""Readings: a sentence, which of its actors are hidden, and what is asked of them; drawn, batched, and answered.

Reads what `training.prepare` wrote, and needs neither spaCy nor a tokenizer.
"""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from training.network import LONGEST, ToneNet

POLICIES = {"natural": 0, "collected": 1}
HIDDEN = {"L": 1.0, "p": 0.92, "o": 0.92, "g": 0.92, "n": 0.85, "C": 0.3, "P": 0.3, "R": 0.15}
"""How often a group is hidden, by kind. Most names are; a pronoun or role is, where the tool links it."""

RICH = {"L": 1.0, "p": 0.92, "o": 0.92, "g": 0.92, "n": 0.85, "C": 0.5, "P": 0.5, "R": 0.4}
"""The same where a teacher is asked of as many actors as it can be."""

ALONE = 0.2
"""Share of readings in which one actor alone is hidden: so the encoder is asked where the others are not known."""

NEUTRAL_PAIRS = 4
"""Pairs of one training reading that hold nothing, at most: a list of ten names has 45."""

SMOOTHING = 0.05
SWAPPED = [0, 2, 1, 4, 3]
"""Class of a pair after its two actors change places."""


def one_hot(label: int, classes: int, smoothing: float = SMOOTHING) -> np.ndarray:
    """A label as probabilities; `smoothing` is spread over all classes."""
    row = np.full(classes, smoothing / classes)
    row[label] += 1 - smoothing
    return row


@dataclass(slots=True)
class Prepared:
    """The folder that `training.prepare` wrote."""

    folder: Path
    tokens: list[np.ndarray]
    sentences: list[dict[str, Any]]
    marks: dict[str, int]
    slots: list[int]
    used: np.ndarray

    @classmethod
    def open(cls, folder: Path) -> Prepared:
        table = np.load(folder / "tokens.npz")
        described = json.loads((folder / "sentences.json").read_text("utf-8"))
        tokens = np.split(table["flat"].astype(np.int64), table["ends"])[:-1]
        return cls(folder, tokens, described["sentences"], described["marks"], described["slots"], table["used"])

    def of(self, *sources: str) -> list[int]:
        """Numbers of the sentences of some sources."""
        return [at for at, one in enumerate(self.sentences) if one["source"] in sources]

    def row(self, number: int, hidden: Iterable[int], limit: int = LONGEST) -> tuple[np.ndarray, np.ndarray, list[int]]:
        """Token ids, the place in `groups` of the group hidden at each (-1 where none), and the groups that are in the row."""
        hidden = set(hidden)
        ids: list[int] = [self.marks["begin"]]
        slot: list[int] = [-1]
        groups: list[int] = []
        for text, group in self.sentences[number]["pieces"]:
            if group in hidden:
                if group not in groups:
                    groups.append(group)
                ids.append(self.slots[0])
                slot.append(groups.index(group))
            else:
                row = self.tokens[text].tolist()
                ids += row
                slot += [-1] * len(row)
        ids.append(self.marks["end"])
        slot.append(-1)
        if len(ids) > limit:
            places = [at for at, one in enumerate(slot) if one >= 0]
            low, high = min(places), max(places)
            middle = (low + high) // 2 if high - low < limit else places[0]
            first = max(0, min(middle - limit // 2, len(ids) - limit))
            ids, slot = ids[first : first + limit], slot[first : first + limit]
        return np.array(ids), np.array(slot), groups


@dataclass(slots=True)
class Reading:
    """One reading. tone: what is asked of a group, as chances (3,). pairs: (first, second, chances (5,))."""

    sentence: int
    hidden: tuple[int, ...]
    policy: int
    tone: dict[int, np.ndarray] = field(default_factory=dict)
    pairs: list[tuple[int, int, np.ndarray]] = field(default_factory=list)
    weight: float = 1.0
    row: tuple[np.ndarray, np.ndarray, list[int]] | None = None


def draw_hidden(sentence: dict[str, Any], rng: np.random.Generator, shares: dict[str, float], most: int) -> tuple[int, ...]:
    """Groups to hide: labelled ones first, others by chance, at most `most`."""
    kinds = sentence["kinds"]
    chosen = [at for at, kind in enumerate(kinds) if rng.random() < shares[kind]]
    chosen.sort(key=lambda at: (kinds[at] != "L", rng.random()))
    return tuple(chosen[:most])


def labelled(prepared: Prepared, number: int, policy: str, rng: np.random.Generator | None) -> Iterator[Reading]:
    """The readings that ask for a sentence's labels under one policy: all actors hidden or, now and then, one or a pair alone.

    Without a generator every name is hidden, as in use.
    """
    one = prepared.sentences[number]
    tone = {group: one_hot(label, 3) for group, label in one["tone"][policy]}
    pairs = [(a, b, one_hot(label, 5)) for a, b, label in one["pairs"].get(policy, [])]
    if not tone and not pairs:
        return
    if rng is not None and rng.random() < ALONE:
        if pairs and rng.random() < len(pairs) / (len(pairs) + len(tone)):
            a, b, goal = pairs[rng.integers(len(pairs))]
            yield Reading(number, (a, b), POLICIES[policy], {g: tone[g] for g in (a, b) if g in tone}, [(a, b, goal)])
        elif tone:
            group = list(tone)[rng.integers(len(tone))]
            yield Reading(number, (group,), POLICIES[policy], {group: tone[group]})
        return
    if rng is None:
        hidden = tuple(at for at, kind in enumerate(one["kinds"]) if kind in "Lpogn")[: len(prepared.slots)]
    else:
        hidden = draw_hidden(one, rng, HIDDEN, len(prepared.slots))
    tone = {group: goal for group, goal in tone.items() if group in hidden}
    pairs = [pair for pair in pairs if pair[0] in hidden and pair[1] in hidden]
    if rng is not None:
        empty = [pair for pair in pairs if pair[2].argmax() == 0]
        kept = {id(empty[at]) for at in rng.permutation(len(empty))[:NEUTRAL_PAIRS]}
        pairs = [pair for pair in pairs if pair[2].argmax() != 0 or id(pair) in kept]
    yield Reading(number, hidden, POLICIES[policy], tone, pairs)


@dataclass(slots=True)
class Batch:
    """What a network is asked at once. at: numbers of the readings. tone, pairs: index arrays and goals, on the device."""

    at: np.ndarray
    ids: torch.Tensor
    slot: torch.Tensor
    policy: torch.Tensor
    tone: tuple[torch.Tensor, torch.Tensor]
    tone_goal: torch.Tensor
    pairs: tuple[torch.Tensor, torch.Tensor, torch.Tensor]
    pair_goal: torch.Tensor
    asked: list[tuple[int, int]]
    paired: list[tuple[int, int]]


class Batches:
    """Readings in batches of like length; in training the numbers of slots and the order of pairs are drawn anew."""

    def __init__(
        self, prepared: Prepared, readings: Sequence[Reading], size: int, device: torch.device, rng: np.random.Generator | None
    ) -> None:
        self.prepared, self.readings, self.size, self.device, self.rng = prepared, readings, size, device, rng
        for one in readings:
            one.row = one.row or prepared.row(one.sentence, one.hidden)
        self.rows = [one.row for one in readings if one.row]
        lengths = np.array([len(ids) for ids, _, _ in self.rows])
        order = np.argsort(lengths if rng is None else lengths + 6 * rng.random(len(lengths)), kind="stable")
        self.chunks = [order[at : at + size] for at in range(0, len(order), size)]
        if rng is not None:
            rng.shuffle(self.chunks)

    def __len__(self) -> int:
        return len(self.chunks)

    def _batch(self, chunk: np.ndarray) -> Batch:
        count, slots = len(chunk), len(self.prepared.slots)
        longest = -(-max(len(self.rows[at][0]) for at in chunk) // 8) * 8
        ids = np.full((count, longest), self.prepared.marks["pad"])
        slot = np.full((count, longest), slots)
        numbers = np.tile(np.arange(slots + 1), (count, 1))
        if self.rng is not None:
            numbers[:, :slots] = self.rng.permuted(numbers[:, :slots], axis=1)
        numbers[:, slots] = -1
        tone: list[tuple[int, int]] = []
        goals: list[np.ndarray] = []
        pairs: list[tuple[int, int, int]] = []
        pair_goals: list[np.ndarray] = []
        asked: list[tuple[int, int]] = []
        paired: list[tuple[int, int]] = []
        for place, at in enumerate(chunk):
            row, where, groups = self.rows[at]
            ids[place, : len(row)] = row
            slot[place, : len(row)] = np.where(where < 0, slots, where)
            present = {group: numbers[place, number] for number, group in enumerate(groups) if number in where}
            one = self.readings[at]
            for group, goal in one.tone.items():
                if group in present:
                    tone.append((place, present[group]))
                    goals.append(goal * one.weight)
                    asked.append((int(at), group))
            for number, (a, b, goal) in enumerate(one.pairs):
                if a in present and b in present:
                    turned = self.rng is not None and self.rng.random() < 0.5
                    pairs.append((place, present[b], present[a]) if turned else (place, present[a], present[b]))
                    pair_goals.append((goal[SWAPPED] if turned else goal) * one.weight)
                    paired.append((int(at), number))
        slot = np.take_along_axis(numbers, slot, axis=1)
        policy = np.array([self.readings[at].policy for at in chunk])

        def tensor(value: Any, kind: torch.dtype, width: int) -> torch.Tensor:
            found = torch.tensor(np.array(value).reshape(-1, width) if width else np.array(value), dtype=kind)
            return found.pin_memory().to(self.device, non_blocking=True) if self.device.type == "cuda" else found

        tone_at, pair_at = tensor(tone, torch.long, 2), tensor(pairs, torch.long, 3)
        return Batch(
            chunk, tensor(ids, torch.long, 0), tensor(slot, torch.long, 0), tensor(policy, torch.long, 0),
            (tone_at[:, 0], tone_at[:, 1]), tensor(goals, torch.float32, 3),
            (pair_at[:, 0], pair_at[:, 1], pair_at[:, 2]), tensor(pair_goals, torch.float32, 5), asked, paired,
        )  # fmt: skip

    def __iter__(self) -> Iterator[Batch]:
        """Batches, made ahead by a thread."""
        ready: queue.Queue[Batch | None] = queue.Queue(8)

        def make() -> None:
            for chunk in self.chunks:
                ready.put(self._batch(chunk))
            ready.put(None)

        threading.Thread(target=make, daemon=True).start()
        while (batch := ready.get()) is not None:
            yield batch


def logits_of(net: ToneNet, batch: Batch, pad: int, *, policy: bool) -> tuple[torch.Tensor, torch.Tensor, list[torch.Tensor]]:
    """Tone logits of what the batch asks, pair logits, and the states of every layer."""
    states = net.states(batch.ids, batch.slot, pad, batch.policy if policy else None)
    last = states[-1]
    means = net.means(last, batch.slot)
    rows, slots = batch.tone
    tone = net.tone(last[rows, 0], means[rows, slots])
    rows, ones, twos = batch.pairs
    pair = net.pair(last[rows, 0], means[rows, ones], means[rows, twos])
    return tone.float(), pair.float(), states


def loss_of(tone: torch.Tensor, pair: torch.Tensor, batch: Batch) -> torch.Tensor:
    """Cross entropy of everything asked, a sentence; goals bear their weight."""
    total = -(batch.tone_goal * functional.log_softmax(tone, -1)).sum()
    total = total - (batch.pair_goal * functional.log_softmax(pair, -1)).sum()
    return total / len(batch.at)


@torch.no_grad()
def answers(
    net: ToneNet, prepared: Prepared, readings: Sequence[Reading], *, policy: bool, size: int = 256
) -> tuple[dict[tuple[int, int], np.ndarray], dict[tuple[int, int], np.ndarray]]:
    """Logits of every tone asked, by (reading, group), and chances of every pair, by (reading, place), both orders read."""
    device = next(net.parameters()).device
    net.eval()
    tones: dict[tuple[int, int], np.ndarray] = {}
    pairs: dict[tuple[int, int], np.ndarray] = {}
    for batch in Batches(prepared, readings, size, device, None):
        with torch.autocast(device.type, dtype=torch.bfloat16):
            tone, pair, states = logits_of(net, batch, prepared.marks["pad"], policy=policy)
            means = net.means(states[-1], batch.slot)
            rows, ones, twos = batch.pairs
            back = net.pair(states[-1][rows, 0], means[rows, twos], means[rows, ones]).float()
        tones.update(zip(batch.asked, tone.cpu().numpy(), strict=True))
        both = (pair.softmax(-1) + back.softmax(-1)[:, SWAPPED]) / 2
        pairs.update(zip(batch.paired, both.cpu().numpy(), strict=True))
    return tones, pairs

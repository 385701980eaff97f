"""The student goes on by itself: every label of a pair, and the labels as they are beside the teachers' opinions.

    python -m training.refine --prepared PREPARED --work WORK --start student --name refined

Five teachers that each read DSE a few times know less of pairs than its labels do; of tone they know more. So the opinions stay
what holds the tone, and pairs are learned from labels, many times. Two minutes on a large GPU, hours on
two cores (training/README.md).
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

import numpy as np
import torch

from training.network import ToneNet, open_student
from training.optimise import log, optimise
from training.readings import SMOOTHING, Batch, Prepared, Reading, labelled, logits_of, loss_of, one_hot
from training.student import DROPOUT, GOALS, MADE, read_goals, report
from training.teachers import restore, save

PAIR_TIMES = 3
"""Readings of each labelled pair of DSE in an epoch."""

PAIR_WEIGHT = 1.5
"""How much those readings count."""

NATURAL_TIMES = {"newsmtsc_train": 1, "dse_train": 1, "wikinews_train": 1, "meantime": 1, "rusentne": 1, "finentity": 1}
"""Readings by the natural labels alone, beside those with the teachers' opinions."""

COLLECTED_MORE = 0.4
"""How far a goal of NewsMTSC's targets is moved on toward its label."""

PAIR_MORE = 0.8
"""The same for DSE's pairs."""


def sharpened(prepared: Prepared, readings: list[Reading]) -> list[Reading]:
    """The teachers' opinions, moved toward the labels of the collections."""
    for one in readings:
        sentence = prepared.sentences[one.sentence]
        tone = dict(sentence["tone"]["collected"])
        pairs = {(a, b): label for a, b, label in sentence["pairs"].get("collected", [])}
        for group, label in tone.items():
            if group in one.tone:
                one.tone[group] = (1 - COLLECTED_MORE) * one.tone[group] + COLLECTED_MORE * one_hot(label, 3)
        one.pairs = [
            (a, b, (1 - PAIR_MORE) * goal + PAIR_MORE * one_hot(pairs[a, b], 5) if (a, b) in pairs else goal)
            for a, b, goal in one.pairs
        ]
    return readings


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--start", default="student")
    parser.add_argument("--name", default="refined")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--size", type=int, default=64)
    parser.add_argument("--rate", type=float, default=6e-5)
    parser.add_argument("--head-times", type=float, default=4.0)
    parser.add_argument("--seed", type=int, default=21)
    parser.add_argument("--few", type=int, help="readings of a kind, for a trial")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    prepared = Prepared.open(args.prepared)
    net = open_student(prepared.folder, slots=len(prepared.slots), dropout=DROPOUT)
    restore(net, args.work / f"{args.start}.safetensors").to(device)
    opinions = sharpened(prepared, read_goals(args.work / f"{args.start}-{GOALS}", prepared))[: args.few]
    pad = prepared.marks["pad"]

    def drawn(_: int, rng: np.random.Generator) -> list[Reading]:
        found = list(opinions)
        for number in prepared.of("dse_train")[: args.few] * PAIR_TIMES:
            for one in labelled(prepared, number, "collected", rng):
                one.weight = PAIR_WEIGHT
                found.append(one)
        for source, times in NATURAL_TIMES.items():
            for number in prepared.of(source)[: args.few] * times:
                found += labelled(prepared, number, "natural", rng)
        for source, count in MADE.items():
            known = prepared.of(source)
            for at in rng.permutation(len(known))[: args.few or count]:
                found += labelled(prepared, known[at], "natural", rng)
        return found

    def loss(net: ToneNet, batch: Batch) -> torch.Tensor:
        tone, pair, _ = logits_of(net, batch, pad, policy=False)
        return loss_of(tone, pair, batch)

    log.info("smoothing of labels %s", SMOOTHING)
    optimise(
        net, prepared, drawn, loss,
        epochs=args.epochs, size=args.size, rate=args.rate, head_times=args.head_times, seed=args.seed, name=args.name,
    )  # fmt: skip
    save(net, args.work / f"{args.name}.safetensors")
    report(net, prepared, args.name, few=args.few)


if __name__ == "__main__":
    main()

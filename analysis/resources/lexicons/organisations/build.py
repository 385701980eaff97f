"""Build organisations.json from WordNet 3.0: names of one organisation, and the members of a party.

(cd SOURCES && apt-get download wordnet-base)
python analysis/resources/lexicons/organisations/build.py SOURCES
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
from pathlib import Path

HERE = Path(__file__).parent
MEMBER = re.compile(r"^a member of the (?P<party>[A-Z]\w*( [A-Z]\w*)* Party)")


def main(folder: Path) -> None:
    """Read the package in ``folder`` and write organisations.json and SOURCE.json beside this script."""
    package = next(folder.glob("wordnet-base*.deb"))
    same, members = [], {}
    for kind, lemmas, gloss in _synsets(package):
        if kind == "14" and len(names := [lemma for lemma in lemmas if lemma[0].isupper() and len(lemma) > 1]) > 1:
            same.append(names)
        if kind == "18" and (match := MEMBER.match(gloss)) and lemmas[0][0].isupper():
            members[lemmas[0]] = match.group("party")
    owner: dict[str, int] = {}
    for place in (0, 1):
        for number, names in enumerate(same):
            for name in names[:1] if place == 0 else names:
                owner.setdefault(name, number)
    clear = [[name for name in names if owner[name] == number] for number, names in enumerate(same)]
    table = {"same": [names for names in clear if len(names) > 1], "members": members}
    text = json.dumps(table, ensure_ascii=False, indent=0) + "\n"
    (HERE / "organisations.json").write_text(text, encoding="utf-8")
    note = {
        "what": "Names that mean the same organisation, and what the members of a party are called",
        "built_by": "build.py in this folder",
        "date": "2026-11-23",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "origins": [{"name": "Princeton WordNet 3.0, in wordnet-base", "licence": "WordNet-3.0"}],
        "files": [{"file": package.name.replace("%3a", ":"), "sha256": hashlib.sha256(package.read_bytes()).hexdigest()}],
    }
    (HERE / "SOURCE.json").write_text(json.dumps(note, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _synsets(package: Path) -> list[tuple[str, list[str], str]]:
    data = subprocess.run(["dpkg-deb", "--fsys-tarfile", str(package)], check=True, capture_output=True).stdout  # noqa: S603, S607
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        member = archive.extractfile("./usr/share/wordnet/data.noun")
        lines = (member.read().decode() if member else "").splitlines()
    found = []
    for line in lines:
        if line[0].isdigit():
            fields, _, gloss = line.partition(" | ")
            parts = fields.split()
            lemmas = [parts[4 + 2 * i].replace("_", " ") for i in range(int(parts[3], 16))]
            found.append((parts[1], lemmas, gloss))
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Build words.tsv: how often each content word comes in ordinary news, to tell what sets one article apart.

Run it with the articles of Wikinews in a folder (see the README's section on data)::

    python analysis/resources/lexicons/news_words/build.py FOLDER/wikinews/train.jsonl

Nouns, verbs and adjectives are counted by lemma, as ``analysis.language`` parses them; names are left out, and so are words
that come once.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from pathlib import Path

from analysis import read_text
from analysis.concordance import content_lemmas
from analysis.language import parse

HERE = Path(__file__).parent


def main(source: Path) -> None:
    """Count, and write words.tsv and SOURCE.json."""
    counts: Counter[str] = Counter()
    articles = 0
    for line in source.read_text("utf-8").splitlines():
        counts.update(content_lemmas(parse(read_text(json.loads(line)["text"]))))
        articles += 1
    kept = sorted(((word, amount) for word, amount in counts.items() if amount > 1), key=lambda row: (-row[1], row[0]))
    text = f"\t{counts.total()}\n" + "".join(f"{word}\t{amount}\n" for word, amount in kept)
    (HERE / "words.tsv").write_text(text, encoding="utf-8", newline="\n")
    about = {
        "what": f"How often nouns, verbs and adjectives come in {articles} articles of news; the first line counts all",
        "built_by": "build.py in this folder",
        "date": "2026-11-26",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "origins": [
            {"name": "Wikinews, articles of 2019 and 2020, by way of github.com/vanatteveldt/wikinews", "licence": "CC BY 2.5"}
        ],
        "files": [{"file": source.name, "sha256": hashlib.sha256(source.read_bytes()).hexdigest()}],
    }
    (HERE / "SOURCE.json").write_text(json.dumps(about, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

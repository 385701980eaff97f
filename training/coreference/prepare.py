"""Prepare what the coreference readers learn from: each anaphor's candidates, with features, words and the truth.

python -m training.coreference.prepare --out FOLDER

Read: GAP's development part (train) and validation part (develop), GUM without (train) and with only (develop) its
interviews and speeches, and the right and wrong marks of Wikinews (train and dev) and of MEANTIME (train). Anaphors that
nobody has labelled, in those texts, in LitBank and in NewsMTSC's train part, go into a file of their own ("unlabelled"):
a large network reads them for a small one.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

import analysis
from analysis.actors.candidates import Anaphor, Candidate, Propose, Reader
from analysis.actors.coreference import _Chooser
from analysis.actors.gazetteer import PIECE
from analysis.actors.groups import Group, GroupMention, gender_of
from analysis.actors.linking import _group, _locate
from analysis.actors.names import collect, norm
from analysis.actors.notices import quiet_spans
from analysis.actors.statements import appositions, children, stated
from analysis.discourse import find_attributions
from analysis.model import Parse, Span
from analysis.tone.encoder import FOLDER
from training.data import data_folder

Truth = Callable[[Anaphor, list[Candidate]], tuple[list[int], int, int | None] | None]
"""For an anaphor: 1, 0 or -1 (left out) for each candidate and for none, and the entity to go on with; None to pass by."""


def read(text: str) -> Any:
    article = analysis.read_text(text if "\n" in text else text + "\n")
    return analysis.parse(article)


def actors(parse: Parse) -> tuple[list[Group], list[GroupMention]]:
    """The named actors of a parse, before any anaphor."""
    quiet = quiet_spans(parse)
    names = collect(parse, quiet)
    groups, table, shared = _group(names, {norm(piece) for piece in PIECE.findall(parse.article.text)})
    places, _ = _locate(parse, quiet, groups, table, shared)
    appositions(parse, places, groups, children(parse))
    return groups, sorted(places, key=lambda place: place.start)


class Store:
    """Collects anaphors, and the word pieces of their texts, as flat arrays."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.anaphors: list[tuple[str, float, int, Anaphor, list[tuple[int, ...]], int, Span, list[Span]]] = []
        self.texts: list[list[int]] = []
        self.tokenizer = tokenizer

    def add(
        self, parse: Parse, groups: list[Group], places: list[GroupMention], source: str, weight: float, truth: Truth
    ) -> None:
        """Run the rules over a parse and keep every anaphor of which something is known."""
        pieces = Pieces(self, parse)

        def decide(anaphor: Anaphor, propose: Propose) -> int | None:
            candidates = propose()
            said = truth(anaphor, candidates)
            if said is None:
                return None
            marks, none, entity = said
            if any(mark != -1 for mark in marks) and (1 in marks or none == 1):
                self._keep(source, weight, none, anaphor, candidates, marks, pieces)
            return entity

        reader(parse, groups, places).run(decide)

    def add_unlabelled(self, parse: Parse, groups: list[Group], places: list[GroupMention], source: str) -> None:
        """Keep every anaphor of a parse, read on by the shipped reader's choices."""
        pieces = Pieces(self, parse)
        reading = reader(parse, groups, places)
        chooser = _Chooser(parse, groups, reading)

        def decide(anaphor: Anaphor, propose: Propose) -> int | None:
            candidates = propose()
            if candidates:
                self._keep(source, 1.0, -1, anaphor, candidates, [-1] * len(candidates), pieces)
            return chooser.decide(anaphor, lambda: candidates)

        reading.run(decide)

    def _keep(
        self, source: str, weight: float, none: int, anaphor: Anaphor, candidates: list[Candidate], marks: list[int],
        pieces: Pieces,
    ) -> None:  # fmt: skip
        rows = [(c.seen.entity, mark, *c.features) for c, mark in zip(candidates, marks, strict=True)]
        spans = [pieces.of(c.seen.start, c.seen.end) for c in candidates]
        self.anaphors.append(
            (source, weight, none, anaphor, rows, pieces.number, pieces.of(anaphor.head.start, anaphor.head.end), spans)
        )

    def save(self, path: Path) -> None:
        """One compressed file of flat arrays."""
        rows = [row for one in self.anaphors for row in one[4]]
        sources = sorted({one[0] for one in self.anaphors})
        np.savez_compressed(
            path,
            anaphor=np.array([one[3].features for one in self.anaphors], dtype=np.uint8),
            none=np.array([one[2] for one in self.anaphors], dtype=np.int8),
            weight=np.array([one[1] for one in self.anaphors], dtype=np.float32),
            source=np.array([sources.index(one[0]) for one in self.anaphors], dtype=np.uint8),
            sources=np.array(sources),
            count=np.array([len(one[4]) for one in self.anaphors], dtype=np.uint8),
            entity=np.array([row[0] for row in rows], dtype=np.int32),
            mark=np.array([row[1] for row in rows], dtype=np.int8),
            pair=np.array([row[2:] for row in rows], dtype=np.uint8),
            text=np.array([one[5] for one in self.anaphors], dtype=np.int32),
            at=np.array([one[6] for one in self.anaphors], dtype=np.int32),
            spans=np.array([span for one in self.anaphors for span in one[7]], dtype=np.int32),
            pieces=np.array([piece for text in self.texts for piece in text], dtype=np.uint16),
            ends=np.cumsum([len(text) for text in self.texts]).astype(np.int32),
        )
        count = Counter(one[0] for one in self.anaphors)
        print(path.name, dict(count), flush=True)


class Pieces:
    """A text as word pieces, kept in the store; spans of characters as spans of pieces."""

    def __init__(self, store: Store, parse: Parse) -> None:
        coded = store.tokenizer.encode(parse.article.text, add_special_tokens=False)
        self.number = len(store.texts)
        store.texts.append(coded.ids)
        self.starts, self.ends = [s for s, _ in coded.offsets], [e for _, e in coded.offsets]

    def of(self, start: int, end: int) -> Span:
        """The first and the last piece, plus one, that a span touches; at least one piece."""
        first = min(bisect_right(self.ends, start), len(self.ends) - 1)
        return first, max(first + 1, bisect_left(self.starts, end))


def reader(parse: Parse, groups: list[Group], places: list[GroupMention]) -> Reader:
    """The rules' pass through a parse."""
    genders = {n: gender_of(g) for n, g in enumerate(groups) if g.kind == "person"}
    return Reader(parse, places, groups, genders, stated(parse, places, groups, children(parse)), find_attributions(parse))


# --- labelled ---------------------------------------------------------------------------------------------------


def gum(store: Store, *, held: bool) -> None:
    """GUM: every anaphor has its chain, or none."""
    for line in (data_folder() / "gum" / "train.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        if (row["genre"] in ("interview", "speech")) != held:
            continue
        parse = read(row["text"] + "\n")
        groups, places = actors(parse)
        by_head = sorted((m["head"][0], m["head"][1], m["entity"]) for m in row["mentions"])

        def chain(start: int, end: int, by_head: list = by_head) -> Any:
            return next((e for a, b, e in by_head if a < end and start < b), None)

        votes: dict[Any, Counter[int]] = defaultdict(Counter)
        for place in places:
            entity = chain(place.start, place.end)
            if entity is not None:
                votes[entity][place.group] += 1
        known: dict[Any, int] = {e: c.most_common(1)[0][0] for e, c in votes.items()}
        fresh = iter(range(-100_000, 0))

        def truth(
            anaphor: Anaphor, candidates: list[Candidate], chain: Any = chain, known: dict = known, fresh: Any = fresh
        ) -> Any:
            entity = chain(anaphor.head.start, anaphor.head.end)
            marks = []
            for c in candidates:
                other = chain(c.seen.start, c.seen.end) if c.seen.form == 0 else chain(c.seen.head.start, c.seen.head.end)
                marks.append(int(entity is not None and other == entity))
            none = int(1 not in marks)
            if entity is None:
                return marks, none, None
            if entity not in known:
                known[entity] = next(fresh)
            return marks, none, known[entity]

        store.add(parse, groups, places, "gum", 1.0, truth)


def gap(store: Store, part: str) -> None:
    """GAP: one pronoun a snippet, two names; what else it may mean is unknown where neither is meant."""
    with (data_folder() / "gap" / f"{part}.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        parse = read(row["Text"])
        groups, places = actors(parse)
        at = int(row["Pronoun-offset"])
        owners = {}
        for side in "AB":
            start = int(row[f"{side}-offset"])
            end = start + len(row[side])
            owners[side] = {p.group for p in places if p.start < end and start < p.end}
        right = [owners[s] for s in "AB" if row[f"{s}-coref"].upper() == "TRUE"]
        wrong = set().union(*(owners[s] for s in "AB" if row[f"{s}-coref"].upper() != "TRUE"))
        store.add(parse, groups, places, "gap", 1.0, gap_truth(at, right[0] if right else None, wrong))


def gap_truth(at: int, right: set[int] | None, wrong: set[int]) -> Truth:
    def truth(anaphor: Anaphor, candidates: list[Candidate]) -> Any:
        if anaphor.start != at:
            return None
        marks = []
        for c in candidates:
            if c.seen.form in (1, 3) and c.seen.entity < 0:
                marks.append(-1)
            elif right is not None:
                marks.append(int(c.seen.entity in right))
            else:
                marks.append(int(c.seen.entity not in wrong))
        return marks, int(right is None), None

    return truth


def marked(store: Store, name: str, weight: float) -> None:
    """Articles whose marks were called right or wrong by a reader."""
    for line in (data_folder() / name).open(encoding="utf-8"):
        row = json.loads(line)
        parse = read(row["text"])
        if parse.article.text != row["text"]:
            continue
        groups, places = actors(parse)
        marks_at = [(s, e, t["actor"], t["label"] is not None) for t in row["targets"] for s, e in t["spans"]]
        by_name = {g.name: n for n, g in enumerate(groups)}

        def truth(
            anaphor: Anaphor,
            candidates: list[Candidate],
            marks_at: list = marks_at,
            by_name: dict = by_name,
        ) -> Any:
            mark = next((m for m in marks_at if m[0] < anaphor.end and anaphor.start < m[1]), None)
            if mark is None or mark[2] not in by_name:
                return None
            actor, right = by_name[mark[2]], mark[3]
            if right:
                marks = [
                    1 if c.seen.entity == actor else -1 if c.seen.form in (1, 3) and c.seen.entity < 0 else 0
                    for c in candidates
                ]
                return marks, 0, actor
            return [int(c.seen.entity != actor) for c in candidates], 1, None

        store.add(parse, groups, places, "marks", weight, truth)


def unlabelled(store: Store) -> None:
    """Anaphors without labels: pronouns and descriptions of GAP's other sentences, of news and of novels."""
    folder = data_folder()
    with (folder / "gap" / "development.tsv").open(encoding="utf-8", newline="") as lines:
        texts = [("gap", row["Text"]) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
    for name in ("wikinews/train", "meantime/train", "litbank/train"):
        for line in (folder / f"{name}.jsonl").open(encoding="utf-8"):
            text = json.loads(line)["text"]
            texts.append((name.split("/")[0], _SPACED.sub(r"\1", text) if "litbank" in name else text))
    for line in (folder / "newsmtsc" / "train.jsonl").open(encoding="utf-8"):
        sentence = json.loads(line)["sentence_normalized"]
        if _THIRD.search(sentence):
            texts.append(("newsmtsc", sentence))
    for source, text in dict.fromkeys(texts):
        parse = read(text)
        groups, places = actors(parse)
        if places:
            store.add_unlabelled(parse, groups, places, source)


_SPACED = re.compile(r" ([,.;:!?)]|'s\b|n't\b|'\w+\b)")
"""LitBank's texts are words with spaces between."""
_THIRD = re.compile(r"\b(he|him|his|she|her|it|its|they|their|the (company|party|country|president|minister))\b")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
    store = Store(tokenizer)
    gum(store, held=True)
    gap(store, "validation")
    marked(store, "wikinews/dev.jsonl", 1.0)
    store.save(args.out / "develop.npz")
    store = Store(tokenizer)
    gum(store, held=False)
    gap(store, "development")
    marked(store, "wikinews/train.jsonl", 0.5)
    marked(store, "meantime/train.jsonl", 0.5)
    store.save(args.out / "labelled.npz")
    store = Store(tokenizer)
    unlabelled(store)
    store.save(args.out / "unlabelled.npz")


if __name__ == "__main__":
    main()

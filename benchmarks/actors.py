"""How well actors and their mentions are found, against people's own marks. Run: make bench-actors

Reads the folder named by TOWARD_DATA (default ../shared/data), prints a table with the floors, 95 % bootstrap
intervals over articles and the ten worst articles of each set, and writes benchmarks/actors.json.

GAP's F1 counts, for both candidate names of a snippet, whether the pronoun was linked to that name. PerSenT
marks the target's mentions, pronouns included, noisily: a gold mention is found when a mention of the target
overlaps it. BASIL lists an article's main actors: one is found when exactly one actor carries its name.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import re
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.actors import find_actors
from analysis.language import parse
from analysis.model import Cast, Parse
from analysis.readers import read_article, read_text

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
ROUNDS = 1000
SEED = 20210419
Parser = Callable[[str], Parse]


@dataclass
class Tally:
    """Counts of one article: hits among what was found and what was marked; notes for the reader."""

    name: str
    right: int = 0
    found: int = 0
    gold: int = 0
    hit: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> int:
        return self.found - self.right + self.gold - self.hit


def precision(tallies: Iterable[Tally]) -> float:
    rows = list(tallies)
    return sum(t.right for t in rows) / max(1, sum(t.found for t in rows))


def recall(tallies: Iterable[Tally]) -> float:
    rows = list(tallies)
    return sum(t.hit for t in rows) / max(1, sum(t.gold for t in rows))


def f1(tallies: Iterable[Tally]) -> float:
    rows = list(tallies)
    p, r = precision(rows), recall(rows)
    return 2 * p * r / (p + r) if p + r else 0.0


def interval(tallies: Sequence[Tally], measure: Callable[[Iterable[Tally]], float]) -> tuple[float, float]:
    """The middle 95 % of the measure over articles drawn with replacement."""
    draw = random.Random(SEED)
    values = sorted(measure(draw.choices(tallies, k=len(tallies))) for _ in range(ROUNDS))
    return values[int(0.025 * ROUNDS)], values[int(0.975 * ROUNDS)]


def read_parse(text: str) -> Parse:
    """Parse a text given as it is, even one short line."""
    return parse(read_text(text))


# --- GAP ------------------------------------------------------------------------------------------------------


def gap_rows(folder: Path, part: str) -> list[dict[str, str]]:
    with (folder / "gap" / f"{part}.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def gap_tally(row: dict[str, str], cast: Cast) -> Tally:
    """Whether the pronoun of one snippet was linked to each of its two names."""
    tally = Tally(row["ID"])
    at = int(row["Pronoun-offset"])
    linked = next((m.actor.name for m in cast.mentions if m.start == at), None)
    for side in "AB":
        start = int(row[f"{side}-offset"])
        end = start + len(row[side])
        names = {m.actor.name for m in cast.mentions if m.start < end and start < m.end and m.form != "pronoun"}
        said = linked is not None and linked in names
        true = row[f"{side}-coref"].upper() == "TRUE"
        tally.found += said
        tally.gold += true
        tally.right += said and true
        tally.hit += said and true
        if said != true:
            tally.notes.append(f"{row['Pronoun']}@{at} -> {linked}; {side}={row[side]} is {true}: {row['Text']}")
    return tally


# --- PerSenT --------------------------------------------------------------------------------------------------


def persent_rows(folder: Path, *, whole: bool = True) -> list[dict[str, str]]:
    """The articles whose marks can be placed, and mark every place where a word of the target's name stands.

    In many articles [TGT] stands for only a few of the target's mentions, names left unmarked among them; there
    a mention found and not marked says nothing about the finder. This choice looks at the marks alone.
    """
    csv.field_size_limit(10**7)
    with (folder / "persent" / "dev.csv").open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if persent_gold(row) and _whole(row) is whole]


def _whole(row: dict[str, str]) -> bool:
    words = "|".join(re.escape(word) for word in row["TARGET_ENTITY"].split() if word[0].isupper())
    places = [match.start() for match in re.finditer(rf"\b({words})\b", row["DOCUMENT"])] if words else []
    gold = persent_gold(row)
    return bool(gold) and all(any(start <= place < end for start, end in gold) for place in places)


def persent_gold(row: dict[str, str]) -> list[tuple[int, int]]:
    """The spans that [TGT] stands for, by walking both texts' letters; empty where they cannot be aligned."""
    text = row["DOCUMENT"]
    letters = [place for place, character in enumerate(text) if character.isalnum()]
    stream = "".join(text[place] for place in letters)
    parts = [re.sub(r"[\W_]", "", part) for part in row["MASKED_DOCUMENT"].split("[TGT]")]
    spans, at = [], 0
    for number, part in enumerate(parts):
        if number == len(parts) - 1 and not part:
            place = len(stream)
        elif number and not part:
            return []
        else:
            place = stream.find(part[:60], at + (number > 0))
        if place < 0 or (number == 0 and place) or place - at > 120 or stream[place : place + len(part)] != part:
            return []
        if number:
            start, end = letters[at], letters[place - 1] + 1
            spans.append((start, end - 2 if text[start:end].endswith(("'s", "’s")) else end))
        at = place + len(part)
    return spans


def person_actor(cast: Cast, target: str) -> list[str]:
    """The actors that carry the target's name: to the word, else the shorter name within the longer one."""
    wanted = _words(target)
    exact, near = [], []
    for actor in cast.actors:
        forms = [_words(form) for form in (actor.name, *actor.aliases)]
        if wanted in forms:
            exact.append(actor.name)
        elif set(forms[0]) <= set(wanted) or set(wanted) <= set(forms[0]):
            near.append(actor.name)
    return exact or near


def _words(name: str) -> list[str]:
    return [word for word in re.findall(r"\w+", name.casefold()) if word not in {"jr", "sr"}]


def persent_tally(row: dict[str, str], cast: Cast) -> Tally:
    """Which marked mentions of the target were found, and which found ones were marked."""
    tally = Tally(f"{row['DOCUMENT_INDEX']} {row['TARGET_ENTITY']}")
    text = row["DOCUMENT"]
    gold = persent_gold(row)
    names = person_actor(cast, row["TARGET_ENTITY"])
    best = max(names, key=lambda name: len(cast.mentions_of(name)), default=None)
    ours = [(m.start, m.end, m) for m in cast.mentions if m.actor.name == best]
    offset = cast.parse.article.text.find(text)
    for start, end in gold:
        tally.gold += 1
        if any(a - offset < end and start < b - offset for a, b, _ in ours):
            tally.hit += 1
        else:
            owner = next((m.actor.name for m in cast.mentions if m.start - offset < end and start < m.end - offset), "nobody")
            tally.notes.append(f"missed [{text[start:end]}] (went to {owner}) in …{text[max(0, start - 90) : end + 50]!r}")
    for a, b, mention in ours:
        tally.found += 1
        if any(a - offset < end and start < b - offset for start, end in gold):
            tally.right += 1
        else:
            around = text[max(0, a - offset - 90) : b - offset + 50]
            note = f"unmarked [{text[a - offset : b - offset]}] by {mention.rule} in …{around!r}"
            tally.notes.append(note)
    return tally


# --- BASIL ----------------------------------------------------------------------------------------------------

_GENERIC = frozenset(
    {"officials", "lawmakers", "leaders", "the", "u", "s", "us", "of", "and", "member", "party", "stores", "inc"}
)
NOT_ACTORS = frozenset(
    {
        "joint tax rule for homosexual couples",
        "national security agency programs",
        "sb 1062 bill",
        "benghazi attacks",
        "social security",
    }
)
UNNAMED = frozenset(
    {"plaintiffs", "protestors", "protesters", "police", "lawmakers", "internet companies", "fiscal conservatives"}
)


def basil_rows(folder: Path) -> list[dict[str, Any]]:
    with (folder / "basil" / "dev.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def basil_text(row: dict[str, Any]) -> str:
    return row["title"] + "\n\n" + "\n\n".join(" ".join(paragraph) for paragraph in row["paragraphs"])


_SAME = {"gop": "republican", "democratic": "democrat"}


def _content(form: str) -> list[str]:
    """The telling words of a name: no accents, no dots within, no plural, no generic words, no suffix."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", form) if not unicodedata.combining(c)).casefold()
    words = re.findall(r"\w+", re.sub(r"(?<=\w)[.-](?=\w)|\.", "", re.sub(r"['’]s\b", "", plain)))
    words = [word for word in words if word not in {"jr", "sr"}]
    words = [word for word in words if word not in _GENERIC] or words
    words = [word.removesuffix("s") if len(word) > 3 else word for word in words]
    return [_SAME.get(word, word) for word in words]


def carriers(cast: Cast, entity: str) -> list[str]:
    """The actors that carry a main actor's name, to the letter where there is one."""
    spelled = [actor.name for actor in cast.actors if entity in (actor.name, *actor.aliases)]
    if spelled:
        return spelled
    wanted = _content(entity)
    exact, near = [], []
    for actor in cast.actors:
        forms = [_content(form) for form in (actor.name, *actor.aliases)]
        if actor.kind == "person":
            if wanted in forms or (forms[0][-1:] == wanted[-1:] and forms[0][0] in (wanted[0], wanted[-1])):
                exact.append(actor.name)
            elif forms[0][-1:] == wanted[-1:]:
                near.append(actor.name)
        elif any(sorted(f) == sorted(wanted) for f in forms):
            exact.append(actor.name)
        elif any(f and set(f) <= set(wanted) and wanted[-1] in f for f in forms):
            near.append(actor.name)
    return exact or near


def basil_tally(row: dict[str, Any], cast: Cast) -> Tally:
    """Which main actors of the article are found under one actor each; a name twice is not found."""
    tally = Tally(f"{row['id']} {row['source']} {row['title'][:60]}")
    owners: dict[str, str] = {}
    for entity in row["main_entities"]:
        if entity.casefold() in NOT_ACTORS or entity.casefold() in UNNAMED:
            continue
        tally.gold += 1
        tally.found += 1
        names = carriers(cast, entity)
        if len(names) == 1 and names[0] not in owners:
            owners[names[0]] = entity
            tally.hit += 1
            tally.right += 1
        else:
            tally.notes.append(
                f"{entity}: {names or 'nobody'}{' (taken by ' + owners[names[0]] + ')' if names and names[0] in owners else ''}"
            )
    return tally


# --- the seed -------------------------------------------------------------------------------------------------


def seed_tally() -> Tally:
    """Mentions of the seed article against the hand-marked gold."""
    gold_file = ROOT / "tests" / "golden" / "lavrov-north-korea.mentions.json"
    gold = json.loads(gold_file.read_text(encoding="utf-8"))
    cast = find_actors(parse(read_article(ROOT / "seeds" / gold["article"])))
    marked = {(m["start"], m["end"], m["actor"]) for m in gold["mentions"]}
    ours = {(m.start, m.end, m.actor.name) for m in cast.mentions}
    tally = Tally("lavrov-north-korea", len(marked & ours), len(ours), len(marked), len(marked & ours))
    text = cast.parse.article.text
    tally.notes += [f"missed {text[a:b]!r} {who}" for a, b, who in sorted(marked - ours)]
    tally.notes += [f"not in gold {text[a:b]!r} {who}" for a, b, who in sorted(ours - marked)]
    return tally


# --- cost -----------------------------------------------------------------------------------------------------


def cost(texts: Sequence[str]) -> tuple[float, float]:
    """Seconds of the parse and of the actors on the same texts, the pipeline loaded before."""
    read_parse(texts[0])
    find_actors(read_parse(texts[0]))
    began = time.perf_counter()
    parses = [read_parse(text) for text in texts]
    middle = time.perf_counter()
    for parsed in parses:
        find_actors(parsed)
    return middle - began, time.perf_counter() - middle


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and write benchmarks/actors.json."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--limit", type=int, default=0, help="use only so many articles of each set")
    options.add_argument("--gap", default="development", help="the part of GAP to use")
    chosen = options.parse_args(arguments)
    folder = Path(os.environ.get("TOWARD_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        print(
            f"There is no folder {folder}. Set TOWARD_DATA to the folder that holds gap/, persent/ and basil/.", file=sys.stderr
        )
        return 2
    step = chosen.limit or None
    sets: dict[str, list[Tally]] = {"seed": [seed_tally()]}
    sets["gap"] = [gap_tally(row, find_actors(read_parse(row["Text"]))) for row in gap_rows(folder, chosen.gap)[:step]]
    sets["persent"] = [persent_tally(row, find_actors(read_parse(row["DOCUMENT"]))) for row in persent_rows(folder)[:step]]
    partly = persent_rows(folder, whole=False)[:step]
    sets["persent, marked in part"] = [persent_tally(row, find_actors(read_parse(row["DOCUMENT"]))) for row in partly]
    basil = basil_rows(folder)[:step]
    sets["basil"] = [basil_tally(row, find_actors(read_parse(basil_text(row)))) for row in basil]
    parse_s, actors_s = cost([basil_text(row) for row in basil[:20]])
    lines = [
        ("seed: mention precision", sets["seed"], precision, 0.95, 1.0),
        ("seed: mention recall", sets["seed"], recall, 0.92, 0.98),
        (f"GAP {chosen.gap}: F1", sets["gap"], f1, 0.62, 0.70),
        ("PerSenT: mentions found", sets["persent"], recall, 0.80, 0.90),
        ("PerSenT: precision", sets["persent"], precision, 0.85, 0.92),
        ("PerSenT, marked in part: found", sets["persent, marked in part"], recall, 0.80, 0.90),
        ("BASIL: main actors, one each", sets["basil"], recall, 0.93, 0.98),
    ]
    record: dict[str, Any] = {"measures": [], "cost_share": round(actors_s / parse_s, 4)}
    print(f"{'measure':34}{'value':>8}{'95 % interval':>18}{'floor':>8}{'goal':>7}{'articles':>10}")
    for title, tallies, measure, floor, goal in lines:
        value = measure(tallies)
        lo, hi = interval(tallies, measure)
        print(f"{title:34}{value:8.3f}{f'{lo:.3f} to {hi:.3f}':>18}{floor:8.2f}{goal:7.2f}{len(tallies):10d}")
        row = {"measure": title, "value": round(value, 4), "lo": round(lo, 4), "hi": round(hi, 4), "floor": floor, "goal": goal}
        record["measures"].append({**row, "articles": len(tallies)})
    print(
        f"{'cost beside the parse':34}{actors_s / parse_s:8.3f}{'':18}{0.15:8.2f}   ({actors_s:.2f} s beside {parse_s:.2f} s)"
    )
    for part, tallies in sets.items():
        print(f"\nThe worst of {part}:")
        for tally in sorted(tallies, key=lambda tally: (-tally.wrong, tally.name))[:10]:
            if tally.wrong:
                print(f"  {tally.name}: {tally.hit} of {tally.gold} found, {tally.found - tally.right} wrong")
                for note in tally.notes[:3]:
                    print(f"      {note[:240]}")
    (HERE / "actors.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

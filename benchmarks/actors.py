"""How well actors and their mentions are found, against people's own marks. Run: make bench-actors

Reads the folder named by TOWARD_DATA (default ../shared/data), prints a table with the floors, 95 % bootstrap
intervals over articles and the ten worst articles of each set, and writes benchmarks/actors.json.

GAP's F1 counts, for both candidate names of a snippet, whether the pronoun was linked to that name. PerSenT
marks the target's mentions, pronouns but "I" included, noisily: a gold mention is found when a mention of the target
overlaps it. BASIL lists an article's main actors: one is found when exactly one actor carries its name. GUM's
interviews and speeches hold every mention of every person and organisation: found is any mention on its head, in one actor
where that is the actor most of its names went to. The marks of Wikinews were called right or wrong by a reader that is
a language model: a mark counts as made where any mention overlaps it.
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
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.actors import coreference, find_actors, words
from analysis.actors.candidates import PAIR, Anaphor, Candidate
from analysis.language import parse
from analysis.model import SELF_RULE, Cast, Mention, Parse
from analysis.readers import read_article, read_text

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
ROUNDS = 1000
SEED = 20210419


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


def by_rules_alone(read: Callable[[], Any]) -> Any:
    """What a reading gives where the most salient candidate is always taken, in place of the trained reader."""

    def salient(_anaphor: Anaphor, candidates: Sequence[Candidate], _words: object = None) -> dict[int, float]:
        place = list(PAIR).index("salience")
        best = max(candidates, key=lambda candidate: candidate.features[place])
        return {best.seen.entity: 1.0}

    kept = coreference.chances_of
    coreference.chances_of = salient
    try:
        return read()
    finally:
        coreference.chances_of = kept


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
    ours = [(m.start, m.end, m) for m in cast.mentions if m.actor.name == best and m.rule != SELF_RULE]
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


# --- GUM ------------------------------------------------------------------------------------------------------

PERSONAL = frozenset("he him his himself she her hers herself they them their".split())
SELF = frozenset("i you we my our me your us myself yourself ourselves".split())


def gum_rows(folder: Path) -> list[dict[str, Any]]:
    """GUM's interviews and speeches, which the reader of pronouns was not trained on."""
    with (folder / "gum" / "train.jsonl").open(encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if row["genre"] in ("interview", "speech")]


def gum_tallies(row: dict[str, Any], cast: Cast) -> dict[str, Tally]:
    """By kind of mention of named persons and organisations: marked (gold), found at all, in one actor (hit, right)."""
    tallies = {kind: Tally(row["id"]) for kind in (*GUM_KINDS, *(f"{GUM_KINDS[2]}: {way}" for way in GUM_WAYS))}
    chains: dict[Any, list[dict[str, Any]]] = {}
    for mention in row["mentions"]:
        if mention["kind"] in ("person", "organization"):
            chains.setdefault(mention["entity"], []).append(mention)

    def on(mention: dict[str, Any]) -> Mention | None:
        start, end = mention["head"]
        return next((found for found in cast.mentions if found.start < end and start < found.end), None)

    for chain in chains.values():
        if not any(mention["proper"] for mention in chain):
            continue
        named = Counter(found.actor.name for m in chain if m["proper"] and (found := on(m)) and found.form != "pronoun")
        best = named.most_common(1)[0][0] if named else None
        kind = Counter(mention["kind"] for mention in chain).most_common(1)[0][0]
        before: int | None = None
        for mention in sorted(chain, key=lambda mention: mention["start"]):
            form = row["text"][mention["start"] : mention["end"]].lower()
            if mention["proper"]:
                keys, before = [GUM_KINDS[kind != "person"]], mention["start"]
            elif form in SELF:
                keys = [GUM_KINDS[4]]
            elif not mention["pronoun"]:
                keys = [GUM_KINDS[3]]
            elif kind == "person" and form in PERSONAL:
                gender = (
                    GUM_WAYS[0] if form[0] == "h" and form[:3] != "her" else GUM_WAYS[1] if form[0] in "sh" else GUM_WAYS[2]
                )
                far = before is not None and mention["start"] - before > FAR
                keys = [GUM_KINDS[2], f"{GUM_KINDS[2]}: {gender}", f"{GUM_KINDS[2]}: {GUM_WAYS[3 + far]}"]
            else:
                continue
            found = on(mention)
            own = found is not None and found.actor.name == best
            for key in keys:
                tally = tallies[key]
                tally.gold += 1
                tally.found += found is not None
                tally.right += own
                tally.hit += own
                if not own and ":" not in key:
                    around = row["text"][max(0, mention["start"] - 80) : mention["end"] + 30].replace("\n", " ")
                    went = found.actor.name if found else "nobody"
                    tally.notes.append(f"[{form[:40]}] went to {went}, not {best}, in …{around!r}")
    return tallies


GUM_KINDS = ("persons by name", "organisations by name", "personal pronouns", "descriptions", "first and second person")
GUM_WAYS = ("he", "she", "they", "near", "far")
FAR = 300
"""Characters from a name to a pronoun from which on it is far."""


def found_share(tallies: Iterable[Tally]) -> float:
    """Of the marked mentions, those on which some mention was found."""
    rows = list(tallies)
    return sum(t.found for t in rows) / max(1, sum(t.gold for t in rows))


def wrong_share(tallies: Iterable[Tally]) -> float:
    """Of the marked mentions, those that went to somebody else."""
    rows = list(tallies)
    return sum(t.found - t.right for t in rows) / max(1, sum(t.gold for t in rows))


# --- marks that readers called right or wrong -----------------------------------------------------------------


def mark_rows(folder: Path) -> list[dict[str, Any]]:
    """Both parts. No model of names was trained on either, and both were read while the rules were written."""
    parts = [(folder / "wikinews" / f"{part}.jsonl").read_text(encoding="utf-8") for part in ("train", "dev")]
    return [json.loads(line) for part in parts for line in part.splitlines()]


def mark_tally(row: dict[str, Any], cast: Cast) -> Tally:
    """gold and hit: wrong marks, and those still made; found and right: right marks, and those still made."""
    tally = Tally(row["id"])
    for target in row["targets"]:
        made = any(m.start < end and start < m.end for m in cast.mentions for start, end in target["spans"])
        if target["label"] is None:
            tally.gold += 1
            tally.hit += made
        else:
            tally.found += 1
            tally.right += made
        if made is (target["label"] is None):
            start, end = target["spans"][0]
            around = row["text"][max(0, start - 60) : end + 40].replace("\n", " ")
            tally.notes.append(f"{'still made' if made else 'lost'}: {target['actor']} in …{around!r}")
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
    """CPU seconds of the parse and of the actors on the same texts, the pipeline loaded before."""
    words.open_model()
    read_parse(texts[0])
    find_actors(read_parse(texts[0]))
    began = time.process_time()
    parses = [read_parse(text) for text in texts]
    middle = time.process_time()
    for parsed in parses:
        find_actors(parsed)
    return middle - began, time.process_time() - middle


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and write benchmarks/actors.json."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--limit", type=int, default=0, help="use only so many articles of each set")
    options.add_argument("--gap", default="validation", help="the part of GAP to use")
    chosen = options.parse_args(arguments)
    folder = Path(os.environ.get("TOWARD_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        print(
            f"There is no folder {folder}. Set TOWARD_DATA to the folder that holds gap/, persent/ and basil/.", file=sys.stderr
        )
        return 2
    step = chosen.limit or None
    sets: dict[str, list[Tally]] = {"seed": [seed_tally()]}
    parsed = [read_parse(row["Text"]) for row in gap_rows(folder, chosen.gap)[:step]]
    sets["gap"] = [gap_tally(row, find_actors(one)) for row, one in zip(gap_rows(folder, chosen.gap), parsed, strict=False)]
    sets["gap, by rules alone"] = by_rules_alone(
        lambda: [gap_tally(row, find_actors(one)) for row, one in zip(gap_rows(folder, chosen.gap), parsed, strict=False)]
    )
    gum = [gum_tallies(row, find_actors(read_parse(row["text"] + "\n"))) for row in gum_rows(folder)[:step]]
    sets |= {f"GUM, {kind}": [tallies[kind] for tallies in gum] for kind in gum[0]}
    sets["marks"] = [mark_tally(row, find_actors(read_parse(row["text"]))) for row in mark_rows(folder)[:step]]
    sets["persent"] = [persent_tally(row, find_actors(read_parse(row["DOCUMENT"]))) for row in persent_rows(folder)[:step]]
    partly = persent_rows(folder, whole=False)[:step]
    sets["persent, marked in part"] = [persent_tally(row, find_actors(read_parse(row["DOCUMENT"]))) for row in partly]
    basil = basil_rows(folder)[:step]
    sets["basil"] = [basil_tally(row, find_actors(read_parse(basil_text(row)))) for row in basil]
    parse_s, actors_s = cost([basil_text(row) for row in basil[:20]])
    lines = [
        ("seed: mention precision", sets["seed"], precision, 0.97, 1.0),
        ("seed: mention recall", sets["seed"], recall, 0.95, 1.0),
        (f"GAP {chosen.gap}: F1", sets["gap"], f1, 0.76, 0.85),
        (f"GAP {chosen.gap}, rules alone: F1", sets["gap, by rules alone"], f1, None, None),
        ("GUM: persons by name found", sets["GUM, persons by name"], found_share, 0.93, 0.97),
        ("GUM: persons by name in one actor", sets["GUM, persons by name"], recall, 0.89, 0.95),
        ("GUM: organisations found", sets["GUM, organisations by name"], found_share, 0.88, 0.94),
        ("GUM: organisations in one actor", sets["GUM, organisations by name"], recall, 0.82, 0.90),
        ("GUM: personal pronouns right", sets["GUM, personal pronouns"], recall, 0.76, 0.88),
        ("GUM: personal pronouns wrong", sets["GUM, personal pronouns"], wrong_share, 0.12, 0.06),
        *(
            (f"GUM: {kind[5:]}, {word}", sets[kind], way, None, None)
            for kind in sets
            if kind.startswith("GUM") and ":" in kind
            for word, way in (("right", recall), ("wrong", wrong_share))
        ),
        ("GUM: descriptions right", sets["GUM, descriptions"], recall, 0.30, 0.55),
        ("GUM: descriptions wrong", sets["GUM, descriptions"], wrong_share, 0.08, 0.06),
        ("GUM: first and second person right", sets["GUM, first and second person"], recall, None, None),
        ("Wikinews: wrong marks still made", sets["marks"], recall, 0.40, 0.15),
        ("Wikinews: right marks still made", sets["marks"], precision, 0.97, 0.99),
        ("PerSenT: mentions found", sets["persent"], recall, 0.80, 0.90),
        ("PerSenT: precision", sets["persent"], precision, 0.85, 0.92),
        ("PerSenT, marked in part: found", sets["persent, marked in part"], recall, 0.80, 0.90),
        ("BASIL: main actors, one each", sets["basil"], recall, 0.93, 0.98),
    ]
    record: dict[str, Any] = {"measures": [], "cost_share": round(actors_s / parse_s, 4)}
    print(f"{'measure':42}{'value':>8}{'95 % interval':>18}{'floor':>8}{'goal':>7}{'articles':>10}")
    for title, tallies, measure, floor, goal in lines:
        value = measure(tallies)
        lo, hi = interval(tallies, measure)
        held = f"{floor:8.2f}{goal:7.2f}" if floor is not None else f"{'':15}"
        print(f"{title:42}{value:8.3f}{f'{lo:.3f} to {hi:.3f}':>18}{held}{len(tallies):10d}")
        row = {"measure": title, "value": round(value, 4), "lo": round(lo, 4), "hi": round(hi, 4), "floor": floor, "goal": goal}
        record["measures"].append({**row, "articles": len(tallies)})
    print(f"{'cost beside the parse':42}{actors_s / parse_s:8.3f}{'':18}{0.6:8.2f}   ({actors_s:.2f} s beside {parse_s:.2f} s)")
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

"""How well the program finds who says what, against people's own marks. Run: make bench-discourse

Reads the folder named by TOWARD_DATA (default ../shared/data), prints the figures beside their floors with 95 %
bootstrap intervals over articles and the worst misses, and writes benchmarks/discourse.json.

PolNeAR: an attribution is found when its content and a content of ours, taken as sets of characters, overlap by
an intersection over union of at least 0.3; pairs are one to one, the best first. Of those found, the source head
is right when our source and the marked one have the same syntactic head. "Direct" keeps the attributions, ours
and the marked ones, most of whose content begins with a quotation mark. BASIL marks who speaks a quoted biased
span: a main actor by name is right when our source is that actor; "other" and
a group ("Republican lawmakers") when it is a source that is no other main actor, since members speak for groups.
PolNeAR and BASIL are measured only; nothing is trained on them. Beside the lenient figures stand the exact ones, as they
are published: a span counts when it is the marked one to the character. Positions are measured by ``positions.py``.
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
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import positions

from analysis.actors import find_actors
from analysis.discourse import find_attributions, source_head
from analysis.language import parse
from analysis.model import Attribution, Cast, Parse, Span
from analysis.readers import read_text
from analysis.tone import clause, scorers

HERE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("TOWARD_DATA", HERE.parent.parent / "shared" / "data"))
ROUNDS = 1000
SEED = 20210419
OVERLAP = 0.3
MARKS = "\"“”„«»‘'"
FLOORS = {
    "content F1": (0.78, 0.84),
    "source head": (0.90, 0.93),
    "content F1, direct": (0.86, 0.95),
    "source head, direct": (0.86, 0.93),
    "BASIL speaker": (0.75, 0.90),
    "challenge, encoder": (0.85, 0.95),
    "speaker rule, macro-F1 gained": (0.03, 0.03),
    "cost beside the parse": (0.05, 0.05),
}


@dataclass
class Tally:
    """Counts of one article."""

    name: str
    gold: int = 0
    ours: int = 0
    found: int = 0
    right_ours: int = 0
    sourced: int = 0
    heads: int = 0
    notes: list[str] = field(default_factory=list)


def f1(tallies: Iterable[Tally]) -> float:
    rows = list(tallies)
    precision = sum(t.right_ours for t in rows) / max(1, sum(t.ours for t in rows))
    recall = sum(t.found for t in rows) / max(1, sum(t.gold for t in rows))
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def head_share(tallies: Iterable[Tally]) -> float:
    rows = list(tallies)
    return sum(t.heads for t in rows) / max(1, sum(t.sourced for t in rows))


def interval(measure: Callable[[Sequence[Tally]], float], tallies: Sequence[Tally]) -> dict[str, float]:
    """The value with its 95 % percentile interval, articles drawn with replacement."""
    draw = random.Random(SEED)
    values = sorted(measure(draw.choices(tallies, k=len(tallies))) for _ in range(ROUNDS)) if tallies else [0.0]
    low, high = values[int(0.025 * len(values))], values[min(len(values) - 1, int(0.975 * len(values)))]
    return {"value": round(measure(tallies), 4), "lo": round(low, 4), "hi": round(high, 4)}


def merged(spans: Iterable[Sequence[int]]) -> list[Span]:
    out: list[Span] = []
    for start, end in sorted((a, b) for a, b in spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def overlap(one: Sequence[Span], two: Sequence[Span]) -> float:
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in two)
    total = sum(b - a for a, b in one) + sum(d - c for c, d in two) - shared
    return shared / total if total else 0.0


def paired(gold: Sequence[Sequence[Span]], ours: Sequence[Sequence[Span]]) -> dict[int, int]:
    """Marked to ours, one to one, the best overlap first."""
    pairs = []
    for i, one in enumerate(gold):
        for j, two in enumerate(ours):
            if one[0][0] < two[-1][1] and two[0][0] < one[-1][1] and (share := overlap(one, two)) >= OVERLAP:
                pairs.append((-share, i, j))
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _, i, j in sorted(pairs):
        if i not in taken and j not in used:
            taken[i] = j
            used.add(j)
    return taken


def quoted(text: str, spans: Sequence[Span]) -> bool:
    inside = sum(end - start for start, end in spans if text[start:end].lstrip()[:1] in MARKS)
    return inside >= 0.5 * sum(end - start for start, end in spans)


def head_of(parsed: Parse, spans: Sequence[Sequence[int]]) -> int | None:
    inside = [t for t in parsed.tokens if any(a <= t.start < b for a, b in spans)]
    places = {t.index for t in inside}
    found = [t.index for t in inside if t.pos not in ("PUNCT", "SPACE") and (t.head not in places or t.head == t.index)]
    return found[0] if found else None


def bench_polnear(part: str) -> dict[str, Any]:
    everything: list[Tally] = []
    direct: list[Tally] = []
    misses: list[tuple[int, str]] = []
    spurious: list[tuple[int, str]] = []
    parse_time = ours_time = 0.0
    rules: dict[str, Counter[str]] = defaultdict(Counter)
    exact: Counter[tuple[str, str]] = Counter()
    for line in (DATA / "polnear" / f"{part}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = row["text"]
        clock = time.perf_counter()
        parsed = parse(read_text(text))
        between = time.perf_counter()
        found = find_attributions(parsed)
        parse_time += between - clock
        ours_time += time.perf_counter() - between
        marked = [item for item in row["attributions"] if item["content"]]
        exact += counted_exactly(marked, found)
        gold = [merged(item["content"]) for item in marked]
        ours = [merged(item.content) for item in found]
        pairs = paired(gold, ours)
        back = {j: i for i, j in pairs.items()}
        for only_direct, tallies in ((False, everything), (True, direct)):
            tally = Tally(row["id"])
            for i, spans in enumerate(gold):
                if only_direct and not quoted(text, spans):
                    continue
                tally.gold += 1
                if i in pairs:
                    tally.found += 1
                    if marked[i]["source"]:
                        tally.sourced += 1
                        tally.heads += head_of(parsed, marked[i]["source"]) == head_of(parsed, found[pairs[i]].source)
                elif not only_direct:
                    misses.append((sum(b - a for a, b in spans), f"{row['id']}: {shown(text, marked[i])}"))
            for j, spans in enumerate(ours):
                if only_direct and not quoted(text, spans):
                    continue
                tally.ours += 1
                tally.right_ours += j in back
                if not only_direct:
                    rules[found[j].rule]["all"] += 1
                    rules[found[j].rule]["right"] += j in back
                    if j not in back:
                        spurious.append((sum(b - a for a, b in spans), f"{row['id']}: {shown(text, found[j])}"))
            tallies.append(tally)
    return {
        "part": part,
        "articles": len(everything),
        "attributions": sum(t.gold for t in everything),
        "content F1": interval(f1, everything),
        "source head": interval(head_share, everything),
        "content F1, direct": interval(f1, direct),
        "source head, direct": interval(head_share, direct),
        "exact spans": {name: exact_scores(exact, name) for name in ("source", "cue", "content")},
        "precision": round(sum(t.right_ours for t in everything) / max(1, sum(t.ours for t in everything)), 4),
        "recall": round(sum(t.found for t in everything) / max(1, sum(t.gold for t in everything)), 4),
        "rules": {
            name: [count["right"], count["all"]] for name, count in sorted(rules.items(), key=lambda item: -item[1]["all"])
        },
        "cost beside the parse": round(ours_time / parse_time, 4) if parse_time else None,
        "worst misses": [note for _, note in sorted(misses, reverse=True)[:12]],
        "worst inventions": [note for _, note in sorted(spurious, reverse=True)[:12]],
    }


def counted_exactly(marked: Sequence[dict[str, Any]], found: Sequence[Attribution]) -> Counter[tuple[str, str]]:
    """How many sources, cues and contents are marked, found, and both, to the character."""
    count: Counter[tuple[str, str]] = Counter()
    for name in ("source", "cue", "content"):
        gold = Counter(tuple(merged(item[name])) for item in marked if item[name])
        ours = Counter(tuple(merged(getattr(item, name))) for item in found if getattr(item, name))
        count.update({(name, "marked"): gold.total(), (name, "found"): ours.total(), (name, "both"): (gold & ours).total()})
    return count


def exact_scores(count: Counter[tuple[str, str]], name: str) -> dict[str, float]:
    both, found, marked = (count[name, key] for key in ("both", "found", "marked"))
    return {
        "precision": round(both / max(1, found), 4),
        "recall": round(both / max(1, marked), 4),
        "F1": round(2 * both / max(1, found + marked), 4),
    }


def shown(text: str, item: dict[str, Any] | Attribution) -> str:
    parts = item if isinstance(item, dict) else {"source": item.source, "cue": item.cue, "content": item.content}
    words = [" … ".join(text[a:b] for a, b in parts[name]) for name in ("source", "cue", "content")]
    return " | ".join(" ".join(part.split())[:90] for part in words)


# --- BASIL ----------------------------------------------------------------------------------------------------


def bench_basil() -> dict[str, Any]:
    tallies: list[Tally] = []
    kinds: Counter[str] = Counter()
    wrong: list[str] = []
    for line in (DATA / "basil" / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        marks = [mark for mark in row["annotations"]["phrase-level-annotations"] if mark["quote"] == "yes" and mark["speaker"]]
        if not marks:
            continue
        text = "\n\n".join(" ".join(sentences) for sentences in row["paragraphs"])
        sentences = [sentence for block in row["paragraphs"] for sentence in block]
        parsed = parse(read_text(text))
        cast = find_actors(parsed)
        found = find_attributions(parsed)
        tally = Tally(row["id"])
        others = {name.replace("_", " ") for name in row["main_entities"]}
        for mark in marks:
            place = located(text, sentences, mark)
            if place is None:
                continue
            tally.sourced += 1
            said = speaker_of(parsed, cast, found, place)
            right = same_speaker(mark["speaker"], said, others)
            tally.heads += right
            if not right:
                kinds["no source" if not said else "other source"] += 1
                wrong.append(f"{row['id'][-3:]} {row['source']}: {mark['speaker']} / {said or 'none'} | {mark['txt'][:80]}")
        tallies.append(tally)
    return {
        "spans": sum(t.sourced for t in tallies),
        "BASIL speaker": interval(head_share, tallies),
        "wrong by kind": dict(kinds),
        "worst": wrong,
    }


def located(text: str, sentences: Sequence[str], mark: dict[str, Any]) -> Span | None:
    """Where a marked span stands in the joined text: by its place in its sentence, else by its words."""
    words = mark["txt"].strip()
    for sentence in sentences:
        start = sentence.find(words, max(0, mark["start"] - 5)) if words in sentence else -1
        if start >= 0 and abs(start - mark["start"]) <= 5:
            base = text.find(sentence)
            return base + start, base + start + len(words)
    base = text.find(words)
    return (base, base + len(words)) if base >= 0 else None


def speaker_of(parsed: Parse, cast: Cast, found: Sequence[Attribution], place: Span) -> str:
    """The source whose content holds most of a span: the actor's name, else its own words; "" where there is none."""
    best = max(found, key=lambda item: (overlapped(item.content, place), -sum(b - a for a, b in item.content)), default=None)
    if best is None or not overlapped(best.content, place) or not best.source:
        return ""
    start, end = best.source[0]
    words = " ".join(parsed.article.text[start:end].split())
    head = source_head(parsed, best)
    if head is not None:
        for mention in cast.mentions:
            if mention.start <= head.start < mention.end:
                return f"{words} = {mention.actor.name}"
    return words


def overlapped(spans: Sequence[Span], place: Span) -> int:
    return sum(max(0, min(b, place[1]) - max(a, place[0])) for a, b in spans)


def same_speaker(marked: str, said: str, actors: Iterable[str]) -> bool:
    """Whether a source is the marked speaker: shares a name's last word or a group's words with it."""
    if not said:
        return False
    lower = said.lower()
    name = marked.replace("_", " ").lower()
    if name.startswith("other ") or re.search(r"(s|party|campaign|naacp)$", name):
        if name in lower:
            return True
        others = [actor for actor in actors if actor.lower() != name]
        head = lower.split(" = ")[-1]
        return not any(re.search(rf"\b{re.escape(actor.lower().split()[-1])}\b", head) for actor in others if len(actor) > 3)
    words = [word for word in re.findall(r"\w+", name) if len(word) > 3 or name == word]
    stems = {word.rstrip("s")[:6] for word in words}
    return any(re.search(rf"\b{re.escape(stem)}", lower) for stem in stems)


# --- the challenge set and the speaker rule ---------------------------------------------------------------------


def challenge_rows() -> list[dict[str, str]]:
    with (HERE / "challenge.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def bench_challenge() -> dict[str, Any]:
    rows = challenge_rows()
    sentences = [row["sentence"] for row in rows]
    spans = [(int(row["start"]), int(row["end"])) for row in rows]
    names = ["vader", "clause", "encoder"]
    result: dict[str, Any] = {"sentences": len(rows), "scorers": {}}
    for name in names:
        try:
            scores = scorers.score_targets(sentences, spans, scorer=name)
        except Exception as problem:  # noqa: BLE001
            result["scorers"][name] = {"problem": f"{type(problem).__name__}: {problem}"}
            continue
        guesses = [("negative", "neutral", "positive")[int(line.argmax())] for line in scores]
        right = [guess == row["sign"] for guess, row in zip(guesses, rows, strict=True)]
        by: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for ok, row in zip(right, rows, strict=True):
            by[row["phenomenon"]][0] += ok
            by[row["phenomenon"]][1] += 1
        tallies = [Tally(str(i), sourced=1, heads=int(ok)) for i, ok in enumerate(right)]
        result["scorers"][name] = {
            "right": interval(head_share, tallies),
            "by phenomenon": {key: by[key] for key in sorted(by)},
            "wrong": [
                f"[{row['phenomenon']}] {row['sentence']} | {row['target']}: {row['sign']}, not {guess}"
                for ok, row, guess in zip(right, rows, guesses, strict=True)
                if not ok
            ],
        }
    return result


def bench_speaker_rule() -> dict[str, Any] | None:
    """NewsMTSC dev under the clause scorer, with and without "a speaker is not the target"."""
    if not hasattr(clause, "_speaks"):
        return None
    sentences: list[str] = []
    spans: list[Span] = []
    truth: list[int] = []
    for part in ("dev_mt", "dev_rw"):
        for line in (DATA / "newsmtsc" / f"{part}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            text = row["sentence_normalized"]
            for target in row["targets"]:
                start = text.find(target["mention"], max(0, int(target["from"]) - 3))
                if start >= 0 and target["mention"]:
                    sentences.append(text)
                    spans.append((start, start + len(target["mention"])))
                    truth.append({2.0: 0, 4.0: 1, 6.0: 2}[float(target["polarity"])])
    with_rule = macro_f1(truth, scorers.score_targets(sentences, spans, scorer="clause").argmax(axis=1).tolist())
    with patch.object(clause, "_speaks", return_value=False):
        without = macro_f1(truth, scorers.score_targets(sentences, spans, scorer="clause").argmax(axis=1).tolist())
    return {
        "targets": len(truth),
        "with": round(with_rule, 4),
        "without": round(without, 4),
        "gain": round(with_rule - without, 4),
    }


def macro_f1(truth: Sequence[int], guess: Sequence[int]) -> float:
    values = []
    for label in range(3):
        hit = sum(t == g == label for t, g in zip(truth, guess, strict=True))
        values.append(2 * hit / max(1, truth.count(label) + list(guess).count(label)))
    return sum(values) / 3


# --- the table --------------------------------------------------------------------------------------------------


def line_of(name: str, value: dict[str, float] | float | None) -> str:
    floor, goal = FLOORS[name]
    if value is None:
        return f"{name:<34} {'-':>8}   floor {floor:.2f}  goal {goal:.2f}"
    if isinstance(value, dict):
        mark = "ok" if value["value"] >= floor else "BELOW"
        share = f"{value['value']:>8.3f}   [{value['lo']:.3f}, {value['hi']:.3f}]"
        return f"{name:<34} {share}   floor {floor:.2f}  goal {goal:.2f}  {mark}"
    good = value <= floor if name.startswith("cost") else value >= floor
    return f"{name:<34} {value:>8.3f}   {'':<16}   floor {floor:.2f}  goal {goal:.2f}  {'ok' if good else 'BELOW'}"


def main() -> int:
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--part", default="dev", help="the part of PolNeAR: train, dev, or test where it is there")
    reader.add_argument(
        "--skip",
        nargs="*",
        default=[],
        choices=["polnear", "basil", "challenge", "speaker", "positions", "passages"],
        help="keep what the file says of these",
    )
    reader.add_argument("--out", type=Path, default=HERE / "discourse.json")
    options = reader.parse_args()
    if not DATA.is_dir():
        print(f"There is no data folder {DATA}. Set TOWARD_DATA to the one that holds polnear/ and basil/.", file=sys.stderr)
        return 2
    result: dict[str, Any] = {}
    if options.skip and options.out.exists():
        result = json.loads(options.out.read_text(encoding="utf-8"))
    if "polnear" not in options.skip:
        result["polnear"] = polnear = bench_polnear(options.part)
        print(f"PolNeAR {polnear['part']}: {polnear['articles']} articles, {polnear['attributions']} attributions")
        for name in ("content F1", "source head", "content F1, direct", "source head, direct", "cost beside the parse"):
            print("  " + line_of(name, polnear[name]))
        print(f"  precision {polnear['precision']:.3f}, recall {polnear['recall']:.3f}")
        for name, value in polnear["exact spans"].items():
            print(f"  exact {name:<8} F1 {value['F1']:.3f} (precision {value['precision']:.3f}, recall {value['recall']:.3f})")
        print("  worst misses (source | cue | content)", *polnear["worst misses"], sep="\n    ")
        print("  worst inventions", *polnear["worst inventions"], sep="\n    ")
    if "basil" not in options.skip:
        result["basil"] = basil = bench_basil()
        print(f"BASIL dev: {basil['spans']} quoted biased spans")
        print("  " + line_of("BASIL speaker", basil["BASIL speaker"]))
        print("  wrong (marked / ours | span)", *basil["worst"][:15], sep="\n    ")
    if "challenge" not in options.skip:
        result["challenge"] = challenge = bench_challenge()
        print(f"Challenge set: {challenge['sentences']} sentences")
        for scorer, row in challenge["scorers"].items():
            if "problem" in row:
                print(f"  {scorer}: {row['problem']}")
                continue
            if scorer == "encoder":
                print("  " + line_of("challenge, encoder", row["right"]))
            share = row["right"]
            print(f"  {scorer:<10} {share['value']:.3f} [{share['lo']:.3f}, {share['hi']:.3f}]")
            print("    " + ", ".join(f"{key} {right}/{of}" for key, (right, of) in row["by phenomenon"].items()))
    if "speaker" not in options.skip:
        rule = bench_speaker_rule()
        result["speaker rule"] = rule
        print("NewsMTSC dev, clause scorer")
        print("  " + line_of("speaker rule, macro-F1 gained", rule["gain"] if rule else None))
    articles = None if "positions" in options.skip else positions.bench_articles()
    short = None if "passages" in options.skip else positions.bench_passages()
    positions.show(articles, short)
    result |= {name: value for name, value in (("positions", articles), ("passages", short)) if value}
    for name in ("polnear", "basil", "positions"):  # their texts may not be passed on: the file holds numbers only
        for key in [key for key in result.get(name, {}) if key.startswith("worst")]:
            del result[name][key]
    options.out.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""The lexicons of discourse: whole, documented and in range."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

from analysis.discourse import reporting_words
from analysis.discourse.lexicon import event_words, word_group

ROOT = Path(__file__).resolve().parents[2]
LEXICON = ROOT / "analysis" / "resources" / "lexicons" / "discourse"


def test_the_lexicons_say_what_they_are() -> None:
    """Every file is named in SOURCE.json with its checksum, origin and licence."""
    source = json.loads((LEXICON / "SOURCE.json").read_text(encoding="utf-8"))
    named = {row["file"]: row["sha256"] for row in source["files"]}
    assert set(named) == {path.name for path in LEXICON.iterdir()} - {"SOURCE.json"}
    for name, digest in named.items():
        assert hashlib.sha256((LEXICON / name).read_bytes()).hexdigest() == digest, name
    assert all(origin["licence"] for origin in source["origins"])


def test_reporting_words_are_of_the_four_kinds() -> None:
    """said reports, pointed out endorses, claimed keeps its distance, alleged accuses."""
    words = reporting_words()
    kinds = {name: words[name, "VERB"].does for name in ("say", "point out", "claim", "allege")}
    assert kinds == {"say": "neutral", "point out": "endorsing", "claim": "distancing", "allege": "accusing"}
    assert {word.does for word in words.values()} == {"neutral", "endorsing", "distancing", "accusing"}
    assert {word.act for word in words.values()} == {"say", "think", "want", "judge", "ask", "show", "seem"}
    assert all(word.frames <= {"c", "x", "o", "O", "q", "s", "adv", "i"} for word in words.values())
    assert "not" in word_group("negators")


def test_events_have_valences_in_range() -> None:
    """In [-1, +1], and nouns name the prepositions that lead to the patient."""
    words = [word for entries in event_words().values() for word in entries]
    assert len(words) > 600
    assert all(-1 <= word.patient_valence <= 1 and -1 <= word.agent_valence <= 1 for word in words)
    assert all(word.prepositions for word in words if word.pos == "NOUN")
    assert {word.patient_valence > 0 for word in event_words()["vote", "VERB"]} == {True, False}


def test_the_challenge_set_is_whole() -> None:
    """At least 120 sentences, no two alike, each span its target, all three signs and every phenomenon."""
    with (ROOT / "benchmarks" / "challenge.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    assert len(rows) >= 120
    assert len({row["sentence"] for row in rows}) == len(rows)
    for row in rows:
        assert row["sentence"][int(row["start"]) : int(row["end"])] == row["target"]
    assert {row["sign"] for row in rows} == {"negative", "neutral", "positive"}
    assert {"negation", "failed", "contrast", "denial", "irrealis", "speaker"} <= {row["phenomenon"] for row in rows}


def test_the_passages_of_the_benchmark_are_whole() -> None:
    """At least 120, no two alike, each names its holder and target, and half of them hold no stance."""
    with (ROOT / "benchmarks" / "positions.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(rows) >= 120
    assert len({row["passage"] for row in rows}) == len(rows)
    assert {row["side"] for row in rows} == {"hostile", "friendly", "none"}
    assert 0.4 < sum(row["side"] == "none" for row in rows) / len(rows) < 0.6
    assert all(row["kind"] and row["holder"] and row["target"] for row in rows)

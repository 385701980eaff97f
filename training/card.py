# ruff: noqa: E501  (prose that becomes one paragraph of the card is one string)
"""Write the model's card: every figure comes from benchmarks/accuracy.json, benchmarks/speed.json and training/log.

python -m training.card
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

from analysis.tone import FOLDER

ROOT = Path(__file__).resolve().parent.parent

NATURAL = {"wikinews_dev": "Wikinews", "usnews_dev": "US newspapers"}

ASKED = {
    "wikinews_dev": {
        "strong": 0.70,
        "country": 0.60,
        "organisation": 0.60,
        "found": 0.90,
        "macro_f1": 0.72,
        "calibration_error": 0.03,
    },
    "usnews_dev": {"strong": 0.65, "country": 0.55, "organisation": 0.50, "found": 0.88, "macro_f1": 0.68},
}
"""What was asked before the model was made, of articles that are kept apart."""

DATA = """\
| set | what it is used for | source, licence |
|---|---|---|
| NewsMTSC | train: labels; dev: calibration of a sentence by itself, measured | Hamborg and Donnay, *NewsMTSC: A Dataset for (Multi-)Target-dependent Sentiment Classification in Political News Articles*, EACL 2021; MIT |
| DSE | train: labels; valid: calibration of pairs, measured | Park, Pan and Joo, *Who Blames or Endorses Whom? Entity-to-Entity Directed Sentiment Extraction in News Text*, Findings of ACL 2021; no licence file, use is open to those who cite it |
| Wikinews | train: labels and stances; dev: calibration in an article, measured | text of Wikinews, CC BY 2.5, by way of github.com/vanatteveldt/wikinews; labels made for this project by a language model |
| other targets | training sentences of NewsMTSC and DSE: labels of their other actors | labels made for this project by a language model |
| MEANTIME | labels | Minard and others, *MEANTIME, the NewsReader Multilingual Event and Time Corpus*, LREC 2016; CC BY 4.0 (Wikinews, CC BY 2.5), by way of github.com/anastasia-zhukova/Diverse_CDCR_datasets; labels made for this project by a language model |
| RuSentNE | one half: labels | Golubev and others, *RuSentNE-2023*, Dialogue 2023, in the translation of github.com/nicolay-r/RuSentNE-LLM-Benchmark; MIT |
| FinEntity | one half: labels | Tang and others, *FinEntity: Entity-level Sentiment Classification for Financial Texts*, EMNLP 2023; ODC-BY |
| GAP | bare sentences, for the teachers' opinions | Webster and others, *Mind the GAP*, TACL 2018; Apache-2.0 |
| US newspapers, BASIL | measured only | Fan and others, *In Plain Sight*, EMNLP 2019, and PolNeAR, Newell and others, LREC 2018; none stated |
| PerSenT | measured only | Bastan and others, *Author's Sentiment Prediction*, COLING 2020; CC BY 4.0 |
| `all-mpnet-base-v2` | base weights | Reimers and Gurevych 2019; Song and others 2020; Apache-2.0 |"""

WHY = {
    "befallen": "something befalls the actor or is done to him (a subpoena, a suspension, a bomb in his country)",
    "neighbour": 'another in the sentence is judged, or what bears the actor\'s name ("a Facebook post", "an adviser of Trump")',
    "neutral act": "an unusual act that the sentence does not judge",
    "own words": "the actor's own words, harsh or hopeful, fall back on him",
    "other": "titles of works, roles on a stage, blame taken back, and cases that people might call differently",
}
"""Kinds of fault in training/log/wrong-calls.tsv."""


def hundredths(one: dict[str, float]) -> str:
    """An F1 as "80.0 [75.1, 84.2]"."""
    return f"{100 * one['value']:.1f} [{100 * one['lo']:.1f}, {100 * one['hi']:.1f}]"


def plain(one: dict[str, float] | None) -> str:
    """A share as ".72 [.61, .83] of 31"; a dash where there is none."""
    return f"{one['value']:.2f} [{one['lo']:.2f}, {one['hi']:.2f}] of {one['n']}" if one else "–"


def verdict(value: float, asked: float | None, *, most: bool = False) -> str:
    """Whether a value is what was asked for; `most`: no more than that."""
    if asked is None:
        return ""
    met = value <= asked if most else value >= asked
    return f"{'at most ' if most else ''}{asked:g}: {'met' if met else '**missed**'}"


def natural_rows(found: dict[str, Any], before: dict[str, Any]) -> list[str]:
    """The table of whole articles: a row each measure; of each set the file before, this file and what was asked."""
    heads = [f"{name}: before | now | asked" for name in NATURAL.values()]
    lines = [f"| | {' | '.join(heads)} |", "|---" * (1 + 3 * len(heads)) + "|"]
    for what, key, kind in MEASURES:
        cells: list[str] = []
        for part in NATURAL:
            row, old = found[part]["encoder"], before.get(part, {})
            value = row["by_kind"][kind]["strong"] if kind else row[key]
            was = f"{old[key]:.2f}" + (f" of {old[key + '_n']}" if key + "_n" in old else "") if key in old else "–"
            asked = ASKED[part].get(key)
            if isinstance(value, float):
                cells += [was, f"{value:.3f}", verdict(value, asked, most=True)]
            else:
                cells += [was, plain(value), verdict(value["value"], asked) if value else ""]
        lines.append(f"| {what} | {' | '.join(cells)} |")
    return lines


MEASURES: list[tuple[str, str, str | None]] = [
    ("strong calls right", "strong", None),
    ("– toward persons", "person", "person"),
    ("– toward countries", "country", "country"),
    ("– toward organisations", "organisation", "organisation"),
    ("clear judgements found", "found", None),
    ("neutral mentions called strongly", "false_alarms", None),
    ("macro-F1, 3 classes", "macro_f1", None),
    ("calibration error", "calibration_error", None),
]
"""Rows of the table of whole articles: words, key, and the kind of actor where it is of one kind."""


def other_rows(found: dict[str, Any]) -> list[str]:
    """The table of all other sets."""
    lines = ["| set | measure | n | VADER | this file | asked |", "|---|---|---|---|---|---|"]

    def add(
        name: str, measure: str, mine: dict[str, float], vader: dict[str, float] | None, asked: float | None = None
    ) -> None:
        show = plain_value if measure.endswith("AUC") or measure.startswith("share ") else hundredths
        lines.append(
            f"| {name} | {measure} | {mine['n']} | {show(vader) if vader else '–'} | {show(mine)} | {verdict(100 * mine['value'], asked)} |"
        )

    for part, asked in (("dev_rw", 78.5), ("dev_mt", 79.5)):
        rows = found["newsmtsc"][part]
        mine = rows["encoder"]
        add(f"NewsMTSC {part}", "macro-F1, a sentence by itself", mine["macro_f1"], rows["vader"]["macro_f1"], asked)
        add(f"NewsMTSC {part}", "under its class shares, fitted on the other part", mine["own_prior"]["macro_f1"], None, 81)
        add(f"NewsMTSC {part}", "as in an article, other names known", mine["others_known"]["macro_f1"], None)
    rows = found["dse"]["valid"]
    for key, what in (("macro_f1_3", "macro-F1, 3 classes"), ("macro_f1_5", "5 classes, with direction")):
        add("DSE valid, sentences not in train", what, rows["encoder"][key], rows["vader"][key])
    for kind in ("country", "organisation"):
        name = f"its pairs with a{'n' if kind == 'organisation' else ''} {kind}"
        add(name, "5 classes, with direction", found["dse"]["slices"][kind]["macro_f1_5"], None)
    rows = found["persent"]["dev"]
    for key, what in (("article", "whole article"), ("paragraph", "paragraph")):
        add("PerSenT dev", f"macro-F1, {what}", rows["encoder"][key], rows["vader"][key])
    rows = found["basil"]["dev"]
    for key, what in (
        ("feeling_negative_against_rest", "author's feeling: negative against the rest, AUC"),
        ("span_positive_against_negative", "biased spans toward their target, AUC"),
    ):
        add("BASIL", what, rows["encoder"][key], rows["vader"][key])
    scorers = found["challenge"]["scorers"]
    right = "share of labels right"
    add("made look-alikes of blame and praise", right, scorers["encoder"]["all"]["right"], scorers["vader"]["all"]["right"])
    rows = found["reversals"]["scorers"]
    add("made sentences that take them back", right, rows["encoder"]["taken_back"], rows["vader"]["taken_back"])
    return lines


def plain_value(one: dict[str, float]) -> str:
    """A share or AUC as "0.72 [0.61, 0.83]"."""
    return f"{one['value']:.2f} [{one['lo']:.2f}, {one['hi']:.2f}]"


def look_alikes(found: dict[str, Any]) -> str:
    """How the made look-alikes are read by what they are about, in words."""
    rows = found["scorers"]["encoder"]
    parts = ", ".join(f"{about} {100 * rows[letter]['right']['value']:.0f}" for letter, about in found["about"].items())
    pairs = found["pairs"]
    return (
        f"Look-alikes read right, of 100: {parts}; every label of a family of twins in {100 * rows['all']['whole_families']['value']:.0f} of 100 families. Of the opinions it reads "
        f"between their actors {100 * pairs['called']['value']:.0f} of 100 are right, and {100 * pairs['found']['value']:.0f} of 100 are found."
    )


def crossed(found: dict[str, Any]) -> str:
    """What the teachers say of the parts they had not read, in words."""
    names = {"rusentne": "RuSentNE", "finentity": "FinEntity", "newsmtsc_train": "NewsMTSC", "dse_train": "DSE (5 classes)"}
    return ", ".join(
        f"{name} {found[key]['mean']:.1f} ({min(found[key]['folds'])} to {max(found[key]['folds'])})"
        for key, name in names.items()
    )


def renaming(found: dict[str, Any]) -> str:
    """What other names do, in words."""
    known = max(row["known"]["largest_mean_absolute_move"] for row in found.values())
    flips = max(row["known"]["largest_flips"] for row in found.values())
    beside = max(row["unknown"]["largest_mean_absolute_move"] for row in found.values())
    flips_beside = max(row["unknown"]["largest_flips"] for row in found.values())
    return (
        f"Another name in every place of an actor moves the tone by {known:.3f} and changes {100 * flips:.1f} % of labels at most, where the other actors are "
        f"known, as in an article; where they are not, the names beside the target are read and move it by up to {beside:.3f} on average "
        f"({100 * flips_beside:.1f} % of labels)."
    )


def wrong_calls() -> list[str]:
    """What was wrong with the strong calls that were read, commonest first."""
    with (ROOT / "training" / "log" / "wrong-calls.tsv").open(encoding="utf-8", newline="") as lines:
        counts = Counter(row["why"] for row in csv.DictReader(lines, delimiter="\t"))
    total = sum(counts.values())
    return [
        f"Of the wrong strong calls {total} were read, before the tool left out where an actor only speaks. All were toward actors labelled neutral:",
        "",
        *(f"- {number}: {WHY[why]}" for why, number in counts.most_common()),
    ]


def speed_line(speed: dict[str, Any]) -> str:
    """Speed and size, in words."""
    rates = speed["targets_per_second_one_thread"]
    memory = speed.get("memory")
    return (
        f"Speed on {speed['articles']['count']} whole articles, one thread: {rates['shipped']:.0f} targets a second, {speed['ratio']:.0f} times an encoder of "
        f"RoBERTa-base's size that reads one target at a time (asked: {speed['floor']:.0f}); {speed['readings']} readings for {speed['targets']} targets. "
        f"Evidence for the {speed['evidence']['mentions_of_the_seed_article']} mentions of the seed article takes {speed['evidence']['seconds']:.1f} s."
        + (f" Scoring {memory['targets']:,} targets holds {memory['peak_mib']:.0f} MiB at most." if memory else "")
    )


def main() -> None:
    accuracy = json.loads((ROOT / "benchmarks" / "accuracy.json").read_text(encoding="utf-8"))
    speed = json.loads((ROOT / "benchmarks" / "speed.json").read_text(encoding="utf-8"))
    before = json.loads((ROOT / "training" / "log" / "before.json").read_text(encoding="utf-8"))
    facts = json.loads((FOLDER / "encoder.json").read_text(encoding="utf-8"))
    sha = facts["sha256"]["model.int8.onnx"]
    if accuracy["model_sha256"] != sha:
        raise SystemExit("benchmarks/accuracy.json was measured on another model file: run benchmarks/accuracy.py again")
    size = (FOLDER / "model.int8.onnx").stat().st_size / 2**20
    labels, evidence = accuracy["natural"]["labels"], accuracy["evidence"]
    half = accuracy["natural"]["wikinews_dev"]["encoder"]["calibrated_on_other_half"]["strong"]
    neutral = {part: 1 - accuracy["natural"][part]["encoder"]["with_tone"] for part in NATURAL}
    settings = ", ".join(
        f"{name} {one['temperature']:g}, {one['power']:g} and {one['neutral']:+g}"
        for name, one in sorted(facts["calibration"].items())
    )
    published = "; ".join(
        f"{what}: {' / '.join(str(one) for one in values)}"
        for group in accuracy["published"].values()
        for what, values in group.items()
    )
    lines = [
        "# Card of the encoder",
        "",
        f"`model.int8.onnx`, {size:.1f} MiB, sha256 `{sha}`. Written by `python -m training.card`; the figures are read from `benchmarks/accuracy.json`, "
        "`benchmarks/speed.json` and `training/log`.",
        "",
        "## What it is for",
        "",
        "English news. Given a sentence and its actors, it says how the wording leans toward each of them, as P(negative), P(neutral), P(positive), and who holds which "
        "opinion of whom. It speaks of the wording of one sentence, never of what an author feels, and it does not know whether praise or blame is deserved. Not for "
        "decisions about people.",
        "",
        "## How it works",
        "",
        "Six layers of MPNet-base (768 wide), int8 with a scale for each row, so that a score does not depend on what else is read with it. Every actor of the sentence "
        "stands behind a numbered slot; one reading answers for all of them. Five teachers of twelve layers were trained, each without a fifth of every set; the student "
        "learned labels and, of every sentence, the opinion of the teacher that had not read it; a second stage taught it pairs. The file is the mean of the weights after both stages "
        "(`training/README.md`). Tone has two calibrations: in an article, whose actors are known, and of a sentence by itself (`docs/decisions/0011`). "
        f"Temperature, power and prior of neutral: {settings}.",
        "",
        "## How right it is",
        "",
        f"**On natural news.** In whole articles {100 * neutral['usnews_dev']:.0f} (newspapers) to {100 * neutral['wikinews_dev']:.0f} (Wikinews) of 100 marked actors bear no tone. "
        f"A strong call is a tone of at least {accuracy['strong_tone']:g} either way, a coloured bar that reaches half of the scale; a clear judgement is a label of −2 or 2. "
        "The labels were made by a language model that read each article under a written guide, not by people. Wikinews dev was read twice, by two such readers: "
        f"{100 * labels['same_label']:.0f} % of labels alike, Krippendorff's alpha {labels['alpha']:.2f} in three classes. That is high because both are of one kind; people may agree less. "
        "Development parts, read through the tool; intervals are 95 %, over articles. What was asked was set for other articles, which are kept apart.",
        "",
        *natural_rows(accuracy["natural"], before),
        "",
        f"The calibration in an article was set on Wikinews dev. Set on one half of its articles and measured on the other, {plain(half)} strong calls are right.",
        "",
        "**On other sets**, development parts (F1 in hundredths, 95 % intervals). "
        f"{accuracy['dse']['left_out_as_learned']} of DSE's valid pairs stand in sentences of its train part and are left out; its test part has such sentences too.",
        "",
        *other_rows(accuracy),
        "",
        look_alikes(accuracy["challenge"]),
        "",
        f"Published: {published}; human agreement 86. Calibration error: NewsMTSC dev_rw {accuracy['newsmtsc']['dev_rw']['encoder']['calibration_error']:.3f}, "
        f"dev_mt {accuracy['newsmtsc']['dev_mt']['encoder']['calibration_error']:.3f}, DSE {accuracy['dse']['valid']['encoder']['calibration_error']:.3f}.",
        "",
        f"Cross-fitted, of the teachers and not of this file, which has read these sets: {crossed(accuracy['cross_fitted'])}; mean macro-F1 of five folds, worst and best fold.",
        "",
        renaming(accuracy["names"]),
        "",
        f"Evidence: leaving out the three words with the largest push changes {100 * evidence['top_three_change_the_label']:.0f} % of labels, three random content words "
        f"{100 * evidence['random_three_change_the_label']:.0f} %: {evidence['ratio']:.1f} times as often.",
        "",
        *([speed_line(speed), ""] if speed["model_sha256"] == sha else []),
        "## Where it fails",
        "",
        *wrong_calls(),
        "",
        "Besides: few countries and organisations bear tone in the articles, so the figures for them are rough. Irony, and praise or blame that needs the sentence before, are lost. "
        "Quoted and reported speech counts as wording of the sentence. Pairs with a country or an organisation are read worse than those of persons. The made sentences that measure the "
        "model were written by the hands that wrote those it learned from, in other words. English only; a sentence longer than the window is scored on the words around the target.",
        "",
        "## Data, licences, citations",
        "",
        DATA,
        "",
    ]
    (FOLDER / "CARD.md").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()

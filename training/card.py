# ruff: noqa: E501  (prose that becomes one paragraph of the card is one string)
"""Write the model's card, a page and a half: every figure comes from benchmarks/accuracy.json and benchmarks/speed.json.

    python -m training.card

What was tried, and what the figures were before, stands in training/NOTES.md.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

from analysis.tone import FOLDER

ROOT = Path(__file__).resolve().parent.parent
WRONG_CALLS = ROOT / "training" / "wrong-calls.tsv"
"""Strong calls that were wrong, each read and given a kind of fault."""

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

ASKED_ALONE = {"dev_rw": (78.5, 81.0), "dev_mt": (79.5, 81.0)}
"""What was asked of each part of NewsMTSC, in hundredths of macro-F1: as it is, and under the part's own shares of classes."""

DATA = """\
| set | use | source, licence |
|---|---|---|
| NewsMTSC | train: labels; dev: calibration, measured | Hamborg and Donnay, EACL 2021; MIT |
| DSE | train: labels; valid: calibration of pairs, measured | Park, Pan and Joo, *Who Blames or Endorses Whom?*, Findings of ACL 2021; open to those who cite it |
| Wikinews | train: labels and stances; dev: calibration in an article, measured | Wikinews, CC BY 2.5, by way of github.com/vanatteveldt/wikinews; own labels |
| MEANTIME | labels | Minard and others, LREC 2016; CC BY 4.0, by way of github.com/anastasia-zhukova/Diverse_CDCR_datasets; own labels |
| RuSentNE, FinEntity | one half of each: labels | Golubev and others 2023, MIT; Tang and others, EMNLP 2023, ODC-BY |
| GAP | sentences without labels | Webster and others, TACL 2018; Apache-2.0 |
| US newspapers, BASIL | measured only | Fan and others, EMNLP 2019; Newell and others, LREC 2018; no licence stated |
| PerSenT | measured only | Bastan and others, COLING 2020; CC BY 4.0 |
| `all-mpnet-base-v2` | base weights | Reimers and Gurevych 2019; Song and others 2020; Apache-2.0 |"""

WHY = {
    "befallen": "something befalls the actor (a subpoena, a suspension, a bomb in the country)",
    "neighbour": 'another in the sentence is judged, or a thing that bears the actor\'s name ("a Facebook post")',
    "neutral act": "an unusual act that the sentence does not judge",
    "own words": "the actor's own harsh or hopeful words fall back on the actor",
    "other": "titles, roles on a stage, blame taken back, and cases that people might call differently",
}
"""Kinds of fault in training/wrong-calls.tsv."""

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


def hundredths(estimate: dict[str, float]) -> str:
    """An F1 as "80.0 [75.1, 84.2]"."""
    return f"{100 * estimate['value']:.1f} [{100 * estimate['lo']:.1f}, {100 * estimate['hi']:.1f}]"


def share(estimate: dict[str, float]) -> str:
    """A share or AUC as "0.72 [0.61, 0.83]"."""
    return f"{estimate['value']:.2f} [{estimate['lo']:.2f}, {estimate['hi']:.2f}]"


def counted_share(estimate: dict[str, float] | None) -> str:
    """A share as "0.72 [0.61, 0.83] of 31"; a dash where there is none."""
    return f"{share(estimate)} of {estimate['n']}" if estimate else "–"


def verdict(value: float, asked: float | None, *, most: bool = False) -> str:
    """Whether a value is what was asked for; `most`: no more than that."""
    if asked is None:
        return ""
    met = value <= asked if most else value >= asked
    return f"{'at most ' if most else ''}{asked:g}: {'met' if met else '**missed**'}"


def natural_rows(found: dict[str, Any]) -> list[str]:
    """The table of whole articles: a row each measure; of each set this file and what was asked."""
    heads = [f"{name} | asked" for name in NATURAL.values()]
    lines = [f"| | {' | '.join(heads)} |", "|---" * (1 + 2 * len(heads)) + "|"]
    for words, key, kind in MEASURES:
        cells: list[str] = []
        for part in NATURAL:
            row = found[part]["encoder"]
            value = row["by_kind"][kind]["strong"] if kind else row[key]
            asked = ASKED[part].get(key)
            if isinstance(value, float):
                cells += [f"{value:.3f}", verdict(value, asked, most=True)]
            else:
                cells += [counted_share(value), verdict(value["value"], asked) if value else ""]
        lines.append(f"| {words} | {' | '.join(cells)} |")
    return lines


def other_rows(found: dict[str, Any]) -> list[str]:
    """The table of all other sets."""
    lines = ["| set, measure | n | VADER | this file | asked |", "|---|---|---|---|---|"]

    def add(
        words: str, mine: dict[str, float], vader: dict[str, float] | None, asked: float | None = None, *, f1: bool = True
    ) -> None:
        show = hundredths if f1 else share
        theirs = show(vader) if vader else "–"
        lines.append(f"| {words} | {mine['n']} | {theirs} | {show(mine)} | {verdict(100 * mine['value'], asked)} |")

    for part, (asked, asked_own) in ASKED_ALONE.items():
        rows = found["newsmtsc"][part]
        mine = rows["encoder"]
        add(f"NewsMTSC {part}, a sentence alone", mine["macro_f1"], rows["vader"]["macro_f1"], asked)
        add("– under its class shares, fitted on the other part", mine["own_prior"]["macro_f1"], None, asked_own)
        add("– as in an article, other names known", mine["others_known"]["macro_f1"], None)
    rows, slices = found["dse"]["valid"], found["dse"]["slices"]
    add("DSE valid, 5 classes with direction", rows["encoder"]["macro_f1_5"], rows["vader"]["macro_f1_5"])
    add("– pairs with a country", slices["country"]["macro_f1_5"], None)
    add("– pairs with an organisation", slices["organisation"]["macro_f1_5"], None)
    rows = found["persent"]["dev"]
    add("PerSenT dev, whole article", rows["encoder"]["article"], rows["vader"]["article"])
    rows, key = found["basil"]["dev"], "span_positive_against_negative"
    add("BASIL, biased spans toward their target, AUC", rows["encoder"][key], rows["vader"][key], f1=False)
    rows = found["challenge"]["scorers"]
    add("made look-alikes, share right", rows["encoder"]["all"]["right"], rows["vader"]["all"]["right"], f1=False)
    rows = found["reversals"]["scorers"]
    add("made, blame taken back, share right", rows["encoder"]["taken_back"], rows["vader"]["taken_back"], f1=False)
    return lines


def look_alikes(found: dict[str, Any]) -> str:
    """How the made look-alikes are read by what they are about, in words."""
    rows = found["scorers"]["encoder"]
    parts = ", ".join(f"{about} {100 * rows[letter]['right']['value']:.0f}" for letter, about in found["about"].items())
    return f"Look-alikes read right, of 100: {parts}."


def renaming(found: dict[str, Any]) -> str:
    """What other names do, in words."""
    known, unknown = ([row[key] for row in found.values()] for key in ("known", "unknown"))
    flips = max(row["largest_flips"] for row in known)
    moved = max(row["largest_mean_absolute_move"] for row in unknown)
    return (
        f"Another name in every place of an actor changes {100 * flips:.1f} % of labels where the other actors are known, as in an article. "
        f"Where they are not, it moves the tone by up to {moved:.3f} on average and changes up to {100 * max(row['largest_flips'] for row in unknown):.1f} % of labels."
    )


def wrong_calls() -> list[str]:
    """What was wrong with the strong calls that were read, commonest first."""
    with WRONG_CALLS.open(encoding="utf-8", newline="") as lines:
        counts = Counter(row["why"] for row in csv.DictReader(lines, delimiter="\t"))
    total = sum(counts.values())
    return [
        f"{total} wrong strong calls were read (`training/wrong-calls.tsv`). All were toward actors labelled neutral:",
        "",
        *(f"- {number}: {WHY[why]}" for why, number in counts.most_common()),
    ]


def speed_line(speed: dict[str, Any]) -> str:
    """Speed and size, in words."""
    return (
        f"On one thread it scores {speed['targets_per_second_one_thread']['shipped']:.0f} targets a second, {speed['ratio']:.0f} times as many as an encoder of "
        "RoBERTa-base's size that reads one target at a time."
    )


def main() -> None:
    accuracy = json.loads((ROOT / "benchmarks" / "accuracy.json").read_text(encoding="utf-8"))
    speed = json.loads((ROOT / "benchmarks" / "speed.json").read_text(encoding="utf-8"))
    facts = json.loads((FOLDER / "encoder.json").read_text(encoding="utf-8"))
    sha = facts["sha256"]["model.int8.onnx"]
    if accuracy["model_sha256"] != sha:
        raise SystemExit("benchmarks/accuracy.json was measured on another model file: run benchmarks/accuracy.py again")
    size = (FOLDER / "model.int8.onnx").stat().st_size / 2**20
    labels = accuracy["natural"]["labels"]
    half = accuracy["natural"]["wikinews_dev"]["encoder"]["calibrated_on_other_half"]["strong"]
    neutral = {part: 1 - accuracy["natural"][part]["encoder"]["with_tone"] for part in NATURAL}
    lines = [
        "# Card of the encoder",
        "",
        f"`model.int8.onnx`, {size:.1f} MiB, sha256 `{sha}`. `python -m training.card` writes this page from `benchmarks/accuracy.json` and `benchmarks/speed.json`, which hold further measures.",
        "",
        "## What it is for",
        "",
        "The model reads an English news sentence and its actors. For each actor it gives P(negative), P(neutral) and P(positive) of the wording toward that actor; for two actors, who "
        "holds which opinion of whom. It judges the wording of one sentence, not what the author feels, and not whether praise or blame is deserved. It is not for decisions about people.",
        "",
        "It is six layers of MPNet-base, stored as int8. The actors' names are hidden from it. Tone has two calibrations: in an article, whose actors are known, and of a sentence alone "
        f"(`docs/decisions/0011`). {speed_line(speed) if speed['model_sha256'] == sha else ''} `training/README.md` says how it was made, `training/NOTES.md` what was tried.",
        "",
        "## How good it is",
        "",
        f"**Whole news articles.** {100 * neutral['usnews_dev']:.0f} (newspapers) to {100 * neutral['wikinews_dev']:.0f} (Wikinews) of 100 marked actors bear no tone. "
        f"A strong call is a tone of at least {accuracy['strong_tone']:g} either way; a clear judgement is a label of −2 or 2. "
        "The labels were made under a written guide by a language model, not by people. Two such readings of Wikinews dev gave "
        f"{100 * labels['same_label']:.0f} % of labels alike (Krippendorff's alpha {labels['alpha']:.2f}); people may agree less. "
        "Figures are of development parts, with 95 % intervals over articles. What was asked was set for other articles, which are kept apart.",
        "",
        *natural_rows(accuracy["natural"]),
        "",
        f"The calibration was set on Wikinews dev. Set on half of its articles and measured on the other half, {counted_share(half)} strong calls are right.",
        "",
        f"**Other sets**, development parts: macro-F1 in hundredths where nothing else is said. {accuracy['dse']['left_out_as_learned']} of DSE's valid pairs stand in sentences of its train part and are left out.",
        "",
        *other_rows(accuracy),
        "",
        f"{look_alikes(accuracy['challenge'])} {renaming(accuracy['names'])}",
        "",
        "## Where it fails",
        "",
        *wrong_calls(),
        "",
        "Few countries and organisations bear tone in the articles, so their figures are rough, and pairs with them are read worse than pairs of persons. Irony is lost, and so is praise or "
        "blame that needs the sentence before. Quoted words count as wording of the sentence. The made sentences were written by the hands that wrote those it learned from, in other "
        "words. In a sentence longer than the window, the words around the target decide.",
        "",
        "## Data and licences",
        "",
        'A language model made the "own labels" for this project, and labels of the other actors in sentences of NewsMTSC and DSE.',
        "",
        DATA,
        "",
    ]
    (FOLDER / "CARD.md").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()

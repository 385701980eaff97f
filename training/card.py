# ruff: noqa: E501  (prose that becomes one paragraph of the card is one string)
"""Write the model's card: every figure comes from benchmarks/accuracy.json and benchmarks/speed.json.

python -m training.card
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from analysis.tone import FOLDER

ROOT = Path(__file__).resolve().parent.parent


def hundredths(one: dict[str, float]) -> str:
    """An F1 as "80.0 [75.1, 84.2]"."""
    return f"{100 * one['value']:.1f} [{100 * one['lo']:.1f}, {100 * one['hi']:.1f}]"


def plain(one: dict[str, float]) -> str:
    """An AUC as "0.72 [0.61, 0.83]"."""
    return f"{one['value']:.2f} [{one['lo']:.2f}, {one['hi']:.2f}]"


def movement(one: dict[str, Any]) -> str:
    """What swapping names did, in words."""
    return (
        f"the tone moves by at most {one['largest_mean_absolute_move']:.3f} on average, at most {100 * one['largest_flips']:.1f} % of labels "
        f"flip, the mean tone differs by {one['spread_of_mean_tone']:.3f} between names"
    )


def taken_back(found: dict[str, Any]) -> str:
    """How sentences that take blame or praise back are read, in words."""
    mine, words = found["scorers"]["encoder"], found["scorers"]["vader"]
    return (
        f'Blame and praise taken back ("exonerated", "not without merit"): of {found["sentences"]} sentences made for this check, nearly half of which say '
        f"the same plainly, {100 * mine['right']['value']:.0f} % are read right (VADER {100 * words['right']['value']:.0f} %): "
        f"{100 * mine['taken_back']['value']:.0f} % of those that take back, {100 * mine['plain']['value']:.0f} % of the plain ones, both of "
        f"{100 * mine['both_of_a_pair']['value']:.0f} % of pairs."
    )


def verdict(value: float, floor: float) -> str:
    return "met" if value >= floor else "**missed**"


def row(what: str, scorers: dict[str, str], count: int, floor: str, verdicts: str) -> str:
    cells = " | ".join(scorers.get(name, "-") for name in ("majority", "vader", "clause", "encoder"))
    return f"| {what} | {count} | {cells} | {floor} | {verdicts} |"


def figures(accuracy: dict[str, Any]) -> list[str]:
    """The table of scores."""
    lines = [
        "| set | n | majority | vader | clause | encoder | floor | |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for part, floor in (("dev_rw", 80.0), ("dev_mt", 78.0)):
        rows = accuracy["newsmtsc"][part]
        mine = rows["encoder"]["macro_f1"]
        lines.append(
            row(
                f"NewsMTSC {part}, macro-F1",
                {name: hundredths(one["macro_f1"]) for name, one in rows.items()},
                mine["n"],
                f"{floor:.0f}",
                verdict(100 * mine["value"], floor),
            )
        )
    for key, what, floor in (("macro_f1_3", "DSE valid, 3 classes", 76.0), ("macro_f1_5", "DSE valid, 5 classes", 68.0)):
        rows = accuracy["dse"]["valid"]
        mine = rows["encoder"][key]
        lines.append(
            row(
                what,
                {name: hundredths(one[key]) for name, one in rows.items()},
                mine["n"],
                f"{floor:.0f}",
                verdict(100 * mine["value"], floor),
            )
        )
    for key, what, floor in (
        ("article", "PerSenT dev, whole article", 45.0),
        ("article_by_marks", "PerSenT dev, whole article, by its marks alone", None),
        ("paragraph", "PerSenT dev, paragraph", None),
    ):
        rows = accuracy["persent"]["dev"]
        mine = rows["encoder"][key]
        lines.append(
            row(
                what,
                {name: hundredths(one[key]) for name, one in rows.items() if key in one},
                mine["n"],
                f"{floor:.0f}" if floor else "",
                verdict(100 * mine["value"], floor) if floor else "",
            )
        )
    for key, what, floor in (
        ("feeling_negative_against_rest", "BASIL, author's feeling: negative against the rest, AUC", 0.65),
        ("feeling_positive_against_negative", "BASIL, author's feeling: positive against negative, AUC", None),
        ("span_positive_against_negative", "BASIL, biased spans toward their target, AUC", 0.83),
    ):
        rows = accuracy["basil"]["dev"]
        mine = rows["encoder"][key]
        lines.append(
            row(
                what,
                {"majority": "0.50", **{name: plain(one[key]) for name, one in rows.items()}},
                mine["n"],
                f"{floor:.2f}" if floor else "",
                verdict(mine["value"], floor) if floor else "",
            )
        )
    return lines


def runs() -> list[str]:
    """The training runs that led to the file, with the dev figures their logs end on."""
    lines = [
        "| run | steps | minutes | NewsMTSC dev_rw | dev_mt | DSE valid, 3 classes | 5 classes |",
        "|---|---|---|---|---|---|---|",
    ]
    for path in sorted((ROOT / "training" / "log").glob("*.log")):
        found = [json.loads(line[line.index("{") :]) for line in path.read_text(encoding="utf-8").splitlines() if "{" in line]
        scores = [one["macro_f1"] for one in found if isinstance(one.get("macro_f1"), dict)]
        if scores:
            steps = max(one.get("step", 0) for one in found)
            cells = [
                f"{100 * scores[-1][name]:.1f}" if name in scores[-1] else "-" for name in ("dev_rw", "dev_mt", "dse3", "dse")
            ]
            lines.append(f"| {path.stem} | {steps} | {found[-1]['seconds'] / 60:.0f} | " + " | ".join(cells) + " |")
    return lines


def main() -> None:
    accuracy = json.loads((ROOT / "benchmarks" / "accuracy.json").read_text(encoding="utf-8"))
    speed = json.loads((ROOT / "benchmarks" / "speed.json").read_text(encoding="utf-8"))
    facts = json.loads((FOLDER / "encoder.json").read_text(encoding="utf-8"))
    if accuracy["model_sha256"] != facts["sha256"]["model.int8.onnx"]:
        raise SystemExit("benchmarks/accuracy.json was measured on another model file: run benchmarks/accuracy.py again")
    notes = json.loads((ROOT / "training" / "log" / "notes.json").read_text(encoding="utf-8"))
    names, evidence = accuracy["names"], accuracy["evidence"]
    errors = [(part, accuracy["newsmtsc"][part]["encoder"]["calibration_error"]) for part in ("dev_rw", "dev_mt")]
    errors.append(("DSE valid", accuracy["dse"]["valid"]["encoder"]["calibration_error"]))
    told = {"tone": "tone", "pair": "pairs"}
    settings = [f"{told[head]} {one['temperature']:g} and {one['power']:g}" for head, one in facts["calibration"].items()]
    beside = names["beside"].values()
    rates = speed["targets_per_second"]
    published = "; ".join(
        f"{what}: {' / '.join(str(one) for one in values)}"
        for group in accuracy["published"].values()
        for what, values in group.items()
    )
    memory = speed.get("memory")
    lines = [
        "# Card of the encoder",
        "",
        f"`model.int8.onnx`, {speed['file_mib']} MiB, sha256 `{facts['sha256']['model.int8.onnx']}`. "
        "Written by `python -m training.card`; every figure below is read from `benchmarks/accuracy.json` and `benchmarks/speed.json`.",
        "",
        "## What it is for",
        "",
        "English news. Given a sentence and where an actor is named in it, how the wording leans toward that actor: P(negative), "
        "P(neutral), P(positive). Given two actors, who holds which opinion of whom (5 classes). It speaks of the wording of a sentence, "
        "never of what an author feels, and it is no judge of whether praise or blame is deserved. Not for decisions about people.",
        "",
        "## What it is",
        "",
        *notes["model"],
        "",
        "It never sees the target's name: a placeholder stands in its place and in that of its repetitions.",
        "",
        "## Data, licences, citations",
        "",
        "| set | used for | licence |",
        "|---|---|---|",
        "| NewsMTSC (Hamborg & Donnay 2021, EACL, *NewsMTSC: A Dataset for (Multi-)Target-dependent Sentiment Classification in "
        "Political News Articles*) | train: labels and free targets; dev: choosing, calibration | MIT |",
        "| DSE (Park, Pan & Joo 2021, ACL, *Who Blames or Endorses Whom? Entity-to-Entity Directed Sentiment Extraction in News Text*) "
        "| train: labels and free targets; valid: choosing, calibration | no licence file; use allowed to those who cite it |",
        "| PerSenT (Bastan et al. 2020, COLING, *Author's Sentiment Prediction*) | measured only | CC BY 4.0 |",
        "| BASIL (Fan et al. 2019, EMNLP, *In Plain Sight: Media Bias Through the Lens of Factual Reporting*) | measured only | none stated |",
        "| GAP (Webster et al. 2018, TACL, *Mind the GAP*) | its Wikipedia sentences without their labels: free targets | Apache-2.0 |",
        "| `all-mpnet-base-v2` (Reimers & Gurevych 2019; Song et al. 2020) | base weights of the teacher | Apache-2.0 |",
        "",
        "## Scores",
        "",
        "On the dev parts, with 95 % bootstrap intervals; the floors are those set for the test parts, which were not seen. The "
        "calibration and the choice between runs rest on NewsMTSC dev and DSE valid, so those rows flatter a little.",
        "",
        *figures(accuracy),
        "",
        f"Published: {published}; human agreement 86.",
        "",
        f"Expected calibration error: {', '.join(f'{part} {value:.3f}' for part, value in errors)} (asked: at most 0.04). "
        f"Temperature and power: {', '.join(settings)}.",
        "",
        f"Names: {len(names['every_place']['names'])} other names put in the target's place in {names['sentences']} dev sentences (where they do not stand already). In every "
        f"place that names it: {movement(names['every_place'])}. In one place only, so that the text then speaks of two: "
        f"{movement(names['one_place'])}. Asked: 0.05, 3 %, 0.04.",
        "",
        "Names beside the target: another person, country, organisation or nationality in the place of the first of its kind moves the tone "
        f"by {min(one['mean_absolute_move'] for one in beside):.3f} to {max(one['mean_absolute_move'] for one in beside):.3f} on average and changes "
        f"{100 * min(one['flips'] for one in beside):.1f} to {100 * max(one['flips'] for one in beside):.1f} % of labels; the mean tone differs by "
        f"{min(one['spread_of_mean_tone'] for one in beside):.3f} to {max(one['spread_of_mean_tone'] for one in beside):.3f} between names of a kind.",
        "",
        taken_back(accuracy["reversals"]),
        "",
        f"Evidence: leaving out the three words with the largest push changes {100 * evidence['top_three_change_the_label']:.0f} % of labels, "
        f"three random content words {100 * evidence['random_three_change_the_label']:.0f} %: {evidence['ratio']:.1f} times as often (asked: 3).",
        "",
        f"Speed, one thread, {speed['tokens_per_target']} tokens a target: {rates['shipped_int8']:.0f} targets/s; the same shape in fp32 "
        f"{rates['same_shape_fp32']:.0f}; an encoder of RoBERTa-base's size in fp32 {rates['roberta_base_size_fp32']:.0f}: "
        f"{speed['ratio_to_roberta_base_size']['shipped_int8']:.1f} times as fast (asked of a file this size: {speed['floor']:.0f}). "
        f"Evidence for the {speed['evidence']['mentions_of_the_seed_article']} mentions of the seed article: {speed['evidence']['seconds']:.1f} s (asked: under 5)."
        + (f" Scoring {memory['targets']:,} targets held {memory['peak_mib']:.0f} MiB at most." if memory else ""),
        "",
        "## Known weaknesses",
        "",
        *[f"- {one}" for one in notes["weaknesses"]],
        "",
        "## What was tried",
        "",
        "The runs, with macro-F1 of the unquantised weights (the teachers are not shipped; each student goes on from the one before):",
        "",
        *runs(),
        "",
        *[f"- {one}" for one in notes["tried"]],
        "",
    ]
    (FOLDER / "CARD.md").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()

"""How often the measures are wrong: the benchmarks' results as rows and as a chart, and what they mean for one article.

The figures were measured on labelled news by ``make bench-accuracy``, ``make bench-actors`` and ``make bench-discourse``
and are read from the files those write; none is typed here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .charts import Chart, Row, dots, finish
from .constants import MIN_POINTS
from .display import Table, accuracy_title, count, share, strong_title
from .errors import ModelError
from .model import ActorKind, ToneScore
from .study import project_folder
from .tone import scorer_names

__all__ = [
    "Measure", "accuracy_chart", "calibration", "challenge", "cross_fitted", "expected_wrong", "finding", "measured",
    "natural_chart", "natural_finding", "renamings", "results", "reversals", "steps", "strong_calls", "unsure_calls",
    "wrong_calls",
]  # fmt: skip

SETS = {
    ("natural", "wikinews_dev", "macro_f1"): ("Wikinews, whole articles", "macro-F1", "every actor of an article"),
    ("natural", "usnews_dev", "macro_f1"): ("US papers, whole articles", "macro-F1", "every actor of an article"),
    ("newsmtsc", "dev_rw", "macro_f1"): ("NewsMTSC, one target", "macro-F1", "persons in US political news"),
    ("newsmtsc", "dev_mt", "macro_f1"): ("NewsMTSC, several", "macro-F1", "persons in US political news"),
    ("dse", "valid", "macro_f1_3"): ("DSE pairs, 3 classes", "macro-F1", "pairs of names in political news"),
    ("dse", "valid", "macro_f1_5"): ("DSE pairs, with direction", "macro-F1", "pairs of names in political news"),
    ("persent", "dev", "article"): ("PerSenT, whole article", "macro-F1", "the main person of an article"),
    ("persent", "dev", "paragraph"): ("PerSenT, paragraph", "macro-F1", "the main person of an article"),
    ("basil", "dev", "feeling_negative_against_rest"): ("BASIL, author’s feeling", "AUC", "main actors of an article"),
    ("basil", "dev", "span_positive_against_negative"): ("BASIL, biased words", "AUC", "the target of a biased span"),
}
"""The measures shown: what each is called, its unit, and what was labelled."""

LABELS = (
    "Labels: development parts of NewsMTSC (Hamborg and Donnay 2021), DSE (Park and others 2021), PerSenT (Bastan and others "
    "2020) and BASIL (Fan and others 2019); whole articles: made for this project by a language model under a written guide."
)
"""Where the labels of ``SETS`` come from; notebook 07 has the full references."""

SHARES = {0.0: "0", 0.25: "0.25", 0.5: "0.50", 0.75: "0.75", 1.0: "1.00"}
"""The ticks of their axis."""

CHANCE = {"AUC": 0.5}
"""What guessing reaches on a measure; on any other, guessing the commonest label is measured too."""

NATURAL = {"wikinews_dev": "Wikinews", "usnews_dev": "US papers"}
"""Whole articles that were labelled for this project, by what they are called."""

CALLS_LEAST = 20
"""Of fewer strong calls no share of wrong ones is given."""
KINDS: dict[ActorKind, str] = {"person": "persons", "country": "countries", "organisation": "organisations", "group": "groups"}


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure by every scorer.

    Attributes:
        name: the name of the set.
        unit: macro-F1 or AUC, both in [0, 1].
        labelled: whom or what the labels are about.
        n: how many labels there are.
        scorers: (value, lo, hi) by scorer, with a 95 % bootstrap interval; "majority" is what guessing the commonest class
            gives.
    """

    name: str
    unit: str
    labelled: str
    n: int
    scorers: dict[str, tuple[float, float, float]]


def results(name: str = "accuracy") -> dict[str, Any]:
    """What a benchmark wrote last: "accuracy", "actors" or "discourse".

    Raises:
        ModelError: the file is not there; the message names the command that makes it.
    """
    path = project_folder() / "benchmarks" / f"{name}.json"
    if not path.is_file():
        raise ModelError(f"There are no results in benchmarks/{name}.json. Make them with: make bench-{name}")
    figures: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return figures


def measured(figures: dict[str, Any]) -> list[Measure]:
    """The measures that a results file holds, in the order of ``SETS``."""
    rows = []
    for (group, part, key), (name, unit, labelled) in SETS.items():
        entries = figures.get(group, {}).get(part, {})
        scorers = {who: (row[key]["value"], row[key]["lo"], row[key]["hi"]) for who, row in entries.items() if key in row}
        if scorers:
            if unit in CHANCE:
                scorers["majority"] = (CHANCE[unit],) * 3
            n = next(row[key]["n"] for row in entries.values() if key in row)
            rows.append(Measure(name, unit, labelled, n, scorers))
    return rows


def strong_calls(figures: dict[str, Any]) -> list[Measure]:
    """How often strong calls toward the actors of whole articles are right, a row each set and kind of actor.

    n counts the encoder's strong calls; a kind with fewer than MIN_POINTS of them is left out; a scorer without any, too.
    """
    rows = []
    for part, name in NATURAL.items():
        entries = figures.get("natural", {}).get(part, {})
        by_kind = {
            who: {"all": row["strong"], **{kind: kind_part["strong"] for kind, kind_part in row["by_kind"].items()}}
            for who, row in entries.items()
            if "by_kind" in row
        }
        for kind, noun in (("all", "all actors"), *KINDS.items()):
            scorers = {who: _three(row[kind]) for who, row in by_kind.items() if row.get(kind)}
            n = by_kind["encoder"][kind]["n"] if "encoder" in scorers else 0
            if n >= MIN_POINTS:
                rows.append(Measure(f"{name}: {noun}", "share right", f"{noun} in whole articles", n, scorers))
    return rows


def wrong_calls(figures: dict[str, Any], kinds: Iterable[ActorKind]) -> list[tuple[str, float, int]]:
    """(whom, share wrong, strong calls checked) of the encoder's strong calls in whole news articles, for some kinds of actor.

    Both sets of articles count together. A kind with fewer than ``CALLS_LEAST`` strong calls is left out; where none is left,
    all actors together stand for them.
    """
    parts = [figures.get("natural", {}).get(part, {}).get("encoder", {}) for part in NATURAL]

    def pooled(rows: Sequence[dict[str, float] | None]) -> tuple[float, int]:
        shares = [(row["value"], int(row["n"])) for row in rows if row]
        n = sum(size for _, size in shares)
        return (1 - sum(value * size for value, size in shares) / n if n else 0.0), n

    by_kind = [part.get("by_kind", {}) for part in parts]
    rows = [
        (KINDS[kind], *pooled([kinds_of_part.get(kind, {}).get("strong") for kinds_of_part in by_kind]))
        for kind in kinds
        if kind in KINDS
    ]
    rows = [row for row in rows if row[2] >= CALLS_LEAST]
    overall = pooled([part.get("strong") for part in parts])
    return rows or ([("actors", *overall)] if overall[1] else [])


def natural_finding(figures: dict[str, Any]) -> str:
    """How many of 100 strong calls of the encoder are right, in each set of whole articles."""
    entries = figures["natural"]
    shares = {name: entries[part]["encoder"]["strong"]["value"] for part, name in NATURAL.items() if part in entries}
    return strong_title(shares)


def natural_chart(figures: dict[str, Any]) -> Chart:
    """How often a strong call is right, by kind of actor, for every scorer; the table has the same numbers."""
    strong, same = figures["strong_tone"], share(figures["natural"]["labels"]["same_label"])
    return accuracy_chart(
        strong_calls(figures),
        title=natural_finding(figures),
        subtitle=f"Share of calls at least {strong:g} from zero whose side is the label’s, from 0 to 1. Dot and line: "
        "value and 95 % bootstrap interval over articles. n: strong calls of the encoder.",
        source="Labels: every actor of whole articles of Wikinews and of the US newspapers in BASIL (Fan and others 2019) and "
        "PolNeAR (Newell and others 2018), by a language model under a written guide; read twice, Wikinews got the same "
        f"label at {same} of the marks.",
        caption="Strong calls that are right, with 95 % intervals",
    )


def unsure_calls(figures: dict[str, Any]) -> list[tuple[str, str, int, float, float, float]]:
    """(articles, size of tone, calls, share right, lo, hi) of the encoder, from next to zero up to the largest."""
    rows = []
    for part, name in NATURAL.items():
        for band in figures.get("natural", {}).get(part, {}).get("encoder", {}).get("by_size", []):
            if band["right"]:
                size = f"{band['from']:.2f} to {min(band['to'], 1):.2f}"
                rows.append((name, size, band["right"]["n"], *_three(band["right"])))
    return rows


def cross_fitted(figures: dict[str, Any]) -> list[tuple[str, int, float, float, float]]:
    """(set, labels, mean macro-F1, lowest and highest of five) of the teachers, each on the fifth that it had not read."""
    rows = figures.get("cross_fitted", {})
    return [
        (_CROSSED.get(name, name), sum(row["n"]), row["mean"] / 100, min(row["folds"]) / 100, max(row["folds"]) / 100)
        for name, row in rows.items()
    ]


_CROSSED = {
    "rusentne": "RuSentNE, Russian news in English",
    "finentity": "FinEntity, companies in financial news",
    "newsmtsc_train": "NewsMTSC, persons",
    "dse_train": "DSE pairs, with direction",
    "wikinews_train": "Wikinews, whole articles",
}


def accuracy_chart(
    rows: Sequence[Measure], *, title: str = "", subtitle: str = "", source: str = "", caption: str = ""
) -> Chart:
    """Every measure a row: a dot with its interval for each scorer, a tick for guessing.

    Args:
        rows: what ``measured`` or ``strong_calls`` returned.
        title, subtitle, source, caption: the chart's words, where they are not those of agreement with labels.

    Returns:
        The chart, with a table of the same numbers.
    """
    lines = [
        Row(
            who,
            *row.scorers[who],
            texts=[f"{row.scorers[who][0]:.2f}"],
            group=f"{row.name}, n = {count(row.n)}: {row.unit}",
            light=who != "encoder",
            guess=row.scorers["majority"][0] if "majority" in row.scorers else None,
        )
        for row in rows
        for who in scorer_names()
        if who in row.scorers
    ]
    title = title or finding(rows)
    words = [
        f"{row.name} ({row.unit}): " + ", ".join(f"{who} {value[0]:.2f}" for who, value in row.scorers.items()) for row in rows
    ]
    return finish(
        lambda sheet: {"rows": dots(sheet, lines, heads=["value"], ticks=SHARES, step=19)},
        title=title,
        subtitle=subtitle
        or "Agreement with labels, from 0 to 1, by scorer. Dot and line: value and 95 % bootstrap interval; "
        "dashed: guessing the commonest class, or at random. n: labels.",
        source=source or LABELS,
        alt=f"{title}. {'; '.join(words)}.",
        table=accuracy_table(rows, caption=caption),
        name="accuracy",
    )


def accuracy_table(rows: Sequence[Measure], *, caption: str = "") -> Table:
    """The measures as a table: a row each, a column a scorer, with intervals."""

    def cell(row: Measure, who: str) -> str | None:
        value = row.scorers.get(who)
        if value is None:
            return None
        return f"{value[0]:.2f}" if who == "majority" else f"{value[0]:.2f} [{value[1]:.2f}, {value[2]:.2f}]"

    heads = ("guessing", *scorer_names())
    lines = [(row.name, row.labelled, row.unit, row.n, *(cell(row, who) for who in ("majority", *heads[1:]))) for row in rows]
    return Table(
        lines,
        columns=["set", "labels are about", "measure", "n", *heads],
        caption=caption or "Agreement with labels, with 95 % intervals",
        note="–: not measured.",
        csv="accuracy",
    )


def finding(rows: Sequence[Measure]) -> str:
    """The chart's finding: how often the encoder lies clearly above the word lists."""
    held = [row for row in rows if "encoder" in row.scorers]
    clear = [
        row
        for row in held
        if all(row.scorers["encoder"][1] > row.scorers[who][0] for who in row.scorers if who not in ("encoder", "majority"))
    ]
    return accuracy_title(len(clear), len(held))


def calibration(figures: dict[str, Any]) -> list[tuple[str, float]]:
    """(set, expected calibration error in [0, 1]) of the encoder: how far its probabilities are from how often it is right."""
    rows = [
        (name, figures.get(group, {}).get(part, {}).get("encoder", {}).get("calibration_error"))
        for (group, part, _), (name, _, _) in SETS.items()
    ]
    return [(name, value) for name, value in dict(rows).items() if value is not None]


def renamings(figures: dict[str, Any]) -> list[tuple[str, str, int, float, float]]:
    """What another name in an actor's place does to the tone toward the target, at most over the names tried.

    Returns:
        (whose name, whether the other actors are known, sentences, mean move of the tone, share of labels that changed).
    """
    return [
        (
            _RENAMED.get(who, who),
            _KNOWN[way],
            row["sentences"],
            row[way]["largest_mean_absolute_move"],
            row[way]["largest_flips"],
        )
        for way in _KNOWN
        for who, row in figures.get("names", {}).items()
    ]


def challenge(figures: dict[str, Any]) -> list[tuple[str, ...]]:
    """(what the made sentences are about, then for each registered scorer how many of how many labels it reads right)."""
    made = figures.get("challenge", {})
    about = {**made.get("about", {}), "all": "all"}

    def cell(who: str, letter: str) -> str:
        row = made["scorers"].get(who, {}).get(letter)
        return f"{round(row['right']['value'] * row['right']['n'])} of {row['right']['n']}" if row else "–"

    return [(words, *(cell(who, letter) for who in scorer_names())) for letter, words in about.items()] if made else []


def reversals(figures: dict[str, Any]) -> list[tuple[str, ...]]:
    """(what is taken back, a sentence of it, then for each registered scorer how many of how many sentences it reads right).

    Nearly half of the sentences say plainly what the others take back; the last row counts all.
    """
    sentences = figures.get("reversals", {})
    scorers = [sentences.get("scorers", {}).get(who, {}).get("by_kind", {}) for who in scorer_names()]

    def line(name: str, example: str, kinds: Sequence[str]) -> tuple[str, ...]:
        counts = [[by_kind[kind] for kind in kinds if kind in by_kind] for by_kind in scorers]
        return (
            name,
            example,
            *(f"{sum(a for a, _ in pairs)} of {sum(b for _, b in pairs)}" if pairs else "–" for pairs in counts),
        )

    examples: dict[str, str] = sentences.get("examples", {})
    rows = [line(_REVERSALS.get(kind, kind), example, [kind]) for kind, example in examples.items()]
    return [*rows, line("all", "", list(examples))] if rows else []


_REVERSALS = {
    "cleared": "a charge dropped",
    "false": "a charge that was false",
    "nobody": "blame that nobody utters",
    "litotes": "faults denied",
    "praise": "praise turned round",
    "lifted": "a punishment lifted",
    "undone": "harm undone",
    "supposed": "blame only supposed",
    "roles": "who else is in it",
    "partly": "only partly taken back",
}

_RENAMED = {
    "target": "the target",
    "PERSON": "a person beside it",
    "GPE": "a country beside it",
    "ORG": "an organisation beside it",
    "NORP": "a nationality beside it",
}
_KNOWN = {"known": "yes, as in an article", "unknown": "no, a sentence by itself"}


def steps() -> list[tuple[str, str, float, float, float]]:
    """(step, measure, value, lo, hi) of the steps before the score: who is in the text, and who says what."""
    rows = [
        ("actors", row["measure"], row["value"], row["lo"], row["hi"])
        for row in results("actors")["measures"]
        if not row["measure"].startswith("seed")
    ]
    said = results("discourse")
    for group, keys in (("polnear", ("content F1", "source head")), ("basil", ("BASIL speaker",))):
        for key in keys:
            if key in said.get(group, {}):
                value = said[group][key]
                rows.append(("who says what", f"PolNeAR: {key}" if group == "polnear" else key, *_three(value)))
    return rows


def _three(value: dict[str, float]) -> tuple[float, float, float]:
    return value["value"], value["lo"], value["hi"]


def expected_wrong(scores: Sequence[ToneScore]) -> list[tuple[str, int, int, float]]:
    """(kind of actor, scored mentions, too uncertain to call, labels expected to be wrong) in one article.

    The last is the sum over mentions of the probability of the classes not chosen: right as far as the probabilities
    are calibrated (``calibration``).
    """
    groups: dict[ActorKind, list[ToneScore]] = {}
    for score in scores:
        if score.tone is not None:
            groups.setdefault(score.mention.actor.kind, []).append(score)
    rows: list[tuple[str, int, int, float]] = []
    for kind in sorted(groups):
        pairs = groups[kind]
        wrong = sum(1 - max(score.negative, score.neutral, score.positive) for score in pairs)
        rows.append((kind, len(pairs), sum(not score.certain for score in pairs), wrong))
    return rows

"""What people who coded a sample say of the machine: how far they agree, where it errs, and the figures corrected by them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ..constants import CLUSTERS_LEAST, CODED_ACTOR_LEAST, CODED_LEAST, MIN_POINTS
from ..model import Estimate
from .agreement import confusion, false_alarms, macro_f1, ordinal_alpha
from .corrected import ThreeEstimates, corrected_mean
from .sampling import LABELS, Unit
from .sheets import CodedUnit, Sheet

EVERYBODY = "everybody"
SIZES = (100, 200, 400)
"""Sizes of coded samples whose widths are foretold."""


@dataclass(frozen=True, slots=True)
class Slice:
    """How the machine's labels compare with the people's in one part of the sheet.

    Each unit counts with one over the probability with which it was drawn.

    Attributes:
        group: "all", "kind", "voice" or "outlet".
        name: the name of the part within that group.
        coded: how many units people coded in it.
        f1: macro-F1, in [0, 1]; None where there is no figure.
        alarms: the share of what people call "none" that the machine gives a tone; None where there is no figure.
        table: shares of all units by label of the people (rows) and of the machine (columns): negative, none, positive.
        reason: why there is no figure, else "".
    """

    group: str
    name: str
    coded: int
    f1: float | None
    alarms: float | None
    table: tuple[tuple[float, ...], ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure by the machine, by people, and corrected.

    Attributes:
        who: an actor's name, or "everybody".
        measure: "mean tone" or "share negative".
        triple: the three estimates.
    """

    who: str
    measure: str
    triple: ThreeEstimates


@dataclass(frozen=True, slots=True)
class SheetCheck:
    """What a coded sheet says.

    Attributes:
        coders: the coders' names.
        drawn: how many rows the sheet has.
        coded: how many of them have a label.
        cannot_tell: how often a coder answered "cannot tell".
        population: how many units the sheet was drawn from.
        articles: how many articles they come from.
        alpha: how far the coders agree.
        slices: the machine against people, in each part of the sheet.
        figures: the corrected figures: everybody first, then actors with ``MIN_POINTS`` units, those with the most units first.
    """

    coders: tuple[str, ...]
    drawn: int
    coded: int
    cannot_tell: int
    population: int
    articles: int
    alpha: Estimate
    slices: tuple[Slice, ...]
    figures: tuple[Figure, ...]


def check(sheet: Sheet) -> SheetCheck:
    """Compare coders with one another and the machine with them, and correct the machine's figures.

    A unit that several people coded counts with the mean of their labels. Who left the last rows out has coded a random part of
    the sheet, as its rows stand in random order; the probabilities are taken times the share that was coded.

    Example:
        >>> check(Sheet(("Ada",), (), (), 0)).alpha.method
        'no row was coded by two coders'
    """
    rows = [row for row in sheet.rows if any(label is not None for label in row.labels)]
    articles = {unit.article for unit in sheet.rest}
    clusters = [row.unit.article for row in sheet.rows] if len(articles) >= CLUSTERS_LEAST else None
    return SheetCheck(
        sheet.coders,
        len(sheet.rows),
        len(rows),
        sheet.cannot_tell,
        len(sheet.rest),
        len(articles),
        ordinal_alpha([row.labels for row in sheet.rows], clusters=clusters),
        tuple(_slices(rows)),
        tuple(_figures(sheet, rows)),
    )


def agreed(row: CodedUnit) -> float:
    """The mean of what the coders say of a unit, in [-1, +1]."""
    labels = [label for label in row.labels if label is not None]
    return sum(labels) / len(labels)


def _class(row: CodedUnit) -> int:
    """The people's label of a unit as 0, 1 or 2: the nearest to their mean; halfway is no tone."""
    mean = agreed(row)
    return 2 if mean > 0.5 else 0 if mean < -0.5 else 1


def _slices(coded: Sequence[CodedUnit]) -> Iterable[Slice]:
    groups: dict[tuple[str, str], list[CodedUnit]] = {("all", EVERYBODY): list(coded)}
    for group, name_of in _GROUPS.items():
        for row in sorted(coded, key=lambda row: name_of(row.unit)):
            if name_of(row.unit):
                groups.setdefault((group, name_of(row.unit)), []).append(row)
    for (group, name), rows in groups.items():
        if len(rows) < CODED_LEAST:
            yield Slice(group, name, len(rows), None, None, (), f"fewer than {CODED_LEAST} coded")
            continue
        machine = [LABELS.index(row.unit.label) for row in rows]
        table = confusion([_class(row) for row in rows], machine, [1 / row.probability for row in rows])
        yield Slice(group, name, len(rows), macro_f1(table), false_alarms(table), tuple(map(tuple, table)))


_GROUPS: dict[str, Callable[[Unit], str]] = {
    "kind": lambda unit: unit.kind,
    "voice": lambda unit: unit.voice,
    "outlet": lambda unit: unit.outlet,
}


def _figures(sheet: Sheet, rows: Sequence[CodedUnit]) -> Iterable[Figure]:
    codes = {row.unit.ident: row for row in rows}
    share = len(rows) / max(1, len(sheet.rows))
    drawn = {row.unit.ident: row.probability * share for row in sheet.rows}
    groups: dict[str, list[Unit]] = {EVERYBODY: list(sheet.rest)}
    for unit in sheet.rest:
        groups.setdefault(unit.actor if unit.actor != EVERYBODY else f"“{unit.actor}”", []).append(unit)
    enough = len(rows) >= CODED_LEAST
    order = sorted(groups, key=lambda name: (name != EVERYBODY, -len(groups[name]), name))
    for who in order:
        units = groups[who]
        if len(units) < MIN_POINTS:
            continue
        articles = [unit.article for unit in units]
        clusters = articles if len(set(articles)) >= CLUSTERS_LEAST else [unit.ident for unit in units]
        least = CODED_LEAST if who == EVERYBODY or not enough else CODED_ACTOR_LEAST
        for measure, (machine, people) in _MEASURES.items():
            triple = corrected_mean(
                [machine(unit) for unit in units],
                [people(codes[unit.ident]) if unit.ident in codes else None for unit in units],
                [drawn.get(unit.ident, 1.0) for unit in units],
                clusters,
                least=least,
                bounds=(-1.0 if measure == "mean tone" else 0.0, 1.0),
                sizes=SIZES if who == EVERYBODY else (),
            )
            yield Figure(who, measure, triple)


_MEASURES: dict[str, tuple[Callable[[Unit], float], Callable[[CodedUnit], float]]] = {
    "mean tone": (lambda unit: unit.tone, agreed),
    "share negative": (
        lambda unit: float(unit.label == "negative"),
        lambda row: sum(label == -1 for label in row.labels) / sum(label is not None for label in row.labels),
    ),
}

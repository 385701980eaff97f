"""How often intervals hold what they say they hold: in simulated articles with a known truth, and in labelled ones.

``make bench-intervals`` prints it and writes ``benchmarks/intervals.json``.

A simulated article draws n sentences from a population whose mean tone is known. Its scorer errs: by an amount that is shared
by all its sentences, with the variance that its own doubt gives (``SHARED_DOUBT``), so the truth lies off the tones' own mean.
Shapes: "plain", around zero; "skewed", three in ten clearly negative and the rest next to zero; "news", as in natural news, one
in five toned, both ways; each also "clustered", with several mentions a sentence that move together.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
from scipy import stats  # noqa: E402

from analysis import open_article, read_text  # noqa: E402
from analysis.constants import SHARED_DOUBT  # noqa: E402
from analysis.estimates import (  # noqa: E402
    SentenceTone,
    corrected_mean,
    difference_of,
    draw,
    mean_of,
    sentence_tones,
    tone_series,
    units_of,
)
from analysis.study import Study, seed_path  # noqa: E402
from benchmarks import natural  # noqa: E402
from benchmarks.bootstrap import SEED  # noqa: E402
from training import data  # noqa: E402

OUT = ROOT / "benchmarks" / "intervals.json"
ARTICLES = 2000
SIZES = (5, 10, 20, 60)
SHARES = (0.90, 0.95)
SHAPES = ("plain", "plain clustered", "skewed", "skewed clustered", "news", "news clustered")
ROUNDS = 400
"""Rounds of the bootstraps that ours is held against."""
Interval = tuple[np.ndarray, np.ndarray]


def doubt_of(tones: np.ndarray) -> np.ndarray:
    """The variance of a label where the scorer's probabilities are about those it gives: sure of what is next to zero."""
    size = np.abs(tones)
    found: np.ndarray = size + (1 - size) * np.where(size > 0.1, 0.12, 0.02) - tones**2
    return found


def population(shape: str, size: Any, rng: np.random.Generator) -> np.ndarray:
    """Tones of single mentions."""
    if shape.startswith("plain"):
        tones = rng.normal(-0.05, 0.35, size)
    elif shape.startswith("skewed"):
        tones = np.where(rng.random(size) < 0.3, -rng.beta(5, 2, size), rng.normal(-0.01, 0.04, size))
    else:
        side = np.where(rng.random(size) < 0.75, -1, 1)
        tones = np.where(rng.random(size) < 0.2, side * rng.beta(3, 2, size), rng.normal(-0.01, 0.03, size))
    return np.clip(tones, -0.97, 0.97)


def sentences(shape: str, size: tuple[int, int], rng: np.random.Generator) -> np.ndarray:
    """Tones of sentences: of one mention, or the mean of up to five of which most share the sentence's tone."""
    tones = population(shape, size, rng)
    if not shape.endswith("clustered"):
        return tones
    own = np.where(rng.random((*size, 5)) < 0.3, population(shape, (*size, 5), rng), tones[..., None])
    held = np.arange(5) < np.minimum(1 + rng.poisson(0.6, size), 5)[..., None]
    found: np.ndarray = (own * held).sum(-1) / held.sum(-1)
    return found


def truths(tones: np.ndarray, mean: float, doubt: float, rng: np.random.Generator) -> np.ndarray:
    """What is true of each article: the population's mean, and what the scorer errs by in all of its sentences."""
    return mean + rng.normal(0, np.sqrt(SHARED_DOUBT * doubt), len(tones))


def ours(tones: np.ndarray, doubts: np.ndarray, share: float) -> Interval:
    """The package's interval."""
    found = [
        mean_of([SentenceTone(at, tone, doubt) for at, (tone, doubt) in enumerate(zip(row, unsure, strict=True))], share=share)
        for row, unsure in zip(tones.tolist(), doubts.tolist(), strict=True)
    ]
    return np.array([one.lo for one in found]), np.array([one.hi for one in found])


def by_t(tones: np.ndarray, doubts: np.ndarray, share: float, *, shared: bool = True) -> Interval:
    """Student's t on the sentences; shared: with the scorer's doubt and Satterthwaite's degrees of freedom."""
    n, spread = tones.shape[1], tones.var(axis=1, ddof=1) / tones.shape[1]
    more = SHARED_DOUBT * doubts.mean(axis=1) if shared else np.zeros(len(tones))
    freedom = (spread + more) ** 2 / (spread**2 / (n - 1) + 1e-15)
    half = stats.t.ppf((1 + share) / 2, freedom) * np.sqrt(spread + more)
    return tones.mean(axis=1) - half, tones.mean(axis=1) + half


def by_johnson(tones: np.ndarray, doubts: np.ndarray, share: float) -> Interval:
    """The same with Johnson's correction for skewed sentences (Journal of the American Statistical Association 73, 1978)."""
    lo, hi = by_t(tones, doubts, share)
    apart = tones - tones.mean(axis=1, keepdims=True)
    shift = (apart**3).mean(axis=1) / (6 * tones.shape[1] * np.maximum(tones.var(axis=1, ddof=1), 1e-9))
    return lo + shift, hi + shift


def bootstrapped(tones: np.ndarray, doubts: np.ndarray, kind: str) -> Callable[[float], Interval]:
    """Percentile, BCa or studentised bootstrap of sentences, the scorer's shared doubt drawn with them."""
    rng = np.random.default_rng(SEED)
    n, mean = tones.shape[1], tones.mean(axis=1)
    shared = SHARED_DOUBT * doubts.mean(axis=1)
    drawn, sizes = [], []
    for _ in range(ROUNDS):
        again = tones[:, rng.integers(0, n, n)]
        drawn.append(again.mean(axis=1) + rng.normal() * np.sqrt(shared))
        sizes.append(np.sqrt(again.var(axis=1, ddof=1) / n + shared))
    means, apart = np.array(drawn), tones - mean[:, None]

    def at(places: np.ndarray) -> np.ndarray:
        order = np.sort(means, axis=0)
        return np.take_along_axis(order, np.clip((places * ROUNDS).astype(int), 0, ROUNDS - 1)[None], axis=0)[0]

    def interval(share: float) -> Interval:
        tail = (1 - share) / 2
        if kind == "percentile":
            return at(np.full(len(mean), tail)), at(np.full(len(mean), 1 - tail))
        if kind == "studentised":
            error = np.sqrt(tones.var(axis=1, ddof=1) / n + shared)
            low, high = np.quantile((means - mean) / np.array(sizes), [tail, 1 - tail], axis=0)
            return mean - high * error, mean - low * error
        bias = stats.norm.ppf(np.clip((means < mean).mean(axis=0), 1 / ROUNDS, 1 - 1 / ROUNDS))
        squares = np.maximum((apart**2).sum(axis=1), 1e-12)
        skew = (apart**3).sum(axis=1) / (6 * squares**1.5)
        ends = [bias + (bias + z) / (1 - skew * (bias + z)) for z in stats.norm.ppf([tail, 1 - tail])]
        return at(stats.norm.cdf(ends[0])), at(stats.norm.cdf(ends[1]))

    return interval


def coverage() -> list[dict[str, Any]]:
    """For each shape and size, what every kind of interval holds of the truths, and how wide it is at 90 %."""
    found = []
    for shape in SHAPES:
        for n in SIZES:
            rng = np.random.default_rng(SEED)
            many = sentences(shape, (200_000, 1), rng)
            mean, doubt = float(many.mean()), float(doubt_of(many).mean())
            tones = sentences(shape, (ARTICLES, n), rng)
            doubts, truth = doubt_of(tones), truths(tones, mean, doubt, rng)
            kinds: dict[str, Callable[[float], Interval]] = {
                "ours": lambda share, t=tones, d=doubts: ours(t, d, share),
                "t": lambda share, t=tones, d=doubts: by_t(t, d, share),
                "t, Johnson": lambda share, t=tones, d=doubts: by_johnson(t, d, share),
                "t, sentences alone": lambda share, t=tones, d=doubts: by_t(t, d, share, shared=False),
                **{kind: bootstrapped(tones, doubts, kind) for kind in ("percentile", "BCa", "studentised")},
            }
            row: dict[str, Any] = {"shape": shape, "n": n}
            for kind, of in kinds.items():
                held = {}
                for share in SHARES:
                    lo, hi = of(share)
                    held[f"{share:.2f}"] = round(float(((lo <= truth) & (truth <= hi)).mean()), 4)
                    if share == SHARES[0]:
                        held["width"] = round(float((hi - lo).mean()), 3)
                row[kind] = held
            found.append(row)
    return found


def differences() -> list[dict[str, Any]]:
    """What the interval of a difference between two actors holds, half of whose sentences name both."""
    found = []
    for shape in ("plain", "skewed", "news"):
        for n in SIZES:
            rng = np.random.default_rng(SEED)
            many = population(shape, 200_000, rng)
            mean, doubt = float(many.mean()), float(doubt_of(many).mean())
            both = population(shape, (ARTICLES, n), rng)
            alike = rng.random((ARTICLES, n)) < 0.5
            tones = [both, np.where(alike & (np.arange(n) < n // 2), both, population(shape, (ARTICLES, n), rng))]
            errors = [truths(both, mean, doubt, rng) for _ in tones]
            places = [np.arange(n), np.where(np.arange(n) < n // 2, np.arange(n), np.arange(n) + n)]
            row: dict[str, Any] = {"shape": shape, "n": n}
            for share in SHARES:
                held = 0
                for at in range(ARTICLES):
                    one, other = (
                        [
                            SentenceTone(int(p), float(t), float(d))
                            for p, t, d in zip(place, tone[at], doubt_of(tone[at]), strict=True)
                        ]
                        for place, tone in zip(places, tones, strict=True)
                    )
                    apart = difference_of(one, other, share=share)
                    held += apart.lo <= errors[0][at] - errors[1][at] <= apart.hi  # type: ignore[operator]
                row[f"{share:.2f}"] = round(held / ARTICLES, 4)
            found.append(row)
    return found


def corrected(*, off: float = 0.2, articles: int = 100, each: int = 10, coded: int = 100) -> dict[str, float]:
    """Bias and coverage of the corrected mean: 1,000 units of 100 articles, about 100 coded with unequal probabilities."""
    rng = np.random.default_rng(SEED)
    errors, alone, held, wide, slim = [], [], [], [], []
    for _ in range(ARTICLES):
        lean = np.repeat(rng.normal(-0.1, 0.2, articles), each)
        chance = np.clip((1 - lean[:, None] * [1, 0, -1]) / 3, 0.02, 0.9)
        pick = rng.random(len(lean))[:, None] < (chance / chance.sum(axis=1, keepdims=True)).cumsum(axis=1)
        truth = pick.argmax(axis=1) - 1
        machine = np.clip(0.6 * truth + rng.normal(0, 0.3, len(truth)), -1, 1) + off
        weight = 0.3 + np.abs(machine)
        probability = coded * weight / weight.sum()
        said = [int(y) if hit else None for y, hit in zip(truth, rng.random(len(truth)) < probability, strict=True)]
        clusters = [f"a{at // each}" for at in range(len(truth))]
        found = corrected_mean(machine, said, probability, clusters)  # type: ignore[arg-type]
        goal, one, hand = -0.1 * 2 / 3, found.corrected, found.people
        errors.append((one.value or 0) - goal)
        alone.append((found.machine.value or 0) - goal)
        held.append((one.lo or 0) <= goal <= (one.hi or 0))
        wide.append((hand.hi or 0) - (hand.lo or 0))
        slim.append((one.hi or 0) - (one.lo or 0))
    return {
        "bias": round(float(np.mean(errors)), 4),
        "bias_of_machine": round(float(np.mean(alone)), 4),
        "coverage_95": round(float(np.mean(held)), 4),
        "width": round(float(np.mean(slim)), 3),
        "width_by_people_alone": round(float(np.mean(wide)), 3),
    }


def labelled() -> dict[str, Any]:
    """In labelled whole articles: how alike errors are, and how often intervals hold the labels' mean of their sentences."""
    found: dict[str, Any] = {}
    for part, name in natural.PARTS.items():
        actors: list[tuple[list[SentenceTone], np.ndarray]] = []
        spreads, errors, products = [], [], []
        for told in natural.articles(name):
            study = open_article(read_text(told["text"]))
            marks = [target for target in told["targets"] if target["label"] is not None]
            spans = [(target["spans"], np.sign(target["label"])) for target in marks]
            for series in study.series:
                every = sentence_tones(study.parse, series.points)
                if len(every) >= SIZES[0]:
                    spreads.append(np.var([one.tone for one in every], ddof=1))
                pairs = [(one, _label(series.points[one.sentence].scores, spans)) for one in every]
                kept = [(one, label) for one, label in pairs if label is not None]
                if not kept:
                    continue
                off = np.array([one.tone - label for one, label in kept])
                errors += (off**2).tolist()
                if len(off) > 1:
                    products.append((len(off), (off.sum() ** 2 - (off**2).sum()) / (len(off) * (len(off) - 1))))
                if len(kept) >= SIZES[0]:
                    actors.append(([one for one, _ in kept], np.array([label for _, label in kept])))
        size = np.array([n for n, _ in products])
        alike = float(np.average([value for _, value in products], weights=size) / np.mean(errors))
        found[part] = {
            "actors": len(actors),
            "variance_between_sentences": round(float(np.mean(spreads)), 4),
            "errors_alike": round(alike, 3),
            **_held(actors),
        }
    return found


def _label(scores: Any, spans: Any) -> float | None:
    """The label at any of a sentence's scored mentions."""
    here = [(s.mention.start, s.mention.end) for s in scores if s.tone is not None]
    return next((y for places, y in spans if any(a < end and start < b for a, b in here for start, end in places)), None)


def _held(actors: list[tuple[list[SentenceTone], np.ndarray]]) -> dict[str, Any]:
    rng = np.random.default_rng(SEED)
    rows: dict[str, list[tuple[bool, float, bool | None]]] = {"ours": [], "percentile of sentences": []}
    for some, labels in actors:
        tones, truth = np.array([one.tone for one in some]), float(labels.mean())
        one = mean_of(some)
        low, high = np.quantile(tones[rng.integers(0, len(tones), (2000, len(tones)))].mean(axis=1), [0.05, 0.95])
        for name, lo, hi in (("ours", one.lo, one.hi), ("percentile of sentences", low, high)):
            clear = lo > 0 or hi < 0  # type: ignore[operator]
            right = bool(np.sign(truth) == np.sign(one.value)) if clear else None
            rows[name].append((bool(lo - 1e-9 <= truth <= hi + 1e-9), float(hi - lo), right))  # type: ignore[operator]
    return {
        name: {
            "held_at_90": round(float(np.mean([held for held, _, _ in told])), 3),
            "width": round(float(np.mean([width for _, width, _ in told])), 3),
            "clear_leans": sum(right is not None for _, _, right in told),
            "of_them_right": sum(right is True for _, _, right in told),
        }
        for name, told in rows.items()
    }


def times() -> dict[str, float]:
    """Seconds of one core: the intervals of the seed article; a sheet of 150 from 1,000 articles that were scored before."""
    seed = open_article(seed_path())
    _ = seed.scores
    start = time.process_time()
    tone_series(seed.cast, seed.scores)
    intervals = time.process_time() - start
    texts = [told["text"] for name in natural.PARTS.values() for told in natural.articles(name)]
    for text in texts:
        _ = open_article(read_text(text)).scores  # scored before
    start = time.process_time()
    units = []
    for at in range(1000):
        study: Study = open_article(read_text(texts[at % len(texts)]))
        units += units_of(study.parse, study.series)
    draw(units, 150)
    return {"intervals_of_the_seed": round(intervals, 3), "sheet_from_1000_articles": round(time.process_time() - start, 1)}


def main() -> None:
    """Measure, print, and write the file."""
    found: dict[str, Any] = {"articles_a_cell": ARTICLES, "coverage": coverage(), "differences": differences()}
    kinds = [kind for kind in found["coverage"][0] if kind not in ("shape", "n")]
    print("Share of truths held by nominal 90 % and 95 % intervals, and mean width of the 90 % one")
    print(f"{'':22}" + "".join(f"{kind:>20}" for kind in kinds))
    for row in found["coverage"]:
        cells = (f"{100 * row[k]['0.90']:5.1f} {100 * row[k]['0.95']:5.1f} {row[k]['width']:6.2f}" for k in kinds)
        print(f"{row['shape']:18}{row['n']:4}" + "".join(f"{cell:>20}" for cell in cells))
    print("\nDifferences of two actors who share half of their sentences")
    for row in found["differences"]:
        print(f"{row['shape']:18}{row['n']:4}{100 * row['0.90']:12.1f}{100 * row['0.95']:7.1f}")
    found["corrected"] = corrected()
    print(f"\nCorrected mean, machine 0.2 off, 100 coded of 1,000: {found['corrected']}")
    if data.data_folder().is_dir():
        found["labelled"], found["seconds"] = labelled(), times()
        for part, row in found["labelled"].items():
            print(f"\n{part}: {row}")
        print(f"\nSeconds: {found['seconds']}")
    else:
        print("\nThe labelled articles are not here (TOWARD_DATA), so they are left out and nothing is written.")
        return
    OUT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

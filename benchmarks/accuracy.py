"""How right each scorer is, against people's own labels. Run: make bench-accuracy

Reads the folder named by TOWARD_DATA (default ../shared/data; its README says where each set comes from), scores every set with
every scorer, and writes benchmarks/accuracy.json, which the notebooks and the model's card read. Intervals are 95 % bootstrap
intervals (1,000 rounds, over targets, pairs, articles or spans).

Natural    whole articles of Wikinews and of US newspapers (dev), read as the tool reads one: how often a strong call toward an
           actor is right, by kind of actor (benchmarks/natural.py). The labels are a language model's, under a written guide.
NewsMTSC   macro-F1 over 3 classes, tone toward a person in one sentence (dev_rw, dev_mt). Of the encoder also with the other
           names of the sentence known, and under the class shares of the collection, fitted on the other of the two parts.
DSE        macro-F1 over 5 classes (who holds which opinion of whom) and over 3 (direction left out), valid part, without the
           sentences that the train part has as well. For the word list: the sign of the valence of the words between the two
           names, always read as "the first toward the second".
PerSenT    macro-F1 over 3 classes of the author's tone toward the main person, whole article and paragraph, dev part. The
           article is read as the tool reads one: headline and text, the person's mentions found by it. Tone of an article or
           paragraph: the mean over the distinct sentences that mention the person; nearer to zero than CLEAR_TONE is neutral.
           By marks: only the sentences in which the set itself marks the person. No PerSenT label was used to set anything.
BASIL      AUC of an article's mean tone toward each main actor, negative against the rest and positive against negative, over
           the sentences that name it to the letter (police, plaintiffs and bills are among them); AUC of the tone toward the
           target of each biased span, positive against negative: the mean over the span, read alone as said of the target,
           and the sentence, where that names the target. BASIL is measured, never trained on.
Names      NewsMTSC's dev sentences with other names in every place of the target, and of a name beside it: how far the tone
           moves, how many labels flip. With the other actors known, as in an article, and without.
Challenge  made sentences that decide between look-alikes (challenge.toml): neutral acts and blame, origins and states, a
           speaker's own words. Training has made sentences of these kinds too, in other words.
Reversals  sentences in which blame or praise is taken back ("exonerated"), each beside its plain twin ("convicted"): the share
           whose most probable class is a right one (reversals.tsv; its turning words are not those of the sentences made for
           training).
Crossed    from training/teachers.tsv: sets that the shipped file has read, each fifth as the teacher that had not read it
           answers.
Evidence   how often leaving out the three words with the largest push changes the label, against three random content words.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

from analysis.actors import find_actors  # noqa: E402
from analysis.constants import CLEAR_TONE, STRONG_TONE  # noqa: E402
from analysis.model import Cast, Span  # noqa: E402
from analysis.tone import encoder, occlusion  # noqa: E402
from analysis.tone import scorers as stance  # noqa: E402
from benchmarks.actors import person_actor, read_parse  # noqa: E402
from benchmarks.bootstrap import SEED, auc_interval, f1_interval, share_where, shares  # noqa: E402
from benchmarks.natural import bench_natural  # noqa: E402
from training import data, made  # noqa: E402
from training.calibration import class_factors, under_factors  # noqa: E402
from training.data import Example  # noqa: E402
from training.measure import DSE_TO_THREE, calibration_error  # noqa: E402
from training.names import Names, beside, changed, names_in  # noqa: E402
from training.sentences import Sentence  # noqa: E402

EVIDENCE_SAMPLE = 300
"""Sentences on which the evidence is tested; each costs about forty passes."""

MARK = "[TGT]"
"""What PerSenT puts in the place of some of the target's mentions."""

RIGHT = {"negative": {0}, "neutral": {1}, "positive": {2}, "not negative": {1, 2}}
"""Classes that are right for each sign of reversals.tsv."""

ONE_BY_ONE = ("roles", "partly")
"""Kinds of reversals.tsv whose sentences are no pairs of twins."""

PUBLISHED = {
    "newsmtsc": {"GRU-TSC on RoBERTa, test-rw / test-mt (Hamborg & Donnay 2021)": [83.1, 82.5]},
}
NAMES = (
    "Putin", "Trump", "Obama", "Merkel", "Stalin", "Malala", "Russia", "Sweden", "North Korea", "Canada", "Red Cross",
    "Facebook", "the Taliban", "NASA", "Anna Lind",
)  # fmt: skip
"""Persons, countries and organisations, liked and disliked, put in the target's place."""

NAMES_BESIDE = {
    "PERSON": ("Putin", "Trump", "Obama", "Merkel", "Stalin", "Malala"),
    "GPE": ("Russia", "Sweden", "North Korea", "Canada"),
    "ORG": ("Red Cross", "Facebook", "Taliban", "NASA"),
    "NORP": ("Russian", "Swedish", "North Korean", "Canadian"),
}
"""Names put in the place of one that stands beside the target, by spaCy's label of the name that goes."""

FETCH = """The labelled sets are not part of this project. Put them in a folder named by TOWARD_DATA (default ../shared/data):
  newsmtsc/dev_rw.jsonl, dev_mt.jsonl   github.com/fhamborg/NewsMTSC (MIT)
  dse/valid.tsv                         github.com/bywords/directed_sentiment_analysis (cite Park, Pan & Joo 2021)
  persent/dev.csv                       github.com/MHDBST/PerSenT (CC BY 4.0)
  basil/dev.jsonl                       github.com/launchnlp/BASIL (measure only)
  wikinews/dev.jsonl, usnews/dev.jsonl  whole articles with labels made for this project (training/README.md)"""

Scores = np.ndarray
Scorer = Callable[..., Scores]


def scorers(names: Sequence[str]) -> dict[str, Scorer]:
    """Scorers by name: of texts, spans and, where they are known, the target's other spans and the other actors'."""

    def by_words(name: str) -> Scorer:
        return lambda texts, spans, _also=None, _others=None: stance.score_targets(texts, spans, scorer=name)

    def by_encoder(
        texts: Sequence[str],
        spans: Sequence[Span],
        also: Sequence[Sequence[Span]] | None = None,
        others: Sequence[Sequence[Sequence[Span]]] | None = None,
    ) -> Scores:
        return encoder.score_targets(texts, spans, also=also, others=others)

    return {name: by_encoder if name == "encoder" else by_words(name) for name in names}


def bench_newsmtsc(tools: dict[str, Scorer]) -> dict[str, Any]:
    """Each scorer as it is; the encoder also with the other names known, and both under the class prior of the other part."""
    parts = {part: data.newsmtsc(part) for part in ("dev_rw", "dev_mt")}
    truths = {part: np.array([one.label for one in examples]) for part, examples in parts.items()}
    names = names_in(one.text for examples in parts.values() for one in examples)
    result: dict[str, Any] = {}
    for part, examples in parts.items():
        truth = truths[part]
        common = int(np.bincount(truth, minlength=3).argmax())
        result[part] = {"majority": {"macro_f1": f1_interval(truth, np.full(len(truth), common), 3)}}
        for name, tool in tools.items():
            chances = tool([one.text for one in examples], [one.first for one in examples])
            result[part][name] = tone_figures(truth, chances)
    if "encoder" in tools:
        alone = {
            part: encoder.score_targets([one.text for one in some], [one.first for one in some]) for part, some in parts.items()
        }
        known = {part: scored([hidden(one, names) for one in some]) for part, some in parts.items()}
        for part, other in (("dev_rw", "dev_mt"), ("dev_mt", "dev_rw")):
            row, truth = result[part]["encoder"], truths[part]
            row["own_prior"] = tone_figures(truth, under_prior_of(alone, truths, part, other))
            row["others_known"] = tone_figures(truth, known[part]) | {
                "own_prior": tone_figures(truth, under_prior_of(known, truths, part, other))
            }
    return result


def tone_figures(truth: np.ndarray, chances: np.ndarray) -> dict[str, Any]:
    """Macro-F1, accuracy and calibration error of three classes."""
    return {
        "macro_f1": f1_interval(truth, chances.argmax(1), 3),
        "accuracy": round(float((chances.argmax(1) == truth).mean()), 4),
        "calibration_error": round(calibration_error(truth, chances), 4),
    }


def under_prior_of(chances: Mapping[str, np.ndarray], truths: Mapping[str, np.ndarray], part: str, other: str) -> np.ndarray:
    """The chances of one part under the class shares of the collection, as fitted on the other part."""
    return under_factors(chances[part], class_factors(truths[other], chances[other]))


@dataclass(frozen=True, slots=True)
class Cased:
    """A sentence and its actors' spans, the one asked about first."""

    text: str
    actors: list[list[Span]]


def hidden(example: Example, names: Names) -> Cased:
    """A sentence with its target and every other name of it, each with all its places."""
    actors = [[example.first, *encoder.repetitions(example.text, example.first)]]
    by_words: dict[str, list[Span]] = {}
    for start, end, _ in beside(example, names):
        by_words.setdefault(example.text[start:end], []).append((start, end))
    for places in by_words.values():
        taken = [span for spans in actors for span in spans]
        again = [span for place in places for span in encoder.repetitions(example.text, place)]
        kept: list[Span] = []
        for start, end in [*places, *again]:
            if all(end <= low or start >= high for low, high in [*taken, *kept]):
                kept.append((start, end))
        if kept:
            actors.append(sorted(kept))
    return Cased(example.text, actors)


def renamed(case: Cased, actor: int, name: str) -> Cased:
    """The same sentence with another name in every place of one actor."""
    places = sorted((start, end, number) for number, spans in enumerate(case.actors) for start, end in spans)
    parts: list[str] = []
    actors: list[list[Span]] = [[] for _ in case.actors]
    at = length = 0
    for start, end, number in places:
        words = name if number == actor else case.text[start:end]
        length += start - at
        actors[number].append((length, length + len(words)))
        parts += [case.text[at:start], words]
        length += len(words)
        at = end
    return Cased("".join(parts) + case.text[at:], actors)


def scored(cases: Sequence[Cased]) -> Scores:
    """Tone toward the first actor of each case, the others known."""
    return encoder.score_targets(
        [case.text for case in cases],
        [case.actors[0][0] for case in cases],
        also=[case.actors[0][1:] for case in cases],
        others=[case.actors[1:] for case in cases],
    )


DSE_SLICES = {"country": ("GPE", "NORP"), "organisation": ("ORG",), "person": ("PERSON",)}
"""Pairs in which a name is of a kind, by spaCy's label."""


def bench_dse() -> dict[str, Any]:
    """Pairs of the valid part, in sentences that stand in the train part left out: a quarter of them do."""
    learned = {one.text for one in data.dse("train")}
    every = [one for one in data.dse("valid") if one.second is not None]
    examples = [one for one in every if one.text not in learned]
    texts = [one.text for one in examples]
    truth = np.array([one.label for one in examples])
    chances = encoder.score_pairs(texts, [one.first for one in examples], [one.second or (0, 1) for one in examples])
    between = []
    for one in examples:
        first, second = sorted((one.first, one.second or one.first))
        between.append(one.text[first[1] : second[0]] or " ")
    valence = stance.score_targets(between, [(0, len(text)) for text in between], scorer="vader")
    sign = np.sign(np.round(valence[:, 2] - valence[:, 0], 9)).astype(int)
    guess = np.array([{0: 0, 1: 1, -1: 3}[one] for one in sign])
    rows: dict[str, Any] = {}
    for name, guessed in (("majority", np.zeros(len(truth), dtype=int)), ("vader", guess), ("encoder", chances.argmax(1))):
        rows[name] = pair_figures(truth, guessed)
    rows["encoder"]["calibration_error"] = round(calibration_error(truth, chances), 4)
    names = names_in(texts)
    slices = {}
    for kind, labels in DSE_SLICES.items():
        here = np.array([bool(kinds_of(one, names) & set(labels)) for one in examples])
        slices[kind] = pair_figures(truth[here], chances[here].argmax(1))
    return {"valid": rows, "slices": slices, "left_out_as_learned": len(every) - len(examples)}


def pair_figures(truth: np.ndarray, guess: np.ndarray) -> dict[str, Any]:
    """Macro-F1 of five classes, and of three, the direction left out."""
    return {
        "macro_f1_5": f1_interval(truth, guess, 5),
        "macro_f1_3": f1_interval(DSE_TO_THREE[truth], DSE_TO_THREE[guess], 3),
    }


def kinds_of(pair: Example, names: Names) -> set[str]:
    """spaCy's labels of the names that a pair's spans touch."""
    spans = [pair.first, pair.second or pair.first]
    return {kind for start, end, kind in names[pair.text] if any(start < high and low < end for low, high in spans)}


@dataclass(frozen=True, slots=True)
class Reading:
    """One mention of an actor, as the tool finds it in a whole article.

    Attributes:
        paragraph: its number. sentence: the mention's. span: its place there. also: the actor's other places.
        others: the places of each other actor; None where they are not known.
    """

    paragraph: int
    sentence: str
    span: Span
    also: list[Span]
    others: list[list[Span]] | None


def read_whole(paragraphs: Sequence[str], wanted: Callable[[Cast], list[str]]) -> list[Reading]:
    """The mentions of one actor in an article, names, short forms and pronouns, as the tool finds them, also as a speaker.

    Args:
        paragraphs: the article's, its headline first.
        wanted: tells which of the actors found is meant; of several the one most mentioned, of none no mention.
    """
    cast = find_actors(read_parse("\n\n".join(paragraphs) + "\n"))
    best = max(wanted(cast), key=lambda name: len(cast.mentions_of(name)), default=None)
    starts = list(accumulate((len(paragraph) + 2 for paragraph in paragraphs), initial=0))
    asked = zip(cast.mentions, *stance.scorer_inputs(cast), strict=True)
    return [
        Reading(bisect_right(starts, mention.start) - 1, sentence, span, also, others)
        for mention, sentence, span, also, others in asked
        if mention.actor.name == best
    ]


def tones_of(tool: Scorer, told: Sequence[Sequence[Reading]]) -> list[dict[tuple[int, str], float]]:
    """For each article's readings, the tone of each distinct sentence, the mean over its mentions, by paragraph and words."""
    flat = [reading for readings in told for reading in readings]
    known = [one.others for one in flat if one.others is not None]
    chances = tool(
        [one.sentence for one in flat],
        [one.span for one in flat],
        [one.also for one in flat],
        known if len(known) == len(flat) else None,
    )
    tones = iter(chances[:, 2] - chances[:, 0])
    result: list[dict[tuple[int, str], float]] = []
    for readings in told:
        found: dict[tuple[int, str], list[float]] = {}
        places: dict[str, int] = {}
        for reading in readings:
            words = " ".join(reading.sentence.split()).casefold()
            found.setdefault((places.setdefault(words, reading.paragraph), words), []).append(float(next(tones)))
        result.append({key: float(np.mean(some)) for key, some in found.items()})
    return result


def persent_marks(articles: Sequence[Mapping[str, str]]) -> list[list[Reading]]:
    """The sentences in which the set's own marks stand: many mentions bear none, and 31 dev articles have none at all."""
    from nupunkt import sent_tokenize

    told: list[list[Reading]] = []
    for article in articles:
        told.append([])
        for number, paragraph in enumerate(article["MASKED_DOCUMENT"].split("\n"), start=1):
            for sentence in sent_tokenize(paragraph):
                start = sentence.find(MARK)
                if start >= 0:
                    told[-1].append(Reading(number, sentence, (start, start + len(MARK)), [], None))
    return told


def bench_persent(tools: dict[str, Scorer]) -> dict[str, Any]:
    classes = {"negative": 0, "neutral": 1, "positive": 2}
    with (data.data_folder() / "persent" / "dev.csv").open(encoding="utf-8", newline="") as lines:
        articles = [one for one in csv.DictReader(lines) if one["TRUE_SENTIMENT"].strip().lower() in classes]
    truth = np.array([classes[one["TRUE_SENTIMENT"].strip().lower()] for one in articles])
    labels = {
        (at, number + 1): classes[told]
        for at, article in enumerate(articles)
        for number in range(16)
        if (told := (article.get(f"Paragraph{number}") or "").strip().lower()) in classes
    }
    told_paragraphs = np.array(list(labels.values()))
    whole = [
        read_whole(
            [" ".join(part.split()) for part in (article["TITLE"], *article["DOCUMENT"].split("\n"))],
            lambda cast, target=article["TARGET_ENTITY"]: person_actor(cast, target),
        )
        for article in articles
    ]
    marks = persent_marks(articles)
    rows: dict[str, Any] = {
        "majority": {
            "article": f1_interval(truth, np.full(len(truth), np.bincount(truth).argmax()), 3),
            "paragraph": f1_interval(told_paragraphs, np.full(len(labels), np.bincount(told_paragraphs).argmax()), 3),
        }
    }
    for name, tool in tools.items():
        tones = tones_of(tool, whole)
        by_paragraph: dict[tuple[int, int], list[float]] = {}
        for at, found in enumerate(tones):
            for (number, _), tone in found.items():
                by_paragraph.setdefault((at, number), []).append(tone)
        rows[name] = {
            "article": f1_interval(truth, called(mean_of(found.values()) for found in tones), 3),
            "paragraph": f1_interval(told_paragraphs, called(mean_of(by_paragraph.get(key, ())) for key in labels), 3),
            "article_by_marks": f1_interval(truth, called(mean_of(found.values()) for found in tones_of(tool, marks)), 3),
            "articles_without_a_mention": sum(not found for found in tones),
        }
    return {"dev": rows}


def mean_of(tones: Iterable[float]) -> float:
    """Mean tone; 0 where there is none."""
    found = list(tones)
    return float(np.mean(found)) if found else 0.0


def called(tones: Iterable[float]) -> np.ndarray:
    """Class of each mean tone: 0 negative, 1 neutral (within CLEAR_TONE of zero), 2 positive."""
    return np.array([0 if tone <= -CLEAR_TONE else 2 if tone >= CLEAR_TONE else 1 for tone in tones])


def mean_tones(chances: np.ndarray, owners: Sequence[int], count: int) -> np.ndarray:
    """Mean tone of the readings of each owner, shape (count,); 0 where there is none."""
    readings = np.bincount(owners, minlength=count)
    return np.bincount(owners, chances[:, 2] - chances[:, 0], minlength=count) / np.maximum(readings, 1)


def name_spans(sentence: str, name: str) -> list[tuple[int, int]]:
    """Where an actor is named: the full name, or its last word alone."""
    words = name.replace("_", " ").split()
    for wanted in (" ".join(words), words[-1] if words and len(words[-1]) > 2 else ""):
        found = [one.span() for one in re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", sentence)] if wanted else []
        if found:
            return found
    return []


def bench_basil(tools: dict[str, Scorer]) -> dict[str, Any]:
    texts: list[str] = []
    spans: list[tuple[int, int]] = []
    owners: list[int] = []
    feelings: list[str] = []
    span_texts: list[str] = []
    span_spans: list[tuple[int, int]] = []
    span_owners: list[int] = []
    polarity: list[bool] = []
    with (data.data_folder() / "basil" / "dev.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            flat = [sentence for paragraph in article["paragraphs"] for sentence in paragraph]
            for key, feeling in article["annotations"]["article-level-annotations"].items():
                if key.startswith("author_feeling_") and key != "author_feeling_main_event":
                    for sentence in [article["title"], *flat]:
                        found = name_spans(sentence, key.removeprefix("author_feeling_"))
                        if found:
                            texts.append(sentence)
                            spans.append(found[0])
                            owners.append(len(feelings))
                    feelings.append(feeling)
            for note in article["annotations"]["phrase-level-annotations"]:
                if note["polarity"] not in ("pos", "neg"):
                    continue
                sentence = article["title"] if note["id"] == "title" else flat[int(note["id"][1:])]
                name = note["target"].replace("_", " ") or "It"
                readings = [(f"{name}: {note['txt']}", (0, len(name)))]
                middle = (note["start"] + note["end"]) / 2
                found = name_spans(sentence, note["target"])
                if found:
                    readings.append((sentence, min(found, key=lambda span: abs((span[0] + span[1]) / 2 - middle))))
                for text, span in readings:
                    span_texts.append(text)
                    span_spans.append(span)
                    span_owners.append(len(polarity))
                polarity.append(note["polarity"] == "pos")
    feeling = np.array(feelings)
    result: dict[str, Any] = {}
    for name, tool in tools.items():
        chances = tool(texts, spans)
        tone = mean_tones(chances, owners, len(feelings))
        sided = feeling != "neu"
        spoken = mean_tones(tool(span_texts, span_spans), span_owners, len(polarity))
        result[name] = {
            "feeling_negative_against_rest": auc_interval(feeling == "neg", -tone),
            "feeling_positive_against_negative": auc_interval(feeling[sided] == "pos", tone[sided]),
            "span_positive_against_negative": auc_interval(np.array(polarity), spoken),
            "actors_without_a_mention": len(feelings) - len(set(owners)),
        }
    return {"dev": result}


def bench_names() -> dict[str, Any]:
    """Other names in every place of the target, and in every place of a name beside it.

    known: the other actors are known, as in an article. unknown: they are not, so the names beside the target are read.
    """
    examples = [one for part in ("dev_rw", "dev_mt") for one in data.newsmtsc(part)]
    names = names_in(one.text for one in examples)
    named = [one for one in examples if one.text[one.first[0]].isupper()]
    named = [one for one in named if one.text[slice(*one.first)].lower() not in encoder.NOT_NAMES]
    targets = [(hidden(one, names), 0) for one in named]
    result: dict[str, Any] = {"target": renamings(targets, NAMES)}
    for kind, others in NAMES_BESIDE.items():
        found: list[tuple[Cased, int]] = []
        for one in examples:
            first = next(((start, end) for start, end, label in beside(one, names) if label == kind), None)
            case = hidden(one, names)
            place = next((at for at, spans in enumerate(case.actors) if at and first in spans), None)
            if place is not None:
                found.append((case, place))
        result[kind] = renamings(found, others)
    return result


def renamings(cases: Sequence[tuple[Cased, int]], names: Sequence[str]) -> dict[str, Any]:
    """What each name in the place of an actor does to the tone toward the first; sentences that hold one are left out."""
    some = [(case, at) for case, at in cases if not any(name in case.text for name in names)]
    count = len(some)
    told = [case for case, _ in some] + [renamed(case, at, name) for name in names for case, at in some]
    result: dict[str, Any] = {"sentences": count}
    for way in ("known", "unknown"):
        chances = scored(told) if way == "known" else scored_alone(told)
        rows = {
            name: moved(chances[:count], chances[count * number : count * (number + 1)])
            for number, name in enumerate(names, start=1)
        }
        means = [row["mean_tone"] for row in rows.values()]
        result[way] = {
            "names": rows,
            "spread_of_mean_tone": round(max(means) - min(means), 4),
            "largest_mean_absolute_move": max(row["mean_absolute_move"] for row in rows.values()),
            "largest_flips": max(row["flips"] for row in rows.values()),
        }
    return result


def scored_alone(cases: Sequence[Cased]) -> Scores:
    """Tone toward the first actor of each case, the others not known."""
    return encoder.score_targets(
        [case.text for case in cases],
        [case.actors[0][0] for case in cases],
        also=[case.actors[0][1:] for case in cases],
    )


def moved(plain: np.ndarray, other: np.ndarray) -> dict[str, float]:
    """How far tones moved and how many labels flipped between two scorings of the same targets."""
    before, after = (chances[:, 2] - chances[:, 0] for chances in (plain, other))
    return {
        "mean_tone": round(float(after.mean()), 4),
        "mean_absolute_move": round(float(np.abs(after - before).mean()), 4),
        "flips": round(float((other.argmax(1) != plain.argmax(1)).mean()), 4),
    }


def bench_reversals(tools: dict[str, Scorer]) -> dict[str, Any]:
    with (HERE / "reversals.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    found = [re.fullmatch(r"(.*)\[(.+)\](.*)", row["sentence"]) for row in rows]
    parts = [match.groups() for match in found if match]
    texts = ["".join(part) for part in parts]
    spans = [(len(before), len(before) + len(name)) for before, name, _ in parts]
    kinds: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        kinds.setdefault(row["kind"], []).append(at)
    result: dict[str, Any] = {
        "sentences": len(rows),
        "examples": {kind: texts[places[0]] for kind, places in kinds.items()},
        "scorers": {},
    }
    for name, tool in tools.items():
        guess = tool(texts, spans).argmax(1)
        right = np.array([int(label) in RIGHT[row["sign"]] for label, row in zip(guess, rows, strict=True)])
        # Twins stand one after the other, the one that takes back first; the kinds in ONE_BY_ONE have none.
        twins = np.array([at for at, row in enumerate(rows) if row["kind"] not in ONE_BY_ONE]).reshape(-1, 2)
        result["scorers"][name] = {
            "right": shares(right),
            "taken_back": shares(right[twins[:, 0]]),
            "plain": shares(right[twins[:, 1]]),
            "both_of_a_pair": shares(right[twins].all(1)),
            "by_kind": {kind: [int(right[places].sum()), len(places)] for kind, places in kinds.items()},
        }
    return result


CHALLENGE = HERE / "challenge.toml"
LETTERS = {
    "E": "what befalls an actor, or a neutral act",
    "O": "a speaker's own words",
    "D": "countries and origins",
    "N": "another's blame in the sentence",
    "P": "plain praise and blame",
}
"""First letter of a kind of challenge.toml: what its sentences are about."""

NEAR_ZERO = 0.3
"""A label of 0 is read right where |tone| is smaller."""


def bench_challenge(tools: dict[str, Scorer]) -> dict[str, Any]:
    """Made sentences that training has not read, all their actors known: labels and twins read right, by letter."""
    sentences = list(made.challenge_sentences(CHALLENGE))
    kinds = [(family["kind"], number) for number, family in enumerate(made.families(CHALLENGE)) for _ in family["frames"]]
    asked = [(at, group) for at, sentence in enumerate(sentences) for group in sentence.groups]
    letters = np.array([kinds[at][0][0] for at, _ in asked])
    families = np.array([kinds[at][1] for at, _ in asked])
    truth = np.array([group.tone["natural"] for _, group in asked]) - 1
    result: dict[str, Any] = {"about": LETTERS, "sentences": len(sentences), "scorers": {}}
    for name, tool in tools.items():
        chances = tool(
            [sentences[at].text for at, _ in asked],
            [group.spans[0] for _, group in asked],
            [group.spans[1:] for _, group in asked],
            [[other.spans for other in sentences[at].groups if other is not group] for at, group in asked],
        )
        tone = chances[:, 2] - chances[:, 0]
        right = np.where(truth == 0, np.abs(tone) < NEAR_ZERO, (np.sign(tone) == truth) & (np.abs(tone) >= CLEAR_TONE))
        whole = {number: bool(right[families == number].all()) for number in np.unique(families).tolist()}
        rows: dict[str, Any] = {}
        for letter in (*LETTERS, "all"):
            here = letters == letter if letter != "all" else letters == letters
            twins = np.array([whole[number] for number in np.unique(families[here]).tolist()])
            rows[letter] = {"right": shares(right[here]), "whole_families": shares(twins)}
        result["scorers"][name] = rows
    return result | {"pairs": challenge_pairs(sentences)}


def challenge_pairs(sentences: Sequence[Sentence]) -> dict[str, Any]:
    """Of the pairs in the made sentences: stances called that are right, and stances that are found."""
    asked = [(one, pair) for one in sentences for pair in one.pairs.get("natural", [])]
    guess = encoder.score_pairs(
        [one.text for one, _ in asked],
        [one.groups[first].spans[0] for one, (first, _, _) in asked],
        [one.groups[second].spans[0] for one, (_, second, _) in asked],
        also_firsts=[one.groups[first].spans[1:] for one, (first, _, _) in asked],
        also_seconds=[one.groups[second].spans[1:] for one, (_, second, _) in asked],
        others=[
            [group.spans for at, group in enumerate(one.groups) if at not in (first, second)]
            for one, (first, second, _) in asked
        ],
    ).argmax(1)
    truth = np.array([label for _, (_, _, label) in asked])
    return {
        "called": share_where(guess == truth, guess != 0),
        "found": share_where(guess == truth, truth != 0),
        "pairs": len(asked),
    }


CROSS_FITTED = {
    "rusentne": ("natural", "macro_f1"),
    "finentity": ("natural", "macro_f1"),
    "newsmtsc_train": ("collected", "macro_f1"),
    "dse_train": ("collected", "pairs_5"),
    "wikinews_train": ("natural", "macro_f1"),
}
"""Sets that each teacher was measured on where it had not read them: the labels asked for, the figure."""


def bench_cross_fitted(path: Path = ROOT / "training" / "teachers.tsv") -> dict[str, Any]:
    """Figures of the teachers that the shipped file learned from, each on the fifth of a set that it had not read.

    The shipped file has read these sets whole. Figures are in hundredths; the mean weighs each fifth by its labels.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    result: dict[str, Any] = {}
    for source, (labels, key) in CROSS_FITTED.items():
        chosen = [row for row in rows if (row["set"], row["labels"]) == (source, labels)]
        counts = [int(row["pairs_n" if key.startswith("pairs") else "n"]) for row in chosen]
        folds = [float(row[key]) for row in chosen]
        result[source] = {
            "figure": key,
            "folds": folds,
            "n": counts,
            "mean": round(float(np.average(folds, weights=counts)), 1),
        }
    return result


def bench_evidence() -> dict[str, Any]:
    """Leave out the three words with the largest push, or three random content words, and see whether the label changes."""
    rng = np.random.default_rng(SEED)
    examples = [one for part in ("dev_rw", "dev_mt") for one in data.newsmtsc(part)]
    examples = [examples[at] for at in rng.permutation(len(examples))[:EVIDENCE_SAMPLE]]
    texts, spans = [one.text for one in examples], [one.first for one in examples]
    labels = encoder.score_targets(texts, spans).argmax(1)
    cues = occlusion.target_cues(texts, spans)
    rows = encoder.read_rows(texts, [spans], [None], None)
    chosen: dict[str, list[Example]] = {"top": [], "random": []}
    signs = np.array([-1.0, 0.0, 1.0])
    chances = encoder.score_targets(texts, spans)
    for at, one in enumerate(examples):
        words = occlusion._content_words(one.text, rows[at])
        found = [cue for cue in cues[at] if cue.rule == occlusion.WORD_RULE]
        toward = float(np.sign(chances[at] @ signs)) if labels[at] == 1 else signs[labels[at]]
        top = sorted(found, key=lambda cue: -cue.contribution * (toward or 1.0) if labels[at] != 1 else -abs(cue.contribution))[
            :3
        ]
        drawn = rng.permutation(len(words))[:3]
        chosen["top"].append(changed(one, sorted((cue.start, cue.end, "") for cue in top)))
        chosen["random"].append(changed(one, sorted((*words[place], "") for place in drawn)))
    flips = {}
    for name, some in chosen.items():
        after = encoder.score_targets([one.text for one in some], [one.first for one in some]).argmax(1)
        flips[name] = float((after != labels).mean())
    return {
        "sentences": len(texts),
        "top_three_change_the_label": round(flips["top"], 4),
        "random_three_change_the_label": round(flips["random"], 4),
        "ratio": round(flips["top"] / max(flips["random"], 1e-9), 2),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scorers", nargs="*", default=["vader", "clause", "encoder"])
    parser.add_argument(
        "--only",
        nargs="*",
        help="what to measure again, the rest kept: natural newsmtsc dse persent basil names challenge reversals evidence "
        "cross_fitted",
    )
    parser.add_argument("--out", type=Path, default=HERE / "accuracy.json")
    args = parser.parse_args()
    if not data.data_folder().exists():
        print(f"No data in {os.environ.get('TOWARD_DATA', '../shared/data')}.\n{FETCH}", file=sys.stderr)
        return 2
    tools = scorers(args.scorers)
    jobs: dict[str, Callable[[], dict[str, Any]]] = {
        "natural": lambda: bench_natural(args.scorers),
        "newsmtsc": lambda: bench_newsmtsc(tools),
        "dse": bench_dse,
        "persent": lambda: bench_persent(tools),
        "basil": lambda: bench_basil(tools),
        "names": bench_names,
        "challenge": lambda: bench_challenge(tools),
        "reversals": lambda: bench_reversals(tools),
        "evidence": bench_evidence,
        "cross_fitted": bench_cross_fitted,
    }
    kept = json.loads(args.out.read_text(encoding="utf-8")) if args.only and args.out.exists() else {}
    result: dict[str, Any] = kept | {
        "published": PUBLISHED,
        "clear_tone": CLEAR_TONE,
        "strong_tone": STRONG_TONE,
        "model_sha256": encoder.open_model().facts["sha256"]["model.int8.onnx"],
    }
    for name, job in jobs.items():
        if not args.only or name in args.only:
            try:
                result[name] = job()
            except FileNotFoundError as problem:
                print(f"{name}: {problem.filename} is missing, left out.\n{FETCH}", file=sys.stderr)
                continue
            print(name, json.dumps(result[name], indent=1))
    args.out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

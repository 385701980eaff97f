"""Targets nobody has labelled: names, pronouns and roles in the training sentences and in GAP's Wikipedia snippets.

A teacher's opinion of them costs one pass each and, unlike its opinion of what it was trained on, is not a copy of a label.
"""

from __future__ import annotations

import re

import numpy as np

from training import data
from training.blind import Example

NAME = re.compile(r"(?<![\w'’.-])(?:[A-Z][\w’'.&-]*[\w])(?:\s+(?:(?:of|the|and|for|de|al|bin|von)\s+)?[A-Z][\w’'.&-]*\w)*")
PRONOUN = re.compile(r"(?<![\w'’])(?:he|she|they|him|her|them|He|She|They)(?![\w'’])")
DATES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december".split()
)
OPENERS = frozenset(
    "a an the and but or if in on at by for from with to of as so yet it its he she they we i you this that these those there "
    "here when while after before since until although though because however meanwhile still also even not no what why how "
    "who where his her their our my your some many most all both each one two three last earlier later then now asked "
    "according despite during under over about instead perhaps maybe just only more another other such like once again".split()
)
"""Words that begin a sentence with a capital and name nobody."""

ROLE = re.compile(
    r"(?<![\w'’])(?:[a-z]+\s+)?(?:activists|administration|agency|aides|allies|analysts|army|attackers|attorney|authorities|"
    r"bank|bishops|board|candidates?|chairman|coalition|commission|committee|company|council|court|critics|defendants?|"
    r"delegation|democrats|department|diplomats|director|doctors|donors|economists|executives|experts|government|governor|"
    r"jury|judge|justices|lawmakers|lawyers?|leaders|leadership|media|migrants|military|minister|ministry|nominee|officers?|"
    r"officials|opponents|opposition|panel|parliament|party|police|press|president|prosecutors?|protesters|rebels|refugees|"
    r"regime|reporters|republicans|scientists|senators?|spokesman|spokeswoman|students|supporters|suspect|teachers|tribunal|"
    r"troops|union|victims?|voters|witnesses|workers)(?![\w'’-])"
)
"""People and bodies that a sentence mentions by what they are: nobody's name, but targets all the same."""

PRONOUN_SHARE = 0.5
"""Share of pronouns kept: they are many, and name what a name elsewhere already names."""


def _surname(text: str) -> str:
    return re.sub(r"['’]s?$", "", text)


def candidates(text: str) -> list[tuple[int, int]]:
    """Spans in a sentence that look like names, or are personal pronouns; days, months and plain openers are left out."""
    spans: list[tuple[int, int]] = []
    for found in NAME.finditer(text):
        start, end = found.start(), found.start() + len(_surname(found.group()))
        words = text[start:end].split()
        while words and words[0].lower().strip("’'.") in OPENERS:
            start += len(words[0])
            start += len(text[start:end]) - len(text[start:end].lstrip())
            words = words[1:]
        if not words or all(word.lower().strip(".") in DATES for word in words) or end - start < 2:
            continue
        spans.append((start, end))
    spans += [found.span() for found in PRONOUN.finditer(text)]
    return sorted(spans)


def free_targets(*, seed: int = 5) -> list[Example]:
    """Unlabelled targets from NewsMTSC train and DSE train sentences.

    Left out: every span that overlaps a labelled NewsMTSC target, and every sentence that is also in a dev part.
    """
    rng = np.random.default_rng(seed)
    held = {example.text for name in ("dev_mt", "dev_rw") for example in data.newsmtsc(name)}
    held |= {example.text for example in data.dse("valid")}
    labelled: dict[str, list[tuple[int, int]]] = {}
    for example in data.newsmtsc("train"):
        labelled.setdefault(example.text, []).append(example.first)
    found: dict[tuple[str, tuple[int, int]], None] = {}
    named: dict[str, list[tuple[int, int]]] = {}
    for example in data.dse_names("train"):
        named.setdefault(example.text, []).append(example.first)
    for text in [*labelled, *named]:
        if text in held:
            continue
        taken = list(labelled.get(text, ()))
        for span in named.get(text, ()):
            if all(span[1] <= one[0] or span[0] >= one[1] for one in taken):
                taken.append(span)
                found[text, span] = None
        for span in candidates(text):
            if any(span[0] < one[1] and one[0] < span[1] for one in taken):
                continue
            word = text[span[0] : span[1]]
            pronoun = word.islower() or word in ("He", "She", "They")
            if pronoun and rng.random() > PRONOUN_SHARE:
                continue
            taken.append(span)
            found[text, span] = None
    return [Example(text, span) for text, span in found]


def role_targets(named: list[Example]) -> list[Example]:
    """People and bodies mentioned by what they are, in the sentences of `named`; none overlaps its targets or a label."""
    taken: dict[str, list[tuple[int, int]]] = {}
    for example in [*named, *data.newsmtsc("train")]:
        taken.setdefault(example.text, []).append(example.first)
    found: list[Example] = []
    for text in sorted({example.text for example in named}):
        places = [match.span() for match in ROLE.finditer(text)]
        found += [Example(text, one) for one in places if all(one[0] >= end or one[1] <= start for start, end in taken[text])]
    return found


def wider_set(*, names: int = 42_000, snippets: int = 10_000, seed: int = 11) -> list[Example]:
    """What a teacher is asked about, in a fixed shuffled order: every role, and so many names from news and from Wikipedia."""
    rng = np.random.default_rng(seed)
    news = free_targets()
    wikipedia = [Example(text, span) for text in data.gap_sentences() for span in candidates(text)]
    drawn = [news[at] for at in rng.permutation(len(news))]
    other = [wikipedia[at] for at in rng.permutation(len(wikipedia))]
    found = [*role_targets(news), *drawn[:names], *other[:snippets]]
    return [found[at] for at in rng.permutation(len(found))]

"""Actors nobody has labelled: names, pronouns and roles in the training sentences and in GAP's Wikipedia snippets.

A teacher's opinion of them costs nothing beside those of the labelled ones and, unlike its opinion of what it was trained on,
is not a copy of a label.
"""

from __future__ import annotations

import re

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

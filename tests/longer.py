"""An article of 40,000 words, made from the seed: its paragraphs again and again, with other names each time."""

from __future__ import annotations

from functools import cache

from analysis.study import seed_path

WORDS = 40_000
CASTS = (
    ("Russia", "North Korea", "Lavrov", "Ukraine"),
    ("Brazil", "Argentina", "Silva", "Chile"),
    ("Kenya", "Tanzania", "Odinga", "Uganda"),
    ("Norway", "Sweden", "Larsen", "Denmark"),
    ("Turkey", "Greece", "Demir", "Bulgaria"),
    ("Vietnam", "Thailand", "Nguyen", "Cambodia"),
    ("Egypt", "Sudan", "Hassan", "Libya"),
    ("Japan", "Mongolia", "Tanaka", "Malaysia"),
)
"""Two countries, a surname and a third country, for the seed's own in the first row."""


@cache
def text() -> str:
    """The article; the same on every call."""
    seed = seed_path().read_text("utf-8")
    body = seed.split("\n", 1)[1].strip()
    parts, count, place = ["A Long Week in Many Capitals\n"], 0, 0
    while count < WORDS:
        part = body
        for old, new in zip(CASTS[0], CASTS[place % len(CASTS)], strict=True):
            part = part.replace(old, new)
        parts.append(part)
        count += len(part.split())
        place += 1
    return "\n\n".join(parts) + "\n"

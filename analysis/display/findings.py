"""Every sentence that states a result, for text, cards, charts and terminal alike."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Actor, Cast, Estimate, Position, ToneSeries, VoicePart
from .wording import count, interval, number, plural, surely


def verdict(value: Estimate) -> str:
    """What an estimate says of a lean, in the words that every page uses.

    A lean is claimed only where the whole interval lies on one side of zero.
    """
    if value.side is None:
        return "too few sentences"
    return "no clear lean" if value.side == "unclear" else f"clear lean toward {value.side}"


def finding(item: ToneSeries) -> str:
    """What may be said of one actor: which way the wording leans, its mean and interval, and on how many mentions.

    A lean is claimed only where the whole interval lies on one side of zero.
    """
    estimate = item.estimate
    of = f"scored in {count(item.scored_count)} of {plural(item.mention_count, 'mention')}"
    if estimate.side is None:
        if not item.scored_count:
            return f"named in {plural(item.mention_count, 'mention')}, none with wording that could be scored."
        return f"too few scored sentences to summarise ({estimate.n}); {of}."
    lean = "no clear lean either way" if estimate.side == "unclear" else f"wording leans {estimate.side}"
    between = interval(estimate).replace(" ", "\N{NO-BREAK SPACE}")
    return f"{lean}, {number(estimate.value)} ({estimate.method.split(' over')[0]} {between}); {of}."


def carriers(cast: Cast, found: Sequence[tuple[Actor, tuple[VoicePart, ...]]], *, most: int = 3) -> list[str]:
    """In words, whose voice carries most of the tone toward the actors with the strongest voices, the strongest first.

    Args:
        cast: the actors. found: what ``voices_of`` returned. most: so many actors.
    """
    strong = sorted(found, key=lambda item: -max(abs(part.push) for part in item[1]))[:most]
    named = {actor.name for actor in cast.actors}
    lines = []
    for actor, parts in strong:
        one = max(parts, key=lambda part: abs(part.push))
        voice = _VOICES.get(one.voice) or (one.voice if one.voice in named else f"“{one.voice}”")
        scored = sum(len(part.scores) for part in parts)
        whole = f"{actor.name}: {number(sum(part.push for part in parts))} over {plural(scored, 'scored mention')}"
        lines.append(f"{whole}, most of it ({number(one.push)}) in the voice of {voice}.")
    return lines


_VOICES = {"narrator": "the narrator", "unnamed": "nobody named"}


def standing(item: Position) -> str:
    """A position in words: "Donald Trump on Vladimir Putin (−0.86 in 2 sentences, very likely)"."""
    amount = plural(len(item.sentences), "sentence")
    return f"{item.by} on {item.target.name} ({number(item.tone)} in {amount}, {surely(item.probability)})"

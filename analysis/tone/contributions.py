"""What words add to the tone toward one actor, where one sentence has several scores of it."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Cue, ToneScore


def mean_cues(scores: Sequence[ToneScore]) -> tuple[Cue, ...]:
    """The words of some scores, each once, with their mean contribution.

    Args:
        scores: of one actor in one sentence. Those with nothing to score count for nothing.

    Returns:
        Words in reading order, without those of the actor's own mentions. Empty where no words were worked out.
    """
    scored = [score for score in scores if score.tone is not None]
    own = [(score.mention.start, score.mention.end) for score in scores]
    sums: dict[tuple[int, int], tuple[float, str]] = {}
    for cue in (cue for score in scored for cue in score.cues or ()):
        if not any(cue.start < end and start < cue.end for start, end in own):
            before, _ = sums.get((cue.start, cue.end), (0.0, ""))
            sums[cue.start, cue.end] = (before + cue.contribution / len(scored), cue.rule)
    return tuple(Cue(start, end, amount, rule) for (start, end), (amount, rule) in sorted(sums.items()))

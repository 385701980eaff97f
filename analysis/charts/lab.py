"""An article to look around in: one actor's panel and sentences, chosen by a call or by controls in JupyterLab."""

from __future__ import annotations

from dataclasses import replace
from types import MethodType
from typing import TYPE_CHECKING, Any

from ..display import Stack, passages, say
from .rows import ranking, voice_bars
from .sentences import certainty_flow, dispersion, sentiment_flow, tone_panels
from .stances import stance_matrix, stance_network

if TYPE_CHECKING:
    from ..study import Study


def explore(study: Study, *, actor: str, voice: str | None = None, at_least: float = 0.0) -> Stack:
    """Everything on one actor: its panel, then its sentences with their words.

    Args:
        study: an opened article.
        actor: a name, an alias, or one word of the name, whatever the case: "Russia", "moscow", "lavrov".
        voice: keep only mentions in this voice: "narrator", or a source's name.
        at_least: keep only mentions whose tone is this far from zero, in [0, 1]; above 0 it leaves out those not scored.

    Returns:
        The chart and the sentences, one beneath the other.

    Raises:
        ArticleError: the article has no such actor; the message names those it has.

    Example:
        >>> from analysis import open_article
        >>> len(explore(open_article(), actor="lavrov", voice="narrator").displays)
        2
    """
    one = study[actor]
    found = [score for point in one.points for score in point.scores]
    scores = [score for score in found if voice in (None, score.voice) and abs(score.tone or 0.0) >= at_least]
    where = f" in the voice of {voice}" if voice is not None else ""
    where += f", {at_least:.2f} or more from zero" if at_least else ""
    panel = replace(tone_panels(study, one.actor.name), linked=False)
    return Stack((panel, passages(study.parse, scores, caption=f"Wording toward {one.actor.name}{where}", link=False)))


def browse(study: Study) -> Any:
    """``explore`` with its choices as controls, for JupyterLab: an actor, a voice, a slider for how strong the wording is.

    Args:
        study: an opened article.

    Returns:
        The controls and what they choose; without ipywidgets, or without an actor, a sentence that says so.

    Example:
        >>> from analysis import open_article
        >>> [control.description for control in browse(open_article()).children[:3]]
        ['actor', 'voice', 'at least']
    """
    try:
        from ipywidgets import HTML, Dropdown, FloatSlider, VBox
    except ImportError:
        return say("The controls need ipywidgets: pip install 'toward[lab]'. Until then: explore(study, actor=...).")
    if not study.series:
        return say("No person, country or organisation was found in this article, so there is nobody to choose.")
    voices = sorted({score.voice for score in study.scores if score.voice is not None})
    actor = Dropdown(options=[one.actor.name for one in study.series], description="actor")
    voice = Dropdown(options=[("every voice", ""), *zip(voices, voices, strict=True)], description="voice")
    at_least = FloatSlider(max=0.9, description="at least", continuous_update=False, readout_format=".1f")
    controls, shown = (actor, voice, at_least), HTML()

    def show(_change: object = None) -> None:
        found = explore(study, actor=actor.value, voice=voice.value or None, at_least=at_least.value)
        shown.value = found._repr_html_()

    for control in controls:
        control.observe(show, names="value")
    show()
    return VBox([*controls, shown])


class Plots:
    """The charts of one article, as ``study.plot``: functions of this package with the study handed in.

    Attributes:
        tone: ``tone_panels``. ranking: ``ranking``. mentions: ``dispersion``. voices: ``voice_bars``.
        sentiment: ``sentiment_flow``. certainty: ``certainty_flow``. positions: ``stance_matrix``. network: ``stance_network``.

    Example:
        >>> from analysis import open_article
        >>> open_article().plot.sentiment().name
        'sentiment'
    """

    def __init__(self, study: Study) -> None:
        charts = tone_panels, ranking, dispersion, voice_bars, sentiment_flow, certainty_flow, stance_matrix, stance_network
        names = "tone", "ranking", "mentions", "voices", "sentiment", "certainty", "positions", "network"
        for name, chart in zip(names, charts, strict=True):
            setattr(self, name, MethodType(chart, study))  # which keeps its name and its help

"""An article to look around in: one actor's panel and sentences, chosen by a call or by controls in JupyterLab."""

from __future__ import annotations

from collections.abc import Callable
from types import MethodType
from typing import TYPE_CHECKING, Any

from ..display import Stack, passages, say
from .export import Chart
from .rows import ranking, voice_bars
from .sentences import certainty_flow, dispersion, sentiment_flow, tone_panels
from .stances import stance_matrix, stance_network

if TYPE_CHECKING:
    from ..study import Study


def explore(study: Study, *, actor: str, voice: str | None = None, at_least: float = 0.0, link: bool = False) -> Stack:
    """Everything on one actor: its panel, then its sentences with their words.

    Args:
        study: an opened article.
        actor: a name, an alias, or one word of the name, whatever the case: "Russia", "moscow", "lavrov".
        voice: keep only mentions in this voice: "narrator", or a source's name.
        at_least: keep only mentions whose tone is this far from zero, in [0, 1]; above 0 it leaves out those not scored.
        link: make the marks links to the page's sentences; only where the page has them.

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
    scores = [score for point in one.points for score in point.scores if voice is None or score.voice == voice]
    scores = [score for score in scores if not at_least or (score.tone is not None and abs(score.tone) >= at_least)]
    where = f" in the voice of {voice}" if voice is not None else ""
    where += f", {at_least:.2f} or more from zero" if at_least else ""
    panel = tone_panels(study, one.actor.name, link=link)
    return Stack((panel, passages(study.parse, scores, caption=f"Wording toward {one.actor.name}{where}", link=link)))


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
    slider = {"min": 0, "max": 0.9, "step": 0.1, "continuous_update": False, "readout_format": ".1f"}
    controls = {
        "actor": Dropdown(options=[one.actor.name for one in study.series], description="actor"),
        "voice": Dropdown(options=[("every voice", ""), *((voice, voice) for voice in voices)], description="voice"),
        "at_least": FloatSlider(description="at least", **slider),
    }
    shown = HTML()

    def show(_change: object = None) -> None:
        chosen = {name: control.value for name, control in controls.items()}
        shown.value = explore(study, **{**chosen, "voice": chosen["voice"] or None})._repr_html_()

    for control in controls.values():
        control.observe(show, names="value")
    show()
    return VBox([*controls.values(), shown])


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
        def bound(function: Callable[..., Chart]) -> Callable[..., Chart]:
            return MethodType(function, study)  # which keeps its name and its help

        self.tone, self.ranking, self.mentions, self.voices = map(bound, (tone_panels, ranking, dispersion, voice_bars))
        self.sentiment, self.certainty = bound(sentiment_flow), bound(certainty_flow)
        self.positions, self.network = bound(stance_matrix), bound(stance_network)

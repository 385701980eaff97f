"""The discourse of an article is made once and handed on: one tree, the same numbers."""

from __future__ import annotations

import pytest

from analysis import tone_toward
from analysis.discourse import find_attributions, find_discourse, find_hedges, find_voices
from analysis.discourse.syntax import Tree
from analysis.model import Actor, Cast, Mention
from analysis.tone import find_stances, stances
from tests.discourse.by_hand import SAID, by_hand


@pytest.fixture
def cast() -> Cast:
    """Lavrov said that talks failed, with Lavrov named."""
    parse = by_hand(SAID)
    lavrov = Actor("Lavrov", "person")
    return Cast(parse, (lavrov,), (Mention(lavrov, parse.sentences[0], 0, 6, "name", "by hand"),))


@pytest.fixture
def trees(monkeypatch: pytest.MonkeyPatch) -> list[Tree]:
    """The trees built while a test runs."""
    built: list[Tree] = []
    kept = Tree.__init__

    def build(self: Tree, *args: object) -> None:
        built.append(self)
        kept(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(Tree, "__init__", build)
    return built


def test_it_holds_what_each_step_finds(cast: Cast, trees: list[Tree]) -> None:
    """From one tree; the voices know the cast."""
    found = find_discourse(cast.parse, cast=cast)
    assert trees == [found.tree]
    assert found.attributions == tuple(find_attributions(cast.parse))
    assert found.voices == find_voices(cast.parse, found.attributions, cast=cast)
    assert [None if actor is None else actor.name for actor in found.sources] == ["Lavrov"]
    assert found.hedges == find_hedges(cast.parse, found.attributions)
    assert [(voice.start, voice.end, voice.speaker) for voice in found.voices][1] == (12, 29, "Lavrov")
    assert find_discourse(cast.parse).voices[1].kind == "unnamed"


@pytest.mark.parametrize("scorer", ["vader", "clause"])
def test_what_is_handed_in_is_not_made_again(
    cast: Cast, trees: list[Tree], monkeypatch: pytest.MonkeyPatch, scorer: str
) -> None:
    """No further tree for any scorer, nor for stances; the same scores and stances as alone, with one tree each."""
    monkeypatch.setattr(stances, "_pairs", lambda cast, present, keys: dict.fromkeys(keys, ((0.0, 1.0, 0.0), (0.0, 1.0, 0.0))))
    found = find_discourse(cast.parse, cast=cast)
    scores = tone_toward(cast, scorer=scorer, discourse=found)
    held = find_stances(cast, scores, discourse=found)
    assert found.events is found.events
    assert len(trees) == 1
    assert tone_toward(cast, scorer=scorer) == scores
    assert find_stances(cast, scores) == held
    assert len(trees) == 3

"""Every rule by its own two examples: the text it takes and the one it leaves."""

from __future__ import annotations

import pytest

from analysis.discourse.attributions import ATTRIBUTION_RULES, find_attributions
from analysis.discourse.events import EVENT_RULES, find_events
from analysis.discourse.rules import Rule
from tests.discourse.by_hand import parsed

pytestmark = pytest.mark.slow


def test_every_rule_has_a_name_of_its_own() -> None:
    """And none is missing: the names differ, and there are some."""
    names = [rule.name for rule in ATTRIBUTION_RULES]
    assert len(names) == len(set(names)) > 20


@pytest.mark.parametrize("rule", ATTRIBUTION_RULES, ids=lambda rule: rule.name)
def test_a_rule_of_attribution_takes_its_example_and_leaves_the_other(rule: Rule) -> None:
    """The results carry the rule's name in the one text, and not in the other."""
    taken = [found.rule for found in find_attributions(parsed(rule.takes))]
    left = [found.rule for found in find_attributions(parsed(rule.leaves))]
    assert rule.name in taken, taken
    assert rule.name not in left


@pytest.mark.parametrize("rule", EVENT_RULES, ids=lambda rule: rule.name)
def test_a_rule_of_events_takes_its_example_and_leaves_the_other(rule: Rule) -> None:
    """The event carries the rule's name in the one text, and the other has no event."""
    assert [found.rule for found in find_events(parsed(rule.takes))] == [rule.name]
    assert not find_events(parsed(rule.leaves))


def test_a_particle_and_a_preposition_make_other_events() -> None:
    """ "lash out at", "vote against" and "vote for" are events; "lash", "vote" are none without them."""
    assert [found.patient_valence < 0 for found in find_events(parsed("Anna Lind lashed out at Norway."))] == [True]
    assert [found.patient_valence < 0 for found in find_events(parsed("Norway voted against Sweden."))] == [True]
    assert [found.patient_valence < 0 for found in find_events(parsed("Norway voted for Sweden."))] == [False]
    assert not find_events(parsed("Norway voted on Monday."))

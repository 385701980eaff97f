"""Events of the lexicon that are no stance: results of elections, contests for an office, a country that somebody leaves.

Each kind is a named rule with a text in which it says that an event is none toward whom it names, and one, near it, in which
it leaves the event as it is; both are its test.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from ..discourse import Rule, Tree, word_group
from ..model import Mention


@dataclass(frozen=True, slots=True)
class NeutralRule(Rule):
    """One kind of event that is no stance: ``holds`` says whether an event is of this kind."""

    holds: Callable[[_Site], bool]


@dataclass(frozen=True, slots=True)
class _Site:
    """The word of an event, with a mention that stands in its predicate."""

    tree: Tree
    index: int
    target: Mention

    def lemma_in(self, group: str) -> bool:
        return self.tree.lemma(self.index) in word_group(group)

    def is_led_to(self, group: str, prepositions: Collection[str]) -> bool:
        """Whether a preposition of the event, of its object or of the clause above leads to one of a group of words."""
        tree = self.tree
        agents = (kid for by in tree.below(self.index, "agent") for kid in tree.below(by, "pobj"))
        above = (self.index, tree.tokens[self.index].head, *tree.below(self.index, "dobj"), *agents)
        objects = (tree.kid(prep, "pobj") for high in above for prep in tree.below(high, "prep", words=prepositions))
        return any(noun is not None and tree.lemma(noun) in word_group(group) for noun in objects)

    @property
    def is_verb(self) -> bool:
        return self.tree.tokens[self.index].pos == "VERB"


def is_neutral(tree: Tree, index: int, target: Mention) -> bool:
    """Whether an event is no stance of the agent on whom it names.

    Args:
        tree: of the article.
        index: the token of the event.
        target: a mention that stands in its predicate.
    """
    site = _Site(tree, index, target)
    return any(rule.holds(site) for rule in NEUTRAL_RULES)


def _is_match(site: _Site) -> bool:
    return site.lemma_in("contests")


def _is_vote(site: _Site) -> bool:
    return site.is_verb and site.lemma_in("electing")


def _is_candidacy(site: _Site) -> bool:
    """A challenge whose clause, or the clause above, names the office or the race."""
    return site.target.actor.kind == "person" and site.lemma_in("challenging") and site.is_led_to("races", ("in", "for"))


def _is_draft(site: _Site) -> bool:
    return site.is_verb and site.lemma_in("picking") and site.is_led_to("drafts", ("in", "at", "with"))


def _is_departure(site: _Site) -> bool:
    return site.lemma_in("leaving") and site.target.actor.kind in ("country", "place")


def _is_service(site: _Site) -> bool:
    return site.is_verb and site.lemma_in("representing")


def _is_figure(site: _Site) -> bool:
    """Whether a verb is meant figuratively: "captured the frustration of Norway" takes no place and no person."""
    thing = site.tree.kid(site.index, "dobj")
    return site.is_verb and site.lemma_in("figurative") and thing is not None and not _ends(site, thing)


def _is_interview(site: _Site) -> bool:
    """Whether a verb means that a person is asked, not that what the person did is in question: "the police questioned her"."""
    here = any(_ends(site, kid) for kid in site.tree.below(site.index, "dobj", "nsubjpass"))
    return site.is_verb and site.target.actor.kind == "person" and site.lemma_in("asking") and here


def _ends(site: _Site, index: int) -> bool:
    """Whether a word is the last of the target's name."""
    return site.tree.tokens[index].end == site.target.end


def _is_wish(site: _Site) -> bool:
    """Whether "like" only tells a wish: "would like him to"."""
    would = site.tree.kid(site.index, "aux", words=("would", "’d", "'d"))
    return site.tree.lemma(site.index) == "like" and would is not None


NEUTRAL_RULES: Final[tuple[NeutralRule, ...]] = (
    NeutralRule("match", "Norway defeated Sweden.", "Norway condemned Sweden.", _is_match),
    NeutralRule("vote", "Norway elected Anna Lind.", "Norway praised Anna Lind.", _is_vote),
    NeutralRule(
        "candidacy",
        "Anna Lind is challenging Tom Birch in a race for mayor.",
        "Anna Lind is challenging Tom Birch in a lawsuit.",
        _is_candidacy,
    ),
    NeutralRule(
        "draft",
        "Tom Birch was picked by the Hydrona Company in the first round.",
        "Tom Birch was picked by the Hydrona Company as its head.",
        _is_draft,
    ),
    NeutralRule("departure", "Anna Lind left Norway.", "Anna Lind left the Hydrona Company.", _is_departure),
    NeutralRule(
        "service", "Anna Lind represented Norway at the talks.", "Anna Lind defended Norway at the talks.", _is_service
    ),
    NeutralRule("figure", "Anna Lind captured the mood of Norway.", "Anna Lind captured Tom Birch.", _is_figure),
    NeutralRule("interview", "Norway questioned Anna Lind.", "Norway questioned Anna Lind’s motives.", _is_interview),
    NeutralRule("wish", "Anna Lind would like Tom Birch to explain the plan.", "Anna Lind likes Tom Birch.", _is_wish),
)
"""The kinds, in the order in which they are tried."""

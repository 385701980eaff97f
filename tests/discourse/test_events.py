"""Events: who does what to whom, whether it happened, and what it says of them."""

from __future__ import annotations

import pytest

from analysis.discourse import Event, event_cues, find_events, sentence_tree
from tests.discourse.by_hand import parsed


def events(text: str) -> list[Event]:
    return list(find_events(parsed(text)))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "agents", "targets", "rule"),
    [
        ("Russia attacked Kyiv and Odesa.", ["Russia"], ["Kyiv", "Odesa"], "active"),
        ("Kyiv was attacked by Russia.", ["Russia"], ["Kyiv"], "passive"),
        ("Kyiv was bombed.", [], ["Kyiv"], "bare-passive"),
        ("The city destroyed by Russia lay empty.", ["Russia"], ["city"], "participle"),
        ("Russia's attack on Kyiv shocked Europe.", ["Russia"], ["Kyiv"], "nominal"),
        ("Russia launched an attack on Kyiv.", ["Russia"], ["Kyiv"], "nominal"),
        ("Lind, who has the support of Norway, won.", ["Norway"], ["Lind"], "nominal"),
        ("Lind drew criticism from Norway.", ["Norway"], ["Lind"], "nominal"),
        ("Lind voiced support for Norway.", ["Lind"], ["Norway"], "nominal"),
        ("The forces that attacked Kyiv withdrew.", ["forces"], ["Kyiv"], "active"),
        ("Russia plans to attack Kyiv.", ["Russia"], ["Kyiv"], "active"),
    ],
)
def test_who_does_what_to_whom(text: str, agents: list[str], targets: list[str], rule: str) -> None:
    """Active, passive, nominal, relative, infinitive, conjuncts."""
    (event,) = [
        event
        for event in events(text)
        if text[slice(*event.span)].startswith(("attack", "bomb", "destroy", "support", "critic"))
    ]
    assert ([text[a:b] for a, b in event.agents], [text[a:b] for a, b in event.patients], event.rule) == (agents, targets, rule)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Russia did not attack Kyiv.", "attack", "negated"),
        ("Germany failed to condemn Russia.", "condemn", "negated"),
        ("Germany no longer praises Russia.", "praises", "negated"),
        ("Germany praises Russia longer than ever.", "praises", ""),
        ("Germany struggled to help Russia.", "help", "irrealis"),
        ("Moscow denied that it attacked Kyiv.", "attacked", "negated"),
        ("Nobody criticized Putin.", "criticized", "negated"),
        ("Kim did not fail to help Ukraine.", "help", ""),
        ("If Russia attacks Kyiv, Poland will respond.", "attacks", "irrealis"),
        ("Russia threatened to attack Kyiv.", "attack", "irrealis"),
        ("China may support Russia.", "support", "irrealis"),
        ("Despite criticism of Russia, China stayed silent.", "criticism", "contrast"),
        ("Russia attacked Kyiv.", "attacked", ""),
        ("Russia withdrew its support for Kyiv.", "support", "negated"),
        ("Russia announced its support for Kyiv.", "support", ""),
        ("Russia decided against attacking Kyiv.", "attacking", "negated"),
        ("Russia insisted on attacking Kyiv.", "attacking", ""),
        ("Russia passed on a chance to attack Kyiv.", "attack", "negated"),
        ("Russia took the chance to attack Kyiv.", "attack", ""),
        ("Russia stopped short of attacking Kyiv.", "attacking", "negated"),
        ("Polls showed an erosion in Polish support for Kyiv.", "support", "negated"),
        ("Polls showed a surge in Polish support for Kyiv.", "support", ""),
    ],
)
def test_negation_irrealis_and_contrast(text: str, word: str, expected: str) -> None:
    """Denied an odd number of times, only thought of, or set against the rest."""
    (event,) = [event for event in events(text) if text[slice(*event.span)] == word]
    factuality = event.factuality
    found = [name for name in ("negated", "irrealis", "contrast") if getattr(factuality, name)]
    assert " ".join(found) == expected


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "supposed"),
    [
        ("If Russia attacks Kyiv, Poland will respond.", True),
        ("Did Russia attack Kyiv?", True),
        ("Why did Russia attack Kyiv?", False),
        ("Russia was accused of attacking Kyiv.", True),
        ("Russia faced pressure to attack Kyiv.", True),
        ("China lobbied Russia to attack Kyiv.", True),
        ("Russia used to attack Kyiv.", True),
        ("Rumours are circulating that Russia attacked Kyiv.", True),
        ("News came that Russia attacked Kyiv.", False),
        ("Russia was reluctant to attack Kyiv.", True),
        ("Russia was ready to attack Kyiv.", False),
        ("China worries that Russia will attack Kyiv.", True),
        ("There is a possibility that Russia will attack Kyiv.", True),
        ("Russia gathered troops to attack Kyiv.", False),
        ("An allegation that Russia attacked Kyiv was read.", True),
        ("The minister hopes that Russia will attack Kyiv.", True),
        ("Russia hopes to attack Kyiv.", False),
        ("Russia attacked Kyiv.", False),
    ],
)
def test_what_is_only_supposed(text: str, supposed: bool) -> None:
    """A condition, a question of yes or no, an allegation, somebody else’s hope; not one’s own, nor a fact asked about."""
    (event,) = [event for event in events(text) if text[slice(*event.span)].startswith("attack")]
    assert event.factuality.supposed == supposed


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "target", "sign"),
    [
        ("Russia bombed Kyiv.", "Russia", -1),
        ("Russia bombed Kyiv.", "Kyiv", 0),
        ("Trump criticised Putin.", "Putin", -1),
        ("Trump criticised Putin.", "Trump", 0),
        ("The pope praised Merkel.", "Merkel", 1),
        ("Norway rescued the refugees.", "Norway", 1),
        ("Germany failed to help Greece.", "Germany", -1),
        ("Nobody trusts Smith.", "Smith", -1),
        ("The minister did not criticise France.", "France", 0),
        ("If Russia attacks Kyiv, Poland will respond.", "Russia", 0),
        ("Putin was criticised by Trump.", "Putin", -1),
    ],
)
def test_what_events_say_of_a_target(text: str, target: str, sign: int) -> None:
    """An agent is scored by what it does, a patient only by being judged; denied and merely possible events differ."""
    from analysis.language import parse_texts

    (tokens,) = parse_texts([text])
    start = text.index(target)
    cues = event_cues(sentence_tree(text, tokens), (start, start + len(target)))
    total = sum(cue.contribution for cue in cues)
    assert (total > 0) - (total < 0) == sign
    assert all(-1 <= cue.contribution <= 1 for cue in cues)


@pytest.mark.slow
def test_events_of_one_sentence() -> None:
    """The tree of a sentence parsed on its own serves the scorers."""
    from analysis.language import parse_texts

    text = "Russia bombed Kyiv."
    (tokens,) = parse_texts([text])
    assert len(find_events(sentence_tree(text, tokens))) == 1


@pytest.mark.slow
@pytest.mark.parametrize("before", ["", "The mayor spoke. ", "The mayor said: “", "“"])
@pytest.mark.parametrize(("first", "agents"), [("Heavy", []), ("Russian", ["Russian"]), ("Deadly Russian", ["Russian"])])
def test_a_capital_that_opens_a_sentence_is_no_name(before: str, first: str, agents: list[str]) -> None:
    """Alone, in an article and in a quotation: "Heavy attacks" have no agent, "Russian attacks" have."""
    text = f"{before}{first} attacks on Kyiv went on.{'”' if '“' in before else ''}\n"
    (event,) = [event for event in events(text) if text[slice(*event.span)] == "attacks"]
    assert [text[slice(*span)] for span in event.agents] == agents
    assert [text[slice(*span)] for span in event.patients] == ["Kyiv"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Lind likes Norway.", [("Anna Lind", "Norway")]),
        ("Anna Lind would like Norway to sing.", []),
        ("Anna Lind likes to sing.", []),
        ("Norway released the prisoners.", [("Norway", "prisoners")]),
        ("Norway released a statement.", []),
        ("Norway recalled its battle against Sweden.", [("its", "Sweden")]),
        ("Norway recalled its battle in 2008.", [("its", "")]),
    ],
)
def test_what_is_no_event(text: str, expected: list[tuple[str, str]]) -> None:
    """What one would like or likes to do is no liking, what is given out is not set free, and a year is no patient."""
    found = [event for event in events(text) if text[slice(*event.span)] in ("likes", "like", "released", "battle")]
    words = [[" ".join(text[a:b] for a, b in spans) for spans in (event.agents, event.patients)] for event in found]
    assert [(who, whom) for who, whom in words] == expected


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("It was said by Tom Birch, a secretary of labor during the Lind administration who has attacked Sweden.", "Tom Birch"),
        ("It was said by Tom Birch, a friend. He met Anna Lind of Oslo who attacked Sweden.", "Anna Lind"),
    ],
)
def test_who_means_a_person(text: str, agent: str) -> None:
    """ "Who" is no administration: it means whoever served in it."""
    (event,) = [event for event in events(text) if text[slice(*event.span)] == "attacked"]
    assert [text[a:b] for a, b in event.agents] == [agent]


def test_whoever_has_a_view_of_an_act_does_not_do_it() -> None:
    """The union opposes that teachers are armed; whoever starts arming them does it."""
    opposed = [event.agents for event in events("Norway opposes attacking Sweden.") if event.rule == "active"]
    assert () in opposed
    (event,) = [event for event in events("Norway started attacking Sweden.") if event.patients]
    assert event.agents

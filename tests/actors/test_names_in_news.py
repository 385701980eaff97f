"""Kinds of names that news held and that were cut, merged, missed or taken for somebody else; all names are made up."""

from __future__ import annotations

import pytest

from analysis.actors import find_actors
from analysis.language import parse
from analysis.readers import read_text
from tests.actors.test_names import forms, kinds

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pipeline")]


@pytest.mark.parametrize(
    "text, expected",
    [
        (
            "Bark Won-soo, the mayor, was found on Friday. Bark Won-soo’s car was there. Bark was 64.",
            {"Bark Won-soo": ["Bark Won-soo", "Bark Won-soo", "Bark"]},
        ),
        (
            "She married Lorenzo “Larry” Di Marco, an agent. Di Marco was kind.",
            {"Lorenzo “Larry” Di Marco": ["Lorenzo “Larry” Di Marco", "Di Marco"]},
        ),
        (
            "Member of Parliament (MP) Yvette Carver said it was wrong. Carver was angry.",
            {"Parliament": ["Parliament"], "Yvette Carver": ["Yvette Carver", "Carver"]},
        ),
        (
            "Former leader Jaroslaw Kalinski spoke. Jarosław Kaliński was cheered.",
            {"Jaroslaw Kalinski": ["Jaroslaw Kalinski", "Jarosław Kaliński"]},
        ),
        (
            "Queen Isabella agreed to the plan. Isabella II, the queen, signed it.",
            {"Isabella II": ["Isabella", "Isabella II"]},
        ),
        ("Mr. Kama Mellis QC said the men were cruel. Mellis was firm.", {"Kama Mellis": ["Kama Mellis", "Mellis"]}),
        (
            "Pedro R. Pierlosi Urruta was sworn in. Pedro Pierlosi spoke.",
            {"Pedro R. Pierlosi Urruta": ["Pedro R. Pierlosi Urruta", "Pedro Pierlosi"]},
        ),
        (
            "President Andrés Manuel López Orador said so, and López Orador left.",
            {"Andrés Manuel López Orador": ["Andrés Manuel López Orador", "López Orador"]},
        ),
        (
            "The attacker, identified as Sudesh Amann, 20, was watched. The vote follows the killing of Qasem Solemani.",
            {"Sudesh Amann": ["Sudesh Amann"], "Qasem Solemani": ["Qasem Solemani"]},
        ),
        (
            "He met whistleblower Edward Snowdon. Whistleblower Edward Snowdon spoke.",
            {"Edward Snowdon": ["Edward Snowdon", "Edward Snowdon"]},
        ),
        (
            "Prime Minister of India Narendra Madi praised him. Madi wept.",
            {"India": ["India"], "Narendra Madi": ["Narendra Madi", "Madi"]},
        ),
        (
            "Theresa May was sad. Anna Lind resigned in protest at May’s Brexit agreement.",
            {"Theresa May": ["Theresa May", "May"], "Anna Lind": ["Anna Lind"]},
        ),
        (
            "Senators Ron Wyler of Oregon and Mark Udell of Colorado spoke.",
            {"Ron Wyler": ["Ron Wyler"], "Mark Udell": ["Mark Udell"]},
        ),
    ],
)
def test_persons(text, expected):
    """Hyphens, particles, strokes on letters, numbers of rulers, letters behind a name, roles and offices before one."""
    assert forms(text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        (
            "The Nordic Continental Free Trade Area (NoCFTA) was signed. The NoCFTA will be huge.",
            {"Nordic Continental Free Trade Area": ["Nordic Continental Free Trade Area", "NoCFTA", "NoCFTA"]},
        ),
        (
            "Baltic Gas and Electric Company (BG&E) cut the power. BG&E said it was sorry.",
            {"Baltic Gas and Electric Company": ["Baltic Gas and Electric Company", "BG&E", "BG&E"]},
        ),
        (
            "The Norland Tennis Federation (NFT) published a statement. The NFT said it was sad.",
            {"Norland Tennis Federation": ["Norland Tennis Federation", "NFT", "NFT"]},
        ),
        (
            "Iraqi Parliament members left. The Parliament of Iraq voted on Sunday. Parliament was loud.",
            {"Parliament of Iraq": ["Iraqi Parliament", "Parliament of Iraq", "Parliament"]},
        ),
        (
            "The US Department of Justice sued. The United States Department of Justice won.",
            {"United States Department of Justice": ["US Department of Justice", "United States Department of Justice"]},
        ),
        (
            "The family left on advice from the United States Department of State.",
            {"United States Department of State": ["United States Department of State"]},
        ),
        (
            "The Supreme Court of Puerto Rico ruled on Monday. The Supreme Court was unanimous.",
            {"Supreme Court of Puerto Rico": ["Supreme Court of Puerto Rico", "Supreme Court"]},
        ),
        (
            "Mahan Air of Iran was banned. Mahan said it was sad. Mahan denied it.",
            {"Mahan Air of Iran": ["Mahan Air of Iran", "Mahan", "Mahan"]},
        ),
        (
            "Charlie Wats left Reds Incorporated for The Norland Orchestra. The Norland Orchestra was famous.",
            {
                "Charlie Wats": ["Charlie Wats"],
                "Reds Incorporated": ["Reds Incorporated"],
                "Norland Orchestra": ["Norland Orchestra", "Norland Orchestra"],
            },
        ),
        (
            "Sam Wilton of C-MORE said the bloom was large. Wilton of C-MORE said it was rare.",
            {"Sam Wilton": ["Sam Wilton", "Wilton"], "C-MORE": ["C-MORE", "C-MORE"]},
        ),
    ],
)
def test_organisations(text, expected):
    """Acronyms of mixed letters, a state before or behind its body, a company's first word, names that the tagger joins."""
    assert forms(text) == expected


def test_kinds_in_news():
    """A country is no person, a platform no person, a capital no country where a person bears its name, an artery no actor."""
    assert kinds("Malawi confirmed its first three cases on Thursday. Malawi’s president spoke.") == {"Malawi": "country"}
    assert kinds("Ali Larjani wrote on Instagram that the plan was good.")["Instagram"] == "organisation"
    assert kinds("Sudesh Amman, 20, was jailed. Amman had scrawled his goals.") == {"Sudesh Amman": "person"}
    assert kinds("Guardrails separate the lanes. Lava flowed into the sea. Measles has killed fifty.") == {}


def test_two_bodies_of_the_same_initials_stay_two():
    """ "USC" may be short for either; the one is not the other."""
    found = forms("The United Steel Council met. The Union of Smiths Council wept.")
    assert set(found) == {"United Steel Council", "Union of Smiths Council"}


@pytest.mark.parametrize(
    "text, actor, roles",
    [
        ("The Public Works Department closed the road. The fire department was there too.", "Public Works Department", 0),
        ("The Coast Guard searched the bay. The army found nobody.", "Coast Guard", 0),
        ("The Green Party lost. The Labour Party’s leader will not seek the party’s seat.", "Labour Party", 1),
        ("The Wind Party was founded. The ruling party won again.", "Wind Party", 1),
    ],
)
def test_descriptions_of_bodies(text, actor, roles):
    """Another department, another force; the party of the same sentence; words before the noun that say little."""
    cast = find_actors(parse(read_text(text + "\n")))
    assert sum(m.form == "role" for m in cast.mentions if m.actor.name == actor) == roles


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Elsa Blackburn studied. With her sister, Emily Blackburn, Blackburn founded a school.", "Elsa Blackburn"),
        ("Arthur Hibbard was born in Lund, the son of Canon Tom Hibbard. They called Hibbard a saint.", "Arthur Hibbard"),
    ],
)
def test_a_bare_surname_is_no_relatives(text, expected):
    """Who is introduced as a sister or a father is not called by the bare surname."""
    surname = expected.split()[1]
    cast = find_actors(parse(read_text(text + "\n")), pronouns=False)
    bare = [m.actor.name for m in cast.mentions if cast.parse.text_of(m) == surname]
    assert bare == [expected]

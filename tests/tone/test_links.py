"""Links: which words of a sentence may make one of its actors stand somewhere on another."""

from __future__ import annotations

import pytest

from analysis import find_actors, parse, read_text, tone_toward
from analysis.discourse import Tree, find_discourse
from analysis.tone.holders import Holders, Link
from analysis.tone.links import find_links, same_side
from analysis.tone.neutral import NEUTRAL_RULES, NeutralRule
from analysis.tone.relations import LINK_RULES, LinkRule
from analysis.tone.stances import cases

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pipeline")]


def links(text: str) -> list[Link]:
    """Of an article of one sentence."""
    cast = find_actors(parse(read_text(f"{text}\n")))
    discourse = find_discourse(cast.parse, cast=cast)
    who = Holders(cast, discourse.tree)
    return find_links(who, discourse, same_side(who))


def pairs(text: str) -> set[tuple[str, str]]:
    return {(link.holder.actor.name, link.target.actor.name) for link in links(text)}


@pytest.mark.parametrize("rule", LINK_RULES, ids=lambda rule: rule.name)
def test_a_rule_takes_its_example_and_leaves_the_other(rule: LinkRule) -> None:
    """The links carry the rule's name in the one text, and not in the other."""
    assert rule.name in {link.rule for link in links(rule.takes)}
    assert rule.name not in {link.rule for link in links(rule.leaves)}


@pytest.mark.parametrize("rule", NEUTRAL_RULES, ids=lambda rule: rule.name)
def test_an_event_is_no_stance_in_the_example_and_one_in_the_other(rule: NeutralRule) -> None:
    """The links of the one text have no valence; one of the other has."""
    assert not any(link.valence for link in links(rule.takes))
    assert any(link.valence for link in links(rule.leaves))


def test_every_rule_has_a_name_of_its_own() -> None:
    """And there are some."""
    names = [rule.name for rule in (*LINK_RULES, *NEUTRAL_RULES)]
    assert len(names) == len(set(names)) > 5


@pytest.mark.parametrize(
    ("text", "rule", "valence"),
    [
        ("Anna Lind clashed with Tom Birch.", "mutual", -0.4),
        ("Anna Lind made peace, and allied with Tom Birch.", "mutual", 0.4),
        ("Anna Lind, an ally of Tom Birch, arrived.", "partisan", 0.5),
        ("Anna Lind, an enemy of Tom Birch, arrived.", "partisan", -0.5),
        ("Relations between Norway and Sweden soured.", "between", -0.4),
        ("Relations between Norway and Sweden improved.", "between", 0.4),
        ("Anna Lind told of a feud between Paul Reed, then the mayor, and his deputy, Tom Birch.", "between", -0.4),
        ("Anna Lind demanded Tom Birch’s resignation.", "fate", -0.5),
        ("Anna Lind opposed Tom Birch’s nomination.", "fate", -0.5),
        ("Anna Lind welcomed the release of Tom Birch.", "fate", 0.5),
        ("Anna Lind called for sanctions on Norway.", "fate", -0.7),
        ("Anna Lind called on Tom Birch to resign.", "pressed", -0.6),
        ("Anna Lind left in protest at Tom Birch’s plan.", "in-support", -0.6),
        ("Norway held a minute of silence in Tom Birch’s honour.", "in-support", 0.6),
        ("Tom Birch was arrested and charged by Norway.", "participle", -0.7),
        ("Anna Lind, Tom Birch’s lawyer, arrived.", "partisan", 0.5),
        ("Anna Lind said: “I met my friend, Tom Birch.”", "partisan", 0.5),
    ],
)
def test_a_rule_knows_the_side(text: str, rule: str, valence: float) -> None:
    """Quarrels and enemies are hostile, alliances and allies friendly."""
    assert {link.valence for link in links(text) if link.rule == rule} == {valence}


@pytest.mark.parametrize(
    ("text", "holder", "target"),
    [
        ("Anna Lind’s advert attacked Tom Birch.", "Anna Lind", "Tom Birch"),
        ("Sweden issued a statement condemning Norway.", "Sweden", "Norway"),
        ("Anna Lind called on Norway to punish Tom Birch.", "Norway", "Tom Birch"),
        ("Sweden was outraged by Norway.", "Sweden", "Norway"),
        ("Anna Lind paid tribute to Tom Birch.", "Anna Lind", "Tom Birch"),
        ("The king heard the request of Anna Lind to punish Tom Birch.", "Anna Lind", "Tom Birch"),
        ("Members of the Norwegian parliament condemned Tom Birch.", "Norway", "Tom Birch"),
        ("Anna Lind sued Tom Birch on behalf of Norway.", "Norway", "Tom Birch"),
        ("Anna Lind was among those who sued Tom Birch.", "Anna Lind", "Tom Birch"),
        ("Tom Birch, the third mayor to be impeached by Norway, left.", "Norway", "Tom Birch"),
        ("Tributes were paid to Tom Birch by Anna Lind.", "Anna Lind", "Tom Birch"),
    ],
)
def test_who_stands_behind_an_act(text: str, holder: str, target: str) -> None:
    """The owner of a statement or advert, whoever is called on to act, and who feels it."""
    assert (holder, target) in pairs(text)


def test_one_of_a_group_is_not_the_group() -> None:
    """ "A Republican" is somebody; "Republicans" are the party."""
    assert ("Republicans", "Anna Lind") not in pairs("A Republican insulted Anna Lind.\n\nRepublicans were glad.")
    assert ("Republicans", "Anna Lind") in pairs("Republicans insulted Anna Lind.")


def test_what_is_felt_is_no_act_of_whom_it_is_felt_about() -> None:
    """Sweden is outraged: Norway is the one it is outraged by, and does nothing to Sweden."""
    assert ("Norway", "Sweden") not in pairs("Sweden was outraged by Norway.")
    (link,) = [link for link in links("Sweden was outraged by Norway.") if link.way == "does" and link.valence]
    assert link.valence == -0.6


@pytest.mark.parametrize(
    ("text", "target", "valence"),
    [
        ("Anna Lind backs Tom Birch over Paul Reed.", "Paul Reed", -0.4),
        ("Anna Lind backs Tom Birch over Paul Reed.", "Tom Birch", 0.7),
        ("Anna Lind thanked Tom Birch on Facebook.", "Facebook", None),
        ("Anna Lind attacked Tom Birch with Paul Reed.", "Paul Reed", 0.0),
    ],
)
def test_a_preposition_leads_to_whom_an_event_is_done_only_without_an_object(
    text: str, target: str, valence: float | None
) -> None:
    """Who is passed over is not backed; where something is said, and with whom it is done, suffers nothing; None: no link."""
    found = [link.valence for link in links(text) if link.target.actor.name == target]
    assert (max(found, key=abs) if found else None) == valence


def test_of_whom_somebody_else_is_accused_nothing_is_said() -> None:
    """Birch is accused; Reed is whom he helped."""
    says = {link.target.actor.name for link in links("Anna Lind accused Tom Birch of helping Paul Reed.") if link.way == "says"}
    assert "Paul Reed" not in says


def test_a_partner_in_an_event_does_nothing_to_whoever_does_it() -> None:
    """Lind collaborates with Birch and Reed: not Birch with Reed. Whoever clashes is clashed with."""
    assert pairs("Anna Lind collaborated with Tom Birch and Paul Reed.") == {
        ("Anna Lind", "Tom Birch"),
        ("Anna Lind", "Paul Reed"),
    }
    assert ("Tom Birch", "Anna Lind") in pairs("Anna Lind clashed with Tom Birch.")


def test_an_event_told_by_a_verb_and_its_object_has_a_valence() -> None:
    """ "Paid tribute to" means what a tribute means, 0.6."""
    assert {link.valence for link in links("Anna Lind paid tribute to Tom Birch.")} == {0.6}


def test_a_sentence_that_names_one_actor_links_nobody() -> None:
    """Two sentences, each with one of them; and one with both."""
    assert not links("Anna Lind clashed with the mayor. Tom Birch was glad.")
    assert links("Anna Lind clashed with Tom Birch.")


def test_a_body_that_bears_the_name_of_a_state_is_of_its_side() -> None:
    """Norway and the Norway Mission; not Norway and the Hydrona Company."""
    cast = find_actors(parse(read_text("Norway praised the Norway Mission.\n\nNorway fined the Hydrona Company.\n")))
    sides = same_side(Holders(cast, Tree(cast.parse)))
    named = {actor.name for actor in cast.actors}
    assert {("Norway", name) in sides for name in named if "Mission" in name} == {True}
    assert not any(("Norway", name) in sides for name in named if "Hydrona" in name)


def test_an_office_serves_and_is_no_ally() -> None:
    """A state's attorney is no partisan of the state; a friend of the state is."""
    assert not any(
        link.valence for link in links("United States Attorney Tom Birch thanked Anna Lind.") if link.rule == "partisan"
    )
    assert {link.valence for link in links("Norway’s friend Tom Birch arrived.") if link.rule == "partisan"} == {0.5}


def test_whoever_says_my_friend_is_the_friend() -> None:
    """Lind speaks of Birch as her friend; Birch says nothing."""
    found = {
        (link.holder.actor.name, link.target.actor.name)
        for link in links("Anna Lind said: “I met my friend, Tom Birch.”")
        if link.rule == "partisan"
    }
    assert found == {("Anna Lind", "Tom Birch")}


@pytest.mark.parametrize(
    ("text", "target", "valence"),
    [
        ("Norway killed Tom Birch, head of the Hydrona Company.", "Hydrona Company", 0.0),
        ("Norway killed Tom Birch, head of the Hydrona Company.", "Tom Birch", -1.0),
        ("Norway killed a man identified as Tom Birch.", "Tom Birch", -1.0),
        ("Norway backs Anna Lind’s rivals.", "Anna Lind", -0.4),
        ("Norway backs Anna Lind’s plan.", "Anna Lind", 0.7),
        ("Norway attacked Anna Lind’s rivals.", "Anna Lind", 0.0),
    ],
)
def test_an_event_means_what_the_phrase_says(text: str, target: str, valence: float) -> None:
    """Who somebody is, by an apposition, suffers nothing; whose rivals are backed is passed over."""
    assert max((link.valence for link in links(text) if link.target.actor.name == target), key=abs) == valence


def test_members_who_are_named_act_for_themselves() -> None:
    """Lind condemned him, not the Senate; leaders who are not named act for it."""
    assert ("Senate", "Tom Birch") not in pairs("Top Senate leaders including Anna Lind condemned Tom Birch.")
    assert ("Anna Lind", "Tom Birch") in pairs("Top Senate leaders including Anna Lind condemned Tom Birch.")
    assert ("Senate", "Tom Birch") in pairs("Top Senate leaders condemned Tom Birch.")


def test_a_seat_that_is_wanted_is_no_target() -> None:
    """The Senate is where Birch wants to sit; a rule of the Senate is its own."""
    assert ("Anna Lind", "Senate") not in pairs("Anna Lind told Tom Birch to drop his Senate bid.")
    assert ("Tom Birch", "Senate") not in pairs("Tom Birch, whom Anna Lind knows, is running in a race for the Senate.")
    assert ("Anna Lind", "Senate") in pairs("Anna Lind told Tom Birch to ignore the Senate order.")


def test_an_origin_before_a_hyphen_is_no_target() -> None:
    """Who is linked to Norway is not Norway; what Norway leads is its own."""
    assert ("Anna Lind", "Norway") not in pairs("Anna Lind condemned Norway-linked rebels.")
    assert ("Anna Lind", "Norway") in pairs("Anna Lind condemned the Norway-led war.")


def test_for_whom_something_is_done_is_no_target() -> None:
    """Lind sues for Norway, not Norway."""
    assert ("Anna Lind", "Norway") not in pairs("Anna Lind sued Tom Birch on behalf of Norway.")
    assert ("Anna Lind", "Norway") not in pairs("Anna Lind sued Tom Birch on Norway’s behalf.")


def test_a_minister_tells_of_what_his_state_does() -> None:
    """What Norway's minister says Norway would do is told by Norway; what a stranger says of it is told by another."""
    own, other = (
        [link.told for link in links(text) if link.valence and link.holder.actor.name == "Norway"]
        for text in (
            "Norway’s Foreign Secretary Anna Lind said the Norwegian government would sue Sweden.",
            "Sweden’s Foreign Secretary Anna Lind said the Norwegian government would sue Tom Birch.",
        )
    )
    assert (own, other) == ([False], [True])


def test_relations_that_were_bad_once_are_no_stance() -> None:
    """The quarrel is over."""
    assert not [link for link in links("Norway and Sweden had earlier had poor relations.") if link.valence]
    assert [link for link in links("Norway and Sweden have poor relations.") if link.valence]


def test_a_question_states_no_view() -> None:
    """What somebody asks he does not say."""
    asked, said = links("Anna Lind asked: “Is Tom Birch a liar?”"), links("Anna Lind said: “Tom Birch is a liar.”")
    assert [[link.way for link in found if link.way == "says"] for found in (asked, said)] == [[], ["says"]]


def test_a_quotation_says_nothing_of_who_speaks() -> None:
    """Norway hopes, in Lind's words; it does nothing to her."""
    assert ("Norway", "Anna Lind") not in pairs("“Norway hopes that more women will take up jobs,” Anna Lind told Sweden.")


def test_what_a_quotation_in_a_quotation_leaves_open_is_still_anothers() -> None:
    """The inner mark is never closed: the left says it of Birch, not Lind."""
    text = "Anna Lind went on: “The left is saying, ‘It is bad. Tom Birch is such a liar, and he will lie again.”"
    assert not [link for link in links(text) if link.way == "says" and link.target.actor.name == "Tom Birch" and not link.told]


def test_a_quarrel_in_a_question_is_only_asked_about() -> None:
    """The one who asks states no quarrel."""
    asked = links("What are your views on the quarrel between Norway and Sweden?")
    assert {link.supposed for link in asked if link.rule == "between"} == {True}
    told = links("There is a quarrel between Norway and Sweden.")
    assert {link.supposed for link in told if link.rule == "between"} == {False}


def test_a_resignation_of_ones_own_is_nobody_elses() -> None:
    """ "His" is the one who announces it, whoever was named before; asked for, it is another's."""
    text = "Tom Birch lost. Paul Reed, the minister, announced his resignation to Tom Birch."
    assert not [link for link in links(text) if link.rule == "fate"]
    assert [link for link in links("Paul Reed demanded Tom Birch’s resignation.") if link.rule == "fate"]


def test_a_claim_of_two_is_no_quarrel() -> None:
    """ "Argued that" is what both say; "argued" is what they do to each other."""
    assert not [link for link in links("Norway and Sweden both argued that the town was lost.") if link.valence]
    assert [link for link in links("Norway and Sweden argued.") if link.valence]


def test_a_party_of_a_country_is_not_the_country() -> None:
    """A government acts for its state, a party does not."""
    assert ("Norway", "Tom Birch") not in pairs("A Norwegian party condemned Tom Birch.")
    assert ("Norway", "Tom Birch") in pairs("The Norwegian government condemned Tom Birch.")


def test_who_wins_what_another_loses_is_not_supported_by_him() -> None:
    """Lind loses support: she gives Birch none."""
    lost, given = (
        {link.valence for link in links(text) if link.target.actor.name == "Tom Birch"}
        for text in ("Anna Lind is losing support to Tom Birch.", "Anna Lind is giving support to Tom Birch.")
    )
    assert (lost, given) == ({0.0}, {0.6})
    shifted = links("Norway saw a shift in support from Anna Lind to Tom Birch.")
    assert not [link for link in shifted if link.target.actor.name == "Tom Birch" and link.valence]


def test_an_outlet_holds_nothing_by_what_it_publishes() -> None:
    """The report holds charges; the paper only prints it."""
    text = "The New York Times published a report that told of charges against Tom Birch."
    assert ("New York Times", "Tom Birch") not in pairs(text)
    assert ("New York Times", "Tom Birch") in pairs(text.replace("published", "welcomed"))


def test_somebody_of_a_country_is_not_the_country() -> None:
    """ "The Georgian" is a man; "the Georgian opposition" is not the state."""
    assert ("Anna Lind", "Georgia") not in pairs("Anna Lind praised the Georgian.")
    assert ("Anna Lind", "Georgia") in pairs("Anna Lind praised the Georgian government.")
    assert ("Georgia", "Anna Lind") not in pairs("Georgian opposition representatives heckled Anna Lind.")
    assert ("Georgia", "Anna Lind") in pairs("Georgian representatives heckled Anna Lind.")


@pytest.mark.parametrize(
    ("text", "holder", "target"),
    [
        ("Anna Lind wrote the speech that Tom Birch gave against Norway.", "Anna Lind", "Norway"),
        ("Anna Lind criticised Tom Birch for betraying Norway.", "Anna Lind", "Norway"),
        ("Anna Lind told of a woman who attacked Tom Birch.", "Anna Lind", "Tom Birch"),
        ("Anna Lind was sceptical of the confidence that Tom Birch was involved in it.", "Anna Lind", "Tom Birch"),
        ("Anna Lind condemned Norwegian families.", "Anna Lind", "Norway"),
        ("Anna Lind joined the Birch-Lund fight against Norway.", "Anna Lind", "Birch"),
    ],
)
def test_what_another_does_or_who_is_of_it_links_nobody_above(text: str, holder: str, target: str) -> None:
    """A clause with a subject of its own is that one's act; persons who are of a state are not the state."""
    done = {(link.holder.actor.name, link.target.actor.name) for link in links(text) if link.way == "does"}
    assert (holder, target) not in done


@pytest.mark.parametrize(
    ("text", "holder", "target"),
    [
        ("Anna Lind wrote a speech that attacked Norway.", "Anna Lind", "Norway"),
        ("Tom Birch was criticised for betraying Norway.", "Tom Birch", "Norway"),
        ("Anna Lind is a liar who attacked Tom Birch.", "Anna Lind", "Tom Birch"),
        ("Anna Lind was a woman robbed by Tom Birch.", "Anna Lind", "Tom Birch"),
        ("Anna Lind condemned Norwegian troops.", "Anna Lind", "Norway"),
    ],
)
def test_a_clause_of_whoever_acts_above_still_links(text: str, holder: str, target: str) -> None:
    """His own words, his own act, or what is done to him; those who act for a state are the state."""
    assert (holder, target) in pairs(text)


def test_a_candidate_for_a_body_does_not_act_for_it() -> None:
    """Whoever wants to be in the Senate is not the Senate; a leader of it is."""
    assert ("Senate", "Tom Birch") not in pairs("Top Senate candidates condemned Tom Birch.")
    assert ("Senate", "Tom Birch") in pairs("Top Senate leaders condemned Tom Birch.")


def test_a_particle_makes_another_event() -> None:
    """To fire up is not to fire."""
    assert not any(link.valence for link in links("Anna Lind fired up Tom Birch."))
    assert any(link.valence for link in links("Anna Lind fired Tom Birch."))


def test_what_is_between_two_is_the_word_that_links_them() -> None:
    """ "feud" says what they are to each other, and "between" does not."""
    text = "There is a feud between Norway and Sweden."
    assert {text[slice(*link.cue)] for link in links(text) if link.rule == "between"} == {"feud"}


def test_a_noun_that_is_nearer_to_between_says_what_lies_there() -> None:
    """Districts lie between the two, and not the war."""
    near = links("The rebels won the war, seizing districts between Norway and Sweden.")
    assert not [link for link in near if link.rule == "between"]
    assert [link for link in links("The rebels won the war between Norway and Sweden.") if link.rule == "between"]


def test_somebody_elses_view_in_a_speakers_words_is_told_by_the_speaker() -> None:
    """Birch calls Norway weak, and Lind says that he does. What he does to Norway is no word of hers on it at all."""
    text = "Tom Birch arrived.\n\nAnna Lind said that he thought Norway was weak.\n"
    told = [link.told for link in links(text) if link.way == "says" and link.target.actor.name == "Norway"]
    assert told
    assert all(told)
    says = {(link.holder.actor.name, link.target.actor.name) for link in links(BLAMED) if link.way == "says"}
    assert ("Anna Lind", "Norway") not in says


BLAMED = "Tom Birch arrived.\n\nAnna Lind said that he blamed Norway for the war.\n"


@pytest.mark.parametrize(
    ("text", "holder", "target"),
    [
        ("Anna Lind noted that the union had praised Tom Birch.", "Anna Lind", "Tom Birch"),
        ("Anna Lind said she saw no evidence in the report that Norway was behind the attack.", "Anna Lind", "Norway"),
        ("Norway filed a complaint accusing a nurse who had lived with Tom Birch of theft.", "Norway", "Tom Birch"),
        ("Anna Lind was so sure that Tom Birch would win that she left early.", "Anna Lind", "Tom Birch"),
        ("Anna Lind often thinks about Tom Birch’s last words.", "Anna Lind", "Tom Birch"),
        (
            "Anna Lind comes second, with many saying they would never support her, Tom Birch at 20 percent.",
            "Anna Lind",
            "Tom Birch",
        ),
        ("Anna Lind comes second, with 22 percent saying they would never support Tom Birch.", "Anna Lind", "Tom Birch"),
        ("Anna Lind opposed the talks on the budget between the speaker and Tom Birch.", "Anna Lind", "Tom Birch"),
        ("Anna Lind delegates inside the hall loudly booed Tom Birch.", "Anna Lind", "Tom Birch"),
        ("Anna Lind’s plan includes a programme of Tom Birch.", "Anna Lind", "Tom Birch"),
        ("Anna Lind sat in the front row, alongside Tom Birch.", "Anna Lind", "Tom Birch"),
        ("Anna Lind and Tom Birch embraced the plan.", "Anna Lind", "Tom Birch"),
        ("Anna Lind railed against committees, including the one supporting Tom Birch.", "Anna Lind", "Tom Birch"),
        ("Paul Reed, who suffered Anna Lind’s Twitter attacks on Tom Birch, left.", "Twitter", "Tom Birch"),
        (
            "There were clashes between Anna Lind and the GOP candidate and former governor Tom Birch.",
            "Anna Lind",
            "Republican Party",
        ),
        ("The union paid for New Hampshire ads attacking Tom Birch.", "New Hampshire", "Tom Birch"),
        ("The Lind campaign said that the quarrel around Anna Lind was made up.", "Lind campaign", "Anna Lind"),
    ],
)
def test_these_words_link_nobody(text: str, holder: str, target: str) -> None:
    """What others do, what nothing shows or somebody only expects, and lists of names are no stance of the subject."""
    who = find_actors(parse(read_text(f"{text}\n")))
    assert (holder, target) not in {(case.holder.actor.name, case.target.actor.name) for case in cases(who, tone_toward(who))}


@pytest.mark.parametrize(
    ("text", "holder", "target"),
    [
        ("Anna Lind said there was proof that Norway was behind the attack.", "Anna Lind", "Norway"),
        ("Norway filed a complaint accusing Tom Birch of theft.", "Norway", "Tom Birch"),
        ("Anna Lind aides inside the hall loudly booed Tom Birch.", "Anna Lind", "Tom Birch"),
        ("Anna Lind and Tom Birch fought a battle for the mine.", "Anna Lind", "Tom Birch"),
        ("Anna Lind said that we condemn Tom Birch.", "Anna Lind", "Tom Birch"),
        ("Anna Lind launched an ad attacking Tom Birch.", "Anna Lind", "Tom Birch"),
        ("The Lind campaign said that Tom Birch was a liar.", "Lind campaign", "Tom Birch"),
    ],
)
def test_words_close_to_those_do_link(text: str, holder: str, target: str) -> None:
    """What is shown, who is accused himself, and those who act for somebody."""
    assert (holder, target) in pairs(text)


@pytest.mark.parametrize(
    ("text", "valence"),
    [
        ("Anna Lind has been critical of Tom Birch.", -0.6),
        ("Anna Lind, long proud of Tom Birch, left.", 0.7),
        ("Anna Lind has been critical for years, Tom Birch knew.", 0.0),
    ],
)
def test_an_adjective_takes_a_side_toward_whom_its_preposition_leads_to(text: str, valence: float) -> None:
    """ "Critical of Birch" is a side, "critical" alone is none."""
    done = [link.valence for link in links(text) if link.way == "does" and link.holder.actor.name == "Anna Lind"]
    assert max(done, key=abs, default=0.0) == valence


def test_the_nearer_of_two_subjects_acts() -> None:
    """Who stands in a phrase before the clause does nothing in it."""
    text = "With the moderator, the Wire’s Paul Reed, opening the debate, Anna Lind criticised Norway."
    assert {link.holder.actor.name for link in links(text) if link.valence and link.target.actor.name == "Norway"} == {
        "Anna Lind"
    }


def test_what_is_nearer_to_another_act_is_that_ones() -> None:
    """Reed criticised Norway, and Lind only speaks of it."""
    text = "Anna Lind criticised Tom Birch for a statement, a reference to Paul Reed’s criticism of Norway.\n"
    who = find_actors(parse(read_text(text)))
    found = {(case.holder.actor.name, case.target.actor.name) for case in cases(who, tone_toward(who))}
    assert ("Paul Reed", "Norway") in found
    assert ("Anna Lind", "Norway") not in found


def test_all_but_one_is_against_that_one() -> None:
    """ "Anyone but Birch" has a side, and "anyone" alone has another."""
    assert [link.valence < 0 for link in links("Anna Lind is voting for anyone but Tom Birch.") if link.valence] == [True]
    assert [link.valence > 0 for link in links("Anna Lind is voting for Paul Reed and Tom Birch.") if link.valence] == [
        True,
        True,
    ]


def test_a_landslide_is_no_stance_in_a_participle_either() -> None:
    """ "Trounced by Birch" tells of an election; "praised by Birch" of a view."""
    assert [link.rule for link in links("Anna Lind won the race before being trounced by Tom Birch.") if link.valence] == []


def test_the_word_shown_says_what_is_done() -> None:
    """ "Critical", not "been"; but the verb where that says it."""
    text = "Anna Lind has been critical of Tom Birch."
    assert {text[slice(*link.cue)] for link in links(text) if link.way == "does"} == {"critical"}
    text = "Anna Lind has praised Tom Birch."
    assert {text[slice(*link.cue)] for link in links(text) if link.way == "does"} == {"praised"}

"""Whom pronouns and descriptions mean: what grammar forbids, what the trained reader says, and its files."""

from __future__ import annotations

import json
import shutil
from collections import Counter

import pytest

from analysis.actors import coreference, find_actors
from analysis.actors.candidates import ANAPHOR, PAIR, Anaphor, Candidate, Reader
from analysis.actors.corrections import Registry, RegistryActor
from analysis.actors.groups import Group, GroupMention, may_be_person
from analysis.errors import ModelError
from analysis.language import parse
from analysis.model import SELF_RULE, STATED_RULE
from analysis.readers import read_text
from tests.strategies import plain_parse

pipeline = [pytest.mark.slow, pytest.mark.xdist_group("pipeline")]


def meant(text: str, registry: Registry | None = None) -> dict[str, list[str]]:
    """Each pronoun or description of a text with the names of the actors it means, in order; not what stands beside a name."""
    cast = find_actors(parse(read_text(text + "\n")), registry=registry)
    found: dict[str, list[str]] = {}
    for mention in cast.mentions:
        if mention.form in ("pronoun", "role") and mention.rule != STATED_RULE:
            found.setdefault(cast.parse.text_of(mention), []).append(mention.actor.name)
    return found


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the shipped model that a test may damage."""
    copy = shutil.copytree(coreference.FOLDER, tmp_path / "coreference")
    monkeypatch.setattr(coreference, "FOLDER", copy)
    coreference._model.cache_clear()
    yield copy
    coreference._model.cache_clear()


def test_an_altered_model_is_an_error_with_checksum_and_command(folder):
    """No silent fall-back: the message names the file, both checksums and what restores it."""
    path = folder / "reader.npz"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(ModelError, match=r"reader.npz was altered: sha256 \w{64}, expected \w{64}. Restore it: git checkout"):
        find_actors(plain_parse(["Ada Lovell met Peter Ilyin.", "he said"], {"Ada Lovell": "PERSON", "Peter Ilyin": "PERSON"}))


def test_a_missing_model_is_an_error_with_checksum_and_command(folder):
    """As above."""
    (folder / "reader.npz").unlink()
    with pytest.raises(ModelError, match=r"reader.npz is missing \(.*sha256 \w{64}\). Restore it"):
        coreference._model()


def test_a_model_of_other_features_is_refused(folder):
    """The description file says which features the model was trained on."""
    facts = json.loads((folder / "coreference.json").read_text("utf-8"))
    facts["pair"]["sentences"] += 1
    (folder / "coreference.json").write_text(json.dumps(facts), encoding="utf-8")
    with pytest.raises(ModelError, match="other features"):
        coreference._model()


def test_the_model_is_small_and_no_pickle():
    """It loads with pickles forbidden, and its arrays have a row for every value of every feature."""
    model = coreference._model()
    assert len(model["pair"]) == len(model["straight"]) == sum(PAIR.values())
    assert len(model["anaphor"]) == len(model["none"]) == sum(ANAPHOR.values())
    assert (coreference.FOLDER / "reader.npz").stat().st_size < 1_000_000


def test_features_stay_within_their_tables():
    """Every feature of every pair has as many values as its table has rows."""
    lines = ["Ada Lovell met Peter Ilyin", "he praised her budget", "she said he criticised the budget after talks"]
    asked: list[tuple[Anaphor, list[Candidate]]] = []
    parsed = plain_parse(lines, {"Ada Lovell": "PERSON", "Peter Ilyin": "PERSON"})
    cast = find_actors(parsed, pronouns=False)
    groups = [Group(actor.name, actor.kind) for actor in cast.actors]
    numbers = {actor.name: n for n, actor in enumerate(cast.actors)}
    places = [GroupMention(m.start, m.end, m.sentence, numbers[m.actor.name], m.form, m.rule) for m in cast.mentions]
    Reader(parsed, places, groups, {}).run(lambda anaphor, propose: asked.append((anaphor, propose())))
    assert asked
    for anaphor, candidates in asked:
        assert all(0 <= value < size for value, size in zip(anaphor.features, ANAPHOR.values(), strict=True))
        for candidate in candidates:
            assert all(0 <= value < size for value, size in zip(candidate.features, PAIR.values(), strict=True))
        if candidates:
            assert 0 < sum(coreference.chances_of(anaphor, candidates).values()) < 1


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
@pytest.mark.parametrize(
    "text, expected",
    [
        ("Anna Lind arrived at noon. Maria Holt thanked her.", {"her": ["Anna Lind"]}),
        ("Tom Birch met Paul Reed at the gate. Reed punched him.", {"him": ["Tom Birch"]}),
        ("Dr. Lee Marsh praised her.", {}),
        ("Alan Kohler slipped into a tackle on James Mardon, catching him high on the shin.", {"him": ["James Mardon"]}),
        ("Sara Dahl spoke to the mayor, Anna Lind. Dahl warned her about the flood.", {"her": ["Anna Lind"]}),
        ("Maria Holt met Anna Lind at noon and thanked her.", {"her": ["Anna Lind"]}),
        ("After her defeat, Clara Hess left for Rome.", {"her": ["Clara Hess"]}),
        ("Tom Ash spoke at noon. Paul Reed, his brother, wept.", {"his": ["Tom Ash"]}),
        ("Tom Ash died in May. Councilwoman Dean wept for him.", {"him": ["Tom Ash"]}),
        # a given name tells nothing where every pronoun says otherwise
        (
            "Ginger Moss played the drums. He lived in Rome. Critics praised him and his band.",
            {"He": ["Ginger Moss"], "him": ["Ginger Moss"], "his": ["Ginger Moss"]},
        ),
        ("Tom Ash, he is coming on board. Bill Orr knew nothing.", {"he": ["Tom Ash"]}),
        (
            "Rep. Dan Porter was indicted on Monday. The congressman denied the charge.",
            {"congressman": ["Dan Porter"]},
        ),
        (
            "Imran Kader is chairman of the Justice Party. The Justice Party chairman spoke.",
            {"chairman": ["Imran Kader"]},
        ),
        (
            "Donald Trump is president. The Trump administration lied. Officials of the administration left.",
            {"administration": ["Trump administration"]},
        ),
    ],
)
def test_whom_an_anaphor_means(text, expected):
    """A pronoun is never another argument of its own verb; a description is who was said to be that."""
    assert meant(text) == expected


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
@pytest.mark.parametrize(
    "text, expected",
    [
        # the only one of whom it was said, near or far
        ("Gov. Maria Holt was indicted. The governor denied it.", {"governor": ["Maria Holt"]}),
        ("Anna Lind, a judge, met Tom Birch. The judge left.", {"judge": ["Anna Lind"]}),
        # the only one of that age
        ("Lena Ode, 34, was jailed. The 34-year-old wept.", {"old": ["Lena Ode"]}),
        ("Lena Ode, 34, met Tom Birch, 34. The 34-year-old wept.", {}),
        # two are said to be that; another was; somebody unnamed is called so
        ("Judge Anna Lind met Judge Tom Birch. The judge left.", {}),
        ("Judge Anna Lind spoke. The other judge left.", {}),
        ("Judge Anna Lind spoke. A judge of another court came. The judge left.", {}),
        # organisations by sort
        ("Norland Airways lost money. The airline blamed storms.", {"airline": ["Norland Airways"]}),
        ("The Justice Party lost. The party blamed storms.", {"party": ["Justice Party"]}),
        ("The government of Oslo met Twitter. The government left.", {}),
        # what one judges is another's; a name that leans to the other gender yields to one that is known to fit
        ("Tom Birch found one ally. Judge Pat Cole gave support for his plan.", {"his": ["Tom Birch"]}),
        ("Ruth Adler got one backer. Senator Bernie Cole gave support for her remarks.", {"her": ["Ruth Adler"]}),
        # who speaks of "him" is somebody else
        ("Rick Sand lost. Paul Stan remarked on Monday, “He is finished.”", {"He": ["Rick Sand"]}),
        # words by an adviser of somebody are nobody's that is named, and may be about him
        ("“I hope Tom Ash stays,” said a senior Ash adviser. Paul Reed wept.", {}),
        ("“I hope it lasts,” said a source familiar with Ash's plans. Tom Ash left.", {}),
        ("“I hope it lasts,” Ash adviser Paul Reed said. Tom Ash left.", {"I": ["Paul Reed"]}),
        # what is said of somebody means him; who says it is nobody that the words name
        ("Tom Ash met Paul Reed. “He is finished,” Rick Sand said of Ash.", {"He": ["Tom Ash"]}),
        ("Sen. Tom Ash spoke. “Paul Reed has lied,” he said.", {"he": ["Tom Ash"]}),
        # words that set somebody apart, and nouns that mean only what is named so
        ("President Tom Ash spoke. The vice president left. The president stayed.", {"president": ["Tom Ash"]}),
        ("The Norland Party won. The opposition wept.", {}),
        # "his campaign" is his own
        ("The Ash campaign lost. Paul Reed said that he would end his campaign.", {"he": ["Paul Reed"], "his": ["Paul Reed"]}),
        ("The Ash campaign lost. Tom Ash ended his campaign.", {"his": ["Tom Ash"], "campaign": ["Ash campaign"]}),
        # who speaks is nobody that "he" in the words before means, and whom the sentence before is about
        (
            "Tom Ash spoke. Rep. Paul Reed met Tom Ash. “It would help if he went,” he said.",
            {"he": ["Tom Ash", "Paul Reed"]},
        ),
        (
            "Jesse Hale spoke. “It is hard,” he said. Rep. Jay Orr guessed that it changed. “It helps,” he said to Bob Good.",
            {"he": ["Jesse Hale", "Jay Orr"]},
        ),
        # what an organisation says of "it" is of something else
        ("Facebook said, “It undermines the principle.”", {}),
        # who is the subject of a clause is not its object; a chairman without a name knows for himself
        ("Rick Sand chose Tom Ash, who called him a friend.", {"him": ["Rick Sand"]}),
        ("After the chairman confirmed he knew, Tom Ash left.", {}),
        # "himself" is the subject of its verb, and nobody where that has no name; "and his brother" is of who stands there
        ("Tom Ash was heard. The judge had offered to excuse himself.", {}),
        ("Tom Ash asked Paul Reed to name himself.", {"himself": ["Paul Reed"]}),
        ("Tom Ash left. They met Paul Reed and his brother.", {"his": ["Paul Reed"]}),
        # two single marks are quotation marks too; "he said" goes on over sentences that are all quoted
        ("Tom Ash met Paul Reed. ''If he lied, it is sad,'' Mr. Ash said.", {"he": ["Paul Reed"]}),
        (
            "Tom Ash wept. “We saw it,” Ben Jones said of it. “We have no problem. We have an issue with them,” he said.",
            {"he": ["Ben Jones"]},
        ),
        # a lawmaker without a name speaks of himself
        ("Tom Ash left. A lawmaker said he heard it.", {}),
        ("Malawi confirmed its first case, and Zambia had its first death.", {"its": ["Malawi", "Zambia"]}),
        # a team from a college is not the college
        ("It was found by a team from University College London (UCL), and the Montreal team wept.", {}),
        # who is named in what "he" says is somebody else
        ("Jacob Orr spoke. Lou Reed sat. He suggested that Mr. Reed had left.", {"He": ["Jacob Orr"]}),
        ("The Norland Court met. The suit could make it harder for workers to win. The lower court left.", {}),
        # a client is the lawyer's
        ("A lawyer for Tom Ash, William Orr, confirmed that they would charge his client.", {"his": ["William Orr"]}),
        # "every American" is one of many
        ("We must make every American feel that their safety is protected.", {}),
        # a committee is no campaign
        ("The Ash campaign lost. The state committee left.", {}),
        # phrases
        ("Tom Ash met a man in his forties.", {}),
        ("The Norland Bank lost. Anna Lind keeps doing it.", {}),
        # a storm is no organisation
        ("The Norland Bank closed. Typhoon Lana came. It killed twelve.", {}),
    ],
)
def test_descriptions_of_the_only_bearer_and_pronouns_of_somebody_else(text, expected):
    """Where nothing has to be chosen, the rule decides; where two fit, nothing is linked."""
    assert meant(text) == expected


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_a_speakers_own_i_is_linked_and_not_scored():
    """ "I" in the words of one named person means that person; what one says of oneself is no tone toward oneself."""
    cast = find_actors(parse(read_text("“I believe my plan is good,” said Victor Hale. I disagree.\n")))
    own = [(cast.parse.text_of(m), m.actor.name, m.scored) for m in cast.mentions if m.form == "pronoun"]
    assert own == [("I", "Victor Hale", False), ("my", "Victor Hale", False)]


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_i_in_the_answers_of_an_interview_is_the_guest():
    """Outside quotation marks, between the questions; nobody where two are interviewed, or where fewer than three are asked."""
    questions = "Why did you stay?\n\nI could not go.\n\nWere you afraid?\n\nI was not, my dogs were.\n\nWhat now?\n\nI rest.\n"
    lead = "The Herald spoke with {} about the flood.\n\n"

    def own(text: str) -> list[tuple[str, str]]:
        cast = find_actors(parse(read_text(text)))
        return [(cast.parse.text_of(m), m.actor.name) for m in cast.mentions if m.rule == SELF_RULE]

    assert own(lead.format("Ian Frost") + questions) == [(word, "Ian Frost") for word in ("I", "I", "my", "I")]
    assert own(lead.format("Ian Frost and Anna Lind") + questions) == []
    assert own(lead.format("Ian Frost") + questions[: questions.index("What")]) == []


def named(text: str) -> Group:
    """An organisation of which nothing is known but the name."""
    return Group(text, "organisation")


def test_which_names_may_be_persons_after_all():
    """No word that means something else, no acronym, nothing said of it, nowhere that something is."""
    assert may_be_person(named("Ilves"))
    assert may_be_person(named("Cay Rivvers"))
    assert not any(map(may_be_person, [named("Norland Airways"), named("NDWU"), named("Google"), named("Society")]))
    assert not may_be_person(Group("Ilves", "organisation", said=[("company",)]))
    assert not may_be_person(Group("Trenton", "place", located=1))
    assert not may_be_person(Group("Ilves", "person"))


def test_he_makes_a_person_of_a_name_taken_for_an_organisation():
    """The kind of a name follows from the pronoun that means it."""
    found = [GroupMention(0, 2, None, 0, "pronoun", "pronoun: he"), GroupMention(3, 5, None, 1, "pronoun", "pronoun: it")]  # type: ignore[arg-type]
    groups = [named("Ilves"), named("Hydrona")]
    assert coreference._persons_after_all(found, groups) == {0: "male"}
    assert [group.kind for group in groups] == ["person", "organisation"]


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_texts_of_one_sentence_or_of_pronouns_alone():
    """Nobody named, nobody meant."""
    assert meant("She told him that they had lied to her.") == {}
    assert meant("It rained.") == {}


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_the_registry_wins_over_the_reader():
    """What the analyst gives to somebody stays his, whatever the reader would say."""
    text = "Anna Lind arrived at noon. She smiled. The envoy left."
    registry = Registry(actors=(RegistryActor("Anna Lind", aliases=("The envoy",)),))
    cast = find_actors(parse(read_text(text + "\n")), registry=registry)
    assert {(cast.parse.text_of(m), m.actor.name) for m in cast.mentions} >= {("The envoy", "Anna Lind")}
    assert meant(text, Registry(pronouns=False)) == {}


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_work_grows_with_the_text_and_not_faster(monkeypatch):
    """Four times the text asks of four times as many mentions whether a pronoun may mean them, and of few more."""
    line = "Anna Lind met Tom Birch in the town hall. She told him that the company would leave. He said it had to stay.\n\n"
    asked: Counter[int] = Counter()
    fits = Reader.fits

    def counted(reader, anaphor, seen):
        asked[times] += 1
        return fits(reader, anaphor, seen)

    monkeypatch.setattr(Reader, "fits", counted)
    for times in (60, 240):
        find_actors(parse(read_text(line * times)))
    assert 0 < asked[240] < 5 * asked[60]

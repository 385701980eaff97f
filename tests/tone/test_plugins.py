"""Scorers by name and as objects: what they may give, and what is named as wrong."""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from analysis import score_targets, tone_toward
from analysis.cli import main
from analysis.errors import ScorerError, SpanError
from analysis.model import Actor, Cue
from analysis.study import Study
from analysis.tone import Target, find_scorer, plugins, scorer_names, version_of
from tests.build import article, cast

SENTENCES = ["Norway won.", "Sweden met Norway."]
SPANS = [(0, 6), (11, 17)]


class Half:
    """Always the same row; remembers what it was asked."""

    name = "half"

    def __init__(self, row=(0.25, 0.25, 0.5), **more):
        self.row, self.asked = row, []
        self.__dict__.update(more)

    def score(self, sentences, spans, others):
        self.asked.append((list(sentences), list(spans), others))
        return [self.row] * len(sentences)


@pytest.fixture
def entries(monkeypatch):
    """Registers scorers for one test: name, value pairs; the values are places in this module."""

    def register(*rows):
        found = [metadata.EntryPoint(name, value, plugins.GROUP) for name, value in rows]
        monkeypatch.setattr("importlib.metadata.entry_points", lambda **_: found)
        plugins.registered.cache_clear()

    yield register
    monkeypatch.undo()
    plugins.registered.cache_clear()


def test_the_packages_own_are_registered_as_any_other():
    """pyproject.toml names what the code knows, and each is what it is called."""
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["entry-points"]["toward.scorers"] == plugins.OWN
    for name in plugins.OWN:
        assert find_scorer(name).name == name
    assert scorer_names()[:3] == ("vader", "clause", "encoder")


def test_an_object_scores():
    """A list of rows is enough; the array is float64."""
    rows = score_targets(SENTENCES, SPANS, scorer=Half())
    assert rows.dtype == np.float64
    assert rows.tolist() == [[0.25, 0.25, 0.5]] * 2
    assert score_targets([], [], scorer=Half()).shape == (0, 3)


def test_what_a_scorer_is_asked():
    """A sentence a mention, the target's place and its others, and the other actors of the sentence."""
    found = cast("Norway met Sweden and Norway.", [Actor("Norway", "country"), Actor("Sweden", "country")])
    half = Half()
    scores = tone_toward(found, scorer=half)
    ((sentences, spans, others),) = half.asked
    assert sentences == ["Norway met Sweden and Norway."] * 3
    assert spans == [(0, 6), (11, 17), (22, 28)]
    assert [span.also for span in spans] == [((22, 28),), (), ((0, 6),)]
    assert others == [[[(11, 17)]], [[(0, 6), (22, 28)]], [[(11, 17)]]]
    assert [(score.tone, score.scorer, score.cues) for score in scores] == [(0.25, "half", None)] * 3


def test_score_targets_hands_over_the_other_actors():
    """As they are given; None where they are not known."""
    half = Half()
    score_targets(SENTENCES, SPANS, scorer=half)
    score_targets(SENTENCES, SPANS, others=[[], [[(0, 6)]]], scorer=half)
    assert [others for _, _, others in half.asked] == [None, [[], [[(0, 6)]]]]
    with pytest.raises(SpanError, match="2 sentences but 1 lists in others"):
        score_targets(SENTENCES, SPANS, others=[[]], scorer=half)
    with pytest.raises(SpanError, match=r"others\[1\]"):
        score_targets(SENTENCES, SPANS, others=[[], [[(0, 99)]]], scorer=half)


def test_a_target_is_its_span():
    """A pair of offsets, with its other places beside it."""
    start, end = target = Target((3, 9), [(12, 14)])
    assert (start, end) == target == (3, 9)
    assert target.also == ((12, 14),)
    assert Target((3, 9)).also == ()


def test_evidence_and_silence_are_asked_of_a_scorer_that_has_them():
    """Cues move to the article's offsets; what cannot be scored has no tone."""
    found = cast("It rained.\n\nNorway won.", [Actor("Norway", "country")])
    half = Half(evidence=lambda sentences, *_: [(Cue(7, 10, 0.25, "mine"),)] * len(sentences))
    (score,) = tone_toward(found, scorer=half, evidence=True)
    (cue,) = score.cues
    assert found.parse.text_of(cue) == "won"
    assert tone_toward(found, scorer=half)[0].cues is None
    assert tone_toward(found, scorer=Half(), evidence=True)[0].cues is None
    silent = Half(scorable=lambda sentences, *_: [False] * len(sentences))
    assert tone_toward(found, scorer=silent)[0].tone is None


def test_a_scorer_may_make_one_for_the_article():
    """With the cast and the discourse in hand."""
    found = cast("Norway won.", [Actor("Norway", "country")])
    whole = Half(for_article=lambda given, discourse: Half((0, 0, 1)) if given is found and discourse else None)
    assert tone_toward(found, scorer=whole)[0].tone == 1


@pytest.mark.parametrize(
    "row, says",
    [
        ((0.5, 0.5), r"shape \(2, 2\), not \(2, 3\)"),
        (0.5, r"shape \(2,\), not"),
        ((0.5, 0.5, float("nan")), r"sentence 0 \('Norway won\.'\)"),
        ((float("inf"), 0, 0), "probabilities that sum to 1"),
        ((0.5, 0.5, 0.5), "probabilities that sum to 1"),
        ((-0.5, 0.5, 1), "probabilities that sum to 1"),
        (("a", "b", "c"), "gave no numbers"),
        ((None, 0, 1), "probabilities that sum to 1|gave no numbers"),
    ],
)
def test_what_is_no_probability_is_named(row, says):
    """With the scorer, and the first sentence it is wrong for."""
    with pytest.raises(ScorerError, match=f"'half'.*({says})"):
        score_targets(SENTENCES, SPANS, scorer=Half(row))


@pytest.mark.parametrize(
    "answer, says",
    [
        (lambda *_: [(0, 0, 1)], "1 answers in score, and there are 2"),
        (lambda *_: None, "failed in score"),
        (lambda: [], "failed"),
    ],
)
def test_a_scorer_that_fails_is_named(answer, says):
    """Too few rows, nothing at all, other arguments."""
    with pytest.raises(ScorerError, match=f"'half'.*{says}"):
        score_targets(SENTENCES, SPANS, scorer=SimpleNamespace(name="half", score=answer))


@pytest.mark.parametrize("cues", [(Cue(0, 3, 0.1, "x"),), (Cue(0, 300, 0.25, "x"),), ("won",)])
def test_evidence_that_does_not_add_up_is_named(cues):
    """Or lies outside its sentence, or is none."""
    found = cast("Norway won.", [Actor("Norway", "country")])
    with pytest.raises(ScorerError, match="'half' gave cues for sentence 0"):
        tone_toward(found, scorer=Half(evidence=lambda *_: [cues]), evidence=True)


@pytest.mark.parametrize("scorer", [3, None, Half, SimpleNamespace(name="x"), SimpleNamespace(name=3, score=len), print])
def test_what_is_no_scorer_is_refused(scorer):
    """With what one is."""
    with pytest.raises(ScorerError, match=r"a name \('vader', 'clause', 'encoder'.*or an object"):
        score_targets(SENTENCES, SPANS, scorer=scorer)


@pytest.mark.parametrize("name", ["", "../../etc", "a b", "x/y", "-x"])
def test_a_name_is_letters_and_digits(name):
    """It becomes part of a file's name."""
    with pytest.raises(ScorerError, match="letters, digits"):
        find_scorer(SimpleNamespace(name=name, score=len))


def test_a_registered_scorer_is_found_by_its_name(entries):
    """A class is called, an object taken as it is; both are listed after the package's own."""
    entries(("half", "tests.tone.test_plugins:Half"), ("another", "tests.tone.test_plugins:ANOTHER"))
    assert scorer_names() == ("vader", "clause", "encoder", "another", "half")
    assert isinstance(find_scorer("half"), Half)
    assert find_scorer("another") is ANOTHER
    assert score_targets(SENTENCES, SPANS, scorer="half").tolist() == [[0.25, 0.25, 0.5]] * 2
    with pytest.raises(ScorerError, match=r"Did you mean 'half'\?.*'another', 'half'"):
        find_scorer("haf")


ANOTHER = SimpleNamespace(name="another", score=lambda sentences, *_: [(0, 1, 0)] * len(sentences))


def test_two_scorers_of_one_name_are_named(entries):
    """Two packages, a package and this one, an object and a registered one."""
    entries(("half", "tests.tone.test_plugins:Half"), ("half", "elsewhere:Half"), ("vader", "elsewhere:Vader"))
    with pytest.raises(ScorerError, match=r"Two scorers are called 'half': elsewhere:Half and tests\.tone\.test_plugins:Half"):
        find_scorer("half")
    with pytest.raises(ScorerError, match="Two scorers are called 'vader': elsewhere:Vader and toward"):
        find_scorer("vader")
    assert find_scorer("clause").name == "clause"
    with pytest.raises(ScorerError, match="Two scorers are called 'clause'"):
        find_scorer(SimpleNamespace(name="clause", score=len))


@pytest.mark.parametrize(
    "value, says",
    [
        ("no_such_module:X", "cannot be loaded"),
        ("tests.build:nothing", "cannot be loaded"),
        ("tests.tone.test_plugins:Half", "calls itself 'half'"),
    ],
)
def test_a_scorer_that_cannot_be_loaded_is_named(entries, capsys, value, says):
    """With its place; on the command line a sentence and 2."""
    entries(("broken", value))
    with pytest.raises(ScorerError, match=f"'broken'.*{says}"):
        find_scorer("broken")
    assert main(["tone", "--scorer", "broken"]) == 2
    assert "'broken'" in capsys.readouterr().err


def test_only_what_has_a_version_is_kept(fresh):
    """A scorer's name does not say whether its code has changed."""
    study = Study(article("It rained all day."), scorer=Half())
    assert (version_of(Half()), version_of(Half(version="2")), version_of(find_scorer("vader"))) == (None, "2", "")
    assert study._remember("scores-half", Half(), lambda: 1, encode=int, decode=int) == 1
    assert study._remember("scores-half", Half(), lambda: 2, encode=int, decode=int) == 2
    first, second = (study._remember("scores-half", Half(version="1"), lambda n=n: n, encode=int, decode=int) for n in (3, 4))
    assert (first, second) == (3, 3)
    assert study._remember("scores-half", Half(version="2"), lambda: 5, encode=int, decode=int) == 5


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_a_study_by_a_scorer_of_ones_own(seed):
    """It is named where scores are, its series beside the others, and each is asked once."""
    half = Half()
    study = Study(seed.article, scorer=half)
    assert study.scorer == "half"
    assert "scorer half" in study.method
    assert set(study.mentions.tone.dropna()) == {0.25}
    assert study.scores_by("encoder") == Study(seed.article).scores
    other = Half((0.5, 0.25, 0.25), name="other")
    assert {score.tone for score in study.scores_by(other) if not score.reason} == {-0.25}
    assert study.scores_by(other) is study.scores_by(other)
    third = study.scores_by(Half((0.25, 0.25, 0.5), name="other"))
    assert {score.tone for score in third if not score.reason} == {0.25}
    assert len(half.asked) == len(other.asked) == 1

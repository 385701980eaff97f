"""The words around an anaphor: windows, pieces, the network's files, and what it adds to the features."""

from __future__ import annotations

import shutil

import pytest

from analysis.actors import coreference, words
from analysis.actors.candidates import Anaphor, Candidate, Reader
from analysis.actors.groups import Group, GroupMention
from analysis.actors.words import Words
from analysis.errors import ModelError
from tests.strategies import plain_parse

LINES = ["Ada Lovell met Peter Ilyin in a small town", "he said that Lovell was late", "she thanked him for the warm welcome"]


@pytest.fixture
def asked():
    """An article, and each of its anaphors with its candidates."""
    parse = plain_parse(LINES, {"Ada Lovell": "PERSON", "Peter Ilyin": "PERSON"})
    text = parse.article.text
    groups = [Group("Ada Lovell", "person"), Group("Peter Ilyin", "person")]
    places = [
        GroupMention(
            text.index(group.name), text.index(group.name) + len(group.name), parse.sentences[0], number, "name", "name", 1.0
        )
        for number, group in enumerate(groups)
    ]
    found: list[tuple[Anaphor, list[Candidate]]] = []
    Reader(parse, places, groups, {0: None, 1: None}).run(lambda anaphor, propose: found.append((anaphor, propose())))
    return parse, [(anaphor, candidates) for anaphor, candidates in found if candidates]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the shipped model that a test may damage."""
    copy = shutil.copytree(coreference.FOLDER, tmp_path / "coreference")
    monkeypatch.setattr(coreference, "FOLDER", copy)
    words.open_model.cache_clear()
    yield copy
    words.open_model.cache_clear()


def test_a_span_of_characters_is_the_pieces_that_it_touches(asked):
    """The pieces spell the span, and nothing beside it."""
    parse, _ = asked
    read = Words(parse)
    start = parse.article.text.index("warm welcome")
    first, last = read.pieces(start, start + len("warm welcome"))
    assert parse.article.text[read.starts[first] : read.ends[last - 1]] == "warm welcome"


def test_scores_do_not_depend_on_what_was_asked_before(asked):
    """An answer is the same first and last."""
    parse, questions = asked
    read = Words(parse)
    first = [read.scores(*question) for question in questions]
    again = Words(parse)
    last = [again.scores(*question) for question in reversed(questions)][::-1]
    for (one, none), (two, nothing) in zip(first, last, strict=True):
        assert (one == two).all()
        assert none == nothing


def test_a_candidate_far_away_is_scored_without_its_words(asked, monkeypatch):
    """A mention outside the window has a vector of its own; its features still count."""
    parse, questions = asked
    anaphor, candidates = questions[-1]
    read = Words(parse)
    near = read.scores(anaphor, candidates)[0]
    far = words.open_model()["far"]
    monkeypatch.setattr(Words, "_mean", staticmethod(lambda _states, _begin, _span, _far: far))
    away = read.scores(anaphor, candidates)[0]
    assert near.shape == away.shape == (len(candidates),)
    assert (near != away).all()


def test_a_span_outside_what_was_read_has_the_vector_for_what_is_far(asked):
    """Before the first piece that was read, and behind the last."""
    parse, questions = asked
    read = Words(parse)
    read.scores(*questions[0])
    (states,), far = read.states.values(), words.open_model()["far"]
    for begin, span in ((0, (len(states), len(states) + 1)), (5, (4, 5))):
        assert (Words._mean(states, begin, span, far) == far).all()
    assert (Words._mean(states, 0, (1, 2), far) != far).any()


@pytest.mark.parametrize("name", ["words.int8.onnx", "words.npz"])
def test_an_altered_or_missing_file_is_an_error_with_checksum_and_command(folder, name):
    """No silent fall-back to features alone."""
    path = folder / name
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(ModelError, match=rf"{name} was altered: sha256 \w{{64}}, expected \w{{64}}. Restore it: git checkout"):
        words.open_model()
    path.unlink()
    with pytest.raises(ModelError, match=rf"{name} is missing \(.*sha256 \w{{64}}\). Restore it"):
        words.open_model()


def test_the_network_is_small():
    """At most 25 MB beside the encoder, and no pickle: its arrays are read with pickles forbidden."""
    assert sum((coreference.FOLDER / name).stat().st_size for name in ("words.int8.onnx", "words.npz")) < 25_000_000


def test_words_are_read_only_of_he_and_she_and_where_two_actors_are_possible(asked, monkeypatch):
    """Where one candidate is far likelier, or nobody named is meant, no words are read."""
    parse, questions = asked
    anaphor, candidates = next((one, others) for one, others in questions if len({c.seen.entity for c in others}) > 1)
    alone = coreference.chances_of(anaphor, candidates)
    for undecided, families, reads in ((0.51, ("he", "she"), False), (0.0, ("it",), False), (0.0, ("he", "she"), True)):
        monkeypatch.setattr(coreference, "COREFERENCE_UNDECIDED", undecided)
        monkeypatch.setattr(coreference, "COREFERENCE_READ", families)
        read = Words(parse)
        assert (coreference.chances_of(anaphor, candidates, read) != alone) is reads
        assert bool(read.states) is reads

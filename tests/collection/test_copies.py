"""Copies: the same text under several names counts once."""

from __future__ import annotations

from datasketch import MinHash

from analysis.collection import ArticleSignature, find_copies, signature
from analysis.constants import COPY_HASHES

WIRE = (
    "The river Lune rose by two metres in the night and reached the old town of Marrow before dawn. Nobody was hurt, but forty "
    "families left their homes, and the mayor asked the army for boats. Rain is expected until Friday. The water board said "
    "that the dam at Hollin held, and that a second wave was possible if the snow in the hills went on melting at this pace. "
    "Schools stay closed on Wednesday, and the railway runs only as far as Castle Bridge."
)
EDITED = "Forty families flee\n\n" + WIRE.replace(" Rain is expected until Friday.", "").replace(
    "asked the army", "asked soldiers"
)
OTHER = (
    "Two metres of water stood in the streets of Marrow this morning, and people asked why nobody warned them. The mayor, who "
    "was on holiday, came back at noon. Boats of the army brought forty families to the school on the hill. It rained on."
)


def copies(*items):
    return [
        (copy.article, copy.copy_of)
        for copy in find_copies([ArticleSignature(*item[:2], signature(item[2])) for item in items])
    ]


def test_an_edited_wire_is_a_copy_and_another_report_is_none():
    """A new headline, a sentence cut and a word changed leave it the same text; another writer's words do not."""
    assert copies(("wire", "2024-05-01", WIRE), ("local", "2024-05-02", EDITED), ("own", "2024-05-02", OTHER)) == [
        ("local", "wire")
    ]


def test_the_first_by_date_is_no_copy():
    """Whatever the order of the corpus; undated articles come last, equal dates go by place."""
    assert copies(("late", "2024-05-02", WIRE), ("undated", None, WIRE), ("first", "2024-05-01", WIRE)) == [
        ("late", "first"),
        ("undated", "first"),
    ]
    assert copies(("b", "2024-05-01", WIRE), ("a", "2024-05-01", WIRE)) == [("a", "b")]


def test_ten_thousand_copies_of_one():
    """One is left, and each of the others is its copy, not a copy of a copy."""
    signed = signature(WIRE)
    found = find_copies([ArticleSignature(f"a{number}", None, signed) for number in range(10_000)])
    assert len(found) == 9_999
    assert {copy.copy_of for copy in found} == {"a0"}


def test_the_share_is_that_of_the_runs_of_words():
    """The same words in other case and spacing share all; other words none."""
    same, other = signature(WIRE), signature(OTHER)
    assert signature(WIRE.upper().replace(" ", "  ")) == same
    (copy,) = find_copies([ArticleSignature("a", None, same), ArticleSignature("b", None, signature(EDITED))])
    assert 0.6 <= copy.share < 1
    assert not find_copies([ArticleSignature("a", None, same), ArticleSignature("b", None, other)])


def test_texts_of_few_words_have_a_signature():
    """Fewer words than a run holds, and none."""
    assert signature("Rain") != signature("Sun")
    assert signature("") == signature(" ")


def test_a_signature_is_a_minhash_of_runs_of_five_words():
    """Six words have two runs, five have one, two words are their own run."""
    for text, runs in (
        ("One two, three four; five six.", ["one two three four five", "two three four five six"]),
        ("One two three four five", ["one two three four five"]),
        ("Rain fell", ["rain fell"]),
    ):
        by_hand = MinHash(num_perm=COPY_HASHES, seed=1, scheme="affine32")
        by_hand.update_batch([run.encode() for run in runs])
        assert signature(text) == by_hand.hashvalues.astype("<u4").tobytes().hex()
    assert signature("half a sign \ud800") == signature("half a sign ?")  # neither is a letter


def test_a_copy_of_a_copy_names_the_first():
    """The same edited text twice: both are copies of the wire; equal texts share everything."""
    assert copies(("wire", "2024-05-01", WIRE), ("one", "2024-05-02", EDITED), ("two", "2024-05-03", EDITED)) == [
        ("one", "wire"),
        ("two", "wire"),
    ]
    (copy,) = find_copies([ArticleSignature("a", None, signature(WIRE)), ArticleSignature("b", None, signature(WIRE))])
    assert copy.share == 1

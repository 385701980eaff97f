"""cli.py: bad input gets a sentence and exit code 2, never a traceback."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import subprocess
import sys

import pandas
import pytest

from analysis import open_article
from analysis.cli import main


def run(*arguments: str, **more) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from analysis.cli import entry; entry()", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, **more)


@pytest.mark.parametrize("command", ["report", "tone", "actors"])
@pytest.mark.parametrize(
    "content, says",
    [
        (None, "There is no file"),
        (b"", "no words"),
        (b"   \n\t\n", "no words"),
        (b"%PDF-1.4", "a PDF"),
        (bytes(range(256)) * 64, "binary"),
        ("Zoë. ".encode() + b"\xe9\xff", "byte 0xe9"),
    ],
)
def test_bad_input_is_a_sentence_and_2(tmp_path, capsys, monkeypatch, command, content, says):
    """Every command, every kind of bad file; nothing is written."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a.txt"
    if content is not None:
        path.write_bytes(content)
    assert main([command, str(path)]) == 2
    printed = capsys.readouterr()
    assert says in printed.err
    assert "Traceback" not in printed.err
    assert printed.out == ""
    assert not (tmp_path / "reports").exists()


def test_a_folder_is_refused(tmp_path, capsys):
    """With a word on what to name instead."""
    assert main(["tone", str(tmp_path)]) == 2
    assert "is a folder" in capsys.readouterr().err


def test_an_unknown_scorer_is_refused(capsys):
    """Naming the ones there are."""
    assert main(["tone", "--scorer", "magic"]) == 2
    assert "'vader'" in capsys.readouterr().err


def test_help_names_every_command():
    """And exits with 0."""
    done = run("--help")
    assert done.returncode == 0
    assert all(word in done.stdout for word in ("report", "tone", "actors"))


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
@pytest.mark.parametrize("command", ["report", "tone", "actors"])
def test_a_mistake_in_the_registry_names_its_line(tmp_path, capsys, monkeypatch, command):
    """File, line, and the nearest valid word; no report is begun."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Norway won.\n\nNorway lost.\n")
    (tmp_path / "a.toml").write_text('[[actor]]\nname = "Norway"\nalias = ["Oslo"]\n')
    assert main([command, "a.txt"]) == 2
    printed = capsys.readouterr()
    assert "a.toml, line 3" in printed.err
    assert "'aliases'" in printed.err
    assert printed.out == ""
    assert not list(tmp_path.glob("reports/*/index.html"))


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_tone_prints_every_actor(capsys):
    """A table on standard output, with counts and intervals or the reason there is none."""
    assert main(["tone"]) == 0
    printed = capsys.readouterr().out
    assert all(name in printed for name in ("Russia", "Ukraine", "Choe Son Hui", "too few", " of "))


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
class TestFormats:
    """toward tone in forms other programs read."""

    @pytest.fixture
    def files(self, tmp_path):
        """Three articles: two with actors, one without."""
        texts = ("Norway attacked Sweden.\n", "It rained all day.\n", "Sweden praised Denmark.\n\nDenmark won.\n")
        paths = [tmp_path / f"{name}.txt" for name in "abc"]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text)
        return [str(path) for path in paths]

    @pytest.mark.parametrize("more, name", [((), "actors"), (("--sentences",), "mentions")])
    def test_csv_and_json_are_the_frame_of_all_articles(self, files, capsys, more, name):
        """One head, the rows of all in order; CSV and JSON hold the same."""
        frames = [getattr(open_article(path), name) for path in files]
        whole = pandas.concat(frames, ignore_index=True)
        assert main(["tone", *files, "--format", "csv", *more]) == 0
        printed = capsys.readouterr().out
        assert "\r" not in printed
        read = pandas.read_csv(io.StringIO(printed))
        assert list(read.columns) == list(whole.columns)
        assert read.actor.tolist() == whole.actor.tolist()
        assert read.article.tolist() == whole.article.tolist()
        assert read.tone.tolist() == pytest.approx(whole.tone.tolist(), abs=1e-6, nan_ok=True)
        assert main(["tone", *files, "--format", "json", *more]) == 0
        rows = json.loads(capsys.readouterr().out)
        assert [row["actor"] for row in rows] == whole.actor.tolist()
        assert {name for row in rows for name in row} == set(whole.columns)

    def test_tables_of_several_articles_stand_under_their_titles(self, files, capsys):
        """Also of one without actors."""
        assert main(["tone", *files]) == 0
        printed = capsys.readouterr().out
        assert printed.count("sha256") == 3
        assert printed.count("No person, country or organisation") == 1
        assert main(["tone", files[0], "--sentences"]) == 0
        assert "Tone at every mention" in capsys.readouterr().out

    @pytest.mark.parametrize("form", ["table", "csv", "json"])
    def test_no_actors_is_an_answer_in_every_form(self, files, capsys, form):
        """A sentence, a head without rows, an empty list."""
        assert main(["tone", files[1], "--format", form]) == 0
        printed = capsys.readouterr().out
        assert {"table": "No person" in printed, "csv": printed.count("\n") == 1, "json": printed == "[]\n"}[form]

    def test_one_bad_article_and_nothing_is_printed(self, files, capsys):
        """Not half of it."""
        assert main(["tone", *files, "no-such-file.txt", "--format", "csv"]) == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        assert "no-such-file.txt" in printed.err


@pytest.mark.slow
def test_a_text_from_standard_input():
    """Once; its bytes are read as those of a file are."""
    done = run("tone", "-", "--format", "json", input="Norway attacked Sweden.\n")
    assert [row["actor"] for row in json.loads(done.stdout)] == ["Norway", "Sweden"]
    assert "standard input holds no words (1 character)" in run("tone", "-", input=" ").stderr


@pytest.mark.parametrize(
    "arguments, says", [(["--format", "xml"], "xml"), (["-", "-"], "name - once"), ([""], "path of the article is empty")]
)
def test_what_tone_cannot_do_is_a_sentence_and_2(capsys, arguments, says):
    """And nothing is printed."""
    try:
        code = main(["tone", *arguments])
    except SystemExit as done:  # argparse ends the process itself
        code = done.code
    printed = capsys.readouterr()
    assert code == 2
    assert says in printed.err
    assert printed.out == ""


@pytest.mark.slow
@pytest.mark.parametrize("text", ["It rained all day.\n", "Rain.\n", "word\n"])
def test_an_article_without_actors_says_so(tmp_path, capsys, text):
    """No actor is an answer, not an error."""
    path = tmp_path / "a.txt"
    path.write_text(text)
    assert main(["tone", str(path)]) == 0
    assert "No person, country or organisation" in capsys.readouterr().out


@pytest.mark.slow
def test_a_closed_pipe_is_no_error():
    """As in: toward tone | head -1."""
    command = f'"{sys.executable}" -c "from analysis.cli import entry; entry()" tone | head -1; exit ${{PIPESTATUS[0]}}'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=os.environ, check=False)
    assert "Traceback" not in done.stderr
    assert "Lavrov to Visit" in done.stdout


@pytest.mark.slow
def test_a_sheet_is_drawn_coded_and_checked(tmp_path, capsys):
    """From articles to the paragraph for the methods section; a label that is none is named by its row."""
    path = tmp_path / "news.txt"
    lines = [f"Norway {what} Sweden on day {n}." for n in range(12) for what in ("attacked", "praised")]
    path.write_text("\n\n".join(lines))
    sheet = tmp_path / "news.sheet.csv"
    assert main(["sample", str(path), "--size", "20", "--out", str(sheet), "--coders", "Ada", "Ben"]) == 0
    assert "20 of " in capsys.readouterr().out
    head, *rows = csv.reader(io.StringIO(sheet.read_text("utf-8-sig")))
    for at, row in enumerate(rows):
        row[4:6] = ["negative" if "attacked" in row[2] else "none", "none" if at % 9 == 0 else "negative"]
    for wrong, code in ((False, 0), (True, 2)):
        rows[2][4] = "nice" if wrong else rows[2][4]
        out = io.StringIO()
        csv.writer(out).writerows([head, *rows])
        sheet.write_text(out.getvalue(), encoding="utf-8")
        assert main(["check", str(sheet)]) == code
        told = capsys.readouterr()
        if wrong:
            assert told.err.startswith("toward: Row 4 of news.sheet.csv, Ada: 'nice' is no label.")
        else:
            assert "20 of 20 drawn rows were coded by 2 people." in told.out
            assert "Krippendorff’s alpha is" in told.out
            assert "Angelopoulos et al. 2023" in told.out


# --- many articles ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scored(tmp_path_factory):
    """Made rows, scored without a model."""
    from analysis.corpus import score_corpus
    from tests.corpus.made import Stub, corpus

    place = tmp_path_factory.mktemp("cli") / "scored"
    score_corpus([*corpus(), {"id": "bad", "text": "Hale is poison."}], place, workers=Stub())
    return place


def test_ask_prints_and_writes(scored, tmp_path, capsys):
    """As a table, CSV or JSON, or into a file."""
    question = "SELECT actor, count(*) AS n FROM tones GROUP BY 1 ORDER BY 1"
    assert main(["ask", str(scored), question, "--format", "csv"]) == 0
    assert capsys.readouterr().out == "actor,n\nHale,24\nMoss,12\n"
    assert main(["ask", str(scored), question, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[1] == {"actor": "Moss", "n": 12}
    assert main(["ask", str(scored), question]) == 0
    assert "Moss" in capsys.readouterr().out
    assert main(["ask", str(scored), question, "--out", str(tmp_path / "a.xlsx")]) == 0
    assert (tmp_path / "a.xlsx").stat().st_size > 1000


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ask", "SCORED", "DROP TABLE names"], "only read"),
        (["ask", "nowhere", "SELECT 1"], "no scored corpus"),
        (["score", "nowhere.csv", "--out", "OUT"], "nowhere.csv"),
        (["score", "CORPUS", "--out", "OUT", "--columns", "text"], "FIELD=COLUMN"),
        (["score", "CORPUS", "--out", "OUT", "--columns", "text=boby"], "'body'"),
        (["score", "CORPUS", "--out", "OUT", "--workers", "2", "--scheduler", "tcp://a:1"], "not both"),
        (["score", "CORPUS", "--out", "OUT", "--workers", "0"], "workers"),
        (["score", "CORPUS", "--out", "OUT", "--scorer", "encodr"], "encoder"),
        (["report", "CORPUS.txt", "--actor", "Hale"], "comparison"),
    ],
)
def test_bad_input_of_many_articles_is_a_sentence(arguments, message, scored, tmp_path, capsys):
    """Exit code 2, nothing written."""
    (tmp_path / "corpus.csv").write_text("id,body,paper\n1,Norway won the match.,The Herald\n")
    (tmp_path / "corpus.txt").write_text("Norway won.\n")
    places = {
        "SCORED": scored,
        "CORPUS": tmp_path / "corpus.csv",
        "CORPUS.txt": tmp_path / "corpus.txt",
        "OUT": tmp_path / "out",
    }
    assert main([str(places.get(one, one)) for one in arguments]) == 2
    said = capsys.readouterr().err
    assert message in said
    assert said.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_the_last_line_says_how_many_could_not_be_scored(scored, tmp_path, capsys, monkeypatch):
    """And the exit code is 1; 0 where all have rows."""
    from analysis.corpus import score as module
    from tests.corpus import made

    monkeypatch.setattr(module, "workers_for", lambda _wanted: contextlib.nullcontext(made.Stub()))
    (tmp_path / "bad.jsonl").write_text('{"id": "a", "text": "Hale won."}\n{"id": "b", "text": "poison"}\n')
    assert main(["score", str(tmp_path / "bad.jsonl"), "--out", str(tmp_path / "bad")]) == 1
    assert capsys.readouterr().out.endswith("1 article scored (1 in this run); 1 failed, listed in errors.parquet.\n")
    (tmp_path / "good.jsonl").write_text('{"id": "a", "text": "Hale won."}\n')
    assert main(["score", str(tmp_path / "good.jsonl"), "--out", str(tmp_path / "good")]) == 0
    assert "none was left out" in capsys.readouterr().out
    (tmp_path / "dates.jsonl").write_text('{"id": "a", "text": "Hale won.", "date": "05/03/2024"}\n')
    assert main(["score", str(tmp_path / "dates.jsonl"), "--out", str(tmp_path / "dates")]) == 0
    assert "1 date could not be read; the first: the date '05/03/2024' can be read in two ways." in capsys.readouterr().out


def test_how_far_a_run_is():
    """Articles, rate and time left, in words."""
    from analysis.cli import said
    from analysis.corpus import Progress

    assert said(Progress(1000, 240, 3, 20_000, 400.0)) == (
        "1,240 of about 20,000 articles, 2.5 a second, 2 h 5 min left, 3 left out"
    )
    assert said(Progress(10, 0, 0, None, 4.0)) == "10 articles, 2.5 a second"
    assert said(Progress(10, 0, 0, 20, 4.0)).endswith("under a minute left")

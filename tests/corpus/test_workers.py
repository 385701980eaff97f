"""Who scores: a Dask cluster gives the same files as this process, and an article that kills workers is found."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from analysis.collection import read_table
from analysis.corpus import score_corpus
from analysis.corpus.workers import OnDask
from tests.corpus.made import Stub, corpus, scored


@dataclass
class Cluster:
    """Workers of a scheduler, which score with made rows."""

    client: object
    calls: list[int] = field(default_factory=list)

    def each(self, _work, chunks):
        for one in OnDask(self.client).each(made_or_dead, chunks):
            self.calls.append(one.number)
            yield one


def made_or_dead(chunk):
    """Made rows; of an article that says so, what Dask says when its workers died."""
    from distributed.scheduler import KilledWorker

    if any("deadly" in article.text for article in chunk.articles):
        raise KilledWorker("chunk", SimpleNamespace(address="tcp://gone:1"), 3)
    return scored(chunk)


@pytest.fixture(scope="module")
def client():
    from distributed import Client

    with Client(
        processes=False, n_workers=1, threads_per_worker=2, dashboard_address=None, set_as_default=False, memory_limit=0
    ) as found:
        yield found


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_cluster_writes_what_this_process_writes(client, tmp_path):
    """Byte for byte, whatever the order of its answers."""
    score_corpus(corpus(), tmp_path / "here", workers=Stub(), chunk_chars=300)
    workers = Cluster(client)
    score_corpus(corpus(), tmp_path / "there", workers=workers, chunk_chars=300)
    assert sorted(workers.calls) == [0, 1, 2, 3]
    assert files(tmp_path / "here") == files(tmp_path / "there")


def test_an_article_that_kills_workers_takes_no_other_with_it(client, tmp_path):
    """Its chunk is sent article by article; it alone has no rows, with the reason."""
    rows = [
        *corpus(5),
        {"id": "deadly", "text": "Hale is deadly."},
        *[row | {"id": f"b{row['id']}", "date": None} for row in corpus(3)],
    ]
    outcome = score_corpus(rows, tmp_path / "out", workers=Cluster(client), chunk_chars=10_000)
    assert (outcome.articles, outcome.bad) == (8, 1)
    (error,) = read_table(tmp_path / "out", "errors").to_pylist()
    assert (error["article"], error["kind"], error["reason"]) == ("deadly", "failed", "its worker died")

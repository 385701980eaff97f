"""Who scores the chunks: this process, several on this machine, or those of a Dask cluster.

One way to ask for all of them: a function and an iterator of chunks go in, what the function gives comes out, in any order.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from ..collection import need
from ..constants import SCHEDULER_SECONDS
from ..errors import CorpusError
from .chunk import Chunk, ScoredChunk, lost, together

if TYPE_CHECKING:
    from distributed import Client

Work = Callable[[Chunk], ScoredChunk]


class Workers(Protocol):
    """Whoever can score chunks."""

    def each(self, work: Work, chunks: Iterator[Chunk]) -> Iterator[ScoredChunk]:
        """Score each chunk; no more are taken than can be worked on."""


class LocalProcess:
    """This process, one chunk after the other."""

    def each(self, work: Work, chunks: Iterator[Chunk]) -> Iterator[ScoredChunk]:
        """As ``Workers.each``."""
        return map(work, chunks)


@dataclass(frozen=True, slots=True)
class OnDask:
    """The workers of a Dask scheduler, on this machine or elsewhere. A chunk whose worker dies is given to another.

    Attributes:
        client: the client that is connected to the scheduler.
    """

    client: Client

    def each(self, work: Work, chunks: Iterator[Chunk]) -> Iterator[ScoredChunk]:
        """As ``Workers.each``.

        Raises:
            CorpusError: the scheduler is gone.
        """
        from distributed import as_completed
        from distributed.scheduler import KilledWorker

        running: dict[str, Chunk] = {}
        done: Any = as_completed(loop=self.client.loop)  # type: ignore[no-untyped-call]

        def send() -> None:
            while len(running) < 2 * max(1, len(self.client.scheduler_info(n_workers=-1)["workers"])):
                chunk = next(chunks, None)
                if chunk is None:
                    return
                future = self._send(work, chunk)
                running[future.key] = chunk
                done.add(future)

        with _answering():
            send()
            while running:
                future = next(done)
                chunk = running.pop(future.key)
                try:
                    scored = future.result()
                except KilledWorker:
                    scored = self._one_by_one(work, chunk)
                future.release()
                yield scored
                send()

    def _send(self, work: Work, chunk: Chunk) -> Any:
        return self.client.submit(work, chunk, pure=False)

    def _one_by_one(self, work: Work, chunk: Chunk) -> ScoredChunk:
        """The articles of a chunk that ended several workers, each by itself: all are scored but the one that does it."""
        from distributed.scheduler import KilledWorker

        parts = []
        for article in chunk.articles:
            alone = replace(chunk, articles=(article,), refusals=())
            future = self._send(work, alone)
            try:
                parts.append(future.result())
            except KilledWorker:
                parts.append(lost(alone))
            future.release()
        return together(chunk, parts)


def check_number(wanted: object) -> None:
    """Refuse a number of workers that is none.

    Raises:
        CorpusError: it is below one.
    """
    if isinstance(wanted, bool) or (isinstance(wanted, int) and wanted < 1):
        raise CorpusError(f"{wanted} workers cannot score anything. Give --workers a number from 1 on.")


@contextlib.contextmanager
def workers_for(wanted: int | str | Workers) -> Iterator[Workers]:
    """The workers somebody asked for: so many processes here, those of a scheduler's address, or the object given.

    Raises:
        CorpusError: no such number, or no scheduler answers there.
        MissingPart: dask is not installed.
    """
    check_number(wanted)
    if wanted == 1:
        yield LocalProcess()
    elif isinstance(wanted, int | str):
        need("distributed")
        with _client(wanted) as client:
            yield OnDask(client)
    else:
        yield wanted


@contextlib.contextmanager
def _client(wanted: int | str) -> Iterator[Client]:
    import dask
    import distributed

    quiet: dict[str, Any] = {"distributed.logging.distributed": "error", "distributed.worker.daemon": True}
    local: Any = distributed.LocalCluster
    connect: Any = distributed.Client
    with contextlib.ExitStack() as stack:
        stack.enter_context(dask.config.set(quiet))
        if isinstance(wanted, int):
            os.environ.setdefault("OMP_NUM_THREADS", "1")
            address: Any = stack.enter_context(
                local(
                    n_workers=wanted, threads_per_worker=1, processes=True, dashboard_address=None, memory_limit=0,
                    silence_logs=50,
                )
            )  # fmt: skip
        else:
            address = wanted
        try:
            client = stack.enter_context(connect(address, timeout=SCHEDULER_SECONDS, set_as_default=False))
        except (OSError, TimeoutError, ValueError) as problem:
            raise CorpusError(
                f"No scheduler answers at {wanted} ({type(problem).__name__}). Is it running, and can this machine reach it? "
                "What was scored before is kept: run the same command when it is back."
            ) from None
        yield client


@contextlib.contextmanager
def _answering() -> Iterator[None]:
    """Say in a sentence that the scheduler is gone."""
    from concurrent.futures import CancelledError

    from distributed.comm.core import CommClosedError

    try:
        yield
    except (CommClosedError, CancelledError, TimeoutError) as problem:
        raise CorpusError(
            f"The scheduler no longer answers ({type(problem).__name__}). What was scored is kept: run the same command again."
        ) from None

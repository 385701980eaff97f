"""Articles become reports: the notebooks are run, each becomes a page, and an index page goes in front.

One process analyses the article and writes its results into the cache; the notebooks, two at a time, open what is
there. A report appears whole or not at all: it is built beside its place and moved there in one step.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from ..errors import ReportError

if TYPE_CHECKING:
    from ..study import Study

Result = TypeVar("Result")

KERNELS = 2
"""Notebooks run at once. Each kernel keeps a core busy; more of them only wait for each other."""
LONG_CHARS = 200_000
"""A text longer than this takes so long to parse that its progress is told, and so much memory that kernels run singly."""
CELL_SECONDS = 600
"""A cell that takes longer has hung."""
LEFT_SECONDS = 3600
"""A folder of sockets that nobody holds and that is older than this was left by a killed build."""


class ProgressBar:
    """What is at work: a bar on a terminal, elsewhere one line a step. Give it to ``build_reports``.

    steps: how many there will be, from ``step_count``.
    """

    def __init__(self, steps: int) -> None:
        from tqdm import tqdm

        self._bar = None
        if sys.stderr.isatty():
            self._bar = tqdm(total=steps, bar_format="{bar:20} {n_fmt}/{total_fmt}  {desc}", leave=False, file=sys.stderr)
        self._begun = False

    def __call__(self, message: str) -> None:
        """Say what begins now; a message that ends in "%" only says how far the last one is."""
        if self._bar is None:
            sys.stderr.write(f"{message}\n")
            sys.stderr.flush()
            return
        if self._begun and not message.endswith("%"):
            self._bar.update()
        self._begun = True
        self._bar.set_description_str(message)

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()


def step_count(articles: int = 1) -> int:
    """How often ``build_reports`` reports progress: for each article its analysis, its notebooks and its index."""
    from ..study import notebook_paths

    return articles * (len(notebook_paths()) + 2)


def build_reports(
    sources: Sequence[Path | None], *, out: Path, progress: Callable[[str], None] | None = None, single: bool = False
) -> list[Path]:
    """Build the report of each article.

    Args:
        sources: paths of articles; None stands for the chosen one (``ARTICLE``, the settings file or the seed).
        out: each report goes to ``out/<article id>/``; one that is there already is replaced in one step.
        progress: called with what begins now.
        single: put index and notebooks into one file.

    Returns:
        The ``index.html`` of each report, in the order of the sources.

    Raises:
        ArticleError: an article cannot be read; nothing has been built.
        ReportError: the report cannot be written, or a notebook stopped. What was there before is untouched.
    """
    from ..study import open_article
    from .index import one_page

    tell = progress or (lambda _message: None)
    studies = [open_article(source, progress=_parsing(tell)) for source in sources]
    names: dict[str, str] = {}
    built = []
    for source, study in zip(sources, studies, strict=True):
        article = study.article
        name = (
            article.id
            if names.setdefault(article.id, article.sha256) == article.sha256
            else f"{article.id}-{article.sha256[:8]}"
        )
        folder = Path(os.path.realpath(out)) / name
        with _staged(folder) as stage:
            pages = _pages(study, source, tell)
            if single:
                pages = {"index.html": one_page(pages)}
            for file, page in pages.items():
                (stage / file).write_text(page, encoding="utf-8", newline="\n")
        built.append(folder / "index.html")
    return built


# --- pages ------------------------------------------------------------------------------------------------------
def _pages(study: Study, source: Path | None, tell: Callable[[str], None]) -> dict[str, str]:
    """Every file of a report by its name."""
    from ..study import choose, notebook_paths
    from .index import card, index_page, index_parts

    paths = notebook_paths()
    env = dict(os.environ)
    located, chosen = choose(source)
    if chosen in ("argument", "ARTICLE"):
        env["ARTICLE"] = str(located)
    with _without_grammars():
        import nbformat

        from .exporter import ReportExporter
    tell(f"{study.article.title}: analysis")
    notebooks = [nbformat.read(path, as_version=4) for path in paths]  # type: ignore[no-untyped-call]
    run = _run(
        notebooks,
        paths,
        env,
        tell,
        analyse=lambda: _analyse(study),
        meanwhile=lambda: index_parts(study),
        at_once=KERNELS if len(study.article.text) < LONG_CHARS else 1,
    )
    parts = _finished(run)
    exporter = ReportExporter()  # type: ignore[no-untyped-call]
    pages = {}
    for path, notebook in zip(paths, notebooks, strict=True):
        place = {"metadata": {"name": path.stem, "path": str(path.parent)}}
        pages[f"{path.stem}.html"], _ = exporter.from_notebook_node(notebook, resources=place)
    tell(f"{study.article.title}: index")
    index = index_page(parts, [card(path, notebook) for path, notebook in zip(paths, notebooks, strict=True)])
    return {"index.html": index, **pages}


def _finished(run: Coroutine[Any, Any, Result]) -> Result:
    """What a coroutine comes to; on a thread of its own where an event loop is at work already, as in JupyterLab."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(run)
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, run).result()


def _parsing(tell: Callable[[str], None]) -> Callable[[int, int], None]:
    """Progress through a long text, a tenth at a time; a text of usual length needs none."""
    said = 0

    def progress(done: int, total: int) -> None:
        nonlocal said
        tenths = 10 * done // max(total, 1)
        if total >= LONG_CHARS and said < tenths < 10:
            said = tenths
            tell(f"sentences: {10 * tenths} %")

    return progress


def _analyse(study: Study) -> None:
    """Compute, and so keep in the cache, all that the notebooks will ask for."""
    from ..tone import SCORERS

    _ = study.series, study.sentiments, [study.scores_by(scorer) for scorer in SCORERS], study.stances


@contextlib.contextmanager
def _without_grammars() -> Iterator[None]:
    """Keep jsonschema from compiling the grammars of internationalised addresses, which no notebook needs: 1.2 s."""
    spared = "rfc3987_syntax" not in sys.modules
    if spared:
        sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if spared:
            sys.modules.pop("rfc3987_syntax", None)


# --- running ----------------------------------------------------------------------------------------------------
async def _run(
    notebooks: Sequence[Any],
    paths: Sequence[Path],
    env: dict[str, str],
    tell: Callable[[str], None],
    *,
    analyse: Callable[[], None],
    meanwhile: Callable[[], Result],
    at_once: int = KERNELS,
) -> Result:
    """Run the notebooks in place, some at once. Kernels start while the article is analysed, then wait for it.

    Returns:
        What ``meanwhile`` made, after the analysis and beside the notebooks.
    """
    ready = _in_thread(analyse)
    gate = asyncio.Semaphore(at_once)

    async def run(notebook: Any, path: Path, number: int) -> None:
        async with gate:
            await _run_one(notebook, path, _Place(env, sockets / f"{number}.json", ready, tell))

    async def after() -> Result:
        await asyncio.shield(ready)
        return await _in_thread(meanwhile)

    with _sockets() as sockets:
        made = asyncio.ensure_future(after())
        pairs = enumerate(zip(notebooks, paths, strict=True))
        tasks = [made, *(asyncio.ensure_future(run(notebook, path, number)) for number, (notebook, path) in pairs)]
        try:
            await asyncio.gather(*tasks)
            return made.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


@contextlib.contextmanager
def _sockets() -> Iterator[Path]:
    """A folder for the kernels' sockets. Those that killed builds left an hour ago and more are removed."""
    for left in Path(tempfile.gettempdir()).glob("toward-kernels-*"):
        with contextlib.suppress(OSError):
            lock = _lock(left, wait=False)
            if lock is not None and time.time() - left.stat().st_mtime > LEFT_SECONDS:
                shutil.rmtree(left, ignore_errors=True)
            if lock is not None:
                os.close(lock)
    folder = Path(tempfile.mkdtemp(prefix="toward-kernels-"))
    lock = _lock(folder, wait=False)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def _in_thread(work: Callable[[], Result]) -> asyncio.Future[Result]:
    """Work in a thread that Ctrl-C does not wait for."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Result] = loop.create_future()

    def settle(result: Result | None, problem: BaseException | None) -> None:
        if done.done():
            return
        if problem is None:
            done.set_result(cast("Result", result))
        else:
            done.set_exception(problem)

    def target() -> None:
        result, problem = None, None
        try:
            result = work()
        except BaseException as raised:  # noqa: BLE001 - handed to whoever waits
            problem = raised
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, result, problem)

    threading.Thread(target=target, name="analysis", daemon=True).start()
    return done


@dataclass(frozen=True, slots=True)
class _Place:
    """What a notebook of a report runs with. connection: the file that says where its kernel listens."""

    env: dict[str, str]
    connection: Path
    ready: Awaitable[None]
    tell: Callable[[str], None]


async def _run_one(notebook: Any, path: Path, place: _Place) -> None:
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellControlSignal, CellExecutionError, CellTimeoutError, DeadKernelError

    manager = AsyncKernelManager(kernel_name="python3", connection_file=str(place.connection))
    manager.transport = _transport(place.connection)
    client = NotebookClient(notebook, km=manager, timeout=CELL_SECONDS, record_timing=False, coalesce_streams=True)
    number = 0
    try:
        await manager.start_kernel(
            cwd=str(path.parent),
            env=place.env,
            extra_arguments=["--HistoryManager.enabled=False", "--IPKernelApp.log_level=40"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        await client.async_start_new_kernel_client()
        await asyncio.shield(place.ready)
        place.tell(path.stem)
        for number, cell in enumerate(notebook.cells):
            if "remove-cell" in cell.metadata.get("tags", []):
                continue  # controls for JupyterLab: no page shows them
            await client.async_execute_cell(cell, number)
    except CellExecutionError as problem:
        known = _is_ours(problem.ename)
        detail = problem.evalue if known else f"{problem.ename}: {problem.evalue}"
        raise ReportError(f"{path.name} stopped in cell {number + 1}. {detail}") from None
    except CellTimeoutError:
        raise ReportError(
            f"{path.name} stopped in cell {number + 1}, which took longer than {CELL_SECONDS} seconds. Try a part of the text."
        ) from None
    except (CellControlSignal, DeadKernelError, RuntimeError, TimeoutError) as problem:
        raise ReportError(
            f"{path.name} stopped in cell {number + 1}: its kernel did not answer ({type(problem).__name__}). "
            "Free some memory and build again."
        ) from None
    finally:
        if client.kc is not None:
            client.kc.stop_channels()
        if manager.has_kernel:
            await manager.shutdown_kernel(now=True)


def _transport(connection: Path) -> str:
    """Sockets in a folder of our own, which no other process can take meanwhile; ports where there are none.

    A socket's whole path may have 103 bytes (macOS; Linux 107), and temporary folders can lie deep.
    """
    return "ipc" if os.name == "posix" and len(os.fsencode(connection.with_name(f"{connection.stem}-ipc-5"))) <= 103 else "tcp"


def _is_ours(name: str) -> bool:
    from .. import errors

    found = getattr(errors, name, None)
    return isinstance(found, type) and issubclass(found, errors.TowardError)


# --- one step or none -------------------------------------------------------------------------------------------
@contextlib.contextmanager
def _staged(folder: Path) -> Iterator[Path]:
    """A folder to build in, beside ``folder``, which takes its place when the block ends well and goes when not.

    Raises:
        ReportError: the place cannot be written, or holds something that is not a report.
    """
    stage: Path | None = None
    lock = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _locked(folder.parent):
            _clear(folder)
            _check_replaceable(folder)
            stage = folder.parent / f".{folder.name}.{os.getpid()}.part"
            stage.mkdir()
            lock = _lock(stage, wait=False)
        yield stage
        _swap(stage, folder)
    except OSError as problem:
        raise ReportError(
            f"The report cannot be written to {folder}: {problem.strerror or problem}. "
            "Make room, or name another folder with --out."
        ) from None
    finally:
        if stage is not None:
            shutil.rmtree(stage, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def _check_replaceable(folder: Path) -> None:
    """A report may be replaced, an empty folder too; anything else is somebody's work."""
    if not folder.exists():
        return
    index = folder / "index.html"
    ours = index.is_file() and '<meta name="generator" content="toward">' in index.read_text("utf-8", "replace")[:2000]
    if not folder.is_dir() or not (ours or not any(folder.iterdir())):
        raise ReportError(f"{folder} holds something that is not a report. Move it away, or name another folder with --out.")


def _clear(folder: Path) -> None:
    """Remove what killed builds of this report left; what a living one holds is locked and stays."""
    for left in sorted(folder.parent.glob(f".{folder.name}.*")):
        if not re.fullmatch(re.escape(f".{folder.name}.") + r"\d+\.(part|old)", left.name):
            continue
        lock = _lock(left, wait=False)
        if lock is None:
            continue
        if left.suffix == ".old" and not folder.exists():
            left.rename(folder)
        else:
            shutil.rmtree(left, ignore_errors=True)
        os.close(lock)


def _swap(stage: Path, folder: Path) -> None:
    """Put the stage in the folder's place. Where the system can exchange two names, no moment is without a report."""
    if not folder.exists():
        stage.rename(folder)
    elif not _exchange(stage, folder):
        old = stage.with_suffix(".old")
        folder.rename(old)
        try:
            stage.rename(folder)
        except OSError:
            old.rename(folder)
            raise
        shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step (Linux's ``renameat2``); False where that is not to be had."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    here, exchange = -100, 2
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)


def _lock(folder: Path, *, wait: bool) -> int | None:
    """Lock a folder for as long as the returned descriptor is open; None where another process holds it."""
    try:
        import fcntl
    except ImportError:
        return None
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    lock = _lock(folder, wait=True)
    try:
        yield
    finally:
        if lock is not None:
            os.close(lock)

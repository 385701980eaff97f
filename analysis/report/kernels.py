"""Notebooks run, two at a time, each in a kernel of its own."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

from ..errors import ReportError
from .publish import take_lock

Result = TypeVar("Result")

KERNELS = 2
"""Notebooks run at once. Each kernel keeps a core busy; more of them only wait for each other."""
CELL_SECONDS = 600
"""A cell that takes longer has hung."""
LEFT_SECONDS = 3600
"""A folder of sockets that nobody holds and that is older than this was left by a killed build."""


def finished(run: Coroutine[Any, Any, Result]) -> Result:
    """What a coroutine comes to; on a thread of its own where an event loop is at work already, as in JupyterLab."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(run)
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, run).result()


async def run_notebooks(
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
            await _run_one(notebook, path, _KernelSetup(env, sockets / f"{number}.json", ready, tell))

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
            lock = take_lock(left, wait=False)
            if lock is not None and time.time() - left.stat().st_mtime > LEFT_SECONDS:
                shutil.rmtree(left, ignore_errors=True)
            if lock is not None:
                os.close(lock)
    folder = Path(tempfile.mkdtemp(prefix="toward-kernels-"))
    lock = take_lock(folder, wait=False)
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
class _KernelSetup:
    """What a notebook of a report runs with. connection: the file that says where its kernel listens."""

    env: dict[str, str]
    connection: Path
    ready: Awaitable[None]
    tell: Callable[[str], None]


async def _run_one(notebook: Any, path: Path, place: _KernelSetup) -> None:
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

    known = getattr(errors, name, None)
    return isinstance(known, type) and issubclass(known, errors.TowardError)

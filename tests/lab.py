"""A JupyterLab server with a notebook of one article, started once for all tests that look at one."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests import ten
from tests.test_contrast import contrast as ratio

if TYPE_CHECKING:
    from playwright.sync_api import Page

CELLS = (
    "from analysis import open_article\nfrom analysis.charts import browse, explore\nstudy = open_article('both.txt')",
    "browse(study)",
    "explore(study, actor='Denmark')",
)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the notebook in a JupyterLab that serves a folder."""
    (folder / "both.txt").write_text(ten.TEXTS["both"], encoding="utf-8")
    cells = [
        {"cell_type": "code", "id": f"c{place}", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
        for place, source in enumerate(CELLS)
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    (folder / "look.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--expose-app-in-browser",
        f"--port={port}",
        "--ip=127.0.0.1",
    ]
    command += ["--IdentityProvider.token=", "--ServerApp.root_dir=" + str(folder), "--allow-root"]
    command += ["--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    own = {"JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"), "JUPYTERLAB_WORKSPACES_DIR": str(folder / "spaces")}
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=folder, env={**os.environ, **own}, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{address}/api", timeout=5)
                break
            except OSError:
                if server.poll() is not None:
                    break
                time.sleep(0.5)
        else:
            raise AssertionError((folder / "server.log").read_text())
        yield f"{address}/lab/tree/look.ipynb?reset"
    finally:
        server.terminate()
        server.wait(30)


def run_all(page: Page, address: str) -> None:
    """Open the notebook as a reader does, run every cell, and wait for what both calls show."""
    page.goto(address, wait_until="commit")
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    page.evaluate("""async () => {
      const open = window.jupyterapp.shell.currentWidget;
      await open.context.ready;
      await open.sessionContext.ready;
      await open.sessionContext.session.kernel.info;
    }""")
    page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); return 1; }")
    page.wait_for_selector(".widget-html-content .toward-chart")
    page.wait_for_selector(".jp-RenderedHTML .toward-chart")


def change_theme(page: Page, theme: str) -> None:
    """Light or dark, and wait until the page has it."""
    page.evaluate(f"() => {{ window.jupyterapp.commands.execute('apputils:change-theme', {{theme: '{theme}'}}); return 1; }}")
    page.wait_for_function(f"() => document.body.dataset.jpThemeName === '{theme}'")
    page.wait_for_timeout(500)


def contrast(page: Page, selector: str) -> float:
    """How far a text stands out from the nearest ground behind it that has a colour."""
    found = page.locator(selector).first.evaluate("""text => {
      let ground = text;
      while (ground && getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)') ground = ground.parentElement;
      return [getComputedStyle(text).color, ground ? getComputedStyle(ground).backgroundColor : 'rgb(255, 255, 255)'];
    }""")
    text, ground = ("#" + "".join(f"{int(float(part)):02x}" for part in re.findall(r"[\d.]+", one)[:3]) for one in found)
    return ratio(text, ground)

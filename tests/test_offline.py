"""The package works with the network cut off: nothing is downloaded at run time."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile

import pytest


def test_the_guard_guards(cut_off):
    """A test that cannot fail is none: the guard stops a connection."""
    code = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
    done = subprocess.run([sys.executable, "-c", code], env=cut_off, capture_output=True, text=True, check=False)
    assert "cut off in this test" in done.stderr


@pytest.fixture
def installed(wheel, tmp_path):
    """The project as a wheel, unpacked into a folder of its own."""
    with zipfile.ZipFile(wheel) as file:
        file.extractall(tmp_path / "site")
    return tmp_path / "site"


@pytest.mark.slow
@pytest.mark.xdist_group("offline")
def test_a_whole_report_from_a_wheel_without_a_network(cut_off, installed, tmp_path):
    """From a text to its pages, kernels included, far from the checkout and beside a file analysis.py of the user's."""
    article = tmp_path / "a.txt"
    (tmp_path / "analysis.py").write_text("raise RuntimeError('the wrong file')\n")
    article.write_text("Norway praises Sweden\n\nNorway praised the brave Sweden. Denmark was attacked by Finland.\n")
    cut_off["PYTHONPATH"] += os.pathsep + str(installed)
    where = [sys.executable, "-c", "import toward; print(toward.__file__)"]
    found = subprocess.run(where, env=cut_off, capture_output=True, text=True, check=True, cwd=tmp_path).stdout
    assert found.startswith(str(installed))
    command = [sys.executable, "-c", "from toward.cli import entry; entry()", "report", "a.txt", "--out", "out"]
    done = subprocess.run(command, env=cut_off, capture_output=True, text=True, check=False, timeout=300, cwd=tmp_path)
    assert done.returncode == 0, done.stderr[-2000:]
    pages = sorted(path.name for path in (tmp_path / "out" / "a").glob("*.html"))
    assert pages[-1] == "index.html"
    assert len(pages) >= 5

"""The package works with the network cut off: nothing is downloaded at run time."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile

import pytest

GUARD = """
import socket
_connect = socket.socket.connect
def connect(self, address):
    host = address[0] if isinstance(address, tuple) else ""
    if self.family != getattr(socket, "AF_UNIX", None) and host not in ("127.0.0.1", "::1", "localhost"):
        raise OSError(f"the network is cut off in this test: {address!r}")
    return _connect(self, address)
socket.socket.connect = socket.socket.connect_ex = connect
_lookup = socket.getaddrinfo
def getaddrinfo(host, *rest, **more):
    if host not in (None, "", "127.0.0.1", "::1", "localhost"):
        raise OSError(f"the network is cut off in this test: {host!r}")
    return _lookup(host, *rest, **more)
socket.getaddrinfo = getaddrinfo
"""


@pytest.fixture
def cut_off(tmp_path):
    """An environment in which every Python process refuses to leave this machine, and knows no user's files."""
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD)
    (tmp_path / "home").mkdir()
    return {
        **os.environ,
        "PYTHONPATH": str(tmp_path / "guard"),
        "HOME": str(tmp_path / "home"),
        "TOWARD_CACHE": str(tmp_path / "cache"),
        "NO_PROXY": "*",
    }


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

"""The package works with the network cut off: nothing is downloaded at run time."""

from __future__ import annotations

import os
import subprocess
import sys

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


@pytest.mark.slow
@pytest.mark.xdist_group("offline")
def test_a_whole_report_without_a_network(cut_off, tmp_path):
    """From a text to its pages, kernels included."""
    article = tmp_path / "a.txt"
    article.write_text("Norway praises Sweden\n\nNorway praised the brave Sweden. Denmark was attacked by Finland.\n")
    command = [
        sys.executable,
        "-c",
        "from analysis.cli import entry; entry()",
        "report",
        str(article),
        "--out",
        str(tmp_path / "out"),
    ]
    done = subprocess.run(command, env=cut_off, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    assert (tmp_path / "out" / "a" / "index.html").is_file()

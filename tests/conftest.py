"""Shared by all tests: a cache of their own, and the seed article opened once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

# `make mutants` runs the tests a thousand times, with fewer examples each.
EXAMPLES = int(os.environ.get("TOWARD_TEST_EXAMPLES", "100"))
settings.register_profile("toward", deadline=None, derandomize=True, max_examples=EXAMPLES)
settings.load_profile("toward")

os.environ["TOWARD_CACHE"] = os.environ.get("TOWARD_TEST_CACHE") or tempfile.mkdtemp(prefix="toward-cache-")
os.environ["TOWARD_TEST_CACHE"] = os.environ["TOWARD_CACHE"]
os.environ.pop("ARTICLE", None)
# Child processes and kernels test this checkout, not what else may be installed.
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH")]))

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
"""A sitecustomize.py that keeps a Python process on this machine."""


@pytest.fixture(scope="session")
def seed():
    """The seed article, opened as the report opens it."""
    from analysis import open_article
    from analysis.study import seed_path

    return open_article(seed_path(), evidence=True)


@pytest.fixture
def fresh(tmp_path, monkeypatch):
    """An empty cache of its own."""
    monkeypatch.setenv("TOWARD_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    """The project as a wheel, built from a copy so that nothing is left in the checkout."""
    root, folder = Path(__file__).parents[1], tmp_path_factory.mktemp("wheel")
    for name in ("analysis", "benchmarks", "notebooks", "seeds", "toward"):
        shutil.copytree(root / name, folder / "copy" / name)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy2(root / name, folder / "copy" / name)
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-cache-dir"]
    subprocess.run([*build, "--wheel-dir", str(folder), str(folder / "copy")], check=True, capture_output=True)
    (made,) = folder.glob("toward-*.whl")
    return made


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

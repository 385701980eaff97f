"""``import toward`` is the package under its own name, beside ``import analysis`` and beside any file of that name."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

STRAY = "raise RuntimeError('the wrong file')\n"


def run(code: str, cwd: Path, python: Path | str = sys.executable, **env: str) -> str:
    """What a fresh process prints."""
    done = subprocess.run(
        [str(python), "-c", code], cwd=cwd, env=os.environ | env, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


@pytest.mark.parametrize("order", ["toward, analysis", "analysis, toward"])
def test_both_names_are_one_package(tmp_path, order):
    """The same modules and classes, whichever name came first; the same public names and version."""
    code = (
        f"import {order}, toward.model, analysis.model, toward.tone.scorers\n"
        "from analysis.tone import scorers\n"
        "from toward import open_article\n"
        "assert toward is analysis and toward.model.Article is analysis.model.Article\n"
        "assert toward.tone.scorers is scorers and open_article is analysis.open_article\n"
        "print(toward.__version__, *toward.__all__)"
    )
    import analysis

    assert run(code, tmp_path) == " ".join([analysis.__version__, *analysis.__all__])


def test_a_file_of_the_name_analysis_is_not_imported(tmp_path):
    """The code is then loaded as ``toward``; the user's own module stays what it is."""
    (tmp_path / "analysis.py").write_text("MINE = 1\n")
    code = (
        "import toward, toward.model, analysis, sys\n"
        "assert analysis.MINE == 1 and 'toward.model' in sys.modules\n"
        "assert toward.read_text('Norway won.').__class__ is toward.model.Article\n"
        "print(toward.model.Article.__module__, len(toward.__all__))"
    )
    import analysis

    assert run(code, tmp_path) == f"toward.model {len(analysis.__all__)}"


def test_what_is_not_there_is_an_import_error(tmp_path):
    """Under the name that was asked for."""
    code = "try:\n    import toward.nothing\nexcept ModuleNotFoundError as error:\n    print(error.name)"
    assert run(code, tmp_path) == "toward.nothing"


def test_the_module_can_be_run(tmp_path):
    """``python -m toward.cli``, beside a file analysis.py or not."""
    command = [sys.executable, "-m", "toward.cli", "--version"]
    for _ in range(2):
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
        assert done.stdout.startswith("toward ")
        (tmp_path / "analysis.py").write_text(STRAY)


@pytest.mark.slow
@pytest.mark.xdist_group("offline")
def test_the_wheel_carries_the_seeds(wheel):
    """The article and the collection, whole."""
    with zipfile.ZipFile(wheel) as packed:
        carried = {name.removeprefix("analysis/seeds/") for name in packed.namelist() if name.startswith("analysis/seeds/")}
    seeds = Path(__file__).parents[1] / "seeds"
    assert carried == {path.relative_to(seeds).as_posix() for path in seeds.rglob("*") if path.is_file()}
    assert sum(name.startswith("flood/") and not name.endswith(".toml") for name in carried) == 16


@pytest.fixture
def clean(wheel, tmp_path):
    """An environment in which this wheel is installed, with the packages it needs and nothing of this checkout."""
    venv.create(tmp_path / "env", with_pip=False, symlinks=True)
    python = tmp_path / "env" / "bin" / "python"
    (site,) = (tmp_path / "env").glob("lib/python*/site-packages")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, str(wheel)], env=os.environ | {"PYTHONPATH": ""}, check=True, capture_output=True)
    (site / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n")  # its packages; not the .pth files in it
    (tmp_path / "env" / "share").symlink_to(Path(sys.prefix) / "share")  # nbconvert's own templates
    return tmp_path / "env" / "bin"


@pytest.mark.slow
@pytest.mark.xdist_group("offline")
def test_the_wheel_works_beside_a_file_analysis_py(clean, tmp_path):
    """In Python, as a command, and as nbconvert's exporter."""
    work = tmp_path / "work"
    work.mkdir()
    (work / "analysis.py").write_text(STRAY)
    (work / "a.txt").write_text("Norway praises Sweden\n\nNorway praised the brave Sweden.\n")
    bare = {"PYTHONPATH": "", "TOWARD_CACHE": str(tmp_path / "cache")}
    where = run("import toward; print(toward.__file__)", work, clean / "python", **bare)
    assert where.startswith(str(tmp_path / "env"))
    code = "import toward; print(*toward.open_article('a.txt').mentions.actor)"
    assert "Sweden" in run(code, work, clean / "python", **bare)
    command = [str(clean / "toward"), "tone", "a.txt", "--scorer", "clause"]
    done = subprocess.run(command, cwd=work, env=os.environ | bare, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Sweden" in done.stdout
    code = "from nbconvert.exporters import get_exporter; print(get_exporter('toward').__name__)"
    assert run(code, work, clean / "python", **bare) == "ReportExporter"

"""A release's dry run: ``make release-check``. Nothing is uploaded.

Builds sdist and wheel twice from the last commit and compares their bytes, checks their metadata, and installs the wheel into
an empty environment of each Python that is present. The files are left in ``dist/``.
"""

from __future__ import annotations

import gzip
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYTHONS = ("python3.11", "python3.12", "python3.13")
SENTENCE = "Norway said that the rescuers of Sweden were brave.\n"


def main() -> int:
    """Run every check.

    Returns:
        0 when all hold; a check that fails ends the process with its output.
    """
    with tempfile.TemporaryDirectory() as folder:
        first, second = (build(Path(folder) / name) for name in ("first", "second"))
        if [digest(path) for path in first] != [digest(path) for path in second]:
            sys.exit(f"Two builds of one commit differ: {', '.join(path.name for path in first)}")
        print("Two builds of one commit are the same to the byte.")
        run(sys.executable, "-m", "twine", "check", "--strict", *first)
        for python in filter(is_present, PYTHONS):
            try_wheel(python, next(path for path in first if path.suffix == ".whl"), Path(folder) / python)
            print(f"{python}: installs and runs.")
        (ROOT / "dist").mkdir(exist_ok=True)
        for path in first:
            shutil.copy(path, ROOT / "dist")
            print(f"dist/{path.name}  sha256 {digest(path)}")
    return 0


def is_present(python: str) -> bool:
    """Whether a Python of that name can be started; a version manager may leave names that start nothing."""
    return (
        shutil.which(python) is not None
        and not subprocess.run([python, "--version"], capture_output=True, check=False).returncode
    )


def build(folder: Path) -> list[Path]:
    """Sdist and wheel of the last commit, in the order of their names."""
    source, out = folder / "source", folder / "out"
    source.mkdir(parents=True)
    archive = run("git", "archive", "HEAD", cwd=ROOT)
    with tarfile.open(fileobj=io.BytesIO(archive)) as tree:
        tree.extractall(source, filter="data")
    epoch = run("git", "log", "-1", "--format=%ct", cwd=ROOT).decode().strip()
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, cwd=source, SOURCE_DATE_EPOCH=epoch)
    for sdist in out.glob("*.tar.gz"):
        settle(sdist, int(epoch))
    return sorted(out.iterdir())


def settle(sdist: Path, epoch: int) -> None:
    """Write an sdist again without what differs from one build to the next: times and owners."""
    settled = io.BytesIO()
    with tarfile.open(sdist) as old, tarfile.open(fileobj=settled, mode="w", format=tarfile.PAX_FORMAT) as new:
        for item in sorted(old.getmembers(), key=lambda member: member.name):
            content = old.extractfile(item) if item.isfile() else None
            item.mtime, item.uid, item.gid, item.uname, item.gname, item.pax_headers = epoch, 0, 0, "", "", {}
            new.addfile(item, content)
    sdist.write_bytes(gzip.compress(settled.getvalue(), mtime=0))


def try_wheel(python: str, wheel: Path, folder: Path) -> None:
    """Install a wheel into an empty environment and score a sentence with it, away from the source."""
    run(python, "-m", "venv", folder)
    run(folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel)
    text = folder / "text.txt"
    text.write_text(SENTENCE, "utf-8")
    said = run(folder / "bin" / "toward", "tone", text, "--sentences", "--format", "csv", cwd=folder)
    if b"Sweden" not in said:
        sys.exit(f"{python}: the installed command found no actor in {SENTENCE!r}:\n{said.decode()}")


def digest(path: Path) -> str:
    """Of a file's bytes, in hexadecimal."""
    return sha256(path.read_bytes()).hexdigest()


def run(*command: str | Path, cwd: Path | None = None, **environment: str) -> bytes:
    """What a command prints; its failure ends the process with what it said."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env={**kept, **environment}, capture_output=True, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{(done.stdout + done.stderr).decode(errors='replace')[-4000:]}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())

"""The README's pictures are those that the code makes; every file it names is there."""

from __future__ import annotations

import inspect
import os
import re
import runpy
import struct
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).parents[1]


def pictures() -> dict:
    return runpy.run_path(str(ROOT / "docs" / "pictures.py"))


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
@pytest.mark.parametrize("name", ["tone", "comparison"])
def test_the_charts_of_the_readme_are_fresh(name):
    """Drawn again, they are the same to the byte."""
    drawn = pictures()[f"{name}_picture"]()
    assert (ROOT / "docs" / f"{name}.svg").read_text("utf-8") == drawn, "The chart has changed: run make pictures"


@pytest.mark.slow
@pytest.mark.xdist_group("report")
def test_the_screenshots_of_the_readme_are_fresh():
    """The index page of the seed is the one they were taken from."""
    from tests import sites

    now = pictures()["fingerprint"](sites.pages("seed")["index.html"])
    assert (ROOT / "docs" / "pictures.sha256").read_text("utf-8") == now, "The page has changed: run make pictures"


def test_the_fingerprint_sees_the_page_and_not_its_downloads():
    """A changed word or rule of style shows; a download packed another way does not."""
    of = pictures()["fingerprint"]
    page = '<style>a{{color:{}}}</style><p>{}</p><a href="data:application/gzip;base64,{}">x</a>'
    assert of(page.format("red", "one", "AAAA")) == of(page.format("red", "one", "BBBB"))
    assert len({of(page.format(*look, "AAAA")) for look in (("red", "one"), ("blue", "one"), ("red", "two"))}) == 3


def test_the_screenshots_are_light_and_of_two_sizes():
    """PNG files under 250 KB, as wide as a desktop and a phone; the README shows both and says what they show."""
    text = (ROOT / "README.md").read_text("utf-8")
    for width, height in pictures()["SIZES"].items():
        name = f"docs/index-{width}.png"
        raw = (ROOT / name).read_bytes()
        assert struct.unpack(">II", raw[16:24]) == (width, height)
        assert len(raw) < 250_000
        assert re.search(rf"!\[[^\]]{{40,}}\]\({re.escape(name)}\)|<img (?=[^>]*alt=\"[^\"]{{40,}}\")[^>]*src=\"{name}\"", text)


def test_every_file_the_readme_names_exists():
    """Folders and pictures."""
    text = (ROOT / "README.md").read_text("utf-8")
    named = set(re.findall(r"\]\((docs/[^)]+)\)|src=\"(docs/[^\"]+)\"", text))
    named = {name for pair in named for name in pair if name} | set(re.findall(r"^\| `([a-z]+/)`", text, re.MULTILINE))
    assert len(named) > 3
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_share_of_wrong_positions_is_no_rosier_than_measured():
    """Page 06 says how many positions are wrong, in tenths: as measured or one more, since the rules were made on these."""
    import json

    measured = json.loads((ROOT / "benchmarks" / "discourse.json").read_text("utf-8"))["positions"]["precision"]
    page = (ROOT / "notebooks" / "06-who-stands-where-on-whom.ipynb").read_text("utf-8")
    (said,) = re.findall(r"about (\w+) of ten in labelled articles", page)
    assert ["none", "one", "two", "three", "four", "five"].index(said) - round(10 * (1 - measured)) in (0, 1)


def test_the_positions_in_the_methodology_are_as_measured():
    """How many positions are right, and how many of those that are held are found, of 100 and within 2 of them."""
    import json

    measured = json.loads((ROOT / "benchmarks" / "discourse.json").read_text("utf-8"))["positions"]
    text = (ROOT / "docs" / "methodology.md").read_text("utf-8")
    ((right, found),) = re.findall(r"about (\d+) of 100 are right, and (\d+) of 100 that are held are found", text)
    assert int(right) == pytest.approx(100 * measured["precision"], abs=2)
    assert int(found) == pytest.approx(100 * measured["recall"], abs=2)


# --- the docs site ---------------------------------------------------------------------------------------------


def conf() -> dict:
    return runpy.run_path(str(ROOT / "docs" / "conf.py"))


def test_the_reference_holds_every_public_name():
    """What the package, its charts, its data classes and its errors give."""
    import analysis
    from analysis import charts, errors, model

    listed = {name for names in conf()["public_names"]().values() for name in names}
    classes = {name for name, value in vars(model).items() if isinstance(value, type) and value.__module__ == model.__name__}
    failures = {name for name, value in vars(errors).items() if isinstance(value, type) and value.__module__ == errors.__name__}
    assert len(classes) > 20
    assert len(failures) > 5
    assert {f"analysis.{name}" for name in analysis.__all__} <= listed
    assert {f"analysis.charts.{name}" for name in charts.__all__} <= listed
    assert {f"analysis.model.{name}" for name in classes} <= listed
    assert {f"analysis.errors.{name}" for name in failures} <= listed


def test_every_public_function_has_an_example():
    """A reader sees it called; another test runs what he sees."""
    from importlib import import_module

    names = [name.rpartition(".") for listed in conf()["public_names"]().values() for name in listed]
    functions = {name: value for module, _, name in names if inspect.isfunction(value := getattr(import_module(module), name))}
    assert len(functions) > 25
    assert {name for name, value in functions.items() if ">>> " not in (inspect.getdoc(value) or "")} == set()


DOCUMENTED = (
    "accuracy",
    "collection",
    "corpus",
    "discourse",
    "display",
    "estimates",
    "model",
    "readers",
    "report",
    "study",
    "tone.encoder",
    "tone.valence",
)
"""Modules and packages whose dataclasses list their fields."""


def documented_modules() -> list[str]:
    """Their names, those inside a package included."""
    import pkgutil
    from importlib import import_module

    found = []
    for short in DOCUMENTED:
        module = import_module(f"analysis.{short}")
        inside = pkgutil.iter_modules(module.__path__, f"{module.__name__}.") if hasattr(module, "__path__") else []
        found += [module.__name__, *(item.name for item in inside)]
    return found


def test_every_dataclass_lists_its_fields():
    """Under Attributes, in the order they have, each on a line of its own with a text."""
    import dataclasses
    from importlib import import_module

    classes = [
        value
        for name in documented_modules()
        for value in vars(import_module(name)).values()
        if isinstance(value, type) and dataclasses.is_dataclass(value) and value.__module__ == name and value.__name__[0] != "_"
    ]
    assert len(classes) > 50
    for each in classes:
        listed = re.findall(r"^ {4}(\w+): \S", (inspect.getdoc(each) or "").partition("Attributes:\n")[2], re.MULTILINE)
        fields = [field.name for field in dataclasses.fields(each) if field.name[0] != "_"]
        assert listed == fields, each.__name__


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_the_site_builds_without_a_warning_and_asks_nothing_of_the_network(tmp_path, cut_off):
    """The build leaves this machine alone, each page loads only what lies beside it, and the gallery's charts are drawn."""
    cut_off["PYTHONPATH"] += os.pathsep + str(ROOT)
    cut_off["TOWARD_CACHE"] = os.environ["TOWARD_CACHE"]
    out = tmp_path / "site"
    options = "--quiet --jobs auto --fail-on-warning --builder html".split()
    command = [sys.executable, "-m", "sphinx", *options, "docs", str(out)]
    done = subprocess.run(command, cwd=ROOT, env=cut_off, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    pages = sorted(out.rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
        loaded = [tag.get("src") for tag in soup.find_all(src=True)] + [tag["href"] for tag in soup.find_all("link", href=True)]
        loaded += re.findall(
            r"url\(['\"]?([^'\")]+)|@import ['\"]([^'\"]+)", " ".join(tag.text for tag in soup.find_all("style"))
        )
        assert not [address for address in loaded if re.match(r"(https?:)?//", str(address))], page.name
    for sheet in out.rglob("*.css"):
        assert not re.search(r"(url\(|@import)\s*['\"]?(https?:)?//", sheet.read_text("utf-8")), sheet.name
    gallery = BeautifulSoup((out / "gallery.html").read_text("utf-8"), "html.parser")
    titles = [picture.title.text for picture in gallery.select("figure > svg")]
    assert len(titles) == len(gallery_charts())
    assert len(set(titles)) == len(titles)


def gallery_blocks() -> list[str]:
    return re.findall(r"```\{chart\}\n(.*?)```", (ROOT / "docs" / "gallery.md").read_text("utf-8"), re.DOTALL)


def gallery_charts() -> list[str]:
    """The functions that the gallery's blocks end with."""
    return [name for block in gallery_blocks() if (name := block.strip().splitlines()[-1].partition("(")[0]).isidentifier()]


def test_the_gallery_shows_every_chart_of_a_study():
    """Every public function that makes a Chart of a study, in a block of a few lines."""
    from analysis import charts

    makers = {
        name
        for name in charts.__all__
        if inspect.isfunction(value := getattr(charts, name)) and list(inspect.signature(value).parameters)[:1] == ["study"]
        if inspect.signature(value).return_annotation == "Chart"
    }
    assert len(makers) > 7
    assert makers <= set(gallery_charts())
    assert all(len(block.strip().splitlines()) <= 5 for block in gallery_blocks())


def test_a_block_gives_the_value_of_its_last_line():
    """Blocks share their names; a block that ends without an expression gives nothing."""
    run_block, names = conf()["run_block"], {}
    assert run_block("one = 1", names) is None
    assert run_block("two = one + 1\ntwo * 10", names) == 20


def test_what_changed_is_said_in_a_known_way():
    """A fragment's name ends in its kind, and it is a sentence."""
    kinds = {
        kind["directory"] for kind in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["towncrier"]["type"]
    }
    for path in (ROOT / "changes").glob("*"):
        if path.name != "README.md":
            assert path.suffix == ".md", path.name
            assert path.suffixes[-2].removeprefix(".") in kinds, path.name
            assert path.read_text("utf-8").strip().endswith("."), path.name


def test_the_citation_is_of_this_version():
    """CITATION.cff names the version that the package has, and the day it was released."""
    import yaml

    import analysis

    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert citation["version"] == analysis.__version__
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", citation["date-released"])
    newest = re.search(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest is not None
    assert newest[1] == f"{analysis.__version__} ({citation['date-released']})"


# --- corrections to learn from -----------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_the_corrections_of_the_seed_change_nothing(tmp_path):
    """They state what the article holds: the actors and mentions are the same without them, and each line is about some."""
    from analysis import open_article
    from analysis.actors import read_registry

    text = ROOT / "seeds" / "lavrov-north-korea.txt"
    (tmp_path / text.name).write_bytes(text.read_bytes())
    bare, corrected = open_article(tmp_path / text.name), open_article(text)
    assert corrected.registry == text.with_suffix(".toml")
    assert (corrected.cast.actors, corrected.cast.mentions) == (bare.cast.actors, bare.cast.mentions)
    registry = read_registry(text.with_suffix(".toml"))
    assert registry.ignore
    assert {actor.name for actor in registry.actors} <= {actor.name for actor in bare.cast.actors}


def test_the_corrections_of_the_collection_say_what_its_articles_say():
    """A water company and two persons; the river is no actor."""
    from analysis.collection.matching import ListedName, match_actors

    read = [
        ("Wendwater", "person"),
        ("Professor Alma Teague", "organisation"),
        ("Teague", "person"),
        ("River Wend", "organisation"),
    ]
    matches = match_actors([ListedName(*each, 1, {}) for each in read], registry=ROOT / "seeds" / "flood" / "actors.toml")
    assert {match.name: (match.actor, match.actor_kind) for match in matches} == {
        "Wendwater": ("Wendwater", "organisation"),
        "Professor Alma Teague": ("Alma Teague", "person"),
        "Teague": ("Alma Teague", "person"),
        "River Wend": (None, None),
    }

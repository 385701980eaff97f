"""The house: one-way imports, public names, the notebooks' rules, dependencies in one place, nothing heavy at import."""

from __future__ import annotations

import ast
import doctest
import itertools
import json
import re
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
import yaml

import analysis

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "analysis"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "resources" not in path.parts)
NOTEBOOKS = sorted(ROOT.glob("notebooks/*.ipynb"))
ORDER = [
    ["errors", "constants", "safe_text"],
    ["model"],
    ["cache", "readers"],
    ["language"],
    ["concordance"],
    ["discourse"],
    ["actors"],
    ["tone"],
    ["estimates"],
    ["display"],
    ["tables"],
    ["study"],
    ["collection"],
    ["charts"],
    ["accuracy"],
    ["corpus"],
    ["report"],
    ["cli"],
]
"""Modules and subpackages: each imports only from rows above its own."""
LAYERS = {part: layer for layer, parts in enumerate(ORDER) for part in parts}


def name_of(path: Path) -> str:
    """A module's dotted name."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> set[str]:
    """What a module imports of this package, at any depth of it: "readers", "tone.encoder", "" for the package itself."""
    package = path.relative_to(PACKAGE).parent.parts
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            place = (*package[: len(package) - node.level + 1], *(node.module.split(".") if node.module else ()))
            found |= {".".join(place)} if place else {alias.name for alias in node.names}
    return found


def part_of(module: str) -> str:
    """The subpackage of a module, or the module itself on the top level."""
    return module.split(".")[0]


def cells(path: Path, kind: str) -> list[dict]:
    return [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == kind]


@pytest.mark.parametrize("path", [m for m in MODULES if m != PACKAGE / "__init__.py"], ids=name_of)
def test_imports_go_one_way(path):
    """Every module imports only from layers below its own, and of another subpackage only what its ``__init__`` gives."""
    part = path.relative_to(PACKAGE).with_suffix("").parts[0]
    assert part in LAYERS, f"{part} is not in ORDER"
    others = {name for name in imports(path) if part_of(name) != part and name not in ("_face", "__version__")}
    assert not {name for name in others if LAYERS[part_of(name)] >= LAYERS[part]}
    assert not {name for name in others if "." in name}, "a module of another subpackage, past its __init__"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_inside_the_package_are_relative(path):
    """So that it works under either of its names."""
    absolute = imports_of_any(ast.parse(path.read_text("utf-8"))) & {"analysis", "toward"}
    assert not absolute


@pytest.mark.parametrize("path", [m for m in MODULES if m.name == "__init__.py"], ids=name_of)
def test_an_init_gives_what_it_tells_type_checkers(path):
    """What it imports for type checkers is what it gives; each name can be reached, and hides no module."""
    package = import_module(name_of(path))
    blocks = [node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.If)]
    checked = {alias.asname for block in blocks for node in block.body for alias in node.names}
    assert sorted(checked) == package.__all__ == dir(package)
    assert all(getattr(package, name) is not None for name in package.__all__)
    assert not checked & {module.stem for module in path.parent.glob("*.py")}


def test_the_top_level_is_seen_at_a_glance():
    """At most 24 files and folders."""
    assert len([path for path in PACKAGE.iterdir() if path.name != "__pycache__"]) <= 24


def test_public_names_are_exactly_what_all_says():
    """And each can be reached."""
    assert sorted(analysis.__all__) == dir(analysis)
    assert all(callable(getattr(analysis, name)) for name in analysis.__all__)
    with pytest.raises(AttributeError, match="public names"):
        analysis.nothing  # noqa: B018


SUBPACKAGES = sorted({path.parent.name for path in PACKAGE.glob("*/__init__.py")} - {"report"})  # which runs notebooks
HEAVY = "pandas numpy spacy nltk matplotlib onnxruntime tokenizers nbconvert jinja2 IPython"


@pytest.mark.parametrize(
    "code",
    [
        "import analysis",
        "from analysis import open_article",
        *(f"from analysis import {name} as w; [getattr(w, name) for name in w.__all__]" for name in SUBPACKAGES),
    ],
)
def test_nothing_heavy_is_imported_before_it_is_used(code):
    """Neither by the package, nor by what opens an article, nor by any subpackage."""
    code = f"{code}\nimport sys; print([name for name in '{HEAVY}'.split() if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(("code", "most"), [("import analysis", 20), ("from analysis import open_article", 200)])
def test_importing_loads_little(code, most):
    """Modules beyond those that Python starts with: what a script pays before it has asked for anything."""
    counted = "import sys; before = len(sys.modules); " + code + "; print(len(sys.modules) - before)"
    done = subprocess.run([sys.executable, "-c", counted], capture_output=True, text=True, check=True)
    assert int(done.stdout) <= most


def test_the_tests_of_a_subpackage_are_named_like_its_modules():
    """Who looks for the tests of a module finds them."""
    known = {f"{path.parent.name}/{path.stem}" for path in MODULES} | {"study/keys", "discourse/rules"}
    tested = {f"{path.parent.name}/{path.stem.removeprefix('test_')}" for path in ROOT.glob("tests/*/test_*.py")}
    assert len(tested) > 20
    assert not tested - known


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_print_assert_or_bare_except_in_the_package(path):
    """Errors are raised; only the command line speaks."""
    tree = ast.parse(path.read_text("utf-8"))
    calls = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert path.stem == "cli" or "print" not in calls
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Assert)]
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler) and node.type is None]
    assert "pickle" not in imports_of_any(tree)


MARKED = {
    "analysis.safe_text": "the filter that templates put text through",
    "analysis.readers.formats": "what parsers are given",
    "analysis.report.publish": "by which a page of ours is known",
}
"""Modules with HTML in their strings, and what it is there for."""


def test_html_is_written_by_templates():
    """A string with a whole tag stands in no other module; patterns that read a page may hold one."""
    marked = set()
    for path in MODULES:
        tree = ast.parse(path.read_text("utf-8"))
        said = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
        patterns = [call for call in ast.walk(tree) if isinstance(call, ast.Call) and ast.unparse(call.func).startswith("re.")]
        others = {id(node) for call in patterns for node in ast.walk(call)} | {id(node) for node in said}
        texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        if any(re.search(r"(?<!P)</?[a-z][^<>]*>", node.value) for node in texts if id(node) not in others):
            marked.add(name_of(path))
    assert marked == set(MARKED)


def imports_of_any(tree: ast.AST) -> set[str]:
    names = {alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return names | {(n.module or "").split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and not n.level}


FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@pytest.mark.parametrize("path", MODULES, ids=name_of)
@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_examples_in_docstrings_run(path):
    """Docstrings hold nothing that does not work."""
    assert doctest.testmod(import_module(name_of(path)), optionflags=FLAGS).failed == 0


WITH_EXAMPLES = sorted(
    str(path.relative_to(ROOT))
    for path in (ROOT / "README.md", *ROOT.glob("docs/**/*.md"))
    if "\n>>> " in path.read_text("utf-8")
)


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_examples_in_the_docs_run(name):
    """And there is at least one."""
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)
    examples = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, name, name, 0)
    result = doctest.DocTestRunner(optionflags=FLAGS).run(examples)
    assert result.attempted > 0
    assert result.failed == 0


# --- notebooks ------------------------------------------------------------------------------------------------


def test_there_are_notebooks_in_order():
    """The list under test is not empty, and numbered from 01 without gaps."""
    numbers = [int(path.name[:2]) for path in NOTEBOOKS]
    assert len(numbers) >= 4
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
class TestNotebook:
    """Rules 1 to 5 and 9."""

    def test_one_question(self, path):
        """One top heading, in the first cell, ending in a question mark; no level skipped."""
        headings = [
            line for cell in cells(path, "markdown") for line in "".join(cell["source"]).splitlines() if line.startswith("#")
        ]
        levels = [len(line) - len(line.lstrip("#")) for line in headings]
        assert levels.count(1) == 1
        assert headings[0].startswith("# ")
        assert headings[0].endswith("?")
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))

    def test_ends_with_the_answer(self, path):
        """Answer, What this does not show, Sources."""
        text = "\n".join("".join(cell["source"]) for cell in cells(path, "markdown"))
        places = [text.index(f"## {name}") for name in ("Answer", "What this does not show", "Sources")]
        assert places == sorted(places)
        assert sum("answer" in cell["metadata"].get("tags", []) for cell in cells(path, "code")) == 1

    def test_no_definitions(self, path):
        """What needs a name goes into the package."""
        for cell in cells(path, "code"):
            source = "".join(cell["source"])
            assert not re.search(r"^\s*[%!]", source, re.MULTILINE)
            for node in ast.walk(ast.parse(source)):
                assert not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
                assert not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda))
                assert not (isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names))

    def test_parameters_are_literals_second_from_the_top(self, path):
        """One cell tagged so, the first code cell."""
        tagged = [cell for cell in cells(path, "code") if "parameters" in cell["metadata"].get("tags", [])]
        assert len(tagged) == 1
        assert cells(path, "code")[0] is not None
        assert "".join(cells(path, "code")[0]["source"]) == "".join(tagged[0]["source"])
        for node in ast.parse("".join(tagged[0]["source"])).body:
            assert isinstance(node, ast.Assign)
            ast.literal_eval(node.value)

    def test_short_and_without_outputs(self, path):
        """At most 10 lines a code cell, 30 cells; committed without outputs or counts."""
        notebook = json.loads(path.read_text("utf-8"))
        assert len(notebook["cells"]) <= 30
        for cell in cells(path, "code"):
            assert len("".join(cell["source"]).splitlines()) <= 10
            assert cell["outputs"] == []
            assert cell["execution_count"] is None

    def test_a_sentence_before_each_cell_that_shows(self, path):
        """No code cell follows another, the parameters and the opening apart."""
        kinds = [cell["cell_type"] for cell in json.loads(path.read_text("utf-8"))["cells"]]
        shown = "".join(kind[0] for kind in kinds)
        assert "cc" not in shown[3:]

    def test_its_code_can_be_written_to_a_script(self, path):
        """The metadata name the language's file ending, so that ``nbconvert --to script`` writes ``.py``."""
        about = json.loads(path.read_text("utf-8"))["metadata"]["language_info"]
        assert (about["file_extension"], about["nbconvert_exporter"]) == (".py", "python")

    def test_no_number_is_typed_in_prose(self, path):
        """Measured values come from code; prose holds no decimal fraction or percentage."""
        for cell in cells(path, "markdown"):
            text = "".join(cell["source"]).split("## Sources")[0]
            assert not re.findall(r"(?<![\w.])[+−-]?\d+\.\d+|\d+ ?%", text)


# --- one place for dependencies ---------------------------------------------------------------------------------


def declared() -> dict[str, str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return dict(split(line) for line in [*project["dependencies"], *project["optional-dependencies"]["lab"]])


def split(requirement: str) -> tuple[str, str]:
    name, operator = re.match(r"([A-Za-z0-9_.-]+)\s*([=<>!~]=?.*?)?$", requirement).groups()
    return re.sub(r"[-_.]+", "-", name).lower(), operator or ""


CONDA_NAMES = {"matplotlib-base": "matplotlib", "nbconvert-core": "nbconvert"}


def test_environment_yml_repeats_pyproject():
    """Same names, same ranges; conda's own names for some."""
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    assert environment["channels"] == ["conda-forge", "nodefaults"]
    plain = [item for item in environment["dependencies"] if isinstance(item, str)]
    assert plain.index("pip") == len(plain) - 1 or "pip" in plain
    (by_pip,) = [item["pip"] for item in environment["dependencies"] if isinstance(item, dict)]
    listed = dict(split(line) for line in [*plain, *by_pip] if not re.match(r"(python|pip)\b(?!-)", line))
    assert {CONDA_NAMES.get(name, name): pin for name, pin in listed.items()} == declared()


def test_lock_holds_every_dependency_in_its_range_with_hashes():
    """What make installs is what pyproject allows, by hash and without an address."""
    from packaging.requirements import Requirement

    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert "://" not in lock
    entries = re.split(r"\n(?=[a-z0-9])", lock.strip())
    assert all("--hash=sha256:" in entry for entry in entries)
    pins = [(re.match(r"[a-z0-9-]+", e)[0], re.search(r"==([^\s;\\]+)", e)[1]) for e in entries]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for line in [*project["dependencies"], *itertools.chain(*project["optional-dependencies"].values())]:
        wanted = Requirement(line)
        versions = [pin for name, pin in pins if name == re.sub(r"[-_.]+", "-", wanted.name).lower()]
        assert versions, f"{wanted.name} is not locked"
        assert all(wanted.specifier.contains(pin) for pin in versions)


def test_ci_runs_the_readmes_test_command():
    """What a stranger runs is what is checked."""
    assert "make test" in (ROOT / ".ci" / "run").read_text("utf-8")
    assert "make test" in (ROOT / "README.md").read_text("utf-8")
    assert "make report" in (ROOT / "README.md").read_text("utf-8")

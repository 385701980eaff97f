"""How long a report takes, against the least it could take. ``make bench-report``; writes ``benchmarks/report.json``.

The floor: as many empty notebooks as the report has, two at once, each importing exactly the modules that ours has
loaded when it ends; then one analysis of the article in a process of its own. The site: ``build_reports`` with an
empty cache. Both are run in turn, each time in a fresh process, so that a busy moment meets both.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RESULT = Path(__file__).with_suffix(".json")
TARGET = 1.5
PROBE = "import sys; print('\\n'.join(sorted(name for name in sys.modules if not name.startswith('__'))))"


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(CHILDREN[options.child]()))
        return
    with tempfile.TemporaryDirectory() as folder:
        modules = Path(folder) / "modules.json"
        env = {**os.environ, "TOWARD_BENCH_MODULES": str(modules)}
        env.pop("ARTICLE", None)
        modules.write_text(json.dumps(child("modules", env)))
        found: dict[str, list[dict[str, float]]] = {name: [] for name in ("kernels", "floor", "analysis", "site", "parts")}
        for place in range(options.rounds):
            for name in found:
                cold = {**env, "TOWARD_CACHE": f"{folder}/cache-{place}-{name}"}
                if name == "parts":
                    cold["TOWARD_CACHE"] = f"{folder}/cache-{place}-site"
                found[name].append(child(name, cold))
                print(f"round {place + 1}, {name}: {found[name][-1]['wall']:.2f} s", file=sys.stderr)
    report(found, options.rounds)


def report(found: dict[str, list[dict[str, float]]], rounds: int) -> None:
    """Print where the time goes and write it down."""

    def of(name: str, key: str = "wall") -> float:
        return statistics.median(one[key] for one in found[name])

    floor, site = of("floor") + of("analysis"), of("site")
    floor_cpu, site_cpu = of("floor", "cpu") + of("analysis", "cpu"), of("site", "cpu")
    ratio = statistics.median(
        found["site"][place]["wall"] / (found["floor"][place]["wall"] + found["analysis"][place]["wall"])
        for place in range(rounds)
    )
    result = {
        "rounds": rounds,
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "notebooks": of("site", "notebooks"),
        "ratio": round(ratio, 3),
        "target": TARGET,
        "seconds": {"floor": round(floor, 2), "site": round(site, 2)},
        "cpu_seconds": {"floor": round(floor_cpu, 2), "site": round(site_cpu, 2)},
        "parts": {
            "kernels": round(of("kernels"), 2),
            "imports": round(max(of("floor") - of("kernels"), 0.0), 2),
            "analysis": round(of("analysis"), 2),
            "charts": round(of("parts", "charts"), 2),
            "export": round(of("parts", "export"), 2),
            "export of one notebook": round(of("parts", "export") / of("site", "notebooks"), 3),
            "index": round(of("parts", "index"), 2),
        },
    }
    print(
        f"site {site:.2f} s ({site_cpu:.2f} CPU), floor {floor:.2f} s ({floor_cpu:.2f} CPU), "
        f"ratio {ratio:.2f} (at most {TARGET})"
    )
    for name, seconds in result["parts"].items():
        print(f"  {name:24} {seconds:.2f} s")
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def child(name: str, env: dict[str, str]) -> dict[str, float]:
    """One measurement in a fresh process: wall and CPU seconds, kernels included."""
    began = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, __file__, "--child", name], env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": time.perf_counter() - began, "cpu": cpu, **json.loads(done.stdout.splitlines()[-1])}


# --- what a fresh process does ------------------------------------------------------------------------------------
def run(notebooks: list, paths: tuple[Path, ...]) -> None:
    """Run notebooks the way the report does, without an analysis."""
    from analysis.report.kernels import run_notebooks

    asyncio.run(run_notebooks(notebooks, paths, dict(os.environ), lambda _: None, analyse=lambda: None, meanwhile=lambda: None))


def notebooks_of(sources: list[str]) -> list:
    from analysis.report.build import without_grammars

    with without_grammars():
        import nbformat
    return [nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)]) for source in sources]


def seed_notebooks() -> list[Path]:
    """The notebooks that the report of the seed article has."""
    from analysis.report import notebooks_of as of_article
    from analysis.study import seed_path

    return of_article(seed_path())


def modules() -> dict[str, list[str]]:
    """What each of our notebooks has loaded when it ends."""
    import nbformat

    paths = seed_notebooks()
    found = [nbformat.read(path, as_version=4) for path in paths]
    for notebook in found:
        notebook.cells.append(nbformat.v4.new_code_cell(PROBE))
    for _ in range(2):  # the second time from a warm cache, as in a report
        run(found, paths)
    said = ["".join(o.text for o in notebook.cells[-1].outputs if o.output_type == "stream") for notebook in found]
    return {path.stem: text.split() for path, text in zip(paths, said, strict=True)}


def kernels() -> dict[str, float]:
    """Empty notebooks that import nothing."""
    paths = seed_notebooks()
    run(notebooks_of(["pass"] * len(paths)), paths)
    return {}


def floor() -> dict[str, float]:
    """Empty notebooks that import what ours import."""
    paths = seed_notebooks()
    known = json.loads(Path(os.environ["TOWARD_BENCH_MODULES"]).read_text("utf-8"))
    sources = [
        "import importlib, contextlib\nfor name in "
        + repr([name for name in known[path.stem] if name != "antigravity"])
        + ":\n    with contextlib.suppress(Exception):\n        importlib.import_module(name)"
        for path in paths
    ]
    run(notebooks_of(sources), paths)
    return {}


def analysis() -> dict[str, float]:
    """One analysis of the article, nothing kept yet."""
    from analysis import open_article

    study = open_article()
    _ = study.series, study.sentiments
    return {}


def site() -> dict[str, float]:
    """The whole report."""
    from analysis.report import build_reports

    with tempfile.TemporaryDirectory() as folder:
        build_reports([None], out=Path(folder))
    return {"notebooks": len(seed_notebooks())}


def parts() -> dict[str, float]:
    """Charts, export and index by themselves, in one process, from a warm cache."""
    from analysis import open_article
    from analysis.charts import dispersion, ranking, sentiment_flow, tone_panels
    from analysis.report import ReportExporter, card, index_page, index_parts

    study = open_article()
    _ = study.series, study.sentiments
    charts = timed(
        lambda: [
            (chart._repr_html_(), chart._repr_svg_(), chart._repr_png_())
            for chart in (tone_panels(study), ranking(study), sentiment_flow(study), dispersion(study))
        ]
    )
    import nbformat

    paths = seed_notebooks()
    found = [nbformat.read(path, as_version=4) for path in paths]
    run(found, paths)
    exporter = ReportExporter()
    places = [{"metadata": {"name": path.stem, "path": str(path.parent)}} for path in paths]
    export = timed(lambda: [exporter.from_notebook_node(nb, resources=place) for nb, place in zip(found, places, strict=True)])
    index = timed(lambda: index_page(index_parts(study), [card(path, nb) for path, nb in zip(paths, found, strict=True)]))
    return {"charts": charts, "export": export, "index": index}


def timed(work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


CHILDREN = {f.__name__: f for f in (modules, kernels, floor, analysis, site, parts)}

if __name__ == "__main__":
    main()

"""The command ``toward``.

Bad input gets a sentence on standard error and exit code 2, never a traceback; an interrupted run exits with 130.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from .errors import TowardError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: without the program's name; None takes the process's own.

    Returns:
        0 when all went well, 2 for input that cannot be used, 130 when interrupted.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        code: int = options.run(options)
    except TowardError as problem:
        print(f"toward: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("toward: interrupted; nothing was changed.", file=sys.stderr)
        return 130
    except MemoryError:
        print("toward: this text needs more memory than there is. Try a part of it.", file=sys.stderr)
        return 2
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="toward", description="The tone an article takes toward each person, country and organisation in it."
    )
    parser.add_argument("--version", action="version", version=f"toward {version('toward')}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    report = commands.add_parser("report", help="write the HTML report of one or more articles")
    report.add_argument("articles", nargs="*", type=Path, metavar="ARTICLE", help="a text file (default: the chosen article)")
    report.add_argument("--out", type=Path, default=Path("reports"), metavar="DIR", help="where reports go (default: reports)")
    report.add_argument("--single", action="store_true", help="index and notebooks in one file that can be mailed")
    report.set_defaults(run=_report)

    tone = commands.add_parser("tone", help="print the tone toward each actor as a table, no report")
    tone.add_argument("article", nargs="?", type=Path, metavar="ARTICLE", help="a text file (default: the chosen article)")
    tone.add_argument("--scorer", default=None, help="which scorer (default: the package's)")
    tone.set_defaults(run=_tone)

    actors = commands.add_parser("actors", help="print a first draft of the registry (NAME.toml) of an article")
    actors.add_argument("article", nargs="?", type=Path, metavar="ARTICLE", help="a text file (default: the chosen article)")
    actors.set_defaults(run=_actors)
    return parser


def _report(options: argparse.Namespace) -> int:
    from .report import ProgressBar, build_reports, step_count

    articles = options.articles or [None]
    with ProgressBar(step_count(len(articles))) as progress:
        built = build_reports(articles, out=options.out, progress=progress, single=options.single)
    for page in built:
        print(page)
    return 0


def _tone(options: argparse.Namespace) -> int:
    from .display import number
    from .study import open_article

    study = open_article(options.article, scorer=options.scorer)
    found = study.series
    print(repr(study), end="\n\n")
    if not found:
        print("No person, country or organisation was found in this article.")
        return 0
    width = max(len(series.actor.name) for series in found)
    print(f"{'actor':{width}}  {'kind':12}  tone   interval           scored of found")
    for series in found:
        estimate = series.estimate
        interval = f"{number(estimate.lo)} to {number(estimate.hi)}" if estimate.value is not None else "too few"
        shares = f"{series.scored_count} of {series.mention_count}"
        print(f"{series.actor.name:{width}}  {series.actor.kind:12}  {number(estimate.value):5}  {interval:17}  {shares}")
    return 0


def _actors(options: argparse.Namespace) -> int:
    from .actors import draft_registry
    from .study import open_article

    print(draft_registry(open_article(options.article).cast), end="")
    return 0


def entry() -> None:
    """What the installed command calls: ends the process with the exit code, quiet when a pipe is closed early."""
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)


if __name__ == "__main__":
    entry()

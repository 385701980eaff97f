"""The command ``toward``.

Bad input gets a sentence on standard error and exit code 2, never a traceback; an interrupted run exits with 130.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import __version__
from .errors import ArticleError, CorpusError, TowardError

if TYPE_CHECKING:
    from .corpus import Progress
    from .model import ToneSeries
    from .study import Records, Study


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: without the program's name; None takes the process's own.

    Returns:
        0 when all went well, 1 where some articles of a corpus could not be scored, 2 for input that cannot be used, 130 when
        interrupted.
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
    parser.add_argument("--version", action="version", version=f"toward {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    report = commands.add_parser("report", help="write the HTML report of one or more articles, and compare them")
    report.add_argument(
        "articles",
        nargs="*",
        metavar="ARTICLE",
        help="a text, saved web page, Word document, PDF or Markdown file (default: the chosen article), or what holds many: "
        "a folder, a table, what toward score wrote",
    )
    report.add_argument("--fetch", action="store_true", help="fetch articles that are named by an address (https://…)")
    report.add_argument("--out", type=Path, default=Path("reports"), metavar="DIR", help="where reports go (default: reports)")
    report.add_argument("--actor", help="of several articles: compare the tone toward this actor")
    report.add_argument(
        "--by",
        choices=("outlet", "article", "outlet,month"),
        metavar="WHAT",
        help='of several articles, what is compared: outlet, article, or "outlet,month"',
    )
    report.add_argument("--single", action="store_true", help="index and notebooks in one file that can be mailed")
    report.set_defaults(run=_report)

    tone = commands.add_parser("tone", help="print the tone toward each actor, no report")
    tone.add_argument("articles", nargs="*", metavar="ARTICLE", help="text files; - reads a text from standard input")
    tone.add_argument("--format", choices=("table", "csv", "json"), default="table", help="how to print it (default: table)")
    tone.add_argument("--sentences", action="store_true", help="every mention, sentence by sentence, not a mean an actor")
    tone.add_argument("--scorer", default=None, help="which scorer (default: the package's)")
    tone.set_defaults(run=_tone)

    actors = commands.add_parser("actors", help="print a first draft of the registry (NAME.toml) of an article")
    actors.add_argument("article", nargs="?", type=Path, metavar="ARTICLE", help="a text file (default: the chosen article)")
    actors.set_defaults(run=_actors)

    sample = commands.add_parser("sample", help="draw sentences for people to code, blind, as a sheet with its key")
    sample.add_argument("articles", nargs="+", type=Path, metavar="ARTICLE", help="articles, tables of articles or folders")
    sample.add_argument("--size", type=int, default=150, metavar="N", help="rows of the sheet (default: 150)")
    sample.add_argument(
        "--out", type=Path, default=Path("sheet.csv"), metavar="FILE", help=".csv or .xlsx (default: sheet.csv)"
    )
    sample.add_argument("--coders", nargs="+", default=["coder 1", "coder 2"], metavar="NAME", help="a column each")
    sample.add_argument("--seed", type=int, default=None, help="another number draws other sentences")
    sample.set_defaults(run=_sample)

    check = commands.add_parser("check", help="compare the machine with a coded sheet, and correct its figures")
    check.add_argument("sheet", type=Path, metavar="SHEET", help="the coded sheet; its key lies beside it")
    check.set_defaults(run=_check)

    score = commands.add_parser(
        "score",
        help="score every article of a corpus and keep all frames as Parquet",
        description="Score every article of a corpus. A run that was ended goes on where it stopped: give the same command "
        "again. Exit code 1: some articles could not be read or scored, and DIR/errors.parquet says why.",
    )
    score.add_argument("corpus", nargs="+", metavar="CORPUS", help="tables, folders, patterns, archives (see docs/scaling.md)")
    score.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write")
    score.add_argument("--workers", type=int, default=1, metavar="N", help="processes on this machine (default: 1)")
    score.add_argument("--scheduler", metavar="ADDRESS", help="score on a Dask cluster instead: tcp://host:8786")
    score.add_argument("--columns", metavar="FIELD=COLUMN,...", help="where a table keeps what: text=content,outlet=paper")
    score.add_argument("--actors", type=Path, metavar="FILE", help="corrections for all articles, in TOML")
    score.add_argument("--scorer", default=None, help="which scorer (default: the package's)")
    score.set_defaults(run=_score)

    ask = commands.add_parser(
        "ask",
        help="ask a scored corpus in SQL",
        description="Ask a scored corpus: toward ask DIR \"SELECT * FROM tone_by_outlet WHERE actor = 'Russia'\". Tables and "
        "views are listed in docs/frames.md.",
    )
    ask.add_argument("folder", type=Path, metavar="DIR", help="what toward score wrote")
    ask.add_argument("question", metavar="SQL", help="one SELECT")
    ask.add_argument("--out", type=Path, metavar="FILE", help="write a .csv or .xlsx instead of printing")
    ask.add_argument("--format", choices=("table", "csv", "json"), default="table", help="how to print it (default: table)")
    ask.set_defaults(run=_ask)
    return parser


def _report(options: argparse.Namespace) -> int:
    from .report import ProgressBar, article_paths, build_comparison, build_reports, is_several, step_count

    sources: list[Path | None] = [_located(name, options) for name in options.articles] or [None]
    several = is_several(sources)
    if not several and (options.actor or options.by):
        raise ArticleError("--actor and --by belong to a comparison: name several articles, a folder or a scored corpus.")
    articles = sources
    if several and len(sources) == 1:
        articles = [*article_paths(sources[0])] if sources[0] else []
    with ProgressBar((step_count(articles) if articles else 0) + 2 * several) as progress:
        built = build_reports(articles, out=options.out, progress=progress, single=options.single) if articles else []
        if several:
            singles = {path.parent.name: path for path in built}
            by = "article" if options.by == "article" else options.by and "outlet"
            known = [source for source in sources if source]
            page = build_comparison(known, out=options.out, actor=options.actor, by=by, singles=singles, progress=progress)
            built.insert(0, page)
    for page in built:
        print(page)
    return 0


def _located(name: str, options: argparse.Namespace) -> Path:
    """The path of an article; one named by an address is fetched and kept beside the reports, to build them again."""
    from .readers import fetch_page, is_address

    if not is_address(name):
        return Path(name)
    if not options.fetch:
        raise ArticleError(f"{name} is an address, and none is fetched unless you ask for it: toward report {name} --fetch")
    raw, file = fetch_page(name)
    saved: Path = options.out / "fetched" / file
    try:
        saved.parent.mkdir(parents=True, exist_ok=True)
        saved.write_bytes(raw)
    except OSError as problem:
        raise ArticleError(f"{saved} cannot be written: {problem.strerror}. Choose another folder with --out.") from None
    return saved


def _tone(options: argparse.Namespace) -> int:
    from .study import Records

    if options.articles.count("-") > 1:
        raise ArticleError("Standard input holds one text: name - once.")
    studies = [_opened(name, options.scorer) for name in options.articles or [None]]
    kind = "mentions" if options.sentences else "actors"
    tables = [study.records(kind) for study in studies]
    if options.format == "table":
        print("\n\n".join(_table(study, records) for study, records in zip(studies, tables, strict=True)))
        return 0
    stacked = Records(tables[0].fields, tuple(row for records in tables for row in records.rows))
    text = stacked.csv() if options.format == "csv" else json.dumps(stacked.dicts(), ensure_ascii=False, indent=1) + "\n"
    print(text.replace("\r\n", "\n"), end="")
    return 0


def _opened(name: str | None, scorer: str | None) -> Study:
    """A study of the file of that name; of standard input for "-"; of the chosen article for None."""
    from .readers import read_bytes
    from .study import open_article

    if name == "-":
        return open_article(read_bytes(sys.stdin.buffer.read(), name="standard input"), scorer=scorer)
    return open_article(Path(name) if name else name, scorer=scorer)


def _table(study: Study, records: Records) -> str:
    """What was found in one article, for the terminal: its title, the finding in words, then the numbers as a table."""
    from .display import Table, by_finding, clearest, headline, interval, interval_key, passages, strongest_points, verdict

    about, said = repr(study), headline(study.parse, study.series)
    if not records.rows:
        return f"{about}\n\n{said}"
    if records.fields[1].name == "sentence":
        heads = ("sentence", "actor", "text", "tone", "certain", "voice")
        return f"{about}\n\n{records.table(*heads, caption='Tone at every mention')}"
    points = [] if clearest(study.series) else strongest_points(study.parse, study.series)
    scores = [score for point in points for score in point.scores]
    strongest = passages(study.parse, scores, caption="The strongest sentences, with their scores", ranked=True)
    tones = [
        (
            *(ranked.actor.name, ranked.actor.kind, ranked.estimate.value, interval(ranked.estimate), ranked.estimate.n),
            *(_scored_of(ranked), verdict(ranked.estimate)),
        )
        for ranked in by_finding(study.series)
    ]
    columns = ["actor", "kind", "tone", "interval", "sentences", "mentions scored", "finding"]
    table = Table(tones, columns=columns, caption="Tone toward each actor", note=interval_key(study.series))
    return "\n\n".join([about, str(said), *([str(strongest)] if points else []), str(table)])


def _scored_of(tones: ToneSeries) -> str:
    """An actor's scored mentions, and of how many where it was not scored in all."""
    scored, mentioned = tones.scored_count, tones.mention_count
    return f"{scored:,}" if scored == mentioned else f"{scored:,} of {mentioned:,}"


def _actors(options: argparse.Namespace) -> int:
    from .actors import draft_registry
    from .study import open_article

    print(draft_registry(open_article(options.article).cast), end="")
    return 0


def _sample(options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from .constants import SEED
    from .estimates import draw, units_of, write_sheet

    units = []
    for study in tqdm(_studies(options.articles), desc="articles", disable=None, leave=False):
        units += units_of(study.parse, study.series)
    drawn = draw(units, options.size, seed=SEED if options.seed is None else options.seed)
    sheet, key = write_sheet(options.out, drawn, coders=options.coders)
    print(f"{sheet}: {sum(unit.chosen for unit in drawn)} of {len(drawn)} rows drawn, for {', '.join(options.coders)}")
    print(f"{key}: what the machine says of all of them, and how probable each was; keep it beside the sheet, unseen by coders")
    return 0


def _studies(paths: Sequence[Path]) -> Iterator[Study]:
    """A study of each article: of a text with its corrections, or of all that a folder or a table holds."""
    from .readers import Refusal, read_corpus
    from .study import open_article

    for path in paths:
        if path.suffix in (".txt", "") and not path.is_dir():
            yield open_article(path)
            continue
        for article in read_corpus(path):
            if isinstance(article, Refusal):
                print(f"toward: left out: {article.where}: {article.detail}", file=sys.stderr)
            else:
                yield open_article(article)


def _check(options: argparse.Namespace) -> int:
    from . import tables
    from .display import Column, Table, check_answer, methods_paragraph
    from .estimates import check, read_sheet

    checked = check(read_sheet(options.sheet))
    share = [Column("macro-F1", "value", digits=2), Column("false alarms", "share")]
    shown = [
        Table(
            tables.agreement_slices(checked),
            columns=["part", "which", "coded", *share, "why none"],
            caption="Machine and people",
        ),
        Table(
            tables.confusions(checked),
            columns=["people say", *(Column(f"machine: {name}", "share") for name in ("negative", "none", "positive"))],
            caption="Confusion, shares of all",
        ),
        Table(
            tables.three_estimates(checked),
            columns=["whom", "measure", "coded", "machine alone", "people alone", "corrected"],
            caption="The same figures three ways, with 95 % intervals",
        ),
        Table(
            tables.widths_at(checked),
            columns=["coded", Column("people alone, ±", "value", digits=2), Column("corrected, ±", "value", digits=2)],
            caption="Half a width of the mean tone, were so many coded",
        ),
    ]
    print("\n\n".join(map(str, [check_answer(checked), *shown, methods_paragraph(checked, f"toward {__version__}")])))
    return 0


def _score(options: argparse.Namespace) -> int:
    from .constants import DEFAULT_SCORER
    from .corpus import score_corpus
    from .display import plural

    if options.scheduler and options.workers != 1:
        raise CorpusError("Name --workers or --scheduler, not both: a scheduler has workers of its own.")
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # a worker a core is faster than a worker with several
    with _Progress() as progress:
        try:
            outcome = score_corpus(
                options.corpus[0] if len(options.corpus) == 1 else options.corpus,
                options.out,
                scorer=options.scorer or DEFAULT_SCORER,
                columns=_columns(options.columns),
                registry=options.actors,
                workers=options.scheduler or options.workers,
                progress=progress,
            )
        except KeyboardInterrupt:
            print(f"toward: interrupted. What was scored is in {options.out}: give the same command again.", file=sys.stderr)
            return 130
    left = ", ".join(f"{count:,} {kind}" for kind, count in sorted(outcome.errors.items()))
    copies = f", {outcome.copies:,} of them copies" if outcome.copies else ""
    print(
        f"{outcome.folder}: {plural(outcome.articles, 'article')} scored ({outcome.new:,} in this run{copies}); "
        f"{f'{left}, listed in errors.parquet' if left else 'none was left out'}."
    )
    if outcome.unread_dates:
        print(f"{plural(outcome.unread_dates, 'date')} could not be read; the first: {outcome.unread_date}")
    return 1 if outcome.bad else 0


def _columns(text: str | None) -> dict[str, str]:
    """What --columns says, as field to column."""
    pairs = [part.partition("=") for part in (text or "").split(",") if part.strip()]
    for field, sign, column in pairs:
        if not sign or not column.strip():
            raise CorpusError(f"--columns is written FIELD=COLUMN,...: text=content,outlet=paper; {field!r} is not.")
    return {field.strip(): column.strip() for field, _, column in pairs}


class _Progress:
    """How far a run is: one line, written over itself on a terminal; elsewhere a line now and then."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._told = 0.0
        self._open = False

    def __call__(self, progress: Progress) -> None:
        if not self._terminal and progress.seconds - self._told < PROGRESS_SECONDS:
            return
        self._told = progress.seconds
        self._open = self._terminal
        print(
            f"\r{said(progress)}\033[K" if self._terminal else said(progress),
            end="" if self._terminal else "\n",
            file=sys.stderr,
        )
        sys.stderr.flush()

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._open:
            print(file=sys.stderr)


PROGRESS_SECONDS = 10.0
"""Between two lines that say how far a corpus is."""


def said(progress: Progress) -> str:
    """How far a run is, in words: "1,240 of about 20,000 articles, 2.6 a second, 2 h 0 min left"."""
    done = progress.articles + progress.found
    of = "" if progress.total is None else f" of about {progress.total:,}"
    rate = "" if progress.rate is None else f", {progress.rate:.1f} a second"
    left = ""
    if progress.left is not None:
        minutes = round(progress.left / 60)
        left = (
            f", {minutes // 60} h {minutes % 60} min left"
            if minutes >= 60
            else f", {minutes} min left"
            if minutes
            else ", under a minute left"
        )
    failed = f", {progress.failed:,} left out" if progress.failed else ""
    return f"{done:,}{of} articles{rate}{left}{failed}"


def _ask(options: argparse.Namespace) -> int:
    from .corpus import ask
    from .display import Table, plural

    answer = ask(options.folder, options.question)
    if options.out:
        answer.write(options.out)
        print(f"{options.out}: {plural(len(answer.rows), 'row')}")
    elif options.format == "csv":
        print(answer.csv(), end="")
    elif options.format == "json":
        rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
        print(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
    else:
        shown = [[_cell(value) for value in row] for row in answer.rows]
        print(Table(shown, columns=answer.columns, caption=plural(len(answer.rows), "row")))
    return 0


def _cell(value: Any) -> Any:
    return (
        value
        if value is None or isinstance(value, str | int | float)
        else ", ".join(map(str, value))
        if isinstance(value, list)
        else str(value)
    )


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

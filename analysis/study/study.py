"""One article, opened: the text and everything the steps found in it, computed when first asked for and kept.

This is what a notebook's second cell calls.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, lru_cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from .. import __version__, cache
from ..constants import DEFAULT_SCORER, DOUBT_FLOOR
from ..display import Card
from ..errors import ArticleError
from ..estimates import SheetCheck, Specification, check, read_sheet, specifications, tone_series
from ..language import Progress, parse, pipeline_version
from ..model import Article, Cast, Parse, Position, Sentiment, Stance, ToneScore, ToneSeries
from ..readers import read_article
from . import records
from .project import choose, sheet_beside
from .records import Records
from .stored import decode_cast, decode_cues, decode_parse, decode_scores, encode_cast, encode_cues, encode_parse, encode_scores

if TYPE_CHECKING:
    import pandas

    from ..discourse import Discourse, Tree
    from ..tone import Scorer

Value = TypeVar("Value")


def open_article(
    article: str | Path | Article | None = None,
    *,
    scorer: str | Scorer | None = None,
    evidence: bool = False,
    registry: Path | None = None,
    progress: Progress | None = None,
) -> Study:
    """Open an article for study.

    Args:
        article: a path, or an article read before (``read_text`` makes one of a text); None takes the chosen one
            (see ``project.choose``).
        scorer: which scorer ``scores`` and ``series`` use: the name of a registered one, or an object that is one (see
            ``docs/how-to/add-a-scorer.md``); None takes the default.
        evidence: whether ``scores`` and ``stances`` hold the words behind them, which takes several times as long.
        registry: the analyst's corrections, a TOML file; None takes ``NAME.toml`` beside a path ``NAME.txt``.
        progress: called with (characters done, in all) while a long text is parsed.

    Returns:
        The study; its parts are computed when first asked for.

    Raises:
        ArticleError: the article cannot be read.
        RegistryError: the corrections cannot.

    Example:
        >>> from analysis import read_text
        >>> study = open_article(read_text("Norway praised Sweden."), scorer="clause")
        >>> list(study.mentions.actor)
        ['Norway', 'Sweden']
    """
    sheet, chosen = None, "argument"
    if not isinstance(article, Article):
        path, chosen = choose(article)
        known = path if path.is_absolute() or not isinstance(article, str) else article
        article = read_article(known)
        if registry is None and path.with_suffix(".toml").is_file():
            registry = path.with_suffix(".toml")
        sheet = sheet_beside(path) if sheet_beside(path).is_file() else None
    if registry is not None and (source := _source_of(registry)):
        article = replace(article, source=source)
    return Study(
        article,
        chosen=chosen,
        scorer=DEFAULT_SCORER if scorer is None else scorer,
        evidence=evidence,
        registry=registry,
        sheet=sheet,
        progress=progress,
    )


def _source_of(registry: Path) -> str | None:
    """What the analyst wants beneath every chart."""
    from ..actors import read_registry

    return read_registry(registry).source


class Study:
    """An article with what was found in it.

    Attributes:
        article: the text with its sections. chosen: how it was chosen. scorer: the name of the scorer in use.
        evidence: whether scores and stances hold the words behind them.
        registry: the analyst's corrections beside the article, or None. sheet: the coded sheet beside it, or None.
    """

    def __init__(
        self,
        article: Article,
        *,
        chosen: str = "argument",
        scorer: str | Scorer = DEFAULT_SCORER,
        evidence: bool = False,
        registry: Path | None = None,
        sheet: Path | None = None,
        progress: Progress | None = None,
    ) -> None:
        from ..tone import find_scorer

        self._scorer = find_scorer(scorer)
        self.article = article
        self.chosen = chosen
        self.scorer = self._scorer.name
        self.evidence = evidence
        self.registry = registry
        self.sheet = sheet
        self._progress = progress
        self._scored: list[tuple[str | Scorer, tuple[ToneScore, ...]]] = []

    @property
    def method(self) -> str:
        """Version and scorer, for the line beneath a chart."""
        return f"toward {__version__}, scorer {self.scorer}"

    @cached_property
    def parse(self) -> Parse:
        """Sentences, tokens and entities."""
        return cache.remember(
            "parse",
            self._parse_key,
            lambda: parse(self.article, progress=self._progress),
            encode=encode_parse,
            decode=lambda data: decode_parse(self.article, data),
        )

    @cached_property
    def _tree(self) -> Tree:
        """The parse as a tree, which the search for actors and that for who says what both read."""
        from ..discourse import Tree

        return Tree(self.parse)

    @cached_property
    def cast(self) -> Cast:
        """The actors and their mentions; the registry wins."""
        from ..actors import find_actors

        return cache.remember(
            "cast",
            self._cast_key,
            lambda: find_actors(self.parse, registry=self.registry, tree=self._tree),
            encode=encode_cast,
            decode=lambda data: decode_cast(self.parse, data),
        )

    @cached_property
    def sentiments(self) -> tuple[Sentiment, ...]:
        """The valence of every sentence."""
        from ..tone import sentiments

        return cache.remember(
            "sentiment",
            (*self._parse_key, cache.code_version("tone/valence.py"), _vader_version()),
            lambda: sentiments(self.parse),
            encode=lambda scored: [[sentiment.valence, encode_cues(sentiment.cues)] for sentiment in scored],
            decode=lambda data: tuple(
                Sentiment(sentence, valence, decode_cues(cues))
                for sentence, (valence, cues) in zip(self.parse.sentences, data, strict=True)
            ),
        )

    @cached_property
    def scores(self) -> tuple[ToneScore, ...]:
        """Tone at every mention, by this study's scorer."""
        return self._scores_of(self._scorer, evidence=self.evidence)

    def scores_by(self, scorer: str | Scorer) -> tuple[ToneScore, ...]:
        """The tone at every mention by another scorer. Evidence comes only with the scorer of this study.

        Raises:
            ScorerError: no scorer of that name, or one that gives something else than probabilities.
        """
        from ..tone import find_scorer

        if scorer in (self.scorer, self._scorer):
            return self.scores
        known = next((scores for earlier, scores in self._scored if earlier is scorer or earlier == scorer), None)
        if known is None:
            known = self._scores_of(find_scorer(scorer), evidence=False)
            self._scored.append((scorer, known))
        return known

    def _scores_of(self, scorer: Scorer, *, evidence: bool) -> tuple[ToneScore, ...]:
        from ..tone import tone_toward

        return self._remember(
            f"{'evidence' if evidence else 'scores'}-{scorer.name}",
            scorer,
            lambda: tuple(tone_toward(self.cast, scorer=scorer, evidence=evidence, discourse=self.discourse)),
            encode=encode_scores,
            decode=lambda data: decode_scores(self.cast, scorer.name, data),
        )

    def _remember(self, step: str, scorer: Scorer, compute: Callable[[], Value], **ways: Callable[[Any], Any]) -> Value:
        """What a step gives with a scorer; kept only where the scorer's version is known."""
        from ..tone import version_of

        version = version_of(scorer)
        return compute() if version is None else cache.remember(step, (*self._scores_key, version), compute, **ways)

    @cached_property
    def discourse(self) -> Discourse:
        """Who says what, how surely, and who does what to whom."""
        from ..discourse import find_discourse

        return find_discourse(self.parse, cast=self.cast, tree=self._tree)

    @cached_property
    def stances(self) -> tuple[Stance, ...]:
        """Who stands where on whom, sentence by sentence, with this study's scores."""
        from ..tone import is_stated

        return tuple(stance for stance in self._weighed if is_stated(stance))

    @cached_property
    def doubtful(self) -> tuple[Stance, ...]:
        """What was weighed and is too unsure to be stated."""
        from ..tone import is_stated

        return tuple(stance for stance in self._weighed if not is_stated(stance))

    @cached_property
    def _weighed(self) -> tuple[Stance, ...]:
        from ..tone import find_stances

        return self._remember(
            f"stances-{'evidence' if self.evidence else 'scores'}-{self.scorer}",
            self._scorer,
            lambda: find_stances(self.cast, self.scores, discourse=self.discourse, floor=DOUBT_FLOOR),
            encode=lambda weighed: [
                [
                    *(stance.by, isinstance(stance.holder, str), stance.target.name, stance.tone, stance.sentence.index),
                    *(encode_cues(stance.cues), stance.basis, stance.probability),
                ]
                for stance in weighed
            ],
            decode=self._read_stances,
        )

    def _read_stances(self, rows: list[Any]) -> tuple[Stance, ...]:
        actors = {actor.name: actor for actor in self.cast.actors}
        return tuple(
            Stance(
                "narrator" if by_narrator else actors[by],
                *(actors[to], tone, self.parse.sentences[at], decode_cues(cues), basis, probability),
            )
            for by, by_narrator, to, tone, at, cues, basis, probability in rows
        )

    @cached_property
    def standpoints(self) -> tuple[Position, ...]:
        """Where each holder stands on each target in the whole article: the nouns behind ``positions``."""
        from ..tone import positions

        return positions(self._weighed)

    @cached_property
    def series(self) -> tuple[ToneSeries, ...]:
        """The tone toward each actor through the article, by first mention."""
        return tone_series(self.cast, self.scores)

    def series_by(self, scorer: str | Scorer) -> tuple[ToneSeries, ...]:
        """The tone series of every actor by another scorer."""
        return tone_series(self.cast, self.scores_by(scorer))

    @cached_property
    def specifications(self) -> tuple[Specification, ...]:
        """The means of the actors under other definitions (scorer, pronouns, voices, sentences); as it is first."""
        from ..tone import scorer_names

        others = {name: self.scores_by(name) for name in scorer_names() if name != self.scorer}
        return tuple(specifications(self.cast, self.scores, others=others))

    @cached_property
    def checked(self) -> SheetCheck | None:
        """What the coded sheet beside the article says of this article; None where none lies there.

        Raises:
            SheetError: the sheet has a mistake; the message names its row.
        """
        return None if self.sheet is None else check(read_sheet(self.sheet).only(self.article.id))

    @property
    def actors(self) -> pandas.DataFrame:
        """One row for each actor: article, actor, kind, mentions, scored, tone, lo, hi, n, side, first_sentence.

        What each column means stands in ``docs/frames.md``; this holds for the other frames too. Each call makes a new frame.
        """
        return self.records("actors").frame()

    @property
    def mentions(self) -> pandas.DataFrame:
        """One row for each mention: article, sentence, section, actor, kind, form, text, start, end, tone,
        negative, neutral, positive, certain, voice, certainty.
        """
        return self.records("mentions").frame()

    @property
    def sentences(self) -> pandas.DataFrame:
        """One row for each sentence: article, sentence, section, start, end, text, valence."""
        return self.records("sentences").frame()

    @property
    def quotes(self) -> pandas.DataFrame:
        """One row for each attribution: article, sentence, source, actor, cue, content, kind, rule."""
        return self.records("quotes").frame()

    @property
    def hedges(self) -> pandas.DataFrame:
        """One row for each hedge: article, sentence, text, kind, share."""
        return self.records("hedges").frame()

    @property
    def positions(self) -> pandas.DataFrame:
        """One row for each holder and target: article, holder, target, tone, n, sentences, basis, probability."""
        return self.records("positions").frame()

    def records(self, name: str) -> Records:
        """The rows behind a frame, for a table of a page or a file, without pandas.

        Args:
            name: the name of the frame: "actors", "mentions", "sentences", "quotes", "hedges" or "positions".

        Raises:
            KeyError: no frame of that name.
        """
        make: dict[str, Callable[[], Records]] = {
            "actors": lambda: records.actor_records(self.cast, self.series),
            "mentions": lambda: records.mention_records(self.cast, self.scores),
            "sentences": lambda: records.sentence_records(self.parse, self.sentiments),
            "quotes": lambda: records.quote_records(self.parse, self.discourse),
            "hedges": lambda: records.hedge_records(self.parse, self.discourse),
            "positions": lambda: records.position_records(self.parse, self.standpoints),
        }
        return make[name]()

    @property
    def plot(self) -> Any:
        """Every chart of this article: ``study.plot.tone(actors=["Russia"])``; see the functions of ``analysis.charts``.

        Example:
            >>> from analysis import open_article
            >>> open_article().plot.ranking(actors=["Russia"]).parts["rows"].names
            ['Russia']
        """
        return import_module("..charts", __package__).Plots(self)  # by name, as charts stand above a study

    def only(self, *names: str) -> tuple[ToneSeries, ...]:
        """The series of some actors, by name, alias or one word of the name, whatever the case.

        Raises:
            ArticleError: the article has no such actor; the message names those it has.
        """
        series = []
        for name in names:
            wanted = name.casefold()
            exact = [s for s in self.series if wanted in {form.casefold() for form in (s.actor.name, *s.actor.aliases)}]
            match = exact or [s for s in self.series if wanted in s.actor.name.casefold().split()]
            if not match:
                known = ", ".join(s.actor.name for s in self.series) or "none"
                raise ArticleError(f"No actor {name!r} was found in this article. It has: {known}.")
            series.extend(match)
        return tuple(series)

    def __getitem__(self, name: str) -> ToneSeries:
        """One actor's series: ``study["Russia"]``, by name, alias or one word of the name; tab completes the names.

        Raises:
            ArticleError: the article has no such actor, or the word fits several; the message names those it has.
        """
        series = self.only(name)
        if len(series) > 1:
            raise ArticleError(f"{name!r} fits several actors: {', '.join(tones.actor.name for tones in series)}.")
        return series[0]

    def _ipython_key_completions_(self) -> list[str]:
        return [actor.name for actor in self.cast.actors]

    @property
    def _parse_key(self) -> tuple[str, ...]:
        return (
            self.article.sha256,
            cache.code_version("model.py", "safe_text.py", "constants.py", "errors.py", "readers", "language.py", "study"),
            pipeline_version(),
        )

    @property
    def _cast_key(self) -> tuple[str, ...]:
        registry = self.registry.read_text("utf-8", errors="replace") if self.registry else ""
        return (
            *self._parse_key,
            cache.code_version("actors", "discourse", "resources/lexicons", "resources/coreference", "resources/encoder"),
            registry,
        )

    @property
    def _scores_key(self) -> tuple[str, ...]:
        return (
            *self._cast_key,
            cache.code_version("discourse", "tone", "resources/encoder", "resources/stances"),
            _vader_version(),
        )

    def card(self) -> dict[str, str]:
        """What a page says of the article: its title, source, hash, method and how it was chosen."""
        return {
            "title": self.article.title,
            "source": self.article.source,
            "sha256": self.article.sha256,
            "method": self.method,
            "chosen": self.chosen,
            "article_id": self.article.id,
        }

    def __repr__(self) -> str:
        notes = "".join(f"\n{note}" for note in self.article.notes)
        return (
            f"{self.article.title}\n{self.article.source} ({_CHOSEN[self.chosen]}), {len(self.article.text):,} characters, "
            f"sha256 {self.article.sha256[:12]}\n{self.method}{notes}"
        )

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        title, *lines = repr(self).splitlines()
        return {
            "text/plain": repr(self),
            "text/html": Card(title, tuple(lines))._repr_html_(),
            "application/vnd.toward+json": self.card(),
        }


_CHOSEN = {
    "argument": "as named",
    "ARTICLE": "as ARTICLE names it",
    "settings file": "as toward.toml names it",
    "seed": "the seed article",
}


@lru_cache
def _vader_version() -> str:
    return version("vaderSentiment")

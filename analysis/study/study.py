"""One article, opened: the text and everything the steps found in it, computed when first asked for and kept.

This is what a notebook's second cell calls. Which article it opens is resolved in this order: the argument, the
environment variable ``ARTICLE``, ``article = "..."`` in the settings file ``toward.toml`` at the project's top, the
seed. ``Study.chosen`` says which one it was.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import cache
from ..constants import DEFAULT_SCORER
from ..errors import ArticleError, MissingArticle
from ..estimates import tone_series
from ..language import Progress, parse, pipeline_version
from ..model import (
    Actor,
    Ambiguity,
    Article,
    Attribution,
    Cast,
    Cue,
    Entity,
    Mention,
    Merge,
    Parse,
    Position,
    Sentence,
    Sentiment,
    Series,
    Stance,
    Token,
    ToneScore,
)
from ..readers import read_article

if TYPE_CHECKING:
    from ..discourse import Hedge, Voice

SEED_ARTICLE = "lavrov-north-korea.txt"


def project() -> Path:
    """The folder that holds ``notebooks/`` and ``seeds/``: the checkout, or the package where it was installed."""
    here = Path(__file__).resolve().parents[1]
    return here.parent if (here.parent / "notebooks").is_dir() else here


def notebook_paths() -> tuple[Path, ...]:
    """The ordered notebooks.

    Raises:
        ArticleError: there are none, so this is no complete installation.
    """
    found = tuple(sorted((project() / "notebooks").glob("[0-9][0-9]-*.ipynb")))
    if not found:
        raise ArticleError(f"No notebooks stand in {project() / 'notebooks'}. Install the project from its repository.")
    return found


def seed_path() -> Path:
    """The article the project comes with."""
    return project() / "seeds" / SEED_ARTICLE


def choose(article: str | Path | None = None) -> tuple[str | Path, str]:
    """Which article to open, and why: the source and one of "argument", "ARTICLE", "settings file", "seed".

    Raises:
        MissingArticle: the settings file is not valid TOML.
    """
    if article is not None and str(article).strip():
        return _located(article), "argument"
    if named := os.environ.get("ARTICLE", "").strip():
        return _located(named), "ARTICLE"
    settings = project() / "toward.toml"
    if settings.is_file():
        try:
            named = tomllib.loads(settings.read_text("utf-8")).get("article", "")
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
            raise MissingArticle(f"{settings.name} cannot be read: {problem}.") from None
        if named:
            return _located(named), "settings file"
    return seed_path(), "seed"


def _located(source: str | Path) -> str | Path:
    """A path as its writer meant it: from the working folder, the shell's folder, the project or its seeds."""
    if isinstance(source, str) and ("\n" in source or len(source) > 1024):
        return source
    path = Path(source).expanduser()
    places = [Path.cwd(), Path(os.environ.get("PWD", ".")), project(), project() / "seeds"]
    for place in places:
        for name in (path, path.with_name(path.name + ".txt")):
            if (place / name).is_file():
                return (place / name).resolve()
    return path


def open_article(article: str | Path | None = None, *, scorer: str | None = None, progress: Progress | None = None) -> Study:
    """Open an article for study.

    Args:
        article: a path, or the text itself; None takes the chosen one (see the module's text).
        scorer: which scorer ``scores`` and ``series`` use; None takes the default.
        progress: called with (characters done, in all) while a long text is parsed.

    Returns:
        The study; its parts are computed when first asked for.

    Raises:
        ArticleError: the article cannot be read.
    """
    source, chosen = choose(article)
    path = Path(source) if isinstance(source, Path) else None
    registry = path.with_suffix(".toml") if path and path.with_suffix(".toml").is_file() else None
    return Study(read_article(source), chosen=chosen, scorer=scorer or DEFAULT_SCORER, registry=registry, progress=progress)


class Study:
    """An article with what was found in it.

    Attributes:
        article: the text with its sections. chosen: how it was chosen. scorer: the name of the scorer in use.
        registry: the analyst's corrections beside the article, or None.
    """

    def __init__(
        self,
        article: Article,
        *,
        chosen: str = "argument",
        scorer: str = DEFAULT_SCORER,
        registry: Path | None = None,
        progress: Progress | None = None,
    ) -> None:
        from ..tone import check_scorer

        check_scorer(scorer)
        self.article = article
        self.chosen = chosen
        self.scorer = scorer
        self.registry = registry
        self._progress = progress

    @property
    def method(self) -> str:
        """Version and scorer, for the line beneath a chart."""
        return f"toward {version('toward')}, scorer {self.scorer}"

    @cached_property
    def parse(self) -> Parse:
        """Sentences, tokens and entities."""
        return cache.remember(
            "parse",
            self._parse_key,
            lambda: parse(self.article, progress=self._progress),
            encode=_encode_parse,
            decode=lambda data: _decode_parse(self.article, data),
        )

    @cached_property
    def cast(self) -> Cast:
        """The actors and their mentions; the registry wins."""
        from ..actors import find_actors

        return cache.remember(
            "cast",
            self._cast_key,
            lambda: find_actors(self.parse, registry=self.registry),
            encode=_encode_cast,
            decode=lambda data: _decode_cast(self.parse, data),
        )

    @cached_property
    def sentiments(self) -> tuple[Sentiment, ...]:
        """The valence of every sentence."""
        from ..tone import sentiments

        return cache.remember(
            "sentiment",
            (*self._parse_key, cache.code_version("tone/valence.py"), _vader_version()),
            lambda: sentiments(self.parse),
            encode=lambda found: [[item.valence, _cues(item.cues)] for item in found],
            decode=lambda data: tuple(
                Sentiment(sentence, valence, _read_cues(cues))
                for sentence, (valence, cues) in zip(self.parse.sentences, data, strict=True)
            ),
        )

    @cached_property
    def scores(self) -> tuple[ToneScore, ...]:
        """Tone at every mention, by this study's scorer."""
        return self.scores_by(self.scorer)

    def scores_by(self, scorer: str) -> tuple[ToneScore, ...]:
        """Tone at every mention, by a scorer of your choice.

        Raises:
            ScorerError: no scorer of that name.
        """
        from ..tone import check_scorer, tone_toward

        check_scorer(scorer)
        return cache.remember(
            f"scores-{scorer}",
            self._scores_key,
            lambda: tuple(tone_toward(self.cast, scorer=scorer)),
            encode=lambda scores: [
                [s.negative, s.neutral, s.positive, s.tone, s.voice, _cues(s.cues), s.certainty] for s in scores
            ],
            decode=lambda data: tuple(
                ToneScore(mention, row[0], row[1], row[2], row[3], row[4], _read_cues(row[5]), scorer, row[6])
                for mention, row in zip(self.cast.mentions, data, strict=True)
            ),
        )

    @cached_property
    def attributions(self) -> tuple[Attribution, ...]:
        """Who says what, in reading order."""
        from ..discourse import find_attributions

        return tuple(find_attributions(self.parse))

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        """Who speaks where; the voices partition the text."""
        from ..discourse import find_voices

        return find_voices(self.parse, self.attributions, cast=self.cast)

    @cached_property
    def hedges(self) -> tuple[Hedge, ...]:
        """What takes certainty away, and from which words."""
        from ..discourse import find_hedges

        return find_hedges(self.parse, self.attributions)

    @cached_property
    def stances(self) -> tuple[Stance, ...]:
        """Who stands where on whom, sentence by sentence, with this study's scores."""
        from ..tone import find_stances

        return cache.remember(
            f"stances-{self.scorer}",
            self._scores_key,
            lambda: find_stances(self.cast, self.scores),
            encode=lambda found: [
                [s.by, isinstance(s.holder, str), s.target.name, s.tone, s.sentence.index, _cues(s.cues), s.basis]
                for s in found
            ],
            decode=self._read_stances,
        )

    def _read_stances(self, rows: list[Any]) -> tuple[Stance, ...]:
        actors = {actor.name: actor for actor in self.cast.actors}
        return tuple(
            Stance("narrator" if told else actors[by], actors[target], tone, self.parse.sentences[at], _read_cues(cues), basis)
            for by, told, target, tone, at, cues, basis in rows
        )

    @cached_property
    def positions(self) -> tuple[Position, ...]:
        """Where each holder stands on each target in the whole article."""
        from ..tone import positions

        return positions(self.stances)

    @cached_property
    def series(self) -> tuple[Series, ...]:
        """The tone toward each actor through the article, by first mention."""
        return tone_series(self.cast, self.scores)

    def series_by(self, scorer: str) -> tuple[Series, ...]:
        """The same by a scorer of your choice."""
        return tone_series(self.cast, self.scores_by(scorer))

    def only(self, *names: str) -> tuple[Series, ...]:
        """The series of some actors, by name, alias or one word of the name, whatever the case.

        Raises:
            ArticleError: the article has no such actor; the message names those it has.
        """
        found = []
        for name in names:
            wanted = name.casefold()
            whole = [s for s in self.series if wanted in {form.casefold() for form in (s.actor.name, *s.actor.aliases)}]
            match = whole or [s for s in self.series if wanted in s.actor.name.casefold().split()]
            if not match:
                known = ", ".join(s.actor.name for s in self.series) or "none"
                raise ArticleError(f"No actor {name!r} was found in this article. It has: {known}.")
            found.extend(match)
        return tuple(found)

    def __getitem__(self, name: str) -> Series:
        """One actor's series: ``study["Russia"]``, by name, alias or one word of the name; tab completes the names.

        Raises:
            ArticleError: the article has no such actor, or the word fits several; the message names those it has.
        """
        found = self.only(name)
        if len(found) > 1:
            raise ArticleError(f"{name!r} fits several actors: {', '.join(item.actor.name for item in found)}.")
        return found[0]

    def _ipython_key_completions_(self) -> list[str]:
        return [actor.name for actor in self.cast.actors]

    @property
    def _parse_key(self) -> tuple[str, ...]:
        return (
            self.article.sha256,
            cache.code_version("model.py", "constants.py", "errors.py", "readers", "language.py", "study"),
            pipeline_version(),
        )

    @property
    def _cast_key(self) -> tuple[str, ...]:
        registry = self.registry.read_text("utf-8", errors="replace") if self.registry else ""
        return (
            *self._parse_key,
            cache.code_version("actors", "resources/lexicons"),
            registry,
        )

    @property
    def _scores_key(self) -> tuple[str, ...]:
        return (*self._cast_key, cache.code_version("discourse", "tone", "resources/encoder"), _vader_version())

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
        from ..display import safe

        lines = repr(self).splitlines()
        rows = "".join(f'<p style="margin:.15em 0">{safe(line)}</p>' for line in lines[1:])
        return {
            "text/plain": repr(self),
            "text/html": f'<div class="toward mathjax_ignore tex2jax_ignore"><p style="margin:.15em 0"><strong>'
            f"{safe(lines[0])}</strong></p>{rows}</div>",
            "application/vnd.toward+json": self.card(),
        }


_CHOSEN = {
    "argument": "as named",
    "ARTICLE": "as ARTICLE names it",
    "settings file": "as toward.toml names it",
    "seed": "the seed article",
}


def _vader_version() -> str:
    return version("vaderSentiment")


# --- the nouns as JSON and back ------------------------------------------------------------------------------


def _encode_parse(parse: Parse) -> dict[str, Any]:
    places = {id(section): place for place, section in enumerate(parse.article.sections)}
    tokens = parse.tokens
    return {
        "sentences": [[s.start, s.end, places[id(s.section)], s.first_token, s.last_token] for s in parse.sentences],
        "start": [token.start for token in tokens],
        "end": [token.end for token in tokens],
        "head": [token.head for token in tokens],
        "lemma": [token.lemma for token in tokens],
        "pos": [token.pos for token in tokens],
        "tag": [token.tag for token in tokens],
        "dep": [token.dep for token in tokens],
        "entities": [[e.start, e.end, e.label, e.sentence] for e in parse.entities],
    }


def _decode_parse(article: Article, data: dict[str, Any]) -> Parse:
    columns = zip(data["start"], data["end"], data["lemma"], data["pos"], data["tag"], data["dep"], data["head"], strict=True)
    return Parse(
        article,
        tuple(
            Sentence(index, start, end, article.sections[section], first, last)
            for index, (start, end, section, first, last) in enumerate(data["sentences"])
        ),
        tuple(
            Token(index, start, end, article.text[start:end], lemma, pos, tag, dep, head)
            for index, (start, end, lemma, pos, tag, dep, head) in enumerate(columns)
        ),
        tuple(Entity(*row) for row in data["entities"]),
    )


def _encode_cast(cast: Cast) -> dict[str, Any]:
    places = {actor.name: place for place, actor in enumerate(cast.actors)}
    return {
        "actors": [[a.name, a.kind, a.aliases, a.facts] for a in cast.actors],
        "mentions": [
            [places[m.actor.name], m.sentence.index, m.start, m.end, m.form, m.rule, m.confidence] for m in cast.mentions
        ],
        "merges": [[m.form, m.actor, m.rule, m.count] for m in cast.merges],
        "ambiguous": [[a.form, a.sentence, a.start, a.end, a.candidates, a.reason] for a in cast.ambiguous],
    }


def _decode_cast(parse: Parse, data: dict[str, Any]) -> Cast:
    actors = tuple(Actor(name, kind, tuple(aliases), tuple(facts)) for name, kind, aliases, facts in data["actors"])
    return Cast(
        parse,
        actors,
        tuple(Mention(actors[row[0]], parse.sentences[row[1]], *row[2:]) for row in data["mentions"]),
        tuple(Merge(*row) for row in data["merges"]),
        tuple(Ambiguity(row[0], row[1], row[2], row[3], tuple(row[4]), row[5]) for row in data["ambiguous"]),
    )


def _cues(cues: Sequence[Cue]) -> list[list[Any]]:
    return [[cue.start, cue.end, cue.push, cue.rule] for cue in cues]


def _read_cues(rows: Sequence[Sequence[Any]]) -> tuple[Cue, ...]:
    return tuple(Cue(*row) for row in rows)

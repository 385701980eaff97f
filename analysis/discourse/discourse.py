"""The discourse of an article, made once from its parse and its cast and handed on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from ..model import Actor, Attribution, Cast, Parse
from ..safe_text import Short, few
from .attributions import find_attributions
from .events import Event, find_events
from .hedges import Hedge, find_hedges
from .syntax import Tree
from .voices import Voice, find_voices, name_sources


@dataclass(frozen=True, repr=False)
class Discourse(Short):
    """Who says what in an article, how surely, and who does what to whom.

    Attributes:
        attributions: who says what, in reading order.
        voices: who speaks where; they partition the text.
        hedges: what takes certainty away, and from which words.
        tree: the parse as trees.
        sources: the actor who is the source of each attribution; None where it is none.
    """

    attributions: tuple[Attribution, ...]
    voices: tuple[Voice, ...]
    hedges: tuple[Hedge, ...]
    tree: Tree = field(repr=False, compare=False)
    sources: tuple[Actor | None, ...] = ()

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Who does what to whom, in reading order."""
        return find_events(self.tree)

    def _lines(self) -> tuple[str, ...]:
        sizes = Counter({voice.speaker: 0 for voice in self.voices})
        for voice in self.voices:
            sizes[voice.speaker] += voice.end - voice.start
        total = max(1, sum(sizes.values()))
        shares = [f"{speaker} {size / total:.0%}" for speaker, size in sizes.most_common()]
        return (
            f"attributions: {len(self.attributions)}, voices: {len(self.voices)}, hedges: {len(self.hedges)}",
            f"who speaks, by share of the text: {few(shares)}",
            f"hedges: {few([f'{count} {kind}' for kind, count in Counter(h.kind for h in self.hedges).most_common()])}",
        )

    def _rows(self) -> list[tuple[object, ...]]:
        rows = [(voice.speaker, voice.kind, voice.start, voice.end) for voice in self.voices if voice.kind != "narrator"]
        return [("who speaks", "kind", "start", "end"), *rows]


def find_discourse(parse: Parse, *, cast: Cast | None = None, tree: Tree | None = None) -> Discourse:
    """Everything the study of discourse finds in an article, its tree built once.

    Args:
        parse: the article.
        cast: its actors, to name the sources by; without it a source keeps its own words.
        tree: the tree of the parse, where it has been made already.

    Example:
        >>> from analysis import find_actors, parse, read_text
        >>> parsed = parse(read_text("Norway waits\\n\\nNorway said that Sweden may leave.\\n"))
        >>> [voice.speaker for voice in find_discourse(parsed, cast=find_actors(parsed)).voices]
        ['narrator', 'Norway', 'narrator']
    """
    tree = Tree(parse) if tree is None else tree
    attributions = tuple(find_attributions(tree))
    named = name_sources(parse, attributions, cast)
    voices = find_voices(parse, attributions, cast=cast, sources=named)
    return Discourse(attributions, voices, find_hedges(tree, attributions), tree, tuple(actor for *_, actor in named))

"""Who speaks where: the voices of an article partition its text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from typing import Final, Literal

from ..model import Actor, Attribution, Cast, Mention, Parse, Span, Token
from .attributions import TURN_RULES, covers, find_attributions, source_head, subtract
from .lexicon import reporting_words, word_group
from .syntax import is_mute

CUE_TOKENS: Final = 8
"""How many words of a cue are looked at for a denial."""
SOURCE_TOKENS: Final = 30
"""How many words of a source are looked at for the name in it."""
APPOSITION_STEPS: Final = 5
"""How far from the head of a source the name may stand that says who it is."""
SPEAKER_MENTIONS: Final = 40
"""How many mentions back the person is looked for whom a pronoun in "she said" means."""
SPEAKER_SENTENCES: Final = 2
"""How many sentences before the nearest candidate another may stand."""
_ASIDE: Final = re.compile(r",? (?:who|whom|whose|which)\b")
"""Where what is only said beside a source begins: "two aides, who asked not to be named"."""
SAID_RULES: Final = frozenset({"clause", "far-clause", "inserted", "quote-cue", "cue-quote"})
"""Rules by which what "it" said is somebody's words."""
LABEL_RULES: Final = frozenset({"turn", "label", "letter", "tweet", "signature", "colon"})

SpeakerKind = Literal["narrator", "actor", "unnamed", "none"]
Speaker = tuple[SpeakerKind, str, Actor | None]
"""What kind of speaker, his name, and the actor where he is one."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A stretch of text and who speaks in it. The voices of an article partition its text.

    Attributes:
        start: where it starts in the text.
        end: where it ends, exclusive.
        kind: the narrator, an actor, a source that is no actor here ("officials", "critics"), or nobody who is named.
        speaker: the actor's name, the source's own words, "narrator" or "unnamed".
        actor: the actor who speaks; None for others.
        attribution: the attribution that gives the words to the speaker; None for the narrator.
    """

    start: int
    end: int
    kind: SpeakerKind
    speaker: str
    actor: Actor | None = None
    attribution: Attribution | None = None


def name_sources(parse: Parse, attributions: Sequence[Attribution], cast: Cast | None) -> list[Speaker]:
    """Who speaks in each attribution: what kind of speaker, his name, and the actor where he is one."""
    return _Namer(parse, attributions, cast).speakers()


def find_voices(
    parse: Parse,
    attributions: Sequence[Attribution] | None = None,
    *,
    cast: Cast | None = None,
    sources: Sequence[Speaker] | None = None,
) -> tuple[Voice, ...]:
    """Who speaks where.

    Args:
        parse: the article.
        attributions: what ``find_attributions`` returned for it; found here when left out.
        cast: its actors, to name the sources by; without it a source keeps its own words.
        sources: what ``name_sources`` returned for the attributions; found here when left out.

    Returns:
        Voices in reading order, without gaps or overlaps, from 0 to the length of the text (none for an empty
        one). Where contents overlap, the shorter one speaks. What "the visit signals" or "this shows" stays the
        narrator's: an event has no voice. Who denies a claim does not make it: nobody named does. A pronoun is given
        its actor, or nobody named; "I said" outside quotation marks is the narrator's, or whose turn it is.
    """
    text = parse.article.text
    among = find_attributions(parse) if attributions is None else attributions
    named = name_sources(parse, among, cast) if sources is None else sources
    pieces: list[tuple[int, int, int]] = []
    for number, attribution in enumerate(among):
        if named[number][0] != "narrator":
            pieces.extend((start, end, number) for start, end in subtract(attribution.content, _crossed(among, number)))
    voices: list[Voice] = []
    for start, end, number in _painted(len(text), pieces):
        if number < 0:
            voices.append(Voice(start, end, "narrator", "narrator"))
        else:
            kind, speaker, actor = named[number]
            voices.append(Voice(start, end, kind, speaker, actor, among[number]))
    return tuple(voices)


def _crossed(attributions: Sequence[Attribution], number: int) -> list[Span]:
    """What another attribution that crosses this one leaves the narrator or the other: "according to X, ..., as Y said".

    Neither source reports the other. The one named first keeps the words they share, without source and cue of the second.
    """
    attribution = attributions[number]
    holes: list[Span] = []
    for other in attributions[max(0, number - _NEAR) : number + _NEAR + 1]:
        mutual = other is not attribution and attribution.source and other.source
        if mutual and covers(attribution.content, other.source) and covers(other.content, attribution.source):
            holes += [*other.source, *other.cue] if attribution.source < other.source else attribution.content
    return holes


_NEAR: Final = 4
"""How many attributions before and after one may cross it."""


def voice_at(voices: Sequence[Voice], position: int) -> Voice:
    """The voice of one character of the text.

    Raises:
        IndexError: the position lies outside the text.
    """
    index = bisect_right(voices, position, key=lambda voice: voice.start) - 1
    if index < 0 or not voices[index].start <= position < voices[index].end:
        raise IndexError(f"No voice at {position}: the text has {voices[-1].end if voices else 0} characters.")
    return voices[index]


_NARRATOR: Final[Speaker] = ("narrator", "narrator", None)
_NOBODY: Final[Speaker] = ("none", "unnamed", None)


class _Namer:
    """Names the source of each attribution, in reading order: an actor, its own words, the narrator or nobody."""

    def __init__(self, parse: Parse, attributions: Sequence[Attribution], cast: Cast | None) -> None:
        self.parse, self.found, self.cast = parse, attributions, cast
        self.starts = [token.start for token in parse.tokens]
        self.kids: dict[int, list[int]] = {}
        for token in parse.tokens:
            if token.head != token.index:
                self.kids.setdefault(token.head, []).append(token.index)
        self.turns = [attribution for attribution in attributions if attribution.rule in TURN_RULES]
        self.turn_starts = [attribution.content[0][0] for attribution in self.turns]
        self.quoted = sorted(
            span for attribution in attributions if attribution.kind in ("direct", "floating") for span in attribution.content
        )
        self.forms = {form.casefold(): actor for actor in cast.actors for form in (actor.name, *actor.aliases)} if cast else {}
        self.said = _pronouns_of(cast)

    def speakers(self) -> list[Speaker]:
        """One an attribution."""
        named: list[Speaker] = []
        quoting: dict[tuple[Span, ...], Speaker] = {}
        last: tuple[Speaker, Token] | None = None
        for attribution in self.found:
            head = source_head(self.parse, attribution)
            speaker = quoting.get(attribution.source) or self._speaker(attribution)
            if attribution.kind == "direct" and head is not None and speaker[0] == "actor":
                quoting[attribution.source] = speaker
            goes_on = head is not None and last is not None and self._goes_on(head, last[1])
            if goes_on and last is not None and speaker[0] in ("none", "narrator"):
                speaker = last[0] if last[0][0] == "unnamed" or not self._is_preceded(head) else speaker
            elif head is not None and speaker[0] == "unnamed":
                last = speaker, head
            elif speaker[0] == "actor":
                body = speaker[2] is not None and speaker[2].kind == "organisation"
                last = (speaker, head) if body and head is not None and head.pos != "PRON" else None
            named.append(speaker)
        return named

    def _goes_on(self, head: Token, before: Token) -> bool:
        """Whether "it" or "they" means the source named before: "The ministry said so. It added that ..." """
        word, tag = head.text.lower(), before.tag
        plural = tag in ("NNS", "NNPS") or before.text.lower() == "police"
        near = self.parse.tokens[before.index : head.index]
        sentences = sum(token.text in (".", "!", "?") for token in near)
        speaks = head.dep == "nsubj" and before.dep in ("nsubj", "pobj") and 0 < sentences <= SPEAKER_SENTENCES
        return speaks and (word == "they" if plural else word == "it")

    def _is_preceded(self, head: Token | None) -> bool:
        """Whether a name stands before a pronoun in its sentence, which it may mean as well."""
        if head is None:
            return False
        sentence = self.parse.sentence_at(head.start)
        return any(token.pos == "PROPN" for token in self.parse.tokens[sentence.first_token : head.index])

    def _speaker(self, attribution: Attribution) -> Speaker:
        head = source_head(self.parse, attribution)
        if head is None:
            return _NOBODY
        if self._denies(attribution):
            return _NOBODY
        actor = self._actor(attribution, head)
        if actor is not None:
            return "actor", actor.name, actor
        word = head.text.lower()
        if word in word_group("first person"):
            return self._turn_at(attribution) or _NARRATOR
        if word in word_group("bare pronouns"):
            return _NOBODY
        if is_mute(head) and head.lemma.lower() not in word_group("quantities"):
            return _NOBODY if word == "it" and self._speaks(attribution) else _NARRATOR
        return "unnamed", self._words(attribution, head), None

    def _speaks(self, attribution: Attribution) -> bool:
        """Whether "it" is a text or a body here: it says, in words, something that a clause or a quotation gives."""
        first = bisect_left(self.starts, attribution.cue[0][0]) if attribution.cue else 0
        cues = self.parse.tokens[first : first + CUE_TOKENS] if attribution.cue else ()
        said = any(
            (word := reporting_words().get((token.lemma.lower(), "VERB"))) is not None and word.act == "say"
            for token in cues
            if token.start < attribution.cue[-1][1]
        )
        return said and attribution.rule in SAID_RULES

    def _denies(self, attribution: Attribution) -> bool:
        """Whether the source says that its content is not so: "denied that", "rejects claims of"."""
        if attribution.kind == "direct" or not attribution.cue:
            return False
        first = bisect_left(self.starts, attribution.cue[0][0])
        cues = [token for token in self.parse.tokens[first : first + CUE_TOKENS] if token.start < attribution.cue[-1][1]]
        return any(token.lemma.lower() in word_group("denials") and token.pos == "VERB" for token in cues)

    def _actor(self, attribution: Attribution, head: Token) -> Actor | None:
        """The actor a source is: by its head, its apposition, what it is an attribute of, whose words it is, its label."""
        if self.cast is None:
            return None
        labelled = self._labelled(attribution) if attribution.rule in LABEL_RULES else None
        at = self._mention(head)
        if at is not None and self._is_one_of(at, head):
            at = None
        if at is not None and head.text.lower() in self.said and self._names(attribution, at.actor):
            return self._meant(attribution, head, at.actor) or at.actor
        if labelled is not None or (at is not None and at.actor.kind == "person"):
            return labelled or (at.actor if at is not None else None)
        named = [
            mention for kid in self._beside(attribution, head) if (mention := self._mention(self.parse.tokens[kid])) is not None
        ]
        people = [mention.actor for mention in named if mention.actor.kind == "person"]
        if at is not None:
            return people[-1] if people and at.actor.kind != "group" else at.actor
        if named:
            return people[-1] if people else named[0].actor
        for index in (*self._is_said_of(head), *self._whose(head)):
            mention = self._mention(self.parse.tokens[index])
            if mention is not None and mention.form != "demonym":
                return mention.actor
        if head.text.lower() in self.said:
            return self._meant(attribution, head)
        return None

    def _mention(self, token: Token) -> Mention | None:
        mentions = self.cast.mentions if self.cast else ()
        index = bisect_right(mentions, token.start, key=lambda mention: mention.start) - 1
        return mentions[index] if index >= 0 and token.start < mentions[index].end else None

    def _beside(self, attribution: Attribution, head: Token) -> list[int]:
        """The names in apposition inside a source: "the mayor, Lena Ford", "the head of the Norwegian bank, Lena Ford"."""
        start, end = attribution.source[0]
        indexes = range(bisect_left(self.starts, start), bisect_left(self.starts, end))[:SOURCE_TOKENS]
        tokens = self.parse.tokens
        return [index for index in indexes if tokens[index].dep == "appos" and self._is_part(index, head)]

    def _is_part(self, index: int, head: Token) -> bool:
        """Whether an apposition hangs on a source's head or on its last phrase, and not on a conjunct of its own."""
        tokens = self.parse.tokens
        for _ in range(APPOSITION_STEPS):
            if index == head.index:
                return True
            if tokens[index].dep not in ("appos", "pobj", "prep"):
                return False
            index = tokens[index].head
        return index == head.index

    def _is_said_of(self, head: Token) -> list[int]:
        """The actor that a source's noun describes: "Lind is one of the voices accusing"."""
        tokens = self.parse.tokens
        if head.dep == "pobj" and tokens[head.head].text.lower() == "of":
            head = tokens[tokens[head.head].head]
        if head.dep == "pobj" and tokens[head.head].text.lower() == "among" and tokens[tokens[head.head].head].pos == "AUX":
            verb = tokens[head.head].head
            return [kid for kid in self.kids.get(verb, ()) if tokens[kid].dep == "nsubj"]
        for _ in range(APPOSITION_STEPS):
            if head.dep != "conj":
                break
            head = tokens[head.head]  # "Lind is a nurse, a mother and a fighter who vowed"
        if head.dep != "attr":
            return []
        return [kid for kid in self.kids.get(head.head, ()) if tokens[kid].dep in ("nsubj", "nsubjpass")]

    def _whose(self, head: Token) -> list[int]:
        """The owners of words: "a tweet by Lind", "Lind's statement"."""
        tokens = self.parse.tokens
        if head.lemma.lower() not in word_group("reports"):
            return []
        owners = [kid for kid in self.kids.get(head.index, ()) if tokens[kid].dep == "poss"]
        for kid in self.kids.get(head.index, ()):
            if tokens[kid].dep == "acl":  # "a report written by Lind"
                made_by = [below for below in self.kids.get(kid, ()) if tokens[below].dep == "agent"]
            else:
                prep = tokens[kid].dep in ("prep", "agent") and tokens[kid].text.lower() in ("by", "from", "of")
                made_by = [kid] if prep else []
            owners += [below for by in made_by for below in self.kids.get(by, ()) if tokens[below].dep == "pobj"]
        return owners

    def _labelled(self, attribution: Attribution) -> Actor | None:
        """The actor that a label names in full or by the last word of the name: "FALLIN: ..."."""
        words = " ".join(self.parse.article.text[slice(*attribution.source[0])].split()).casefold()
        last = words.split()[-1]
        people = (actor for actor in self.cast.actors if actor.kind == "person") if self.cast else ()
        fitting = [actor for actor in people if " " in actor.name and actor.name.casefold().split()[-1] == last]
        return fitting[0] if len(fitting) == 1 else self.forms.get(words)

    def _is_one_of(self, mention: Mention, head: Token) -> bool:
        """Whether a source is one member of a party, and not the party: "The lifelong Republican who wrote it says"."""
        partisan = head.text.lower() in word_group("partisan nouns") and mention.actor.kind in ("group", "organisation")
        return (
            partisan
            and head.tag in ("NN", "NNP")
            and any(self.parse.tokens[kid].dep == "det" for kid in self.kids.get(head.index, ()))
        )

    def _names(self, attribution: Attribution, actor: Actor) -> bool:
        """Whether words are about an actor, who does not say them: "“Birch lies,” he said"; "“He lies,” he said"."""
        if self.cast is None or attribution.kind != "direct":
            return False
        content = attribution.content
        low = bisect_left(self.cast.mentions, content[0][0], key=lambda mention: mention.start)
        high = bisect_left(self.cast.mentions, content[-1][1], key=lambda mention: mention.start)
        inside = (
            mention
            for mention in self.cast.mentions[low:high]
            if mention.form in ("name", "alias", "pronoun") and mention.actor == actor and not self._is_i(mention)
        )
        return any(start <= mention.start < end for mention in inside for start, end in content)

    def _is_i(self, mention: Mention) -> bool:
        return self.parse.text_of(mention).lower() in word_group("first person")

    def _meant(self, attribution: Attribution, head: Token, named: Actor | None = None) -> Actor | None:
        """Whom "she" after a quotation means: the last person outside quotations who can be meant, the subject first.

        named: an actor whom the words name. It is meant only where no other person stands in the nearest sentence.
        """
        start = min(attribution.content[0][0], attribution.source[0][0])
        mentions = self.cast.mentions if self.cast else ()
        last = bisect_left(mentions, start, key=lambda mention: mention.start)
        seen: list[Mention] = []
        for mention in reversed(mentions[max(0, last - SPEAKER_MENTIONS) : last]):
            if seen and seen[0].sentence.index - mention.sentence.index > SPEAKER_SENTENCES:
                break
            other = self.said.get(mention.actor.name, frozenset())
            if (
                mention.actor.kind == "person"
                and not (other and head.text.lower() not in other)
                and not self._is_quoted(mention)
            ):
                seen.append(mention)
        near = [mention for mention in seen if mention.sentence is seen[0].sentence]
        near = [mention for mention in near if mention.actor != named] or near
        leading = [mention for mention in near if self._leads(mention)]
        return (leading or near)[0].actor if near else None

    def _leads(self, mention: Mention) -> bool:
        """Whether a mention is the subject of a verb."""
        index = bisect_left(self.starts, mention.end) - 1
        return index >= 0 and self.parse.tokens[index].dep in ("nsubj", "nsubjpass")

    def _is_quoted(self, mention: Mention) -> bool:
        index = bisect_right(self.quoted, (mention.start, len(self.parse.article.text))) - 1
        return index >= 0 and mention.start < self.quoted[index][1]

    def _turn_at(self, attribution: Attribution) -> Speaker | None:
        """Whose turn it is where an attribution stands."""
        index = bisect_right(self.turn_starts, attribution.content[0][0]) - 1
        if index < 0 or self.turns[index] is attribution or self.turns[index].content[-1][1] < attribution.content[-1][1]:
            return None
        return self._speaker(self.turns[index])

    def _words(self, attribution: Attribution, head: Token) -> str:
        """A source's own words, the first in lower case where only its place in the sentence makes it a capital."""
        start, end = attribution.source[0]
        inside = start <= head.start < end
        words = " ".join((self.parse.article.text[start:end] if inside else head.text).split())
        words = _ASIDE.split(words)[0]
        first = self.parse.tokens[bisect_left(self.starts, start)] if inside else head
        plain = (
            first.pos not in ("PROPN", "X")
            and not (len(first.text) > 1 and words[:2].isupper())
            and first.text.lower() not in ("i", "i.")
        )
        return words[:1].lower() + words[1:] if plain else words


def _pronouns_of(cast: Cast | None) -> dict[str, frozenset[str]]:
    """By the name of an actor, and by themselves, the pronouns of one person that can mean it here: "he" or "she"."""
    names: dict[str, set[str]] = {"he": set(), "she": set()}
    for mention in cast.mentions if cast else ():
        if mention.form == "pronoun" and cast is not None:
            word = cast.parse.text_of(mention).lower()
            person = (
                "he" if word in ("he", "him", "his", "himself") else "she" if word in ("she", "her", "hers", "herself") else ""
            )
            if person:
                names.setdefault(mention.actor.name, set()).add(person)
    return {name: frozenset(words) for name, words in names.items()}


def _painted(length: int, pieces: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """A line of some length cut into (start, end, number): the shortest piece over each point, else -1."""
    edges = sorted({0, length, *(edge for start, end, _ in pieces for edge in (start, end))})
    order = sorted(pieces)
    open_: list[tuple[int, int, int]] = []
    runs: list[tuple[int, int, int]] = []
    index = 0
    for low, high in pairwise(edges):
        while index < len(order) and order[index][0] <= low:
            start, end, number = order[index]
            heappush(open_, (end - start, end, number))
            index += 1
        while open_ and open_[0][1] <= low:
            heappop(open_)
        number = open_[0][2] if open_ else -1
        if runs and runs[-1][2] == number:
            runs[-1] = (runs[-1][0], high, number)
        else:
            runs.append((low, high, number))
    return runs

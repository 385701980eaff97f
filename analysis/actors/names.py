"""Every name in an article, with all the evidence about what it is; nothing is decided here.

Source: the pipeline's entities and runs of proper nouns; titles, articles and possessive endings are stripped.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..model import Entity, Parse, Sentence, Token
from .gazetteer import PIECE, Gender, Pieces, country_forms, is_organisation_noun, is_person_noun, people

CAMPS = frozenset({"administration", "campaign"})
"""What a person leads under his own name: "the Obama administration"."""


@dataclass(slots=True)
class Name:
    """All the evidence about one form.

    titled: how often a title or role stands before it. human: how much its syntax says it is a person.
    plural: how often it is a plural ("Democrats"). camps: "administration" or "campaign" behind it.
    running: how often it stands where a capital letter says something.
    """

    pieces: Pieces
    first: int
    surfaces: Counter[str] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)
    titled: int = 0
    human: float = 0.0
    plural: int = 0
    camps: Counter[str] = field(default_factory=Counter)
    running: int = 0
    facts: dict[str, None] = field(default_factory=dict)
    genders: Counter[Gender] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)

    @property
    def text(self) -> str:
        """The spelling seen most."""
        return self.surfaces.most_common(1)[0][0]

    @property
    def words(self) -> list[str]:
        """Its words as white space parts them, outer punctuation and generational suffixes left out."""
        words = [word for part in self.text.split() if (word := part.strip(MARKS))]
        while len(words) > 1 and words[-1] in SUFFIXES:
            words.pop()
        return words or [self.text]


MARKS = ".,;:’'\"“”()[]-"
SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV"})
CORPORATE = frozenset({"inc", "corp", "ltd", "llc", "plc", "gmbh", "corporation", "stores"})
_MALE = frozenset({"mr", "sir", "lord"})
_FEMALE = frozenset({"mrs", "ms", "miss", "lady", "dame"})
_HONORIFICS = _MALE | _FEMALE | frozenset("mx dr sen rep gov lt col gen maj capt sgt cpl adm prof rev hon fr".split())
_TITLES = _HONORIFICS | frozenset(
    "president vice prime minister foreign finance defence defense chancellor senator congressman congresswoman"
    " representative governor mayor secretary general judge justice chief king queen prince princess pope emperor"
    " ambassador director chairman chairwoman professor doctor reverend bishop archbishop cardinal sheikh sheriff"
    " former first attorney speaker leader lieutenant colonel major captain sergeant admiral officer detective"
    " commissioner premier imam ayatollah sultan deputy coach executive father sister brother rabbi".split()
)
PARTICLES = frozenset("de da di del della der van von den bin ibn al el la le du dos st ter ten abu ben y e zu".split())
_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT", "WORK_OF_ART", "EVENT", "LANGUAGE", "LAW"})
COUNTRY_MAY_STAND_IN = frozenset("war wars conflict crisis revolution invasion election elections talks deal summit".split())


_NO_NAME = re.compile(
    r"[A-Z]\w{1,4}\.|[DRI]-[\w.]+|\w\.?|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov)s?\.?|.*[\[\]].*|D\.C\.",
    re.DOTALL,
)
"""What the pipeline takes for a name and is none: a party tag (R-Va.), an initial, a bare title, an abbreviated state."""
_DATELINE = re.compile(
    r"[A-Z][A-Z .'’]{2,}(?:, [A-Z]\w+\.?)?(?:, [A-Z]\w+\.? \d+)?\s*(?:\([\w ]+\)\s*)?[—–-]+\s"
    r"|[A-Z][\w .,]{2,30}\((?:AP|AFP|Reuters|CNN)\)"
)
"""The place a report was filed from, at its start: "MOSCOW (AP) -"."""


def norm(piece: str) -> str:
    return "'" if piece == "’" else piece


def pieces_of(text: str) -> Pieces:
    return tuple(norm(piece) for piece in PIECE.findall(text))


def collect(parse: Parse) -> dict[Pieces, Name]:
    """Every name the pipeline saw, cleaned, with all that was seen about it."""
    names: dict[Pieces, Name] = {}
    titled = [is_title_case(parse, sentence) for sentence in parse.sentences]
    text = parse.article.text
    for sentence, first, last, label in _candidates(parse):
        first, last, title = _clean(parse.tokens, first, last, label)
        if first >= last:
            continue
        start, end = parse.tokens[first].start, parse.tokens[last - 1].end
        pieces = pieces_of(text[start:end])
        if not any(piece[0].isupper() for piece in pieces) or _NO_NAME.fullmatch(text[start:end]):
            continue
        if (dateline := _DATELINE.match(text[sentence.start : sentence.end])) and end <= sentence.start + dateline.end():
            continue
        name = names.setdefault(pieces, Name(pieces, start))
        name.surfaces[" ".join(text[start:end].split())] += 1
        name.labels[label] += 1
        name.running += not titled[sentence.index]
        fact, before, country = _fact(parse.tokens, first, title, sentence)
        if fact and country:
            name.countries[country] += 1
        if fact:
            name.facts.setdefault(fact)
        name.titled += bool(fact and is_person_noun(fact.split()[-1])) or bool(before & _HONORIFICS)
        name.plural += parse.tokens[last - 1].tag == "NNPS"
        name.human += _humanity(parse, first, last, sentence, label)
        after = parse.tokens[last].text if last < sentence.last_token else ""
        if after in CAMPS:
            name.camps[after] += 1
        if before & _MALE:
            name.genders["male"] += 1
        if before & _FEMALE:
            name.genders["female"] += 1
    return names


def _candidates(parse: Parse) -> Iterator[tuple[Sentence, int, int, str]]:
    """Spans of tokens that may be names: entities, and runs of proper nouns outside them."""
    by_sentence: dict[int, list[Entity]] = defaultdict(list)
    for entity in parse.entities:
        by_sentence[entity.sentence].append(entity)
    for sentence in parse.sentences:
        label_at: dict[int, str] = {}
        begins: set[int] = set()
        tokens = parse.tokens_of(sentence)
        at = 0
        for entity in sorted(by_sentence[sentence.index], key=lambda entity: entity.start):
            while at < len(tokens) and tokens[at].end <= entity.start:
                at += 1
            if at < len(tokens) and tokens[at].start < entity.end:
                begins.add(tokens[at].index)
            while at < len(tokens) and tokens[at].start < entity.end:
                label_at[tokens[at].index] = entity.label
                at += 1
        for first, last, label in _runs(parse, sentence, label_at, begins):
            yield sentence, first, last, label


def _runs(parse: Parse, sentence: Sentence, label_at: dict[int, str], begins: set[int]) -> Iterator[tuple[int, int, str]]:
    first, label = sentence.first_token, ""
    for token in (*parse.tokens_of(sentence), None):
        index = token.index if token else sentence.last_token
        here = ""
        if token is not None:
            proper = token.pos == "PROPN" and token.text[:1].isupper()
            here = label_at.get(index, "PROPN" if proper else "")
        if here != label or index in begins:
            if label in _LABELS or label == "PROPN":
                yield from _parts(parse.tokens, first, index, label)
            first, label = index, here


def _parts(tokens: Sequence[Token], first: int, last: int, label: str) -> Iterator[tuple[int, int, str]]:
    """Cut an entity at a possessive ending: "Russia's Foreign Ministry" is two names."""
    start = first
    for index in range(first, last):
        if tokens[index].tag == "POS" and label != "WORK_OF_ART" and index + 1 < last:
            yield start, index, label if label == "PERSON" else "PROPN"
            start = index + 1
    yield start, last, label


def _clean(tokens: Sequence[Token], first: int, last: int, label: str) -> tuple[int, int, list[str]]:
    """Strip articles, possessive endings, quotation marks and titles off a name; return the titles."""
    while first < last and (tokens[last - 1].tag == "POS" or not any(c.isalnum() for c in tokens[last - 1].text)):
        last -= 1
    while first < last and (tokens[first].pos in {"DET", "ADP"} or not tokens[first].text[0].isalnum()):
        first += 1
    title: list[str] = []
    if label in {"PERSON", "PROPN", "ORG"}:
        office = is_organisation_noun(tokens[last - 1].text)
        while last - first > 1 and _is_title(tokens[first].text) and not office and (label != "ORG" or last - first == 2):
            title.append(tokens[first].text)
            first += 1
        if title and _is_title(tokens[first].text):
            first -= len(title)
            title = []
    return first, last, title


def _is_title(word: str) -> bool:
    return word.lower().rstrip(".") in _TITLES


def _fact(tokens: Sequence[Token], first: int, title: list[str], sentence: Sentence) -> tuple[str, set[str], str]:
    """The role right before a name ("Foreign Minister", "state media agency"), the honorifics and the country there."""
    words = list(title)
    at = first - len(title) - 1
    while at >= sentence.first_token and tokens[at].pos in {"NOUN", "PROPN", "ADJ"} and len(words) < 6:
        words.insert(0, tokens[at].text)
        at -= 1
    before = {word.lower().rstrip(".") for word in words if word.lower().rstrip(".") in _HONORIFICS}
    words = [word for word in words if word.lower().rstrip(".") not in _HONORIFICS]
    forms, country = country_forms(), ""
    for size in (1, 2, 3):
        for start in range(len(words) - size, -1, -1):
            form = " ".join(words[start : start + size])
            if form in forms:
                country, words = forms[form][0].name, words[start + size :]
                break
    if not words or not (is_person_noun(words[-1]) or is_organisation_noun(words[-1]) or _is_title(words[-1])):
        return "", before, country
    return " ".join(words), before, country


def _humanity(parse: Parse, first: int, last: int, sentence: Sentence, label: str) -> float:
    """What the syntax around a name says about its being a person.

    "Tinning, who"; "Tinning ... her children"; "Tinning's son"; the next sentence opens with "She". Less where the
    name stands after "in" or behind an article.
    """
    tokens = parse.tokens
    head = tokens[last - 1]
    score = 0.0
    if first > sentence.first_token:
        before = tokens[first - 1].text.lower()
        owner = last < sentence.last_token and tokens[last].tag == "POS"
        score -= 1.0 * (before in _AT_PLACE and not owner and label != "PERSON") + 2.0 * (before in {"the", "a", "an"})
    after = tokens[last] if last < sentence.last_token else None
    rest = tokens[last : min(sentence.last_token, last + 25)]
    who = next((token for token in rest[:3] if token.text.isalpha()), None)
    if who is not None and who.text.lower() in {"who", "whose", "whom"}:
        score += 2.0
    if head.dep == "poss" and tokens[head.head].text.lower() in people().relative:
        score += 2.0
    if head.dep in {"dative", "dobj"} and after is not None and after.tag == "PRP$" and after.text.lower() in _HUMAN_PRONOUNS:
        score += 1.0
    if head.dep in {"nsubj", "nsubjpass"} or (after is not None and head.dep == "conj"):
        if any(token.text.lower() in _HUMAN_PRONOUNS for token in rest):
            score += 1.0
        following = parse.sentences[sentence.index + 1 : sentence.index + 2]
        opening = [token.text for after in following for token in tokens[after.first_token : after.last_token][:8]]
        if any(word.lower() in {"he", "she", "his", "her"} for word in opening):
            score += 1.0
        if tokens[head.head].lemma in _HUMAN_VERBS:
            score += 0.5
    return score


_AT_PLACE = frozenset({"in", "at", "near", "from", "around", "outside", "across"})
_HUMAN_PRONOUNS = frozenset({"he", "she", "his", "her", "him", "himself", "herself"})
_HUMAN_VERBS = frozenset(
    "marry retire bear graduate smile laugh reply remember recall think feel die write sing teach study live love"
    " sleep wake cry kiss dream whisper nod speak wear".split()
)


def is_title_case(parse: Parse, sentence: Sentence) -> bool:
    """Whether a headline, heading or summary is written in capitals word by word, so that a capital says nothing."""
    words = [token.text for token in parse.tokens_of(sentence) if token.text.isalpha() and len(token.text) > 3]
    if sentence.section.kind == "body":
        return False
    return len(words) > 1 and sum(word[0].isupper() for word in words) > 0.7 * len(words)

"""Every name in an article, with all the evidence about what it is; nothing is decided here.

Source: the pipeline's entities and runs of proper nouns; titles, articles and possessive endings are stripped.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ..constants import ACTORS_SIGN_FAIR, ACTORS_SIGN_GOOD, ACTORS_SIGN_STRONG, ACTORS_SIGN_WEAK, TITLE_CASE_SHARE
from ..model import Entity, Parse, Sentence, Span, Token
from .gazetteer import (
    PIECE,
    Gender,
    Pieces,
    country_forms,
    is_body,
    is_human,
    is_organisation_noun,
    is_person_noun,
    organisation_names,
    party_members,
    people,
    singulars,
    sorts,
    states,
    things,
    well_known,
)
from .notices import MONTHS, surnames_like_months, within

CAMPS = frozenset({"administration", "campaign"})
"""What a person leads under his own name: "the Obama administration"."""


@dataclass(slots=True)
class Name:
    """All the evidence about one form.

    titled: how often a title or role stands before it. human: how much its syntax says it is a person.
    plural: how often it is a plural ("Democrats"). camps: "administration" or "campaign" behind it.
    running: how often it stands where a capital letter says something. surname: whose it is by "Bill and Hilary Cotton".
    body: how often its syntax says it is an organisation ("Hydrona, the power company", "Hydrona's chief executive").
    inner: how often it stands elsewhere than at the start of a sentence.
    thing: how often a noun beside it says that it is none ("the film Black Panther", "the TurkStream pipeline").
    located: how often a preposition stands before it. within: how often it says where ("in Trenton").
    site: how often it is said to be a place ("the port of Rosslare").
    acts: how often it is the subject of a verb. same: other names that the text says are the same ("also known as").
    text: the spelling seen most. words: its words as white space parts them, outer punctuation and generational suffixes left
    out.
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
    surname: str = ""
    body: float = 0.0
    inner: int = 0
    thing: int = 0
    located: int = 0
    within: int = 0
    site: int = 0
    acts: int = 0
    same: dict[Pieces, str] = field(default_factory=dict)

    text: str = ""
    words: list[str] = field(default_factory=list)

    def see(self, spelling: str) -> None:
        """Count one more place where it is spelled so."""
        self.surfaces[spelling] += 1
        self.text = max(self.surfaces, key=self.surfaces.__getitem__)
        self.words = [word for part in self.text.split() if (word := part.strip(MARKS))]
        while len(self.words) > 1 and self.words[-1] in SUFFIXES:
            self.words.pop()
        self.words = self.words or [self.text]


MARKS = ".,;:’'\"“”()[]-"
SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV"})
POSTNOMINALS = frozenset("QC KC MP MEP MSP TD MBE OBE CBE KBE PhD Ph.D. MD M.D. Esq Esq. DDS FRS".split())
"""Letters behind a person's name that are no part of it: "Kama Melly QC"."""
CORPORATE = frozenset({"inc", "corp", "ltd", "llc", "plc", "gmbh", "corporation", "stores"})
_MALE = frozenset({"mr", "sir", "lord"})
_FEMALE = frozenset({"mrs", "ms", "miss", "lady", "dame"})
_RANKS = frozenset("ald sen rep gov lt col gen maj capt sgt cpl adm prof rev".split())
_HONORIFICS = _MALE | _FEMALE | _RANKS | frozenset("mx dr hon fr".split())
_TITLES = _HONORIFICS | frozenset(
    "president vice prime minister foreign finance defence defense chancellor senator congressman congresswoman"
    " representative governor mayor secretary general judge justice chief king queen prince princess pope emperor"
    " ambassador director chairman chairwoman professor doctor reverend bishop archbishop cardinal sheikh sheriff"
    " former first attorney speaker leader lieutenant colonel major captain sergeant admiral officer detective"
    " commissioner premier imam ayatollah sultan deputy coach executive father sister brother rabbi constable trooper"
    " marshal commandant emeritus earl duke duchess baron baroness viscount countess emir mullah guru swami chairperson"
    " treasurer councilman councilwoman councillor councilor alderman assemblyman assemblywoman"
    " comptroller superintendent inspector pastor spokesman spokeswoman spokesperson ceo cfo coo founder".split()
)
TRAILING = frozenset(
    "president ceo cfo coo chairman chairwoman chairperson founder co-founder director minister secretary spokesman"
    " spokeswoman spokesperson manager coach captain editor governor mayor leader chief commissioner ambassador"
    " correspondent senator representative".split()
)
"""Roles that stand behind the name of what they are a role in: "NEC President", "Orion Steel Co-Founder"."""
PARTICLES = frozenset(
    "de da di del della dela delos der van von den bin ibn al el la le du dos das st ter ten abu ben y e zu zur af av"
    " ould".split()
)
_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT", "WORK_OF_ART", "EVENT", "LANGUAGE", "LAW"})
COUNTRY_MAY_STAND_IN = frozenset("war wars conflict crisis revolution invasion election elections talks deal summit".split())


_NO_NAME = re.compile(
    r"I[‘’']\w+|No|[A-Z]\w{1,4}\.|[DRI]-[\w.]+|\w\.?|(?:State )?(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov)s?\.?|.*[\[\]].*|D\.C\."
    r"|(?!G\d+$)[A-Z]{0,5}-?\d[\w/-]*|(?i:anti|pro|non|ex|neo|pan|post|pre|un|intra|inter|trans)-\w+",
    re.DOTALL,
)
"""What the pipeline takes for a name and is none: a party tag (R-Va.), an initial, a bare title, an abbreviated state."""


_NUMBERED = re.compile(r"-[A-Z]*\d")
"""What stands right behind capitals that are part of a label: "REGN-EB3"."""


def norm(text: str) -> str:
    """A text of the same length with straight apostrophes."""
    return text.replace("’", "'")


def pieces_of(text: str) -> Pieces:
    return tuple(PIECE.findall(norm(text)))


def collect(parse: Parse, quiet: Sequence[Span]) -> dict[Pieces, Name]:
    """Every name the pipeline saw outside the quiet spans, cleaned, with all that was seen about it."""
    names: dict[Pieces, Name] = {}
    titled = [is_title_case(parse, sentence) for sentence in parse.sentences]
    capitals = [is_capitals(parse, sentence) for sentence in parse.sentences]
    text = parse.article.text
    joined = _joined(parse)
    months = surnames_like_months(parse)
    kids: dict[int, list[int]] = defaultdict(list)
    for token in parse.tokens:
        if token.dep in {"appos", "attr", "compound", "poss", "nsubj"}:
            kids[token.head].append(token.index)
    for sentence, first, last, label in _candidates(parse, joined, months):
        if capitals[sentence.index] and not all(capitals):
            continue
        is_joined = (parse.tokens[first].start, parse.tokens[last - 1].end) in joined
        first, last, title = (first, last, []) if is_joined else _clean(parse.tokens, first, last, label)
        if first >= last:
            continue
        if last - first > 2 and parse.tokens[first].text in party_members() and _given(parse.tokens[first + 1]):
            first, label = first + 1, "PERSON"
        start, end = parse.tokens[first].start, parse.tokens[last - 1].end
        pieces = pieces_of(text[start:end])
        if not any(piece[0].isupper() for piece in pieces) or _NO_NAME.fullmatch(text[start:end]):
            continue
        if last - first == 1 and text[start:end] in MONTHS and first not in months:
            continue
        if _NUMBERED.match(text, end) or within(quiet, start, end) or all(is_title(word) for word in text[start:end].split()):
            continue
        before_name = last < sentence.last_token and parse.tokens[last].pos == "PROPN"
        if label in {"PERSON", "PROPN"} and last - first == 1 and before_name and is_role(text[start:end]):
            continue
        if text[start:end] in things() or text[start:end].lower().replace(".", "").strip(",") in CORPORATE:
            continue
        name = names.get(pieces)
        if name is None:
            name = names[pieces] = Name(pieces, start)
        name.see(" ".join(text[start:end].split()))
        name.labels[label] += 1
        noun = label != "NORP" and _opens_as_noun(parse.tokens, first, last, sentence)
        name.running += not (titled[sentence.index] or noun)
        fact, before, country = _fact(parse, first, title, sentence, titled=titled[sentence.index])
        if fact and country:
            name.countries[country] += 1
        if fact:
            name.facts.setdefault(fact)
        role = bool(fact and is_person_noun(re.split(r"[ -]", fact)[-1].rstrip(".")))
        lettered = last < sentence.last_token and parse.tokens[last].text in POSTNOMINALS
        name.titled += role or lettered or bool(before & _HONORIFICS)
        name.plural += parse.tokens[last - 1].tag == "NNPS"
        name.human += _humanity(parse, first, last, sentence, label)
        name.body += _corporate(parse, first, last, kids, sentence)
        name.body += _company_behind(parse.tokens, last, sentence) if label != "GPE" else 0.0
        name.within += _stands_within(parse.tokens, first, sentence)
        name.located += first > sentence.first_token and parse.tokens[first - 1].tag == "IN"
        name.inner += first > sentence.first_token and not titled[sentence.index]
        name.site += _is_site(parse, first, last, sentence)
        name.thing += _is_thing(parse, first, last, sentence)
        name.acts += parse.tokens[last - 1].dep == "nsubj" and not titled[sentence.index]
        after = parse.tokens[last].text if last < sentence.last_token else ""
        if after in CAMPS:
            name.camps[after] += 1
        if before & _MALE:
            name.genders["male"] += 1
        if before & _FEMALE:
            name.genders["female"] += 1
    _couples(parse, names)
    _also_known(parse, names)
    return names


def _stands_within(tokens: Sequence[Token], first: int, sentence: Sentence) -> bool:
    """Whether a name says where something is: "in Trenton", though not "trust in Trenton"."""
    if first <= sentence.first_token or tokens[first - 1].text.lower() not in _WITHIN:
        return False
    return tokens[first - 2].lemma not in _FAITH if first - 1 > sentence.first_token else True


_FAITH = frozenset(
    "trust faith confidence belief believe interest disappointed involve invest confide change point laugh look shout scream"
    " yell angry mad furious anger aim throw shoot stare swear".split()
)
"""Words with which "in" or "at" is no place: "confidence in Lind", "angry at Lind"."""


def _opens_as_noun(tokens: Sequence[Token], first: int, last: int, sentence: Sentence) -> bool:
    """Whether a name is one common noun that opens a sentence or a quotation, so that its capital says nothing."""
    opens = first == sentence.first_token or tokens[first - 1].text in {"“", '"', "``", "‘"}
    return opens and last - first == 1 and tokens[first].tag in {"NN", "NNS"}


_CAPITAL = r"[A-Z][\w’'.-]*\w"
_PARTICLE = rf"(?:(?i:{'|'.join(sorted(PARTICLES))}) )"
_NICKNAMED = re.compile(rf"(?P<given>(?:{_CAPITAL} )+)[“\"‘'(]{_CAPITAL}[”\"’')] {_PARTICLE}*{_CAPITAL}(?: (?:Jr|Sr)\.?)?")
"""A nickname within a name: "William Jefferson “Bill” Cotton", "Robert (Bob) Hale", "Pasquale “Pat” Di Cicco"."""
_SYLLABLE = (
    r"(?:kk|pp|tt|ss|jj|ch|sh|ts|hs|[gkndtrlmbpsjhcwyz])?(?:y|w)?(?:[aeiou]{1,2}|y[aeo]{1,2}|yeo|eou|oun)(?:hn|ng|[kgnlmpbth])?"
)
_HYPHENATED = re.compile(rf"\b[A-Z][a-z]{{1,5}} (?i:{_SYLLABLE})-{_SYLLABLE}\b")
"""A family name and two syllables, the second in small letters: "Park Won-soon", "Tsai Ing-wen"."""
_WHOLE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?!A |Super ){_CAPITAL}(?: (?!Super ){_CAPITAL}){{0,3}} PAC\b",
        rf"{_CAPITAL} (?:and|&) {_CAPITAL}(?: {_CAPITAL}){{1,2}} (?:Foundation|Trust|Fund|Institute|Center|Centre)\b",
        rf"(?:{_CAPITAL} )*(?:Union|Association|Federation|Ministry|Department|Committee|Institute|Council|Society|Office|Board"
        rf"|Agency|Commission|Center|Centre) (?:of|for|on) (?:the )?{_CAPITAL}(?: {_CAPITAL})*(?:, {_CAPITAL}(?: {_CAPITAL})*)+"
        rf",? (?:and|&) {_CAPITAL}(?: {_CAPITAL})*",
    )
)
"""Names of organisations that the pipeline cuts: "Norland Solutions PAC", "the Tom and Ada Lind Foundation", "the Union of
Rail, Maritime and Transport Workers"."""
_COUPLE = re.compile(rf"(?<![\w’'-])({_CAPITAL}) (?:and|&) ({_CAPITAL}) ({_CAPITAL})")
_ALIAS = re.compile(
    r"\W+(?:(?:also|better|otherwise|formerly|previously|widely|popularly)\s+)?"
    r"(?:known(?: to \w+(?: \w+)?)?(?: simply| professionally)? "
    r"(?:as|by (?:his|her|their|the) (?:pseudonym|stage name|pen name|ring name|nickname|nom de guerre|alias|name))"
    r"|a\.?k\.?a\.?|alias|(?:was )?born|née|né|formerly|nicknamed)\s+"
    r"[“\"‘']?(?:the )?(?:Dr|Mr|Mrs|Ms|Sir|Sheikh|Prof)?\.?\s*"
)
_ASIDE = re.compile(r" \([^()]*(?:\([^()]*\)[^()]*)?\)?$")
"""Parentheses behind a name: "Jenna Mourey (born 15 September 1986), better known as"."""
_SHORT = re.compile(r"\((?:the |or |also )?[“\"‘']?([A-Z][A-Za-z&-]{1,9})[”\"’']?\)")
_OR = re.compile(r", or (?:the )?([A-Z]{2,6})(?=[,;)])")
"""Letters for a name in another language: "the Norland People's Party, or NPN,"."""
_COMPOUND_ENDS = frozenset("run led to up on off out by in-law man men era pro hit win ban cup bin gun".split())
"""What stands behind a hyphen in English words, and is no syllable of a name: "Trump-led"."""
_LINKS = frozenset("of for the and in on to & de la du des der".split())


def _joined(parse: Parse) -> dict[Span, str]:
    """Names that the pipeline cuts: with a nickname in quotation marks, with a hyphen, or spelled out before their acronym.

    Source for the acronyms: Schwartz and Hearst 2003, A simple algorithm for identifying abbreviation definitions.
    """
    text = parse.article.text
    joined: dict[Span, str] = {}
    for sentence in parse.sentences:
        part = text[sentence.start : sentence.end]
        for match in _NICKNAMED.finditer(part):
            words = re.findall(_CAPITAL, match["given"])
            given = next((n for n, word in enumerate(words) if word.lower() in people().known), None)
            if given is not None and not any(is_title(word) for word in words[given:]):
                start = match.start() + match.group().index(words[given])
                joined[sentence.start + start, sentence.start + match.end()] = "PERSON"
        for match in _HYPHENATED.finditer(part):
            family, given_name = match.group().split()
            second = given_name.split("-")[1]
            if given_name[0].isupper() and not is_title(family) and second not in _COMPOUND_ENDS:
                joined[sentence.start + match.start(), sentence.start + match.end()] = "PERSON"
        for pattern in _WHOLE:
            for match in pattern.finditer(part):
                start = match.start() + 4 * match.group().startswith("The ")
                if not part[: match.start()].endswith((" of ", " for ", " and ")):
                    joined[sentence.start + start, sentence.start + match.end()] = "ORG"
        for match in _SHORT.finditer(part):
            before = part[: match.start()].rstrip()
            begin = _long_form(before, match[1])
            if begin is not None:
                joined[sentence.start + begin, sentence.start + len(before)] = "ORG"
    return joined | _publishers(parse)


def _publishers(parse: Parse) -> dict[Span, str]:
    """Everyday words that bear a capital "The" inside a sentence, again and again, and report or write: "The Onion"."""
    text = parse.article.text
    if len(_WITH_ARTICLE.findall(text)) < 2:
        return {}
    spans: dict[str, list[Span]] = defaultdict(list)
    inner: Counter[str] = Counter()
    acting: set[str] = set()
    for sentence in parse.sentences:
        if is_title_case(parse, sentence):
            continue
        tokens = parse.tokens_of(sentence)
        for token, after in pairwise(tokens):
            if token.text != "The" or not after.text.istitle() or after.tag not in {"NN", "NNS", "NNP", "NNPS"}:
                continue
            spans[after.text].append((after.start, after.end))
            inner[after.text] += token.index > sentence.first_token
            if after.dep == "nsubj" and parse.tokens[after.head].lemma in _PUBLISHING:
                acting.add(after.text)
    return {span: "ORG" for word, held in spans.items() if word in acting and inner[word] > 1 for span in held}


_WITH_ARTICLE = re.compile(r"[a-z,] The [A-Z]")
_PUBLISHING = frozenset("report write publish reveal interview quote print note describe".split())


def _long_form(before: str, short: str) -> int | None:
    """Where the name begins whose words' first letters make an acronym, or None."""
    words = [(m.group(), m.start()) for m in re.finditer(r"[\w’'&.-]+", before)][-12:]
    letters = [c for c in short.upper() if c.isalpha()]
    if len(letters) < 3 or not short[:3].isupper():
        return None
    at = len(letters) - 1
    start = None
    for word, index in reversed(words):
        if at < 0:
            break
        if word[0].isupper():
            parts = [piece[0].upper() for piece in re.split(r"[-’']", word) if piece]
            if parts[0] == letters[at]:
                at -= 1
                start = index
                continue
            return None
        if word.lower() not in _LINKS:
            return None
        if word[0].upper() == letters[at] and at and word.lower() not in {"the"}:
            at -= 1
    return start if at < 0 else None


def _couples(parse: Parse, names: dict[Pieces, Name]) -> None:
    """Give the first of a couple the surname of the second: "Bill and Hilary Cotton"."""
    lists = people()
    for match in _COUPLE.finditer(parse.article.text):
        first, second, last = match.groups()
        everyday = last.lower() in lists.common and last.lower() not in lists.surname
        if first in states() or first in country_forms() or everyday:
            continue
        given = [word.lower() in lists.given or word.lower() in lists.known for word in (first, second)]
        if all(given) and pieces_of(f"{second} {last}") in names:
            name = names.get(pieces_of(first))
            if name is not None and not any(n.words[0] == first and len(n.words) > 1 for n in names.values()):
                name.surname = last
                name.human += ACTORS_SIGN_STRONG


def _also_known(parse: Parse, names: dict[Pieces, Name]) -> None:
    """Mark the names that the text itself says are one: "Ron Karel, also known as …", "the … Conference (LCWR)"."""
    text = parse.article.text
    if not (_ALIAS.search(text) or _SHORT.search(text) or _OR.search(text)):
        return
    longest = sorted(names, key=lambda pieces: -len(pieces))
    for sentence in parse.sentences:
        part = text[sentence.start : sentence.end]
        for pattern, rule in ((_ALIAS, "also known as"), (_SHORT, "its acronym"), (_OR, "its acronym")):
            for match in pattern.finditer(part):
                before = _ending(_ASIDE.sub("", part[: match.start()].rstrip(" ,(")).rstrip(" ,("), longest)
                if before is None:
                    continue
                other = _beginning(part[match.end() :], longest) if pattern is _ALIAS else pieces_of(match[1])
                if other is None or other == before:
                    continue
                if pattern is _ALIAS and pieces_of(part[match.end() : match.end() + 120])[len(other) :][:2] == ("'", "s"):
                    continue
                if pattern is _OR and (other not in names or len(before) < 2 or names[before].labels["PERSON"]):
                    continue
                if pattern is _SHORT and not _initials_fit(names[before].text, match[1]):
                    continue
                if other not in names and pattern is _SHORT:
                    names[other] = Name(other, sentence.start + match.start(1))
                    names[other].see(match[1])
                    names[other].labels["ORG"] += 1
                    names[other].running += 1
                names[before].same[other] = rule
                if other in names and (names[before].thing or names[before].words[-1].lower() in LAWS):
                    names[other].thing += names[other].labels.total()


def _initials_fit(name: str, short: str) -> bool:
    """Whether an acronym's letters stand in a name in their order, the first at its start."""
    if name[0].lower() != short[0].lower():
        return False
    words = [word[0].lower() for word in re.findall(r"\w+", name) if word.lower() not in _LINKS]
    initials = "".join(words)
    if len(words) < 2:
        return False
    if any(letters[: len(words)] == initials[: len(letters)] for letters in (short.lower(), _capitals(short))):
        return True
    return len(short) > 2 and sorted(short.lower()) == sorted(initials)


def _capitals(short: str) -> str:
    """The capitals of an acronym, two at the least: "pge" of PG&E, "acfta" of AfCFTA."""
    letters = re.sub(r"[^A-Z]", "", short).lower()
    return letters if len(letters) > 1 else short.lower()


def _ending(part: str, names: Iterable[Pieces]) -> Pieces | None:
    pieces = pieces_of(part[-120:])
    ending = next((name for name in names if pieces[-len(name) :] == name), None)
    if ending is not None:
        return ending
    while pieces and pieces[-1].lower() in CORPORATE | {",", "."}:
        pieces = pieces[:-1]
    return next((name for name in names if pieces[-len(name) :] == name), None)


def _beginning(part: str, names: Iterable[Pieces]) -> Pieces | None:
    pieces = pieces_of(part[:120])
    return next((name for name in names if pieces[: len(name)] == name), None)


def _candidates(parse: Parse, joined: dict[Span, str], months: dict[int, bool]) -> Iterator[tuple[Sentence, int, int, str]]:
    """Spans of tokens that may be names: entities, runs of proper nouns outside them, and names that these cut."""
    spans = sorted(joined)
    by_sentence: dict[int, list[Entity]] = defaultdict(list)
    for entity in parse.entities:
        by_sentence[entity.sentence].append(entity)
    surnames = {
        parse.article.text[person.start : person.end].split()[-1] for person in parse.entities if person.label == "PERSON"
    }
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
        for index in months.keys() & range(sentence.first_token, sentence.last_token):
            label_at[index] = "PERSON"
            begins.add(index)
            if months[index]:
                label_at[index - 1] = "PERSON"
                begins.discard(index)
        mine = [span for span in spans if sentence.start <= span[0] < sentence.end] if spans else []
        for first, last, label in _runs(parse, sentence, label_at, begins, surnames):
            if not within(mine, parse.tokens[first].start, parse.tokens[last - 1].end):
                yield sentence, first, last, label
        for start, end in mine:
            held = [token.index for token in tokens if start <= token.start and token.end <= end]
            if held:
                yield sentence, held[0], held[-1] + 1, joined[start, end]


def _runs(
    parse: Parse, sentence: Sentence, label_at: dict[int, str], begins: set[int], surnames: set[str]
) -> Iterator[tuple[int, int, str]]:
    first, label = sentence.first_token, ""
    for token in (*parse.tokens_of(sentence), None):
        index = token.index if token else sentence.last_token
        here = ""
        if token is not None:
            proper = token.pos == "PROPN" and token.text[:1].isupper()
            here = label_at.get(index, "PROPN" if proper else "")
            if label == here == "PERSON" and index in begins and _compound(parse, index):
                begins.discard(index)
            elif label == "PERSON" and here in _MISREAD and _ends_name(parse, sentence, index, label_at, begins, surnames):
                here = label_at[index] = "PERSON"
                begins.discard(index)
        if here != label or index in begins:
            if label in _LABELS or label == "PROPN":
                yield from _parts(parse.tokens, first, index, label, surnames)
            first, label = index, here


_MISREAD = frozenset({"GPE", "LOC", "ORG", "PROPN"})


def _compound(parse: Parse, index: int) -> bool:
    """Whether a word and the one before it are one name by the parse: "Manuel" before "López"."""
    before = parse.tokens[index - 1]
    return (
        before.dep == "compound"
        and before.head in {index, parse.tokens[index].head}
        and before.end + 1 == parse.tokens[index].start
    )


def _ends_name(
    parse: Parse, sentence: Sentence, index: int, label_at: dict[int, str], begins: set[int], surnames: set[str]
) -> bool:
    """Whether a word that the pipeline took for a place's ends a person's name: "Tuilaepa Sa'ilele Malielegaoi"."""
    token, behind = parse.tokens[index], parse.tokens[index + 1] if index + 1 < sentence.last_token else None
    if not _compound(parse, index) or not token.text[0].isupper():
        return False
    following = label_at.get(index + 1)
    surname = following == "PERSON" or (behind is not None and behind.text in surnames)
    if (following and index + 1 not in begins) or (behind is not None and behind.pos == "PROPN" and not surname):
        return False
    lists, low = people(), token.text.lower()
    return (
        len(low) > 3
        and not token.text.isupper()
        and not any(form in lists.common for form in singulars(low))
        and token.text not in country_forms()
        and token.text not in states()
        and token.text not in organisation_names()
        and token.text not in well_known()
        and not is_organisation_noun(low)
    )


def _parts(tokens: Sequence[Token], first: int, last: int, label: str, surnames: set[str]) -> Iterator[tuple[int, int, str]]:
    """Cut an entity at a possessive ending ("Russia's Foreign Ministry" is two names), a dash or an inner article.

    Who is told something is cut from the person that follows: "told MSNBC Cummings was great".
    """
    start = first
    if (
        label in {"ORG", "PERSON"}
        and first
        and tokens[first - 1].lemma == "tell"
        and last - first > 1
        and len(tokens[first].text) > 2
        and tokens[first].text.isupper()
        and tokens[last - 1].text in surnames
    ):
        yield first, first + 1, "ORG"
        start, label = first + 1, "PERSON"
    if label in {"ORG", "PERSON"} and last - first > 1:
        office = first > 1 and tokens[first - 1].text == "of" and is_title(tokens[first - 2].text)
        where = tokens[first].text in country_forms() or tokens[first].text.lower() not in people().known
        person = _given(tokens[first + 1]) and not is_organisation_noun(tokens[last - 1].text)
        person = person and tokens[first].pos != "DET" and tokens[first + 1].text.lower() not in people().common
        person = person or (label == "ORG" and _strange(tokens[first + 1 : last]))
        if office and last - first > 2 and where and person:
            yield first, first + 1, "GPE"
            start, label = first + 1, "PERSON"
        elif tokens[first].text in surnames and tokens[first + 1].text == "of" and not is_person_noun(tokens[first].text):
            yield first, first + 1, "PERSON"
            start = first + 2
    first += tokens[first].pos == "DET" and last - first > 1
    if label in {"ORG", "PERSON", "PROPN"} and tokens[first].text in surnames and _is_well_known(tokens[first + 1 : last]):
        yield first, first + 1, "PERSON"
        start = first + 1
    for index in range(start, last):
        dash = tokens[index].text in _DASHES and tokens[index].start > tokens[index - 1].end
        behind = tokens[index - 1].pos if index > start else ""
        article = (tokens[index].text == "the" and behind not in {"", "ADP", "CCONJ", "VERB"}) or (
            tokens[index].text == "The" and behind == "ADP"
        )
        if label != "WORK_OF_ART" and index > start and (dash or article):
            yield start, index, label if label != "ORG" else "PROPN"
            start = index + 1
        elif _ends_owner(tokens, index) and label != "WORK_OF_ART" and index + 1 < last:
            yield start, index, label if label == "PERSON" else "PROPN"
            start = index + 1
        elif label == "ORG" and _two_bodies(tokens, start, index, last):
            yield start, index, label
            start = index + 1
    yield start, last, label


def _ends_owner(tokens: Sequence[Token], index: int) -> bool:
    """Whether a possessive ending parts two names: "Russia's Foreign Ministry", not "the Workers' Party"."""
    return tokens[index].tag == "POS" and tokens[max(0, index - 1)].text.lower() not in _OWNERS


_OWNERS = frozenset(
    "people women men children workers farmers veterans teachers citizens writers players students nurses".split()
)
"""Whose an organisation is by its own name: "People's Party"."""


def _is_well_known(tokens: Sequence[Token]) -> bool:
    """Whether some words are an organisation's whole name: "White House" of "the Hale White House"."""
    name = " ".join(token.text for token in tokens)
    return name in well_known() or name in organisation_names()


def _two_bodies(tokens: Sequence[Token], first: int, joint: int, last: int) -> bool:
    """Whether "and" or a comma stands between two organisations, not within one: "the Holt Foundation and Creative Commons"."""
    left, right = tokens[first:joint], tokens[joint + 1 : last]
    if not left or tokens[joint].text not in {"and", "&", ","}:
        return False
    left = left[left[0].pos == "DET" :]
    if tokens[joint].text == ",":
        return _is_well_known(left) or _is_well_known(right)
    if len(left) > 2 and len(right) > 2 and left[0].text == right[0].text and is_body(left[0].text):
        return True
    if len(left) < 2 or len(right) < 2 or any(token.text.lower() in {"of", "for"} for token in left):
        return False
    return is_body(left[-1].text) and all(token.text[0].isupper() for token in right)


def _clean(tokens: Sequence[Token], first: int, last: int, label: str) -> tuple[int, int, list[str]]:
    """Strip articles, possessive endings, quotation marks and titles off a name; return the titles."""
    while first < last and (tokens[last - 1].tag == "POS" or not any(c.isalnum() for c in tokens[last - 1].text)):
        last -= 1
    while first < last and tokens[last - 1].tag in {"DT", "CC", "PRP", "IN"} and last - first > 1:
        last -= 1
    while last - first > 1 and tokens[last - 1].text in POSTNOMINALS:
        last -= 1
    if last - first > 2 and [token.text for token in tokens[last - 2 : last]] == ["et", "al"]:
        last -= 2
    if label == "ORG":
        small = (n for n in range(first + 1, last - 1) if tokens[n].tag == "IN" and tokens[n + 1].tag in {"NN", "NNS"})
        last = next((n for n in small if tokens[n + 1].text.islower()), last)
        while (
            last - first > 2
            and tokens[last - 1].tag == "NN"
            and tokens[last - 1].text.islower()
            and tokens[last - 1].text != "party"
        ):
            last -= 1
        first += last - first > 2 and tokens[first].tag == "VBD"
    while first < last and (tokens[first].pos in {"DET", "ADP"} or not tokens[first].text[0].isalnum()):
        first += 1
    first += last - first > 1 and _is_adverb(tokens[first].text.lower())
    if last - first > 3 and [token.text for token in tokens[last - 2 : last]] == ["-", "General"]:
        last -= 3 * (tokens[last - 3].text in {"Secretary", "Director"})
    while last - first > 1 and label != "PERSON" and tokens[last - 1].text.lower() in TRAILING:
        last -= 1
        while last - first > 1 and (
            tokens[last - 1].text in _DASHES or tokens[last - 1].text in {"Co", "Vice", "Deputy", "and"}
        ):
            last -= 1
    title: list[str] = []
    if label in {"PERSON", "PROPN", "ORG"}:
        last_word = tokens[last - 1].text.lower()
        office = is_organisation_noun(last_word) or (label == "ORG" and last_word in sorts()[1])
        while last - first > 1 and is_title(tokens[first].text) and not office and (label != "ORG" or last - first == 2):
            title.append(tokens[first].text)
            first += 1
        called = 0 if office else _behind_role(tokens[first:last])
        title += [token.text for token in tokens[first : first + called]]
        first += called
        if title and is_title(tokens[first].text):
            first -= len(title)
            title = []
    return first, last, title


def _is_adverb(word: str) -> bool:
    """Whether a word opens a sentence rather than a name: "Interestingly Lind", not "Emily Lind"."""
    lists = people()
    return (
        len(word) > 5
        and word.endswith("ly")
        and word not in lists.known
        and word not in lists.surname
        and word[:-2] in lists.common
    )


def _given(token: Token) -> bool:
    return token.text.lower() in people().given


def is_title(word: str) -> bool:
    return word.lower().rstrip(".") in _TITLES


def is_role(word: str) -> bool:
    """Whether a capitalised word is what somebody is, and nobody's name: "Whistleblower", not "Baker"."""
    lists, low = people(), word.lower()
    return is_title(word) or (is_human(word) and low not in lists.surname and low not in lists.known)


def _behind_role(tokens: Sequence[Token]) -> int:
    """How many words of a name say what somebody is: two of "Loco Pilot Rangoli Patil"."""
    for at in range(len(tokens) - 2, 0, -1):
        role, named = tokens[at - 1].text, _given(tokens[at]) and not is_organisation_noun(tokens[-1].text)
        if (is_role(role) and (named or _strange(tokens[at:]))) or (named and at == 1 and role in _MAKERS):
            return at
    return 0


_MAKERS = frozenset({"Broadcaster", "Publisher", "Developer", "Dealer", "Operator"})
"""What a person may be as well as a company: "Broadcaster Piers Morgan"."""


def _strange(tokens: Sequence[Token]) -> bool:
    """Whether two capitalised words are no everyday words and no organisation's, so that they may be a person's name."""
    words = [token.text.lower() for token in tokens if token.text[0].isupper()]
    return len(tokens) == len(words) == 2 and not any(word in people().common or is_organisation_noun(word) for word in words)


def _fact(parse: Parse, first: int, title: list[str], sentence: Sentence, *, titled: bool) -> tuple[str, set[str], str]:
    """The role right before a name ("Foreign Minister", "Co-host"), the honorifics and the country there.

    The role is spelled as in the text. In a headline whose every word has a capital only titles count.
    """
    tokens = parse.tokens
    begin = first - len(title)
    words = list(range(begin, first))
    at = begin - 1
    while at >= sentence.first_token and len(words) < 9:
        token = tokens[at]
        hyphen = token.text in _DASHES and at and tokens[at - 1].end == token.start and token.end == tokens[at + 1].start
        if titled and not (is_title(token.text) or hyphen):
            break
        if not hyphen and token.pos not in {"NOUN", "PROPN", "ADJ"} and not (words and tokens[words[0]].text in _DASHES):
            break
        words.insert(0, at)
        at -= 1
    plain = [tokens[n].text.lower().rstrip(".") for n in words]
    before = {word for word in plain if word in _HONORIFICS}
    while words and plain[-1] in _HONORIFICS - _RANKS:
        words.pop()
        plain.pop()
    forms, country = country_forms(), ""
    for size in (1, 2, 3):
        for start in range(len(words) - size, -1, -1):
            form = " ".join(tokens[n].text for n in words[start : start + size])
            if form in forms:
                country, words = forms[form][0].name, words[start + size :]
                break
    while words and tokens[words[0]].text in _DASHES:
        words.pop(0)
    if not words:
        return "", before, country
    last = tokens[words[-1]].text
    if not (is_person_noun(last) or is_organisation_noun(last) or is_title(last)):
        return "", before, country
    return " ".join(parse.article.text[tokens[words[0]].start : tokens[words[-1]].end].split()), before, country


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
        score -= ACTORS_SIGN_FAIR * (before in _AT_PLACE and not owner and label != "PERSON")
        score -= ACTORS_SIGN_STRONG * (before in {"the", "a", "an"})
    after = tokens[last] if last < sentence.last_token else None
    rest = tokens[last : min(sentence.last_token, last + 25)]
    who = next((token for token in rest[:3] if token.text.isalpha()), None)
    if who is not None and who.text.lower() in {"who", "whose", "whom"}:
        score += ACTORS_SIGN_STRONG
    if last - first > 1 and label not in {"PERSON", "ORG"} and _dealt_with_as_person(parse, first, last):
        score += ACTORS_SIGN_GOOD
    if head.dep == "poss" and tokens[head.head].text.lower() in people().relative:
        score += ACTORS_SIGN_STRONG
    if head.dep in {"dative", "dobj"} and after is not None and after.tag == "PRP$" and after.text.lower() in _HUMAN_PRONOUNS:
        score += ACTORS_SIGN_FAIR
    if head.dep in {"nsubj", "nsubjpass"} or (after is not None and head.dep == "conj"):
        if any(token.text.lower() in _HUMAN_PRONOUNS for token in rest):
            score += ACTORS_SIGN_FAIR
        following = parse.sentences[sentence.index + 1 : sentence.index + 2]
        opening = [token.text for after in following for token in tokens[after.first_token : after.last_token][:8]]
        if any(word.lower() in {"he", "she", "his", "her"} for word in opening):
            score += ACTORS_SIGN_FAIR
        if tokens[head.head].lemma in _HUMAN_VERBS:
            score += ACTORS_SIGN_WEAK
        if head.dep == "nsubjpass" and tokens[head.head].lemma in _DONE_TO_PERSONS:
            score += ACTORS_SIGN_GOOD
    return score


def _dealt_with_as_person(parse: Parse, first: int, last: int) -> bool:
    """Whether only a person is named so: "identified as Sudesh Amman, 20,", "the killing of Qasem Soleimani"."""
    tokens, text = parse.tokens, parse.article.text
    if _YEARS.match(text, tokens[last - 1].end):
        return True
    before = [token.lemma for token in tokens[max(0, first - 2) : first]]
    return before in (["identify", "as"], ["name", "as"]) or (before[-1:] == ["of"] and before[0] in _OF_PERSONS)


_YEARS = re.compile(r", (?:aged )?\d{1,2}[,.;)]")
_OF_PERSONS = frozenset(
    "killing murder assassination arrest funeral widow wife husband son daughter brother sister mother father friend"
    " biography childhood conviction execution resignation".split()
)
"""What is of a person when it is of a name: "the assassination of"."""


def _corporate(parse: Parse, first: int, last: int, kids: dict[int, list[int]], sentence: Sentence) -> float:
    """What the syntax around a name says about its being an organisation, less what says that it is a person."""
    tokens = parse.tokens
    head = tokens[last - 1]
    score = 0.0
    if first - 1 > sentence.first_token and tokens[first - 1].text == "The":
        score += ACTORS_SIGN_GOOD
    described = [tokens[n] for n in kids[head.index] if tokens[n].dep == "appos"]
    if head.dep == "appos":
        described.append(tokens[head.head])
    if head.dep == "nsubj" and tokens[head.head].lemma == "be":
        described += [tokens[n] for n in kids[head.head] if tokens[n].dep == "attr"]
    for noun in described:
        if noun.tag in {"NN", "NNS"}:
            score += ACTORS_SIGN_STRONG * (is_body(noun.text) - is_human(noun.text))
    before = tokens[first - 1] if first > sentence.first_token else None
    if before is not None and before.tag == "NN" and first <= before.head < last and is_body(before.text):
        score += ACTORS_SIGN_STRONG
    owned = head.dep == "poss" or (head.dep == "compound" and tokens[head.head].tag in {"NN", "NNS"})
    if owned and tokens[head.head].text.lower() in _CORPORATE_PARTS:
        score += ACTORS_SIGN_GOOD
    rest = " ".join(token.text.lower() for token in tokens[last : last + 6])
    if head.dep == "nsubj" and re.search(r"\bin a (?:statement|filing|blog post|press release|report)\b", rest):
        score += ACTORS_SIGN_FAIR
    return score


def _company_behind(tokens: Sequence[Token], last: int, sentence: Sentence) -> float:
    """What stands right behind a name and says that it is a company: "the Casa Lupo restaurant", "Casa Lupo, L.L.C."."""
    behind = [token.text.lower().replace(".", "") for token in tokens[last : min(last + 2, sentence.last_token)]]
    if len(behind) == 2 and behind[0] == "," and behind[1] in CORPORATE:
        return ACTORS_SIGN_STRONG
    return ACTORS_SIGN_GOOD * (bool(behind) and tokens[last - 1].dep == "compound" and behind[0] in _CALLED_SO)


def _is_thing(parse: Parse, first: int, last: int, sentence: Sentence) -> bool:
    """Whether the noun right before or behind a name says that it is a work, a machine, a disease or a law."""
    tokens = parse.tokens
    before = tokens[first - 1] if first > sentence.first_token else None
    after = tokens[last] if last < sentence.last_token else None
    if before is not None and before.text in {"#", "@"}:
        return True
    if before is not None and before.pos in {"NOUN", "PROPN"} and THING_NOUNS.intersection(singulars(before.text)):
        return tokens[last - 1].head == before.index or before.head in range(first, last) or before.dep in {"compound", "nmod"}
    named = last - first > 1 and tokens[first].text.lower() in people().known
    noun = None if named and tokens[last - 1].dep == "appos" else _called(parse, tokens[last - 1])
    if noun is not None and THING_NOUNS.intersection(singulars(noun.text)):
        return True
    if after is None or not THING_NOUNS_BEHIND.intersection(singulars(after.text)):
        return False
    return tokens[last - 1].dep in {"compound", "nmod", "amod"} or after.pos == "PROPN"


def _called(parse: Parse, head: Token) -> Token | None:
    """The noun that a name stands for by apposition or "called": "plane" of "the plane, a Beechcraft", "a device called X"."""
    above = parse.tokens[head.head]
    if head.dep == "appos":
        return above
    if head.dep == "oprd" and above.lemma in {"call", "name", "dub"} and above.dep in {"acl", "relcl", "advcl"}:
        return parse.tokens[above.head]
    return None


def _is_site(parse: Parse, first: int, last: int, sentence: Sentence) -> bool:
    """Whether the words around a name say that it is a place: "the port of X", "X province", "in X, Texas"."""
    tokens = parse.tokens
    before = [token.text.lower() for token in tokens[max(sentence.first_token, first - 2) : first]]
    after = [token.text for token in tokens[last : min(sentence.last_token, last + 2)]]
    if len(before) == 2 and before[1] == "of" and SITES.intersection(singulars(before[0])):
        return True
    if after and after[0].lower() in SITES and tokens[last - 1].dep in {"compound", "nmod"}:
        return True
    where = bool(before) and before[-1] in _AT_PLACE
    return where and len(after) == 2 and after[0] == "," and after[1] in country_forms()


SITES = frozenset(
    "port town city village province region district county state suburb island valley river lake mountain coast harbour harbor"
    " airport stadium borough municipality neighbourhood neighborhood prefecture governorate capital settlement camp peninsula"
    " shore square street road bridge beach bay".split()
)
"""Nouns that say of a name beside them that it is a place."""
LAWS = frozenset(
    "act acts law laws constitution regulations amendment bill benefit accord accords protocol disease syndrome zone".split()
)
"""Last words of what an acronym may stand for and is no actor."""
THING_NOUNS = frozenset(
    "film movie show series sitcom novel book album song single game videogame musical opera play character costume species"
    " constellation planet comet asteroid ship vessel yacht boat aircraft helicopter plane jet satellite spacecraft rocket"
    " telescope drug medicine vaccine virus disease strain variant hurricane storm typhoon cyclone missile pipeline entitled"
    " titled superhero franchise hashtag operation".split()
)
"""Nouns right before a name that say it is no actor."""
THING_NOUNS_BEHIND = frozenset(
    "sitcom videogame franchise virus disease pandemic outbreak epidemic vaccine drug infection"
    " pipeline missile trial payment scan test regimen massacre telescope aircraft helicopter vessel spacecraft satellite law"
    " cosplayer act recombination sequence pandemic symptom phrase".split()
)
"""Nouns right behind a name that say it is no actor."""
_CORPORATE_PARTS = frozenset(
    "spokesman spokeswoman spokesperson ceo shares stock employees employee workers staff headquarters subsidiary customers"
    " executive executives board chairman profits profit revenue sales earnings shareholders investors founder website"
    " members chapter branch offices factory plant store stores app users fighters militants commander".split()
)
_CALLED_SO = frozenset("restaurant hotel bar pub company airline bank newspaper magazine chain brand band".split())
"""Nouns right behind a name that say what bears it: "the Casa Lupo restaurant"."""
_AT_PLACE = frozenset({"in", "at", "near", "from", "around", "outside", "across"})
_WITHIN = _AT_PLACE - {"from", "around"}
_HUMAN_PRONOUNS = frozenset({"he", "she", "his", "her", "him", "himself", "herself"})
_HUMAN_VERBS = frozenset(
    "marry retire bear graduate smile laugh reply remember recall think feel die write sing teach study live love"
    " sleep wake cry kiss dream whisper nod speak wear".split()
)


_DONE_TO_PERSONS = frozenset("convict sentence jail imprison arrest behead bury hospitalise hospitalize".split())


_DASHES = frozenset("-–—")


def is_capitals(parse: Parse, sentence: Sentence) -> bool:
    """Whether a line is written in capitals throughout."""
    text = parse.article.text[sentence.start : sentence.end]
    if _SMALL.search(text):
        return False
    words = re.findall(r"[^\W\d_]{2,}", text)
    return len(words) > 2 and all(word.isupper() for word in words)


_SMALL = re.compile(r"[a-z]{2}")
"""What no word in capitals has."""


def is_title_case(parse: Parse, sentence: Sentence) -> bool:
    """Whether a headline, heading or summary is written in capitals word by word, so that a capital says nothing."""
    tokens = [token for token in parse.tokens_of(sentence) if len(token.text) > 3 and token.text.isalpha()]
    if sentence.section.kind == "body":
        capital = len(tokens) > 4 and all(token.text[0].isupper() for token in tokens)
        return capital and any(token.tag in {"VBZ", "VBD", "VBP", "RB"} for token in tokens[1:])
    return len(tokens) > 1 and sum(token.text[0].isupper() for token in tokens) > TITLE_CASE_SHARE * len(tokens)

"""What the text says somebody is: "Hu Shuli, the editor", "the president, Anna Lind", "he is a lawyer", "served as mayor".

What is stated of an actor is kept twice: as words to know later descriptions by ("the editor said"), and as a mention
of the actor beside its name, which is found but not scored, since the sentence is scored at the name already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..constants import ACTORS_LINK_GOOD
from ..model import STATED_RULE, Parse, Token
from .gazetteer import is_body, is_human, is_organisation_noun, is_person_noun, people
from .groups import Group, GroupMention, head_of

Kids = Mapping[int, Sequence[Token]]


def children(parse: Parse) -> Kids:
    """The tokens that hang directly under each token."""
    kids: dict[int, list[Token]] = defaultdict(list)
    for token in parse.tokens:
        if token.head != token.index:
            kids[token.head].append(token)
    return kids


def appositions(parse: Parse, mentions: Iterable[GroupMention], groups: Sequence[Group], kids: Kids) -> None:
    """Add to each actor what the text says it is: in apposition ("Hu Shuli, the editor"), by "is", "became" or "as"."""
    for mention in mentions:
        group = groups[mention.group]
        if group.kind in {"country", "group"} or mention.form == "pronoun":
            continue
        head, _ = head_of(parse.tokens_of(mention.sentence), mention.start, mention.end)
        if head is None:
            continue
        for noun, beside in _said_of(parse, head, kids):
            person = is_person_noun(noun.text)
            if noun.tag != "NN" or not (person or is_organisation_noun(noun.text)):
                continue
            if noun.text.lower() in people().relative:
                if any(kid.dep == "poss" for kid in kids.get(noun.index, ())):
                    group.said.append((noun.text.lower(),))
                continue
            group.said.append(tuple(_words_under(parse, noun, kids)))
            if beside:
                group.facts.setdefault(parse.article.text[_first(parse, noun).start : noun.end])


def stated(parse: Parse, mentions: Sequence[GroupMention], groups: Sequence[Group], kids: Kids) -> list[GroupMention]:
    """The nouns that say what an actor is, where they stand beside a mention of it, as mentions of their own.

    Args:
        parse: the article's parse.
        places: the mentions, by name or by pronoun.
        groups: the actors that the places count through.
        kids: what ``children`` returned for the parse.

    Returns:
        One place a noun, in reading order; none overlaps a mention. A noun that two actors are said to be means neither.
    """
    taken = {token.index for mention in mentions for token in _tokens_in(parse, mention)}
    statements: dict[int, GroupMention] = {}
    twice: set[int] = set()
    for mention in mentions:
        kind = groups[mention.group].kind
        if kind not in {"person", "organisation"} or mention.form in {"demonym", "origin"}:
            continue
        head, inside = head_of(parse.tokens_of(mention.sentence), mention.start, mention.end)
        if head is None:
            continue
        for noun in _nouns_of(parse, head, inside, kids):
            if noun.index in taken or noun.index in inside or not _may_be(noun, kind, kids):
                continue
            other = statements.get(noun.index)
            if other is not None and other.group != mention.group:
                twice.add(noun.index)
            if noun.text.lower() == "emeritus" and parse.tokens[noun.index - 1].tag == "NN":
                noun = parse.tokens[noun.index - 1]
            statements[noun.index] = GroupMention(
                noun.start, noun.end, mention.sentence, mention.group, "role", STATED_RULE, ACTORS_LINK_GOOD
            )
    return sorted((mention for at, mention in statements.items() if at not in twice), key=lambda mention: mention.start)


def _may_be(noun: Token, kind: str, kids: Kids) -> bool:
    """Whether a noun can say what a person or an organisation is; behind "is" "one of the critics" too."""
    if noun.text.lower() == "one" and noun.dep == "attr":
        below = kids.get(noun.index, ())
        if any(kid.dep == "det" and kid.text.lower() == "the" for kid in below):
            return kind == "person" and any(kid.dep in {"relcl", "acl"} for kid in below)
        of = (
            noun_below
            for kid in below
            if kid.text == "of"
            for noun_below in kids.get(kid.index, ())
            if noun_below.dep == "pobj"
        )
        return any(is_human(noun_below.text) if kind == "person" else is_body(noun_below.text) for noun_below in of)
    if noun.tag not in {"NN", "NNP"} or noun.text.lower() in _NO_STATEMENT:
        return False
    return is_human(noun.text) if kind == "person" else noun.tag == "NN" and is_body(noun.text)


def _tokens_in(parse: Parse, mention: GroupMention) -> list[Token]:
    return [token for token in parse.tokens_of(mention.sentence) if token.start < mention.end and mention.start < token.end]


def _nouns_of(parse: Parse, head: Token, inside: set[int], kids: Kids) -> Iterator[Token]:
    """The nouns that say what a mention is: "Lind, the mayor", "the mayor, Lind", "is mayor", "who is a judge"."""
    for noun, beside in _said_of(parse, head, kids):
        capital = parse.tokens[noun.index - 1].text[0].isupper()
        if _narrowed(noun, kids) or capital or not (beside or noun.index < head.index):
            yield noun
            yield from _listed(parse, noun, kids, beside=beside or noun.index < head.index)
    first, last = min(inside, default=0), max(inside, default=0)
    before = parse.tokens[first - 1] if first else None
    if before is not None and before.head in inside and before.dep in {"compound", "nmod", "amod"}:
        above = [*kids.get(before.index, ()), *kids.get(before.head, ())]
        if any(kid.index < before.index and (kid.dep == "poss" or kid.text.lower() in _OPENERS) for kid in above):
            yield before
    elif (
        before is not None
        and before.tag == "NN"
        and before.dep in _BEARING
        and is_human(before.text)
        and head.dep not in _SUBJECT
    ):
        yield before
        if before.dep == "conj" and parse.tokens[before.head].tag == "NN":
            yield parse.tokens[before.head]
    behind = parse.tokens[last + 1] if last + 1 < len(parse.tokens) else None
    if behind is not None and head.head == behind.index and head.dep == "compound" and behind.text.lower() in _CALLED_SO:
        yield behind


_BEARING = frozenset("conj dobj pobj nsubj nsubjpass appos attr".split())
"""How a noun right before a name hangs in the sentence where the parser parts the two: "mathematician and writer Aner Lev"."""
_CALLED_SO = frozenset(
    "company firm bank airline newspaper magazine website network station party group club bar restaurant hotel chain charity"
    " band label studio brand".split()
)
"""Nouns right behind a name that mean what bears it: "the Hydrona company"; but "the Hydrona board" is a part of it."""
_OPENERS = frozenset({"the", "this", "that", "a", "an"})
_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_NO_STATEMENT = frozenset({"subject", "voice", "case", "target", "object", "factor", "name"})
"""Nouns that the word list holds for persons though nobody is called so."""
_MODALS = frozenset("would could might may should can".split())


def _narrowed(noun: Token, kids: Kids) -> bool:
    """Whether a noun beside a name is a phrase of its own: "the mayor", "Norway's leader", "chairman of the board"."""
    return any(kid.index < noun.index or kid.dep == "prep" for kid in kids.get(noun.index, ()))


def _unsure(verb: Token, kids: Kids) -> bool:
    """Whether something is denied or only thought of: "is no friend", "is not one", "would be president"."""
    below = kids.get(verb.index, ())
    if any(kid.dep == "attr" and any(k.text.lower() == "no" for k in kids.get(kid.index, ())) for kid in below):
        return True
    return any(kid.dep == "neg" or (kid.dep == "aux" and kid.text.lower() in _MODALS) for kid in below)


def _listed(parse: Parse, noun: Token, kids: Kids, *, beside: bool) -> Iterator[Token]:
    """The nouns joined to one by "and": "a nurse and amateur director"; beside a name only where no comma parts them."""
    at = noun
    for _ in range(3):
        more = next((kid for kid in kids.get(at.index, ()) if kid.dep == "conj" and kid.index > at.index), None)
        if more is None:
            return
        between = parse.tokens[at.index + 1 : more.index]
        if beside and (any(token.text == "," for token in between) or any(token.text.lower() in _OPENERS for token in between)):
            return
        yield more
        at = more


def _first(parse: Parse, noun: Token) -> Token:
    """The first word of a noun's compound: "prime" of "prime minister"."""
    first = noun.index
    while first and parse.tokens[first - 1].head == noun.index and parse.tokens[first - 1].dep == "compound":
        first -= 1
    return parse.tokens[first]


_BECOMING = frozenset({"be", "become", "remain"})
_NAMING = frozenset({"name", "appoint", "elect", "serve", "work", "swear", "nominate", "install", "act"})


def _said_of(parse: Parse, head: Token, kids: Kids) -> Iterator[tuple[Token, bool]]:
    """The nouns that say what a name is, each with whether it stands right beside the name."""
    for token in kids.get(head.index, ()):
        if token.dep == "appos" and not _parted(parse, head, token):
            yield token, True
        if token.dep == "relcl" and token.lemma == "be" and not _unsure(token, kids):
            below = kids.get(token.index, ())
            if any(kid.text.lower() == "who" and kid.dep in _SUBJECT for kid in below):
                yield from ((kid, False) for kid in below if kid.dep == "attr")
    if head.dep == "appos" and not _parted(parse, parse.tokens[head.head], head):
        beside = parse.tokens[head.head]
        aside = any(token.text == "(" for token in parse.tokens[beside.index : head.index])
        belongs = beside.dep == "pobj" and parse.tokens[beside.head].dep == "prep"
        if belongs and not aside and not _names_somebody(beside.text):
            beside = parse.tokens[parse.tokens[beside.head].head]
        yield beside, False
        yield from ((kid, True) for kid in kids.get(beside.index, ()) if kid.dep == "appos" and kid.index > head.index)
        head = parse.tokens[head.head]
    if head.dep in {"dobj", "nsubj"}:
        below = kids.get(head.head, ())
        if parse.tokens[head.head].lemma in _NAMING:
            yield from ((kid, False) for kid in below if kid.dep == "oprd" and kid.index > head.index)
    if head.dep not in _SUBJECT:
        return
    verb = parse.tokens[head.head]
    for _ in range(2):
        below = kids.get(verb.index, ())
        if _unsure(verb, kids):
            return
        for token in below:
            if token.dep in {"attr", "conj"} and verb.lemma in _BECOMING and token.tag != "VBZ":
                yield token, False
            if token.dep == "prep" and token.text.lower() == "as" and (verb.lemma in _NAMING or not _has_object(below)):
                yield from ((noun, False) for noun in kids.get(token.index, ()) if noun.dep == "pobj")
            if token.dep == "oprd" and verb.lemma in _NAMING and head.dep == "nsubjpass":
                yield token, False
        more = next((kid for kid in below if kid.dep == "conj" and kid.lemma in _BECOMING), None)
        if more is None or any(kid.dep in _SUBJECT for kid in kids.get(more.index, ())):
            return
        if parse.tokens[more.index - 1].dep not in {"cc", "advmod"}:
            return
        verb = more


def _names_somebody(noun: str) -> bool:
    """Whether a person may be called by a noun, as well as a company may: "the publisher"."""
    return is_human(noun) or (is_person_noun(noun) and noun.lower().endswith(("er", "or")))


def _parted(parse: Parse, one: Token, other: Token) -> bool:
    """Whether a quotation ends between two words, or somebody else stands there whom the second may be said of.

    "We need a mayor,” Anna Lind, 40, said"; "an aide to the publisher, Anna Lind".
    """
    between = parse.tokens[one.index + 1 : other.index]
    if is_human(one.text) and any(t.tag == "NN" and t.dep == "pobj" and is_human(t.text) for t in between):
        return True
    text = parse.article.text
    return any(t.text in {"”", "''"} or (t.text == '"' and not text[t.start - 1].isspace()) for t in between)


def _has_object(below: Sequence[Token]) -> bool:
    """Whether a verb has somebody else for its object, of whom "as a lawyer" may speak."""
    return any(
        kid.dep == "dobj" and (kid.pos in {"PROPN", "PRON"} or is_human(kid.text)) and not kid.text.lower().endswith("self")
        for kid in below
    )


def _words_under(parse: Parse, noun: Token, kids: Kids) -> Iterator[str]:
    """The noun, what stands before it, and what follows "of" or "for"."""
    yield noun.text.lower()
    for token in kids.get(noun.index, ()):
        if token.dep in {"compound", "amod", "nmod", "poss"}:
            yield token.text.lower()
            yield from (kid.text.lower() for kid in kids.get(token.index, ()) if kid.dep in {"compound", "amod"})
        if token.dep == "prep" and token.text in {"of", "for", "at"}:
            for child in kids.get(token.index, ()):
                if child.dep == "pobj":
                    yield from _words_under(parse, child, kids)

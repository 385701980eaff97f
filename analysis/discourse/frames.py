"""What a cue takes: each verb, noun, adjective, adverb or preposition of the lexicon with its source and content.

A cue's frames (see ``ReportingWord``) say which of its complements is the content; the first one filled counts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ..model import AttributionKind
from .lexicon import ReportingWord, word_group
from .syntax import (
    QUOTE_CHARS,
    Tree,
    agent_of,
    clause_top,
    is_passive,
    outer_cue,
    set_off,
    source_tokens,
    subject_after,
    subject_of,
    word_of,
)


@dataclass(slots=True)
class Draft:
    """An attribution in the making."""

    place: int
    cue: set[int]
    source: set[int]
    content: set[int]
    rule: str
    word: ReportingWord | None = None
    quotes: list[int] = field(default_factory=list)
    head: int = -1
    kind: AttributionKind | None = None


def cue_tokens(tree: Tree, verb: int, preposition: int | None = None) -> set[int]:
    found = {verb}
    for kid in tree.kids[verb]:
        if tree.tokens[kid].dep in ("aux", "auxpass", "neg", "prt"):
            found.add(kid)
    if preposition is not None:
        found.add(preposition)
    return found


def _verb(tree: Tree, verb: int, word: ReportingWord) -> Draft | None:
    """The attribution that a verb makes, by the first of its frames that is filled."""
    token = tree.tokens[verb]
    if token.dep in ("amod", "compound", "nmod"):
        return None
    passive = is_passive(tree, verb)
    subject = subject_of(tree, verb)
    if (
        subject is None
        and token.tag == "VB"
        and word.act in ("think", "judge", "want", "show")
        and tree.kid(verb, "aux") is None
    ):
        return None
    head, content, rule, preposition = _complement(tree, verb, word, subject, passive)
    if not content or (rule == "object" and word.act == "judge" and _is_purpose(tree, verb)):
        return None
    if passive:
        speaker = agent_of(tree, verb)
    else:
        speaker = subject
        if speaker is None and head < verb and rule == "clause":
            speaker = subject_after(tree, verb)
    source = source_tokens(tree, speaker, (verb,))
    if passive and speaker is not None:
        for kid in tree.kids[speaker]:
            if (
                kid > speaker
                and tree.tokens[kid].dep == "prep"
                and tree.tokens[kid].text.lower() in ("of", "for")
                and tree.kid(kid, "pcomp")
            ):
                source -= tree.under(kid)
                content |= tree.under(kid)
    content -= source
    return Draft(verb, cue_tokens(tree, verb, preposition), source, content, f"{word.act}-{rule}", word, head=head)


def _is_purpose(tree: Tree, verb: int) -> bool:
    """Whether an infinitive says what something is for: "soldiers to support Russia" hold no view of it."""
    token = tree.tokens[verb]
    below = token.dep in ("acl", "relcl", "advcl") or (token.dep == "xcomp" and tree.kid(token.head, "dobj") is not None)
    return below and token.tag == "VB" and tree.kid(verb, "aux") is not None


def _complement(
    tree: Tree, verb: int, word: ReportingWord, subject: int | None, passive: bool
) -> tuple[int, set[int], str, int | None]:
    """(head of the content, its tokens, the frame's name, the preposition if one)."""
    tokens, kids, frames = tree.tokens, tree.kids[verb], word.frames
    if "s" in frames:
        lower = tree.kid(verb, "xcomp", "oprd", "acomp")
        if lower is None or subject is None:
            return _NOTHING
        return lower, tree.under(lower) | tree.under(subject, (verb,)), "raised", None
    if "c" in frames:
        clauses = [kid for kid in kids if tokens[kid].dep == "ccomp" and (kid > verb or "q" in frames)]
        if passive and any(kid > verb for kid in clauses):
            clauses = [kid for kid in clauses if kid > verb]
        for kid in clauses:
            if kid > verb or all(tokens[k].text != ";" for k in kids if kid < k < verb):
                if word.act == "want" and tree.tokens[min(tree.under(kid))].tag in ("WP", "WDT"):
                    continue
                return kid, _clause(tree, kid, verb), "clause", None
        if (found := _inserted(tree, verb, word) or _stray(tree, verb, word)) is not None:
            return found
    if passive and word.act == "ask":
        return _by_preposition(tree, verb, word)
    if "x" in frames and not passive:
        lower = tree.kid(verb, "xcomp")
        if lower is not None and lower > verb and tokens[lower].pos in ("VERB", "AUX"):
            found_here = _clause(tree, lower, verb)
            thing = tree.kid(verb, "dobj")
            if thing is not None and verb < thing < lower and word.lemma not in ("tell", "ask"):
                found_here |= tree.under(thing)
            return lower, found_here, "infinitive", None
    if passive:
        if word.lemma in ("quote", "cite") and any(tokens[kid].text.lower() == "as" for kid in kids):
            return _NOTHING
        lower = tree.kid(verb, "xcomp", "oprd", "ccomp")
        prep = next(
            (k for k in kids if tokens[k].dep == "prep" and k > verb and tokens[k].text.lower() in ("as", "of", "for")), None
        )
        if subject is not None and (
            ("o" in frames and word.act != "say")
            or ("o" in frames and (lower is not None or prep is not None or tree.kid(verb, "agent") is not None))
            or (lower is not None and "x" in frames)
            or ("O" in frames and prep is not None)
        ):
            found_here = tree.under(subject, (verb,))
            for k in (lower, prep):
                found_here |= set() if k is None else tree.under(k)
            return subject, found_here, "passive", None
        return _NOTHING
    if (frames & {"o", "O"}) and (found := _object(tree, verb, word, subject)) is not None:
        return found
    return _by_preposition(tree, verb, word)


_Complement = tuple[int, set[int], str, int | None]

_NOTHING: Final[_Complement] = (-1, set(), "", None)


def _clause(tree: Tree, kid: int, verb: int) -> set[int]:
    """A clause below a cue, without a conjunct that is a cue on the same level ("said A and promised B")."""
    tokens = tree.tokens
    left_out = {verb} if kid < verb else set()
    here: int | None = kid
    for _ in range(20):
        here = next((k for k in tree.kids[here] if tokens[k].dep == "conj"), None) if here is not None else None
        if here is None:
            break
        word = word_of(tree, here)
        if here > verb and word is not None and word.act in ("say", "ask", "want") and tokens[here].tag == tokens[verb].tag:
            own = tree.kid(here, "nsubj")
            if (
                tokens[here].tag in ("VBD", "VBZ", "VBP")
                and (own is None or tree.kid(here, "ccomp") is not None)
                and word.frames & {"c", "q", "x"}
            ):
                left_out.add(here)
                break
    chain, seen = [kid], 0
    while chain and seen < 12:
        seen += 1
        for k in tree.kids[chain.pop()]:
            if tokens[k].dep == "advcl" and tokens[k].tag == "VBG" and k > verb and outer_cue(tree, k) == verb:
                word = word_of(tree, k)
                if word is not None and word.act == "say" and tree.quote_of[k] < 0:
                    left_out.add(k)
            elif tokens[k].dep in ("xcomp", "conj") and k not in left_out:
                chain.append(k)
    found = tree.under(kid, left_out)
    if len(left_out) > (kid < verb):
        last = min(left_out - {verb})
        low = min(tree.under(last))
        while low - 1 in found and tokens[low - 1].dep in ("cc", "punct"):
            low -= 1
            found.discard(low)
    return found


def _inserted(tree: Tree, verb: int, word: ReportingWord) -> _Complement | None:
    """ "A, experts say, B" and "as X noted": the clause around the cue is its content."""
    tokens = tree.tokens
    token = tokens[verb]
    if token.dep == "advcl":
        mark = tree.kid(verb, "mark")
        if mark is not None and tokens[mark].text.lower() == "as" and tree.kid(verb, "dobj", "xcomp") is None:
            return token.head, tree.under(token.head, (verb,)), "as", None
    if "q" not in word.frames or word.act not in ("say", "think") or token.dep not in ("parataxis", "ccomp"):
        return None
    if tree.quote_of[verb] != tree.quote_of[token.head] and tree.quote_of[verb] >= 0:
        return None
    below = tree.under(verb)
    head = token.head
    subject = tree.kid(verb, "nsubj")
    if subject is None or tokens[subject].text.lower() == "you" or tree.kid(verb, "mark", "neg") is not None:
        return None
    if word.act == "think" and (len(below) > 6 or tree.kid(verb, "dobj") is not None):
        return None
    if token.dep == "ccomp":
        first = min(below)
        above = word_of(tree, head)
        if head > verb or len(below) > 12 or not set_off(tree, below) or (above is not None and "c" in above.frames):
            return None
        if first and tokens[first].pos != "PUNCT" and tokens[first - 1].text not in (",", "—", "–", "--", "''", "”", '"'):
            return None
    return head, tree.under(clause_top(tree, head), (verb,)), "inserted", None


def _stray(tree: Tree, verb: int, word: ReportingWord) -> _Complement | None:
    """A that-clause that the parser hung on the listener ("told a crowded hall that"), or text before ", he said"."""
    tokens = tree.tokens
    if "q" not in word.frames or word.act != "say":
        return None
    for kid in tree.kids[verb]:
        if kid > verb and tokens[kid].dep in ("dobj", "dative", "prep", "npadvmod", "advcl", "acl", "xcomp", "oprd", "relcl"):
            for low in [kid, *(k for k in tree.kids[kid]), *(k for j in tree.kids[kid] for k in tree.kids[j])]:
                if tokens[low].dep in ("acl", "relcl", "ccomp", "advcl") and low > verb + 1:
                    mark = tree.kid(low, "mark", "nsubj")
                    if mark is not None and tokens[mark].text.lower() == "that" and tokens[mark].tag == "IN":
                        return low, tree.under(low), "clause", None
    if word.lemma not in ("say", "tell", "write", "add", "report", "note", "explain", "argue", "announce"):
        return None
    subject = tree.kid(verb, "nsubj")
    if subject is None or subject > verb or (tree.kid(verb, "dobj", "xcomp") is not None and word.lemma != "tell"):
        return None
    first = min(tree.under(subject))
    sentence = tree.parse.sentences[tree.sentence_of[verb]]
    if (
        first - sentence.first_token < 4
        or tokens[first - 1].text != ","
        or tokens[verb].dep not in ("ROOT", "parataxis", "conj")
    ):
        return None
    left = set(range(sentence.first_token, first - 1))
    if any(tokens[k].head == verb and tokens[k].dep in ("advcl", "prep", "advmod") for k in left) or tokens[verb].dep == "conj":
        return None
    return first - 2, left, "clause", None


def _object(tree: Tree, verb: int, word: ReportingWord, subject: int | None) -> _Complement | None:
    tokens, kids, frames = tree.tokens, tree.kids[verb], word.frames
    token = tokens[verb]
    thing = tree.kid(verb, "dobj", "dative")
    rest = [
        k
        for k in kids
        if k > verb
        and (
            tokens[k].dep in ("oprd", "acomp", "xcomp")
            or (tokens[k].dep in ("prep", "dative") and tokens[k].text.lower() in ("as", "of", "for", "with", "to", "from"))
        )
    ]
    if "o" not in frames and not any(tokens[k].text.lower() == "as" or tokens[k].dep == "oprd" for k in rest):
        return None
    if thing is None and "o" in frames:
        if token.dep == "relcl" and subject != token.head and tree.kid(verb, "ccomp", "xcomp", "prep") is None:
            return token.head, tree.under(token.head, (verb,)), "relative", None
        parts = [kid for kid in kids if kid > verb and tokens[kid].dep in ("ccomp", "oprd")]
        if parts:
            return parts[0], set().union(*(tree.under(kid) for kid in parts)), "small-clause", None
    if thing is None or (word.act == "judge" and tokens[thing].text.lower() == "you"):
        return None
    found = tree.under(thing)
    for k in rest:
        found |= tree.under(k)
    if word.lemma in _NAMING and thing > verb:
        away = [k for k in kids if tokens[k].dep in ("conj", "advcl", "cc", "npadvmod", "ccomp") and k > thing]
        found |= {k for k in tree.under(verb, away) if k > verb}
    return thing, found, "object", None


_NAMING: Final = frozenset({"call", "dub", "label", "brand", "term", "describe", "characterize", "portray"})


def _by_preposition(tree: Tree, verb: int, word: ReportingWord) -> _Complement:
    tokens = tree.tokens
    for kid in tree.kids[verb]:
        if tokens[kid].dep in ("prep", "agent", "dative") and tokens[kid].text.lower() in word.prepositions and kid > verb:
            lower = tree.kid(kid, "pobj", "pcomp")
            if lower is not None:
                found = tree.under(lower)
                infinitive = tree.kid(verb, "xcomp", "advcl")
                if tokens[kid].text.lower() == "on" and infinitive is not None and infinitive > kid:
                    found |= tree.under(infinitive)
                for other in tree.kids[verb]:
                    if other > kid and tokens[other].dep == "prep" and tokens[other].text.lower() == "as":
                        found |= tree.under(other)
                return lower, found, "preposition", kid
    return _NOTHING


def _noun(tree: Tree, noun: int, word: ReportingWord) -> Draft | None:
    """ "the claim that", "his opposition to": content below the noun, source its owner or a light verb's subject."""
    tokens, kids = tree.tokens, tree.kids[noun]
    content: set[int] = set()
    head, rule, preposition = -1, "", None
    for kid in kids:
        if kid < noun:
            continue
        token = tokens[kid]
        if token.dep in ("acl", "ccomp", "relcl"):
            mark = next((k for k in tree.kids[kid] if tokens[k].dep in ("mark", "aux") and k < kid), None)
            if mark is None:
                continue
            text = tokens[mark].text.lower()
            if ("c" in word.frames and text in ("that", "whether", "if") and token.dep != "relcl") or (
                "x" in word.frames and text == "to"
            ):
                head, content, rule = kid, tree.under(kid), "clause"
                break
        if token.dep == "prep" and token.text.lower() in word.prepositions:
            lower = tree.kid(kid, "pobj", "pcomp")
            if lower is not None:
                head, content, rule, preposition = lower, tree.under(lower), "preposition", kid
                break
    if not content:
        return None
    owner = tree.kid(noun, "poss")
    if owner is None:
        for kid in kids:
            if tokens[kid].dep == "prep" and kid != preposition and tokens[kid].text.lower() in ("of", "by", "from", "among"):
                owner = tree.kid(kid, "pobj")
                break
    person = _is_person(word)
    if owner is None or person:
        held = _holder(tree, noun, preposition)
        owner = held if held is not None or not person else noun
    source = source_tokens(tree, owner, (noun,) if owner != noun else ()) - content
    if owner == noun:
        source -= {preposition} if preposition is not None else set()
    cue = {noun} | ({preposition} if preposition is not None else set())
    return Draft(noun, cue, source, content, f"noun-{rule}", word, head=head)


def _is_person(word: ReportingWord) -> bool:
    """Whether the noun names the one who holds the view ("supporter") rather than the view ("support")."""
    return word.lemma in word_group("holders")


def _holder(tree: Tree, noun: int, preposition: int | None) -> int | None:
    """Who holds a view that names nobody: from, by or among whom it is, or the subject of the verb it hangs on."""
    tokens = tree.tokens
    place = noun
    for _ in range(4):
        token = tokens[place]
        if (
            token.dep == "pobj"
            and tokens[token.head].text.lower() == "of"
            and tokens[tokens[token.head].head].pos in ("NOUN", "NUM")
        ):
            place = tokens[token.head].head
        elif token.dep == "conj":
            place = token.head
        else:
            break
    if tokens[place].dep == "appos":
        return tokens[place].head
    verb = tokens[place].head
    if tokens[place].dep == "pobj":
        verb = tokens[verb].head
    if tokens[place].dep not in ("dobj", "attr", "pobj") or tokens[verb].pos not in ("VERB", "AUX"):
        return None
    for kid in tree.kids[verb]:
        if (
            tokens[kid].dep == "prep"
            and kid > noun
            and tokens[kid].text.lower() in ("from", "by", "among")
            and kid != preposition
        ):
            return tree.kid(kid, "pobj")
    if (
        tokens[verb].lemma.lower() in word_group("not holders")
        or is_passive(tree, verb)
        or (tokens[place].dep == "pobj" and tokens[verb].lemma.lower() in ("be", "come"))
    ):
        return None
    return subject_of(tree, verb)


def _adjective(tree: Tree, place: int, word: ReportingWord) -> Draft | None:
    """ "is confident that", "keen to": content below the adjective, source the subject it is said of."""
    tokens = tree.tokens
    content: set[int] = set()
    head, rule, preposition = -1, "", None
    for kid in tree.kids[place]:
        if kid < place:
            continue
        if tokens[kid].dep in ("ccomp", "xcomp") and (
            ("c" in word.frames and tokens[kid].dep == "ccomp") or "x" in word.frames
        ):
            head, content, rule = kid, tree.under(kid), "clause"
            break
        if tokens[kid].dep == "prep" and tokens[kid].text.lower() in word.prepositions:
            lower = tree.kid(kid, "pobj", "pcomp")
            if lower is not None:
                head, content, rule, preposition = lower, tree.under(lower), "preposition", kid
                break
    verb = tokens[place].head
    if not content and tokens[place].dep in ("acomp", "attr"):
        lower = tree.kid(verb, "ccomp", "xcomp")
        if lower is not None and lower > place and "c" in word.frames:
            head, content, rule = lower, tree.under(lower), "clause"
    if not content:
        return None
    if tokens[place].dep in ("amod", "appos", "relcl", "acl"):
        subject: int | None = tokens[place].head
    else:
        subject = subject_of(tree, place) if tokens[place].dep not in ("acomp", "attr") else subject_of(tree, verb)
    cue = {place} | ({preposition} if preposition is not None else set())
    if tokens[verb].pos == "AUX" and tokens[place].dep in ("acomp", "attr"):
        cue |= cue_tokens(tree, verb)
    return Draft(place, cue, source_tokens(tree, subject, (place,)) - content, content, f"adjective-{rule}", word, head=head)


def _preposition(tree: Tree, place: int) -> Draft | None:
    """ "according to X", "in X's view", "in a recent poll": source inside the phrase, content the clause it is in."""
    tokens = tree.tokens
    token = tokens[place]
    lower = token.text.lower()
    if lower == "according":
        to = next((kid for kid in tree.kids[place] if tokens[kid].text.lower() == "to"), None)
        if to is None and place + 1 < len(tokens) and tokens[place + 1].text.lower() == "to":
            to = place + 1
        inner = None if to is None else tree.kid(to, "pobj", "pcomp")
        if to is None or inner is None:
            return None
        cue, source, rule = {place, to}, tree.under(inner), "according-to"
    elif lower in ("in", "by") and token.dep == "prep":
        inner = tree.kid(place, "pobj")
        if inner is None or tokens[inner].lemma.lower() not in word_group("reports"):
            return None
        owner = tree.kid(inner, "poss")
        if tokens[inner].lemma.lower() in ("poll", "survey", "census", "study") and lower == "in":
            cue, source, rule = {place}, tree.under(inner), "in-report"
        elif owner is not None and tokens[inner].lemma.lower() in ("view", "opinion", "estimation", "word", "account", "mind"):
            cue, source, rule = {place, inner}, source_tokens(tree, owner), "in-view"
        else:
            return None
    else:
        return None
    phrase = tree.under(place) | cue
    top = clause_top(tree, token.head if token.head != place else place)
    said = word_of(tree, top)
    if rule == "according-to" and said is not None and said.act == "say" and tokens[top].pos == "VERB":
        clause = tree.kid(top, "ccomp")
        if clause is not None and tree.quote_of[clause] >= 0 > tree.quote_of[top]:
            return None
    content = tree.under(top, (place,)) - phrase
    if tokens[top].dep == "conj":
        pass
    return Draft(place, cue, source, content, rule, kind="according-to", head=top)


def _adverb(tree: Tree, place: int, word: ReportingWord) -> Draft | None:
    """ "reportedly": the clause it stands in, from no named source."""
    top = clause_top(tree, tree.tokens[place].head)
    content = tree.under(top) - {place}
    return Draft(place, {place}, set(), content, "adverb", word, head=top) if content else None


def drafts_of(tree: Tree) -> list[Draft]:
    """Every attribution that a cue of the lexicon makes, quotations not yet given out."""
    found: list[Draft] = []
    for token in tree.tokens:
        draft: Draft | None = None
        lower = token.text.lower()
        if lower in ("according", "in", "by"):
            draft = _preposition(tree, token.index)
        elif token.pos in ("VERB", "AUX", "NOUN", "ADJ", "ADV"):
            word = word_of(tree, token.index)
            if word is None:
                continue
            if word.pos == "VERB":
                draft = _verb(tree, token.index, word)
            elif word.pos == "NOUN":
                draft = _noun(tree, token.index, word)
            elif word.pos == "ADJ":
                draft = _adjective(tree, token.index, word)
            else:
                draft = _adverb(tree, token.index, word)
        if draft is not None:
            found.append(draft)
    return found


def labels_of(tree: Tree) -> Iterator[Draft]:
    """ "Graham: …" in a headline, "FALLIN: …" in a transcript, "More from Cohen: “…”": the name before a colon."""
    tokens, parse = tree.tokens, tree.parse
    previous = None
    for sentence in parse.sentences:
        fresh = sentence.section is not previous
        previous = sentence.section
        if not fresh:
            continue
        stop = min(sentence.last_token, sentence.first_token + 16)
        colon = next((i for i in range(sentence.first_token + 1, stop) if tokens[i].text == ":"), None)
        if colon is None:
            continue
        quote = tree.quote_of[colon]
        if quote >= 0 and tree.quotes[quote].start != sentence.section.start:
            continue
        begin = sentence.first_token
        for index in range(colon - 1, begin - 1, -1):
            if tokens[index].text in ("-", "–", "—", "--", "…") or tokens[index].pos in ("VERB", "AUX"):
                begin = index + 1
                break
        name = [i for i in range(begin, colon) if tokens[i].pos not in ("SPACE", "PUNCT")]
        if sentence.section.kind == "headline" and begin > sentence.first_token and tokens[begin - 1].pos == "VERB":
            subject = tree.kid(begin - 1, "nsubj")
            if subject is not None and tree.quote_of[colon + 1 if colon + 1 < len(tokens) else colon] >= 0:
                yield Draft(colon, {begin - 1, colon}, tree.under(subject), set(range(colon + 1, sentence.last_token)), "label")
                continue
        if not name or len(name) > 9 or not any(tokens[i].pos == "PROPN" for i in name):
            continue
        label = " ".join(tokens[i].text for i in name)
        if label.lower() in word_group("not speakers"):
            continue
        after = next((i for i in range(colon + 1, sentence.last_token) if tokens[i].pos != "SPACE"), None)
        quoted = after is not None and tokens[after].text[0] in QUOTE_CHARS
        capitals = label.isupper() and len(label) > 2
        headline = (
            sentence.section.kind in ("headline", "heading", "summary") and begin == sentence.first_token and len(name) <= 6
        )
        if after is None or tokens[after].pos == "NUM" or not (quoted or capitals or headline) or (quote >= 0 and not capitals):
            continue
        last = bisect_left(tokens, sentence.section.end, key=lambda token: token.start)
        if not capitals:
            last = sentence.last_token
        content = set(range(colon + 1, last))
        if len(content) < 3:
            continue
        heads = [i for i in name if tokens[i].pos == "PROPN"]
        low = heads[0] if not capitals else name[0]
        source = {i for i in name if i >= low} if tokens[name[0]].pos == "ADP" or "from" in label.lower() else set(name)
        yield Draft(colon, {colon}, source, content, "label", head=colon + 1)

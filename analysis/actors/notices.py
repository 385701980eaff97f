"""What an article's text holds that is about no actor: datelines, bylines, sign-offs, credits, offices, "anti-X".

A city where a report was filed is no mention of its country, and a reporter who signs it is no actor of the article.
Each kind is a row of ``NOTICES`` with a pattern; tests hold one example that it takes and one that it leaves.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..model import Parse, Span, Token
from .gazetteer import country_forms, organisation_names, people, singulars


@dataclass(frozen=True, slots=True)
class Notice:
    """One kind of text that names nobody.

    where: anywhere, at the start of a paragraph, or a whole paragraph. takes, leaves: an example of each. needs: what stands in
    every text that the pattern takes; a paragraph without it is not searched.
    """

    kind: str
    where: Literal["anywhere", "start", "whole"]
    pattern: re.Pattern[str]
    takes: str
    leaves: str
    needs: str = ""


_PLACE = r"[A-Z][A-Z .'’-]{2,}(?:, [A-Z][\w.]+)*"
_AGENCIES = r"AP|AFP|Reuters|REUTERS|CNN|UPI|TASS|IRNA|Xinhua|ANSA|dpa|DPA|PTI|ANI"
NOTICES = (
    Notice(
        "dateline",
        "start",
        re.compile(rf"{_PLACE}(?:, [A-Z]\w+\.? \d+)?\s*(?:\([\w ]+\)\s*)?(?:[—–-]+|:)\s"),
        "LAGOS, May 3 (Reuters) - Anna Lind won.",
        "Anna Lind: it is a lie.",
    ),
    Notice(
        "dateline",
        "start",
        re.compile(rf"[A-Z][\w .,]{{2,30}}\((?:{_AGENCIES})\)\s*[—–-]*"),
        "Lagos, Nigeria (AP) — Anna Lind won.",
        "Anna Lind (LCW) won.",
    ),
    Notice(
        "byline",
        "whole",
        re.compile(r"(?:By|Words by|Story by|Text by)\s+[A-Z][^.!?]{2,110}"),
        "By Jane Roe, political editor",
        "By Monday Anna Lind had won.",
    ),
    Notice(
        "sign-off",
        "anywhere",
        re.compile(
            r"\((?:[Aa]dditional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled|[Tt]ranslated|[Pp]roduced)\s+by\s[^)]*\)"
        ),
        "Anna Lind won. (Reporting by Ann Kerr in Moscow)",
        "Anna Lind won (backed by Ann Kerr in Moscow).",
        needs="(",
    ),
    Notice(
        "sign-off",
        "start",
        re.compile(
            r"(?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled|[Tt]ranslated)\s+(?:and \w+ )?by\s[^\n]*"
            r"|[A-Z][^.\n]{3,90} (?:contributed to this (?:report|article|story)|contributed reporting|reported from)[^\n]*"
        ),
        "Ann Kerr in Moscow contributed to this report.",
        "Ann Kerr contributed to this victory.",
    ),
    Notice(
        "credit",
        "anywhere",
        re.compile(
            r"\b(?:Photo|Photograph|Picture|Video|Illustration|Graphic|Screenshot|File photo|Credit)s?"
            r"(?: credit)?(?::| by | courtesy of |/)\s*[^.\n)\]]*"
            r"|\((?:AP|AFP|Reuters|Getty)(?: Images)?(?: Photo)?/[^)]*\)"
            r"|\b(?:Getty Images|AFP via Getty|AP Photo|Alamy)(?:/[\w ]+)?"
        ),
        "The square on Monday. Photo: Ann Kerr",
        "Ann Kerr took a photo of the square.",
    ),
    Notice(
        "credit",
        "anywhere",
        re.compile(
            r"\(?(?:[A-Z][\w.'’-]+ ){0,3}[A-Z][\w.'’-]+ ?/ ?(?:[A-Z][\w.]+ ){0,3}(?:via )?(?:For )?(?:The )?"
            r"(?:Getty(?: Images)?|AP|Associated Press|AFP(?: via Getty(?: Images)?)?|Reuters|EPA|Alamy|Bloomberg|Shutterstock"
            r"|Washington Post|New York Times|Los Angeles Times|NPR)\b\)?"
        ),
        "The square on Monday. (Ann Kerr/The Washington Post)",
        "Ann Kerr/Lena Ode won the doubles.",
        needs="/",
    ),
    Notice(
        "time zone",
        "anywhere",
        re.compile(
            r"\b(?:Central|Eastern|Western|Pacific|Mountain|Atlantic|Greenwich|Indian?|British|Irish|Australian|Israel|Japan|Korea|Moscow)"
            r"(?: (?:European|African|Mean|Standard|Daylight|Summer|Eastern|Western))* Time\b"
        ),
        "It began at 10 a.m. Central European Time.",
        "The Central European Bank spoke.",
        needs=" Time",
    ),
    Notice(
        "language",
        "anywhere",
        re.compile(r"\(\(\w\w\)\)\s?[A-Z]\w+ language:"),
        "((no))Norwegian language: Hun lo.",
        "The Norwegian language is old.",
        needs=" language:",
    ),
    Notice(
        "titles",
        "anywhere",
        re.compile(r"[“\"][A-Z][^“”\"\n]{2,40}[”\"](?:(?:, and|,| and) [“\"][A-Z][^“”\"\n]{2,40}[”\"])+"),
        'She wrote "Norway Nights", "Box" and "Ripple".',
        'She praised "Norway" alone.',
    ),
    Notice(
        "prefix",
        "anywhere",
        re.compile(r"\b(?i:anti|pro|non|ex|neo|pan|post|pre|un|intra|inter|trans)-[A-Z]\w+(?:-\w+)*\b(?! [A-Z])"),
        "The anti-Norway slogans were old.",
        "The Anti-Defamation League sued.",
        needs="-",
    ),
)
_OFFICE = re.compile(
    r"\b(?:Secretary|Minister|Undersecretary|Under-Secretary|Chancellor|Commissioner)"
    r"(?: of State)?(?: for| of)(?: the)?((?:(?:,? and|,)? [A-Z][\w-]+)+)"
)
_MINISTER = re.compile(
    r"((?:[A-Z][\w-]+,? (?:and )?){1,4})"
    r"(?:Secretary|Minister|Commissioner|Whip|Spokes(?:man|woman|person)|Chancellor|Advis[eo]r)\b"
)
_SPEECH = re.compile(r"\bState of the (?:State|Union|Nation|City|Commonwealth|World)\b")
_STATE = re.compile(r"\b(?:Secretary|Secretaries|Minister|Ministers|Head|Heads) of (State)\b")
_STORM = re.compile(
    r"\b(?:Hurricane|Typhoon|Cyclone|Storm|Tropical (?:Storm|Depression|Cyclone)) "
    r"(?!Warning|Watch|Center|Centre|Season|Hunters|Relief)([A-Z]\w+)"
)
_SHIP = re.compile(r"\b(?:MV|HMS|USS|RMS|SS|MS|HMAS|INS) (?:[A-Z]\w+ ?){1,3}")


def quiet_spans(parse: Parse) -> list[Span]:
    """The stretches of an article in which no actor is meant, in order, none overlapping."""
    text = parse.article.text
    spans: list[Span] = []
    labels = 0
    for section in parse.article.sections:
        part = text[section.start : section.end]
        for notice in NOTICES:
            if notice.needs not in part:
                continue
            if notice.where == "anywhere":
                matches = list(notice.pattern.finditer(part))
            elif section.kind == "headline":
                continue
            elif notice.where == "whole":
                matches = [match for match in [notice.pattern.fullmatch(part)] if match]
            else:
                matches = [match for match in [notice.pattern.match(part)] if match]
            for match in matches:
                labels += notice.kind == "dateline" and match.group().rstrip().endswith(":")
                spans.append((section.start + match.start(), section.start + match.end()))
    if labels > 1:
        spans = [span for span in spans if not text[span[0] : span[1]].rstrip().endswith(":")]
    for match in _MINISTER.finditer(text):
        if _common(match[1]):
            spans.append(match.span(1))
    for match in _OFFICE.finditer(text):
        words = [word.end() for word in re.finditer(r"(?:(?:,? and|,)? )[A-Z][\w-]+", match[1])]
        name_end = next((end for end in reversed(words) if _common(match[1][:end])), None)
        if name_end is not None:
            spans.append((match.start(1), match.start(1) + name_end))
    spans += [match.span(1) for match in _STATE.finditer(text)]
    spans += [match.span() for match in _SPEECH.finditer(text)]
    storms = {match[1] for match in _STORM.finditer(text)}
    if storms:
        spans += [match.span() for match in re.finditer(rf"\b(?:{'|'.join(sorted(storms))})\b", text)]
    spans += [match.span() for match in _SHIP.finditer(text)]
    months = surnames_like_months(parse)
    like = {parse.tokens[index].text for index in months}
    spans += [(token.start, token.end) for token in parse.tokens if token.text in like and token.index not in months]
    return _merged(spans)


MONTHS = frozenset({"March", "April", "May", "June", "July", "August"})
_WHEN = frozenset(
    "in by since until till from of last this next early late mid for on after before through during to between and".split()
)
"""Words before a month; "the fall of May" is left alone, since it may be either."""


def surnames_like_months(parse: Parse) -> dict[int, bool]:
    """The tokens that look like a month and are somebody's surname, each with whether the given name stands before it.

    "Theresa May" is; then "May" by itself, where no number stands beside it and no word of time before.
    """
    tokens = parse.tokens
    months = [token for token in tokens if token.text in MONTHS]
    if not months:
        return {}

    def beside(token: Token, step: int) -> Token | None:
        at = token.index + step
        return tokens[at] if 0 <= at < len(tokens) else None

    def numbered(token: Token) -> bool:
        return any(other is not None and other.text[:1].isdigit() for other in (beside(token, -1), beside(token, 1)))

    full = {}
    for token in months:
        before = beside(token, -1)
        named = before is not None and before.end + 1 == token.start and before.text[0].isupper()
        given = named and before is not None and before.text.lower() in people().given.keys() - _WHEN
        if given and not numbered(token):
            full[token.index] = True
    surnames = {tokens[index].text for index in full}
    joined = dict(full)
    for token in months:
        if token.text in surnames and token.index not in full and not numbered(token):
            before, behind = beside(token, -1), beside(token, 1)
            owner = behind is not None and behind.tag == "POS" and not _is_time(tokens, behind.index + 1)
            wished = token.tag == "MD" and (behind is None or behind.tag not in {"VBD", "VBZ", "POS", "MD"})
            if not wished and (owner or before is None or before.text.lower() not in _WHEN):
                joined[token.index] = False
    return joined


def _is_time(tokens: Sequence[Token], at: int) -> bool:
    """Whether what belongs to a month is an event of that month: "May's election", "to May's vote"."""
    return at < len(tokens) and tokens[at].lemma in _IN_A_MONTH


_IN_A_MONTH = frozenset(
    "election vote summit meeting report figure average total level rise fall poll survey referendum budget attack data"
    " number ruling decision first second third".split()
)


def _common(words: str) -> bool:
    """Whether capitalised words are everyday words and no country, as in "Home", "Foreign Affairs", "Justice"."""
    said = [word for word in re.findall(r"[\w-]+", words) if word != "and"]
    parts = [" ".join(said[at : at + size]) for size in (1, 2, 3) for at in range(len(said))]
    if any(part in country_forms() or (" " in part and part in organisation_names()) for part in parts):
        return False
    words_of = people()
    return bool(said) and all(
        any(form in words_of.common for form in singulars(word))
        and not _is_body(word)
        and (word.lower() not in words_of.known or word == "Justice")
        for word in said
    )


def _is_body(word: str) -> bool:
    return word in {"Senate", "Congress", "Parliament", "House", "Treasury", "Council"}


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def within(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether a stretch overlaps one of some spans, which are in order and do not overlap."""
    at = bisect_right(spans, (end - 1, 1 << 60))
    return at > 0 and spans[at - 1][1] > start

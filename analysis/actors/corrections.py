"""The analyst's corrections: a plain TOML file beside the article, which always wins.

::

    source = "Example Times, 10 July 2025"        # the line under every chart
    pronouns = false                              # leave every pronoun alone
    ignore = ["Reuters"]                          # no actor at all
    split = ["Brussels"]                          # an actor of its own, whatever a rule merged it with

    [[actor]]
    name = "Russia"                               # an actor that was found, or a new one
    kind = "country"                              # person, country, organisation or group
    aliases = ["the Kremlin", "Gazprom"]          # these forms mean it, wherever they stand
    not-aliases = ["Moscow"]                      # these never do
    merge = ["Vladimir Putin"]                    # all of that actor, pronouns included, is this one

Each line moves exactly the mentions of the forms it names. The order of the lines does not matter.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, cast, get_args

from ..errors import RegistryError
from ..model import ActorKind, Ambiguity, Cast

KINDS: tuple[ActorKind, ...] = get_args(ActorKind)


@dataclass(frozen=True, slots=True)
class RegistryActor:
    """One actor as the analyst wants it.

    not_aliases: forms that never mean it. merge: actors that are this one.
    """

    name: str
    kind: ActorKind | None = None
    aliases: tuple[str, ...] = ()
    not_aliases: tuple[str, ...] = ()
    merge: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Registry:
    """What the analyst decided about one article.

    source: the line under every chart, or None. pronouns: False leaves every pronoun alone.
    ignore: forms that are no actor. split: forms that are actors of their own.
    lines: the text of the file, for messages; empty where there is none.
    """

    source: str | None = None
    pronouns: bool = True
    ignore: tuple[str, ...] = ()
    split: tuple[str, ...] = ()
    actors: tuple[RegistryActor, ...] = ()
    path: str = field(default="registry", compare=False)
    lines: tuple[str, ...] = field(default=(), compare=False, repr=False)

    def fail(self, word: str, problem: str, valid: Iterable[str] = ()) -> NoReturn:
        """Raise a RegistryError that names the file, the line of a word and the nearest valid one."""
        near = nearest(word, valid)
        hint = f" Did you mean {near!r}?" if near else ""
        number = next((n for n, line in enumerate(self.lines, 1) if word and word in line.partition("#")[0]), None)
        where = f"{self.path}, line {number}" if number else self.path
        raise RegistryError(f"{where}: {problem}{hint}")


def nearest(word: str, valid: Iterable[str], *, cutoff: float = 0.6) -> str | None:
    """The valid word most like a misspelled one, or None where none is like it."""
    known = sorted(set(valid))
    lower = {name.casefold(): name for name in known}
    matches = difflib.get_close_matches(word.casefold(), lower, n=1, cutoff=cutoff)
    return lower[matches[0]] if matches else None


_TOP = {"source": str, "pronouns": bool, "ignore": list, "split": list, "actor": list}
_ACTOR = {"name": str, "kind": str, "aliases": list, "not-aliases": list, "merge": list}
_TYPES = {str: "a text in quotes", bool: "true or false", list: "a list of texts in quotes"}


def read_registry(path: Path | str) -> Registry:
    """Read the analyst's corrections.

    Args:
        path: a TOML file such as ``seeds/NAME.toml``.

    Returns:
        The registry; what it leaves out is left to the rules.

    Raises:
        RegistryError: the file is missing, is not TOML, or holds a word that means nothing; the message names the
            file, the line and the nearest valid word.
    """
    path = Path(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        raise RegistryError(f"{path} cannot be opened: {problem.strerror}. Run: toward actors ARTICLE > {path.name}") from None
    except UnicodeDecodeError as problem:
        raise RegistryError(f"{path} is not UTF-8 (byte {problem.start}). Save it as UTF-8.") from None
    empty = Registry(path=path.name, lines=tuple(text.splitlines()))
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        where = re.search(r"\(at (?:line (\d+), column \d+|end of document)\)", str(problem))
        line = f", line {where[1] if where and where[1] else len(empty.lines)}"
        what = str(problem).split(" (at ")[0]
        raise RegistryError(f"{path.name}{line}: not valid TOML: {what}. Check quotes, commas and brackets there.") from None
    _check(empty, table, _TOP, "the file")
    actors = []
    for entry in table.get("actor", []):
        if not isinstance(entry, dict):
            empty.fail("actor", "each actor starts with a line [[actor]].")
        _check(empty, entry, _ACTOR, "an actor")
        if not str(entry.get("name", "")).strip():
            empty.fail("[[actor]]", 'an actor has no name. Add a line: name = "..."')
        if "kind" in entry and entry["kind"] not in KINDS:
            empty.fail(entry["kind"], f"{entry['kind']!r} is no kind of actor; the kinds are {', '.join(KINDS)}.", KINDS)
        actors.append(
            RegistryActor(
                entry["name"],
                cast("ActorKind | None", entry.get("kind")),
                tuple(entry.get("aliases", ())),
                tuple(entry.get("not-aliases", ())),
                tuple(entry.get("merge", ())),
            )
        )
    registry = Registry(
        table.get("source"),
        table.get("pronouns", True),
        tuple(table.get("ignore", ())),
        tuple(table.get("split", ())),
        tuple(actors),
        path.name,
        empty.lines,
    )
    _check_claims(registry)
    return registry


def _check(registry: Registry, table: dict[str, Any], valid: Mapping[str, type], what: str) -> None:
    for key, value in table.items():
        if key not in valid:
            registry.fail(key, f"{key!r} is no word of {what}; the words are {', '.join(valid)}.", valid)
        if not isinstance(value, valid[key]):
            registry.fail(key, f"{key} is {_TYPES[valid[key]]}, not {value!r}.")
        if isinstance(value, list) and key != "actor":
            for entry in value:
                if not isinstance(entry, str) or not re.search(r"\w", entry):
                    registry.fail(key, f"{key} is a list of texts in quotes; {entry!r} is none.")


def _check_claims(registry: Registry) -> None:
    """No form may be given to two actors, nor be ignored and an actor at once."""
    claims: Counter[str] = Counter()
    for actor in registry.actors:
        claims.update({actor.name, *actor.aliases})
        for form in actor.not_aliases:
            if form in (actor.name, *actor.aliases):
                registry.fail(form, f"{form!r} is both an alias and a not-alias of {actor.name!r}. Keep one.")
    claims.update({*registry.ignore})
    claims.update({*registry.split})
    for form, count in claims.items():
        if count > 1:
            registry.fail(form, f"{form!r} is claimed {count} times. A form belongs to one actor, or to none.")


def draft_registry(cast: Cast) -> str:
    """A first registry from what was found, with comments; read back, it changes nothing.

    Args:
        cast: what ``find_actors`` returned.

    Returns:
        TOML: every actor with its kind and its forms, why they were merged, and what was left ambiguous.
    """
    article = cast.parse.article
    rules = {(merge.form, merge.actor): merge for merge in cast.merges}
    lines = [
        f"# Actors of {article.source}: what was found. Whatever you change here wins over every rule.",
        "# Taking a word out of aliases gives it back to the rules; to unlink it, name it in not-aliases.",
        "",
        f"# source = {_quote(article.title)}",
        "# pronouns = false        # leave every pronoun alone",
        "# ignore = []             # forms that are no actor",
        "# split = []              # forms that are actors of their own",
    ]
    for actor in cast.actors:
        mentions = cast.mentions_of(actor)
        forms = Counter(mention.form for mention in mentions)
        counted = ", ".join(f"{count} {form}" for form, count in sorted(forms.items()))
        lines += ["", f"# {_times(len(mentions), 'mention')}: {counted}"]
        if actor.facts:
            lines.append(f"# said to be: {_comment('; '.join(actor.facts))}")
        lines += ["[[actor]]", f"name = {_quote(actor.name)}", f"kind = {_quote(actor.kind)}"]
        if actor.aliases:
            lines.append("aliases = [")
            for alias in actor.aliases:
                merge = rules.get((alias, actor.name))
                why = f"  # {merge.rule}, {_times(merge.count, 'time')}" if merge else ""
                lines.append(f"    {_quote(alias)},{_comment(why)}")
            lines.append("]")
        lines.append("# not-aliases = []")
        lines.append("# merge = []")
    lines += _draft_ambiguous(cast)
    return "\n".join(lines) + "\n"


def _draft_ambiguous(cast: Cast) -> list[str]:
    seen: dict[tuple[str, tuple[str, ...], str], int] = Counter((a.form, a.candidates, a.reason) for a in cast.ambiguous)
    if not seen:
        return []
    lines = ["", "# Left alone, because more than one actor fits. To decide, add the form to an actor's aliases:"]
    for (form, candidates, reason), count in seen.items():
        who = " or ".join(candidates) or "nobody for certain"
        lines.append(f"#   {_comment(form)} ({_times(count, 'time')}; {reason}): {_comment(who)}")
    return lines


def registry_line(ambiguity: Ambiguity) -> str:
    """The line that would give an ambiguous form to its first candidate; the comment says under which actor it stands."""
    under = f"name = {_quote(ambiguity.candidates[0])}" if ambiguity.candidates else "an [[actor]] of its own"
    return f"aliases = [{_quote(ambiguity.form)}]  # under {under}"


def _times(count: int, noun: str = "time") -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _quote(text: str) -> str:
    """A TOML basic string; control characters escaped."""
    safe = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda m: f"\\u{ord(m.group()):04x}", safe) + '"'


def _comment(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0a-\x1f\x7f]+", " ", text)

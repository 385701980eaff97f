"""Data and figures to take away: the mentions as CSV, everything as JSON, each chart as SVG and PNG."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from ..study import FRAMES
from .page import parts

if TYPE_CHECKING:
    from ..study import Study
PACKED_BYTES = 30_000
"""A download larger than this is packed, so that the page around it stays light."""


_FIGURE = re.compile(r'<a download="([\w-]+)\.svg" href="data:image/svg\+xml,([^"]*)">SVG</a>')


def figures_beside(page: str, notebooks: Iterable[Any], stem: str) -> tuple[str, dict[str, bytes]]:
    """Put the files of a page's charts beside it, so that it stays light.

    Args:
        page: HTML whose charts hold their SVG in a link.
        notebooks: executed ones, whose outputs hold the PNG of each SVG.
        stem: the name of the page; its figures' files begin with it.

    Returns:
        The page with links to the files, and the files by name.
    """
    outputs = [output for nb in notebooks for cell in nb.cells for output in cell.get("outputs", [])]
    charts = [output.data for output in outputs if {"image/svg+xml", "image/png"} <= output.get("data", {}).keys()]
    pngs = {
        chart["image/svg+xml"].replace("\xa0", " "): chart["image/png"] for chart in charts
    }  # pages put such spaces before "%"
    files: dict[str, bytes] = {}

    def moved(link: re.Match[str]) -> str:
        svg, name = unquote(link[2]).replace("\xa0", " "), f"{stem}-{link[1]}"
        name += f"-{len(files)}" if f"{name}.svg" in files else ""
        files[f"{name}.svg"] = svg.encode()
        links = [parts().file(f"{name}.svg", "SVG")]
        if svg in pngs:
            files[f"{name}.png"] = base64.b64decode(pngs[svg])
            links.append(parts().file(f"{name}.png", "PNG"))
        return ", ".join(links)

    return _FIGURE.sub(moved, page), files


def figures_inside(page: str, files: dict[str, bytes]) -> str:
    """The page with those files in its links again, for a report in one file."""
    for name, content in files.items():
        kind, mime = ("SVG", "image/svg+xml") if name.endswith(".svg") else ("PNG", "image/png")
        data = f"{mime};base64,{base64.b64encode(content).decode()}"
        page = page.replace(parts().file(name, kind), parts().file(name, kind, data))
    return page


@dataclass(frozen=True, slots=True)
class Download:
    """A file carried in the page itself.

    Attributes:
        name: of the file.
        label: what the link says.
        href: the ``data:`` address.
    """

    name: str
    label: str
    href: str


def downloads(study: Study) -> list[Download]:
    """The scored mentions as CSV and everything as JSON, each in a ``data:`` address."""
    table, everything = mentions_csv(study), everything_json(study)
    ident = study.article.id
    return [
        _download(f"{ident}-mentions.csv", "Every mention with its score, CSV", "text/csv", table),
        _download(f"{ident}.json", "Everything that was found, JSON", "application/json", everything),
    ]


def _download(name: str, label: str, kind: str, content: str) -> Download:
    raw = content.encode("utf-8", "backslashreplace")
    size = f"{max(1, round(len(raw) / 1000)):,} KB"
    if len(raw) > PACKED_BYTES:
        import gzip

        raw, name, kind, size = gzip.compress(raw, mtime=0), f"{name}.gz", "application/gzip", f"packed, {size} unpacked"
    href = f"data:{kind if kind.endswith('gzip') else f'{kind};charset=utf-8'};base64,{base64.b64encode(raw).decode()}"
    return Download(name, f"{label} ({size})", href)


def mentions_csv(study: Study) -> str:
    """Every mention, with the words behind its score and its sentence. Numbers are empty where nothing could be scored."""
    text = study.article.text
    words = [
        "; ".join(f"{text[cue.start : cue.end]} {cue.contribution:+.3f}" for cue in score.cues or ()) or None
        for score in study.scores
    ]
    sentences = [study.parse.text_of(score.mention.sentence) for score in study.scores]
    return study.records("mentions").also("words", words).also("sentence_text", sentences).csv()


def everything_json(study: Study) -> str:
    """The article, the records of each frame, and what frames leave out; all places are offsets into ``text``."""
    cues = [
        score.cues and [[cue.start, cue.end, _short(cue.contribution), cue.rule] for cue in score.cues]
        for score in study.scores
    ]
    mentions = study.records("mentions").also("cues", cues).also("rule", [score.mention.rule for score in study.scores])
    everything = {
        **{key: value for key, value in study.card().items() if key != "chosen"},
        "text": study.article.text,
        "sections": [[section.kind, section.start, section.end] for section in study.article.sections],
        **{name: study.records(name).dicts() for name in FRAMES if name != "mentions"},
        "mentions": mentions.dicts(),
        "aliases": {actor.name: list(actor.aliases) for actor in study.cast.actors},
        "voices": [[voice.start, voice.end, voice.kind, voice.speaker] for voice in study.discourse.voices],
        "stances": [[s.by, s.target.name, _short(s.tone), s.sentence.index + 1, s.basis] for s in study.stances],
    }
    return json.dumps(everything, ensure_ascii=False, separators=(",", ":"))


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 4)

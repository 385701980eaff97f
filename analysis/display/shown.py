"""The root of everything a notebook shows: its classes, its few rules of style, its HTML and text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

from ..model import Sentence

ROOT_CLASSES = "toward mathjax_ignore tex2jax_ignore"


def anchor(sentence: Sentence) -> str:
    """The fragment of a sentence on a page: ``s1`` for the first."""
    return f"s{sentence.index + 1}"


_FAINT = "color-mix(in srgb,currentColor 22%,transparent)"
_RULES = {
    "base": (
        ".toward{overflow-wrap:anywhere;max-width:100%}"
        f".toward-unseen{{font-size:.72em;border:1px solid {_FAINT};border-radius:.25em;padding:0 .15em}}"
        ".toward-note{font-size:.85em;opacity:.8;margin:.35em 0 0}"
        f".toward-scroll{{overflow-x:auto;max-width:100%}}"
        ".toward-scroll:focus-visible{outline:2px solid currentColor;outline-offset:2px}"
        ".toward a{color:inherit;text-decoration:underline}"
    ),
    "table": (
        ".toward table.toward-table{border-collapse:collapse;font-size:.9em;margin:0;border:0;table-layout:auto;"
        "font-variant-numeric:tabular-nums}"
        ".toward .toward-table caption{text-align:left;font-weight:600;padding:0 0 .4em;caption-side:top;color:inherit}"
        ".toward table.toward-table :is(th,td){text-align:left;vertical-align:top;padding:.3em 1em .3em 0;border:0;"
        f"border-bottom:1px solid {_FAINT};background:none;max-width:28em;white-space:normal;min-width:2.5em}}"
        ".toward table.toward-table thead th{border-bottom-color:currentColor;vertical-align:bottom;font-weight:600}"
        ".toward table.toward-table tbody th{font-weight:400}"
        ".toward table.toward-table :is(th,td){overflow-wrap:break-word}"
        ".toward table.toward-table bdi{overflow-wrap:inherit}"
        ".toward table.toward-table .endless{overflow-wrap:anywhere;min-width:14em}"
        ".toward table.toward-table tbody th{min-width:6em}"
        ".toward table.toward-table .n{text-align:right;white-space:nowrap;min-width:2.5em}"
        ".toward table.toward-table thead .n{white-space:normal}"
    ),
    "answer": (
        ".toward-answer{border-left:.3em solid currentColor;padding:.1em 0 .1em 1em;margin:.6em 0;max-width:42em;"
        "font-size:1.15em;line-height:1.5}.toward-answer p{margin:.35em 0}"
    ),
    "passages": (
        ".toward-passages{margin:.6em 0;max-width:54em}"
        ".toward-passages figcaption{font-weight:600;margin:0 0 .4em}"
        ".toward figure.toward-passages ol{list-style:none;margin:0;padding:0}"
        ".toward-passages li{display:grid;grid-template-columns:2.2em minmax(0,1fr) 13em;gap:0 1.2em;padding:.55em 0;margin:0;"
        f"border-top:1px solid {_FAINT}}}"
        ".toward-passages li:target{box-shadow:-.45em 0 0 currentColor}"
        ".toward-passages p{margin:0;line-height:1.65}"
        ".toward-passages .no{font-size:.85em;text-align:right;font-variant-numeric:tabular-nums;padding-top:.15em}"
        ".toward-passages mark{color:inherit;background:none;outline:1.5px solid currentColor;outline-offset:0;"
        "border-radius:.15em;padding:0 .1em}"
        ".toward-passages u{text-decoration:underline;text-underline-offset:.22em;text-decoration-skip-ink:none;"
        "text-decoration-color:var(--toward-positive,#2166ac)}"
        ".toward-passages u.negative{text-decoration-color:var(--toward-negative,#b35806);text-decoration-style:dashed}"
        ".toward-passages u.w1{text-decoration-thickness:2px}.toward-passages u.w2{text-decoration-thickness:4px}"
        ".toward-passages .at{font-size:.85em;line-height:1.4;font-variant-numeric:tabular-nums}"
        ".toward-passages .at :is(span,small){display:block;font-size:1em}.toward-passages .at small{opacity:.85}"
        f".toward-gauge{{position:relative;height:.5em;margin:.25em 0 .4em;border-bottom:1px solid {_FAINT}}}"
        ".toward-gauge i{position:absolute;top:0;bottom:0;background:var(--toward-positive,#2166ac)}"
        ".toward-gauge i.negative{background:var(--toward-negative,#b35806)}"
        ".toward-gauge b{position:absolute;left:50%;top:-.15em;bottom:-.15em;margin-left:-1px;"
        "border-left:2px solid currentColor}"
        "@media(max-width:40em){.toward-passages li{grid-template-columns:2.2em minmax(0,1fr)}"
        ".toward-passages .at{grid-column:2;padding-top:.3em}.toward-gauge{max-width:12em}}"
    ),
    "chart": (
        ".toward-chart{margin:.8em 0;max-width:50rem;container-type:inline-size}"
        ".toward-chart .t{font-size:1.15em;font-weight:700;line-height:1.3;margin:0}"
        ".toward-chart .s{margin:.25em 0 .8em;line-height:1.45;opacity:.85}"
        ".toward-chart figcaption{font-size:.85em;opacity:.8;margin:.4em 0 0}"
        ".toward-chart .c{position:relative;min-width:640px}.toward-chart .c.n{display:none;max-width:30rem}"
        "@container (max-width:639px){.toward-chart .c.w:not(:last-child){display:none}.toward-chart .c.n{display:block}}"
        ".toward-chart .c svg{display:block;width:100%;max-width:none;min-width:0;height:auto}"
        ".toward-chart .c svg+svg{position:absolute;inset:0;height:100%}"
        ".toward-chart .c svg a:hover path{fill:currentColor;fill-opacity:.12}"
        ".toward-chart .take{font-size:.85em;margin:.4em 0 0}"
        ".toward-chart details{margin:.5em 0 0}.toward-chart summary{cursor:pointer;font-size:.9em}"
        ".toward-chart details>div{margin:.8em 0}.toward-chart details>p{font-size:.9em;margin:.4em 0}"
        "@media print{.toward-chart{break-inside:avoid}.toward-chart .c.w:not(#x){display:block;min-width:0}"
        ".toward-chart .c.n:not(#x),.toward-chart .take{display:none}}"
    ),
}
_LOOSE = re.compile(r"(?<=\d) (?=%)|(?<=\bn) (?== \d)|(?<=\bn =) (?=\d)")
_DRAWN_LINK = re.compile(r'<a href=(?="[^"]*"[^<>]*><(?:title|path)\b)')
"""A link in a drawing. JupyterLab assigns ``href`` to each link that has one; a drawn one forbids it: all becomes an error."""
_STYLE = re.compile(r"<style data-toward>.*?</style>")


def stylesheet() -> str:
    """Every rule that shown objects carry with them, for a page that says them once (see ``without_style``)."""
    return "".join(_RULES.values())


def without_style(fragment: str) -> str:
    """The HTML of something shown without the rules it carries, for a page that holds ``stylesheet()`` in its head."""
    return _STYLE.sub("", fragment).replace("<a xlink:href=", "<a href=")


def together(fragment: str) -> str:
    """Text or HTML in which no line ends between a number and its "%", nor within "n = 9"."""
    return _LOOSE.sub("\N{NO-BREAK SPACE}", fragment)


class Shown:
    """Something a notebook shows: HTML for the page, plain text for everything else.

    A subclass says its HTML in ``_html``, its plain text in ``__str__`` and which rules it needs in ``_rules``.
    """

    __slots__ = ()
    _rules: tuple[str, ...] = ()

    def _html(self) -> str:
        raise NotImplementedError

    def _repr_html_(self) -> str:
        shown = _DRAWN_LINK.sub("<a xlink:href=", self._html())
        return f'<div class="{ROOT_CLASSES}">{style(*self._rules)}{shown}</div>'

    def __repr__(self) -> str:
        return str(self)


def style(*names: str) -> str:
    """The style element for some kinds of shown objects."""
    return f"<style data-toward>{''.join(_RULES[name] for name in ('base', *names))}</style>"


def digest(*parts: object) -> str:
    """A short name for some content: the same content, the same name."""
    return sha256("\x1f".join(map(str, parts)).encode("utf-8", "backslashreplace")).hexdigest()[:8]


@dataclass(frozen=True, repr=False)
class Together(Shown):
    """Several shown objects, one beneath the other."""

    items: tuple[Shown, ...]

    def _repr_html_(self) -> str:
        return "".join(item._repr_html_() for item in self.items)

    def __str__(self) -> str:
        return "\n\n".join(str(item) for item in self.items)

"""A page of the web, fetched only where the user asks for it: within the site's rules, a time and a size.

Only http and https are followed, and no page of the public web leads to an address inside the user's own network.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import time
import urllib.error
import urllib.request
from email.message import Message
from http.client import HTTPException, HTTPResponse
from typing import IO, Final
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from ..constants import FETCH_MAX_BYTES, FETCH_MAX_REDIRECTS, FETCH_SECONDS
from ..errors import MissingArticle, UnreadableArticle

AGENT: Final = "toward"
"""How it names itself to a site; a robots.txt may address it so."""


def fetch_page(address: str) -> tuple[bytes, str]:
    """Fetch one page.

    Args:
        address: of the page, http or https.

    Returns:
        Its bytes, with the address it was found at in a comment at the top, as browsers save it; and a name for its file.

    Raises:
        MissingArticle: the site does not answer, does not have the page, or asks not to be read by programs.
        UnreadableArticle: what is there is too large, or no page, text or PDF.
    """
    until = time.monotonic() + FETCH_SECONDS
    _checked(address)
    if not _allowed(address, until):
        raise MissingArticle(f"{address} may not be fetched by programs: the site's robots.txt says so. Save the page by hand.")
    raw, final, kind = _read(address, until, robots=True)
    if kind not in ("", "text/html", "application/xhtml+xml", "text/plain", "application/pdf"):
        raise UnreadableArticle(f"{address} is {kind}, not a page. Give the address of an article.")
    path = urlsplit(final)
    stem = re.sub(r"[^a-z0-9]+", "-", f"{path.hostname}{path.path}".lower().removesuffix(".html")).strip("-")[:80]
    if kind == "application/pdf":
        return raw, f"{stem}.pdf"
    if kind == "text/plain":
        return raw, f"{stem}.txt"
    mark = f"<!-- saved from url=({len(final):04}){final} -->\n".encode("ascii", "replace")
    return mark + raw, f"{stem}.html"


def _read(address: str, until: float, *, robots: bool) -> tuple[bytes, str, str]:
    """The bytes at an address, where they were found, and their kind; every redirect is checked."""
    start = address
    for _ in range(FETCH_MAX_REDIRECTS + 1):
        try:
            with _open(address, until) as answer:
                moved = answer.headers.get("Location") if answer.status in (301, 302, 303, 307, 308) else None
                if not moved:
                    return (
                        _body(answer, address, until),
                        address,
                        answer.headers.get_content_type() if "Content-Type" in answer.headers else "",
                    )
        except urllib.error.HTTPError as problem:
            raise MissingArticle(f"{address} cannot be fetched: the site answers {problem.code} {problem.reason}.") from problem
        except (OSError, HTTPException, ValueError) as problem:
            reason = getattr(problem, "reason", None) or problem
            raise MissingArticle(
                f"{address} cannot be fetched: {reason}. Check the address, or save the page by hand."
            ) from None
        address = urljoin(address, moved)
        _checked(address, start=start)
        if robots and not _allowed(address, until):
            raise MissingArticle(f"{start} leads to {address}, which programs may not fetch. Save the page by hand.")
    raise MissingArticle(f"{start} leads on more than {FETCH_MAX_REDIRECTS} times. Open it in a browser, and save the page.")


def _body(answer: HTTPResponse, address: str, until: float) -> bytes:
    parts, size = [], 0
    while part := answer.read1(65536):
        parts.append(part)
        size += len(part)
        if size > FETCH_MAX_BYTES:
            raise UnreadableArticle(f"{address} is larger than {FETCH_MAX_BYTES // 1_000_000} MB, which no article is.")
        if time.monotonic() > until:
            raise MissingArticle(f"{address} did not arrive within {FETCH_SECONDS} seconds. Save the page by hand.")
    return b"".join(parts)


def _open(address: str, until: float) -> HTTPResponse:
    request = urllib.request.Request(address, headers={"User-Agent": AGENT, "Accept": "text/html, text/plain, application/pdf"})  # noqa: S310 - checked
    answer: HTTPResponse = urllib.request.build_opener(_NoRedirect).open(request, timeout=max(0.1, until - time.monotonic()))
    return answer


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Gives a redirect back as it is, so that where it leads can be checked."""

    def http_error_302(self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message) -> IO[bytes]:  # noqa: ARG002
        return fp

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def _allowed(address: str, until: float) -> bool:
    """Whether the site's robots.txt lets a program read a page. One that is not there lets everything; RFC 9309, 2.3.1."""
    parts = urlsplit(address)
    where = f"{parts.scheme}://{parts.netloc}/robots.txt"
    try:
        raw, _, _ = _read(where, until, robots=False)
    except MissingArticle as problem:
        cause = problem.__cause__
        return isinstance(cause, urllib.error.HTTPError) and 400 <= cause.code < 500
    rules = RobotFileParser(where)
    rules.parse(raw.decode("utf-8", "replace").splitlines())
    return rules.can_fetch(AGENT, address)


def _checked(address: str, *, start: str | None = None) -> None:
    """Refuse what is not http or https, and a page that leads into the user's own network.

    Raises:
        MissingArticle: it is not to be followed.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise MissingArticle(f"{address} is no address of a web page. It should begin with https://")
    if start is not None and _is_inside(address) and not _is_inside(start):
        raise MissingArticle(f"{start} leads to {address}, which is inside your own network. It was not followed.")


def _is_inside(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        addresses = {info[4][0] for info in socket.getaddrinfo(host, None)}
    except OSError:
        return False
    return any(not ipaddress.ip_address(str(ip).split("%")[0]).is_global for ip in addresses)

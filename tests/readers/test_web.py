"""Pages are fetched from a server on this machine: within its robots.txt, a time and a size."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from analysis.cli import main
from analysis.errors import MissingArticle, UnreadableArticle
from analysis.readers import fetch_page, is_address, read_article, web

PAGE = b"<html><body><h1>Lind wins</h1><p>Anna Lind beat Tom Birch on Monday.</p></body></html>"


class Site(BaseHTTPRequestHandler):
    """What each path answers."""

    robots = b"User-agent: *\nDisallow: /private"
    robots_status = 200

    def do_GET(self):
        """Answer."""
        if self.path == "/robots.txt":
            return self.answer(self.robots_status, self.robots, "text/plain")
        if self.path.startswith("/to/"):
            return self.answer(
                302, b"", "text/html", Location=self.path[4:].replace("@", ":/") if "@" in self.path else self.path[3:]
            )
        if self.path == "/large":
            return self.answer(200, b"x" * 3000, "text/html")
        if self.path == "/slow":
            time.sleep(1)
        if self.path == "/drip":
            self.send_response(200)
            self.end_headers()
            for _ in range(40):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
            return None
        if self.path == "/circle":
            return self.answer(301, b"", "text/html", Location="/circle")
        if self.path in ("/news/lind.html", "/private/a", "/slow"):
            return self.answer(200, PAGE, "text/html; charset=utf-8")
        if self.path == "/a.png":
            return self.answer(200, b"\x89PNG", "image/png")
        if self.path == "/a.txt":
            return self.answer(200, b"Lind won.", "text/plain")
        return self.answer(404, b"", "text/html")

    def answer(self, status, raw, kind, **headers):
        """Send."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def site(monkeypatch):
    """The address of a server; no proxy stands between."""
    monkeypatch.setenv("no_proxy", "*")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_a_page_is_fetched_with_its_address(site):
    """Which becomes the article's source."""
    raw, name = fetch_page(f"{site}/news/lind.html")
    assert name == "127-0-0-1-news-lind.html"
    assert raw.startswith(b"<!-- saved from url=(")
    assert raw.endswith(PAGE)


def test_a_text_is_fetched_as_it_is(site):
    """Without a comment."""
    assert fetch_page(f"{site}/a.txt") == (b"Lind won.", "127-0-0-1-a-txt.txt")


@pytest.mark.parametrize(
    "path, error, says",
    [
        ("/private/a", MissingArticle, "robots.txt"),
        ("/to/private/a", MissingArticle, "which programs may not fetch"),
        ("/missing", MissingArticle, "answers 404"),
        ("/circle", MissingArticle, "more than 5 times"),
        ("/to/ftp@/x.example/a", MissingArticle, "no address of a web page"),
        ("/to/file@//etc/passwd", MissingArticle, "no address of a web page"),
        ("/a.png", UnreadableArticle, "is image/png"),
    ],
)
def test_what_is_not_fetched(site, path, error, says):
    """Each with a sentence."""
    with pytest.raises(error, match=says):
        fetch_page(f"{site}{path}")


def test_a_size_and_a_time(site, monkeypatch):
    """A page that is too large, one that does not come, one that comes in drops."""
    monkeypatch.setattr(web, "FETCH_MAX_BYTES", 2000)
    with pytest.raises(UnreadableArticle, match="larger than"):
        fetch_page(f"{site}/large")
    monkeypatch.setattr(web, "FETCH_SECONDS", 0.4)
    for path in ("/slow", "/drip"):
        with pytest.raises(MissingArticle, match=r"timed out|did not arrive"):
            fetch_page(f"{site}{path}")


@pytest.mark.parametrize("status, allowed", [(404, True), (403, True), (500, False)])
def test_a_robots_file_that_is_not_there(site, monkeypatch, status, allowed):
    """Lets everything; a site in trouble is left alone."""
    monkeypatch.setattr(Site, "robots_status", status)
    if allowed:
        assert fetch_page(f"{site}/private/a")
    else:
        with pytest.raises(MissingArticle, match=r"robots\.txt"):
            fetch_page(f"{site}/news/lind.html")


def test_a_page_of_the_web_never_leads_inside(monkeypatch):
    """To this machine, or into its network."""
    inside = {
        "public.example": "93.184.216.34",
        "127.0.0.1": "127.0.0.1",
        "10.0.0.5": "10.0.0.5",
        "169.254.169.254": "169.254.169.254",
    }
    monkeypatch.setattr(web.socket, "getaddrinfo", lambda host, _: [(0, 0, 0, "", (inside[host], 0))])
    for host in ("127.0.0.1", "10.0.0.5", "169.254.169.254"):
        with pytest.raises(MissingArticle, match="inside your own network"):
            web._checked(f"http://{host}/a", start="https://public.example/a")
        web._checked(f"http://{host}/a", start="http://127.0.0.1/b")


@pytest.mark.parametrize("address", ["https://h.example/a", "http:/h.example/a", "HTTPS://H.example"])
def test_an_address_without_fetch_is_a_sentence(address, capsys):
    """Nothing is fetched; the sentence says how it would be."""
    assert is_address(address)
    with pytest.raises(MissingArticle, match="--fetch"):
        read_article(address)
    assert main(["report", address]) == 2
    assert "--fetch" in capsys.readouterr().err


@pytest.mark.parametrize("path", ["a.txt", "C:\\a.txt", "/home/a", "text: with a colon"])
def test_a_path_is_no_address(path):
    """Nor is a drive."""
    assert not is_address(path)

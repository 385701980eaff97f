"""report.py: every page of two finished reports, one of them of a hostile article; whole or not at all."""

from __future__ import annotations

import base64
import contextlib
import errno
import gzip
import json
import os
import random
import re
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest
from bs4 import BeautifulSoup

from analysis import open_article, read_text
from analysis.display import number, tone_word
from analysis.errors import ReportError, TowardError
from analysis.report import build as report
from analysis.report import index_page, index_parts, kernels, publish
from analysis.report.downloads import figures_inside
from analysis.report.page import POLICY
from analysis.report.single_file import one_page
from analysis.safe_text import shorten, visible
from analysis.study import notebook_paths, seed_path
from tests import hostile, sites

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("report")]


@pytest.fixture(scope="session", params=sites.NAMES)
def soups(request):
    """The pages of one report, parsed, by file name."""
    return {name: BeautifulSoup(page, "html5lib") for name, page in sites.pages(request.param).items()}


@pytest.mark.parametrize("name", sites.NAMES)
def test_every_page_is_valid_html(name):
    """html5lib in strict mode: no parse error of any kind."""
    for page in sites.pages(name).values():
        html5lib.HTMLParser(strict=True).parse(page)


def test_the_policy_comes_first(soups):
    """Right after the character set, before anything it should govern; once."""
    for soup in soups.values():
        first, second = [tag for tag in soup.head.children if tag.name][:2]
        assert first["charset"] == "utf-8"
        assert second["http-equiv"] == "Content-Security-Policy"
        assert second["content"] == POLICY
        assert "script-src" not in POLICY
        assert POLICY.startswith("default-src 'none'")
        assert len(soup.find_all("meta", attrs={"http-equiv": True})) == 1


def test_nothing_can_run_or_be_fetched(soups):
    """No element that runs, embeds or submits; no handler; every source is in the page."""
    banned = [
        "script",
        "iframe",
        "object",
        "embed",
        "form",
        "input",
        "base",
        "frame",
        "applet",
        "animate",
        "set",
        "foreignobject",
    ]
    for name, soup in soups.items():
        assert not soup.find_all(banned), name
        for tag in soup.find_all(True):
            for key, value in tag.attrs.items():
                assert not key.startswith("on"), f"{name}: {tag.name} {key}"
                if key in ("src", "srcset", "poster", "action", "formaction", "background", "srcdoc"):
                    assert value.startswith("data:image/"), f"{name}: {tag.name} {key}={value[:60]}"
                if key in ("href", "xlink:href"):
                    assert not re.match(r"\s*(javascript|vbscript|file):", value, re.IGNORECASE)
        for style in [tag.get_text() for tag in soup.find_all("style")] + [tag["style"] for tag in soup.find_all(style=True)]:
            assert "@import" not in style
            assert not re.search(r"url\((?!['\"]?(#|data:))", style)
        assert [tag["href"] for tag in soup.find_all("link")] == ["data:,"]


def test_links_lead_somewhere(soups):
    """Every fragment and every file; the web only by https with no referrer; data only as a download."""
    for name, soup in soups.items():
        for link in soup.find_all("a", href=True):
            href = link["href"]
            if href.startswith("data:"):
                assert link["download"]
            elif re.match(r"https?://", href):
                assert set(link["rel"]) >= {"noopener", "noreferrer"}
            elif href.endswith((".svg", ".png")):
                assert link.has_attr("download")
                assert any((sites.site(one) / href).is_file() for one in sites.NAMES), f"{name}: {href}"
            else:
                file, _, fragment = href.partition("#")
                assert (file or name) in soups, f"{name}: {href}"
                assert not fragment or soups[file or name].find(id=fragment), f"{name}: {href}"


def test_the_hostile_article_is_the_one_described():
    """The file is what its generator writes, NUL and all."""
    assert hostile.PATH.read_bytes() == hostile.text().encode("utf-8")
    assert b"\x00" in hostile.PATH.read_bytes()


def test_hostile_text_is_there_to_read():
    """Each payload, letter for letter, in the article on the index page; hidden characters by a sign."""
    soup = BeautifulSoup(sites.pages("hostile")["index.html"], "html5lib")
    shown = "".join("".join(tag.get_text().split()) for tag in soup.select(".row > p, .row > h3"))
    for text in (*hostile.PAYLOADS, *hostile.HIDDEN, *hostile.FORMULAS, hostile.LONG_WORD):
        assert "".join(visible(text).split()) in shown, text[:60]
    page = sites.pages("hostile")["index.html"]
    for character in "\N{RIGHT-TO-LEFT OVERRIDE}\N{ZERO WIDTH SPACE}\x00\x07\x1b\uffff\N{SOFT HYPHEN}":
        assert character not in page


def test_dollar_amounts_survive():
    """Two amounts in one sentence are two amounts, and never the borders of a formula in JupyterLab."""
    for name in sites.NAMES[1:]:
        soup = BeautifulSoup(sites.pages(name)["index.html"], "html5lib")
        sentence = next(tag for tag in soup.select(".row p") if "$5 million" in tag.get_text())
        assert "$10 million" in sentence.get_text()
        assert str(sentence).count("<span>$</span>") == str(sentence).count("$") >= 2


def unpacked(link) -> bytes:
    """What a download link holds."""
    raw = base64.b64decode(link["href"].split(",", 1)[1])
    return gzip.decompress(raw) if link["download"].endswith(".gz") else raw


def test_formulas_in_the_csv_are_text():
    """A spreadsheet runs nothing."""
    soup = BeautifulSoup(sites.pages("hostile")["index.html"], "html5lib")
    text = unpacked(soup.find("a", download=re.compile(r"^hostile-mentions\.csv"))).decode("utf-8-sig")
    assert text.count("\r\n") > 10
    assert not re.search(r'(^|,)"?[=@]', text, re.MULTILINE)


def test_everything_is_in_the_json():
    """And its offsets hold: every mention's words are where it says, every sentence ends where it says."""
    soup = BeautifulSoup(sites.pages("seed")["index.html"], "html5lib")
    found = json.loads(unpacked(soup.find("a", download=re.compile(r"\.json(\.gz)?$"))))
    assert found["text"] == seed_path().read_text("utf-8")
    names = {actor["actor"]: actor for actor in found["actors"]}
    assert {"Russia", "North Korea", "Sergey Lavrov"} <= set(names)
    for mention in found["mentions"]:
        assert mention["actor"] in names
        sentence = found["sentences"][mention["sentence"] - 1]
        assert sentence["start"] <= mention["start"] < mention["end"] <= sentence["end"]
    assert names["Russia"]["mentions"] == sum(m["actor"] == "Russia" for m in found["mentions"])


def test_language_title_and_landmarks(soups):
    """A language, a title of its own, one main, labelled navigation, a link past it."""
    titles = set()
    for soup in soups.values():
        assert soup.html["lang"] == "en"
        titles.add(soup.title.get_text(strip=True))
        assert len(soup.find_all("main")) == 1
        labels = [nav["aria-label"] for nav in soup.find_all("nav")]
        assert len(labels) == len(set(labels)) > 0
        assert soup.body.find("a")["href"] == "#main"
        assert soup.find("meta", attrs={"name": "viewport"})
    assert len(titles) == len(soups)


def test_headings_in_order(soups):
    """One of level 1, no level skipped, none empty."""
    for name, soup in soups.items():
        levels = [int(tag.name[1]) for tag in soup.find_all(re.compile(r"^h[1-6]$"))]
        assert levels.count(1) == 1, name
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels)), name
        assert all(tag.get_text(strip=True) for tag in soup.find_all(re.compile(r"^h[1-6]$")))


def test_ids_are_unique_and_references_hold(soups):
    """Every label points at something on its page."""
    for name, soup in soups.items():
        idents = [tag["id"] for tag in soup.find_all(id=True)]
        assert len(idents) == len(set(idents)), name
        for tag in soup.find_all(True):
            for key in ("aria-labelledby", "aria-describedby", "for", "headers"):
                value = tag.get(key, [])
                assert set(value.split() if isinstance(value, str) else value) <= set(idents), f"{name}: {key}={value}"


def test_pictures_have_names(soups):
    """Every drawing is hidden from readers of text or has a title and a description; no stock phrase."""
    for name, soup in soups.items():
        for picture in soup.find_all("svg"):
            if picture.get("aria-hidden") != "true":
                assert picture["role"] in ("img", "group", "graphics-document"), name
                assert picture.find("title").get_text(strip=True)
                assert picture.find("desc").get_text(strip=True)
        assert all(tag.get("alt") is not None for tag in soup.find_all("img"))
        assert "No description has been provided" not in str(soup)


def test_tables_have_captions_and_scopes(soups):
    """And scroll in a region that has a name and takes the focus."""
    for name, soup in soups.items():
        for table in soup.find_all("table"):
            assert table.caption.get_text(strip=True), name
            assert all(head.get("scope") in ("col", "row", "colgroup", "rowgroup") for head in table.find_all("th"))
            region = table.find_parent(attrs={"role": "region"})
            assert region["tabindex"] == "0"


def test_few_words_are_marked_and_each_carries_its_number():
    """At most 15 of 100 words of the seed are marked; each listed one is 0.05 or more and goes the way of a number."""
    soup = BeautifulSoup(sites.pages("seed")["index.html"], "html5lib")
    text = soup.select(".row > p, .row > h3")
    marked = sum(len(tag.get_text().split()) for tag in soup.select(".row mark, .row u:not(mark u)"))
    assert 0 < marked <= 0.15 * sum(len(tag.get_text().split()) for tag in text)
    listed = [tag for page in sites.pages("seed").values() for tag in BeautifulSoup(page, "html5lib").select("small.w")]
    assert len(listed) > 10
    for words in listed:
        contributions = [float(number.replace("\u2212", "-")) for number in re.findall(r"[+\u2212]\d\.\d\d", words.get_text())]
        assert len(contributions) <= 5
        assert all(abs(contribution) >= 0.05 for contribution in contributions)
        numbers = [span.get_text()[0] for span in words.find_parent(class_="at").find_all("span", recursive=False)]
        assert {"\u2212+"[contribution > 0] for contribution in contributions} <= set(numbers)


def test_every_actor_on_page_one_leads_to_its_sentences(soups):
    """Each link of a name leads to a list that holds the actor's sentences."""
    soup = soups["index.html"]
    folds = {fold.find("div")["id"]: fold for fold in soup.select("details.actor")}
    named = soup.select(".lede a, .row .notes a, .toward-passages .at a")
    assert len(named) > 5
    for link in named:
        fold = folds[link["href"].removeprefix("#")]
        assert fold.select("li")
        assert visible(shorten(link.get_text(), 40)).rstrip("…") in fold.select_one("summary .who").get_text()
    names = [fold.select_one("summary .who").get_text() for fold in folds.values()]
    assert len(names) == len(set(names)) == len(soup.select("details.actor"))


def test_every_number_on_page_one_is_the_frames():
    """Means, intervals, scores in the margin and behind each name."""
    study = open_article(seed_path(), evidence=True)
    soup = BeautifulSoup(sites.pages("seed")["index.html"], "html5lib")
    actors = study.actors.set_index("actor")
    for line in soup.select("details.actor > summary"):
        row = actors.loc[line.select_one(".who").get_text()]
        numbers = re.findall(r"[+\u2212]?\d\.\d\d", line.select_one(".lean").get_text())
        wanted = [] if row.n < 5 else [number(row.tone), number(row.lo), number(row.hi)]
        assert numbers == wanted
    tones = study.mentions.groupby(["actor", "sentence"]).tone.mean()
    seen = 0
    for line in soup.select(".row"):
        for note in line.select(".notes > span:has(i)"):
            assert note.i.get_text() == number(tones[note.a.get_text(), int(line.select_one(".no").get_text())])
            seen += 1
    for fold in soup.select("details.actor"):
        for line in fold.select("li"):
            tone = tones[fold.select_one("summary .who").get_text(), int(line.select_one(".no").get_text())]
            said = line.select_one(".at > span").get_text()
            near = abs(tone) < 0.15
            assert said == ("not scored" if tone != tone else "neutral" if near else f"{number(tone)} {tone_word(tone)}")
            seen += 1
    assert seen > 50


def test_pages_are_complete_with_pictures_off(soups):
    """Every drawn chart has a table of its numbers beneath it, in the same figure."""
    for name, soup in soups.items():
        for picture in soup.select("svg[role=img]"):
            figure = picture.find_parent(class_="toward-chart")
            assert figure is not None, name
            assert figure.select("table tbody tr"), name


def test_the_answer_is_on_top(soups):
    """Each notebook's page has its answer right under its title, and the index has it on the notebook's card."""
    for name, soup in soups.items():
        if name == "index.html":
            assert len(soup.select(".cards li")) == len(soups) - 1
            assert all(card.p.get_text(strip=True) for card in soup.select(".cards li"))
        else:
            assert soup.h1.find_next_sibling().get("class") == ["answer"], name
            assert soup.select_one(".answer").get_text(strip=True)


def test_code_is_folded(soups):
    """Every piece of code lies in a closed fold."""
    for soup in soups.values():
        for code in soup.select("div.highlight"):
            assert not code.find_parent("details").has_attr("open")


def test_controls_stay_in_jupyterlab():
    """The cell with controls is in its notebook, and neither it nor a widget is in a page."""
    assert any("browse(study)" in path.read_text("utf-8") for path in notebook_paths())
    for page in sites.pages("seed").values():
        assert "browse(study)" not in page
        assert "widget" not in page


def test_pages_of_the_seed_are_small():
    """At most 170 KB each, index included."""
    sizes = {path.name: path.stat().st_size for path in sites.site("seed").glob("*.html")}
    assert max(sizes.values()) <= 170_000, sizes


def test_no_path_of_this_machine_is_in_a_page():
    """Neither the checkout nor the interpreter nor a temporary folder."""
    for name in sites.NAMES:
        for page in sites.pages(name).values():
            for place in {str(Path(__file__).parents[2]), sys.prefix, "site-packages", "ipykernel_"}:
                assert place not in page


def test_no_path_of_the_repository_is_in_what_a_page_says(soups):
    """Code apart: sources are references and links, and a folder of ours is nothing that a reader has."""
    folders = "analysis|benchmarks|docs|notebooks|seeds|tests|training"
    for name, soup in soups.items():
        said = " ".join(text for text in soup.find_all(string=True) if not text.find_parent(["style", "pre", "code", "svg"]))
        assert not re.search(rf"(?<![\w./])({folders})/\w", said), name


def test_same_input_same_bytes(tmp_path, capsys):
    """A second report in another folder is the first. While it is made, a line a step says what is at work."""
    with report.ProgressBar(report.step_count()) as bar:
        (index,) = report.build_reports([seed_path()], out=tmp_path, progress=bar)
    assert {path.name: path.read_bytes() for path in index.parent.iterdir()} == {
        path.name: path.read_bytes() for path in sites.site("seed").iterdir()
    }
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == report.step_count()
    assert sorted(lines[1:-1]) == sorted(path.stem for path in report.notebooks_of(seed_path()))


def test_some_notebooks_have_a_condition(tmp_path, monkeypatch):
    """The page on a sheet that people coded is built where such a sheet lies beside the article, and not elsewhere."""
    monkeypatch.setattr(
        "analysis.study.notebook_paths", lambda: (Path("01-a.ipynb"), Path("09-does-it-hold-on-my-articles.ipynb"))
    )
    article = tmp_path / "news.txt"
    article.write_text("Norway won.\n", encoding="utf-8")
    assert [path.name[:2] for path in report.notebooks_of(article)] == ["01"]
    assert report.step_count([article, article]) == 2 * 3
    (tmp_path / "news.sheet.csv").write_text("", encoding="utf-8")
    assert [path.name[:2] for path in report.notebooks_of(article)] == ["01", "09"]
    assert report.step_count([article]) == 4


def test_nbconvert_gives_the_same_pages(tmp_path):
    """``jupyter nbconvert --execute --to toward`` writes what the driver writes, index page included."""
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--execute", "--to", "toward", "--output-dir", str(tmp_path)]
    env = {**os.environ, "ARTICLE": str(seed_path())}
    subprocess.run(
        [*command, *map(str, report.notebooks_of(seed_path()))], check=True, capture_output=True, env=env, timeout=300
    )
    made = {path.name: path.read_text("utf-8") for path in tmp_path.glob("*.html")}
    assert made == sites.pages("seed")


def test_one_notebook_alone_links_to_nothing_that_is_not_there(tmp_path):
    """nbconvert of one of them: the page and its index, no link to a page that nobody wrote; code as a ``.py`` file."""
    path = next(path for path in notebook_paths() if path.stem.startswith("02"))
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--output-dir", str(tmp_path)]
    env = {**os.environ, "ARTICLE": str(seed_path())}
    for options in (["--execute", "--to", "toward"], ["--to", "script"]):
        subprocess.run([*command, *options, str(path)], check=True, capture_output=True, env=env, timeout=300)
    pages_and_code = [name for name in listing(tmp_path) if not name.endswith((".svg", ".png"))]
    assert pages_and_code == [f"{path.stem}.html", f"{path.stem}.py", "index.html"]
    soups = {
        name: BeautifulSoup((tmp_path / name).read_text("utf-8"), "html5lib") for name in (f"{path.stem}.html", "index.html")
    }
    for name, soup in soups.items():
        for link in soup.find_all("a", href=re.compile("^(?!data:|https://)")):
            file, _, fragment = link["href"].partition("#")
            if not file.endswith((".svg", ".png")):
                assert (file or name) in soups, link
                assert not fragment or soups[file or name].find(id=fragment), link
            else:
                assert (tmp_path / file).is_file(), link


def test_one_file_holds_the_whole_report():
    """Every link leads to a place in it, every id is its own, one title, a chapter a notebook."""
    figures = {path.name: path.read_bytes() for path in sites.site("seed").iterdir() if path.suffix in (".svg", ".png")}
    page = figures_inside(one_page(sites.pages("seed")), figures)
    html5lib.HTMLParser(strict=True).parse(page)
    soup = BeautifulSoup(page, "html5lib")
    idents = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(idents) == len(set(idents))
    assert len(soup.find_all("h1")) == 1
    assert len(soup.select("article.chapter")) == len(report.notebooks_of(seed_path()))
    for link in soup.find_all("a", href=True):
        assert link["href"].startswith(("data:", "https://")) or link["href"][1:] in idents, link["href"]


@pytest.fixture
def quick(monkeypatch):
    """A driver whose pages take no time; the test says what they hold."""
    pages = {"index.html": '<meta name="generator" content="toward">one'}
    monkeypatch.setattr(report, "_pages", lambda *_: (dict(pages), {}))
    return pages


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_single_is_one_file(tmp_path, quick, monkeypatch):
    """``single`` writes the index and nothing beside it."""
    monkeypatch.setattr("analysis.report.single_file.one_page", lambda pages: "all of " + ", ".join(pages))
    (index,) = report.build_reports([seed_path()], out=tmp_path, single=True)
    assert listing(index.parent) == ["index.html"]
    assert index.read_text() == "all of index.html"


def test_a_report_is_replaced_in_one_step(tmp_path, quick):
    """The new one is there, the old one gone, nothing beside it."""
    (index,) = report.build_reports([seed_path()], out=tmp_path)
    quick["index.html"] += " two"
    assert report.build_reports([seed_path()], out=tmp_path) == [index]
    assert index.read_text().endswith("two")
    assert listing(tmp_path) == ["lavrov-north-korea"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_failing_disk_leaves_the_old_report(tmp_path, quick, monkeypatch, number):
    """One sentence that says why; the old report whole; no litter."""
    (index,) = report.build_reports([seed_path()], out=tmp_path)
    before = index.read_text()

    def fail(*_args, **_more):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "write_text", fail)
    with pytest.raises(ReportError, match=os.strerror(number)):
        report.build_reports([seed_path()], out=tmp_path)
    assert index.read_text() == before
    assert listing(tmp_path) == ["lavrov-north-korea"]


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 64 KB, where one may be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)], capture_output=True)
    if mounted.returncode:
        pytest.skip("no disk may be mounted here; the same is tested with a failing write")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="mounts a small disk, as Linux does")
def test_a_full_disk_is_one_sentence_and_code_2(small_disk, quick, capsys):
    """On a real full disk: the old report whole, no litter; with room again, the next run works."""
    from analysis.cli import main

    command = ["report", str(seed_path()), "--out", str(small_disk)]
    assert main(command) == 0
    page = quick["index.html"]
    quick["01-big.html"] = "x" * 500_000
    capsys.readouterr()
    assert main(command) == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert os.strerror(errno.ENOSPC) in said
    assert "--out" in said
    assert listing(small_disk) == ["lavrov-north-korea"]
    assert (small_disk / "lavrov-north-korea" / "index.html").read_text() == page
    del quick["01-big.html"]
    assert main(command) == 0


@pytest.fixture
def read_only(tmp_path):
    """A folder with a report in it that nobody may write to, root included."""
    place = tmp_path / "kept"
    (place / "lavrov-north-korea").mkdir(parents=True)
    (place / "lavrov-north-korea" / "index.html").write_text('<meta name="generator" content="toward">old')
    if hasattr(os, "geteuid") and os.geteuid():
        place.chmod(0o555)
        yield place
        place.chmod(0o755)
        return
    mounted = subprocess.run(["mount", "--bind", str(place), str(place)], capture_output=True)
    if mounted.returncode:
        pytest.skip("nothing may be mounted here, and root may write anywhere; the same is tested with a failing write")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(place)], check=True)
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="mounts a folder read-only, as Linux does")
def test_a_read_only_folder_is_one_sentence_and_code_2(read_only, quick, capsys):
    """On a real one: which place, why, what to do; the old report as it was."""
    from analysis.cli import main

    with pytest.raises(OSError, match=f"{os.strerror(errno.EROFS)}|{os.strerror(errno.EACCES)}"):
        (read_only / "probe").mkdir()
    assert main(["report", str(seed_path()), "--out", str(read_only)]) == 2
    said = capsys.readouterr().err.splitlines()
    assert [line for line in said if line.startswith("toward: ")] == [said[-1]]
    assert str(read_only / "lavrov-north-korea") in said[-1]
    assert any(os.strerror(number) in said[-1] for number in (errno.EROFS, errno.EACCES))
    assert "--out" in said[-1]
    assert listing(read_only) == ["lavrov-north-korea"]
    assert (read_only / "lavrov-north-korea" / "index.html").read_text().endswith("old")
    assert main(["report", str(seed_path()), "--out", str(read_only / "new")]) == 2


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_folder_that_cannot_be_written_is_one_sentence_and_code_2(tmp_path, quick, monkeypatch, capsys, number):
    """Read-only or full, through the command: a sentence, exit code 2, nothing left."""
    from analysis.cli import main

    def fail(*_args, **_more):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", fail)
    assert main(["report", str(seed_path()), "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err.splitlines()
    assert [line for line in said if line.startswith("toward: ")] == [said[-1]]
    assert os.strerror(number) in said[-1]
    assert listing(tmp_path) == []


def test_an_interrupted_build_leaves_the_old_report(tmp_path, quick, monkeypatch):
    """Ctrl-C while pages are made."""
    (index,) = report.build_reports([seed_path()], out=tmp_path)

    def interrupt(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(report, "_pages", interrupt)
    with pytest.raises(KeyboardInterrupt):
        report.build_reports([seed_path()], out=tmp_path)
    assert index.is_file()
    assert listing(tmp_path) == ["lavrov-north-korea"]


def test_what_a_killed_build_left_is_cleared_and_a_living_one_is_not(tmp_path, quick):
    """The lock tells them apart; a report that a kill left between two renames comes back."""
    dead, alive = tmp_path / ".lavrov-north-korea.1.part", tmp_path / ".lavrov-north-korea.2.part"
    dead.mkdir()
    (dead / "half.html").write_text("half")
    alive.mkdir()
    lock = publish.take_lock(alive, wait=False)
    try:
        report.build_reports([seed_path()], out=tmp_path)
        assert listing(tmp_path) == [".lavrov-north-korea.2.part", "lavrov-north-korea"]
    finally:
        os.close(lock)
    (tmp_path / "lavrov-north-korea").rename(tmp_path / ".lavrov-north-korea.3.old")
    publish._clear(tmp_path / "lavrov-north-korea")
    assert listing(tmp_path) == ["lavrov-north-korea"]


BUILDER = """
import os, signal, sys, time
from pathlib import Path
from analysis.report import build as report
from analysis.report import index_page, index_parts
from analysis.study import open_article, seed_path

out = Path(sys.argv[1])
study = open_article(seed_path())
import analysis.study
analysis.study.open_article = lambda *_args, **_more: study

def build(generation):
    index = f'<meta name="generator" content="toward">{generation:09}'
    rest = {f"{n}.html": f"{generation:09}" + "x" * 200_000 for n in range(20)}
    report._pages = lambda *_args: ({"index.html": index, **rest}, {})
    report.build_reports([None], out=out)

begun = time.perf_counter()
for generation in range(5):
    build(generation)
print((time.perf_counter() - begun) / 5, flush=True)
for line in sys.stdin:
    child = os.fork()
    if not child:
        while True:
            generation += 1
            build(generation)
    time.sleep(float(line))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    generation += 100_000
    print("killed", flush=True)
build(generation)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked builds")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_kill_at_any_moment_leaves_a_whole_report(tmp_path, seed):
    """SIGKILL at forty moments over the first two builds: one whole report each time, and the next run clears what was left."""
    chance = random.Random(seed)
    command = [sys.executable, "-c", BUILDER, str(tmp_path)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    lasts = float(process.stdout.readline())
    litter = 0
    for _ in range(40):
        process.stdin.write(f"{chance.uniform(0, 2 * lasts)}\n")
        process.stdin.flush()
        assert process.stdout.readline() == "killed\n"
        pages = {path.name: path.read_text() for path in (tmp_path / "lavrov-north-korea").iterdir()}
        assert len(pages) == 21
        assert len({page.removeprefix('<meta name="generator" content="toward">')[:9] for page in pages.values()}) == 1
        assert [name for name, page in pages.items() if len(page) != 200_009] == ["index.html"]
        left = [name for name in listing(tmp_path) if name != "lavrov-north-korea"]
        assert len(left) <= 1
        litter += len(left)
    assert litter > 5, "no kill fell into a build: the test has tested nothing"
    process.stdin.close()
    assert process.wait() == 0
    assert listing(tmp_path) == ["lavrov-north-korea"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_a_killed_real_build_leaves_the_old_report_and_no_kernels(tmp_path, quick):
    """SIGKILL while the kernels run: they end by themselves, the old report is untouched, the next run clears up."""
    (index,) = report.build_reports([seed_path()], out=tmp_path / "out")
    before = index.read_bytes()
    (tmp_path / "tmp").mkdir()
    env = {**os.environ, "TMPDIR": str(tmp_path / "tmp")}
    command = [sys.executable, "-c", "from analysis.cli import entry; entry()", "report", str(seed_path())]
    command += ["--out", str(tmp_path / "out")]
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kernels() -> list[Path]:
        found = []
        for place in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                if f"{tmp_path}/tmp/toward-kernels-".encode() in place.read_bytes():
                    found.append(place)
        return found

    def until(holds, seconds):
        end = time.monotonic() + seconds
        while not holds() and time.monotonic() < end:
            time.sleep(0.05)
        return holds()

    assert until(kernels, 60)
    time.sleep(random.Random(4).uniform(0.2, 1.5))
    assert process.poll() is None
    process.kill()
    process.wait()
    assert index.read_bytes() == before
    assert len(listing(tmp_path / "out")) == 2
    assert until(lambda: not kernels(), 20)
    report.build_reports([seed_path()], out=tmp_path / "out")
    assert listing(tmp_path / "out") == ["lavrov-north-korea"]


def test_somebody_elses_folder_is_not_replaced(tmp_path, quick):
    """A folder of that name that is no report, or a file, stays; an empty one is used."""
    folder = tmp_path / "lavrov-north-korea"
    folder.mkdir()
    report.build_reports([seed_path()], out=tmp_path)
    (folder / "index.html").write_text("my own page")
    with pytest.raises(ReportError, match="not a report"):
        report.build_reports([seed_path()], out=tmp_path)
    assert (folder / "index.html").read_text() == "my own page"


def test_an_out_folder_that_cannot_be_made(tmp_path, quick):
    """It names the place and what to do."""
    (tmp_path / "file").write_text("")
    with pytest.raises(ReportError, match="--out"):
        report.build_reports([seed_path()], out=tmp_path / "file" / "deeper")


def test_two_articles_of_one_name_keep_two_folders(tmp_path, quick):
    """The second gets part of its hash in its name; the same article twice is one report."""
    for folder, text in (("a", "Critics praised Sweden.\n"), ("b", "Norway was attacked.\n")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "news.txt").write_text(text)
    one, other = tmp_path / "a" / "news.txt", tmp_path / "b" / "news.txt"
    built = report.build_reports([one, other, one], out=tmp_path / "out")
    assert [path.parent.name.split("-")[0] for path in built] == ["news"] * 3
    assert built[0] == built[2] != built[1]


def test_a_bad_article_stops_before_anything_is_built(tmp_path, quick):
    """All articles are read first."""
    with pytest.raises(TowardError, match="no file"):
        report.build_reports([seed_path(), tmp_path / "missing.txt"], out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_notebook_that_stops_is_one_sentence(tmp_path, monkeypatch):
    """Which notebook, which cell, what it said; no report, no litter."""
    import nbformat

    bad = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Why?"), nbformat.v4.new_code_cell("1 / 0")])
    nbformat.write(bad, tmp_path / "01-bad.ipynb")
    monkeypatch.setattr("analysis.study.notebook_paths", lambda: (tmp_path / "01-bad.ipynb",))
    with pytest.raises(ReportError, match=r"01-bad\.ipynb stopped in cell 2\. ZeroDivisionError: division by zero"):
        report.build_reports([seed_path()], out=tmp_path / "out")
    assert listing(tmp_path / "out") == []


@pytest.mark.skipif(os.name != "posix", reason="sockets are files on POSIX systems")
def test_a_deep_temporary_folder_is_no_obstacle(tmp_path, monkeypatch):
    """A socket's path has an end; where the folder lies too deep for one, kernels listen at ports."""
    import nbformat

    deep = tmp_path / ("d" * 90)
    deep.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(deep))
    assert kernels._transport(Path("/tmp/toward-kernels-12345678/5.json")) == "ipc"
    assert kernels._transport(deep / "toward-kernels-12345678" / "5.json") == "tcp"
    fine = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Why?"), nbformat.v4.new_code_cell("6 * 7")])
    nbformat.write(fine, tmp_path / "01-fine.ipynb")
    monkeypatch.setattr("analysis.study.notebook_paths", lambda: (tmp_path / "01-fine.ipynb",))
    (index,) = report.build_reports([seed_path()], out=tmp_path / "out")
    assert "42" in index.with_name("01-fine.html").read_text("utf-8")
    assert listing(deep) == []


def test_an_article_without_actors_gets_a_report_that_says_so(tmp_path):
    """It is made, and it is no worse a page."""
    source = tmp_path / "quiet.txt"
    source.write_text("It rained all day and nobody came.\n", encoding="utf-8")
    (index,) = report.build_reports([source], out=tmp_path / "out")
    soup = BeautifulSoup(index.read_text("utf-8"), "html5lib")
    assert "No person, country or organisation was found" in soup.main.get_text()
    assert "It rained all day" in soup.main.get_text()
    assert len(list(index.parent.glob("*.html"))) == len(report.notebooks_of(source)) + 1


@pytest.mark.parametrize(
    "text, says",
    [
        ("It rained.\n", "No person, country or organisation was found"),
        ("Norway met Sweden.\n", "No wording toward any actor could be scored."),
        ("Norway met\n\n" + "Norway met Sweden on day {}.\n" * 8, "No wording toward any actor could be scored."),
        (
            "<b>Peace</b> & talks\n\nמשה לוי met Norway. Norway praised משה לוי.\n",
            "No wording toward any actor could be scored.",
        ),
        (f"Talks\n\nAnna {'Lind' * 50} betrayed Norway.\n", "No actor has the 5 scored sentences"),
        ("Norway again\n\n" + "Norway attacked Sweden in year {}.\n" * 60, "lean"),
    ],
    ids=["nobody", "one sentence", "neutral", "right to left and mark-up", "a long name", "many mentions"],
)
def test_page_one_of_odd_articles_says_what_it_is(text, says):
    """What was found and what was not, in words; every link leads somewhere; missing words are said to be missing."""
    count = iter(range(1000))
    study = open_article(read_text(re.sub(r"\{\}", lambda _: str(next(count)), text)), scorer="clause")
    page = index_page(index_parts(study), [])
    html5lib.HTMLParser(strict=True).parse(page)
    soup = BeautifulSoup(page, "html5lib")
    assert says in soup.select_one(".lede").get_text()
    assert soup.select_one("h1").get_text() == study.article.title
    for link in soup.select("main a[href^='#']"):
        assert soup.find(id=link["href"][1:]), link
    assert len(soup.select("details.actor li")) <= 25 * len(study.cast.actors)
    scored = [score for score in study.scores if score.tone is not None]
    assert ("were not worked out" in page) == bool(scored)

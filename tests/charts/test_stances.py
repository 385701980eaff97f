"""The matrix and the network of positions, and what every chart of discourse keeps to."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, permutations

import pytest

from analysis.charts import Chart, certainty_flow, stance_matrix, stance_network, stances, voice_bars
from analysis.charts.stances import ARROWS_MAX, MATRIX_MAX, NODE
from analysis.constants import CLEAR_TONE, MIN_POINTS
from analysis.display import NEGATIVE, POSITIVE
from analysis.model import Actor, VoicePart
from tests.charts.made import (
    HOSTILE,
    LONG,
    MADE,
    METHOD,
    NAMES,
    SENTENCES,
    actor,
    article,
    bars,
    crowd,
    holding,
    misplaced,
    page,
    part,
    position,
    profile,
    study,
    texts,
)

pytestmark = pytest.mark.usefixtures("parted")


def voices(names: Sequence[str]) -> list[tuple[Actor, list[VoicePart]]]:
    """Actors in the narrator's voice, in two sources', in one alone, or in none."""
    made = []
    for place, name in enumerate(names):
        own = part("narrator", 9 + place, 0.6, -0.5)
        others = [part("Vladimir Putin", 2, 0.3, 0.9), part(HOSTILE[place % len(HOSTILE)], 1, 0.1, -1.0)]
        made.append((actor(name), [[own, *others], [own], others, []][place % 4]))
    return made


def everything(names: Sequence[str], length: int = 20, *, every: int = 1) -> list[Chart]:
    """The four charts for actors of these names."""
    made, sentences = article(["heading" if place % 7 == 3 else "body" for place in range(length)])
    return [
        voice_bars(study(MADE, SENTENCES, *voices(names))),
        certainty_flow(study(made, sentences, profile=profile(sentences))),
        stance_matrix(holding(*crowd(names, every=every))),
        stance_network(holding(*crowd(names, every=every))),
    ]


def arrows(chart: Chart) -> Iterator[tuple[str, str]]:
    """Each curved line of a network: its path and its look, the three of the key last."""
    for path, look in re.findall(r'<path d="([^"]*)"([^>]*)>', chart.svg):
        if "Q" in path:
            yield path, look


@pytest.mark.parametrize(
    "names",
    [
        NAMES[:2],
        NAMES[:7],
        NAMES[:12],
        NAMES,
        [f"{LONG[:58]} {n}" for n in range(12)],
        [*HOSTILE, *(f"2 {name}" for name in HOSTILE)],
    ],
    ids=["2", "7", "12", "14", "long", "hostile"],
)
def test_no_text_is_outside_the_canvas_too_small_or_upon_another(names: list[str]) -> None:
    """For 2 to 14 actors, names of 60 characters and hostile ones, everyone toward everyone."""
    for chart in everything(names):
        assert misplaced(chart.figure) == []
        assert misplaced(chart.narrowed().figure) == []


def test_the_same_numbers_give_the_same_bytes() -> None:
    """Twice drawn, the same; with hostile names too."""
    first, second = everything([*NAMES, *HOSTILE]), everything([*NAMES, *HOSTILE])
    assert [chart._repr_html_() for chart in first] == [chart._repr_html_() for chart in second]
    assert [chart.picture() for chart in first] == [chart.picture() for chart in second]


def test_charts_have_names_numbers_and_no_fixed_ink() -> None:
    """Title and alternative text are the picture's own; ids are unique on one page; no colour but the two ends."""
    made = everything(NAMES[:7])
    ids = [tag["id"] for chart in made for tag in page(chart).find_all(id=True)]
    assert len(ids) == len(set(ids))
    for chart in made:
        picture = page(chart).find("svg", role="img")
        assert (picture.title.get_text(), picture.desc.get_text()) == (chart.title, chart.alt)
        assert page(chart).figure.table.caption.get_text() == chart.table.caption
        assert METHOD in chart.source
        assert set(re.findall(r"#[0-9a-fA-F]{6}\b", chart.svg)) <= {NEGATIVE, POSITIVE}
        assert len(chart.svg) < 100_000


def test_hostile_names_show_as_text_everywhere() -> None:
    """Markup, dollars, overrides and endless words are text."""
    for chart in everything(HOSTILE):
        assert not page(chart).find_all(["script", "img", "iframe"])
        ET.fromstring(chart.svg)
        ET.fromstring(chart.picture())
        whole = (chart._repr_html_() or "") + chart.picture().decode() + repr(chart)
        whole.encode("utf-8")
        assert not re.search("[\x00\u202a-\u202e\u2066-\u2069]", whole)
        assert "A" * 1000 not in chart.svg + chart.picture().decode() + chart.title + chart.alt
    for chart in everything(HOSTILE)[2:]:
        assert any(text.startswith("<script>alert(1)") for text in texts(chart))


@pytest.mark.parametrize(
    ("make", "title"),
    [
        (voice_bars, "No wording toward any actor could be scored"),
        (certainty_flow, "No sentence of this article is hedged"),
        (stance_matrix, "No position of anyone toward an actor was found"),
        (stance_network, "No position of one actor toward another was found"),
    ],
)
def test_nothing_to_show_is_said(make: Callable[..., Chart], title: str) -> None:
    """An empty chart says so, and has its table."""
    chart = make(study(MADE, SENTENCES))
    assert chart.title == title
    assert page(chart).figure.table
    assert misplaced(chart.figure) == misplaced(chart.narrowed().figure) == []


def test_cells_say_tone_with_its_sign_and_how_many_sentences() -> None:
    """The narrator comes first, the diagonal is struck through, a pair without a position stays empty."""
    held = [
        position("Trump", "Putin", -0.83, 4, 7),
        position("Trump", "Kim", 0.4, 4),
        position("Putin", "Trump", 0.125, 9),
        position(None, "Putin", -0.5, 5, 6, 7, 8, 9),
    ]
    chart = stance_matrix(holding(*held))
    assert chart.title == "Most negative: Trump toward Putin (negative in 2 sentences, almost surely)"
    shown = texts(chart)
    assert shown[:3] == ["the narrator", "Putin", "Trump"]  # rows
    cells = ["−", "n=2", "+", "n=1", "0", "n=1", "−0.50", "n=5"]
    assert [text for text in shown[3:] if text not in ("Putin", "Trump", "Kim", "toward")] == cells
    assert [text for text in shown[3:] if text in ("Putin", "Trump", "Kim")] == ["Putin", "Trump", "Kim"]  # columns
    assert chart.parts["cells"]["Trump", "Kim"] == (2, 2)
    assert (len(bars(chart, NEGATIVE)), len(bars(chart, POSITIVE))) == (1, 0)
    assert "Struck through: the actor itself." in chart.subtitle
    found = page(chart).find("svg", attrs={"aria-hidden": "true"}).find_all("a")
    assert [a["href"] for a in found] == ["#s5", "#s5", "#s10", "#s6"]
    assert found[0].title.get_text() == "Trump toward Putin (negative in 2 sentences, almost surely), first in sentence 5"
    assert chart.table.rows[0][:6] == ("Trump", "Putin", None, "negative in 2 sentences", "almost surely", "events")
    assert chart.table.rows[1][:4] == ("the narrator", "Putin", -0.5, "−0.50, 5 sentences")
    assert [link.href for link in chart.table.rows[0][6]] == ["#s5", "#s8"]


def test_bars_of_a_cell_go_left_or_right_of_its_own_zero() -> None:
    """The sign is a place before it is a colour."""
    places = range(MIN_POINTS)
    chart = stance_matrix(holding(position("A", "B", -1.0, *places), position("A", "C", 0.5, *places)))
    (left,), (right,) = bars(chart, NEGATIVE), bars(chart, POSITIVE)
    middles = [stances.GRIDS[0] + stances.CELL_MAX * (place + 0.5) for place in range(2)]
    assert left[2] == pytest.approx(middles[0])
    assert right[0] == pytest.approx(middles[1])
    assert left[2] - left[0] == pytest.approx(2 * (right[2] - right[0]), abs=0.2)


def test_twelve_of_each_are_drawn_and_the_table_holds_all() -> None:
    """The narrator is one of the twelve holders."""
    held = crowd(NAMES)
    chart = stance_matrix(holding(*held))
    shown = texts(chart)
    assert len([text for text in shown if text in NAMES]) == 2 * MATRIX_MAX - 1
    assert shown.count("the narrator") == 1
    assert len(chart.table.rows) == len(held)
    assert f"the {MATRIX_MAX} holders in most sentences of {len(NAMES) + 1}" in chart.subtitle
    assert f"the {MATRIX_MAX} targets in most sentences of {len(NAMES)}" in chart.subtitle
    assert "A sign and strokes" in chart.subtitle
    assert "Number and bar" not in chart.subtitle
    assert {row[2] for row in chart.table.rows} == {None}
    many = [position(one.holder.name, one.target.name, one.tone, *range(MIN_POINTS)) for one in held if one.by != "narrator"]
    numbered = stance_matrix(holding(*many))
    assert "A sign and strokes" not in numbered.subtitle
    tones = [row[2] for row in numbered.table.rows]
    assert tones == sorted(tones)


@pytest.mark.parametrize(
    ("tones", "title"),
    [
        ([0.4, 0.1], "Nobody is clearly negative; most positive: A toward B (positive in 2 sentences, almost surely)"),
        ([0.1, -0.1], "No position is clearly negative or positive throughout 2 sentences or more"),
        ([-0.4, -0.9], "Most negative: B toward A (negative in 2 sentences, almost surely)"),
    ],
)
def test_the_matrix_title_is_the_far_end_of_what_was_found(tones: list[float], title: str) -> None:
    """Negative before positive, and neither where all is next to zero."""
    held = [position("A", "B", tones[0], 1, 2), position("B", "A", tones[1], 3, 4)]
    assert stance_matrix(holding(*held)).title == title


def test_one_sentence_is_no_title() -> None:
    """However negative: it is in the table, with its sentence."""
    held = [position("A", "B", -0.9)]
    assert stance_matrix(holding(*held)).title == "1 position, none of them very likely and in 2 sentences"


@pytest.mark.parametrize("names", [NAMES[:count] for count in (2, 5, 10, 14)])
def test_on_paper_a_network_is_no_higher_than_a_quarter_of_a_page(names: list[str]) -> None:
    """It cannot be divided, so what it leaves empty on the page before is never half of it; 640 units are 12 of 26 cm high."""
    sheet = stance_network(holding(*crowd(names))).sheet
    assert len(sheet.pieces()) == 2
    assert sheet.height * 12 / 640 <= 26 / 4


def test_negative_is_dashed_positive_solid_and_neutral_thin_and_hollow() -> None:
    """So that the sign shows without colour; the stronger the wider."""
    held = [position("A", "B", -0.9), position("B", "C", 0.9), position("C", "A", 0.3), position("A", "C", CLEAR_TONE - 0.01)]
    chart = stance_network(holding(*held))
    looks = [look for _, look in arrows(chart)][:4]  # the weakest first, so that the strongest lies on top
    (dashed,) = (look for look in looks if "dasharray" in look)
    assert NEGATIVE in dashed
    assert sum(POSITIVE in look for look in looks) == 2
    widths = [float(found[1]) if (found := re.search(r'stroke-width="([\d.]+)"', look)) else 1.0 for look in looks]
    assert widths[0] == 1.0 < widths[1] < widths[2] == widths[3]
    assert {"negative", "positive", "next to zero"} <= set(texts(chart))


def test_there_and_back_do_not_coincide_and_heads_stop_at_the_node() -> None:
    """The middles of A to B and B to A lie apart; every arrow ends outside its nodes."""
    names = ["A", "B", "C", "D"]
    held = [position(one, other, 0.5) for one, other in permutations(names, 2)]
    for chart in (stance_network(holding(*held)), stance_network(holding(*held)).narrowed()):
        spots = stances.spots_of(names, (320.0, 200.0), 180.0, 140.0)
        half = math.sqrt(0.5)
        assert spots["A"] == pytest.approx((320 - 180 * half, 200 + 140 * half))  # at the left, above
        assert spots["B"] == pytest.approx((320 + 180 * half, 200 + 140 * half))  # and clockwise
        middles = {}
        for pair, arrow in chart.parts["arrows"].items():
            curve = arrow.get_path().vertices
            middles[pair] = (curve[0] + 2 * curve[1] + curve[2]) / 4
            axes = chart.parts["axes"]
            centres = chart.parts["nodes"].get_path().vertices
            nodes = [axes.transData.inverted().transform(axes.transData.transform(point)) for point in centres]
            assert min(math.dist(curve[2], node) for node in nodes) >= NODE + 1
        assert all(math.dist(middles[one, other], middles[other, one]) > 10 for one, other in permutations(names, 2))


def test_an_arrow_leans_toward_the_middle() -> None:
    """Seen from its start, the middle of the picture lies on the side to which it bends; with an opposite it keeps right."""
    assert stances.bend_of((0, 0), (10, 0), (5, -10), both=False) == pytest.approx(0.2)  # 0.2 times 10 to its right, of 10
    assert stances.bend_of((0, 0), (10, 0), (5, 10), both=False) == pytest.approx(-0.2)
    assert stances.bend_of((0, 0), (10, 0), (5, 0), both=True) == pytest.approx((0.13 * 10 + 10) / 10)


def test_thirty_arrows_between_twelve_actors_and_the_table_holds_all() -> None:
    """The strongest are drawn; the narrator's positions are left out of picture and table."""
    held = crowd(NAMES)
    among = [one for one in held if one.holder != "narrator"]
    chart = stance_network(holding(*held))
    assert len(list(arrows(chart))) == ARROWS_MAX + 3  # and the key
    assert len([text for text in texts(chart) if text in NAMES]) == MATRIX_MAX
    assert "the narrator" not in texts(chart)
    assert len(chart.table.rows) == len(among)
    between = MATRIX_MAX * (MATRIX_MAX - 1)
    assert f"Drawn: the {ARROWS_MAX} strongest arrows of {between}; the table holds all." in chart.subtitle
    widths = [float(found[1]) for _, look in arrows(chart) if (found := re.search(r'stroke-width="([\d.]+)"', look))]
    assert all(one <= other for one, other in pairwise(widths[:ARROWS_MAX]))


@pytest.mark.parametrize(
    ("held", "title"),
    [
        ([("A", "B", -0.5)], "The one position between actors is negative"),
        ([("A", "B", 0.5), ("B", "A", 0.5)], "All 2 positions between actors are positive"),
        ([("A", "C", -0.5), ("B", "C", -0.5), ("C", "A", 0.9)], "2 of 3 positions between actors are negative, all toward C"),
        (
            [("A", "C", -0.5), ("B", "C", -0.5), ("C", "A", -0.9), ("A", "B", 0)],
            "3 of 4 positions between actors are negative, 2 of them toward C",
        ),
        ([("A", "B", -0.5), ("B", "A", 0.9)], "1 of 2 positions between actors is negative, 1 positive"),
        ([("A", "B", -0.5), ("B", "A", 0.1)], "1 of 2 positions between actors is negative, none positive"),
        ([("A", "B", 0.1), ("B", "A", 0.0)], "No position between actors is clearly negative or positive, of 2 found"),
    ],
)
def test_the_network_title_counts_and_names_who_draws_most(held: list[tuple[str, str, float]], title: str) -> None:
    """Only where one target stands out."""
    assert stance_network(holding(*(position(*one) for one in held))).title == title


def test_only_the_narrators_positions_make_no_network() -> None:
    """Where no actor holds any, that is said, and the table is empty."""
    chart = stance_network(holding(position(None, "Putin", -0.5)))
    assert chart.title == "No position of one actor toward another was found"
    assert chart.table.rows == ()

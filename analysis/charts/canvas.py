"""A figure drawn on in units from its top left corner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from .style import INK, TEXT, figure, settings

Align = Literal["left", "center", "right"]


Segment = tuple[float, float, float, float]


class Canvas:
    """A figure drawn on in units from its top left corner.

    Everything of one kind is one path, so that thousands of marks stay a small file.
    """

    def __init__(self, width: float, height: float) -> None:
        from matplotlib.transforms import Affine2D

        self.width = width
        self.height = height
        self.figure = figure(width, height)
        self._down = Affine2D.from_values(1, 0, 0, -1, 0, height)

    def lines(
        self,
        segments: Sequence[Segment],
        *,
        color: str = INK,
        width: float = 1.0,
        dash: tuple[float, ...] | None = None,
        alpha: float = 1.0,
        cap: Literal["butt", "round"] = "butt",
    ) -> None:
        """Straight lines, each (x0, y0, x1, y1)."""
        points = [point for x0, y0, x1, y1 in segments for point in ((x0, y0), (x1, y1))]
        self._path(points, 2, edge=color, width=width, dash=dash, alpha=alpha, cap=cap)

    def boxes(self, boxes: Sequence[Segment], *, color: str, hollow: bool = False) -> None:
        """Boxes, each (x0, y0, x1, y1): filled, or hollow with an edge that stays inside."""
        inset = 0.75 if hollow else 0.0
        points = []
        for x0, y0, x1, y1 in boxes:
            low, high = min(y0, y1) + inset, max(y0, y1) - inset
            left, right = x0 + inset, x1 - inset
            points += [(left, low), (right, low), (right, high), (left, high), (left, low)]
        if hollow:
            self._path(points, 5, edge=color, width=1.5)
        else:
            self._path(points, 5, face=color)

    def dots(self, places: Sequence[tuple[float, float]], *, radius: float, color: str = INK) -> None:
        """Filled discs: lines of hardly any length with round ends, the shortest there are."""
        self.lines([(x, y, x + 0.01, y) for x, y in places], color=color, width=2 * radius, cap="round")

    def diamonds(self, places: Sequence[tuple[float, float]], *, radius: float, color: str = INK, width: float = 1.5) -> None:
        """Hollow diamonds."""
        points = [
            point
            for x, y in places
            for point in ((x - radius, y), (x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y))
        ]
        self._path(points, 5, edge=color, width=width)

    def text(
        self, x: float, y: float, text: str, *, align: Align = "left", size: float = TEXT, bold: bool = False, color: str = INK
    ) -> None:
        """A line of text, its baseline at y."""
        from matplotlib.text import Text

        with settings():
            made = Text(
                x,
                y,
                text,
                color=color,
                horizontalalignment=align,
                verticalalignment="baseline",
                fontsize=size,
                fontweight="bold" if bold else "normal",
                parse_math=False,
                transform=self._down,
            )
        self.figure.add_artist(made)

    def _path(
        self,
        points: Sequence[tuple[float, float]],
        each: int,
        *,
        edge: str = "none",
        face: str = "none",
        width: float = 0.0,
        dash: tuple[float, ...] | None = None,
        alpha: float = 1.0,
        cap: Literal["butt", "round"] = "butt",
    ) -> None:
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path

        if not points:
            return
        codes = [Path.MOVETO, *[Path.LINETO] * (each - 1 - (each > 2)), *[Path.CLOSEPOLY] * (each > 2)]
        path = Path(points, codes * (len(points) // each))
        self.figure.add_artist(
            PathPatch(
                path,
                edgecolor=edge,
                facecolor=face,
                linewidth=width,
                linestyle=(0, dash) if dash else "solid",
                alpha=alpha,
                capstyle=cap,
                transform=self._down,
            )
        )

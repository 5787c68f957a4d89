"""A bar chart of counts over time, reckoned for an SVG that a template draws: pure.

The drawing is as wide as the page makes it, and its height stays: so bars are given in parts of a box of 1000 x 100,
and words stand beside it, as text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

WIDTH, HEIGHT = 1000, 100  # of the box
GAP = 0.2  # of a bar's room that is left empty
MAX_BAR_WIDTH = 60
MAX_LABELS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar, or a month without articles, whose height is 0."""

    label: str
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A bar's label under it: *x* in percent of the width, at which the text starts, has its middle, or ends."""

    label: str
    x: float
    anchor: Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars from left to right, the labels under them, and the highest count."""

    bars: tuple[Bar, ...]
    labels: tuple["Label", ...]
    most: int
    total: int


def draw(counts: Sequence[tuple[str, int]]) -> Chart | None:
    """Return the chart of (label, count) pairs, or None where nothing is to be drawn.

    >>> draw([("2025-07", 3), ("2025-08", 6)]).bars[0].height
    50.0
    """
    most = max((count for _, count in counts), default=0)
    if not most:
        return None
    room = WIDTH / len(counts)
    width = min(room * (1 - GAP), MAX_BAR_WIDTH)
    bars = tuple(
        Bar(
            label=label,
            count=count,
            x=round(at * room + (room - width) / 2, 2),
            y=round(HEIGHT - HEIGHT * count / most, 2),
            width=round(width, 2),
            height=round(HEIGHT * count / most, 2),
        )
        for at, (label, count) in enumerate(counts)
    )
    return Chart(bars=bars, labels=_labels(bars), most=most, total=sum(c for _, c in counts))


def _labels(bars: Sequence[Bar]) -> tuple[Label, ...]:
    """Return labels for every first, second or n-th bar, so that at most MAX_LABELS stand under them."""
    return tuple(_label(bars, at) for at in range(0, len(bars), ceil(len(bars) / MAX_LABELS)))


def _label(bars: Sequence[Bar], at: int) -> Label:
    """Return the label of a bar, under its middle; that of the first and the last one within the drawing."""
    bar = bars[at]
    if len(bars) > 1 and at == 0:
        return Label(label=bar.label, x=round(100 * bar.x / WIDTH, 2), anchor="start")
    if len(bars) > 1 and at == len(bars) - 1:
        return Label(label=bar.label, x=round(100 * (bar.x + bar.width) / WIDTH, 2), anchor="end")
    return Label(label=bar.label, x=round(100 * (bar.x + bar.width / 2) / WIDTH, 2), anchor="middle")

"""A bar chart of counts over time, reckoned for an SVG that a template draws: pure.

The drawing is as wide as the page makes it, and its height stays: so bars are given in parts of a box of 1000 x 100,
and words stand beside it, as text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

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
class Chart:
    """Bars from left to right, the labels under them, and the highest count."""

    bars: tuple[Bar, ...]
    labels: tuple[str, ...]
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
    return Chart(bars=bars, labels=_labels([label for label, _ in counts]), most=most, total=sum(c for _, c in counts))


def _labels(labels: list[str]) -> tuple[str, ...]:
    """Return the first, the last, and as many between them, evenly, as there is room for."""
    if len(labels) <= MAX_LABELS:
        return tuple(labels)
    steps = MAX_LABELS - 1
    return tuple(labels[round(step * (len(labels) - 1) / steps)] for step in range(MAX_LABELS))

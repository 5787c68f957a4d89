"""A plot of what an outlet published each day beside what was to be expected, as inline SVG. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

WIDTH, HEIGHT = 560, 120  # of the drawing; the page scales it
_FOOT = 18  # for the days below
_HEAD = 6

_QUIET = Markup('<rect class="quiet" x="{}" y="0" width="{}" height="{}"/>')
_BAR = Markup('<rect class="bar" x="{}" y="{}" width="{}" height="{}" rx="1.5"><title>{}</title></rect>')


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day: how many articles came, how many were to be expected (None: not known), and whether it may be quiet."""

    on: date
    count: int
    expected: float | None
    is_quiet: bool = False


def draw(days: Sequence[Day], label: str) -> Markup:
    """Return the plot of *days*, with *label* for those who cannot see it: bars, a line of what was to be expected."""
    top = max([1.0, *(day.count for day in days), *(day.expected or 0 for day in days)])
    step = WIDTH / max(1, len(days))
    ground = HEIGHT - _FOOT

    def y(value: float) -> float:
        return round(ground - (ground - _HEAD) * value / top, 1)

    parts = [Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">').format(WIDTH, HEIGHT, label)]
    for number, day in enumerate(days):
        x = round(number * step, 1)
        if day.is_quiet:
            parts.append(_QUIET.format(x, round(step, 1), ground))
        usual = "" if day.expected is None else f", about {day.expected:.0f} expected"
        top_of_bar = y(day.count)
        size = (round(x + 1, 1), top_of_bar, round(step - 2, 1), round(ground - top_of_bar, 1))
        parts.append(_BAR.format(*size, f"{day.on:%a %d %b}: {day.count}{usual}"))
    points = [
        f"{number * step + step / 2:.1f},{y(day.expected)}"
        for number, day in enumerate(days)
        if day.expected is not None
    ]
    parts.append(Markup('<polyline class="expected" points="{}"/>').format(" ".join(points)))
    parts.append(Markup('<line class="ground" x1="0" y1="{0}" x2="{1}" y2="{0}"/>').format(ground, WIDTH))
    for number, day in enumerate(days):
        if day.on.weekday() == 0 and number * step < WIDTH - 40:
            text = Markup('<text x="{}" y="{}">{}</text>')
            parts.append(text.format(round(number * step + 1, 1), HEIGHT - 4, f"{day.on:%d %b}"))
    parts.append(Markup('<text class="most" x="2" y="{}">{}</text>').format(_HEAD + 6, f"{top:.0f}"))
    return Markup("").join([*parts, Markup("</svg>")])

"""Judge whether an outlet brings fewer and fewer articles, over weeks: too slow for any one day to be silent. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from statistics import median

from kickcrawl.alerts.chances import chance_beyond
from kickcrawl.alerts.pace import Past

MAX_CHANCE = 3e-4
MAX_SHARE = 0.65  # of the usual week
LASTS_SHARE = 0.75  # a decline that was told lasts until then
RECENT_WEEKS = 2
USUAL_WEEKS = range(4, 26)  # weeks ago that are compared with: half a year, to outweigh months of elections
MIN_USUAL_WEEKS = 16  # more than a campaign lasts
MIN_DAYS = 4  # ordinary days in a week, for it to count
MIN_WEEK = 10.0  # articles in a usual week, for a decline to be judged
_MAD_TO_SD = 1.48


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline:
    """*recent* articles a week where *usual* ones came, which happens with that *chance*."""

    recent: float
    usual: float
    chance: float
    is_fault: bool


def find_decline(past: Past, end: int) -> Decline | None:
    """Return how far the weeks before hour *end* have fallen, if that is a fault or might still be; else None."""
    weeks = [_week(past, end // 24 - 7 * number) for number in range(USUAL_WEEKS.stop)]
    recent = [week for week in weeks[:RECENT_WEEKS] if week is not None]
    before = [week for number in USUAL_WEEKS if (week := weeks[number]) is not None]
    if len(recent) < RECENT_WEEKS or len(before) < MIN_USUAL_WEEKS:
        return None
    now, usual = sum(recent) / len(recent), median(before)
    if usual < MIN_WEEK or now > LASTS_SHARE * usual:
        return None
    spread = _MAD_TO_SD * median(abs(week - usual) for week in before)
    deviation = sqrt((spread**2 + usual) / len(recent))
    chance = chance_beyond((usual - now) / deviation)
    lowest = min(_pairs(before))
    return Decline(
        recent=now,
        usual=usual,
        chance=chance,
        is_fault=now < MAX_SHARE * usual and chance < MAX_CHANCE and now < lowest,
    )


def _week(past: Past, end: int) -> float | None:
    """Return the articles of the week before day *end* (its ordinal), as if all its days were ordinary."""
    days = [day for day in range(end - 7, end) if past.is_ordinary(day) and date.fromordinal(day) >= past.first]
    if len(days) < MIN_DAYS:
        return None
    return 7 * sum(past.on(day) for day in days) / len(days)


def _pairs(weeks: Sequence[float]) -> list[float]:
    return [(one + other) / 2 for one, other in zip(weeks, weeks[1:], strict=False)]

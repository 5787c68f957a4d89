"""Judge whether far fewer articles came than were to be expected: a silent Tuesday, but not a quiet Sunday or feast.

Windows of half a day to a week are held against the outlet's pace, and against the same hours of the weeks before: what
was seen there is no fault. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kickcrawl.alerts.chances import chance_of_so_few
from kickcrawl.alerts.pace import LEARNED_DAYS, LEFT_OUT_DAYS, Pace, Past, learn_pace

# Hours of a window (None: since the last article), and the share of what was expected that may have come all the same.
WINDOWS: Sequence[tuple[int | None, float]] = ((None, 0.0), (24, 0.1), (48, 0.1), (96, 0.2), (168, 0.3))
# Chances below which so few articles are a fault. They keep to a budget of one false alarm a month of ten outlets: each
# outlet has one window a day of "nothing for a day", but many overlapping ones that are shorter or had a few articles.
NOTHING_CHANCE = 5e-3  # nothing for a day or longer; with 8e-3 a newsroom's quiet Sunday is told
FEW_CHANCE = 5e-4  # of all others: a morning that begins late, a week of leave
LASTS_CHANCE = 0.02  # a silence that was told goes on while its windows are less likely than this
MIN_HOURS = 12  # a shorter silence is a power cut or a party of the staff, and over by the evening
MIN_EXPECTED = 5.0  # articles in a window
MAX_LOW_SHARE = 0.02  # of the windows of earlier weeks may have had as little
RECOVERY_HOURS = 6
MIN_RECOVERY = 2.0  # articles that must be expected in these hours before they can show that it is over
RECOVERY_SHARE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """*count* articles in the last *hours* where *expected* were to be expected, which happens with that *chance*."""

    hours: int
    count: int
    expected: float
    chance: float
    is_fault: bool


def find_silence(past: Past, end: int) -> Silence | None:
    """Return the least likely window before hour *end* that is a fault, or one that might still be; else None."""
    pace = learn_pace(past, end)
    if pace is None or _is_over(past, pace, end):
        return None
    found = [silence for window in WINDOWS if (silence := _window(past, pace, end, *window))]
    return min(found, key=lambda silence: (not silence.is_fault, silence.chance), default=None)


def _window(past: Past, pace: Pace, end: int, hours: int | None, most: float) -> Silence | None:
    hours = _quiet_hours(past, end) if hours is None else hours
    if hours < MIN_HOURS:
        return None
    start = end - hours
    expected = pace.between(start, end, past.quiet)
    count = past.between(start, end)
    if expected < MIN_EXPECTED or count > most * expected:
        return None
    chance = chance_of_so_few(count, expected, pace.size)  # of whole weeks, too: who is on leave is away for all of it
    if chance > LASTS_CHANCE:
        return None
    share = count / expected
    lows = [other <= share for other in _shares_before(past, pace, end, hours)]
    is_rare = sum(lows) <= MAX_LOW_SHARE * len(lows)
    is_fault = is_rare and chance < (NOTHING_CHANCE if count == 0 and hours >= 24 else FEW_CHANCE)
    return Silence(hours=hours, count=count, expected=expected, chance=chance, is_fault=is_fault)


def _quiet_hours(past: Past, end: int) -> int:
    """Return for how many hours nothing came, a week at most."""
    return next((hours for hours in range(168) if past.hours.get(end - 1 - hours)), 168)


def _shares_before(past: Past, pace: Pace, end: int, hours: int) -> Sequence[float]:
    """Return what came of what was to be expected in the windows that ended at the same hour of the days before."""
    shares = []
    for days in range(LEFT_OUT_DAYS, LEFT_OUT_DAYS + LEARNED_DAYS):
        until = end - 24 * days
        begin = until - hours
        if not all(past.is_ordinary(day) for day in range(begin // 24, (until - 1) // 24 + 1)):
            continue
        shares.append(past.between(begin, until) / max(1.0, pace.between(begin, until, past.quiet)))
    return shares


def _is_over(past: Past, pace: Pace, end: int) -> bool:
    """Tell whether articles come again at their usual pace."""
    expected = pace.between(end - RECOVERY_HOURS, end, past.quiet)
    return expected >= MIN_RECOVERY and past.between(end - RECOVERY_HOURS, end) >= RECOVERY_SHARE * expected

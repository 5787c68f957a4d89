"""The pace of an outlet: how many articles are to be expected in any hours, learned from its own past and the calendar.

Hours are counted on the outlet's own clock, from the first day of the calendar. Days on which a newsroom may be quiet,
and days on which the outlet was silent and that was told, teach nothing of ordinary days.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from kickcrawl.alerts.calendar import Quiet

LEARNED_DAYS = 56  # eight weeks: each weekday eight times
RECENT_DAYS = 14  # the lower of their level and that of all days counts: a campaign that is over must not raise it
LEFT_OUT_DAYS = 7  # the newest, which are being judged, are not learned from
MIN_DAYS = 14  # ordinary days that must be known before anything is expected
MAX_BURST = 3.0  # times the usual day; a day with more counts as this: a first crawl may date everything at once
MIN_SIZE, MAX_SIZE = 2.0, 25.0  # of the negative binomial: days never differ by less than 20 %
_SHRUNK_DAYS = 2  # average days that are added to the data of each weekday (shrinkage)
_PRIOR = {Quiet.HOLIDAY: 0.3, Quiet.FEAST: 0.01}  # share of an ordinary day, until the outlet has shown its own
_AROUND_DAYS = 7
_MIN_QUIET_SEEN = 6  # days of one sort that must be known before their own share replaces the prior
_MIN_SHARE = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What is known of an outlet: *hours* and *days*, counts; *first*, its first day; *quiet*, days of the calendar;
    *silent*, days on which a fault kept articles away."""

    hours: Mapping[int, int]
    days: Mapping[int, int]
    first: date
    quiet: Mapping[date, Quiet]
    silent: Collection[date] = frozenset()

    @classmethod
    def of(
        cls, hours: Mapping[int, int], quiet: Mapping[date, Quiet], silent: Collection[date] = frozenset()
    ) -> "Past":
        """Return the past that has at least one article."""
        days: Counter[int] = Counter()
        for hour, count in hours.items():
            days[hour // 24] += count
        return cls(hours=hours, days=days, first=date.fromordinal(min(days)), quiet=quiet, silent=silent)

    def on(self, day: int) -> int:
        """Return how many articles came on a day (its ordinal)."""
        return self.days.get(day, 0)

    def between(self, start: int, end: int) -> int:
        """Return how many came from hour *start* to before hour *end*."""
        return sum(self.hours.get(hour, 0) for hour in range(start, end))

    def is_ordinary(self, day: int) -> bool:
        """Tell whether a day (its ordinal) teaches what is usual."""
        return (on := date.fromordinal(day)) not in self.quiet and on not in self.silent and on > self.first


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """*level*: articles of an ordinary day; factors of the weekdays; shares of the hours; *size*: how much days differ
    (kickcrawl.alerts.chances); *shares*: what quiet days have of an ordinary one."""

    level: float
    weekdays: Sequence[float]
    hours: Sequence[float]
    size: float
    shares: Mapping[Quiet, float]

    def of_day(self, day: int, quiet: Mapping[date, Quiet]) -> float:
        """Return how many articles are to be expected on a day (its ordinal)."""
        on = date.fromordinal(day)
        share = self.shares[quiet[on]] if on in quiet else 1.0
        return self.level * self.weekdays[on.weekday()] * share

    def between(self, start: int, end: int, quiet: Mapping[date, Quiet]) -> float:
        """Return how many are to be expected from hour *start* to before hour *end*."""
        days = {day: self.of_day(day, quiet) for day in range(start // 24, end // 24 + 1)}
        return sum(days[hour // 24] * self.hours[hour % 24] for hour in range(start, end))


def learn_pace(past: Past, end: int) -> Pace | None:
    """Return the pace before hour *end*; None where too little is known."""
    last = end // 24 - LEFT_OUT_DAYS
    ordinary = [day for day in range(last - LEARNED_DAYS, last) if past.is_ordinary(day)]
    if len(ordinary) < MIN_DAYS:
        return None
    counts = dict(zip(ordinary, _without_bursts([past.on(day) for day in ordinary]), strict=True))
    mean = sum(counts.values()) / len(counts)
    if not mean:
        return None
    weekdays = _weekdays(counts, mean)
    recent = [day for day in ordinary if day >= last - RECENT_DAYS] or ordinary
    level = min(mean, sum(counts[day] for day in recent) / sum(_weekday(weekdays, day) for day in recent))
    usual = {day: _around(counts, weekdays, day) * _weekday(weekdays, day) for day in ordinary}
    return Pace(
        level=level,
        weekdays=weekdays,
        hours=_hours(past, ordinary),
        size=_size(counts, usual),
        shares={sort: _share(past, sort, last) for sort in Quiet},
    )


def _weekdays(counts: Mapping[int, float], mean: float) -> list[float]:
    factors = []
    for weekday in range(7):
        own = [count for day, count in counts.items() if date.fromordinal(day).weekday() == weekday]
        factors.append((sum(own) + _SHRUNK_DAYS * mean) / (len(own) + _SHRUNK_DAYS) / mean)
    return factors


def _around(counts: Mapping[int, float], weekdays: Sequence[float], day: int) -> float:
    """Return the level of the days around *day*: it moves with campaigns and leave, and days differ from it by less."""
    near = [other for other in range(day - _AROUND_DAYS, day + _AROUND_DAYS + 1) if other in counts]
    return sum(counts[other] for other in near) / sum(_weekday(weekdays, other) for other in near)


def _weekday(factors: Sequence[float], day: int) -> float:
    return factors[date.fromordinal(day).weekday()]


def _hours(past: Past, days: Sequence[int]) -> list[float]:
    counts = [0.5] * 24
    for day in days:
        for hour in range(24):
            counts[hour] += past.hours.get(24 * day + hour, 0)
    return [count / sum(counts) for count in counts]


def _size(counts: Mapping[int, float], usual: Mapping[int, float]) -> float:
    """Return the size of the negative binomial whose variance the days have (method of moments)."""
    beyond = sum((counts[day] - usual[day]) ** 2 - usual[day] for day in counts)
    squares = sum(expected**2 for expected in usual.values())
    return max(MIN_SIZE, min(MAX_SIZE, squares / beyond)) if beyond > 0 else MAX_SIZE


def _share(past: Past, sort: Quiet, last: int) -> float:
    """Return what quiet days of a sort had at least of ordinary days around them, but for the very least of them."""
    seen = []
    for on, of in past.quiet.items():
        day = on.toordinal()
        if of is not sort or day >= last or on <= past.first or on in past.silent:
            continue
        around = [past.on(other) for other in range(day - 14, day + 15) if other < last and past.is_ordinary(other)]
        if len(around) >= 7 and (usual := median(around)):
            seen.append(past.on(day) / usual)
    if len(seen) < _MIN_QUIET_SEEN:
        return _PRIOR[sort]
    return max(_MIN_SHARE, min(1.0, sorted(seen)[1] / 2))


def _without_bursts(counts: Sequence[int]) -> list[float]:
    usual = median(counts) or sum(counts) / len(counts)
    return [min(count, MAX_BURST * usual) for count in counts]

"""When an outlet is to be asked again, by the rhythm in which it publishes: busy ones often, quiet ones seldom.

In: what the archive knows of the outlet (History), and what the operator allows (Allowance). Out: the next run, with
its reason. Pure; times are aware, in UTC.

Articles come at a rate that differs by hour and weekday of the newsroom's clock. Where n articles an hour come and an
outlet is asked f times an hour, they wait n / 2f hours in all, in each hour. Waiting and asking together cost least
where f grows with the square root of n. Where the requests of a day do not suffice for that, the outlet is asked less
often by the same factor at all hours.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Literal
from zoneinfo import ZoneInfo

from kickcrawl.hours import Hours, end_of_quiet

WINDOW = timedelta(days=28)  # of articles and edits that count: each weekday four times
MIN_PAUSE = timedelta(minutes=5)  # between the starts of two runs
MAX_PAUSE = timedelta(hours=12)
EDIT_PAUSE = timedelta(minutes=50)  # where edits are usual, so that each is archived within the hour
WORTH = 10.0  # how much waiting a run is worth: where one article an hour comes, it is asked for every 19 minutes
MAX_ASKING = 200  # requests of an outlet and day that seeds are asked with; those for articles come beside them
WHOLE_EVERY = timedelta(hours=6)  # between runs that ask all seeds, where one seed tells all that is new
FIRST_RETRY = timedelta(minutes=30)  # after an outlet was out of reach; doubled with each further time
STEP = timedelta(minutes=5)
UNKNOWN_COST = 6.0  # requests of a run that brings nothing, before there were any

PutOff = Literal["budget", "quiet-hours"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRun:
    """A run as far as it tells when the next one is due. *fetched*: articles, of its *requests*.

    *is_quick*: it asked only the seed that tells what is new. *is_out_of_reach*: it failed before anything was read.
    """

    started_at: datetime
    outcome: str
    requests: int = 0
    fetched: int = 0
    is_quick: bool = False
    is_out_of_reach: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What the archive knows of an outlet. *published*, *edited*: within the WINDOW. *runs*: the last, newest first.

    *since*: when its oldest article came out. *requests_today*: of this day (UTC). *due_at*: when something that waits
    is to be asked for again. *tells_edits*: a quick run finds edits, too.
    """

    published: Sequence[datetime] = ()
    edited: Sequence[datetime] = ()
    runs: Sequence[PastRun] = ()
    since: datetime | None = None
    requests_today: int = 0
    due_at: datetime | None = None
    has_quick_seed: bool = False
    tells_edits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What the operator allows: *requests_per_day* of the outlet (UTC), and its *quiet* hours by its own clock."""

    timezone: str
    requests_per_day: int
    quiet: tuple[Hours, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NextRun:
    """When an outlet is due, *why* in words, and whether the run *is_quick*. *put_off*: by what it was, if it was."""

    at: datetime
    why: str
    is_quick: bool = False
    put_off: PutOff | None = None


class Rhythm:
    """How many articles and edits an hour are usual, by hour and weekday of the newsroom's clock."""

    def __init__(self, history: History, timezone: str, now: datetime) -> None:
        self._zone = ZoneInfo(timezone)
        begin = max(now - WINDOW, history.since or now)
        self.days = max(1.0, (now - begin) / timedelta(days=1))
        self.articles_a_day = len(history.published) / self.days
        self.edits_a_day = len(history.edited) / self.days
        events = [at.astimezone(self._zone) for at in (*history.published, *history.edited)]
        self._a_day = len(events) / self.days
        self._hours = _shares(_smooth(_counts((at.hour for at in events), 24)), even=0.1)
        weekdays = _shares(_counts((at.weekday() for at in events), 7), even=0.2 if self.days >= 14 else 1.0)
        self.week = [self._a_day * 7 * day * hour for day in weekdays for hour in self._hours]  # expected in each hour

    def expected(self, at: datetime) -> float:
        """Return the articles and edits an hour that are usual at this time."""
        return self.week[self.hour_of_week(at)]

    def hour_of_week(self, at: datetime) -> int:
        """Return the hour, by the newsroom's clock, from Monday's first: 0 to 167."""
        local = at.astimezone(self._zone)
        return 24 * local.weekday() + local.hour

    def busy_hours(self) -> str | None:
        """Return the shortest span of hours, by the newsroom's clock, in which half of all comes: "07:00-12:00".

        None where nothing came.
        """
        if not self._a_day:
            return None
        spans = ((length, first) for length in range(1, 25) for first in range(24))
        length, first = next(
            (length, first)
            for length, first in spans
            if sum(self._hours[(first + n) % 24] for n in range(length)) >= 0.5
        )
        return f"{first:02}:00-{(first + length) % 24:02}:00"


def _counts(values: Iterable[int], size: int) -> list[float]:
    counts = [0.0] * size
    for value in values:
        counts[value] += 1
    return counts


def _smooth(counts: Sequence[float]) -> list[float]:
    """Return *counts* of a circle, each smoothed over its neighbours."""
    size = len(counts)
    return [(counts[n - 1] + 2 * counts[n] + counts[(n + 1) % size]) / 4 for n in range(size)]


def _shares(counts: Sequence[float], *, even: float) -> list[float]:
    """Return the share of each of *counts*; *even* of all is given to all alike: what did not come yet may come."""
    total, size = sum(counts), len(counts)
    return [even / size + (1 - even) * count / total for count in counts] if total else [1 / size] * size


def next_run(history: History, allowance: Allowance, now: datetime) -> NextRun:
    """Return when the outlet is due; a time before *now* where it is due already."""
    put_off: PutOff | None = None
    rhythm = Rhythm(history, allowance.timezone, now)
    at, why = _unhindered(history, rhythm, allowance, now)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    if history.requests_today >= allowance.requests_per_day and at < midnight:
        at, why, put_off = midnight, f"its {allowance.requests_per_day} requests of the day are spent", "budget"
    if until := end_of_quiet(allowance.quiet, allowance.timezone, max(at, now)):
        at, why, put_off = until, f"quiet hours; else {why}", "quiet-hours"
    return NextRun(at=at, why=why, is_quick=_is_quick(history, rhythm, max(at, now)), put_off=put_off)


def _unhindered(history: History, rhythm: Rhythm, allowance: Allowance, now: datetime) -> tuple[datetime, str]:
    """Return when the outlet would be due if nothing were spent and no hour quiet, and why."""
    if not history.runs:
        return now, "it was never crawled"
    last = history.runs[0]
    if last.started_at > now:
        return now, "its last run is dated after this machine's clock"
    if last.outcome in ("died", "interrupted", "running"):
        return last.started_at + MIN_PAUSE, "its last run did not come to its end"
    if last.is_out_of_reach:
        times = _leading(history.runs)
        return last.started_at + min(FIRST_RETRY * 2.0 ** min(times - 1, 10), MAX_PAUSE), (
            f"its last run failed{_in_a_row(times)}"
        )
    at, why = _by_rhythm(history, rhythm, allowance, last.started_at)
    if history.due_at is not None and (again := max(history.due_at, last.started_at + FIRST_RETRY)) < at:
        return again, "addresses wait to be asked for again"
    return at, why


def _in_a_row(times: int) -> str:
    return f", as did {times - 1} before it" if times > 1 else ""


def _leading(runs: Sequence[PastRun]) -> int:
    return next((n for n, run in enumerate(runs) if not run.is_out_of_reach), len(runs))


def _is_quick(history: History, rhythm: Rhythm, at: datetime) -> bool:
    """Tell whether the run at that time need not ask all seeds: the last did well, and not long ago all were asked."""
    if not (history.runs and history.has_quick_seed) or history.runs[0].outcome != "complete":
        return False
    whole = next((run for run in history.runs if run.outcome == "complete" and not run.is_quick), None)
    must_find_edits = rhythm.edits_a_day >= 1 and not history.tells_edits
    return whole is not None and at - whole.started_at < (EDIT_PAUSE if must_find_edits else WHOLE_EVERY)


def _by_rhythm(history: History, rhythm: Rhythm, allowance: Allowance, last: datetime) -> tuple[datetime, str]:
    """Return when, after a run that began at *last*, the next is worth its requests, and why."""
    affordable = _affordable(history, rhythm, allowance)
    steps = int(timedelta(days=1) / STEP)
    an_hour = [_runs_an_hour(rhythm, expected) for expected in rhythm.week]
    wanted = sum(an_hour[rhythm.hour_of_week(last + n * STEP)] for n in range(steps)) * (STEP / timedelta(hours=1))
    scale = min(1.0, affordable / wanted)
    at, share = last, 0.0
    while share < 1 and at - last < MAX_PAUSE:
        share += scale * an_hour[rhythm.hour_of_week(at)] * (STEP / timedelta(hours=1))
        at += STEP
    if share > 1:  # the last step was longer than it had to be
        step = scale * an_hour[rhythm.hour_of_week(at - STEP)] * (STEP / timedelta(hours=1))
        at -= STEP * min(1.0, (share - 1) / step)
    at = max(at, last + MIN_PAUSE)
    expected, a_week = rhythm.expected(at), 7 * rhythm.articles_a_day
    usual = f"{expected:.1f} an hour are usual then" if expected >= 0.05 else f"{a_week:.1f} a week are usual"
    return at, usual + (", as often as its requests of a day allow" if scale < 1 else "")


def _runs_an_hour(rhythm: Rhythm, expected: float) -> float:
    """Return how often an hour it is worth asking where so much is *expected*, whatever it may cost a day."""
    often = math.sqrt(WORTH * expected)
    least = EDIT_PAUSE if rhythm.edits_a_day >= 1 and expected >= 0.1 else MAX_PAUSE
    return min(max(often, timedelta(hours=1) / least), timedelta(hours=1) / MIN_PAUSE)


def _affordable(history: History, rhythm: Rhythm, allowance: Allowance) -> float:
    """Return how many runs a day the requests suffice for that are not for articles."""
    fetched = rhythm.articles_a_day + rhythm.edits_a_day
    left = min(MAX_ASKING, allowance.requests_per_day - fetched)
    quick, whole = _cost(history, is_quick=True), _cost(history, is_quick=False)
    if not history.has_quick_seed:
        return max(1.0, left / whole)
    must_find_edits = rhythm.edits_a_day >= 1 and not history.tells_edits
    wholes = timedelta(days=1) / (EDIT_PAUSE if must_find_edits else WHOLE_EVERY)
    return max(1.0, wholes + (left - wholes * whole) / quick)


def _cost(history: History, *, is_quick: bool) -> float:
    """Return the requests of a run that are not for articles, by the last ones of its kind."""
    good = [run for run in history.runs if run.outcome == "complete" and run.is_quick is is_quick]
    costs = [run.requests - run.fetched for run in good]
    if costs:
        return max(1.0, float(median(costs)))
    return 2.0 if is_quick else UNKNOWN_COST

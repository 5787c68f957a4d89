"""Faults that last: which is new and is told, which was told before, and when an outlet should have been crawled again.

Pure. A fault is told once when it begins and once when it ends; a monitor that wants to know at any time asks
``kickcrawl status --check``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

RUNS_OF_RHYTHM = 6  # latest runs, whose starts show how often an outlet is crawled
SCHEDULED_RHYTHM = timedelta(hours=16)  # of `kickcrawl run`: twelve hours, or the rest of a day whose budget is spent
MIN_RUNS_OF_RHYTHM = 3  # with fewer, UNKNOWN_RHYTHM counts
UNKNOWN_RHYTHM = timedelta(days=7)
BLIP_LASTS = 0.1  # chance that a blip, a failure that passes by itself, outlasts one more run or so much time:
_BLIP_TIME = timedelta(hours=6)
_PRIOR_BLIPS = 0.01  # chance that the first failure of an outlet is a blip: so it is told at once
_GRACE = timedelta(hours=1)  # beyond one and a half times the rhythm: timers are spread, runs take their time
_DETAIL = re.compile(r"\([^()]*\)|\d+")  # what differs between two sentences on one fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a run failed: the *kinds* of its complaints, or else the sentence without its details."""

    kinds: frozenset[str]

    @classmethod
    def of(cls, failure: str | None, kinds: Sequence[str]) -> "Fault":
        """Return the fault of a run with that *failure* and complaints of those *kinds*; none where it did not fail.

        >>> Fault.of("a: out of reach (HTTP 503)", []) == Fault.of("a: out of reach (timeout)", [])
        True
        """
        if failure is None:
            return cls(kinds=frozenset())
        return cls(kinds=frozenset(kinds or [_DETAIL.sub("", failure)]))

    def is_told_by(self, before: "Fault") -> bool:
        """Whether all of it was told when *before*, the fault of the run before, began."""
        return self.kinds <= before.kinds


def overdue_since(
    starts: Sequence[datetime], now: datetime, *, is_scheduled: bool = False
) -> tuple[datetime, timedelta] | None:
    """Return since when an outlet should have been crawled again and its rhythm; None if it is not overdue.

    *starts* are those of its latest runs, newest first. The rhythm is the longest of the pauses between them; of an
    outlet that *is_scheduled* the longest there may be: by day it is asked every few minutes, at night not at all.
    """
    if not starts:
        return None
    latest = starts[:RUNS_OF_RHYTHM]
    pauses = [after - before for after, before in zip(latest, latest[1:], strict=False)]
    least = SCHEDULED_RHYTHM if is_scheduled else timedelta()
    rhythm = max(least, *pauses) if len(latest) >= MIN_RUNS_OF_RHYTHM else least or UNKNOWN_RHYTHM
    due = latest[0] + rhythm * 1.5 + _GRACE
    return (due, rhythm) if now > due else None


def chance_of_blip(goods: Sequence[bool], lasted: timedelta) -> float:
    """Return the chance, 0 to 1, that the latest failures of an outlet are a blip: a trouble that ends by itself.

    *goods*: of each run, the newest first, whether it was good; *lasted*: since the first of these failures. It is
    the more likely, the more of its earlier failures were gone in the next run, and the less, the longer it lasts.

    >>> round(chance_of_blip([False] + 99 * [True], timedelta()), 3)
    0.01
    >>> round(chance_of_blip([False, True, True, False, True], timedelta()), 3)
    0.505
    """
    if not goods or goods[0]:
        return 0.0
    failures = [len(list(run)) for is_good, run in groupby(goods) if not is_good]
    streak, before = failures[0], failures[1:]
    blips = sum(length == 1 for length in before)
    share = (blips + _PRIOR_BLIPS) / (len(before) + 1)
    return float(share * BLIP_LASTS ** max(streak - 1, lasted / _BLIP_TIME))


def rhythm_in_words(rhythm: timedelta) -> str:
    """Return *rhythm* for a person.

    >>> rhythm_in_words(timedelta(minutes=61)), rhythm_in_words(timedelta(days=2))
    ('1 h', '2 days')
    """
    hours = round(rhythm / timedelta(hours=1))
    return f"{round(hours / 24)} days" if hours >= 48 else f"{max(1, hours)} h"

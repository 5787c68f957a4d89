"""Faults that last: which is new and is told, which was told before, and when an outlet should have been crawled again.

Pure. A fault is told once when it begins and once when it ends; a monitor that wants to know at any time asks
``kickcrawl status --check``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

RUNS_OF_RHYTHM = 6  # latest runs, whose starts show how often an outlet is crawled
MIN_RUNS_OF_RHYTHM = 3  # with fewer, UNKNOWN_RHYTHM counts
UNKNOWN_RHYTHM = timedelta(days=7)
BLIP_LASTS = 0.3  # chance that a short trouble of a host, one that ends by itself, outlasts another run
_FIRST_BLIP = 0.1  # blips that any outlet is taken to have had,
_FIRST_RUNS = 10  # in so many runs: its first failure is told at once
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


def overdue_since(starts: Sequence[datetime], now: datetime) -> tuple[datetime, timedelta] | None:
    """Return since when an outlet should have been crawled again and its rhythm; None if it is not overdue.

    *starts* are those of its latest runs, newest first. The rhythm is the longest of the pauses between them.
    """
    if not starts:
        return None
    latest = starts[:RUNS_OF_RHYTHM]
    pauses = [after - before for after, before in zip(latest, latest[1:], strict=False)]
    rhythm = max(pauses) if len(latest) >= MIN_RUNS_OF_RHYTHM else UNKNOWN_RHYTHM
    due = latest[0] + rhythm * 1.5 + _GRACE
    return (due, rhythm) if now > due else None


def chance_of_blip(goods: Sequence[bool]) -> float:
    """Return the chance, 0 to 1, that the latest failures of an outlet are a short trouble, which it often has.

    *goods*: of each run, the newest first, whether it was good.

    >>> round(chance_of_blip([False] + 99 * [True]), 3)
    0.001
    >>> round(chance_of_blip([False] + 20 * [True] + [False] + 20 * [True]), 3)
    0.021
    """
    streak = goods.index(True) if True in goods else len(goods)
    before = goods[streak:]
    blips = sum(
        not good and (older or newer) for newer, good, older in zip(before, before[1:], before[2:], strict=False)
    )
    often = (blips + _FIRST_BLIP) / (len(before) + _FIRST_RUNS)
    return float(min(1.0, often * BLIP_LASTS ** (streak - 1))) if streak else 0.0


def rhythm_in_words(rhythm: timedelta) -> str:
    """Return *rhythm* for a person.

    >>> rhythm_in_words(timedelta(minutes=61)), rhythm_in_words(timedelta(days=2))
    ('1 h', '2 days')
    """
    hours = round(rhythm / timedelta(hours=1))
    return f"{round(hours / 24)} days" if hours >= 48 else f"{max(1, hours)} h"

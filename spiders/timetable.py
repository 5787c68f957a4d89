"""When the outlets of a crawl have their turn: all at once, or each when it is due by its rhythm."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from archive.accounts.rhythm import plan_next
from archive.writer import Writer
from kickcrawl.errors import KickcrawlError
from kickcrawl.outlet import Outlet
from kickcrawl.rhythm import MIN_PAUSE, Allowance, NextRun
from spiders.run import OutletRun

REST = timedelta(minutes=1)  # of an outlet between the end of a run and the next
MAX_PAUSE = 3600.0  # seconds; a machine that slept, or whose clock was set, is noticed then


class Timetable(Protocol):
    """Says which outlets are to be crawled, and when."""

    def take_due(self, now: datetime) -> Sequence[OutletRun]:
        """Return the runs that begin *now*; no second one of an outlet before its first has ended."""

    def pause(self, now: datetime) -> float | None:
        """Return the seconds from *now* until the next outlet is due; None where no other will be."""

    async def ended(self, run: OutletRun, write: Writer) -> None:
        """Be told that *run* has ended and is in the archive."""


class AllAtOnce:
    """All outlets at the start, each once."""

    def __init__(self, outlets: Sequence[Outlet]) -> None:
        self._outlets = outlets

    def take_due(self, now: datetime) -> Sequence[OutletRun]:
        """Return all, the first time."""
        due, self._outlets = self._outlets, ()
        return [OutletRun(outlet=outlet) for outlet in due]

    def pause(self, now: datetime) -> float | None:
        """Return None: none is due later."""
        return None

    async def ended(self, run: OutletRun, write: Writer) -> None:
        """Take note of nothing."""


@dataclass(slots=True, kw_only=True)
class ByRhythm:
    """Each of *outlets* (by slug) when it is due. *keeps*: again and again; else only those that are due at the start.

    *tell* is called with each run that has ended, and with when its outlet is due again; *alert*, if the timetable
    keeps, with its outlet, in a thread, since mails take their time.
    """

    outlets: Mapping[str, Outlet]
    allowances: Mapping[str, Allowance]
    next_runs: dict[str, NextRun]
    keeps: bool
    tell: Callable[[OutletRun, NextRun], None]
    alert: Callable[[Sequence[str]], None]
    _underway: set[str] = field(default_factory=set)
    _has_begun: bool = False
    _one_alert: asyncio.Lock = field(default_factory=asyncio.Lock)  # two at once would tell the same twice

    def take_due(self, now: datetime) -> Sequence[OutletRun]:
        """Return the runs of the outlets that are due, those that have waited longest first."""
        if self._has_begun and not self.keeps:
            return []
        self._has_begun = True
        due = [slug for slug, planned in self._waiting() if planned.at <= now]
        self._underway.update(due)
        return [self._run(slug) for slug in sorted(due, key=lambda slug: self.next_runs[slug].at)]

    def pause(self, now: datetime) -> float | None:
        """Return the seconds until the next outlet is due, and an hour at most; None unless the timetable keeps."""
        if not self.keeps:
            return None
        waits = [(planned.at - now).total_seconds() for _, planned in self._waiting()]
        return min(MAX_PAUSE, max(0.0, min(waits, default=MAX_PAUSE)))

    async def ended(self, run: OutletRun, write: Writer) -> None:
        """Plan the outlet's next run, and tell of this one."""
        slug, now = run.outlet.slug, datetime.now(UTC)
        try:
            planned = await write(plan_next, slug, self.allowances[slug], now)
        except KickcrawlError as error:
            run.failure = run.failure or str(error)
            planned = self.next_runs[slug]
        # A run that took longer than the pause behind it, or could not even begin, is not followed by the next at once.
        self.next_runs[slug] = replace(planned, at=max(planned.at, now + (REST if run.run_id else MIN_PAUSE)))
        self._underway.discard(slug)
        self.tell(run, self.next_runs[slug])
        if self.keeps:
            async with self._one_alert:
                await asyncio.to_thread(self.alert, [slug])

    def _waiting(self) -> list[tuple[str, NextRun]]:
        return [(slug, planned) for slug, planned in self.next_runs.items() if slug not in self._underway]

    def _run(self, slug: str) -> OutletRun:
        is_quick = self.next_runs[slug].is_quick
        return OutletRun(outlet=self.outlets[slug], is_quick=is_quick, allowance=self.allowances[slug])

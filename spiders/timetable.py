"""When the outlets of a crawl have their turn."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from archive.writer import Writer
from kickcrawl.outlet import Outlet
from spiders.run import OutletRun


class Timetable(Protocol):
    """Says which outlets are to be crawled, and when."""

    def take_due(self, now: datetime) -> Sequence[Outlet]:
        """Return the outlets whose runs begin *now*; each has its turn once, until its run has ended."""

    def pause(self, now: datetime) -> float | None:
        """Return the seconds from *now* until the next outlet is due; None where no other will be."""

    async def ended(self, run: OutletRun, write: Writer) -> None:
        """Be told that *run* has ended and is in the archive."""


class AllAtOnce:
    """All outlets at the start, each once."""

    def __init__(self, outlets: Sequence[Outlet]) -> None:
        self._outlets = outlets

    def take_due(self, now: datetime) -> Sequence[Outlet]:
        """Return all, the first time."""
        due, self._outlets = self._outlets, ()
        return due

    def pause(self, now: datetime) -> float | None:
        """Return None: none is due later."""
        return None

    async def ended(self, run: OutletRun, write: Writer) -> None:
        """Take note of nothing."""

"""Carry the run of one outlet from its beginning to its end, whatever the runs of other outlets are doing meanwhile:
discover it, wait until nothing of it is due, follow related links, keep pictures, judge it, and note how it ended.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from archive.captures import Captures
from archive.frontier import count_due
from archive.writer import Writer
from kickcrawl.errors import KickcrawlError
from spiders.discoverer import Discoverer
from spiders.health import check_health, compare_readings, compare_with_last
from spiders.plan import CrawlPlan
from spiders.run import OutletRun

logger = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Lifecycle:
    """*pictures* keeps those of a run; *archive_failed* is told where the archive cannot be written; *wake* is set when
    there may be something to lease."""

    discoverer: Discoverer
    pictures: Callable[[OutletRun], Awaitable[None]]
    archive_failed: Callable[[KickcrawlError], None]
    wake: asyncio.Event

    async def carry(self, run: OutletRun) -> None:
        """Carry *run* to its end."""
        try:
            await self._work(run)
        except Exception as error:  # a mistake of ours: it must not hold up the other outlets
            logger.exception("the run of %s broke off", run.outlet.slug)
            run.failure = run.failure or f"{run.outlet.slug}: its run broke off ({type(error).__name__}: {error})"
        discoverer = self.discoverer
        # shield: a crawl that is stopped meanwhile does not end the run twice.
        await asyncio.shield(end(run, discoverer.plan, discoverer.write, discoverer.captures, interrupted=False))

    async def _work(self, run: OutletRun) -> None:
        await self.discoverer.discover(run)
        is_due = run.is_discovered
        while is_due:
            run.wait_for_more()
            self.wake.set()
            await run.idle.wait()
            is_due = await self._follow_related(run)
        await self.pictures(run)

    async def _follow_related(self, run: OutletRun) -> bool:
        """Make due what the articles of *run* link to as related; tell whether there is any."""
        try:
            return await self.discoverer.follow_related(run)
        except KickcrawlError as error:
            self.archive_failed(error)
            return False


def end(
    run: OutletRun, plan: CrawlPlan, write: Writer, captures: Captures, *, interrupted: bool
) -> "asyncio.Task[None]":
    """Return the task that judges *run* and notes its end: one, however often it is asked for."""
    if run.ending is None:
        run.ending = asyncio.ensure_future(_end(run, plan, write, captures, interrupted))
    return run.ending


async def _end(run: OutletRun, plan: CrawlPlan, write: Writer, captures: Captures, interrupted: bool) -> None:
    interrupted = interrupted or await _put_off(run, write)
    await check_health(run, write, interrupted=interrupted)
    await compare_readings(run, write)
    await compare_with_last(run, write, partial=plan.is_partial, interrupted=interrupted)
    try:
        await run.end(write, captures, interrupted)
    except KickcrawlError as error:
        run.failure = run.failure or str(error)
    except Exception as error:  # a mistake of ours: a run that could not be ended must not look like one that was
        logger.exception("%s: the end of its run could not be noted", run.outlet.slug)
        run.failure = run.failure or f"the end of its run could not be noted ({type(error).__name__}: {error})"


async def _put_off(run: OutletRun, write: Writer) -> bool:
    """Tell whether *run*, a scheduled one, was cut short by what the operator allows; count what waits."""
    if run.allowance is None or not (run.is_spent or run.put_off):
        return False
    run.put_off = run.put_off or "budget"
    run.failure = None  # that its requests are spent is as the operator wants it
    try:
        run.count(f"put-off/{run.put_off}", await write(count_due, run.outlet.slug, datetime.now(UTC)))
    except KickcrawlError as error:
        run.failure = str(error)
    return True

"""Begin the run of an outlet and fill its frontier: its lock, its browser, its robots.txt, then its seeds."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.http import Response

from archive.captures import Captures
from archive.runs import has_ended
from archive.seeds.excluded import readmit
from archive.writer import Writer
from kickcrawl.errors import KickcrawlError
from kickcrawl.outlet import Outlet
from kickcrawl.robots import RobotsPolicy
from kickcrawl.workers.workers import Workers
from spiders.discovery import Prober, discover
from spiders.discovery.related import probe_related
from spiders.discovery.resumed import ResumedFetch
from spiders.network.bounds import Bounds
from spiders.network.failures import BudgetSpent
from spiders.network.render import open_browser
from spiders.network.robots import RobotsMiddleware
from spiders.plan import CrawlPlan
from spiders.run import OutletRun
from spiders.slots import Slots
from spiders.wiring import middleware

MAX_CONCURRENT = 8  # outlets that are discovered at the same time; those that wait for a slow answer are not counted
PATIENCE = 2.0  # seconds after which an answer is slow

logger = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Discoverer:
    """Discovers the outlets of a crawl, some at a time. *readers* are the workers that read seeds.

    An outlet that answers slowly, or not at all, gives its slot to the next one until it has answered.
    """

    crawler: Crawler
    plan: CrawlPlan
    write: Writer
    captures: Captures
    fetch: Callable[[str], Awaitable[Response]]
    in_browser: Callable[[str, Outlet], Awaitable[Response]]
    readers: Workers
    bounds: Bounds
    _slots: Slots = field(default_factory=lambda: Slots(MAX_CONCURRENT, PATIENCE))

    async def discover(self, run: OutletRun) -> None:
        """Fill the outlet's frontier. Whatever goes wrong becomes the failure of *run*."""
        async with self._slots:
            try:
                await self._discover(run)
            except KickcrawlError as error:
                run.failure = str(error)
            except BudgetSpent as error:
                run.count(f"bound/{error.name}")
                run.failure = f"{run.outlet.slug}: {error}; run again later"
            except Exception as error:  # a mistake of ours: it must not look like a site without news
                logger.exception("%s could not be discovered", run.outlet.slug)
                run.failure = f"{run.outlet.slug}: it could not be discovered ({type(error).__name__}: {error})"

    async def follow_related(self, run: OutletRun) -> bool:
        """Name what the articles of *run* link to as related, where only lists cover it; tell whether any is new."""
        return run.is_discovered and await probe_related(self._prober(run))

    def _prober(self, run: OutletRun) -> Prober:
        return Prober(
            run=run,
            plan=self.plan,
            write=self.write,
            fetch=self._fetch_for(run),
            read=self.readers.call,
            bounds=self.bounds,
            started=run.begun,
            in_browser=lambda url, outlet: self._slots.wait_for(self.in_browser(url, outlet)),
        )

    def _fetch_for(self, run: OutletRun) -> Callable[[str], Awaitable[Response]]:
        """Return what seeds are fetched with, a backfill's so that its next day goes on where this one ends."""

        async def fetch(url: str) -> Response:
            return await self._slots.wait_for(self.fetch(url))

        if (source := self.plan.arguments.get("backfill")) is None:
            return fetch
        return ResumedFetch(fetch=fetch, write=self.write, outlet=run.outlet.slug, source=source).get

    async def _discover(self, run: OutletRun) -> None:
        if not await run.begin(self.plan, self.write, self.captures, self.crawler.stats.inc_value):
            return
        if run.outlet.slug in self.plan.unlisted or not await self.write(has_ended, run.outlet.slug):
            self.readers.start()  # all is new: while the first seed is fetched
        if run.outlet.render:
            await open_browser(self.crawler, run.outlet.slug)
        if not self.plan.discovers:
            run.is_discovered = True
            return
        policy = await self._slots.wait_for(middleware(self.crawler, RobotsMiddleware).policy(run.outlet.home))
        if policy.unreachable:
            run.failure = (
                f"{run.outlet.slug}: robots.txt of {run.outlet.home} {policy.unreachable}, "
                "so nothing may be fetched (RFC 9309); try again later"
            )
        else:
            await self._readmit(run, policy)
            await discover(self._prober(run), policy)
            run.is_named = any(report.covers for report in run.seeds) and not run.is_paused
        run.is_discovered = run.failure is None or bool(run.seeds)

    async def _readmit(self, run: OutletRun, policy: RobotsPolicy) -> None:
        """Make due what robots.txt of the outlet's home forbade before, and allows today."""
        host = urlsplit(run.outlet.home).netloc
        if count := await self.write(readmit, run.outlet.slug, host, policy.allows, datetime.now(UTC)):
            logger.info("%s: robots.txt allows %d addresses that it forbade: they are due", run.outlet.slug, count)

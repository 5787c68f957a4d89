"""The spider of web archives: reads an index, then fetches the pages in it that the archive lacks, one after the other.

Thin: spiders.backfill.captured fetches, kickcrawl.webarchives reads indexes, archive.backfill knows what is left to do,
and the pipelines read and store as in a crawl.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import SETTINGS_PRIORITIES
from twisted.python.failure import Failure

from archive.asked import asked_to_json
from archive.backfill.backfills import Backfill, begin_backfill, note_end
from archive.backfill.found import (
    FoundCapture,
    is_done,
    lease_found,
    sort_out,
)
from archive.captures import Captures
from archive.crawl import Crawl
from archive.warc.owner import warc_folder
from archive.writer import Writer, acquire_writer, release_writer
from kickcrawl.article import Visit
from kickcrawl.errors import KickcrawlError, SeedError
from spiders.backfill.captured import CaptureFetcher, capture_request
from spiders.backfill.index import read_index
from spiders.backfill.pages import CapturedPages, due_of
from spiders.backfill.plan import BackfillPlan
from spiders.network.failures import BudgetSpent, Stopping
from spiders.network.guard import HOSTS
from spiders.network.pace import PaceMiddleware
from spiders.run import OutletRun
from spiders.wiring import apply_plan, middleware

MAX_IN_FLIGHT = 8  # captures that are asked for, read or stored at a time; requests themselves go one by one

logger = logging.getLogger(__name__)


class BackfillSpider(Spider, Crawl):
    """Fetches from one web archive what one outlet's archive lacks."""

    name = "backfill"
    custom_settings = {"METAREFRESH_ENABLED": False}  # what a page led on to is not there
    plan: BackfillPlan
    write: Writer
    captures: Captures
    runs: tuple[OutletRun, ...] = ()
    interrupted = False
    _backfill: Backfill
    _landings: asyncio.Event
    _fetcher: CaptureFetcher
    _pages: CapturedPages
    _has_begun = False
    _is_ended = False  # nothing more can be asked for in this run

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "BackfillSpider":
        """Return the spider for the ``plan``, with the crawl's guard, user agent and pauses."""
        spider = super().from_crawler(crawler)
        plan = spider.plan = kwargs["plan"]
        spider.runs = (OutletRun(outlet=plan.outlet),)
        spider.write = acquire_writer(plan.crawl.archive)
        spider.captures = Captures(warc_folder(plan.crawl.archive), rotate_at=crawler.settings.getint("WARC_SIZE"))
        spider._landings = asyncio.Event()
        apply_plan(crawler, plan.crawl)
        settings = crawler.settings
        settings.set(HOSTS, sorted({*settings.getlist(HOSTS), *plan.hosts}), priority="spider")
        settings.set("REQUESTS_PER_DAY", plan.requests, priority="spider")
        slots = {host.rsplit(":", 1)[0]: {"concurrency": 1, "delay": _delay(crawler)} for host in plan.hosts}
        settings.set("DOWNLOAD_SLOTS", settings.getdict("DOWNLOAD_SLOTS") | slots, priority="spider")
        crawler.signals.connect(spider._finish, signals.spider_closed)
        crawler.signals.connect(spider._crashed, signals.spider_error)
        crawler.signals.connect(spider._item_crashed, signals.item_error)
        return spider

    @property
    def run(self) -> OutletRun:
        """The one run."""
        return self.runs[0]

    # --- what pipelines and middlewares ask and tell: archive.crawl.Crawl

    def run_of(self, url: str) -> OutletRun | None:
        """Return the run, whatever is asked for; None before it has begun."""
        del url
        return self.run if self.run.run_id else None

    def count(self, outlet: str, name: str) -> None:
        """Count *name* for the run."""
        del outlet
        self.run.count(name)

    def landed(self, visit: Visit) -> None:
        """Be told by the store that *visit* is resolved in the archive."""
        del visit
        self.run.in_flight -= 1
        self._landings.set()

    def archive_failed(self, error: KickcrawlError) -> None:
        """Be told that the archive cannot be written: nothing more is fetched."""
        self.run.failure = self.run.failure or str(error)
        self._is_ended = True

    # --- the backfill

    async def start(self) -> AsyncIterator[Request]:
        """Yield the request for one capture after the other, until none is left that can be asked for now."""
        middleware(self.crawler, PaceMiddleware).stop_with_this_task()
        # In a task of its own: to end a crawl, Scrapy cancels this one, and a download with it would never be over.
        named = asyncio.create_task(self._name())
        try:
            await asyncio.wait({named})
            while not self._is_ended:
                self._landings.clear()
                found = await self._lease()
                if found is not None:
                    self.run.in_flight += 1
                    due = due_of(found)
                    yield await self._fetcher.ask(
                        found, capture_request(found, asked_to_json(due), self.parse_capture, self.failed)
                    )
                elif self.run.in_flight:
                    await self._landings.wait()
                else:
                    break
        finally:
            middleware(self.crawler, PaceMiddleware).stop()

    async def parse_capture(self, response: Response, found: FoundCapture) -> AsyncIterator[Visit]:
        """Make a visit of the page that was captured, with the article's further pages."""
        assert response.request is not None
        visit = None
        async with self._landing():
            first = await self._fetcher.take(found, response.request)
            visit = await self._pages.visit(found, first) if first is not None else None
            self.run.in_flight += visit is not None  # until the store says that it is resolved
        if visit is not None:
            yield visit

    async def failed(self, failure: Failure) -> None:
        """Put a capture back that did not come."""
        async with self._landing():
            if isinstance(failure.value, KickcrawlError):
                raise failure.value
            await self._fetcher.failed(failure.request.cb_kwargs["found"], failure.value)  # type: ignore[attr-defined, arg-type]

    @contextlib.asynccontextmanager
    async def _landing(self) -> AsyncIterator[None]:
        """Count a request as answered at the end, whatever came of it."""
        with self._ending():
            try:
                yield
            finally:
                self.run.in_flight -= 1
                self._landings.set()

    @contextlib.contextmanager
    def _ending(self) -> Iterator[None]:
        """End the backfill for now where nothing more can be asked for, or where the archive cannot be written."""
        try:
            yield
        except BudgetSpent as error:
            self.run.count(f"bound/{error.name}")
        except SeedError as error:
            if isinstance(error.__cause__, BudgetSpent):
                return  # no more is leased; what was counted before is waited for, else a day's budget is spent in vain
            self._is_ended = True
            if not self.run.is_paused and not isinstance(error.__cause__, Stopping):
                self._fail(error.reason)
        except KickcrawlError as error:
            self.archive_failed(error)

    def _fail(self, reason: str) -> None:
        self.run.failure = self.run.failure or f"{self.run.outlet.slug}: {self.plan.source}: {reason}"
        self._is_ended = True

    async def _name(self) -> None:
        """Begin the run, and read the index where that has not come to its end."""
        with self._ending():
            try:
                if not await self._begin():
                    self._is_ended = True
                    return
                if self._backfill.indexed_at is None:
                    await read_index(self.crawler, self.plan, self._backfill, self.run, self.write)
                await self.write(sort_out, self._backfill)
            except (KickcrawlError, BudgetSpent):
                raise
            except Exception as error:  # a mistake of ours: it must not look like a web archive that has nothing
                logger.exception("%s could not be asked for %s", self.plan.source, self.run.outlet.slug)
                self._fail(f"{type(error).__name__}: {error}")

    async def _begin(self) -> bool:
        plan, now = self.plan, datetime.now(UTC)
        if not await self.run.begin(plan.crawl, self.write, self.captures, self.crawler.stats.inc_value):
            return False
        slug = self.run.outlet.slug
        self._backfill = await self.write(begin_backfill, slug, plan.source, plan.since, plan.until, now)
        self._fetcher = CaptureFetcher(self.crawler, self.run, self.write, self.captures)
        self._pages = CapturedPages(
            fetcher=self._fetcher, backfill=self._backfill, run=self.run, write=self.write, captures=self.captures
        )
        self._has_begun = True
        return True

    async def _lease(self) -> FoundCapture | None:
        """Take the capture that is to be asked for next; None where enough are under way, or none may be."""
        if self.run.is_spent or self.run.in_flight >= MAX_IN_FLIGHT:
            return None
        with self._ending():
            return await self.write(lease_found, self._backfill, datetime.now(UTC))
        return None

    async def _crashed(self, failure: Failure, response: Response | Failure) -> None:
        """Be told of a mistake of ours in a callback: it fails the run."""
        request = getattr(response, "request", None)
        self._fail(f"{request.url if request else 'an answer'} could not be handled ({failure.getErrorMessage()})")

    async def _item_crashed(self, item: Visit, failure: Failure) -> None:
        """Be told of a mistake of ours in a pipeline."""
        url = item.page.requested_url
        self._fail(f"{url} could not be handled ({failure.getErrorMessage()})")
        self.landed(item)

    async def _finish(self, reason: str) -> None:
        self.interrupted = reason != "finished"
        run, now = self.run, datetime.now(UTC)
        if run.failure is None and reason not in ("finished", "shutdown"):
            run.failure = f"{run.outlet.slug}: stopped early ({reason})"
        if run.run_id:
            with contextlib.suppress(KickcrawlError):  # the failure itself is told by the command's last line
                if self._has_begun:
                    is_finished = not self.interrupted and await self.write(is_done, self._backfill)
                    failure = None if run.is_paused else run.failure
                    await self.write(note_end, self._backfill, failure, now, is_finished=is_finished)
                await run.end(self.write, self.captures, self.interrupted)
        release_writer(self.plan.crawl.archive)


def _delay(crawler: Crawler) -> float:
    """Return the seconds between two requests to a web archive; the operator's own DOWNLOAD_DELAY if that was given."""
    settings = crawler.settings
    if (settings.getpriority("DOWNLOAD_DELAY") or 0) >= SETTINGS_PRIORITIES["cmdline"]:
        return settings.getfloat("DOWNLOAD_DELAY")
    return settings.getfloat("WEB_ARCHIVE_DELAY")

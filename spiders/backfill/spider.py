"""The spider of web archives: reads an index, then fetches the pages in it that the archive lacks, one after the other.

Thin: spiders.backfill.captured fetches, kickcrawl.webarchives reads indexes, archive.backfill knows what is left to do,
and the pipelines read and store as in a crawl.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from twisted.python.failure import Failure

from archive import layouts
from archive.asked import about_further_page, asked_to_json, page_of
from archive.backfill.backfills import Backfill, begin_backfill, note_cursor, note_end
from archive.backfill.found import (
    FoundCapture,
    count_left,
    find_page,
    lease_found,
    note_found,
    resolve_found,
    sort_out,
)
from archive.captures import Captures
from archive.crawl import Crawl
from archive.frontier import Due
from archive.warc.owner import warc_folder
from archive.writer import Writer, acquire_writer, release_writer
from kickcrawl.article import PageSource, Rejection, Visit
from kickcrawl.dates import http_date, to_iso
from kickcrawl.errors import KickcrawlError, SeedError
from kickcrawl.page.further_pages import ArticlePages, wanted_pages
from kickcrawl.page.html import leads_on, looks_like_html
from kickcrawl.robots import RobotsPolicy
from kickcrawl.webarchives.wanted import wanted
from spiders.answers import note_missing_pages
from spiders.backfill.captured import CaptureFetcher, KeptPage
from spiders.backfill.plan import BackfillPlan
from spiders.network.failures import BudgetSpent, bound_of, reason_of
from spiders.network.guard import HOSTS
from spiders.network.pace import PaceMiddleware
from spiders.network.robots import RobotsMiddleware
from spiders.run import OutletRun
from spiders.wiring import apply_plan, middleware

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
    _is_finished = False

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

    # --- the backfill

    async def start(self) -> AsyncIterator[Visit]:
        """Yield the visits of pages that came; there is nothing to schedule."""
        middleware(self.crawler, PaceMiddleware).stop_with_this_task()
        try:
            if await self._begin():
                async for visit in self._visits():
                    yield visit
        except SeedError as error:
            if not self.run.is_paused:
                self.run.failure = self.run.failure or f"{self.run.outlet.slug}: {self.plan.source}: {error.reason}"
        except BudgetSpent as error:
            self.run.count(f"bound/{error.name}")
        except KickcrawlError as error:
            self.archive_failed(error)
        finally:
            middleware(self.crawler, PaceMiddleware).stop()

    async def _begin(self) -> bool:
        plan, now = self.plan, datetime.now(UTC)
        if not await self.run.begin(plan.crawl, self.write, self.captures, self.crawler.stats.inc_value):
            return False
        slug = self.run.outlet.slug
        self._backfill = await self.write(begin_backfill, slug, plan.source, plan.since, plan.until, now)
        return True

    async def _visits(self) -> AsyncIterator[Visit]:
        if self._backfill.indexed_at is None:
            await self._read_index()
        await self.write(sort_out, self._backfill)
        fetcher = CaptureFetcher(self.crawler, self.run, self.write, self.captures)
        while self.run.failure is None:
            self._landings.clear()
            found = await self.write(lease_found, self._backfill, datetime.now(UTC))
            if found is not None:
                if (visit := await self._visit(fetcher, found)) is not None:
                    self.run.in_flight += 1
                    yield visit
            elif self.run.in_flight:
                await self._landings.wait()
            else:
                self._is_finished = await self.write(count_left, self._backfill) == 0
                break

    async def _read_index(self) -> None:
        """Note what the index names, answer by answer, from where an earlier run had come to."""
        index, cursor, plan = self.plan.index(), self._backfill.cursor, self.plan
        policy = await middleware(self.crawler, RobotsMiddleware).policy(plan.outlet.home)
        allows = policy.allows if policy.unreachable is None else RobotsPolicy().allows
        while True:
            response = await self._ask(index.ask(cursor))
            try:
                page = index.read(response.status, response.body, cursor)
            except KickcrawlError as error:
                raise SeedError(str(error)) from error
            asked = (wanted(plan.outlet, one, allows, plan.since, plan.until) for one in page.captures)
            new = await self.write(note_found, self._backfill, [one for one in asked if one is not None])
            self.run.count("indexed", len(page.captures))
            self.run.count("found", new)
            cursor = page.cursor
            await self.write(note_cursor, self._backfill, cursor, datetime.now(UTC))
            if cursor is None:
                return

    async def _ask(self, url: str) -> Response:
        """Return the index's answer. Raises SeedError where there is none."""
        request = Request(url, callback=NO_CALLBACK, dont_filter=True)
        try:
            return await self.crawler.engine.download_async(request)
        except Exception as error:  # of Scrapy's, Twisted's and the guard's kinds
            if bound := bound_of(error):
                self.run.count(f"bound/{bound}")
            raise SeedError(f"the index could not be read: {reason_of(error)}") from error

    async def _visit(self, fetcher: CaptureFetcher, found: FoundCapture) -> Visit | None:
        """Return the visit of the article whose first page is in *found*; None where it did not come as named."""
        due = Due(found.url, (), None, None, is_known=False)
        first = await fetcher.fetch(found, asked_to_json(due))
        if first is None:
            return None
        if (target := leads_on(first.source)) is not None:
            await self.write(resolve_found, found.address, "rejected", f"redirect: the page leads on to {target}")
            self.run.count("capture/redirect")
            return None
        is_html = looks_like_html(first.source)
        pages = await self._pages(fetcher, due, first) if is_html else ArticlePages((first.source,))
        if pages.missing:
            await note_missing_pages(self.write, self.captures, self.run, due, pages.missing)
        held = await self.write(layouts.trusted, self.run.outlet.slug, found.captured_at)
        served_at = http_date(next((value for name, value in first.answer.headers if name.lower() == "date"), ""))
        since, until = self.run.span
        return Visit(
            page=replace(page_of(due, pages, self.run.outlet.rules), layouts=tuple(held)),
            outlet=self.run.outlet.slug,
            run_id=self.run.run_id,
            capture_id=first.capture_id,
            fetched_at=found.captured_at,
            checked_at=to_iso(served_at) if served_at else found.captured_at,
            since=since,
            until=until,
            result=None if is_html else Rejection(reason="not-html", detail=first.source.content_type or ""),
            source=found.address,
        )

    async def _pages(self, fetcher: CaptureFetcher, due: Due, first: KeptPage) -> ArticlePages:
        """Return the article's pages: of each further one the capture that is nearest in time."""
        walk = wanted_pages(first.source)
        try:
            url = next(walk)
            while True:
                url = walk.send(await self._page(fetcher, due, url, first.answer.captured_at))
        except StopIteration as end:
            pages: ArticlePages = end.value
            return pages

    async def _page(self, fetcher: CaptureFetcher, due: Due, url: str, near: str) -> PageSource | None:
        found = await self.write(find_page, self._backfill, url, near)
        kept = await fetcher.fetch(found, about_further_page(due)) if found is not None else None
        return kept.source if kept is not None else None

    async def _item_crashed(self, item: Visit, failure: Failure) -> None:
        """Be told of a mistake of ours in a pipeline."""
        url = item.page.requested_url
        self.run.failure = (
            self.run.failure or f"{item.outlet}: {url} could not be handled ({failure.getErrorMessage()})"
        )
        self.landed(item)

    async def _finish(self, reason: str) -> None:
        self.interrupted = reason != "finished"
        run, now = self.run, datetime.now(UTC)
        if run.failure is None and reason not in ("finished", "shutdown"):
            run.failure = f"{run.outlet.slug}: stopped early ({reason})"
        if run.run_id:
            with contextlib.suppress(KickcrawlError):  # the failure itself is told by the command's last line
                await self.write(note_end, self._backfill, run.failure, now, is_finished=self._is_finished)
                await run.end(self.write, self.captures, self.interrupted)
        release_writer(self.plan.crawl.archive)


def _delay(crawler: Crawler) -> float:
    """Return the seconds between two requests to a web archive; the operator's own DOWNLOAD_DELAY if that was given."""
    settings = crawler.settings
    if (settings.getpriority("DOWNLOAD_DELAY") or 0) >= 40:
        return settings.getfloat("DOWNLOAD_DELAY")
    return settings.getfloat("WEB_ARCHIVE_DELAY")

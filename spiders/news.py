"""The spider: discovers each outlet, then fetches its due candidates, newest first, all pages of each story.

Thin: what to fetch is the frontier's to say, what a page is the pipelines'. One process serves many outlets.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from archive import frontier
from archive.captures import Captures, warc_folder
from archive.writer import Writer, acquire_writer, release_writer
from kickcrawl.article import Visit
from kickcrawl.errors import KickcrawlError, SeedError
from kickcrawl.outlet import Outlet
from kickcrawl.urls import bare_host
from kickcrawl.workers.workers import Workers
from spiders.about import ABOUT, about_part, about_story
from spiders.answers import leads_away, note_missing, put_off, shut_out, turn_down
from spiders.discovery import Prober, discover
from spiders.health import check_health
from spiders.network.bounds import Bounds, BudgetSpent, bound_of
from spiders.network.pace import HostDown, PaceMiddleware, Stopping
from spiders.network.render import open_browser
from spiders.network.robots import RobotsMiddleware, Unreachable
from spiders.plan import CrawlPlan, make_plan
from spiders.run import OutletRun
from spiders.visit import fetch_pages, make_visit
from spiders.wiring import apply_plan, middleware, page_meta
from spiders.words import in_words

# Candidates of an outlet that are leased at once, for each of its connections: enough to keep them busy while the
# workers read, few enough to be finished within seconds when the crawl is asked to stop.
LEASE = 4
_ERRORS = list(range(400, 600))
_REDIRECTS = (301, 302, 303, 307, 308)
TOGETHER = 8  # outlets discovered at the same time
logger = logging.getLogger(__name__)


class NewsSpider(Spider):
    """Crawls the outlets of its plan. One for each outlet file is made by spiders.loader."""

    name = "news"
    plan: CrawlPlan
    write: Writer
    captures: Captures
    runs: tuple[OutletRun, ...] = ()
    interrupted = False

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "NewsSpider":
        plan = make_plan(cls.name, kwargs, crawler.settings)
        spider = super().from_crawler(crawler)
        spider.plan = plan
        spider.runs = tuple(OutletRun(outlet=outlet) for outlet in plan.outlets)
        spider.write = acquire_writer(plan.archive)
        spider.captures = Captures(warc_folder(plan.archive), rotate_at=crawler.settings.getint("WARC_SIZE"))
        spider._by_host = {host.removeprefix("www."): run for run in spider.runs for host in run.outlet.hosts}
        spider._wake = asyncio.Event()
        spider.bounds = Bounds.of(crawler.settings)
        time_limit, memory = crawler.settings.getfloat("SEED_TIMEOUT"), crawler.settings.getint("SEED_MEMORY")
        spider._readers = Workers(processes=1, time_limit=time_limit, memory=memory)
        spider._readers.start()  # while the engine starts and the first seed is fetched
        apply_plan(crawler, plan)
        crawler.signals.connect(spider._finish, signals.spider_closed)
        crawler.signals.connect(spider._crashed, signals.spider_error)
        crawler.signals.connect(spider._item_crashed, signals.item_error)
        return spider

    bounds: Bounds
    _readers: Workers  # of seeds; those of pages are the pipelines'
    _by_host: dict[str, OutletRun]
    _wake: asyncio.Event
    _is_broken = False  # the archive cannot be written

    def run_of(self, url: str) -> OutletRun | None:
        """Return the run of the outlet that *url* belongs to; None before it has begun."""
        run = self._by_host.get(bare_host(url))
        return run if run is not None and run.run_id else None

    async def start(self) -> AsyncIterator[Request]:
        """Yield requests for due candidates, while outlets are still being discovered and until none is left."""
        middleware(self.crawler, PaceMiddleware).stop_with_this_task()
        together = asyncio.Semaphore(TOGETHER)
        tasks = [asyncio.create_task(self._discover(run, together)) for run in self.runs]
        ending = asyncio.create_task(self._end_readers(tasks))
        try:
            while True:
                self._wake.clear()
                waiting = False
                for run in self.runs:
                    for request in await self._lease(run):
                        waiting = True
                        yield request
                if waiting:
                    await self.crawler.signals.wait_for(signals.scheduler_empty)
                elif self._wake.is_set() or any(run.in_flight for run in self.runs) or not all(t.done() for t in tasks):
                    await self._wake.wait()
                else:
                    break  # nothing that landed in this round may have left others due
        finally:
            middleware(self.crawler, PaceMiddleware).stop()
            for task in tasks:
                task.cancel()
            await ending

    async def _end_readers(self, discoveries: Sequence[asyncio.Task[None]]) -> None:
        await asyncio.wait(discoveries)
        await asyncio.to_thread(self._readers.close)

    async def parse_story(
        self, response: Response, run: OutletRun, due: frontier.Due
    ) -> AsyncIterator[Visit | Request]:
        """Make a visit of a fetched story, with all its pages; settle what is not there or not to be had."""
        async with self._landing(run):
            if response.status in (404, 410):
                await note_missing(self.write, run, due, response)
                return
            if response.status in _REDIRECTS:
                if await leads_away(self.write, run, due, response):
                    return
                run.in_flight += 1
                yield self._request(run, due, follow=True)
                return
            if response.status != 200:
                await put_off(self.write, run, due, f"HTTP {response.status}")
                return
            try:
                fetch = partial(self._fetch, outlet=run.outlet, about=about_part(due))
                sources = await fetch_pages(response, fetch, self.bounds.story_pages)
            except SeedError as error:
                await put_off(self.write, run, due, str(error))
                return
        if len(sources) == self.bounds.story_pages:
            run.count("bound/story-pages")
        run.in_flight += 1  # until the store says that it is settled
        yield make_visit(response, run, due, sources, self.plan.span(run.outlet))

    async def failed(self, failure: Failure) -> None:
        """Put a candidate back whose request came to nothing: due again later, or at once if the host is down."""
        request, error = failure.request, failure.value  # type: ignore[attr-defined]
        run, due = request.cb_kwargs["run"], request.cb_kwargs["due"]
        async with self._landing(run):
            if isinstance(error, KickcrawlError):
                raise error
            if (bound := bound_of(error)) is not None:
                run.count(f"bound/{bound}")
            if isinstance(error, HostDown | BudgetSpent | Unreachable):
                run.is_spent = run.is_spent or isinstance(error, BudgetSpent)
                run.failure = run.failure or f"{run.outlet.slug}: {error}; the rest is still due, run again later"
            if isinstance(error, HostDown | BudgetSpent | Stopping):
                await self.write(frontier.release, run.outlet.slug, [due.url])
            elif bound in ("size", "redirects"):
                await turn_down(self.write, run, due, "too-large" if bound == "size" else "redirects")
            elif isinstance(error, IgnoreRequest) and not isinstance(error, Unreachable | HttpError):
                await shut_out(self.write, run, due, str(error))
            else:
                await put_off(self.write, run, due, in_words(error or IgnoreRequest("no answer")))

    def landed(self, visit: Visit) -> None:
        """Be told by the store that *visit* is settled in the archive."""
        run = next(run for run in self.runs if run.outlet.slug == visit.outlet)
        self._landed(run)

    def count(self, outlet: str, name: str) -> None:
        """Count *name* for the run of *outlet*."""
        next(run for run in self.runs if run.outlet.slug == outlet).count(name)

    def archive_failed(self, error: KickcrawlError) -> None:
        """Be told that the archive cannot be written: nothing more is fetched, nothing that is stored is lost."""
        for run in self.runs:
            run.failure = run.failure or str(error)
        self._is_broken = True

    @contextlib.asynccontextmanager
    async def _landing(self, run: OutletRun) -> AsyncIterator[None]:
        """Count a leased candidate as landed at the end, whatever came of it."""
        try:
            yield
        except KickcrawlError as error:
            self.archive_failed(error)
        finally:
            run.in_flight -= 1
            self._wake.set()

    # --- discovery

    async def _discover(self, run: OutletRun, together: asyncio.Semaphore) -> None:
        async with together:
            try:
                if await run.begin(self.plan, self.write, self.captures, self.crawler.stats.inc_value):
                    if run.outlet.render:
                        await open_browser(self.crawler, run.outlet.slug)
                    robots = middleware(self.crawler, RobotsMiddleware)
                    policy = await robots.policy(run.outlet.home)
                    if policy.unreachable:
                        run.failure = (
                            f"{run.outlet.slug}: robots.txt of {run.outlet.home} {policy.unreachable}, "
                            "so nothing may be fetched (RFC 9309); try again later"
                        )
                    else:
                        prober = Prober(run, self.plan, self.write, self._fetch, self._readers.call, self.bounds)
                        await discover(prober, policy)
                    run.is_discovered = run.failure is None or bool(run.seeds)
            except KickcrawlError as error:
                run.failure = str(error)
            except Exception as error:  # a mistake of ours: it must not look like a site without news
                logger.exception("%s could not be discovered", run.outlet.slug)
                run.failure = f"{run.outlet.slug}: it could not be discovered ({type(error).__name__}: {error})"
            finally:
                self._wake.set()

    async def _fetch(self, url: str, outlet: Outlet | None = None, about: dict[str, Any] | None = None) -> Response:
        """Return the answer to *url*: a seed's, or a page of a story of *outlet* that is kept with *about*."""
        meta = {ABOUT: about, **(page_meta(outlet, self.settings) if outlet else {})}
        request = Request(url, callback=NO_CALLBACK, dont_filter=True, priority=100, meta=meta)
        try:
            return await self.crawler.engine.download_async(request)
        except Exception as error:  # whatever kept the seed from answering, of Scrapy's, Twisted's or the guard's kinds
            if (bound := bound_of(error)) and (run := self.run_of(url)):
                run.count(f"bound/{bound}")
            raise SeedError(in_words(error)) from error

    # --- stories

    async def _lease(self, run: OutletRun) -> list[Request]:
        """Take due candidates of *run*, as many as keep its connections busy."""
        is_down = middleware(self.crawler, PaceMiddleware).turn(run.outlet.home).down
        if self._is_broken or is_down or run.is_spent or not run.is_discovered:
            return []
        lease = LEASE * self.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        if run.in_flight > lease // 2:
            return []
        count = min(lease - run.in_flight, run.wants_more(self.plan.limit))
        if count <= 0:
            return []
        since, until = self.plan.span(run.outlet)
        try:
            leased = await self.write(frontier.lease, run.outlet.slug, count, datetime.now(UTC), since, until)
        except KickcrawlError as error:
            self.archive_failed(error)
            return []
        run.in_flight += len(leased)
        return [self._request(run, due) for due in leased]

    def _request(self, run: OutletRun, due: frontier.Due, *, follow: bool = False) -> Request:
        """Return the request for *due*; an archived story's redirect is looked at first, unless it is to *follow*."""
        handled = _ERRORS if follow or not due.is_known else [*_ERRORS, *_REDIRECTS]
        return Request(
            due.url,
            callback=self.parse_story,
            errback=self.failed,
            cb_kwargs={"run": run, "due": due},
            dont_filter=True,  # the frontier has filtered
            meta={"handle_httpstatus_list": handled, ABOUT: about_story(due), **page_meta(run.outlet, self.settings)},
        )

    async def _crashed(self, failure: Failure, response: Response | Failure) -> None:
        """Be told of a mistake of ours in a callback, which _landing has let through: it fails the run."""
        request = getattr(response, "request", None)
        if request is not None and "due" in request.cb_kwargs:
            await self._mistake(request.cb_kwargs["run"], request.cb_kwargs["due"].url, failure)

    async def _item_crashed(self, item: Visit, failure: Failure) -> None:
        run = next(run for run in self.runs if run.outlet.slug == item.outlet)
        await self._mistake(run, item.page.requested_url, failure)
        self._landed(run)

    async def _mistake(self, run: OutletRun, url: str, failure: Failure) -> None:
        """Put a candidate back and keep the reason for the run's end."""
        run.failure = run.failure or f"{run.outlet.slug}: {url} could not be handled ({failure.getErrorMessage()})"
        with contextlib.suppress(KickcrawlError):  # the archive itself may be what failed
            await self.write(frontier.defer, url, failure.getErrorMessage(), datetime.now(UTC))

    def _landed(self, run: OutletRun) -> None:
        run.in_flight -= 1
        self._wake.set()

    async def _finish(self, reason: str) -> None:
        self.interrupted = reason != "finished"
        for run in self.runs:
            if run.failure is None and reason not in ("finished", "shutdown"):
                run.failure = f"{run.outlet.slug}: stopped early ({reason})"
            await check_health(run, self.write, interrupted=self.interrupted)
            with contextlib.suppress(KickcrawlError):  # the failure itself is told by the command's last line
                await run.end(self.write, self.captures, self.interrupted)
        release_writer(self.plan.archive)

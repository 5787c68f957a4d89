"""The spider: discovers each outlet, then fetches its due candidates, newest first, all pages of each article.

Thin: spiders.discoverer fills the frontier, spiders.leasing takes due candidates out of it, spiders.answers acts on
what is no page, the pipelines read and store the others. One process serves many outlets.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from twisted.python.failure import Failure

from archive import frontier
from archive.asked import about_further_page
from archive.captures import Captures
from archive.crawl import Crawl
from archive.warc.owner import warc_folder
from archive.writer import Writer, acquire_writer, release_writer
from kickcrawl.answer import Step
from kickcrawl.article import Rejection, Visit
from kickcrawl.errors import KickcrawlError, SeedError
from kickcrawl.outlet import Outlet
from kickcrawl.urls import bare_host
from kickcrawl.workers.workers import Workers
from spiders.answers import (
    leads_to_other,
    meaning,
    note_doubtful,
    note_failure,
    note_missing,
    note_missing_pages,
    put_off,
)
from spiders.discoverer import Discoverer
from spiders.health import check_health, compare_readings, compare_with_last
from spiders.leasing import article_request, lease, room_for
from spiders.network.bounds import Bounds
from spiders.network.envelope import ABOUT, FETCH, VOUCHED
from spiders.network.failures import bound_of, reason_of
from spiders.network.pace import PaceMiddleware
from spiders.pictures import keep_pictures
from spiders.plan import CrawlPlan, make_plan
from spiders.run import OutletRun
from spiders.visit import fetch_pages, make_visit
from spiders.wiring import apply_plan, list_meta, middleware, page_meta


class NewsSpider(Spider, Crawl):
    """Crawls the outlets of its plan. One for each outlet file is made by spiders.loader."""

    name = "news"
    plan: CrawlPlan
    write: Writer
    captures: Captures
    runs: tuple[OutletRun, ...] = ()
    interrupted = False
    bounds: Bounds
    _readers: Workers  # of seeds; those of pages are the pipelines'
    _by_host: dict[str, OutletRun]
    _wake: asyncio.Event
    _is_broken = False  # the archive cannot be written

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "NewsSpider":
        """Return the spider for the arguments of ``scrapy crawl``, or for the ``plan`` that was made of them before."""
        given = kwargs.get("plan")
        plan = given if isinstance(given, CrawlPlan) else make_plan(cls.name, kwargs, crawler.settings)
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

    # --- what pipelines and middlewares ask and tell: archive.crawl.Crawl

    def run_of(self, url: str) -> OutletRun | None:
        """Return the run of the outlet that *url* belongs to; None before it has begun."""
        host = bare_host(url)
        run = self._by_host.get(host) or next((run for run in self.runs if host in run.vouched), None)
        return run if run is not None and run.run_id else None

    def count(self, outlet: str, name: str) -> None:
        """Count *name* for the run of *outlet*."""
        self._run_named(outlet).count(name)

    def landed(self, visit: Visit) -> None:
        """Be told by the store that *visit* is resolved in the archive."""
        self._landed(self._run_named(visit.outlet))

    def archive_failed(self, error: KickcrawlError) -> None:
        """Be told that the archive cannot be written: nothing more is fetched, nothing that is stored is lost."""
        for run in self.runs:
            run.failure = run.failure or str(error)
        self._is_broken = True

    # --- the crawl

    async def start(self) -> AsyncIterator[Request]:
        """Yield requests for due candidates, while outlets are still being discovered and until none is left."""
        middleware(self.crawler, PaceMiddleware).stop_with_this_task()
        discoverer = Discoverer(
            crawler=self.crawler,
            plan=self.plan,
            write=self.write,
            captures=self.captures,
            fetch=self._fetch,
            in_browser=self._fetch_list,
            readers=self._readers,
            bounds=self.bounds,
        )
        tasks = [asyncio.create_task(self._discover(discoverer, run)) for run in self.runs]
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
                elif not any([await self._follow_related(discoverer, run) for run in self.runs]):
                    break  # nothing that landed in this round may have left others due
            await keep_pictures(self, self.runs, self._download, self.bounds)
        finally:
            middleware(self.crawler, PaceMiddleware).stop()
            for task in tasks:
                task.cancel()
            await ending

    async def _discover(self, discoverer: Discoverer, run: OutletRun) -> None:
        try:
            await discoverer.discover(run)
        finally:
            self._wake.set()

    async def _follow_related(self, discoverer: Discoverer, run: OutletRun) -> bool:
        try:
            return not self._is_broken and await discoverer.follow_related(run)
        except KickcrawlError as error:
            self.archive_failed(error)
            return False

    async def _end_readers(self, discoveries: Sequence[asyncio.Task[None]]) -> None:
        await asyncio.wait(discoveries)
        await asyncio.to_thread(self._readers.close)

    async def _lease(self, run: OutletRun) -> list[Request]:
        """Take due candidates of *run*, as many as keep its connections busy."""
        if self._is_broken or middleware(self.crawler, PaceMiddleware).turn(run.outlet.home).down:
            return []
        count = room_for(run, self.plan.limit, self.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"))
        if count == 0:
            return []
        try:
            return [self._request(run, due) for due in await lease(self.write, run, self.plan, count)]
        except KickcrawlError as error:
            self.archive_failed(error)
            return []

    def _request(self, run: OutletRun, due: frontier.Due, *, follow: bool = False) -> Request:
        return article_request(run, due, self.settings, callback=self.parse_article, errback=self.failed, follow=follow)

    async def parse_article(
        self, response: Response, run: OutletRun, due: frontier.Due
    ) -> AsyncIterator[Visit | Request]:
        """Make a visit of a fetched article, with all its pages; act on an answer that is none."""
        async with self._landing(run):
            what = meaning(response, due)
            if what.step is Step.MISSING:
                await note_missing(self.write, run, due, response)
                return
            if what.step is Step.DOUBT:
                rejection = Rejection(reason="not-found", detail=what.reason or "")
                await note_doubtful(self.write, run, due, rejection, FETCH.of(response).fetched_at)
                return
            if what.step is Step.PUT_OFF:
                await put_off(self.write, run, due, what.reason or "no reason")
                return
            if what.step in (Step.CHECK_TARGET, Step.FOLLOW):
                if what.target is None or not await leads_to_other(self.write, run, due, what.target, response):
                    run.take(1)
                    yield self._request(run, due, follow=True)
                return
            try:
                fetch = partial(self._fetch, outlet=run.outlet, about=about_further_page(due))
                pages = await fetch_pages(response, fetch, self.bounds.story_pages)
            except SeedError as error:
                await note_failure(self.write, run, due, due.url, error.__cause__)
                return
            if pages.missing:
                await note_missing_pages(self.write, self.captures, run, due, pages.missing)
        if len(pages.sources) == self.bounds.story_pages:
            run.count("bound/story-pages")
        run.in_flight += 1  # until the store says that it is resolved
        yield make_visit(response, run, due, pages, self.plan.span(run.outlet))

    async def failed(self, failure: Failure) -> None:
        """Put a candidate back whose request came to nothing: due again later, or at once if the host is down."""
        request = failure.request  # type: ignore[attr-defined]
        run, due = request.cb_kwargs["run"], request.cb_kwargs["due"]
        async with self._landing(run):
            if isinstance(failure.value, KickcrawlError):
                raise failure.value
            if bound := bound_of(failure.value):
                run.count(f"bound/{bound}")
            await note_failure(self.write, run, due, request.url, failure.value)

    async def _fetch(
        self, url: str, outlet: Outlet | None = None, about: Mapping[str, object] | None = None
    ) -> Response:
        """Return the answer to *url*: a seed's, or a further page of an article of *outlet*, kept with *about*."""
        meta = {**(ABOUT.entry(about) if about else {}), **(page_meta(outlet, self.settings) if outlet else {})}
        return await self._download(url, meta)

    async def _fetch_list(self, url: str, outlet: Outlet) -> Response:
        """Return the page of *outlet* at *url* that lists articles."""
        return await self._download(url, list_meta(outlet, self.settings))

    async def _download(self, url: str, meta: dict[str, object]) -> Response:
        if (host := bare_host(url)) not in self._by_host and self.run_of(url):
            meta = meta | VOUCHED.entry(host)
        request = Request(url, callback=NO_CALLBACK, dont_filter=True, priority=100, meta=meta)
        try:
            return await self.crawler.engine.download_async(request)
        except Exception as error:  # whatever kept the seed from answering, of Scrapy's, Twisted's or the guard's kinds
            if (bound := bound_of(error)) and (run := self.run_of(url)):
                run.count(f"bound/{bound}")
            raise SeedError(reason_of(error)) from error

    # --- what has landed, and what crashed
    @contextlib.asynccontextmanager
    async def _landing(self, run: OutletRun) -> AsyncIterator[None]:
        """Count a leased candidate as answered, and at the end as landed, whatever came of it."""
        run.awaited -= 1
        self._wake.set()
        try:
            yield
        except KickcrawlError as error:
            self.archive_failed(error)
        finally:
            self._landed(run)

    def _landed(self, run: OutletRun) -> None:
        run.in_flight -= 1
        self._wake.set()

    def _run_named(self, outlet: str) -> OutletRun:
        return next(run for run in self.runs if run.outlet.slug == outlet)

    async def _crashed(self, failure: Failure, response: Response | Failure) -> None:
        """Be told of a mistake of ours in a callback, which _landing has let through: it fails the run."""
        request = getattr(response, "request", None)
        if request is not None and "due" in request.cb_kwargs:
            await self._mistake(request.cb_kwargs["run"], request.cb_kwargs["due"].url, failure)

    async def _item_crashed(self, item: Visit, failure: Failure) -> None:
        """Be told of a mistake of ours in a pipeline."""
        run = self._run_named(item.outlet)
        await self._mistake(run, item.page.requested_url, failure)
        self._landed(run)

    async def _mistake(self, run: OutletRun, url: str, failure: Failure) -> None:
        """Put a candidate back and keep the reason for the run's end."""
        run.failure = run.failure or f"{run.outlet.slug}: {url} could not be handled ({failure.getErrorMessage()})"
        with contextlib.suppress(KickcrawlError):  # the archive itself may be what failed
            await self.write(frontier.defer, url, failure.getErrorMessage(), datetime.now(UTC))

    async def _finish(self, reason: str) -> None:
        self.interrupted = reason != "finished"
        for run in self.runs:
            if run.failure is None and reason not in ("finished", "shutdown"):
                run.failure = f"{run.outlet.slug}: stopped early ({reason})"
            await check_health(run, self.write, interrupted=self.interrupted)
            await compare_readings(run, self.write)
            await compare_with_last(run, self.write, partial=self.plan.is_partial, interrupted=self.interrupted)
            with contextlib.suppress(KickcrawlError):  # the failure itself is told by the command's last line
                await run.end(self.write, self.captures, self.interrupted)
        release_writer(self.plan.archive)

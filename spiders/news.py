"""The spider: discovers each outlet, then fetches its due candidates, newest first, all pages of each article.

Thin: spiders.timetable says when the run of an outlet begins, spiders.lifecycle carries each to its end,
spiders.leasing takes due candidates out of the frontier, spiders.answers acts on what is no page, the pipelines read
and store the others. One process serves many outlets.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
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
from kickcrawl.urls import bare_host
from kickcrawl.workers.workers import Workers
from spiders import answers
from spiders.backlog import Backlog
from spiders.discoverer import Discoverer
from spiders.fetcher import Fetcher
from spiders.leasing import article_request, lease, room_for
from spiders.lifecycle import Lifecycle, end
from spiders.network.bounds import Bounds
from spiders.network.envelope import FETCH
from spiders.network.failures import bound_of
from spiders.network.pace import PaceMiddleware
from spiders.pictures import keep_pictures
from spiders.plan import CrawlPlan, make_plan
from spiders.run import OutletRun
from spiders.timetable import AllAtOnce, Timetable
from spiders.visit import fetch_pages, make_visit
from spiders.wiring import apply_plan, middleware


class NewsSpider(Spider, Crawl):
    """Crawls the outlets of its plan. One for each outlet file is made by spiders.loader."""

    name = "news"
    plan: CrawlPlan
    write: Writer
    captures: Captures
    interrupted = False
    bounds: Bounds
    _connections: int  # to a host
    timetable: Timetable
    fetcher: Fetcher
    _readers: Workers  # of seeds; those of pages are the pipelines'
    _by_slug: dict[str, OutletRun]  # the last run of each outlet that has begun
    _by_host: dict[str, OutletRun]
    _wake: asyncio.Event
    _backlog: Backlog
    has_begun = False
    is_broken = False  # the archive cannot be written
    _closing: asyncio.Future[None] | None = None  # the readers end

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "NewsSpider":
        """Return the spider for the arguments of ``scrapy crawl``, or for the ``plan`` that was made of them before.

        The *timetable* says when each outlet of the plan is crawled; without one all are, at once.
        """
        given = kwargs.get("plan")
        plan = given if isinstance(given, CrawlPlan) else make_plan(cls.name, kwargs, crawler.settings)
        spider = super().from_crawler(crawler)
        spider.plan = plan
        spider.timetable = kwargs.get("timetable") or AllAtOnce(plan.outlets)
        spider._by_slug, spider._by_host, spider._wake = {}, {}, asyncio.Event()
        spider.write = acquire_writer(plan.archive)
        spider.captures = Captures(warc_folder(plan.archive), rotate_at=crawler.settings.getint("WARC_SIZE"))
        spider._backlog = Backlog(crawler.settings.getint("BACKLOG_PAGES"), spider._wake.set)
        spider.bounds = Bounds.of(crawler.settings)
        spider._connections = crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        spider.fetcher = Fetcher(spider, crawler)
        time_limit, memory = crawler.settings.getfloat("SEED_TIMEOUT"), crawler.settings.getint("SEED_MEMORY")
        spider._readers = Workers(processes=1, time_limit=time_limit, memory=memory)
        apply_plan(crawler, plan)
        crawler.signals.connect(spider._finish, signals.spider_closed)
        crawler.signals.connect(spider._backlog.answered, signals.response_downloaded)
        crawler.signals.connect(spider._crashed, signals.spider_error)
        crawler.signals.connect(spider._item_crashed, signals.item_error)
        return spider

    # --- what pipelines and middlewares ask and tell: archive.crawl.Crawl

    @property
    def runs(self) -> tuple[OutletRun, ...]:
        """The last run of each outlet that has begun."""
        return tuple(self._by_slug.values())

    def run_of(self, url: str) -> OutletRun | None:
        """Return the run of the outlet that *url* belongs to; None before it has begun."""
        host = bare_host(url)
        run = self._by_host.get(host) or next((run for run in self.runs if host in run.vouched), None)
        return run if run is not None and run.run_id else None

    def count(self, outlet: str, name: str) -> None:
        """Count *name* for the run of *outlet*."""
        self._by_slug[outlet].count(name)

    def landed(self, visit: Visit) -> None:
        """Be told by the store that *visit* is resolved in the archive."""
        self._landed(self._by_slug[visit.outlet], visit.page.requested_url)

    def archive_failed(self, error: KickcrawlError) -> None:
        """Be told that the archive cannot be written: nothing more is fetched, nothing that is stored is lost."""
        for run in self.runs:
            run.failure = run.failure or str(error)
        self.is_broken = True

    # --- the crawl

    async def start(self) -> AsyncIterator[Request]:
        """Yield requests for due candidates of all outlets whose turn it is, until none has one any more."""
        pace = middleware(self.crawler, PaceMiddleware)
        pace.stop_with_this_task()
        self.has_begun = True
        lifecycle, tasks = self._lifecycle(), set[asyncio.Task[None]]()
        try:
            while not (self.is_broken and not tasks):
                self._wake.clear()
                for run in [] if self.is_broken else self.timetable.take_due(datetime.now(UTC)):
                    self._by_slug[run.outlet.slug] = run
                    self._by_host |= dict.fromkeys(run.outlet.bare_hosts, run)
                    pace.forgive(run.outlet.hosts)
                    tasks.add(asyncio.create_task(self._carry(lifecycle, run)))
                has_leased = False
                for run in sorted(self.runs, key=lambda run: run.in_flight):
                    if not self._backlog.room:
                        break  # what is resolved next makes room
                    for request in await self._lease(run, max(1, len(tasks))):
                        has_leased = True
                        yield request
                tasks = {task for task in tasks if not task.done()}
                if has_leased:
                    await self.crawler.signals.wait_for(signals.scheduler_empty)
                elif self._wake.is_set() or tasks or self.timetable.pause(datetime.now(UTC)) is not None:
                    await self._rest()
                else:
                    break
        finally:
            pace.stop()
            for task in tasks:
                task.cancel()
            # A tenth of a second, in which the engine and the pipelines close what is theirs; _finish() waits for it.
            self._closing = asyncio.ensure_future(asyncio.to_thread(self._readers.close))

    def _lifecycle(self) -> Lifecycle:
        discoverer = Discoverer(
            crawler=self.crawler,
            plan=self.plan,
            write=self.write,
            captures=self.captures,
            fetch=self.fetcher.fetch,
            in_browser=self.fetcher.fetch_list,
            readers=self._readers,
            bounds=self.bounds,
        )
        pictures = partial(keep_pictures, self, download=self.fetcher.download, bounds=self.bounds)
        return Lifecycle(discoverer=discoverer, pictures=pictures, archive_failed=self.archive_failed, wake=self._wake)

    async def _carry(self, lifecycle: Lifecycle, run: OutletRun) -> None:
        try:
            await lifecycle.carry(run)
            await self.timetable.ended(run, self.write)
        finally:
            self._wake.set()

    async def _rest(self) -> None:
        """Wait until there may be something to do, at the latest until the next outlet is due."""
        with contextlib.suppress(TimeoutError):
            pause = None if self.is_broken else self.timetable.pause(datetime.now(UTC))
            await asyncio.wait_for(self._wake.wait(), pause)

    async def _lease(self, run: OutletRun, outlets: int) -> list[Request]:
        """Take due candidates of *run*, one of so many *outlets*, as many as keep its connections busy."""
        if run.may_have_due:  # most have not, and all are asked whenever one has landed
            is_down = middleware(self.crawler, PaceMiddleware).turn(run.outlet.home).down
            run.may_have_due = not (self.is_broken or is_down or run.must_rest(datetime.now(UTC)))
        room = min(room_for(run, self.plan.limit, self._connections, outlets), self._backlog.room)
        if run.may_have_due and room:
            run.may_have_due = False  # what lands while the archive is asked may leave others due
            try:
                leased = await lease(self.write, run, self.plan, room)
            except KickcrawlError as error:
                self.archive_failed(error)
                return []
            run.may_have_due = run.may_have_due or len(leased) == room
            if leased:
                return [self._request(run, due) for due in leased]
        run.rest_if_idle()
        return []

    def _request(self, run: OutletRun, due: frontier.Due, *, follow: bool = False) -> Request:
        self._backlog.expect(due.url)
        return article_request(run, due, self.settings, callback=self.parse_article, errback=self.failed, follow=follow)

    async def parse_article(
        self, response: Response, run: OutletRun, due: frontier.Due
    ) -> AsyncIterator[Visit | Request]:
        """Make a visit of a fetched article, with all its pages; act on an answer that is none."""
        async with self._landing(run, due):
            what = answers.meaning(response, due)
            if what.step is Step.MISSING:
                await answers.note_missing(self.write, run, due, response)
                return
            if what.step is Step.DOUBT:
                rejection = Rejection(reason="not-found", detail=what.reason or "")
                await answers.note_doubtful(self.write, run, due, rejection, FETCH.of(response).fetched_at)
                return
            if what.step is Step.PUT_OFF:
                await answers.put_off(self.write, run, due, what.reason or "no reason")
                return
            if what.step in (Step.CHECK_TARGET, Step.FOLLOW):
                if what.target is None or not await answers.leads_to_other(self.write, run, due, what.target, response):
                    run.take(1)
                    yield self._request(run, due, follow=True)
                return
            try:
                fetch = partial(self.fetcher.fetch, outlet=run.outlet, about=about_further_page(due))
                pages = await fetch_pages(response, fetch, self.bounds.story_pages)
            except SeedError as error:
                await answers.note_failure(self.write, run, due, due.url, error.__cause__)
                return
            if pages.missing:
                await answers.note_missing_pages(self.write, self.captures, run, due, pages.missing)
        if len(pages.sources) == self.bounds.story_pages:
            run.count("bound/story-pages")
        run.in_flight += 1  # until the store says that it is resolved
        self._backlog.arrived(due.url)
        yield make_visit(response, run, due, pages, self.plan.span(run.outlet))

    async def failed(self, failure: Failure) -> None:
        """Put a candidate back whose request came to nothing: due again later, or at once if the host is down."""
        request = failure.request  # type: ignore[attr-defined]
        run, due = request.cb_kwargs["run"], request.cb_kwargs["due"]
        async with self._landing(run, due):
            if isinstance(failure.value, KickcrawlError):
                raise failure.value
            if bound := bound_of(failure.value):
                run.count(f"bound/{bound}")
            await answers.note_failure(self.write, run, due, request.url, failure.value)

    # --- what has landed, and what crashed
    @contextlib.asynccontextmanager
    async def _landing(self, run: OutletRun, due: frontier.Due) -> AsyncIterator[None]:
        """Count a leased candidate as answered, and at the end as landed, whatever came of it."""
        run.awaited -= 1
        self._wake.set()
        try:
            yield
        except KickcrawlError as error:
            self.archive_failed(error)
        finally:
            self._landed(run, due.url)

    def _landed(self, run: OutletRun, url: str) -> None:
        run.in_flight -= 1
        run.may_have_due = True
        self._backlog.left(url)

    async def _crashed(self, failure: Failure, response: Response | Failure) -> None:
        """Be told of a mistake of ours in a callback, which _landing has let through: it fails the run."""
        if (request := getattr(response, "request", None)) is not None and "due" in request.cb_kwargs:
            run, due = request.cb_kwargs["run"], request.cb_kwargs["due"]
            await answers.note_mistake(self.write, run, due.url, failure.getErrorMessage())

    async def _item_crashed(self, item: Visit, failure: Failure) -> None:
        """Be told of a mistake of ours in a pipeline."""
        run = self._by_slug[item.outlet]
        await answers.note_mistake(self.write, run, item.page.requested_url, failure.getErrorMessage())
        self._landed(run, item.page.requested_url)

    async def _finish(self, reason: str) -> None:
        self.interrupted = reason != "finished"
        if self._closing is not None:
            await self._closing
        for run in self.runs:
            if run.failure is None and run.ending is None and reason not in ("finished", "shutdown"):
                run.failure = f"{run.outlet.slug}: stopped early ({reason})"
            await end(run, self.plan, self.write, self.captures, interrupted=self.interrupted)
        release_writer(self.plan.archive)

"""Extract: have a worker process read the page by the layouts of its outlet, and put what may be stored into the visit.

Pages are read concurrently, and go on to the store in the order in which they came: where two addresses of a run lead
to one article, the later answer counts, and an archive that is rebuilt from the captures is the same.
"""

import asyncio
import logging
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, TypeVar

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.settings import BaseSettings

from archive import layouts as held
from archive.crawl import Crawl, crawl_of
from kickcrawl.article import Rejection, Visit
from kickcrawl.body.learned_layouts import Change, Layouts
from kickcrawl.errors import ArchiveError
from kickcrawl.page.frame import NEEDS_SCRIPT
from kickcrawl.reading import Layout, Reading
from kickcrawl.wholeness import NEEDS_BROWSER
from kickcrawl.workers import EXTRACT
from kickcrawl.workers.workers import Workers

_T = TypeVar("_T")
logger = logging.getLogger(__name__)


class ExtractPipeline:
    """Owns the worker processes of the crawl, and what the crawl knows of its outlets' layouts."""

    reader = EXTRACT  # what the workers read a page with

    def __init__(self, crawl: Crawl, settings: BaseSettings) -> None:
        self._crawl, self._settings = crawl, settings
        self._layouts = Layouts()
        # Of each outlet: done when its layouts were read from the archive.
        self._held: dict[str, asyncio.Future[None]] = {}
        # Of each outlet: how many pages are read in full now, and what tells that one was. While these are as many as
        # are wanted the others wait: they may have a layout by then.
        self._in_full: Counter[str] = Counter()
        self._read_one: defaultdict[str, asyncio.Condition] = defaultdict(asyncio.Condition)
        self._last: dict[str, asyncio.Event] = {}  # of each outlet: set when its last page has gone on to the store

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ExtractPipeline":
        """Return the pipeline; NotConfigured where the spider has no archive."""
        if (crawl := crawl_of(crawler.spider)) is None:
            raise NotConfigured("only a news spider has an archive")
        pipeline = cls(crawl, crawler.settings)
        crawler.signals.connect(pipeline._expect, signals.request_scheduled)
        return pipeline

    def open_spider(self) -> None:
        """Make the workers; their processes start when the first article is asked for."""
        time_limit, memory = self._settings.getfloat("READ_TIMEOUT"), self._settings.getint("READ_MEMORY")
        self._workers = Workers(self.reader, time_limit=time_limit, memory=memory)

    def _expect(self) -> None:
        """Be told that an article is asked for: the workers start while it is fetched."""
        self._workers.start()

    async def process_item(self, visit: Visit) -> Visit:
        """Return *visit* with what was read, once all visits of its outlet that came before it have gone on."""
        before, gone_on = self._last.get(visit.outlet), asyncio.Event()
        self._last[visit.outlet] = gone_on
        try:
            return await self._read(visit)
        finally:
            try:
                if before is not None:
                    await before.wait()
            finally:
                gone_on.set()

    async def _read(self, visit: Visit) -> Visit:
        if visit.result is not None:
            return visit
        if visit.source is not None:  # a page of another day: today's layouts neither read it nor learn from it
            judged = await self._workers.read(visit.page)
            return replace(visit, result=judged.result, lookup_keys=judged.lookup_keys)
        if visit.outlet not in self._held:
            self._held[visit.outlet] = asyncio.ensure_future(self._hold(visit.outlet))
        await asyncio.shield(self._held[visit.outlet])
        async with self._planned(visit.outlet) as (layouts, check):
            judged = await self._workers.read(replace(visit.page, layouts=layouts, check=check))
            if (lesson := judged.lesson) is not None:
                await self._learn(visit, lesson)
        if isinstance(judged.result, Rejection) and judged.result.detail == NEEDS_SCRIPT:
            self._crawl.count(visit.outlet, NEEDS_BROWSER)
        return replace(visit, result=judged.result, lookup_keys=judged.lookup_keys)

    @asynccontextmanager
    async def _planned(self, outlet: str) -> AsyncIterator[tuple[tuple[Layout, ...], bool]]:
        """Give the layouts that the next page is read by and whether it checks them, once it is its turn."""
        read_one = self._read_one[outlet]
        async with read_one:
            await read_one.wait_for(lambda: self._in_full[outlet] < self._layouts.wanted(outlet))
        layouts, check = self._layouts.plan(outlet)
        if layouts and not check:
            yield layouts, check
            return
        self._in_full[outlet] += 1
        try:
            yield layouts, check
        finally:
            self._in_full[outlet] -= 1
            async with read_one:
                read_one.notify_all()

    async def _hold(self, outlet: str) -> None:
        self._layouts.trust(outlet, await self._archived(held.trusted, outlet) or ())

    async def _learn(self, visit: Visit, reading: Reading) -> None:
        if changes := self._layouts.learn(visit.outlet, reading):
            for change in changes:
                self._tell(visit.outlet, change)
            await self._archived(held.note, visit.outlet, changes, visit.fetched_at)

    def _tell(self, outlet: str, change: Change) -> None:
        self._crawl.count(outlet, "layout/learned" if change.is_learned else "layout/drift")
        if not change.is_learned:
            logger.warning("%s: its layout changed: %s (%s)", outlet, change.why, change.layout.body)

    async def _archived(self, call: Callable[..., _T], *values: Any) -> _T | None:
        """Return what *call* reads or writes in the archive; None where that fails, which ends the crawl in order."""
        try:
            return await self._crawl.write(call, *values)
        except ArchiveError as error:
            self._crawl.archive_failed(error)
            return None

    async def close_spider(self) -> None:
        """End the workers' processes."""
        await asyncio.to_thread(self._workers.close)

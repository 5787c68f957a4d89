"""Extract: hand the page to a worker process, with the layouts to read it by, and put what it read into the visit.

Pages are read side by side, and go on to the store in the order in which they came: where two addresses of a run lead
to one story, the later answer counts, and an archive that is rebuilt from the captures is the same.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any, TypeVar

from scrapy import signals
from scrapy.crawler import Crawler

from archive import layouts as held
from kickcrawl.article import Article, Reading, Visit
from kickcrawl.body.learned_layouts import PAGES, Change, Layouts
from kickcrawl.errors import ArchiveError
from kickcrawl.workers.workers import EXTRACT, Workers

_T = TypeVar("_T")
logger = logging.getLogger(__name__)


class ExtractPipeline:
    """Owns the worker processes of the crawl, and what the crawl knows of its outlets' layouts."""

    reader = EXTRACT  # what the workers read a page with

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._layouts = Layouts()
        self._held: dict[str, asyncio.Future[None]] = {}  # of each outlet: done when the archive has told its layouts
        # of each outlet: pages that are read in full are so many at a time, for the next ones may have a layout by then
        self._in_full: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(PAGES))
        self._last: dict[str, asyncio.Event] = {}  # of each outlet: set when the page that came last has gone on

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ExtractPipeline":
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline._expect, signals.request_scheduled)
        return pipeline

    def open_spider(self) -> None:
        settings = self._crawler.settings
        time_limit, memory = settings.getfloat("READ_TIMEOUT"), settings.getint("READ_MEMORY")
        self._workers = Workers(self.reader, time_limit=time_limit, memory=memory)

    def _expect(self) -> None:
        """Be told that a story is asked for: the workers get ready while it is fetched."""
        self._workers.start()

    async def process_item(self, visit: Visit) -> Visit:
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
        if visit.outlet not in self._held:
            self._held[visit.outlet] = asyncio.ensure_future(self._hold(visit.outlet))
        await asyncio.shield(self._held[visit.outlet])
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self._in_full[visit.outlet])
            layouts, check = self._layouts.plan(visit.outlet)
            if layouts and not check:
                await stack.aclose()
            result = await self._workers.read(replace(visit.page, layouts=layouts, check=check))
            if isinstance(result, Article) and result.reading is not None:
                await self._learn(visit, result.reading)
        return replace(visit, result=result)

    async def _hold(self, outlet: str) -> None:
        self._layouts.hold(outlet, await self._archived(held.trusted, outlet) or ())

    async def _learn(self, visit: Visit, reading: Reading) -> None:
        if changes := self._layouts.learn(visit.outlet, reading):
            for change in changes:
                self._tell(visit.outlet, change)
            await self._archived(held.note, visit.outlet, changes, visit.fetched_at)

    def _tell(self, outlet: str, change: Change) -> None:
        spider: Any = self._crawler.spider
        spider.count(outlet, "layout/learned" if change.is_learned else "layout/drift")
        if not change.is_learned:
            logger.warning("%s: its layout changed: %s (%s)", outlet, change.why, change.layout.body)

    async def _archived(self, call: Callable[..., _T], *values: Any) -> _T | None:
        """Return what *call* says of the archive; None where that cannot be asked, which ends the crawl in order."""
        spider: Any = self._crawler.spider
        try:
            answer: _T = await spider.write(call, *values)
        except ArchiveError as error:
            spider.archive_failed(error)
            return None
        return answer

    def close_spider(self) -> None:
        self._workers.close()

"""Store: write visits in batches, each batch one transaction with the frontier's state of what it holds.

While one batch is being written the next one gathers, so batches grow with the load and nothing waits for a timer.
"""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from archive.captures import Captures
from archive.database import Archive
from archive.visits import Settled, store_visits
from kickcrawl.article import Visit
from kickcrawl.errors import ArchiveError

BATCH = 100  # visits in a transaction at most

logger = logging.getLogger(__name__)


class StorePipeline:
    """Owns the queue between the crawl and the archive's one writer."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._waiting: list[tuple[Visit, asyncio.Future[Settled | None]]] = []
        self._writing: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "StorePipeline":
        return cls(crawler)

    async def process_item(self, visit: Visit) -> Visit:
        settled = asyncio.get_running_loop().create_future()
        self._waiting.append((visit, settled))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        outcome = await settled
        spider: Any = self._crawler.spider
        if outcome is None:
            spider.landed(visit)
            raise DropItem("the archive cannot be written", log_level="DEBUG")
        for name in outcome.counts:
            spider.count(visit.outlet, name)
        if outcome.note:
            logger.info("%s: %s", visit.outlet, outcome.note)
        spider.landed(visit)
        return visit

    async def close_spider(self) -> None:
        if self._writing is not None:
            await self._writing

    async def _write(self) -> None:
        spider: Any = self._crawler.spider
        while self._waiting:
            batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
            try:
                outcomes: Sequence[Settled] = await spider.write(_store, spider.captures, [visit for visit, _ in batch])
            except ArchiveError as error:
                spider.archive_failed(error)
                for _, settled in batch:
                    settled.set_result(None)
            except Exception as error:  # a mistake of ours: each visit's own error, which fails the run and says where
                for _, settled in batch:
                    settled.set_exception(error)
            else:
                for (_, settled), outcome in zip(batch, outcomes, strict=True):
                    settled.set_result(outcome)


def _store(archive: Archive, captures: Captures, visits: Sequence[Visit]) -> list[Settled]:
    """Store *visits* once the disk holds the captures that they were read from."""
    captures.sync()
    return store_visits(archive, visits)

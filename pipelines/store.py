"""Store: write visits in batches; a batch is one transaction, with the state of its candidates in the frontier.

A batch gathers while the previous one is written, and until GATHER seconds after that one began: with a transaction
for every two or three articles, a fast crawl would write the same pages of the file again and again. A visit that comes
alone, or that nothing else in flight would join, is written at once.
"""

import asyncio
import logging
import time
from collections.abc import Sequence
from contextlib import suppress

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem, NotConfigured

from archive.captures import Captures
from archive.crawl import Crawl, crawl_of
from archive.database import Archive
from archive.visits import Resolved, store_visits
from kickcrawl.article import Visit
from kickcrawl.errors import ArchiveError

MAX_BATCH = 100  # visits in a transaction
GATHER = 0.25  # seconds from the beginning of one batch to that of the next: some 20 articles where 80 come in a second

logger = logging.getLogger(__name__)


class StorePipeline:
    """Owns the queue between the crawl and the archive's one writer."""

    def __init__(self, crawl: Crawl) -> None:
        self._crawl = crawl
        self._waiting: list[tuple[Visit, asyncio.Future[Resolved | None]]] = []
        self._writing: asyncio.Task[None] | None = None
        self._due = 0.0  # when the next batch begins at the latest
        self._at_once = asyncio.Event()  # set when it may begin before that

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "StorePipeline":
        """Return the pipeline; NotConfigured where the spider has no archive."""
        if (crawl := crawl_of(crawler.spider)) is None:
            raise NotConfigured("only a news spider has an archive")
        return cls(crawl)

    async def process_item(self, visit: Visit) -> Visit:
        """Return *visit* once it is stored. Raises DropItem where the archive cannot be written."""
        resolved = asyncio.get_running_loop().create_future()
        self._waiting.append((visit, resolved))
        self._look()
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        outcome = await resolved
        if outcome is None:
            self._crawl.landed(visit)
            raise DropItem("the archive cannot be written", log_level="DEBUG")
        for name in outcome.counts:
            self._crawl.count(visit.outlet, name)
        if outcome.note:
            logger.info("%s: %s", visit.outlet, outcome.note)
        self._crawl.landed(visit)
        self._look()
        return visit

    async def close_spider(self) -> None:
        """Wait until all is written."""
        if self._writing is not None:
            await self._writing

    async def _write(self) -> None:
        while self._waiting:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._at_once.wait(), self._due - time.monotonic())
            self._at_once.clear()
            self._due = time.monotonic() + GATHER
            batch, self._waiting = self._waiting[:MAX_BATCH], self._waiting[MAX_BATCH:]
            await self._store_batch(batch)

    def _look(self) -> None:
        """Let the next batch begin at once if all that is under way is in it."""
        if len(self._waiting) >= sum(run.in_flight for run in self._crawl.runs):
            self._at_once.set()

    async def _store_batch(self, batch: Sequence[tuple[Visit, asyncio.Future[Resolved | None]]]) -> None:
        try:
            outcomes = await self._crawl.write(_store, self._crawl.captures, [visit for visit, _ in batch])
        except ArchiveError as error:
            self._crawl.archive_failed(error)
            for _, resolved in batch:
                _settle(resolved, None)
        except Exception as error:  # a mistake of ours: the visit's own error, which fails the run and says where
            if len(batch) == 1:
                if not batch[0][1].done():
                    batch[0][1].set_exception(error)
            else:
                for one in batch:  # stored one by one, only the visit at fault fails
                    await self._store_batch([one])
        else:
            for (_, resolved), outcome in zip(batch, outcomes, strict=True):
                _settle(resolved, outcome)


def _settle(resolved: asyncio.Future[Resolved | None], outcome: Resolved | None) -> None:
    if not resolved.done():  # nobody waits for one that was cancelled
        resolved.set_result(outcome)


def _store(archive: Archive, captures: Captures, visits: Sequence[Visit]) -> list[Resolved]:
    """Store *visits* once the disk holds the captures that they were read from."""
    captures.sync()
    return store_visits(archive, visits)

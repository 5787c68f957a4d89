"""Extract: hand the page to a worker process, with the layouts to read it by, and put what it read into the visit."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from scrapy.crawler import Crawler

from archive import layouts as held
from kickcrawl.article import Article, Visit
from kickcrawl.errors import ArchiveError
from kickcrawl.extract import extract
from kickcrawl.layouts import Change, Layouts
from kickcrawl.workers import Workers

_T = TypeVar("_T")
logger = logging.getLogger(__name__)


class ExtractPipeline:
    """Owns the worker processes of the crawl, and what the crawl knows of its outlets' layouts."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._layouts = Layouts()
        self._outlets: set[str] = set()  # whose layouts have been asked of the archive

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ExtractPipeline":
        return cls(crawler)

    def open_spider(self) -> None:
        settings = self._crawler.settings
        time_limit, memory = settings.getfloat("READ_TIMEOUT"), settings.getint("READ_MEMORY")
        self._workers = Workers(extract, time_limit=time_limit, memory=memory)

    async def process_item(self, visit: Visit) -> Visit:
        if visit.result is not None:
            return visit
        if visit.outlet not in self._outlets:
            self._outlets.add(visit.outlet)
            self._layouts.hold(visit.outlet, await self._archived(held.trusted, visit.outlet) or ())
        layouts, check = self._layouts.plan(visit.outlet)
        result = await self._workers.read(replace(visit.page, layouts=layouts, check=check))
        if isinstance(result, Article) and result.reading is not None:
            for change in self._layouts.learn(visit.outlet, result.reading):
                self._tell(visit.outlet, change)
                await self._archived(held.note, visit.outlet, change, visit.fetched_at)
        return replace(visit, result=result)

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

"""What a person sees of a crawl: a progress bar on a terminal, plain lines under cron."""

import logging
import sys
import time
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from tqdm import tqdm
from tqdm.contrib.logging import logging_redirect_tqdm

from archive.crawl import crawl_of

LINE_INTERVAL = 15.0  # seconds between two lines where there is no terminal

logger = logging.getLogger(__name__)


class Progress:
    """Shows what the crawl has counted: on a terminal as a bar, else as a line every 15 seconds."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._bar: tqdm[Any] | None = None
        self._redirect: Any = None
        self._last = time.monotonic()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Progress":
        """Return the extension, called at each answer and each article that left the pipelines."""
        progress = cls(crawler)
        crawler.signals.connect(progress._opened, signals.spider_opened)
        crawler.signals.connect(progress._moved, signals.item_scraped)
        crawler.signals.connect(progress._moved, signals.response_received)
        crawler.signals.connect(progress._closed, signals.spider_closed)
        return progress

    def _opened(self, spider: Spider) -> None:
        if sys.stderr.isatty():
            self._redirect = logging_redirect_tqdm()
            self._redirect.__enter__()
            self._bar = tqdm(unit=" requests", desc=spider.name, dynamic_ncols=True)

    def _moved(self) -> None:
        if self._bar is not None:
            self._bar.n = self._count("requests")
            self._bar.set_postfix_str(self._words(), refresh=False)
            self._bar.update(0)
        elif time.monotonic() - self._last >= LINE_INTERVAL:
            self._last = time.monotonic()
            logger.info("%s requests, %s", self._count("requests"), self._words())

    def _closed(self) -> None:
        if self._bar is not None:
            self._moved()
            self._bar.close()
            self._redirect.__exit__(None, None, None)

    def _count(self, name: str) -> int:
        crawl = crawl_of(self._crawler.spider)
        return sum(run.counts[name] for run in crawl.runs) if crawl is not None else 0

    def _words(self) -> str:
        names = ("stored", "revised", "unchanged", "gone", "deferred")
        return ", ".join(f"{count} {name}" for name in names if (count := self._count(name))) or "nothing stored yet"

"""An extension for test crawls: Scrapy forgets a host's slot as soon as it is idle, not after a minute of that."""

from scrapy import signals
from scrapy.crawler import Crawler


class Forgetful:
    """Name it in EXTENSIONS."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Forgetful":
        extension = cls(crawler)
        crawler.signals.connect(extension._forget, signals.response_received)
        return extension

    def _forget(self) -> None:
        assert self._crawler.engine is not None
        self._crawler.engine.downloader._slot_gc(age=-3600)

"""Bound the bytes of all answers that are held at a time, whether they are arriving or wait to be read.

Sixteen large answers at once would each keep to its own bound and fill the memory together: the largest is given up.
And of robots.txt only the first bytes are taken, however long it is (RFC 9309, 2.5).
"""

import weakref
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Response

ORDINARY = 1 << 20  # bytes; what is smaller is never given up for what others hold


class TooMuchHeld(StopDownload):
    """An answer that was given up, because those that are held together grew beyond HELD_MAXSIZE."""

    def __str__(self) -> str:
        return "it was given up while other large answers arrived"


class HeldMiddleware:
    """Knows how many bytes are held. Stands behind decompression, so that it sees what bodies become.

    An answer arrives from when its request reaches the downloader until it leaves it, however it ends: what stands
    before this in the chain may raise, or follow a redirect, so that its answer is never seen here. From then on it
    waits, as long as anything refers to it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._most = crawler.settings.getint("HELD_MAXSIZE")
        self._robots = crawler.settings.getint("ROBOTS_MAXSIZE")
        self._arriving: dict[Request, int] = {}
        self._known: weakref.WeakSet[Response] = weakref.WeakSet()
        self._waiting = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "HeldMiddleware":
        middleware = cls(crawler)
        crawler.signals.connect(middleware._begins, signals.request_reached_downloader)
        crawler.signals.connect(middleware._arrived, signals.bytes_received)
        crawler.signals.connect(middleware._waits, signals.response_downloaded)
        crawler.signals.connect(middleware._ended, signals.request_left_downloader)
        return middleware

    def process_response(self, request: Request, response: Response) -> Response:
        self._waits(response)
        return response

    def _begins(self, request: Request) -> None:
        self._arriving[request] = 0

    def _ended(self, request: Request) -> None:
        self._arriving.pop(request, None)

    def _waits(self, response: Response) -> None:
        if response not in self._known:  # what was not compressed is the same answer here as in the downloader
            self._known.add(response)
            size = len(response.body)
            self._waiting += size
            weakref.finalize(response, self._let_go, size).atexit = False

    def _let_go(self, size: int) -> None:
        self._waiting -= size

    def _arrived(self, data: bytes, request: Request) -> None:
        if request not in self._arriving:
            return  # it was given up already
        own = self._arriving[request] = self._arriving[request] + len(data)
        if request.meta.get("is_robots"):
            if own >= self._robots:
                spider: Any = self._crawler.spider
                if run := spider.run_of(request.url):
                    run.count("bound/robots-size")
                raise StopDownload(fail=False)
            return
        is_largest = own > ORDINARY and own == max(self._arriving.values())
        if is_largest and sum(self._arriving.values()) + self._waiting > self._most:
            raise TooMuchHeld

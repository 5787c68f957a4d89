"""Bound the bytes of all answers that are in memory at a time, whether they are arriving or wait to be read.

Many large answers at once would each keep to their own bound and fill the memory together: the largest is given up.
And of robots.txt only the first bytes are taken, however long it is (RFC 9309, 2.5).
"""

import weakref

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Response

from archive.crawl import crawl_of
from spiders.network.envelope import IS_ROBOTS
from spiders.network.failures import TooMuchHeld

MAX_ORDINARY_BYTES = 1 << 20  # an answer up to this size is never given up for what others hold


class HeldMiddleware:
    """Counts the bytes that are in memory. Placed behind decompression, so that it sees the decompressed bodies.

    An answer is *arriving* from when its request reaches the downloader until it leaves it, however it ends: another
    middleware may raise, or follow a redirect, so that the answer is never seen here. From then on it is *waiting*, as
    long as anything refers to it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._max_bytes = crawler.settings.getint("HELD_MAXSIZE")
        self._max_robots_bytes = crawler.settings.getint("ROBOTS_MAXSIZE")
        self._arriving: dict[Request, int] = {}
        self._known: weakref.WeakSet[Response] = weakref.WeakSet()
        self._waiting = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "HeldMiddleware":
        """Return the middleware, told of each request's bytes from its beginning to its end."""
        middleware = cls(crawler)
        crawler.signals.connect(middleware._begins, signals.request_reached_downloader)
        crawler.signals.connect(middleware._arrived, signals.bytes_received)
        crawler.signals.connect(middleware._waits, signals.response_downloaded)
        crawler.signals.connect(middleware._ended, signals.request_left_downloader)
        return middleware

    def process_response(self, request: Request, response: Response) -> Response:
        """Count the decompressed body of *response* until nothing refers to it any more."""
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
        if IS_ROBOTS.get(request):
            if own >= self._max_robots_bytes:
                crawl = crawl_of(self._crawler.spider)
                if crawl is not None and (run := crawl.run_of(request.url)):
                    run.count("bound/robots-size")
                raise StopDownload(fail=False)
            return
        is_largest = own > MAX_ORDINARY_BYTES and own == max(self._arriving.values())
        if is_largest and sum(self._arriving.values()) + self._waiting > self._max_bytes:
            raise TooMuchHeld

"""Judge answers whose end did not come: a wrong Content-Length, chunks without the last one, a broken connection.

What came is captured before (spiders.network.capture). A document that ends as documents end is whole, whatever the
server said of its length; any other is asked for again, and is a failure in the end.
"""

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Response

from kickcrawl.answer import is_whole
from spiders.network.envelope import IS_ROBOTS, NO_RETRY

CUT = "dataloss"  # Scrapy's flag of an answer whose end did not come
REASON = "the connection ended before the answer did"


class CutMiddleware:
    """Stands behind decompression: only the document itself tells whether it is whole."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "CutMiddleware":
        """Return the middleware."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return *response* if it is whole, else the request to be sent again. Raises ResponseDataLossError."""
        if CUT not in response.flags or is_whole(response.body, is_robots=bool(IS_ROBOTS.get(request))):
            return response
        again = None
        if not NO_RETRY.get(request) and self._crawler.spider is not None:
            again = get_retry_request(request, spider=self._crawler.spider, reason=REASON)
        if again is None:
            raise ResponseDataLossError(REASON)
        return again

"""Note every answer of every server in the archive, as it was received: before decompression, redirects included."""

from datetime import UTC, datetime

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from archive.captures import Capture, store_capture
from kickcrawl.dates import to_iso
from kickcrawl.fingerprint import bytes_digest
from spiders.news import NewsSpider


class CaptureMiddleware:
    """Writes a row of the table captures for each response, and puts its id into the request's meta."""

    def __init__(self, spider: NewsSpider) -> None:
        self._spider = spider

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "CaptureMiddleware":
        if not isinstance(crawler.spider, NewsSpider):
            raise NotConfigured("only a news spider has an archive")
        return cls(crawler.spider)

    async def process_response(self, request: Request, response: Response) -> Response:
        run = self._spider.run_of(request.url)
        if run is not None:
            fetched_at = to_iso(datetime.now(UTC))
            capture = Capture(
                run_id=run.run_id,
                url=request.url,
                fetched_at=fetched_at,
                status=response.status,
                digest=bytes_digest(response.body),
                length=len(response.body),
                content_type=_header(response, b"Content-Type"),
                etag=_header(response, b"ETag"),
                last_modified=_header(response, b"Last-Modified"),
                location=_header(response, b"Location"),
            )
            request.meta["capture_id"] = await self._spider.write(store_capture, capture)
            request.meta["fetched_at"] = fetched_at
            run.count("requests")
        return response


def _header(response: Response, name: bytes) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value is not None else None

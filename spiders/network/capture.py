"""Keep every exchange as it was: the answer before decompression, redirects and refusals included, and its request."""

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.http.headers import Headers

from archive.warc.records import Exchange
from kickcrawl.dates import to_iso
from kickcrawl.fingerprint import bytes_digest
from spiders.about import ABOUT
from spiders.network.render import WIRE
from spiders.news import NewsSpider

if TYPE_CHECKING:  # it imports Playwright
    from spiders.network.browser_log import Answer, WireLog


class CaptureMiddleware:
    """Writes each exchange and puts the id of its row into the request's meta."""

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
            log: WireLog | None = request.meta.get(WIRE)
            for answer in log.answers if log is not None else ():
                wired = exchange_over_wire(answer, to_iso(datetime.now(UTC)))
                await self._spider.write(self._spider.captures.keep, run.outlet.slug, run.run_id, wired)
            kept = exchange_of(request, response, to_iso(datetime.now(UTC)))
            request.meta["fetched_at"] = kept.fetched_at
            request.meta["capture_id"] = await self._spider.write(
                self._spider.captures.keep, run.outlet.slug, run.run_id, kept
            )
            run.count("requests")
        return response


def exchange_of(request: Request, response: Response, fetched_at: str) -> Exchange:
    """Return what there is to keep of a request and its answer."""
    about: dict[str, Any] | None = request.meta.get(ABOUT)
    return Exchange(
        url=request.url,
        fetched_at=fetched_at,
        status=response.status,
        body=response.body,
        digest=bytes_digest(response.body),
        headers=_lines(response.headers),
        method=request.method,
        request_headers=_lines(request.headers),
        address=str(response.ip_address) if response.ip_address else None,
        about=json.dumps(about) if about else None,
        is_dom="playwright" in request.meta,
    )


def exchange_over_wire(answer: "Answer", fetched_at: str) -> Exchange:
    """Return what there is to keep of an answer that a browser got."""
    return Exchange(
        url=answer.url,
        fetched_at=fetched_at,
        status=answer.status,
        body=answer.body,
        digest=bytes_digest(answer.body),
        headers=answer.headers,
        method=answer.method,
        request_headers=answer.request_headers,
        address=answer.address,
    )


def _lines(headers: Headers) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name, values in headers.items() for value in values
    )

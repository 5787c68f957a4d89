"""Keep every exchange as it was: the answer before decompression, redirects and refusals included, and its request.

Of an answer that says noarchive the body is not kept, only that it came, its header lines, and what it said.
"""

import json
import logging
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.http.headers import Headers

from archive.crawl import Crawl, Run, crawl_of
from archive.warc.records import Exchange
from kickcrawl.dates import to_iso
from kickcrawl.fingerprint import bytes_digest
from kickcrawl.rights.withheld import why_withheld
from kickcrawl.statement import Statement
from kickcrawl.validators import NOT_MODIFIED
from spiders.network.cut import CUT
from spiders.network.envelope import ABOUT, AS_SENT, BROWSER_LOG, CONDITION, FETCH, IS_RENDERED, Fetch

if TYPE_CHECKING:  # it imports Playwright
    from spiders.network.browser_log import BrowserAnswer


logger = logging.getLogger(__name__)


class CaptureMiddleware:
    """Writes each exchange, and notes in the request's meta where.

    *obeys*: without the body where the answer says noarchive.
    """

    def __init__(self, crawl: Crawl, *, obeys: bool = True) -> None:
        self._crawl, self._obeys = crawl, obeys

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "CaptureMiddleware":
        """Return the middleware; NotConfigured where the spider has no archive (``kickcrawl add``)."""
        if (crawl := crawl_of(crawler.spider)) is None:
            raise NotConfigured("only a news spider has an archive")
        obeys = crawler.settings.getbool("NOARCHIVE_OBEY")
        if not obeys:
            logger.warning("NOARCHIVE_OBEY is off: pages that say noarchive are kept, for which you need permission")
        return cls(crawl, obeys=obeys)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Write the exchange, and what a browser got for its page before it. Raises ArchiveError."""
        run = self._crawl.run_of(request.url)
        if run is not None:
            log = BROWSER_LOG.get(request)
            for answer in log.answers if log is not None else ():
                await self._keep(run, self._allowed(exchange_of_browser(answer, to_iso(datetime.now(UTC))))[0])
            as_sent = exchange_of(request, response, to_iso(datetime.now(UTC)))
            run.count("requests")
            if (sent := AS_SENT.get(request)) is not None:
                sent.append(as_sent)
                return response
            exchange, forbidden = self._allowed(as_sent)
            condition = CONDITION.get(request) if response.status == NOT_MODIFIED else None
            held = condition.digest if condition is not None else None
            FETCH.put(request, Fetch(await self._keep(run, exchange, held), exchange.fetched_at, forbidden))
        return response

    def _allowed(self, exchange: Exchange) -> tuple[Exchange, Statement | None]:
        return allowed(exchange) if self._obeys else (exchange, None)

    async def _keep(self, run: Run, exchange: Exchange, held: str | None = None) -> int:
        """Write *exchange* and return the id of its row. *held*: it says that the body of this digest still holds."""
        if held is not None:
            exchange = replace(exchange, digest=held)
        return await self._crawl.write(self._crawl.captures.keep, run.outlet.slug, run.run_id, exchange)


def allowed(exchange: Exchange) -> tuple[Exchange, Statement | None]:
    """Return what may be kept of *exchange*, and the statement that forbids to keep its body; None if none does."""
    forbidden = why_withheld(exchange.url, exchange.headers, exchange.body)
    if forbidden is None:
        return exchange, None
    return replace(exchange, body=b"", digest=bytes_digest(b""), withheld=forbidden.written), forbidden


def exchange_of(request: Request, response: Response, fetched_at: str) -> Exchange:
    """Return what there is to keep of a request and its answer."""
    about = ABOUT.get(request)
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
        is_dom=bool(IS_RENDERED.get(request)),
        is_cut=CUT in response.flags,
    )


def exchange_of_browser(answer: "BrowserAnswer", fetched_at: str) -> Exchange:
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

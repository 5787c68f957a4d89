"""Note what answers say beside articles: rules of robots.txt, the end of a certificate, and what time it is there.

Read from answers that a crawl gets anyway; each is noted once a run of its outlet and host. archive.alerts judges it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from archive.alerts.observe import observe
from archive.crawl import Crawl, crawl_of
from kickcrawl.alerts.observed import robots_rules
from kickcrawl.dates import http_date, to_iso
from kickcrawl.urls import bare_host
from spiders.network.envelope import IS_ROBOTS

_CERTIFICATE_TIME = "%Y%m%d%H%M%SZ"  # ASN.1 GeneralizedTime, as OpenSSL gives it


class ObserveMiddleware:
    """Sees every answer, and notes the first of each host."""

    def __init__(self, crawl: Crawl) -> None:
        self._crawl = crawl
        self._noted: dict[tuple[str, str, str], int] = {}  # by which run of the outlet, the last

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ObserveMiddleware":
        """Return the middleware; NotConfigured where the spider has no archive (``kickcrawl add``)."""
        if (crawl := crawl_of(crawler.spider)) is None:
            raise NotConfigured  # without a word: only a news spider has an archive
        return cls(crawl)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Note what *response* says. Raises ArchiveError."""
        run = self._crawl.run_of(request.url)
        if run is None or bare_host(request.url) not in run.outlet.bare_hosts:  # a web archive's, say
            return response
        now = datetime.now(UTC)
        for subject, name, value in observations(request, response, now):
            whose = run.outlet.slug, subject, name
            if self._noted.get(whose) != run.run_id:
                self._noted[whose] = run.run_id
                await self._crawl.write(observe, run.outlet.slug, subject, name, value, to_iso(now))
        return response


def observations(request: Request, response: Response, now: datetime) -> Iterator[tuple[str, str, str]]:
    """Yield subject, name and value of what an answer says; *now* is by this machine's clock."""
    host = urlsplit(response.url).netloc
    if IS_ROBOTS.get(request) and (200 <= response.status < 300 or response.status in (404, 410)):
        body = response.body if response.status < 300 else b""
        yield "robots", urlsplit(request.url).netloc, robots_rules(body)
    if served := http_date((response.headers.get(b"Date") or b"").decode("latin-1")):
        yield "clock", host, str(round((served - now).total_seconds()))
    if response.certificate is not None:
        begin, end = certificate_span(response.certificate)
        yield "certificate", host, f"{to_iso(begin)} {to_iso(end)}"


def certificate_span(certificate: object) -> tuple[datetime, datetime]:
    """Return from when to when Twisted's *certificate* holds."""
    original = certificate.original  # type: ignore[attr-defined]  # an OpenSSL.crypto.X509
    ends = (original.get_notBefore(), original.get_notAfter())
    begin, end = (datetime.strptime(text.decode(), _CERTIFICATE_TIME).replace(tzinfo=UTC) for text in ends)
    return begin, end

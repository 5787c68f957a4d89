"""Ask servers whether an answer has changed since it was fetched (kickcrawl.validators says when), and show it if not.

To everything behind this an answer 304 is the answer that the archive holds, with today's header lines. It costs no
request more: what could not be shown again is not asked about.
"""

from collections.abc import Iterable

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.http.headers import Headers
from scrapy.responsetypes import responsetypes

from archive.asked import candidate_of
from archive.crawl import Crawl, Run, crawl_of
from archive.replay.held import ask, doubted_kinds, read_held
from kickcrawl.validators import CONDITIONAL_FIELDS, NOT_MODIFIED, ValidatorKind
from spiders.network.envelope import ABOUT, CONDITION, IS_FIRST, IS_RENDERED

_OF_THE_BODY = frozenset((b"Content-Encoding", b"Content-Length", b"Content-Type", b"Transfer-Encoding"))


class ConditionalMiddleware:
    """Stands between the captures, which are told of what was held, and the redirects."""

    def __init__(self, crawl: Crawl) -> None:
        self._crawl = crawl
        self._doubted: dict[int, frozenset[ValidatorKind]] = {}  # by run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ConditionalMiddleware":
        """Return the middleware; NotConfigured where the spider has no archive (``kickcrawl add``)."""
        if (crawl := crawl_of(crawler.spider)) is None:
            raise NotConfigured  # without a word: only a news spider has an archive
        return cls(crawl)

    async def process_request(self, request: Request) -> None:
        """Add the condition, if there is one. Raises ArchiveError."""
        CONDITION.pop(request)
        for field in CONDITIONAL_FIELDS:
            request.headers.pop(field, None)  # that of the address that redirected here
        run = self._crawl.run_of(request.url)
        if run is None or IS_FIRST.get(request) or IS_RENDERED.get(request) or request.method != "GET":
            return
        doubted = await self._doubted_in(run)
        candidate = candidate_of(ABOUT.get(request) or {})
        condition = await self._crawl.write(ask, run.outlet.slug, request.url, candidate, doubted)
        if condition is not None:
            CONDITION.put(request, condition)
            for field, value in condition.headers.items():
                request.headers[field] = value.encode("latin-1")

    async def process_response(self, request: Request, response: Response) -> Response:
        """Return the held answer in place of one that says it has not changed. Raises ArchiveError."""
        condition = CONDITION.pop(request)
        if condition is None or response.status != NOT_MODIFIED:
            return response
        held = await self._crawl.write(read_held, condition.capture_id)
        headers = Headers(_lines(held.headers))
        headers.update({name: values for name, values in response.headers.items() if name not in _OF_THE_BODY})
        cls = responsetypes.from_args(headers=headers, url=response.url, body=held.body)
        return response.replace(cls=cls, status=held.status, headers=headers, body=held.body)

    async def _doubted_in(self, run: Run) -> frozenset[ValidatorKind]:
        if run.run_id not in self._doubted:
            self._doubted[run.run_id] = await self._crawl.write(doubted_kinds, run.outlet.slug)
        return self._doubted[run.run_id]


def _lines(headers: Iterable[tuple[str, str]]) -> dict[str, list[bytes]]:
    lines: dict[str, list[bytes]] = {}
    for name, value in headers:
        lines.setdefault(name, []).append(value.encode("latin-1"))
    return lines

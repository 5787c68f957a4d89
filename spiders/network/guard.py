"""The address guard: nothing is connected to but public addresses, and what the operator allowed.

Checked twice, as close to the wire as Scrapy allows: the handler sees every request however it came about (start,
redirect, retry, robots), the resolver every address that a name stands for, which is the one connected to.
"""

import logging
import time
from collections.abc import Sequence
from contextlib import nullcontext
from typing import ClassVar

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response, TextResponse
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError
from twisted.web._newclient import HTTPParser

from kickcrawl.addresses import is_public, why_refused
from spiders.network.envelope import IS_ROBOTS, MAX_BYTES, ON_ANSWER, SENT_AT, SLOT, VOUCHED
from spiders.network.failures import Refused

# Settings that the spider makes from its plan: host:port that the operator allowed, and the outlets' hosts.
ALLOWED = "KICKCRAWL_ALLOWED_ENDPOINTS"
HOSTS = "KICKCRAWL_HOSTS"


# Twisted takes header lines of 16 kB and has no setting for it; policies of newsrooms (CSP) have more.
MAX_HEADER_BYTES = 128 << 10
HTTPParser.MAX_LENGTH = MAX_HEADER_BYTES

logger = logging.getLogger(__name__)


class GuardedHandler(HTTP11DownloadHandler):
    """HTTP with the guard in front of it; the pace of each host is kept here too, behind every queue."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._crawler = crawler
        self._allowed = frozenset(crawler.settings.getlist(ALLOWED))
        self._hosts = frozenset(crawler.settings.getlist(HOSTS))

    async def download_request(self, request: Request) -> Response:
        """Return the answer, requested inside the host's slot. Raises Refused for an address that is not allowed."""
        vouched = VOUCHED.get(request)
        hosts = self._hosts | {vouched} if vouched else self._hosts
        if reason := why_refused(request.url, self._allowed, hosts):
            self._crawler.stats.inc_value("guard/refused")
            raise Refused(f"{request.url} is not fetched: {reason}")
        async with (SLOT.get(request) or nullcontext)():
            SENT_AT.put(request, time.monotonic())
            response = plain_if_compressed(await self._download(request))
            if on_answer := ON_ANSWER.get(request):
                # Here: the next request goes out before any middleware has seen this answer.
                on_answer(request, response)
            return response

    async def _download(self, request: Request) -> Response:
        if not IS_ROBOTS.get(request):
            return await super().download_request(request)
        MAX_BYTES.put(request, 0)  # its first bytes are read however long it is: spiders.network.held_bytes cuts it
        try:
            return await super().download_request(request)
        finally:
            MAX_BYTES.pop(request)


def plain_if_compressed(response: Response) -> Response:
    """Return a compressed answer as one of bytes: what it is is told again once it is decompressed.

    As text Scrapy 2.19 guesses the charset of the compressed bytes, 2.6 ms a page where its header line names none
    (findings/scrapy-guesses-the-charset-of-gzip.sh).
    """
    if not isinstance(response, TextResponse) or "Content-Encoding" not in response.headers:
        return response
    return Response(**{name: getattr(response, name) for name in Response.attributes})


class GuardedResolver(CachingThreadedResolver):
    """Resolves names to public addresses only; names that the operator allowed to whatever they are.

    Scrapy makes one for the whole process, before any spider has its plan: so the spiders add to ``allowed_hosts``.
    """

    allowed_hosts: ClassVar[set[str]] = set()

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:
        """Return the address of *name*; fails with DNSLookupError where it is not public."""
        found: Deferred[str] = super().getHostByName(name, timeout)
        return found if name in self.allowed_hosts else found.addCallback(only_public, name)


def only_public(address: str, name: str) -> str:
    """Return *address*, which *name* was resolved to. Raises DNSLookupError where it is not public."""
    if not is_public(address):
        logger.warning("%s stands for %s, which is no public address: it is not fetched", name, address)
        raise DNSLookupError(f"{name} stands for {address}, which is no public address")
    return address

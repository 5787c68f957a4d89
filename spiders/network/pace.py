"""Politeness to a host in trouble: Retry-After is obeyed, pauses grow, and a host that keeps failing is left alone.

One Turn a host. Requests wait for it in the download handler, behind every queue, so that none is sent inside a pause.
It also bounds how many are under way: Scrapy's own slots start all that is queued at once when the event loop is busy
(2.19: a task counts as transferring only once it runs). Concurrent failures of a host count once. Before the circuit
opens, one probe request (robots.txt) is sent to the host.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from kickcrawl.urls import host_of
from spiders.network.envelope import DOWNLOAD_SLOT, IS_PROBE, IS_ROBOTS, NO_REDIRECT, NO_RETRY, ON_ANSWER, SENT_AT, SLOT
from spiders.network.failures import HostDown, Stopping, bound_of, reason_of

TROUBLED = frozenset((429, 500, 502, 503, 504, 522, 524))
FIRST_PAUSE = 1.0  # seconds after the first failure in a row; doubled with each further one

logger = logging.getLogger(__name__)


class Turn:
    """When the next request to a host may go out; *slots*: how many may be under way."""

    def __init__(self, host: str, max_pause: float, slots: int, stopped: asyncio.Future[None]) -> None:
        self.host = host
        self.not_before = 0.0  # time.monotonic()
        self.failures = 0  # in a row; concurrent failures count once
        self.down: str | None = None  # why it is left alone
        self.bound = ""  # the name of the bound by which it is
        self.probe: asyncio.Task[None] | None = None  # under way while the host is suspected to be down
        self._max_pause = max_pause
        self._slots = asyncio.Semaphore(slots)
        self._stopped = stopped
        self._counted_at = 0.0  # time.monotonic()

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Hold one of the host's slots, from when a request may go out until its answer has been noted."""
        async with self._slots:
            await self._wait()
            yield

    async def _wait(self) -> None:
        while True:
            await self.rest()
            self.check()
            if self.probe is None:
                return
            await asyncio.wait({self.probe, self._stopped}, return_when=asyncio.FIRST_COMPLETED)

    def check(self) -> None:
        """Raise HostDown if the host is left alone."""
        if self.down:
            raise HostDown(self.bound, f"{self.host} {self.down}")

    async def rest(self) -> None:
        """Wait until the host's pause is over, also one that it asks for meanwhile. Stopping: the crawl ends first."""
        while (left := self.not_before - time.monotonic()) > 0 and not self.down and not self._stopped.done():
            await asyncio.wait({self._stopped}, timeout=left)
        if self._stopped.done():
            raise Stopping("the crawl is ending")

    def failed(self, sent_at: float, retry_after: float | None = None) -> None:
        """Note that a request sent at *sent_at* failed; *retry_after* are the seconds that the host asked for."""
        now = time.monotonic()
        if sent_at >= self._counted_at:
            self.failures, self._counted_at = self.failures + 1, now
        pause = retry_after if retry_after is not None else FIRST_PAUSE * 2.0 ** min(self.failures - 1, 10)
        if retry_after is not None and pause > self._max_pause:
            self.give_up("pause", f"asks for a pause of {pause:.0f} s")
        self.not_before = max(self.not_before, now + min(pause, self._max_pause))

    def succeeded(self) -> None:
        """Note that the host has answered a request."""
        self.failures = 0

    def give_up(self, bound: str, why: str) -> None:
        """Leave the host alone for the rest of the run: it has hit the bound of that name, for the reason *why*."""
        if self.down is None:
            logger.warning("%s %s: nothing more is asked of it in this run", self.host, why)
            self.bound, self.down = bound, why


class PaceMiddleware:
    """Gives each request a slot of its host's turn, which the download handler holds while the request is under way."""

    def __init__(self, crawler: Crawler) -> None:
        self.turns: dict[str, Turn] = {}
        self._crawler = crawler
        self._max_failures = crawler.settings.getint("CIRCUIT_FAILURES")
        self._max_pause = crawler.settings.getfloat("PAUSE_LONGEST")
        self._slots = crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        self._stopped: asyncio.Future[None] = asyncio.get_event_loop().create_future()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "PaceMiddleware":
        """Return the crawl's one keeper of turns."""
        return cls(crawler)

    def turn(self, url: str) -> Turn:
        """Return the turn of the host of *url*."""
        host = host_of(url)
        if (known := self.turns.get(host)) is not None:
            return known
        return self.turns.setdefault(host, Turn(host, self._max_pause, self._slots, self._stopped))

    def forgive(self, hosts: Iterable[str]) -> None:
        """Ask *hosts* again, with the beginning of a run: what they failed in an earlier one counts no more."""
        for host in hosts:
            if turn := self.turns.get(host):
                turn.failures, turn.down, turn.bound = 0, None, ""

    def stop_with_this_task(self) -> None:
        """Stop when the current task ends: call it in the one that asks the spider for requests.

        To end a crawl, Scrapy cancels that task. While it rests between two requests, nothing is raised in the spider,
        and what waits out a pause would hold the crawl until the pause is over.
        """
        asking = asyncio.current_task()
        assert asking is not None
        asking.add_done_callback(lambda _: self.stop())

    def stop(self) -> None:
        """Send nothing more: what waits for its turn or in Scrapy's slots comes back at once, not sent."""
        if not self._stopped.done():
            self._stopped.set_result(None)
        downloader = self._crawler.engine.downloader
        for slot in downloader.slots.values():
            slot.delay = slot.jitter = 0.0
            if slot.latercall is not None:
                slot.latercall.cancel()
                slot.latercall = None
            downloader._process_queue(slot)

    async def process_request(self, request: Request) -> None:
        """Give the request its host's slot. Raises HostDown if nothing more is asked of the host."""
        turn = self.turn(request.url)
        turn.check()
        if not IS_PROBE.get(request):
            SLOT.put(request, turn.slot)
        ON_ANSWER.put(request, self._note)

    def process_response(self, request: Request, response: Response) -> Response:
        """Take our callbacks out of an answered request; the answer itself was noted in the download handler."""
        _forget(request)
        return response

    def _note(self, request: Request, response: Response) -> None:
        """Tell the turn how its host answered: before the next request goes out, so in the download handler."""
        turn = self.turn(request.url)
        if response.status in TROUBLED:
            # A single page may be broken for good; only 429 and 503 speak for the whole host.
            retry_after = _retry_after(response) if response.status in (429, 503) else 0.0
            self._failed(request, turn, f"HTTP {response.status}", retry_after)
        else:
            turn.succeeded()

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Count a request that came to nothing as a failure of its host, unless we refused it ourselves."""
        _forget(request)
        # A body that is too large says nothing against its host.
        if not isinstance(exception, IgnoreRequest) and bound_of(exception) in (None, "time"):
            self._failed(request, self.turn(request.url), reason_of(exception), None)

    def _failed(self, request: Request, turn: Turn, why: str, retry_after: float | None) -> None:
        turn.failed(SENT_AT.pop(request) or 0.0, retry_after)
        if not IS_PROBE.get(request) and turn.failures >= self._max_failures and not (turn.probe or turn.down):
            turn.probe = asyncio.ensure_future(self._probe(request, turn, why))

    async def _probe(self, request: Request, turn: Turn, why: str) -> None:
        """Ask a suspected host for its robots.txt: it may be single pages that fail, not the host.

        The circuit opens if that does not answer either.
        """
        # In a download slot of its own: all slots of the host may be held by requests that wait for this one. Not
        # redirected: to be sent elsewhere is an answer.
        flags = {key.name: True for key in (IS_PROBE, IS_ROBOTS, NO_RETRY, NO_REDIRECT)}
        meta = {**flags, **DOWNLOAD_SLOT.entry(f"probe of {turn.host}")}
        url, answers = urljoin(request.url, "/robots.txt"), False
        try:
            await turn.rest()
            asked = Request(url, callback=NO_CALLBACK, priority=1000, meta=meta)
            answers = (await self._crawler.engine.download_async(asked)).status not in TROUBLED
        except Stopping:
            answers = True  # nobody asks any more
        except Exception as error:  # of Scrapy's and Twisted's, of every kind: out of reach
            logger.info("%s cannot be reached: %s", url, reason_of(error))
        if not answers:
            turn.give_up("circuit", f"failed {self._max_failures} times in a row, last: {why}")
        turn.probe = None


def _forget(request: Request) -> None:
    """Take our callbacks out of the request: a retry or a redirect gets those of its own host."""
    SLOT.pop(request)
    ON_ANSWER.pop(request)


def _retry_after(response: Response) -> float | None:
    """Return the seconds in a Retry-After header, which gives seconds or a date (RFC 9110, 10.2.3)."""
    value = (response.headers.get(b"Retry-After") or b"").decode("latin-1").strip()
    if value.isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time()) if value else None
    except (ValueError, TypeError, OverflowError):
        return None

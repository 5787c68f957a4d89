"""Politeness to a host in trouble: Retry-After is obeyed, pauses grow, and a host that keeps failing is left alone.

One Turn a host. Requests wait for it in the download handler, behind every queue, so that none is sent inside a pause.
It also bounds how many are under way: Scrapy's own slots start all that is queued at once when the event loop is busy
(2.19: a task counts as transferring only once it runs).
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from kickcrawl.urls import host_of
from spiders.network.bounds import OverBound, bound_of
from spiders.words import in_words

TROUBLED = frozenset((429, 500, 502, 503, 504, 522, 524))
FIRST_PAUSE = 1.0  # seconds after the first failure, doubled with each further one
_TRIAL = "is_trial"  # key of the meta of the one request that a suspected host is asked with

logger = logging.getLogger(__name__)


class HostDown(OverBound):
    """The host keeps failing or asks to stay away: nothing more is asked of it in this run."""


class Stopping(IgnoreRequest):
    """The crawl is ending: what has not been sent is not sent any more."""


class Turn:
    """When the next request to a host may go out; *places*: how many may be under way."""

    def __init__(self, host: str, longest_pause: float, places: int, stopped: asyncio.Future[None]) -> None:
        self.host = host
        self.not_before = 0.0  # time.monotonic()
        self.failures = 0  # in a row; those that were under way together count as one
        self.down: str | None = None  # why it is left alone
        self.bound = ""  # the name of the bound by which it is
        self.trial: asyncio.Task[None] | None = None  # under way while the host is suspected to be down
        self._longest_pause = longest_pause
        self._places = asyncio.Semaphore(places)
        self._stopped = stopped
        self._counted_at = 0.0  # time.monotonic()

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Hold one of the host's places, from when a request may go out until its answer has been noted."""
        async with self._places:
            await self._wait()
            yield

    async def _wait(self) -> None:
        while True:
            await self.rest()
            self.check()
            if self.trial is None:
                return
            await asyncio.wait({self.trial, self._stopped}, return_when=asyncio.FIRST_COMPLETED)

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
        if retry_after is not None and pause > self._longest_pause:
            self.give_up("pause", f"asks for a pause of {pause:.0f} s")
        self.not_before = max(self.not_before, now + min(pause, self._longest_pause))

    def succeeded(self) -> None:
        self.failures = 0

    def give_up(self, bound: str, why: str) -> None:
        if self.down is None:
            logger.warning("%s %s: nothing more is asked of it in this run", self.host, why)
            self.bound, self.down = bound, why


class PaceMiddleware:
    """Gives each request its host's turn, which the download handler waits for and tells how it went."""

    def __init__(self, crawler: Crawler) -> None:
        self.turns: dict[str, Turn] = {}
        self._crawler = crawler
        self._most_failures = crawler.settings.getint("CIRCUIT_FAILURES")
        self._longest_pause = crawler.settings.getfloat("PAUSE_LONGEST")
        self._places = crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        self._stopped: asyncio.Future[None] = asyncio.get_event_loop().create_future()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "PaceMiddleware":
        return cls(crawler)

    def turn(self, url: str) -> Turn:
        host = host_of(url)
        return self.turns.setdefault(host, Turn(host, self._longest_pause, self._places, self._stopped))

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
        turn = self.turn(request.url)
        turn.check()
        if _TRIAL not in request.meta:
            request.meta["place"] = turn.place
        request.meta["note_answer"] = self._note

    def process_response(self, request: Request, response: Response) -> Response:
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
        _forget(request)
        # A body that is too large says nothing against its host.
        if not isinstance(exception, IgnoreRequest) and bound_of(exception) in (None, "time"):
            self._failed(request, self.turn(request.url), in_words(exception), None)

    def _failed(self, request: Request, turn: Turn, why: str, retry_after: float | None) -> None:
        turn.failed(request.meta.pop("sent_at", 0.0), retry_after)
        if _TRIAL not in request.meta and turn.failures >= self._most_failures and not (turn.trial or turn.down):
            turn.trial = asyncio.ensure_future(self._try(request, turn, why))

    async def _try(self, request: Request, turn: Turn, why: str) -> None:
        """Ask a suspected host for its robots.txt: it may be its pages that fail, not the host. The circuit opens if
        that does not answer either."""
        # In a slot of its own: all places of the host's may be held by requests that wait for this one. Not redirected:
        # to be sent elsewhere is an answer.
        flags = dict.fromkeys((_TRIAL, "is_robots", "dont_retry", "dont_redirect"), True)
        meta = {**flags, "download_slot": f"trial of {turn.host}"}
        url, answers = urljoin(request.url, "/robots.txt"), False
        try:
            await turn.rest()
            asked = Request(url, callback=NO_CALLBACK, priority=1000, meta=meta)
            answers = (await self._crawler.engine.download_async(asked)).status not in TROUBLED
        except Stopping:
            answers = True  # nobody asks any more
        except Exception as error:  # of Scrapy's and Twisted's, of every kind: out of reach
            logger.info("%s cannot be reached: %s", url, in_words(error))
        if not answers:
            turn.give_up("circuit", f"failed {self._most_failures} times in a row, last: {why}")
        turn.trial = None


def _forget(request: Request) -> None:
    for name in ("place", "note_answer"):
        request.meta.pop(name, None)


def _retry_after(response: Response) -> float | None:
    """Return the seconds in a Retry-After header, which gives seconds or a date (RFC 9110, 10.2.3)."""
    value = (response.headers.get(b"Retry-After") or b"").decode("latin-1").strip()
    if value.isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time()) if value else None
    except (ValueError, TypeError, OverflowError):
        return None

"""Politeness to a host in trouble: Retry-After is obeyed, pauses grow, and a host that keeps failing is left alone.

One Turn a host. Requests wait for it in the download handler, behind every queue, so that none is sent inside a pause.
"""

import asyncio
import logging
import time
from email.utils import parsedate_to_datetime

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from kickcrawl.urls import host_of
from spiders.words import in_words

TROUBLED = frozenset((429, 500, 502, 503, 504, 522, 524))
FIRST_PAUSE = 1.0  # seconds after the first failure, doubled with each further one
LONGEST_PAUSE = 60.0  # seconds; a host that asks for more is left alone for this run
GIVE_UP_AFTER = 12  # failures in a row, over all requests to the host

logger = logging.getLogger(__name__)


class HostDown(IgnoreRequest):
    """The host keeps failing or asks to stay away: nothing more is asked of it in this run."""


class Turn:
    """When the next request to a host may go out."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.not_before = 0.0  # time.monotonic()
        self.failures = 0
        self.down: str | None = None  # why it is left alone

    async def wait(self) -> None:
        while (remaining := self.not_before - time.monotonic()) > 0:
            if self.down:
                break
            await asyncio.sleep(remaining)
        if self.down:
            raise HostDown(f"{self.host} {self.down}")

    def failed(self, why: str, retry_after: float | None = None) -> None:
        """Note a failure; *retry_after* are the seconds that the host asked for."""
        self.failures += 1
        pause = retry_after if retry_after is not None else FIRST_PAUSE * 2 ** min(self.failures - 1, 5)
        if pause > LONGEST_PAUSE and retry_after is not None:
            self._give_up(f"asks for a pause of {pause:.0f} s")
        elif self.failures >= GIVE_UP_AFTER:
            self._give_up(f"failed {self.failures} times in a row, last: {why}")
        self.not_before = max(self.not_before, time.monotonic() + min(pause, LONGEST_PAUSE))

    def succeeded(self) -> None:
        self.failures = 0

    def _give_up(self, why: str) -> None:
        if self.down is None:
            logger.warning("%s %s: nothing more is asked of it in this run", self.host, why)
            self.down = why


class PaceMiddleware:
    """Gives each request its host's turn, and tells the turn how it went."""

    def __init__(self) -> None:
        self.turns: dict[str, Turn] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "PaceMiddleware":
        return cls()

    def turn(self, url: str) -> Turn:
        host = host_of(url)
        return self.turns.setdefault(host, Turn(host))

    async def process_request(self, request: Request) -> None:
        turn = self.turn(request.url)
        if turn.down:
            raise HostDown(f"{turn.host} {turn.down}")
        request.meta["wait_for_turn"] = turn.wait

    def process_response(self, request: Request, response: Response) -> Response:
        request.meta.pop("wait_for_turn", None)
        turn = self.turn(request.url)
        if response.status in TROUBLED:
            # A single page may be broken for good; only 429 and 503 speak for the whole host.
            retry_after = _retry_after(response) if response.status in (429, 503) else 0.0
            turn.failed(f"HTTP {response.status}", retry_after)
        else:
            turn.succeeded()
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        request.meta.pop("wait_for_turn", None)
        if not isinstance(exception, IgnoreRequest):
            self.turn(request.url).failed(in_words(exception))


def _retry_after(response: Response) -> float | None:
    """Return the seconds in a Retry-After header, which gives seconds or a date (RFC 9110, 10.2.3)."""
    value = (response.headers.get(b"Retry-After") or b"").decode("latin-1").strip()
    if value.isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time()) if value else None
    except (ValueError, TypeError):
        return None

"""Backpressure: limits the pages of all outlets that are in memory, so that no more are asked for than are read soon.

A page counts from its lease until it is resolved. A page that is slow to come, from a slow host or behind a pause, does
not count until it arrives: slow hosts take nothing from the others.
"""

import asyncio
from collections.abc import Callable

from scrapy import Request
from scrapy.http import Response

from kickcrawl.answer import SHOWN

PATIENCE = 2.0  # seconds
MIN_ROOM_PART = 4  # a fourth of the backlog must be free before more is leased: each lease costs a query


class Backlog:
    """Up to *most* pages; one that has not come after *patience* seconds does not count.

    *wake* is called when there may be room for others. Needs a running event loop.
    """

    def __init__(self, most: int, wake: Callable[[], None], patience: float = PATIENCE) -> None:
        self._most, self._wake, self._patience = most, wake, patience
        self._pages: dict[str, asyncio.TimerHandle | None] = {}  # by address; None once it is there

    @property
    def room(self) -> int:
        """How many more pages may be asked for: 0 until a good part of the backlog is free."""
        room = self._most - len(self._pages)
        return room if room * MIN_ROOM_PART >= self._most else 0

    def expect(self, url: str) -> None:
        """Count the page at *url*, which is asked for now, until it is resolved or takes longer than the patience."""
        self._forget(url)
        self._pages[url] = asyncio.get_running_loop().call_later(self._patience, self.left, url)

    def answered(self, response: Response, request: Request) -> None:
        """Count a page that has come. Any other answer is not counted on: a pause may follow it."""
        if (due := request.cb_kwargs.get("due")) is not None:
            (self.arrived if response.status in SHOWN else self.left)(due.url)

    def arrived(self, url: str) -> None:
        """Count the page at *url*, which is in memory, until it is resolved."""
        self._forget(url)
        self._pages[url] = None

    def left(self, url: str) -> None:
        """Count the page at *url* no more."""
        self._forget(url)
        self._wake()

    def _forget(self, url: str) -> None:
        if timer := self._pages.pop(url, None):
            timer.cancel()

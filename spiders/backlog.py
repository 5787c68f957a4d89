"""The pages of a crawl that are in memory, over all outlets: no more are asked for than can be read and stored soon.

A page counts from when it is leased until it is resolved. One that is long in coming, from a slow host or behind a
pause, does not count until it is there: such hosts take nothing from the others.
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
        """Count the page at *url*, which is asked for, until it is resolved or has kept us waiting."""
        self._forget(url)
        self._pages[url] = asyncio.get_running_loop().call_later(self._patience, self.left, url)

    def answered(self, response: Response, request: Request) -> None:
        """Be told of every answer: what came in place of a page may be followed by a pause, and is not waited for."""
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

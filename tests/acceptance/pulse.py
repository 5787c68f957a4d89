"""A Scrapy extension that feels the event loop's pulse: how long it did not come round, at worst.

    scrapy crawl ... -s 'EXTENSIONS={"tests.acceptance.pulse.Pulse": 1}'      # with KICKCRAWL_PULSE=FILE

At the end FILE holds the longest stall in seconds; FILE.stacks says where the loop was in those of a second and more.
"""

import asyncio
import faulthandler
import os
import time
from pathlib import Path

from scrapy import signals
from scrapy.crawler import Crawler

BEAT = 0.05  # seconds


class Pulse:
    """Sleeps for a beat, again and again, and notes how much later than asked it was woken."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._longest = 0.0
        self._stacks = Path(f"{file}.stacks").open("w")  # noqa: SIM115  (open as long as the crawl)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Pulse":
        pulse = cls(Path(os.environ["KICKCRAWL_PULSE"]))
        crawler.signals.connect(pulse._begin, signals.spider_opened)
        crawler.signals.connect(pulse._end, signals.spider_closed)
        return pulse

    def _begin(self) -> None:
        self._task = asyncio.ensure_future(self._feel())

    async def _feel(self) -> None:
        while True:
            faulthandler.dump_traceback_later(1, file=self._stacks)
            slept = time.monotonic()
            await asyncio.sleep(BEAT)
            self._longest = max(self._longest, time.monotonic() - slept - BEAT)

    def _end(self) -> None:
        self._task.cancel()
        faulthandler.cancel_dump_traceback_later()
        self._stacks.close()
        self._file.write_text(f"{self._longest:.2f}")

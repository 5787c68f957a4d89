"""A Scrapy extension that feels the event loop's pulse: how long it did not come round, at worst.

    scrapy crawl ... -s 'EXTENSIONS={"tests.acceptance.pulse.Pulse": 1}'      # with KICKCRAWL_PULSE=FILE

At the end FILE holds the longest stall in seconds; FILE.stacks says where the loop was in those of a second and more.
"""

import asyncio
import os
import sys
import threading
import time
import traceback
from pathlib import Path

from scrapy import signals
from scrapy.crawler import Crawler

BEAT = 0.05  # seconds
STALL = 1.0  # seconds after which it is noted where the loop is


class Pulse:
    """Sleeps for a beat, again and again, and notes how much later than asked it was woken."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._longest = 0.0
        self._stacks = Path(f"{file}.stacks").open("w")  # noqa: SIM115  (open as long as the crawl)
        self._slept = time.monotonic()
        self._is_over = threading.Event()
        # A thread of Python's, not faulthandler's timer: that one reads frames without the interpreter's lock, and
        # ended the crawl by a segmentation fault now and then (Python 3.11.7).
        self._watcher = threading.Thread(target=self._watch, args=[threading.get_ident()], daemon=True)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Pulse":
        pulse = cls(Path(os.environ["KICKCRAWL_PULSE"]))
        crawler.signals.connect(pulse._begin, signals.spider_opened)
        crawler.signals.connect(pulse._end, signals.spider_closed)
        return pulse

    def _begin(self) -> None:
        self._task = asyncio.ensure_future(self._feel())
        self._watcher.start()

    async def _feel(self) -> None:
        while True:
            self._slept = time.monotonic()
            await asyncio.sleep(BEAT)
            self._longest = max(self._longest, time.monotonic() - self._slept - BEAT)

    def _watch(self, loop: int) -> None:
        while not self._is_over.wait(BEAT):
            if (seconds := time.monotonic() - self._slept) > STALL:
                print(f"--- {seconds:.2f} s", file=self._stacks)
                traceback.print_stack(sys._current_frames()[loop], file=self._stacks)

    def _end(self) -> None:
        self._task.cancel()
        self._is_over.set()
        self._watcher.join()
        self._stacks.close()
        self._file.write_text(f"{self._longest:.2f}")

"""One pool of worker processes, from its start until it ends or breaks. workers.py replaces a broken one.

Pebble forgets the workers of a fork server that was killed, which the kernel does when memory runs out. They live on
beside new ones and take pages, and no time limit ends them. If all workers were idle, Pebble aborts the pages that it
holds, and later ones wait for ever. So this pool itself tells whether it is broken, and ends every process it started.
"""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from kickcrawl.garbage import collect_rarely
from kickcrawl.workers.forkserver import WorkerContext, shield_from_signals

MAX_PAGES_PER_WORKER = 2_000  # then a new one is started: limits what lxml's and trafilatura's caches may hold
POLL_INTERVAL = 1.0  # seconds between two checks whether the pool that a page waits for is broken
# Seconds beyond the time limit within which some page must end. A worker that was killed while it held the pool's lock
# leaves all others waiting for the lock: in Pebble for a minute, and for the page that it had taken even longer.
MAX_STALL = 10.0
ORPHANED_EXIT_CODE = 255  # multiprocessing's, of a process whose fork server cannot report the real one any more

Found = TypeVar("Found")


class BrokenPoolError(Exception):
    """The pool is unusable; the pages that it was reading must be read by another one."""


class Pool:
    """Worker processes that run functions, each within *time_limit* seconds: start(), run() and end().

    Its *processes* are forked from one that has loaded *module* (a dotted name).
    """

    def __init__(self, module: str, processes: int, time_limit: float) -> None:
        self._time_limit = time_limit
        self._context = WorkerContext(module)
        self._pool = ProcessPool(
            max_workers=processes, max_tasks=MAX_PAGES_PER_WORKER, context=self._context, initializer=collect_rarely
        )
        self._under_way = 0
        self._moved_at = 0.0  # monotonic seconds: when the last page ended, or came while none was under way

    def start(self) -> bool:
        """Start the processes; return whether that succeeded.

        Call it in a thread of its own: it is slow, and it blocks a signal there, which the fork server inherits.
        """
        shield_from_signals()
        try:
            return bool(self._pool.active)  # reading .active starts Pebble's pool
        except BrokenProcessPool:  # the fork server was killed meanwhile
            self._pool.stop()  # type: ignore[no-untyped-call]
            return False

    @property
    def is_broken(self) -> bool:
        """Whether the pool, once started, has stopped, lost its fork server, or made no progress for too long."""
        is_stalled = self._under_way and time.monotonic() - self._moved_at > self._time_limit + MAX_STALL
        return bool(is_stalled or self._context.lost_server() or not self._pool.active)

    async def run(self, function: Callable[..., Found], *values: Any) -> Found:
        """Return ``function(*values)``, run in a worker; its errors are raised here.

        Raises TimeoutError after the time limit, ProcessExpired if the worker ended, and BrokenPoolError.
        """
        try:
            if self.is_broken:
                raise BrokenPoolError
            waiting = asyncio.wrap_future(self._pool.schedule(function, args=values, timeout=self._time_limit))
        except RuntimeError:  # Pebble's: it broke just now
            raise BrokenPoolError from None
        if not self._under_way:
            self._moved_at = time.monotonic()
        self._under_way += 1
        try:
            while not (await asyncio.wait([waiting], timeout=POLL_INTERVAL))[0]:
                if self.is_broken:
                    raise BrokenPoolError
            found: Found = waiting.result()
        except BrokenProcessPool:
            raise BrokenPoolError from None
        except ProcessExpired as error:
            if error.exitcode == ORPHANED_EXIT_CODE and self.is_broken:
                raise BrokenPoolError from None
            raise
        except CancelledError:  # the pool's; asyncio has an error of its own for it
            raise asyncio.CancelledError from None
        finally:
            self._under_way -= 1
            if waiting.done():
                self._moved_at = time.monotonic()
            waiting.cancel()
        return found

    def end(self) -> None:
        """End the processes, also those that Pebble forgot; what they were reading is given up."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._context.kill()  # before join: a thread of Pebble's may wait for a pipe that they hold open
        self._pool.join()

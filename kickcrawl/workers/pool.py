"""One pool of worker processes, from its start until it ends or breaks. workers.py replaces a broken one.

Pebble forgets the workers of a fork server that was killed (the kernel does that when memory runs out): they live on
beside new ones, take pages, and no time limit ends them. Where all workers were idle it aborts what it holds, and what
it does not hold yet waits for ever. So a pool says itself whether it is broken, and ends every process it ever started.
"""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from kickcrawl.workers.forkserver import WorkerContext, settle_in, shield_from_signals

PAGES_A_WORKER = 2_000  # then a fresh one: bounds what lxml's and trafilatura's caches may hold
LOOK = 1.0  # seconds after which who waits looks whether the pool is broken
# Seconds beyond the time limit in which some page must end. A worker that was killed with the pool's lock in its hand
# leaves all others waiting for that (Pebble: for a minute, and then the page it had taken is waited for still).
STALL = 10.0
ORPHANED = 255  # multiprocessing's exit code of a process whose fork server cannot tell any more

Found = TypeVar("Found")


class BrokenPoolError(Exception):
    """The pool can read no more; what it was reading is to be read by another one."""


class Pool:
    """Start it, have it run() functions, and end it. Its processes have the module named *module* loaded."""

    def __init__(self, module: str, processes: int, time_limit: float) -> None:
        self._time_limit = time_limit
        self._context = WorkerContext(module)
        self._pool = ProcessPool(
            max_workers=processes, max_tasks=PAGES_A_WORKER, context=self._context, initializer=settle_in
        )
        self._under_way = 0
        self._moved_at = 0.0  # monotonic seconds: when last a page ended, or came where none was under way

    def start(self) -> bool:
        """Start the processes. Call in a thread: it takes a while, and the fork server inherits what that blocks."""
        shield_from_signals()
        try:
            return bool(self._pool.active)  # to ask whether it runs has it run
        except BrokenProcessPool:  # the fork server was killed meanwhile
            self._pool.stop()  # type: ignore[no-untyped-call]
            return False

    @property
    def is_broken(self) -> bool:
        """Tell of a started pool whether it has given up, lost its fork server, or stands still."""
        is_stalled = self._under_way and time.monotonic() - self._moved_at > self._time_limit + STALL
        return bool(is_stalled or self._context.lost_server() or not self._pool.active)

    async def run(self, function: Callable[..., Found], *values: Any) -> Found:
        """Return what *function* makes of *values* in a worker; what it raises is raised here.

        Raises TimeoutError, ProcessExpired where it ended its worker, and BrokenPoolError.
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
            while not (await asyncio.wait([waiting], timeout=LOOK))[0]:
                if self.is_broken:
                    raise BrokenPoolError
            found: Found = waiting.result()
        except BrokenProcessPool:
            raise BrokenPoolError from None
        except ProcessExpired as error:
            if error.exitcode == ORPHANED and self.is_broken:
                raise BrokenPoolError from None
            raise
        except CancelledError:  # the pool's; a task knows only asyncio's
            raise asyncio.CancelledError from None
        finally:
            self._under_way -= 1
            if waiting.done():
                self._moved_at = time.monotonic()
            waiting.cancel()
        return found

    def end(self) -> None:
        """End the processes, those that Pebble forgot as well; what they were reading is given up."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._context.kill()  # first: a thread of Pebble's may be filling a pipe that they hold open
        self._pool.join()

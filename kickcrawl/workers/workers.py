"""Worker processes that read pages and seeds, each within limits of time and memory.

A page that takes too long is given up by killing its worker, which is replaced within milliseconds: lxml and
trafilatura are C code that no exception can interrupt. A page that is lost because a process was killed, be it a worker
or the fork server that started it, is read again.
"""

import asyncio
import logging
import os
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pkgutil import resolve_name
from typing import Any, TypeVar

from pebble import ProcessExpired

from kickcrawl.article import Page, Rejection
from kickcrawl.errors import HarmfulSeedError, KickcrawlError
from kickcrawl.settings import READ_MEMORY, READ_TIMEOUT
from kickcrawl.workers import EXTRACT
from kickcrawl.workers.forkserver import within
from kickcrawl.workers.judged import Judged, judge
from kickcrawl.workers.pool import BrokenPoolError, Pool

MAX_IDLE = 5.0  # seconds for which nothing is asked; then the processes end, each of which holds some 60 MB
MAX_TRIES = 3  # of a page whose worker died or whose pool broke: the kernel may have killed it for another's memory

logger = logging.getLogger(__name__)

Asked = TypeVar("Asked")
Found = TypeVar("Found")


async def in_order(
    asked: Iterable[Asked], read: Callable[[Asked], Awaitable[Found]], ahead: int
) -> AsyncGenerator[tuple[Asked, Found], None]:
    """Yield each of *asked* with what *read* returns for it, in order; at most *ahead* are under way at a time.

    What is still under way is cancelled when the caller closes the generator.
    """
    pending: deque[tuple[Asked, asyncio.Future[Found]]] = deque()
    try:
        for one in asked:
            pending.append((one, asyncio.ensure_future(read(one))))
            if len(pending) >= ahead:
                oldest, future = pending.popleft()
                yield oldest, await future
        while pending:
            oldest, future = pending.popleft()
            yield oldest, await future
    finally:
        for _, future in pending:
            future.cancel()


class Workers:
    """Processes that read pages by the function named *reader*, "module:name". Close it after use.

    *processes*: as many as the machine has CPUs if None. *time_limit*: seconds for one page or seed. *memory*: bytes
    that reading one may need. *max_idle*: seconds without anything to read, after which the processes end; the next
    page starts new ones, which takes milliseconds while their fork server lives.
    """

    def __init__(
        self,
        reader: str = EXTRACT,
        *,
        processes: int | None = None,
        time_limit: float = READ_TIMEOUT,
        memory: int = READ_MEMORY,
        max_idle: float = MAX_IDLE,
    ) -> None:
        self._reader = reader
        self._max_idle = max_idle
        self._time_limit, self._memory = time_limit, memory
        processes = processes or os.cpu_count() or 1
        self.ahead = 4 * processes  # pages under way that keep all processes busy
        self._new_pool = partial(Pool, reader.partition(":")[0], processes, time_limit)
        self._pool = self._new_pool()
        self._starter = ThreadPoolExecutor(max_workers=1)  # one thread: a broken pool ends before the next one starts
        self._started: Future[bool] | None = None
        self._is_closed = False
        self._under_way = 0
        self._resting: asyncio.TimerHandle | None = None  # ends the processes unless something is asked before

    def start(self) -> "Future[bool]":
        """Start the processes, unless that has begun, without waiting for them: they import for half a second.

        The future's result tells whether they were started.
        """
        if self._started is None:
            self._started = self._starter.submit(self._pool.start)
        return self._started

    async def call(self, function: Callable[..., Found], *values: Any) -> Found:
        """Return ``function(*values)``, run in a worker; for reading seeds. *function* stands at module level.

        Raises HarmfulSeedError if it takes too much time or memory, kills the worker, or fails by a mistake of ours: a
        hostile seed must neither block the event loop nor end the crawl. Other errors of kickcrawl are raised as they
        are.
        """
        try:
            return await self._run(function, *values)
        except TimeoutError:
            raise HarmfulSeedError(f"it could not be read within {self._time_limit:g} s") from None
        except MemoryError:
            raise HarmfulSeedError("reading it takes too much memory") from None
        except ProcessExpired as error:
            raise HarmfulSeedError(f"its reader ended with code {error.exitcode}") from None
        except BrokenPoolError:
            raise HarmfulSeedError(f"its readers were killed, {MAX_TRIES} times") from None
        except KickcrawlError:
            raise
        except Exception as error:
            logger.exception("a seed could not be read")
            raise HarmfulSeedError(f"it could not be read ({type(error).__name__}: {error})"[:200]) from error

    async def read(self, page: Page, *, keyed: bool = True) -> Judged:
        """Return what *page* gives; a Rejection if it has no article, exceeds a limit or kills its worker.

        Not *keyed*: without lookup keys, a tenth of the time, for whoever does not store it, or has it already.
        """
        try:
            return await self._run(_read, self._reader, page, keyed)
        except TimeoutError:
            why = Rejection(reason="timeout", detail=f"could not be read within {self._time_limit:g} s")
        except MemoryError:
            why = Rejection(reason="too-large", detail="reading it takes too much memory")
        except ProcessExpired as error:
            why = Rejection(reason="worker-died", detail=f"its worker ended with code {error.exitcode}")
        except BrokenPoolError:
            why = Rejection(reason="worker-died", detail=f"the workers were killed, {MAX_TRIES} times")
        except Exception as error:  # a mistake of ours that this page brings out must not end the crawl
            logger.exception("%s could not be read", page.requested_url)
            why = Rejection(reason="reader-failed", detail=f"{type(error).__name__}: {error}"[:200])
        return Judged(read=why, result=why)

    async def _run(self, function: Callable[..., Found], *values: Any) -> Found:
        """Return ``function(*values)``, run in a worker; its errors are raised here."""
        if self._resting is not None:
            self._resting.cancel()
        self._under_way += 1
        try:
            return await self._try(function, *values)
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._resting = asyncio.get_running_loop().call_later(self._max_idle, self._rest)

    def _rest(self) -> None:
        """End the processes, which nothing needs now, in the starter's thread; what is read next starts others."""
        if not self._is_closed:
            self._starter.submit(self._pool.end)
            self._pool, self._started = self._new_pool(), None

    async def _try(self, function: Callable[..., Found], *values: Any) -> Found:
        """Return the same, tried again where a worker or the pool was killed."""
        for tried in range(1, MAX_TRIES + 1):
            await asyncio.wrap_future(self.start())
            pool = self._pool
            try:
                return await pool.run(within, self._memory, function, *values)
            except BrokenPoolError:
                self._replace(pool)
                if tried == MAX_TRIES:
                    raise
            except ProcessExpired:
                if tried == MAX_TRIES:
                    raise
        raise AssertionError("the last try returns or raises")

    def _replace(self, broken: Pool) -> None:
        """Replace the *broken* pool by a new one; the first of all tasks that wait for it does so."""
        if self._pool is broken and not self._is_closed:
            logger.warning("worker processes were killed; new ones read again what those had")
            self._starter.submit(broken.end)
            self._pool = self._new_pool()
            self._started = self._starter.submit(self._pool.start)

    def close(self) -> None:
        """End the processes; what they were reading is given up."""
        self._is_closed = True
        self._starter.shutdown()
        self._pool.end()


def _read(reader: str, page: Page, keyed: bool) -> Judged:
    """In a worker: have the function named *reader* read *page*, and judge what it found."""
    return judge(page, resolve_name(reader)(page), keyed=keyed)

"""The pool of worker processes that read pages and seeds, with a time limit for each. Used by the crawl and by
re-extraction.

A page that takes too long is given up by killing its worker, which is replaced in milliseconds: lxml and trafilatura
are C code that no exception can interrupt (a page was seen to keep them busy for 22 s). What is lost because a process
was killed, be it a worker or the fork server they come from, is read again.
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

from kickcrawl.article import Article, Page, Rejection
from kickcrawl.errors import KickcrawlError, SeedError
from kickcrawl.settings import READ_MEMORY, READ_TIMEOUT
from kickcrawl.workers.forkserver import within
from kickcrawl.workers.pool import BrokenPoolError, Pool

TRIES = 3  # of a page whose worker died or whose pool broke: the kernel may have killed it for another's memory

# Where the function stands that reads a page, as module:name. By its name, so that only the workers import trafilatura.
EXTRACT = "kickcrawl.extract:extract"

logger = logging.getLogger(__name__)

Asked = TypeVar("Asked")
Found = TypeVar("Found")


async def in_order(
    asked: Iterable[Asked], read: Callable[[Asked], Awaitable[Found]], ahead: int
) -> AsyncGenerator[tuple[Asked, Found], None]:
    """Yield each of *asked* with what *read* finds for it, in order; at most *ahead* are under way at a time."""
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
    """A pool of processes that read pages by the function named *reader*. Close it after use."""

    def __init__(
        self,
        reader: str = EXTRACT,
        *,
        processes: int | None = None,
        time_limit: float = READ_TIMEOUT,
        memory: int = READ_MEMORY,  # bytes
    ) -> None:
        self._reader = reader
        self._time_limit, self._memory = time_limit, memory
        processes = processes or os.cpu_count() or 1
        self.ahead = 4 * processes  # pages under way that keep all processes busy
        self._new_pool = partial(Pool, reader.partition(":")[0], processes, time_limit)
        self._pool = self._new_pool()
        self._starter = ThreadPoolExecutor(max_workers=1)  # ends a broken pool, too, and before the next one starts
        self._started: Future[bool] | None = None
        self._is_closed = False

    def start(self) -> "Future[bool]":
        """Start the processes, if that has not begun yet, without waiting for them: they import for half a second."""
        if self._started is None:
            self._started = self._starter.submit(self._pool.start)
        return self._started

    async def call(self, function: Callable[..., Found], *values: Any) -> Found:
        """Return what *function*, which stands at module level, makes of *values*: how seeds are read.

        Raises SeedError where that takes too long, kills the worker or shows a mistake of ours: a site that answers
        with more than can be read must neither hold the event loop nor end the crawl.
        """
        try:
            return await self._run(function, *values)
        except TimeoutError:
            raise SeedError(f"it could not be read within {self._time_limit:g} s") from None
        except MemoryError:
            raise SeedError("reading it takes too much memory") from None
        except ProcessExpired as error:
            raise SeedError(f"its reader ended with code {error.exitcode}") from None
        except BrokenPoolError:
            raise SeedError(f"its readers were killed, {TRIES} times") from None
        except KickcrawlError:
            raise
        except Exception as error:
            logger.exception("a seed could not be read")
            raise SeedError(f"it could not be read ({type(error).__name__}: {error})"[:200]) from error

    async def read(self, page: Page) -> Article | Rejection:
        """Return what is in *page*; a Rejection if reading it took too long or killed its worker."""
        try:
            return await self._run(_read, self._reader, page)
        except TimeoutError:
            return Rejection(reason="timeout", detail=f"could not be read within {self._time_limit:g} s")
        except MemoryError:
            return Rejection(reason="too-large", detail="reading it takes too much memory")
        except ProcessExpired as error:
            return Rejection(reason="worker-died", detail=f"its worker ended with code {error.exitcode}")
        except BrokenPoolError:
            return Rejection(reason="worker-died", detail=f"the workers were killed, {TRIES} times")
        except Exception as error:  # a mistake of ours that this page shows: it must not take the crawl with it
            logger.exception("%s could not be read", page.requested_url)
            return Rejection(reason="reader-failed", detail=f"{type(error).__name__}: {error}"[:200])

    async def _run(self, function: Callable[..., Found], *values: Any) -> Found:
        """Return what *function* makes of *values* in a worker; what it raises is raised here."""
        for tried in range(1, TRIES + 1):
            await asyncio.wrap_future(self.start())
            pool = self._pool
            try:
                return await pool.run(within, self._memory, function, *values)
            except BrokenPoolError:
                self._replace(pool)
                if tried == TRIES:
                    raise
            except ProcessExpired:
                if tried == TRIES:
                    raise
        raise AssertionError("the last try returns or raises")

    def _replace(self, broken: Pool) -> None:
        """Put a new pool in the place of a *broken* one, which the first to find it so does for all who wait for it."""
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


def _read(reader: str, page: Page) -> Article | Rejection:
    """In a worker: have the function named *reader* read *page*."""
    result: Article | Rejection = resolve_name(reader)(page)
    return result

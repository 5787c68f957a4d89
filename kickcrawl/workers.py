"""The pool of worker processes that read pages and seeds, with a time limit for each. Used by the crawl and by
re-extraction.

A page that takes too long is given up by killing its worker, which is replaced in milliseconds: lxml and trafilatura
are C code that no exception can interrupt (one page with 40,000 attributes on a tag kept them busy for 22 s).
"""

import asyncio
import logging
import multiprocessing
import os
import resource
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from kickcrawl.article import Article, Page, Rejection
from kickcrawl.errors import KickcrawlError, SeedError
from kickcrawl.settings import READ_MEMORY, READ_TIMEOUT

PAGES_A_WORKER = 2_000  # then a fresh one: bounds what lxml's and trafilatura's caches may hold

logger = logging.getLogger(__name__)

Reader = Callable[[Page], Article | Rejection]
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
    """A pool of processes that run *read* on pages. Start it before use and close it after."""

    def __init__(
        self,
        read: Reader,
        *,
        processes: int | None = None,
        time_limit: float = READ_TIMEOUT,
        memory: int = READ_MEMORY,  # bytes
    ) -> None:
        self._read = read
        self._time_limit, self._memory = time_limit, memory
        # A fork server: workers start clean, not as copies of a process with threads and an event loop, and a killed
        # one is replaced by a fork of a process that has all modules loaded.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([read.__module__])
        processes = processes or os.cpu_count() or 1
        self.ahead = 4 * processes  # pages under way that keep all processes busy
        self._is_started = False
        self._starting: asyncio.Future[object] | None = None
        self._pool = ProcessPool(
            max_workers=processes,
            max_tasks=PAGES_A_WORKER,
            context=context,
        )

    async def call(self, function: Callable[..., Found], *values: Any) -> Found:
        """Return what *function*, which stands at module level, makes of *values*: how seeds are read.

        Raises SeedError where that takes too long, kills the worker or shows a mistake of ours: a site that answers
        with a bomb must neither hold the event loop nor end the crawl.
        """
        await self._start()
        future = self._pool.schedule(_within, args=[self._memory, function, *values], timeout=self._time_limit)
        try:
            found: Found = await asyncio.wrap_future(future)
        except TimeoutError:
            raise SeedError(f"it could not be read within {self._time_limit:g} s") from None
        except MemoryError:
            raise SeedError("reading it takes too much memory") from None
        except ProcessExpired as error:
            raise SeedError(f"its reader ended with code {error.exitcode}") from None
        except CancelledError:
            raise asyncio.CancelledError from None
        except KickcrawlError:
            raise
        except Exception as error:
            logger.exception("a seed could not be read")
            raise SeedError(f"it could not be read ({type(error).__name__}: {error})"[:200]) from error
        return found

    async def read(self, page: Page) -> Article | Rejection:
        """Return what is in *page*; a Rejection if reading it took too long or killed its worker."""
        await self._start()
        future = self._pool.schedule(_within, args=[self._memory, self._read, page], timeout=self._time_limit)
        try:
            result: Article | Rejection = await asyncio.wrap_future(future)
        except TimeoutError:
            return Rejection(reason="timeout", detail=f"could not be read within {self._time_limit:g} s")
        except MemoryError:
            return Rejection(reason="too-large", detail="reading it takes too much memory")
        except ProcessExpired as error:
            return Rejection(reason="worker-died", detail=f"its worker ended with code {error.exitcode}")
        except CancelledError:
            raise asyncio.CancelledError from None
        except Exception as error:  # a mistake of ours that this page shows: it must not take the crawl with it
            logger.exception("%s could not be read", page.requested_url)
            return Rejection(reason="reader-failed", detail=f"{type(error).__name__}: {error}"[:200])
        return result

    async def _start(self) -> None:
        """Start the processes, in a thread: the fork server loads the extractor first, which takes a second or two."""
        if not self._is_started:
            self._starting = self._starting or asyncio.ensure_future(asyncio.to_thread(self._pool.schedule, os.getpid))
            await asyncio.shield(self._starting)
            self._is_started = True

    def close(self) -> None:
        """End the processes; what they were reading is given up."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def _within(memory: int, function: Callable[..., Found], *values: Any) -> Found:
    """Return what *function* makes of *values*; MemoryError if this process fills *memory* bytes more for it.

    Counted from what it holds now: the caches of lxml and trafilatura grow with the pages that were read before.
    """
    statm = Path("/proc/self/statm")
    if statm.exists():  # Linux; elsewhere only the size of what is read is bounded
        held = int(statm.read_text().split()[5]) * resource.getpagesize()
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        most = held + memory
        resource.setrlimit(resource.RLIMIT_DATA, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    return function(*values)

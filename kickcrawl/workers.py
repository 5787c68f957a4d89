"""The pool of worker processes that read pages, with a time limit for each. Used by the crawl and by re-extraction.

A page that takes too long is given up by killing its worker, which is replaced in milliseconds: lxml and trafilatura
are C code that no exception can interrupt (one page with 40,000 attributes on a tag kept them busy for 22 s).
"""

import asyncio
import gc
import logging
import os
import signal
import sys
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from multiprocessing.context import ForkServerContext
from multiprocessing.resource_tracker import ensure_running
from multiprocessing.synchronize import RLock
from pkgutil import resolve_name
from typing import TypeVar

from pebble import ProcessExpired, ProcessPool

from kickcrawl.article import Article, Page, Rejection

TIME_LIMIT = 10  # seconds a page; the slowest honest one seen took 0.5
PAGES_A_WORKER = 2_000  # then a fresh one: bounds what lxml's and trafilatura's caches may hold

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


def collect_garbage_seldom() -> None:
    """Look for garbage in cycles once in 50,000 objects, and never among what the modules made as they were loaded.

    A page makes some ten thousand objects and hardly a cycle: a tenth of the CPU went into looking for them.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


class Workers:
    """A pool of processes that read pages by the function named *reader*. Close it after use."""

    def __init__(self, reader: str = EXTRACT, *, processes: int | None = None, time_limit: float = TIME_LIMIT) -> None:
        self._reader = reader
        self._time_limit = time_limit
        context = _Context()
        context.set_forkserver_preload(["kickcrawl.apart", reader.partition(":")[0]])
        _leave_main_out()
        processes = processes or os.cpu_count() or 1
        self.ahead = 4 * processes  # pages under way that keep all processes busy
        self._pool = ProcessPool(
            max_workers=processes, max_tasks=PAGES_A_WORKER, initializer=collect_garbage_seldom, context=context
        )
        self._starter = ThreadPoolExecutor(max_workers=1)
        self._started: Future[bool] | None = None

    def start(self) -> "Future[bool]":
        """Start the processes, if that has not begun yet, without waiting for them: they import for half a second."""
        if self._started is None:
            self._started = self._starter.submit(self._start)
        return self._started

    def _start(self) -> bool:
        ensure_running()  # before the signal is blocked, for it ends with unblocking it
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})  # the fork server inherits it: kickcrawl/apart.py
        return bool(self._pool.active)  # to ask whether it runs has it run

    async def read(self, page: Page) -> Article | Rejection:
        """Return what is in *page*; a Rejection if reading it took too long or killed its worker."""
        await asyncio.wrap_future(self.start())
        future = self._pool.schedule(_read, args=[self._reader, page], timeout=self._time_limit)
        try:
            result: Article | Rejection = await asyncio.wrap_future(future)
        except TimeoutError:
            return Rejection(reason="timeout", detail=f"could not be read within {self._time_limit:g} s")
        except ProcessExpired as error:
            return Rejection(reason="worker-died", detail=f"its worker ended with code {error.exitcode}")
        except CancelledError:
            raise asyncio.CancelledError from None
        except Exception as error:  # a mistake of ours that this page shows: it must not take the crawl with it
            logger.exception("%s could not be read", page.requested_url)
            return Rejection(reason="reader-failed", detail=f"{type(error).__name__}: {error}"[:200])
        return result

    def close(self) -> None:
        """End the processes; what they were reading is given up."""
        self._starter.shutdown()
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


class _Context(ForkServerContext):
    """How the pool starts processes: by a fork server, so that they are no copies of a process with threads and an
    event loop, and a killed one is replaced by a fork of a process that has all modules loaded.

    Holds the pool's locks until the pool is gone. A worker that is just being started looks them up by name; Pebble
    removes the names before it ends its workers, and such a one would print a traceback.
    """

    def __init__(self) -> None:
        super().__init__()
        self._locks: list[RLock] = []

    def RLock(self) -> RLock:  # noqa: N802  (multiprocessing's name)
        self._locks.append(super().RLock())
        return self._locks[-1]


def _leave_main_out() -> None:
    """Have workers not run the main module of this program again, as multiprocessing lets each of them do.

    They need nothing of it, and Scrapy's or the command line's takes longer to import than all that reads a page.
    """
    main = sys.modules["__main__"]
    main.__spec__ = None
    vars(main).pop("__file__", None)


def _read(reader: str, page: Page) -> Article | Rejection:
    """In a worker: have the function named *reader* read *page*."""
    result: Article | Rejection = resolve_name(reader)(page)
    return result

"""How worker processes are started: by a fork server, apart from the program that uses them.

So they are no copies of a process with threads and an event loop, and a killed one is replaced by a fork of a process
that has all modules loaded. Used by kickcrawl/workers.py alone, but for within(), which bounds the site, too.
"""

import gc
import resource
import signal
import sys
from collections.abc import Callable
from multiprocessing.context import ForkServerContext
from multiprocessing.resource_tracker import ensure_running
from multiprocessing.synchronize import RLock
from pathlib import Path
from typing import Any, TypeVar

Found = TypeVar("Found")


class WorkerContext(ForkServerContext):
    """Holds the pool's locks until the pool is gone.

    A worker that is just being started looks them up by name; Pebble removes the names before it ends its workers, and
    such a one would print a traceback.
    """

    def __init__(self, *modules: str) -> None:
        """*modules* are loaded once, by the fork server."""
        super().__init__()
        self._locks: list[RLock] = []
        self.set_forkserver_preload(["kickcrawl.apart", *modules])
        _leave_main_out()

    def RLock(self) -> RLock:  # noqa: N802  (multiprocessing's name)
        self._locks.append(super().RLock())
        return self._locks[-1]


def shield_from_signals() -> None:
    """Call in the thread that starts the fork server: it inherits that SIGTERM is blocked (see kickcrawl/apart.py)."""
    ensure_running()  # before the signal is blocked, for it ends with unblocking it
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})


def settle_in() -> None:
    """In a new worker: look for garbage in cycles seldom, and never among what the modules made as they were loaded.

    A page makes some ten thousand objects and hardly a cycle: a tenth of the CPU went into looking for them.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def within(memory: int, function: Callable[..., Found], *values: Any) -> Found:
    """Return what *function* makes of *values*; MemoryError if it fills *memory* bytes more for that.

    For a process that does nothing else, such as a worker: the bound stays.

    Counted from what it holds now: the caches of lxml and trafilatura grow with the pages that were read before.
    """
    statm = Path("/proc/self/statm")
    if statm.exists():  # Linux; elsewhere only the size of what is read is bounded
        held = int(statm.read_text().split()[5]) * resource.getpagesize()
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        most = held + memory
        resource.setrlimit(resource.RLIMIT_DATA, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    return function(*values)


def _leave_main_out() -> None:
    """Have workers not run the main module of this program again, as multiprocessing lets each of them do.

    They need nothing of it, and Scrapy's or the command line's takes longer to import than all that reads a page.
    """
    main = sys.modules["__main__"]
    main.__spec__ = None
    vars(main).pop("__file__", None)

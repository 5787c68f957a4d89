"""How worker processes are started: by a fork server, apart from the program that uses them.

So they are no copies of a process with threads and an event loop, and a killed one is replaced by a fork of a process
that has all modules loaded. Used by kickcrawl/workers/workers.py alone, but for within(), which bounds the site, too.
"""

import gc
import os
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.resource_tracker import ensure_running
from multiprocessing.synchronize import RLock
from pathlib import Path
from typing import Any, TypeVar

Found = TypeVar("Found")


class Worker(ForkServerProcess):
    """A process that tells its process identifier to *started* once it has one."""

    def __init__(self, *, started: Callable[[int], None], **values: Any) -> None:
        super().__init__(**values)
        self._started = started

    def start(self) -> None:
        super().start()
        assert self.pid is not None, "it has been started"
        self._started(self.pid)

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "_started"}  # what the worker is sent


class WorkerContext(ForkServerContext):
    """Holds a pool's locks until the pool is gone, and knows the processes that were started for it.

    A worker that is just being started looks the locks up by name; Pebble removes the names before it ends its workers,
    and such a one would print a traceback. Pebble forgets its workers when their fork server dies.
    """

    def __init__(self, *modules: str) -> None:
        """*modules* are loaded once, by the fork server."""
        super().__init__()
        self._locks: list[RLock] = []
        self._groups: dict[int, int] = {}  # of each living worker: its process group, which is named by its fork server
        self._servers: set[int] = set()
        self.set_forkserver_preload(["kickcrawl.workers.detach", *modules])
        _leave_main_out()

    def RLock(self) -> RLock:  # noqa: N802  (multiprocessing's name)
        self._locks.append(super().RLock())
        return self._locks[-1]

    def Process(self, **values: Any) -> Worker:  # type: ignore[override]  # noqa: N802  (multiprocessing's name)
        return Worker(started=self._note, **values)

    def _note(self, worker: int) -> None:
        self._groups = {one: group for one, group in self._groups.items() if _group(one) == group}
        group = _group(worker)
        if (
            group is not None and group != os.getpgrp()
        ):  # else it has died, or kickcrawl/workers/detach.py did not do its part
            self._groups[worker] = group
            self._servers.add(group)

    def lost_server(self) -> bool:
        """Tell whether a fork server that workers were started by has ended."""
        return any(map(_has_ended, tuple(self._servers)))

    def kill(self) -> None:
        """Kill all workers, also those whose fork server has ended, of which nobody else knows."""
        for worker, group in tuple(self._groups.items()):
            if _group(worker) == group:  # not a process of somebody else's that came by the same number
                with suppress(ProcessLookupError):
                    os.kill(worker, signal.SIGKILL)


def shield_from_signals() -> None:
    """Call in the thread that starts the fork server: it inherits that SIGTERM is blocked (see detach.py)."""
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


def _group(process: int) -> int | None:
    try:
        return os.getpgid(process)
    except ProcessLookupError:
        return None


def _has_ended(child: int) -> bool:
    """Tell whether a *child* of this process has ended, and leave its exit code to multiprocessing."""
    if not hasattr(os, "waitid"):  # macOS before Python 3.13: then Pebble is believed
        return False
    try:
        return os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:  # multiprocessing has fetched it
        return True


def _leave_main_out() -> None:
    """Have workers not run the main module of this program again, as multiprocessing lets each of them do.

    They need nothing of it, and Scrapy's or the command line's takes longer to import than all that reads a page.
    """
    main = sys.modules["__main__"]
    main.__spec__ = None
    vars(main).pop("__file__", None)

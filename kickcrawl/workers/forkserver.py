"""How worker processes are started: by a fork server, apart from the program that uses them.

So workers are not copies of a process with threads and an event loop, and a killed one is replaced by a fork of a
process that has all modules loaded. Used by pool.py; within() also limits the memory of the site's queries.
"""

import os
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.resource_tracker import ensure_running
from multiprocessing.synchronize import RLock
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

# What every worker needs beside its reader. Loaded before they fork it stands in memory once, and costs each .1 s less.
_IN_EACH_WORKER = ("kickcrawl.workers.workers", "pebble.pool.process", "rensa")

Found = TypeVar("Found")


class Worker(ForkServerProcess):
    """A process that calls *started* with its process identifier once it has one."""

    def __init__(self, *, started: Callable[[int], None], **values: Any) -> None:
        super().__init__(**values)
        self._started = started

    def start(self) -> None:
        """Start the process, and report its identifier."""
        super().start()
        assert self.pid is not None, "it has been started"
        self._started(self.pid)

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "_started"}  # sent to the worker


class WorkerContext(ForkServerContext):
    """Keeps a pool's locks until the pool is gone, and knows the processes that were started for it.

    A worker that is just starting opens the locks by name. Pebble removes the names before it ends its workers, and
    such a worker would print a traceback. Pebble also forgets its workers when their fork server dies.
    """

    def __init__(self, *modules: str) -> None:
        """Have the fork server load *modules* (dotted names) once, for all workers."""
        super().__init__()
        self._locks: list[RLock] = []
        self._groups: dict[int, int] = {}  # process group of each living worker; it has the fork server's identifier
        self._servers: set[int] = set()  # process identifiers of the fork servers
        self.set_forkserver_preload(["kickcrawl.workers.detach", *modules, *_IN_EACH_WORKER])
        leave_main_out()

    def RLock(self) -> RLock:  # noqa: N802  (multiprocessing's name)
        """Return a new lock, and keep it."""
        self._locks.append(super().RLock())
        return self._locks[-1]

    def Process(self, **values: Any) -> Worker:  # type: ignore[override]  # noqa: N802  (multiprocessing's name)
        """Return a new worker, which is noted once it starts."""
        return Worker(started=self._note, **values)

    def _note(self, worker: int) -> None:
        self._groups = {one: group for one, group in self._groups.items() if _group(one) == group}
        group = _group(worker)
        # Otherwise the worker has died, or detach.py could not leave the crawl's group.
        if group is not None and group != os.getpgrp():
            self._groups[worker] = group
            self._servers.add(group)

    def lost_server(self) -> bool:
        """Tell whether a fork server that has started workers has ended."""
        return any(map(_has_ended, tuple(self._servers)))

    def kill(self) -> None:
        """Kill all workers, also those whose fork server has ended, which Pebble does not know any more."""
        for worker, group in tuple(self._groups.items()):
            if _group(worker) == group:  # else the identifier belongs to another process by now
                with suppress(ProcessLookupError):
                    os.kill(worker, signal.SIGKILL)


def start_server(module: str) -> None:
    """Start the fork server, which loads *module* (a dotted name), without waiting for it.

    Otherwise the first worker starts it, and waits while it loads for half a second.
    """
    WorkerContext(module)
    Thread(target=_start_server).start()


def _start_server() -> None:
    shield_from_signals()
    forkserver.ensure_running()


def shield_from_signals() -> None:
    """Block SIGTERM in this thread; call it in the one that starts the fork server, which inherits that (detach.py)."""
    ensure_running()  # first, since it unblocks the signal at its end
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})


def within(memory: int, function: Callable[..., Found], *values: Any) -> Found:
    """Return ``function(*values)``; MemoryError if the process needs more than *memory* bytes beside what it holds now.

    Not an absolute limit, since the caches of lxml and trafilatura grow with the pages that were read before. For a
    process that does nothing else, such as a worker: the limit stays. Only on Linux; elsewhere nothing is limited.
    """
    statm = Path("/proc/self/statm")
    if statm.exists():
        held = int(statm.read_text().split()[5]) * resource.getpagesize()
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        limit = held + memory
        resource.setrlimit(resource.RLIMIT_DATA, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
    return function(*values)


def _group(process: int) -> int | None:
    try:
        return os.getpgid(process)
    except ProcessLookupError:
        return None


def _has_ended(child: int) -> bool:
    """Tell whether *child*, a process of this one, has ended; its exit code is left to multiprocessing."""
    if not hasattr(os, "waitid"):  # macOS before Python 3.13: there only Pebble's own state tells
        return False
    try:
        return os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:  # multiprocessing has fetched its exit code
        return True


def leave_main_out() -> None:
    """Keep workers from importing the main module of this program again, as multiprocessing has each of them do.

    They need nothing of it, and Scrapy or the command line take longer to import than all that reads a page.
    """
    main = sys.modules["__main__"]
    main.__spec__ = None
    vars(main).pop("__file__", None)

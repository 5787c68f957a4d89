"""The archive as an event loop uses it: every call runs on one thread of its own, one after the other.

So a lock that another process holds for a minute is waited for without the crawl's connections timing out, and one
connection is never used from two threads at once.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from archive.database import Archive, open_archive

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Writer:
    """An archive behind one thread. ``await writer(function, ...)`` calls ``function(archive, ...)`` there."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="archive")

    async def __call__(
        self, function: Callable[Concatenate[Archive, _P], _T], *args: _P.args, **kwargs: _P.kwargs
    ) -> _T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, lambda: function(self.archive, *args, **kwargs))

    def close(self) -> None:
        """Finish what is waiting and close the archive."""
        self._thread.submit(self.archive.close).result()
        self._thread.shutdown()


_open: dict[Path, tuple[Writer, int]] = {}


def acquire_writer(path: Path) -> Writer:
    """Return this process's writer for the archive at *path*, opened if need be; give it back with release_writer."""
    path = path.resolve()
    writer, users = _open.get(path) or (Writer(open_archive(path, create=True)), 0)
    _open[path] = (writer, users + 1)
    return writer


def release_writer(path: Path) -> None:
    """Give a writer back; the last one closes it."""
    path = path.resolve()
    writer, users = _open[path]
    if users > 1:
        _open[path] = (writer, users - 1)
        return
    del _open[path]
    writer.close()

"""Run the checks of an archive: on all cores where it is large, each in a process that has opened it for itself."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from archive.database import CHECK_CACHE_KIB, Archive, open_archive
from kickcrawl.errors import ArchiveError
from kickcrawl.workers.forkserver import leave_main_out

MIN_SPREAD = 100_000_000  # bytes that the checks read in all, from which on starting processes pays


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One of the checks: *what* it looks at, in words; *weight*: about how many bytes of SQLite's it is worth.

    *run* returns how many things it has checked, and raises ArchiveError for the first fault. It stands at module level
    (or is a partial of what does), so that another process can run it.
    """

    what: str
    weight: int
    run: Callable[[Archive], int]


Progress = Callable[[Check], object]  # is told each check that is done


def run_checks(
    archive: Archive,
    checks: Sequence[Check],
    progress: Progress = lambda _: None,
    *,
    processes: int | None = None,
    min_spread: int = MIN_SPREAD,
) -> list[int]:
    """Run *checks* and return what each has counted, in their order. Raises ArchiveError for the first fault found.

    In as many *processes* as there are CPUs, where the checks weigh *min_spread* or more.
    """
    processes = processes or os.cpu_count() or 1
    if processes == 1 or sum(check.weight for check in checks) < min_spread:
        return [_run_here(archive, check, progress) for check in checks]
    leave_main_out()
    is_read_only = bool(archive.count("PRAGMA query_only"))
    with ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=_open, initargs=(archive.path, is_read_only)
    ) as pool:
        futures: dict[Future[int | _Fault], Check] = {pool.submit(_run, check): check for check in checks}
        for future in as_completed(futures):
            found = future.result()
            if isinstance(found, _Fault):
                pool.shutdown(cancel_futures=True)
                raise ArchiveError(found.path, found.reason)
            progress(futures[future])
        return [found for found in (future.result() for future in futures) if isinstance(found, int)]


def _run_here(archive: Archive, check: Check, progress: Progress) -> int:
    count = check.run(archive)
    progress(check)
    return count


@dataclass(frozen=True, slots=True)
class _Fault:
    """What an ArchiveError says, for another process."""

    path: Path | str
    reason: str


_opened: list[Archive] = []  # in a worker: the archive, for as long as it lives


def _open(path: Path, is_read_only: bool) -> None:
    archive = open_archive(path, read_only=is_read_only)
    archive.write(f"PRAGMA cache_size = -{CHECK_CACHE_KIB}")
    archive.write("PRAGMA temp_store = MEMORY")  # what is sorted has 60 bytes a row; in a file SQLite caches 2 MB of it
    _opened.append(archive)


def _run(check: Check) -> "int | _Fault":
    try:
        return check.run(_opened[0])
    except ArchiveError as error:
        return _Fault(error.path, error.reason)

"""File locks of the operating system, which are released however a process ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from kickcrawl.errors import ArchiveError

_ALL = "_all"  # no outlet can be called so


@contextmanager
def lock_all(archive: Path) -> Iterator[None]:
    """Hold the lock of ``kickcrawl run`` on *archive*; raises ArchiveError at once where another one holds it."""
    with _held(archive, _ALL, "another `kickcrawl run` is at work on this archive; it takes what is due itself"):
        yield


@contextmanager
def lock_run(archive: Path, outlet: str) -> Iterator[None]:
    """Hold the lock of *outlet* on *archive*; raises ArchiveError at once where another run holds it."""
    with _held(archive, outlet, f"another run of {outlet} is writing to this archive; wait until it has ended"):
        yield


@contextmanager
def _held(archive: Path, name: str, told: str) -> Iterator[None]:
    """Hold the lock *name*; raises ArchiveError at once, with what is *told*, where another process holds it."""
    lock = FileLock(_lock_of(archive, name))
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise ArchiveError(archive, told) from error
    except OSError as error:
        raise ArchiveError(archive, f"the lock of {name} cannot be taken beside the archive ({error})") from error
    try:
        yield
    finally:
        lock.release()


def is_locked(archive: Path, outlet: str) -> bool:
    """Tell whether a run of *outlet* is writing to *archive*; also who may only read can ask, and leaves no file."""
    path = _lock_of(archive, outlet)
    return path.exists() and _is_held(path)


def _is_held(path: Path) -> bool:
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def _lock_of(archive: Path, outlet: str) -> Path:
    return archive.with_name(f"{archive.name}.{outlet}.lock")


@contextmanager
def lock_schema(archive: Path) -> Iterator[None]:
    """Hold the lock under which the schema is made or migrated; waits for its turn. Raises ArchiveError."""
    lock = FileLock(archive.with_name(f"{archive.name}.schema.lock"))
    try:
        lock.acquire()
    except OSError as error:
        raise ArchiveError(
            archive, f"the archive cannot be written; check its folder's permissions ({error})"
        ) from error
    try:
        yield
    finally:
        lock.release()

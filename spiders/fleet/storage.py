"""A folder of any file system of fsspec, in which each file is created once, whole or not at all, and never changed.

To create a file must fail where there is one, also for two at once: the local file system and NFS do so by link(2),
Amazon's S3 and its kind by a conditional put (If-None-Match), Google's by a generation match. Where a store has
nothing of the kind, two workers could take one shard: such a storage is refused.

Keys and address of a store come from the environment of each process, as its client reads them: AWS_ACCESS_KEY_ID,
AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT_URL for S3. Workers have that of the `ray start` on their machine, and not that of
`kickcrawl fleet run`, whose orders hold no keys; only where Ray is started by that command is it the same.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import fsspec
from fsspec.implementations.local import LocalFileSystem

from kickcrawl.errors import ArchiveError, UsageError

CONDITIONAL = ("s3", "s3a", "gs", "gcs")  # stores with a conditional put, as fsspec calls them
PATIENCE = 300.0  # seconds that a store may be away, for instance to be restarted
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 10.0  # seconds between two trials
_SMALL = 16 << 20  # bytes that are sent in one request

T = TypeVar("T")


class Storage:
    """The files below *url*, as "/srv/fleet" or "s3://bucket/fleet". Names are relative, parted by "/".

    Where the store does not answer, each call tries again for *patience* seconds; then
    ArchiveError. Raises UsageError for a store without exclusive creation, or whose package is missing.
    """

    def __init__(self, url: str, patience: float = PATIENCE) -> None:
        protocol = url.partition("://")[0] if "://" in url else "file"
        if protocol not in (*CONDITIONAL, "file", "local"):
            raise UsageError(
                f"{url}: {protocol} cannot create a file only where there is none; use a folder, S3 or GCS"
            )
        self.url, self._patience = url, patience
        uncached = {"use_listings_cache": False} if protocol in CONDITIONAL else {}  # others write here, too
        try:
            self._fs, self._root = fsspec.core.url_to_fs(url, **uncached)
        except ImportError as error:
            why = f"a package is missing ({error}); S3 needs `make fleet`, Google's storage gcsfs in .venv/fleet"
            raise UsageError(f"{url}: {why}") from error
        self._is_local = isinstance(self._fs, LocalFileSystem)

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a small file; None where there is none."""

        def ask() -> bytes | None:
            try:
                return bytes(self._fs.cat_file(self._path(name)))
            except FileNotFoundError:
                return None

        return self._patiently(ask)

    def create(self, name: str, data: bytes) -> bool:
        """Create a small file; False where there is one of other bytes already. *data* are nobody else's."""

        def put() -> bool:
            try:
                self._create(self._path(name), data)
            except FileExistsError:  # perhaps by a trial of ours of which no answer came
                return self.read(name) == data
            return True

        return self._patiently(put)

    def upload(self, path: Path, name: str) -> None:
        """Copy the file at *path* here; where one is, of a trial that was cut off, it is replaced. Whole or not."""

        def put() -> None:
            if self._is_local:
                self._copy_whole(path, Path(self._path(name)))
            else:  # not open(…, "wb"): an error within would leave half of it, as if it were whole
                self._fs.put_file(str(path), self._path(name))
            if (there := self._fs.info(self._path(name))["size"]) != path.stat().st_size:
                raise ArchiveError(path, f"{self.url}/{name} has {there} bytes; it was not taken whole")

        self._patiently(put)

    def download(self, name: str, path: Path) -> None:
        """Copy a file from here to *path*, whole or not. Raises ArchiveError where it is not there."""
        part = path.with_name(f"{path.name}.part")

        def get() -> None:
            try:
                self._fs.get_file(self._path(name), str(part))
            except FileNotFoundError as error:
                raise ArchiveError(path, f"{self.url}/{name} is not there, though its shard names it") from error

        path.parent.mkdir(parents=True, exist_ok=True)
        self._patiently(get)
        os.replace(part, path)

    def names(self, folder: str) -> list[str]:
        """Return the names of what is in *folder*, sorted; none where it is not there."""

        def ask() -> list[str]:
            try:
                found = self._fs.ls(self._path(folder), detail=False)
            except FileNotFoundError:
                return []
            return sorted(str(path).rstrip("/").rpartition("/")[2] for path in found)

        return [name for name in self._patiently(ask) if name and not name.startswith(".")]

    def delete(self, name: str) -> None:
        """Delete a file, if it is there."""

        def drop() -> None:
            try:
                self._fs.rm_file(self._path(name))
            except FileNotFoundError:
                return

        self._patiently(drop)

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _create(self, path: str, data: bytes) -> None:
        if not self._is_local:
            self._fs.pipe_file(path, data, mode="create")
            return
        part = _part_of(Path(path))
        try:
            _write_flushed(part, data)
            os.link(part, path)  # fails where there is one; the name never stands for half a file
        finally:
            part.unlink(missing_ok=True)

    def _copy_whole(self, path: Path, target: Path) -> None:
        part = _part_of(target)
        try:
            with path.open("rb") as source, part.open("wb") as copy:
                while chunk := source.read(_SMALL):
                    copy.write(chunk)
                copy.flush()
                os.fsync(copy.fileno())
            os.replace(part, target)
        finally:
            part.unlink(missing_ok=True)

    def _patiently(self, ask: Callable[[], T]) -> T:
        """Return what *ask* returns, asked again while the store is away."""
        end, pause = time.monotonic() + self._patience, _FIRST_PAUSE
        while True:
            try:
                return ask()
            except (FileNotFoundError, FileExistsError, PermissionError) as error:
                raise ArchiveError(self.url, f"the store refuses ({error}); check its address and rights") from error
            except _ERRORS as error:
                if self._is_local:
                    raise ArchiveError(self.url, f"it cannot be read or written ({error})") from error
                if time.monotonic() >= end:
                    why = f"the store does not answer ({error}); is it running? then give the command again"
                    raise ArchiveError(self.url, why) from error
            time.sleep(pause)
            pause = min(_LONGEST_PAUSE, 2 * pause)


def _away() -> tuple[type[Exception], ...]:
    """Return what the clients of stores raise, beside OSError, where these do not answer."""
    try:
        from aiohttp import ClientError
        from botocore.exceptions import BotoCoreError
    except ImportError:  # storages are local then
        return ()
    return (ClientError, BotoCoreError)


_ERRORS: tuple[type[Exception], ...] = (OSError, *_away())


def _part_of(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.with_name(f".{path.name}.{uuid4().hex[:8]}")


def _write_flushed(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())

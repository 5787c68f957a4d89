"""Write a file or a folder whole or not at all: under another name first, renamed when it is complete."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kickcrawl.errors import UsageError

_BESIDE = ("", "-wal", "-shm", "-journal")


def refuse_own(archive: Path, output: Path) -> None:
    """Raise UsageError where *output* is a file that the archive consists of: its database, WAL or locks."""
    own, target = archive.resolve(), output.resolve()
    beside = target.name.removeprefix(own.name)  # "", or what SQLite and the locks add
    if target.parent == own.parent and (beside in _BESIDE or (beside != target.name and beside.endswith(".lock"))):
        raise UsageError(f"{output}: this belongs to the archive itself; name another file")


@contextmanager
def whole(output: Path) -> Iterator[Path]:
    """Give a path to write to that becomes *output* at the end; on any error it goes, and *output* is as it was.

    Raises UsageError where nothing can be written.
    """
    part = _part_of(output)
    try:
        if output.is_dir():
            raise IsADirectoryError(None, "it is a folder")
        yield part
        os.replace(part, output)
    except BaseException as error:
        with suppress(OSError):  # it may never have been created
            part.unlink()
        if isinstance(error, OSError):
            raise UsageError(f"{output}: cannot be written ({error.strerror or error})") from error
        raise


@contextmanager
def whole_folder(output: Path) -> Iterator[Path]:
    """Give an empty folder to write into that becomes *output* at the end; on any error it goes.

    Raises UsageError where *output* is there already, or nothing can be written.
    """
    if output.exists():
        raise UsageError(f"{output}: is there already; remove it, or name another folder")
    part = _part_of(output)
    try:
        part.mkdir()
        yield part
        os.replace(part, output)
    except BaseException as error:
        shutil.rmtree(part, ignore_errors=True)
        if isinstance(error, OSError):
            raise UsageError(f"{output}: cannot be written ({error.strerror or error})") from error
        raise


def _part_of(output: Path) -> Path:
    """Return where *output* is written first; a name of this process, since two may write to one *output*."""
    return output.with_name(f"{output.name}.{os.getpid()}.part")

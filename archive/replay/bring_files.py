"""Put WARC files beside an archive, each record a gzip member of its own, so that its offset leads to it."""

import gzip
import os
import shutil
from contextlib import suppress
from pathlib import Path

from archive.warc.files import Damage, border
from archive.warc.scan import scan
from archive.whole_file import whole
from kickcrawl.errors import UsageError

_TRAILER = b"\r\n\r\n"  # behind each record


def bring(path: Path, folder: Path, *, is_loose: bool) -> Path:
    """Return where the file at *path* is in *folder* now: linked, copied where that cannot be, or, if *is_loose*,
    written anew, record by record.

    Raises UsageError where another file of that name is there, ArchiveError where the disk does not give or take it.
    """
    here = folder / (path.name if path.name.endswith(".gz") else f"{path.name}.gz")
    if here.exists() and here.samefile(path) and not is_loose:
        return here
    if here.exists():
        raise UsageError(f"{here} is there already, with other bytes; build the archive in a folder of its own")
    with border(folder):
        folder.mkdir(parents=True, exist_ok=True)
    if not is_loose:
        with suppress(OSError):  # another file system
            os.link(path, here)
            return here
    with whole(here) as part, border(path):
        if is_loose:
            _compress(path, part)
        else:
            shutil.copyfile(path, part)
    return here


def _compress(path: Path, here: Path) -> None:
    """Write the whole records of *path* into *here*, each compressed by itself."""
    with here.open("wb") as file:
        for found in scan(path):
            if not isinstance(found, Damage):
                is_loose = found.data.startswith(b"WARC/")
                file.write(gzip.compress(found.data + _TRAILER, mtime=0) if is_loose else found.data)

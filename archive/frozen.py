"""Archives where nothing can be written: read-only media, another user's folder. SQLite's log asks for two files there.

With both (-wal and -shm) SQLite reads without writing. Without a log the file alone is the whole archive, and is opened
as one that does not change. A log without its -shm cannot be read where that cannot be made.
"""

import os
from pathlib import Path
from urllib.parse import urlencode

from kickcrawl.errors import ArchiveError


def is_frozen(path: Path) -> bool:
    """Tell whether this process can write neither to the archive at *path* nor to its folder.

    Raises ArchiveError where its log holds what the file lacks, and cannot be read.
    """
    real = path.resolve()
    wal, shm = (real.with_name(f"{real.name}{ending}") for ending in ("-wal", "-shm"))
    if os.access(real.parent, os.W_OK) or not real.exists():
        return False
    if shm.exists() and wal.exists():
        return False
    if wal.exists() and wal.stat().st_size:
        why = f"what {wal.name} beside it holds cannot be read where nothing can be written"
        raise ArchiveError(path, f"{why}; copy both files to a folder of your own and name that")
    return True


def uri(path: Path, mode: str) -> str:
    """Return SQLite's address of the archive at *path*, to be opened in *mode*: ro, rw or rwc. Raises ArchiveError."""
    told = {"mode": mode} | ({"immutable": "1"} if mode == "ro" and is_frozen(path) else {})
    return f"{path.resolve().as_uri()}?{urlencode(told)}"

"""Where the archive is, where nothing else is said of it."""

import os
from pathlib import Path

DEFAULT_ARCHIVE = Path("data/archive.db")


def archive_path(given: "str | os.PathLike[str] | None") -> Path:
    """Return where the archive is: as *given* (the setting ARCHIVE), else KICKCRAWL_ARCHIVE, else data/archive.db."""
    return Path(given or os.environ.get("KICKCRAWL_ARCHIVE") or DEFAULT_ARCHIVE)

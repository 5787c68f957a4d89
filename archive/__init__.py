"""The archive: one SQLite file with its WARC files, and everything that reads or writes them.

For researchers: `from archive import open_archive`. (archive.database has the function by which our own code opens an
archive for SQL; this one gives records, data frames and pages, and never writes.)
"""

from typing import TYPE_CHECKING

import kickcrawl  # noqa: F401  (puts the checkout first on sys.path)
from archive.place import archive_path

if TYPE_CHECKING:
    import os

    from archive.corpus.corpus import Corpus

__all__ = ["open_archive"]


def open_archive(path: "str | os.PathLike[str] | None" = None) -> "Corpus":
    """Open the archive at *path* for reading; without one, that of KICKCRAWL_ARCHIVE, else data/archive.db.

    Use it in a `with` block, or close() it. Raises kickcrawl.errors.ArchiveError where there is no archive.
    """
    from archive.corpus.corpus import Corpus  # only here: every module of the archive imports this file

    return Corpus(archive_path(path))

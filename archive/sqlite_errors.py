"""Say what SQLite's errors mean to who runs kickcrawl, and what to do. Pure."""

from archive.version import VERSION

LOCK_TIMEOUT = 90  # seconds to wait for another writer
_HINTS = {
    "file is not a database": "this is no SQLite database; name another file for the archive",
    "Permission denied": "the archive cannot be opened; check its permissions and its folder's",
    "readonly": "the archive cannot be written; check its permissions and its disk",
    "unable to open": "the archive cannot be opened; check that the folder is there and may be written",
    "locked": f"another program has held the archive locked for {LOCK_TIMEOUT} s; end it, or try again later",
    "disk is full": "the disk is full; free some space and run again: nothing that was stored is lost",
    "disk I/O": "the disk cannot be written: full, failing, or beyond a limit; mend that and run again",
    "malformed": "the archive is damaged; restore a backup",
}


def in_words(error: Exception) -> str:
    """Return what *error* means and what to do, with its own words behind; these alone where no hint is known."""
    text = str(error)
    hint = next((hint for mark, hint in _HINTS.items() if mark in text), None)
    return f"{hint} ({text})" if hint else text


def what_is_missing(error: Exception) -> str:
    """Return the words of *error* if it says that there is no such table or column, else ""."""
    text = str(error)
    return text if text.startswith(("no such table", "no such column")) else ""


def update_first(version: int, lacks: str = "") -> str:
    """Return what to do with an archive of an earlier *version*, which *lacks* something that was asked for."""
    return (
        f"this archive is of version {version}, and what is asked for needs version {VERSION}: run `kickcrawl update`; "
        f"where nothing can be written, copy the archive and update the copy{f' ({lacks})' if lacks else ''}"
    )

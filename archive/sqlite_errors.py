"""What goes wrong with an archive's file, in words that say what to do. Pure."""

LOCK_TIMEOUT = 90  # seconds to wait for another writer


def in_words(error: Exception) -> str:
    """Return what *error* of SQLite or of the operating system says, and what to do about it."""
    text = str(error)
    hints = {
        "file is not a database": "this is no SQLite database; name another file for the archive",
        "Permission denied": "the archive cannot be opened; check its permissions and its folder's",
        "readonly": "the archive cannot be written; check its permissions and its disk",
        "unable to open": "the archive cannot be opened; check that the folder is there and may be written",
        "locked": f"another program has held the archive locked for {LOCK_TIMEOUT} s; end it, or try again later",
        "disk is full": "the disk is full; free some space and run again: nothing that was stored is lost",
        "disk I/O": "the disk cannot be written: full, failing, or beyond a limit; mend that and run again",
        "malformed": "the archive is damaged; restore a backup",
    }
    hint = next((hint for mark, hint in hints.items() if mark in text), None)
    return f"{hint} ({text})" if hint else text

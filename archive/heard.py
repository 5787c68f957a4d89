"""Report progress while SQLite works on one long step."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Tell = Callable[[str], None]  # takes a sentence for the operator
TELL_EVERY = 10.0  # seconds between two reports
_LOOK_EVERY = 100_000  # steps of SQLite's virtual machine between two looks at the clock: some milliseconds


@contextmanager
def heard(connection: sqlite3.Connection, tell: Tell, step: str) -> Iterator[None]:
    """Tell that *step* is going on, again and again while SQLite works."""
    begin = last = time.monotonic()

    def look() -> None:
        nonlocal last
        if (now := time.monotonic()) - last >= TELL_EVERY:
            last = now
            tell(f"{step}: going on, {now - begin:.0f} s so far")

    connection.set_progress_handler(look, _LOOK_EVERY)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)

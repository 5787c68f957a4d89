"""What a visitor may ask of the machine: work, rows, sizes. Everything is read-only already (SQLite's mode=ro)."""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from datasette import Response, database, hookimpl

from archive.database import limit_work
from archive.site.headers import App, Scope, Send

SETTINGS: dict[str, object] = {
    "sql_time_limit_ms": 2000,  # of a processor (work_limit)
    "facet_time_limit_ms": 800,
    "max_returned_rows": 1000,
    "max_csv_mb": 0,  # whole (whole_csv.py): a file that ends early looks like one that does not
    "default_page_size": 50,
    "default_facet_size": 12,
    "truncate_cells_html": 300,
    "num_sql_threads": 4,
    "suggest_facets": False,  # every page of a table would cost a scan for each of its columns
    "allow_download": False,  # `kickcrawl backup` makes a whole copy; the file alone may lack the last transactions
}
MAX_VALUE = 4 << 20  # bytes of one value; the text of one page has some 2 MB at most
MAX_ANSWER = 16 << 20  # bytes of the rows of one query, as Python holds them; as JSON they take some times as much
# Bytes that SQLite itself may fill, all connections together: one row of 2,000 such values is made before any is seen.
MAX_SQLITE_MEMORY = 64 << 20
# Bytes that the process may fill while it serves (Linux): the last resort, where many ask for such answers at once.
MAX_MEMORY = 256 << 20


@contextmanager
def work_limit(connection: sqlite3.Connection, milliseconds: int) -> Iterator[None]:
    """Interrupt what takes this thread more *milliseconds* of a processor.

    Datasette's own limit counts what passes on the clock, so that on a busy machine it ends what is little work; and it
    takes Python's lock from all other threads 50 times as often.
    """
    limit_work(connection, milliseconds / 1000)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)


def bound_work() -> None:
    """Have Datasette bound work, not time, wherever it asks the archive itself."""
    database.sqlite_timelimit = work_limit


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Bound what one connection may fill; called for each that Datasette opens."""
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE)
    conn.execute(f"PRAGMA hard_heap_limit = {MAX_SQLITE_MEMORY}")  # can only be lowered, and visitors run no pragma
    conn.row_factory = counting_rows(MAX_ANSWER)


def counting_rows(most: int) -> Callable[[sqlite3.Cursor, tuple[Any, ...]], sqlite3.Row]:
    """Return a row factory that lets a query have *most* bytes of rows; OperationalError beyond."""
    held: WeakKeyDictionary[sqlite3.Cursor, int] = WeakKeyDictionary()

    def row(cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> sqlite3.Row:
        held[cursor] = held.get(cursor, 0) + sys.getsizeof(values) + sum(map(sys.getsizeof, values))
        if held[cursor] > most:
            cursor.close()  # it holds a row, too, and the exception's traceback holds the cursor
            raise sqlite3.OperationalError(f"the answer has more than {most >> 20} MiB; ask for less")
        return sqlite3.Row(cursor, values)

    return row


@hookimpl
def asgi_wrapper() -> Callable[[App], App]:
    """Refuse what is not for reading, before Datasette sees it."""
    return only_reading


def only_reading(app: App) -> App:
    """Return *app* for readers alone: it takes nothing, and Datasette falls over methods that it does not know."""

    async def answer(scope: Scope, receive: Any, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in ("GET", "HEAD"):
            await Response.text("This site is for reading.\n", status=405, headers={"Allow": "GET, HEAD"}).asgi_send(
                send
            )
        else:
            await app(scope, receive, send)

    return answer

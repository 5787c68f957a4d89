"""What a visitor may ask of the machine: time, rows, sizes. Everything is read-only already (SQLite's mode=ro)."""

import sqlite3
from collections.abc import Callable
from typing import Any

from datasette import Response, hookimpl

from archive.site.headers import App, Scope, Send

SETTINGS: dict[str, object] = {
    "sql_time_limit_ms": 2000,
    "facet_time_limit_ms": 800,
    "max_returned_rows": 1000,
    "max_csv_mb": 100,
    "default_page_size": 50,
    "default_facet_size": 12,
    "truncate_cells_html": 300,
    "num_sql_threads": 4,
    "suggest_facets": False,  # every page of a table would cost a scan for each of its columns
    "allow_download": False,  # `kickcrawl backup` makes a whole copy; the file alone may lack the last transactions
}
LONGEST_VALUE = 16 * 1024 * 1024  # bytes: printf('%.*c', 1000000000, 'x') would take a gigabyte of memory


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)


@hookimpl
def asgi_wrapper() -> Callable[[App], App]:
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

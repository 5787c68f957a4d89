"""A table's rows as one CSV, however many (``/archive/articles.csv?_stream=1``), as Datasette writes them.

Datasette reads page after page and looks for the begin of each from the table's first row, so that the time grows with
the square of the rows; and a page that fails becomes a line of text, so that the file looks whole. Here the keys of all
rows are read first, in the order that is asked for, then the rows of some keys at a time; what fails breaks the
connection off. In memory are the keys (8 bytes each) and the rows of one part.
"""

import json
import sqlite3
from array import array
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from datasette import hookimpl
from datasette.filters import Filters
from datasette.plugins import pm
from datasette.utils import await_me_maybe, escape_sqlite
from datasette.utils.asgi import AsgiStream, BadRequest, Request
from datasette.views.table import TableView

from archive.site.limits import work_limit

ROWS = 400  # that are read at once
_SHOWN = ("_col", "_nocol", "_labels", "_label", "_sort", "_sort_desc", "_dl")  # what an address says of the form


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """Return the address of the tables as CSV with what answers it."""
    return [(r"/(?P<database>archive)/(?P<table>[^/.]+)\.(?P<format>csv)$", table_csv)]


async def table_csv(datasette: Any, request: Any) -> Any:
    """Answer with a page of a table as Datasette does, or with all its rows where they are asked for."""
    view, database = TableView(datasette), datasette.get_database(request.url_vars["database"])
    names = await database.primary_keys(request.url_vars["table"])
    if not request.args.get("_stream") or request.args.get("_next") or len(names) != 1:
        return await view.get(request)
    keys = await _keys(datasette, request, database, names[0])
    first = await _part(view, request, names[0], keys[:ROWS], is_first=True)

    async def write(writer: Any) -> None:
        await first.stream_fn(writer)
        for begin in range(ROWS, len(keys), ROWS):
            part = await _part(view, request, names[0], keys[begin : begin + ROWS], is_first=False)
            await part.stream_fn(writer)

    return AsgiStream(write, headers=first.headers, content_type=first.content_type)


async def _keys(datasette: Any, request: Any, database: Any, key: str) -> Sequence[object]:
    """Return the keys of the rows that the address asks for, in its order, narrowed as Datasette narrows a table."""
    table = request.url_vars["table"]
    given = [(name, value) for name in request.args for value in request.args.getlist(name)]
    filters = Filters(sorted(pair for pair in given if not pair[0].startswith("_") or "__" in pair[0]))
    clauses, values = filters.build_where_clauses(table)
    for hook in pm.hook.filters_from_request(request=request, table=table, database=database.name, datasette=datasette):
        if found := await await_me_maybe(hook):
            clauses.extend(found.where_clauses)
            values |= found.params
    where = f" WHERE {' AND '.join(clauses)}" if clauses else ""
    order = await _order(datasette, request, database, key)
    sql = f"SELECT {escape_sqlite(key)} FROM {escape_sqlite(table)}{where} ORDER BY {order}"

    def read(connection: sqlite3.Connection) -> Sequence[object]:
        cursor = connection.cursor()
        cursor.row_factory = None  # not bounded as answers are: the keys of a million articles are 8 MB
        with work_limit(connection, datasette.setting("sql_time_limit_ms")):
            numbers = array("q")
            others: list[object] = []
            for (value,) in cursor.execute(sql, values):
                numbers.append(value) if isinstance(value, int) else others.append(value)
        return others or numbers

    keys: Sequence[object] = await database.execute_fn(read)
    return keys


async def _order(datasette: Any, request: Any, database: Any, key: str) -> str:
    """Return what the rows are sorted by: the address, else the table's own order. Raises BadRequest."""
    table = request.url_vars["table"]
    chosen = {name: request.args[f"_{name}"] for name in ("sort", "sort_desc") if request.args.get(f"_{name}")}
    stated = datasette.table_metadata(database.name, table)
    chosen = chosen or {name: stated[name] for name in ("sort", "sort_desc") if stated.get(name)}
    if len(chosen) > 1 or not set(chosen.values()) <= set(await database.table_columns(table)):
        raise BadRequest("sort by one column of the table")
    by = [f"{escape_sqlite(column)}{' DESC' if name == 'sort_desc' else ''}" for name, column in chosen.items()]
    return ", ".join([*by, escape_sqlite(key)])


async def _part(view: Any, request: Any, key: str, keys: Sequence[object], *, is_first: bool) -> Any:
    """Return Datasette's answer with the rows of some keys; with the line of names if it is the first."""
    asked = [(name, value) for name in _SHOWN for value in request.args.getlist(name)]
    asked += [(f"{key}__in", json.dumps(list(keys))), ("_size", str(ROWS))]
    if not is_first or request.args.get("_header") == "off":
        asked.append(("_header", "off"))
    scope = dict(request.scope, query_string=urlencode(asked).encode("ascii"))
    return await view.as_csv(Request(scope, request.receive), request.url_vars["database"])

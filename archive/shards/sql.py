"""SQL over the tables of all shards: DuckDB reads a Parquet file of each, and a query can change nothing.

    articles, revisions, outlets, runs, captures      the columns of archive/schema.sql, and `shard`, its shard's name

An article's id names it in all shards. Other keys are each shard's own (articles.key, captures.id, runs.id), so they
are joined with the shard: `FROM articles a JOIN captures c ON c.shard = a.shard AND c.id = a.capture_id`. Each view
says so in its comment: `SELECT view_name, comment FROM duckdb_views()`.

Only tables that the query names are written (archive/shards/stored.py). The query is one SELECT; it sees these files
and nothing else: no other file, no network, no variable of Python, and no setting can be changed.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import TYPE_CHECKING, Any

from archive.export.arrow import need
from archive.export.columns import StoredTable, stored_columns
from archive.shards.apart import check_apart
from archive.shards.fan import Fan
from archive.shards.stored import TABLES, Stored, StoredQuestion, remove_unused, write_tables
from kickcrawl.errors import UsageError

if TYPE_CHECKING:
    import duckdb

ROWS = 500  # of an answer that are read at once


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlAnswer:
    """What a query gives: its columns, and its rows one by one; how many tables were written for it."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]
    written: int


@contextmanager
def ask_shards(
    fan: Fan, names: Sequence[str], folder: Path, sql: str, memory: str | None = None
) -> Iterator[SqlAnswer]:
    """Give the answer to a query over the shards *names*, whose tables stand in *folder*, which is made.

    DuckDB may fill *memory*, such as "512MB"; as much as it takes for right where that is None.

    Rows are read while the block lasts. Raises UsageError, one sentence, for a query that DuckDB refuses, also on the
    way, for an outlet that is in two shards, and where DuckDB or pyarrow is not installed.
    """
    package = need("duckdb", "SQL over shards")
    need("pyarrow", "SQL over shards")
    if not names:
        raise UsageError("there is no shard to ask")
    with TemporaryDirectory() as spilled, closing(_connect(package, spilled, memory)) as connection, _in_words(package):
        _check(package, connection, sql)
        stored = _stored(fan, folder, named_tables(sql))
        check_apart(names, [one.outlets for one in stored])
        _show(connection, names, stored, folder)
        answer = connection.execute(sql)
        columns = tuple(column[0] for column in answer.description)
        yield SqlAnswer(columns=columns, rows=_rows(package, answer), written=sum(one.written for one in stored))


def named_tables(sql: str) -> tuple[StoredTable, ...]:
    """Return the tables whose names stand anywhere in *sql*; all where none does, as in SHOW TABLES.

    >>> named_tables("SELECT count(*) FROM Articles")
    ('articles',)
    """
    words = set(re.findall(r"\w+", sql.lower()))
    return tuple(table for table in TABLES if table in words) or TABLES


def _connect(package: ModuleType, spilled: str, memory: str | None) -> "duckdb.DuckDBPyConnection":
    """Return an empty database in memory, which writes what does not fit there into the folder *spilled*."""
    bounds = {"memory_limit": memory} if memory is not None else {}
    connection = package.connect(config={"python_enable_replacements": False, "temp_directory": spilled, **bounds})
    connection.execute(
        "SET TimeZone = 'UTC'"
    )  # not in config: there its extension, which is built in, is not known yet
    return connection


def _check(package: ModuleType, connection: "duckdb.DuckDBPyConnection", sql: str) -> None:
    kinds = [statement.type for statement in connection.extract_statements(sql)]
    if kinds != [package.StatementType.SELECT]:
        raise UsageError("give one query: a SELECT, or DESCRIBE, SHOW, SUMMARIZE; nothing can be changed here")


def _stored(fan: Fan, folder: Path, tables: tuple[StoredTable, ...]) -> Sequence[Stored]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stored = fan(write_tables, StoredQuestion(tables=tables, folder=folder.resolve()))
        remove_unused(folder)
    except OSError as error:
        raise UsageError(f"{folder}: the shards' tables cannot be kept here ({error.strerror or error})") from error
    return stored


def _show(
    connection: "duckdb.DuckDBPyConnection", names: Sequence[str], stored: Sequence[Stored], folder: Path
) -> None:  # fmt: skip
    """Make the views, then let the connection see their files only, for good."""
    files: list[str] = []
    for table in stored[0].files:
        of_shards = [(name, str(folder.resolve() / one.files[table])) for name, one in zip(names, stored, strict=True)]
        files += [file for _, file in of_shards]
        parts = [f"SELECT {_text(name)} AS shard, * FROM read_parquet({_text(file)})" for name, file in of_shards]
        connection.execute(f"CREATE VIEW {table} AS {' UNION ALL BY NAME '.join(parts)}")
        connection.execute(f"COMMENT ON VIEW {table} IS {_text(JOINS[table])}")
        for column in stored_columns(table):
            connection.execute(f'COMMENT ON COLUMN {table}."{column.name}" IS {_text(column.meaning)}')
    connection.execute(f"SET allowed_paths = [{', '.join(map(_text, files))}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _rows(package: ModuleType, answer: "duckdb.DuckDBPyConnection") -> Iterator[tuple[Any, ...]]:
    with _in_words(package):
        while some := answer.fetchmany(ROWS):
            yield from some


@contextmanager
def _in_words(package: ModuleType) -> Iterator[None]:
    """Turn DuckDB's errors into one sentence, without the piece of the query that it points at."""
    try:
        yield
    except package.Error as error:
        sentence = " ".join(str(error).partition("\n\nLINE ")[0].split())
        raise UsageError(f"the query cannot be answered: {sentence}") from error


def _text(value: str) -> str:
    """Return *value* as a text in SQL."""
    return "'" + value.replace("'", "''") + "'"


JOINS: dict[StoredTable, str] = {
    "articles": "id and url name an article in all shards; key is its shard's own: (shard, key). "
    "Fetched as captures (shard, id) = (shard, capture_id); earlier states: revisions.article_id = id.",
    "revisions": "article_id is articles.id, in all shards; (article_id, number) names one. "
    "captures (shard, id) = (shard, capture_id), runs (shard, id) = (shard, run_id).",
    "outlets": "slug is what outlet is elsewhere; the articles of an outlet are in one shard: (shard, slug).",
    "runs": "id is its shard's own: (shard, id) names one. outlets (shard, slug) = (shard, outlet).",
    "captures": "id is its shard's own: (shard, id) names one. runs (shard, id) = (shard, run_id); "
    "the capture with the same body: (shard, id) = (shard, original_id).",
}

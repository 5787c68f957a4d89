"""A table as Parquet: one file, or a folder with one for each outlet and month (`outlet=…/month=2025-07/0.parquet`).

Rows are gathered to row groups of some thousand, of which readers skip those that cannot hold what is asked for.
Memory is flat: no more than one row group is held.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import Any

from archive.export.arrow import arrow_batch, arrow_schema, need
from archive.export.columns import Column
from archive.export.format import TableFormat
from archive.export.table import Record, Table
from archive.whole_file import whole, whole_folder
from kickcrawl.days import day_of
from kickcrawl.errors import UsageError

MAX_ROWS = 10_000  # of a row group
MAX_BYTES = 24 << 20  # of a row group in memory: where texts are long it has fewer rows
UNDATED = "undated"  # the month of what has no publish time


class ParquetFile:
    """A Parquet file that is being written, and the rows that wait for its next row group."""

    def __init__(self, path: Path, columns: tuple[Column, ...]) -> None:
        self._arrow, parquet = need("pyarrow", "Parquet"), need("pyarrow.parquet", "Parquet")
        self._columns, self._schema = columns, arrow_schema(columns)
        self._waiting: list[Any] = []
        self._writer = parquet.ParquetWriter(path, self._schema, compression="zstd")

    def write(self, records: list[Record]) -> None:
        """Take *records*; write a row group when enough have come."""
        self._waiting.append(arrow_batch(self._arrow, self._schema, self._columns, records))
        rows, size = (sum(getattr(batch, name) for batch in self._waiting) for name in ("num_rows", "nbytes"))
        if rows >= MAX_ROWS or size >= MAX_BYTES:
            self._flush()

    def close(self) -> None:
        """Write what waits, and the end of the file."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._waiting:
            table = self._arrow.Table.from_batches(self._waiting)
            self._waiting.clear()
            self._writer.write_table(table, row_group_size=table.num_rows)


def export_parquet(table: Table, output: Path) -> int:
    """Write the records of *table* to *output*, all or nothing; return how many.

    Raises UsageError where nothing can be written, or pyarrow is missing.
    """
    count = 0
    with whole(output) as part, closing(ParquetFile(part, table.columns)) as file:
        for records in table.read():
            file.write(records)
            count += len(records)
    return count


PARQUET = TableFormat(ending=".parquet", write=export_parquet)


def export_partitioned(tables: Mapping[str, Table], zones: Mapping[str, str], output: Path) -> int:
    """Write *tables*, one for each outlet, into the folder *output*, a file a month, all or nothing; return how many.

    Each table's records come in the order of their publication; a month is one of the outlet's own clock. The outlet
    and the month stand in the names of the folders, from which DuckDB, polars, pandas and R's arrow read them: so the
    files have no column `outlet`.
    """
    count = 0
    with whole_folder(output) as part:
        for outlet, table in tables.items():
            columns = tuple(column for column in table.columns if column.name != "outlet")
            for number, (month, runs) in enumerate(groupby(_by_month(table, zones[outlet]), key=lambda run: run[0])):
                path = part / f"outlet={outlet}" / f"month={month}" / f"{number}.parquet"
                path.parent.mkdir(parents=True, exist_ok=True)
                with closing(ParquetFile(path, columns)) as file:
                    for _, records in runs:
                        file.write(records)
                        count += len(records)
        if not count:
            raise UsageError(f"{output}: no article is asked for that the archive has; of none no folder is made")
    return count


def _by_month(table: Table, zone: str) -> Iterator[tuple[str, list[Record]]]:
    """Yield the records of *table* in lists of one month each."""
    for records in table.read():
        for month, some in groupby(records, key=lambda record: _month(record, zone)):
            yield month, list(some)


def _month(record: Record, zone: str) -> str:
    return day_of(record["published_at"], zone)[:7] if record["published_at"] else UNDATED

"""Records that were asked for: iterated one by one, or taken as a table of pyarrow, pandas, polars or DuckDB.

Types survive: text stays text (`native_id` never becomes a number), numbers that may be missing are nullable, times
know that they are UTC, lists are lists. The packages are of the optional group `analysis`.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from archive.export.arrow import arrow_batches, arrow_table, need
from archive.export.no_texts import without_texts
from archive.export.table import Record, Table

if TYPE_CHECKING:
    import duckdb
    import pandas
    import polars
    import pyarrow

R = TypeVar("R")


class Records(Generic[R]):
    """Records of one kind, read from the archive each time that they are iterated or turned into a table."""

    def __init__(self, table: Table, count: Callable[[], int] | None = None) -> None:
        self._table, self._count = table, count

    def __iter__(self) -> Iterator[R]:
        """Yield the records one by one; no more than some hundred are held."""
        return cast("Iterator[R]", iter(self._table))

    def count(self) -> int:
        """Return how many there are."""
        return self._count() if self._count is not None else sum(1 for _ in self._table)

    @property
    def columns(self) -> Mapping[str, str]:
        """What each column means."""
        return {column.name: column.meaning for column in self._table.columns}

    def without_texts(self) -> "Records[Record]":
        """Return the same without texts, with counts of their words: see archive/export/no_texts.py."""
        return Records(without_texts(self._table), self._count)

    def to_batches(self) -> "Iterator[pyarrow.RecordBatch]":
        """Yield all as Arrow batches, for what does not fit into memory. Raises UsageError without pyarrow."""
        return arrow_batches(self._table)

    def to_arrow(self) -> "pyarrow.Table":
        """Return all as an Arrow table. Raises UsageError, which says what to run, without pyarrow."""
        return arrow_table(self._table)

    def to_pandas(self) -> "pandas.DataFrame":
        """Return all as a data frame: nullable numbers, times in UTC, lists as lists. Raises UsageError."""
        pandas, table = need("pandas", "a data frame"), self.to_arrow()
        kinds = {"int64": pandas.Int64Dtype(), "double": pandas.Float64Dtype(), "bool": pandas.BooleanDtype()}
        frame = table.to_pandas(types_mapper=lambda kind: kinds.get(str(kind)))
        for column in self._table.columns:
            if not column.is_plain:  # else they were arrays of numpy
                frame[column.name] = pandas.Series(table[column.name].to_pylist(), dtype=object)
        return frame

    def to_polars(self) -> "polars.DataFrame":
        """Return all as a data frame of polars. Raises UsageError."""
        return need("polars", "a data frame").from_arrow(self.to_arrow())

    def to_duckdb(self) -> "duckdb.DuckDBPyRelation":
        """Return all as a relation of DuckDB's default connection: `duckdb.sql("FROM name")` finds it. UsageError."""
        return need("duckdb", "a relation").from_arrow(self.to_arrow())

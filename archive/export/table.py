"""A table to be exported: named columns, and records that are read from the archive in batches, anew each time.

Memory is flat: of a million articles no more than a batch is held. The record formats (JSON Lines, CSV, Parquet) and
the Python API take any table; tables.py makes them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from archive.export.columns import Column

TableName = Literal["articles", "revisions", "stories", "captures"]
Record = Mapping[str, Any]  # a value for each column, as JSON has it: times are ISO 8601 in UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Records of one kind: *read* gives them in batches of at most some hundred, in their order."""

    name: TableName
    columns: tuple[Column, ...]
    read: Callable[[], Iterator[list[Record]]]

    def __iter__(self) -> Iterator[Record]:
        """Yield all records, one by one."""
        for batch in self.read():
            yield from batch

    def watched(self, watch: Callable[[list[Record]], object]) -> "Table":
        """Return a table of the same records that passes each batch to *watch* before it yields it."""

        def read() -> Iterator[list[Record]]:
            for batch in self.read():
                watch(batch)
                yield batch

        return replace(self, read=read)

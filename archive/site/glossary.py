"""What each table and column means, read out of the comments in archive/schema.sql for Datasette's pages: pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TABLE = re.compile(r"CREATE TABLE (\w+) \((?:\s+-- (.*))?$")
_COLUMN = re.compile(r" {4}([a-z]\w*) +(?:TEXT|INTEGER|REAL|BLOB)\b(?:.*?-- (.*))?")
_MORE = re.compile(r"\s+-- (.*)$")


@dataclass(slots=True)
class Table:
    """A table's name, what it holds, and what its columns mean, as far as the schema says."""

    name: str
    holds: str
    columns: dict[str, str] = field(default_factory=dict)


def read_schema(sql: str) -> Iterator[Table]:
    """Yield the tables of a schema with their comments."""
    table: Table | None = None
    for line in sql.splitlines():
        if found := _TABLE.match(line):
            table = Table(found[1], found[2] or "")
        elif table and line.startswith(")"):
            yield table
            table = None
        elif table and (found := _COLUMN.match(line)):
            if found[2]:
                table.columns[found[1]] = found[2]
        elif table and (found := _MORE.match(line)) and table.columns:
            table.columns[list(table.columns)[-1]] += f" {found[1]}"

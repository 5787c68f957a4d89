"""A table in Arrow's types: times with their zone, lists as lists, structures as structures, numbers only for numbers.

    text -> string      integer -> int64     real -> double     truth -> bool     time -> timestamp[us, tz=UTC]
    texts -> list<string>                    pictures, links, claims -> list<struct<...>>
    texts by name, counts by name -> list<struct<name, value>>: not every reader knows Arrow's maps

pyarrow is of the optional group `analysis`; it is imported where it is used.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from archive.export.columns import STRUCTURES, Column, Kind
from archive.export.table import Record, Table
from kickcrawl.errors import UsageError

if TYPE_CHECKING:
    import pyarrow


def need(name: str, what: str) -> ModuleType:
    """Import a package of the optional group `analysis`; raises UsageError, which says how to get it for *what*."""
    try:
        return import_module(name)
    except ImportError as error:
        raise UsageError(f"{what} needs the package {name}: run `make analysis`, then give it again") from error


def arrow_schema(columns: tuple[Column, ...]) -> "pyarrow.Schema":
    """Return the Arrow schema of *columns*, each with its meaning as metadata."""
    arrow = need("pyarrow", "Arrow")
    return arrow.schema(
        [arrow.field(one.name, _type(arrow, one.kind), metadata={"meaning": one.meaning}) for one in columns]
    )


def arrow_batches(table: Table) -> Iterator["pyarrow.RecordBatch"]:
    """Yield the records of *table* as Arrow batches, each of as many as it reads at once."""
    arrow = need("pyarrow", "Arrow")
    schema = arrow_schema(table.columns)
    for records in table.read():
        yield arrow_batch(arrow, schema, table.columns, records)


def arrow_batch(
    arrow: ModuleType, schema: "pyarrow.Schema", columns: tuple[Column, ...], records: list[Record]
) -> "pyarrow.RecordBatch":
    """Return *records* as one Arrow batch."""
    arrays = [
        arrow.array([_value(column.kind, record[column.name]) for record in records], type=field.type)
        for column, field in zip(columns, schema, strict=True)
    ]
    return arrow.record_batch(arrays, schema=schema)


def arrow_table(table: Table) -> "pyarrow.Table":
    """Return all of *table* in memory."""
    arrow = need("pyarrow", "Arrow")
    return arrow.Table.from_batches(arrow_batches(table), schema=arrow_schema(table.columns))


def _type(arrow: ModuleType, kind: Kind) -> Any:
    plain: Mapping[Kind, Callable[[], Any]] = {
        "text": arrow.string, "integer": arrow.int64, "real": arrow.float64, "truth": arrow.bool_,
        "time": lambda: arrow.timestamp("us", tz="UTC"), "texts": lambda: arrow.list_(arrow.string()),
        "texts by name": lambda: _named(arrow, arrow.string()), "counts by name": lambda: _named(arrow, arrow.int64()),
    }  # fmt: skip
    if kind in plain:
        return plain[kind]()
    return arrow.list_(arrow.struct([(name, arrow.string()) for name in STRUCTURES[kind]]))


def _named(arrow: ModuleType, value: Any) -> Any:
    return arrow.list_(arrow.struct([("name", arrow.string()), ("value", value)]))


def _value(kind: Kind, value: Any) -> Any:
    if value is None:
        return None
    match kind:
        case "time":
            return datetime.fromisoformat(value)
        case "texts by name" | "counts by name":
            return [{"name": name, "value": one} for name, one in value.items()]
        case "claims":  # a value is a text, a list of names, or a time with its offset
            return [{**one, "value": _as_text(one["value"])} for one in value]
        case _:
            return value


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

"""How to tell pandas, polars and DuckDB the types of an exported CSV or JSON Lines file, so that no value changes.

Left to guess, they make numbers of `native_id` ("007" becomes 7), and numbers or nothing of a column whose first rows
are empty. Parquet needs none of this: its types are in the file. The answers are JSON, so that they stand in the
datasheet; docs/tutorial.md shows how each is used.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from archive.export.columns import STRUCTURES, Column, Kind

_PANDAS: Mapping[Kind, str] = {"text": "string", "integer": "Int64", "real": "Float64", "truth": "boolean"}
_POLARS: Mapping[Kind, str] = {"text": "String", "integer": "Int64", "real": "Float64", "truth": "Boolean"}
_DUCKDB: Mapping[Kind, str] = {
    "text": "VARCHAR", "integer": "BIGINT", "real": "DOUBLE", "truth": "BOOLEAN", "time": "TIMESTAMPTZ",
    "texts": "VARCHAR[]", "texts by name": "MAP(VARCHAR, VARCHAR)", "counts by name": "MAP(VARCHAR, BIGINT)",
    "claims": "JSON",
}  # fmt: skip


def reader_arguments(ending: str, columns: tuple[Column, ...]) -> dict[str, dict[str, Any]]:
    """Return for each reader's function the arguments that a file of *columns* with this ending is to be read with.

    Empty for files that have their types in them.
    """
    times = [column.name for column in columns if column.kind == "time"]
    if ending == ".csv":
        # Lists are JSON in a cell; polars parses times afterwards, with str.to_datetime().
        cells: list[tuple[str, Kind]] = [(one.name, one.kind if one.is_plain else "text") for one in columns]
        return {
            "pandas.read_csv": {"dtype": _known(_PANDAS, cells), "parse_dates": times},
            "polars.read_csv": {"schema_overrides": {name: _POLARS.get(kind, "String") for name, kind in cells}},
            "duckdb.read_csv": {"dtype": {name: _DUCKDB[kind] for name, kind in cells}},
        }
    if ending == ".jsonl":
        kinds = [(column.name, column.kind) for column in columns]
        return {
            "pandas.read_json": {"lines": True, "dtype": _known(_PANDAS, kinds)},
            "duckdb.read_json": {"columns": {column.name: _duckdb(column.kind) for column in columns}},
        }
    return {}


def _known(types: Mapping[Kind, str], kinds: Iterable[tuple[str, Kind]]) -> dict[str, str]:
    return {name: types[kind] for name, kind in kinds if kind in types}


def _duckdb(kind: Kind) -> str:
    if kind in STRUCTURES and kind != "claims":
        return f"STRUCT({', '.join(f'{name} VARCHAR' for name in STRUCTURES[kind])})[]"
    return _DUCKDB[kind]

"""The answer to a query as people and programs read it: a table for the terminal, CSV, or JSON.

Each function writes the answer line by line and returns sentences to be told beside it: what was cut or changed.
"""

import csv
import json
import math
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from datetime import time as time_of_day
from decimal import Decimal
from itertools import islice
from typing import Any, TextIO

from archive.export.csv import no_formula
from archive.shards.sql import SqlAnswer

MAX_ROWS = 200  # of a table; more belongs into a file
MAX_CELL = 60  # characters that a table shows of a value


def write_table(answer: SqlAnswer, file: TextIO) -> list[str]:
    """Write the first MAX_ROWS rows with their columns in line, numbers to the right."""
    rows = [[plain(value) for value in row] for row in islice(answer.rows, MAX_ROWS)]
    has_more = next(answer.rows, None) is not None
    texts = [[_line(value) for value in row] for row in rows]
    cut = sum(len(text) > MAX_CELL for row in texts for text in row)
    head, *lines = [[_short(text) for text in row] for row in [answer.columns, *texts]]
    widths = [max(map(len, column)) for column in zip(head, *lines, strict=True)]
    are_numbers = [all(isinstance(row[at], int | float | None) for row in rows) for at in range(len(widths))]
    for line in (head, ["-" * width for width in widths], *lines):
        cells = zip(line, widths, are_numbers, strict=True)
        padded = (text.rjust(width) if is_number else text.ljust(width) for text, width, is_number in cells)
        file.write("  ".join(padded).rstrip() + "\n")
    told = []
    if has_more:
        told.append(f"the first {MAX_ROWS} rows; CSV and JSON have all")
    if cut:
        told.append(f"{cut} values were cut after {MAX_CELL} characters; CSV and JSON have them whole")
    return told


def write_csv(answer: SqlAnswer, file: TextIO) -> list[str]:
    """Write all rows as CSV for spreadsheets (archive/export/csv.py): lists as JSON, no formulas."""
    writer, formulas = csv.writer(file), 0
    writer.writerow(answer.columns)
    for row in answer.rows:
        cells = [_cell(plain(value)) for value in row]
        formulas += sum(cell != value for cell, value in zip(cells, row, strict=True) if isinstance(value, str))
        writer.writerow(cells)
    told = f"{formulas} cells that begin with = + - @ got an apostrophe in front, so that no spreadsheet computes them"
    return [told] if formulas else []


def write_json(answer: SqlAnswer, file: TextIO) -> list[str]:
    """Write all rows as one JSON list of objects, an object a line."""
    before, names = "[", _unlike(answer.columns)
    for row in answer.rows:
        record = dict(zip(names, map(plain, row), strict=True))
        file.write(f"{before}\n{json.dumps(record, ensure_ascii=False)}")
        before = ","
    file.write("[]\n" if before == "[" else "\n]\n")
    return []


FORMS: Mapping[str, Callable[[SqlAnswer, TextIO], list[str]]] = {
    "table": write_table, "csv": write_csv, "json": write_json,
}  # fmt: skip


def plain(value: Any) -> Any:
    """Return a value of DuckDB as JSON has it: times in ISO 8601 and UTC; what JSON has no word for is text.

    >>> plain({"at": datetime(2025, 7, 1, tzinfo=UTC), "share": Decimal("0.5"), "all": float("inf")})
    {'at': '2025-07-01T00:00:00+00:00', 'share': 0.5, 'all': 'inf'}
    """
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            return float(value)
        case float():
            return value if math.isfinite(value) else str(value)
        case datetime():
            return (value.astimezone(UTC) if value.tzinfo else value).isoformat()
        case date() | time_of_day():
            return value.isoformat()
        case bytes():
            return value.hex()
        case list() | tuple():
            return [plain(one) for one in value]
        case dict():
            return {str(name): plain(one) for name, one in value.items()}
        case _:
            return str(value)


def _unlike(columns: tuple[str, ...]) -> list[str]:
    """Return *columns* with a number behind names that stood before, as an object has each name once."""
    names: list[str] = []
    for name in columns:
        told, number = name, 1
        while told in names:
            told, number = f"{name}_{number}", number + 1
        names.append(told)
    return names


def _cell(value: Any) -> object:
    match value:
        case str():
            return no_formula(value)
        case bool():
            return "true" if value else "false"
        case list() | dict():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return value


def _line(value: Any) -> str:
    return "" if value is None else " ".join(value.split()) if isinstance(value, str) else str(_cell(value))


def _short(text: str) -> str:
    return text if len(text) <= MAX_CELL else text[: MAX_CELL - 1] + "…"

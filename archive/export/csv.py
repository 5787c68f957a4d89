"""A table as CSV for spreadsheets (RFC 4180): a header, lists as JSON, UTF-8, lines that end with CR LF.

A spreadsheet runs a cell that begins with = + - or @ as a formula, and the text comes from newsrooms, or from whoever
hacked one. So such cells get an apostrophe in front, as OWASP advises ("CSV Injection"); the datasheet says how many,
in which columns. No other format changes a value.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from archive.export.columns import Column
from archive.export.format import TableFormat
from archive.export.table import Record, Table
from archive.whole_file import whole

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
MAX_CELL = 32_767  # characters that Excel keeps of a cell


def export_csv(table: Table, output: Path) -> int:
    """Write the records of *table* to *output*, all or nothing; return how many."""
    count = 0
    with whole(output) as part, part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column.name for column in table.columns)
        for record in table:
            writer.writerow(_cells(table.columns, record))
            count += 1
    return count


CSV = TableFormat(ending=".csv", write=export_csv)


class SpreadsheetNotes:
    """Counts what a spreadsheet would take amiss: cells that got an apostrophe, and those longer than Excel keeps."""

    def __init__(self, columns: tuple[Column, ...]) -> None:
        self._columns = columns
        self.formulas: Counter[str] = Counter()
        self.long: Counter[str] = Counter()

    def watch(self, records: list[Record]) -> None:
        """Count the cells of *records*, by their columns."""
        for record in records:
            for column in self._columns:
                cell = _cell(column, record[column.name])
                if isinstance(cell, str):
                    self.formulas[column.name] += cell != record[column.name] and column.kind == "text"
                    self.long[column.name] += len(cell) > MAX_CELL


def no_formula(text: str) -> str:
    """Return *text* so that no spreadsheet computes it.

    >>> no_formula("=1+1")
    "'=1+1"
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cells(columns: tuple[Column, ...], record: Record) -> Iterator[object]:
    for column in columns:
        yield _cell(column, record[column.name])


def _cell(column: Column, value: Any) -> object:
    """Return what stands in the cell: None is an empty one, structures are JSON."""
    if value is None:
        return None
    if column.kind == "text":
        return no_formula(value)
    if column.kind == "truth":
        return "true" if value else "false"
    return value if column.is_plain else json.dumps(value, ensure_ascii=False)

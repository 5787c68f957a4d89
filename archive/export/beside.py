"""Write a table with its datasheet beside it: FILE, FILE.datasheet.md for people, FILE.datasheet.json for programs.

All of it is read at one moment of the archive, also while crawls write to it.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from archive.database import Archive
from archive.export.csv import MAX_CELL, SpreadsheetNotes
from archive.export.datasheet import Tally, add_files, datasheet
from archive.export.datasheet_page import page_of
from archive.export.format import Format, TableFormat
from archive.export.no_texts import without_texts
from archive.export.parquet import export_partitioned
from archive.export.table import Table, TableName
from archive.export.tables import table_of
from archive.outlets import read_zones
from archive.query.choice import Choice
from archive.whole_file import whole


@contextmanager
def one_moment(archive: Archive) -> Iterator[None]:
    """Let all that is read inside be of one moment of the archive; it must not be written to."""
    archive.write("BEGIN")
    try:
        yield
    finally:
        archive.write("COMMIT")


def export_table(
    archive: Archive, choice: Choice, name: TableName, format: TableFormat, output: Path, now: datetime,
    *, texts: bool = True, partition: bool = False,
) -> int:  # fmt: skip
    """Write a table of *choice* to *output*, with its datasheet; return how many records. Raises UsageError.

    Without *texts*: as without_texts() says. *partition*: *output* is a folder, with a file for each outlet and month.
    """
    with one_moment(archive):
        table, tally = _table(archive, choice, name, texts=texts), Tally()
        notes = SpreadsheetNotes(table.columns)
        if partition:
            parts = {
                outlet: _table(archive, replace(choice, outlet=outlet), name, texts=texts).watched(tally.watch)
                for outlet in _outlets(archive, choice)
            }
            count = export_partitioned(parts, read_zones(archive), output)
        else:
            count = write_table(table.watched(tally.watch), format, output, notes)
        sheet = datasheet(archive, choice, {name: (table, tally)}, now)
    write_sheet(sheet, table, output, notes, texts=texts)
    return count


def write_table(table: Table, format: TableFormat, output: Path, notes: SpreadsheetNotes) -> int:
    """Write *table* to *output*, and in *notes* what a spreadsheet would take amiss; return how many records."""
    return format.write(table.watched(notes.watch) if format.ending == ".csv" else table, output)


def write_sheet(
    sheet: dict[str, Any], table: Table, output: Path, notes: SpreadsheetNotes, *, texts: bool
) -> None:  # fmt: skip
    """Write the datasheet of *table*, which stands in *output*, beside it, with the notes and files added."""
    sheet["notes"] = [*_spreadsheet_notes(notes), *([] if texts else [_NO_TEXTS])]
    add_files(sheet, output, {table.name: table.columns})
    write_beside(sheet, output)


def export_whole(archive: Archive, choice: Choice, format: Format, output: Path, now: datetime) -> int:
    """Write the captures of *choice* in their own *format* to *output*, with a datasheet; return how many."""
    with one_moment(archive):
        count = format.write(archive, choice, output)
        table, tally = table_of("captures", archive, choice), Tally()
        for batch in table.read():
            tally.watch(batch)
        sheet = datasheet(archive, choice, {"captures": (table, tally)}, now)
    add_files(sheet, output, {"captures": table.columns})
    write_beside(sheet, output)
    return count


def write_beside(sheet: dict[str, Any], output: Path) -> None:
    """Write the two datasheets of *output* beside it."""
    for ending, text in (
        ("md", page_of(sheet, f"Datasheet of `{output.name}`")),
        ("json", json.dumps(sheet, ensure_ascii=False, indent=2) + "\n"),
    ):
        with whole(output.with_name(f"{output.name}.datasheet.{ending}")) as part:
            part.write_text(text, encoding="utf-8")


def _table(archive: Archive, choice: Choice, name: TableName, *, texts: bool) -> Table:
    table = table_of(name, archive, choice)
    return table if texts else without_texts(table)


def _outlets(archive: Archive, choice: Choice) -> list[str]:
    rows = archive.rows(_OUTLETS, {"outlet": choice.outlet})
    return [row["slug"] for row in rows]


def _spreadsheet_notes(notes: SpreadsheetNotes) -> Iterator[str]:
    if formulas := +notes.formulas:
        told = ", ".join(f"{count} in `{name}`" for name, count in formulas.items())
        yield (
            f"Cells that begin with = + - @ got an apostrophe in front, so that no spreadsheet computes them: {told}. "
            "The other formats have them as they are."
        )
    if long := +notes.long:
        told = ", ".join(f"{count} in `{name}`" for name, count in long.items())
        yield f"Excel cuts cells after {MAX_CELL:,} characters; longer ones are: {told}. Other readers take them whole."


_OUTLETS = "SELECT slug FROM outlets WHERE :outlet IS NULL OR slug = :outlet ORDER BY slug"
_NO_TEXTS = (
    "Texts, captions and the claims of other sources are left out. `unigrams` counts each word of the text, `bigrams` "
    "each two words in a row that stand there twice or more: from these counts no text can be put together again."
)

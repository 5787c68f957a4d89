"""Export a table of several shards as one: the records that one archive of the same outlets gives, oldest first.

Each shard writes its own part in order (archive/shards/part.py), and the parts are merged line by line: of each no more
than a line is held. Articles of one time come by their ids. Numbers of captures and runs are each shard's own; an
outlet is in one shard, which the datasheet names, so (outlet, capture_id) names a capture in the whole.

What only all shards together know is refused: stories, and which articles are originals.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from heapq import merge
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.export.beside import write_sheet, write_table
from archive.export.csv import SpreadsheetNotes
from archive.export.format import TableFormat
from archive.export.no_texts import columns_without_texts
from archive.export.table import Record, Table, TableName
from archive.export.tables import columns_of, in_batches
from archive.query.choice import Choice
from archive.shards.asking import ask
from archive.shards.fan import Fan
from archive.shards.part import TABLES, Part, PartQuestion, read_pieces, write_part
from archive.shards.sheets import merge_sheets
from kickcrawl.errors import ArchiveError, UsageError


def export_shards(
    fan: Fan, names: Sequence[str], choice: Choice, table: TableName, format: TableFormat, output: Path, now: datetime,
    *, texts: bool = True,
) -> int:  # fmt: skip
    """Write a table of *choice* in the shards *names* to *output*, with its datasheet; return how many records.

    The parts stand in a folder beside *output* until they are merged, packed JSON of all records. Without
    *texts*: as without_texts() says. Raises UsageError for what is refused and where nothing can be written,
    ArchiveError where a shard or a part cannot be read.
    """
    _check(table, names)
    with TemporaryDirectory(prefix=f"{output.name}.", suffix=".parts", dir=_parent(output)) as made:
        folder = Path(made)
        question = PartQuestion(choice=choice, table=table, texts=texts, folder=folder, now=now)
        parts = ask(fan, choice, lambda _: partial(write_part, question=question)).answers
        sheet = merge_sheets(names, [part.sheet for part in parts])
        merged = _merged(table, parts, folder, texts=texts)
        notes = SpreadsheetNotes(merged.columns)
        count = write_table(_complete(merged, sheet["tables"][table]["records"], output), format, output, notes)
    write_sheet(sheet, merged, output, notes, texts=texts)
    return count


def _check(table: TableName, names: Sequence[str]) -> None:
    if not names:
        raise UsageError("there is no shard to export from")
    if table not in TABLES:
        raise UsageError(f"{table} are known within a shard only; over several shards there are: {', '.join(TABLES)}")


def _parent(output: Path) -> Path:
    """Return the folder of *output*; raises UsageError where there is none."""
    if not output.absolute().parent.is_dir():
        raise UsageError(f"{output}: there is no folder {output.absolute().parent}")
    return output.absolute().parent


def _merged(name: TableName, parts: Sequence[Part], folder: Path, *, texts: bool) -> Table:
    """Return the records of all *parts*, in the order of their places."""
    columns = columns_of(name)

    def read() -> Iterator[list[Record]]:
        streams = [read_pieces(folder, part.pieces) for part in parts]
        return in_batches(record for _, record in merge(*streams, key=lambda line: line[0]))

    return Table(name=name, columns=columns if texts else columns_without_texts(columns), read=read)


def _complete(table: Table, told: int, output: Path) -> Table:
    """Return *table*, which raises ArchiveError at its end where not all came of the records that shards *told* of."""

    def read() -> Iterator[list[Record]]:
        came = 0
        for batch in table.read():
            came += len(batch)
            yield batch
        if came != told:
            raise ArchiveError(
                output, f"{came} of {told} records came from the shards; nothing was written: export again"
            )

    return replace(table, read=read)

"""A shard's part of an export: its records in the order of the whole, in pieces that can be carried one by one.

    FOLDER/<part>/00000.jsonl.zst      lines [place, record]: where the record stands among those of all shards
    FOLDER/<part>/00001.jsonl.zst      of some PIECE characters before they are packed

The answer names the pieces below the folder. Where the shard is on a machine that does not see the folder of who asks,
the fan gives the step a folder there and carries the pieces over, each of them small enough to be handed on whole.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from backports import zstd

from archive.database import Archive
from archive.export.beside import one_moment
from archive.export.datasheet import Tally, datasheet
from archive.export.no_texts import without_texts
from archive.export.table import Record, TableName
from archive.export.tables import table_of
from archive.query.choice import Choice
from archive.query.choose import by_time
from archive.query.condition import Condition
from kickcrawl.errors import ArchiveError

PIECE = 16 << 20  # characters of a piece before it is packed; some 5 MB then
Place = list[Any]  # compares with the places of other records of the table


@dataclass(frozen=True, slots=True, kw_only=True)
class PartQuestion:
    """What a shard is to write into *folder*: the *table* of *choice*, with *texts* or not."""

    choice: Choice
    table: TableName
    texts: bool
    folder: Path
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part that was written: its *pieces* below the folder, in their order, and its datasheet."""

    pieces: tuple[str, ...]
    sheet: dict[str, Any]


def write_part(archive: Archive, asked: Condition, question: PartQuestion) -> Part:
    """Write what *archive* has of an export, the articles that meet a condition; all of it is of one moment."""
    with one_moment(archive):
        chosen = partial(by_time, archive, asked, "oldest", None, tie="id")  # shards share no keys
        plain = table_of(question.table, archive, question.choice, chosen=chosen)
        table, tally = plain if question.texts else without_texts(plain), Tally()
        folder = Path(mkdtemp(prefix="part-", dir=question.folder))
        batches = table.watched(tally.watch).read()
        lines = (line for batch in batches for line in _lines(_PLACES[question.table](archive, batch), batch))
        pieces = tuple(f"{folder.name}/{name}" for name in _write(lines, folder))
        sheet = datasheet(archive, question.choice, {question.table: (table, tally)}, question.now)
        return Part(pieces=pieces, sheet=sheet)


def read_pieces(folder: Path, pieces: tuple[str, ...]) -> Iterator[tuple[Place, Record]]:
    """Yield (place, record) of a part; a line is held at a time. Raises ArchiveError for a piece that is not whole."""
    for name in pieces:
        path = folder / name
        try:
            with zstd.open(path, "rt", encoding="utf-8") as file:
                for line in file:
                    place, record = json.loads(line)
                    yield place, record
        except (OSError, EOFError, ValueError, zstd.ZstdError) as error:
            raise ArchiveError(path, f"this piece of the export cannot be read ({error}); export again") from error


def _write(lines: Iterator[str], folder: Path) -> Iterator[str]:
    """Write *lines* into pieces and yield their names; of no lines there is no piece."""
    line, number = next(lines, None), 0
    while line is not None:
        name, size = f"{number:05}.jsonl.zst", 0
        with zstd.open(folder / name, "wt", encoding="utf-8") as file:
            while line is not None and size < PIECE:
                file.write(line)
                size += len(line)
                line = next(lines, None)
        number += 1
        yield name


def _lines(places: list[Place], records: list[Record]) -> Iterator[str]:
    for place, record in zip(places, records, strict=True):
        yield json.dumps([place, record], ensure_ascii=False) + "\n"


def _articles(archive: Archive, records: list[Record]) -> list[Place]:
    del archive
    return [[record["published_at"] or "", record["id"]] for record in records]


def _revisions(archive: Archive, records: list[Record]) -> list[Place]:
    ids = json.dumps([record["article_id"] for record in records])
    rows = archive.rows(
        "SELECT id, published_at FROM articles WHERE id IN (SELECT value FROM json_each(:ids))", {"ids": ids}
    )
    times = {row["id"]: row["published_at"] or "" for row in rows}
    return [[times[record["article_id"]], record["article_id"], record["number"]] for record in records]


def _captures(archive: Archive, records: list[Record]) -> list[Place]:
    del archive
    return [[record["file"], record["offset"]] for record in records]


_PLACES: dict[TableName, Callable[[Archive, list[Record]], list[Place]]] = {
    "articles": _articles, "revisions": _revisions, "captures": _captures,
}  # fmt: skip
TABLES = tuple(_PLACES)

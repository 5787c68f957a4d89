"""A table as JSON Lines: one record a line, in the encoding that pandas and jq read."""

import json
from collections.abc import Iterator
from pathlib import Path

from archive.export.format import TableFormat
from archive.export.table import Table
from archive.whole_file import whole


def json_lines(table: Table) -> Iterator[str]:
    """Yield the records of *table*, each as a line of JSON without its line break."""
    for record in table:
        yield json.dumps(record, ensure_ascii=False)


def export_jsonl(table: Table, output: Path) -> int:
    """Write the records of *table* to *output*, all or nothing; return how many.

    Raises UsageError if nothing can be written.
    """
    count = 0
    with whole(output) as part, part.open("w", encoding="utf-8") as file:
        for line in json_lines(table):
            file.write(f"{line}\n")
            count += 1
    return count


JSONL = TableFormat(ending=".jsonl", write=export_jsonl)

"""The export formats, one line each; a file's ending tells which one it is to be written in."""

from pathlib import Path

from archive.export.csv import CSV
from archive.export.format import Format, TableFormat
from archive.export.jsonl import JSONL
from archive.export.parquet import PARQUET
from archive.export.slice import SLICE
from archive.export.wacz import WACZ
from archive.export.warc import WARC
from kickcrawl.errors import UsageError

FORMATS: tuple[Format | TableFormat, ...] = (
    JSONL,
    CSV,
    PARQUET,
    SLICE,
    WARC,
    WACZ,
)
ENDINGS = ", ".join(format.ending for format in FORMATS)


def format_of(output: Path) -> Format | TableFormat:
    """Return the format that the name of *output* asks for; raises UsageError, which names all, if it asks for none."""
    for format in FORMATS:
        if output.name.lower().endswith(format.ending):
            return format
    raise UsageError(f"{output}: the ending says in which format to write; there are: {ENDINGS}")

"""The command line's `export`: tables of articles, or their captures, in the format that the file's name asks for."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from archive.cli import read_only, which
from archive.database import Archive
from archive.export.beside import export_table, export_whole
from archive.export.format import Format, TableFormat
from archive.export.formats import ENDINGS, format_of
from archive.export.hugging_face import export_hugging_face
from archive.export.jsonl import JSONL, json_lines
from archive.export.no_texts import without_texts
from archive.export.parquet import PARQUET
from archive.export.slice import SLICE, export_slice
from archive.export.table import TableName
from archive.export.tables import table_of
from archive.export.wacz import WACZ
from archive.export.warc import WARC
from archive.outlets import check_outlet
from archive.query.choice import Choice
from archive.query.options import chooses_articles
from archive.warc.owner import warc_folder
from archive.whole_file import refuse_own
from kickcrawl.cli import main
from kickcrawl.errors import UsageError

_FILE = click.Path(path_type=Path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be written where: the options of the command, as they were given."""

    to: Path | None
    hf: Path | None
    jsonl: Path | None
    warc: Path | None
    wacz: Path | None
    revisions: bool
    stories: bool
    captures: bool
    no_texts: bool
    partition: bool

    @property
    def tables(self) -> tuple[TableName, ...]:
        """The tables that are asked for beside the articles or in their place."""
        flags: dict[TableName, bool] = {
            "revisions": self.revisions, "stories": self.stories, "captures": self.captures,
        }  # fmt: skip
        return tuple(name for name, is_asked in flags.items() if is_asked)


@main.command()
@click.option("--to", type=_FILE, help=f"The file to write; its ending says how: {ENDINGS}.")
@click.option("--hf", type=_FILE, help="The folder to write: a dataset for the Hugging Face hub, with its card.")
@click.option("--revisions", is_flag=True, help="The articles' revisions, and what each changed.")
@click.option("--stories", is_flag=True, help="The copies: members of the stories that the articles belong to.")
@click.option("--captures", is_flag=True, help="When which address was fetched; to .db: the WARC records, too.")
@click.option("--no-texts", is_flag=True, help="No texts: ids, metadata, digests, and how often each word stands.")
@click.option("--partition", is_flag=True, help="To .parquet: a folder with a file for each outlet and month.")
@click.option("--jsonl", type=_FILE, help="The file to write, an article a line; standard output if none is named.")
@click.option("--warc", type=_FILE, help="The file to write, NAME.warc.gz, with its index NAME.cdxj: the captures.")
@click.option("--wacz", type=_FILE, help="The file to write, NAME.wacz: the captures, for ReplayWeb.page.")
@click.option("--search", "words", metavar="WORDS", help='Only articles that hold all WORDS; "a phrase" as in search.')
@chooses_articles
@which
def export(words: str | None, choice: Choice, path: Path, **options: Any) -> None:
    """Write articles, oldest first, or what belongs to them, whole or not at all, with a datasheet beside the file."""
    asked = Asked(**options)
    choice = replace(choice, words=words)
    target = _target(asked)
    if target is not None:
        _check(asked, *target, path)
    with read_only(path) as archive:
        check_outlet(archive, choice.outlet)
        if target is None:
            _print(archive, choice, asked)
        else:
            format, output = target
            count, unit = _writer(asked, format)(archive, choice, output)
            click.echo(f"{count} {unit} written to {output}")


def _target(asked: Asked) -> tuple[Format | TableFormat | None, Path] | None:
    """Return the file that was asked for, with its format (None: a dataset for the hub); None for standard output."""
    if sum(output is not None for output in (asked.to, asked.hf, asked.jsonl, asked.warc, asked.wacz)) > 1:
        raise UsageError("--to, --hf, --jsonl, --warc and --wacz each name a file; ask for one at a time")
    if asked.to is not None:
        return format_of(asked.to), asked.to
    named = ((None, asked.hf), (JSONL, asked.jsonl), (WARC, asked.warc), (WACZ, asked.wacz))
    return next(((format, output) for format, output in named if output is not None), None)


def _check(asked: Asked, format: Format | TableFormat | None, output: Path, archive: Path) -> None:
    """Refuse what does not go together, the archive's own files, and names that readers would not open."""
    refuse_own(archive, output)
    if asked.partition and (format is not PARQUET or asked.tables):
        raise UsageError("--partition is for articles in Parquet: --to FOLDER.parquet --partition")
    if isinstance(format, TableFormat) and len(asked.tables) > 1:
        raise UsageError(f"{output}: one file holds one table; ask for {' or '.join(f'--{t}' for t in asked.tables)}")
    if isinstance(format, Format) and asked.no_texts:
        raise UsageError(f"{output}: this format is whole pages or a whole archive; --no-texts is for tables")
    if format is SLICE and output.exists():
        raise UsageError(f"{output}: there is a file already; remove it, or name another")
    if isinstance(format, Format) and format.unit == "captures":
        _check_captures(asked, format, output, archive)


def _check_captures(asked: Asked, format: Format, output: Path, archive: Path) -> None:
    if asked.tables:
        raise UsageError(f"{output}: holds captures as they are; tables are written to .jsonl, .csv or .parquet")
    if format.needs_ending and not output.name.endswith(format.ending):
        name = f"{output.name.partition('.')[0]}{format.ending}"
        raise UsageError(f"{output}: replay tools go by the name; call it {name}")
    if output.resolve().parent == warc_folder(archive).resolve():
        raise UsageError(f"{output}: this folder is for the archive's own captures; write to another")


def _writer(asked: Asked, format: Format | TableFormat | None) -> Callable[[Archive, Choice, Path], tuple[int, str]]:
    """Return what writes the file and tells how many of what it wrote."""
    now, texts = datetime.now(UTC), not asked.no_texts

    def write(archive: Archive, choice: Choice, output: Path) -> tuple[int, str]:
        if format is None:
            return export_hugging_face(
                archive, choice, ("articles", *asked.tables), output, now, texts=texts
            ), "records"
        if isinstance(format, TableFormat):
            name: TableName = next(iter(asked.tables), "articles")
            count = export_table(archive, choice, name, format, output, now, texts=texts, partition=asked.partition)
            return count, _UNITS[name]
        if format is SLICE:
            return export_slice(archive, choice, output, now, records=asked.captures), format.unit
        return export_whole(archive, choice, format, output, now), format.unit

    return write


def _print(archive: Archive, choice: Choice, asked: Asked) -> None:
    if len(asked.tables) > 1 or asked.partition:
        raise UsageError("name a file with --to, or a folder with --hf; standard output takes one table")
    table = table_of(next(iter(asked.tables), "articles"), archive, choice)
    for line in json_lines(without_texts(table) if asked.no_texts else table):
        click.echo(line)


_UNITS = {"articles": "articles", "revisions": "revisions", "stories": "members of stories", "captures": "captures"}

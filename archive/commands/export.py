"""The command line's `export`: articles or their captures, in the format that the file's name asks for."""

from datetime import datetime
from pathlib import Path

import click

from archive.commands.ask import check_outlet, read_only, which
from archive.export.format import Format
from archive.export.formats import ENDINGS, format_of
from archive.export.jsonl import JSONL, json_lines
from archive.export.wacz import WACZ
from archive.export.warc import WARC
from archive.query.choice import Choice
from archive.query.options import day, in_utc
from archive.warc.owner import warc_folder
from archive.whole_file import refuse_own
from kickcrawl.cli import main
from kickcrawl.errors import UsageError

_FILE = click.Path(path_type=Path)


@main.command()
@click.option("--to", type=_FILE, help=f"The file to write; its ending says how: {ENDINGS}.")
@click.option("--jsonl", type=_FILE, help="The file to write, an article a line; standard output if none is named.")
@click.option("--warc", type=_FILE, help="The file to write, NAME.warc.gz, with its index NAME.cdxj: the captures.")
@click.option("--wacz", type=_FILE, help="The file to write, NAME.wacz: the captures, for ReplayWeb.page.")
@click.option("--outlet", help="Only this outlet; of captures, all that it sent.")
@click.option("--since", type=day, help="Only articles that were published on or after this day of the outlet's clock.")
@click.option("--until", type=day, help="Only articles that were published before the end of this day, likewise.")
@click.option("--search", "words", metavar="WORDS", help='Only articles that hold all WORDS; "a phrase" as in search.')
@in_utc
@which
def export(
    to: Path | None,
    jsonl: Path | None,
    warc: Path | None,
    wacz: Path | None,
    outlet: str | None,
    since: datetime | None,
    until: datetime | None,
    words: str | None,
    utc: bool,
    path: Path,
) -> None:
    """Write articles as JSON Lines, oldest first, or their captures as WARC or WACZ, whole or not at all."""
    asked = _asked_for(to, jsonl, warc, wacz)
    if asked is not None:
        _check_name(*asked, path)
    first, last = since.date() if since else None, until.date() if until else None
    choice = Choice(outlet=outlet, since=first, until=last, words=words, utc=utc)
    with read_only(path) as archive:
        check_outlet(archive, outlet)
        if asked is not None:
            format, output = asked
            click.echo(f"{format.write(archive, choice, output)} {format.unit} written to {output}")
        else:
            for line in json_lines(archive, choice):
                click.echo(line)


def _asked_for(to: Path | None, jsonl: Path | None, warc: Path | None, wacz: Path | None) -> tuple[Format, Path] | None:
    """Return the format and the file that were asked for, None for standard output; one file at a time."""
    if sum(output is not None for output in (to, jsonl, warc, wacz)) > 1:
        raise UsageError("--to, --jsonl, --warc and --wacz each name a file; ask for one at a time")
    if to is not None:
        return format_of(to), to
    named = ((JSONL, jsonl), (WARC, warc), (WACZ, wacz))
    return next(((format, output) for format, output in named if output is not None), None)


def _check_name(format: Format, output: Path, archive: Path) -> None:
    """Refuse the archive's own files, names that replay tools would not open, and the folder of the captures."""
    refuse_own(archive, output)
    if format.needs_ending and not output.name.endswith(format.ending):
        name = f"{output.name.partition('.')[0]}{format.ending}"
        raise UsageError(f"{output}: replay tools go by the name; call it {name}")
    if format.unit == "captures" and output.resolve().parent == warc_folder(archive).resolve():
        raise UsageError(f"{output}: this folder is for the archive's own captures; write to another")

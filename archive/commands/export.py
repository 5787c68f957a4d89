"""The command line's `export`: articles as JSON Lines, or their captures as WARC or WACZ."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from archive.captures import warc_folder
from archive.commands.ask import check_outlet, reading, which
from archive.export.articles import Choice, export_articles
from archive.export.wacz import export_wacz
from archive.export.warc import export_warc
from archive.whole_file import refuse_own, whole
from kickcrawl.cli import main
from kickcrawl.errors import UsageError

_FILE = click.Path(path_type=Path)
_DAY = click.DateTime(["%Y-%m-%d"])


@main.command()
@click.option("--jsonl", type=_FILE, help="The file to write, an article a line; standard output if none is named.")
@click.option("--warc", type=_FILE, help="The file to write, NAME.warc.gz, with its index NAME.cdxj: the captures.")
@click.option("--wacz", type=_FILE, help="The file to write, NAME.wacz: the captures, for ReplayWeb.page.")
@click.option("--outlet", help="Only this outlet; of captures, all that it sent.")
@click.option("--since", type=_DAY, help="Only articles that were published on or after this day (UTC).")
@click.option("--until", type=_DAY, help="Only articles that were published before the end of this day (UTC).")
@click.option("--search", "words", metavar="WORDS", help='Only articles that hold all WORDS; "a phrase" as in search.')
@which
def export(
    jsonl: Path | None,
    warc: Path | None,
    wacz: Path | None,
    outlet: str | None,
    since: datetime | None,
    until: datetime | None,
    words: str | None,
    path: Path,
) -> None:
    """Write articles as JSON Lines, oldest first, or their captures as WARC or WACZ, whole or not at all."""
    _check_names(jsonl, warc, wacz, path)
    end = until + timedelta(days=1) if until else None
    choice = Choice(outlet=outlet, since=_day(since), until=_day(end), words=words)
    with reading(path) as archive:
        check_outlet(archive, outlet)
        if warc is not None:
            click.echo(f"{export_warc(archive, choice, warc)} captures written to {warc}")
        elif wacz is not None:
            click.echo(f"{export_wacz(archive, choice, wacz)} captures written to {wacz}")
        elif jsonl is not None:
            click.echo(f"{_write_lines(jsonl, export_articles(archive, choice))} articles written to {jsonl}")
        else:
            for record in export_articles(archive, choice):
                click.echo(json.dumps(record, ensure_ascii=False))


def _check_names(jsonl: Path | None, warc: Path | None, wacz: Path | None, archive: Path) -> None:
    """Refuse more than one file, names that replay tools would not open, and the folder of the captures themselves."""
    if sum(output is not None for output in (jsonl, warc, wacz)) > 1:
        raise UsageError("--jsonl, --warc and --wacz are three exports; ask for one at a time")
    for output in (jsonl, warc, wacz):
        if output is not None:
            refuse_own(archive, output)
    for output, ending in ((warc, ".warc.gz"), (wacz, ".wacz")):
        if output is not None and not output.name.endswith(ending):
            raise UsageError(f"{output}: replay tools go by the name; call it {output.name.partition('.')[0]}{ending}")
        if output is not None and output.resolve().parent == warc_folder(archive).resolve():
            raise UsageError(f"{output}: this folder is for the archive's own captures; write to another")


def _write_lines(output: Path, records: Iterator[dict[str, Any]]) -> int:
    """Write all *records* or leave *output* as it was; return how many."""
    count = 0
    with whole(output) as part, part.open("w", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
            count += 1
    return count


def _day(day: datetime | None) -> str | None:
    return f"{day:%Y-%m-%d}" if day else None

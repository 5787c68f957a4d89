"""The command line's `rebuild`: an archive from WARC files alone."""

import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import click
from tqdm import tqdm

from archive.database import open_archive
from archive.replay.rebuild import rebuild as build
from archive.warc.runs import Report
from archive.whole_file import whole
from kickcrawl.cli import as_json, echo_json, main
from kickcrawl.errors import KickcrawlError, UsageError
from kickcrawl.garbage import collect_rarely

_NAME = re.compile(r"\.w?arc(?!.*\.torn-at-)", re.IGNORECASE)
_DATABASE = ("", "-wal", "-shm", "-journal")


@main.command("rebuild")
@click.option(
    "--from",
    "folder",
    type=click.Path(path_type=Path),
    required=True,
    help="The folder of the WARC files, or a file.",
)
@click.argument("new", type=click.Path(path_type=Path))
@as_json
def rebuild_command(folder: Path, new: Path, as_json: bool) -> None:
    """Build the archive NEW from WARC files alone: articles, revisions, runs, full text.

    The files are linked (or copied, or compressed record by record) into the folder warc beside it. Exit status 1 if
    anything in them is damaged: what is whole was read all the same.
    """
    if new.exists():
        raise UsageError(f"{new} is there already; name another file")
    files = _files(folder)
    collect_rarely()
    with whole(new) as part, tqdm(unit=" records", disable=None, leave=False) as bar:
        new.parent.mkdir(parents=True, exist_ok=True)
        _clear(part)  # of one that was killed
        try:
            with closing(open_archive(part, create=True)) as archive:
                report = build(archive, files, tick=bar.update)
            if not report.runs:
                if as_json:
                    echo_json(asdict(report))
                else:
                    _echo_faults(report)
                raise KickcrawlError(f"{folder}: holds no run of kickcrawl's; {new} was not made")
        finally:
            _clear(part, ("-wal", "-shm", "-journal", ".schema.lock"))
    if as_json:
        echo_json(asdict(report))
    else:
        _echo(report, new)
    if report.damage:
        raise SystemExit(1)


def _clear(part: Path, beside: Sequence[str] = _DATABASE) -> None:
    for rest in beside:
        part.with_name(part.name + rest).unlink(missing_ok=True)


def _files(folder: Path) -> Sequence[Path]:
    if folder.is_file():
        return [folder]
    files = sorted(file for file in folder.rglob("*") if _NAME.search(file.name) and file.is_file())
    if not files:
        raise UsageError(f"{folder}: no WARC files are here; name the folder that holds them with --from")
    return files


def _echo_faults(report: Report) -> None:
    for line in (*report.foreign, *report.damage):
        click.echo(line, err=True)


def _echo(report: Report, new: Path) -> None:
    _echo_faults(report)
    click.echo(
        f"{report.articles} articles from {report.runs} runs, {report.records} records in {report.files} files: {new}"
        + (f"; {len(report.damage)} damages" if report.damage else "")
    )

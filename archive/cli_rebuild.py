"""The command line's part that builds an archive from WARC files: rebuild."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click
from tqdm import tqdm

from archive.captures import warc_folder
from archive.database import open_archive
from archive.rebuild import Report
from archive.rebuild import rebuild as build
from kickcrawl.cli import as_json, echo_json, main
from kickcrawl.errors import UsageError


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

    The files are linked (or copied) into the folder warc beside it. Exit status 1 if anything in them is damaged: what
    is whole was read all the same.
    """
    if new.exists():
        raise UsageError(f"{new} is there already; name another file")
    files = _files(folder)
    part = new.with_name(f"{new.name}.part")
    _bring(files, warc_folder(new))
    part.unlink(missing_ok=True)
    archive = open_archive(part, create=True)
    try:
        with tqdm(unit=" records", disable=None, leave=False) as bar:
            report = build(archive, [warc_folder(new) / file.name for file in files], tick=bar.update)
    finally:
        archive.close()
    os.replace(part, new)
    if as_json:
        echo_json(asdict(report))
    else:
        _echo(report, new)
    if report.damage:
        raise SystemExit(1)


def _files(folder: Path) -> Sequence[Path]:
    if folder.is_file():
        return [folder]
    files = sorted(file for file in folder.rglob("*") if file.is_file() and ".warc" in file.name.lower())
    files = [file for file in files if ".torn-at-" not in file.name]
    if not files:
        raise UsageError(f"{folder}: no WARC files are here; name the folder that holds them with --from")
    return files


def _bring(files: Sequence[Path], folder: Path) -> None:
    """Have all *files* in *folder*: linked where that can be, else copied."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        here = folder / file.name
        if here.exists() and here.samefile(file):
            continue
        if here.exists():
            raise UsageError(f"{here} is there already, and is not {file}; build the archive in a folder of its own")
        try:
            os.link(file, here)
        except OSError:
            shutil.copyfile(file, here)


def _echo(report: Report, new: Path) -> None:
    for line in (*report.foreign, *report.damage):
        click.echo(line, err=True)
    click.echo(
        f"{report.articles} articles from {report.runs} runs, {report.records} records in {report.files} files: {new}"
        + (f"; {len(report.damage)} damages" if report.damage else "")
    )

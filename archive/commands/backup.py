"""The command line's `backup`."""

from pathlib import Path

import click

from archive.backup import back_up
from archive.cli import which
from kickcrawl.cli import as_json, echo_json, main


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@which
@as_json
def backup(file: Path, force: bool, path: Path, as_json: bool) -> None:
    """Copy the archive to FILE, also while crawls run: whole and checked, or not at all."""
    made = back_up(path, file, force=force)
    if as_json:
        echo_json({"file": str(made.path), "articles": made.articles, "bytes": made.size})
        return
    click.echo(f"{made.articles} articles backed up to {made.path} ({made.size / 1_000_000:.1f} MB), checked")

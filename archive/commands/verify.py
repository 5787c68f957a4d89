"""The command line's `verify`: is all of the archive as it was stored?"""

import os
import sys
from contextlib import closing
from pathlib import Path

import click
from tqdm import tqdm

from archive.chain import read_head
from archive.commands.ask import read_only, which
from archive.database import open_archive
from archive.verify.archive import verify as check
from archive.verify.archive import volume
from kickcrawl.cli import as_json, echo_json, main


@main.command()
@click.option("--head", is_flag=True, help="Only print the head of the chain, to be written down elsewhere.")
@click.option("--expect", metavar="HEAD", help="A head that was written down: the chain must have had it.")
@which
@as_json
def verify(head: bool, expect: str | None, path: Path, as_json: bool) -> None:
    """Check that all is as it was stored: the chain, every WARC record, the index. The first fault is named: exit 1."""
    if head:
        with read_only(path) as archive:
            found: dict[str, int | str] = {"head": read_head(archive)}
        echo_json(found) if as_json else click.echo(found["head"])
        return
    with closing(open_archive(path, read_only=not _is_writable(path))) as archive:
        bar = tqdm(total=volume(archive), unit="B", unit_scale=True, leave=False, disable=not sys.stderr.isatty())
        with bar:
            found = check(archive, expect=expect, progress=bar.update)
    if as_json:
        echo_json(found)
        return
    click.echo(
        f"all is as it was stored: {found['articles']} articles, {found['revisions']} revisions, "
        f"{found['captures']} captures, {found['records']} records in {found['files']} WARC files"
    )
    click.echo(f"head of the chain, {found['links']} links: {found['head']}")
    if "left_out" in found:
        click.echo(f"left out: {found['left_out']}")


def _is_writable(path: Path) -> bool:
    """Tell whether the archive can be written, or there is none: that is told when it is opened."""
    return not path.exists() or (os.access(path, os.W_OK) and os.access(path.resolve().parent, os.W_OK))

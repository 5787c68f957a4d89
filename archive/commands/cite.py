"""The command line's `cite`."""

from pathlib import Path
from typing import get_args

import click

from archive.cite.cite import Style, citation
from archive.cite.permanent import checked_base
from archive.cli import read_only, which
from kickcrawl.cli import main


@main.command()
@click.argument("article")
@click.option("--style", type=click.Choice(get_args(Style)), default="text", show_default=True)
@click.option(
    "--base", envvar="KICKCRAWL_BASE", metavar="URL",
    help="Where this archive's site stands, for a permanent address; also KICKCRAWL_BASE.",
)  # fmt: skip
@which
def cite(article: str, style: Style, base: str | None, path: Path) -> None:
    """Print a citation of ARTICLE: an id, an address that it had, or ID@2 for its second revision.

    It names the revision and its digest: `kickcrawl verify --citation` tells whether the archive still has it so.
    """
    with read_only(path) as archive:
        click.echo(citation(archive, article, style, checked_base(base) if base else None), nl=style == "text")

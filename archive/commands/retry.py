"""The command line's `retry`."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import click

from archive.cli import which
from archive.database import open_archive
from archive.doubts.retry import retry_rejected
from archive.outlets import check_outlet
from archive.query.options import day, in_utc
from kickcrawl.article import Reason
from kickcrawl.cli import main


@main.command()
@click.argument("outlet", required=False)
@click.option("--reason", type=click.Choice(get_args(Reason)), help="Only what was rejected for this reason.")
@click.option("--since", type=day, help="Only what answered last on this day of the outlet's clock or later.")
@in_utc
@which
def retry(outlet: str | None, reason: str | None, since: datetime | None, utc: bool, path: Path) -> None:
    """Make rejected pages due again, of OUTLET or of all: the next crawl asks for them."""
    with closing(open_archive(path)) as archive:
        check_outlet(archive, outlet)
        first = since.date() if since else None
        count = retry_rejected(archive, datetime.now(UTC), outlet=outlet, reason=reason, since=first, utc=utc)
    click.echo(f"{count} {'page is' if count == 1 else 'pages are'} due again; the next crawl asks for them")

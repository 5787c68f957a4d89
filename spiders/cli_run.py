"""The command ``kickcrawl run``: crawl the outlets that are due, in one process; with --keep, whenever one is.

0 where all did what it was asked, 1 where one could not (a line on stderr says why) or another run is at work, 2 for
wrong arguments.
"""

import sys
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from kickcrawl.cli import as_json, main, with_quiet_hours, with_requests_per_day, with_settings


@main.command()
@click.argument("outlets", nargs=-1)
@click.option(
    "--region",
    envvar="KICKCRAWL_REGION",
    help="Only the outlets of this region; also KICKCRAWL_REGION, where no OUTLETS are named.",
)
@click.option(
    "--keep", is_flag=True, help="Stay, and crawl each outlet whenever it is due; SIGTERM ends it in good order."
)
@click.option("--all", "everything", is_flag=True, help="Also the outlets that are not due yet; ask all seeds.")
@with_requests_per_day
@with_quiet_hours
@click.option("--archive", type=click.Path(path_type=Path), help="The archive's file; also KICKCRAWL_ARCHIVE.")
@with_settings
@as_json
def run(
    outlets: tuple[str, ...],
    region: str | None,
    keep: bool,
    everything: bool,
    requests_per_day: int | None,
    quiet_hours: tuple[str, ...],
    archive: Path | None,
    settings: dict[str, str],
    as_json: bool,
) -> None:
    """Crawl the OUTLETS that are due, or all outlets that are, and say what each brought and when it is due again.

    An outlet is due by its own rhythm: see `kickcrawl outlets`. With --keep --json, a line for each run that has ended.
    """
    from spiders.unattended import Unattended  # only here, so that the other commands start without Scrapy

    if outlets and click.get_current_context().get_parameter_source("region") is ParameterSource.ENVIRONMENT:
        region = None  # it says what is crawled as a rule; who names outlets means these
    given: dict[str, Any] = dict(settings)
    given |= {"REQUESTS_PER_DAY": requests_per_day} if requests_per_day else {}
    given |= {"QUIET_HOURS": list(quiet_hours)} if quiet_hours else {}
    given |= {"ARCHIVE": str(archive)} if archive else {}
    work = Unattended.planned(outlets, region, given, keeps=keep, everything=everything, as_json=as_json)
    sys.exit(work.run())

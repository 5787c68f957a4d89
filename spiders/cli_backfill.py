"""``kickcrawl backfill OUTLET --since DAY``: fetch an outlet's past from its own archives and from web archives."""

from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.backfill.backfills import OWN, read_backfills
from archive.backfill.told import told_of, wrong_captures
from archive.cli import read_only, which
from archive.database import open_archive
from kickcrawl.cli import as_json, echo_json, main, with_settings
from kickcrawl.days import read_day, refuse_reversed
from kickcrawl.errors import KickcrawlError, UsageError
from kickcrawl.outlet import load_outlets, outlet_folders, pick

if TYPE_CHECKING:
    from spiders.backfill.plan import BackfillPlan
    from spiders.backfill.steps import StepEnd

REQUESTS_A_DAY = 1_000
DEFAULT_SOURCES = "own,wayback,commoncrawl"


@main.command()
@click.argument("outlet", required=False)
@click.option("--since", metavar="DAY", help="First day of publication that is asked for, 2019-01-31.")
@click.option("--until", metavar="DAY", help="Last day of publication; without: today.")
@click.option(
    "--from", "sources", default=DEFAULT_SOURCES, show_default=True, metavar="SOURCES",
    help="Where from, in this order: own (the outlet's archives), wayback, commoncrawl, pywb.",
)  # fmt: skip
@click.option(
    "--requests", type=click.IntRange(1), default=REQUESTS_A_DAY, show_default=True,
    help="How many requests a day each source may take; the next day goes on with the same command.",
)  # fmt: skip
@click.option("--delay", type=click.FloatRange(0, 120), help="Seconds between two requests; wins over all others.")
@click.option("--status", is_flag=True, help="Say how far backfills have come; nothing is fetched.")
@click.option("--refused", is_flag=True, help="With --status: list the captures that were not taken, and why.")
@with_settings
@which
@as_json
def backfill(
    outlet: str | None,
    since: str | None,
    until: str | None,
    sources: str,
    requests: int,
    delay: float | None,
    status: bool,
    refused: bool,
    settings: dict[str, str],
    path: Path,
    as_json: bool,
) -> None:
    """Fetch an outlet's past: from its own archives, and what it no longer has from web archives."""
    if status:
        _tell_status(path, outlet, refused=refused, as_json=as_json)
        return
    if refused:
        raise UsageError("--refused is told of what was asked for; give it with --status")
    if outlet is None or since is None:
        raise UsageError("name the outlet and the first day: kickcrawl backfill kicknews --since 2019-01-01")
    first, last = read_day("--since", since), read_day("--until", until) if until else None
    refuse_reversed(first, last)
    if first > (datetime.now(UTC) + timedelta(days=1)).date():
        raise UsageError(f"--since {first} has not come yet")
    path = Path(settings.get("ARCHIVE", path))
    ends = _run(path, outlet, first, last, _sources(sources), requests, delay, settings)
    failures = [end.run.failure for end in ends if end.run.failure and not end.run.is_paused]
    with read_only(path, tells_empty=False) as archive:
        told = told_of(archive, outlet)
    if as_json:
        echo_json(told)
    else:
        for end in ends:
            click.echo(_report(end))
    if failures:
        raise KickcrawlError("; ".join(failures))
    if any(end.interrupted for end in ends):
        raise KickcrawlError("interrupted before it was done; the same command goes on where it was")


def _run(
    path: Path,
    slug: str,
    since: date,
    until: date | None,
    sources: Sequence[str],
    requests: int,
    delay: float | None,
    given: dict[str, str],
) -> "list[StepEnd]":
    from scrapy.settings import Settings  # only here, so that the other commands start without Scrapy

    from spiders.backfill.plan import plan_backfill
    from spiders.backfill.steps import run_steps
    from spiders.plan import check_numbers

    settings = Settings()
    settings.setmodule("kickcrawl.settings")
    settings.setdict(given, priority="cmdline")
    outlet = pick(load_outlets(outlet_folders(settings.get("OUTLETS"))), slug)
    if delay is not None:
        settings.set("DOWNLOAD_DELAY", delay, priority="cmdline")
    check_numbers(settings)
    with closing(open_archive(path, create=True)) as archive:
        known = {one.source: one for one in read_backfills(archive, slug)}
    days = (str(since), str(until) if until else None)

    def plan(source: str, *, discovers: bool = True) -> "BackfillPlan":
        return plan_backfill(source, outlet, path, since, until, requests, settings, discovers=discovers)

    own = known.get(OWN)
    is_named = own is not None and own.indexed_at is not None and (own.since, own.until) == days
    plans = [plan(source, discovers=not (source == OWN and is_named)) for source in sources]
    if OWN in sources and len(sources) > 1:
        plans.append(plan(OWN, discovers=False))
    return run_steps(plans, settings)


def _tell_status(path: Path, outlet: str | None, *, refused: bool, as_json: bool) -> None:
    with read_only(path, tells_empty=False) as archive:
        told = told_of(archive, outlet)
        wrong = wrong_captures(archive, outlet) if refused else []
    if outlet is not None and not told:
        pick(load_outlets(outlet_folders()), outlet)  # of a name that is none it is told
    if as_json:
        echo_json([dict(one) for one in wrong] if refused else told)
        return
    for one in told if not refused else ():
        click.echo(one["sentence"])
    for capture in wrong:
        click.echo(f"{capture['state']:<9} {capture['reason']}  {capture['address']}")
    if not told:
        click.echo("nothing was asked for yet: kickcrawl backfill OUTLET --since DAY")


def _report(end: "StepEnd") -> str:
    counts, run = end.run.counts, end.run
    names = ("found", "stored", "revised", "unchanged", "gone", "held", "outside", "deferred")
    done = [f"{counts[name]} {name}" for name in names if counts[name]]
    refused = {name: n for name, n in counts.items() if name.startswith(("capture/", "rejected/"))}
    wrong = [f"{n} {name.partition('/')[2]}" for name, n in sorted(refused.items())]
    words = ", ".join(done) or "nothing new"
    not_taken = f"; not taken: {', '.join(wrong)}" if wrong else ""
    how = "FAILED, " if run.failure and not run.is_paused else "paused until tomorrow, " if run.is_paused else ""
    return f"{run.outlet.slug} from {end.source}: {how}{words}{not_taken}; {counts['requests']} requests"


def _sources(given: str) -> list[str]:
    from spiders.backfill.plan import SOURCES

    found = [name.strip() for name in given.split(",") if name.strip()]
    unknown = sorted(set(found) - set(SOURCES)) or ([] if found else [given])
    if unknown:
        raise UsageError(f"--from: there is no source {unknown[0]!r}; there are: {', '.join(SOURCES)}")
    return list(dict.fromkeys(found))

"""The command line's `coverage`: of what each outlet published on each day, how much is archived, and who can tell."""

import csv
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from archive.accounts.coverage import read_certificate
from archive.cli import read_only, which
from archive.database import Archive
from archive.outlets import check_outlet, read_zones
from kickcrawl.cli import as_json, echo_json, main
from kickcrawl.coverage.as_data import COLUMNS, certificate_to_json, row_to_json
from kickcrawl.coverage.certificate import Certificate
from kickcrawl.coverage.items import EARLIEST
from kickcrawl.coverage.rows import DAY_STATES, Row, by_month
from kickcrawl.coverage.words import duration, in_words, percent
from kickcrawl.days import refuse_reversed
from kickcrawl.errors import UsageError

day = click.DateTime(["%Y-%m-%d"])
_HEAD = (
    "",
    "named",
    "archived",
    "share",
    "late",
    "half within",
    "gone",
    "rejected",
    "waiting",
    "excluded",
    "state",
    "told by",
)
_NOTHING = "nothing was ever named, and it was never crawled: no day can be certified"


@main.command()
@click.argument("outlet", required=False)
@click.option("--outlet", "named", metavar="OUTLET", help="The same as OUTLET.")
@click.option("--since", type=day, metavar="DAY", help="From this day of the outlet's clock on, 2025-07-14.")
@click.option("--until", type=day, metavar="DAY", help="To this day, included.")
@click.option("--by", type=click.Choice(["day", "month"]), default="day", show_default=True, help="What a row is of.")
@click.option("--csv", "as_csv", is_flag=True, help="Print the rows as CSV.")
@which
@as_json
def coverage(
    outlet: str | None, named: str | None, since: datetime | None, until: datetime | None, by: str, as_csv: bool,
    path: Path, as_json: bool,
) -> None:  # fmt: skip
    """Certify, day by day, what was published and how much of it is archived, of OUTLET or of all."""
    if outlet and named and outlet != named:
        raise UsageError(f"two outlets are named, {outlet!r} and {named!r}; name one")
    _check_days(since, until)
    if as_csv and as_json:
        raise UsageError("--csv and --json are two forms; choose one")
    with read_only(path) as archive:
        check_outlet(archive, outlet or named)
        found = _certificates(archive, outlet or named, since, until)
    parts = [(certificate, by_month(certificate.days) if by == "month" else certificate.days) for certificate in found]
    if as_json:
        echo_json([certificate_to_json(one) | {"rows": [row_to_json(row) for row in rows]} for one, rows in parts])
    elif as_csv:
        _echo_csv(parts)
    else:
        for certificate, rows in parts:
            _echo(certificate, rows)


def _certificates(
    archive: Archive, outlet: str | None, since: datetime | None, until: datetime | None
) -> list[Certificate]:
    """Return the certificates of *outlet* or of all; of which there is none is told on stderr."""
    days = (since.date() if since else None, until.date() if until else None)
    zones, found = read_zones(archive), []
    slugs = [outlet] if outlet else sorted(zones)
    for slug in slugs:
        one = read_certificate(archive, slug, *days)
        if one is None:
            click.echo(f"kickcrawl: {slug}: {_why_none(zones[slug], days[0])}", err=True)
        else:
            found.append(one)
    return found


def _why_none(timezone: str, since: date | None) -> str:
    """Return why an outlet of that zone has no certificate for the days from *since* on."""
    if since is not None and since > datetime.now(ZoneInfo(timezone)).date():
        return f"--since {since} has not come yet in {timezone}"
    return _NOTHING


def _check_days(since: datetime | None, until: datetime | None) -> None:
    """Raise UsageError for days of which there is nothing to certify."""
    refuse_reversed(since, until)
    if since and since.date() > (datetime.now(UTC) + timedelta(days=1)).date():
        raise UsageError(f"--since {since:%Y-%m-%d} has not come yet")
    if until and until.date() < EARLIEST.date():
        raise UsageError(f"--until {until:%Y-%m-%d} is before the first news sites; give a day from {EARLIEST.year} on")


def _echo_csv(parts: Sequence[tuple[Certificate, Sequence[Row]]]) -> None:
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(("outlet", *COLUMNS))
    for certificate, rows in parts:
        for row in map(row_to_json, rows):
            values = {**row, "told_by": " ".join(row["told_by"])}
            table.writerow((certificate.outlet, *(values[name] for name in COLUMNS)))


def _echo(certificate: Certificate, rows: Sequence[Row]) -> None:
    span = f"{certificate.first} to {certificate.last}"
    click.secho(f"{certificate.outlet}  {span}, days of {certificate.timezone}", bold=True)
    table = [_HEAD, *map(_cells, rows), ("total", *_cells(certificate.total)[1:-2], "", "")]
    widths = [max(len(line[column]) for line in table) for column in range(len(_HEAD))]
    for line in table:
        cells = (f"{cell:<{width}}" if at in (0, 10, 11) else f"{cell:>{width}}" for at, (cell, width) in
                 enumerate(zip(line, widths, strict=True)))  # fmt: skip
        click.echo("  ".join(cells).rstrip())
    for sentence in in_words(certificate):
        click.echo(f"  {sentence}")


def _cells(row: Row) -> tuple[str, ...]:
    share = percent(row.archived, row.wanted) if row.wanted else ""
    within = duration(row.median_delay) if row.median_delay is not None else ""
    others = [str(row.states.get(state, 0) or "") for state in ("gone", "rejected", "waiting", "excluded")]
    states = ", ".join(f"{row.days[one]} {one}" for one in DAY_STATES if row.days.get(one))
    state = row.state if sum(row.days.values()) == 1 else states
    counts = (str(row.wanted or ""), str(row.archived or ""), share, str(row.late or ""))
    return (row.label, *counts, within, *others, state, ", ".join(row.told_by))

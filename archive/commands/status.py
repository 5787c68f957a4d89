"""The command line's `status`: what is in the archive, how the last runs went, and whether all is well."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from archive.accounts.status import coverage
from archive.accounts.status import status as read_status
from archive.alerts.judge import alerts_now
from archive.cli import read_only, which
from archive.database import Archive
from archive.lookup import FILL
from archive.outlets import check_outlet
from kickcrawl.account import account_from_json, account_in_words
from kickcrawl.alerts.alert import Alert
from kickcrawl.cli import as_json, echo_json, main
from kickcrawl.days import day_of


@main.command()
@click.argument("outlet", required=False)
@click.option("--check", is_flag=True, help="For monitors: a sentence for each fault, and exit 1 if there is one.")
@click.option("--prometheus", type=click.Path(path_type=Path), metavar="FILE", help="Write the state for Prometheus.")
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Write a page with plots, for a browser.")
@which
@as_json
def status(
    outlet: str | None, check: bool, prometheus: Path | None, html: Path | None, path: Path, as_json: bool
) -> None:
    """Say what is in the archive, of OUTLET or of all, and how the last runs went."""
    with read_only(path, tells_empty=False) as archive:  # it tells how many there are
        check_outlet(archive, outlet)
        now = datetime.now(UTC)
        alerts = alerts_now(archive, now, [outlet] if outlet else None)
        faults = [str(alert) for alert in alerts]
        found = read_status(archive) | {"faults": faults}
        found["outlets"] = [one for one in found["outlets"] if outlet in (None, one["outlet"])]
        for one in found["outlets"]:
            one["seeds"] = coverage(archive, one["outlet"])
        _write(archive, found["outlets"], alerts, now, prometheus, html)
    if as_json:
        echo_json(found)
    elif check:
        click.echo("\n".join(faults) or "all is well")
    elif not (prometheus or html):
        if not found["outlets"]:
            click.echo(f"{path}: empty; {FILL}")
        for one in found["outlets"]:
            _echo_outlet(one)
    if check and faults:
        sys.exit(1)


def _write(
    archive: Archive,
    outlets: list[dict[str, Any]],
    alerts: list[Alert],
    now: datetime,
    prometheus: Path | None,
    html: Path | None,
) -> None:
    """Write the files that are asked for; their libraries are loaded only then."""
    if prometheus:
        from archive.monitor.prometheus import write_prometheus

        write_prometheus(prometheus, archive, outlets, alerts)
    if html:
        from archive.monitor.page import write_page

        write_page(html, archive, outlets, alerts, now)


def _echo_addresses(whose: str, data: dict[str, Any]) -> None:
    """Print what became of the addresses that seeds named; nothing for a run that has not told."""
    if account := account_from_json(data):
        first, *others = account_in_words(account)
        click.echo(f"  {whose}: {first}")
        for line in others:
            click.echo(f"    {line}")


def _echo_outlet(outlet: dict[str, Any]) -> None:
    first, last = (day_of(outlet[at], outlet["timezone"]) if outlet[at] else "?" for at in ("oldest", "newest"))
    span = f"{first} to {last}"
    click.secho(f"{outlet['outlet']}  {outlet['articles']} articles, {span}", bold=True)
    click.echo(
        f"  {outlet['revised']} revised, {outlet['gone']} gone, {outlet['due']} still due, "
        f"{outlet['rejected']} rejected"
    )
    click.echo(
        f"  named by: {', '.join(f'{seed} {count}' for seed, count in outlet['seeds'].items()) or 'no seed yet'}"
    )
    _echo_addresses("all", outlet["addresses"])
    if run := outlet["last_run"]:
        counts = ", ".join(f"{count} {name}" for name, count in run["counts"].items()) or "nothing"
        click.echo(f"  last run {run['started_at']}: {run['outcome']}; {counts}")
        if run["reason"] and not outlet["complaints"]:
            click.echo(f"  {run['reason']}")
        _echo_addresses("in this run", run["addresses"])
        if run["chain_head"]:
            click.echo(f"  head of the chain after it: {run['chain_head']}")
        for seed in run["seeds"]:
            if seed["error"]:
                click.echo(f"  seed {seed['seed']} failed: {seed['error']} ({seed['url']})")
    if outlet["failing_since"]:
        good = outlet["last_good_run"] or "never"
        click.secho(f"  failing since {outlet['failing_since']}, last good run: {good}", fg="red")
    for complaint in outlet["complaints"]:
        click.echo(f"  {complaint['what']}, since {complaint['since']}: {complaint['advice']}")

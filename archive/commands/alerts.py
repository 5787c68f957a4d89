"""The command line's `alerts`: what is wrong now, what was, and who could not be told."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from archive.alerts.deliver import undelivered
from archive.alerts.judge import alerts_now
from archive.alerts.keep import KeptAlert, kept_alerts
from archive.alerts.rdap import observe_domains
from archive.alerts.targets import SETTING, Target, read_targets
from archive.alerts.tell import tell_alerts
from archive.cli import read_only, which
from archive.database import open_archive
from archive.outlets import check_outlet
from kickcrawl.alerts.alert import KINDS, TOLD_CERTAINTY, Alert, certainty_in_words
from kickcrawl.cli import as_json, echo_json, main
from kickcrawl.dates import to_iso
from kickcrawl.errors import ArchiveError, UsageError

MAX_PAST = 20  # alerts that have ended, the newest, that are listed; --json lists all


@main.command()
@click.argument("outlet", required=False)
@click.option("--send", is_flag=True, help="Keep what begins and ends, and tell the targets of KICKCRAWL_NOTIFY.")
@click.option("--notify", envvar=SETTING, help="Whom to tell, addresses of apprise; also KICKCRAWL_NOTIFY.")
@which
@as_json
def alerts(outlet: str | None, send: bool, notify: str | None, path: Path, as_json: bool) -> None:
    """List what is wrong, since when, how sure, and what to do; then what was. --send: for a timer."""
    targets, now = read_targets(notify), datetime.now(UTC)
    if send and outlet:
        raise UsageError("--send judges all outlets; leave OUTLET out")
    failures = _send(path, targets, now) if send else []
    with read_only(path, tells_empty=False) as archive:
        check_outlet(archive, outlet)
        current = alerts_now(archive, now, [outlet] if outlet else None)
        kept = kept_alerts(archive, outlet=outlet)
        failures = failures or undelivered(archive)
    past = [one for one in kept if one.ended_at is not None]
    if as_json:
        lasting = {(one.alert.kind, one.alert.outlet): one for one in kept if one.ended_at is None}
        listed = [_as_json(alert, lasting.get((alert.kind, alert.outlet))) for alert in current]
        echo_json({"current": listed, "past": [_as_json(one.alert, one) for one in past], "undelivered": failures})
        return
    for alert in current:
        _echo_current(alert)
    if not current:
        click.echo("all is well")
    for one in past[:MAX_PAST]:
        _echo_past(one)
    if send and not targets:
        click.echo(f"nobody is told: {SETTING} names no target")
    if send and failures:
        raise ArchiveError(path, "; ".join(failures))
    for failure in failures:
        click.echo(failure)


def _send(path: Path, targets: Sequence[Target], now: datetime) -> list[str]:
    """Keep what is wrong now and tell the targets; return whom nothing could be told, as sentences."""
    with closing(open_archive(path)) as archive:
        observe_domains(archive, now)
        return tell_alerts(archive, now, targets)


def _echo_past(past: KeptAlert) -> None:
    whose, ended = past.alert.outlet or "this machine", past.ended_at
    lasted = f"{past.alert.since:%Y-%m-%d %H:%M} to {ended:%Y-%m-%d %H:%M} UTC"
    click.echo(f"over: {whose}: {KINDS[past.alert.kind]}, {lasted}")


def _echo_current(alert: Alert) -> None:
    unsure = "" if alert.certainty >= TOLD_CERTAINTY else ", not told yet"
    click.secho(f"{alert.outlet or 'this machine'}: {KINDS[alert.kind]} [{alert.kind}]", bold=True)
    click.echo(f"  {alert.evidence}")
    click.echo(f"  since {alert.since:%Y-%m-%d %H:%M} UTC, {certainty_in_words(alert.certainty)}{unsure}")
    click.echo(f"  {alert.advice}")


def _as_json(alert: Alert, kept: KeptAlert | None) -> dict[str, Any]:
    return asdict(alert) | {
        "since": to_iso(alert.since),
        "began_at": to_iso(kept.began_at) if kept else None,
        "ended_at": to_iso(kept.ended_at) if kept and kept.ended_at else None,
    }

"""List what can be crawled, and the rhythm of each outlet: for the command `outlets`, in spiders/cli_outlets.py."""

from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from archive.accounts.rhythm import median_lateness, read_history, requests_a_day
from archive.database import Archive, open_archive
from archive.outlets import read_zones
from kickcrawl.allowance import allowance_of
from kickcrawl.cli import echo_json
from kickcrawl.dates import to_iso
from kickcrawl.outlet import load_outlets, outlet_folders
from kickcrawl.rhythm import Allowance, Rhythm, next_run


def list_outlets(requests_per_day: int | None, quiet_hours: tuple[str, ...], path: Path, *, as_json: bool) -> None:
    """Print the outlets that can be crawled, with their rhythm as the archive at *path* tells it."""
    known = load_outlets(outlet_folders())
    allowed = {slug: allowance_of(outlet, requests_per_day, quiet_hours) for slug, outlet in known.items()}
    rhythms = _rhythms(path, allowed)
    if as_json:
        echo_json([outlet.model_dump(mode="json") | {"rhythm": rhythms.get(slug)} for slug, outlet in known.items()])
        return
    for slug, outlet in sorted(known.items()):
        checked = "" if outlet.verified else "  (not crawled live yet)"
        click.echo(f"{slug:<20} {outlet.region or '-':<6} {outlet.platform:<10} {outlet.home}{checked}")
        if rhythm := rhythms.get(slug):
            click.echo(f"  {_in_words(rhythm)}")


def _rhythms(path: Path, allowed: Mapping[str, Allowance]) -> dict[str, dict[str, Any]]:
    """Return the rhythm of each outlet that was crawled into the archive at *path*; of none if there is no archive."""
    if not path.exists():
        return {}
    now = datetime.now(UTC)
    with closing(open_archive(path, read_only=True)) as archive:
        return {slug: _rhythm(archive, slug, allowed[slug], now) for slug in read_zones(archive) if slug in allowed}


def _rhythm(archive: Archive, outlet: str, allowance: Allowance, now: datetime) -> dict[str, Any]:
    history = read_history(archive, outlet, now)
    rhythm, planned = Rhythm(history, allowance.timezone, now), next_run(history, allowance, now)
    return {
        "articles_a_day": round(rhythm.articles_a_day, 2),
        "edits_a_day": round(rhythm.edits_a_day, 2),
        "requests_a_day": round(requests_a_day(archive, outlet, now), 1),
        "found_after_seconds": median_lateness(archive, outlet),
        "busy_hours": rhythm.busy_hours(),
        "next_due": to_iso(planned.at),
        "why": planned.why,
        "put_off": planned.put_off,
    }


def _in_words(rhythm: dict[str, Any]) -> str:
    late = rhythm["found_after_seconds"]
    hours = f", half of them from {rhythm['busy_hours']}" if rhythm["busy_hours"] else ""
    found = f", found after {late / 60:.0f} minutes" if late is not None else ""
    due = f"{rhythm['next_due'][:16].replace('T', ' ')} UTC ({rhythm['why']})"
    return (
        f"{rhythm['articles_a_day']:g} articles and {rhythm['edits_a_day']:g} edits a day{hours}{found}; "
        f"{rhythm['requests_a_day']:g} requests a day; next due {due}"
    )

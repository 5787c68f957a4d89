"""One page with the state of an archive: what is wrong, and a plot of each outlet. It needs no other file."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from archive.alerts.keep import kept_alerts
from archive.alerts.volume import read_past
from archive.database import Archive
from archive.monitor.plot import Day, draw
from archive.whole_file import refuse_own, whole
from kickcrawl.alerts.alert import KINDS, Alert, certainty_in_words
from kickcrawl.alerts.pace import LEFT_OUT_DAYS, Pace, learn_pace

SHOWN_DAYS = 56
MAX_PAST = 20


def write_page(
    target: Path, archive: Archive, outlets: Sequence[Mapping[str, Any]], alerts: Sequence[Alert], now: datetime
) -> None:
    """Write the page of *outlets* (of archive.accounts.status) and *alerts* to *target*, whole or not at all.

    Raises UsageError where it cannot be written.
    """
    refuse_own(archive.path, target)
    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    past = kept_alerts(archive, lasting=False)[:MAX_PAST]
    page = environment.get_template("page.html").render(
        archive=archive.path.name,
        now=now,
        alerts=alerts,
        past=past,
        kinds=KINDS,
        sure=certainty_in_words,
        outlets=[_outlet(archive, outlet, alerts, now) for outlet in outlets],
    )
    with whole(target) as part:
        part.write_text(page)


def _outlet(archive: Archive, outlet: Mapping[str, Any], alerts: Sequence[Alert], now: datetime) -> dict[str, Any]:
    days = _days(archive, outlet["outlet"], ZoneInfo(outlet["timezone"]), now)
    total = sum(day.count for day in days)
    label = f"{outlet['name']}: {total} articles in {SHOWN_DAYS} days, the most on one day {max(d.count for d in days)}"
    own = [alert for alert in alerts if alert.outlet == outlet["outlet"]]
    return {**outlet, "plot": draw(days, label), "recent": total, "wrong": own}


def _days(archive: Archive, outlet: str, zone: ZoneInfo, now: datetime) -> list[Day]:
    row = archive.row("SELECT region FROM outlets WHERE slug = :outlet", {"outlet": outlet})
    past = read_past(archive, outlet, row["region"] if row is not None else None, zone, now)
    today = now.astimezone(zone).date()
    shown = [today - timedelta(days=back) for back in range(SHOWN_DAYS - 1, -1, -1)]
    if past is None:
        return [Day(on=day, count=0, expected=None) for day in shown]
    paces: dict[int, Pace | None] = {}

    def expected(day: date) -> float | None:
        """Return what the week before *day* let expect; a pace is learned once a week."""
        week = day.toordinal() // LEFT_OUT_DAYS * LEFT_OUT_DAYS
        if week not in paces:
            paces[week] = learn_pace(past, 24 * week)
        pace = paces[week]
        return pace.of_day(day.toordinal(), past.quiet) if pace is not None else None

    return [
        Day(on=day, count=past.on(day.toordinal()), expected=expected(day), is_quiet=day in past.quiet) for day in shown
    ]

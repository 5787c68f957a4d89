"""Read the coverage certificate of an outlet: what its seeds named of each day, against what is archived."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from archive.accounts.named_items import count_ruled_out, read_items
from archive.database import Archive
from archive.outlets import read_zones
from archive.seeds.reach import read_counts, read_reaches
from kickcrawl.coverage.certificate import Certificate, certify, count_unnamed
from kickcrawl.coverage.items import Item
from kickcrawl.coverage.reach import Reach
from kickcrawl.days import span_of_days


def read_certificate(
    archive: Archive, outlet: str, since: date | None = None, until: date | None = None
) -> Certificate | None:
    """Return the certificate of *outlet* for the days from *since* to *until*; None where nothing is known of any day.

    Without them from the first day of an article to the last on which a seed was read.
    """
    timezone = read_zones(archive)[outlet]
    zone = ZoneInfo(timezone)
    counts, reaches = read_counts(archive, outlet), read_reaches(archive, outlet)
    needs_all = any(count.unnamed for count in counts)
    asked = (None, None) if needs_all else _with_margin(timezone, since, until)
    items = list(read_items(archive, outlet, zone, asked))
    span = _span(items, reaches, zone, since, until)
    if span is None:
        return None
    found = count_unnamed(counts, items)
    began = archive.text("SELECT min(started_at) FROM runs WHERE outlet = :outlet", {"outlet": outlet})
    return certify(
        outlet, timezone, items, reaches, found, span,
        ruled_out=count_ruled_out(archive, outlet),
        crawled_since=datetime.fromisoformat(began).astimezone(zone).date() if began else None,
    )  # fmt: skip


def _with_margin(timezone: str, since: date | None, until: date | None) -> tuple[str | None, str | None]:
    """Return the asked days as UTC, and a day more on both sides: a day that stands in an address has no zone."""
    day = timedelta(days=1)
    return span_of_days(timezone, since - day if since else None, until + day if until else None)


def _span(
    items: list[Item], reaches: list[Reach], zone: ZoneInfo, since: date | None, until: date | None
) -> tuple[date, date] | None:
    known = [item.day for item in items if item.state != "other"]
    known += [at.astimezone(zone).date() for reach in reaches for at in (reach.since, reach.until) if at is not None]
    first, last = since or min(known, default=None), until or max(known, default=None)
    if first is None or last is None:
        return None
    return (first, last) if first <= last else (first, first)

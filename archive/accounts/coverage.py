"""Read the coverage certificate of an outlet: what its seeds named of each day, against what is archived."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from archive.accounts.named_items import count_ruled_out, read_items
from archive.database import Archive
from archive.outlets import read_zones
from archive.seeds.reach import read_counts, read_reaches
from kickcrawl.coverage.certificate import Certificate, certify, count_unnamed
from kickcrawl.coverage.items import EARLIEST, MAX_AHEAD, OTHER_PAGES
from kickcrawl.coverage.reach import Reach
from kickcrawl.dates import day_in_path, to_iso
from kickcrawl.days import span_of_days


def read_certificate(
    archive: Archive, outlet: str, since: date | None = None, until: date | None = None
) -> Certificate | None:
    """Return the certificate of *outlet* for the days from *since* to *until*; None where nothing is known of any day.

    Without them from the first day of an article, or of a run, to the last, be it that the run failed: that nobody
    could tell of its day is told. Days that have not come are left out.
    """
    timezone = read_zones(archive)[outlet]
    zone = ZoneInfo(timezone)
    counts, reaches = read_counts(archive, outlet), read_reaches(archive, outlet)
    needs_all = any(count.unnamed for count in counts)
    asked = (None, None) if needs_all else _with_margin(timezone, since, until)
    items = list(read_items(archive, outlet, zone, asked))
    runs = _days_of_runs(archive, outlet, zone)
    known = [item.day for item in items if item.state != "other"] + runs + _days_of_reaches(reaches, zone)
    span = _span(known, since, until, datetime.now(zone).date())
    if span is None:
        return None
    return certify(
        outlet, timezone, items, reaches, count_unnamed(counts, items), span,
        ruled_out=count_ruled_out(archive, outlet),
        crawled_since=runs[0] if runs else None,
    )  # fmt: skip


def read_span(archive: Archive, outlet: str) -> tuple[date, date] | None:
    """Return the first and the last day of the certificate of *outlet* for all days, without reading every article."""
    zone = ZoneInfo(read_zones(archive)[outlet])
    soon = datetime.now(UTC) + MAX_AHEAD
    values = {"outlet": outlet, "other": json.dumps(sorted(OTHER_PAGES))}
    [row] = archive.rows(_TIMES, values | {"earliest": to_iso(EARLIEST), "soon": to_iso(soon)})
    known = [datetime.fromisoformat(at).astimezone(zone).date() for at in row if at is not None]
    in_paths = (day.date() for found in archive.each(_UNDATED, values) if (day := day_in_path(found["url"])))
    known += [day for day in in_paths if EARLIEST.date() <= day <= soon.date()]
    known += _days_of_runs(archive, outlet, zone) + _days_of_reaches(read_reaches(archive, outlet), zone)
    return _span(known, None, None, datetime.now(zone).date())


def _days_of_reaches(reaches: Iterable[Reach], zone: ZoneInfo) -> list[date]:
    return [at.astimezone(zone).date() for reach in reaches for at in (reach.since, reach.until) if at is not None]


def _days_of_runs(archive: Archive, outlet: str, zone: ZoneInfo) -> list[date]:
    """Return the days of the first and of the last run of *outlet*; none where it never had one."""
    [row] = archive.rows(_RUNS, {"outlet": outlet})
    return [datetime.fromisoformat(at).astimezone(zone).date() for at in row if at is not None]


def _with_margin(timezone: str, since: date | None, until: date | None) -> tuple[str | None, str | None]:
    """Return the asked days as UTC, and a day more on both sides: a day that stands in an address has no zone."""
    day = timedelta(days=1)
    first = since - day if since is not None and since > date.min else None
    return span_of_days(timezone, first, until + day if until is not None and until < date.max else None)


def _span(known: Sequence[date], since: date | None, until: date | None, today: date) -> tuple[date, date] | None:
    """Return the first and the last day of a certificate: of the asked ones, those that can have had articles; else of
    the *known* ones. None where there is none."""
    first = since or min([*known, until] if until else known, default=None)
    last = until or max([*known, since] if since else known, default=None)
    if first is None or last is None:
        return None
    first, last = max(first, EARLIEST.date()), min(last, max([today, *known]))
    return (first, last) if first <= last else None


_MISSING = """
    outlet = :outlet AND state IN ('due', 'leased', 'rejected', 'excluded', 'gone')
    AND NOT (state = 'rejected' AND coalesce(reason, '') IN (SELECT value FROM json_each(:other)))
"""
_TIMES = f"""
    SELECT min(at), max(at) FROM (
        SELECT published_at AS at FROM articles WHERE outlet = :outlet
        UNION ALL
        SELECT coalesce(f.published_at, f.first_named_at) FROM articles a JOIN article_urls u ON u.article_id = a.id
        JOIN frontier f ON f.url = u.url WHERE a.outlet = :outlet AND a.published_at IS NULL
        UNION ALL
        SELECT coalesce(published_at, min(coalesce(modified_at, first_named_at), first_named_at)) FROM frontier
        WHERE {_MISSING}
    ) WHERE at >= :earliest AND at < :soon
"""
_UNDATED = f"SELECT url FROM frontier WHERE {_MISSING} AND published_at IS NULL AND address_day IS NOT NULL"
_RUNS = "SELECT min(started_at), max(started_at) FROM runs WHERE outlet = :outlet"

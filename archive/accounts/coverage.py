"""Read the coverage certificate of an outlet: what its seeds named of each day, against what is archived."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from archive.accounts.named_items import count_ruled_out, read_items, read_undated_days
from archive.database import Archive
from archive.outlets import read_zones
from archive.seeds.reach import read_counts, read_reaches
from kickcrawl.coverage.certificate import Certificate, certify, count_unnamed
from kickcrawl.coverage.items import EARLIEST, MAX_AHEAD
from kickcrawl.coverage.reach import Reach
from kickcrawl.dates import to_iso
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
    rows = archive.rows(_RUNS, {"outlet": outlet})
    runs = [(datetime.fromisoformat(row["started_at"]).astimezone(zone).date(), row["outcome"]) for row in rows]
    known = [item.day for item in items if item.state != "other"] + [day for day, _ in runs]
    known += _days_of_reaches(reaches, zone)
    span = _span(known, since, until, datetime.now(zone).date())
    if span is None:
        return None
    return certify(
        outlet, timezone, items, reaches, count_unnamed(counts, items), span,
        ruled_out=count_ruled_out(archive, outlet),
        runs=runs,
    )  # fmt: skip


def read_span(archive: Archive, outlet: str) -> tuple[date, date] | None:
    """Return the first and the last day of the certificate of *outlet* for all days, without reading every article."""
    zone = ZoneInfo(read_zones(archive)[outlet])
    values = {"outlet": outlet, "earliest": to_iso(EARLIEST), "soon": to_iso(datetime.now(UTC) + MAX_AHEAD)}
    [row] = archive.rows(_TIMES, values)
    known = [datetime.fromisoformat(at).astimezone(zone).date() for at in row if at is not None]
    known += read_undated_days(archive, outlet, zone)
    known += _days_of_reaches(read_reaches(archive, outlet), zone)
    return _span(known, None, None, datetime.now(zone).date())


def _days_of_reaches(reaches: Iterable[Reach], zone: ZoneInfo) -> list[date]:
    return [at.astimezone(zone).date() for reach in reaches for at in (reach.since, reach.until) if at is not None]


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


_TIMES = """
    SELECT min(at), max(at) FROM (
        SELECT published_at AS at FROM articles WHERE outlet = :outlet
        UNION ALL
        SELECT started_at FROM runs WHERE outlet = :outlet
        UNION ALL
        SELECT coalesce(f.published_at, f.first_named_at) FROM articles a JOIN article_urls u ON u.article_id = a.id
        JOIN frontier f ON f.url = u.url WHERE a.outlet = :outlet AND a.published_at IS NULL
        UNION ALL
        SELECT published_at FROM frontier WHERE outlet = :outlet
        AND state IN ('due', 'leased', 'rejected', 'excluded', 'gone')
    ) WHERE at >= :earliest AND at < :soon
"""
_RUNS = "SELECT started_at, outcome FROM runs WHERE outlet = :outlet"

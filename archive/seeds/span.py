"""Which of an outlet's due candidates lie in the asked days, and which are the newest, by all that seeds said of them.

SQL for a frontier row ``f``, with the parameters outlet, now, since and until: ISO times in UTC, or None.
"""

from collections.abc import Iterable
from datetime import datetime

from archive.database import Archive
from kickcrawl.dates import to_iso

DUE = "f.outlet = :outlet AND f.state = 'due' AND f.due_at <= :now"
# What was changed last before the first day that is asked for was published before it, too.
_LATEST = "coalesce(f.published_at, f.modified_until, f.modified_at, :since)"
WITHIN = (
    f"(:since IS NULL OR {_LATEST} >= :since) AND (:until IS NULL OR f.published_at IS NULL OR f.published_at < :until)"
)
TIME = "coalesce(f.published_at, f.address_day, f.modified_at)"
# What failed or is held has its turn at the end. A run that takes only a few (:few) would not come there.
NEWEST_FIRST = f"iif(:few AND f.doubt = 'held', 0, f.attempts), {TIME} DESC NULLS LAST, f.last_named_at, f.url"


def count_newer(archive: Archive, outlet: str, now: datetime, than: str, until: str | None = None) -> int:
    """Return how many candidates are due whose time is *than* or later, and before *until*."""
    return archive.count(
        f"SELECT count(*) FROM frontier f WHERE {DUE} AND {WITHIN} AND {TIME} >= :since",
        {"outlet": outlet, "now": to_iso(now), "since": than, "until": until},
    )


def count_outside(archive: Archive, outlet: str, now: datetime, since: str | None, until: str | None) -> int:
    """Return how many candidates are due but left out, since they are known to lie outside of *since* to *until*."""
    return archive.count(
        f"SELECT count(*) FROM frontier f WHERE {DUE} AND NOT ({WITHIN})",
        {"outlet": outlet, "now": to_iso(now), "since": since, "until": until},
    )


def named_before(archive: Archive, urls: Iterable[str], at: datetime) -> set[str]:
    """Return those of *urls* that a seed had named before *at*."""
    sql = "SELECT 1 FROM frontier WHERE url = :url AND first_named_at < :at"
    return {url for url in urls if archive.row(sql, {"url": url, "at": to_iso(at)}) is not None}

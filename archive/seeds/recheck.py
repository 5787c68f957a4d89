"""What is fetched again although no seed says that it was edited: what a seed names no more, and what has got old.

Both make articles due in the frontier, where a crawl takes them as it takes others.
"""

from collections.abc import Sequence
from datetime import datetime

from archive.database import Archive
from kickcrawl.article import SeedKind
from kickcrawl.dates import to_iso


def recheck_unnamed(archive: Archive, outlet: str, seed: SeedKind, swept_at: str) -> int:
    """Make the articles due that *seed* named before but not in the sweep since *swept_at*; return how many."""
    with archive.transaction():
        # CROSS JOIN: in this order. SQLite would read first what the seeds of all outlets named.
        rows = archive.rows(
            "SELECT f.url FROM frontier f CROSS JOIN frontier_seeds s ON s.url = f.url AND s.seed = :seed "
            "WHERE f.outlet = :outlet AND f.state = 'done' AND s.dropped_at IS NULL AND s.named_at < :swept_at",
            {"outlet": outlet, "seed": seed, "swept_at": swept_at},
        )
        _make_due(archive, [row["url"] for row in rows])
        dropped = [{"url": row["url"], "at": swept_at} for row in rows]
        archive.write_many("UPDATE frontier SET dropped_at = :at WHERE url = :url", dropped)
        drop(archive, seed, [row["url"] for row in rows], swept_at)
    return len(rows)


def drop(archive: Archive, seed: SeedKind, urls: Sequence[str], at: str) -> None:
    """Note that *seed* names *urls* no more, as was found at the time *at*. That it once did is kept (coverage)."""
    archive.write_many(_DROP, [{"url": url, "seed": seed, "at": at} for url in urls])


def count_named(archive: Archive, outlet: str, seed: SeedKind) -> int:
    """Return how many candidates of *outlet* the seed names that are not known to be gone."""
    return archive.count(
        "SELECT count(*) FROM frontier f JOIN frontier_seeds s ON s.url = f.url AND s.seed = :seed "
        "WHERE f.outlet = :outlet AND f.state <> 'gone' AND s.dropped_at IS NULL",
        {"outlet": outlet, "seed": seed},
    )


def count_beside(archive: Archive, outlet: str, seed: SeedKind, other: SeedKind) -> int:
    """Return how many candidates of *outlet* the seed names that *other* does not."""
    return archive.count(
        "SELECT count(*) FROM frontier f JOIN frontier_seeds s ON s.url = f.url AND s.seed = :seed "
        "WHERE f.outlet = :outlet AND f.state <> 'gone' AND s.dropped_at IS NULL AND NOT EXISTS "
        "(SELECT 1 FROM frontier_seeds o WHERE o.url = f.url AND o.seed = :other AND o.dropped_at IS NULL)",
        {"outlet": outlet, "seed": seed, "other": other},
    )


def recheck_by_age(archive: Archive, outlet: str, now: datetime, most: int = -1) -> int:
    """Make articles due by their age, for seeds that tell neither edits nor withdrawals; older ones more rarely.

    Fetched again after a quarter of its age, at least after a day and at most after half a year. (An edit gets less
    likely with age; the same rule as for revisiting pages by their observed rate of change, Cho & Garcia-Molina 2003.)
    So are those that asked for a password, or said noarchive, when they were fetched. *most* of them, the newest: a
    sample where seeds say that they tell edits. All if it is negative.
    """
    rows = archive.rows(
        "SELECT f.url, coalesce(a.published_at, f.published_at, f.address_day) AS published_at FROM frontier f "
        "LEFT JOIN article_urls u ON u.url = f.url LEFT JOIN articles a ON a.id = u.article_id "
        "WHERE f.outlet = :outlet AND f.checked_at IS NOT NULL AND "
        "(f.state = 'done' OR f.state = 'excluded' AND f.reason IN ('password', 'noarchive')) AND "
        "julianday(:now) - julianday(f.checked_at) > min(180, max(1, (julianday(:now) - "
        "julianday(coalesce(a.published_at, f.published_at, f.address_day, f.first_named_at))) / 4)) "
        "ORDER BY 2 DESC NULLS LAST, f.url LIMIT :most",
        {"outlet": outlet, "now": to_iso(now), "most": most},
    )
    with archive.transaction():
        _make_due(archive, [row["url"] for row in rows])
    return len(rows)


def _make_due(archive: Archive, urls: Sequence[str]) -> None:
    archive.write_many("UPDATE frontier SET state = 'due', attempts = 0 WHERE url = :url", [{"url": u} for u in urls])


# What it said of times is forgotten: named again, the candidate is taken as if it were named for the first time.
_DROP = """
    UPDATE frontier_seeds SET dropped_at = :at, modified_at = NULL, modified_until = NULL, false_alarms = 0
    WHERE url = :url AND seed = :seed
"""

"""Make articles due that a feed or a list has left out between those that it still names (kickcrawl.discovery.gaps)."""

from datetime import datetime

from archive.database import Archive
from archive.seeds.recheck import drop
from kickcrawl.article import SeedKind
from kickcrawl.discovery.gaps import Entry, find_gaps


def recheck_gaps(archive: Archive, outlet: str, seed: SeedKind, read_at: str, *, to_end: bool = False) -> int:
    """Make the articles due that lists of the kind *seed*, all read since *read_at* (ISO, UTC), left out; return how
    many.

    Each is looked at once: the list is no longer known to name it, until it does so again. *to_end*: they were read to
    their end, so that an article needs no time to be missed.
    """
    rows = archive.rows(_ENTRIES, {"outlet": outlet, "seed": seed})
    entries = [
        Entry(url=row["url"], published=_time(row["published_at"]), is_named=row["named_at"] >= read_at) for row in rows
    ]
    gaps = list(find_gaps(entries, to_end=to_end))
    with archive.transaction():
        archive.write_many(
            "UPDATE frontier SET state = 'due', attempts = 0, dropped_at = :at WHERE url = :url AND state = 'done'",
            [{"url": url, "at": read_at} for url in gaps],
        )
        drop(archive, seed, gaps, read_at)
    return len(gaps)


def _time(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


_ENTRIES = """
    SELECT f.url, s.named_at, coalesce(a.published_at, f.published_at) AS published_at
    FROM frontier f JOIN frontier_seeds s ON s.url = f.url AND s.seed = :seed
    LEFT JOIN article_urls u ON u.url = f.url LEFT JOIN articles a ON a.id = u.article_id
    WHERE f.outlet = :outlet AND s.dropped_at IS NULL AND f.state IN ('done', 'due', 'leased')
"""

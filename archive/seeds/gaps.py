"""Make articles due that vanished from the middle of a feed or list that still names older ones: see discovery.gaps."""

from datetime import datetime

from archive.database import Archive
from archive.seeds.recheck import drop
from kickcrawl.article import SeedKind
from kickcrawl.discovery.gaps import Entry, find_gaps


def recheck_gaps(archive: Archive, outlet: str, seed: SeedKind, read_at: str, *, to_end: bool = False) -> int:
    """Make the articles due that lists of the kind *seed*, all read since *read_at* (ISO, UTC), left out; return how
    many.

    Each is made due once: it counts as named again only when the list names it again. *to_end*: the lists were read to
    their end, so that an article without a time can be missed, too.
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

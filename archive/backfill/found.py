"""The table backfill_captures: which captures web archives have of an outlet's pages, and what became of each.

Of each page the newest capture is asked for; where that shows no article, the one before it, and so on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from archive.backfill.backfills import Backfill
from archive.database import Archive
from kickcrawl.dates import to_iso
from kickcrawl.webarchives.wanted import Wanted, is_page_of_another

State = Literal["due", "leased", "stored", "archived", "outside", "rejected", "failed"]
MAX_ATTEMPTS = 3  # at a capture that does not come, each in another run
MIN_ALIKE = 3  # addresses with one body: a wall, or what stands there for pages that are gone
SAME_PAGE = "same-page"  # reason of these


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCapture:
    """A capture in a web archive that is to be asked for; see the table backfill_captures."""

    address: str
    url: str
    target: str
    captured_at: str
    digest: str | None


def note_found(archive: Archive, backfill: Backfill, found: Iterable[Wanted]) -> int:
    """Note captures that an index has named; return how many are new."""
    rows = [
        {
            "outlet": backfill.outlet,
            "source": backfill.source,
            "url": one.url,
            "is_article": one.is_article,
            "address": one.capture.address,
            "target": one.capture.target,
            "captured_at": one.capture.captured_at,
            "digest": one.capture.digest,
        }
        for one in found
    ]
    with archive.transaction():
        before = archive.count(_COUNT, {"outlet": backfill.outlet, "source": backfill.source})
        archive.write_many(_NOTE, rows)
        return archive.count(_COUNT, {"outlet": backfill.outlet, "source": backfill.source}) - before


def sort_out(archive: Archive, backfill: Backfill) -> None:
    """Take out what need not be asked for: pages whose article is archived, taken down or not to be fetched, and bodies
    that many addresses have in common. What a run that died had taken is due again."""
    given = {"outlet": backfill.outlet, "source": backfill.source, "alike": MIN_ALIKE, "same": SAME_PAGE}
    with archive.transaction():
        archive.write(_FREE, given)
        urls = {row["url"] for row in archive.rows(_ADDRESSES, given)}
        pages = [{"url": url} for url in urls if is_page_of_another(url, urls)]
        archive.write_many("UPDATE backfill_captures SET is_article = 0 WHERE url = :url", pages)
        archive.write(_SAME_PAGE, given)
        archive.write(_ARCHIVED, given)


def lease_found(archive: Archive, backfill: Backfill, now: datetime) -> FoundCapture | None:
    """Take the capture that is to be asked for next: of the page that was captured last; None if there is none."""
    given = {"outlet": backfill.outlet, "source": backfill.source, "until": to_iso(now)}
    with archive.transaction():
        row = archive.row(_NEXT, given)
        if row is None:
            return None
        archive.write(_LEASE, {"address": row["address"], "now": to_iso(now)})
    return FoundCapture(**{name: row[name] for name in FoundCapture.__dataclass_fields__})


def find_page(archive: Archive, backfill: Backfill, target: str, near: str) -> FoundCapture | None:
    """Return the capture of a further page at *target* that is nearest to the time *near*; None if there is none."""
    row = archive.row(_PAGE, {"source": backfill.source, "outlet": backfill.outlet, "target": target, "near": near})
    return FoundCapture(**{name: row[name] for name in FoundCapture.__dataclass_fields__}) if row is not None else None


def note_asked(archive: Archive, address: str, now: datetime) -> None:
    """Note that a capture of a further page was asked for."""
    archive.write("UPDATE backfill_captures SET asked_at = :now WHERE address = :a", {"a": address, "now": to_iso(now)})


def resolve_found(archive: Archive, address: str, state: State, reason: str | None = None) -> None:
    """Note what became of the capture at *address*. Unknown ones are left alone: a rebuilt archive knows none."""
    archive.write(
        "UPDATE backfill_captures SET state = :state, reason = :reason WHERE address = :address",
        {"address": address, "state": state, "reason": reason},
    )


def put_off_found(archive: Archive, address: str, reason: str) -> State:
    """Put a capture back that did not come, to be asked for by a later run; after some, it is not to be had."""
    attempts = archive.count("SELECT attempts FROM backfill_captures WHERE address = :a", {"a": address}) + 1
    state: State = "failed" if attempts >= MAX_ATTEMPTS else "due"
    archive.write(
        "UPDATE backfill_captures SET state = :state, reason = :reason, attempts = :attempts WHERE address = :address",
        {"address": address, "state": state, "reason": reason, "attempts": attempts},
    )
    return state


def give_back(archive: Archive, address: str) -> None:
    """Make a capture due again that was not asked for after all."""
    archive.write("UPDATE backfill_captures SET state = 'due', asked_at = NULL WHERE address = :a", {"a": address})


def is_done(archive: Archive, backfill: Backfill) -> bool:
    """Tell whether the index was read to its end and nothing that it named is still to be asked for."""
    named = "SELECT indexed_at FROM backfills WHERE outlet = :outlet AND source = :source"
    given = {"outlet": backfill.outlet, "source": backfill.source}
    return archive.text(named, given) is not None and count_left(archive, backfill) == 0


def count_left(archive: Archive, backfill: Backfill) -> int:
    """Return how many pages have a capture that is still to be asked for, now or by a later run."""
    return archive.count(
        f"SELECT count(DISTINCT b.url) FROM backfill_captures b WHERE {_OPEN}",
        {"outlet": backfill.outlet, "source": backfill.source},
    )


_COUNT = "SELECT count(*) FROM backfill_captures WHERE outlet = :outlet AND source = :source"
_NOTE = """
    INSERT INTO backfill_captures (address, outlet, source, url, target, captured_at, digest, is_article, state)
    VALUES (:address, :outlet, :source, :url, :target, :captured_at, :digest, :is_article, 'due')
    ON CONFLICT (address) DO NOTHING
"""
_ADDRESSES = """
    SELECT url FROM backfill_captures WHERE outlet = :outlet
    UNION SELECT u.url FROM article_urls u JOIN articles a ON a.id = u.article_id WHERE a.outlet = :outlet
"""
_FREE = "UPDATE backfill_captures SET state = 'due' WHERE outlet = :outlet AND source = :source AND state = 'leased'"
_SAME_PAGE = """
    UPDATE backfill_captures SET state = 'rejected', reason = :same
    WHERE outlet = :outlet AND source = :source AND state = 'due' AND digest IN (
        SELECT digest FROM backfill_captures WHERE outlet = :outlet AND digest IS NOT NULL
        GROUP BY digest HAVING count(DISTINCT url) >= :alike
    )
"""
_ARCHIVED = """
    UPDATE backfill_captures SET state = 'archived', reason = CASE
        WHEN url IN (SELECT url FROM takedown_urls) THEN 'taken down'
        WHEN url IN (SELECT url FROM frontier WHERE state = 'excluded') THEN 'excluded' END
    WHERE outlet = :outlet AND source = :source AND state = 'due' AND is_article = 1 AND (
        url IN (SELECT url FROM article_urls) OR url IN (SELECT url FROM takedown_urls)
        OR url IN (SELECT url FROM frontier WHERE state = 'excluded')
    )
"""
# Pages of which no capture is under way or has settled the matter.
_OPEN = """
    b.outlet = :outlet AND b.source = :source AND b.state = 'due' AND b.is_article = 1
    AND NOT EXISTS (
        SELECT 1 FROM backfill_captures o WHERE o.url = b.url AND o.state IN ('leased', 'stored', 'archived', 'outside')
    ) AND NOT EXISTS (SELECT 1 FROM article_urls u WHERE u.url = b.url)
"""
# What did not come in this run is asked for by a later one.
_NEXT = f"""
    SELECT * FROM backfill_captures b WHERE {_OPEN} AND (b.asked_at IS NULL OR b.asked_at < (
        SELECT max(started_at) FROM runs WHERE outlet = :outlet
    )) ORDER BY b.captured_at DESC, b.address LIMIT 1
"""
_LEASE = "UPDATE backfill_captures SET state = 'leased', asked_at = :now WHERE address = :address"
_PAGE = """
    SELECT * FROM backfill_captures WHERE outlet = :outlet AND source = :source AND target = :target
    AND state NOT IN ('rejected', 'failed')
    ORDER BY abs(julianday(captured_at) - julianday(:near)), address LIMIT 1
"""

"""Read the items of the certificate: an outlet's articles, and what else its seeds named, of some days.

An article is one item, whatever addresses it has; so is what several addresses name by one native id. An address that
leads to an archived article is none.
"""

from collections.abc import Iterator
from datetime import date, datetime
from sqlite3 import Row
from zoneinfo import ZoneInfo

from archive.database import Archive
from archive.seeds.excluded import RULE
from kickcrawl.account import UNFETCHED
from kickcrawl.coverage.items import Item, ItemState, Times, make_item, state_of_rejection

Span = tuple[str | None, str | None]  # from, to (excluded): ISO times in UTC


def read_items(archive: Archive, outlet: str, zone: ZoneInfo, span: Span = (None, None)) -> Iterator[Item]:
    """Yield the items of *outlet* whose publication may lie in *span*, and others of which that is not known."""
    values = {"outlet": outlet, "since": span[0], "until": span[1], "rule": f"{RULE}%"}
    for row in archive.each(_ARCHIVED, values):
        times = Times(
            article=_time(row["published_at"]),
            seed=_time(row["named_as"]),
            first_named=_time(row["first_named_at"]),
            archived=_time(row["archived_at"]),
        )
        yield make_item(times, zone, "archived", seeds=_seeds(row))
    known: set[str] = set()
    for row in archive.each(_OTHERS, values):
        if row["native_id"] is not None:
            if row["native_id"] in known:
                continue
            known.add(row["native_id"])
        times = Times(
            seed=_time(row["published_at"]),
            address_day=_day(row["address_day"]),
            changed=_time(row["modified_at"]),
            first_named=_time(row["first_named_at"]),
        )
        state, reason = _what_became(row)
        yield make_item(times, zone, state, reason, _seeds(row))


def count_ruled_out(archive: Archive, outlet: str) -> int:
    """Return how many addresses a rule leaves out as no articles; they are no items."""
    return archive.count(_RULED_OUT, {"outlet": outlet, "rule": f"{RULE}%"})


def _what_became(row: Row) -> tuple[ItemState, str | None]:
    state, reason = row["state"], row["reason"]
    if state == "rejected":
        return state_of_rejection(reason), reason
    if state == "excluded":
        return "excluded", reason or "taken down"
    if state == "gone":
        return "gone", reason or "gone"
    why = row["doubt"] or (reason if row["attempts"] else None)
    return "waiting", why or UNFETCHED


def _seeds(row: Row) -> list[str]:
    return row["seeds"].split(",") if row["seeds"] else []


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


_ARCHIVED = """
    SELECT a.published_at, a.first_seen_at AS archived_at, min(f.first_named_at) AS first_named_at,
           min(f.published_at) AS named_as, group_concat(DISTINCT s.seed) AS seeds
    FROM articles a LEFT JOIN article_urls u ON u.article_id = a.id
    LEFT JOIN frontier f ON f.url = u.url LEFT JOIN frontier_seeds s ON s.url = f.url
    WHERE a.outlet = :outlet
    AND (:since IS NULL OR a.published_at IS NULL OR a.published_at >= :since)
    AND (:until IS NULL OR a.published_at IS NULL OR a.published_at < :until)
    GROUP BY a.key
"""
_OTHERS = """
    SELECT f.url, f.state, f.reason, f.doubt, f.attempts, f.native_id,
           f.published_at, f.modified_at, f.address_day, f.first_named_at,
           (SELECT group_concat(s.seed) FROM frontier_seeds s WHERE s.url = f.url) AS seeds
    FROM frontier f
    WHERE f.outlet = :outlet AND f.state IN ('due', 'leased', 'rejected', 'excluded', 'gone')
    AND (f.state <> 'excluded' OR f.reason IS NULL OR f.reason NOT LIKE :rule)
    AND NOT EXISTS (SELECT 1 FROM article_urls u WHERE u.url = f.url)
    AND (f.native_id IS NULL OR NOT EXISTS (
        SELECT 1 FROM articles a WHERE a.outlet = f.outlet AND a.native_id = f.native_id))
    AND (:since IS NULL OR f.published_at IS NULL OR f.published_at >= :since)
    AND (:until IS NULL OR f.published_at IS NULL OR f.published_at < :until)
    ORDER BY f.url
"""
_RULED_OUT = "SELECT count(*) FROM frontier WHERE outlet = :outlet AND state = 'excluded' AND reason LIKE :rule"

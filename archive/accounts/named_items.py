"""Read the items of the certificate: an outlet's articles, and what else its seeds named, of some days.

An article is one item, whatever addresses it has; so is what several addresses name by one native id and one publish
time: a site that moved may number anew. An address that leads to an archived article is none.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from sqlite3 import Row
from zoneinfo import ZoneInfo

from archive.database import Archive
from archive.seeds.excluded import RULE
from kickcrawl.account import UNFETCHED
from kickcrawl.coverage.items import (
    EARLIEST,
    MAX_AHEAD,
    Item,
    ItemState,
    Times,
    day_of_item,
    make_item,
    state_of_rejection,
)
from kickcrawl.dates import day_in_path, month_in_path, to_iso

# An article with several addresses has the state that comes first here among theirs.
_STATES = ("leased", "due", "rejected", "excluded", "gone")
Span = tuple[str | None, str | None]  # from, to (excluded): ISO times in UTC


def read_items(archive: Archive, outlet: str, zone: ZoneInfo, span: Span) -> Iterator[Item]:
    """Yield the items of *outlet* that were published in *span*, or may have been as their time is not known."""
    values = {
        "outlet": outlet, "since": span[0], "until": span[1], "rule": f"{RULE}%",
        "earliest": to_iso(EARLIEST), "ahead": MAX_AHEAD.days,
    }  # fmt: skip
    for row in archive.each(_ARCHIVED, values):
        times = Times(
            article=_time(row["published_at"]),
            seed=_time(row["named_as"]),
            first_named=_time(row["first_named_at"]),
            archived=_time(row["archived_at"]),
        )
        yield make_item(times, zone, "archived", seeds=_seeds(row))
    numbered: dict[tuple[str, str | None], list[Row]] = {}
    for row in archive.each(_OTHERS, values):
        if row["native_id"] is None:
            yield _other([row], zone)
        else:
            numbered.setdefault((row["native_id"], row["published_at"]), []).append(row)
    for rows in numbered.values():
        yield _other(rows, zone)


def read_undated_days(archive: Archive, outlet: str, zone: ZoneInfo) -> Iterator[date]:
    """Yield the days of those items that are not archived and that no seed gave a publish time."""
    for row in archive.each(_UNDATED, {"outlet": outlet, "rule": f"{RULE}%"}):
        if _what_became(row)[0] != "other":
            yield day_of_item(_times(row, row["first_named_at"]), zone)[0]


def count_ruled_out(archive: Archive, outlet: str) -> int:
    """Return how many addresses a rule leaves out as no articles; they are no items."""
    return archive.count(_RULED_OUT, {"outlet": outlet, "rule": f"{RULE}%"})


def _other(rows: Sequence[Row], zone: ZoneInfo) -> Item:
    """Return the item that is named at the addresses of *rows*."""
    row = min(rows, key=lambda row: _STATES.index(row["state"]))
    times = _times(row, min(row["first_named_at"] for row in rows))
    state, reason = _what_became(row)
    return make_item(times, zone, state, reason, {seed for row in rows for seed in _seeds(row)})


def _times(row: Row, first_named_at: str) -> Times:
    day = day_in_path(row["url"])  # not f.address_day: behind words it may be the day that the story is about
    return Times(
        seed=_time(row["published_at"]),
        address_day=day.date() if day else None,
        address_month=month_in_path(row["url"]),
        changed=_time(row["modified_at"]),
        first_named=_time(first_named_at),
    )


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


# An item whose time is not believed (items.py) is read for any span: its day is taken from something else.
_WITHIN = """
    ({at} IS NULL OR (:since IS NULL OR {at} >= :since) AND (:until IS NULL OR {at} < :until)
     OR {at} < :earliest OR julianday({at}) > julianday({known}) + :ahead)
"""
_ARCHIVED = f"""
    SELECT a.published_at, a.first_seen_at AS archived_at, min(f.first_named_at) AS first_named_at,
           min(f.published_at) AS named_as, group_concat(DISTINCT s.seed) AS seeds
    FROM articles a LEFT JOIN article_urls u ON u.article_id = a.id
    LEFT JOIN frontier f ON f.url = u.url LEFT JOIN frontier_seeds s ON s.url = f.url
    WHERE a.outlet = :outlet
    AND {_WITHIN.format(at="a.published_at", known="a.first_seen_at")}
    GROUP BY a.key
"""
_NAMED = """
    f.outlet = :outlet AND f.state IN ('due', 'leased', 'rejected', 'excluded', 'gone')
    AND (f.state <> 'excluded' OR f.reason IS NULL OR f.reason NOT LIKE :rule)
    AND NOT EXISTS (SELECT 1 FROM article_urls u WHERE u.url = f.url)
    AND (f.native_id IS NULL OR NOT EXISTS (
        SELECT 1 FROM articles a WHERE a.outlet = f.outlet AND a.native_id = f.native_id
        AND (a.published_at = f.published_at OR a.title = f.title OR coalesce(f.published_at, f.title) IS NULL)))
"""
_OTHERS = f"""
    SELECT f.url, f.state, f.reason, f.doubt, f.attempts, f.native_id,
           f.published_at, f.modified_at, f.first_named_at,
           (SELECT group_concat(s.seed) FROM frontier_seeds s WHERE s.url = f.url) AS seeds
    FROM frontier f WHERE {_NAMED} AND {_WITHIN.format(at="f.published_at", known="f.first_named_at")}
    ORDER BY f.url
"""
_UNDATED = f"""
    SELECT f.url, f.state, f.reason, f.doubt, f.attempts, f.published_at, f.modified_at, f.first_named_at
    FROM frontier f WHERE {_NAMED} AND f.published_at IS NULL
"""
_RULED_OUT = "SELECT count(*) FROM frontier WHERE outlet = :outlet AND state = 'excluded' AND reason LIKE :rule"

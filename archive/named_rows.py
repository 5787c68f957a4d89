"""What is written when a seed names candidates: their rows in frontier and frontier_seeds, many at a time.

Most of what a seed names is known and unchanged. Then only the time is written: the other columns are indexed, and
SQLite would write each index again.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any

from archive.claims import merged
from archive.database import Archive
from kickcrawl.article import Candidate
from kickcrawl.dates import day_in_path, to_iso

FrontierRow = sqlite3.Row | Mapping[str, Any]  # a row of the table frontier
LOCKED = "password, as REST says"  # reason of a frontier row
MAX_ROWS = 500  # candidates whose rows are in memory


def apart(candidates: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    """Yield *candidates* in their order in parts, each of one seed, with no address twice, and not too large."""
    part: dict[str, Candidate] = {}
    seed = None
    for one in candidates:
        if part and (one.seed != seed or one.url in part or len(part) == MAX_ROWS):
            yield list(part.values())
            part = {}
        part[one.url], seed = one, one.seed
    if part:
        yield list(part.values())


def held_rows(archive: Archive, part: Sequence[Candidate]) -> dict[str, sqlite3.Row]:
    """Return the frontier rows of one of the parts by address, with what its seed *said* of a time of change last."""
    asked = {"urls": json.dumps([one.url for one in part]), "seed": part[0].seed}
    return {row["url"]: row for row in archive.rows(_HELD, asked)}


class NamedRows:
    """Rows of candidates of *outlet* that a seed names *at* a time (ISO, UTC), to be written together."""

    def __init__(self, outlet: str, at: str) -> None:
        self._outlet, self._at = outlet, at
        self._rows: dict[str, list[dict[str, Any]]] = {sql: [] for sql in (_NAME, _NAME_AGAIN, _NAMED_BY, _SEEN)}

    def candidate(self, candidate: Candidate, known: FrontierRow | None, *, due: bool) -> None:
        """Name *candidate*, *known* as that row of the frontier, which is *due* to be fetched or not."""
        row = _row(self._outlet, candidate, known, due, self._at)
        is_as_it_was = known is not None and _is_as_it_was(row, known)
        self._rows[_NAME_AGAIN if is_as_it_was else _NAME].append(row)
        if known is not None and known["state"] == "done" and not due:
            self._rows[_SEEN].append({"url": candidate.url, "now": self._at})

    def naming(self, stated: Candidate) -> None:
        """Note that its seed names a candidate, as *stated* there, believed or not."""
        self._rows[_NAMED_BY].append({"url": stated.url, "seed": stated.seed, "now": self._at, **_modified(stated)})

    def write(self, archive: Archive) -> None:
        """Write all rows; call inside a transaction."""
        for sql, rows in self._rows.items():
            archive.write_many(sql, rows)


def _is_as_it_was(row: Mapping[str, Any], known: FrontierRow) -> bool:
    """Tell whether _NAME would change nothing of *known* but what _NAME_AGAIN changes."""
    times = known["modified_at"], known["modified_until"]
    return (
        all(row[name] == known[name] for name in ("state", "address_day", "claims"))
        and all(
            row[name] in (None, known[name]) for name in ("published_at", "title", "native_id", "is_post", "reason")
        )
        and (row["modified_at"] is None or (row["modified_at"], row["modified_until"]) == times)
    )


def _row(outlet: str, candidate: Candidate, known: FrontierRow | None, due: bool, now: str) -> dict[str, Any]:
    state = known["state"] if known is not None else "due"
    reason = None
    if candidate.protected:
        state, reason = "excluded", LOCKED
    elif due and state != "leased":
        state = "due"
    return {
        "url": candidate.url, "outlet": outlet, "state": state, "due": due, "now": now,
        "published_at": to_iso(candidate.published.at) if candidate.published else None,
        "address_day": to_iso(day.replace(tzinfo=UTC)) if (day := day_in_path(candidate.url, in_slug=True)) else None,
        "title": candidate.title, "native_id": candidate.native_id, "is_post": candidate.is_post, "reason": reason,
        "is_covering": candidate.seed not in ("feed", "listing", "related", "web-archive"),
        "claims": merged(candidate.claims, known["claims"] if known is not None else "[]"), **_modified(candidate),
    }  # fmt: skip


def _modified(candidate: Candidate) -> dict[str, str | None]:
    until = candidate.modified_until
    return {
        "modified_at": to_iso(candidate.modified.at) if candidate.modified else None,
        "modified_until": to_iso(until) if until else None,
    }


_NAME = """
    INSERT INTO frontier (url, outlet, state, due_at, published_at, modified_at, modified_until, address_day, title,
                          native_id, is_post, claims, first_named_at, last_named_at, reason)
    VALUES (:url, :outlet, :state, :now, :published_at, :modified_at, :modified_until, :address_day, :title,
            :native_id, :is_post, :claims, :now, :now, :reason)
    ON CONFLICT (url) DO UPDATE SET
        state = excluded.state, reason = coalesce(excluded.reason, reason),
        due_at = iif(:due AND state NOT IN ('due', 'leased'), excluded.due_at, due_at),
        published_at = coalesce(excluded.published_at, published_at),
        modified_at = iif(excluded.modified_at > coalesce(modified_at, ''), excluded.modified_at, modified_at),
        modified_until = iif(excluded.modified_at >= coalesce(modified_at, ''),
                             excluded.modified_until, modified_until),
        address_day = excluded.address_day,
        title = coalesce(excluded.title, title), native_id = coalesce(excluded.native_id, native_id),
        is_post = coalesce(excluded.is_post, is_post), claims = excluded.claims, last_named_at = excluded.last_named_at,
        dropped_at = iif(:is_covering, NULL, dropped_at)
"""
_NAME_AGAIN = """
    UPDATE frontier SET last_named_at = :now, dropped_at = iif(:is_covering, NULL, dropped_at) WHERE url = :url
"""
_NAMED_BY = """
    INSERT INTO frontier_seeds (url, seed, named_at, modified_at, modified_until)
    VALUES (:url, :seed, :now, :modified_at, :modified_until)
    ON CONFLICT (url, seed) DO UPDATE SET named_at = excluded.named_at, dropped_at = NULL,
        modified_at = coalesce(excluded.modified_at, modified_at),
        modified_until = iif(excluded.modified_at IS NULL, modified_until, excluded.modified_until)
"""
_HELD = """
    SELECT f.*, s.modified_at AS said FROM json_each(:urls) n CROSS JOIN frontier f ON f.url = n.value
    LEFT JOIN frontier_seeds s ON s.url = f.url AND s.seed = :seed
"""
_SEEN = """
    UPDATE articles SET last_seen_at = :now
    WHERE gone_at IS NULL AND last_seen_at < :now AND id = (SELECT article_id FROM article_urls WHERE url = :url)
"""

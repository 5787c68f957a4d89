"""Say how far backfills have come: a record and a sentence for each source, and the captures that were not taken."""

import sqlite3
from typing import TypedDict

from archive.backfill.backfills import OWN, Backfill, read_backfills
from archive.backfill.found import count_left
from archive.database import Archive


class ToldBackfill(TypedDict):
    """How far a backfill has come. *captures*: of web archives, how many in which state; *left*: pages to ask for."""

    outlet: str
    source: str
    since: str
    until: str | None
    state: str
    failure: str | None
    captures: dict[str, int]
    left: int
    sentence: str


def told_of(archive: Archive, outlet: str | None) -> list[ToldBackfill]:
    """Return what is to be told of the backfills of *outlet*, or of all."""
    return [_told(archive, backfill) for backfill in read_backfills(archive, outlet)]


def wrong_captures(archive: Archive, outlet: str | None) -> list[sqlite3.Row]:
    """Return the captures of web archives that were not taken, and why."""
    return archive.rows(_WRONG, {"outlet": outlet})


def _told(archive: Archive, backfill: Backfill) -> ToldBackfill:
    given = {"outlet": backfill.outlet, "source": backfill.source}
    captures = {row["state"]: row["count"] for row in archive.rows(_STATES, given)}
    left = count_left(archive, backfill) if backfill.source != OWN else archive.count(_DUE, given)
    state = _state(backfill)
    found = ", ".join(f"{count} {name}" for name, count in captures.items())
    days = f"{backfill.since} to {backfill.until or 'today'}"
    words = [f"{backfill.outlet} from {backfill.source}, {days}: {state}"]
    words += [f"captures: {found}"] if found else []
    words += [f"{left} addresses are still to be asked for"] if left and state != "complete" else []
    words += [backfill.failure] if backfill.failure else []
    return ToldBackfill(
        outlet=backfill.outlet,
        source=backfill.source,
        since=backfill.since,
        until=backfill.until,
        state=state,
        failure=backfill.failure,
        captures=captures,
        left=left,
        sentence="; ".join(words),
    )


def _state(backfill: Backfill) -> str:
    if backfill.failure:
        return "FAILED"
    if backfill.finished_at:
        return "complete"
    return "under way" if backfill.indexed_at else "its index is being read"


_STATES = """
    SELECT state, count(*) AS count FROM backfill_captures WHERE outlet = :outlet AND source = :source
    GROUP BY state ORDER BY state
"""
_DUE = "SELECT count(*) FROM frontier WHERE outlet = :outlet AND state = 'due'"
_WRONG = """
    SELECT outlet, source, url, address, captured_at, state, reason, attempts FROM backfill_captures
    WHERE state IN ('rejected', 'failed') AND (:outlet IS NULL OR outlet = :outlet) ORDER BY outlet, url, captured_at
"""

"""The layouts that crawls have learned of each outlet, and from when to when each was trusted."""

import json
import sqlite3
from collections.abc import Iterable

from archive.database import Archive
from kickcrawl.body.learned_layouts import Change
from kickcrawl.reading import Layout, ScatteredPaths


def trusted(archive: Archive, outlet: str, at: str | None = None) -> list[Layout]:
    """Return the layouts of *outlet* that hold today, or that held at *at* (ISO 8601, UTC) without being wrong."""
    return [_layout(row) for row in archive.rows(_HELD, {"outlet": outlet, "at": at})]


def note(archive: Archive, outlet: str, changes: Iterable[Change], at: str) -> None:
    """Note at the time *at*, all at once, which layouts of *outlet* are trusted from now on, and which no longer."""
    with archive.transaction():
        for change in changes:
            _note(archive, outlet, change, at)


def _note(archive: Archive, outlet: str, change: Change, at: str) -> None:
    layout = change.layout
    values = {
        "outlet": outlet,
        "body": layout.body,
        "share": layout.share,
        "strange": json.dumps(sorted(layout.foreign_boxes)),
        "standfirst": json.dumps(sorted(layout.standfirst)),
        "places": json.dumps([sorted(layout.scattered.text), sorted(layout.scattered.other)]),
    }
    archive.write(
        _LEARNED if change.is_learned else _DROPPED,
        values | {"at": at, "why": change.why, "was_wrong": change.was_wrong},
    )


def _layout(row: sqlite3.Row) -> Layout:
    strange, standfirst, places = (json.loads(row[column]) for column in ("strange", "standfirst", "places"))
    return Layout(
        row["body"], row["share"], frozenset(strange), frozenset(standfirst), ScatteredPaths(*map(frozenset, places))
    )


_HELD = """
    SELECT body, share, strange, standfirst, places FROM layouts WHERE outlet = :outlet
    AND (CASE WHEN :at IS NULL THEN until IS NULL
         ELSE since <= :at AND (until IS NULL OR :at < until AND NOT was_wrong) END) ORDER BY id
"""
_LEARNED = """
    INSERT INTO layouts (outlet, body, share, strange, standfirst, places, since)
    VALUES (:outlet, :body, :share, :strange, :standfirst, :places, :at)
"""
_DROPPED = """
    UPDATE layouts SET until = :at, why = :why, was_wrong = :was_wrong
    WHERE outlet = :outlet AND body = :body AND until IS NULL
"""

"""The layouts that crawls have learned of each outlet, with the time between which they held."""

import json

from archive.database import Archive
from kickcrawl.layout import Layout
from kickcrawl.layouts import Change


def trusted(archive: Archive, outlet: str, at: str | None = None) -> list[Layout]:
    """Return the layouts of *outlet* that hold today, or that held at the time *at* (ISO 8601, UTC)."""
    rows = archive.rows(_HELD, {"outlet": outlet, "at": at})
    return [
        Layout(
            row["body"], row["share"], frozenset(json.loads(row["strange"])), frozenset(json.loads(row["standfirst"]))
        )
        for row in rows
    ]


def note(archive: Archive, outlet: str, change: Change, at: str) -> None:
    """Note at the time *at* that a layout of *outlet* is trusted from now on, or no longer."""
    layout = change.layout
    values = {
        "outlet": outlet,
        "body": layout.body,
        "share": layout.share,
        "strange": json.dumps(sorted(layout.strange)),
        "standfirst": json.dumps(sorted(layout.standfirst)),
    }
    archive.write(_LEARNED if change.is_learned else _DROPPED, values | {"at": at, "why": change.why})


_HELD = """
    SELECT body, share, strange, standfirst FROM layouts WHERE outlet = :outlet
    AND (CASE WHEN :at IS NULL THEN until IS NULL ELSE since <= :at AND (until IS NULL OR :at < until) END) ORDER BY id
"""
_LEARNED = """
    INSERT INTO layouts (outlet, body, share, strange, standfirst, since)
    VALUES (:outlet, :body, :share, :strange, :standfirst, :at)
"""
_DROPPED = "UPDATE layouts SET until = :at, why = :why WHERE outlet = :outlet AND body = :body AND until IS NULL"

"""What the page about the archive says: how much is in it, how complete each outlet is, rights, versions."""

import platform
import sqlite3
from typing import Any

import datasette

from archive.accounts.addresses import account_of_outlet
from archive.accounts.rights import observed_rights
from archive.chain import read_head
from archive.database import Archive
from archive.site.queries import MAX_REASONS, NEWEST
from kickcrawl import __version__

MAX_OUTLETS = 5  # whose rights the page tells; those of more are told on each outlet's page


def read_about(archive: Archive) -> dict[str, Any]:
    """Return the datasheet of the archive as a page shows it."""
    totals = archive.row(_TOTALS)
    outlets = archive.rows(_OUTLETS)
    tells_rights = len(outlets) <= MAX_OUTLETS
    return {
        "totals": dict(totals) if totals is not None else {},
        "outlets": [
            dict(row)
            | _completeness(archive, row["slug"])
            | {"rights": observed_rights(archive, row["slug"], NEWEST) if tells_rights else None}
            for row in outlets
        ],
        "versions": {
            "kickcrawl": __version__,
            "schema": archive.number("PRAGMA user_version"),
            "tools": f"{platform.python_version()}, {sqlite3.sqlite_version}, {datasette.__version__}",
            "head": read_head(archive),
        },
        "tables": ("articles", "revisions", "captures", "stories", "runs", "rejections"),
    }


def _completeness(archive: Archive, outlet: str) -> dict[str, Any]:
    """Return what the outlet's seeds named, and what became of it."""
    account = account_of_outlet(archive, outlet)
    archived = account.count("archived", "unchanged", "alias")
    wanted = account.named - account.count("excluded", "outside")
    return {
        "named": account.named,
        "archived": archived,
        "percent": round(100 * archived / wanted) if wanted else None,
        "due": account.count("waiting"),
        "left_out": account.count("rejected", "excluded", "outside", "gone"),
        "reasons": list(account.reasons("rejected", "excluded", "outside", "gone").items())[:MAX_REASONS],
    }


_TOTALS = """
    SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM revisions) AS revisions,
           (SELECT count(*) FROM captures) AS captures, (SELECT count(*) FROM stories) AS stories,
           (SELECT count(*) FROM takedowns) AS taken_down,
           (SELECT min(published_at) FROM articles) AS oldest, (SELECT max(published_at) FROM articles) AS newest,
           (SELECT min(started_at) FROM runs) AS first_run, (SELECT max(started_at) FROM runs) AS last_run,
           (SELECT timezone FROM outlets GROUP BY timezone ORDER BY count(*) DESC LIMIT 1) AS timezone
"""
_OUTLETS = """
    SELECT o.slug, o.name, o.publisher, o.home, o.timezone,
           (SELECT count(*) FROM articles a WHERE a.outlet = o.slug) AS articles,
           (SELECT min(published_at) FROM articles a WHERE a.outlet = o.slug) AS oldest,
           (SELECT max(published_at) FROM articles a WHERE a.outlet = o.slug) AS newest,
           (SELECT max(started_at) FROM runs r WHERE r.outlet = o.slug AND r.outcome = 'complete') AS last_complete
    FROM outlets o ORDER BY o.name
"""

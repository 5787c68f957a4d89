"""What is in the archive and how its last runs went, as plain values."""

import json
from typing import Any

from archive.accounts.addresses import account_of_outlet
from archive.backfill.backfills import ORDINARY
from archive.database import Archive
from archive.seeds.reach import keeps_reaches
from kickcrawl.account import account_to_json


def status(archive: Archive) -> dict[str, Any]:
    """Return counts for each outlet, what is due, and the last run of each."""
    outlets = archive.rows(
        # The plus keeps SQLite from an index in the order of outlets, by which it would read every article.
        "WITH revised AS (SELECT outlet, count(*) AS articles FROM articles WHERE revision > 1 GROUP BY +outlet), "
        "gone AS (SELECT outlet, count(*) AS articles FROM articles WHERE gone_at IS NOT NULL GROUP BY +outlet) "
        "SELECT o.slug AS outlet, o.name, o.timezone, "
        "(SELECT count(*) FROM articles a WHERE a.outlet = o.slug) AS articles, "
        "coalesce((SELECT articles FROM revised r WHERE r.outlet = o.slug), 0) AS revised, "
        "coalesce((SELECT articles FROM gone g WHERE g.outlet = o.slug), 0) AS gone, "
        "(SELECT min(published_at) FROM articles a WHERE a.outlet = o.slug) AS oldest, "
        "(SELECT max(published_at) FROM articles a WHERE a.outlet = o.slug) AS newest, "
        "(SELECT count(*) FROM frontier f WHERE f.outlet = o.slug AND f.state = 'due') AS due, "
        "(SELECT count(*) FROM frontier f WHERE f.outlet = o.slug AND f.state = 'rejected') AS rejected, "
        "(SELECT max(id) FROM runs r WHERE r.outlet = o.slug) AS last_run FROM outlets o ORDER BY o.slug"
    )
    return {
        "archive": str(archive.path),
        "outlets": [
            dict(row)
            | {"last_run": _run(archive, row["last_run"])}
            | {"addresses": account_to_json(account_of_outlet(archive, row["outlet"]))}
            | _health(archive, row["outlet"])
            for row in outlets
        ],
    }


def coverage(archive: Archive, outlet: str) -> dict[str, int]:
    """Return how many of the outlet's candidates each kind of seed names."""
    still = "AND s.dropped_at IS NULL" if keeps_reaches(archive) else ""
    rows = archive.rows(
        "SELECT s.seed, count(*) FROM frontier_seeds s JOIN frontier f ON f.url = s.url "
        f"WHERE f.outlet = :outlet {still} GROUP BY 1",
        {"outlet": outlet},
    )
    return {row[0]: row[1] for row in rows}


def _health(archive: Archive, outlet: str) -> dict[str, Any]:
    """Return the last good run, since when the runs after it have failed, and what the last of them complains of."""
    good = archive.row(
        f"SELECT id, started_at FROM runs WHERE outlet = :outlet AND outcome = 'complete' AND {ORDINARY} "
        "ORDER BY id DESC LIMIT 1",
        {"outlet": outlet},
    )
    failed = archive.rows(
        f"SELECT started_at, complaints FROM runs WHERE outlet = :outlet AND outcome = 'failed' AND {ORDINARY} "
        "AND id > :id ORDER BY id",
        {"outlet": outlet, "id": good["id"] if good else 0},
    )
    return {
        "last_good_run": good["started_at"] if good else None,
        "failing_since": failed[0]["started_at"] if failed else None,
        "complaints": json.loads(failed[-1]["complaints"]) if failed else [],
    }


def _run(archive: Archive, run_id: int | None) -> dict[str, Any] | None:
    row = archive.row("SELECT * FROM runs WHERE id = :id", {"id": run_id})
    if row is None:
        return None
    return dict(row) | {
        name: json.loads(row[name]) for name in ("arguments", "counts", "seeds", "complaints", "addresses")
    }

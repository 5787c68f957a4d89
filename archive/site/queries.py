"""What the front page, an outlet's page and a run's page say, read from the archive as plain values.

Everything here is answered from an index, so that the front page of an archive of millions of articles comes at once.
"""

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from archive.accounts.rights import observed_rights
from archive.accounts.status import coverage
from archive.database import Archive
from archive.site.chart import draw
from archive.site.months import articles_by_month

MAX_FRONT_ARTICLES = 10  # articles on the front page
MAX_RUNS = 8  # latest runs that a page lists
MAX_REASONS = 5  # for which addresses were left out, of an outlet
NEWEST = 100  # articles of an outlet whose rights its page tells


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What an archive tells for a front page: rows by column, and how many articles each month has ("2025-07")."""

    outlets: list[dict[str, Any]]
    months: list[tuple[str, int]]
    latest: list[dict[str, Any]]
    edited: list[dict[str, Any]]
    runs: list[dict[str, Any]]


def tell_front(archive: Archive) -> Front:
    """Return what is in the archive: outlets, months, the newest articles, the last runs."""
    return Front(
        outlets=[dict(row) for row in archive.rows(_OUTLETS)],
        months=articles_by_month(archive),
        latest=[dict(row) for row in _latest(archive, None)],
        edited=[dict(row) for row in _edited(archive)],
        runs=last_runs(archive),
    )


def front_page(told: Front) -> dict[str, Any]:
    """Return what a front page says: what was told, and totals."""
    outlets = told.outlets
    return {
        "outlets": outlets,
        "articles": sum(outlet["articles"] for outlet in outlets),
        "edits": sum(outlet["edits"] for outlet in outlets),
        "gone": sum(outlet["gone"] for outlet in outlets),
        "first": min((outlet for outlet in outlets if outlet["oldest"]), key=lambda o: o["oldest"], default={}),
        "last": max((outlet for outlet in outlets if outlet["newest"]), key=lambda o: o["newest"], default={}),
        "chart": draw(told.months),
        "latest": told.latest,
        "edited": told.edited,
        "runs": told.runs,
    }


def read_outlet(archive: Archive, slug: str) -> dict[str, Any] | None:
    """Return an outlet with its counts, months, newest articles, seeds and runs, or None."""
    outlet = next((dict(row) for row in archive.rows(_OUTLETS) if row["slug"] == slug), None)
    if outlet is None:
        return None
    return {
        "outlet": outlet,
        "chart": draw(articles_by_month(archive, slug)),
        "latest": _latest(archive, slug),
        "seeds": coverage(archive, slug),
        "rejected": archive.rows(_REJECTED, {"outlet": slug}),
        "rights": observed_rights(archive, slug, NEWEST),
        "runs": last_runs(archive, slug),
    }


def read_run(archive: Archive, run_id: int) -> dict[str, Any] | None:
    """Return a run with its counts and seeds and the first articles that it stored or revised, or None."""
    row = archive.row(f"{_RUNS} WHERE r.id = :id", {"id": run_id})
    if row is None:
        return None
    return {
        "run": _run(row),
        "changes": archive.rows(_CHANGES, {"run": run_id, "first": 1, "limit": 200}),
        "rejected": archive.rows(_RUN_REJECTED, {"run": run_id, "outlet": row["outlet"]}),
    }


def last_runs(archive: Archive, outlet: str | None = None) -> list[dict[str, Any]]:
    """Return the last runs, the latest first."""
    sql = f"{_RUNS} WHERE :outlet IS NULL OR r.outlet = :outlet ORDER BY r.id DESC LIMIT :limit"
    return [_run(row) for row in archive.rows(sql, {"outlet": outlet, "limit": MAX_RUNS})]


def _latest(archive: Archive, outlet: str | None) -> list[sqlite3.Row]:
    where = "WHERE a.outlet = :outlet" if outlet else "WHERE a.published_at IS NOT NULL"
    sql = f"{_HEADLINES} {where} ORDER BY a.published_at DESC LIMIT :limit"
    return archive.rows(sql, {"outlet": outlet, "limit": MAX_FRONT_ARTICLES})


def _edited(archive: Archive) -> list[sqlite3.Row]:
    """Return articles that the last run with any edits found edited."""
    run = archive.number("SELECT id FROM runs WHERE counts ->> 'revised' > 0 ORDER BY id DESC LIMIT 1")
    return archive.rows(_CHANGES, {"run": run, "first": 2, "limit": MAX_FRONT_ARTICLES}) if run else []


def _run(row: sqlite3.Row) -> dict[str, Any]:
    return dict(row) | {name: json.loads(row[name]) for name in ("arguments", "counts", "seeds")}


_OUTLETS = """
    SELECT o.*, (SELECT count(*) FROM articles a WHERE a.outlet = o.slug) AS articles,
           (SELECT min(published_at) FROM articles a WHERE a.outlet = o.slug) AS oldest,
           (SELECT max(published_at) FROM articles a WHERE a.outlet = o.slug) AS newest,
           coalesce((SELECT sum(counts ->> 'revised') FROM runs r WHERE r.outlet = o.slug), 0) AS edits,
           coalesce((SELECT sum(counts ->> 'gone') FROM runs r WHERE r.outlet = o.slug), 0) AS gone,
           (SELECT count(*) FROM frontier f WHERE f.outlet = o.slug AND f.state = 'due') AS due
    FROM outlets o ORDER BY o.name
"""
_RUNS = "SELECT r.*, o.name, o.timezone FROM runs r JOIN outlets o ON o.slug = r.outlet"
_HEADLINES = """
    SELECT a.id, a.title, a.language, a.section, a.published_at, a.published_offset, a.gone_at, a.outlet, a.revision,
           substr(a.text, 1, 600) AS opening, a.dateline, o.name, o.timezone
    FROM articles a JOIN outlets o ON o.slug = a.outlet
"""
# By what the run fetched: an article's revisions stand together, so that no index on revisions.run_id is needed.
_CHANGES = """
    SELECT DISTINCT v.article_id AS id, v.number, v.title, v.recorded_at, v.changed, a.language
    FROM captures c JOIN article_urls u ON u.url = c.url
    JOIN revisions v ON v.article_id = u.article_id AND v.run_id = c.run_id JOIN articles a ON a.id = v.article_id
    WHERE c.run_id = :run AND v.number >= :first LIMIT :limit
"""
_REJECTED = (
    "SELECT reason, count(*) AS pages FROM rejections WHERE outlet = :outlet GROUP BY reason ORDER BY pages DESC"
)
_RUN_REJECTED = "SELECT url, reason, detail FROM rejections WHERE outlet = :outlet AND run_id = :run LIMIT 200"

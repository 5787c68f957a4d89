"""The publish times of which each seed of an outlet has named everything, and how many articles it counts.

frontier_seeds has what a seed named. What it did not name can be told only for the times that it reached, so these are
kept for good, also when the seed no longer goes back so far.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from archive.database import Archive
from kickcrawl.coverage.reach import Reach, SeedCount, joined
from kickcrawl.dates import to_iso


def note_reaches(archive: Archive, outlet: str, seeds: Iterable[Mapping[str, Any]]) -> None:
    """Keep the reach of each of *seeds*, reports of a run (runs.seeds). Call in the transaction that ends the run."""
    for report in seeds:
        since, until = report.get("reach"), report.get("read_at")
        if since is not None and until is not None:
            _extend(archive, {"outlet": outlet, "seed": report["seed"]}, (since, until))


def read_reaches(archive: Archive, outlet: str) -> list[Reach]:
    """Return the spans that the seeds of *outlet* have told."""
    if not keeps_reaches(archive):
        return []
    rows = archive.rows("SELECT * FROM reaches WHERE outlet = :outlet ORDER BY seed, since", {"outlet": outlet})
    return [
        Reach(
            seed=row["seed"],
            since=datetime.fromisoformat(row["since"]) if row["since"] else None,
            until=datetime.fromisoformat(row["until"]),
        )
        for row in rows
    ]


def read_counts(archive: Archive, outlet: str) -> list[SeedCount]:
    """Return what the seeds of *outlet* that count their articles said last."""
    if not keeps_reaches(archive):
        return []
    rows = archive.rows(
        "SELECT * FROM seeds WHERE outlet = :outlet AND total IS NOT NULL AND counted_at IS NOT NULL ORDER BY seed",
        {"outlet": outlet},
    )
    return [
        SeedCount(
            seed=row["seed"],
            total=row["total"],
            unnamed=row["unnamed"] or 0,
            at=datetime.fromisoformat(row["counted_at"]),
            years={int(year): total for year, total in json.loads(row["years"]).items()},
        )
        for row in rows
    ]


def keeps_reaches(archive: Archive) -> bool:
    """Tell whether *archive* is of a version that keeps what seeds reach; one that is only read may be older."""
    return archive.row("SELECT 1 FROM sqlite_master WHERE name = 'reaches'") is not None


def back_to(archive: Archive, urls: Sequence[str], before: datetime) -> str | None:
    """Return the time (ISO, UTC) to which a list that ends with *urls* reaches back: the newest of their times.

    A time is the article's, what seeds said, or when the address was first named, if that was *before* the list was
    read: an article was published before anybody named it. None where nothing is known of any of them.
    """
    found = [archive.text(_TIME, {"url": url, "before": to_iso(before)}) for url in urls]
    return max((at for at in found if at is not None), default=None)


def _extend(archive: Archive, whose: Mapping[str, str], fresh: tuple[str, str]) -> None:
    rows = archive.rows("SELECT since, until FROM reaches WHERE outlet = :outlet AND seed = :seed", whose)
    (since, until), touched = joined([(row["since"], row["until"]) for row in rows], fresh)
    archive.write_many(
        "DELETE FROM reaches WHERE outlet = :outlet AND seed = :seed AND since = :since",
        [{**whose, "since": span[0]} for span in touched],
    )
    archive.write(
        "INSERT INTO reaches (outlet, seed, since, until) VALUES (:outlet, :seed, :since, :until)",
        {**whose, "since": since, "until": until},
    )


_TIME = """
    SELECT coalesce(a.published_at, f.published_at, iif(f.first_named_at < :before, f.first_named_at, NULL))
    FROM frontier f LEFT JOIN article_urls u ON u.url = f.url LEFT JOIN articles a ON a.id = u.article_id
    WHERE f.url = :url
"""

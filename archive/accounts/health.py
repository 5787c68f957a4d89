"""An outlet's health: read the figures that kickcrawl.health judges, and undo what an unhealthy run did wrong."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from sqlite3 import Row
from typing import Any

from archive.database import Archive
from kickcrawl.account import Account
from kickcrawl.alerts.calendar import quiet_days
from kickcrawl.dates import to_iso
from kickcrawl.fields import EXPECTED
from kickcrawl.health import ArticleFigures, Complaint, History, RunFigures, dated, judge
from kickcrawl.urls import host_of
from kickcrawl.wholeness import NEEDS_BROWSER, Whole, judge_whole

MAX_RUNS = 50  # earlier runs that count
MAX_ARTICLES = 300  # before this run, with which its own are compared; a lasting change becomes the usual state in time
MAX_NEWS = 1000  # newest articles whose times show the pace: three months of ten a day

_PARTIAL = ("limit", "since", "until")


def judge_run(
    archive: Archive,
    run_id: int,
    hosts: Collection[str],
    counts: Mapping[str, int],
    seeds: Sequence[Mapping[str, Any]],
    account: Account,
    unread: Sequence[str] = (),
) -> list[Complaint]:
    """Return what is wrong with the outlet, as the run that ends with *counts*, *seeds* and *account* found it.

    *unread* are its stated seeds that were not read to their end (kickcrawl.wholeness).

    Only articles on *hosts* (those that the run crawled) are its history: a run against a copy of the outlet is held
    against earlier runs of that copy. If its pages were no articles, they are put back, to be fetched again.
    """
    row = archive.row("SELECT * FROM runs WHERE id = :id", {"id": run_id})
    assert row is not None, f"run {run_id} has begun"
    run = RunFigures(
        started_at=_time(row["started_at"]),
        is_good=True,
        is_partial=is_partial(row["arguments"]),
        counts=counts,
        seeds=seeds,
        articles=_articles(
            archive, _NEW, hosts, {"outlet": row["outlet"], "run": run_id, "at": row["started_at"], "count": MAX_NEWS}
        ),
    )
    history = read_history(archive, row, hosts)
    if not counts.get("stored") and history.news:  # else no silence is judged, and the calendar is not needed
        region = archive.text("SELECT region FROM outlets WHERE slug = :outlet", {"outlet": row["outlet"]})
        years = range(max(history.news).year, run.started_at.year + 1)
        history = replace(history, quiet=frozenset(quiet_days(region, years)))
    whole = Whole(
        account=account,
        has_articles=bool(history.news),
        unread=unread,
        needs_browser=counts.get(NEEDS_BROWSER, 0),
    )
    itself = [dated(complaint, history) for complaint in judge_whole(run, whole, history.runs)]
    complaints = [*itself, *judge(run, history)]
    for complaint in complaints:
        if complaint.kind == "rejections":
            put_back(archive, row["outlet"], complaint.since)
    return complaints


def read_history(archive: Archive, run: Row, hosts: Collection[str]) -> History:
    """Return the figures of what came before *run* (a row of the table runs), newest first."""
    runs = archive.rows(
        "SELECT * FROM runs WHERE outlet = :outlet AND id <> :id ORDER BY id DESC LIMIT :count",
        {"outlet": run["outlet"], "id": run["id"], "count": MAX_RUNS},
    )
    news = archive.rows(_NEWS, {"outlet": run["outlet"], "count": MAX_NEWS})
    before = {"outlet": run["outlet"], "run": run["id"], "at": run["started_at"], "count": MAX_ARTICLES}
    return History(
        runs=[_run(row) for row in runs],
        articles=_articles(archive, _BEFORE, hosts, before),
        news=[_time(row["at"]) for row in news if _is_on(row["url"], hosts)],
    )


def put_back(archive: Archive, outlet: str, since: datetime) -> None:
    """Make due again what was rejected since then, and take back that articles are gone whose pages were rejected.

    Rejected for good are pages that an outlet in order showed; one that answers everything with its front page is not.
    """
    given = {"outlet": outlet, "since": to_iso(since)}
    with archive.transaction():
        archive.write(
            "UPDATE frontier SET state = 'due', attempts = 0, due_at = min(due_at, :since) "
            "WHERE outlet = :outlet AND state IN ('due', 'rejected', 'gone') AND url IN "
            "(SELECT url FROM rejections WHERE outlet = :outlet AND rejected_at >= :since AND reason <> 'password')",
            given,
        )
        archive.write(
            "UPDATE articles SET gone_at = NULL WHERE id IN (SELECT a.id FROM rejections r "
            "JOIN article_urls u ON u.url = r.url JOIN articles a ON a.id = u.article_id AND a.gone_at = r.rejected_at "
            "WHERE r.outlet = :outlet AND r.rejected_at >= :since AND r.reason <> 'password')",
            given,
        )


def complaint_to_json(complaint: Complaint) -> dict[str, Any]:
    """Return a complaint as the table runs keeps it."""
    return {
        "kind": complaint.kind,
        "what": complaint.what,
        "since": to_iso(complaint.since),
        "advice": complaint.advice,
    }


def complaint_from_json(data: Mapping[str, Any]) -> Complaint:
    """Return a complaint as it was before complaint_to_json()."""
    return Complaint(kind=data["kind"], what=data["what"], since=_time(data["since"]), advice=data["advice"])


# Told by the run that stored them: another may have ended in the second in which this one began.
_COLUMNS = f"url, {', '.join(EXPECTED)}, words, first_seen_at"
_OF_RUN = "EXISTS (SELECT 1 FROM revisions WHERE article_id = articles.id AND number = 1 AND run_id = :run)"
_NEW = f"""
    SELECT {_COLUMNS} FROM articles WHERE outlet = :outlet AND first_seen_at >= :at AND {_OF_RUN}
    ORDER BY first_seen_at DESC LIMIT :count
"""
_BEFORE = f"""
    SELECT {_COLUMNS} FROM articles WHERE outlet = :outlet AND first_seen_at <= :at AND NOT {_OF_RUN}
    ORDER BY first_seen_at DESC LIMIT :count
"""
_NEWS = """
    SELECT url, at FROM (
        SELECT url, published_at AS at FROM articles WHERE outlet = :outlet AND published_at IS NOT NULL
        ORDER BY published_at DESC LIMIT :count)
    UNION ALL SELECT url, at FROM (
        SELECT url, first_seen_at AS at FROM articles WHERE outlet = :outlet AND published_at IS NULL
        ORDER BY first_seen_at DESC LIMIT :count)
"""


def _articles(
    archive: Archive, sql: str, hosts: Collection[str], parameters: Mapping[str, object]
) -> list[ArticleFigures]:
    return [
        ArticleFigures(
            filled=frozenset(name for name in EXPECTED if row[name] not in (None, "[]")),
            words=row["words"],
            first_seen_at=_time(row["first_seen_at"]),
        )
        for row in archive.rows(sql, parameters)
        if _is_on(row["url"], hosts)
    ]


def _is_on(url: str, hosts: Collection[str]) -> bool:
    """Tell whether *url* is on one of *hosts*; most are as they stand, which need not be taken apart."""
    return url.split("/", 3)[2] in hosts or host_of(url) in hosts


def _run(row: Row) -> RunFigures:
    return RunFigures(
        started_at=_time(row["started_at"]),
        is_good=_is_good(row),
        is_partial=is_partial(row["arguments"]),
        counts=json.loads(row["counts"]),
        complaints=[complaint_from_json(complaint) for complaint in json.loads(row["complaints"])],
    )


def _is_good(row: Row) -> bool:
    """Tell whether a run can be a measure for later ones: one that only could not read some seed is one."""
    kinds = {complaint["kind"] for complaint in json.loads(row["complaints"])}
    return row["outcome"] == "complete" or (row["outcome"] == "failed" and bool(kinds) and kinds <= {"seeds", "ours"})


def is_partial(arguments: str) -> bool:
    """Tell whether a run with these *arguments* (JSON) was asked for less than everything."""
    return any(name in json.loads(arguments) for name in _PARTIAL)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)

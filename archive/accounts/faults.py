"""What the archive knows of faults of runs: that of the run before, and what is wrong now, as alerts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from sqlite3 import Row

from archive.accounts.addresses import account_of_outlet
from archive.accounts.health import MAX_RUNS, complaint_from_json, is_partial
from archive.accounts.rhythm import is_scheduled
from archive.backfill.backfills import ORDINARY
from archive.database import Archive
from archive.lock import is_locked
from kickcrawl.alerts.alert import Alert, alert_of
from kickcrawl.faults import RUNS_OF_RHYTHM, Fault, chance_of_blip, overdue_since, rhythm_in_words
from kickcrawl.health import Complaint

_WALLS = ("block-page", "password", "front-page")
MAX_OUTCOMES = 1_000  # earlier runs that tell how often an outlet fails for once


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What was wrong in the run before, and *since* when (ISO, UTC; None where nothing was)."""

    fault: Fault
    since: str | None


def earlier_fault(archive: Archive, outlet: str, run_id: int) -> Earlier:
    """Return the fault of the last run of *outlet* before *run_id* that asked for everything and came to its end."""
    whole = f"outlet = :outlet AND id < :id AND {_WHOLE} AND outcome IN ('complete', 'failed')"
    given = {"outlet": outlet, "id": run_id}
    last = archive.row(f"SELECT * FROM runs WHERE {whole} ORDER BY id DESC LIMIT 1", given)
    if last is None or last["outcome"] == "complete":
        return Earlier(fault=Fault.of(None, []), since=None)
    since = archive.text(
        f"SELECT min(started_at) FROM runs WHERE {whole} AND id > coalesce("
        f"(SELECT max(id) FROM runs WHERE {whole} AND outcome = 'complete'), 0)",
        given,
    )
    return Earlier(fault=_fault(last), since=since)


def run_faults(archive: Archive, outlet: str, now: datetime) -> list[Alert]:
    """Return what the runs of *outlet* tell: the last failed or died, none came, or a sum is not even."""
    runs = archive.rows(
        f"SELECT * FROM runs WHERE outlet = :outlet AND {ORDINARY} ORDER BY id DESC LIMIT :count",
        {"outlet": outlet, "count": MAX_RUNS},
    )
    is_running = is_locked(archive.path, outlet)
    ended = [run for run in runs if run["outcome"] != "running" or not is_running]
    telling = [run for run in ended if run["outcome"] != "interrupted" and not is_partial(run["arguments"])] or ended
    found = _of_runs(archive, telling[0], outlet) if telling else []
    found += _still_unread(archive, telling, found)
    starts = [datetime.fromisoformat(run["started_at"]) for run in runs[:RUNS_OF_RHYTHM]]
    scheduled = bool(runs) and is_scheduled(runs[0]["arguments"])
    if not is_running and (overdue := overdue_since(starts, now, is_scheduled=scheduled)):
        found.append(_overdue(outlet, starts[0], overdue))
    account = account_of_outlet(archive, outlet)
    if not account.is_even:
        what = f"of {account.named} addresses that were named {account.sum} have a state"
        found.append(_certain("addresses", outlet, starts[0] if starts else now, what, "please report this"))
    return found


def _overdue(outlet: str, last: datetime, overdue: tuple[datetime, timedelta]) -> Alert:
    due, rhythm = overdue
    what = f"no run since {last:%Y-%m-%d %H:%M} UTC where one every {rhythm_in_words(rhythm)} was usual"
    advice = "look whether its timer or cron line is there and the machine was on"
    return _certain("overdue", outlet, due, what, advice)


def _of_runs(archive: Archive, last: Row, outlet: str) -> list[Alert]:
    """Return what the *last* run that asked for everything, and came to its end, says is wrong."""
    complaints = [] if last["outcome"] != "failed" else json.loads(last["complaints"])
    if complaints:
        return [_of_complaint(archive, complaint_from_json(complaint), last) for complaint in complaints]
    if last["outcome"] in ("died", "running"):
        return [_died(last, outlet)]
    if last["outcome"] != "failed":
        return []
    since, certainty = _streak(archive, last)
    return [
        Alert(
            kind="failed",
            outlet=outlet,
            since=since,
            certainty=certainty,
            evidence=_reason(last, outlet) + _of(last),
            advice="open its front page in a browser; if it answers there, `kickcrawl explain` its address",
        )
    ]


def _of_complaint(archive: Archive, complaint: Complaint, last: Row) -> Alert:
    """Return a complaint as an alert.

    A seed may fail once by chance, so its certainty grows with the streak. What is judged against history is beyond
    chance already.
    """
    alert = alert_of(complaint, last["outlet"])
    if complaint.kind == "rejections" and _is_walled(json.loads(last["counts"])):
        return replace(alert, kind="wall")
    if complaint.kind not in ("seeds", "nothing", "ours"):
        return alert
    return replace(alert, certainty=_streak(archive, last)[1])


def _is_walled(counts: Mapping[str, int]) -> bool:
    """Tell whether most of a run's rejected pages were a login, a challenge or another page before the articles."""
    rejected = sum(count for name, count in counts.items() if name.startswith("rejected/"))
    walled = sum(counts.get(f"rejected/{reason}", 0) for reason in _WALLS)
    return 2 * walled > rejected


def _streak(archive: Archive, last: Row) -> tuple[datetime, float]:
    """Return since when the runs up to *last* fail, and how sure it is that this is no blip."""
    runs = archive.rows(_OUTCOMES, {"outlet": last["outlet"], "id": last["id"], "count": MAX_OUTCOMES})
    goods = [run["outcome"] != "failed" for run in runs]
    streak = goods.index(True) if True in goods else len(goods)
    since = datetime.fromisoformat(runs[streak - 1]["started_at"])
    return since, 1 - chance_of_blip(goods, datetime.fromisoformat(last["started_at"]) - since)


def _still_unread(archive: Archive, runs: Sequence[Row], found: Sequence[Alert]) -> list[Alert]:
    """Return complaints of pages that runs since then could not take back, because they read none: at night, say."""
    if not runs or runs[0]["outcome"] == "failed" or _reads(runs[0]):
        return []
    last = next((run for run in runs if _reads(run)), None)
    if last is None or last["outcome"] != "failed":
        return []
    complaints = [complaint_from_json(complaint) for complaint in json.loads(last["complaints"])]
    kinds = {alert.kind for alert in found}
    alerts = [_of_complaint(archive, one, last) for one in complaints if one.kind in ("fields", "rejections")]
    return [alert for alert in alerts if alert.kind not in kinds]


def _reads(run: Row) -> bool:
    """Tell whether a run read new pages, good or bad ones."""
    counts = json.loads(run["counts"])
    return bool(counts.get("stored")) or any(name.startswith("rejected/") for name in counts)


def _died(run: Row, outlet: str) -> Alert:
    return _certain(
        "died",
        outlet,
        datetime.fromisoformat(run["started_at"]),
        f"the last run died without a word{_of(run)}",
        "see the system's log for what ended it, and run it again",
    )


def _reason(run: Row, outlet: str) -> str:
    return str(run["reason"] or "the last run failed").removeprefix(f"{outlet}: ")


def _of(run: Row) -> str:
    return f" (run of {run['started_at'][:16].replace('T', ' ')} UTC)"


def _certain(kind: str, outlet: str, since: datetime, what: str, advice: str) -> Alert:
    return Alert(kind=kind, outlet=outlet, since=since, certainty=1.0, evidence=what, advice=advice)


def _fault(run: Row) -> Fault:
    return Fault.of(run["reason"] or "failed", [complaint["kind"] for complaint in json.loads(run["complaints"])])


# A run that asked for less says nothing of what it did not ask for.
_WHOLE = "arguments ->> 'limit' IS NULL AND arguments ->> 'since' IS NULL AND arguments ->> 'until' IS NULL"
_OUTCOMES = f"""
    SELECT outcome, started_at FROM runs WHERE outlet = :outlet AND id <= :id AND {_WHOLE}
    AND outcome IN ('complete', 'failed') ORDER BY id DESC LIMIT :count
"""

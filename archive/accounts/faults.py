"""What the archive knows of faults: that of the run before, and what a monitor must be told now."""

import json
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from archive.accounts.addresses import account_of_outlet
from archive.backfill.backfills import ORDINARY
from archive.database import Archive
from archive.lock import is_locked
from kickcrawl.faults import RUNS_OF_RHYTHM, Fault, overdue_since, rhythm_in_words


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


def faults_now(archive: Archive, now: datetime, outlet: str | None = None) -> list[str]:
    """Return what is wrong at the moment with *outlet*, or with all, a sentence each; nothing where all is well."""
    slugs = [outlet] if outlet else [row["slug"] for row in archive.rows("SELECT slug FROM outlets ORDER BY slug")]
    if not slugs:
        return ["nothing was ever crawled into this archive: see that a timer or cron line starts `scrapy crawl`"]
    return [f"{slug}: {sentence}" for slug in slugs for sentence in _faults_of(archive, slug, now)]


def _faults_of(archive: Archive, outlet: str, now: datetime) -> list[str]:
    runs = archive.rows(
        f"SELECT * FROM runs WHERE outlet = :outlet AND {ORDINARY} ORDER BY id DESC LIMIT :count",
        {"outlet": outlet, "count": RUNS_OF_RHYTHM},
    )
    is_running = is_locked(archive.path, outlet)
    ended = [run for run in runs if run["outcome"] != "running" or not is_running]
    found = _of_run(ended[0], outlet) if ended else []
    starts = [datetime.fromisoformat(run["started_at"]) for run in runs]
    if not is_running and (overdue := overdue_since(starts, now)):
        last, rhythm = starts[0], rhythm_in_words(overdue[1])
        found.append(
            f"no run since {last:%Y-%m-%d %H:%M} UTC where one every {rhythm} was usual: "
            "look whether its timer or cron line is there and the machine was on"
        )
    account = account_of_outlet(archive, outlet)
    if not account.is_even:
        found.append(f"of {account.named} addresses that were named {account.sum} have a state: please report this")
    return found


def _of_run(run: Row, outlet: str) -> list[str]:
    """Return what the last run that ended says is wrong; one that was interrupted on purpose says nothing."""
    since = f" (run of {run['started_at'][:16].replace('T', ' ')} UTC)"
    if run["outcome"] == "failed":
        return [str(run["reason"] or "the last run failed").removeprefix(f"{outlet}: ") + since]
    if run["outcome"] in ("died", "running"):
        return [f"the last run died without a word: see the system's log for what ended it, and run it again{since}"]
    return []


def _fault(run: Row) -> Fault:
    return Fault.of(run["reason"] or "failed", [complaint["kind"] for complaint in json.loads(run["complaints"])])


# A run that asked for less says nothing of what it did not ask for.
_WHOLE = "arguments ->> 'limit' IS NULL AND arguments ->> 'since' IS NULL AND arguments ->> 'until' IS NULL"

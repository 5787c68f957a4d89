"""What is said of a run that has ended: lines for a person, data for a program."""

import sys
from collections.abc import Iterable
from typing import Any

from kickcrawl.dates import to_iso
from kickcrawl.rhythm import NextRun
from spiders.misfits import what_does_not_fit
from spiders.run import OutletRun

_REJECTED, _PUT_OFF = "rejected/", "put-off/"


def tell(run: OutletRun, planned: NextRun | None = None) -> None:
    """Print how *run* went, and when its outlet is due again.

    A fault that lasts is told on stderr by the first run that meets it, then on stdout only, and its end is told once.
    """
    print(report(run) + (f"; {due_in_words(planned)}" if planned else ""))
    if misfits := what_does_not_fit(run):
        print(misfits)
    if run.read_otherwise:
        print(run.read_otherwise)
    if run.failure and run.is_told:
        print(f"still failing: {run.failure}")
    tell_faults(run)


def tell_faults(run: OutletRun) -> None:
    """Print on stderr what the operator has not been told yet: a fault that is new, or that one has ended."""
    if run.failure and not run.is_told:
        print(f"kickcrawl: {run.failure}", file=sys.stderr)
    elif run.recovered and not run.failure:
        print(f"kickcrawl: {run.recovered}", file=sys.stderr)


def report(run: OutletRun) -> str:
    """Return what a run brought, in one line for a person."""
    counts = run.counts
    stored = [f"{counts[name]} {name}" for name in ("stored", "revised", "unchanged", "gone") if counts[name]]
    rejected = sum(_rejected(run).values())
    others = [f"{rejected} rejected"] * bool(rejected) + [f"{counts['deferred']} put off"] * bool(counts["deferred"])
    seeds = ", ".join(f"{s.seed}: {s.error or f'{s.named} named'}" for s in run.seeds)
    words = ("FAILED, " if run.failure else "") + (", ".join(stored + others) or "nothing new")
    cut = f"; {run.why_put_off}" if run.why_put_off else ""
    return f"{run.outlet.slug}: {words}; {counts['requests']} requests ({seeds or 'no seed was asked'}){cut}"


def due_in_words(planned: NextRun) -> str:
    """Return when an outlet is due, and why then.

    >>> from datetime import UTC, datetime
    >>> due_in_words(NextRun(at=datetime(2026, 11, 30, 2, 5, tzinfo=UTC), why="it was never crawled"))
    'next due 2026-11-30 02:05 UTC (it was never crawled)'
    """
    return f"next due {planned.at:%Y-%m-%d %H:%M} UTC ({planned.why})"


def was_cut_short(runs: Iterable[OutletRun], *, interrupted: bool) -> bool:
    """Tell whether a signal ended a crawl before it was done; after a second one, no end of its *runs* was noted."""
    return interrupted or any(run.run_id and not run.has_ended for run in runs)


def as_data(run: OutletRun, planned: NextRun) -> dict[str, Any]:
    """Return how *run* went, for a program."""
    counts = run.counts
    return {
        "outlet": run.outlet.slug,
        "run": run.run_id or None,
        "new": counts["stored"],
        "revised": counts["revised"],
        "unchanged": counts["unchanged"],
        "gone": counts["gone"],
        "rejected": _rejected(run),
        "deferred": counts["deferred"],
        "put_off": {name.removeprefix(_PUT_OFF): n for name, n in counts.items() if name.startswith(_PUT_OFF)},
        "requests": counts["requests"],
        "is_quick": run.is_quick,
        "failure": run.failure,
        "is_told": run.is_told,
        "recovered": run.recovered,
        **due_as_data(planned),
    }


def due_as_data(planned: NextRun) -> dict[str, Any]:
    """Return when an outlet is due, for a program."""
    return {"next_due": to_iso(planned.at), "why": planned.why}


def _rejected(run: OutletRun) -> dict[str, int]:
    return {name.removeprefix(_REJECTED): n for name, n in run.counts.items() if name.startswith(_REJECTED)}

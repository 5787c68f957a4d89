"""One round of alerts: judge, keep, send. Crawls end with one, and `kickcrawl alerts --send` is one."""

from collections.abc import Sequence
from datetime import datetime

from archive.alerts.deliver import deliver
from archive.alerts.judge import alerts_now
from archive.alerts.keep import keep_alerts
from archive.alerts.targets import Target
from archive.alerts.terms import observe_terms
from archive.database import Archive


def tell_alerts(
    archive: Archive, now: datetime, targets: Sequence[Target], outlets: Sequence[str] | None = None
) -> list[str]:
    """Judge *outlets*, or all, keep what begins and ends, and tell *targets*; return a sentence for each failure."""
    judged = outlets or [row["slug"] for row in archive.rows("SELECT slug FROM outlets")]
    for outlet in judged:
        observe_terms(archive, outlet, now)
    found = alerts_now(archive, now, outlets)
    keep_alerts(archive, found, now, [target.name for target in targets], [*judged, None])
    return deliver(archive, targets, now)

"""Write the state of an archive as a text file for Prometheus' node exporter (its textfile collector)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from archive.database import Archive
from archive.whole_file import refuse_own, whole
from kickcrawl.alerts.alert import Alert

_ARTICLES = (
    ("articles", "Articles in the archive."),
    ("revised", "Articles with more than one revision."),
    ("gone", "Articles that the outlet has withdrawn."),
    ("due", "Addresses that are due to be fetched."),
    ("rejected", "Addresses whose pages are no articles."),
)


def write_prometheus(
    target: Path, archive: Archive, outlets: Iterable[Mapping[str, Any]], alerts: Sequence[Alert]
) -> None:
    """Write *outlets* (of archive.accounts.status) and *alerts* to *target*, whole or not at all. Raises UsageError."""
    refuse_own(archive.path, target)
    registry = CollectorRegistry()
    gauges = {name: _gauge(registry, name, help, "outlet") for name, help in _ARTICLES}
    run = _gauge(registry, "last_run_timestamp_seconds", "Start of the last run.", "outlet")
    good = _gauge(registry, "last_good_run_timestamp_seconds", "Start of the last run that was complete.", "outlet")
    newest = _gauge(registry, "newest_article_timestamp_seconds", "Publish time of the newest article.", "outlet")
    for outlet in outlets:
        for name, gauge in gauges.items():
            gauge.labels(outlet["outlet"]).set(outlet[name])
        last = outlet["last_run"]
        times = (last["started_at"] if last else None, outlet["last_good_run"], outlet["newest"])
        for gauge, at in zip((run, good, newest), times, strict=True):
            if at:
                gauge.labels(outlet["outlet"]).set(datetime.fromisoformat(at).timestamp())
    wrong = _gauge(registry, "alert", "1 while something is wrong, by kind; see docs/alerts.md.", "kind", "outlet")
    sure = _gauge(registry, "alert_certainty_ratio", "How sure that is, 0 to 1.", "kind", "outlet")
    for alert in alerts:
        wrong.labels(alert.kind, alert.outlet or "").set(1)
        sure.labels(alert.kind, alert.outlet or "").set(alert.certainty)
    _gauge(registry, "archive_bytes", "Size of the database.").set(archive.path.stat().st_size)
    _gauge(registry, "judged_timestamp_seconds", "When this was written.").set(datetime.now(UTC).timestamp())
    with whole(target) as part:
        part.write_bytes(generate_latest(registry))


def _gauge(registry: CollectorRegistry, name: str, help: str, *labels: str) -> Gauge:
    return Gauge(f"kickcrawl_{name}", help, labels, registry=registry)

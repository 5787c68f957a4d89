"""Keep alerts with their begin and end, and note in the same transaction which target is to be told of what.

A begin and an end are told once each, over restarts: what stands in the table alert_notices is sent until it was taken.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from archive.database import Archive
from kickcrawl.alerts.alert import CHANGES, TOLD_CERTAINTY, Alert
from kickcrawl.dates import to_iso


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAlert:
    """An alert as it is kept: *began_at* and *ended_at* are when it was judged so; None: it lasts."""

    id: int
    alert: Alert
    began_at: datetime
    ended_at: datetime | None


def keep_alerts(
    archive: Archive, found: Sequence[Alert], now: datetime, targets: Collection[str], outlets: Collection[str | None]
) -> None:
    """Begin, go on with and end alerts, of those *outlets* that were judged (None: this machine), by what was *found*.

    *targets* are the names of those that are to be told. A new alert begins if it is sure enough (TOLD_CERTAINTY);
    one that lasts goes on for as long as it is found at all, or until what it told has changed once more.
    """
    with archive.transaction():
        lasting = {(row["kind"], row["outlet"]): row for row in archive.rows(_LASTING)}
        going_on = [alert for alert in found if not _is_news(alert, lasting.get((alert.kind, alert.outlet)))]
        for alert in going_on:
            known = lasting.pop((alert.kind, alert.outlet))
            archive.write(_GOES_ON, _values(alert, now) | {"id": known["id"]})
        for (_, outlet), known in lasting.items():
            if outlet in outlets:
                ended = {"now": to_iso(now), "id": known["id"]}
                archive.write("UPDATE alerts SET ended_at = :now WHERE id = :id", ended)
        for alert in found:
            if alert not in going_on and alert.certainty >= TOLD_CERTAINTY:
                archive.write(_BEGINS, _values(alert, now))
        for sql in (_TELL_BEGIN, _TELL_END):
            archive.write(sql, {"targets": json.dumps(sorted(targets))})


def kept_alerts(archive: Archive, *, lasting: bool | None = None, outlet: str | None = None) -> list[KeptAlert]:
    """Return the alerts that are kept, the newest first: those that last, those that have ended, or all."""
    rows = archive.rows(_KEPT, {"lasting": lasting, "outlet": outlet})
    return [kept_alert(row) for row in rows]


def kept_alert(row: Row) -> KeptAlert:
    """Return a row of the table alerts as a record."""
    return KeptAlert(
        id=row["id"],
        alert=Alert(
            kind=row["kind"],
            outlet=row["outlet"],
            since=datetime.fromisoformat(row["since"]),
            certainty=row["certainty"],
            evidence=row["evidence"],
            advice=row["advice"],
        ),
        began_at=datetime.fromisoformat(row["began_at"]),
        ended_at=datetime.fromisoformat(row["ended_at"]) if row["ended_at"] else None,
    )


def _is_news(alert: Alert, known: Row | None) -> bool:
    """Tell whether nothing of the kind is kept, or a change came after the one that is kept was told."""
    if known is None:
        return True
    return alert.kind in CHANGES and alert.since > datetime.fromisoformat(known["began_at"])


def _values(alert: Alert, now: datetime) -> dict[str, object]:
    return {
        "kind": alert.kind,
        "outlet": alert.outlet,
        "since": to_iso(alert.since),
        "certainty": alert.certainty,
        "evidence": alert.evidence,
        "advice": alert.advice,
        "now": to_iso(now),
    }


_LASTING = "SELECT id, kind, outlet, began_at FROM alerts WHERE ended_at IS NULL"
_BEGINS = """
    INSERT INTO alerts (kind, outlet, since, certainty, evidence, advice, began_at, seen_at)
    VALUES (:kind, :outlet, :since, :certainty, :evidence, :advice, :now, :now)
"""
# Since when does not change: it was told.
_GOES_ON = (
    "UPDATE alerts SET seen_at = :now, certainty = :certainty, evidence = :evidence, advice = :advice WHERE id = :id"
)
# A target that is new is told what lasts.
_TELL_BEGIN = """
    INSERT OR IGNORE INTO alert_notices (alert_id, event, target)
    SELECT a.id, 'begin', t.value FROM alerts a, json_each(:targets) t WHERE a.ended_at IS NULL
"""
# An end is told to whom the begin was, or is still to be.
_TELL_END = """
    INSERT OR IGNORE INTO alert_notices (alert_id, event, target)
    SELECT a.id, 'end', n.target FROM alerts a JOIN alert_notices n ON n.alert_id = a.id AND n.event = 'begin'
    WHERE a.ended_at IS NOT NULL AND n.target IN (SELECT value FROM json_each(:targets))
"""
_KEPT = """
    SELECT * FROM alerts WHERE (:lasting IS NULL OR (ended_at IS NULL) = :lasting)
    AND (:outlet IS NULL OR outlet = :outlet) ORDER BY began_at DESC, id DESC
"""

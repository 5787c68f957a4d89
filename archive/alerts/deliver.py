"""Send what is to be told, one message for each target; what could not be delivered is sent again at the next chance.

A notice is marked as sent after the target took it. Where the process dies between the two it is sent twice: that is
better than never.
"""

import json
from collections.abc import Sequence
from datetime import datetime

from filelock import FileLock

from archive.alerts.keep import KeptAlert, kept_alert
from archive.alerts.message import message_of
from archive.alerts.targets import Target, UndeliveredError, send
from archive.database import Archive
from kickcrawl.dates import to_iso


def deliver(archive: Archive, targets: Sequence[Target], now: datetime) -> list[str]:
    """Send each of *targets* what it was not told yet; return a sentence for each that could not be reached.

    Two processes that end at once do not both send: the second waits and finds nothing left.
    """
    with FileLock(archive.path.with_name(f"{archive.path.name}.alerts.lock")):
        failures = [_deliver_to(archive, target, now) for target in targets]
    return [failure for failure in failures if failure]


def undelivered(archive: Archive) -> list[str]:
    """Return a sentence for each target that could not be reached the last time."""
    return [
        f"{row['target']} could not be told of {row['notices']} alerts: {row['error']}; "
        "they are sent again at the next chance"
        for row in archive.rows(_UNDELIVERED)
    ]


def _deliver_to(archive: Archive, target: Target, now: datetime) -> str | None:
    events: dict[str, list[KeptAlert]] = {"begin": [], "end": []}
    for row in archive.rows(_UNSENT, {"target": target.name}):
        events[row["event"]].append(kept_alert(row))
    if not any(events.values()):
        return None
    message = message_of(events["begin"], events["end"])
    keys = json.dumps([[kept.id, event] for event, alerts in events.items() for kept in alerts])
    values = {"target": target.name, "keys": keys, "now": to_iso(now)}
    try:
        send(target, message.title, message.body, message.mood)
    except UndeliveredError as error:
        archive.write(_FAILED, values | {"error": str(error)})
        return f"{target.name} could not be told of alerts: {error}; they are sent again at the next chance"
    archive.write(_SENT, values)
    return None


_UNSENT = """
    SELECT a.*, n.event FROM alert_notices n JOIN alerts a ON a.id = n.alert_id
    WHERE n.target = :target AND n.sent_at IS NULL ORDER BY a.began_at, a.id
"""
_THESE = """
    target = :target AND (alert_id, event) IN (SELECT value ->> 0, value ->> 1 FROM json_each(:keys))
"""
_SENT = f"UPDATE alert_notices SET sent_at = :now, error = NULL WHERE {_THESE}"
_FAILED = f"UPDATE alert_notices SET failures = failures + 1, error = :error WHERE {_THESE}"
_UNDELIVERED = """
    SELECT target, count(*) AS notices, max(error) AS error FROM alert_notices
    WHERE sent_at IS NULL AND failures > 0 GROUP BY target
"""

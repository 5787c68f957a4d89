"""Judge from the archive what is wrong now: with its runs, its articles, its hosts and this machine."""

from collections.abc import Sequence
from datetime import datetime

from archive.accounts.faults import run_faults
from archive.alerts.deliver import undelivered
from archive.alerts.observe import machine_observed, observed_alerts
from archive.alerts.pages import layout_alert, wall_alert
from archive.alerts.volume import volume_alerts
from archive.database import Archive
from kickcrawl.alerts.alert import Alert


def alerts_now(archive: Archive, now: datetime, outlets: Sequence[str] | None = None) -> list[Alert]:
    """Return what is wrong with *outlets*, or all, and with this machine; also what is not sure enough to be told."""
    known = [row["slug"] for row in archive.rows("SELECT slug FROM outlets ORDER BY slug")]
    judged = [slug for slug in known if outlets is None or slug in outlets]
    found = [alert for slug in judged for alert in outlet_alerts(archive, slug, now)]
    return [*found, *machine_alerts(archive, now)]


def outlet_alerts(archive: Archive, outlet: str, now: datetime) -> list[Alert]:
    """Return what is wrong with *outlet*, one alert of a kind."""
    found = [*run_faults(archive, outlet, now), *volume_alerts(archive, outlet, now)]
    found += [alert for alert in (wall_alert(archive, outlet, now), layout_alert(archive, outlet, now)) if alert]
    found += observed_alerts(archive, outlet, now)
    return list({alert.kind: alert for alert in reversed(found)}.values())[::-1]


def machine_alerts(archive: Archive, now: datetime) -> list[Alert]:
    """Return what is wrong with this machine or with the whole archive."""
    found = []
    if not archive.count("SELECT count(*) FROM outlets"):
        what = "nothing was ever crawled into this archive"
        advice = "see that a timer, a cron line or a service starts `kickcrawl run`"
        found.append(Alert(kind="overdue", outlet=None, since=now, certainty=1.0, evidence=what, advice=advice))
    if failures := undelivered(archive):
        since = archive.text(
            "SELECT min(a.began_at) FROM alert_notices n JOIN alerts a ON a.id = n.alert_id "
            "WHERE n.sent_at IS NULL AND n.failures > 0"
        )
        found.append(
            Alert(
                kind="delivery",
                outlet=None,
                since=datetime.fromisoformat(since) if since else now,
                certainty=1.0,
                evidence="; ".join(failures),
                advice="mend KICKCRAWL_NOTIFY or what it names; `kickcrawl alerts --send` tries again",
            )
        )
    return [*found, *machine_observed(archive, now)]

"""Judge whether the disk will be full within the month, at the pace at which the archive grows. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kickcrawl.alerts.alert import Alert

MONTH = 30  # days
GROWTH_DAYS = 28  # over which the growth is taken
_MIN_DAYS = 7
_GB = 1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class Disk:
    """*free* bytes of the disk with the archive, and the bytes that each of the last days brought (the newest last)."""

    free: int
    grown: Sequence[int]


def disk_alert(disk: Disk, now: datetime) -> Alert | None:
    """Return whether the disk fills within the month; the day that brought most is left out: it was a first crawl."""
    if len(disk.grown) < _MIN_DAYS:
        return None
    days = sorted(disk.grown)[:-1]
    a_day = sum(days) / len(days)
    if a_day <= 0 or disk.free >= MONTH * a_day:
        return None
    left = disk.free / a_day
    return Alert(
        kind="disk",
        outlet=None,
        since=now,
        certainty=0.999,
        evidence=f"{disk.free / _GB:.1f} GB are free and {a_day / _GB:.2f} GB come a day: "
        f"full in {left:.0f} days ({now + timedelta(days=left):%Y-%m-%d})",
        advice="free some space, or move the archive to a larger disk (docs/operate.md); nothing stored is lost",
    )

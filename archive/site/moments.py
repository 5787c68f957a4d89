"""Say times as people read them: in the outlet's own zone, with the zone's name."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo


def in_words(at: str | None, offset: int | None = None, zone: str | None = None) -> str:
    """Return a time of the archive as "24 December 2025, 13:45 WITA"; "" for None.

    The *offset* (minutes) that the outlet wrote wins over its *zone*; the zone's name is used where the two agree.

    >>> in_words("2025-12-24T05:45:09+00:00", 480, "Asia/Makassar")
    '24 December 2025, 13:45 WITA'
    """
    if not at:
        return ""
    local = _local(at, offset, zone)
    return f"{local.day} {local:%B %Y, %H:%M} {_zone_name(local)}"


def day_in_words(at: str | None, offset: int | None = None, zone: str | None = None) -> str:
    """Return the day alone, "24 December 2025"."""
    if not at:
        return ""
    local = _local(at, offset, zone)
    return f"{local.day} {local:%B %Y}"


def _local(at: str, offset: int | None, zone: str | None) -> datetime:
    moment = datetime.fromisoformat(at)
    named = moment.astimezone(ZoneInfo(zone)) if zone else moment.astimezone(UTC)
    if offset is None or named.utcoffset() == timedelta(minutes=offset):
        return named
    return moment.astimezone(timezone(timedelta(minutes=offset)))


def _zone_name(local: datetime) -> str:
    name = local.tzname() or "UTC"
    return f"UTC{name}" if name[0] in "+-" else name  # zones without a name of their own are called "+07"

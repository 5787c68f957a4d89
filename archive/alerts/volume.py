"""What the articles of an outlet tell: whether far fewer come than its own past and the calendar let expect."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from archive.database import Archive
from kickcrawl.alerts.alert import Alert
from kickcrawl.alerts.calendar import quiet_days
from kickcrawl.alerts.decline import Decline, find_decline
from kickcrawl.alerts.pace import Past
from kickcrawl.alerts.silence import Silence, find_silence
from kickcrawl.dates import to_iso

PAST_DAYS = 400  # more than a year: each feast once
MIN_CERTAINTY = 0.98  # with less nothing is said at all


def volume_alerts(archive: Archive, outlet: str, now: datetime) -> list[Alert]:
    """Return whether *outlet* is silent or declines, as its last run that asked for everything saw it."""
    asked = archive.text(_ASKED, {"outlet": outlet, "now": to_iso(now)})
    if asked is None:
        return []
    now = datetime.fromisoformat(asked)  # what came since then, nobody has asked for
    row = archive.row("SELECT timezone, region FROM outlets WHERE slug = :outlet", {"outlet": outlet})
    assert row is not None, f"{outlet} has run"
    zone = ZoneInfo(row["timezone"])
    past = read_past(archive, outlet, row["region"], zone, now)
    if past is None:
        return []
    end = _hour(now, zone)
    if silence := find_silence(past, end):
        return [_silent(archive, outlet, silence, now)]
    if decline := find_decline(past, end):
        return [_declines(outlet, decline, now)]
    return []


def read_past(archive: Archive, outlet: str, region: str | None, zone: ZoneInfo, now: datetime) -> Past | None:
    """Return how many articles of *outlet* came in each hour before *now*; None where there are none.

    An article without a publish time counts when it was first seen.
    """
    given = {"outlet": outlet, "since": to_iso(now - timedelta(days=PAST_DAYS)), "now": to_iso(now)}
    hours: dict[int, int] = {}
    for row in archive.rows(_HOURS, given):
        hour = _hour_named(row["hour"], zone)
        hours[hour] = hours.get(hour, 0) + row["articles"]
    if not hours:
        return None
    years = range((now - timedelta(days=PAST_DAYS)).year, now.year + 1)
    return Past.of(hours, quiet_days(region, years), _silent_days(archive, outlet, zone))


def _silent_days(archive: Archive, outlet: str, zone: ZoneInfo) -> frozenset[date]:
    """Return the days on which *outlet* was silent by a fault that is over; they teach nothing."""
    days: set[date] = set()
    for row in archive.rows(_SILENCES, {"outlet": outlet}):
        day, last = (datetime.fromisoformat(row[at]).astimezone(zone).date() for at in ("since", "ended_at"))
        while day <= last:
            days.add(day)
            day += timedelta(days=1)
    return frozenset(days)


def _silent(archive: Archive, outlet: str, silence: Silence, now: datetime) -> Alert:
    last = archive.text(_LAST, {"outlet": outlet, "now": to_iso(now)})
    start = now - timedelta(hours=silence.hours)
    since = datetime.fromisoformat(last) if last and silence.count == 0 else start
    came = "no article" if silence.count == 0 else f"{silence.count} article{'s' if silence.count > 1 else ''}"
    return Alert(
        kind="silence",
        outlet=outlet,
        since=since,
        certainty=1 - silence.chance if silence.is_fault else MIN_CERTAINTY,
        evidence=f"{came} in {silence.hours} hours where about {silence.expected:.0f} were to be expected, "
        f"by the same weekdays and hours of the weeks before; a chance of {_odds(silence.chance)}",
        advice="look whether the outlet still publishes and whether its seeds still name its newest article",
    )


def _declines(outlet: str, decline: Decline, now: datetime) -> Alert:
    return Alert(
        kind="decline",
        outlet=outlet,
        since=now - timedelta(weeks=2),
        certainty=1 - decline.chance if decline.is_fault else MIN_CERTAINTY,
        evidence=f"{decline.recent:.0f} articles a week in the last two weeks where {decline.usual:.0f} were usual "
        f"in the half year before; a chance of {_odds(decline.chance)}",
        advice="look whether the outlet publishes less, or has a new section or address that no seed names",
    )


def _odds(chance: float) -> str:
    return f"1 in {1 / chance:,.0f}" if chance > 1e-6 else "less than 1 in a million"


def _hour(at: datetime, zone: ZoneInfo) -> int:
    local = at.astimezone(zone)
    return 24 * local.toordinal() + local.hour


@lru_cache(maxsize=40_000)  # outlets of one zone have the same hours
def _hour_named(text: str, zone: ZoneInfo) -> int:
    return _hour(datetime.fromisoformat(f"{text}:00:00+00:00"), zone)


# A run that failed, or that asked for less, does not tell that nothing came.
_ASKED = """
    SELECT max(started_at) FROM runs WHERE outlet = :outlet AND outcome = 'complete' AND started_at <= :now
    AND arguments ->> 'limit' IS NULL AND arguments ->> 'since' IS NULL AND arguments ->> 'until' IS NULL
"""
_HOURS = """
    SELECT substr(at, 1, 13) AS hour, count(*) AS articles FROM (
        SELECT published_at AS at FROM articles
        WHERE outlet = :outlet AND published_at BETWEEN :since AND :now
        UNION ALL SELECT first_seen_at FROM articles
        WHERE outlet = :outlet AND published_at IS NULL AND first_seen_at BETWEEN :since AND :now
    ) GROUP BY 1
"""
_LAST = """
    SELECT max(at) FROM (
        SELECT max(published_at) AS at FROM articles WHERE outlet = :outlet AND published_at <= :now
        UNION ALL SELECT max(first_seen_at) FROM articles WHERE outlet = :outlet AND published_at IS NULL
    )
"""
_SILENCES = "SELECT since, ended_at FROM alerts WHERE outlet = :outlet AND kind = 'silence' AND ended_at IS NOT NULL"

"""Judge what crawls observe beside articles: robots.txt, terms, certificates, domains, and the clock of this machine.

Pure. Each observation knows what it is now, what it was before, and since when.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import unified_diff
from statistics import median

from kickcrawl.alerts.alert import Alert

CHANGE_LASTS = timedelta(days=7)  # an alert of a change ends when nothing has changed again for so long
STALE = timedelta(days=30)  # an older observation says nothing of today
CERTIFICATE_LEFT = timedelta(days=14)  # of validity; certificates of three months are renewed 30 days before their end
CERTIFICATE_SHARE = 5  # for shorter-lived ones: a fifth of their validity
DOMAIN_LEFT = timedelta(days=30)
CLOCK_WRONG = 120.0  # seconds; servers keep time to a second, answers take some
CLOCK_SEEN = timedelta(days=1)
_SURE_HOSTS = 3
_MAX_LINES = 6  # of a change that are told
_RULES = ("user-agent", "allow", "disallow", "crawl-delay", "content-signal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What was seen of *name* (a host, a domain, an address) by crawls of *outlet*; see the table observations."""

    subject: str
    name: str
    outlet: str
    value: str
    before: str | None
    since: datetime
    checked_at: datetime


def robots_rules(body: bytes) -> str:
    """Return the rules of a robots.txt, one a line, without comments and sitemaps, which change from day to day.

    >>> robots_rules(b"# made on Monday\\nUser-Agent: *\\nDisallow:/cari # no\\nSitemap: https://a.example/s.xml")
    'user-agent: *\\ndisallow: /cari'
    """
    lines = []
    for line in body.decode(errors="replace").lstrip("\ufeff").splitlines():
        name, _, value = line.partition("#")[0].partition(":")
        if name.strip().casefold() in _RULES:
            lines.append(f"{name.strip().casefold()}: {value.strip()}")
    return "\n".join(lines)


def outlet_observed(seen: Sequence[Observation], now: datetime) -> Iterator[Alert]:
    """Yield what the observations of one outlet tell, one alert of a kind at most."""
    fresh = [one for one in seen if now - one.checked_at < STALE]
    for subject, words, advice in (
        ("robots", "robots.txt", "read it; kickcrawl obeys it, and what it forbids is no longer archived"),
        ("terms", "the page of terms", "read what it says now of copies and of machines"),
    ):
        yield from _changes([one for one in fresh if one.subject == subject], words, advice, now)
    yield from _expiry(fresh, "certificate", now)
    yield from _expiry(fresh, "domain", now)


def clock_alert(seen: Sequence[Observation], now: datetime) -> Alert | None:
    """Return whether this machine's clock differs from those of most servers that were asked lately."""
    fresh = [one for one in seen if one.subject == "clock" and abs(now - one.checked_at) < CLOCK_SEEN]
    if not fresh:
        return None
    hosts = len({one.name for one in fresh})
    off = median(float(one.value) for one in fresh)
    if abs(off) < CLOCK_WRONG:
        return None
    return Alert(
        kind="clock",
        outlet=None,
        since=min(one.since for one in fresh if abs(float(one.value)) >= CLOCK_WRONG),
        certainty=0.999 if hosts >= _SURE_HOSTS else 0.99,
        evidence=f"this machine's clock is {_duration(abs(off))} {'behind' if off > 0 else 'ahead of'} "
        f"that of {hosts} server{'s' if hosts > 1 else ''}",
        advice="have it set by NTP (timedatectl set-ntp true); times of fetching are wrong meanwhile",
    )


def _changes(seen: Sequence[Observation], words: str, advice: str, now: datetime) -> Iterator[Alert]:
    changed = [one for one in seen if one.before is not None and now - one.since < CHANGE_LASTS]
    if not changed:
        return
    told = "; ".join(f"{words} of {one.name} changed: {_difference(one)}" for one in changed)
    since = max(one.since for one in changed)
    yield Alert(
        kind=changed[0].subject, outlet=changed[0].outlet, since=since, certainty=1.0, evidence=told, advice=advice
    )


def _difference(one: Observation) -> str:
    before, after = (one.before or "").splitlines(), one.value.splitlines()
    lines = [
        line
        for line in unified_diff(before, after, lineterm="", n=0)
        if line[:1] in "+-" and not line.startswith(("+++", "---"))
    ]
    more = f" and {len(lines) - _MAX_LINES} lines more" if len(lines) > _MAX_LINES else ""
    return ", ".join(lines[:_MAX_LINES]) + more


def _expiry(seen: Sequence[Observation], subject: str, now: datetime) -> Iterator[Alert]:
    """Yield the one that ends first, if it ends soon. A value is "end" or "begin end", ISO times."""
    ending = []
    for one in seen:
        if one.subject != subject or not one.value:  # nobody says when it ends
            continue
        *begin, end = (datetime.fromisoformat(text) for text in one.value.split())
        left = CERTIFICATE_LEFT if subject == "certificate" else DOMAIN_LEFT
        limit = min(left, (end - begin[0]) / CERTIFICATE_SHARE) if begin else left
        if end - now < limit:
            ending.append((end, end - limit, one))
    if not ending:
        return
    end, since, one = min(ending, key=lambda each: each[0])
    when = f"ends in {(end - now).days} days" if end > now else "has ended"
    advice = {
        "certificate": "the newsroom must renew it; tell them: when it has ended nothing can be fetched",
        "domain": "look whether it is renewed; if it is not, archive what is missing now",
    }
    yield Alert(
        kind=subject,
        outlet=one.outlet,
        since=since,
        certainty=1.0,
        evidence=f"the {subject} of {one.name} {when} ({end:%Y-%m-%d})",
        advice=advice[subject],
    )


def _duration(seconds: float) -> str:
    return f"{seconds / 3600:.1f} h" if seconds >= 5400 else f"{seconds / 60:.0f} min"

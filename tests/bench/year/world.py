"""A year written into a real archive by the product's own functions: runs, articles, observations; no network.

Each outlet is crawled every few hours. What is archived and complained of is what a crawl would have, and at the end of
each run alerts are judged and kept, as crawls do.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from archive.accounts.health import complaint_to_json, judge_run
from archive.alerts.observe import observe
from archive.alerts.tell import tell_alerts
from archive.articles import record
from archive.captures import Capture, store_capture
from archive.database import Archive, open_archive
from archive.identity import Arrival
from archive.runs import end_run, start_run
from kickcrawl.account import Account
from kickcrawl.article import Article
from kickcrawl.dates import to_iso
from tests.bench.year.newsrooms import BEGIN, END, NEWSROOMS, ZONE, Newsroom, publish
from tests.bench.year.troubles import DECLINE_WEEKLY, WEEKS_OF_DECLINE, Trouble
from tests.support.storing import KEPT

EVERY = timedelta(hours=6)
BLIPS = 0.004  # of runs, that fail for once
RULES = "user-agent: *\ndisallow: /cari"
WORDS = "warga panen sapi pasar jalan desa camat bupati hujan laut ikan jagung sekolah guru polisi kebakaran".split()


@dataclass(slots=True)
class Site:
    """A newsroom's site: what it has published and what of it waits to be archived."""

    slug: str
    times: list[datetime]
    waiting: list[tuple[int, datetime]] = field(default_factory=list)
    seen: int = 0


def live_a_year(
    path: Path,
    troubles: Sequence[Trouble],
    random: Random,
    end: datetime | None = None,
    newsrooms: Sequence[Newsroom] = NEWSROOMS,
) -> Iterator[datetime]:
    """Fill an archive at *path* with a year; yield after each round of crawls what time it is there."""
    archive = open_archive(path, create=True)
    archive.connection.execute("PRAGMA synchronous = OFF")
    sites = [Site(one.slug, with_troubles(publish(one, random), one.slug, troubles, random)) for one in newsrooms]
    now = datetime.combine(BEGIN, datetime.min.time(), ZONE) + timedelta(hours=5)
    try:
        while now < (end or datetime.combine(END, datetime.min.time(), ZONE)):
            _round(archive, sites, troubles, now, random)
            yield now
            now += EVERY
    finally:
        archive.close()


def with_troubles(times: list[datetime], slug: str, troubles: Sequence[Trouble], random: Random) -> list[datetime]:
    """Return *times* without what troubles of the newsroom kept from being published."""
    kept = []
    for at in times:
        own = [trouble for trouble in troubles if trouble.outlet == slug and trouble.lasts_at(at)]
        if any(trouble.sort.startswith("silent") for trouble in own):
            continue
        declines = [trouble for trouble in troubles if trouble.outlet == slug and trouble.sort == "decline"]
        if declines and at >= declines[0].begin:
            weeks = min(WEEKS_OF_DECLINE, (at - declines[0].begin) / timedelta(weeks=1))
            if random.random() > (1 - DECLINE_WEEKLY) ** weeks:
                continue
        kept.append(at)
    return kept


def _round(archive: Archive, sites: Sequence[Site], troubles: Sequence[Trouble], now: datetime, random: Random) -> None:
    lasting = [trouble for trouble in troubles if trouble.lasts_at(now)]
    sorts = {trouble.sort: trouble for trouble in lasting if trouble.outlet is None}
    wrong = timedelta(hours=5) if "clock" in sorts else timedelta()
    if "off" not in sorts:
        for number, site in enumerate(sites):
            own = {trouble.sort for trouble in lasting if trouble.outlet == site.slug}
            _crawl(archive, site, own, troubles, now + timedelta(minutes=number), wrong, random)
    if "off" in sorts or now.astimezone(ZONE).hour == 5:  # the timer of alerts, a machine of its own
        tell_alerts(archive, (now + wrong + timedelta(minutes=30)).astimezone(UTC), ())


def _crawl(
    archive: Archive,
    site: Site,
    own: set[str],
    troubles: Sequence[Trouble],
    now: datetime,
    wrong: timedelta,
    random: Random,
) -> None:
    clock = (now + wrong).astimezone(UTC)
    row: dict[str, Any] = {"slug": site.slug, "name": site.slug.title(), "publisher": None, "region": "ID-NB"}
    row |= {"place": "Mataram", "language": "id", "timezone": "Asia/Makassar", "platform": "wordpress"}
    run_id = start_run(archive, row | {"home": f"https://{site.slug}.example/"}, {}, clock)
    if "down" in own or random.random() < BLIPS:
        reason = f"{site.slug}: out of reach (HTTP 503)"
        end_run(archive, run_id, "failed", clock, reason=reason, counts={"requests": 3}, seeds=[])
    else:
        _archive_news(archive, site, own, run_id, now, clock, random)
        _observe(archive, site.slug, troubles, now, clock, wrong)
    tell_alerts(archive, clock + timedelta(minutes=2), (), [site.slug])


def _archive_news(
    archive: Archive, site: Site, own: set[str], run_id: int, now: datetime, clock: datetime, random: Random
) -> None:
    while site.seen < len(site.times) and site.times[site.seen] <= now:
        site.waiting.append((site.seen, site.times[site.seen]))
        site.seen += 1
    counts = {"requests": 4 + len(site.waiting)}
    if "wall" in own:
        counts |= {"rejected/block-page": len(site.waiting)} if site.waiting else {}
    elif "feed-gone" not in own:
        counts["stored"] = len(site.waiting)
        _store(archive, site, "relaunch" in own, run_id, clock, random)
        site.waiting.clear()
    unread = [f"feed https://{site.slug}.example/feed (HTTP 500)"] if "feed-gone" in own else []
    seeds = [{"seed": "feed", "url": "", "named": 10, "error": None, "covers": True}]
    hosts = {f"{site.slug}.example"}
    complaints = judge_run(archive, run_id, hosts, counts, seeds, Account(named=0), unread)
    told = [complaint_to_json(complaint) for complaint in complaints]
    reason = f"{site.slug}: {'; '.join(map(str, complaints))}" if complaints else None
    outcome: Any = "failed" if complaints else "complete"
    end_run(archive, run_id, outcome, clock, reason=reason, counts=counts, seeds=seeds, complaints=told)


def _store(archive: Archive, site: Site, is_bare: bool, run_id: int, clock: datetime, random: Random) -> None:
    if not site.waiting:
        return
    home = f"https://{site.slug}.example/"
    with archive.transaction():
        capture_id = store_capture(archive, Capture(run_id=run_id, url=home, fetched_at=to_iso(clock), **KEPT))
        for number, at in site.waiting:
            words = [random.choice(WORDS) + str(random.randrange(999)) for _ in range(9)]
            article = Article(
                url=f"{home}{number}-{words[0]}",
                title=" ".join(words[:6]),
                text=" ".join(words),
                authors=() if is_bare else (f"Wartawan {random.randrange(9)}",),
                sections=() if is_bare else ("Daerah",),
                published_at=None if is_bare else at.astimezone(UTC),
                published_offset=None if is_bare else 480,
            )
            arrival = Arrival(
                article=article, outlet=site.slug, requested_url=article.url, capture_id=capture_id, run_id=run_id,
                fetched_at=to_iso(clock),
            )  # fmt: skip
            record(archive, arrival)


def _observe(
    archive: Archive,
    slug: str,
    troubles: Sequence[Trouble],
    now: datetime,
    clock: datetime,
    wrong: timedelta,
) -> None:
    host, at = f"{slug}.example", to_iso(clock)
    began = Counter(trouble.sort for trouble in troubles if trouble.outlet == slug and trouble.begin <= now)
    forbidden = [f"\ndisallow: /{number}" for number in range(began["robots"])]
    observe(archive, slug, "robots", host, "".join([RULES, *forbidden]), at)
    observe(archive, slug, "terms", f"https://{host}/syarat", f"version {began['terms']}", at)
    observe(archive, slug, "clock", host, str(round(-wrong.total_seconds())), at)
    for subject, days in (("certificate", 14), ("domain", 30)):
        observe(archive, slug, subject, host, to_iso(_expiry(slug, subject, days, troubles, now)), at)


def _expiry(slug: str, subject: str, days: int, troubles: Sequence[Trouble], now: datetime) -> datetime:
    """Return when the certificate or domain ends: in time renewed, but for the one that is forgotten for a while."""
    for trouble in troubles:
        if trouble.outlet == slug and trouble.sort == subject and trouble.lasts_at(now):
            return (trouble.begin + timedelta(days=days)).astimezone(UTC)
    return (now + timedelta(days=60 - now.timetuple().tm_yday % 25)).astimezone(UTC).replace(hour=0, minute=0, second=0)

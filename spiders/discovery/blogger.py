"""Probe Blogger's feed of all posts: all the first time, then what was updated since, and whether any is missing.

As with WordPress' REST API one request tells both: ordered by the time of update it lists every new and edited post
first, and its openSearch:totalResults counts all posts. Where that total is not the known number (posts were withdrawn,
or a scheduled one came out, whose update is older), all posts are named again. Times are the server's own.
"""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Literal

from archive import frontier
from archive.runs import SeedMemory
from kickcrawl.dates import http_date, to_iso
from kickcrawl.discovery.blogger import PostsPage, posts_url, read_posts
from spiders.discovery.probe import Prober
from spiders.run import SeedReport


async def probe_blogger(prober: Prober) -> SeedReport:
    """Return the report of the outlet's feed of all posts; one without an address if it has none."""
    outlet = prober.run.outlet
    if outlet.seeds.blogger is None:
        return SeedReport(seed="blogger", url="")

    async def read(report: SeedReport) -> None:
        memory = await prober.recall("blogger")
        if memory.watermark is None:
            await _sweep_first(prober, report)
        else:
            await _catch_up(prober, report, memory, memory.watermark)

    return await prober.probe("blogger", outlet.url(outlet.seeds.blogger), read)


async def _sweep_first(prober: Prober, report: SeedReport) -> None:
    """Name all posts, newest first; less if the run asks for less, and then nothing is remembered."""
    started, watermark, total = prober.now(), "", 0
    async for posts, served_at in _pages(prober, report.url, "published"):
        if not watermark:
            total = posts.total
        await prober.name(report, posts.candidates)
        watermark = max(watermark, _latest(posts, served_at or started))
        if report.named < total and await prober.has_enough(posts.candidates):
            report.covers = True
            return
    await _remember(prober, started, total, watermark)
    report.covers = True


async def _catch_up(prober: Prober, report: SeedReport, memory: SeedMemory, watermark: str) -> None:
    """Name what was updated since *watermark*; if the total does not fit, name all and look at what is missing."""
    started, highest, total = prober.now(), watermark, 0
    async for posts, served_at in _pages(prober, report.url, "updated"):
        total = total or posts.total
        await prober.name(report, posts.candidates)
        highest = max(highest, _latest(posts, served_at or started))
        if any(found.modified and to_iso(found.modified.at) < watermark for found in posts.candidates):
            break
    known = await prober.write(frontier.count_named, prober.run.outlet.slug, "blogger")
    if total - known != memory.surplus:
        async for posts, _ in _pages(prober, report.url, "published"):
            await prober.name(report, posts.candidates)
        await prober.write(frontier.recheck_unnamed, prober.run.outlet.slug, "blogger", to_iso(started))
    await _remember(prober, started, total, highest)
    report.covers = True


async def _pages(
    prober: Prober, feed: str, order: Literal["published", "updated"]
) -> AsyncIterator[tuple[PostsPage, datetime | None]]:
    """Yield the pages of the feed to its end, each with the server's own time. A page may be shorter than asked for."""
    start = 1
    for _ in range(prober.bounds.seed_pages):
        response = await prober.get(posts_url(feed, order=order, start=start))
        posts = await prober.read(read_posts, response.body, response.url, prober.run.outlet.timezone)
        yield posts, http_date((response.headers.get(b"Date") or b"").decode("latin-1"))
        start += posts.entries
        if posts.entries == 0 or start > posts.total:
            return
    prober.bound("seed-pages", feed)


async def _remember(prober: Prober, started: datetime, total: int, watermark: str) -> None:
    surplus = total - await prober.write(frontier.count_named, prober.run.outlet.slug, "blogger")
    await prober.remember("blogger", SeedMemory(watermark or None, to_iso(started), surplus))


def _latest(posts: PostsPage, served_at: datetime) -> str:
    """Return the latest update on the page, but none after the sweep began: an edit during it may be missed."""
    times = (to_iso(found.modified.at) for found in posts.candidates if found.modified)
    return min(max(times, default=""), to_iso(served_at))

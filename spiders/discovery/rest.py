"""Probe WordPress' REST API: all posts the first time, then what was modified since, and whether any are missing.

One request tells both: ordered by modified time and unfiltered, it lists every new and edited post first, and its
X-WP-Total counts all posts. Where that total is not the known number (posts were withdrawn, or a scheduled one came
out, whose modified time is older), the addresses alone are swept. Times are always the server's own.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from scrapy.http import Response

from archive import frontier
from archive.runs import SeedMemory
from kickcrawl.article import Candidate
from kickcrawl.dates import http_date, to_iso
from kickcrawl.discovery.wordpress import PostsPage, ids_url, posts_url, read_posts
from spiders.discovery.probe import Prober
from spiders.run import SeedReport


async def probe_rest(prober: Prober) -> SeedReport:
    """Return the report of the outlet's REST API; one without an address if it has none."""
    outlet = prober.run.outlet
    if outlet.seeds.rest is None:
        return SeedReport(seed="rest", url="")

    async def read(report: SeedReport) -> None:
        memory = await prober.recall("rest")
        if memory.watermark is None:
            await _sweep(prober, report)
        else:
            await _catch_up(prober, report, memory, memory.watermark)

    return await prober.probe("rest", outlet.url(outlet.seeds.rest), read)


async def _sweep(prober: Prober, report: SeedReport) -> None:
    """Name all posts, newest first; less if the run asks for less, and then nothing is remembered."""
    started, highest, first = prober.now(), "", None
    page, pages = 0, 1
    while page < pages:
        page += 1
        posts, response = await _posts(prober, posts_url(report.url, order="date", page=page))
        first, pages = first or (posts.total, _server_time(response)), posts.pages
        await prober.name(report, posts.candidates)
        highest = max([highest, *_modified(posts.candidates)])
        if page < pages and await prober.has_enough(posts.candidates):
            report.covers = True
            return
    total, server_time = first or (0, None)
    await _remember(prober, started, total, _watermark(highest, server_time))
    report.covers = True


async def _catch_up(prober: Prober, report: SeedReport, memory: SeedMemory, watermark: str) -> None:
    """Name what was modified since *watermark*; if the total does not fit, look at all addresses."""
    started, highest, first = prober.now(), watermark, None
    page, pages = 0, 1
    while page < pages:
        page += 1
        posts, response = await _posts(prober, posts_url(report.url, order="modified", page=page))
        first, pages = first or (posts.total, _server_time(response)), posts.pages
        await prober.name(report, posts.candidates)
        modified = _modified(posts.candidates)
        highest = max([highest, *modified])
        if any(time < watermark for time in modified):
            break
    total, server_time = first or (0, None)
    known = await prober.write(frontier.count_named, prober.run.outlet.slug, "rest")
    if total - known != memory.surplus:
        await _sweep_addresses(prober, report, started)
    await _remember(prober, started, total, max(watermark, _watermark(highest, server_time)))
    report.covers = True


async def _sweep_addresses(prober: Prober, report: SeedReport, started: datetime) -> None:
    """Name all posts by their addresses; what is no longer among them becomes due, to be looked at."""
    page, pages = 0, 1
    while page < pages:
        page += 1
        posts, _ = await _posts(prober, ids_url(report.url, page=page))
        pages = posts.pages
        await prober.name(report, posts.candidates)
    await prober.write(frontier.recheck_unnamed, prober.run.outlet.slug, "rest", to_iso(started))


async def _remember(prober: Prober, started: datetime, total: int, watermark: str) -> None:
    surplus = total - await prober.write(frontier.count_named, prober.run.outlet.slug, "rest")
    await prober.remember("rest", SeedMemory(watermark or None, to_iso(started), surplus))


def _modified(candidates: Sequence[Candidate]) -> list[str]:
    return [to_iso(candidate.modified.at) for candidate in candidates if candidate.modified]


def _watermark(highest: str, server_time: datetime | None) -> str:
    """Return the highest modified time named, but none after the sweep began: an edit during it may be missed."""
    return min(highest, to_iso(server_time)) if server_time else highest


async def _posts(prober: Prober, url: str) -> tuple[PostsPage, Response]:
    response = await prober.get(url)
    headers = {
        name.decode("latin-1").lower(): values[-1].decode("latin-1")
        for name, values in response.headers.items()
        if values
    }
    posts = await prober.read(read_posts, response.body, headers)
    if posts.pages > prober.bounds.seed_pages:
        prober.bound("seed-pages", url)
    return replace(posts, pages=min(posts.pages, prober.bounds.seed_pages) if posts.candidates else 0), response


def _server_time(response: Response) -> datetime | None:
    return http_date((response.headers.get(b"Date") or b"").decode("latin-1"))

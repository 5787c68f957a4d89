"""Probe a platform's list of all posts: all the first time, then what was modified since, and whether any is missing.

One request tells both: ordered by modified time it lists every new and edited post first, and its total counts all
posts. Where that total is not the known number (posts were withdrawn, or a scheduled one came out, whose modified time
is older), all addresses are swept. Times are always the server's own.
"""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from archive.runs import SeedMemory
from archive.seeds.recheck import count_named, recheck_unnamed
from kickcrawl.article import Candidate
from kickcrawl.dates import http_date, to_iso
from kickcrawl.errors import SeedError
from kickcrawl.platforms.record import PostsList, PostsPage, PostsQuery
from spiders.discovery.probe import Prober
from spiders.run import SeedReport
from spiders.survey import headers_of

MAX_YEARS = 40  # that a list is asked to count one by one


async def probe_posts(prober: Prober, posts: PostsList, path: str) -> SeedReport:
    """Return the report of the outlet's list *posts*, which is at *path*."""

    async def read(report: SeedReport) -> None:
        memory = await prober.recall(posts.name)
        if memory.watermark is None:
            await _sweep(prober, posts, report)
        else:
            await _catch_up(prober, posts, report, memory, memory.watermark)

    return await prober.probe(posts.name, prober.run.outlet.url(path), read)


async def _sweep(prober: Prober, posts: PostsList, report: SeedReport) -> None:
    """Name all posts, newest first; less if the run asks for less, and then nothing is remembered."""
    started, highest, count = prober.now(), "", _Count()
    async for page, served_at in _pages(prober, posts, report.url, "published"):
        count.add(page, served_at)
        report.total = count.total
        await prober.name(report, page.candidates)
        highest = max([highest, *_modified(page.candidates)])
        if page.next_url and await prober.has_enough(page.candidates):
            report.covers = True
            report.reach = await prober.reach_of(page.candidates)
            return
    years = await _count_years(prober, posts, report, count)
    await _remember(prober, posts, started, count, _watermark(highest, count.server_time), count.unnamed, years)
    report.reach = "" if count.is_whole else None
    report.covers = True


async def _catch_up(prober: Prober, posts: PostsList, report: SeedReport, memory: SeedMemory, watermark: str) -> None:
    """Name what was modified since *watermark*; if the total does not fit, sweep all addresses."""
    started, highest, count = prober.now(), watermark, _Count()
    async for page, served_at in _pages(prober, posts, report.url, "modified"):
        count.add(page, served_at)
        report.total = count.total
        await prober.name(report, page.candidates)
        modified = _modified(page.candidates)
        highest = max([highest, *modified])
        if any(time < watermark for time in modified):
            break
    known = await prober.write(count_named, prober.run.outlet.slug, posts.name)
    unnamed, years, is_whole = memory.unnamed, memory.years, True
    if (count.total or 0) - known != memory.surplus or unnamed is None:
        swept = await _sweep_addresses(prober, posts, report, started)
        unnamed, is_whole = swept.unnamed, swept.is_whole
        years = await _count_years(prober, posts, report, swept)
    highest = max(watermark, _watermark(highest, count.server_time))
    await _remember(prober, posts, started, count, highest, unnamed, years)
    report.reach = "" if is_whole else None
    report.covers = True


async def _sweep_addresses(prober: Prober, posts: PostsList, report: SeedReport, started: datetime) -> "_Count":
    """Name all posts by their addresses; those that are no longer among them become due, to see what became of them."""
    count = _Count()
    async for page, served_at in _pages(prober, posts, report.url, "addresses"):
        count.add(page, served_at)
        await prober.name(report, page.candidates)
    await prober.write(recheck_unnamed, prober.run.outlet.slug, posts.name, to_iso(started))
    return count


async def _count_years(prober: Prober, posts: PostsList, report: SeedReport, count: "_Count") -> str:
    """Return as JSON how many posts the list counts of each year, where it counts more than it named: it may have left
    them out of one year only. {} where nothing is amiss, or it cannot be asked."""
    if not count.unnamed or posts.year_url is None or not count.published:
        return "{}"
    years: dict[int, int] = {}
    try:
        for year in range(prober.now().year + 1, min(count.published) - 1, -1)[:MAX_YEARS]:
            url = posts.year_url(report.url, year)
            response = await prober.get(url)
            page = await prober.read_answer(
                response, posts.read, response.body, url, headers_of(response), prober.run.outlet.timezone
            )
            years[year] = page.total if page.is_counted else 0
    except SeedError:
        return "{}"  # the list itself was read
    return json.dumps(years) if sum(years.values()) == count.total else "{}"


@dataclass(slots=True)
class _Count:
    """What the list says of itself on its first page, and how many posts it named on all that were read."""

    total: int | None = None
    server_time: datetime | None = None
    named: set[str] = field(default_factory=set)
    published: set[int] = field(default_factory=set)  # years
    is_whole: bool = False

    def add(self, page: PostsPage, served_at: datetime | None) -> None:
        """Count a page."""
        if self.total is None:
            self.total, self.server_time = page.total, served_at
        self.named.update(candidate.url for candidate in page.candidates)
        self.published.update(one.published.at.year for one in page.candidates if one.published)
        self.is_whole = page.next_url is None and page.is_counted  # else nothing says that this is the last page

    @property
    def unnamed(self) -> int | None:
        """How many more posts it counts than it named; None where it was not read to its end."""
        return max(0, (self.total or 0) - len(self.named)) if self.is_whole else None


async def _pages(
    prober: Prober, posts: PostsList, address: str, query: PostsQuery
) -> AsyncIterator[tuple[PostsPage, datetime | None]]:
    """Yield the pages that answer *query*, each with the server's own time, to the end or to the bound."""
    url, timezone = posts.query_url(address, query), prober.run.outlet.timezone
    for _ in range(prober.bounds.seed_pages):
        response = await prober.get(url)
        headers = headers_of(response)
        page = await prober.read_answer(response, posts.read, response.body, url, headers, timezone)
        yield page, http_date(headers.get("date", ""))
        if page.next_url is None:
            return
        url = page.next_url
    prober.bound("seed-pages", address)


async def _remember(
    prober: Prober,
    posts: PostsList,
    started: datetime,
    count: _Count,
    watermark: str,
    unnamed: int | None,
    years: str,
) -> None:
    total, at = count.total or 0, to_iso(started)
    surplus = total - await prober.write(count_named, prober.run.outlet.slug, posts.name)
    await prober.remember(posts.name, SeedMemory(watermark or None, at, surplus, count.total, unnamed, years, at))


def _modified(candidates: Sequence[Candidate]) -> list[str]:
    return [to_iso(candidate.modified.at) for candidate in candidates if candidate.modified]


def _watermark(highest: str, server_time: datetime | None) -> str:
    """Return the highest modified time named, but none after the sweep began: an edit during it may be missed."""
    return min(highest, to_iso(server_time)) if server_time else highest

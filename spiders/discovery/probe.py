"""What all probes share: fetching, naming candidates in the frontier, and knowing when a first sweep may stop."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from scrapy.http import Response

from archive import frontier, parameters
from archive.runs import SeedMemory, recall_seed, remember_seed
from archive.seeds import excluded, span
from archive.seeds.reach import back_to
from archive.writer import Writer
from kickcrawl.answer import SHOWN
from kickcrawl.article import Candidate, SeedKind
from kickcrawl.dates import to_iso
from kickcrawl.discovery.parameters import Parameters, telling_in_list
from kickcrawl.discovery.span import horizon
from kickcrawl.errors import SeedError
from kickcrawl.outlet import Outlet
from kickcrawl.urls import canonicalize, host_of
from spiders.network.bounds import Bounds
from spiders.plan import CrawlPlan
from spiders.run import OutletRun, SeedReport
from spiders.seed_reader import AnswerReader, SeedReader, read_here

MAX_EXCLUDED = 10_000  # addresses that a rule leaves out, noted of one outlet in one run; the others are counted only
LAST_ENTRIES = 3  # of a list without times that tell how far it reaches: one may be pinned, or of another box
MAX_AT_ONCE = 100  # candidates, some 5 ms, that are sorted out in the event loop itself
JUDGED_AT_ONCE = 500  # candidates, some 20 ms: the 50,000 of a long sitemap held up the event loop for 2 s

logger = logging.getLogger(__name__)

Read = Callable[[SeedReport], Awaitable[None]]
Found = TypeVar("Found")


@dataclass(slots=True)
class Prober:
    """Asks the seeds of one outlet. *fetch* raises SeedError where nothing came back, *read* where none can be read.

    *in_browser* does what *fetch* does for a page of an outlet whose pages scripts build.
    """

    run: OutletRun
    plan: CrawlPlan
    write: Writer
    fetch: Callable[[str], Awaitable[Response]]
    read: SeedReader = read_here
    bounds: Bounds = Bounds()
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    in_browser: Callable[[str, Outlet], Awaitable[Response]] | None = None

    async def probe(self, seed: SeedKind, url: str, read: Read) -> SeedReport:
        """Run *read* on a new report of the run; a SeedError becomes the report's."""
        report = SeedReport(seed=seed, url=url, read_at=to_iso(self.now()))
        self.run.seeds.append(report)
        try:
            await read(report)
        except SeedError as error:
            report.error = error.reason
        return report

    async def read_answer(self, response: Response, function: Callable[..., Found], *values: Any) -> Found:
        """Return ``function(*values)``, which reads *response*; in a worker, unless that was read before."""
        reader = AnswerReader(write=self.write, count=self.run.count, in_worker=self.read)
        return await reader.read(response, function, *values)

    async def get(self, url: str) -> Response:
        """Return the answer to *url* if it shows a page; else SeedError."""
        return _shown(await self.fetch(url))

    async def fetch_list(self, url: str) -> Response:
        """Return the answer to *url*, a page that lists articles: from the server, where no browser could build it.

        That is counted and told: what scripts would have listed may be missing.
        """
        if self.in_browser is not None and self.run.outlet.render:
            try:
                return await self.in_browser(url, self.run.outlet)
            except SeedError as error:
                self.run.count("lists-not-rendered")
                why = f"no browser could build it ({error.reason})"
                logger.warning("%s: %s is read as the server sent it: %s", self.run.outlet.slug, url, why)
        return await self.fetch(url)

    async def get_list(self, url: str) -> Response:
        """Return the page that lists articles at *url*, as a reader sees it, if it shows one; else SeedError."""
        return _shown(await self.fetch_list(url))

    async def name(self, report: SeedReport, candidates: Sequence[Candidate]) -> frontier.Named:
        """Write *candidates* to the frontier and count them in *report*."""
        own = await self.canonical(await _aside(self.own, candidates))
        if not own:
            return frontier.Named(new=0, edited=0, known=0)
        # Before it is written: a run that is interrupted meanwhile gives account of what the archive then has.
        self.run.named.update(hash(candidate.url) for candidate in own)
        named = await self.write(frontier.name, self.run.outlet.slug, own, self.now())
        report.named += len(own)
        report.new += named.new
        report.edited += named.edited
        return named

    def bound(self, name: str, url: str) -> None:
        """Count that the bound *name* was hit at *url*, and say so."""
        self.run.count(f"bound/{name}")
        logger.info("%s: %s goes beyond %s and is not read further", self.run.outlet.slug, url, name)

    def own(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Return those on the outlet's own hosts."""
        hosts = self.run.outlet.hosts
        return [candidate for candidate in candidates if host_of(candidate.url) in hosts]

    async def canonical(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Return *candidates* of one list under their canonical addresses, by what this outlet's parameters mean."""
        if not candidates:
            return []
        known = await self.write(parameters.known, self.run.outlet.slug)
        return await _aside(_canonical, candidates, known)

    @asynccontextmanager
    async def scan(self, report: SeedReport, *, to_end: bool) -> AsyncIterator["Scan"]:
        """Scan a list, newest first, to its end or until a page has nothing new.

        A scan that stops at what is known writes its candidates when it is over, not page by page: after a crash in
        the middle the next scan would stop at the first page, and what stands behind it would never be named.
        """
        scan = Scan(self, report, holds=not to_end)
        try:
            yield scan
        except SeedError:
            await self.name(report, list(scan.held.values()))  # those of the pages that did answer
            raise
        await self.name(report, list(scan.held.values()))

    async def wanted(self, report: SeedReport, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Return the candidates that may be articles, and note by which rule each of the others is left out.

        The event loop gets its turn while a long list is judged.
        """
        found, others = [], list[tuple[Candidate, str]]()
        for number, candidate in enumerate(candidates):
            if number % JUDGED_AT_ONCE == 0:
                await asyncio.sleep(0)
            if (rule := self.why_unwanted(candidate)) is None:
                found.append(candidate)
            else:
                others.append((candidate, rule))
        await self._exclude(report, others)
        return found

    async def _exclude(self, report: SeedReport, others: Sequence[tuple[Candidate, str]]) -> None:
        if not others:
            return
        room = MAX_EXCLUDED - self.run.counts["excluded/rule"]
        report.excluded += len(others)
        self.run.count("excluded/rule", len(others))
        rules = [(candidate.url, rule) for candidate, rule in others[: max(0, room)]]
        self.run.named.update(hash(url) for url, _ in rules)
        await self.write(excluded.exclude, self.run.outlet.slug, report.seed, rules, self.now())

    def why_unwanted(self, candidate: Candidate) -> str | None:
        """Return the rule that leaves *candidate* out; None if it is a post, as its seed says, or may be an article by
        the form of its address. The front page never is."""
        outlet, parts = self.run.outlet, urlsplit(candidate.url)
        is_front = parts.path in ("", "/") and not parts.query
        if not outlet.owns(candidate.url) or is_front or candidate.is_post is None:
            kind = outlet.classify(candidate.url)
            return None if kind.is_article else kind.rule
        return None if candidate.is_post else "its sitemap lists no articles, as its name says"

    async def has_enough(self, candidates: Sequence[Candidate]) -> bool:
        """Tell whether a first sweep may stop behind *candidates*: all that follow are before since, or enough that are
        newer than they are due for the limit."""
        since, until = self.plan.span(self.run.outlet)
        dated = [to_iso(candidate.published.at) for candidate in candidates if candidate.published]
        if since and dated and max(dated) < since:
            return True
        if self.plan.limit is None:
            return False
        slug, now = self.run.outlet.slug, self.now()
        if not any(candidate.published or candidate.modified for candidate in candidates):
            due = await self.write(frontier.count_due, slug, now, since, until)  # a list's order is all that is known
        elif oldest := horizon(candidates):
            due = await self.write(span.count_newer, slug, now, max(to_iso(oldest), since or ""), until)
        else:
            return False
        return due >= self.plan.limit

    async def reach_of(self, candidates: Sequence[Candidate]) -> str | None:
        """Return the time (ISO, UTC) that a list which was read as far as *candidates* reaches back to, None where it
        is not known: by the order of its times, else by what is known of the last that stand in it."""
        if oldest := horizon(candidates):
            return to_iso(oldest)
        return await self.write(back_to, [candidate.url for candidate in candidates[-LAST_ENTRIES:]], self.started)

    async def recall(self, seed: SeedKind) -> SeedMemory:
        """Return what is remembered of the outlet's seed."""
        return await self.write(recall_seed, self.run.outlet.slug, seed)

    async def remember(self, seed: SeedKind, memory: SeedMemory) -> None:
        """Keep *memory* for the next run."""
        await self.write(remember_seed, self.run.outlet.slug, seed, memory)

    def now(self) -> datetime:
        """Return the time by this machine's clock, in UTC."""
        return datetime.now(UTC)


@dataclass(slots=True)
class Scan:
    """A scan of the pages of a list; *holds* their candidates until it is over."""

    prober: Prober
    report: SeedReport
    holds: bool
    held: dict[str, Candidate] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    barren: int = 0  # pages in a row that named nothing which those before have not

    @property
    def is_barren(self) -> bool:
        """Whether the list has gone on for too many pages without anything more: a trap."""
        if self.barren < self.prober.bounds.barren_pages:
            return False
        self.prober.bound("barren-pages", self.report.url)
        return True

    async def name(self, candidates: Sequence[Candidate]) -> frontier.Named:
        """Name the candidates of a page, or hold them; return what they are to the frontier."""
        candidates = await self.prober.canonical(candidates)
        urls = {candidate.url for candidate in candidates}
        self.barren = self.barren + 1 if urls <= self.seen else 0
        self.seen |= urls
        if not self.holds:
            return await self.prober.name(self.report, candidates)
        fresh = [found for found in await _aside(self.prober.own, candidates) if found.url not in self.held]
        self.held |= {found.url: found for found in fresh}
        return await self.prober.write(frontier.preview, self.prober.run.outlet.slug, fresh, self.prober.now())


async def _aside(
    function: Callable[..., list[Candidate]], candidates: Sequence[Candidate], *values: Any
) -> list[Candidate]:
    """Return ``function(candidates, *values)``, in a thread where they are many: the 60,000 links of a page held up the
    event loop for 4 s. For a few the way to a thread and back takes as long."""
    if len(candidates) <= MAX_AT_ONCE:
        return function(candidates, *values)
    return await asyncio.to_thread(function, candidates, *values)


def _canonical(candidates: Sequence[Candidate], known: Parameters) -> list[Candidate]:
    # In a list of links one article may stand twice, as a picture and as a headline: only headlines tell.
    entries = [(one.url, one.title or ("" if one.seed == "listing" else None)) for one in candidates]
    telling = known.telling | telling_in_list(entries)
    found = [replace(one, url=canonicalize(one.url, telling=telling, noise=known.noise)) for one in candidates]
    return list({one.url: one for one in reversed(found)}.values())[::-1]


def _shown(response: Response) -> Response:
    if response.status not in SHOWN:
        raise SeedError(f"HTTP {response.status}")
    return response

"""The state of one outlet's run while it is crawled: its counts, its seeds' reports, and how it ended."""

import asyncio
import json
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from archive.accounts.addresses import account_of_run
from archive.accounts.health import complaint_to_json
from archive.accounts.rhythm import QUICK, SCHEDULE, WHOLE
from archive.backfill.backfills import count_asked
from archive.captures import Captures
from archive.database import Archive
from archive.doubts.incomplete import retry_incomplete
from archive.doubts.retry import retry_if_changed
from archive.frontier import release
from archive.lock import lock_run
from archive.outlets import outlet_row, write_outlet
from archive.recovery import forget_future, leases_left
from archive.replay.site_files import note_site
from archive.runs import Outcome, count_answers, end_run, start_run
from archive.writer import Writer
from kickcrawl.account import Account, account_to_json
from kickcrawl.article import SeedKind
from kickcrawl.dates import to_iso
from kickcrawl.errors import KickcrawlError
from kickcrawl.health import Complaint
from kickcrawl.hours import end_of_quiet
from kickcrawl.outlet import Outlet
from kickcrawl.rhythm import Allowance, PutOff
from spiders.about import about_run
from spiders.plan import CrawlPlan

ABSENT = ("HTTP 404", "HTTP 410")  # errors of a seed that does not exist, so that nothing in it was missed

logger = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class SeedReport:
    """What became of one seed in this run. *covers*: it has named everything that was asked for."""

    seed: SeedKind
    url: str
    named: int = 0
    new: int = 0
    edited: int = 0
    excluded: int = 0  # named too, and left out by a rule
    covers: bool = False
    tells_edits: bool = False  # it names modified times
    error: str | None = None
    reach: str | None = None  # it was read back to that publish time (ISO, UTC; "": to the first); None: not known
    read_at: str | None = None  # when it began to be read
    total: int | None = None  # how many articles it says that there are

    def as_row(self) -> dict[str, Any]:
        """Return the report as it stands in ``runs.seeds`` (JSON)."""
        return {name: getattr(self, name) for name in self.__slots__}


def reach_together(reports: Sequence[SeedReport]) -> None:
    """Give several lists of one kind a common reach, on the first of them.

    Each may have what the others lack, so together they reach back only as far as the shortest, and not at all if one
    of them could not be read.
    """
    asked = [report for report in reports if report.error not in ABSENT]
    reaches = [report.reach for report in asked if report.reach is not None]
    together = max(reaches) if asked and len(reaches) == len(asked) else None
    for report in reports:
        report.reach = together if asked and report is asked[0] else None


@dataclass(slots=True, kw_only=True)
class OutletRun:
    """One outlet being crawled. *failure* is the reason why the run could not do what it was asked."""

    outlet: Outlet
    is_quick: bool = False  # asks only the seed that tells what is new
    allowance: Allowance | None = None  # of a scheduled run: what goes beyond it is put off
    put_off: PutOff | None = None  # what cut the run short
    run_id: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    seeds: list[SeedReport] = field(default_factory=list)
    failure: str | None = None
    is_discovered: bool = False
    is_named: bool = False  # its discovery ended before a budget was spent
    complaints: list[Complaint] = field(default_factory=list)  # of its outlet's health
    account: Account | None = None  # of its addresses, once nothing is in flight; None: not counted yet
    is_told: bool = False  # an earlier run has told the same failure
    recovered: str | None = None  # a sentence: a fault of earlier runs has ended
    read_otherwise: str | None = None  # a sentence: its pages are read otherwise than before
    named: set[int] = field(default_factory=set)  # hashes of the distinct addresses that its seeds named
    in_flight: int = 0  # leased candidates that are not resolved
    awaited: int = 0  # of these, requests that are not answered yet
    requested: int = 0  # requests of this run, retries and redirects included
    requested_today: int = 0  # answers to the outlet's earlier runs of this day (UTC)
    vouched: set[str] = field(default_factory=set)  # other hosts on which its sitemaps are, without "www."
    is_spent: bool = False  # True once a request budget (run, outlet or day) is used up
    may_have_due: bool = False  # the archive is to be asked for due candidates
    idle: asyncio.Event = field(default_factory=asyncio.Event)  # nothing is due and nothing is in flight
    ending: "asyncio.Task[None] | None" = None  # judges it and notes its end
    _held: ExitStack = field(default_factory=ExitStack)
    _stats: Callable[[str], None] | None = None
    begun: datetime = field(init=False)
    _plan: CrawlPlan = field(init=False)
    _captures: Captures = field(init=False)

    async def begin(self, plan: CrawlPlan, write: Writer, captures: Captures, stats: Callable[[str], None]) -> bool:
        """Take the outlet's lock and note the start; False, with the failure set, where that cannot be."""
        self._stats, slug = stats, self.outlet.slug
        self._plan = plan
        try:
            self._held.enter_context(lock_run(plan.archive, slug))
            self.begun = datetime.now(UTC)
            await write(self._note_begin, captures)
            self._captures = captures
        except KickcrawlError as error:
            self.failure = str(error)
            self._held.close()
            return False
        return True

    def _note_begin(self, archive: Archive, captures: Captures) -> None:
        """Note the start of the run; on the archive's thread, in one call: each costs a tenth of a millisecond."""
        plan, slug, now = self._plan, self.outlet.slug, self.begun
        if left := leases_left(archive, slug):
            logger.warning("%s: the last run left %d candidates half done; they are due again", slug, left)
        if ahead := forget_future(archive, slug, now):
            logger.warning("%s: this machine's clock was ahead; times of %d candidates are put right", slug, ahead)
        self.requested_today = self._count_today(archive, now.strftime("%Y-%m-%d"))
        schedule = {SCHEDULE: QUICK if self.is_quick else WHOLE} if self.allowance is not None else {}
        arguments = {**plan.arguments, **schedule}
        self.run_id = start_run(archive, outlet_row(self.outlet), arguments, now)
        known = slug not in plan.unlisted  # of a site without a file, what was recognised is not known yet
        if known and (again := retry_if_changed(archive, self.outlet, now)):
            logger.info("%s: its file or the extractor has changed; %d rejected pages are due again", slug, again)
        if lacking := retry_incomplete(archive, slug, now):
            logger.info("%s: %d articles of which pages are missing are asked for again", slug, lacking)
        captures.begin(archive, slug, self.run_id, about_run(self.outlet, plan, self.run_id, now))

    def _count_today(self, archive: Archive, day: str) -> int:
        """Return how many requests of *day* count against its budget: those of a backfill have one of their own."""
        if (source := self._plan.arguments.get("backfill")) is not None:
            return count_asked(archive, self.outlet.slug, source, day)
        return count_answers(archive, self.outlet.slug, day)

    async def recognised(self, outlet: Outlet, plan: CrawlPlan, write: Writer) -> None:
        """Be told what the outlet of this run, known by its address only, has proved to be."""
        self.outlet = outlet
        await write(write_outlet, outlet_row(outlet))
        info = about_run(outlet, plan, self.run_id, self.begun)
        told, now = outlet.model_dump_json().encode(), to_iso(datetime.now(UTC))
        await write(self._captures.describe, outlet.slug, self.run_id, info, told, now)

    @property
    def span(self) -> tuple[str | None, str | None]:
        """The time that the run asks for, as CrawlPlan.span() tells. Once it has begun."""
        return self._plan.span(self.outlet)

    def count(self, name: str, by: int = 1) -> None:
        """Count *name* for this outlet, here and in Scrapy's stats (``kicknews/stored``)."""
        self.counts[name] += by
        if self._stats is not None:
            for _ in range(by):
                self._stats(f"{self.outlet.slug}/{name}")

    def take(self, count: int) -> None:
        """Count *count* candidates as leased, and their requests as sent."""
        self.in_flight += count
        self.awaited += count

    def wait_for_more(self) -> None:
        """Note that the frontier may hold due candidates: ``idle`` is set once all of them are resolved."""
        self.may_have_due = True
        self.idle.clear()

    def rest_if_idle(self) -> None:
        """Set ``idle`` if nothing is in flight and no more may be leased."""
        if self.is_discovered and self.in_flight == 0:
            self.idle.set()

    def must_rest(self, now: datetime) -> bool:
        """Tell whether quiet hours of the outlet have begun, in which nothing more is asked of it."""
        if self.allowance and end_of_quiet(self.allowance.quiet, self.allowance.timezone, now):
            self.put_off = "quiet-hours"
        return self.put_off is not None

    def wants_more(self, limit: int | None) -> int:
        """Return how many more candidates may be leased: *limit* counts the articles stored."""
        if limit is None:
            return 1_000_000
        return max(0, limit - self.counts["stored"] - self.in_flight)

    @property
    def is_paused(self) -> bool:
        """Whether a backfill has used up its budget of the day. Once it has begun."""
        return "backfill" in self._plan.arguments and self.counts["bound/requests-per-day"] > 0

    @property
    def why_put_off(self) -> str | None:
        """Why a scheduled run was cut short, a sentence; None where it was not."""
        if self.put_off is None or self.allowance is None:
            return None
        rest = f"{self.counts[f'put-off/{self.put_off}']} addresses wait"
        if self.put_off == "quiet-hours":
            return f"its quiet hours have begun; {rest}"
        return f"its {self.allowance.requests_per_day} requests of a day are spent; {rest}"

    @property
    def has_ended(self) -> bool:
        """Whether its end was noted, or could not be; not where a second signal stopped the process before."""
        return self.ending is not None and self.ending.done()

    def outcome(self, interrupted: bool) -> Outcome:
        """Return how the run ended; a failure outweighs an interruption. A backfill's budget of a day is no failure."""
        if self.is_paused:
            return "interrupted"
        if self.failure:
            return "failed"
        return "interrupted" if interrupted else "complete"

    async def end(self, write: Writer, captures: Captures, interrupted: bool) -> None:
        """Note the end, in the archive and behind its captures, and give the lock back."""
        try:
            if self.run_id:
                await write(self._note_end, captures, self.outcome(interrupted))
        finally:
            await write(captures.end, self.outlet.slug)
            self._held.close()

    def _note_end(self, archive: Archive, captures: Captures, outcome: Outcome) -> None:
        """Note how the run ended, *outcome*; on the archive's thread, in one call."""
        now, slug = datetime.now(UTC), self.outlet.slug
        report: dict[str, Any] = {
            "reason": self.failure or self.why_put_off,
            "counts": dict(sorted(self.counts.items())),
            "seeds": [report.as_row() for report in self.seeds],
            "complaints": [complaint_to_json(complaint) for complaint in self.complaints],
        }
        release(archive, slug)  # a retry that comes back while a crawl is ending is dropped
        account = self.account or account_of_run(archive, self.run_id, len(self.named), *self.span)
        report["addresses"] = account_to_json(account)
        captures.sync()  # before the chain vouches for them
        note_site(archive, self.run_id, self.outlet)
        head = end_run(archive, self.run_id, outcome, now, **report)
        told = json.dumps({"run": self.run_id, "outcome": outcome, **report, "head": head}, ensure_ascii=False)
        captures.note(archive, slug, "run", told.encode(), to_iso(now))

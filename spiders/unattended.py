"""Crawl the outlets that are due, in one process under one lock, and report: what ``kickcrawl run`` does."""

import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

# First: see spiders/commands/crawl.py.
import scrapy.core.downloader.handlers.http11  # noqa: F401
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from archive.accounts.rhythm import plan_next
from archive.database import open_archive
from archive.lock import lock_all
from kickcrawl.allowance import allowance_of
from kickcrawl.cli import echo_json
from kickcrawl.errors import UsageError
from kickcrawl.outlet import load_outlets, outlet_folders
from kickcrawl.rhythm import Allowance, NextRun
from spiders.news import NewsSpider
from spiders.plan import CrawlPlan, make_plan
from spiders.process import allow_connections, check_archive, prepare, send_alerts, targets_of
from spiders.report import as_data, due_as_data, due_in_words, tell, tell_faults, was_cut_short
from spiders.run import OutletRun
from spiders.timetable import ByRhythm


@dataclass(slots=True, kw_only=True)
class Unattended:
    """*keeps*: stay, and crawl each outlet whenever it is due. *everything*: begin also with those that are not due."""

    plan: CrawlPlan
    settings: Settings
    allowances: Mapping[str, Allowance]
    keeps: bool
    everything: bool
    as_json: bool
    _ended: dict[str, tuple[OutletRun, NextRun]] = field(default_factory=dict)  # the last run of each outlet

    @classmethod
    def planned(
        cls,
        slugs: Sequence[str],
        region: str | None,
        given: Mapping[str, Any],
        *,
        keeps: bool,
        everything: bool,
        as_json: bool,
    ) -> "Unattended":
        """Return the work on the outlets *slugs*, or on all of *region*, or on all, with the settings *given*.

        Raises UsageError.
        """
        settings = Settings()
        settings.setmodule("kickcrawl.settings")
        settings.setdict(given, priority="cmdline")
        targets_of(settings)  # who cannot be told is better known now than when something is wrong
        known = load_outlets(outlet_folders(settings.get("OUTLETS")))
        if slugs and region:
            raise UsageError("name outlets or a region, not both")
        names = ",".join(slugs or sorted(known))
        plan = make_plan("news", {"region": region} if region else {"outlets": names}, settings, known)
        per_day, quiet = settings.getint("REQUESTS_PER_DAY"), settings.getlist("QUIET_HOURS")
        return cls(
            plan=replace(plan, arguments={}),
            settings=settings,
            allowances={outlet.slug: allowance_of(outlet, per_day, quiet) for outlet in plan.outlets},
            keeps=keeps,
            everything=everything,
            as_json=as_json,
        )

    def run(self) -> int:
        """Do it, tell, and return the exit status. Raises KickcrawlError."""
        check_archive(self.plan.archive)
        with lock_all(self.plan.archive):
            timetable = self._timetable(datetime.now(UTC))
            due = [slug for slug, planned in timetable.next_runs.items() if planned.at <= datetime.now(UTC)]
            spider = self._crawl(timetable) if due or self.keeps else None
        if spider is not None:
            self._tell_cut_short(spider, timetable)
            self._alert(sorted(self._ended))
        waiting = {slug: planned for slug, planned in timetable.next_runs.items() if slug not in self._ended}
        if not self.keeps:
            self._tell_all(waiting)
        return self._status(spider, is_needed=bool(due) or self.keeps)

    def _timetable(self, now: datetime) -> ByRhythm:
        with closing(open_archive(self.plan.archive, read_only=True)) as archive:
            planned = {slug: plan_next(archive, slug, one, now) for slug, one in self.allowances.items()}
        if self.everything:
            planned = {
                slug: one if one.put_off else replace(one, at=now, is_quick=False) for slug, one in planned.items()
            }
        outlets = {outlet.slug: outlet for outlet in self.plan.outlets}
        return ByRhythm(
            outlets=outlets,
            allowances=self.allowances,
            next_runs=planned,
            keeps=self.keeps,
            tell=self._note,
            alert=self._alert,
        )

    def _crawl(self, timetable: ByRhythm) -> NewsSpider | None:
        """Crawl by *timetable*; return the spider, None where it could not start."""
        sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]  # what is told is read while it goes on
        allow_connections()
        process = AsyncCrawlerProcess(self.settings)
        prepare(self.settings)
        crawler = process.create_crawler(NewsSpider)
        process.crawl(crawler, plan=self.plan, timetable=timetable)
        process.start()
        return crawler.spider if isinstance(crawler.spider, NewsSpider) else None

    def _alert(self, slugs: Sequence[str]) -> None:
        send_alerts(self.plan.archive, slugs, self.settings)

    def _note(self, run: OutletRun, planned: NextRun) -> None:
        """Tell of a run that has ended."""
        self._ended[run.outlet.slug] = run, planned
        if not self.as_json:
            tell(run, planned)
            return
        tell_faults(run)
        if self.keeps:
            print(json.dumps(as_data(run, planned), ensure_ascii=False))

    def _tell_cut_short(self, spider: NewsSpider, timetable: ByRhythm) -> None:
        """Tell of the runs that ended with the process."""
        told = {id(run) for run, _ in self._ended.values()}
        for run in spider.runs:
            if id(run) not in told:
                self._note(run, timetable.next_runs[run.outlet.slug])

    def _tell_all(self, waiting: Mapping[str, NextRun]) -> None:
        """Print the report's end: sums, and what is not due or put off."""
        put_off = [slug for slug, planned in waiting.items() if planned.put_off]
        if self.as_json:
            ended = [as_data(run, planned) for run, planned in self._ended.values()]
            others = [{"outlet": slug, "put_off": one.put_off, **due_as_data(one)} for slug, one in waiting.items()]
            echo_json({"outlets": ended, "waiting": others})
            return
        for slug in put_off:
            print(f"{slug}: put off; {due_in_words(waiting[slug])}")
        failed = sum(run.failure is not None for run, _ in self._ended.values())
        print(
            f"{len(self._ended)} outlets were due, {failed} failed; {len(waiting) - len(put_off)} are not due"
            f"{_first(waiting)}; {len(put_off)} put off"
        )

    def _status(self, spider: NewsSpider | None, *, is_needed: bool) -> int:
        if is_needed and (spider is None or not spider.has_begun):
            print("kickcrawl: the crawl could not start; the log above says why", file=sys.stderr)
            return 1
        if spider is not None and spider.is_broken:
            return 1
        if self.keeps:
            return 0  # each fault was told when it began
        if any(run.failure for run, _ in self._ended.values()):
            return 1
        if spider is not None and was_cut_short(spider.runs, interrupted=spider.interrupted):
            print("kickcrawl: interrupted before it was done; what is left is still due, run again", file=sys.stderr)
            return 1
        return 0


def _first(waiting: Mapping[str, NextRun]) -> str:
    """Return which of *waiting* is due first, in words."""
    if not waiting:
        return ""
    slug = min(waiting, key=lambda slug: waiting[slug].at)
    return f" (first {slug}, {waiting[slug].at:%Y-%m-%d %H:%M} UTC)"

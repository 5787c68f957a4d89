"""Run the sources of a backfill one after the other in one process, and say of each how far it has come.

own            the ordinary crawl with the asked days: it discovers once, then fetches what is left of what was named
web archives   spiders.backfill.spider, each
own, again     without discovery: whether the outlet still has what came from web archives
"""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings
from scrapy.utils.defer import deferred_from_coro
from twisted.python.failure import Failure

from archive import frontier
from archive.backfill.backfills import OWN, begin_backfill, note_cursor, note_end
from archive.database import Archive, open_archive
from archive.outlets import outlet_row, write_outlet
from spiders.backfill.plan import BackfillPlan
from spiders.backfill.spider import BackfillSpider
from spiders.news import NewsSpider
from spiders.process import prepare
from spiders.run import OutletRun

_EVER = timedelta(days=3650)  # nothing is put off for longer


@dataclass(frozen=True, slots=True, kw_only=True)
class StepEnd:
    """How the step of a source ended: its *run*, and whether the operator stopped it."""

    source: str
    run: OutletRun
    interrupted: bool


def run_steps(plans: Sequence[BackfillPlan], settings: Settings) -> list[StepEnd]:
    """Run each of *plans* in turn; a stop by the operator ends the row. Once a process: Twisted's loop starts once.

    Raises what a step raised.
    """
    process = AsyncCrawlerProcess(settings)
    prepare(settings)  # not before: the process sets up the log
    ended: list[StepEnd] = []
    failures: list[Failure] = []

    async def run_all() -> None:
        for plan in plans:
            end = await _run_step(process, plan)
            ended.append(end)
            if end.interrupted:
                break

    from twisted.internet import reactor  # the process has installed the one that it wants

    def stop(outcome: object) -> None:
        if isinstance(outcome, Failure):
            failures.append(outcome)
        if reactor.running:
            reactor.stop()  # type: ignore[misc]

    reactor.callWhenRunning(lambda: deferred_from_coro(run_all()).addBoth(stop))
    process.start(stop_after_crawl=False)
    for failure in failures:
        failure.raiseException()
    return ended


async def _run_step(process: AsyncCrawlerProcess, plan: BackfillPlan) -> StepEnd:
    if plan.source != OWN:
        crawler = process.create_crawler(BackfillSpider)
        await process.crawl(crawler, plan=plan)
    else:
        _begin_own(plan)
        crawler = process.create_crawler(NewsSpider)
        crawler.settings.set("REQUESTS_PER_DAY", plan.requests, priority="spider")
        await process.crawl(crawler, plan=plan.crawl)
    spider = crawler.spider
    assert isinstance(spider, NewsSpider | BackfillSpider), "else crawl() has raised"
    (run,) = spider.runs
    if plan.source == OWN:
        _note_own(plan, run)
    return StepEnd(source=plan.source, run=run, interrupted=spider.interrupted)


def _begin_own(plan: BackfillPlan) -> None:
    with closing(open_archive(plan.crawl.archive)) as archive, archive.transaction():
        write_outlet(archive, outlet_row(plan.outlet))
        begin_backfill(archive, plan.outlet.slug, OWN, plan.since, plan.until, datetime.now(UTC))


def _note_own(plan: BackfillPlan, run: OutletRun) -> None:
    """Note how far the outlet's own archives have come: whether all is named, and all that is due fetched."""
    now, slug = datetime.now(UTC), plan.outlet.slug
    with closing(open_archive(plan.crawl.archive)) as archive, archive.transaction():
        backfill = begin_backfill(archive, slug, OWN, plan.since, plan.until, now)
        if run.is_named:
            note_cursor(archive, backfill, None, now)
        failure = None if run.is_paused else run.failure
        is_finished = failure is None and not run.is_paused and count_due(archive, plan, now) == 0
        note_end(archive, backfill, failure, now, is_finished=is_finished)


def count_due(archive: Archive, plan: BackfillPlan, now: datetime) -> int:
    """Return how many candidates of the asked days are still to be fetched from the outlet, those put off included."""
    return frontier.count_due(archive, plan.outlet.slug, now + _EVER, *plan.crawl.span(plan.outlet))

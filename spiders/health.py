"""Judge a run at its end: an unhealthy one fails, with the complaints as its reason."""

from archive.accounts.addresses import account_of_run
from archive.health import judge_run
from archive.writer import Writer
from kickcrawl.errors import KickcrawlError
from kickcrawl.wholeness import unread_seeds
from spiders.run import OutletRun


async def check_health(run: OutletRun, write: Writer, *, interrupted: bool) -> None:
    """Set the failure of *run* if the outlet is unhealthy, by itself or beside its earlier runs (archive.health).

    A run that was interrupted is not judged.
    """
    if run.failure or interrupted or not run.run_id:
        return
    seeds = [report.as_row() for report in run.seeds]
    unread = unread_seeds(run.outlet, seeds, run.counts)
    try:
        account = await write(account_of_run, run.run_id, len(run.named), *run.span)
        run.complaints = await write(judge_run, run.run_id, run.outlet.hosts, run.counts, seeds, account, unread)
    except KickcrawlError as error:
        run.failure = str(error)
        return
    if run.complaints:
        run.failure = f"{run.outlet.slug}: {'; '.join(str(complaint) for complaint in run.complaints)}"

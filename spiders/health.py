"""Judge a run at its end: an unhealthy one fails, with the complaints as its reason."""

from archive.health import judge_run
from archive.writer import Writer
from kickcrawl.errors import KickcrawlError
from spiders.run import OutletRun


async def check_health(run: OutletRun, write: Writer, *, interrupted: bool) -> None:
    """Set the failure of *run* if the outlet is unhealthy beside its earlier runs (archive.health).

    A run that was interrupted is not judged.
    """
    if run.failure or interrupted or not run.run_id:
        return
    seeds = [report.as_row() for report in run.seeds]
    try:
        run.complaints = await write(judge_run, run.run_id, run.outlet.hosts, run.counts, seeds)
    except KickcrawlError as error:
        run.failure = str(error)
        return
    if run.complaints:
        run.failure = f"{run.outlet.slug}: {'; '.join(str(complaint) for complaint in run.complaints)}"

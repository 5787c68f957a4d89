"""Judge a run at its end: an unhealthy one fails, with the complaints as its reason; what lasts is told once."""

from archive.accounts.addresses import account_of_run
from archive.accounts.faults import earlier_fault
from archive.accounts.health import judge_run
from archive.accounts.readings import READ_OTHERWISE, what_changed
from archive.writer import Writer
from kickcrawl.errors import KickcrawlError
from kickcrawl.faults import Fault
from kickcrawl.wholeness import unread_seeds
from spiders.run import OutletRun


async def check_health(run: OutletRun, write: Writer, *, interrupted: bool) -> None:
    """Set the failure of *run* if the outlet is unhealthy, by itself or beside earlier runs (archive.accounts.health).

    A run that was interrupted is not judged.
    """
    if run.failure or interrupted or not run.run_id:
        return
    seeds = [report.as_row() for report in run.seeds]
    unread = unread_seeds(run.outlet, seeds, run.counts)
    try:
        run.account = await write(account_of_run, run.run_id, len(run.named), *run.span)
        run.complaints = await write(judge_run, run.run_id, run.outlet.hosts, run.counts, seeds, run.account, unread)
    except KickcrawlError as error:
        run.failure = str(error)
        return
    if run.complaints:
        run.failure = f"{run.outlet.slug}: {'; '.join(str(complaint) for complaint in run.complaints)}"


async def compare_readings(run: OutletRun, write: Writer) -> None:
    """Tell, and count once, that the pages of *run*'s outlet are read otherwise than before: no failure of the run."""
    if not run.run_id:
        return
    try:
        changed = await write(what_changed, run.run_id, run.outlet.hosts)
    except KickcrawlError:
        return  # the archive cannot be read: that is told in any case
    if changed:
        run.count(READ_OTHERWISE)
        run.read_otherwise = f"{run.outlet.slug} is read otherwise than before: {changed}"


async def compare_with_last(run: OutletRun, write: Writer, *, partial: bool, interrupted: bool) -> None:
    """Find out whether the failure of *run* was told before, or whether a fault of the runs before it has ended.

    What asks for less than everything, or was stopped, tells nothing of what lasts.
    """
    if not run.run_id or partial or interrupted:
        return
    try:
        earlier = await write(earlier_fault, run.outlet.slug, run.run_id)
    except KickcrawlError:
        return  # the archive cannot be read: that is told in any case
    if run.failure:
        now = Fault.of(run.failure, [complaint.kind for complaint in run.complaints])
        run.is_told = now.is_told_by(earlier.fault)
    elif earlier.since:
        run.recovered = (
            f"{run.outlet.slug} is well again; it had failed since {earlier.since[:16].replace('T', ' ')} UTC"
        )

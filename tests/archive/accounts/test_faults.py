"""What was wrong before, and what a monitor is told now."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from archive import frontier
from archive.accounts.faults import earlier_fault
from archive.alerts.judge import alerts_now
from archive.commands.status import status
from archive.database import Archive, open_archive
from archive.lock import lock_run
from archive.runs import end_run, start_run
from kickcrawl.article import Candidate
from kickcrawl.dates import to_iso
from kickcrawl.faults import Fault
from tests.support.storing import NOW, OUTLET, url_of

SILENCE = [{"kind": "silence", "what": "sepi", "since": "2025-07-13T01:00:00+00:00", "advice": "lihat"}]
HOUR = timedelta(hours=1)


def faults_now(archive: Archive, now: datetime) -> list[str]:
    return [str(alert) for alert in alerts_now(archive, now)]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        yield archive


def run(archive: Archive, hour: float, outcome: Any = "complete", complaints: Any = (), **arguments: str) -> int:
    """Have a run of warta start at that hour and end as *outcome*."""
    run_id = start_run(archive, OUTLET, arguments, NOW + hour * HOUR)
    if outcome != "running":
        reason = "warta: sedang sakit" if outcome == "failed" else None
        end_run(archive, run_id, outcome, NOW, reason=reason, counts={}, seeds=[], complaints=complaints)
    return run_id


def test_fault_of_the_run_before_is_known_with_its_beginning(archive: Archive) -> None:
    run(archive, 0)
    run(archive, 1, "failed", SILENCE)
    run(archive, 2, "failed", SILENCE)
    run(archive, 3, "interrupted")
    run(archive, 4, since="2025-07-01")
    earlier = earlier_fault(archive, "warta", run(archive, 5, "running"))
    assert earlier.fault == Fault(kinds=frozenset(["silence"]))
    assert earlier.since == to_iso(NOW + HOUR)


@pytest.mark.parametrize("outcomes", [[], ["complete"], ["failed", "complete"]])
def test_nothing_was_wrong_before(archive: Archive, outcomes: list[str]) -> None:
    for hour, outcome in enumerate(outcomes):
        run(archive, hour, outcome)
    earlier = earlier_fault(archive, "warta", run(archive, 9, "running"))
    assert (earlier.fault.kinds, earlier.since) == (frozenset(), None)


def test_monitor_is_told_what_the_last_run_failed_of(archive: Archive) -> None:
    run(archive, 0, "failed")
    [said] = faults_now(archive, NOW + HOUR)
    assert said.startswith("warta: sedang sakit (run of 2025-07-14 01:00 UTC), since 2025-07-14 01:00 UTC: open its")
    run(archive, 1)
    assert faults_now(archive, NOW + 2 * HOUR) == []


def test_monitor_is_told_of_a_run_that_died_but_not_of_one_that_goes_on(archive: Archive) -> None:
    run(archive, 0, "running")
    with lock_run(archive.path, "warta"):
        assert faults_now(archive, NOW + HOUR) == []
    [said] = faults_now(archive, NOW + HOUR)
    assert "died without a word" in said


def test_that_nothing_ran_is_a_fault(archive: Archive) -> None:
    assert "nothing was ever crawled" in faults_now(archive, NOW)[0]
    for hour in range(5):
        run(archive, hour)
    assert faults_now(archive, NOW + 6 * HOUR) == []
    [said] = faults_now(archive, NOW + 9 * HOUR)
    assert "no run since 2025-07-14 05:00 UTC where one every 1 h was usual" in said
    with lock_run(archive.path, "warta"):
        assert faults_now(archive, NOW + 9 * HOUR) == []


def test_address_without_a_state_is_a_fault(archive: Archive) -> None:
    run(archive, 0)
    frontier.name(archive, "warta", [Candidate(url=url_of("padi"), seed="feed")], NOW)
    archive.write("PRAGMA ignore_check_constraints = ON")
    archive.write("UPDATE frontier SET state = 'hilang'")
    [said] = faults_now(archive, NOW)
    assert "of 1 addresses that were named 0 have a state" in said


def test_status_exits_by_what_is_wrong_and_shows_one_outlet_alone(archive: Archive) -> None:
    start_run(archive, OUTLET | {"slug": "kabar"}, {}, NOW)
    run(archive, 0, "failed")
    given = ["--archive", str(archive.path)]
    failed = CliRunner().invoke(status, [*given, "--check", "warta"])
    assert failed.exit_code == 1
    assert "warta: sedang sakit" in failed.output
    assert "kabar" not in failed.output
    assert CliRunner().invoke(status, [*given, "warta"]).exit_code == 0

"""The lock of a run: one for each outlet and archive, refused at once, and gone with its process."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive.lock import is_locked, lock_run
from kickcrawl import CHECKOUT
from kickcrawl.errors import ArchiveError

# Holds the lock until it is told to end, or is killed.
HOLDER = """
import sys
import time
from pathlib import Path
from archive.lock import lock_run
with lock_run(Path(sys.argv[1]), sys.argv[2]):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(archive: Path, outlet: str = "warta") -> Iterator[subprocess.Popen[str]]:
    """Run a process that holds the lock of *outlet*."""
    command = [sys.executable, "-c", HOLDER, str(archive), outlet]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


def test_second_run_of_an_outlet_is_refused_at_once(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    begun = time.monotonic()
    with (
        lock_run(archive, "warta"),
        pytest.raises(ArchiveError, match="another run of warta is writing to this archive; wait until it has ended"),
        lock_run(archive, "warta"),
    ):
        pass
    assert time.monotonic() - begun < 60  # seconds, on however slow a machine: not waited for, as a lock of SQLite's is
    with lock_run(archive, "warta"):  # and may run when the first has ended
        pass


def test_other_outlets_and_other_archives_have_locks_of_their_own(tmp_path: Path) -> None:
    with (
        lock_run(tmp_path / "archive.db", "warta"),
        lock_run(tmp_path / "archive.db", "kabar"),
        lock_run(tmp_path / "lain.db", "warta"),
    ):
        assert {file.name for file in tmp_path.glob("*.lock")} >= {"archive.db.warta.lock", "lain.db.warta.lock"}


def test_lock_is_released_when_the_run_fails(tmp_path: Path) -> None:
    def fail() -> None:
        with lock_run(tmp_path / "archive.db", "warta"):
            raise KeyError("mati lampu")

    with pytest.raises(KeyError):
        fail()
    with lock_run(tmp_path / "archive.db", "warta"):
        pass


def test_lock_of_another_process_goes_when_it_is_killed(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with holder(archive) as process:
        with pytest.raises(ArchiveError, match="another run of warta"), lock_run(archive, "warta"):
            pass
        with lock_run(archive, "kabar"):
            pass
        process.kill()
        process.wait(timeout=90)
        with lock_run(archive, "warta"):
            pass


def test_lock_that_cannot_be_taken_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("catatan")
    with (
        pytest.raises(ArchiveError, match="the lock of warta cannot be taken beside the archive"),
        lock_run(tmp_path / "data" / "archive.db", "warta"),
    ):
        pass


def test_who_asks_whether_a_run_is_at_work_leaves_no_file(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"  # a file of root's would keep the crawl's own user from its lock
    assert not is_locked(archive, "warta")
    assert list(tmp_path.iterdir()) == []
    with holder(archive):
        assert is_locked(archive, "warta")
    assert not is_locked(archive, "warta")

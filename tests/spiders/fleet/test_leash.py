"""A command on a leash ends when its moment has come, goes on when that is put off, and dies with its holder."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from spiders.fleet import leash
from spiders.fleet.leash import clock, extend
from tests.support.machines import children, until

OBEDIENT = "import time; print('begun', flush=True); time.sleep(60)"
DEAF = f"import signal; signal.signal(signal.SIGTERM, lambda *_: print('asked', flush=True)); {OBEDIENT}"
SECONDS = 30.0  # for a busy machine


@pytest.fixture
def file(tmp_path: Path) -> Path:
    extend(tmp_path / "leash", clock() + 600)
    return tmp_path / "leash"


class Held:
    """A process that holds a command on the leash *file*; the command has begun."""

    def __init__(self, file: Path, script: str) -> None:
        command = [sys.executable, "-I", leash.__file__, str(file), sys.executable, "-c", script]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "begun\n"
        (self.command,) = children(self.process.pid)


@pytest.fixture
def hold(file: Path) -> Iterator[object]:
    held: list[Held] = []

    def begin(script: str) -> Held:
        held.append(Held(file, script))
        return held[-1]

    yield begin
    for one in held:
        one.process.kill()
        one.process.communicate()


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_a_command_that_ends_by_itself_hands_on_its_status(file: Path) -> None:
    command = [sys.executable, "-I", leash.__file__, str(file), sys.executable, "-c", "raise SystemExit(7)"]
    assert subprocess.run(command, check=False, timeout=SECONDS).returncode == 7


def test_shortly_before_its_moment_a_command_is_asked_to_end(file: Path, hold: type[Held]) -> None:
    one = hold(OBEDIENT)
    extend(file, clock() + leash.NOTICE)
    assert one.process.wait(SECONDS) == -signal.SIGTERM % 256


def test_a_command_that_does_not_listen_is_killed_at_its_moment(file: Path, hold: type[Held]) -> None:
    one, end = hold(DEAF), clock() + 1
    extend(file, end)
    assert one.process.wait(SECONDS) == -signal.SIGKILL % 256
    assert clock() >= end
    assert one.process.stdout is not None
    assert one.process.stdout.read() == "asked\n"


def test_a_command_whose_moment_is_put_off_goes_on(file: Path, hold: type[Held]) -> None:
    one, end = hold(DEAF), clock() + 1
    extend(file, end)
    assert one.process.stdout is not None
    assert one.process.stdout.readline() == "asked\n"
    extend(file, clock() + 600)
    until(lambda: clock() > end + 0.5, SECONDS, "the first moment goes by")
    assert one.process.poll() is None
    assert not is_gone(one.command)


def test_a_command_dies_with_its_holder(hold: type[Held]) -> None:
    one = hold(DEAF)
    os.kill(one.process.pid, signal.SIGKILL)
    until(lambda: is_gone(one.command), SECONDS, "the command is gone")


def test_a_holder_that_was_frozen_past_the_moment_kills_when_it_awakes(file: Path, hold: type[Held]) -> None:
    one = hold(DEAF)
    os.kill(one.process.pid, signal.SIGSTOP)
    extend(file, clock())
    os.kill(one.process.pid, signal.SIGCONT)
    assert one.process.wait(SECONDS) == -signal.SIGKILL % 256

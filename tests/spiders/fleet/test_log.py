"""The states of a shard in a local storage: of two who write a number one wins, and nothing is ever there by half."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kickcrawl import CHECKOUT
from kickcrawl.errors import ArchiveError, UsageError
from spiders.fleet.state import GRACE, State, given_back, renewed
from tests.support.fleets import needs_fsspec
from tests.support.machines import until

pytestmark = needs_fsspec

RACE = """
import json, sys, time
from spiders.fleet.log import Fenced, ShardLog
from spiders.fleet.storage import Storage
from spiders.fleet.state import State
log, won = ShardLog(Storage(sys.argv[1]), "0001"), []
print("ready", flush=True); sys.stdin.readline()
for number in range(1, 101):
    try:
        won.append(log.append(State(number=number, at=0, said=sys.argv[2])).number)
    except Fenced:
        continue
print(json.dumps(won))
"""
WRITE = """
import sys
from itertools import count
from pathlib import Path
from spiders.fleet.storage import Storage
storage, data, whole = Storage(sys.argv[1]), b"x" * (4 << 20), Path(sys.argv[2])
whole.write_bytes(data)
for n in count():
    storage.create(f"shards/created-{n}", data)
    storage.upload(whole, f"shards/uploaded-{n}")
    print(n, flush=True)
"""
HOLD = """
import sys
from pathlib import Path
from spiders.fleet.log import ShardLog
from spiders.fleet.storage import Storage
from spiders.fleet.work import Order, on_shard
def do(order, part, file, outcome):
    print("at work", flush=True); sys.stdin.readline()
    outcome.counts["new"] = 3
    return [0.0]
number = ShardLog(Storage(sys.argv[1]), "0001").read().number
order = Order(url=sys.argv[1], shard="0001", number=number, work=Path(sys.argv[2]), lease=float(sys.argv[3]))
outcome = on_shard(order, do)
print(outcome.lost or outcome.held_until or "given back", flush=True)
"""


def python(script: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def hear(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def say(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def test_of_two_processes_that_write_a_number_one_wins(tmp_path: Path) -> None:
    racers = [python(RACE, tmp_path, name) for name in "ab"]
    for racer in racers:
        assert hear(racer) == "ready"
    for racer in racers:
        say(racer)
    won = [json.loads(hear(racer)) for racer in racers]
    for racer in racers:
        racer.communicate(timeout=60)
    assert sorted(won[0] + won[1]) == list(range(1, 101))


def test_a_writer_that_is_killed_leaves_nothing_by_half(tmp_path: Path) -> None:
    from spiders.fleet.storage import Storage

    writer = python(WRITE, tmp_path / "storage", tmp_path / "whole")
    for _ in range(5):
        hear(writer)
    writer.kill()
    writer.communicate()
    storage = Storage(str(tmp_path / "storage"))
    names = storage.names("shards")  # what it had not ended has a name that is not listed
    assert len(names) >= 10
    assert {len(storage.read(f"shards/{name}") or b"") for name in names} == {4 << 20}


def test_a_number_that_was_deleted_long_ago_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    from spiders.fleet.log import KEPT, Fenced, ShardLog
    from spiders.fleet.storage import Storage

    log = ShardLog(Storage(str(tmp_path)), "0001")
    for number in range(1, KEPT + 12):
        log.append(State(number=number, at=0, said="written"))
    with pytest.raises(Fenced, match="other workers have gone on since state 4"):
        log.append(State(number=5, at=0, said="late"))
    names = log.storage.names("shards/0001/log")
    assert (names[0], len(names)) == ("00000012.json", KEPT)
    newest = log.read()
    assert newest is not None
    assert newest.number == KEPT + 11


def test_a_state_of_a_newer_kickcrawl_is_not_guessed_at(tmp_path: Path) -> None:
    from spiders.fleet.log import ShardLog
    from spiders.fleet.storage import Storage

    storage = Storage(str(tmp_path))
    storage.create("shards/0001/log/00000001.json", b'{"number": 1, "at": 0, "said": "made", "colour": "red"}')
    with pytest.raises(ArchiveError, match="update kickcrawl"):
        ShardLog(storage, "0001").read()


def test_a_store_that_cannot_create_exclusively_is_refused() -> None:
    from spiders.fleet.storage import Storage

    with pytest.raises(UsageError, match="cannot create a file only where there is none"):
        Storage("memory://fleet")


def test_what_a_worker_would_write_that_was_frozen_past_its_lease_is_refused_and_counted(tmp_path: Path) -> None:
    from spiders.fleet.fleet import Fleet
    from spiders.fleet.storage import Storage

    url = tmp_path / "storage"
    Fleet(Storage(str(url))).make({"one": None}, 1)
    frozen = python(HOLD, url, tmp_path / "work-1", 1)
    assert hear(frozen) == "at work"
    os.kill(frozen.pid, signal.SIGSTOP)
    later: list[str] = []

    def is_taken() -> bool:
        other = python(HOLD, url, tmp_path / "work-2", 60)
        later.append(hear(other))
        say(other)
        later.append(hear(other))
        other.communicate(timeout=60)
        return later[-1] == "given back"

    until(is_taken, 60 + GRACE, "another worker has the shard")
    os.kill(frozen.pid, signal.SIGCONT)
    say(frozen)
    assert "another worker has gone on" in hear(frozen)
    frozen.communicate(timeout=60)
    fleet = Fleet(Storage(str(url)))
    assert fleet.refused("0001") == 1
    assert fleet.states()["0001"].said.startswith("given back: 3 new")


def test_two_workers_of_one_machine_do_not_share_a_folder(tmp_path: Path) -> None:
    from spiders.fleet.fleet import Fleet
    from spiders.fleet.storage import Storage

    url = tmp_path / "storage"
    Fleet(Storage(str(url))).make({"one": None}, 1)
    one = python(HOLD, url, tmp_path / "work", 1)
    assert hear(one) == "at work"
    other = python(HOLD, url, tmp_path / "work", 1)
    assert float(hear(other)) > 0  # is told to come again
    other.communicate(timeout=60)
    say(one)
    assert hear(one) == "given back"
    one.communicate(timeout=60)


def test_work_that_fails_lets_the_lease_run_out(tmp_path: Path) -> None:
    from spiders.fleet.fleet import Fleet
    from spiders.fleet.lease import HeldShard, take
    from spiders.fleet.log import ShardLog
    from spiders.fleet.storage import Storage

    storage = Storage(str(tmp_path))
    Fleet(storage).make({"one": None}, 1)
    log = ShardLog(storage, "0001")
    held = take(log, "worker", tmp_path / "leash", 0.4)
    assert isinstance(held, HeldShard)
    with pytest.raises(OSError, match="disk"), held:
        raise OSError("disk is full")
    state = log.read()
    assert state is not None
    until(lambda: not state.is_held(held_now()), 30, "its lease runs out")
    assert log.read() == state
    assert given_back(renewed(state, 0), 0, "").number == state.number + 2


def test_a_worker_does_nothing_where_the_one_before_has_ended_after_all(tmp_path: Path) -> None:
    from spiders.fleet.fleet import Fleet
    from spiders.fleet.lease import HeldShard, take
    from spiders.fleet.log import ShardLog
    from spiders.fleet.storage import Storage
    from spiders.fleet.work import Order, on_shard

    Fleet(Storage(str(tmp_path / "storage"))).make({"one": None}, 1)
    log = ShardLog(Storage(str(tmp_path / "storage")), "0001")
    seen = log.read()
    assert seen is not None
    held = take(log, "slow", tmp_path / "leash")
    assert isinstance(held, HeldShard)
    given = held.give_back("given back")
    order = Order(url=str(tmp_path / "storage"), shard="0001", number=seen.number, work=tmp_path / "work")
    outcome = on_shard(order, lambda *_: pytest.fail("it was done again"))
    assert (outcome.held_until, log.read()) == (given.at, given)


def held_now() -> float:
    import time

    return time.time()

"""Shards are made, given outlets, split and moved; killed after any entry, the next command completes it."""

from collections import Counter
from pathlib import Path

import pytest

from kickcrawl.errors import ArchiveError, UsageError
from spiders.fleet.state import State, Stored, taken
from tests.support.fleets import needs_fsspec

pytestmark = needs_fsspec

OUTLETS = dict.fromkeys(f"outlet-{n:02}" for n in range(10))
ENTRIES = 12  # more than any command here writes


class Killed(BaseException):
    """The command was killed."""


def fleet_at(path: Path, entries: int = 1000):  # type: ignore[no-untyped-def]
    """Return the fleet at *path*, in a process that is killed after so many *entries*."""
    from spiders.fleet.fleet import Fleet
    from spiders.fleet.storage import Storage

    class Mortal(Storage):
        left = entries

        def create(self, name: str, data: bytes) -> bool:
            if not self.left:
                raise Killed
            self.left -= 1
            return super().create(name, data)

    return Fleet(Mortal(str(path)))


def made(path: Path, shards: int = 3):  # type: ignore[no-untyped-def]
    """Return a new fleet, each shard with an archive."""
    from spiders.fleet.log import ShardLog

    fleet = fleet_at(path)
    fleet.make(OUTLETS, shards)
    for name, state in fleet.states().items():
        stored = Stored(name=f"{name}.db", size=1, sha256="0", articles={}, head="")
        parts = tuple(part.model_copy(update={"archive": stored}) for part in state.parts)
        ShardLog(fleet.storage, name).append(state.next(1, "given back", parts=parts))
    return fleet


def outlets_of(fleet) -> dict[str, list[str]]:  # type: ignore[no-untyped-def]
    """Return the outlets of each shard; each outlet is in one, with the archive that it came with, and none is away."""
    states: dict[str, State] = fleet.states()
    count = Counter(slug for state in states.values() for slug in state.outlets)
    assert count == Counter(OUTLETS.keys())
    assert not any(state.leaving for state in states.values())
    return {name: state.outlets for name, state in states.items()}


def archives_of(fleet) -> dict[str, str]:  # type: ignore[no-untyped-def]
    """Return the name of the archive that each outlet is in."""
    parts = [part for state in fleet.states().values() for part in state.parts]
    return {slug: part.archive.name for part in parts for slug in part.outlets if part.archive}


def test_outlets_are_dealt_out_evenly(tmp_path: Path) -> None:
    fleet = fleet_at(tmp_path)
    fleet.make(OUTLETS, 3)
    assert sorted(map(len, outlets_of(fleet).values())) == [3, 3, 4]
    assert fleet.names() == ["0001", "0002", "0003"]


@pytest.mark.parametrize("entries", range(4))
def test_making_that_was_killed_is_gone_on_with(tmp_path: Path, entries: int) -> None:
    with pytest.raises(Killed):
        fleet_at(tmp_path / "killed", entries).make(OUTLETS, 3)
    assert not fleet_at(tmp_path / "killed").exists
    fleet_at(tmp_path / "killed").make(OUTLETS, 3)
    fleet_at(tmp_path / "whole").make(OUTLETS, 3)
    assert outlets_of(fleet_at(tmp_path / "killed")) == outlets_of(fleet_at(tmp_path / "whole"))


@pytest.mark.parametrize("entries", range(ENTRIES))
def test_a_split_that_was_killed_is_completed(tmp_path: Path, entries: int) -> None:
    before = archives_of(made(tmp_path))
    was_killed = False
    try:
        fleet_at(tmp_path, entries).split("0001")
    except Killed:
        was_killed = True
    assert was_killed == (entries < 4)  # it leaves, a shard is made, it comes, it has left
    fleet_at(tmp_path).go_on()
    found = outlets_of(fleet_at(tmp_path))
    assert len(found["0001"]) == (4 if entries == 0 else 2)
    assert archives_of(fleet_at(tmp_path)) == before


@pytest.mark.parametrize("entries", range(ENTRIES))
def test_a_move_that_was_killed_is_completed_by_giving_it_again(tmp_path: Path, entries: int) -> None:
    before = archives_of(made(tmp_path))
    moving = ["outlet-00", "outlet-01", "outlet-03"]  # of shards 1, 2 and 1
    try:
        fleet_at(tmp_path, entries).move(moving, "0003")
    except Killed:
        fleet_at(tmp_path).move(moving, "0003")
    found = outlets_of(fleet_at(tmp_path))
    assert set(moving) <= set(found["0003"])
    assert sorted(map(len, found.values())) == [2, 2, 6]
    assert archives_of(fleet_at(tmp_path)) == before


def test_new_outlets_go_to_the_shards_that_have_fewest(tmp_path: Path) -> None:
    fleet = made(tmp_path)
    went = fleet.add({"new-1": None, "new-2": None, "new-3": None, "outlet-00": None})
    assert went == {"new-1": "0002", "new-2": "0003", "new-3": "0001"}
    assert fleet.add({"new-1": None}) == {}


def test_a_shard_at_work_is_neither_split_nor_given_outlets(tmp_path: Path) -> None:
    import time

    from spiders.fleet.log import ShardLog

    fleet = made(tmp_path)
    log = ShardLog(fleet.storage, "0001")
    state = taken(fleet.states()["0001"], "a worker", time.time())
    assert state is not None
    log.append(state)
    with pytest.raises(ArchiveError, match="shard 0001 is at work"):
        fleet.split("0001")
    with pytest.raises(ArchiveError, match="shard 0001 is at work"):
        fleet.move(["outlet-01"], "0001")
    assert outlets_of(fleet)["0001"] == state.outlets


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="there is no fleet here"):
        fleet_at(tmp_path / "none").states()
    fleet = made(tmp_path)
    with pytest.raises(UsageError, match="no shard has this outlet"):
        fleet.move(["unknown"], "0001")
    with pytest.raises(UsageError, match="there is no shard 0009"):
        fleet.split("0009")
    with pytest.raises(UsageError, match="no name of a shard"):
        fleet.move(["outlet-00"], "../up")


def test_files_that_no_shard_has_as_they_are_here_are_told(tmp_path: Path) -> None:
    fleet = fleet_at(tmp_path)
    fleet.make({"satu": "old", "dua": "same", "tiga": None}, 2)
    told = list(fleet.unread({"satu": "new", "dua": "same", "baru": "new"}))
    assert told == [
        "satu: is crawled by the file that its shard got when it was added; the one here differs",
        "baru: no shard has this outlet; `kickcrawl fleet add baru` gives it to one",
    ]


def test_a_storage_is_named_as_it_was_given() -> None:
    from spiders.fleet.storage import Storage

    def refuse() -> None:
        raise PermissionError("no rights")

    with pytest.raises(ArchiveError, match="^s3://bucket/fleet: the store refuses"):
        Storage("s3://bucket/fleet")._patiently(refuse)


def test_a_worker_whose_lease_has_run_out_is_told_as_lost(tmp_path: Path) -> None:
    from spiders.fleet.overview import as_data, in_words

    state = taken(made(tmp_path, 1).states()["0001"], "pekerja", 1_000.0, 60.0)
    soon, late = 1_030.0, 2_000.0
    assert "pekerja is at work" in list(in_words({"0001": state}, {}, soon))[1]
    assert "pekerja did not give it back by 1970-01-01 00:17" in list(in_words({"0001": state}, {}, late))[1]
    assert [as_data("0001", state, 0, now)["is_at_work"] for now in (soon, late)] == [True, False]

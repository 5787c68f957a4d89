"""A shard is held by one worker at a time, in whatever order workers look, write, sleep and come back."""

import string
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from spiders.fleet.state import (
    GRACE,
    LEASE,
    Part,
    State,
    Stored,
    given_back,
    left,
    received,
    renewed,
    split,
    taken,
)  # fmt: skip

WORKERS = ("a", "b", "c")
OFFSET = {"a": 0.0, "b": GRACE / 2, "c": -GRACE / 2}  # of their clocks


@dataclass
class Worker:
    """*state*: the newest that it knows as its own. *leash*: until when its work goes on, by a clock that is right."""

    state: State | None = None
    leash: float = 0.0
    fence: int = 0
    next: State | None = None  # made, and not written yet: it may be frozen in between
    next_leash: float = 0.0


class Shard(RuleBasedStateMachine):
    """The log of a shard, and workers who may be frozen between any two steps."""

    def __init__(self) -> None:
        super().__init__()
        self.log = {1: State(number=1, at=0, said="made")}
        self.workers = {name: Worker() for name in WORKERS}
        self.now = 0.0

    workers_ = st.sampled_from(WORKERS)

    @rule(seconds=st.floats(0.1, 2 * LEASE))
    def time_goes_by(self, seconds: float) -> None:
        self.now += seconds

    @rule(name=workers_)
    def looks_and_would_take(self, name: str) -> None:
        worker, newest = self.workers[name], self.log[max(self.log)]
        worker.next, worker.next_leash = taken(newest, name, self.now + OFFSET[name]), self.now + LEASE

    @precondition(lambda self: any(worker.state for worker in self.workers.values()))
    @rule(name=workers_, is_end=st.booleans())
    def would_renew_or_give_back(self, name: str, is_end: bool) -> None:
        worker, now = self.workers[name], self.now + OFFSET[name]
        if worker.state is not None:
            worker.next = given_back(worker.state, now, "given back") if is_end else renewed(worker.state, now)
            worker.next_leash = 0.0 if is_end else self.now + LEASE

    @rule(name=workers_)
    def writes(self, name: str) -> None:
        worker = self.workers[name]
        if worker.next is None:
            return
        state, worker.next = worker.next, None
        if state.number in self.log:  # refused: it was too late
            worker.state, worker.leash = None, 0.0
            return
        before = self.log[state.number - 1]
        if not state.said.startswith("taken"):
            assert before.lease is not None
            assert before.lease.fence == worker.fence, "a late write was taken"
        self.log[state.number] = state
        worker.leash = worker.next_leash
        worker.state = state if state.lease else None
        worker.fence = state.lease.fence if state.lease else 0

    @invariant()
    def one_at_most_is_at_work(self) -> None:
        at_work = [name for name, worker in self.workers.items() if worker.state and self.now < worker.leash]
        assert len(at_work) <= 1, at_work


TestShard = Shard.TestCase
TestShard.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)

outlets = st.sets(st.sampled_from(string.ascii_lowercase), min_size=1, max_size=8)


def test_a_late_write_has_a_number_that_is_taken() -> None:
    made = State(number=1, at=0, said="made")
    late = taken(made, "frozen", 0)
    assert late is not None
    assert taken(late, "other", LEASE + GRACE - 1) is None
    other = taken(late, "other", LEASE + GRACE)
    assert other is not None
    assert given_back(late, 200, "late").number == renewed(late, 200).number == other.number


def test_what_was_given_back_since_it_was_given_out_is_not_done_again() -> None:
    made = State(number=1, at=0, said="made")
    slow = taken(made, "slow", 0, given_out=1)
    assert slow is not None
    assert taken(slow, "next", LEASE + GRACE, given_out=1) is not None  # it seems dead
    assert taken(given_back(slow, LEASE, "given back"), "next", LEASE + GRACE, given_out=1) is None


@given(outlets, st.data())
def test_outlets_that_move_are_in_one_place_at_each_step(slugs: set[str], data: st.DataObject) -> None:
    stored = Stored(name="a", size=1, sha256="0", articles={}, head="")
    first = State(number=1, at=0, said="made", parts=(Part(outlets=dict.fromkeys(slugs), archive=stored),))
    other = State(number=1, at=0, said="made")
    gone = data.draw(st.sets(st.sampled_from(sorted(slugs)), min_size=1))
    first = split(first, sorted(gone), "other", 1)
    assert sorted([*first.outlets, *(slug for one in first.leaving for slug in one.part.outlets)]) == sorted(slugs)
    for leaving in first.leaving:
        come = received(other, leaving.part, 2)
        assert come is not None
        assert received(come, leaving.part, 3) is None  # killed and given again, it comes once
        other, first = come, left(first, leaving, 3)
    assert sorted([*first.outlets, *other.outlets]) == sorted(slugs)
    assert all(part.archive == stored for part in other.parts)
    assert not first.leaving


def test_an_outlet_that_comes_back_joins_the_archive_that_it_left() -> None:
    stored = Stored(name="a", size=1, sha256="0", articles={}, head="")
    whole = State(number=1, at=0, said="made", parts=(Part(outlets={"x": None, "y": None}, archive=stored),))
    without = split(whole, ["y"], "other", 1)
    back = received(without, without.leaving[0].part, 2)
    assert back is not None
    assert back.parts == whole.parts


def test_an_outlet_that_a_shard_does_not_have_cannot_leave_it() -> None:
    with pytest.raises(KeyError, match="x"):
        split(State(number=1, at=0, said="made"), ["x"], "other", 1)

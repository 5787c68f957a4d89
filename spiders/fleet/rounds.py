"""Ray: every due shard has its turn, on this machine or on a cluster. This process may be killed and started again.

    python -m spiders.fleet.rounds < ORDER

Which shards are due is asked of the storage, and who may write to one is settled there (lease.py); Ray only finds a
worker. So a task that dies, with its worker, its machine or Ray's head, leaves nothing to be repaired: its shard is
given out again when its lease has run out.
"""

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kickcrawl.errors import KickcrawlError
from spiders.fleet.crawl import crawl_shard
from spiders.fleet.fleet import Fleet
from spiders.fleet.log import ShardLog
from spiders.fleet.overview import in_figures
from spiders.fleet.reread import reread_shard
from spiders.fleet.state import GRACE, State
from spiders.fleet.stop import is_stopped
from spiders.fleet.storage import Storage
from spiders.fleet.work import Order, Outcome

DEATHS = 5  # of the workers of one shard in a round, after which it is left for the next
TASKS = {"crawl": crawl_shard, "reextract": reread_shard}
_LOOK_EVERY = 2.0  # seconds between two looks at what the storage says
REFUSED = 2  # exit status: a mistake of the operator's or of the storage's, told on stderr
BROKEN = 75  # exit status: Ray's head went away; to be started again (sysexits.h: try again later)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What a round is told: which of TASKS, where, with what, and since when (UNIX time) it goes on."""

    task: str
    url: str
    work: str
    begun: float
    settings: Mapping[str, str]
    everything: bool
    lease: float
    address: str | None
    dashboard: str
    cpus: int | None


@contextmanager
def ray_at(address: str | None, *, dashboard: str = "127.0.0.1", cpus: int | None = None) -> Iterator[Any]:
    """Give Ray, connected to the cluster at *address*, or with None started within this process on *cpus* cores.

    Its *dashboard* listens on that address of this machine.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    import ray

    told = {"log_to_driver": False, "logging_level": "ERROR"}
    if address:
        ray.init(address=address, **told)
    else:
        ray.init(address="local", num_cpus=cpus, include_dashboard=True, dashboard_host=dashboard, **told)
    try:
        yield ray
    finally:
        ray.shutdown()


class Turns:
    """The shards of a round: those that wait for their turn, those at work, each a task of *ray*, and those left.

    *left* are shards of which the task was not done, with the reason. What the others brought stands in their states.
    """

    def __init__(self, ray: Any, round: Round) -> None:
        self.left: dict[str, str] = {}
        self._ray, self._round, self._fleet = ray, round, Fleet(Storage(round.url))
        self._task = ray.remote(num_cpus=1, max_retries=0)(TASKS[round.task])
        self._waiting = dict.fromkeys(self._fleet.states(), 0.0)  # when each is looked at
        self._running: dict[Any, str] = {}
        self._deaths: Counter[str] = Counter()
        self._silent: dict[str, int] = {}  # the fences of leases that ran out

    def take(self) -> None:
        """Let every shard have its turn, and tell of each that has ended."""
        while self._waiting or self._running:
            if self._waiting and is_stopped(self._fleet.storage, self._round.begun):
                self.left |= dict.fromkeys(self._waiting, "the fleet was stopped")
                self._waiting.clear()
            self._give_out()
            for task in self._ended():
                self._take_in(task)
            for task, name in list(self._running.items()):
                self._give_up_if_silent(task, name)

    def _give_out(self) -> None:
        """Give out what is due, no more than there is room for: what lay in Ray's queue could not be stopped.

        Each is looked at just before, and once more by the worker that takes it: one that was given up may have done it
        meanwhile.
        """
        room = int(self._ray.cluster_resources().get("CPU", 0)) - len(self._running)
        for name in [name for name, at in self._waiting.items() if at <= time.time()]:
            if room <= 0:
                return
            del self._waiting[name]
            state = ShardLog(self._fleet.storage, name).read()
            at = due_at(self._round, state) if state is not None else None
            if at is not None and at > time.time():
                self._waiting[name] = at
            elif state is not None and at is not None:
                self._running[self._task.remote(_order(self._round, name, state.number))] = name
                room -= 1

    def _ended(self) -> list[Any]:
        """Return the tasks that have ended, after a while at most."""
        if self._running:
            ended: list[Any] = self._ray.wait(list(self._running), timeout=_LOOK_EVERY)[0]
            return ended
        if self._waiting:  # for the end of leases
            time.sleep(min(_LOOK_EVERY, max(0.0, min(self._waiting.values()) - time.time())))
        return []

    def _take_in(self, task: Any) -> None:
        name, errors = self._running.pop(task), self._ray.exceptions
        try:
            outcome: Outcome = self._ray.get(task)
        except (errors.WorkerCrashedError, errors.NodeDiedError, errors.OutOfMemoryError):
            self._mourn(name)
        except errors.RayTaskError as error:
            self.left[name] = str(error.cause)
            _tell(name, f"failed: {error.cause}")
        else:
            self._hear(name, outcome)

    def _mourn(self, name: str) -> None:
        self._deaths[name] += 1
        if self._deaths[name] < DEATHS:
            self._waiting[name] = 0.0
            _tell(name, f"its worker died ({self._deaths[name]}); given out again when its lease has run out")
        else:
            self.left[name] = f"its workers died {DEATHS} times"
            _tell(name, f"{self.left[name]}; left for the next round")

    def _hear(self, name: str, outcome: Outcome) -> None:
        if outcome.held_until is None and outcome.lost is None:
            done = f"{in_figures(outcome.counts)}; {len(outcome.failed)} outlets failed"
            _tell(name, f"{done}; {len(self._running)} at work, {len(self._waiting)} wait")
            return
        self._waiting[name] = outcome.held_until or 0.0
        _tell(name, outcome.lost or "another worker has it; waited for")

    def _give_up_if_silent(self, task: Any, name: str) -> None:
        """Give a shard out again whose lease has run out: its worker is frozen, or cut off."""
        state = ShardLog(self._fleet.storage, name).read()
        if state is None or state.lease is None or state.is_held(time.time()):
            return
        if self._silent.get(name) != state.lease.fence:  # else its next worker has not begun yet
            self._silent[name] = state.lease.fence
            del self._running[task]  # what it says when it wakes up is refused by the shard's log
            self._waiting = {name: 0.0, **self._waiting}
            _tell(name, "its worker does not renew its lease; given out again")


def due_at(round: Round, state: State) -> float | None:
    """Return when a shard may be given out (UNIX time), later where a worker may live still; None if it is not due."""
    if not state.parts or (state.at > round.begun and state.lease is None and state.number > 1):
        return None  # done by this very round, before its process was started again
    if round.task == "crawl" and not round.everything and state.due > round.begun:
        return None
    return state.lease.until + GRACE if state.lease is not None else 0.0


def _order(round: Round, name: str, number: int) -> Order:
    return Order(
        url=round.url,
        shard=name,
        number=number,
        work=Path(round.work),
        settings=round.settings,
        everything=round.everything,
        lease=round.lease,
    )


def _tell(name: str, what: str) -> None:
    print(f"shard {name}: {what}", flush=True)


def main() -> None:
    """Read a Round as JSON, do its task on every shard, and print as the last line which were left, and why."""
    round = Round(**json.load(sys.stdin))
    import ray

    try:
        with ray_at(round.address, dashboard=round.dashboard, cpus=round.cpus):
            turns = Turns(ray, round)
            turns.take()
    except KickcrawlError as error:
        print(f"kickcrawl: {error}", file=sys.stderr)
        sys.exit(REFUSED)
    except (ConnectionError, ray.exceptions.RaySystemError, ray.exceptions.GetTimeoutError) as error:
        print(f"Ray's head went away ({error})", file=sys.stderr)
        sys.exit(BROKEN)
    print(json.dumps(turns.left))


if __name__ == "__main__":
    main()

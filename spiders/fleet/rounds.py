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
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kickcrawl.errors import KickcrawlError
from spiders.fleet.crawl import crawl_shard
from spiders.fleet.fleet import Fleet
from spiders.fleet.log import ShardLog
from spiders.fleet.reread import reread_shard
from spiders.fleet.state import GRACE
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
    """What a round is told: which of TASKS, where, with what, since when. *shards*: only these, or all."""

    task: str
    url: str
    options: Mapping[str, Any]
    work: str
    settings: Mapping[str, str]
    everything: bool
    lease: float
    address: str | None
    dashboard: str
    begun: float
    shards: tuple[str, ...] = ()
    cpus: int | None = None


@dataclass(slots=True)
class Tally:
    """Shards that a round could not crawl, and why; how many were. What they brought stands in their states."""

    crawled: int = 0
    left: dict[str, str] = field(default_factory=dict)


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


def crawl_all(ray: Any, round: Round) -> Tally:
    """Crawl every due shard once, a task each; tell of each that has ended."""
    fleet, tally, deaths = Fleet(Storage(round.url, dict(round.options))), Tally(), Counter[str]()
    task = ray.remote(num_cpus=1, max_retries=0)(TASKS[round.task])
    waiting = dict(_due(fleet, round))  # when each may be given out
    running: dict[Any, str] = {}
    silent: dict[str, int] = {}  # the fences of leases that ran out
    while waiting or running:
        if waiting and is_stopped(fleet.storage, round.begun):
            tally.left |= dict.fromkeys(waiting, "the fleet was stopped")
            waiting.clear()
        room = int(ray.cluster_resources().get("CPU", 0)) - len(running)  # none lies in Ray's queue: stop means stop
        for name in [name for name, at in waiting.items() if at <= time.time()][: max(0, room)]:
            del waiting[name]
            running[task.remote(_order(round, name))] = name
        ended, _ = ray.wait(list(running), timeout=_LOOK_EVERY) if running else ([], [])
        for one in ended:
            name = running.pop(one)
            try:
                outcome: Outcome = ray.get(one)
            except (ray.exceptions.WorkerCrashedError, ray.exceptions.NodeDiedError, ray.exceptions.OutOfMemoryError):
                deaths[name] += 1
                waiting |= {name: time.time() + round.lease + GRACE} if deaths[name] < DEATHS else {}
                _tell(name, f"its worker died ({deaths[name]}); given out again when its lease has run out")
                tally.left |= {name: f"its workers died {DEATHS} times"} if deaths[name] >= DEATHS else {}
                continue
            except ray.exceptions.RayTaskError as error:
                tally.left[name] = str(error.cause)
                _tell(name, f"failed: {error.cause}")
                continue
            if outcome.held_until is not None or outcome.lost:
                waiting |= _due(fleet, round, (name,))
                waiting |= {name: outcome.held_until} if name in waiting and outcome.held_until else {}
                _tell(name, outcome.lost or "another worker has it; waited for")
                continue
            tally.crawled += 1
            _tell(name, f"{_in_words(outcome)}; {len(running)} at work, {len(waiting)} wait")
        for one, name in list(running.items()):
            fence = _silent(fleet, name)
            if fence is not None and silent.get(name) != fence:  # else its next worker has not begun yet
                silent[name] = fence
                del running[one]  # what it says when it wakes up is refused by the shard's log
                waiting = {name: 0.0, **waiting}
                _tell(name, "its worker does not renew its lease; given out again")
        if not running and waiting:
            time.sleep(min(_LOOK_EVERY, max(0.0, min(waiting.values()) - time.time())))
    return tally


def _silent(fleet: Fleet, name: str) -> int | None:
    """Return the fence of a shard's lease that has run out: its worker is frozen, or cut off."""
    state = ShardLog(fleet.storage, name).read()
    is_over = state is not None and state.lease is not None and not state.is_held(time.time())
    return state.lease.fence if is_over else None  # type: ignore[union-attr]


def _due(fleet: Fleet, round: Round, only: tuple[str, ...] = ()) -> Iterator[tuple[str, float]]:
    """Yield the shards to crawl, and when each may be given out: those of which a worker may live still, later."""
    for name, state in fleet.states().items():
        if not state.parts or (round.shards and name not in round.shards) or (only and name not in only):
            continue
        if state.at > round.begun and state.lease is None and state.number > 1:
            continue  # crawled by this very round, before it was started again
        if round.task != "crawl" or round.everything or state.due <= round.begun:
            yield name, state.lease.until + GRACE if state.lease is not None else 0.0


def _order(round: Round, name: str) -> Order:
    return Order(
        url=round.url,
        shard=name,
        work=Path(round.work),
        options=round.options,
        settings=round.settings,
        everything=round.everything,
        lease=round.lease,
    )


def _in_words(outcome: Outcome) -> str:
    counted = ", ".join(f"{count} {name}" for name, count in outcome.counts.items() if count)
    return f"{counted or 'nothing to do'}; {len(outcome.failed)} outlets failed"


def _tell(name: str, what: str) -> None:
    print(f"shard {name}: {what}", flush=True)


def main() -> None:
    """Read a Round as JSON, crawl, and print the tally as the last line."""
    given = json.load(sys.stdin)
    round = Round(**given | {"shards": tuple(given["shards"])})
    import ray

    try:
        with ray_at(round.address, dashboard=round.dashboard, cpus=round.cpus):
            tally = crawl_all(ray, round)
    except KickcrawlError as error:
        print(f"kickcrawl: {error}", file=sys.stderr)
        sys.exit(REFUSED)
    except (ConnectionError, ray.exceptions.RaySystemError, ray.exceptions.GetTimeoutError) as error:
        print(f"Ray's head went away ({error})", file=sys.stderr)
        sys.exit(BROKEN)
    print(json.dumps(tally.left))


if __name__ == "__main__":
    main()

"""A fleet that loses workers, Ray's head and its store while it crawls, and what must be true of it afterwards.

    python -m tests.bench.fleet [--shards 64] [--outlets 640] [--kills 5] [--stores 2] [--articles 10]

Two machines (process groups on loopback) of one core each, simulated outlets, and moto's S3. The first round freezes a
worker past its lease and lets it awake; the second crawls all again. Workers are killed in both, with -9, each while a
crawl of its is at the outlets; in the second the head, and the store.
"""

import argparse
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import fsspec

from kickcrawl import CHECKOUT
from spiders.fleet.fleet import Fleet
from spiders.fleet.log import ShardLog
from spiders.fleet.state import State
from spiders.fleet.storage import Storage
from spiders.fleet.taken import bring
from tests.newsroom.region import Simulated
from tests.newsroom.visitors import at_once, visits
from tests.support.machines import (
    Machine,
    answers,
    children,
    free_port,
    healthy_region,
    ray_environment,
    ray_machines,
    store,
    until,
)  # fmt: skip

KICKCRAWL = CHECKOUT / ".venv" / "bin" / "kickcrawl"
BUCKET = "fleet"
SLOW = 0.1  # seconds that an outlet takes to answer: a crawl is long enough to be killed within
PATIENCE = 1800.0  # seconds for any one thing to happen: a shard may come last of all, on a machine with other work


@dataclass(slots=True, kw_only=True)
class Told:
    """What is true after the rounds. *twice*, *missing*: addresses; *runs*: how many outlets have how many of them."""

    articles: int
    twice: list[str]
    missing: list[str]
    runs: dict[str, int]
    broken: list[str]
    at_once: list[Any]
    refused: int
    rounds: list[dict[str, Any]]
    seconds: list[float]
    blows: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Rig:
    """A store, Ray's machines and outlets, all in *folder*."""

    folder: Path
    outlets: list[Simulated]
    environment: dict[str, str]
    store: Machine
    machines: list[Machine]
    address: str
    shard_of: dict[str, str] = field(default_factory=dict)
    blows: list[str] = field(default_factory=list)
    round: subprocess.Popen[str] | None = None

    @property
    def storage(self) -> Storage:
        return Storage(f"s3://{BUCKET}/fleet")

    @property
    def visitors(self) -> Path:
        return self.folder / "visitors"

    def at_crawl(self) -> tuple[str, State, int] | None:
        """Return the shard whose crawl was the last to ask an outlet, its state and its worker, if it is held still."""
        if not (seen := visits(self.visitors)):
            return None
        last = max(seen, key=lambda visit: visit.ended)
        if last.outlet not in self.shard_of:
            self.shard_of |= Fleet(
                self.storage
            ).where()  # a crawl of seconds may be over while all shards are looked at
        state = ShardLog(self.storage, name := self.shard_of[last.outlet]).read()
        if state is None or state.lease is None or not state.is_held(time.time()):
            return None
        worker = int(state.lease.worker.rpartition(":")[2])
        return (name, state, worker) if last.pid in children(worker) else None

    def wait(self, is_so: Callable[[], object], what: str) -> None:
        """Wait until *is_so*. Raises AssertionError where the round ends before that."""
        assert self.round is not None
        until(lambda: is_so() or self.round.poll() is not None, PATIENCE, what)  # type: ignore[union-attr]
        assert self.round.poll() is None or is_so(), f"the round ended before {what}"

    def note(self, what: str) -> None:
        self.blows.append(what)
        print(f"  {what}", file=sys.stderr, flush=True)


Blow = Callable[[Rig], None]


def kill_worker(rig: Rig) -> None:
    """Kill a worker with -9 while its crawl is at the outlets: the worker alone, so that its crawl is left over."""
    name, _, worker = _found(rig)
    os.kill(worker, signal.SIGKILL)
    rig.note(f"worker {worker} killed at its crawl of shard {name}")
    rig.wait(lambda: not _is_held(rig, name), f"the lease of shard {name} runs out")


def freeze_worker(rig: Rig) -> None:
    """Freeze a worker until another one has its shard, and let it awake."""
    name, state, worker = _found(rig)
    os.kill(worker, signal.SIGSTOP)
    rig.note(f"worker {worker} frozen at its crawl of shard {name}")
    assert state.lease is not None
    fence = state.lease.fence
    log = ShardLog(rig.storage, name)

    def is_taken() -> bool:
        now = log.read()
        return now is not None and now.lease is not None and now.lease.fence != fence

    rig.wait(is_taken, f"another worker takes shard {name}")
    os.kill(worker, signal.SIGCONT)
    rig.note(f"worker {worker} awakes; another one has shard {name}")
    rig.wait(lambda: Fleet(rig.storage).refused(name), f"the write of worker {worker} is refused")
    rig.note(f"the write of worker {worker} was refused")


def restart_head(rig: Rig) -> None:
    """Kill the head's machine with all that is on it, and start it again; the other one follows when it notices."""
    _found(rig)
    head, second = rig.machines
    head.kill()
    rig.note("the head's machine killed, its crawl with it")
    until(lambda: second.is_gone, PATIENCE, "the second machine notices that the head is gone")
    for one in rig.machines:
        one.kill()
        one.start()
    rig.note("both machines started again")


def restart_store(rig: Rig) -> None:
    """Kill the store while a crawl goes on, and start it again."""
    _found(rig)
    rig.store.kill()
    rig.note("the store killed")
    time.sleep(2)  # it is away for that long at least
    rig.store.start()
    rig.note(f"the store started again: {rig.store.log.read_text().splitlines()[0]}")


def _found(rig: Rig) -> tuple[str, State, int]:
    found: list[tuple[str, State, int]] = []
    rig.wait(lambda: found.extend(filter(None, [rig.at_crawl()])) or found, "a worker is at its crawl")
    return found[0]


def _is_held(rig: Rig, name: str) -> bool:
    state = ShardLog(rig.storage, name).read()
    return state is not None and state.is_held(time.time())


@contextmanager
def rig_of(folder: Path, outlets: int, articles: int) -> Iterator[Rig]:
    """Give a rig; all of it is killed at the end."""
    port, head = free_port(), free_port()
    s3 = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", "AWS_ACCESS_KEY_ID": "fleet", "AWS_SECRET_ACCESS_KEY": "fleet",
        "AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true",
    }  # fmt: skip
    os.environ |= s3  # this process asks the store, too
    environment = {**os.environ, **ray_environment()}
    watched = ("--log", str(folder / "visitors"), "--pause", str(SLOW))
    newsroom, simulated = healthy_region(folder, outlets, articles, *watched, environment=environment)
    kept = store(folder, environment, port)
    machines = ray_machines(folder, environment, head)
    with ExitStack() as stack:
        for machine in (newsroom, kept, *machines):
            stack.callback(machine.kill)
            machine.start()
        fsspec.filesystem("s3").mkdir(BUCKET)
        until(lambda: answers(head), 60, "Ray's head answers")
        yield Rig(folder, simulated, environment, kept, machines, f"127.0.0.1:{head}")


def run_round(rig: Rig, blows: Sequence[Blow], shards: int, lease: float, *more: str) -> tuple[dict[str, Any], float]:
    """Run ``kickcrawl fleet run`` and strike the *blows* one after another; return what it said, and the seconds.

    Raises AssertionError where it ended before the last blow was struck, and TimeoutError.
    """
    slugs = [outlet.slug for outlet in rig.outlets]
    command = [str(KICKCRAWL), "fleet", "run", *more, "--fleet", rig.storage.url, "--shards", str(shards)]
    command += ["--address", rig.address, "--lease", str(lease), "-s", f"OUTLETS={rig.folder / 'outlets'}", "--json"]
    log, begun = rig.folder / f"round-{len(list(rig.folder.glob('round-*')))}.log", time.monotonic()
    with log.open("w") as err:
        process = subprocess.Popen(
            [*command, *([] if "--all" in more else slugs)],
            cwd=CHECKOUT, env=rig.environment, stdout=subprocess.PIPE, stderr=err, text=True,
        )  # fmt: skip
        rig.round = process
        try:
            rig.wait(lambda: Fleet(rig.storage).exists, "a fleet is made")
            for blow in blows:
                blow(rig)
            out, _ = process.communicate(timeout=3600)
        finally:
            process.kill()
            process.wait()
    assert out, log.read_text()
    told: dict[str, Any] = json.loads(out)
    return told, time.monotonic() - begun


def look(rig: Rig, rounds: Sequence[tuple[dict[str, Any], float]]) -> Told:
    """Look at all archives, each with its own outlets, at the servers' log and at what was refused."""
    fleet, urls, runs, broken = Fleet(rig.storage), Counter[str](), Counter[str](), list[str]()
    for name, state in fleet.states().items():
        for number, part in enumerate(state.parts):
            assert part.archive is not None, f"shard {name} was never given back"
            path = rig.folder / f"look-{name}-{number}.db"
            bring(rig.storage, part.archive, path)
            archive = sqlite3.connect(path)
            for slug in part.outlets:
                urls.update(url for (url,) in archive.execute("SELECT url FROM articles WHERE outlet = ?", [slug]))
                for (outcome,) in archive.execute("SELECT outcome FROM runs WHERE outlet = ?", [slug]):
                    runs[slug] += 1
                    broken += [f"{slug}: {outcome}"] * (outcome != "complete")
            archive.close()
            path.unlink()
    wanted = {outlet.url(n) for outlet in rig.outlets for n in range(outlet.articles)}
    return Told(
        articles=len(urls),
        twice=sorted(url for url, count in urls.items() if count > 1),
        missing=sorted(wanted ^ set(urls)),
        runs=dict(Counter(str(runs[outlet.slug]) for outlet in rig.outlets)),
        broken=broken,
        at_once=at_once(visits(rig.visitors)),
        refused=sum(map(fleet.refused, fleet.names())),
        rounds=[told for told, _ in rounds],
        seconds=[seconds for _, seconds in rounds],
        blows=rig.blows,
    )


def ordeal(
    folder: Path, *, shards: int, outlets: int, articles: int, kills: int, stores: int, lease: float = 12.0
) -> Told:
    """Crawl a fleet twice under blows, and tell what is true of it afterwards."""
    first: list[Blow] = [freeze_worker, *[kill_worker] * (kills - kills // 2)]
    second: list[Blow] = [restart_head, *[restart_store, kill_worker] * (kills // 2)]
    second += [restart_store] * (stores - second.count(restart_store))
    with rig_of(folder, outlets, articles) as rig:
        rounds = [run_round(rig, first, shards, lease), run_round(rig, second, shards, lease, "--all")]
        return look(rig, rounds)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.fleet", description=__doc__)
    usual = {"shards": 64, "outlets": 640, "articles": 10, "kills": 5, "stores": 2}
    for name, value in usual.items():
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--keep", type=Path, help="leave archives and logs in this new folder")
    parser.add_argument("--json", action="store_true", help="print all that was found, for a program")
    wanted = vars(parser.parse_args())
    keep, as_json = wanted.pop("keep"), wanted.pop("json")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # the machines end with this process
    with tempfile.TemporaryDirectory() as temporary:
        folder = keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        told = ordeal(folder, **wanted)
    if as_json:
        print(json.dumps(asdict(told)))
        return
    counts = [told_of["counts"] for told_of in told.rounds]
    print(f"{told.articles} articles, {len(told.twice)} twice, {len(told.missing)} missing or unknown")
    print(f"outlets by how many runs they have: {told.runs}; {len(told.broken)} runs not complete {told.broken[:3]}")
    print(f"{len(told.at_once)} outlets crawled by two at once {told.at_once[:3]}; {told.refused} writes refused")
    print(f"rounds: {', '.join(f'{seconds:.0f} s' for seconds in told.seconds)}; {counts}")


if __name__ == "__main__":
    main()

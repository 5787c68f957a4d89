"""The work on one shard: take it, do something with the archive of each part, and give it back."""

import json
import logging
import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from kickcrawl import CHECKOUT
from spiders.fleet import leash
from spiders.fleet.fleet import REFUSED
from spiders.fleet.lease import HeldShard, take
from spiders.fleet.log import Fenced, ShardLog
from spiders.fleet.overview import in_figures
from spiders.fleet.state import GRACE, LEASE, Part, State
from spiders.fleet.storage import Storage
from spiders.fleet.taken import TakenPart

_LOOK_EVERY = 1.0  # seconds between two looks for WARC files that are closed
WORK = "KICKCRAWL_FLEET_WORK"  # a machine's own folder for its work, in its environment
KICKCRAWL = CHECKOUT / ".venv" / "bin" / "kickcrawl"  # needs nothing of the fleet's packages

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a worker is told: the fleet's *url*, a *shard*, the folder of its *work*, and settings of the crawl.

    A machine's own KICKCRAWL_FLEET_WORK goes before *work*. *number*: of the shard's state for whose sake it is given
    out; where it was given back since, by a worker that had seemed dead, nothing is done.
    """

    url: str
    shard: str
    number: int
    work: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    everything: bool = False
    lease: float = LEASE  # seconds


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What became of an order. *held_until*: another worker has the shard (UNIX time). *lost*: why nothing was kept."""

    shard: str
    counts: Counter[str] = field(default_factory=Counter)
    failed: dict[str, str] = field(default_factory=dict)  # outlets, and why
    held_until: float | None = None
    lost: str | None = None


Do = Callable[[Order, TakenPart, Path, Outcome], Sequence[float]]


def on_shard(order: Order, do: Do) -> Outcome:
    """Take a shard, *do* something with each part, and give it back.

    *do* is called with the file of the leash (leash.py), fills the outcome, and returns when each outlet is due again
    (UNIX time); where it says nothing, the shard is due when it was. Raises ArchiveError where the storage cannot be
    read or written.
    """
    outcome = Outcome(shard=order.shard)
    folder = Path(os.environ.get(WORK, order.work)) / order.shard
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / "lock", timeout=0):  # a worker that is frozen still has its files open here
            _in_folder(order, do, folder, outcome)
    except Timeout:
        outcome.held_until = time.time() + order.lease
    return outcome


def _in_folder(order: Order, do: Do, folder: Path, outcome: Outcome) -> None:
    storage = Storage(order.url)
    log = ShardLog(storage, order.shard)
    held = take(log, worker_name(), folder / "leash", order.lease, order.number)
    if isinstance(held, State):
        outcome.held_until = held.lease.until + GRACE if held.lease else held.at
        return
    parts = [
        TakenPart(storage=storage, part=part, folder=folder / str(i), prefix=log.folder, turn=f"{held.fence:08}-{i}")
        for i, part in enumerate(held.state.parts)
    ]
    due = list[float]()
    with held:
        for part in parts:
            part.bring()
            part.begin()
            due += do(order, part, folder / "leash", outcome)
        _give_back(held, parts, min(due, default=held.state.due), outcome)


def ask_kickcrawl(part: TakenPart, file: Path, words: Sequence[str]) -> tuple[Any, str]:
    """Run ``kickcrawl WORDS --archive … --json`` on the archive of *part*, on the leash *file*.

    Returns what it said (None where that is no JSON), and how it ended, for people. WARC files are sent as they close.
    """
    told, log = part.folder / "told.json", part.folder / "crawl.log"
    command = [sys.executable, "-I", leash.__file__, str(file), str(KICKCRAWL), *words]
    with told.open("w") as out, log.open("w") as err:
        process = subprocess.Popen([*command, "--archive", str(part.path), "--json"], stdout=out, stderr=err)
        while True:
            try:
                process.wait(_LOOK_EVERY)
                break
            except subprocess.TimeoutExpired:
                part.send_closed()
    last = (log.read_text(errors="replace").strip().splitlines() or ["nothing was said"])[-1]
    try:
        return json.loads(told.read_text()), ""
    except ValueError:
        return None, f"`kickcrawl {words[0]}` ended with status {process.returncode}: {last}"


def worker_name() -> str:
    """Return this process's name for people: its machine and pid."""
    return f"{socket.gethostname()}:{os.getpid()}"


def _give_back(held: HeldShard, parts: Sequence[TakenPart], due: float, outcome: Outcome) -> None:
    before, now, counts = held.state.parts, list[Part](), outcome.counts
    done = f"{in_figures(counts)}; {len(outcome.failed)} outlets failed"
    try:
        for part in parts:
            now.append(part.give_back())
        held.give_back(
            f"given back: {done}", parts=tuple(now), due=due, counts=dict(counts), failed=dict(outcome.failed)
        )
    except Fenced as error:
        outcome.lost = f"{error}; thrown away: {done}"
        logger.warning("%s", outcome.lost)
        told = {"worker": worker_name(), "fence": held.fence, "why": outcome.lost, "counts": dict(counts)}
        held.log.storage.create(f"{held.log.folder}/{REFUSED}/{held.fence:08}.json", json.dumps(told).encode())
        for part, sent in zip(parts, now, strict=False):
            part.take_out(sent)
        return
    for part, sent in zip(parts, now, strict=True):
        part.given(sent)
    _forget_older(held, before, now)


def _forget_older(held: HeldShard, before: Sequence[Part], now: Sequence[Part]) -> None:
    """Delete the archives that lie two states back: of the last one somebody may be reading still."""
    storage, folder = held.log.storage, f"{held.log.folder}/archives"
    named = {part.archive.name for part in (*before, *now) if part.archive} | set(held.state.shared)
    for name in storage.names(folder):
        if f"{folder}/{name}" not in named and name < f"{held.fence:08}":
            storage.delete(f"{folder}/{name}")

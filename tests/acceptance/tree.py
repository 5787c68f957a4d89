"""Run a command and watch the tree of processes that it starts: its memory at worst, its time, the ports it opens."""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.acceptance.stage import listening

LOOK = 0.2  # seconds between two looks


@dataclass(frozen=True)
class Watched:
    """A command that has ended. Memory in MB: *resident* counts what processes share once for each, *own* once."""

    status: int
    seconds: float
    resident: int
    own: int
    ports: frozenset[str]


def watch(command: Sequence[str], log: Path, environment: Mapping[str, str], limit: float) -> Watched:
    """Run *command* in a session of its own, its output to *log*; killed after *limit* seconds."""
    before, ports = listening(), set[str]()
    resident = own = 0
    began = time.monotonic()
    with (
        log.open("ab") as out,
        subprocess.Popen(
            command, stdout=out, stderr=out, start_new_session=True, env={**os.environ, **environment}
        ) as process,
    ):
        while process.poll() is None:
            sizes = [_memory(pid) for pid in _session(process.pid)]
            resident = max(resident, sum(size[0] for size in sizes))
            own = max(own, sum(size[1] for size in sizes))
            ports |= listening() - before
            if time.monotonic() - began > limit:
                os.killpg(process.pid, 9)
            time.sleep(LOOK)
    return Watched(process.returncode, time.monotonic() - began, resident >> 10, own >> 10, frozenset(ports))


def _session(leader: int) -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdecimal() and int((entry / "stat").read_text().rpartition(")")[2].split()[3]) == leader:
                yield int(entry.name)
        except OSError:  # it has ended
            continue


def _memory(pid: int) -> tuple[int, int]:
    """Return what a process has resident and its share of what it shares (Rss and Pss), in KiB."""
    try:
        lines = [line.split() for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]]
    except OSError:
        return 0, 0
    sizes = {name: int(size) for name, size, *_ in lines}
    return sizes["Rss:"], sizes["Pss:"]

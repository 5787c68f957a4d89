"""`kickcrawl run` over the press of a region, with its sick outlets and without them.

    python -m tests.bench.region [--outlets 300] [--dead 10] [--slow 10] [--busy 5] [--hostile 5] [--articles 10]

Two crawls, each into a new archive: of the healthy outlets alone, then of all; with --beside at the same time, so that
on a busy machine both have the same part of it. A healthy outlet is complete when all of
its articles are stored; the time is that from the start of the command until the last of them is. Memory is that of all
processes, what they share counted once (PSS). The budget of a day ends what hostile outlets go on with.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kickcrawl import CHECKOUT
from tests.newsroom.region import REGION, Simulated, region, write_files
from tests.support.crawling import KICKCRAWL, rows

BUDGET = 400  # requests of a day
PULSE = 0.25  # seconds between two measurements of memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A crawl: healthy outlets that are complete, seconds until the last was, and until all ended; megabytes."""

    complete: int
    healthy: int
    stored: int
    seconds: float
    ended: float
    memory: float

    @property
    def rate(self) -> float:
        return self.stored / self.seconds


def measure(outlets: list[Simulated], folder: Path, budget: int = BUDGET) -> Measured:
    """Run ``kickcrawl run`` over *outlets*, which are being served, with an archive in *folder*."""
    write_files(outlets, folder / "outlets")
    archive = folder / "archive.db"
    environment = {**os.environ, "KICKCRAWL_OUTLETS": str(folder / "outlets"), "KICKCRAWL_ARCHIVE": str(archive)}
    command = [str(KICKCRAWL), "run", "--region", REGION, "--requests-per-day", str(budget)]
    begun, start, peak = datetime.now(UTC), time.monotonic(), 0.0
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=CHECKOUT, env=environment, stdout=log, stderr=log)
        while True:
            try:
                process.wait(PULSE)
                break
            except subprocess.TimeoutExpired:
                peak = max(peak, _memory(process.pid))
    ended = time.monotonic() - start
    stored = {row["outlet"]: row for row in rows(archive, _STORED)}
    well = [outlet for outlet in outlets if outlet.kind == "well"]
    complete = [outlet for outlet in well if stored.get(outlet.slug, {"n": 0})["n"] == outlet.articles]
    last = max(datetime.fromisoformat(stored[outlet.slug]["last"]) for outlet in complete)
    return Measured(
        complete=len(complete),
        healthy=len(well),
        stored=sum(outlet.articles for outlet in complete),
        seconds=(last - begun).total_seconds(),
        ended=ended,
        memory=peak / 1e6,
    )


_STORED = """
    SELECT r.outlet, max(r.finished_at) AS last, (SELECT count(*) FROM articles a WHERE a.outlet = r.outlet) AS n
    FROM runs r GROUP BY r.outlet
"""


@contextmanager
def served(**wanted: int) -> Iterator[list[Simulated]]:
    """Give the outlets of a region, served by a process of its own."""
    with tempfile.TemporaryDirectory() as unused:
        options = [part for name, value in wanted.items() for part in (f"--{name}", str(value))]
        command = [sys.executable, "-m", "tests.newsroom.region", "--files", unused, *options]
        with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as server:
            try:
                assert server.stdout is not None
                assert server.stdout.readline() == "ready\n"
                yield region(**wanted)
            finally:
                server.terminate()


def compare(outlets: list[Simulated], folder: Path, *, beside: bool = False) -> tuple[Measured, Measured]:
    """Return how the crawl of the healthy ones alone went, and that of all; *beside*: both at the same time."""
    well = [outlet for outlet in outlets if outlet.kind == "well"]
    for name in ("well", "all"):
        (folder / name).mkdir()
    with ThreadPoolExecutor(max_workers=2 if beside else 1) as pool:
        alone = pool.submit(measure, well, folder / "well")
        together = pool.submit(measure, outlets, folder / "all")
        return alone.result(), together.result()


def _memory(pid: int) -> float:
    """Return the bytes that *pid* and all below it hold, what is shared counted once."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        tasks = Path(f"/proc/{pid}/task").glob("*/children")
        children = [int(child) for task in tasks for child in task.read_text().split()]
    except OSError:
        return 0.0  # it has ended meanwhile
    own = next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
    return own + sum(map(_memory, children))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.region", description=__doc__)
    usual = {"outlets": 300, "dead": 10, "slow": 10, "busy": 5, "hostile": 5, "articles": 10}
    for name, value in usual.items():
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--keep", type=Path, help="leave archives and logs in this new folder")
    parser.add_argument("--beside", action="store_true", help="both crawls at the same time")
    wanted = vars(parser.parse_args())
    keep, beside = wanted.pop("keep"), wanted.pop("beside")
    with tempfile.TemporaryDirectory() as temporary, served(**wanted) as outlets:
        folder = keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        alone, together = compare(outlets, folder, beside=beside)
    for name, one in (("healthy alone", alone), ("all", together)):
        print(
            f"{name:14} {one.complete} of {one.healthy} healthy outlets complete after {one.seconds:.0f} s "
            f"({one.rate:.1f} articles/s), ended after {one.ended:.0f} s, {one.memory:.0f} MB"
        )
    print(f"{together.seconds / alone.seconds:.2f} times as long, {together.rate / alone.rate:.0%} of the throughput")


if __name__ == "__main__":
    main()

"""`make bench`: kickcrawl against the naive spider, on the bundled newsroom or a WordPress given by address.

    python -m tests.bench [--articles 300] [--rounds 3] [--limit 100] [--site http://127.0.0.1:8831 --truth truth.jsonl]

Interleaved, each round a new archive; CPU and memory of the whole process tree (Linux). Read ratios, not seconds:
both crawlers share the machine with the server.
"""

import argparse
import ctypes
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kickcrawl import CHECKOUT
from tests.acceptance.check import Truth, words

SCRAPY = Path(sys.executable).parent / "scrapy"


@dataclass(frozen=True, slots=True)
class Result:
    """One crawl: articles stored, wall and CPU seconds, the most MB of all processes, and the text's mean F1.

    *stages*: CPU seconds of the event loop (fetching), of the other threads (storing) and of the workers (reading).
    """

    stored: int
    wall: float
    cpu: float
    stages: tuple[float, ...]
    memory: float
    f1: float

    @property
    def rate(self) -> float:
        return self.stored / self.wall

    def ms(self, cpu: float) -> float:
        """Return *cpu* seconds as milliseconds an article."""
        return 1000 * cpu / max(1, self.stored)


def run(command: Sequence[str], database: Path, truth: Sequence[Truth], limit: int | None) -> Result:
    """Run *command*, which fills *database*, and measure it; with a *limit* what it left out is no fault."""
    others = set(_children(os.getpid()))  # the newsroom
    begin, peak, stages = time.monotonic(), 0, (0.0, 0.0, 0.0)
    process = subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while (ended := os.wait4(process.pid, os.WNOHANG))[0] == 0:
        peak = max(peak, _memory(process.pid))
        stages = tuple(map(max, stages, _stages(process.pid)))
        time.sleep(0.02)
    wall = time.monotonic() - begin
    process.returncode = os.waitstatus_to_exitcode(ended[1])
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with status {process.returncode}")
    # The fork server with its workers outlives the crawl: they are ours now.
    usages = [ended[2], *(os.wait4(pid, 0)[2] for pid in _children(os.getpid()) if pid not in others)]
    connection = sqlite3.connect(database)
    found = dict(connection.execute("SELECT url, text FROM articles").fetchall())
    connection.close()
    wanted = [post for post in truth if post["archive"] and (limit is None or post["url"] in found)]
    scores = [_f1(" ".join(post["body"]), found.get(post["url"]) or "") for post in wanted]
    cpu = sum(used.ru_utime + used.ru_stime for used in usages)
    return Result(len(found), wall, cpu, stages, peak / 1e6, statistics.mean(scores))


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def _stages(pid: int) -> tuple[float, float, float]:
    """Return the CPU seconds of the main thread of *pid*, of its other threads, and of all processes below it."""
    try:
        threads = {int(task.name): _cpu(task) for task in Path(f"/proc/{pid}/task").iterdir()}
        below = sum(sum(_stages(child)) for child in _children(pid))
    except OSError:
        return (0.0, 0.0, 0.0)  # it has ended meanwhile
    return threads.get(pid, 0.0), sum(threads.values()) - threads.get(pid, 0.0), below


def _cpu(task: Path) -> float:
    fields = (task / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> int:
    """Return the bytes that *pid* and all below it hold; what processes share is counted for each."""
    try:
        own = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        return own + sum(map(_memory, _children(pid)))
    except OSError:
        return 0  # it has ended meanwhile


def _f1(true: str, found: str) -> float:
    one, other = Counter(words(true)), Counter(words(found))
    common = sum((one & other).values())
    return 2 * common / (one.total() + other.total()) if one or other else 1.0


def bench(base: str, truth: Sequence[Truth], rounds: int, limit: int | None) -> None:
    """Run both in turn and print each round and the ratio of the medians."""
    results: dict[str, list[Result]] = {"naive": [], "kickcrawl": []}
    names = ("stored", "articles/s", "CPU ms/art.", "fetching", "storing", "reading", "peak MB", "text F1")
    print(" " * 10, *(f"{name:>11}" for name in names))
    for _ in range(rounds):
        for name, done in results.items():
            with tempfile.TemporaryDirectory() as folder:
                database = Path(folder) / "found.db"
                done.append(run(_command(name, base, database, limit), database, truth, limit))
            one = done[-1]
            times = [f"{one.ms(cpu):11.1f}" for cpu in (one.cpu, *one.stages)]
            print(
                f"{name:10} {one.stored:11} {one.rate:11.1f}", *times, f"{one.memory:11.0f} {one.f1:11.4f}", flush=True
            )
    rate = [statistics.median(one.rate for one in done) for done in results.values()]
    cpu = [statistics.median(one.ms(one.cpu) for one in done) for done in results.values()]
    print(f"kickcrawl / naive: {rate[1] / rate[0]:.2f} times the articles a second, {cpu[1] / cpu[0]:.2f} of the CPU")


def _command(name: str, base: str, database: Path, limit: int | None) -> list[str]:
    if name == "naive":
        return [sys.executable, "-m", "tests.bench.naive", base, str(database), *([str(limit)] if limit else [])]
    options = ["-s", f"ARCHIVE={database}", "-s", "DOWNLOAD_DELAY=0", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=16"]
    options += ["-a", f"limit={limit}"] if limit else []
    return [str(SCRAPY), "crawl", "kicknews", "-a", f"base_url={base}", *options]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=int, help="crawl so many articles only; text F1 is of those that are stored")
    parser.add_argument("--site")
    parser.add_argument("--truth", type=Path)
    options = parser.parse_args()
    ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER: orphans become ours, so that their CPU is counted, too
    if options.site and options.truth:
        bench(options.site, [json.loads(line) for line in options.truth.open()], options.rounds, options.limit)
        return
    with tempfile.TemporaryDirectory() as folder:
        truth = Path(folder) / "truth.jsonl"
        command = [sys.executable, "-m", "tests.newsroom", "--port", "0", "--articles", str(options.articles)]
        with subprocess.Popen(
            [*command, "--truth", str(truth)], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
        ) as server:
            assert server.stdout is not None
            base = next(word.rstrip("/") for word in server.stdout.readline().split() if word.startswith("http://"))
            try:
                bench(base, [json.loads(line) for line in truth.open()], options.rounds, options.limit)
            finally:
                server.terminate()


if __name__ == "__main__":
    main()

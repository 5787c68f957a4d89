"""`make bench`: kickcrawl against the naive spider, on the bundled newsroom or a WordPress given by address.

    python -m tests.bench [--articles 300] [--rounds 3] [--site http://127.0.0.1:8831 --truth truth.jsonl]

Interleaved, each round a new archive; CPU and memory as the kernel accounts them for the whole process tree. Read the
ratios, not the seconds: both crawlers share the machine with the server.
"""

import argparse
import ctypes
import json
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kickcrawl import CHECKOUT
from tests.acceptance.check import Truth, words

SCRAPY = Path(sys.executable).parent / "scrapy"


@dataclass(frozen=True, slots=True)
class Result:
    """One crawl: articles stored, wall and CPU seconds, the largest process in MB, and the text's mean F1."""

    stored: int
    wall: float
    cpu: float
    memory: float
    f1: float

    @property
    def rate(self) -> float:
        return self.stored / self.wall

    @property
    def cpu_ms(self) -> float:
        return 1000 * self.cpu / max(1, self.stored)


def run(command: Sequence[str], database: Path, truth: Sequence[Truth]) -> Result:
    """Run *command*, which fills *database*, and measure it."""
    begin = time.monotonic()
    process = subprocess.Popen(
        command, cwd=CHECKOUT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if status:
        raise SystemExit(f"{' '.join(command)} ended with status {status}")
    usages = [usage, *_adopted(process.pid)]
    connection = sqlite3.connect(database)
    found = dict(connection.execute("SELECT url, text FROM articles").fetchall())
    connection.close()
    scores = [_f1(" ".join(post["body"]), found.get(post["url"]) or "") for post in truth if post["archive"]]
    cpu = sum(used.ru_utime + used.ru_stime for used in usages)
    return Result(len(found), wall, cpu, max(used.ru_maxrss for used in usages) / 1024, statistics.mean(scores))


def _adopted(group: int) -> Iterator[resource.struct_rusage]:
    """Yield what the processes of *group* used that outlived their parent (the fork server with its workers)."""
    while True:
        pid, _, used = os.wait4(-group, os.WNOHANG) if _has_members(group) else (0, 0, None)
        if used is None:
            return
        if pid:
            yield used
        else:
            time.sleep(0.01)  # it is on its way out: its pipe to the crawl has closed


def _has_members(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def _f1(true: str, found: str) -> float:
    one, other = Counter(words(true)), Counter(words(found))
    common = sum((one & other).values())
    return 2 * common / (one.total() + other.total()) if one or other else 1.0


def bench(base: str, truth: Sequence[Truth], rounds: int) -> None:
    """Run both in turn and print each round and the ratio of the medians."""
    results: dict[str, list[Result]] = {"naive": [], "kickcrawl": []}
    print(f"{'':10} {'stored':>7} {'articles/s':>11} {'CPU ms/art.':>12} {'peak MB':>8} {'text F1':>8}")
    for _ in range(rounds):
        for name, done in results.items():
            with tempfile.TemporaryDirectory() as folder:
                database = Path(folder) / "found.db"
                done.append(run(_command(name, base, database), database, truth))
            one = done[-1]
            figures = f"{one.stored:7} {one.rate:11.1f} {one.cpu_ms:12.1f} {one.memory:8.0f} {one.f1:8.4f}"
            print(f"{name:10} {figures}", flush=True)
    rate = [statistics.median(one.rate for one in done) for done in results.values()]
    cpu = [statistics.median(one.cpu_ms for one in done) for done in results.values()]
    print(f"kickcrawl / naive: {rate[1] / rate[0]:.2f} times the articles a second, {cpu[1] / cpu[0]:.2f} of the CPU")


def _command(name: str, base: str, database: Path) -> list[str]:
    if name == "naive":
        return [sys.executable, "-m", "tests.bench.naive", base, str(database)]
    options = ["-s", f"ARCHIVE={database}", "-s", "DOWNLOAD_DELAY=0", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=16"]
    return [str(SCRAPY), "crawl", "kicknews", "-a", f"base_url={base}", *options]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--site")
    parser.add_argument("--truth", type=Path)
    options = parser.parse_args()
    ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER: orphans become ours, so that their CPU is counted, too
    if options.site and options.truth:
        bench(options.site, [json.loads(line) for line in options.truth.open()], options.rounds)
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
                bench(base, [json.loads(line) for line in truth.open()], options.rounds)
            finally:
                server.terminate()


if __name__ == "__main__":
    main()

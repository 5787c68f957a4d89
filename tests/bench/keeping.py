"""What it costs to keep an archive: to verify it by check, to begin a crawl, to check it after a kill, to copy it.

    python -m tests.bench.keeping ARCHIVE [--articles 10000] [--times 1]

Fills ARCHIVE with that many made-up articles and their captures (tests/bench/captured.py), and multiplies it
(tests/bench/multiply.py), unless it is there. Megabytes read are those that were asked for, from disk or memory.
"""

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from archive.backup import back_up
from archive.captures import Captures
from archive.database import Archive, open_archive
from archive.recovery import check_after_death, forget_future, leases_left
from archive.runs import count_answers
from archive.verify.archive import verify
from archive.verify.checks import Check, run_checks
from archive.warc.owner import warc_folder
from tests.bench.captured import SLUGS, fill, running, store_run
from tests.bench.multiply import multiply
from tests.bench.stories import Writer

SENTENCES = 3  # of a paragraph: texts of 1,900 bytes


def make(path: Path, articles: int, times: int) -> None:
    """Fill an archive at *path* with *articles*, each *times* times."""
    with closing(open_archive(path, create=True)) as archive:
        archive.write("PRAGMA synchronous = OFF")
        fill(archive, articles, Writer(7, SENTENCES))
        multiply(archive, times)
        archive.write("PRAGMA wal_checkpoint(TRUNCATE)")


def measure(name: str, path: Path, question: Callable[[Archive], object]) -> None:
    """Print seconds of CPU and of the clock, and megabytes read, of *question* to the archive at *path*."""
    with closing(open_archive(path)) as archive:
        before, cpu, clock = _read(), time.process_time(), time.monotonic()
        question(archive)
        spent = time.process_time() - cpu, time.monotonic() - clock, _read() - before
    print("{:44} {:8.2f} {:8.2f} {:9.1f}".format(name, *spent), flush=True)


def _read() -> float:
    """Return how many megabytes this process and those of its children that have ended have asked for (Linux)."""
    return int(Path("/proc/self/io").read_text().split()[1]) / 1e6


def kill(path: Path) -> None:
    """Leave runs of two outlets behind, as kill -9 would: each has stored 50 articles."""
    with closing(open_archive(path)) as archive:
        captures = Captures(warc_folder(path))
        writer, now = Writer(int(now_is().timestamp()), SENTENCES), now_is()
        for outlet in SLUGS:
            with running(archive, captures, outlet, now) as run_id:
                store_run(archive, captures, run_id, outlet, now, islice(writer.articles(50), 50), random.Random(7))


def now_is() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def start(archive: Archive) -> None:
    """Ask what the run of an outlet asks before it begins."""
    slug, now = next(iter(SLUGS.values())), now_is()
    check_after_death(archive)
    leases_left(archive, slug)
    forget_future(archive, slug, now)
    count_answers(archive, slug, f"{now:%Y-%m-%d}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("archive", type=Path)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=1)
    options = parser.parse_args()
    path: Path = options.archive
    if not path.exists():
        make(path, options.articles, options.times)
    with closing(open_archive(path)) as archive:
        number, asked = archive.count("SELECT count(*) FROM articles"), verify(archive)
        holds_files = all((warc_folder(path) / check.what.partition(",")[0]).exists() for check in asked.files)
    print(f"{number} articles, {path.stat().st_size / number:.0f} bytes each; {os.cpu_count()} cores")
    print(f"{'':44} {'s CPU':>8} {'s clock':>8} {'MB':>9}")
    together: dict[str, list[Check]] = {}
    for check in [*asked.checks, *(asked.files if holds_files else [])]:
        name = "WARC files" if check in asked.files else check.what.translate(str.maketrans("", "", "0123456789,"))
        together.setdefault(" ".join(name.split()), []).append(check)
    for name, checks in together.items():
        measure(f"verify: {name}", path, lambda archive, checks=checks: [check.run(archive) for check in checks])
    every = [check for checks in together.values() for check in checks]
    measure("verify: all, on all cores", path, lambda archive: run_checks(archive, every))
    measure("start of a run", path, start)
    kill(path)
    measure("start of a run, after a kill of two", path, start)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        measure("backup", path, lambda archive: back_up(archive.path, Path(folder) / "copy.db"))


if __name__ == "__main__":
    main()

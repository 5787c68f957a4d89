"""`kickcrawl fleet reextract` on one worker and on two: how much sooner is the same re-reading done?

    .venv/fleet/bin/python -m tests.bench.fleet_reread [--outlets 80] [--articles 250] [--shards 8]

A fleet in a local folder crawls simulated outlets once; then all of its captures are read again, twice, with one worker
and with two, each with one process. The time is that from the first shard taken to the last one given back, by the
shards' own logs, and that of the whole command, which has Ray's start and end in it.
"""

import argparse
import tempfile
import time
from pathlib import Path

from spiders.fleet.fleet import Fleet
from spiders.fleet.log import ShardLog
from spiders.fleet.storage import Storage
from tests.bench.fleet_of_one import timed
from tests.support.machines import healthy_region


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, value in (("outlets", 80), ("articles", 250), ("shards", 8)):
        parser.add_argument(f"--{name}", type=int, default=value)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        newsroom, outlets = healthy_region(folder, given.outlets, given.articles)
        newsroom.start()
        to = ("--fleet", folder / "fleet", "--work", folder / "work")
        try:
            slugs = [outlet.slug for outlet in outlets]
            own = ("-s", f"OUTLETS={folder / 'outlets'}")
            timed("fleet", "run", *slugs, "--shards", given.shards, *to, *own, log=folder / "run.log")
        finally:
            newsroom.kill()
        seconds = {}
        for workers in (1, 2):
            begun = time.time()
            whole = timed("fleet", "reextract", "--all", "--workers", workers, *to, log=folder / "again.log")
            fleet = Fleet(Storage(str(folder / "fleet")))
            seconds[workers], read = _since(fleet, begun)
            print(
                f"{workers} at work: {read} captures read again in {seconds[workers]:.1f} s; the command {whole:.1f} s"
            )
        print(f"{seconds[1] / seconds[2]:.2f} times as soon")


def _since(fleet: Fleet, begun: float) -> tuple[float, int]:
    """Return the seconds from the first shard taken to the last given back, and how many captures were read."""
    times, read = [], 0
    for name, state in fleet.states().items():
        log = ShardLog(fleet.storage, name)
        times += [entry.at for entry in log.entries() if entry.at >= begun]
        read += state.counts["read again"]
    return max(times) - min(times), read


if __name__ == "__main__":
    main()

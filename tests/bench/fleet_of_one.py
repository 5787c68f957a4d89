"""A fleet of one shard on this machine against the plain command, on the same outlets.

    python -m tests.bench.fleet_of_one [--outlets 64] [--articles 20]

Two crawls one after the other, each into a new archive: `kickcrawl run`, then `kickcrawl fleet run --shards 1`. The
time of the fleet is that of its command, Ray's start included, and that from the moment in which the shard was taken.
"""

import argparse
import subprocess
import tempfile
import time
from pathlib import Path

from kickcrawl import CHECKOUT
from spiders.fleet.log import ShardLog
from spiders.fleet.storage import Storage
from tests.newsroom.region import REGION
from tests.support.crawling import rows
from tests.support.machines import healthy_region

KICKCRAWL = CHECKOUT / ".venv" / "bin" / "kickcrawl"


def timed(*words: object, log: Path) -> float:
    """Run ``kickcrawl WORDS``; return the seconds. Raises CalledProcessError."""
    begun = time.monotonic()
    with log.open("w") as file:
        subprocess.run([KICKCRAWL, *map(str, words)], cwd=CHECKOUT, stdout=file, stderr=file, check=True)
    return time.monotonic() - begun


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.fleet_of_one", description=__doc__)
    parser.add_argument("--outlets", type=int, default=64)
    parser.add_argument("--articles", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        newsroom, outlets = healthy_region(folder, given.outlets, given.articles)
        newsroom.start()
        try:
            own = ("-s", f"OUTLETS={folder / 'outlets'}")
            archive = folder / "archive.db"
            plain = timed("run", "--region", REGION, *own, "--archive", archive, log=folder / "plain.log")
            place, slugs = folder / "fleet", [outlet.slug for outlet in outlets]
            to = ("--fleet", place, "--shards", 1, "--workers", 1, "--work", folder / "work")
            whole = timed("fleet", "run", *slugs, *to, *own, log=folder / "fleet.log")
        finally:
            newsroom.kill()
        (stored,) = rows(archive, "SELECT count(*) AS n FROM articles")
        _, taken, *_, state = ShardLog(Storage(str(place)), "0001").entries()
        shard = state.at - taken.at
    assert stored["n"] == state.counts["new"] == given.outlets * given.articles
    print(f"kickcrawl run: {plain:.1f} s for {stored['n']} articles")
    print(
        f"kickcrawl fleet run: {whole:.1f} s, {whole / plain - 1:+.0%}; from taken to given back {shard:.1f} s, ",
        end="",
    )
    print(f"{shard / plain - 1:+.0%}")


if __name__ == "__main__":
    main()

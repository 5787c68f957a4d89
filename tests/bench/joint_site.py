"""The site of many shards against that of one archive with the same articles: seconds of a processor for a page.

    python -m tests.bench.joint_site [--shards 40] [--articles 100]

Each page is asked for five times with another parameter each, so that none is given again. Linux only.
"""

import argparse
import json
import os
import random
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.support.joint import serving_joint
from tests.support.serving import Site, serving
from tests.support.sharded import put_in_both

WORDS = (
    "panen memanen padi bawang banjir kebanjiran membanjiri desa pedesaan polisi kepolisian air pengairan harga pasar "
    "jalan sekolah guru hujan"
).split()
PAGES = ("/", "/search?order=newest", "/search?q=banjir", "/search?q=panen+desa", "/search.json?q=banjir")
TIMES = 5


def articles(shards: int, each: int) -> Iterator[dict[str, Any]]:
    """Yield *each* articles for each of as many outlets."""
    chance = random.Random(18)
    for number in range(shards * each):
        yield {
            "slug": f"artikel-{number}", "outlet": f"media-{number % shards}",
            "title": " ".join(chance.choices(WORDS, k=5)),
            "text": f"{number} {' '.join(chance.choices(WORDS, k=200))}.",
            "authors": (f"Penulis {number % 50}",), "sections": (chance.choice(["Desa", "Kota"]),),
            "published_at": datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=97 * number),
        }  # fmt: skip


def seconds_of(pid: int) -> float:
    """Return how long a process has had a processor."""
    told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def cost(site: Site, page: str) -> float:
    """Return the seconds of a processor that a page takes once it was asked for."""
    site.get(page)
    before = seconds_of(site.pid)
    for turn in range(TIMES):
        assert site.get(f"{page}{'&' if '?' in page else '?'}turn={turn}").status == 200
    return (seconds_of(site.pid) - before) / TIMES


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.joint_site", description=__doc__)
    parser.add_argument("--shards", type=int, default=40)
    parser.add_argument("--articles", type=int, default=100, help="of each shard")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        outlets = [[f"media-{number}"] for number in range(given.shards)]
        sharded = put_in_both(Path(name), list(articles(given.shards, given.articles)), outlets)
        shards = [{"name": f"{number:04}", "path": path} for number, path in enumerate(sharded.shards, 1)]
        with serving(sharded.whole) as one, serving_joint(Path(name) / "tables", shards) as joint:
            (hit, *_) = json.loads(joint.get("/search.json?q=banjir").text)
            for page in (*PAGES, f"/article/{hit['id']}"):
                print(
                    f"{page:<24} one archive {cost(one, page):6.3f} s   {len(shards)} shards {cost(joint, page):6.3f} s"
                )
            held = Path(f"/proc/{joint.pid}/status").read_text(encoding="utf-8")
            print(next(line for line in held.splitlines() if line.startswith("VmRSS")))


if __name__ == "__main__":
    main()

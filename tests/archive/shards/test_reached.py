"""Shards that cannot answer are left out of a question from its start, and told with their reasons."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from archive.database import open_archive
from archive.query.choice import Choice
from archive.shards.fan import one_by_one
from archive.shards.reached import Shard, ask_reached
from archive.shards.search import find_among
from archive.version import VERSION
from tests.support.sharded import Sharded, put_in_both

OUTLETS = ("bima", "dompu", "kabar", "lombok", "warta")


@pytest.fixture
def sharded(tmp_path: Path) -> Sharded:
    articles = [
        {"slug": f"panen-{number}", "outlet": outlet, "text": f"Petani memanen padi di dusun {number}."}
        for outlet in OUTLETS
        for number in range(3)
    ]
    return put_in_both(tmp_path, articles, [[outlet] for outlet in OUTLETS])


@pytest.fixture
def pool() -> Iterator[Executor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


def shards_of(paths: list[Path]) -> list[Shard]:
    return [Shard(name=outlet, path=path) for outlet, path in zip(OUTLETS, paths, strict=True)]


def test_others_answer_as_one_archive_of_theirs(sharded: Sharded, pool: Executor) -> None:
    paths = sharded.shards
    paths[0].write_bytes(b"this is no database" * 999)
    with closing(sqlite3.connect(paths[2])) as newer:
        newer.execute(f"PRAGMA user_version = {VERSION + 1}")
    paths[3].unlink()
    asked = [*shards_of(paths)[:4], Shard(name="warta", path=paths[4], problem="it is elsewhere"), Shard(name="x")]
    reached = ask_reached(asked, lambda fan, _: find_among(fan, Choice(words="padi")), pool)
    assert reached.names == ("dompu",)
    assert reached.found == find_among(one_by_one([paths[1]]), Choice(words="padi"))
    assert list(reached.problems) == ["bima", "kabar", "lombok", "warta"]
    assert "no SQLite database" in reached.problems["bima"]
    assert f"of version {VERSION + 1}, newer than this kickcrawl" in reached.problems["kabar"]
    assert "there is no archive here" in reached.problems["lombok"]
    assert reached.problems["warta"] == "it is elsewhere"


def spin(path: Path, only: Path) -> int:
    """Count to a number that takes far longer than any limit, in one of the archives."""
    with closing(open_archive(path, read_only=True)) as archive:
        last = 10**10 if path == only else 10
        return archive.count(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :last) SELECT count(*) FROM n",
            {"last": last},
        )


def test_shard_that_takes_too_long_is_told_and_the_others_answer(sharded: Sharded, pool: Executor) -> None:
    asked = shards_of(sharded.shards)
    reached = ask_reached(asked, lambda fan, _: fan(spin, sharded.shards[1]), pool, seconds=0.2)
    assert reached.found == [10, 10, 10, 10]
    assert reached.problems == {"dompu": "it takes longer than 0.2 s of a processor to answer; ask for less"}


def test_no_shard_finds_nothing(pool: Executor) -> None:
    reached = ask_reached([Shard(name="x")], lambda fan, _: find_among(fan, Choice()), pool)
    assert (reached.found.hits, reached.names, reached.problems) == ([], (), {})

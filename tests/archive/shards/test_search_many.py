"""Shards that hold a word more often together than articles are weighed: the newest of all shards are, as in one."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.database import Archive, open_archive
from archive.query.choice import Choice
from archive.query.hits import find
from archive.query.relevance import MAX_RANKED
from archive.shards.fan import Fan, one_by_one
from archive.shards.search import find_among
from tests.support.many import COPIES, fill_with_many

WORD = Choice(words="kabar")
OUTLETS = ("warta", "kabar")  # two thirds of the articles, and the others
_SECOND = """
    INSERT INTO outlets (slug, name, region, language, timezone, platform, home)
    SELECT 'kabar', name, region, language, timezone, platform, home FROM outlets
"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = fill_with_many(tmp_path_factory.mktemp("many"))
    run(path, _SECOND, "UPDATE articles SET outlet = 'kabar' WHERE key % 3 = 0")
    return path


@pytest.fixture(scope="module")
def fan(whole: Path) -> Fan:
    paths = [whole.with_name(f"{outlet}.db") for outlet in OUTLETS]
    for path, outlet in zip(paths, OUTLETS, strict=True):
        shutil.copy(whole, path)
        run(path, f"DELETE FROM articles WHERE outlet <> '{outlet}'")
    return one_by_one(paths)


@pytest.fixture(scope="module")
def archive(whole: Path) -> Iterator[Archive]:
    archive = open_archive(whole, read_only=True)
    yield archive
    archive.close()


def run(path: Path, *statements: str) -> None:
    archive = open_archive(path)
    archive.write("PRAGMA foreign_keys = OFF")  # as revisions and the like are not asked for here
    for sql in statements:
        archive.write(sql)
    archive.write("PRAGMA wal_checkpoint(TRUNCATE)")
    archive.close()


@pytest.mark.parametrize("limit", [5, MAX_RANKED + 7])
def test_newest_of_all_shards_are_weighed_and_the_others_follow(archive: Archive, fan: Fan, limit: int) -> None:
    found, expected = find_among(fan, WORD, limit=limit), find(archive, WORD, limit=limit)
    assert (found.total, found.ranked) == (expected.total, MAX_RANKED) == (COPIES + 3, expected.ranked)
    assert found.hits == expected.hits
    assert found.hits[0].title == "Kabar baru"


def test_narrower_question_weighs_all(archive: Archive, fan: Fan) -> None:
    choice = Choice(words="kabar NOT pasar")
    assert find_among(fan, choice) == find(archive, choice)
    assert find_among(fan, choice).ranked is None

"""Shards that hold a word more often together than articles are weighed: the newest of all shards are, as in one."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.database import Archive, open_archive
from archive.query.choice import Choice
from archive.query.hits import find
from archive.query.relevance import MAX_RANKED
from archive.shards.fan import Fan, one_by_one
from archive.shards.search import find_among
from tests.support.many import BEGIN, COMMON_PHRASES, COPIES, put_copies
from tests.support.storing import Shelf, shelf_in, url_of

OUTLETS = ("warta", "kabar")  # even copies and odd ones
TOTAL = COPIES + 3


def fill(shelf: Shelf, outlet: str) -> None:
    """Put the articles of an outlet: many that hold the word once, and an older and a newer that hold it twice."""
    number = OUTLETS.index(outlet)
    text = "Kabar dari pasar desa pada hari itu."
    shelf.put("salinan", text, title="Pasar", outlet=outlet, published_at=BEGIN.replace(second=number))
    put_copies(shelf.archive, url_of("salinan", outlet), of=len(OUTLETS), rest=number)
    slug, year = ("lama", 2023) if number else ("baru", 2025)
    published = datetime(year, 5, 1, tzinfo=UTC)
    shelf.put(slug, "Kabar tentang kabar.", title=f"Kabar {slug}", outlet=outlet, published_at=published)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with shelf_in(tmp_path_factory.mktemp("whole")) as shelf:
        for outlet in OUTLETS:
            fill(shelf, outlet)
        return shelf.archive.path


@pytest.fixture(scope="module")
def fan(tmp_path_factory: pytest.TempPathFactory) -> Fan:
    paths = []
    for outlet in OUTLETS:
        with shelf_in(tmp_path_factory.mktemp(outlet)) as shelf:
            fill(shelf, outlet)
            paths.append(shelf.archive.path)
    return one_by_one(paths)


@pytest.fixture(scope="module")
def archive(whole: Path) -> Iterator[Archive]:
    archive = open_archive(whole, read_only=True)
    yield archive
    archive.close()


def test_newest_of_all_shards_are_weighed(archive: Archive, fan: Fan) -> None:
    choice = Choice(words="kabar")
    found, expected = find_among(fan, choice, limit=5), find(archive, choice, limit=5)
    assert (found.total, found.ranked) == (TOTAL, MAX_RANKED) == (expected.total, expected.ranked)
    assert found.hits == expected.hits
    assert found.hits[0].title == "Kabar baru"


def test_what_is_not_weighed_follows(archive: Archive, fan: Fan) -> None:
    choice = Choice(words="NOT banjir")
    found = find_among(fan, choice, limit=None)
    assert found.hits == find(archive, choice, limit=None).hits
    assert (len(found.hits), found.ranked) == (TOTAL, MAX_RANKED)
    assert find_among(fan, choice, limit=MAX_RANKED + 7).hits == found.hits[: MAX_RANKED + 7]


def test_narrower_question_weighs_all(archive: Archive, fan: Fan) -> None:
    choice = Choice(words="kabar NOT pasar")
    assert find_among(fan, choice) == find(archive, choice)
    assert find_among(fan, choice).ranked is None


def test_words_that_too_many_have_rank_in_no_shard(archive: Archive, fan: Fan) -> None:
    choice = Choice(words=f"{COMMON_PHRASES} OR tentang", since=BEGIN.date())
    found, expected = find_among(fan, choice), find(archive, choice)
    assert found.too_common == expected.too_common
    assert len(found.too_common) == COMMON_PHRASES.count('"') // 2
    assert found.hits == expected.hits

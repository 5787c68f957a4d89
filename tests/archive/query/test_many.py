"""A word that more articles hold than are weighed: the newest are, it is said, and a list of all is still whole."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.database import Archive, open_archive
from archive.query.choice import Choice
from archive.query.choose import Order, choose, count, timeline
from archive.query.hits import find
from archive.query.relevance import MAX_RANKED
from spiders.cli import main
from tests.support.many import COMMON_PHRASES, COPIES, fill_with_many

WORD = Choice(words="kabar")
TOTAL = COPIES + 3


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill_with_many(tmp_path_factory.mktemp("many"))


@pytest.fixture(scope="module")
def archive(path: Path) -> Iterator[Archive]:
    archive = open_archive(path, read_only=True)
    yield archive
    archive.close()


def test_best_of_the_newest_comes_first_and_it_is_said_how_many_were_weighed(archive: Archive) -> None:
    found = find(archive, WORD, limit=5)
    assert found.hits[0].title == "Kabar baru"
    assert (found.total, found.ranked) == (TOTAL, MAX_RANKED)
    assert "Kabar lama" not in {hit.title for hit in found.hits}


@pytest.mark.parametrize(
    ("choice", "first"),
    [
        (Choice(words="kabar", until=date(2023, 12, 31)), "Kabar lama"),
        (Choice(words="kabar banjir"), "Langka"),
        (Choice(words="kabar NOT pasar"), "Langka"),
    ],
    ids=["a time", "a rare word", "a word that must not be there"],
)
def test_narrower_question_weighs_all_that_it_finds(archive: Archive, choice: Choice, first: str) -> None:
    found = find(archive, choice)
    assert (found.hits[0].title, found.ranked) == (first, None)
    assert found.total == len(found.hits) == count(archive, choice)


@pytest.mark.parametrize("order", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize(
    ("choice", "total"),
    [
        (WORD, TOTAL),
        (Choice(words="kabar", outlet="warta"), TOTAL),
        (Choice(words="kabar", section="desa"), COPIES),
        (Choice(words="kabar", since=date(2024, 1, 1)), COPIES + 1),
        (Choice(words="kab*"), TOTAL),
        (Choice(words="NOT banjir"), TOTAL - 1),
    ],
    ids=["a word", "an outlet", "a section", "a time", "a beginning", "a denial"],
)
def test_list_of_all_has_each_article_once_in_every_order(
    archive: Archive, choice: Choice, total: int, order: Order
) -> None:
    keys = list(choose(archive, choice, order=order))
    assert len(keys) == len(set(keys)) == count(archive, choice) == total
    assert sum(found for _, found in timeline(archive, choice, "month")) == total
    for limit in (3, MAX_RANKED + 7):
        assert list(choose(archive, choice, order=order, limit=limit)) == keys[:limit]


def test_what_is_not_weighed_follows_the_newest_first(archive: Archive) -> None:
    keys = list(choose(archive, WORD, order="relevance"))
    behind = [archive.text("SELECT published_at FROM articles WHERE key = :key", {"key": key}) for key in keys[-102:]]
    assert behind == sorted(map(str, behind), reverse=True)


def test_command_says_among_how_many_it_ranked(path: Path) -> None:
    done = CliRunner().invoke(main, ["search", "kabar", "--json", "--archive", str(path)])
    assert f"ranked among the newest {MAX_RANKED} of {TOTAL} articles" in done.stderr
    in_order = CliRunner().invoke(main, ["search", "kabar", "--order", "newest", "--archive", str(path)])
    assert "ranked" not in in_order.stderr


def test_command_says_by_which_words_it_did_not_rank(path: Path) -> None:
    done = CliRunner().invoke(main, ["search", COMMON_PHRASES, "--archive", str(path)])
    assert "not ranked by what too many articles have (dari, dari pasar, " in done.stderr
    assert "not ranked" not in CliRunner().invoke(main, ["search", "kabar", "--archive", str(path)]).stderr
    in_order = CliRunner().invoke(main, ["search", COMMON_PHRASES, "--order", "newest", "--archive", str(path)])
    assert "not ranked" not in in_order.stderr


def test_question_of_words_that_too_many_have_is_ranked_by_the_others(archive: Archive) -> None:
    found = find(archive, Choice(words=f"{COMMON_PHRASES} OR banjir", until=date(2024, 1, 5)))
    assert len(found.too_common) == COMMON_PHRASES.count('"') // 2
    assert found.hits[0].title == "Langka"
    published = [hit.published_at for hit in found.hits[1:]]
    assert published == sorted(map(str, published), reverse=True)

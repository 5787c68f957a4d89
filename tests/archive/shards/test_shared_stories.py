"""Stories over several shards are those of one archive that stored the same articles in the same order."""

import pickle
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.database import open_archive
from archive.shards import stories as room
from archive.shards.fan import Fan, one_by_one
from archive.shards.stories import SharedStories, find_stories
from archive.shards.told import tell_numbers, unpacked
from archive.stories.clusters import Story, list_stories, rebuild_stories
from archive.stories.near_keys import MAX_HOLDERS, MIN_STANDING
from kickcrawl.errors import ArchiveError, UsageError
from tests.support.storing import Shelf, id_of
from tests.support.texts import CLOSING, EDITED, OTHER, STORY, text

WORDS = " ".join((*STORY, *OTHER)).replace(".", "").replace(",", "").lower().split()
DAY = datetime(2025, 7, 14, tzinfo=UTC)


class Region:
    """One archive of all outlets, and three shards with the same articles: an outlet stands in one of them."""

    def __init__(self, whole: Shelf, shards: Sequence[Shelf]) -> None:
        self.whole, self.shards = whole, shards

    def put(self, slug: str, text: str, *, outlet: str = "satu", **fields: Any) -> None:
        for shelf in (self.whole, self.shards[len(outlet) % 3]):  # "satu", "kabar", "harian": one shard each
            shelf.minutes = self.whole.minutes if shelf is self.whole else self.whole.minutes - 1
            shelf.put(slug, text, outlet=outlet, **fields)

    @property
    def fan(self) -> Fan:
        return one_by_one([shelf.archive.path for shelf in self.shards])

    def of_one_archive(self) -> list[Story]:
        rebuild_stories(self.whole.archive)
        return list_stories(self.whole.archive, limit=-1)

    def of_shards(self) -> SharedStories:
        return find_stories(self.fan)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive without articles, in one file."""
    path = tmp_path_factory.mktemp("kosong") / "archive.db"
    archive = open_archive(path, create=True)
    archive.write("PRAGMA wal_checkpoint(TRUNCATE)")
    archive.close()
    return path


@contextmanager
def region_in(folder: Path, empty: Path) -> Iterator[Region]:
    with ExitStack() as stack:
        shelves = []
        for name in ("whole", "0", "1", "2"):
            (folder / name).mkdir(parents=True)
            shutil.copy(empty, folder / name / "archive.db")
            archive = open_archive(folder / name / "archive.db")
            stack.callback(archive.close)
            shelves.append(Shelf(archive))
        yield Region(shelves[0], shelves[1:])


@pytest.fixture
def region(tmp_path: Path, empty: Path) -> Iterator[Region]:
    with region_in(tmp_path, empty) as region:
        yield region


def made_up(seed: int, paragraphs: int = 4) -> str:
    """Return a text of which no other has six words in a row."""
    choice = random.Random(seed)
    return text(*(" ".join(choice.choices(WORDS, k=25)).capitalize() + "." for _ in range(paragraphs)))


def slugs(stories: Sequence[Story]) -> set[frozenset[str]]:
    return {frozenset(member["url"].rsplit("/", 1)[1] for member in story["members"]) for story in stories}


def test_reprints_in_other_shards_are_found_and_the_first_is_told(region: Region) -> None:
    region.put("banjir", text(*STORY), outlet="satu", published_at=DAY + timedelta(hours=5))
    region.put("pasar", text(*OTHER), outlet="kabar")
    region.put("air-naik", EDITED, outlet="kabar", published_at=DAY + timedelta(hours=1))
    region.put("ulang", text(*STORY), outlet="harian", title="Banjir")
    found = region.of_shards()
    assert slugs(found.stories) == {frozenset(("banjir", "air-naik", "ulang"))}
    assert found.stories == region.of_one_archive()
    assert [member["is_first"] for member in found.stories[0]["members"]] == [1, 0, 0]
    assert found.stories[0]["members"][0]["id"] == id_of("air-naik", "kabar")


def test_short_items_of_the_same_title_and_text_are_found_without_their_texts(region: Region) -> None:
    region.put("a", STORY[0], title="Banjir")
    region.put("b", STORY[0].upper() + "!", title="BANJIR", outlet="kabar")
    region.put("c", "Air surut.", title="Surut")
    region.put("d", "Air surut.", title="Surut", outlet="kabar")
    found = region.of_shards()
    assert slugs(found.stories) == {frozenset("ab"), frozenset("cd")}
    assert found.stories == region.of_one_archive()
    assert found.texts == 2  # a and b share a paragraph


def test_texts_that_meet_nobody_are_not_asked_for(region: Region) -> None:
    for number in range(12):
        region.put(f"n{number}", made_up(number), outlet=("satu", "kabar", "harian")[number % 3])
    region.put("ulang", made_up(5), outlet="kabar")
    region.put("foto", "", outlet="kabar")
    found = region.of_shards()
    assert slugs(found.stories) == {frozenset(("n5", "ulang"))}
    assert (found.articles, found.texts, found.doubles) == (13, 2, [])
    assert 150 < found.bytes_told / found.articles < 250


def test_a_closing_under_everything_joins_nobody_and_few_texts_are_asked_for(region: Region) -> None:
    for number in range(40):
        region.put(f"n{number}", text(made_up(number, 3), CLOSING), outlet=("satu", "kabar")[number % 2])
    region.put("ulang", text(made_up(30, 3), CLOSING), outlet="harian")
    found = region.of_shards()
    assert slugs(found.stories) == {frozenset(("n30", "ulang"))}
    assert found.stories == region.of_one_archive()
    assert found.texts <= 3 + 3 + 2  # until it is known to be standing text of each outlet, and the copies


def edited(text: str) -> str:
    """Return *text* with a word of each paragraph changed: the two meet by their bands alone."""
    return "\n\n".join(f"Kemarin {paragraph}" for paragraph in text.split("\n\n"))


def test_what_is_standing_text_is_decided_over_all_shards(region: Region) -> None:
    """In its shard alone it is; among all, so many others hold it that the outlet's own are not among the newest."""
    long = " ".join(made_up(seed, 1) for seed in range(400, 420))
    for number in range(MIN_STANDING):
        region.put(f"a{number}", text(made_up(number, 2), long))
    for number in range(MAX_HOLDERS):
        region.put(f"b{number}", text(made_up(100 + number, 2), long), outlet=f"kabar {number:6}")
    region.put("c", text(made_up(300, 1), long))
    region.put("d", edited(text(made_up(300, 1), long)), outlet="harian")
    standing = list(unpacked(tell_numbers(region.shards[1].archive.path, None)))[-1].standing
    assert len(standing) == 1
    found = region.of_shards()
    assert frozenset("cd") <= max(slugs(found.stories), key=len)
    assert found.stories == region.of_one_archive()


def test_bands_are_made_anew_where_a_shard_did_not_know_what_is_standing_text(region: Region) -> None:
    long = " ".join(made_up(seed, 1) for seed in range(400, 420))
    for number in range(MIN_STANDING + 1):
        region.put(f"a{number}", text(made_up(number, 2), long))
    region.put("b", edited(made_up(MIN_STANDING, 2)), outlet="kabar")
    region.shards[1].archive.write("DELETE FROM near_sketches")
    found = region.of_shards()
    assert slugs(found.stories) == {frozenset((f"a{MIN_STANDING}", "b"))}
    assert found.stories == region.of_one_archive()


def test_edited_articles_stand_where_they_were_first_seen(region: Region) -> None:
    region.put("a", made_up(1))
    region.put("b", text(*STORY), outlet="kabar")
    region.put("c", text(*STORY), outlet="harian")
    region.put("a", EDITED)
    region.put("b", made_up(2), outlet="kabar")
    found = region.of_shards()
    assert slugs(found.stories) == {frozenset("ac")}
    assert found.stories == region.of_one_archive()


def test_a_story_of_more_members_than_are_asked_is_the_same(region: Region) -> None:
    for number in range(MAX_HOLDERS * 2 + 1):
        outlet = ("satu", "kabar", "harian")[number % 3]
        region.put(f"n{number}", text(*STORY[number % 3 :]), title=f"Judul {number}", outlet=outlet)
    found = region.of_shards()
    assert len(found.stories[0]["members"]) == MAX_HOLDERS * 2 + 1
    assert found.stories == region.of_one_archive()


def fill_mixed(region: Region) -> None:
    """Put closings, reprints and edits, in turns, into all shards."""
    chance = random.Random(7)
    for _ in range(60):
        outlet = chance.choice(("satu", "kabar", "harian"))
        parts = [made_up(chance.randrange(25), 2), *chance.sample(STORY, 2)[: chance.randrange(3)], CLOSING]
        region.put(f"n{chance.randrange(50)}", text(*parts), outlet=outlet)


@pytest.mark.parametrize("ahead", [1, 7, 2_000])
def test_what_is_foreseen_changes_nothing(region: Region, monkeypatch: pytest.MonkeyPatch, ahead: int) -> None:
    fill_mixed(region)
    monkeypatch.setattr(room, "MAX_ASKED", ahead)
    expected = region.of_one_archive()
    assert len(expected) > 5
    assert region.of_shards().stories == expected
    for shard in region.shards:
        shard.archive.write("DELETE FROM near_sketches")  # as if nobody knew which paragraphs were standing text
    assert region.of_shards().stories == expected


def test_the_same_options_as_of_one_archive(region: Region) -> None:
    fill_mixed(region)
    region.of_one_archive()
    found = find_stories(region.fan, outlet="kabar", limit=2).stories
    assert found == list_stories(region.whole.archive, outlet="kabar", limit=2)
    assert len(found) == 2
    with pytest.raises(UsageError, match="no shard holds anything of an outlet 'warta'"):
        find_stories(region.fan, outlet="warta")


def test_an_article_in_two_shards_is_told_of_and_counts_once(region: Region) -> None:
    region.put("a", text(*STORY))
    region.put("b", EDITED, outlet="kabar")
    region.shards[0].minutes = 90
    region.shards[0].put("b", EDITED, outlet="kabar")  # as if the outlet were just being moved
    region.shards[2].minutes = 90
    assert region.of_shards().doubles == [id_of("b", "kabar")]
    assert region.of_shards().stories == region.of_one_archive()


def test_an_article_that_changes_meanwhile_is_told(region: Region) -> None:
    region.put("a", text(*STORY))
    region.put("b", EDITED, outlet="kabar")

    def fan(step: Callable[[Path, Any], Any], question: Any, /) -> Sequence[Any]:
        answers = region.fan(step, question)
        if step is tell_numbers:
            region.put("b", made_up(1), outlet="kabar")
        return answers

    with pytest.raises(ArchiveError, match=f"article {id_of('b', 'kabar')} was changed"):
        find_stories(fan)


def test_numbers_are_told_in_the_order_of_first_seen(region: Region) -> None:
    for slug in "dacb":
        region.put(slug, text(made_up(ord(slug)), CLOSING))
    told = pickle.loads(pickle.dumps(tell_numbers(region.shards[1].archive.path, None)))
    articles = list(unpacked(told))
    assert [article.id for article in articles] == [id_of(slug, "satu") for slug in "dacb"]
    assert [len(article.keys.paragraphs) for article in articles] == [5, 5, 5, 5]
    assert [len(article.standing) for article in articles] == [0, 0, 0, 1]
    assert {len(article.keys.bands) for article in articles} == {20}
    assert articles[0].seen == int(datetime(2025, 7, 14, 1, 1, tzinfo=UTC).timestamp())


PARAGRAPHS = (*STORY, *OTHER, CLOSING, made_up(1, 1), made_up(2, 1), "Baca juga", "Mataram, 14 Juli")
PUTS = st.lists(
    st.tuples(
        st.sampled_from(("satu", "kabar", "harian", "lima")),
        st.integers(0, 9),
        st.lists(st.integers(0, len(PARAGRAPHS) - 1), max_size=5),
        st.booleans(),
    ),
    min_size=2,
    max_size=25,
)


@pytest.mark.slow
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(puts=PUTS)
def test_any_articles_have_the_same_stories(
    puts: list[tuple[str, int, list[int], bool]], tmp_path_factory: pytest.TempPathFactory, empty: Path
) -> None:
    with region_in(tmp_path_factory.mktemp("wilayah"), empty) as region:
        for outlet, number, chosen, closes in puts:
            parts = [PARAGRAPHS[place] for place in chosen] + [made_up(50 + len(outlet), 1)] * closes
            region.put(f"n{number}", text(*parts), title=f"Judul {number % 3}", outlet=outlet)
        assert region.of_shards().stories == region.of_one_archive()

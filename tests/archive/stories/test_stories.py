"""Stories: stored copies find each other, unrelated texts do not, and revisions change who belongs together."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.stories.clusters import find_story, forget_story, list_stories, rebuild_stories
from archive.stories.near_keys import MAX_HOLDERS, MIN_STANDING
from kickcrawl.compare.near import BANDS, fingerprint, lookup_keys
from kickcrawl.errors import ArchiveError
from kickcrawl.fingerprint import text_digest
from spiders.cli import main
from tests.support.storing import Shelf, id_of, shelf_in
from tests.support.texts import CLOSING, EDITED, OTHER, STORY, text

WORDS = " ".join((*STORY, *OTHER)).replace(".", "").replace(",", "").lower().split()


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with shelf_in(tmp_path) as shelf:
        yield shelf


def made_up(seed: int, paragraphs: int = 4) -> str:
    """Return a text of which no other has six words in a row."""
    choice = random.Random(seed)
    return text(*(" ".join(choice.choices(WORDS, k=25)).capitalize() + "." for _ in range(paragraphs)))


def stories(shelf: Shelf) -> set[frozenset[str]]:
    """Return the stories as sets of slugs."""
    return {
        frozenset(member["url"].rsplit("/", 1)[1] for member in story["members"])
        for story in list_stories(shelf.archive, limit=1000)
    }


def test_an_edited_reprint_elsewhere_joins_the_original(shelf: Shelf) -> None:
    shelf.put("banjir", text(*STORY), published_at=datetime(2025, 7, 14, 1, tzinfo=UTC))
    shelf.put("pasar", text(*OTHER))
    shelf.put("air-naik", EDITED, outlet="kabar", published_at=datetime(2025, 7, 14, 5, tzinfo=UTC))
    story = find_story(shelf.archive, id_of("banjir"))
    assert story is not None
    first, second = story["members"]
    assert (first["id"], first["is_first"], first["evidence"]) == (id_of("banjir"), 1, "matched")
    assert (second["id"], second["matched_id"], second["evidence"]) == (
        id_of("air-naik", "kabar"), id_of("banjir"), "near-copy",
    )  # fmt: skip
    assert 0.5 < second["share"] < 1
    assert find_story(shelf.archive, id_of("pasar")) is None


def test_the_earlier_publish_time_comes_first_whatever_was_crawled_first(shelf: Shelf) -> None:
    shelf.put("undated", text(*STORY))
    shelf.put("late", text(*STORY), published_at=datetime(2025, 7, 14, 9, tzinfo=UTC))
    shelf.put("early", text(*STORY), published_at=datetime(2025, 7, 14, 3, tzinfo=UTC))
    (story,) = list_stories(shelf.archive)
    assert [member["id"] for member in story["members"]] == [id_of("early"), id_of("late"), id_of("undated")]
    shelf.put("late", text(*STORY), published_at=datetime(2025, 7, 14, 2, tzinfo=UTC))  # the outlet corrects the time
    assert shelf.archive.value("SELECT first_id FROM stories") == id_of("late")


def test_a_short_item_joins_by_the_same_title_and_text_only(shelf: Shelf) -> None:
    shelf.put("a", STORY[0], title="Banjir")
    shelf.put("b", STORY[0].upper(), title="BANJIR", outlet="kabar")
    shelf.put("c", STORY[0], title="Sungai meluap", outlet="harian")
    assert stories(shelf) == {frozenset("ab")}


def test_photo_posts_without_words_are_no_copies_of_each_other(shelf: Shelf) -> None:
    shelf.put("a", "", title="Foto hari ini")
    shelf.put("b", "", title="Foto hari ini")
    assert stories(shelf) == set()


def test_a_closing_under_everything_joins_nobody_and_hides_no_copy(shelf: Shelf) -> None:
    for number in range(12):
        shelf.put(f"n{number}", text(made_up(number, 2), CLOSING))
    assert stories(shelf) == set()
    shelf.put("again", text(made_up(5, 2), CLOSING))
    assert stories(shelf) == {frozenset(("n5", "again"))}


def test_long_standing_text_is_not_written_again_and_again(shelf: Shelf) -> None:
    for number in range(30):
        shelf.put(f"n{number}", text(made_up(number), CLOSING))
    most = shelf.archive.value("SELECT max(n) FROM (SELECT count(*) AS n FROM near_keys GROUP BY number)")
    assert most <= MIN_STANDING


def test_keys_of_a_worker_give_what_reading_the_text_again_gives(tmp_path: Path) -> None:
    """Their digest of the article, too, and with standing text, without which they are made once more."""
    with shelf_in(tmp_path / "given") as given, shelf_in(tmp_path / "read") as read:
        for number in range(9):
            title, prose = f"Judul {number}", text(made_up(number), CLOSING)
            keys = lookup_keys(fingerprint(prose), text_digest(title, prose))
            given.put(f"n{number}", prose, title=title, keys=keys)
            read.put(f"n{number}", prose, title=title)
        for sql in ("SELECT * FROM near_keys", "SELECT * FROM near_sketches", "SELECT key, digest FROM articles"):
            assert list(map(tuple, given.archive.rows(sql))) == list(map(tuple, read.archive.rows(sql)))
        assert given.archive.count("SELECT count(*) FROM near_keys") == 9 * 4 + 9 * BANDS + MIN_STANDING


def test_a_story_of_more_members_than_are_asked_still_grows(shelf: Shelf) -> None:
    for number in range(MAX_HOLDERS * 2 + 1):
        shelf.put(f"n{number}", text(*STORY), title=f"Judul {number}", outlet=f"o{number % 3}")
    (story,) = list_stories(shelf.archive)
    assert len(story["members"]) == MAX_HOLDERS * 2 + 1


def test_an_article_that_joins_two_stories_makes_them_one(shelf: Shelf) -> None:
    head, tail = made_up(1, 4), made_up(2, 4)
    middle = made_up(3, 8)
    # Both hold the middle; each has so much of its own that they are no copies of each other.
    shelf.put("a1", text(middle.split("\n\n")[0], *middle.split("\n\n")[1:5], head, made_up(4, 3)))
    shelf.put("a2", text(middle.split("\n\n")[0], *middle.split("\n\n")[1:5], head, made_up(5, 3)))
    shelf.put("b1", text(*middle.split("\n\n")[2:8], tail, made_up(6, 6)))
    shelf.put("b2", text(*middle.split("\n\n")[2:8], tail, made_up(7, 6)))
    assert stories(shelf) == {frozenset(("a1", "a2")), frozenset(("b1", "b2"))}
    shelf.put("all", text(*middle.split("\n\n")[1:7]))
    assert stories(shelf) == {frozenset(("a1", "a2", "b1", "b2", "all"))}
    assert shelf.archive.value("SELECT count(*) FROM stories") == 1


def test_an_article_that_runs_two_others_one_after_the_other_does_not_join_them(shelf: Shelf) -> None:
    one, other = made_up(1, 5), made_up(2, 6)
    shelf.put("one", one)
    shelf.put("other", other)
    shelf.put("both", text(one, other))
    assert len(stories(shelf)) == 1
    assert all(len(members) == 2 for members in stories(shelf))


def test_a_revision_to_another_text_leaves_the_story(shelf: Shelf) -> None:
    shelf.put("a", text(*STORY))
    shelf.put("b", EDITED)
    shelf.put("b", made_up(9))
    assert stories(shelf) == set()
    assert shelf.archive.value("SELECT count(*) FROM stories") == 0
    shelf.put("c", made_up(9))
    assert stories(shelf) == {frozenset("bc")}


def test_a_revision_into_the_same_copy_joins_it(shelf: Shelf) -> None:
    shelf.put("a", text(*STORY))
    shelf.put("b", made_up(9))
    shelf.put("b", EDITED)
    assert stories(shelf) == {frozenset("ab")}


def test_those_that_hung_on_a_revised_article_find_each_other_again_under_the_same_number(shelf: Shelf) -> None:
    for slug in "abc":
        shelf.put(slug, text(*STORY), title=f"Judul {slug}")
    number = shelf.archive.value("SELECT id FROM stories")
    shelf.put("a", made_up(9), title="Judul a")
    assert stories(shelf) == {frozenset("bc")}
    assert shelf.archive.value("SELECT id FROM stories") == number


def test_an_article_that_is_taken_out_leaves_nothing_behind(shelf: Shelf) -> None:
    for slug in "abc":
        shelf.put(slug, text(*STORY), title="Banjir")
    with shelf.archive.transaction():
        forget_story(shelf.archive, id_of("b"))
    assert stories(shelf) == {frozenset("ac")}
    key = shelf.archive.value("SELECT key FROM articles WHERE id = :id", {"id": id_of("b")})
    assert not shelf.archive.value("SELECT count(*) FROM near_keys WHERE article_key = :key", {"key": key})


def test_all_stories_can_be_found_again_from_the_texts(shelf: Shelf) -> None:
    shelf.put("a", text(*STORY))
    for number in range(8):
        shelf.put(f"n{number}", text(made_up(number), CLOSING))
    shelf.put("b", EDITED, outlet="kabar")
    shelf.put("c", text(made_up(4), CLOSING), outlet="kabar")
    before = stories(shelf)
    assert before == {frozenset("ab"), frozenset(("n4", "c"))}
    rebuild_stories(shelf.archive)
    assert stories(shelf) == before


def test_what_is_not_stored_is_in_no_story(shelf: Shelf) -> None:
    def put_and_fail() -> None:
        with shelf.archive.transaction():
            shelf.put("b", EDITED)
            shelf.archive.write("INSERT INTO runs (outlet) VALUES ('warta')")  # fails: a run has a start

    shelf.put("a", text(*STORY))
    with pytest.raises(ArchiveError):
        put_and_fail()
    assert stories(shelf) == set()
    assert shelf.archive.value("SELECT count(DISTINCT article_key) FROM near_keys") == 1


def test_the_look_up_is_served_by_indexes(shelf: Shelf) -> None:
    plan = shelf.archive.rows(
        "EXPLAIN QUERY PLAN SELECT article_key FROM near_keys WHERE number = 1 ORDER BY article_key DESC LIMIT 20"
    )
    assert [row["detail"] for row in plan] == ["SEARCH near_keys USING PRIMARY KEY (number=?)"]


def test_stories_and_show_name_the_other_copies(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        shelf.put("banjir", text(*STORY))
        shelf.put("air-naik", EDITED, outlet="kabar")
        shelf.put("pasar", text(*OTHER), outlet="harian")
    run = CliRunner().invoke
    options = ["--archive", str(tmp_path / "archive.db")]
    listed = run(main, ["stories", *options])
    assert listed.exit_code == 0
    assert id_of("banjir") in listed.output
    assert id_of("air-naik", "kabar") in listed.output
    (story,) = json.loads(run(main, ["stories", "--outlet", "kabar", "--json", *options]).output)
    assert [member["outlet"] for member in story["members"]] == ["warta", "kabar"]
    assert json.loads(run(main, ["stories", "--outlet", "harian", "--json", *options]).output) == []
    shown = run(main, ["show", id_of("banjir"), *options]).output
    assert "[same copy] Air Naik  https://kabar.example/air-naik" in shown
    assert "[same copy]" not in run(main, ["show", id_of("pasar", "harian"), *options]).output
    assert json.loads(run(main, ["show", id_of("banjir"), "--json", *options]).output)["story"]["story"] == 1

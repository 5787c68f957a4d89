"""Words of many articles with something else beside them: gathered in a table, they are what a plain question finds."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from archive.database import Archive, open_archive
from archive.query import gathered, sets
from archive.query.choice import Choice
from archive.query.choose import choose, count
from archive.query.condition import condition
from archive.query.gathered import gather, is_worth_gathering
from archive.query.hits import find
from archive.query.own_tables import own_tables
from tests.support.storing import shelf_in

COUNT = 60
AUTHORS = (("Ani",), ("Ani", "Budi"), ("Cici",))
CHOICES = {
    "an outlet": Choice(outlet="kabar"),
    "a section": Choice(section="desa"),
    "an author": Choice(author="ANI"),
    "an author of an outlet": Choice(author="Budi", outlet="warta"),
    "days": Choice(since=date(2024, 1, 10), until=date(2024, 2, 3)),
    "days of an outlet": Choice(since=date(2024, 1, 10), outlet="warta"),
    "no copies": Choice(originals=True),
    "no copies, of an author in a section": Choice(originals=True, author="Ani", section="Desa"),
    "nobody's": Choice(author="Nobody"),
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with shelf_in(tmp_path_factory.mktemp("gathered")) as shelf:
        for number in range(COUNT):
            words = ["banjir"] * (number % 3 > 0) + ["gempa"] * (number % 2)
            shelf.put(
                f"kabar-{number}",
                f"{' '.join(words)} di desa {number % 7}, kata warga yang ke-{number} pada hari itu.",
                outlet=("warta", "kabar")[number % 2],
                authors=AUTHORS[number % 3],
                sections=("Desa",) if number % 4 else ("Kota", "Desa"),
                published_at=datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=number * 17 % COUNT),
            )
        ids = [row["id"] for row in shelf.archive.rows("SELECT id FROM articles ORDER BY key LIMIT 4")]
        shelf.archive.write("INSERT INTO stories (id, first_id) VALUES (1, :first)", {"first": ids[0]})
        member = "INSERT INTO story_members (story_id, article_id, share, evidence) VALUES (1, ?, 1, 'matched')"
        shelf.archive.write_many(member, [(one,) for one in ids])
        path = shelf.archive.path
        reader = open_archive(path, read_only=True)
        yield reader
        reader.close()


@pytest.fixture(autouse=True, params=[1, 8_000], ids=["many", "few"])
def of_many(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """From how many articles on they are of many."""
    monkeypatch.setattr(gathered, "MAX_LOOKED_UP", 1)
    monkeypatch.setattr(sets, "MAX_LOOKED_UP", request.param)
    return int(request.param)


@pytest.mark.parametrize("fewer", [1, 1_000], ids=["the rest is met while the index is read", "or afterwards"])
@pytest.mark.parametrize("most", [3, COUNT])
@pytest.mark.parametrize("words", ["banjir", "banjir OR gempa", "ban*"])
@pytest.mark.parametrize("name", CHOICES)
def test_gathered_are_those_that_a_plain_question_finds(
    archive: Archive, name: str, words: str, most: int, fewer: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathered, "_FEWER", fewer)
    choice = replace(CHOICES[name], words=words)
    asked = condition(archive, choice)
    assert is_worth_gathering(asked)
    expected = list(choose(archive, choice, order="newest"))
    total, keys = gather(archive, asked, most)
    assert total == len(expected) == count(archive, choice)
    assert len(keys) == min(most, total)
    assert keys == expected[:most] if total > most else set(keys) == set(expected)
    assert archive.count("SELECT count(*) FROM temp.gathered") == 0


def test_connection_that_begins_transactions_of_its_own_sees_what_is_stored_later(archive: Archive) -> None:
    """As Datasette opens it."""
    with closing(sqlite3.connect(f"file:{archive.path}?mode=ro", uri=True)) as plain:
        plain.row_factory = sqlite3.Row
        reader = Archive(archive.path, plain)
        gather(reader, condition(reader, Choice(words="banjir", outlet="kabar")), 3)
        find(reader, Choice(words="ban*"))
        assert not plain.in_transaction


def test_rest_of_an_interrupted_question_does_no_harm(archive: Archive) -> None:
    with own_tables(archive):
        archive.write("CREATE TEMP TABLE IF NOT EXISTS gathered (key INTEGER PRIMARY KEY)")
        archive.write("INSERT INTO temp.gathered SELECT key FROM articles")
    choice = Choice(words="banjir", outlet="kabar")
    assert gather(archive, condition(archive, choice), 3)[0] == count(archive, choice) < COUNT


@pytest.mark.parametrize("choice", [Choice(words="banjir", outlet="kabar"), Choice(words="ban*")])
def test_question_may_be_asked_while_the_articles_of_another_are_read(archive: Archive, choice: Choice) -> None:
    expected = find(archive, choice)
    read = choose(archive, Choice(), order="newest")
    first = next(read)
    assert find(archive, choice) == expected
    assert [first, *read] == list(choose(archive, Choice(), order="newest"))


def test_each_choice_but_one_finds_some_and_not_all(archive: Archive) -> None:
    found = {name: count(archive, choice) for name, choice in CHOICES.items()}
    assert {name for name, number in found.items() if not 0 < number < COUNT} <= {"nobody's", "a section"}


def test_words_alone_and_denials_are_not_gathered(archive: Archive) -> None:
    assert not is_worth_gathering(condition(archive, Choice(words="banjir")))
    assert not is_worth_gathering(condition(archive, Choice(words="NOT banjir", outlet="kabar")))
    assert not is_worth_gathering(condition(archive, Choice(outlet="kabar")))


@pytest.mark.parametrize("name", ["an author", "no copies, of an author in a section"])
def test_name_in_more_lists_than_one_value_may_hold_is_sought_article_by_article(
    archive: Archive, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = [list(choose(archive, replace(CHOICES[name], words=words))) for words in (None, "banjir")]
    monkeypatch.setattr(sets, "MAX_LISTS", 0)
    assert [list(choose(archive, replace(CHOICES[name], words=words))) for words in (None, "banjir")] == expected
    assert "json_each(:authors)" not in condition(archive, CHOICES[name]).others
    assert all(expected)


def test_name_is_found_in_an_archive_without_an_index_of_lists(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_index = list(choose(archive, Choice(author="budi")))
    monkeypatch.setattr(sets, "INDEX", "no_index_{column}")
    assert list(choose(archive, Choice(author="budi"))) == with_index != []

"""A beginning of words whose lists are too long is sought in the newest articles, and it is said; all others in all."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.database import Archive, open_archive
from archive.query import beginnings, hits
from archive.query.beginnings import beginnings_of, pages_of
from archive.query.choice import Choice
from archive.query.choose import choose, count
from archive.query.hits import Found, find
from archive.query.match import match_as_written
from spiders.cli import main
from tests.support.storing import shelf_in

COUNT = 40
SOUGHT = 10  # of these, the newest
_WORDS = ["banjir", "bandara", "bangau", "gempa"]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with shelf_in(tmp_path_factory.mktemp("beginnings")) as shelf:
        for number in range(COUNT):
            text = (
                f"Kabar {_WORDS[number % 4]} di desa {number % 7}.\n\nKata warga: bantuan ke-{number} datang kemarin."
            )
            at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=number)
            shelf.put(f"kabar-{number}", text if number % 5 else "Gempa.", title=f"Kabar {number}", published_at=at)
        return shelf.archive.path


@pytest.fixture(scope="module")
def archive(path: Path) -> Iterator[Archive]:
    archive = open_archive(path, read_only=True)
    yield archive
    archive.close()


@pytest.fixture
def all_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beginnings, "MAX_PAGES", -1)
    monkeypatch.setattr(beginnings, "MAX_SOUGHT", SOUGHT)


def ids(found: Found) -> list[str]:
    return [hit.id for hit in found.hits]


def ids_of(archive: Archive, choice: Choice) -> list[str]:
    """Return all articles of a choice, the newest first."""
    keys = choose(archive, choice, order="newest")
    return [archive.text("SELECT id FROM articles WHERE key = :key", {"key": key}) or "" for key in keys]


@pytest.mark.parametrize(
    "words", ["ban*", "ban* gempa", "gempa NOT band*", "NOT ban*", "kata-war*", "judul:kab*", "gempa OR ba*", "-x*"]
)
@pytest.mark.parametrize("order", ["relevance", "newest"])
@pytest.mark.usefixtures("all_too_long")
def test_those_are_found_that_are_among_the_newest(archive: Archive, words: str, order: hits.Order) -> None:
    newest = ids_of(archive, Choice())[:SOUGHT]
    expected = [one for one in ids_of(archive, Choice(words=words)) if one in newest]
    found = find(archive, Choice(words=words), order=order)
    assert ids(found) == expected
    assert (found.total, found.sought, found.ranked) == (len(expected), SOUGHT, None)
    assert ids(find(archive, Choice(words=words), order=order, limit=2)) == expected[:2]


@pytest.mark.usefixtures("all_too_long")
def test_what_else_is_asked_for_is_met_before(archive: Archive) -> None:
    choice = Choice(words="ban*", until=date(2024, 1, 6))
    found = find(archive, choice)
    assert ids(found) == ids_of(archive, choice) != []
    assert (found.sought, found.is_unranked) == (None, True)  # as no more than SOUGHT meet the rest
    assert not find(archive, choice, order="newest").is_unranked


@pytest.mark.parametrize(("days", "sought"), [(SOUGHT, None), (SOUGHT + 1, SOUGHT)])
@pytest.mark.usefixtures("all_too_long")
def test_bound_is_told_only_where_more_fit_the_rest(archive: Archive, days: int, sought: int | None) -> None:
    choice = Choice(words="ban*", until=date(2023, 12, 31) + timedelta(days=days))
    assert find(archive, choice).sought == sought


@pytest.mark.usefixtures("all_too_long")
def test_oldest_first_and_counts_are_of_all(archive: Archive) -> None:
    found = find(archive, Choice(words="ban*"), order="oldest", limit=None)
    assert ids(found) == ids_of(archive, Choice(words="ban*"))[::-1]
    assert (found.total, found.sought) == (count(archive, Choice(words="ban*")), None)


@pytest.mark.parametrize("words", ["ban*", "banjir", "bangau NOT desa"])
def test_other_questions_are_sought_in_all(archive: Archive, words: str) -> None:
    found = find(archive, Choice(words=words), limit=None)
    assert set(ids(found)) == set(ids_of(archive, Choice(words=words)))
    assert (found.total, found.sought) == (count(archive, Choice(words=words)), None)


def test_pieces_of_text_are_those_of_the_whole_index(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    few = find(archive, Choice(words="ban* OR warga"))
    monkeypatch.setattr(hits, "MAX_SOUGHT", 0)
    assert few == find(archive, Choice(words="ban* OR warga"))
    assert any("[banjir]" in hit.snippet for hit in few.hits)


def test_pages_of_a_beginning_are_those_that_its_words_fill(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        assert pages_of(shelf.archive, "kata") == 0
        for at in range(3):  # three segments of the index
            words = " ".join(f"kata{number:04}x{at}" for number in range(2_000))
            shelf.put(f"panjang-{at}", f"Amat {words} zaman.")
        pages = {word: pages_of(shelf.archive, word) for word in ("kata", "kata1", "kata00001", "a", "z")}
        assert pages["kata"] > pages["kata1"] > 0
        assert (pages["kata00001"], pages["z"]) == (0, 0)
        everything = shelf.archive.count("SELECT sum(length(block)) FROM articles_fts_data WHERE id > 10") / 4_050
        assert everything / 2 < pages["kata"] <= everything + 3


@pytest.mark.parametrize(
    ("words", "expected"),
    [("banjir gempa", []), ("kata-war* NOT Bán*", ["war", "ban"]), ("judul:ka* OR ka*", ["ka", "ka"])],
)
def test_beginnings_are_those_that_are_sought(words: str, expected: list[str]) -> None:
    found = match_as_written(words)
    assert found is not None
    assert beginnings_of(found) == expected


@pytest.mark.usefixtures("all_too_long")
def test_command_says_in_how_many_it_sought(path: Path) -> None:
    done = CliRunner().invoke(main, ["search", "ban*", "--archive", str(path)])
    assert f"too many words begin so: sought in the newest {SOUGHT} articles that fit the rest" in done.stderr
    assert "too many words" not in CliRunner().invoke(main, ["search", "banjir", "--archive", str(path)]).stderr
    few = CliRunner().invoke(main, ["search", "ban*", "--until", "2024-01-06", "--archive", str(path)])
    assert "too many words begin so to be ranked: the newest come first" in few.stderr
    assert "sought in" not in few.stderr

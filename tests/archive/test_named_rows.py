"""Naming many candidates at a time writes what naming them one by one would, and of what is as it was only the time."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from archive import frontier, named_rows
from archive.database import Archive, open_archive
from archive.named_rows import MAX_ROWS, apart
from archive.runs import start_run
from kickcrawl.article import Candidate, Claim, Moment, SeedKind
from kickcrawl.dates import to_iso
from tests.support.storing import NOW, OUTLET

LATER = NOW + timedelta(hours=2)
AT = Moment(NOW - timedelta(days=2), 480)
TITLE = Claim(field="title", value="Panen padi", source="feed")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        start_run(archive, OUTLET, {}, NOW)
        yield archive


def candidate(slug: str = "padi", seed: SeedKind = "sitemap", **fields: Any) -> Candidate:
    return Candidate(url=f"https://warta.example/2025/07/{slug}", seed=seed, **fields)


def rows(archive: Archive) -> list[tuple[object, ...]]:
    return [tuple(row) for row in archive.rows("SELECT * FROM frontier ORDER BY url")]


def with_all_of(again: Candidate, archive: Archive) -> list[tuple[object, ...]]:
    """Return the frontier as it is with all columns of *again* written, and leave it as it was."""
    known = archive.row("SELECT * FROM frontier WHERE url = :url", {"url": again.url})
    assert known is not None
    due = frontier.is_due(again, known, LATER)
    archive.write("BEGIN")
    archive.write(named_rows._NAME, named_rows._row("warta", again, known, due, to_iso(LATER)))
    written = rows(archive)
    archive.write("ROLLBACK")
    return written


@pytest.mark.parametrize("state", ["due", "leased", "done", "rejected", "excluded", "gone"])
@pytest.mark.parametrize(
    "again",
    [
        pytest.param(candidate(published=AT, modified=AT, title="Panen padi", claims=(TITLE,)), id="the same"),
        pytest.param(candidate(), id="less"),
        pytest.param(candidate(seed="feed"), id="by a seed that covers nothing"),
        pytest.param(candidate(modified=Moment(LATER, 480)), id="edited"),
        pytest.param(candidate(modified=Moment(AT.at - timedelta(days=1), 0)), id="an earlier change"),
        pytest.param(candidate(modified=AT, modified_until=AT.at + timedelta(days=1)), id="a day in place of a time"),
        pytest.param(candidate(title="Panen raya padi"), id="another title"),
        pytest.param(candidate(native_id="7"), id="a number"),
        pytest.param(candidate(is_post=True), id="a post"),
        pytest.param(candidate(protected=True), id="locked"),
    ],
)
def test_what_is_named_again_is_as_if_all_of_it_were_written(archive: Archive, again: Candidate, state: str) -> None:
    first = candidate(published=AT, modified=AT, title="Panen padi", claims=(TITLE,))
    frontier.name(archive, "warta", [first], NOW)
    values = {"state": state, "at": to_iso(NOW), "url": first.url}
    archive.write("UPDATE frontier SET state = :state, checked_at = :at, dropped_at = :at WHERE url = :url", values)
    expected = with_all_of(again, archive)
    frontier.name(archive, "warta", [again], LATER)
    assert rows(archive) == expected


def test_an_address_that_stands_twice_in_a_list_is_new_once_and_has_what_both_say(archive: Archive) -> None:
    named = frontier.name(archive, "warta", [candidate(title="Panen padi"), candidate(native_id="7")], NOW)
    assert (named.new, named.known) == (1, 1)
    (row,) = archive.rows("SELECT title, native_id FROM frontier")
    assert tuple(row) == ("Panen padi", "7")


@pytest.mark.parametrize(
    ("candidates", "sizes"),
    [
        ([], []),
        ([candidate("a"), candidate("b")], [2]),
        ([candidate("a"), candidate("b"), candidate("a")], [2, 1]),
        ([candidate("a"), candidate("b", "feed"), candidate("c", "feed")], [1, 2]),
        ([candidate(str(number)) for number in range(MAX_ROWS + 3)], [MAX_ROWS, 3]),
    ],
)
def test_parts_hold_all_in_order(candidates: Sequence[Candidate], sizes: Sequence[int]) -> None:
    parts = list(apart(candidates))
    assert [len(part) for part in parts] == sizes
    assert [one for part in parts for one in part] == list(candidates)

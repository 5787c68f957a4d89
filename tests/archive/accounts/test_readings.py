"""A run's articles held against those before it: what is read otherwise is told once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.accounts.readings import READ_OTHERWISE, what_changed
from archive.runs import end_run
from kickcrawl.reading import Reading
from tests.support.storing import NOW, Shelf, shelf_in

HOSTS = {"warta.example"}


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with shelf_in(tmp_path) as shelf:
        yield shelf


def put_many(shelf: Shelf, name: str, count: int, read: int, rule: str = "beside", outlet: str = "warta") -> int:
    """Store so many articles of whose 1000 characters *read* were read; return the run that did."""
    reading = Reading(body="html/body/main", prose=1000, read=read, cut=((rule, 1000 - read),))
    for number in range(count):
        shelf.put(f"{name}-{number}", f"{name} {number}", reading=reading, outlet=outlet)
    return shelf.archive.count("SELECT max(id) FROM runs")


def next_run(shelf: Shelf, counts: dict[str, int]) -> None:
    """End the run with *counts*; what is put next belongs to another, which begins now."""
    run = shelf.archive.count("SELECT max(id) FROM runs")
    end_run(shelf.archive, run, "complete", NOW, counts=counts, seeds=[])
    shelf.begin_again()


def test_new_articles_of_which_less_is_read_are_told_and_the_next_run_is_held_against_them(shelf: Shelf) -> None:
    first = put_many(shelf, "lama", 40, 900)
    assert what_changed(shelf.archive, first, HOSTS) is None
    next_run(shelf, {})
    second = put_many(shelf, "baru", 40, 600, "foreign box")
    told = what_changed(shelf.archive, second, HOSTS)
    assert told is not None
    assert "60% of the prose is read (90% was)" in told
    assert "40% is left out as 'foreign box' (0% was)" in told
    assert what_changed(shelf.archive, second, {"salinan.example"}) is None
    next_run(shelf, {READ_OTHERWISE: 1})
    third = put_many(shelf, "kini", 10, 600, "foreign box")
    assert what_changed(shelf.archive, third, HOSTS) is None
    next_run(shelf, {})
    fourth = put_many(shelf, "nanti", 10, 900)
    assert "90% of the prose is read (60% was)" in (what_changed(shelf.archive, fourth, HOSTS) or "")


def test_articles_of_which_it_was_not_noted_and_those_of_other_outlets_are_no_measure(shelf: Shelf) -> None:
    put_many(shelf, "lama", 40, 900)
    put_many(shelf, "kabar", 40, 900, outlet="kabar")
    shelf.archive.write("UPDATE articles SET read_share = NULL, left_out = NULL WHERE outlet = 'warta'")
    next_run(shelf, {})
    assert what_changed(shelf.archive, put_many(shelf, "baru", 10, 600), HOSTS) is None


def test_figures_of_an_article_are_those_of_its_last_reading_and_make_no_revision(shelf: Shelf) -> None:
    columns = "SELECT read_share, left_out, pages_missing, revision FROM articles"
    for read, cut in ((900, {"beside": 100}), (600, {"filler": 400})):
        put_many(shelf, "sama", 1, read, next(iter(cut)))
        (row,) = shelf.archive.rows(columns)
        assert tuple(row) == (read / 1000, str(cut).replace("'", '"'), 0, 1)

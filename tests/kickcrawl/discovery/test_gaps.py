"""What a list has left out between the articles that it still names."""

from datetime import UTC, datetime, timedelta

import pytest

from kickcrawl.discovery.gaps import Entry, find_gaps

NEWEST = datetime(2025, 7, 14, 1, tzinfo=UTC)


def entries(named: str) -> list[Entry]:
    """Return one entry a day, the newest first: "1" is named today, "0" was named before."""
    days = enumerate(named)
    return [Entry(url=f"/{n}", published=NEWEST - timedelta(days=n), is_named=mark == "1") for n, mark in days]


@pytest.mark.parametrize(
    ("named", "gaps"),
    [
        pytest.param("1101111111", ["/2"], id="one between others"),
        pytest.param("0111111111", ["/0"], id="the newest"),
        pytest.param("1111110000", [], id="older ones have left the window"),
        pytest.param("1110111011" + "0" * 30, ["/3", "/7"], id="two, and a window"),
        pytest.param("1010010001", [], id="a front page made by hand"),
        pytest.param("1" + "10" * 2 + "1" * 20, ["/2", "/4"], id="two in a long list"),
        pytest.param("11", [], id="too few to make a span"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_what_is_missing_between_named_articles_is_a_gap(named: str, gaps: list[str]) -> None:
    assert find_gaps(entries(named)) == gaps


def test_day_that_the_oldest_entry_shares_tells_nothing() -> None:
    same = [Entry(url=f"/{n}", published=NEWEST, is_named=n != 2) for n in range(5)]
    assert find_gaps(same) == []

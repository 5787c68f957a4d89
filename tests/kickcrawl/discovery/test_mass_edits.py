"""A list that calls everything edited is believed of its newest articles only."""

from datetime import UTC, datetime, timedelta

import pytest

from kickcrawl.article import Candidate, Moment
from kickcrawl.discovery.mass_edits import SAMPLES, are_mass_edits, without_mass_edits

NOW = datetime(2025, 7, 14, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("edited", "known", "expected"),
    [
        pytest.param(18, 0, True, id="all"),
        pytest.param(18, 4, True, id="nearly all"),
        pytest.param(18, 10, False, id="many"),
        pytest.param(7, 0, False, id="all of a few"),
        pytest.param(0, 0, False, id="none"),
    ],
)
def test_edits_of_nearly_all_are_no_newsrooms(edited: int, known: int, expected: bool) -> None:
    assert are_mass_edits(edited, known) is expected


def test_newest_are_still_looked_at() -> None:
    days = [3, 0, 2, 5, 1, 4]
    named = [
        Candidate(url=f"/{day}", seed="feed", published=Moment(NOW - timedelta(days=day), 0), modified=Moment(NOW, 0))
        for day in days
    ]
    assert [one.url for one in without_mass_edits(named) if one.modified] == ["/0", "/2", "/1"]
    assert [one.url for one in without_mass_edits(named)] == [one.url for one in named]
    assert SAMPLES == 3

"""Spans of lists: windows of news sitemaps, feeds that reach back to what is known."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kickcrawl.article import Candidate, Moment
from kickcrawl.discovery.span import Span, horizon, is_by_change, is_news_window, reaches_known, span_of

NOW = datetime(2025, 7, 20, tzinfo=UTC)


def listed(*ages: float | None) -> list[Candidate]:
    """Candidates of so many days ago, named /0, /1 and so on in the list's order."""
    return [
        Candidate(
            url=f"https://warta.example/{number}",
            seed="feed",
            published=None if age is None else Moment(NOW - timedelta(days=age), 480),
        )
        for number, age in enumerate(ages)
    ]


def test_span_is_from_the_oldest_to_the_newest_time() -> None:
    assert span_of(listed(3, None, 1, 9)) == Span(oldest=NOW - timedelta(days=9), newest=NOW - timedelta(days=1))
    assert span_of(listed(None)) is None


@pytest.mark.parametrize(
    ("ages", "is_window"),
    [
        pytest.param((0.1, 1, 2), True, id="two days"),
        pytest.param((0, 6, 13), True, id="two weeks"),
        pytest.param((1, 700), False, id="two years with tags"),
        pytest.param((1, 2, None), False, id="one without tags"),
        pytest.param((None, None), False, id="none has tags"),
        pytest.param((), False, id="nothing"),
    ],
)
def test_news_window_is_told_by_its_times_and_not_by_its_tags(ages: tuple[float | None, ...], is_window: bool) -> None:
    assert is_news_window(listed(*ages), NOW) is is_window


@pytest.mark.parametrize(
    ("ages", "known", "reaches"),
    [
        pytest.param((1, 2, 3), {2}, True, id="the oldest is known"),
        pytest.param((1, 2, 3), set(), False, id="all are new"),
        pytest.param((1, 2, 3), {1}, False, id="one in the middle might be a second address"),
        pytest.param((1, 2, 3, 4), {1, 2}, True, id="two are known, an old one was added behind"),
        pytest.param((90, 1, 2, 3), {0}, False, id="the pinned one is known"),
        pytest.param((90, 1, 2, 3), {0, 3}, True, id="the pinned one and the oldest"),
        pytest.param((3, 2, 1), {0}, True, id="oldest first"),
        pytest.param((3, 2, 1), {2}, False, id="oldest first, the newest is known"),
        pytest.param((None, None, None), {2}, True, id="without times, in the list's order"),
        pytest.param((None, None, None), {0}, False, id="without times, the first is known"),
        pytest.param((), set(), False, id="nothing"),
        pytest.param((5,), {0}, True, id="one"),
    ],
)
def test_feed_reaches_what_is_known(ages: tuple[float | None, ...], known: set[int], reaches: bool) -> None:
    urls = {f"https://warta.example/{number}" for number in known}
    assert reaches_known(listed(*ages), urls.__contains__) is reaches


@pytest.mark.parametrize(
    ("ages", "oldest"),
    [
        pytest.param((1, 2, 3), 3, id="newest first"),
        pytest.param((90, 1, 2), 2, id="newest first behind a pinned one"),
        pytest.param((3, 2, 1), None, id="oldest first"),
        pytest.param((2, 1), None, id="two, oldest first"),
        pytest.param((2, 9, 1, 5, 3), None, id="in no order"),
        pytest.param((1, None, 3), None, id="one without a time"),
        pytest.param((1,), None, id="one alone has no order"),
        pytest.param((), None, id="nothing"),
    ],
)
def test_nothing_behind_a_page_is_newer_than_its_oldest_if_it_is_in_order(
    ages: tuple[float | None, ...], oldest: float | None
) -> None:
    assert horizon(listed(*ages)) == (None if oldest is None else NOW - timedelta(days=oldest))


def test_list_by_last_change_ends_at_its_oldest_change() -> None:
    changed = [
        replace(one, modified=Moment(NOW - timedelta(days=days), None))
        for one, days in zip(listed(300, 2, 40), (1, 2, 3), strict=True)
    ]
    assert horizon(changed) == NOW - timedelta(days=3)


@pytest.mark.parametrize(
    ("published", "modified", "by_change"),
    [
        pytest.param((5, 300, 2, 9, 8), (0.1, 0.2, 1, 3, 4), True, id="old ones came back to the top"),
        pytest.param((1, 2, 3), (0.9, 1.9, 2.9), False, id="no edit has changed the order"),
        pytest.param((1, 2, 3), (0.9, 0.1, 2.9), False, id="by publish time, one was edited"),
        pytest.param((5, 1, 9), (None, None, None), False, id="no change is told"),
        pytest.param((), (), False, id="nothing"),
    ],
)
def test_only_a_list_by_last_change_tells_all_edits(
    published: tuple[float, ...], modified: tuple[float | None, ...], by_change: bool
) -> None:
    named = [
        replace(one, modified=None if days is None else Moment(NOW - timedelta(days=days), None))
        for one, days in zip(listed(*published), modified, strict=True)
    ]
    assert is_by_change(named) is by_change

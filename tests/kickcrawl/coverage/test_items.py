"""To which day of the newsroom an article belongs, and how late it came."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kickcrawl.coverage.items import Times, day_of_item, delay_of, make_item, state_of_rejection

MATARAM = ZoneInfo("Asia/Makassar")
NAMED = datetime(2025, 7, 14, 20, tzinfo=UTC)  # the 15th in Mataram
EARLY = datetime(2025, 7, 13, 17, tzinfo=UTC)  # the 14th in Mataram
YEARS_AHEAD = datetime(2035, 7, 14, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("times", "day", "by"),
    [
        pytest.param(Times(first_named=NAMED), date(2025, 7, 15), "first named", id="nothing else is known"),
        pytest.param(Times(first_named=NAMED, seed=EARLY), date(2025, 7, 14), "seed", id="the newsroom's own night"),
        pytest.param(
            Times(first_named=NAMED, seed=EARLY, article=NAMED), date(2025, 7, 15), "article", id="the article's first"
        ),
        pytest.param(
            Times(first_named=NAMED, address_day=date(2025, 7, 12)), date(2025, 7, 12), "address", id="of its address"
        ),
        pytest.param(
            Times(first_named=NAMED, address_day=YEARS_AHEAD.date()),
            date(2025, 7, 15),
            "first named",
            id="an appointment",
        ),
        pytest.param(
            Times(first_named=NAMED, seed=YEARS_AHEAD), date(2025, 7, 15), "first named", id="ten years ahead"
        ),
        pytest.param(Times(first_named=NAMED, article=EPOCH, seed=EARLY), date(2025, 7, 14), "seed", id="1970"),
        pytest.param(
            Times(first_named=NAMED, changed=EARLY), date(2025, 7, 14), "last change", id="not after its change"
        ),
        pytest.param(
            Times(first_named=EARLY, changed=NAMED), date(2025, 7, 14), "first named", id="changed afterwards"
        ),
        pytest.param(
            Times(first_named=NAMED, address_month=date(2025, 6, 1)),
            date(2025, 6, 30),
            "month in its address",
            id="June",
        ),
        pytest.param(
            Times(first_named=NAMED, changed=EARLY, address_month=date(2025, 7, 1)),
            date(2025, 7, 14),
            "month in its address",
            id="this month, not after its change",
        ),
        pytest.param(
            Times(first_named=EARLY, address_month=date(2025, 8, 1)), date(2025, 7, 14), "first named", id="to come"
        ),
        pytest.param(Times(archived=NAMED), date(2025, 7, 15), "first named", id="named by nobody"),
    ],
)
def test_day_is_told_by_the_best_time_that_can_be_true(times: Times, day: date, by: str) -> None:
    assert day_of_item(times, MATARAM) == (day, by)


def test_delay_runs_from_publication_else_from_first_naming_and_is_never_below_zero() -> None:
    later = NAMED + timedelta(hours=30)
    assert delay_of(Times(article=EARLY, first_named=NAMED, archived=later)) == later - EARLY
    assert delay_of(Times(first_named=NAMED, archived=later)) == timedelta(hours=30)
    assert delay_of(Times(article=later, archived=NAMED)) == timedelta(0)
    assert delay_of(Times(first_named=NAMED)) is None


def test_article_is_late_when_it_came_more_than_a_day_after_its_publication() -> None:
    made = [
        make_item(Times(article=NAMED, archived=NAMED + timedelta(hours=hours)), MATARAM, "archived")
        for hours in (23, 25)
    ]
    assert [item.is_late for item in made] == [False, True]


def test_rejected_page_is_missing_unless_it_was_of_another_kind() -> None:
    assert [state_of_rejection(reason) for reason in ("list-page", "block-page", None)] == [
        "other", "rejected", "rejected",
    ]  # fmt: skip

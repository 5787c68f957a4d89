"""What a day's row says: who could tell, what is missing, and how sure it is."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kickcrawl.coverage.items import Item, ItemState
from kickcrawl.coverage.reach import Reach, joined, seeds_of_day
from kickcrawl.coverage.rows import Row, by_month, day_rows, summed

ZONE = ZoneInfo("Asia/Makassar")
DAY = date(2025, 7, 14)
START = datetime(2025, 7, 13, 16, tzinfo=UTC)
END = START + timedelta(days=1)
WHOLE = Reach(seed="rest", since=None, until=END)


def item(state: ItemState = "archived", day: date = DAY, reason: str | None = None) -> Item:
    delay = timedelta(hours=2) if state == "archived" else None
    return Item(day=day, dated_by="article", state=state, reason=reason, seeds=frozenset({"rest"}), delay=delay)


def row_of(items: Sequence[Item], *reaches: Reach, proven: Sequence[str] = ()) -> Row:
    [row] = day_rows(items, ZONE, reaches, lambda _: frozenset(proven), DAY, DAY)
    return row


@pytest.mark.parametrize(
    ("items", "reaches", "proven", "state"),
    [
        pytest.param([item()], [WHOLE], ["rest"], "complete", id="counted, and all there"),
        pytest.param([], [WHOLE], ["rest"], "complete", id="a day without news"),
        pytest.param([item()], [WHOLE], [], "named", id="nobody counts"),
        pytest.param([item(), item("waiting")], [WHOLE], ["rest"], "missing", id="one waits"),
        pytest.param([item(), item("excluded"), item("other")], [WHOLE], ["rest"], "complete", id="none is wanted"),
        pytest.param([item()], [Reach(seed="feed", since=START, until=END)], [], "named", id="a window"),
        pytest.param([item()], [Reach(seed="feed", since=START + timedelta(hours=1), until=END)], [], "partly",
                     id="a window that begins at one in the night"),
        pytest.param([item()], [Reach(seed="rest", since=None, until=END - timedelta(hours=1))], ["rest"], "partly",
                     id="the day is not over"),
        pytest.param([item()], [Reach(seed="feed", since=END, until=END + timedelta(days=1))], [], "unknown",
                     id="before the reach"),
        pytest.param([item()], [], [], "unknown", id="no seed was ever read"),
    ],
)  # fmt: skip
def test_state_of_a_day_says_who_could_tell(
    items: list[Item], reaches: list[Reach], proven: list[str], state: str
) -> None:
    assert row_of(items, *reaches, proven=proven).state == state


def test_row_counts_what_is_wanted_and_what_is_there() -> None:
    items = [item(), item(), item("gone", reason="HTTP 404"), item("excluded", reason="password"), item("other")]
    row = row_of(items, WHOLE)
    assert (row.wanted, row.archived, row.missing, row.share) == (3, 2, 1, 2 / 3)
    assert row.reasons["gone"] == {"HTTP 404": 1}
    assert (row.median_delay, row.late) == (timedelta(hours=2), 0)


def test_months_add_their_days_up_and_are_told_by_who_reaches_all_of_them() -> None:
    feed = Reach(seed="feed", since=START, until=END)
    days = day_rows([item(), item(day=date(2025, 8, 1))], ZONE, [feed], lambda _: frozenset(), DAY, date(2025, 8, 2))
    july, august = by_month(days)
    assert (july.label, july.archived, dict(july.days)) == ("2025-07", 1, {"named": 1, "unknown": 17})
    assert (august.label, august.archived, dict(august.days)) == ("2025-08", 1, {"unknown": 2})
    assert (july.told_by, july.state) == ((), "unknown")
    assert summed("total", days[:1]).told_by == ("feed",)


def test_seed_reaches_a_day_whole_or_in_part() -> None:
    half = Reach(seed="listing", since=START + timedelta(hours=12), until=END + timedelta(days=9))
    assert seeds_of_day(DAY, ZONE, [WHOLE, half]) == {"rest": "whole", "listing": "part"}


@pytest.mark.parametrize(
    ("known", "fresh", "span", "touched"),
    [
        ([], ("3", "5"), ("3", "5"), 0),
        ([("3", "5")], ("4", "7"), ("3", "7"), 1),
        ([("3", "5")], ("6", "7"), ("6", "7"), 0),
        ([("1", "3"), ("5", "7")], ("2", "6"), ("1", "7"), 2),
        ([("5", "7")], ("", "8"), ("", "8"), 1),
        ([("", "8")], ("5", "7"), ("", "8"), 1),
    ],
)
def test_spans_that_touch_become_one_and_a_gap_stays(
    known: list[tuple[str, str]], fresh: tuple[str, str], span: tuple[str, str], touched: int
) -> None:
    made, gone = joined(known, fresh)
    assert (made, len(gone)) == (span, touched)

"""Doubts: equal answers of several days mean something, those of one day do not."""

from datetime import UTC, datetime, timedelta

import pytest

from kickcrawl.article import Reason
from kickcrawl.doubt import Doubt, Fate, Standing, add_answer, fate_of, is_doubtful

AT = datetime(2025, 7, 14, 6, tzinfo=UTC)


def answers(*given: tuple[float, Reason]) -> Doubt:
    doubt = None
    for hours, reason in given:
        doubt = add_answer(doubt, reason, AT + timedelta(hours=hours))
    assert doubt is not None
    return doubt


@pytest.mark.parametrize(
    ("given", "days"),
    [
        pytest.param([(0, "empty")], 1, id="one answer"),
        pytest.param([(0, "empty"), (1, "empty"), (19, "empty")], 1, id="of one day"),
        pytest.param([(0, "empty"), (19, "empty"), (21, "empty")], 2, id="the day counts from its first answer"),
        pytest.param([(0, "empty"), (24, "empty"), (192, "empty")], 3, id="three days"),
        pytest.param([(0, "empty"), (24, "empty"), (48, "redirects")], 1, id="another answer"),
    ],
)
def test_days_of_equal_answers_are_counted(given: list[tuple[float, Reason]], days: int) -> None:
    assert answers(*given).days == days


@pytest.mark.parametrize(
    ("reason", "days", "is_known", "standing", "fate"),
    [
        ("front-page", 1, True, "dropped", "waiting"),
        ("front-page", 2, True, "dropped", "gone"),
        ("front-page", 2, True, "unknown", "gone"),
        ("front-page", 2, True, "named", "waiting"),
        ("front-page", 3, True, "named", "rejected"),
        ("front-page", 3, False, "dropped", "rejected"),
        ("block-page", 2, True, "unknown", "waiting"),
        ("block-page", 2, True, "dropped", "gone"),
    ],
)
def test_fate(reason: Reason, days: int, is_known: bool, standing: Standing, fate: Fate) -> None:
    assert fate_of(Doubt(reason=reason, days=days, counted_at=AT), is_known=is_known, standing=standing) == fate


@pytest.mark.parametrize(
    ("reason", "is_article_expected", "expected"),
    [("empty", False, True), ("list-page", False, False), ("list-page", True, True), ("attachment", True, False)],
)
def test_list_is_doubted_only_where_an_article_is_expected(
    reason: Reason, is_article_expected: bool, expected: bool
) -> None:
    assert is_doubtful(reason, is_article_expected=is_article_expected) is expected

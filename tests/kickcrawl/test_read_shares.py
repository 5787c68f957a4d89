"""An outlet's pages that are read otherwise than before: told where it is no accident, and only then."""

import pytest

from kickcrawl.read_shares import MIN_ARTICLES, MIN_ARTICLES_BEFORE, ReadFigures, describe_change

USUAL = [0.86, 0.88, 0.9, 0.91, 0.93]


def figures(shares: list[float], *, rule: str = "beside", extractor: str = "1.0+a") -> list[ReadFigures]:
    return [ReadFigures(share=share, cut={rule: 1 - share}, extractor=extractor) for share in shares]


BEFORE = figures(USUAL * 8)


def test_less_of_each_page_that_is_read_is_told_with_both_shares_and_the_rule() -> None:
    told = describe_change(figures([0.6, 0.62, 0.65, 0.61, 0.9, 0.6], rule="foreign box"), BEFORE)
    assert told is not None
    assert "of 6 new articles 62% of the prose is read (90% was)" in told
    assert "38% is left out as 'foreign box' (0% was)" in told
    assert "may have a new layout" in told


def test_more_that_is_read_is_told_too() -> None:
    told = describe_change(figures([0.9] * 5), figures([0.5, 0.52, 0.54] * 12))
    assert told is not None
    assert "90% of the prose is read (52% was)" in told
    assert "10% is left out as 'beside' (48% was)" in told


def test_rule_that_takes_over_from_another_is_told_though_as_much_is_read() -> None:
    told = describe_change(figures([0.7] * 6, rule="name"), figures([0.7] * 40, rule="beside"))
    assert told is not None
    assert "of the prose is read" not in told
    assert "30% is left out as 'name' (0% was)" in told


def test_change_with_another_version_of_kickcrawl_says_so() -> None:
    told = describe_change(figures([0.6] * 5, extractor="1.1+b"), BEFORE)
    assert told is not None
    assert "another version of kickcrawl has read those before" in told


@pytest.mark.parametrize(
    ("new", "before"),
    [
        pytest.param(figures(USUAL * 2), BEFORE, id="as usual"),
        pytest.param(figures([0.6] * (MIN_ARTICLES - 1)), BEFORE, id="few new articles"),
        pytest.param(figures([0.6] * 9), BEFORE[: MIN_ARTICLES_BEFORE - 1], id="few before"),
        pytest.param(figures([0.82] * 9), BEFORE, id="a little less than ever before"),
        pytest.param(figures([0.6, 0.6, 0.6, 0.9, 0.9]), BEFORE, id="three photo posts of five"),
        pytest.param(figures([0.5] * 9), figures([0.3, 0.5, 0.7, 0.9] * 10), id="an outlet of all kinds"),
    ],
)
def test_what_may_be_an_accident_is_not_told(new: list[ReadFigures], before: list[ReadFigures]) -> None:
    assert describe_change(new, before) is None

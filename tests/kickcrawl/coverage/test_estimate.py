"""How many articles no seed named: known answers, what cannot be told, and a small simulation with known truth."""

from collections import Counter
from datetime import date
from random import Random

import pytest

from kickcrawl.coverage.estimate import chao, chapman, estimate, poisson_quantile
from kickcrawl.coverage.histories import Estimated, Untold, contained, estimate_unnamed
from kickcrawl.coverage.items import Item
from kickcrawl.coverage.loglinear import fit
from tests.bench.recapture import Outlet, simulate

DAY = date(2025, 7, 14)


def items(**histories: int) -> list[Item]:
    """Return as many items as are asked for each history, such as ``rest_feed=3``."""
    return [
        Item(day=DAY, dated_by="article", state="archived", seeds=frozenset(seeds.split("_")))
        for seeds, count in histories.items()
        for _ in range(count)
    ]


def test_chapmans_number_is_that_of_his_formula() -> None:
    number, low, high = chapman(only_first=20, only_second=30, both=60)
    assert number == pytest.approx(81 * 91 / 61 - 1)
    assert 110 <= low < number < high


def test_two_seeds_of_a_log_linear_model_miss_what_two_seeds_miss() -> None:
    model = fit({(1, 0): 20, (0, 1): 30, (1, 1): 60}, 2)
    assert model is not None
    assert model.missed == pytest.approx(20.5 * 30.5 / 60.5)


def test_model_with_a_pair_allows_for_seeds_that_depend_on_each_other() -> None:
    # Of 200 articles the third names half, whatever the others do; the first two name the same 100 and no others.
    counts = {(1, 1, 1): 50, (1, 1, 0): 50, (0, 0, 1): 50}
    model = fit(counts, 3, [(0, 1)])
    assert model is not None
    assert model.missed == pytest.approx(50, rel=0.03)


def test_chaos_bound_counts_from_those_named_once_and_twice() -> None:
    assert chao({(1, 0, 0): 4, (0, 1, 1): 5, (1, 1, 1): 6}, 3) == pytest.approx(15 + 2 / 3 * 12 / 12)


@pytest.mark.parametrize("mean", [0.0, 0.3, 7.0, 900.0])
def test_poisson_quantiles_hold_the_share_that_they_are_of(mean: float) -> None:
    low, high = poisson_quantile(mean, 0.025), poisson_quantile(mean, 0.975)
    assert low <= mean <= high + 1
    assert high - low <= 4 * mean**0.5 + 3


@pytest.mark.parametrize(
    ("named", "why"),
    [
        pytest.param(items(rest=50), "contained", id="the second names nothing"),
        pytest.param(items(rest=50, feed_rest=40), "contained", id="one contains the other"),
        pytest.param(items(feed_rest=90), "contained", id="they name the same"),
        pytest.param(items(rest=50, feed=3, feed_rest=2), "few", id="too little in common"),
    ],
)
def test_seeds_that_contain_each_other_tell_nothing(named: list[Item], why: str) -> None:
    found = estimate_unnamed(named, {DAY: ("feed", "rest")})
    assert isinstance(found, Untold)
    assert found.why == why


def test_one_seed_alone_tells_nothing() -> None:
    found = estimate_unnamed(items(rest=50), {DAY: ("rest",)})
    assert found == Untold(why="one seed", seeds=("rest",))


def test_seed_that_another_contains_is_left_out_and_the_others_tell() -> None:
    named = items(rest=10, sitemap_rest=20, feed=9, feed_rest=30, feed_sitemap_rest=31)
    found = estimate_unnamed(named, {DAY: ("feed", "rest", "sitemap")})
    assert isinstance(found, Estimated)
    assert found.estimate.seeds == ("feed", "rest")
    assert contained({(1, 0): 1, (1, 1): 2}, 2) == [1]


def test_only_days_count_that_all_seeds_reach() -> None:
    other = date(2025, 7, 15)
    named = items(rest=10, feed=9, feed_rest=30)
    beyond = [Item(day=other, dated_by="article", state="archived", seeds=frozenset({"rest"}))] * 500
    found = estimate_unnamed([*named, *beyond], {DAY: ("feed", "rest"), other: ("rest",)})
    assert isinstance(found, Estimated)
    assert (found.days, found.estimate.named) == (1, 49)


@pytest.mark.parametrize("chances", [(0.9, 0.8), (0.6, 0.5), (0.9, 0.8, 0.6)], ids=str)
def test_interval_holds_the_truth_in_nine_of_ten_simulated_outlets(chances: tuple[float, ...]) -> None:
    rng = Random(17)
    outlet = Outlet(articles=150, chances=chances)
    found = [made for _ in range(100) if (made := estimate_of(simulate(outlet, rng), len(chances))) is not None]
    assert len(found) >= 90
    assert sum(low <= outlet.articles <= high for low, high in found) >= 0.9 * len(found)


def estimate_of(counts: Counter[tuple[int, ...]], seeds: int) -> tuple[int, int] | None:
    if contained(counts, seeds):
        return None
    made = estimate(counts, tuple("abcd"[:seeds]))
    return (made.low, made.high) if made else None

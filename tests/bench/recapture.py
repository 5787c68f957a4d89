"""How often the interval of an estimated completeness holds the truth, on simulated outlets.

    python -m tests.bench.recapture [--outlets 1000]

An outlet publishes so many articles, and each seed names each of them with some chance: independently, as the estimate
takes for granted; or bound to another seed, or more easily where an article is prominent, to see where it fails.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, log
from random import Random

from kickcrawl.coverage.estimate import Estimate, estimate
from kickcrawl.coverage.histories import contained

SEED = 20251130


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """So many *articles*, each named by each seed with its *chance*.

    *bound*: with what chance the second seed just repeats the first, as if it were made from the same database.
    *spread*: standard deviation of how prominent an article is, on the logit of its chances; 0: all alike.
    """

    articles: int
    chances: tuple[float, ...]
    bound: float = 0.0
    spread: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Of *outlets*, how many could be *told*, and in how many the interval *held* the truth; its mean *width*, and how
    far on average the best number is from the truth (*bias*), in articles."""

    outlet: Outlet
    outlets: int
    told: int
    held: int
    width: float
    bias: float


def simulate(outlet: Outlet, rng: Random) -> Counter[tuple[int, ...]]:
    """Return how many articles have each history; those that no seed names are not in it."""
    counts: Counter[tuple[int, ...]] = Counter()
    for _ in range(outlet.articles):
        prominence = rng.gauss(0, outlet.spread) if outlet.spread else 0.0
        history = [int(rng.random() < _lifted(chance, prominence)) for chance in outlet.chances]
        if outlet.bound and rng.random() < outlet.bound:
            history[1] = history[0]
        if any(history):
            counts[tuple(history)] += 1
    return counts


def measure(outlet: Outlet, outlets: int, rng: Random) -> Result:
    """Return how the estimate does on so many outlets of that kind."""
    found = [made for _ in range(outlets) if (made := _estimate(simulate(outlet, rng), len(outlet.chances)))]
    told = len(found)
    return Result(
        outlet=outlet,
        outlets=outlets,
        told=told,
        held=sum(one.low <= outlet.articles <= one.high for one in found),
        width=sum(one.high - one.low for one in found) / max(1, told),
        bias=sum(one.articles - outlet.articles for one in found) / max(1, told),
    )


def _estimate(counts: Counter[tuple[int, ...]], seeds: int) -> Estimate | None:
    return None if contained(counts, seeds) else estimate(counts, tuple("abcd"[:seeds]))


def _lifted(chance: float, prominence: float) -> float:
    return 1 / (1 + exp(-(log(chance / (1 - chance)) + prominence)))


def _kinds() -> Iterator[Outlet]:
    for chances in ((0.9, 0.8), (0.95, 0.95), (0.6, 0.5), (0.9, 0.8, 0.7), (0.95, 0.9, 0.5), (0.6, 0.5, 0.4)):
        for articles in (50, 200, 1000):
            yield Outlet(articles=articles, chances=chances)
    yield Outlet(articles=200, chances=(0.9, 0.8, 0.7, 0.6))
    for chances in ((0.9, 0.8), (0.9, 0.8, 0.7)):
        for bound in (0.1, 0.3, 0.6):
            yield Outlet(articles=300, chances=chances, bound=bound)
        for spread in (0.5, 1.0, 2.0):
            yield Outlet(articles=300, chances=chances, spread=spread)


def main() -> None:
    """Print a table of results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--outlets", type=int, default=300, help="simulated of each kind (default: 300)")
    outlets = parser.parse_args().outlets
    print("| articles | chances | bound | spread | told | holds the truth | width | bias |")
    print("|---|---|---|---|---|---|---|---|")
    for kind in _kinds():
        one = measure(kind, outlets, Random(SEED))
        chances = ", ".join(f"{chance:g}" for chance in kind.chances)
        told, held = f"{one.told / one.outlets:.0%}", f"{one.held / max(1, one.told):.1%}"
        print(
            f"| {kind.articles} | {chances} | {kind.bound or '-'} | {kind.spread or '-'} | {told} | {held} "
            f"| {one.width:.1f} | {one.bias:+.1f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()

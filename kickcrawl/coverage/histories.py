"""Which seeds an estimate is made from, by what they named on the days that all of them reach; and when it is not.

A seed whose articles another seed names as well, all of them, tells nothing of what that one misses: it may be made
from it. Chapman's formula would then say that nothing is missed. It is left out, and where fewer than two seeds remain
the answer is that it cannot be told.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Literal

from kickcrawl.coverage.estimate import MIN_BOTH, Estimate, estimate
from kickcrawl.coverage.items import Item

MAX_SEEDS = 4  # of an estimate: the models of five are a thousand
NOT_SEEDS = frozenset(("related",))  # links of archived articles depend on what is archived
Why = Literal["one seed", "contained", "few", "no model"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """Why nothing can be said of what no seed named: *seeds* are those that it is about."""

    why: Why
    seeds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimated:
    """An *estimate* for the *days* that all its seeds reach."""

    estimate: Estimate
    days: int


def estimate_unnamed(items: Sequence[Item], told_by: Mapping[date, Collection[str]]) -> Estimated | Untold:
    """Return the estimate for the seeds that have the most articles on days that all of them reach.

    *told_by*: the seeds that reach each day, the whole of it.
    """
    seeds = sorted({seed for day in told_by.values() for seed in day} - NOT_SEEDS)
    wanted = [item for item in items if item.is_wanted]
    told: tuple[tuple[int, int], Estimated] | None = None
    untold = 0, Untold(why="one seed", seeds=tuple(seeds))
    for chosen in (some for size in range(2, MAX_SEEDS + 1) for some in combinations(seeds, size)):
        days = {day for day, by in told_by.items() if set(chosen) <= set(by)}
        histories = (_history(item, chosen) for item in wanted if item.day in days)
        counts = Counter(history for history in histories if any(history))
        named = counts.total()
        found = _of_chosen(counts, chosen, len(days))
        if isinstance(found, Untold):
            untold = max(untold, (named, found), key=lambda one: one[0])
        elif told is None or (named, len(chosen)) > told[0]:
            told = (named, len(chosen)), found
    return told[1] if told else untold[1]


def _of_chosen(counts: Counter[tuple[int, ...]], chosen: tuple[str, ...], days: int) -> Estimated | Untold:
    if contained(counts, len(chosen)):
        return Untold(why="contained", seeds=chosen)
    if any(_both(counts, pair) < MIN_BOTH for pair in combinations(range(len(chosen)), 2)):
        return Untold(why="few", seeds=chosen)
    made = estimate(counts, chosen)
    return Untold(why="no model", seeds=chosen) if made is None else Estimated(estimate=made, days=days)


def contained(counts: Mapping[tuple[int, ...], int], seeds: int) -> list[int]:
    """Return the seeds, by their numbers, of which another one names all that they name."""
    return [
        one
        for one in range(seeds)
        if any(
            other != one and not any(count for history, count in counts.items() if history[one] > history[other])
            for other in range(seeds)
        )
    ]


def _history(item: Item, seeds: Sequence[str]) -> tuple[int, ...]:
    return tuple(int(seed in item.seeds) for seed in seeds)


def _both(counts: Mapping[tuple[int, ...], int], pair: tuple[int, int]) -> int:
    return sum(count for history, count in counts.items() if history[pair[0]] and history[pair[1]])

"""How many articles there are, those that no seed named included: capture-recapture between independent seeds.

Two seeds: Chapman's estimator, N = (n1 + 1)(n2 + 1)/(m + 1) - 1, where n1 and n2 articles are named by each and m by
both (Chapman, University of California Publications in Statistics 1, 1951); its interval is the transformed logit one
of Sadinle, Communications in Statistics 38 (2009), which holds for small numbers, too:
S - 1/2 + f exp(+-z s), f = (b + 1/2)(c + 1/2)/(m + 1/2), s^2 = 1/(m + 1/2) + 1/(b + 1/2) + 1/(c + 1/2) + 1/f,
where S articles are named at all, b and c by one seed only.

Three seeds or more: log-linear models (loglinear.py) with all choices of dependent pairs; the best by AIC tells the
number, all that are within MAX_AIC of it the interval (Burnham & Anderson, Model Selection, 2002). Beside it stands
Chao's lower bound, S + (k-1)/k f1(f1-1)/(2(f2+1)), f1 named by one seed and f2 by two (Chao, Biometrics 43, 1987;
corrected as in Chao & Colwell, 2017), which holds where articles differ in how easily they are named.

All of it takes for granted that no article appears or goes meanwhile (one that was named stays named here), that what
one seed names does not depend on what another does, and, for two seeds, that one of them names all articles with equal
chance. Seeds made from one database leave out the same: then the true number is larger, whatever the interval says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, exp, floor, sqrt
from statistics import NormalDist

from kickcrawl.coverage.loglinear import History, all_models, fit

Z = 1.959964  # of the normal distribution: 95 % lie within
TAIL = 0.025  # on each side of the interval
MAX_EXPONENT = 50.0  # beyond it a number means nothing
MAX_EXACT_MEAN = 500.0  # of Poisson variables; others are normal to two digits
MIN_BOTH = 7  # articles named by two seeds: with fewer the estimate is biased (Robson & Regier, 1964)
MAX_AIC = 2.0  # models of about the same support


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """Of *named* articles it is estimated that there are *articles*, *low* to *high* with 95 %.

    *at_least* is Chao's lower bound, None for two seeds. *seeds* are those that it was estimated from.
    """

    named: int
    articles: float
    low: int
    high: int
    seeds: tuple[str, ...]
    at_least: float | None = None


def chapman(only_first: int, only_second: int, both: int) -> tuple[float, int, int]:
    """Return number, low and high for two seeds, from how many one of them named only, and *both*.

    Where less than one article is expected beyond those named, Sadinle's interval grows without bounds; there the
    interval is that of a Poisson variable, as for three seeds.

    >>> chapman(20, 30, 60)[1:]
    (113, 135)
    """
    named = only_first + only_second + both
    number = (only_first + both + 1) * (only_second + both + 1) / (both + 1) - 1
    missed = (only_first + 0.5) * (only_second + 0.5) / (both + 0.5)
    variance = sum(1 / (count + 0.5) for count in (only_first, only_second, both))
    if missed < 1:
        return number, *_interval(named, missed, variance)
    spread = exp(min(Z * sqrt(variance + 1 / missed), MAX_EXPONENT))
    return number, max(named, floor(named - 0.5 + missed / spread)), ceil(named - 0.5 + missed * spread)


def chao(counts: Mapping[History, int], seeds: int) -> float:
    """Return Chao's lower bound for the number of articles that *seeds* might have named."""
    by_size = [sum(count for history, count in counts.items() if sum(history) == size) for size in (1, 2)]
    once, twice = by_size
    return sum(counts.values()) + (seeds - 1) / seeds * once * (once - 1) / (2 * (twice + 1))


def estimate(counts: Mapping[History, int], seeds: tuple[str, ...]) -> Estimate | None:
    """Return the estimate from how many articles have each history; None where no model fits.

    *counts* must be such that histories.py lets them pass: no seed contains another.
    """
    named = sum(counts.values())
    if len(seeds) == 2:
        number, low, high = chapman(counts.get((1, 0), 0), counts.get((0, 1), 0), counts.get((1, 1), 0))
        return Estimate(named=named, articles=number, low=low, high=high, seeds=seeds)
    fits = [one for pairs in all_models(len(seeds)) if (one := fit(counts, len(seeds), pairs)) is not None]
    if not fits:
        return None
    best = min(fits, key=lambda one: one.aic)
    spans = [_interval(named, one.missed, one.variance) for one in fits if one.aic <= best.aic + MAX_AIC]
    return Estimate(
        named=named,
        articles=named + best.missed,
        low=min(low for low, _ in spans),
        high=max(high for _, high in spans),
        seeds=seeds,
        at_least=chao(counts, len(seeds)),
    )


def _interval(named: int, missed: float, variance: float) -> tuple[int, int]:
    """Return low and high where *missed* are expected beyond those *named*, and *variance* is that of log(missed)."""
    spread = exp(min(Z * sqrt(variance), MAX_EXPONENT))
    return named + poisson_quantile(missed / spread, TAIL), named + poisson_quantile(missed * spread, 1 - TAIL)


def poisson_quantile(mean: float, share: float) -> int:
    """Return the least number that a Poisson variable of that *mean* does not pass with a chance of *share*.

    >>> poisson_quantile(2.0, 0.975)
    5
    """
    if mean > MAX_EXACT_MEAN:
        return max(0, round(NormalDist(mean, sqrt(mean)).inv_cdf(share)))
    chance = total = exp(-mean)
    number = 0
    while total < share:
        number += 1
        chance *= mean / number
        total += chance
    return number

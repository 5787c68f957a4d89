"""Chances of counts: how often so few come by accident. Pure."""

import math


def chance_of_so_few(count: int, expected: float, size: float) -> float:
    """Return the chance of at most *count* where *expected* is usual, by the negative binomial distribution.

    Its variance is expected + expected² / *size*: articles come in bursts, and days differ by more than the weekday.

    >>> round(chance_of_so_few(0, 10, 1e9), 6), round(chance_of_so_few(0, 10, 10), 6)
    (4.5e-05, 0.000977)
    """
    if expected <= 0:
        return 1.0
    lose, win = math.log(size / (size + expected)), math.log(expected / (size + expected))
    terms = (
        math.exp(math.lgamma(n + size) - math.lgamma(size) - math.lgamma(n + 1) + size * lose + n * win)
        for n in range(count + 1)
    )
    return min(1.0, sum(terms))


def chance_beyond(deviations: float) -> float:
    """Return the chance of a value so many standard *deviations* below what is usual, or more (normal distribution).

    >>> round(chance_beyond(3), 5)
    0.00135
    """
    return 0.5 * math.erfc(deviations / math.sqrt(2))

"""Log-linear models of capture histories: how many articles have the history that nobody can see, "named by none".

A history says which seeds named an article: (1, 0, 1). The counts of the 2^k - 1 histories that can be seen are taken
as Poisson, their expected values as log-linear in the seeds and in pairs of them; the expected count of (0, ..., 0) is
then exp(intercept). A pair in the model allows for two seeds that depend on each other.
Sources: Fienberg, Biometrika 59 (1972); Bishop, Fienberg & Holland, Discrete Multivariate Analysis (1975), ch. 6;
correction for small counts: Evans & Bonett, Biometrics 50 (1994), (1/2)^(k-1) is added to each count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import exp, log

History = tuple[int, ...]  # a 1 for each seed that named it
MAX_STEPS = 60
CLOSE = 1e-9  # of the coefficients, in the last step


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A fitted model: *missed* articles are expected beyond those seen, *variance* is that of log(missed), *aic* tells
    models apart, *pairs* are the seeds (by their numbers) that it takes to depend on each other."""

    missed: float
    variance: float
    aic: float
    pairs: tuple[tuple[int, int], ...]


def all_models(seeds: int) -> list[tuple[tuple[int, int], ...]]:
    """Return the sets of pairs that a model of so many *seeds* may have; not that of all pairs of three, or of two,
    which leaves nothing to tell whether it fits."""
    pairs = list(combinations(range(seeds), 2))
    models = [some for size in range(len(pairs) + 1) for some in combinations(pairs, size)]
    return [model for model in models if 1 + seeds + len(model) < 2**seeds - 1] or [()]


def fit(counts: Mapping[History, int], seeds: int, pairs: Sequence[tuple[int, int]] = ()) -> Fit | None:
    """Return the model of *counts* with *pairs*; None where it does not settle on one."""
    histories = [history for history in product((0, 1), repeat=seeds) if any(history)]
    seen = [counts.get(history, 0) + 0.5 ** (seeds - 1) for history in histories]
    rows = [[1.0, *map(float, history), *(float(history[a] * history[b]) for a, b in pairs)] for history in histories]
    expected = list(seen)
    coefficients: list[float] = []
    for _ in range(MAX_STEPS):
        worked = [log(m) + (y - m) / m for y, m in zip(seen, expected, strict=True)]
        solved = _weighted(rows, expected, worked)
        if solved is None:
            return None
        before, (coefficients, variance) = coefficients, solved
        exponents = [sum(c * x for c, x in zip(coefficients, row, strict=True)) for row in rows]
        if max(exponents) > 50 or min(exponents) < -50:
            return None
        expected = [exp(exponent) for exponent in exponents]
        if before and max(abs(a - b) for a, b in zip(before, coefficients, strict=True)) < CLOSE:
            break
    else:
        return None
    likelihood = sum(y * log(m) - m for y, m in zip(seen, expected, strict=True))
    return Fit(
        missed=exp(coefficients[0]), variance=variance, aic=2 * len(coefficients) - 2 * likelihood, pairs=tuple(pairs)
    )


def _weighted(
    rows: Sequence[Sequence[float]], weights: Sequence[float], values: Sequence[float]
) -> tuple[list[float], float] | None:
    """Return the coefficients of the fit by weighted least squares, and the variance of the first; None for none."""
    size = len(rows[0])
    system = [
        [sum(w * row[i] * row[j] for row, w in zip(rows, weights, strict=True)) for j in range(size)]
        + [sum(w * row[i] * value for row, w, value in zip(rows, weights, values, strict=True)), float(i == 0)]
        for i in range(size)
    ]
    for column in range(size):
        pivot = max(range(column, size), key=lambda line: abs(system[line][column]))
        if abs(system[pivot][column]) < 1e-12:
            return None
        system[column], system[pivot] = system[pivot], system[column]
        for line in range(size):
            if line != column:
                factor = system[line][column] / system[column][column]
                system[line] = [a - factor * b for a, b in zip(system[line], system[column], strict=True)]
    solved = [line[size] / line[i] for i, line in enumerate(system)]
    return solved, system[0][size + 1] / system[0][0]

"""A round of many shards, simulated: how late the last one begins, and what dead workers cost.

Arithmetic knows how much work there is, not how it queues: turns differ, the longest may come last, and a shard whose
worker died waits until its lease has run out. Every shard is due when the round begins, as `fleet run` has it.
"""

import heapq
import math
from dataclasses import dataclass
from random import Random
from statistics import quantiles

from spiders.fleet.state import GRACE, LEASE

SPREAD = 0.6  # of the logarithm of a turn's length; the longest of 1,000 is then some 6 times the median


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """When the shards of a round began: seconds after it, the median, 95 of 100, and the end of the last.

    *busy*: share of the slots' time until then in which they worked.
    """

    median: float
    late: float
    end: float
    busy: float
    deaths: int


def simulate(*, shards: int, slots: int, mean: float, deaths: float = 0.0, seed: int = 1) -> Queued:
    """Give each of so many *shards* a turn of *mean* seconds in one of the *slots*; a share of *deaths* of them die.

    A worker that dies does so halfway, and its slot is free at once; its shard is due again when the lease is over.
    """
    rng = Random(seed)
    due = [(0.0, number) for number in range(shards)]
    free = [0.0] * slots
    begun, worked, died, end = dict[int, float](), 0.0, 0, 0.0
    while due:
        at, shard = heapq.heappop(due)
        start = max(at, heapq.heappop(free))
        begun.setdefault(shard, start)
        takes = mean * math.exp(rng.gauss(-(SPREAD**2) / 2, SPREAD))  # the mean of these is *mean*
        if rng.random() < deaths:
            takes /= 2
            died += 1
            heapq.heappush(due, (start + takes + LEASE + GRACE, shard))
        heapq.heappush(free, start + takes)
        worked += takes
        end = max(end, start + takes)
    cuts = quantiles(begun.values(), n=100) if len(begun) > 1 else [0.0] * 99
    return Queued(median=cuts[49], late=cuts[94], end=end, busy=worked / (slots * end), deaths=died)

"""The counts beside a search, of all shards: outlets, sections, authors, and articles over time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from archive.database import Archive
from archive.query.choice import Choice
from archive.query.condition import Condition
from archive.query.relevance import look_up
from archive.shards.asking import ask
from archive.shards.fan import Fan
from archive.site.facets import FACETS, MAX_VALUES, Counts, filled, tell_counts

_ALL = -1  # values of a facet that a shard tells: one that is rare in each may be frequent in all
_MONTH = 7  # letters of "2025-07"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardCounts:
    """What a shard counts, with all values of each facet, and how many articles it looked at."""

    counts: Counts
    looked_at: int


def counts_among(fan: Fan, choice: Choice) -> Counts:
    """Return the counts of *choice* in all shards; as archive.site.facets.read_counts() of one archive.

    Where a shard has more articles than are weighed, it counts its newest: ``counted`` tells how many were in all.
    """
    return merged(ask(fan, choice, lambda _: partial(count_shard, choice=choice)).answers)


def count_shard(archive: Archive, asked: Condition, *, choice: Choice) -> ShardCounts:
    """Return the counts of the articles of a shard that meet a condition, which is that of *choice*."""
    looked_up = look_up(archive, asked)
    counts = tell_counts(archive, choice, looked_up, most=_ALL)
    return ShardCounts(counts=counts, looked_at=len(looked_up.keys or []))


def merged(told: Sequence[ShardCounts]) -> Counts:
    """Return the counts of all as one: values that differ in capitals are one, the most frequent spelling stands."""
    is_part = any(one.counts.counted is not None for one in told)
    return Counts(
        facets={facet: _most([one.counts.facets[facet] for one in told], facet) for facet in FACETS},
        over_time=filled(_over_time([one.counts.over_time for one in told])),
        counted=sum(one.looked_at for one in told) if is_part else None,
    )


def _most(told: Sequence[list[tuple[str, int]]], facet: str) -> list[tuple[str, int]]:
    counts: Counter[bytes] = Counter()
    spelled: dict[bytes, str] = {}
    for value, count in sorted((pair for pairs in told for pair in pairs), key=lambda pair: (-pair[1], pair[0])):
        known = value.encode() if facet == "outlet" else value.encode().lower()  # as SQLite's NOCASE: a to z alone
        spelled.setdefault(known, value)
        counts[known] += count
    values = [(spelled[known], count) for known, count in counts.items()]
    return sorted(values, key=lambda pair: (-pair[1], pair[0]))[:MAX_VALUES]


def _over_time(told: Sequence[list[tuple[str, int]]]) -> list[tuple[str, int]]:
    """Return the counts of days, or of months where a shard tells months."""
    has_months = any(len(label) == _MONTH for counts in told for label, _ in counts)
    sums: Counter[str] = Counter()
    for label, count in (pair for counts in told for pair in counts):
        sums[label[:_MONTH] if has_months else label] += count
    return sorted(sums.items())

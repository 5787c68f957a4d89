"""The certificate of an outlet for a span of days: its rows, and recall by three measures of what was published.

named      what seeds named
counted    that, and what a seed counts beyond what anybody named (X-WP-Total)
estimated  that, and what no seed named, by capture-recapture (estimate.py)
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from kickcrawl.coverage.histories import Estimated, Untold, estimate_unnamed
from kickcrawl.coverage.items import DATED_BY, DatedBy, Item
from kickcrawl.coverage.reach import Reach, SeedCount
from kickcrawl.coverage.rows import Row, day_rows, summed


@dataclass(frozen=True, slots=True, kw_only=True)
class Unnamed:
    """By its own count a seed knows of *articles* more than anybody named; of which *years*, None where not known."""

    count: SeedCount
    articles: int
    years: frozenset[int] | None = None

    def proves(self, day: date) -> bool:
        """Tell whether by its count all of the year of *day* was named."""
        return self.articles == 0 or (self.years is not None and day.year not in self.years)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What is known of an *outlet* from day *first* to *last*, by its clock (*timezone*); *total* is the sum of *days*.

    *unnamed* is of all its days, whatever span is asked for. *dated_by*: what told the days of its articles.
    *ruled_out*: addresses, of all days, that a rule left out as no articles. *crawled_since*: day of the first run.
    *undated*: missing articles that may be of these days, of which only the last day is known that they can be of.
    *runs*: how the runs of these days ended, and how many so ("complete", "failed").
    """

    outlet: str
    timezone: str
    first: date
    last: date
    days: tuple[Row, ...]
    total: Row
    dated_by: Mapping[DatedBy, int]
    unnamed: tuple[Unnamed, ...]
    estimate: Estimated | Untold
    ruled_out: int = 0
    crawled_since: date | None = None
    undated: int = 0
    runs: Mapping[str, int] = field(default_factory=dict)

    @property
    def late_before(self) -> int:
        """Of the articles that came late, how many were published before the outlet was first crawled."""
        began = self.crawled_since.isoformat() if self.crawled_since else ""
        return sum(row.late for row in self.days if row.label < began)

    @property
    def beyond(self) -> int:
        """Articles that a seed counts and nobody names, and that may be of these days."""
        years = [date(year, 1, 1) for year in range(self.first.year, self.last.year + 1)]
        return max((one.articles for one in self.unnamed if not all(map(one.proves, years))), default=0)


def certify(
    outlet: str,
    timezone: str,
    items: Iterable[Item],
    reaches: Sequence[Reach],
    found: Sequence[Unnamed],
    span: tuple[date, date],
    ruled_out: int,
    runs: Sequence[tuple[date, str]],
) -> Certificate:
    """Return the certificate of an outlet for the days of *span*, both included; *items* may be of other days, too.

    *runs*: the day of each run of the outlet, and how it ended.
    """
    first, last = span
    items = list(items)
    within = [item for item in items if first <= item.day <= last]
    undated = [item for item in items if item.is_wanted and item.state != "archived" and not item.is_dated]
    unsure_until = max((item.day for item in undated if item.month is None), default=date.min)
    unsure_months = {item.month for item in undated}

    def proven(day: date) -> frozenset[str]:
        if day <= unsure_until or f"{day:%Y-%m}" in unsure_months:
            return frozenset()
        return frozenset(one.count.seed for one in found if one.proves(day))

    rows = day_rows(within, ZoneInfo(timezone), reaches, proven, first, last)
    dated = Counter(item.dated_by for item in within if item.is_wanted)
    return Certificate(
        outlet=outlet,
        timezone=timezone,
        first=first,
        last=last,
        days=tuple(rows),
        total=summed("total", rows),
        dated_by={by: dated[by] for by in DATED_BY if dated[by]},
        unnamed=tuple(found),
        estimate=estimate_unnamed(within, {date.fromisoformat(row.label): row.told_by for row in rows}),
        ruled_out=ruled_out,
        crawled_since=min((day for day, _ in runs), default=None),
        undated=sum(item.day >= first for item in undated),
        runs=Counter(outcome for day, outcome in runs if first <= day <= last),
    )


def count_unnamed(counts: Iterable[SeedCount], items: Iterable[Item]) -> list[Unnamed]:
    """Return what seeds count beyond what is named, of all *items* of an outlet.

    What only other seeds name may be what such a seed leaves out of its list, and is taken off.
    """
    named = Counter((item.seeds, item.day.year) for item in items if item.state != "other" and item.seeds)
    return [_unnamed(count, named) for count in counts]


def _unnamed(count: SeedCount, named: Mapping[tuple[frozenset[str], int], int]) -> Unnamed:
    own: Counter[int] = Counter()
    beside = 0
    for (seeds, year), number in named.items():
        if count.seed in seeds:
            own[year] += number
        else:
            beside += number
    years = frozenset(year for year, total in count.years.items() if total > own[year]) if count.years else None
    return Unnamed(count=count, articles=max(0, count.unnamed - beside), years=years)

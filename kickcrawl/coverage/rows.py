"""A row of the certificate: a day, or the days of a month, with what became of its articles and how sure that is."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, TypeVar, get_args
from zoneinfo import ZoneInfo

from kickcrawl.coverage.items import ITEM_STATES, WANTED, Item, ItemState
from kickcrawl.coverage.reach import Reach, seeds_of_day

Name = TypeVar("Name", bound=str)
DayState = Literal["complete", "named", "missing", "partly", "unknown"]
DAY_STATES: tuple[DayState, ...] = get_args(DayState)
# complete  all that was named is archived, and a seed that counts its articles names as many as it counts
# named     all that is known to be of this day is archived; whether that is all can only be estimated
# missing   something that was named is not archived
# partly    no seed reaches the whole day: it is not over, or seeds failed
# unknown   no seed reaches it


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What became of the articles of a day ("2025-07-14") or of a month ("2025-07").

    *told_by*: the seeds that reach all of its days; *days*: in which state each of its days is.
    """

    label: str
    states: Mapping[ItemState, int]
    reasons: Mapping[ItemState, Mapping[str, int]] = field(default_factory=dict)
    delays: Sequence[timedelta] = ()
    late: int = 0
    told_by: tuple[str, ...] = ()
    days: Mapping[DayState, int] = field(default_factory=dict)

    @property
    def archived(self) -> int:
        """Articles of these days that are archived."""
        return self.states.get("archived", 0)

    @property
    def wanted(self) -> int:
        """Articles that the archive should have: those that may be fetched, as far as they were named."""
        return sum(self.states.get(state, 0) for state in WANTED)

    @property
    def missing(self) -> int:
        """Articles that the archive should have and has not."""
        return self.wanted - self.archived

    @property
    def share(self) -> float | None:
        """Of what it should have, how much the archive has: 0 to 1; None where nothing was named."""
        return self.archived / self.wanted if self.wanted else None

    @property
    def median_delay(self) -> timedelta | None:
        """Of the archived articles, the median time from publication to first fetch."""
        return sorted(self.delays)[len(self.delays) // 2] if self.delays else None

    @property
    def longest_delay(self) -> timedelta | None:
        """Likewise, the longest."""
        return max(self.delays, default=None)

    @property
    def state(self) -> DayState:
        """The state of the day; of several days the worst."""
        return next(state for state in reversed(DAY_STATES) if self.days.get(state))


def day_rows(
    items: Iterable[Item],
    zone: ZoneInfo,
    reaches: Sequence[Reach],
    proven: Callable[[date], frozenset[str]],
    first: date,
    last: date,
) -> list[Row]:
    """Return a row for each day from *first* to *last*. *proven*: which seeds name all that they count of a day."""
    by_day: dict[date, list[Item]] = {}
    for item in items:
        by_day.setdefault(item.day, []).append(item)
    return [
        _day_row(day, by_day.get(day, []), seeds_of_day(day, zone, reaches), proven(day)) for day in days(first, last)
    ]


def by_month(rows: Iterable[Row]) -> list[Row]:
    """Return a row for each month of *rows*, which are days."""
    months: dict[str, list[Row]] = {}
    for row in rows:
        months.setdefault(row.label[:7], []).append(row)
    return [summed(label, parts) for label, parts in months.items()]


def summed(label: str, rows: Sequence[Row]) -> Row:
    """Return the sum of *rows* under a *label*."""
    told = [set(row.told_by) for row in rows]
    return Row(
        label=label,
        states=_total(row.states for row in rows),
        reasons={state: _total(row.reasons.get(state, {}) for row in rows) for state in ITEM_STATES},
        delays=[delay for row in rows for delay in row.delays],
        late=sum(row.late for row in rows),
        told_by=tuple(sorted(set.intersection(*told))) if told else (),
        days=_total(row.days for row in rows),
    )


def days(first: date, last: date) -> Iterator[date]:
    """Yield the days from *first* to *last*."""
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _day_row(day: date, items: Sequence[Item], reach: Mapping[str, str], proven: frozenset[str]) -> Row:
    states = Counter(item.state for item in items)
    told_by = tuple(sorted(seed for seed, how in reach.items() if how == "whole"))
    is_missing = sum(states[state] for state in WANTED) > states["archived"]
    state: DayState
    if not told_by:
        state = "partly" if reach else "unknown"
    elif is_missing:
        state = "missing"
    else:
        state = "complete" if proven.intersection(told_by) else "named"
    return Row(
        label=day.isoformat(),
        states=states,
        reasons={
            name: Counter(item.reason for item in items if item.state == name and item.reason) for name in ITEM_STATES
        },
        delays=[item.delay for item in items if item.delay is not None],
        late=sum(item.is_late for item in items),
        told_by=told_by,
        days={state: 1},
    )


def _total(counts: Iterable[Mapping[Name, int]]) -> Counter[Name]:
    total: Counter[Name] = Counter()
    for count in counts:
        total.update(count)
    return total

"""One article that a seed named, or that is archived: the newsroom's day it belongs to, and what became of it.

An article with several addresses is one item. An address of which nobody knows whether an article stands there is an
item, too, until its page has been read.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from kickcrawl.article import Reason

ItemState = Literal["archived", "gone", "rejected", "waiting", "excluded", "other"]
ITEM_STATES: tuple[ItemState, ...] = get_args(ItemState)
# Those that the archive should have: "excluded" may not be fetched (password, robots.txt, takedown), "other" is none.
WANTED: tuple[ItemState, ...] = ("archived", "gone", "rejected", "waiting")
DatedBy = Literal["article", "seed", "address", "month in its address", "last change", "first named"]
DATED_BY: tuple[DatedBy, ...] = get_args(DatedBy)
LATE = timedelta(days=1)  # after its publication an article that comes in is late: its first state may be lost
# Pages that were read and are of another kind than articles. Of all others it is not known that they are none.
OTHER_PAGES: frozenset[Reason] = frozenset(("attachment", "front-page", "list-page", "search-page", "static-page"))
EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)  # before any news site: a time before it is a mistake
MAX_AHEAD = timedelta(days=2)  # of the time when it was fetched, or named; a publication later than that is a mistake


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """What is known of when an article was published and came in; aware times, None where it is not known.

    *address_day* is the day that stands in its address, *address_month* the first day of the month that does, *changed*
    when it was changed last, as a seed says.
    """

    article: datetime | None = None
    seed: datetime | None = None
    address_day: date | None = None
    address_month: date | None = None
    changed: datetime | None = None
    first_named: datetime | None = None
    archived: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An article, its *day* and what tells it, its *state* with a *reason*, and the *seeds* that ever named it.

    *delay* is from its publication (else from the first naming) to its first fetch; None where it is not archived.
    """

    day: date
    dated_by: DatedBy
    state: ItemState
    reason: str | None = None
    seeds: frozenset[str] = frozenset()
    delay: timedelta | None = None

    @property
    def is_dated(self) -> bool:
        """Whether its day is known; else it was published on that day or before."""
        return self.dated_by in ("article", "seed", "address")

    @property
    def month(self) -> str | None:
        """The month that it was published in ("2025-07") where no more is known; its day is the last that it can be."""
        return f"{self.day:%Y-%m}" if self.dated_by == "month in its address" else None

    @property
    def is_wanted(self) -> bool:
        """Whether the archive should have it."""
        return self.state in WANTED

    @property
    def is_late(self) -> bool:
        """Whether it was first fetched more than LATE after its publication."""
        return self.delay is not None and self.delay > LATE


def make_item(
    times: Times, zone: ZoneInfo, state: ItemState, reason: str | None = None, seeds: Iterable[str] = ()
) -> Item:
    """Return the item of an article with *times*, by the clock of *zone*."""
    day, dated_by = day_of_item(times, zone)
    return Item(
        day=day, dated_by=dated_by, state=state, reason=reason, seeds=frozenset(seeds), delay=delay_of(times)
    )  # fmt: skip


def day_of_item(times: Times, zone: ZoneInfo) -> tuple[date, DatedBy]:
    """Return the newsroom's day of an article: by itself, by its seed, by its address; else the last day that it can be
    of, by the month in its address, by its last change or by its first naming.

    A time or day before any news site, or long after the article was named, is passed over.

    >>> named = datetime(2025, 7, 14, 20, tzinfo=UTC)
    >>> day_of_item(Times(first_named=named, address_day=date(2025, 7, 12)), ZoneInfo("Asia/Makassar"))
    (datetime.date(2025, 7, 12), 'address')
    """
    if (stated := _stated(times)) is not None:
        return stated[0].astimezone(zone).date(), stated[1]
    first = min((at for at in (times.first_named, times.archived) if at is not None), default=None)
    assert first is not None, "what nobody named and nobody fetched is not known"
    latest = (first + MAX_AHEAD).astimezone(zone).date()
    if times.address_day is not None and EARLIEST.date() <= times.address_day <= latest:
        return times.address_day, "address"
    dated_by: DatedBy
    last, dated_by = first.astimezone(zone).date(), "first named"
    if times.changed is not None and EARLIEST <= times.changed <= first:
        last, dated_by = times.changed.astimezone(zone).date(), "last change"
    if times.address_month is not None and EARLIEST.date() <= times.address_month <= last:
        end = times.address_month.replace(day=monthrange(times.address_month.year, times.address_month.month)[1])
        return min(end, last), "month in its address"
    return last, dated_by


def delay_of(times: Times) -> timedelta | None:
    """Return how long after its publication, else after its first naming, an article was fetched; None if it was not.

    Never below zero: clocks of newsrooms are ahead by some minutes.
    """
    if times.archived is None:
        return None
    stated = _stated(times)
    began = stated[0] if stated else times.first_named
    return max(timedelta(0), times.archived - began) if began else None


def _stated(times: Times) -> tuple[datetime, DatedBy] | None:
    """Return the publish time that is to be believed, and who states it."""
    known = times.archived or times.first_named
    by: tuple[tuple[datetime | None, DatedBy], ...] = ((times.article, "article"), (times.seed, "seed"))
    for at, dated_by in by:
        if at is not None and at >= EARLIEST and (known is None or at <= known + MAX_AHEAD):
            return at, dated_by
    return None


def state_of_rejection(reason: str | None) -> ItemState:
    """Return whether a rejected page may have been an article."""
    return "other" if reason in OTHER_PAGES else "rejected"

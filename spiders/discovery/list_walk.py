"""The way through the pages of one list: along next pages, or where no link leads on, through its lists by month."""

from collections import deque
from collections.abc import Iterator
from datetime import date

from kickcrawl.article import Candidate
from kickcrawl.discovery.calendar_pages import time_of_list
from kickcrawl.discovery.listing import Listing


class ListWalk:
    """A walk that begins at *url*; ``url`` is where it is, ``seen`` what it came by.

    *has_calendar*: lists by month or year that pages link to may be read, none of a month behind that of *last*;
    ``in_calendar`` tells whether it is among them. ``is_whole`` becomes False when something may have been left out.
    """

    def __init__(self, url: str, last: date, *, has_calendar: bool) -> None:
        self.url, self.seen, self.is_whole = url, {url}, True
        self._has_calendar, self.in_calendar, self._is_guess = has_calendar, False, False
        self._last = (last.year, last.month)
        self._waiting, self._queued = deque[str](), set[str]()
        self._first = frozenset[str]()  # what the first page names

    def learn(self, listing: Listing, *, is_barren: bool) -> None:
        """Take over what the page at ``url`` leads to; *is_barren*: it named nothing that those before have not."""
        named = frozenset(one.url for one in listing.candidates)
        if len(self.seen) == 1:
            self._first = named
        elif len(self.seen) == 2 and not self.in_calendar and named and named == self._first:
            self.is_whole = False  # a server or cache that knows no second page shows the first one for all
        if self._is_guess and is_barren:
            self.is_whole = False  # what answered may be no list, but data for a script
        if self.in_calendar and listing.next_url is None and listing.may_grow:
            self.is_whole = False  # a month may hide the rest behind a button
        if self._has_calendar and (self.in_calendar or (len(self.seen) == 1 and listing.next_url is None)):
            for url in self._past(listing.calendar):
                if url not in self.seen and url not in self._queued:
                    self._waiting.append(url)
                    self._queued.add(url)

    def _past(self, calendar: tuple[str, ...]) -> Iterator[str]:
        # Each month may link to the next one, too, without end.
        return (url for url in calendar if (time := time_of_list(url)) is not None and time <= self._last)

    def has_few_more(self, listing: Listing, most: int) -> bool:
        """Tell whether a page stands behind that of *listing*, and *most* lists by month at most."""
        return listing.next_url is not None or 0 < len(self._waiting) <= most

    def turns_to_months(self, listing: Listing) -> bool:
        """Tell whether the page behind that of *listing* is a list by month."""
        return (listing.next_url is None or listing.next_url in self.seen) and bool(self._waiting)

    def articles_of(self, listing: Listing) -> list[Candidate]:
        """Return what *listing* names without pages of the list, by what was seen or stands in it."""
        lists = self.seen | {listing.next_url} | (set(listing.calendar) if self._has_calendar else set())
        return [one for one in listing.candidates if one.url not in lists]

    def go_on(self, listing: Listing | None) -> bool:
        """Go to the page behind that of *listing*, None where it could not be had; False where there is none."""
        if listing is not None and listing.next_url is not None and listing.next_url not in self.seen:
            self._go(listing.next_url, is_guess=listing.is_scripted)
            return True
        if not self._waiting:
            return False
        self.in_calendar = True
        self._go(self._waiting.popleft(), is_guess=False)
        return True

    def _go(self, url: str, *, is_guess: bool) -> None:
        self.url, self._is_guess = url, is_guess
        self.seen.add(url)

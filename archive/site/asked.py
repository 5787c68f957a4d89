"""What a search's address asks for: a Choice, an order, and how many; and the address of a changed search. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args
from urllib.parse import urlencode

from archive.query.choice import Choice
from archive.site.asking import Refused

Order = Literal["relevance", "newest", "oldest"]
ORDERS: tuple[Order, ...] = get_args(Order)
DEFAULT_HITS = 50  # on a page of results
MAX_HITS = 1000  # on one page, for who asks for more
MAX_QUERY = 1000  # characters; the rest is cut off


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A search as a visitor asks for it. *order* is None where none was chosen."""

    choice: Choice
    order: Order | None = None
    limit: int = DEFAULT_HITS

    @property
    def in_order(self) -> Order:
        """The best first, unless another order is chosen; without words that is the newest first."""
        chosen = self.order or "relevance"
        return "newest" if chosen == "relevance" and self.choice.words is None else chosen

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for: then every article is found."""
        return replace(self.choice, exact=False, utc=False) == Choice()

    def address(self, **changes: object) -> str:
        """Return its query string, with some parts of the choice changed.

        >>> Asked(choice=Choice(words="banjir")).address(outlet="warta")
        'q=banjir&outlet=warta'
        """
        choice = replace(self.choice, **changes)  # type: ignore[arg-type]  # its callers name its fields
        parts: dict[str, object] = {
            "q": choice.words,
            "outlet": choice.outlet,
            "section": choice.section,
            "author": choice.author,
            "since": choice.since,
            "until": choice.until,
            "utc": "1" if choice.utc else None,
            "originals": "1" if choice.originals else None,
            "exact": "1" if choice.exact else None,
            "licence": choice.licence,
            "without_reserved": "1" if choice.without_reserved else None,
            "order": self.order,
        }
        return urlencode({name: str(value) for name, value in parts.items() if value is not None})


def read_asked(arguments: Mapping[str, str]) -> Asked:
    """Return what the arguments of an address ask for; empty ones ask for nothing. Raises Refused for no day."""

    def given(name: str) -> str | None:
        return arguments.get(name) or None

    words = given("q")
    order = given("order")
    return Asked(
        choice=Choice(
            words=words[:MAX_QUERY] if words is not None else None,
            outlet=given("outlet"),
            section=given("section"),
            author=given("author"),
            since=_day(given("since")),
            until=_day(given("until")),
            utc=bool(given("utc")),
            originals=bool(given("originals")),
            exact=bool(given("exact")),
            licence=given("licence"),
            without_reserved=bool(given("without_reserved")),
        ),
        order=next((known for known in ORDERS if known == order), None),
        limit=limit_of(given("limit")),
    )


def limit_of(text: str | None) -> int:
    """Return how many hits were asked for, 1 to MAX_HITS; DEFAULT_HITS where *text* is no number."""
    return max(1, min(int(text), MAX_HITS)) if text and text.isascii() and text.isdigit() else DEFAULT_HITS


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused("day", text=(text or "")[:40]) from None

"""Which articles a list has left out between those that it still names: they may have been withdrawn.

A feed or a page of the newest articles covers a span of time, from its oldest entry on. What it named before, is of
that span, and stands no more between the others, is looked at again: one request tells what became of it. A list that
leaves out many is not one of all articles of its span (a front page made by hand), and tells nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

MIN_NAMED = 3  # entries with a time: fewer make no span
MAX_MISSING = 2  # of a span, or
MAX_MISSING_SHARE = 0.2  # of it: editors withdraw few articles at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article that a list named at least once; *is_named*: the list names it today."""

    url: str
    published: datetime | None
    is_named: bool


def find_gaps(entries: Sequence[Entry], *, to_end: bool = False) -> list[str]:
    """Return the addresses of *entries*, all that one kind of list ever named, which it left out of its span today.

    *to_end*: it was read to its end, so that all are of its span.
    """
    within = list(entries) if to_end else _of_span(entries)
    missing = [entry.url for entry in within if not entry.is_named]
    return missing if len(missing) <= max(MAX_MISSING, MAX_MISSING_SHARE * len(within)) else []


def _of_span(entries: Sequence[Entry]) -> list[Entry]:
    timed = [(entry.published, entry) for entry in entries if entry.published is not None]
    named = [published for published, entry in timed if entry.is_named]
    return [entry for published, entry in timed if published > min(named)] if len(named) >= MIN_NAMED else []

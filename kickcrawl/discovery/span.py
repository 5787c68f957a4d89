"""What the times of a list's entries tell: whether it is a window on the newest articles, or goes back to the first,
and whether it reaches back to what is known.

In: candidates as the readers of feeds and sitemaps give them. Out: verdicts; what to do with them is the caller's.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kickcrawl.article import Candidate

# Google reads two days of a news sitemap (developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap);
# newsrooms leave a week or two in it. A list of all articles goes back further, or is told by the entries without tags.
MAX_NEWS_SPAN = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From when to when the entries of a list were published, or changed where they do not say."""

    oldest: datetime
    newest: datetime


def span_of(candidates: Iterable[Candidate]) -> Span | None:
    """Return the span of all times that *candidates* have, None if they have none."""
    times = [at for candidate in candidates if (at := _time(candidate))]
    return Span(oldest=min(times), newest=max(times)) if times else None


def is_news_window(candidates: Sequence[Candidate], now: datetime) -> bool:
    """Tell whether the entries of a whole tree of sitemaps are those of the last days only, as a news sitemap's are.

    News tags on all entries do not make it one: full sitemaps of some generators have them, too. One entry without a
    publish time, or one that is older, shows that it is a list of all articles.
    """
    published = [candidate.published.at for candidate in candidates if candidate.published]
    return bool(published) and len(published) == len(candidates) and min(published) >= now - MAX_NEWS_SPAN


def reaches_known(candidates: Sequence[Candidate], is_known: Callable[[str], bool]) -> bool:
    """Tell whether a feed reaches back to what is known, so that nothing can have passed through it unseen.

    Known must be the last of its entries, or two of them. One that stands on top of newer ones is pinned: that it is
    known tells nothing of those between.
    """
    entries = _in_order(candidates)
    if not entries:
        return False
    return is_known(entries[-1].url) or sum(is_known(entry.url) for entry in entries) >= 2


def horizon(candidates: Sequence[Candidate]) -> datetime | None:
    """Return the time that nothing behind *candidates*, the first of a longer list, was published after.

    A list is newest first, by publish time or by last change, which comes no sooner. None where its order does not
    tell: oldest first, in no order, or without times.
    """
    published = [one.published.at for one in candidates if one.published]
    changed = [moment.at for one in candidates if (moment := one.modified or one.published)]
    ends = [times[-1] for times in (published, changed) if len(times) == len(candidates) and _is_falling(times)]
    return max(ends, default=None)  # where both orders fit, either may be the list's


def is_by_change(candidates: Sequence[Candidate]) -> bool:
    """Tell whether a list is ordered by last change, so that an edit brings an article back to its top however old it
    is. Where no edit has changed the order, that is not known."""
    published = [one.published.at for one in candidates if one.published]
    changed = [moment.at for one in candidates if (moment := one.modified or one.published)]
    return len(changed) == len(candidates) and _is_falling(changed) and bool(published) and not _is_falling(published)


def _is_falling(times: Sequence[datetime]) -> bool:
    """Tell whether *times* are the newest first, but for one that is pinned on top of several."""
    parts = [times] if len(times) < 3 else [times, times[1:]]
    falling = (all(newer >= older for newer, older in zip(part, part[1:], strict=False)) for part in parts)
    return len(times) > 1 and any(falling)


def _in_order(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return *candidates* newest first, without those that are pinned on top of newer ones."""
    times = [_time(candidate) for candidate in candidates]
    known = [time for time in times if time is not None]
    if len(known) < len(times):
        return list(candidates)
    rising = sum(later > earlier for earlier, later in zip(known, known[1:], strict=False))
    if rising > len(known) / 2:  # oldest first
        return list(reversed(candidates))
    newest_behind = _newest_behind(known)
    return [
        one for one, time, behind in zip(candidates, known, newest_behind, strict=True) if not behind or time >= behind
    ]


def _newest_behind(times: Sequence[datetime]) -> list[datetime | None]:
    """Return for each of *times* the newest of those that stand behind it, None for the last."""
    found: list[datetime | None] = []
    newest: datetime | None = None
    for time in reversed(times):
        found.append(newest)
        newest = time if newest is None or time > newest else newest
    return found[::-1]


def _time(candidate: Candidate) -> datetime | None:
    moment = candidate.published or candidate.modified
    return moment.at if moment else None

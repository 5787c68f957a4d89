"""Correct a publish time for machines by the hour that readers see beside the headline.

In: the claims of a page, the one that would be chosen, the page. Out: the claims. Content systems write midnight where
they know a day only, and a "Z" behind the newsroom's own hour; what readers see is then the time.

    "2025-07-14T22:30:00Z" beside "Senin, 14 Juli 2025 22:30 WITA"   ->   22:30 +08:00
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from lxml import etree

from kickcrawl.article import Claim, Moment, Source
from kickcrawl.claims.near_headline import days_near_headline
from kickcrawl.claims.page_dates import seen_on
from kickcrawl.claims.seen_days import FOREIGN
from kickcrawl.claims.shown_day import MAX_RANK, by_shown_day
from kickcrawl.claims.stated_times import stated_in_meta
from kickcrawl.claims.written_days import Written
from kickcrawl.dates import to_moment
from kickcrawl.page.parsed import ParsedPage

_PAGE_SOURCES = ("json-ld", "meta", "markup")
_MAX_OFFSET = timedelta(hours=14)  # of all zones of the world
_SHOWS_CLOCK: Any = etree.XPath(
    "boolean(//body//text()[contains(., $year) and contains(., $day) and string-length(.) < 100"
    " and (contains(., ':') or contains(., '.'))])"
)
_SHOWS: Any = etree.XPath("boolean(//body//text()[contains(., $colon) or contains(., $dot) or contains(., $half)])")


def correct_by_visible_hour(claims: Sequence[Claim], published: Claim | None, page: ParsedPage) -> list[Claim]:
    """Return *claims* with the visible time in place of *published* where that is a machine's midnight or false UTC.

    The times of change that the same source writes with a false "Z" are the newsroom's own hours, too.
    """
    if published is None or published.source not in _PAGE_SOURCES:
        return list(claims)
    near = days_near_headline(page)
    shown = _shown_one(published, claims, {day.at.date() for day in near or ()}, page)
    if shown is not published:
        claims = [shown, *(claim for claim in claims if not _states_published(claim))]
        published = shown
    stated = published.value
    if not isinstance(stated, Moment):
        return list(claims)
    written, is_midnight = _as_written(stated), _as_written(stated).time() == time()
    is_false = is_midnight or stated.offset == 0
    visible = _visible(written, stated, page) if is_false and _is_shown(written, near, page) else None
    if visible is None:
        return _by_shown_day(claims, published, stated, near or (), page)
    if visible.at == stated.at:
        return list(claims)
    others = [claim for claim in claims if claim.field != "published_at" or claim.value != stated]
    corrected = [_moved(claim, published, visible) if not is_midnight else claim for claim in others]
    return [Claim(field="published_at", value=visible, source="visible"), *corrected]


def _by_shown_day(
    claims: Sequence[Claim], published: Claim, stated: Moment, near: Sequence[Written], page: ParsedPage
) -> list[Claim]:
    """Return *claims* with what readers see beside the headline in place of *stated*, where that tells more."""
    shown = by_shown_day(stated, near, page)
    if shown is None:
        return list(claims)
    source: Source = published.source if shown.at == stated.at else "visible"
    others = [claim for claim in claims if claim.field != "published_at" or claim.value != stated]
    return [Claim(field="published_at", value=shown, source=source), *others]


def _is_shown(written: datetime, near: Sequence[Written] | None, page: ParsedPage) -> bool:
    """Tell quickly whether the hour of *written*, or any for a midnight, may stand beside the headline on its day."""
    is_midnight = written.time() == time()
    if near is not None:
        hours = [day.at for day in near if day.at.date() == written.date() and day.at.time() != time()]
        return any(is_midnight or (at.hour, at.minute) == (written.hour, written.minute) for at in hours)
    if is_midnight:
        return bool(_SHOWS_CLOCK(page.root, year=str(written.year), day=str(written.day)))
    half = f"{(written.hour - 1) % 12 + 1}:{written.minute:02}"
    return bool(_SHOWS(page.root, colon=f"{written:%H:%M}", dot=f"{written:%H.%M}", half=half))


def _visible(written: datetime, stated: Moment, page: ParsedPage) -> Moment | None:
    """Return the time that readers see beside the headline on the day of *written*; at its hour, if it has one.

    Where that is *stated* itself, in an attribute, the same hour with a zone goes before it:
    ``<time datetime="2025-07-14T22:30:00Z">14 Juli 2025 22:30 WITA</time>``.
    """
    zone, is_midnight = page.site.timezone, written.time() == time()
    same: Moment | None = None
    for seen in seen_on(page):
        at = seen.day.at
        if seen.rank == FOREIGN or seen.rank > MAX_RANK or at.date() != written.date() or at.time() == time():
            continue
        if is_midnight or (at.hour, at.minute) == (written.hour, written.minute):
            moment = to_moment(at.replace(second=0 if is_midnight else written.second), zone)
            if moment is not None and abs(moment.at - stated.at) < timedelta(seconds=1):
                same = same or moment
            elif same is None or at.tzinfo is not None:
                return moment
    return same


def _moved(claim: Claim, published: Claim, visible: Moment) -> Claim:
    """Return the time of change *claim* with the offset of *visible*, if it has a false one from the same source."""
    value = claim.value
    if claim.field != "modified_at" or claim.source != published.source or not isinstance(value, Moment):
        return claim
    if value.offset != 0 or visible.offset is None:
        return claim
    return replace(claim, value=Moment(value.at - timedelta(minutes=visible.offset), visible.offset))


def _as_written(stated: Moment) -> datetime:
    """Return *stated* by the clock that wrote it, naive."""
    return stated.at.astimezone(UTC).replace(tzinfo=None) + timedelta(minutes=stated.offset or 0)


def _states_published(claim: Claim) -> bool:
    return claim.field == "published_at" and claim.source in _PAGE_SOURCES and isinstance(claim.value, Moment)


def _shown_one(published: Claim, claims: Sequence[Claim], near: Collection[date], page: ParsedPage) -> Claim:
    """Return the claim whose day is one *near* the headline, where that of *published* is not.

    A page that states two publish times has two programs that count, from the first draft and from the publication. A
    time that is stated as that of a change, too, is none of both.
    """
    if not near or not _days(published).isdisjoint(near):
        return published
    stated = [claim for claim in claims if _states_published(claim) and claim.source != "markup"]
    if at := stated_in_meta(page.head.metas, page.site.timezone):
        stated.append(Claim(field="published_at", value=at, source="meta"))
    other = [published, *(claim for claim in claims if claim.field == "modified_at" and claim.source != "markup")]
    own = (claim for claim in stated if not any(_is_same_clock(claim, known) for known in other))
    found = next((claim for claim in own if not _days(claim).isdisjoint(near)), None)
    return found if found and not _days(found).isdisjoint(_days_beside(page)) else published


def _days_beside(page: ParsedPage) -> set[date]:
    """Return the days that stand beside the headline as the article's: not that of the printed issue, say."""
    return {seen.day.at.date() for seen in seen_on(page) if seen.rank <= MAX_RANK}


def _is_same_clock(one: Claim, other: Claim) -> bool:
    """Tell whether both are the same time, as well by clocks of two zones."""
    if not isinstance(one.value, Moment) or not isinstance(other.value, Moment):
        return False
    apart = abs(one.value.at - other.value.at)
    return apart <= _MAX_OFFSET and apart % timedelta(minutes=15) < timedelta(seconds=1)


def _days(claim: Claim) -> set[date]:
    """Return the days on which the time of *claim* may be shown: by the clock that wrote it, and in UTC."""
    stated = claim.value
    return {_as_written(stated).date(), stated.at.date()} if isinstance(stated, Moment) else set()

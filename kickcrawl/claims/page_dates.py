"""Find out when an article was published where neither a seed nor the usual tags say so.

One witness after the other is asked, the surest first, until one answers.

In: the page's tree, its address, the outlet's rules. Out: one claim, or none; never what the day is today.

    other names for machines  ->  what readers see  ->  the address  ->  data of scripts  ->  htmldate
"""

import copy
import re
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from htmldate import find_date
from lxml import etree
from lxml.html import HtmlElement

from kickcrawl.article import Claim, Moment, Source
from kickcrawl.claims.seen_days import FOREIGN, Seen, seen_days
from kickcrawl.claims.stated_times import stated_in_json_ld, stated_in_markup, stated_in_meta, stated_in_scripts
from kickcrawl.claims.written_days import find_days, may_hold_day
from kickcrawl.dates import day_in_path, is_day_slug, latest, to_moment
from kickcrawl.page.parsed import ParsedPage

# A month alone in a path, as most WordPress sites have it.
_MONTH_IN_PATH = re.compile(r"/(?P<year>(?:199|20[0-4])\d)/(?P<month>0?[1-9]|1[0-2])/")
_COMMENTS = re.compile(r"(?:^|[ _-])(?:comments?|commentlist|disqus|komentar|respond)(?:$|[ _-])", re.IGNORECASE)
_MAX_HTML_BYTES = 1_000_000  # htmldate would take a second and more, as for an element of 40,000 attributes


def find_published(page: ParsedPage, modified: Collection[Moment]) -> Claim | None:
    """Return the claim of the surest witness on *page* about when its article was published.

    *modified* are the times at which it is known to have been changed.
    """
    url, zone = page.url, page.site.timezone
    if at := stated_in_meta(page.head.metas, zone):
        return _published(at, "meta")
    if at := stated_in_json_ld(page):
        return _published(at, "json-ld")
    if at := stated_in_markup(page):
        return _published(at, "markup")
    day = day_in_path(url)
    is_slug = day is not None and is_day_slug(url)
    seen = seen_on(page)
    if at := _seen(seen, zone, None if is_slug or _is_later(day, seen) else day):
        return _published(at, "visible")
    is_topic = is_slug and _speaks_of(page, day)
    if is_topic:
        day = None
    if day and (at := to_moment(day, zone)):
        return _published(at, "url")
    if at := stated_in_scripts(page):
        return _published(at, "page")
    others = {time.at.astimezone(ZoneInfo(zone)).date() for time in modified}
    others |= {one.day.at.date() for one in seen if one.rank == FOREIGN}
    day = _by_htmldate(_without_others(page), url)
    if day and day.date() not in others and _fits_path(day, url) and (at := to_moment(day, zone)):
        return _published(at, "page")
    if not is_topic and (day := day_in_path(url, in_slug=True)) and (at := to_moment(day, zone)):
        return _published(at, "url")
    return None


def seen_on(page: ParsedPage) -> list[Seen]:
    """Return the days that *page* shows, read in its language and as its country writes them."""
    country = (urlsplit(page.url).hostname or "").rpartition(".")[2]
    return seen_days(page, page.site.language or language_of(page.root), country)


def _speaks_of(page: ParsedPage, day: datetime | None) -> bool:
    """Tell whether the headline speaks of *day*: "17 Agustus di Pulau Terluar" at /17-08-2026 appeared another day."""
    headline = page.headline.text_content() if page.headline is not None else page.root.findtext(".//title") or ""
    return day is not None and str(day.day) in re.findall(r"\d+", headline)


def _fits_path(day: datetime, url: str) -> bool:
    """Tell whether *day* is of the month that stands in the path of *url*, if one does."""
    month = _MONTH_IN_PATH.search(urlsplit(url).path)
    return month is None or (int(month["year"]), int(month["month"])) == (day.year, day.month)


def language_of(root: HtmlElement) -> str:
    """Return the language that a page declares, "id-ID"; "" if it does not."""
    return (root.get("lang") or root.get("xml:lang") or "").strip()[:20]


def _published(at: Moment, source: Source) -> Claim:
    return Claim(field="published_at", value=at, source=source)


def _seen(seen: Sequence[Seen], timezone: str, day: datetime | None) -> Moment | None:
    """Return the likeliest of the times that readers see; where the address says the *day*, only one on it.

    An hour of the day before or after counts, too: the address is made in another zone than the clock that readers see.
    """
    times = [one.day.at for one in seen if one.rank != FOREIGN and (day is None or _is_beside(one.day.at, day))]
    if day is not None:  # the very day before its neighbours
        times.sort(key=lambda at: at.date() != day.date())
    return next((at for written in times if (at := to_moment(_on_day(written, timezone, day), timezone))), None)


def _is_later(day: datetime | None, seen: Sequence[Seen]) -> bool:
    """Tell whether *day*, in the address, is later than the one beside the headline: then the story is about it."""
    beside = [one.day.at.date() for one in seen if one.rank <= 1]
    return day is not None and bool(beside) and max(beside) < day.date() - timedelta(days=1)


def _on_day(written: datetime, timezone: str, day: datetime | None) -> datetime:
    """Return *written* without an offset of zero that would move it off the *day* in the address.

    MkDocs prints the newsroom's own clock as +00:00.
    """
    is_moved = (
        day is not None and written.tzinfo is not None and written.astimezone(ZoneInfo(timezone)).date() != day.date()
    )
    return written.replace(tzinfo=None) if is_moved and not written.utcoffset() else written


def _is_beside(at: datetime, day: datetime) -> bool:
    return at.date() == day.date() or (at.time() != time() and abs(at.date() - day.date()) <= timedelta(days=1))


def _without_others(page: ParsedPage) -> HtmlElement:
    """Return a copy of the page's tree without readers' comments and what speaks of other articles.

    That are the entries that lead to them, and JSON-LD, of which nothing that could be read was about this one.
    """
    twin = copy.deepcopy(page.root)
    own = {page.scope, *page.scope.iterancestors()}
    if page.headline is not None:
        own |= {page.headline, *page.headline.iterancestors()}
    pairs = zip(page.root.iter("*"), twin.iter("*"), strict=True)
    doomed = [
        other
        for node, other in pairs
        if node in page.all_entries
        or (node not in own and _is_of_readers(node))
        or (page.json_ld and node.tag == "script" and "ld+json" in (node.get("type") or ""))
    ]
    for node in doomed:
        if node.getparent() is not None:
            node.drop_tree()
    return twin


def _is_of_readers(node: HtmlElement) -> bool:
    return bool(_COMMENTS.search(f"{node.get('class') or ''} {node.get('id') or ''}"))


def _by_htmldate(root: HtmlElement, url: str) -> datetime | None:
    """Return the day that htmldate finds anywhere on the page.

    Not its extensive search, which tries every language: 1.6 s of CPU in a new process, and wrong every other time. It
    takes the first of a month for what it knows no day of: that is none, unless it is written.
    """
    if len(etree.tostring(root)) > _MAX_HTML_BYTES or root.xpath("boolean(//*[count(@*) > 50])"):
        return None
    now = datetime.now(UTC)
    found = find_date(
        root, extensive_search=False, original_date=True, url=url, max_date=latest(now).date().isoformat()
    )
    day = datetime.fromisoformat(found) if found else None
    return day if day is not None and (day.day != 1 or _is_written(root, day)) else None


def _is_written(root: HtmlElement, day: datetime) -> bool:
    """Tell whether *day* stands on the page in full."""
    texts = (text for text in root.itertext() if may_hold_day(text))
    return any(written.at.date() == day.date() for text in texts for written in find_days(text, language_of(root)))

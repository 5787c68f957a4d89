"""Find the publish day where a page shows it to readers: beside the headline, or in an element named after it.

In: the page's tree. Out: the days, the likeliest first. What teasers, comments, captions and copyright lines say is
about something else; a day inside a sentence is one that the text speaks of; an update is no publication.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import time
from typing import NamedTuple

from lxml.html import HtmlElement

from kickcrawl.claims.day_labels import Label, read_label
from kickcrawl.claims.lines import Line, read_lines
from kickcrawl.claims.written_days import Written, find_days, in_order_of_page
from kickcrawl.page.blocks import fold
from kickcrawl.page.parsed import ParsedPage
from kickcrawl.vocabulary import WORDS, any_of

FOREIGN = 5  # the rank of a day that is not the article's
_NAMED = re.compile(
    r"date(?!p?icker)|publi[sc]|posted|timestamp|timeline\b|\btime\b|-time\b|byline|utime|submitted|created"
    r"|(?:post|entry|article|blog|news)[-_]?(?:meta|info|data)|schedule"
    rf"|{any_of(WORDS.class_names.dates)}",
    re.IGNORECASE,
)
_UPDATED_NAME = re.compile(
    r"changed|modifi|lastmod|last-?update|date-?updated|updated?-?(?:date|on|at|time)|\btime updated\b", re.IGNORECASE
)
_PUBLISHED = re.compile(any_of(WORDS.dates.published), re.IGNORECASE)
_BANNER = re.compile(r"header|\btop|nav", re.IGNORECASE)
_MAX_BANNER_CHARACTERS = 500  # of a page's text in which its banner stands
_MAX_LINE_CHARACTERS = 160  # a longer line is prose
_MIN_LIST_DAYS = 3  # different ones in elements of one selector: they are a list
_MAX_WORDS_BESIDE = 12  # the day, in a line of credits
_MAX_BEFORE_CHARACTERS, _MAX_AFTER_CHARACTERS = 300, 900  # from the headline
_MAX_HEADLINE_CHARACTERS = 500
_MAX_CLOSE_CHARACTERS = 250  # nearer, a day may be the article's though its element is called a widget
_MAX_NEXT_LINES = 2  # before and after the headline: they are the article's whatever element holds them


class Seen(NamedTuple):
    """A day and how sure it is the article's: by rank (0 is best), then by its distance from the headline (characters).

    0 beside the headline, called a day of publication; 1 beside the headline; 2 called so elsewhere; 3 in an element
    named so elsewhere; 4 at the head of the text, or "Stand" near the headline. 5 is not the article's, whoever else
    finds it: the day of today, of a copyright, of a caption. *is_called*: a word before it says that it was published.
    """

    rank: int
    distance: int
    day: Written
    is_called: bool = False


def seen_days(page: ParsedPage, language: str, country: str) -> list[Seen]:
    """Return the days that *page* shows, the likeliest to be that of publication first.

    *language* is what the page is written in ("id", "en-US", ""), *country* the last part of its host's name.
    """
    body = next(page.root.iter("body"), page.root)
    lines = read_lines(body, _headline(page, body), page.all_entries, page.scope)
    heads = [number for number, line in enumerate(lines) if line.is_headline]
    headline = " ".join(lines[number].text for number in heads)
    dated = [(number, line) for number, line in enumerate(lines) if line.names]  # the others hold no day
    written = [(number, day) for number, line in dated for day in find_days(line.text, language, country)]
    days = in_order_of_page([day for _, day in written])
    found: dict[str, list[Seen]] = defaultdict(list)
    for (number, _), day in zip(written, days, strict=True):
        line = lines[number]
        beside = bool(heads) and heads[0] - _MAX_NEXT_LINES <= number <= heads[-1] + _MAX_NEXT_LINES
        distance = _distance(line, lines[heads[0]], lines[heads[-1]]) if heads else None
        is_above = bool(heads) and number < heads[0] and not beside
        label = read_label(lines, number, day, headline)
        rank = _rank(line, day, label, distance, beside, number in heads[1:])
        is_inside = label.is_own or (line.is_in_scope and distance is not None)
        is_banner = is_above and not is_inside and _is_banner(line, day)
        rank = FOREIGN if is_banner or line.is_foreign or label.is_other else rank
        if rank is not None:
            place = line.begin if distance is None else distance
            found[line.names].append(Seen(rank, place, day, label.is_published))
    # Elements of one selector with several days are a list: teasers, comments, an archive.
    single = [seen for alike in found.values() for seen in alike if seen.rank == FOREIGN or not _is_list(alike)]
    # An update is never before the publication.
    return sorted(single, key=lambda seen: (seen.rank, seen.distance, seen.day.at.replace(tzinfo=None)))


def _distance(line: Line, first: Line, last: Line) -> int | None:
    """Return how far *line* is from the headline, which is the lines *first* to *last*; None if it is not near."""
    if line.begin >= last.end:
        return line.begin - last.end if line.begin - last.end <= _MAX_AFTER_CHARACTERS else None
    if line.end <= first.begin:
        return first.begin - line.end if first.begin - line.end <= _MAX_BEFORE_CHARACTERS else None
    return 0


def _rank(
    line: Line, day: Written, label: Label, distance: int | None, is_beside: bool, is_subline: bool
) -> int | None:
    is_near = distance is not None
    is_named = bool(_NAMED.search(line.inline if line.is_headline else line.names))
    if label.is_updated or (not label.is_published and _is_update_by_name(line)):
        return None
    if label.is_own:
        return 0 if is_near else 2
    is_close = distance is not None and distance <= _MAX_CLOSE_CHARACTERS
    if line.is_aside and not is_beside and not (is_near and label.is_field) and not (is_close and is_named):
        return None
    if line.is_headline and not is_named and not (is_subline and day.start == 0):
        return None
    if label.is_as_of:
        return 1 if is_beside else 4 if is_near else None
    if len(line.text) > _MAX_LINE_CHARACTERS or _words_beside(line, day) > _MAX_WORDS_BESIDE:
        if is_near and label.is_published and day.start < _MAX_LINE_CHARACTERS:
            return 0
        return 4 if is_near and _opens(line, day) else None
    if line.linked > 0.8 * len(line.text) > day.end - day.start + 25:
        return None
    if is_near:
        return 0 if label.is_published or is_named else 1
    return 2 if label.is_published else 3 if is_named else None


def _is_update_by_name(line: Line) -> bool:
    return bool(_UPDATED_NAME.search(line.names) and not _PUBLISHED.search(line.names))


def _is_list(alike: Sequence[Seen]) -> bool:
    return len({seen.day.at.date() for seen in alike}) >= _MIN_LIST_DAYS


def _is_banner(line: Line, day: Written) -> bool:
    """Tell whether *line*, above the article, says what day it is today, as newspapers print it under their name."""
    return day.at.time() == time() and (line.begin < _MAX_BANNER_CHARACTERS or bool(_BANNER.search(line.names)))


def _opens(line: Line, day: Written) -> bool:
    """Tell whether *day* opens a text as in "MATARAM (14/7/2025) – Warga", not as in "Am 14. Juli fuhr er"."""
    before, after = line.text[: day.start].strip(" (|–—-"), line.text[day.end : day.end + 2].strip()
    return day.start <= 40 and (not before or after[:1] in tuple(")–—:|-."))


def _words_beside(line: Line, day: Written) -> int:
    return len(line.text[: day.start].split()) + len(line.text[day.end :].split())


def _headline(page: ParsedPage, body: HtmlElement) -> HtmlElement | None:
    """Return the headline, or the heading that the page's title repeats where several could be it."""
    if page.headline is not None:
        return page.headline
    titles = [node.text or "" for node in page.root.iter("title")]
    titles += page.root.xpath("//meta[@property='og:title']/@content")
    wanted = [fold(title[:_MAX_HEADLINE_CHARACTERS]).lower() for title in titles]
    for tags, least in ((("h1", "h2", "h3"), 10), (("h4", "h5", "div", "p", "td", "span", "strong", "b", "font"), 20)):
        for node in body.iter(*tags):
            text = node.text_content() if least == 10 else node.text or ""
            text = fold(text[:_MAX_HEADLINE_CHARACTERS].replace("\xad", "")).lower()  # soft hyphens
            if len(text) >= least and any(text in title for title in wanted):
                return node
    return None

"""Read the publish time that a page states for machines under another name than the usual ones.

In: the page's tree. Out: a Moment, or None. metadata.py reads what nearly every site writes (article:published_time,
datePublished); here are Dublin Core, RDFa, analytics' and newsrooms' own names, JSON-LD of pages and videos, and data
of scripts. Only used where no other source says when the article appeared.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache

from kickcrawl.article import Moment
from kickcrawl.claims.lines import tell_foreign
from kickcrawl.claims.written_days import find_days
from kickcrawl.dates import parse_machine_time, to_moment
from kickcrawl.page.article_node import stated_days
from kickcrawl.page.blocks import fold
from kickcrawl.page.head_tags import Meta
from kickcrawl.page.parsed import ParsedPage

# A property's name without its dots, colons and dashes: what it ends with says what it is.
_PUBLISHED = re.compile(
    r"(?:publish(?:ed|ing)?|publication|pub|release|issued?|post(?:ed)?|creat(?:ed?|ion)|reg)"
    r"(?:date|time|at|on)+$"
    r"|(?:date|time)(?:first)?(?:publish(?:ed)?|publication|issued|created|posted)$"
    r"|(?:^|dc|dcterms|article|og|schema)(?:published|issued|created)$"
    r"|pubdate$|^ptime$|^articledateoriginal$|(?:^|dc|dcterms|dctermsdc|article|citation|sailthru|parsely|prism|display|doc|original|story|news|entry)date$"
)
_OTHER_TIME = re.compile(r"modif|updat|change|expir|valid|event|birth|start|end|revis|review|comment")
# The same in the data of scripts: "publishedAt":"2023-10-31T12:00:00Z".
_IN_SCRIPT = re.compile(
    r"""["'](?:date_?published|publi(?:sh|shed|cation)_?(?:date(?:_?time)?|time|at|on)|first_?published(?:_?at)?|pub_?date"""
    r"""|created?(?:_?date)?(?:_?time)?(?:_?at)?|upload_?date)["']\s?:\s?["']?((?:19|20)\d\d-?[01]\d-?[0-3]\d[^"',}]{0,30})""",
    re.IGNORECASE,
)
# Where a script writes "3 hours ago": <span class="date" data-timestamp="1752631500">.
_COUNTED = ("data-timestamp", "data-time", "data-utime", "data-datetime")
_DATED = f".//*[@itemprop or @property or {' or '.join(f'@{name}' for name in _COUNTED)}][not(self::meta)]"
_TIME_NAME = re.compile(r"date|time|publi|posted|tanggal", re.IGNORECASE)
_OTHER_CLASS = re.compile(rf"{_OTHER_TIME.pattern}|timer|count.?down|timeline|player|video|audio", re.IGNORECASE)
_MAX_VALUE_CHARACTERS = 100
_MAX_ELEMENTS = 500  # with a property, that are read
_MAX_SCRIPT_CHARACTERS = 1_500_000  # of all scripts of a page


def stated_in_meta(metas: Iterable[Meta], timezone: str) -> Moment | None:
    """Return the publish time in the first of *metas* that is named after one."""
    for meta in metas:
        for name in (meta.property, meta.name, meta.itemprop):
            if names_publication(name) and (at := read_stated(meta.content, timezone)):
                return at
    return None


def stated_in_json_ld(page: ParsedPage) -> Moment | None:
    """Return the publish time in JSON-LD of whatever the page calls itself; None if its parts do not agree."""
    return _agreed(stated_days(page.json_ld, page.root, page.head, page.url, page.node), page.site.timezone)


def stated_in_markup(page: ParsedPage) -> Moment | None:
    """Return the publish time of the first element that RDFa or microdata call so, or that has it for its script.

    Outside of comments, of asides, and of entries that lead to other articles.
    """
    body, timezone = next(page.root.iter("body"), page.root), page.site.timezone
    for node in body.xpath(_DATED)[:_MAX_ELEMENTS]:
        counted = (
            next(filter(None, map(node.get, _COUNTED)), None) if _is_called_time(node.get("class") or "") else None
        )
        named = f"{node.get('itemprop')} {node.get('property')}".split()
        if counted is None and not any(map(names_publication, named)):
            continue
        if any(holder in page.all_entries or any(tell_foreign(holder)) for holder in (node, *node.iterancestors())):
            continue
        for value in (counted, node.get("content"), node.get("datetime"), node.get("title"), node.text):
            if value and (at := read_stated(value, timezone)):
                return at
    return None


def stated_in_scripts(page: ParsedPage) -> Moment | None:
    """Return the publish time in the data of scripts; None if there are several: then some are other articles'.

    JSON-LD that could be read has said what it knows of this article.
    """
    found, left = [], _MAX_SCRIPT_CHARACTERS
    for script in page.root.iter("script"):
        if page.json_ld and "ld+json" in (script.get("type") or ""):
            continue
        text = (script.text or "")[:left]
        left -= len(text)
        found += [match[1] for match in _IN_SCRIPT.finditer(text)]
    return _agreed(found, page.site.timezone)


def names_publication(name: str) -> bool:
    """Tell whether a property of that *name* says when something was published: "DC.date.issued", "publishdate"."""
    return _is_publication(name[:_MAX_VALUE_CHARACTERS])


@lru_cache(maxsize=1024)  # all pages have the same few names; 100 characters each
def _is_publication(name: str) -> bool:
    plain = re.sub(r"[^a-z]", "", name.lower())
    return bool(_PUBLISHED.search(plain)) and not _OTHER_TIME.search(plain)


def _is_called_time(classes: str) -> bool:
    """Tell whether *classes* are those of a publish time; "updated" and "countdown-time" are others'."""
    return bool(_TIME_NAME.search(classes)) and not _OTHER_CLASS.search(classes)


def read_stated(text: str, timezone: str) -> Moment | None:
    """Return the time in *text*, for machines or in words; None where it has two meanings, as "04/05/2020" has."""
    text = fold(text[:_MAX_VALUE_CHARACTERS])
    if at := parse_machine_time(text, timezone):
        return at
    if re.fullmatch(r"1\d{9}(?:\d{3})?", text):  # seconds or milliseconds since 1970
        return to_moment(datetime.fromtimestamp(int(text[:10]), UTC), timezone)
    day = next(find_days(text, ""), None)
    return to_moment(day.at, timezone) if day is not None and day.is_sure else None


def _agreed(values: Iterable[str], timezone: str) -> Moment | None:
    times = [at for value in values if (at := read_stated(value, timezone))]
    return times[0] if times and len({moment.at.date() for moment in times}) == 1 else None

"""What an HTTP answer to the request for an article means, decided once: by the crawl and when its runs are reapplied.

Pure: (status, location, what is known of the address) -> the step to take. What the page itself says is decided after
it was read (kickcrawl.quality).

    200, 203                                               READ
    404, 410                                               MISSING
    451                                                    DOUBT
    301, 302, 303, 307, 308 of an archived article         CHECK_TARGET, then FOLLOW unless that is another article
    301, 302, 303, 307, 308 of anything else               FOLLOW
    anything else, a redirect without a location included  PUT_OFF, with a reason
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import urljoin

from kickcrawl.urls import canonicalize

SHOWN = frozenset((200, 203))  # 203: a proxy has changed something on the way
MISSING = frozenset((404, 410))
WITHHELD = 451  # for legal reasons, in this country at least
REDIRECTS = frozenset((301, 302, 303, 307, 308))  # 300 and 304 lead nowhere


class Step(Enum):
    """What to do with an answer."""

    READ = auto()  # the page is there: read it, with its further pages
    MISSING = auto()  # an archived article is gone; anything else never was one
    DOUBT = auto()  # it may be withdrawn: so after the same answer on another day
    CHECK_TARGET = auto()  # gone if another article is archived at the target; else as FOLLOW
    FOLLOW = auto()  # what stands behind the redirect is the answer
    PUT_OFF = auto()  # it says nothing about the article: ask again later


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """The *step* to take; *target* is the canonical address that is to be checked, *reason* why an answer counts for
    nothing."""

    step: Step
    target: str | None = None
    reason: str | None = None


def meaning_of(status: int, location: str | None, *, url: str, is_known: bool) -> Meaning:
    """Return what the answer to a request for *url* means; *location* is its header.

    *is_known* says that an article is archived under the address that was asked for. WordPress leads the address of a
    withdrawn post to whatever begins alike; where that is archived, too, its page need not be fetched.
    """
    if status in SHOWN:
        return Meaning(step=Step.READ)
    if status in MISSING:
        return Meaning(step=Step.MISSING, reason=f"HTTP {status}")
    if status == WITHHELD:
        return Meaning(step=Step.DOUBT, reason=f"HTTP {status}")
    if status in REDIRECTS and location:
        target = _target(url, location) if is_known else None
        return Meaning(step=Step.FOLLOW) if target is None else Meaning(step=Step.CHECK_TARGET, target=target)
    return Meaning(step=Step.PUT_OFF, reason=f"HTTP {status}")


def sets_new_cookie(set_cookie: Iterable[str], cookie: str) -> bool:
    """Tell whether an answer sets a cookie that its request did not have; then the same address may show another page.

    *set_cookie* are the values of the answer's Set-Cookie lines, *cookie* that of the request's Cookie line.
    """
    sent = {pair.partition("=")[0].strip() for pair in cookie.split(";")}
    return any(line.partition("=")[0].strip() not in sent for line in set_cookie)


def is_whole(body: bytes, *, is_robots: bool = False) -> bool:
    """Tell whether an answer whose end did not come is a whole document all the same: its length was stated wrongly.

    HTML, feeds and sitemaps end with the end of their root element, JSON can be read, and robots.txt ends with a line.
    """
    if is_robots:
        return body.endswith((b"\n", b"\r"))
    return _END.search(body[-_MAX_END_BYTES:]) is not None or _is_json(body)


def _is_json(body: bytes) -> bool:
    if not body.lstrip().startswith((b"{", b"[")):
        return False
    try:
        json.loads(body)
    except ValueError:
        return False
    return True


_MAX_END_BYTES = 4096  # comments of caches stand behind the end of the root element
_END = re.compile(rb"</(?:html|urlset|sitemapindex|rss|feed|rdf:rdf)\s*>\s*(?:<!--[^>]*-->\s*)*\Z", re.IGNORECASE)


def _target(url: str, location: str) -> str | None:
    """Return where a redirect leads; None if that is no web address, so nothing of ours."""
    try:
        return canonicalize(urljoin(url, location))
    except ValueError:
        return None

"""What an HTTP answer to the request for an article means, decided once: by the crawl and when its runs are reapplied.

Pure: (status, location, what is known of the address) -> the step to take. What the page itself says is decided after
it was read (kickcrawl.quality).

    200                                                    READ
    404, 410                                               MISSING
    451                                                    DOUBT
    301, 302, 303, 307, 308 of an archived article         CHECK_TARGET, then FOLLOW unless that is another article
    301, 302, 303, 307, 308 of anything else               FOLLOW
    anything else, a redirect without a location included  PUT_OFF, with a reason
"""

from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import urljoin

from kickcrawl.urls import canonicalize

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
    if status == 200:
        return Meaning(step=Step.READ)
    if status in MISSING:
        return Meaning(step=Step.MISSING, reason=f"HTTP {status}")
    if status == WITHHELD:
        return Meaning(step=Step.DOUBT, reason=f"HTTP {status}")
    if status in REDIRECTS and location:
        target = _target(url, location) if is_known else None
        return Meaning(step=Step.FOLLOW) if target is None else Meaning(step=Step.CHECK_TARGET, target=target)
    return Meaning(step=Step.PUT_OFF, reason=f"HTTP {status}")


def _target(url: str, location: str) -> str | None:
    """Return where a redirect leads; None if that is no web address, so nothing of ours."""
    try:
        return canonicalize(urljoin(url, location))
    except ValueError:
        return None

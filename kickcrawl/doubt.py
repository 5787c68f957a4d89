"""Decide how long a bad answer to the request for an article is doubted, and what it means once it has lasted.

Pure: (doubt before, what was answered now) -> doubt, and (doubt, what is known of the address) -> what becomes of it.
A challenge, an error page or a redirect to the front page says little when it was seen once. The candidate stays due,
with growing pauses, until equal answers were seen on several days.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from kickcrawl.article import Reason

# Whether a seed that names all of the outlet's articles names this one: it does, has stopped, or there is no such seed.
Standing = Literal["named", "dropped", "unknown"]
Fate = Literal["waiting", "gone", "rejected"]

MIN_PAUSE = timedelta(hours=20)  # between answers that count as given on different days: a daily crawl drifts
MAX_DAYS = 3  # of equal answers; then the page is rejected
MIN_DAYS_GONE = 2  # of equal answers that say, or may say, that an archived article was withdrawn

# Answers that an outlet in trouble gives for an article, too. Others (an attachment, a password) are what the page is.
DOUBTFUL: frozenset[Reason] = frozenset(
    ("block-page", "broken-page", "empty", "error-page", "front-page", "no-title", "not-found", "not-html",
     "other-article", "redirects", "unreadable")
)  # fmt: skip
# The same where an article was expected: one is archived there, its seed or its address says a headline, or a redirect
# led to such a page.
_DOUBTFUL_FOR_ARTICLE: frozenset[Reason] = frozenset(("list-page", "search-page", "static-page"))
_SAYS_WITHDRAWN = _DOUBTFUL_FOR_ARTICLE | frozenset(("error-page", "front-page", "not-found", "other-article"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What an address has answered lately in place of an article: the *reason*, and on how many *days*.

    *counted_at* is when the last of these days was counted.
    """

    reason: Reason
    days: int
    counted_at: datetime


def is_doubtful(reason: Reason, *, is_article_expected: bool) -> bool:
    """Tell whether an answer rejected for *reason* may be the outlet's trouble and not the page itself."""
    return reason in DOUBTFUL or (is_article_expected and reason in _DOUBTFUL_FOR_ARTICLE)


def add_answer(before: Doubt | None, reason: Reason, at: datetime) -> Doubt:
    """Return the doubt after an answer rejected for *reason*, fetched *at*. Another reason starts it anew."""
    if before is None or before.reason != reason:
        return Doubt(reason=reason, days=1, counted_at=at)
    if at - before.counted_at < MIN_PAUSE:
        return before
    return Doubt(reason=reason, days=before.days + 1, counted_at=at)


def fate_of(doubt: Doubt, *, is_known: bool, standing: Standing) -> Fate:
    """Return what becomes of an address after *doubt*; *is_known* says that an article is archived there.

    Nothing is gone that a covering seed still names. Where such a seed has dropped it, any answer will do; where there
    is none, the answer must say by itself that the article was withdrawn.
    """
    may_be_gone = standing == "dropped" or (standing == "unknown" and doubt.reason in _SAYS_WITHDRAWN)
    if is_known and may_be_gone and doubt.days >= MIN_DAYS_GONE:
        return "gone"
    return "rejected" if doubt.days >= MAX_DAYS else "waiting"

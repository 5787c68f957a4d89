"""Take times from candidates that cannot be yet: a seed's slip would hide every later edit. Pure."""

from dataclasses import replace
from datetime import datetime, timedelta

from kickcrawl import RELEASED
from kickcrawl.article import Candidate

MAX_CLOCK_ERROR = timedelta(days=1)  # of a server, or of one that writes its local time as if it were UTC


def without_future(candidate: Candidate, now: datetime) -> Candidate:
    """Return *candidate* without a time of change that lies in the future of *now*.

    A clock that is behind the making of this kickcrawl is wrong, and no measure.
    """
    if candidate.modified is None or now < RELEASED or candidate.modified.at <= now + MAX_CLOCK_ERROR:
        return candidate
    return replace(candidate, modified=None)

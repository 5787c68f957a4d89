"""Tell times of change that are the time of a build: generators write all pages anew, whatever was changed.

In: the candidates of one sitemap. Out: the same, without the times that nearly all of them share. A later one among
them is an edit's. An import of a whole archive leaves such times, too, and is no edit either.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from kickcrawl.article import Candidate

MIN_ENTRIES = 10  # with a moment, before it is no chance that they share it
MIN_SHARE = 0.9  # of them
MAX_BUILD_TIME = timedelta(minutes=10)  # before or behind the middle one


def without_build_time(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return *candidates* without the moments of change that nearly all of them share; a time of a day only stays."""
    timed = [candidate for candidate in candidates if candidate.modified and candidate.modified_until is None]
    moments = sorted(candidate.modified.at for candidate in timed if candidate.modified)
    if len(moments) < MIN_ENTRIES:
        return list(candidates)
    middle = moments[len(moments) // 2]
    built = {id(one) for one in timed if one.modified and abs(one.modified.at - middle) <= MAX_BUILD_TIME}
    if len(built) < MIN_SHARE * len(moments):
        return list(candidates)
    return [_without_time(one) if id(one) in built else one for one in candidates]


def _without_time(candidate: Candidate) -> Candidate:
    claims = tuple(claim for claim in candidate.claims if claim.field != "modified_at")
    return replace(candidate, modified=None, claims=claims)

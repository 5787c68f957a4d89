"""Tell times of change that are the time of a build: generators write all pages anew, whatever was changed.

In: the times that one list states. Out: which of them nearly all share. An import of a whole archive leaves such times,
too, and so does a newsroom that saves all its articles anew.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from kickcrawl.article import Candidate

MIN_ENTRIES = 10  # with a moment, before it is no chance that they share it
MIN_SHARE = 0.9  # of them
MAX_BUILD_TIME = timedelta(minutes=10)  # before or behind the middle one


def build_time(moments: Sequence[datetime]) -> datetime | None:
    """Return the middle of *moments* if nearly all of them lie within minutes of it; None if they do not."""
    if len(moments) < MIN_ENTRIES:
        return None
    middle = sorted(moments)[len(moments) // 2]
    near = sum(is_of_build(moment, middle) for moment in moments)
    return middle if near >= MIN_SHARE * len(moments) else None


def is_of_build(moment: datetime, built: datetime) -> bool:
    """Tell whether *moment* belongs to the build at the time *built*."""
    return abs(moment - built) <= MAX_BUILD_TIME


def without_build_claims(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return *candidates* without the claims of change that are the time of a build: no article gets these.

    Their times of change stay, since all articles may have been edited: what they are worth is learned
    (kickcrawl.discovery.lastmod_trust).
    """
    timed = [candidate.modified.at for candidate in candidates if candidate.modified and not candidate.modified_until]
    built = build_time(timed)
    if built is None:
        return list(candidates)
    return [
        _without_claims(candidate)
        if candidate.modified and not candidate.modified_until and is_of_build(candidate.modified.at, built)
        else candidate
        for candidate in candidates
    ]


def _without_claims(candidate: Candidate) -> Candidate:
    return replace(candidate, claims=tuple(claim for claim in candidate.claims if claim.field != "modified_at"))

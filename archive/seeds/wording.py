"""Tell an edit by the text that a feed gives: where it is another than before, the article was changed since.

Taken as a time of change, it is judged as one: a feed whose texts change with each request is found out by its false
alarms (archive/seeds/times.py).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from sqlite3 import Row
from typing import Any

from archive.claims import is_reworded
from kickcrawl.article import Candidate, Moment


def as_worded(candidate: Candidate, known: Row | Mapping[str, Any] | None, now: datetime) -> Candidate:
    """Return *candidate* as changed *now* if its seed gives another text of it than when it was named before.

    *known* is its row of the frontier. What is not archived yet is fetched anyway.
    """
    if known is None or known["state"] != "done" or not is_reworded(candidate.claims, known["claims"]):
        return candidate
    return replace(candidate, modified=Moment(now, None), modified_until=None)

"""Decide whether a server may be asked if an answer has changed (If-None-Match, If-Modified-Since; RFC 9110, 13).

Pure: (what the address answered before) -> the headers to send. Many servers send validators that say nothing: an ETag
that stays while the page changes would hide every edit. So a validator is sent only if the body's own digest has
confirmed it, and a full answer is asked for again after as many answers "not modified" as there were confirmations.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from kickcrawl.answer import SHOWN
from kickcrawl.dates import http_date

ValidatorKind = Literal["etag", "last-modified"]

NOT_MODIFIED = 304
MAX_UNREAD = 10  # answers "not modified" in a row; then a full answer is asked for
MIN_CONFIRMED = 1  # times that a full answer had both the validator and the body of the one before
MIN_CONFIRMED_IF_DOUBTED = 5  # the same, where validators of this kind were wrong elsewhere on the outlet's site
# A page that changed twice in a second has the same Last-Modified for both (RFC 9110, 8.8.2.2).
_MIN_AGE = timedelta(seconds=60)
_FIELDS: Mapping[ValidatorKind, str] = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
CONDITIONAL_FIELDS = tuple(_FIELDS.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAnswer:
    """An answer of the address: *digest* is that of its body, *fetched_at* ISO in UTC. Validators as they were sent."""

    status: int
    digest: str
    fetched_at: str
    etag: str | None = None
    last_modified: str | None = None

    def validator(self, kind: ValidatorKind) -> str | None:
        """Return its validator of that kind."""
        return self.etag if kind == "etag" else self.last_modified


def conditions(past: Sequence[PastAnswer], doubted: Collection[ValidatorKind] = ()) -> dict[str, str]:
    """Return the header lines that ask whether the last full answer still holds; none if it is to be sent again.

    *past* are the answers of the address, the newest first; *doubted* the kinds of validators that lied elsewhere at
    the outlet. A weak ETag will do: that the bodies were equal byte for byte is known by their digests.
    """
    unread = next((n for n, answer in enumerate(past) if answer.status != NOT_MODIFIED), len(past))
    rest = past[unread:]
    if not rest or rest[0].status not in SHOWN:
        return {}
    full = [answer for answer in rest if answer.status in SHOWN]
    found = {}
    for kind, field in _FIELDS.items():
        needed = MIN_CONFIRMED_IF_DOUBTED if kind in doubted else MIN_CONFIRMED
        confirmed = _count_confirmed(full, kind)
        if confirmed >= needed and unread < min(confirmed, MAX_UNREAD):
            found[field] = full[0].validator(kind) or ""
    return found


def _count_confirmed(full: Sequence[PastAnswer], kind: ValidatorKind) -> int:
    """Return how often the newest answer's validator was confirmed; 0 if one of this kind ever had two bodies here."""
    value = full[0].validator(kind)
    if value is None or (kind == "last-modified" and not _is_old(full[0])):
        return 0
    digests: dict[str, set[str]] = defaultdict(set)
    for answer in full:
        digests[answer.validator(kind) or ""].add(answer.digest)
    if any(name and len(bodies) > 1 for name, bodies in digests.items()):
        return 0
    return sum(answer.validator(kind) == value for answer in full) - 1


def _is_old(answer: PastAnswer) -> bool:
    changed = http_date(answer.last_modified or "")
    return changed is not None and datetime.fromisoformat(answer.fetched_at) - changed >= _MIN_AGE

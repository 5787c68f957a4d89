"""Make rejected candidates due again: because a person asks, or because what rejected them has changed."""

import json
from datetime import date, datetime

from archive.database import Archive
from archive.outlets import spans_of_days
from kickcrawl.dates import to_iso
from kickcrawl.extractor import reading_code
from kickcrawl.fingerprint import bytes_digest
from kickcrawl.outlet import Outlet


def retry_rejected(
    archive: Archive,
    now: datetime,
    *,
    outlet: str | None = None,
    reason: str | None = None,
    since: date | None = None,
    utc: bool = False,
) -> int:
    """Make due at once what was rejected, or waits after bad answers; return how many candidates.

    Only those of *outlet*, of *reason* (kickcrawl.article.Reason), answered last on the day *since* or later, by each
    outlet's clock or in UTC. Pages that say noarchive only where that is the *reason* given.
    """
    given = {"now": to_iso(now), "outlet": outlet, "reason": reason}
    given["spans"] = spans_of_days(archive, since, None, utc=utc)
    with archive.transaction():
        found = archive.count(f"SELECT count(*) FROM frontier WHERE {_BAD}", given)
        archive.write(
            "UPDATE frontier SET state = 'due', due_at = :now, attempts = 0, doubt = NULL, doubt_digest = NULL, "
            f"doubts = 0, doubted_at = NULL WHERE {_BAD}",
            given,
        )
    return found


def retry_if_changed(archive: Archive, outlet: Outlet, now: datetime) -> int:
    """Make what was rejected due if *outlet*'s file or the extractor has changed since; return how many candidates."""
    told = json.dumps(outlet.model_dump(mode="json", exclude={"verified"}), sort_keys=True)
    given = {"slug": outlet.slug, "readers": bytes_digest(f"{told}\n{reading_code()}".encode())}
    before = archive.text("SELECT readers FROM outlets WHERE slug = :slug", {"slug": outlet.slug})
    if before == given["readers"]:
        return 0
    with archive.transaction():
        archive.write("UPDATE outlets SET readers = :readers WHERE slug = :slug", given)
        return 0 if before is None else retry_rejected(archive, now, outlet=outlet.slug)


_BAD = """
    (state = 'rejected' OR (state = 'due' AND doubt IS NOT NULL)
        OR (:reason = 'noarchive' AND state = 'excluded' AND reason = 'noarchive'))
    AND (:outlet IS NULL OR outlet = :outlet) AND (:reason IS NULL OR reason = :reason)
    AND (:spans IS NULL OR coalesce(checked_at, doubted_at) >= (
        SELECT s.value ->> 1 FROM json_each(:spans) s WHERE s.value ->> 0 = frontier.outlet
    ))
"""

"""Articles of which further pages could not be had: stored as they came, and asked for again by later runs.

The first time in the next run, then after pauses that grow, as for a candidate that could not be fetched.
"""

from datetime import datetime, timedelta

from archive.database import Archive
from archive.frontier import BACKOFF_HOURS
from kickcrawl.dates import to_iso

INCOMPLETE = "further pages could not be had"  # reason of a frontier row that is done


def note_incomplete(archive: Archive, url: str, tries: int, now: datetime) -> None:
    """Note that the article at *url* is still incomplete after *tries* attempts in a row, this one included."""
    pause = timedelta(hours=BACKOFF_HOURS[min(tries, len(BACKOFF_HOURS)) - 1])
    archive.write(
        "UPDATE frontier SET attempts = :tries, due_at = :due_at, reason = :reason WHERE url = :url",
        {"url": url, "tries": tries, "due_at": to_iso(now + pause), "reason": INCOMPLETE},
    )


def count_tries(archive: Archive, url: str) -> int:
    """Return how often in a row *url* has been found incomplete."""
    return archive.count(
        "SELECT coalesce(max(attempts), 0) FROM frontier WHERE url = :url AND reason = :reason",
        {"url": url, "reason": INCOMPLETE},
    )


def retry_incomplete(archive: Archive, outlet: str, now: datetime) -> int:
    """Make those incomplete articles of *outlet* due whose pause is over; return how many. Call as a run begins."""
    given = {"outlet": outlet, "reason": INCOMPLETE, "now": to_iso(now)}
    with archive.transaction():
        archive.write(
            "UPDATE frontier SET state = 'due' "
            "WHERE outlet = :outlet AND state = 'done' AND reason = :reason AND due_at <= :now",
            given,
        )
        return archive.count("SELECT changes()")

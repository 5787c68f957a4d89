"""Note in the frontier what an address answered in place of an article, and on how many days."""

from datetime import UTC, datetime
from typing import Final

from archive import frontier
from archive.database import Archive
from kickcrawl.article import Article, Reason
from kickcrawl.doubt import Doubt, Fate, Standing, add_answer, fate_of
from kickcrawl.walls import sketch

HELD: Final = "held"  # doubt of a frontier row: nothing vouches for its page, which nothing speaks against either


def note_doubt(
    archive: Archive,
    url: str,
    reason: Reason,
    at: str,
    *,
    is_known: bool,
    standing: Standing,
    digest: str | None = None,
) -> Fate:
    """Note that *url*, fetched *at*, answered badly for *reason*; return what becomes of it.

    A candidate that waits is due again after a pause. *digest* is that of the text that it answered, if it has one.
    """
    doubt = add_answer(read_doubt(archive, url), reason, datetime.fromisoformat(at))
    _write(archive, url, reason, digest, doubt.days, doubt.counted_at.isoformat())
    fate = fate_of(doubt, is_known=is_known, standing=standing)
    if fate == "waiting":
        frontier.defer(archive, url, reason, datetime.now(UTC), in_this_run=False)
    return fate


def hold(archive: Archive, url: str, article: Article, at: str) -> None:
    """Make *url* due again at the end of the run, when more of its outlet's pages are known."""
    _write(archive, url, HELD, sketch(article.title, article.text), 0, at)
    frontier.defer(archive, url, HELD, datetime.now(UTC))


def read_doubt(archive: Archive, url: str) -> Doubt | None:
    """Return what *url* has answered lately in place of an article; None if it did not, or is only held."""
    row = archive.row("SELECT doubt, doubts, doubted_at FROM frontier WHERE url = :url", {"url": url})
    if row is None or row["doubt"] in (None, HELD):
        return None
    return Doubt(reason=row["doubt"], days=row["doubts"], counted_at=datetime.fromisoformat(row["doubted_at"]))


def _write(archive: Archive, url: str, doubt: str, digest: str | None, days: int, at: str) -> None:
    archive.write(
        "UPDATE frontier SET doubt = :doubt, doubt_digest = :digest, doubts = :days, doubted_at = :at WHERE url = :url",
        {"url": url, "doubt": doubt, "digest": digest, "days": days, "at": at},
    )

"""Store articles that came from web archives: only such as the archive does not have, whoever has them better.

What is archived is never changed by them. A later crawl asks the outlet for the address: what it answers is a revision,
or says that the article is gone.
"""

from datetime import datetime

from archive import frontier
from archive.articles import record_state
from archive.backfill.found import resolve_found
from archive.database import Archive
from archive.doubts.pages import why_doubted
from archive.doubts.refusals import note_rejection
from archive.identity import arrival_of, at_own_address, find_article, is_outside
from archive.rights import note_article
from archive.stories.clusters import has_copies
from archive.tombstones import read_tombstones
from kickcrawl.article import Article, Candidate, Rejection, Visit


def store_from_web_archive(archive: Archive, visit: Visit) -> tuple[tuple[str, ...], str | None]:
    """Store what *visit* brought from a web archive, in the caller's transaction; see archive.visits.Resolved."""
    assert visit.source is not None, "it came from a web archive"
    assert visit.result is not None, "it was read"
    if isinstance(visit.result, Rejection):
        return _reject(archive, visit, visit.source, visit.result)
    article, source = visit.result, visit.source
    if taken_down := read_tombstones(archive, visit.outlet).of_page(visit.page.requested_url, article):
        resolve_found(archive, source, "archived", "taken down")
        return ("taken-down",), f"taken down before ({taken_down}), not stored: {source}"
    if is_outside(visit, article):
        resolve_found(archive, source, "outside")
        return ("outside",), None
    arrival = at_own_address(archive, arrival_of(visit, article))
    if find_article(archive, arrival) is not None:
        resolve_found(archive, source, "archived")
        return ("held",), None
    doubted = why_doubted(archive, visit, arrival.article, None)
    if isinstance(doubted, Rejection):  # what is only unvouched for is taken: a web archive will say nothing else later
        return _reject(archive, visit, source, doubted)
    record_state(archive, arrival, None)
    note_article(archive, visit)
    _name(archive, visit, arrival.article)
    resolve_found(archive, source, "stored")
    copies = ("copies",) if has_copies(archive, arrival.article.url) else ()
    lacking = ("incomplete",) if arrival.article.pages_missing else ()
    return ("stored", *copies, *lacking), None


def _reject(archive: Archive, visit: Visit, source: str, rejection: Rejection) -> tuple[tuple[str, ...], str]:
    note_rejection(archive, visit.run_id, visit.outlet, source, rejection, visit.fetched_at)
    if rejection.reason == "noarchive":
        note_article(archive, visit)
    told = ": ".join(part for part in (rejection.reason, rejection.detail) if part)
    resolve_found(archive, source, "rejected", told)
    return (f"rejected/{rejection.reason}",), f"rejected ({told}): {source}"


def _name(archive: Archive, visit: Visit, article: Article) -> None:
    """Make the address a candidate of the outlet, at the time of the capture, where no seed has named it.

    Where the outlet has said before that nothing is there, the article is gone since then.
    """
    url = visit.page.requested_url
    known = archive.row("SELECT state, checked_at FROM frontier WHERE url = :url", {"url": url})
    if known is None:
        candidate = Candidate(url=url, seed="web-archive")
        frontier.name(archive, visit.outlet, [candidate], datetime.fromisoformat(visit.fetched_at))
    elif known["state"] == "gone":
        gone = "UPDATE articles SET gone_at = :at WHERE url = :url"
        archive.write(gone, {"at": known["checked_at"] or visit.fetched_at, "url": article.url})

"""Store what visits brought, articles or rejections, each with the state of its candidate, in one transaction.

What gives no article before it is read (HTTP 404, a redirect to another article) is noted by archive.doubts.refusals.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from sqlite3 import Row

from archive import frontier
from archive.articles import PAGES, New, Revised, record_state
from archive.backfill.store import store_from_web_archive
from archive.database import Archive
from archive.doubts.incomplete import count_tries, note_incomplete
from archive.doubts.notes import HELD, hold
from archive.doubts.pages import why_doubted, why_led_away
from archive.doubts.paths import put_off_path
from archive.doubts.refusals import note_rejection, resolve_doubtful
from archive.identity import Arrival, arrival_of, at_own_address, find_article, is_new_address, is_outside
from archive.parameters import learn_from
from archive.rights import note_article
from archive.seeds.times import learn_fetched
from archive.stories.clusters import has_copies
from archive.tombstones import Tombstones, read_tombstones, shut
from kickcrawl.article import OUR_FAILURES, Article, Rejection, Visit
from kickcrawl.quality import why_broken, why_emptied, why_less_whole, why_only_begun
from kickcrawl.urls import same_address
from kickcrawl.walls import names_headline, sketch


@dataclass(frozen=True, slots=True)
class Resolved:
    """What became of a visit: the names to count it under, and a line for the log where an operator should know."""

    counts: tuple[str, ...]
    note: str | None = None


def store_visits(archive: Archive, visits: Sequence[Visit]) -> list[Resolved]:
    """Write all *visits* in one transaction and return what became of each, in their order."""
    with archive.transaction():
        tombstones = cache(partial(read_tombstones, archive))  # by the outlet
        found = []
        for visit in visits:
            found.append(_store(archive, visit, tombstones))
            if "taken-down" in found[-1].counts:
                tombstones.cache_clear()  # its address is known for one of theirs from now on
        return found


def _store(archive: Archive, visit: Visit, tombstones: Callable[[str], Tombstones]) -> Resolved:
    if visit.source is not None:
        return Resolved(*store_from_web_archive(archive, visit))
    match visit.result:
        case Article() as article:
            return _store_article(archive, visit, article, tombstones(visit.outlet))
        case Rejection() as rejection:
            return _store_rejection(archive, visit, rejection)
        case None:
            raise ValueError(f"{visit.page.requested_url} reached the store without having been read")


def _store_article(archive: Archive, visit: Visit, article: Article, tombstones: Tombstones) -> Resolved:
    url = visit.page.requested_url
    if taken_down := tombstones.of_page(url, article):
        return _keep_down(archive, visit, taken_down)
    if is_outside(visit, article):
        frontier.date(archive, url, article)
        return Resolved(("outside",))
    is_own = same_address(visit.page.sources[0].url, article.url)
    if not is_own and _speaks_for_itself(archive, article.url, visit.capture_id):
        frontier.resolve(archive, url, "done", visit.checked_at)
        return Resolved(("alias",))
    arrival = at_own_address(archive, arrival_of(visit, article))
    previous = find_article(archive, arrival)
    unstored = _refuse(archive, visit, arrival.article, previous)
    return unstored or _record(archive, visit, arrival, previous, is_own=is_own)


def _refuse(archive: Archive, visit: Visit, article: Article, previous: Row | None) -> Resolved | None:
    """Resolve a page whose *article* must not be stored, now or ever; return None if it may be.

    *previous* is the row of the stored article that it would update, if any.
    """
    url = visit.page.requested_url
    doubted = why_led_away(archive, visit, article) or why_doubted(archive, visit, article, previous)
    if isinstance(doubted, Rejection):
        return _store_doubted(archive, visit, doubted, sketch(article.title, article.text))
    if doubted == HELD:
        hold(archive, url, article, visit.fetched_at)
        return Resolved(("held",), f"held (nothing vouches for it yet): {url}")
    if previous and (lacking := why_less_whole(previous["words"], previous["pages_missing"] or 0, article)):
        return _put_off(archive, visit, lacking)
    if previous and (begun := why_only_begun(previous["text"], article, visit.page.sources)):
        return _put_off(archive, visit, begun)
    if previous and (broken := why_broken(previous["words"], json.loads(previous["origins"]), article)):
        return (_store_rejection if visit.standing == "dropped" else _put_off)(archive, visit, broken)
    if previous and (emptied := why_emptied(previous["words"], article)):
        return _store_rejection(archive, visit, emptied)
    return None


def _store_doubted(archive: Archive, visit: Visit, rejection: Rejection, text: str) -> Resolved:
    """Note a page that is no article but for its form; put off what is left of a path where all answer with *text*."""
    resolved = _store_rejection(archive, visit, rejection, text)
    path, count = put_off_path(archive, visit.outlet, visit.page.requested_url, text)
    if not count:
        return resolved
    told = f"put off ({rejection.detail}): {count} more below {path}"
    return Resolved((*resolved.counts, *["deferred"] * count), f"{resolved.note}\n{told}")


def _record(archive: Archive, visit: Visit, arrival: Arrival, previous: Row | None, *, is_own: bool) -> Resolved:
    """Store what has arrived, and learn from it. *is_own*: at the address that was asked for."""
    url, article = visit.page.requested_url, arrival.article
    is_alias = previous is not None and is_new_address(archive, previous, arrival)
    is_first = archive.row("SELECT 1 FROM article_urls WHERE url = :url", {"url": url}) is None
    decision = record_state(archive, arrival, previous)
    note_article(archive, visit)
    if is_first:
        learn_from(archive, visit.outlet, url)
    else:
        learn_fetched(
            archive, visit.outlet, url, changed=isinstance(decision, Revised) and PAGES not in decision.fields
        )
    # The article's own address may be a candidate, too, which need not be fetched any more.
    tries = count_tries(archive, url) + 1 if article.pages_missing else 0
    for address in {url, article.url} if is_own else {url}:
        frontier.resolve(archive, address, "done", visit.checked_at)
    if tries:
        note_incomplete(archive, url, tries, datetime.now(UTC))
    lacking = ("incomplete",) if article.pages_missing else ()
    match decision:
        case New():
            copies = ("copies",) if has_copies(archive, article.url) else ()
            return Resolved(("stored", *copies, *lacking))
        case Revised(fields):
            return Resolved(("revised", *lacking), f"revised ({', '.join(fields)}): {article.url}")
        case _:
            return Resolved(("alias" if is_alias else "unchanged", *lacking))


def _speaks_for_itself(archive: Archive, url: str, capture_id: int) -> bool:
    """Tell whether the article at *url* was fetched there before *capture_id*.

    Then another page that gives it as its canonical address (a print version, or a wrong claim) adds nothing.
    """
    return bool(archive.value(_OWN_PAGE, {"url": url, "capture_id": capture_id}))


_OWN_PAGE = """
    SELECT EXISTS (SELECT 1 FROM articles WHERE url = :url)
    AND EXISTS (
        SELECT 1 FROM captures WHERE url = :url AND source IS NULL AND status IN (200, 203) AND id < :capture_id
    )
"""


def _is_redirected(visit: Visit) -> bool:
    return not same_address(visit.page.sources[0].url, visit.page.requested_url)


def _keep_down(archive: Archive, visit: Visit, article_id: str) -> Resolved:
    """Store nothing of a page that holds what was taken down; an archived article that leads there now is gone."""
    if visit.is_known:
        rejection = Rejection(reason="other-article", detail=f"{article_id}, taken down")
        return _store_rejection(archive, replace(visit, standing="dropped"), rejection)
    shut(archive, visit.page.requested_url, article_id)
    return Resolved(("taken-down",), f"taken down before ({article_id}), not stored: {visit.page.requested_url}")


def _put_off(archive: Archive, visit: Visit, rejection: Rejection) -> Resolved:
    """Note a rejection that does not last (half a page, a reader that failed), and ask again after a pause.

    What is archived stays as it is.
    """
    url = visit.page.requested_url
    note_rejection(archive, visit.run_id, visit.outlet, url, rejection, visit.fetched_at)
    frontier.defer(archive, url, rejection.reason, datetime.now(UTC))
    return Resolved((f"rejected/{rejection.reason}",), f"put off ({rejection.reason}: {rejection.detail}): {url}")


def _store_rejection(archive: Archive, visit: Visit, rejection: Rejection, digest: str | None = None) -> Resolved:
    """Note a rejection. What is archived stays as it is, or is noted as gone where the outlet has withdrawn it.

    *digest*: of the text that came in place of an article.
    """
    if rejection.reason in OUR_FAILURES:
        return _put_off(archive, visit, rejection)
    url = visit.page.requested_url
    note_rejection(archive, visit.run_id, visit.outlet, url, rejection, visit.fetched_at)
    if rejection.reason == "noarchive":
        note_article(archive, visit)
    fate = resolve_doubtful(
        archive,
        url,
        rejection,
        visit.fetched_at,
        visit.checked_at,
        is_known=visit.is_known,
        standing=visit.standing,
        is_article_expected=visit.is_known or _is_redirected(visit) or names_headline(visit.page.title, url),
        digest=digest,
    )
    verb = "waits" if fate == "waiting" else "rejected"
    note = f"{verb} ({rejection.reason}: {rejection.detail}): {url}"
    return Resolved((f"rejected/{rejection.reason}", *(("gone",) if fate == "gone" else ())), note)

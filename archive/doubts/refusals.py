"""Handle answers that give no article: resolve the candidate, and update what is archived at its address.

resolve_missing()     the server says that the page is not there
resolve_redirected()  the address leads to another archived article
resolve_rejected()    the answer could not be taken
"""

from archive import frontier
from archive.articles import mark_gone
from archive.database import Archive
from archive.doubts.notes import note_doubt
from kickcrawl.article import Rejection
from kickcrawl.doubt import Fate, Standing, is_doubtful

_WITHHELD = frozenset(("password", "noarchive"))  # by the outlet's will, which may change: recheck_by_age() asks
_SAID_TWICE = frozenset(("other-article", "error-page"))  # by a page whose list has dropped it, too


def resolve_missing(archive: Archive, url: str, run_id: int, outlet: str, status: int, now: str) -> bool:
    """Note in one transaction that *url* is not there: its article is gone (True), or there never was one."""
    with archive.transaction():
        gone = mark_gone(archive, url, now)
        frontier.resolve(archive, url, "gone", now, f"HTTP {status}")
        if not gone:
            note_rejection(archive, run_id, outlet, url, Rejection(reason="not-found", detail=f"HTTP {status}"), now)
    return gone


def resolve_rejected(
    archive: Archive,
    url: str,
    run_id: int,
    outlet: str,
    rejection: Rejection,
    now: str,
    *,
    is_known: bool = False,
    standing: Standing = "unknown",
) -> Fate:
    """Note in one transaction that what *url* answers is not taken, and return what becomes of it.

    What is archived stays as it is; it may be gone after such answers on several days.
    """
    with archive.transaction():
        note_rejection(archive, run_id, outlet, url, rejection, now)
        return resolve_doubtful(
            archive, url, rejection, now, now, is_known=is_known, standing=standing, is_article_expected=True
        )


def resolve_redirected(
    archive: Archive, url: str, target: str, run_id: int, outlet: str, now: str, standing: Standing = "unknown"
) -> bool | None:
    """Note in one transaction that *url*, an archived article's, redirects to *target*, where another one is archived.

    Returns whether the article is gone with it: not while a seed that names all articles still names it. None, and
    nothing is noted, if *target* is no other article's address.
    """
    owner = "SELECT article_id FROM article_urls WHERE url = :url"
    with archive.transaction():
        theirs = archive.text(owner, {"url": target})
        if theirs is None or theirs == archive.text(owner, {"url": url}):
            return None
        rejection = Rejection(reason="other-article", detail=f"leads to {target}")
        note_rejection(archive, run_id, outlet, url, rejection, now)
        if standing == "named":
            resolve_doubtful(
                archive, url, rejection, now, now, is_known=True, standing=standing, is_article_expected=True
            )
            return False
        gone = mark_gone(archive, url, now)
        frontier.resolve(archive, url, "gone", now, "other-article")
    return gone


def resolve_doubtful(
    archive: Archive,
    url: str,
    rejection: Rejection,
    at: str,
    checked_at: str,
    *,
    is_known: bool,
    standing: Standing,
    is_article_expected: bool,
    digest: str | None = None,
) -> Fate:
    """Resolve *url*, of which *rejection* is noted, unless its answer is to be doubted for some more days."""
    fate: Fate = "rejected"
    if is_known and standing == "dropped" and rejection.reason in _SAID_TWICE:
        fate = "gone"  # said outright; a password withdraws nothing, and what was read before it stays
    elif is_doubtful(rejection.reason, is_article_expected=is_article_expected):
        fate = note_doubt(archive, url, rejection.reason, at, is_known=is_known, standing=standing, digest=digest)
    if fate == "waiting":
        return fate
    if fate == "gone" and not mark_gone(archive, url, at):
        fate = "rejected"
    state: frontier.FinalState = fate
    if fate == "rejected" and rejection.reason in _WITHHELD:
        state = "excluded"
    frontier.resolve(archive, url, state, checked_at, rejection.reason)
    return fate


def note_rejection(archive: Archive, run_id: int, outlet: str, url: str, rejection: Rejection, at: str) -> None:
    """Note that the answer of *url* was not taken, at the time *at* (ISO, UTC), and why."""
    archive.write(
        "INSERT INTO rejections (run_id, outlet, url, reason, detail, rejected_at) "
        "VALUES (:run_id, :outlet, :url, :reason, :detail, :at)",
        {
            "run_id": run_id,
            "outlet": outlet,
            "url": url,
            "reason": rejection.reason,
            "detail": rejection.detail,
            "at": at,
        },  # fmt: skip
    )

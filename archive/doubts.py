"""What the archive knows of doubted answers: it notes them in the frontier, and compares a page with the outlet's own.

note_doubt()    a bad answer: what becomes of its address
hold()          a page that nothing vouches for yet is asked for again at the end of the run
why_doubted()   why a page that reads like an article is held, or taken for a wall
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from sqlite3 import Row
from typing import Any, Final, Literal

from archive import frontier
from archive.database import Archive
from kickcrawl.article import Article, Reason, Rejection, Visit
from kickcrawl.compare.near import compare, fingerprint
from kickcrawl.doubt import Doubt, Fate, Standing, add_answer, fate_of
from kickcrawl.walls import (
    MAX_ARTICLES,
    PAGE_SOURCES,
    Vouchers,
    judge_vouchers,
    share_of_words,
    vouchers_of,
    wall_digest,
)

HELD: Final = "held"  # doubt of a frontier row: nothing vouches for its page, which nothing speaks against either
MAX_HELD = 10  # pages of an outlet; its further ones are stored at once, where nothing speaks against them
MIN_ADDRESSES = 3  # with one text, for which nothing vouches: two may be one article's
_MIN_COMMON_SHARE = 0.5  # of the headline's words or of the text, that two states of one article have in common


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
    row = archive.row("SELECT doubt, doubts, doubted_at FROM frontier WHERE url = :url", {"url": url})
    before = None
    if row is not None and row["doubt"] not in (None, HELD):
        before = Doubt(reason=row["doubt"], days=row["doubts"], counted_at=datetime.fromisoformat(row["doubted_at"]))
    doubt = add_answer(before, reason, datetime.fromisoformat(at))
    _write(archive, url, reason, digest, doubt.days, doubt.counted_at.isoformat())
    fate = fate_of(doubt, is_known=is_known, standing=standing)
    if fate == "waiting":
        frontier.defer(archive, url, reason, datetime.now(UTC), in_this_run=False)
    return fate


def hold(archive: Archive, url: str, article: Article, at: str) -> None:
    """Make *url* due again at the end of the run, when more of its outlet's pages are known."""
    _write(archive, url, HELD, wall_digest(article.title, article.text), 0, at)
    frontier.defer(archive, url, HELD, datetime.now(UTC))


def why_doubted(
    archive: Archive, visit: Visit, article: Article, previous: Row | None
) -> Rejection | Literal["held"] | None:
    """Return why *article*, read from the page of *visit*, is no article, or that it is to be held; None if neither.

    *previous* is the row of the article of which it would be a later state.
    """
    url = visit.page.requested_url
    titles = _page_titles(article.title, article.origins, [(c.field, c.source, c.value) for c in article.disagreements])
    found = vouchers_of(url, visit.page.title, titles, article.origins)
    if visit.page.is_requested or found.has_headline:
        return None
    others = _count_doubted(archive, visit.outlet, url, wall_digest(article.title, article.text))
    if others + 1 >= MIN_ADDRESSES and not found.has_time:
        return Rejection(reason="block-page", detail=f"{others} other addresses answer with the same text")
    if previous is not None and _resembles(previous, titles, article.text):
        return None
    judgement = judge_vouchers(found, _usual(archive, visit.outlet, url))
    if judgement == "odd":
        return Rejection(reason="block-page", detail="has nothing of what this outlet's articles have")
    if judgement == "vouched":
        return None
    if previous is not None:
        return Rejection(reason="block-page", detail="has nothing of the archived article")
    return HELD if _may_be_held(archive, visit.outlet, url) else None


def _write(archive: Archive, url: str, doubt: str, digest: str | None, days: int, at: str) -> None:
    archive.write(
        "UPDATE frontier SET doubt = :doubt, doubt_digest = :digest, doubts = :days, doubted_at = :at WHERE url = :url",
        {"url": url, "doubt": doubt, "digest": digest, "days": days, "at": at},
    )


def _count_doubted(archive: Archive, outlet: str, url: str, digest: str) -> int:
    return archive.count(
        "SELECT count(*) FROM frontier WHERE outlet = :outlet AND doubt_digest = :digest AND url <> :url",
        {"outlet": outlet, "digest": digest, "url": url},
    )


def _may_be_held(archive: Archive, outlet: str, url: str) -> bool:
    """Tell whether *url* is a candidate that was not held yet, and few others are."""
    row = archive.row("SELECT doubt FROM frontier WHERE url = :url", {"url": url})
    held = "SELECT count(*) FROM frontier WHERE outlet = :outlet AND doubt = :held"
    return row is not None and row["doubt"] != HELD and archive.count(held, {"outlet": outlet, "held": HELD}) < MAX_HELD


def _resembles(previous: Row, titles: Sequence[str], text: str) -> bool:
    if any(share_of_words(previous["title"], title) >= _MIN_COMMON_SHARE for title in titles):
        return True
    return compare(fingerprint(previous["text"]), fingerprint(text)).share >= _MIN_COMMON_SHARE


def _usual(archive: Archive, outlet: str, url: str) -> list[Vouchers]:
    """Return the vouchers of the outlet's newest articles, without the one at *url*."""
    rows = archive.rows(
        "SELECT a.url, a.title, a.origins, a.disagreements, f.title AS asked FROM articles a "
        "LEFT JOIN frontier f ON f.url = a.url WHERE a.outlet = :outlet AND a.url <> :url "
        "ORDER BY a.first_seen_at DESC, a.key DESC LIMIT :count",
        {"outlet": outlet, "url": url, "count": MAX_ARTICLES},
    )
    return [_vouchers(row) for row in rows]


def _vouchers(row: Row) -> Vouchers:
    origins: dict[str, str] = json.loads(row["origins"])
    claims = [(claim["field"], claim["source"], claim["value"]) for claim in json.loads(row["disagreements"])]
    return vouchers_of(row["url"], row["asked"], _page_titles(row["title"], origins, claims), origins)


def _page_titles(title: str, origins: Mapping[str, str], disagreements: Sequence[tuple[str, str, Any]]) -> list[str]:
    """Return the headlines that a page states itself: a seed's may have been believed in their place."""
    own = [str(value) for name, source, value in disagreements if name == "title" and source in PAGE_SOURCES]
    is_own = origins.get("title") in PAGE_SOURCES
    return [title, *own] if is_own or not own else own

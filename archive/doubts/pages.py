"""Hold a page that reads like an article against what the outlet's articles state, and against what others answered.

why_doubted()   why it is held, or taken for a wall
why_led_away()  why the redirect to it is not believed
count_alike()   how many others answered the same
"""

import json
from collections.abc import Sequence
from datetime import datetime
from sqlite3 import Row
from typing import Literal

from archive.article_rows import origins_of
from archive.database import Archive
from archive.doubts.notes import HELD, read_doubt
from archive.identity import has_left
from archive.seeds.standing import STANDING
from kickcrawl.article import Article, Reason, Rejection, Visit
from kickcrawl.compare.near import compare, fingerprint
from kickcrawl.doubt import add_answer
from kickcrawl.fingerprint import text_digest
from kickcrawl.identity import ends_alike
from kickcrawl.quality import breaks_off, why_emptied
from kickcrawl.urls import same_address
from kickcrawl.walls import (
    MAX_ARTICLES,
    MIN_LIKENESS,
    PAGE_SOURCES,
    Stated,
    Traits,
    is_proven,
    judge,
    likeness,
    says_who_or_when,
    share_of_words,
    sketch,
    stated_in,
    traits_of,
    usual_of,
)

MAX_HELD = 10  # pages of an outlet; its further ones are stored at once, where nothing speaks against them
MAX_HELD_SILENT = 30  # the same, of pages that state neither time nor authors
MIN_ADDRESSES = 3  # with one text, for which nothing vouches: two may be one article's
MAX_COMPARED = 500  # addresses that answered badly last, whose texts are compared
_MIN_COMMON_SHARE = 0.5  # of the headline's words or of the text that two states of one article share
# A wall that keeps the headline leaves at most this share of the archived text, if that has at least so many words.
_MAX_SHARE_CUT = 0.1
_MIN_WORDS_CUT = 50


def why_doubted(
    archive: Archive, visit: Visit, article: Article, previous: Row | None
) -> Rejection | Literal["held"] | None:
    """Return why the page of *visit* is taken for no article, or "held" if it must wait; None if it may be stored.

    *article* is what was read from it; *previous* is the row of the stored article that it would update, if any.
    """
    if visit.page.is_requested:
        return None
    url, outlet, titles = visit.page.requested_url, visit.outlet, _page_titles(article)
    is_begun = previous is None and any(breaks_off(source, article.text) for source in visit.page.sources)
    if is_begun and visit.source is None and _may_be_held(archive, outlet, url, MAX_HELD):
        return HELD
    found = traits_of(url, visit.page.title, titles, origins_of(article))
    if previous is not None and (other := _shown_at(archive, visit, article, previous, found)):
        return Rejection(reason="block-page", detail=f"it shows the article of {other}")
    is_cut = previous is not None and _is_cut(previous, article)
    if not is_cut and (found.agrees or (previous is not None and _is_like(previous, titles, article.text))):
        return None
    usual = usual_of(_stated(archive, outlet, url))
    judgement = judge(found, usual, is_known=previous is not None, is_cut=is_cut)
    if judgement == "article":
        return None
    text = sketch(article.title, article.text)
    if (others := count_alike(archive, outlet, url, text)) + 1 >= MIN_ADDRESSES:
        return Rejection(reason="block-page", detail=f"{others} other addresses answer with the same text")
    if judgement == "hold":
        most = MAX_HELD if says_who_or_when(found.stated) else MAX_HELD_SILENT
        return HELD if _may_be_held(archive, outlet, url, most) else None
    if judgement == "unsure" and _is_proven(archive, url, text, visit.fetched_at):
        return None
    what = "this outlet's articles have" if previous is None else "the archived article has"
    return Rejection(reason="block-page", detail=f"it lacks what {what}")


def why_led_away(archive: Archive, visit: Visit, article: Article) -> Rejection | None:
    """Return why the redirect to *article* is doubted; None if it is believed, or if there was none.

    A seed names both addresses today, which have nothing in common: one minute's trouble must not make them one.
    """
    url, target = visit.page.requested_url, article.url
    if visit.page.is_requested or visit.standing != "named" or same_address(visit.page.sources[0].url, url):
        return None
    titles, known = _page_titles(article), "SELECT 1 FROM article_urls WHERE url = :url"
    if traits_of(url, visit.page.title, titles, {}).agrees or ends_alike(url, target):
        return None
    if archive.row(known, {"url": url}) or not archive.row(_NAMED, {"url": target}):
        return None
    if _is_proven(archive, url, sketch(article.title, article.text), visit.fetched_at, "other-article"):
        return None
    return Rejection(reason="other-article", detail=f"led to {target}")


def count_alike(archive: Archive, outlet: str, url: str, text: str, path: str = "") -> int:
    """Return how many addresses of other articles, all that begin with *path*, have answered lately with nearly *text*.

    *text* is a sketch; the MAX_COMPARED bad answers of *outlet* that came last are looked at.
    """
    rows = archive.rows(_SKETCHES, {"outlet": outlet, "url": url, "count": MAX_COMPARED})
    others = (row for row in rows if row["url"].startswith(path) and not ends_alike(row["url"], url))
    return sum(likeness(row["doubt_digest"], text) >= MIN_LIKENESS for row in others)


def _is_like(previous: Row, titles: Sequence[str], text: str) -> bool:
    """Tell whether a page shares its headline or much of its text with the stored article *previous*."""
    has_title = any(share_of_words(previous["title"], title) >= _MIN_COMMON_SHARE for title in titles[:1])
    return has_title or _share(previous, text) >= _MIN_COMMON_SHARE


def _is_cut(previous: Row, article: Article) -> bool:
    """Tell whether far less and nothing is left of the text of *previous*; a text that was emptied is another case."""
    words: int = previous["words"]
    is_short = words >= _MIN_WORDS_CUT and 2 * len(article.text.split()) < words
    return is_short and why_emptied(words, article) is None and _share(previous, article.text) < _MAX_SHARE_CUT


def _shown_at(archive: Archive, visit: Visit, article: Article, previous: Row, found: Traits) -> str | None:
    """Return the address of the other article that a page shows in place of its own; None if it does not.

    A cache or a theme in trouble shows one article at all addresses of a site. At an address that *previous* does not
    have, the headline contradicts that address, and the article has not left its own; at its own, headline and text are
    those of another article.
    """
    url = visit.page.requested_url
    if not archive.row(_HAS_URL, {"url": url, "id": previous["id"]}):
        is_other = found.agrees is False and same_address(article.url, url) and not ends_alike(previous["url"], url)
        return previous["url"] if is_other and not has_left(archive, previous) else None
    if found.agrees or _is_like(previous, _page_titles(article), article.text):
        return None
    digest = text_digest(article.title, article.text)
    return archive.text(_SAME_TEXT, {"outlet": visit.outlet, "digest": digest, "id": previous["id"]})


_HAS_URL = "SELECT 1 FROM article_urls WHERE url = :url AND article_id = :id"
_SAME_TEXT = "SELECT url FROM articles WHERE digest = :digest AND +outlet = :outlet AND id <> :id LIMIT 1"


def _share(previous: Row, text: str) -> float:
    return compare(fingerprint(previous["text"]), fingerprint(text)).share


def _is_proven(archive: Archive, url: str, text: str, at: str, reason: Reason = "block-page") -> bool:
    """Tell whether *url* has answered on so many days that what it answers *at* is its article."""
    before = read_doubt(archive, url)
    answered = archive.text("SELECT doubt_digest FROM frontier WHERE url = :url", {"url": url})
    if before is None or before.reason != reason or answered is None:
        return False
    days = add_answer(before, reason, datetime.fromisoformat(at)).days
    return is_proven(days, likeness(answered, text))


def _may_be_held(archive: Archive, outlet: str, url: str, most: int) -> bool:
    """Tell whether *url* is a candidate that was not held yet, and fewer than *most* others are."""
    row = archive.row("SELECT doubt FROM frontier WHERE url = :url", {"url": url})
    held = "SELECT count(*) FROM frontier WHERE outlet = :outlet AND doubt = :held"
    return row is not None and row["doubt"] != HELD and archive.count(held, {"outlet": outlet, "held": HELD}) < most


def _stated(archive: Archive, outlet: str, url: str) -> list[Stated]:
    """Return what the outlet's newest articles state, without the one at *url*."""
    rows = archive.rows(
        "SELECT origins FROM articles WHERE outlet = :outlet AND url <> :url "
        "ORDER BY first_seen_at DESC, key DESC LIMIT :count",
        {"outlet": outlet, "url": url, "count": MAX_ARTICLES},
    )
    return [stated_in(json.loads(row["origins"])) for row in rows]


def _page_titles(article: Article) -> list[str]:
    """Return the headlines that a page states itself: a seed's may have been believed in their place."""
    own = [str(c.value) for c in article.disagreements if c.field == "title" and c.source in PAGE_SOURCES]
    is_own = article.origins.get("title") in PAGE_SOURCES
    return [article.title, *own] if is_own or not own else own


_NAMED = f"SELECT 1 FROM frontier f WHERE url = :url AND {STANDING} = 'named'"
_SKETCHES = """
    SELECT url, doubt_digest FROM frontier WHERE outlet = :outlet AND doubt_digest IS NOT NULL AND url <> :url
    ORDER BY doubted_at DESC, url LIMIT :count
"""

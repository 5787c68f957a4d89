"""Store articles: decide whether an extracted article is new, revised or unchanged, then write it, all or nothing.

decide(previous, article) -> New | Revised | Unchanged          pure
record(archive, arrival)  -> the decision, carried out          in the caller's transaction; record_state() where the
                             article that it is a state of is known
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from archive.article_rows import (
    COLUMNS,
    KEPT,
    TOUCHED,
    ContentValue,
    carry_over,
    columns_of,
    content_of,
    keep_later_change,
    stored_content,
    to_json,
)
from archive.chain import link_revision
from archive.database import Archive
from archive.identity import Arrival, chosen_address, find_article, living_address, unused_id
from archive.stories.clusters import assign_story, note_first
from kickcrawl.article import Article
from kickcrawl.extractor import extractor


@dataclass(frozen=True, slots=True)
class New:
    """No stored article is the same one."""


@dataclass(frozen=True, slots=True)
class Revised:
    """Its content changed: *fields* differ from the revision before, PAGES where more or fewer pages were had."""

    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The content is the same; other fields or the address may differ."""


Decision = New | Revised | Unchanged
PAGES = "pages"  # among the fields of a revision: other pages of it could be had, so it is no edit of the outlet's


def decide(previous: Mapping[str, ContentValue] | None, article: Article) -> Decision:
    """Decide what *article* is, given the *previous* state as content_of() gives it, or None.

    Only content counts: title, text, authors, sections, tags and captions; the order of names is no content.
    """
    if previous is None:
        return New()
    current = content_of(article)
    changed = tuple(field for field in current if _comparable(current[field]) != _comparable(previous[field]))
    return Revised(changed) if changed else Unchanged()


def record(archive: Archive, arrival: Arrival) -> Decision:
    """Write what *arrival* brings and return what it was. Call inside a transaction."""
    return record_state(archive, arrival, find_article(archive, arrival))


def record_state(archive: Archive, arrival: Arrival, row: sqlite3.Row | None) -> Decision:
    """Write *arrival* as a state of the article in *row*, as find_article() gave it; None makes a new article."""
    if row is None:
        return _record_new(archive, arrival)
    article = replace(carry_over(row, arrival.article), url=chosen_address(archive, row, arrival))
    if arrival.cause == "fetched":
        article = keep_later_change(row, article)
    decision = decide(stored_content(row), article)
    if isinstance(decision, Revised):
        return _record_revised(archive, arrival, article, row, decision)
    archive.write(_TOUCH_ARTICLE, _article_row(arrival, article, row["digest"], row["id"], row["revision"]))
    _note_seen(archive, arrival, row["id"])
    note_first(archive, row["id"])  # it may have been seen before the first of its story
    return decision


def _record_new(archive: Archive, arrival: Arrival) -> New:
    article, decision = arrival.article, New()
    identifier = unused_id(archive, article.url)
    new = _article_row(arrival, article, arrival.digest, identifier, 1)
    archive.write(_INSERT_ARTICLE, new)
    _record_revision(archive, arrival, new, decision)
    _note_addresses(archive, arrival, identifier)
    assign_story(archive, identifier, arrival.lookup_keys)
    return decision


def _record_revised(
    archive: Archive, arrival: Arrival, article: Article, row: sqlite3.Row, decision: Revised
) -> Revised:
    if (row["pages_missing"] or 0) != article.pages_missing:
        decision = Revised((*decision.fields, PAGES))
    new = _article_row(arrival, article, arrival.digest, row["id"], row["revision"] + 1)
    archive.write(_UPDATE_ARTICLE, new)
    _record_revision(archive, arrival, new, decision)
    _note_seen(archive, arrival, row["id"])
    assign_story(archive, row["id"], arrival.lookup_keys)
    return decision


def _record_revision(archive: Archive, arrival: Arrival, row: dict[str, Any], decision: New | Revised) -> None:
    archive.write(_INSERT_REVISION, row | _revision(arrival, decision))
    link_revision(archive, row["id"], row["revision"])


def _note_seen(archive: Archive, arrival: Arrival, identifier: str) -> None:
    """Note of a stored article that it is on its site, if *arrival* comes from there, and at which addresses."""
    if arrival.cause == "fetched":
        archive.write(_SEEN, {"id": identifier, "at": arrival.fetched_at})
        _note_addresses(archive, arrival, identifier)


def _note_addresses(archive: Archive, arrival: Arrival, identifier: str) -> None:
    for url in dict.fromkeys((arrival.requested_url, arrival.article.url)):
        archive.write(_SAW_URL, {"url": url, "article_id": identifier, "at": arrival.fetched_at})


def mark_gone(archive: Archive, url: str, at: str) -> bool:
    """Mark the article that was found under *url* as gone since *at*; True if there is one that was still there.

    Its text stays. An address that it has since left does not count. Where it answered at another address as well, it
    has only moved there: that one becomes its own, and is asked for at once.
    """
    row = archive.row(
        "SELECT a.* FROM articles a JOIN article_urls u ON u.article_id = a.id "
        "WHERE u.url = :url AND a.gone_at IS NULL AND (a.url = :url OR u.last_seen_at >= a.last_seen_at)",
        {"url": url},
    )
    if row is None:
        return False
    if moved := living_address(archive, row, url):
        archive.write("UPDATE articles SET url = :url WHERE id = :id", {"url": moved, "id": row["id"]})
        archive.write("UPDATE frontier SET state = 'due' WHERE url = :url AND state = 'done'", {"url": moved})
        return False
    archive.write("UPDATE articles SET gone_at = :at WHERE id = :id", {"at": at, "id": row["id"]})
    return True


_INSERT_ARTICLE = (
    f"INSERT INTO articles (id, first_seen_at, last_seen_at, {', '.join(COLUMNS)}) "
    f"VALUES (:id, :at, :at, {', '.join(':' + name for name in COLUMNS)})"
)
_UPDATE_ARTICLE = f"UPDATE articles SET {', '.join(f'{n} = :{n}' for n in COLUMNS)} WHERE id = :id"
_TOUCH_ARTICLE = f"UPDATE articles SET {', '.join(f'{n} = :{n}' for n in TOUCHED)} WHERE id = :id"
# Two addresses of one article may be stored in another order than they were fetched in.
_SEEN = (
    "UPDATE articles SET gone_at = NULL, first_seen_at = min(first_seen_at, :at), "
    "last_seen_at = max(last_seen_at, :at) WHERE id = :id"
)
# Without the text, which stands in articles: see archive/schema.sql.
_REVISION_COLUMNS = (*(n for n in KEPT if n != "text"), "recorded_at", "cause", "changed", "capture_id", "run_id")
_INSERT_REVISION = (
    f"INSERT INTO revisions_kept (article_id, number, {', '.join(_REVISION_COLUMNS)}) "
    f"VALUES (:id, :revision, {', '.join(f':{name}' for name in _REVISION_COLUMNS)})"
)
_SAW_URL = """
    INSERT INTO article_urls (url, article_id, first_seen_at, last_seen_at) VALUES (:url, :article_id, :at, :at)
    ON CONFLICT (url) DO UPDATE SET first_seen_at = min(first_seen_at, excluded.first_seen_at),
    last_seen_at = max(last_seen_at, excluded.last_seen_at), article_id = excluded.article_id
"""


def _article_row(arrival: Arrival, article: Article, digest: str, identifier: str, number: int) -> dict[str, Any]:
    return columns_of(article, digest) | {
        "id": identifier,
        "outlet": arrival.outlet,
        "at": arrival.fetched_at,
        "revision": number,
        "extractor": extractor(),
        "capture_id": arrival.capture_id,
        "source": arrival.source,
    }


def _revision(arrival: Arrival, decision: Decision) -> dict[str, object]:
    """Return the columns of revisions that are not columns of articles."""
    return {
        "recorded_at": arrival.fetched_at,
        "cause": arrival.cause,
        "changed": to_json(decision.fields if isinstance(decision, Revised) else ()),
        "run_id": arrival.run_id,
    }


def _comparable(value: ContentValue) -> object:
    return sorted(value) if isinstance(value, tuple) else value

"""Store articles: decide what an extracted article is to the archive, then write it, all of it or nothing.

decide(previous, article) -> New | Revised | Unchanged          pure
record(archive, arrival)  -> the decision, carried out          in the caller's transaction
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from archive.chain import link_revision
from archive.claims import claim_to_json
from archive.database import Archive
from archive.identity import Arrival, find_article, unused_id
from archive.search import index_stems
from archive.stories.clusters import note_first, settle_story
from kickcrawl.article import Article
from kickcrawl.dates import to_iso
from kickcrawl.extractor import extractor
from kickcrawl.fingerprint import text_digest


@dataclass(frozen=True, slots=True)
class New:
    """Never seen before."""


@dataclass(frozen=True, slots=True)
class Revised:
    """Its content changed: *fields* differ from the revision before."""

    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The same content; perhaps touched, perhaps under a new address."""


Decision = New | Revised | Unchanged


def decide(previous: Mapping[str, Any] | None, article: Article) -> Decision:
    """Decide what *article* is, given the *previous* state as content_of() gives it, or None.

    Only content counts: title, text, authors, sections, tags and captions; the order of names is no content.
    """
    if previous is None:
        return New()
    current = content_of(article)
    changed = tuple(field for field in current if _comparable(current[field]) != _comparable(previous[field]))
    return Revised(changed) if changed else Unchanged()


def content_of(article: Article) -> dict[str, Any]:
    """Return the fields whose change makes a revision, as they are compared."""
    return {
        "title": article.title,
        "text": article.text,
        "authors": article.authors,
        "sections": article.sections,
        "tags": article.tags,
        "captions": tuple(image.caption for image in article.images if image.caption),
    }


def record(archive: Archive, arrival: Arrival) -> Decision:
    """Write what *arrival* brings and return what it was. Call inside a transaction."""
    row = find_article(archive, arrival)
    article = _carry_over(row, arrival.article) if row is not None else arrival.article
    decision = decide(_stored_content(row) if row is not None else None, article)
    identifier = row["id"] if row is not None else unused_id(archive, article.url)
    number = row["revision"] if row is not None else 0
    if not isinstance(decision, Unchanged):
        number += 1
    new = _article_row(arrival, article, identifier, number)
    if row is None:
        archive.write(_INSERT_ARTICLE, new)
    elif isinstance(decision, Revised):
        archive.write(_UPDATE_ARTICLE, new)
    else:
        archive.write(_TOUCH_ARTICLE, new)
    if not isinstance(decision, Unchanged):
        archive.write(_INSERT_REVISION, new | _revision(arrival, decision))
        link_revision(archive, identifier, number)
    if arrival.cause == "fetched":
        archive.write(_SEEN, {"id": identifier, "at": arrival.fetched_at})
        for url in dict.fromkeys((arrival.requested_url, article.url)):
            archive.write(_SAW_URL, {"url": url, "article_id": identifier, "at": arrival.fetched_at})
    if isinstance(decision, Unchanged):
        note_first(archive, identifier)
    else:
        index_stems(archive, identifier)
        settle_story(archive, identifier, arrival.fingerprint)
    return decision


def differences(row: Any, arrival: Arrival) -> tuple[str, ...]:
    """Return the columns in which what *arrival* brings differs from the stored *row*, if it were recorded."""
    new = _article_row(arrival, _carry_over(row, arrival.article), row["id"], row["revision"])
    return tuple(name for name in _READ if _comparable_column(name, new[name]) != _comparable_column(name, row[name]))


def mark_gone(archive: Archive, url: str, at: str) -> bool:
    """Mark the article that was found under *url* as gone since *at*; True if there is one that was still there.

    Its text stays. An address that it has since left does not count.
    """
    row = archive.row(
        "SELECT a.id FROM articles a JOIN article_urls u ON u.article_id = a.id "
        "WHERE u.url = :url AND a.gone_at IS NULL AND (a.url = :url OR u.last_seen_at >= a.last_seen_at)",
        {"url": url},
    )
    if row is None:
        return False
    archive.write("UPDATE articles SET gone_at = :at WHERE id = :id", {"at": at, "id": row["id"]})
    return True


_COLUMNS = (
    "outlet url title text authors section sections tags language published_at published_offset "
    "published_source modified_at images related dateline initials native_id words digest "
    "revision origins disagreements extractor capture_id"
).split()
_INSERT_ARTICLE = (
    f"INSERT INTO articles (id, first_seen_at, last_seen_at, {', '.join(_COLUMNS)}) "
    f"VALUES (:id, :at, :at, {', '.join(':' + name for name in _COLUMNS)})"
)
_UPDATE_ARTICLE = f"UPDATE articles SET {', '.join(f'{n} = :{n}' for n in _COLUMNS)} WHERE id = :id"
# What may change without a revision: the address, the outlet's modified time, and what we know about it.
_TOUCHED = (
    "url published_at published_offset published_source modified_at native_id related origins disagreements "
    "extractor capture_id"
).split()
_TOUCH_ARTICLE = f"UPDATE articles SET {', '.join(f'{n} = :{n}' for n in _TOUCHED)} WHERE id = :id"
# Two addresses of one article may be stored in another order than they were fetched in.
_SEEN = (
    "UPDATE articles SET gone_at = NULL, first_seen_at = min(first_seen_at, :at), "
    "last_seen_at = max(last_seen_at, :at) WHERE id = :id"
)
# What is read from a page, as it is compared with what was read before.
_READ = (
    "title text authors section sections tags language published_at published_offset modified_at images related "
    "dateline initials"
).split()
_LISTS = frozenset("authors sections tags images related".split())  # of these, columns with JSON
_INSERT_REVISION = """
    INSERT INTO revisions (article_id, number, title, text, authors, sections, tags, images, modified_at, recorded_at,
                           cause, changed, capture_id, run_id)
    VALUES (:id, :revision, :title, :text, :authors, :sections, :tags, :images, :modified_at, :recorded_at,
            :cause, :changed, :capture_id, :run_id)
"""
_SAW_URL = """
    INSERT INTO article_urls (url, article_id, first_seen_at, last_seen_at) VALUES (:url, :article_id, :at, :at)
    ON CONFLICT (url) DO UPDATE SET first_seen_at = min(first_seen_at, excluded.first_seen_at),
    last_seen_at = max(last_seen_at, excluded.last_seen_at), article_id = excluded.article_id
"""


def _article_row(arrival: Arrival, article: Article, identifier: str, number: int) -> dict[str, Any]:
    return {
        "id": identifier,
        "outlet": arrival.outlet,
        "url": article.url,
        "title": article.title,
        "text": article.text,
        "authors": _json(article.authors),
        "section": article.section,
        "sections": _json(article.sections),
        "tags": _json(article.tags),
        "language": article.language,
        "published_at": to_iso(article.published_at) if article.published_at else None,
        "published_offset": article.published_offset,
        "published_source": article.origins.get("published_at"),
        "modified_at": to_iso(article.modified_at) if article.modified_at else None,
        "at": arrival.fetched_at,
        "images": _json([asdict(image) for image in article.images]),
        "related": _json([asdict(link) for link in article.related]),
        "dateline": article.dateline,
        "initials": article.initials,
        "native_id": article.native_id,
        "words": len(article.text.split()),
        "digest": text_digest(article.title, article.text),
        "revision": number,
        "origins": _json(article.origins),
        "disagreements": _json([claim_to_json(claim) for claim in article.disagreements]),
        "extractor": extractor(),
        "capture_id": arrival.capture_id,
    }


def _revision(arrival: Arrival, decision: Decision) -> dict[str, Any]:
    """Return what a row of revisions has besides an article's."""
    return {
        "recorded_at": arrival.fetched_at,
        "cause": arrival.cause,
        "changed": _json(decision.fields if isinstance(decision, Revised) else ()),
        "run_id": arrival.run_id,
    }


def _stored_content(row: Mapping[str, Any]) -> dict[str, Any]:
    captions = tuple(image["caption"] for image in json.loads(row["images"]) if image["caption"])
    lists = {name: tuple(json.loads(row[name])) for name in ("authors", "sections", "tags")}
    return {"title": row["title"], "text": row["text"], **lists, "captions": captions}


def _carry_over(row: Mapping[str, Any], article: Article) -> Article:
    """Return *article* with the stored fields of which no source speaks today (REST off, a bare theme).

    The modified time is carried over only while the text is the same: after an edit it would be wrong.
    """
    kept: dict[str, Any] = {}
    for name in ("authors", "sections", "tags"):
        if name not in article.origins:
            kept[name] = tuple(json.loads(row[name]))
    for name in ("native_id", "language"):
        if getattr(article, name) is None:
            kept[name] = row[name]
    if article.published_at is None and row["published_at"]:
        kept |= {"published_at": _time(row["published_at"]), "published_offset": row["published_offset"]}
    if article.modified_at is None and row["modified_at"] and article.text == row["text"]:
        kept["modified_at"] = _time(row["modified_at"])
    stored = json.loads(row["origins"])
    origins = {name: stored[name] for name in kept if name in stored}
    return replace(article, **kept, origins={**origins, **article.origins})


def _comparable(value: Any) -> Any:
    return sorted(value) if isinstance(value, tuple) else value


def _comparable_column(name: str, value: Any) -> Any:
    """Return a column's value so that the order of names makes no difference."""
    if name not in _LISTS:
        return value
    items = json.loads(value)
    return sorted(items) if all(isinstance(item, str) for item in items) else items


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)

"""Between an Article and a row of the table articles: its fields as columns, and back, as kickcrawl/fields.py says."""

import json
import re
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, cast

from archive.claims import claim_to_json
from kickcrawl.article import Article, Claim, Moment, Source
from kickcrawl.dates import to_iso
from kickcrawl.fields import FIELDS, LISTS, ArticleField
from kickcrawl.fingerprint import text_digest

# Columns with JSON in them: the lists, and what is known of where the fields came from.
JSON_COLUMNS = (*LISTS, "origins", "disagreements", "left_out")
# How much of the article's pages was read: no content, so that another rule of ours makes no revision.
READING = ("read_share", "left_out", "pages_missing")
# Columns that the archive fills besides: these are computed from the article, five more come from its arrival.
COMPUTED = ("published_source", "words", "digest", "origins", "disagreements", *READING)
COLUMNS = (*(field.name for field in FIELDS), *COMPUTED, "outlet", "revision", "extractor", "capture_id", "source")
# Written also where the content is the same: the address, the outlet's times, and what is known about them.
TOUCHED = (
    *(field.name for field in FIELDS if field.is_touched),
    *("published_source", "origins", "disagreements", *READING, "extractor", "capture_id", "source"),
)
CONTENT_COLUMNS = tuple(field.name for field in FIELDS if field.content)
KEPT = tuple(field.name for field in FIELDS if field.is_kept)  # columns of the table revisions, too
ArticleRow = sqlite3.Row | Mapping[str, Any]  # a row of the table articles, or its record

_JSON = json.JSONEncoder(ensure_ascii=False)  # json.dumps makes one each time
_PARAGRAPH = re.compile(r"/p(?:\.[^/]*)?$")

ContentValue = str | tuple[str, ...]


def columns_of(article: Article, digest: str | None = None) -> dict[str, object]:
    """Return the columns that an article fills: its fields, and what is COMPUTED from them; *digest* if it is known."""
    reading = article.reading
    return _fields_of(article) | {
        "published_source": article.origins.get("published_at"),
        "words": len(article.text.split()),
        "digest": digest or text_digest(article.title, article.text),
        "origins": to_json(origins_of(article)),
        "disagreements": to_json([claim_to_json(claim) for claim in article.disagreements]),
        "read_share": reading.read_share if reading is not None else None,
        "left_out": to_json(dict(reading.cut)) if reading is not None else None,
        "pages_missing": article.pages_missing,
    }


def _fields_of(article: Article) -> dict[str, object]:
    return {field.name: _to_column(field, getattr(article, field.name)) for field in FIELDS}


def origins_of(article: Article) -> dict[str, str]:
    """Return where each field was read: its source, and for the text the path of the element that it stood in.

    A text of one paragraph stands in the element that holds the paragraphs of longer ones.
    """
    path = _PARAGRAPH.sub("", (article.reading.body or "") if article.reading is not None else "")
    return {**article.origins, "text": path} if path else article.origins


def content_of(article: Article) -> dict[str, ContentValue]:
    """Return the fields whose change makes a revision, by name, in the form in which they are compared."""
    return {
        field.content: _captions(asdict(image) for image in article.images)
        if field.kind == "records"
        else getattr(article, field.name)
        for field in FIELDS
        if field.content
    }


def stored_content(row: ArticleRow) -> dict[str, ContentValue]:
    """Return the content of a row of articles or of revisions, as content_of() gives an article's."""
    found: dict[str, ContentValue] = {}
    for field in FIELDS:
        if field.content:
            value = row[field.name]
            if field.kind == "records":
                value = _captions(json.loads(value))
            found[field.content] = tuple(json.loads(value)) if field.kind == "names" else value
    return found


def carry_over(row: ArticleRow, article: Article) -> Article:
    """Return *article* with the stored values of claimed fields that no source states today (REST off, a bare theme).

    So is the publish time where the one that is stated now is later than the first fetch: some newsrooms put the day of
    an edit there. That claim goes to the disagreements. The modified time is carried over only while the text is the
    same: after an edit it would be wrong.
    """
    article = _without_late_publication(row, article)
    kept: dict[str, Any] = {}
    for field in FIELDS:
        if field.is_claimed and _is_unsaid(field, article) and row[field.name]:
            kept[field.name] = _from_column(field, row[field.name])
    if "published_at" in kept:
        kept["published_offset"] = row["published_offset"]
    if article.text != row["text"]:
        kept.pop("modified_at", None)
    stored = json.loads(row["origins"])
    origins = {name: stored[name] for name in kept if name in stored}
    return replace(article, **kept, origins={**origins, **article.origins})


def _without_late_publication(row: ArticleRow, article: Article) -> Article:
    """Return *article* without a publish time at which it had been fetched already, if an earlier one is stored."""
    stored, stated = row["published_at"], article.published_at
    if stored is None or stated is None or not stored <= row["first_seen_at"] < to_iso(stated):
        return article
    origins = {name: source for name, source in article.origins.items() if name != "published_at"}
    late = Claim(
        field="published_at",
        source=cast("Source", article.origins.get("published_at", "page")),
        value=Moment(stated, article.published_offset),
    )
    disagreements = (*article.disagreements, late)
    return replace(article, published_at=None, published_offset=None, origins=origins, disagreements=disagreements)


def keep_later_change(row: ArticleRow, article: Article) -> Article:
    """Return *article* with the stored modified time if that is later and the text is the same.

    The article may have been found by an old address, for which seeds still name an earlier time of change.
    """
    stored = datetime.fromisoformat(row["modified_at"]) if row["modified_at"] else None
    if article.text != row["text"] or not stored or not article.modified_at or article.modified_at >= stored:
        return article
    origins = json.loads(row["origins"])
    known = {"modified_at": origins["modified_at"]} if "modified_at" in origins else {}
    return replace(article, modified_at=stored, origins=article.origins | known)


def differing(row: ArticleRow, article: Article) -> tuple[str, ...]:
    """Return the columns in which *article* differs from the stored *row*; the order of names makes no difference."""
    new = _fields_of(carry_over(row, article))
    others = (field for field in FIELDS if not field.is_identity and new[field.name] != row[field.name])
    return tuple(
        field.name for field in others if _unordered(field, new[field.name]) != _unordered(field, row[field.name])
    )


def to_json(value: object) -> str:
    """Return *value* as the archive writes JSON: readable, not escaped."""
    return _JSON.encode(value)


def _is_unsaid(field: ArticleField, article: Article) -> bool:
    return field.name not in article.origins if field.kind == "names" else getattr(article, field.name) is None


def _to_column(field: ArticleField, value: Any) -> Any:
    match field.kind:
        case "names":
            return to_json(value)
        case "records":
            return to_json([{name: getattr(item, name) for name in item.__slots__} for item in value])
        case "time":
            return to_iso(value) if value else None
        case _:
            return value


def _from_column(field: ArticleField, value: Any) -> Any:
    match field.kind:
        case "names":
            return tuple(json.loads(value))
        case "time":
            return datetime.fromisoformat(value)
        case _:
            return value


def _unordered(field: ArticleField, column: Any) -> Any:
    match field.kind:
        case "names":
            return sorted(json.loads(column))
        case "records":
            return json.loads(column)
        case _:
            return column


def _captions(images: Any) -> tuple[str, ...]:
    return tuple(image["caption"] for image in images if image["caption"])

"""The records that the Python API gives, as types: one for each table, and what can be asked for."""

from datetime import date
from typing import TypedDict

from archive.lookup import ArticleRecord, ImageRecord


class Filters(TypedDict, total=False):
    """Which articles are asked for, as `kickcrawl search` and `export` have it (archive/query/choice.py).

    Days are a date, or text such as "2025-07-14"; they are those of each outlet's own clock, or of UTC with *utc*.
    """

    outlet: str | None
    section: str | None
    author: str | None
    since: date | str | None
    until: date | str | None
    utc: bool
    originals: bool
    exact: bool
    licence: str | None
    without_reserved: bool


class Article(ArticleRecord, total=False):
    """An article in its current state, every column of the table articles but ``key``; see archive/schema.sql."""

    published_source: str | None
    last_seen_at: str
    native_id: str | None
    words: int
    digest: str
    extractor: str


class Revision(TypedDict):
    """One state of an article: as in the table revisions, with what it changed and the digests that vouch for it."""

    article_id: str
    number: int
    title: str
    text: str
    authors: list[str]
    sections: list[str]
    tags: list[str]
    images: list[ImageRecord]
    modified_at: str | None
    recorded_at: str
    cause: str
    changed: list[str]
    capture_id: int
    run_id: int
    outlet: str
    url: str
    source: str | None
    changes: str
    is_silent: bool
    words: int
    digest: str
    link_digest: str


class StoryMember(TypedDict):
    """A member of a story: an article, and how it is known to be a copy; as in the table story_members."""

    story_id: int
    article_id: str
    matched_id: str | None
    share: float
    evidence: str
    is_first: bool
    is_chosen: bool
    outlet: str
    url: str
    title: str
    published_at: str | None
    published_offset: int | None
    first_seen_at: str
    gone_at: str | None
    words: int


class CaptureRow(TypedDict):
    """One fetch of one address: as in the table captures, with the outlet whose run fetched it."""

    id: int
    run_id: int
    url: str
    fetched_at: str
    status: int
    digest: str
    length: int
    file: str
    offset: int
    size: int
    record_digest: str
    original_id: int | None
    content_type: str | None
    etag: str | None
    last_modified: str | None
    location: str | None
    source: str | None
    outlet: str

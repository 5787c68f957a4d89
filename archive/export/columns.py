"""The columns of what is exported, each with its kind of value and its meaning: the one list for all formats.

A kind says what JSON has; kinds that are no plain value:

    texts          ["Ekonomi", "Desa"]                  list of texts
    pictures       [{url, caption, credit}]             list of structures, as are links and claims
    texts by name  {"title": "rest"}                    in Arrow a list of {name, value}: not every reader knows maps
    counts by name {"teaser": 120}                      likewise

Meanings are those of archive/schema.sql, so that they are written once.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from archive.version import SCHEMA
from kickcrawl.fields import FIELDS

Kind = Literal[
    "text", "integer", "real", "truth", "time", "texts", "pictures", "links", "claims", "texts by name",
    "counts by name",
]  # fmt: skip
StoredTable = Literal["articles", "revisions", "outlets", "runs", "captures"]
STRUCTURES: Mapping[Kind, tuple[str, ...]] = {
    "pictures": ("url", "caption", "credit"),
    "links": ("url", "title"),
    "claims": ("field", "source", "value"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: every record has a value of *kind* in it, or None."""

    name: str
    kind: Kind
    meaning: str

    @property
    def is_plain(self) -> bool:
        """Whether a cell of a table can hold it as it is."""
        return self.kind in ("text", "integer", "real", "truth", "time")


@cache
def article_columns() -> tuple[Column, ...]:
    """Return the columns of an article: those of its table but ``key``."""
    known: dict[str, Kind] = {field.name: _KINDS[field.kind] for field in FIELDS}
    return _of_table("articles", known | {"images": "pictures"} | _ARTICLE, without=("key",))


@cache
def revision_columns() -> tuple[Column, ...]:
    """Return the columns of a revision: those of its table, whose article it is of, and what it changed."""
    return (
        *_of_table("revisions", _REVISION),
        Column(name="outlet", kind="text", meaning="that published it"),
        Column(name="url", kind="text", meaning="canonical URL of the article today"),
        Column(name="source", kind="text", meaning="as in captures: NULL, or where it stood in a web archive"),
        Column(name="changes", kind="text", meaning='what it changed, in words: "title, numbers (12 -> 14)"'),
        Column(name="is_silent", kind="truth", meaning="words of title or text were changed without a notice"),
        Column(name="words", kind="integer", meaning="in text"),
        Column(name="digest", kind="text", meaning="of title and text, as in articles"),
        Column(name="link_digest", kind="text", meaning="what the revision's link in the chain vouches for"),
    )


@cache
def member_columns() -> tuple[Column, ...]:
    """Return the columns of a member of a story: an article, and how it is known to be a copy."""
    articles = {column.name: column for column in article_columns()}
    shown = ("outlet", "url", "title", "published_at", "published_offset", "first_seen_at", "gone_at", "words")
    return (
        *_of_table("story_members", _MEMBER),
        Column(name="is_first", kind="truth", meaning="it came first: by published_at, then by first_seen_at"),
        Column(name="is_chosen", kind="truth", meaning="it was asked for; the others are copies of one that was"),
        *(articles[name] for name in shown),
    )


@cache
def capture_columns() -> tuple[Column, ...]:
    """Return the columns of a capture, and the outlet whose run fetched it."""
    outlet = Column(name="outlet", kind="text", meaning="whose run fetched it")
    return (*_of_table("captures", _CAPTURE), outlet)


@cache
def stored_columns(table: StoredTable) -> tuple[Column, ...]:
    """Return all columns of a table of the archive, as schema.sql has them."""
    articles: dict[str, Kind] = {column.name: column.kind for column in article_columns()}
    kinds: Mapping[StoredTable, Mapping[str, Kind]] = {
        "articles": articles | {"key": "integer"}, "revisions": _REVISION, "captures": _CAPTURE, "runs": _RUN,
        "outlets": {},
    }  # fmt: skip
    return _of_table(table, kinds[table])


@cache
def meanings(table: str) -> Mapping[str, str]:
    """Return what archive/schema.sql says of each column of *table*, in the table's order.

    >>> meanings("outlets")["name"]
    'as readers know it'
    """
    told = rf"^CREATE TABLE {table}(?:_kept)? \(.*?^\)"  # revisions is a view over such a table
    body = re.search(told, SCHEMA.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert body is not None, f"schema.sql has no table {table}"
    return dict(_DESCRIBED.findall(body[0]))


def _of_table(table: str, kinds: Mapping[str, Kind], without: tuple[str, ...] = ()) -> tuple[Column, ...]:
    return tuple(
        Column(name=name, kind=kinds.get(name, "text"), meaning=meaning)
        for name, meaning in meanings(table).items()
        if name not in without
    )


_DESCRIBED = re.compile(r"^ +(\w+) +[A-Z]+\b.*?-- *(.+)$", re.MULTILINE)
_KINDS: Mapping[str, Kind] = {
    "text": "text", "names": "texts", "records": "links", "time": "time", "minutes": "integer",
}  # fmt: skip
_ARTICLE: dict[str, Kind] = {
    "first_seen_at": "time", "last_seen_at": "time", "gone_at": "time", "words": "integer", "revision": "integer",
    "origins": "texts by name", "disagreements": "claims", "capture_id": "integer", "read_share": "real",
    "left_out": "counts by name", "pages_missing": "integer",
}  # fmt: skip
_REVISION: Mapping[str, Kind] = {
    "number": "integer", "authors": "texts", "sections": "texts", "tags": "texts", "images": "pictures",
    "modified_at": "time", "recorded_at": "time", "changed": "texts", "capture_id": "integer", "run_id": "integer",
}  # fmt: skip
_RUN: Mapping[str, Kind] = {"id": "integer", "started_at": "time", "finished_at": "time"}
_MEMBER: Mapping[str, Kind] = {"story_id": "integer", "share": "real"}
_CAPTURE: Mapping[str, Kind] = {
    "id": "integer", "run_id": "integer", "fetched_at": "time", "status": "integer", "length": "integer",
    "offset": "integer", "size": "integer", "original_id": "integer",
}  # fmt: skip

"""What a shard tells of its articles so that copies are found among several shards: numbers first, few texts later.

tell_numbers(path, None) -> Told      of each article with a text what copies meet by, some 200 bytes, in order
tell_texts(path, ids)    -> rows      of the articles that met another one
tell_members(path, ids)  -> rows      of the articles that are in a story, as people are shown them

The numbers are made anew from the texts, because those stored depend on what was stored before: a paragraph that was
standing text is left out of them. They say which paragraphs that was in this shard, and the bands are made without
them: nearly always they are the same among all shards, as an outlet's articles stand in one.
"""

import json
import struct
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from archive.database import open_archive
from archive.stories.near_keys import unpack
from kickcrawl.compare.near import LookupKeys, bands, fingerprint, searched

DIGEST = 16  # bytes of a text's SHA-256 that are told: two texts have the same by chance in one of 10^38 pairs
# First seen (seconds since 1970, the sign turned so that bytes are in order), id, digest, outlet, and how many numbers
# follow: standing paragraphs, other paragraphs, bands.
_HEAD = struct.Struct(f">Q6s{DIGEST}sHHHH")
_BEFORE_1970 = 2**63
Row = dict[str, Any]  # a row of an answer, by column


@dataclass(frozen=True, slots=True)
class Told:
    """A shard's articles with a text, packed, in the order in which they were first seen, then of their ids."""

    outlets: tuple[str, ...]
    packed: bytes


@dataclass(frozen=True, slots=True)
class Numbered:
    """An article as it is told of by its numbers; the bands in *keys* are made without the *standing* paragraphs.

    *digest* is the beginning of the article's, in hexadecimal digits; *seen* counts seconds since 1970.
    """

    seen: int
    id: str
    outlet: str
    digest: str
    keys: LookupKeys
    standing: frozenset[int]

    @property
    def met_by(self) -> set[int]:
        """The numbers by which it is likely to meet others: all but those of standing paragraphs."""
        return {*(self.keys.paragraphs - self.standing), *self.keys.bands}


def tell_numbers(path: Path, question: None) -> Told:
    """Tell of each article by what copies of it are found."""
    del question
    with closing(open_archive(path, read_only=True)) as archive:
        outlets = [row["slug"] for row in archive.rows("SELECT slug FROM outlets ORDER BY slug")]
        places = {outlet: place for place, outlet in enumerate(outlets)}
        packed = sorted(_pack(_numbered(row), places) for row in archive.each(_TEXTS))
    return Told(tuple(outlets), b"".join(packed))


def unpacked(told: Told) -> Iterator[Numbered]:
    """Yield the articles that a shard told of, in their order."""
    at = 0
    while at < len(told.packed):
        seen, name, digest, place, *counts = _HEAD.unpack_from(told.packed, at)
        at += _HEAD.size
        ends = [at + 6 * sum(counts[:several]) for several in range(4)]
        standing, others, sketch = (
            tuple(int.from_bytes(told.packed[one : one + 6]) for one in range(begin, end, 6))
            for begin, end in pairwise(ends)
        )
        at = ends[-1]
        yield Numbered(
            seen=seen - _BEFORE_1970,
            id=name.hex(),
            outlet=told.outlets[place],
            digest=digest.hex(),
            keys=LookupKeys(frozenset((*standing, *others)), sketch),
            standing=frozenset(standing),
        )


def tell_texts(path: Path, ids: Collection[str]) -> list[Row]:
    """Tell id, digest, text, dateline and initials of those of the articles *ids* that are in this archive."""
    return _rows(path, "id, digest, text, dateline, initials", ids)


def tell_members(path: Path, ids: Collection[str]) -> list[Row]:
    """Tell what a story shows of its members, of those of the articles *ids* that are in this archive."""
    return _rows(path, "id, digest, url, title, published_at, published_offset, first_seen_at, gone_at", ids)


def begin_of(digest: str) -> str:
    """Return the beginning of an article's digest ("sha256:" and hex) that is told."""
    return digest.removeprefix("sha256:")[: 2 * DIGEST]


def _numbered(row: Any) -> Numbered:
    text = fingerprint(row["text"], dateline=row["dateline"], initials=row["initials"])
    paragraphs = searched(text)
    stored = unpack(row["numbers"]) if row["numbers"] is not None else paragraphs
    standing = paragraphs - stored
    return Numbered(
        seen=int(datetime.fromisoformat(row["first_seen_at"]).timestamp()),
        id=row["id"],
        outlet=row["outlet"],
        digest=begin_of(row["digest"]),
        keys=LookupKeys(paragraphs, bands(text.shingles(standing))),
        standing=standing,
    )


def _pack(article: Numbered, places: dict[str, int]) -> bytes:
    parts = (sorted(article.standing), sorted(article.keys.paragraphs - article.standing), article.keys.bands)
    head = _HEAD.pack(
        article.seen + _BEFORE_1970,
        bytes.fromhex(article.id),
        bytes.fromhex(article.digest),
        places[article.outlet],
        *map(len, parts),
    )
    return head + b"".join(number.to_bytes(6) for numbers in parts for number in numbers)


def _rows(path: Path, columns: str, ids: Collection[str]) -> list[Row]:
    sql = f"SELECT {columns} FROM articles WHERE id IN (SELECT value FROM json_each(:ids))"
    with closing(open_archive(path, read_only=True)) as archive:
        return [dict(row) for row in archive.rows(sql, {"ids": json.dumps(list(ids))})]


_TEXTS = """
    SELECT a.id, a.outlet, a.first_seen_at, a.digest, a.text, a.dateline, a.initials, n.numbers
    FROM articles a LEFT JOIN near_sketches n ON n.article_key = a.key WHERE a.text <> ''
"""

"""Which articles an export holds, oldest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from archive.database import Archive
from archive.lookup import ArticleRecord, as_record
from archive.outlets import spans_of_days
from archive.search import search


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is asked for: of an outlet, published on the days *since* to *until*, with *words*.

    The days are those of each outlet's clock, or of UTC. None asks for nothing; *words* are found as search() finds
    them.
    """

    outlet: str | None = None
    since: date | None = None
    until: date | None = None
    words: str | None = None
    utc: bool = False

    @property
    def is_of_articles(self) -> bool:
        """Whether single articles are chosen, and not all that an outlet, or all outlets, sent."""
        return any(asked is not None for asked in (self.since, self.until, self.words))


def choose(archive: Archive, choice: Choice) -> list[int]:
    """Return the keys of the articles of *choice*, oldest first."""
    spans = spans_of_days(archive, choice.since, choice.until, utc=choice.utc)
    rows = archive.rows(_CHOSEN, {"outlet": choice.outlet, "spans": spans})
    if choice.words is None:
        return [row["key"] for row in rows]
    hits = {hit.id for hit in search(archive, choice.words, outlet=choice.outlet, limit=-1)}  # -1: all
    return [row["key"] for row in rows if row["id"] in hits]


def export_articles(archive: Archive, choice: Choice) -> Iterator[ArticleRecord]:
    """Yield the articles of *choice*, oldest first."""
    for key in choose(archive, choice):  # one by one: the texts of a large archive do not fit into memory
        row = archive.row("SELECT * FROM articles WHERE key = :key", {"key": key})
        if row is not None:
            yield as_record(row)


_CHOSEN = """
    SELECT key, id FROM articles a WHERE (:outlet IS NULL OR outlet = :outlet) AND (:spans IS NULL OR EXISTS (
        SELECT 1 FROM json_each(:spans) s WHERE s.value ->> 0 = a.outlet
        AND (s.value ->> 1 IS NULL OR a.published_at >= s.value ->> 1)
        AND (s.value ->> 2 IS NULL OR a.published_at < s.value ->> 2)
        AND a.published_at IS NOT NULL
    )) ORDER BY published_at, key
"""

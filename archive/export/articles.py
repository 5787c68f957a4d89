"""Which articles an export holds, oldest first."""

from collections.abc import Iterator
from dataclasses import dataclass

from archive.database import Archive
from archive.lookup import ArticleRecord, as_record
from archive.search import search


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is asked for: of an outlet, published from *since* to before *until* (days or times in UTC), with *words*.

    None asks for nothing; *words* are found as search() finds them.
    """

    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    words: str | None = None

    @property
    def is_of_articles(self) -> bool:
        """Whether single articles are chosen, and not all that an outlet, or all outlets, sent."""
        return any(asked is not None for asked in (self.since, self.until, self.words))


def choose(archive: Archive, choice: Choice) -> list[int]:
    """Return the keys of the articles of *choice*, oldest first."""
    values = {"outlet": choice.outlet, "since": choice.since, "until": choice.until}
    rows = archive.rows(
        "SELECT key, id FROM articles WHERE (:outlet IS NULL OR outlet = :outlet) "
        "AND (:since IS NULL OR published_at >= :since) AND (:until IS NULL OR published_at < :until) "
        "ORDER BY published_at, key",
        values,
    )
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

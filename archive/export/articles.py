"""The articles of a choice as records, oldest first."""

from collections.abc import Iterator

from archive.database import Archive
from archive.lookup import ArticleRecord, as_record
from archive.query.choice import Choice
from archive.query.choose import choose


def export_articles(archive: Archive, choice: Choice) -> Iterator[ArticleRecord]:
    """Yield the articles of *choice*, oldest first."""
    for key in choose(archive, choice):  # one by one: the texts of a large archive do not fit into memory
        row = archive.row("SELECT * FROM articles WHERE key = :key", {"key": key})
        if row is not None:
            yield as_record(row)

"""The first articles of a choice as a reader of a list wants them: with a piece of their text."""

from dataclasses import dataclass

from archive.database import Archive
from archive.query.choice import Choice
from archive.query.choose import Order, in_order
from archive.query.condition import condition
from archive.query.match import Match


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found, with a piece of its text, what was found between the marks that search() was given."""

    id: str
    outlet: str
    url: str
    title: str
    published_at: str | None
    snippet: str


def search(
    archive: Archive,
    choice: Choice,
    *,
    order: Order = "relevance",
    limit: int | None = 20,
    marks: tuple[str, str] = ("[", "]"),
) -> list[Hit]:
    """Return the first *limit* articles of *choice* in this order, all without a limit."""
    asked = condition(archive, choice)
    return [_hit(archive, key, asked.match, marks) for key in in_order(archive, asked, order, limit)]


def _hit(archive: Archive, key: int, found: Match | None, marks: tuple[str, str]) -> Hit:
    row = archive.row(_FIELDS, {"key": key})
    assert row is not None, "an article goes only while nobody reads"
    piece = None
    if found is not None and found.terms:
        values = {"match": found.to_show, "key": key, "open": marks[0], "close": marks[1]}
        piece = archive.text(_SNIPPET, values)
    piece = row["opening"] if piece is None else piece
    return Hit(row["id"], row["outlet"], row["url"], row["title"], row["published_at"], piece)


_FIELDS = "SELECT id, outlet, url, title, substr(text, 1, 160) AS opening, published_at FROM articles WHERE key = :key"
_SNIPPET = """
    SELECT snippet(articles_fts, -1, :open, :close, ' … ', 24) FROM articles_fts
    WHERE articles_fts MATCH :match AND rowid = :key
"""

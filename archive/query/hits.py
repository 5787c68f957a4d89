"""The first articles of a choice as a reader of a list wants them: with a piece of their text."""

from dataclasses import dataclass

from archive.database import Archive
from archive.query.choice import Choice
from archive.query.choose import Order, choose
from archive.search import to_show


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
    return [_hit(archive, key, choice, marks) for key in choose(archive, choice, order=order, limit=limit)]


def _hit(archive: Archive, key: int, choice: Choice, marks: tuple[str, str]) -> Hit:
    row = archive.row(_FIELDS, {"key": key})
    assert row is not None, "an article goes only while nobody reads"
    match = to_show(choice.words, f"{row['title']}\n{row['text']}", exact=choice.exact) if choice.words else ""
    found = archive.text(_SNIPPET, {"match": match, "key": key, "open": marks[0], "close": marks[1]}) if match else None
    piece = found if found is not None else str(row["text"])[:160]
    return Hit(row["id"], row["outlet"], row["url"], row["title"], row["published_at"], piece)


_FIELDS = "SELECT id, outlet, url, title, text, published_at FROM articles WHERE key = :key"
_SNIPPET = """
    SELECT snippet(articles_fts, -1, :open, :close, ' … ', 24) FROM articles_fts
    WHERE articles_fts MATCH :match AND rowid = :key
"""

"""Search title and text of the archive. Any input is safe: words are looked for, operators are not obeyed.

First version: exact words, "a phrase" in quotation marks, best matches first (FTS5's bm25, the title counting four
times).
"""

import re
from dataclasses import dataclass

from archive.database import Archive

_TERM = re.compile(r'"([^"]*)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that matches, with a piece of its text, matches marked by [ and ]."""

    id: str
    outlet: str
    url: str
    title: str
    published_at: str | None
    snippet: str


def search(archive: Archive, query: str, *, outlet: str | None = None, limit: int = 20) -> list[Hit]:
    """Return up to *limit* articles that hold all words of *query*; none for a query without words."""
    match = to_match(query)
    if not match:
        return []
    rows = archive.rows(
        "SELECT a.id, a.outlet, a.url, a.title, a.published_at, "
        "snippet(articles_fts, -1, '[', ']', ' … ', 24) AS snippet "
        "FROM articles_fts JOIN articles a ON a.key = articles_fts.rowid "
        "WHERE articles_fts MATCH :match AND (:outlet IS NULL OR a.outlet = :outlet) "
        "ORDER BY bm25(articles_fts, 4.0, 1.0), a.published_at DESC LIMIT :limit",
        {"match": match, "outlet": outlet, "limit": limit},
    )
    return [Hit(**dict(row)) for row in rows]


def to_match(query: str) -> str:
    """Return *query* as an FTS5 expression that asks for all its words and phrases, each quoted.

    >>> to_match('banjir "lombok timur" -- OR')
    '"banjir" "lombok timur" "OR"'
    """
    terms = (phrase or word for phrase, word in _TERM.findall(query.replace("\0", " ")))
    return " ".join(f'"{term.replace(chr(34), " ").strip()}"' for term in terms if re.search(r"\w", term))

"""Search title and text of the archive. Any input is safe: every word is searched for as a word, also AND, OR and NEAR.

All words must be there; best matches first (FTS5's bm25, the title counting four times). Mode "stem" finds the other
forms of a word, too (kickcrawl/stem.py); "a phrase" in quotation marks, and all of mode "exact", is taken as it is
written. The stems stand in a table of their own beside the exact index: index_stems() writes them in the transaction
that stores an article, triggers take away those of a changed or deleted one, so that they may be missing but never
wrong; stale_stems() names what is missing.
"""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from archive.database import Archive
from kickcrawl.stem import WORD, stem, stem_text, stems_to_find

Mode = Literal["stem", "exact"]
_TERM = re.compile(r'"([^"]*)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that matches, with a piece of its text, matches between the marks that search() was given."""

    id: str
    outlet: str
    url: str
    title: str
    published_at: str | None
    snippet: str


@dataclass(frozen=True, slots=True)
class _Query:
    """What was asked for: phrases to be found as written, and for each word the stems of which one must be there."""

    phrases: tuple[str, ...]
    words: tuple[frozenset[str], ...]


def search(
    archive: Archive,
    query: str,
    *,
    outlet: str | None = None,
    limit: int = 20,
    mode: Mode = "stem",
    newest_first: bool = False,
    marks: tuple[str, str] = ("[", "]"),
) -> list[Hit]:
    """Return up to *limit* articles that hold all words of *query*, the best or the newest first.

    None for a query without words. In snippets, what was found stands between *marks*.
    """
    asked = _read(query)
    values = {"outlet": outlet, "limit": limit, "exact": to_match(query), "phrases": _any_of(asked.phrases, " ")}
    values |= {"open": marks[0], "close": marks[1]}
    if not values["exact"]:
        return []
    order = "newest" if newest_first else "best"
    if mode == "exact" or not asked.words:
        return [Hit(**dict(row)) for row in archive.rows(_EXACT + _ORDERS["articles_fts"][order], values)]
    values["stems"] = " AND ".join(f"({_any_of(sorted(stems))})" for stems in asked.words)
    stems_only = _STEMS_AND_PHRASES if asked.phrases else _STEMS
    rows = archive.rows(stems_only + _ORDERS["articles_stems"][order], values)
    return [
        Hit(
            row["id"],
            row["outlet"],
            row["url"],
            row["title"],
            row["published_at"],
            _snippet(archive, row, asked, marks),
        )
        for row in rows
    ]


def to_match(query: str) -> str:
    """Return *query* as an FTS5 expression that asks for all its words and phrases, each quoted.

    >>> to_match('banjir "lombok timur" -- OR')
    '"banjir" "lombok timur" "OR"'
    """
    return _any_of([term for term, _ in _terms(query)], " ")


def index_stems(archive: Archive, article_id: str) -> None:
    """Write the stems of an article as it stands now; call in the transaction that stores it."""
    row = archive.row("SELECT key, title, text FROM articles WHERE id = :id", {"id": article_id})
    if row is not None:
        values = {"key": row["key"], "title": stem_text(row["title"]), "text": stem_text(row["text"])}
        archive.write("DELETE FROM articles_stems WHERE rowid = :key", values)
        archive.write("INSERT INTO articles_stems (rowid, title, text) VALUES (:key, :title, :text)", values)


def stale_stems(archive: Archive) -> Iterator[str]:
    """Yield the ids of articles whose stems are missing or not those of today's stemmer; index_stems() mends them."""
    for (key,) in archive.rows("SELECT key FROM articles ORDER BY key"):
        row = archive.row(
            "SELECT a.id, a.title, a.text, s.title, s.text FROM articles a "
            "LEFT JOIN articles_stems s ON s.rowid = a.key WHERE a.key = :key",
            {"key": key},
        )
        if row is not None and (stem_text(row[1]), stem_text(row[2])) != (row[3], row[4]):
            yield str(row["id"])


def _read(query: str) -> _Query:
    terms = list(_terms(query))
    words = (word for term, is_phrase in terms if not is_phrase for word in WORD.findall(term))
    return _Query(tuple(term for term, is_phrase in terms if is_phrase), tuple(map(stems_to_find, words)))


def _terms(query: str) -> Iterator[tuple[str, bool]]:
    """Yield what is to be found, and whether it stood in quotation marks; what has no letter or digit is left out."""
    encodable = query.encode(errors="replace").decode()  # a command line may hold what is no UTF-8
    for phrase, word in _TERM.findall(encodable.replace("\0", " ")):
        term = (phrase or word).replace('"', " ").strip()
        if WORD.search(term):
            yield term, bool(phrase)


def _any_of(terms: list[str] | tuple[str, ...], by: str = " OR ") -> str:
    return by.join(f'"{term}"' for term in terms)


def _snippet(archive: Archive, row: sqlite3.Row, asked: _Query, marks: tuple[str, str]) -> str:
    """Return a piece of the original text around the words whose stems were found."""
    wanted = frozenset().union(*asked.words)
    words = {word for word in WORD.findall(f"{row['title']}\n{row['text']}") if stem(word) in wanted}
    match = _any_of([*sorted(words), *asked.phrases])
    values = {"match": match, "key": row["key"], "open": marks[0], "close": marks[1]}
    found = archive.text(_SNIPPET, values) if match else None
    return found if found is not None else str(row["text"])[:160]


_FIELDS = "a.id, a.outlet, a.url, a.title, a.published_at"
_PIECE = "snippet(articles_fts, -1, :open, :close, ' … ', 24) AS snippet"
_SNIPPET = f"SELECT {_PIECE} FROM articles_fts WHERE articles_fts MATCH :match AND rowid = :key"
_EXACT = f"""
    SELECT {_FIELDS}, {_PIECE} FROM articles_fts JOIN articles a ON a.key = articles_fts.rowid
    WHERE articles_fts MATCH :exact AND (:outlet IS NULL OR a.outlet = :outlet)
"""
_BY_STEMS = f"""
    SELECT {_FIELDS}, a.key, a.text FROM articles_stems JOIN articles a ON a.key = articles_stems.rowid
    WHERE articles_stems MATCH :stems AND (:outlet IS NULL OR a.outlet = :outlet) {{phrases}}
"""
_ORDERS = {
    table: {
        "best": f"ORDER BY bm25({table}, 4.0, 1.0), a.published_at DESC LIMIT :limit",
        "newest": "ORDER BY a.published_at DESC NULLS LAST, a.key DESC LIMIT :limit",
    }
    for table in ("articles_fts", "articles_stems")
}
_STEMS = _BY_STEMS.format(phrases="")
_STEMS_AND_PHRASES = _BY_STEMS.format(
    phrases="AND a.key IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH :phrases)"
)

"""Search title and text of the archive. Any input is safe: every word is searched for as a word, also AND, OR and NEAR.

All words must be there; best matches first (FTS5's bm25, the title counting four times). Mode "stem" finds the other
forms of a word, too (kickcrawl/stem.py); "a phrase" in quotation marks, and all of mode "exact", is taken as it is
written. The stems stand in a table of their own beside the exact index: index_stems() writes them in the transaction
that stores an article, triggers take away those of a changed or deleted one, so that they may be missing but never
wrong; stale_stems() names what is missing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.database import Archive
from kickcrawl.stem import WORD, stem, stem_text, stems_to_find

_TERM = re.compile(r'"([^"]*)"|(\S+)')


@dataclass(frozen=True, slots=True)
class _Query:
    """What was asked for: phrases to be found as written, and for each word the stems of which one must be there."""

    phrases: tuple[str, ...]
    words: tuple[frozenset[str], ...]


def matching(query: str, *, exact: bool) -> tuple[str, dict[str, object]]:
    """Return the condition on ``articles a`` that all words of *query* are there, with its values."""
    asked, match = _read(query), to_match(query)
    if exact or not asked.words:
        return (_IN_FTS, {"match": match}) if match else ("0", {})
    values: dict[str, object] = {"stems": ranked_by(query, exact=False)[1]}
    if not asked.phrases:
        return _IN_STEMS, values
    return f"{_IN_STEMS} AND {_IN_FTS}", values | {"match": _any_of(asked.phrases, " ")}


def ranked_by(query: str, *, exact: bool) -> tuple[str, str]:
    """Return the index, and the expression to give it, that tells which articles answer *query* best."""
    asked = _read(query)
    if exact or not asked.words:
        return "articles_fts", to_match(query) or '""'
    return "articles_stems", " AND ".join(f"({_any_of(sorted(stems))})" for stems in asked.words)


def to_show(query: str, text: str, *, exact: bool) -> str:
    """Return the expression that finds in *text* what *query* has found there."""
    asked = _read(query)
    if exact or not asked.words:
        return to_match(query)
    wanted = frozenset().union(*asked.words)
    return _any_of([*sorted({word for word in WORD.findall(text) if stem(word) in wanted}), *asked.phrases])


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


_IN_FTS = "a.key IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH :match)"
_IN_STEMS = "a.key IN (SELECT rowid FROM articles_stems WHERE articles_stems MATCH :stems)"
